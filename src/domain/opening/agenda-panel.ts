import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, instantOf, opening } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, nums, text } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed, owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import { owing } from './agenda-recruit.ts';
import { inForce, interviewsBegan, remaining } from './state.ts';
import type { JudgeSeat, OpeningState } from './state.ts';

/** D3.5: from the moment there is a list to declare about, once per person. */
function declarations(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const closed = state.posting.status === 'closed' ? state.posting.since : null;
  const owe = (seats: readonly JudgeSeat[], from: Instant | null, table: string) =>
    seats.flatMap((seat) => {
      if (from === null || seat.person === null || seat.declared || seat.dropped) return [];
      const since = Math.max(from, seat.since);
      const due = dueIn(terms.calendar, since, num(terms.policy, 'D3.5', 'within_bd'));
      // The ladder ends with HR and never names a manager: a recusal is nobody else's business.
      const rest = { owner: seat.person, since, due, next: 'G3' };
      return [listed(owing(site, 'D3.5', `${table}/${seat.person}/${since}`, rest), terms)];
    });
  if (state.selected !== null) return [];
  return [
    ...owe(state.screeners, state.firstApplied ?? closed, 'screener'),
    ...owe(state.panel, closed, 'panel'),
  ];
}

/** D4.2: a seat that stands empty is HR's, until interviews began; later the panel goes on without it. */
function emptySeats(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const empty = (seats: readonly JudgeSeat[], table: string) =>
    seats.flatMap((seat, n) => (seat.person === null ? [{ name: `${table}:${n + 1}`, seat }] : []));
  const panel = state.selected === null && !interviewsBegan(state) ? empty(state.panel, 'panel') : [];
  const screeners = state.pool === null ? empty(state.screeners, 'screener') : [];
  return [...screeners, ...panel].map(({ name, seat }) => {
    const due = dueIn(terms.calendar, seat.since, num(terms.policy, 'D4.2', 'within_bd'));
    const rest = { owner: holder('hr', site), since: seat.since, due };
    return listed(owing(site, 'D4.2', `${name}/${seat.since}/${state.starts}`, rest), terms);
  });
}

/** D4.1 and D4.2 before there is a plan; then the interviews themselves, until all are held. */
function preparing(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  if (state.pool === null || state.selected !== null || remaining(state).length === 0) return [];
  const owner = holder('hr', site);
  const { plan, pool } = state;
  if (plan !== null) {
    if (state.done !== null) return [];
    const due = dueOn(terms.calendar, plan.lastDay);
    const rest = { owner, since: plan.at, due: Math.max(due, plan.at), next: 'P4.4' };
    return [listed(owing(site, 'D4.2', `held/${plan.n}/${state.rounds}/${state.flips}`, rest), terms)];
  }
  const ready = Object.values(state.questions).includes('approved');
  const code = ready ? 'D4.2' : 'D4.1';
  // X6: conversations that have to be held anew are planned anew.
  const since = Math.max(pool.at, state.course.again ?? 0);
  const what = `plan/${since}/${state.flips}/${state.marks}`;
  const due = dueIn(terms.calendar, since, num(terms.policy, code, 'within_bd'));
  return [listed(owing(site, code, what, { owner, since, due, next: 'P4.2' }), terms)];
}

/**
 * P4.2 Panel confirm → panel: T-5 bd, T-1 bd; nobody answering, the alternate is called in on T-1 bd. Whoever takes a
 * seat after that hour is asked at once and the rest is for HR.
 */
function attendance(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { plan } = state;
  if (plan === null || state.done !== null || interviewsBegan(state)) return [];
  const { calendar, policy } = terms;
  const eve = addBusinessDays(calendar, plan.firstDay, -num(policy, 'P4.2', 'alternate_before_bd'));
  const call = instantOf(calendar, eve, text(policy, 'P4.2', 'alternate_at'));
  return state.panel.flatMap((seat, n) => {
    if (seat.person === null || seat.dropped || seat.confirmed) return [];
    const since = Math.max(plan.at, seat.since);
    const what = `panel:${n + 1}/${seat.person}/${plan.n}/${seat.since}/${state.rounds}`;
    const base = { owner: seat.person, since, next: 'P4.3' };
    if (since >= call) {
      const due = Math.max(opening(calendar, plan.firstDay), since);
      return [laddered(owing(site, 'P4.2', what, { ...base, due }), terms)];
    }
    const offsets = nums(policy, 'P4.2', 'before_bd').map((bd) => ({
      ...{ from: 'due' as const, n: -bd, unit: 'bd' as const },
    }));
    const prompts = steps(calendar, since, opening(calendar, plan.firstDay), offsets);
    const act: Rung = { id: 'alternate', at: call, to: [], how: 'act', act: 'alternate_called' };
    const rest = { ...base, due: call, atSilence: 'alternate_called' };
    return [owed(owing(site, 'P4.2', what, rest), prompts, [act])];
  });
}

/** D4.4: a sheet that stays out is decided by HR, for every candidate, counted from the last interview (X6). */
function ratersSilent(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { done } = state;
  if (done === null) return [];
  const days = num(terms.policy, 'D4.4', 'hr_decides_after_bd');
  const owner = holder('hr', site);
  return inForce(state)
    .filter((seat) => remaining(state).some((row) => !(row.sh ?? '').includes(markOf(state, seat))))
    .map((seat) => {
      const due = dueIn(terms.calendar, done.at, days);
      const what = `${seat.person}/${seat.since}/${state.rounds}`;
      return listed(owing(site, 'D4.4', what, { owner, since: done.at, due, next: 'D4.5' }), terms);
    });
}

const markOf = (state: OpeningState, seat: JudgeSeat): string =>
  state.raters.indexOf(seat.person ?? '').toString(36);

/** D4.8: an incident is the HR director's until it is remedied. */
export function incidents(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return state.incidents.map((one) => {
    const due = dueIn(terms.calendar, one.at, num(terms.policy, 'D4.8', 'close_bd'));
    const rest = { owner: holder('hr_director', site), since: one.at, due, next: 'G4' };
    return laddered(owing(site, 'D4.8', `${one.n}`, rest), terms);
  });
}

/** All that is owed about panel, questions and interviews. */
export function panelWork(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return [
    ...declarations(state, terms, site),
    ...emptySeats(state, terms, site),
    ...preparing(state, terms, site),
    ...attendance(state, terms, site),
    ...ratersSilent(state, terms, site),
  ];
}

import type { Obligation } from '../kernel/agenda.ts';
import { addBusinessDays, addMonths, closing, dateOf } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, dueOn, listed, timed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import { nextCalendar, orientation } from './agenda-later.ts';
import { openDecisions } from './state.ts';
import type { ReadinessState } from './state.ts';

type Site = { readonly site: SiteRef };

/** P0.1 Score readiness items → team: window and reminder in business days. */
function itemsToScore(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  const window = num(terms.policy, 'P0.1', 'window_bd');
  const remind = nums(terms.policy, 'P0.1', 'remind_after_bd');
  const due = dueIn(terms.calendar, state.opened, window);
  const plan = steps(terms.calendar, state.opened, due, [
    { from: 'since', n: 0, unit: 'bd' },
    ...remind.map((n) => ({ from: 'since' as const, n, unit: 'bd' as const })),
  ]);
  return state.scorers
    .filter((scorer) => state.sheets[scorer] === undefined)
    .map((owner) =>
      timed(
        {
          id: `P0.1:${owner}`,
          code: 'P0.1',
          owner,
          site,
          since: state.opened,
          due,
          next: 'D0.4',
          manager: holder('director', site),
        },
        plan,
        terms,
      ),
    );
}

/** P0.2 Policy action due → its owner: T-14, T-7, T-1. Policies and actions of the verdict alike. */
function changesDue(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  const before = nums(terms.policy, 'P0.2', 'before_d');
  const made = new Set(state.changed.map((one) => one.policy));
  const policies = state.register.filter((one) => one.verdict.startsWith('change_') && !made.has(one.policy));
  const owing = [
    ...policies.map((one) => ({
      what: one.policy as string,
      owner: one.owner,
      due: one.due,
      since: one.since ?? state.registered,
    })),
    ...state.actions.map((one) => ({
      what: one.action,
      owner: one.owner,
      due: one.due,
      since: one.since,
    })),
  ];
  return owing.map(({ what, owner, due, since }) => {
    const dueAt = dueOn(terms.calendar, due ?? dateOf(terms.calendar, since));
    const plan = steps(
      terms.calendar,
      since,
      dueAt,
      before.map((n) => ({ from: 'due', n: -n, unit: 'd', kind: 'remind' })),
    );
    const id = `P0.2:${what}:${since}`;
    const manager = holder('director', site);
    return timed(
      { id, code: 'P0.2', owner: owner ?? manager, site, since, due: dueAt, next: 'G0', manager },
      plan,
      terms,
    );
  });
}

/** D0.5: that a policy was changed is confirmed by the other of HR and compliance, within the days of the self-check. */
function changesMade(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  const window = num(terms.policy, 'P0.1', 'window_bd');
  return state.changed.map(({ policy, to, at: since }) => {
    const due = dueIn(terms.calendar, since, window);
    const id = `D0.5:${policy}:${since}`;
    return listed({ id, code: 'D0.5', owner: holder(to, site), site, since, due, next: 'G0' }, terms);
  });
}

/** D0.2: a site whose champion is gone after the acceptance is owed another one. */
function championAgain(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  if (state.accepted === null || state.champion !== null) return [];
  const since = state.championAt;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'G0', 'due_bd'));
  const owner = holder('executive', site);
  return [listed({ id: `D0.2:again:${since}`, code: 'D0.2', owner, site, since, due, next: 'P0.4' }, terms)];
}

/** P0.4 Yearly readiness re-check → director. */
function yearly(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  if (state.accepted === null) return [];
  const months = num(terms.policy, 'P0.4', 'every_months');
  const date = addMonths(dateOf(terms.calendar, state.checkedLast), months);
  const due = closing(terms.calendar, addBusinessDays(terms.calendar, date, 0));
  const since = closing(terms.calendar, addBusinessDays(terms.calendar, date, -1));
  const owner = holder('director', site);
  const plan = steps(terms.calendar, since, due, [{ from: 'due', n: 0, unit: 'bd', kind: 'ask' }]);
  const check = { id: `P0.4:${state.checkedLast}`, code: 'P0.4', owner, site, since, due, next: 'D0.4' };
  const list = [timed(check, plan, terms)];
  // R0.2: the re-check needs a position newer than the last one; after `not_ready` it is owed already.
  if (state.adviser === null && state.verdict !== 'not_ready') {
    const adviser = holder('adviser', site);
    const id = `R0.2:${state.checkedLast}`;
    list.push(listed({ id, code: 'R0.2', owner: adviser, site, since, due, next: 'P0.4' }, terms));
  }
  return list;
}

/** After a re-check with `not_ready`: another verdict, and the adviser's position on it. */
function notReady(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  if (state.accepted === null || state.verdict !== 'not_ready') return [];
  const since = state.verdictAt;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'G0', 'due_bd'));
  const owe = (code: string, capacity: Parameters<typeof holder>[0], next: string): Obligation => {
    const id = `${code}:again:${since}`;
    return listed({ id, code, owner: holder(capacity, site), site, since, due, next }, terms);
  };
  const verdict = owe('D0.4', 'director', 'P0.4');
  return state.adviser === null ? [verdict, owe('R0.2', 'adviser', 'D0.4')] : [verdict];
}

/**
 * Decisions of stage 0 that have no prompt of their own; the window is that of the foundation. One that was done and taken
 * back is another thing owed from then on, so that whoever took it back is asked anew.
 */
function decisions(state: ReadinessState, terms: Terms, { site }: Site): readonly Obligation[] {
  const days = num(terms.policy, 'G0', 'due_bd');
  return openDecisions(state).map(({ code, capacity, key }) => {
    const since = state.again[key] ?? state.opened;
    const due = dueIn(terms.calendar, since, days);
    const before = state.settled[key] ?? 0;
    const id = code === 'D0.5' ? (before === 0 ? key : `${key}:${before}`) : `${key}:${before}`;
    const owner = holder(capacity, site);
    return listed({ id, code, owner, site, since, due, next: 'G0' }, terms);
  });
}

/** All that is owed in stage 0. */
export function agenda(state: ReadinessState, terms: Terms): readonly Obligation[] {
  if (state.site === null) return [];
  const site = { site: state.site };
  return [
    ...itemsToScore(state, terms, site),
    ...changesDue(state, terms, site),
    ...changesMade(state, terms, site),
    ...championAgain(state, terms, site),
    ...decisions(state, terms, site),
    ...orientation(state, terms, state.site),
    ...yearly(state, terms, site),
    ...notReady(state, terms, site),
    ...nextCalendar(state, terms, state.site),
  ];
}

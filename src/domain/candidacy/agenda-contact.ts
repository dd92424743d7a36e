import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, closing, dateOf } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, numIf, nums } from '../kernel/policy.ts';
import { dueIn, laddered, listed, owed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import { awaiting, silentFrom, triedAt } from './awaiting.ts';
import type { Debt, Frame } from './owing.ts';
import { has, owing } from './owing.ts';

/**
 * X2: what only the candidate can do. They are reminded by mail on the days of the policy; once HR has tried a second
 * way too, the policy closes the candidacy on its day, never before the second try had some days of its own. Under a
 * policy from before these days the usual list is kept.
 */
export function askedOfCandidate(frame: Frame, debt: Debt, next: string): Obligation {
  const { state, terms } = frame;
  const { calendar, policy } = terms;
  if (!has(terms, 'X2', 'after_bd')) return listed(owing(frame, debt, { next }), terms);
  const since = Math.max(debt.since, state.contact.back);
  const atSilence = keeps(frame) ? 'hr_decides' : 'closed_no_response';
  const plan = steps(
    calendar,
    since,
    closing(calendar, addBusinessDays(calendar, dateOf(calendar, since), num(policy, 'X2', 'close_bd'))),
    nums(policy, 'X2', 'after_bd').map((n) => ({ from: 'since', n, unit: 'bd', kind: 'remind' })),
  );
  return owed(owing(frame, debt, { next, atSilence }), plan, closes(frame));
}

/** X2, R5.7: somebody who accepted an offer is closed by nobody but people; the policy tells two of them. */
function keeps({ state, terms }: Frame): boolean {
  return state.stage === 'preboarding' && numIf(terms.policy, 'X2', 'accepted_stays') === 1;
}

/** What follows once both channels were tried: the act that closes, or HR and its director decide. */
function closes(frame: Frame): readonly Rung[] {
  const { state, terms, site, hr } = frame;
  const at = silentFrom(state, terms);
  if (at === null) return [];
  if (keeps(frame)) return [{ id: 'people', at, to: [hr, holder('hr_director', site)], how: 'escalate' }];
  return [{ id: 'closed', at, to: [], how: 'act', act: 'closed_no_response' }];
}

/** X2: what HR asked the candidate to come back on. */
function question(frame: Frame): readonly Obligation[] {
  const { state, terms } = frame;
  const asked = state.contact.question;
  if (asked === null || awaiting(state)?.about !== 'question') return [];
  const due = dueIn(terms.calendar, asked.at, num(terms.policy, 'X2', 'close_bd'));
  const debt = { code: 'X2', key: `asked:${state.contact.asked}`, owner: state.person, since: asked.at, due };
  return [askedOfCandidate(frame, debt, 'D3.4')];
}

/** X2: the second way is HR's: a call or a letter, before the days are over. One channel that fails is no withdrawal. */
function secondWay(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { calendar, policy } = terms;
  const waits = awaiting(state);
  if (waits === null || triedAt(state) !== null || !has(terms, 'X2', 'after_bd')) return [];
  const { since } = waits;
  const due = dueIn(calendar, since, num(policy, 'X2', 'second_by_bd'));
  const debt = { code: 'X2', key: `second:${waits.about}:${since}`, owner: hr, since, due };
  return [listed(owing(frame, debt, { next: waits.about === 'consent' ? 'D5.2' : 'D3.4' }), terms)];
}

/** X2: for some days a reply opens the candidacy again; HR keeps it in view, and the policy closes the door. */
function reopening(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { closed } = state.contact;
  if (closed === null) return [];
  const due = dueIn(terms.calendar, closed.at, num(terms.policy, 'X2', 'reopen_bd'));
  const over: Rung = { id: 'over', at: due, to: [], how: 'act', act: 'reopening_over' };
  const debt = { code: 'X2', key: `reopening:${closed.at}`, owner: hr, since: closed.at, due };
  return [owed(owing(frame, debt, { atSilence: 'reopening_over' }), [], [over])];
}

/** X32: HR answers an applicant who asks for feedback or for deletion. */
function requests(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  return state.requests.map(({ n, request, at }) => {
    const due = dueIn(terms.calendar, at, num(terms.policy, 'X32', 'within_bd'));
    return laddered(owing(frame, { code: 'X32', key: `${request}:${n}`, owner: hr, since: at, due }), terms);
  });
}

/** X2 and X32, at any stage. */
export function agendaContact(frame: Frame): readonly Obligation[] {
  return [...question(frame), ...secondWay(frame), ...reopening(frame), ...requests(frame)];
}

import { awaited, held, returnMark, sinceReturn } from '../away.ts';
import { handedTo } from '../handed.ts';
import type { Obligation } from '../kernel/agenda.ts';
import { closing, dayMinus, rollBack } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import type { StepOffset } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, laddered, listed, owed, timed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { PersonRef } from '../kernel/words.ts';
import { afterRests, restOwed } from '../resting.ts';
import { planOwed } from './agenda-plan.ts';
import { probation } from './agenda-probation.ts';
import { lackedByOthers } from './cycles.ts';
import { goalsCheckOn } from './goals.ts';
import { isOver, reviewerOf, talkOnly } from './state.ts';
import type { ReviewState } from './state.ts';

/** What the obligations of one review share. */
export interface View {
  readonly state: ReviewState;
  readonly subject: NonNullable<ReviewState['subject']>;
  readonly terms: Terms;
  /** The review's due day, a business day on or before the date it was started with. */
  readonly day: CivilDate;
}

/** Calendar days before the review is due, as offsets of a ladder. */
function before(days: readonly number[], kind: 'ask' | 'remind'): readonly StepOffset[] {
  return days.map((n) => ({ from: 'due', n: -n, unit: 'd', kind }));
}

/** P8.1 Self-review → employee: T-21; owed a week before the review is due, so that the draft can rest on it. */
function selfReview({ state, subject, terms, day }: View): readonly Obligation[] {
  if (state.selfIn) return [];
  const { calendar, policy } = terms;
  const since = sinceReturn(state.absence, state.opened, calendar);
  const last = closing(calendar, dayMinus(calendar, day, num(policy, 'P8.1', 'due_before_d')));
  const plan = steps(
    calendar,
    since,
    closing(calendar, day),
    before([num(policy, 'P8.1', 'before_d')], 'ask'),
  );
  const id = `P8.1:${subject.due}${returnMark(state.absence)}`;
  const owing = { id, code: 'P8.1', owner: subject.employee, site: subject.site, since, next: 'P8.3' };
  return [timed({ ...owing, due: Math.max(last, since) }, plan, terms)];
}

/** P8.2, first half: until two colleagues are named, naming them is what the supervisor owes. */
function naming({ state, subject, terms, day }: View): readonly Obligation[] {
  if (state.colleagues.length >= num(terms.policy, 'P8.2', 'colleagues')) return [];
  const { calendar, policy } = terms;
  const since = state.opened;
  const last = closing(calendar, dayMinus(calendar, day, num(policy, 'P8.2', 'before_d')));
  const owner = reviewerOf(subject);
  const owing = {
    id: `P8.2:name:${state.supervisors}:${state.namings}`,
    code: 'P8.2',
    owner,
    site: subject.site,
    since,
    due: Math.max(last, since),
    next: 'P8.2',
    manager: subject.manager,
  };
  return [listed(owing, terms)];
}

/** P8.2 Colleague feedback → chosen colleagues: T-14. */
function feedback({ state, subject, terms, day }: View): readonly Obligation[] {
  const { calendar, policy } = terms;
  const last = closing(calendar, dayMinus(calendar, day, num(policy, 'P8.2', 'due_before_d')));
  const asked = before([num(policy, 'P8.2', 'before_d')], 'ask');
  const open = state.colleagues.filter((one) => !state.feedbackIn.includes(one.person));
  return open.map(({ person: owner, at: since, naming: n }) => {
    const id = `P8.2:${owner}:${n}`;
    const owing = { id, code: 'P8.2', owner, site: subject.site, since, next: 'P8.3' };
    const plan = steps(calendar, since, closing(calendar, day), asked);
    return timed({ ...owing, due: Math.max(last, since) }, plan, terms);
  });
}

/** P8.3 Draft → supervisor: T-14, T-7, T-1, overdue +3, +7; with the last one the supervisor's manager hears of it. */
function draft({ state, subject, terms, day }: View): readonly Obligation[] {
  if (state.draft !== null) return [];
  const { calendar, policy } = terms;
  const since = state.opened;
  const due = closing(calendar, day);
  const owner = reviewerOf(subject);
  const overdue = nums(policy, 'P8.3', 'overdue_bd');
  const early = before(nums(policy, 'P8.3', 'before_d'), 'remind');
  const plan = steps(calendar, since, due, [
    ...early.map((one, n) => (n === 0 ? { ...one, kind: 'ask' as const } : one)),
    ...overdue.map((n) => ({ from: 'due' as const, n, unit: 'bd' as const, kind: 'remind' as const })),
  ]);
  const { manager, site } = subject;
  const obligation = timed(
    { id: `P8.3:${state.supervisors}`, code: 'P8.3', owner, site, since, due, manager, next: 'D8.7' },
    plan,
    terms,
  );
  const last = plan.at(-1)?.id;
  const rungs = obligation.rungs.map((rung) =>
    rung.id === last && owner !== manager
      ? { ...rung, to: [owner, manager], how: 'escalate' as const }
      : rung,
  );
  return [{ ...obligation, rungs }];
}

/** Asked for on the morning of the due day, then rungs 3 to 5. */
function onTheDay(owing: Owing, terms: Terms): Obligation {
  const plan = steps(terms.calendar, owing.since, owing.due, [
    { from: 'due', n: 0, unit: 'bd', kind: 'ask' },
  ]);
  return timed(owing, plan, terms);
}

/** What the employee and whoever writes the review both owe. */
function both(
  { state, subject, terms }: View,
  what: { readonly code: string; readonly since: Instant; readonly due: Instant; readonly nth?: number },
  prompted: (owing: Owing, terms: Terms) => Obligation,
): readonly Obligation[] {
  const { calendar } = terms;
  const { code } = what;
  const { site } = subject;
  const owe = (owner: PersonRef, who: string, since: Instant, manager?: PersonRef): Obligation => {
    const nth = what.nth === undefined ? '' : `:${what.nth}`;
    const owing = { id: `${code}:${who}${nth}`, code, owner, site, since, due: Math.max(what.due, since) };
    return prompted(manager === undefined ? owing : { ...owing, manager }, terms);
  };
  const { absence } = state;
  const back = sinceReturn(absence, what.since, calendar);
  const mark = returnMark(absence);
  const theirs = owe(reviewerOf(subject), `supervisor:${state.supervisors}${mark}`, back, subject.manager);
  // It takes both: nobody is pressed to talk with somebody who is away.
  return [owe(subject.employee, `employee${mark}`, back), awaited(theirs, absence, calendar)];
}

/** P8.4 Talk → both: by the due date, with the default ladder; anew, and with a day for it, where a worse draft asks for it. */
function talk(view: View): readonly Obligation[] {
  const { talk: held, talkAgain: again } = view.state;
  if (held !== null) return [];
  const { calendar } = view.terms;
  const due = closing(calendar, view.day);
  if (again !== undefined) {
    const { n: nth, at: since } = again;
    return both(view, { code: 'P8.4', since, due: Math.max(due, dueIn(calendar, since, 1)), nth }, laddered);
  }
  return both(view, { code: 'P8.4', since: view.state.opened, due }, laddered);
}

/** D8.7 Standard check → HR, once there is a draft to compare. */
function standard({ state, subject, terms, day }: View): readonly Obligation[] {
  if (state.draft === null || state.standard !== null) return [];
  const { at } = state.draft;
  const due = Math.max(closing(terms.calendar, day), dueIn(terms.calendar, at, 1));
  const owner = holder('hr', subject.site);
  const id = `D8.7:${state.version}`;
  return [listed({ id, code: 'D8.7', owner, site: subject.site, since: at, due, next: 'P8.5' }, terms)];
}

/** P8.5 Sign → employee: +5 bd, +10 bd, then the policy records `not_signed`. */
function signing({ state, subject, terms }: View): readonly Obligation[] {
  if (state.ready === null || state.response !== null) return [];
  const { calendar, policy } = terms;
  const since = sinceReturn(state.absence, state.ready, calendar);
  const after = nums(policy, 'P8.5', 'after_bd');
  const due = dueIn(calendar, since, Math.max(...after));
  const plan = steps(
    calendar,
    since,
    due,
    after.map((n) => ({ from: 'since', n, unit: 'bd', kind: 'remind' })),
  );
  const owing = {
    id: `P8.5:${state.version}:${state.ready}${returnMark(state.absence)}`,
    code: 'P8.5',
    owner: subject.employee,
    site: subject.site,
    since,
    due,
    next: 'G8',
    atSilence: 'not_signed',
    about: {
      subject: 'review',
      version: state.version,
    },
  };
  return [owed(owing, plan, [{ id: 'act', at: due, to: [], how: 'act', act: 'not_signed' }])];
}

/** D8.6 `disputed` → HR. */
function dispute({ state, subject, terms }: View): readonly Obligation[] {
  const since = state.disputed;
  if (since === null) return [];
  const due = dueIn(terms.calendar, since, num(terms.policy, 'D8.6', 'settle_bd'));
  const owner = holder('hr', subject.site);
  return [listed({ id: `D8.6:${since}`, code: 'D8.6', owner, site: subject.site, since, due }, terms)];
}

/** P8.6 Goals check → both: in the middle of the next cycle, kept by the review that set the goals. */
function goals(view: View): readonly Obligation[] {
  const since = view.state.goalsSince;
  if (since === null) return [];
  const due = closing(view.terms.calendar, goalsCheckOn(view.subject, view.terms));
  return both(view, { code: 'P8.6', since, due }, onTheDay);
}

/** Days in which HR may set the comparator record right before a review ends by it. */
const RECORD_BD = 5;

/** R8.1 The case notes at once that the record names a review that other staff do not have, or names it no more. */
function lackNoted({ state, subject }: View): Obligation {
  const at = state.opened;
  const owing = { id: `R8.1:lack:${subject.due}`, code: 'R8.1', owner: holder('hr', subject.site) };
  const act = { id: 'act', at, to: [], how: 'act', act: 'lack_noted' } as const;
  return owed({ ...owing, site: subject.site, since: at, due: at, atSilence: 'lack_noted' }, [], [act]);
}

/**
 * R8.1 A review that other staff do not have → HR. It cannot be written, so it ends without a result on its day, unless the
 * record is set right before. HR has days for that from when this case took note of it: what the record says of its own day,
 * and how long ago this review began, may both lie behind when it first reads of it.
 */
function notForOthers(view: View): readonly Obligation[] {
  const { state, subject, terms, day } = view;
  const { lacked: since } = state;
  const lacks = lackedByOthers(state, subject, terms);
  if (lacks !== (since !== undefined)) return [lackNoted(view)];
  if (since === undefined) return [];
  const { calendar } = terms;
  const due = Math.max(closing(calendar, day), dueIn(calendar, since, RECORD_BD));
  const { site } = subject;
  const owing = { id: `R8.1:${subject.due}:${since}`, code: 'R8.1', owner: holder('hr', site), site, since };
  const plan = steps(calendar, since, due, [{ from: 'since', n: 0, unit: 'bd', kind: 'ask' }]);
  return [
    owed({ ...owing, due, atSilence: 'not_held' }, plan, [
      { id: 'act', at: due, to: [], how: 'act', act: 'not_held' },
    ]),
  ];
}

function beforeAnswer(view: View): readonly Obligation[] {
  return [
    ...selfReview(view),
    ...naming(view),
    ...feedback(view),
    ...draft(view),
    ...talk(view),
    ...standard(view),
    ...probation(view),
    ...signing(view),
  ];
}

function owedIn(view: View): readonly Obligation[] {
  if (talkOnly(view.state)) return [...talk(view), ...notForOthers(view)];
  if (view.state.response === null) return [...beforeAnswer(view), ...notForOthers(view)];
  return [...dispute(view), ...planOwed(view), ...goals(view)];
}

/** The due day; for a probation the last business day on or before its end, whatever it was started with. */
function dayOf(subject: View['subject'], terms: Terms): CivilDate {
  const day = rollBack(terms.calendar, subject.due);
  if (subject.cycle !== 'probation_end') return day;
  const end = rollBack(terms.calendar, subject.periodEnd);
  return day < end ? day : end;
}

/** All that is owed in stage 8. */
export function agenda(state: ReviewState, terms: Terms): readonly Obligation[] {
  const { subject, rests } = state;
  if (subject === null || rests === undefined || isOver(state)) return resting(state, terms);
  return [restOwed(holder('hr', subject.site), subject.site, rests, terms)];
}

/** X22: what goes on where it was should the death turn out to have been recorded wrongly; else all there is. */
export function resting(state: ReviewState, terms: Terms): readonly Obligation[] {
  const subject = state.subject;
  if (subject === null || isOver(state)) return [];
  const view = { state, subject, terms, day: dayOf(subject, terms) };
  const { manager, site } = subject;
  const list = handedTo(owedIn(view), manager, state.managed, site, terms).map((one) =>
    held(one, state.absence, subject.employee, subject.site, terms.calendar),
  );
  return afterRests(list, state.rested, terms);
}

import type { Obligation, Rung } from '../kernel/agenda.ts';
import { closing, dayMinus, opening } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import type { RungPlan } from '../kernel/ladder.ts';
import { missingValues, num, nums } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed, owed, timed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import { refreshedBy } from './cover.ts';
import { covered } from './dates.ts';
import { deadlineOf, hoursLeft, periodOf, routed } from './field.ts';
import { owing } from './owing.ts';
import { leaveOn, returnDay } from './sessions.ts';
import type { Field, Route } from './state-field.ts';
import type { Job, Spell } from './state.ts';

/** X10: when a day that went by is decided about: a leave that lasts is waited for (X13). */
function decidedFrom(missed: Instant, day: CivilDate, leave: readonly Spell[], terms: Terms): Instant {
  const away = leaveOn(leave, day);
  if (away === undefined) return missed;
  return Math.max(missed, opening(terms.calendar, returnDay(away, terms.calendar)));
}

/** The days of a notice before an end (90, 60, 30, 14), as messages to the owner. */
function notices(days: readonly number[], since: Instant, due: Instant, terms: Terms): readonly RungPlan[] {
  return steps(
    terms.calendar,
    since,
    due,
    days.map((n) => ({ from: 'due', n: -n, unit: 'd' })),
  );
}

/** X10 90, 60, 30, 14 days ahead → the person and who supervises them; at the end the policy says that it has passed. */
function towards(route: Route, deadline: CivilDate, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const since = job.started;
  const due = Math.max(closing(calendar, deadline), since);
  const plan = notices(nums(policy, 'X10', 'before_d'), since, due, terms);
  const n = route.extended;
  const base = { code: 'X10', site: job.site, since, due, atSilence: 'certification_day_passed' };
  const owe = (id: string, owner: Owner, rungs: readonly RungPlan[], acts: readonly Rung[] = []) =>
    owed({ ...base, id, owner, next: 'D5.4' }, rungs, acts);
  const officer = holder('credential_officer', job.site);
  const passed: Rung = { id: 'act', at: due, to: [], how: 'act', act: 'certification_day_passed' };
  // The hours stand in the list with their day; the notices about the end name them too.
  const hours = hoursLeft(route, terms) > 0 ? [owe(`X10:hours:${n}`, job.supervisor, [])] : [];
  return [
    owe(`X10:own:${n}`, job.person, plan),
    owe(`X10:team:${n}:${job.supervisor}`, job.supervisor, plan),
    ...hours,
    owe(`X10:watch:${n}`, officer, [], [passed]),
  ];
}

/** X10: the manager says what follows, HR confirms it. */
function decisions(
  route: Route,
  deadline: CivilDate,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  const { calendar, policy } = terms;
  const code = 'X10';
  const hr = holder('hr', job.site);
  const within = (at: Instant, name: 'confirm_bd' | 'decide_bd') =>
    dueIn(calendar, at, num(policy, 'X10', name));
  if (route.proposal !== null) {
    const { at } = route.proposal;
    const due = within(at, 'confirm_bd');
    const one = { id: `X10:confirm:${at}`, code, owner: hr, since: at, due };
    return [listed({ ...owing(job, one), visibility: 'C2' }, terms)];
  }
  if (route.missed === null || route.closed !== null) return [];
  const since = decidedFrom(route.missed, deadline, leave, terms);
  const due = within(since, 'decide_bd');
  const one = { id: `X10:decide:${route.extended}`, code, owner: job.manager, since, due };
  return [laddered(owing(job, one), terms)];
}

/** X10 Hired before certification: the way there, and what follows when its last day goes by. */
function certification(field: Field, job: Job, leave: readonly Spell[], terms: Terms): readonly Obligation[] {
  const { route } = field;
  if (route === undefined || !routed(terms.policy)) return [];
  const deadline = deadlineOf(route, leave, terms);
  const ahead = route.missed === null && route.closed === null && covered(terms.calendar, deadline);
  return [
    ...(ahead ? towards(route, deadline, job, terms) : []),
    ...decisions(route, deadline, job, leave, terms),
  ];
}

/** P7.6 Hours of further training that are still missing → employee, on the days before the period ends. */
function education(field: Field, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const period = periodOf(field, job, terms);
  if (period === null || period.hoursLeft + period.ethicsLeft === 0) return [];
  const { end } = period;
  if (!covered(calendar, end)) return [];
  const days = nums(policy, 'P7.6', 'before_d');
  const since = Math.max(job.started, opening(calendar, dayMinus(calendar, end, Math.max(...days))));
  const due = Math.max(since, dueOn(calendar, end));
  const one = { id: `P7.6:hours:${end}`, code: 'P7.6', owner: job.person, since, due, next: 'D5.4' };
  return [timed(owing(job, one), notices(days, since, due, terms), terms)];
}

/** R5.2 A supervisor under a waiver completes the course before it ends (Pennsylvania: six months) → the supervisor. */
function course(job: Job, terms: Terms): readonly Obligation[] {
  const { waiver, supervisor, second } = job;
  if (waiver === undefined || missingValues(terms.policy, ['R5.2.course_before_d']).length > 0) return [];
  const { supervisor: who, until } = waiver;
  const known = job.trained[who] ?? job.lapsed?.[who] ?? refreshedBy(job, who, terms);
  const trained = known !== null;
  if (trained || (who !== supervisor && who !== second) || !covered(terms.calendar, until)) return [];
  const since = job.started;
  const due = Math.max(since, dueOn(terms.calendar, until));
  const plan = notices(nums(terms.policy, 'R5.2', 'course_before_d'), since, due, terms);
  const one = { id: `R5.2:course:${who}:${until}`, code: 'R5.2', owner: who, since, due, next: 'D5.6' };
  return [timed(owing(job, one), plan, terms)];
}

/** X10: once two people closed the route, HR begins what ends the employment or moves it (D9.5); until then nothing ends. */
export function closedRouteOwed(
  { route }: Field,
  job: Job,
  _leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  if (route === undefined || route.closed === null || !routed(terms.policy)) return [];
  const { at } = route.closed;
  const due = dueIn(terms.calendar, at, num(terms.policy, 'X10', 'decide_bd'));
  const owner = holder('hr', job.site);
  const one = { id: `X10:close:${at}`, code: 'X10', owner, since: at, due, next: 'D9.5' };
  return [listed({ ...owing(job, one), visibility: 'C2' }, terms)];
}

/** All that the clocks of the field owe. */
export function fieldOwed(
  field: Field,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  return [...certification(field, job, leave, terms), ...education(field, job, terms), ...course(job, terms)];
}

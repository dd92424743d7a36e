import type { Obligation, Rung } from '../kernel/agenda.ts';
import { closing, opening } from '../kernel/calendar.ts';
import type { Terms } from '../kernel/terms.ts';
import { owed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import { placeFrom, probationEnd, reviewAt } from './dates.ts';
import type { ReviewPlan } from './dates.ts';
import { leaveOn, slots } from './sessions.ts';
import type { Planned, Slot } from './sessions.ts';
import type { Ending, Job, Reviews, Spell } from './state.ts';

/** The obligations through which the clockwork itself acts: opening reviews, passing over a leave, the last day. */

const act = (name: string, at: number): Rung => ({ id: 'act', at, to: [], how: 'act', act: name });

/** D8.1: the review opened next, by its place in the plan. */
export function nextReview(reviews: Reviews, job: Job, terms: Terms): ReviewPlan | null {
  return reviewAt(placeFrom(reviews.next, job, terms), job, terms);
}

/** A review of the plan with its place in it, or null for one beside the plan. */
interface PlannedReview extends ReviewPlan {
  readonly round: number | null;
}

/** X16: a second probation review, due before the extended period ends. */
function extendedPlan(until: string, terms: Terms): ReviewPlan {
  return probationEnd(until, terms);
}

/**
 * The reviews opened next: the one in turn, and beside it a second probation review (X16), so that neither waits for
 * the other. Where both would be one and the same, it is opened once and counts for both.
 */
export function reviewsNext(reviews: Reviews, job: Job, terms: Terms): readonly PlannedReview[] {
  const place = placeFrom(reviews.next, job, terms);
  const plan = reviewAt(place, job, terms);
  const inTurn = plan === null ? [] : [{ ...plan, round: place }];
  if (reviews.extended === null) return inTurn;
  const second = extendedPlan(reviews.extended, terms);
  return plan !== null && reviewObligation(plan) === reviewObligation(second)
    ? [{ ...second, round: place }]
    : [{ ...second, round: null }, ...inTurn];
}

/** The obligation of a review that opens by itself. */
export function reviewObligation({ cycle, due }: ReviewPlan): string {
  return `D8.1:${cycle}:${due}`;
}

/** D8.1 → HR sees when the next reviews open; the policy opens them. */
export function reviewsToOpen(reviews: Reviews, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar } = terms;
  const owner = holder('hr', job.site);
  return reviewsNext(reviews, job, terms).map((planned) => {
    const at = opening(calendar, planned.opens);
    const base = { code: 'D8.1', owner, site: job.site, atSilence: 'review_opened', next: 'D8.2' };
    const id = reviewObligation(planned);
    return owed({ ...base, id, since: job.started, due: at }, [], [act('review_opened', at)]);
  });
}

/** The obligation of a session that falls into a leave. */
export function leaveObligation(slot: Slot): string {
  return `D7.1:leave:${slot.session}`;
}

/** X13: a session in a leave is `on_leave` by itself, once its day is over. */
export function sessionsOnLeave(
  sessions: Planned,
  leave: readonly Spell[],
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  if (leave.length === 0) return [];
  return slots(sessions, terms.calendar)
    .filter((slot) => leaveOn(leave, slot.on) !== undefined)
    .map((slot) => {
      const due = closing(terms.calendar, slot.on);
      const owner = holder('hr', job.site);
      const base = { code: 'D7.1', owner, site: job.site, atSilence: 'session_on_leave', next: 'P7.1' };
      const since = opening(terms.calendar, slot.on);
      return owed({ ...base, id: leaveObligation(slot), since, due }, [], [act('session_on_leave', due)]);
    });
}

/** D9.5: at the closing of the last day the employment ends. */
export function lastDay(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  if (ending.lastDay === null || ending.ended !== null) return [];
  const due = closing(terms.calendar, ending.lastDay);
  const base = { code: 'D9.5', owner: holder('hr', job.site), site: job.site, atSilence: 'last_day_passed' };
  const id = `D9.5:last_day:${ending.lastDay}:${ending.since}`;
  return [owed({ ...base, id, since: ending.since, due, next: 'D9.6' }, [], [act('last_day_passed', due)])];
}

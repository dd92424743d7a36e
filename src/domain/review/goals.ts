import { addDays, addMonths, daysBetween, rollForward } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { ReviewState } from './state.ts';

type Subject = NonNullable<ReviewState['subject']>;

/**
 * The day the review after this one is due. Where the calendar did not reach it yet when this one began, it is counted
 * from the end of the period reviewed: a probation has its length, the other cycles are half a year and a year long; after a
 * special review half a year is counted.
 */
function nextReview({ cycle, periodEnd, nextDue }: Subject, terms: Terms): CivilDate {
  if (nextDue !== null) return nextDue;
  const value = (name: string): number => num(terms.policy, 'D8.1', name);
  switch (cycle) {
    case 'probation_mid':
      return addDays(periodEnd, value('probation_end_d') - value('probation_mid_d'));
    case 'probation_end':
      return addMonths(addDays(periodEnd, -value('probation_end_d')), value('six_month_months'));
    case 'six_month':
      return addMonths(periodEnd, value('annual_months') - value('six_month_months'));
    case 'special':
      return addMonths(periodEnd, value('six_month_months'));
    case 'annual':
      return addMonths(periodEnd, value('annual_months'));
    default: {
      const unknown: never = cycle;
      return unknown;
    }
  }
}

/**
 * P8.6: the goals of a review are looked at in the middle of the cycle that follows it. The review that set them
 * keeps this obligation after it closed, so that a goal never waits for a case that does not exist yet.
 */
export function goalsCheckOn(subject: Subject, terms: Terms): CivilDate {
  const next = nextReview(subject, terms);
  const share = num(terms.policy, 'P8.6', 'cycle_pct') / 100;
  const days = Math.floor(daysBetween(subject.due, next) * share);
  return rollForward(terms.calendar, addDays(subject.due, days));
}

import { addDays, addMonths, daysBetween, rollForward } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { ReviewState } from './state.ts';
import type { Cycle } from './words.ts';

const DAYS_OF_MONTH = 30;

/** Months until the review after this one is due. */
function monthsToNext(cycle: Cycle, terms: Terms): number {
  const value = (name: string): number => num(terms.policy, 'D8.1', name);
  switch (cycle) {
    case 'probation_mid':
    case 'probation_end':
      return Math.max(1, value('six_month_months') - Math.round(value('probation_end_d') / DAYS_OF_MONTH));
    case 'six_month':
      return value('annual_months') - value('six_month_months');
    case 'annual':
      return value('annual_months');
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
export function goalsCheckOn(subject: NonNullable<ReviewState['subject']>, terms: Terms): CivilDate {
  const next = addMonths(subject.due, monthsToNext(subject.cycle, terms));
  const share = num(terms.policy, 'P8.6', 'cycle_pct') / 100;
  const days = Math.floor(daysBetween(subject.due, next) * share);
  return rollForward(terms.calendar, addDays(subject.due, days));
}

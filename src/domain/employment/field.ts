import { addDays, addMonths } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { missingValues, numIf } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import { daysOutside, inOrder } from '../spells.ts';
import type { Days } from '../spells.ts';
import type { Education, Field, Route } from './state-field.ts';
import type { Job, Spell } from './state.ts';

/** The clocks of the field: what a jurisdiction's profile sets, and how days and hours are counted. */

/** @returns false under a policy from before X10: the deadline then is watched as if it were a certificate's last day */
export function routed(policy: Policy): boolean {
  return missingValues(policy, ['X10.before_d']).length === 0;
}

/**
 * X10, X13: the last day of the way to a first certificate. Days of leave are added where the jurisdiction lets the time
 * rest (`X10.leave_pauses`); a leave that lasts or is to come counts as planned.
 */
export function deadlineOf(route: Route, leave: readonly Spell[], { policy }: Terms): CivilDate {
  if ((numIf(policy, 'X10', 'leave_pauses') ?? 0) === 0) return route.deadline;
  const over = Object.values(route.away).reduce((sum, days) => sum + days, 0);
  const counted = leave.filter((spell) => spell.clock in route.away);
  const open: readonly Days[] = leave.filter((spell) => !(spell.clock in route.away));
  return inOrder(open, (first, to) => ({ ...first, to })).reduce(
    (day, spell) => (spell.from <= day ? addDays(day, daysOutside(spell, counted)) : day),
    addDays(route.deadline, over),
  );
}

/** @returns hours of supervised work still to do on the way to a first certificate (Texas: 250); 0 where none are asked */
export function hoursLeft(route: Route, { policy }: Terms): number {
  return Math.max((numIf(policy, 'X10', 'hours') ?? 0) - route.hours, 0);
}

export interface EducationPeriod extends Education {
  /** The day by which the hours are to be there. */
  readonly end: CivilDate;
  readonly hoursLeft: number;
  readonly ethicsLeft: number;
}

/**
 * P7.6: the period of further training that runs. It begins on day one, with a renewal, or where the one before was
 * completed, and ends after the months of the profile, not later than the certificate.
 * @returns null where no hours are asked for, or nobody is certified yet
 */
export function periodOf(field: Field | undefined, job: Job, { policy }: Terms): EducationPeriod | null {
  const needed = numIf(policy, 'P7.6', 'hours') ?? 0;
  const months = numIf(policy, 'P7.6', 'period_months') ?? 0;
  const { status, validTo } = job.credential;
  const none = status === 'in_progress_with_deadline' || status === 'not_asked';
  if (needed === 0 || months === 0 || none) return null;
  const now = field?.ce ?? { since: job.dayOne, hours: 0, ethics: 0 };
  const whole = addMonths(now.since, months);
  const end = validTo > now.since && validTo < whole ? validTo : whole;
  const ethics = numIf(policy, 'P7.6', 'ethics') ?? 0;
  return {
    ...{ ...now, end },
    hoursLeft: Math.max(needed - now.hours, 0),
    ethicsLeft: Math.max(ethics - now.ethics, 0),
  };
}

/**
 * P7.6: where the period begins that a renewed or first certificate opens.
 * @returns null where no hours are asked for
 */
export function educationFrom(job: Job, today: CivilDate, { policy }: Terms): CivilDate | null {
  if ((numIf(policy, 'P7.6', 'hours') ?? 0) === 0) return null;
  const { status, validTo } = job.credential;
  return status === 'in_progress_with_deadline' || validTo < today ? today : validTo;
}

import { addDays, addMonths, daysBetween } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { flag, num, numIf } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import type { Missing } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';

/** Stage 7: how far apart sessions may lie: by the person, then the jurisdiction, then the policy. */

/** D7.6: the floor of the policy, and that of a jurisdiction whose law counts in weeks. @param weeks between sessions */
export function underFloor(weeks: number, now: CivilDate, policy: Policy): boolean {
  const floor = addMonths(now, num(policy, 'CADENCE', 'floor_every_months'));
  const most = numIf(policy, 'CADENCE', 'most_weeks');
  return weeks * 7 > daysBetween(now, floor) || (most !== null && weeks > most);
}

/** Whether weekly sessions go on for somebody on the way to a first certificate. */
export function weeklyForNow(status: string, policy: Policy): boolean {
  return flag(policy, 'CADENCE', 'weekly_until_certified') && status === 'in_progress_with_deadline';
}

interface Taken {
  readonly weeks: number;
  readonly dayOne: CivilDate;
  readonly credential: { readonly status: string };
}

/** D7.6: what stands against the interval with which an employment that began elsewhere is taken over. */
export function cadenceTaken(
  { weeks, dayOne, credential }: Taken,
  on: CivilDate,
  { policy }: Terms,
): readonly Missing[] {
  const until = addDays(dayOne, num(policy, 'CADENCE', 'weekly_weeks') * 7);
  return [
    ...(underFloor(weeks, on, policy) ? [{ code: 'floor' }] : []),
    ...(weeks > 1 && on < until ? [{ code: 'CADENCE', about: until }] : []),
    ...(weeks > 1 && weeklyForNow(credential.status, policy)
      ? [{ code: 'D5.4', about: 'in_progress_with_deadline' }]
      : []),
  ];
}

import { addMonths, daysBetween } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { PulseAnswer } from './events.ts';
import type { Pulse } from './state-pulse.ts';
import type { EmploymentState } from './state.ts';
import type { DriftTrigger } from './words.ts';

/** When the work slides away from what makes the role a peer role (domain, stage 7, drift triggers). */

/** Per cent of the month outside `core` and `support`. */
export function outsideOf(answer: PulseAnswer): number {
  return answer.shared + answer.nonPeer;
}

/** No session has touched `role_fit` for the weeks of the policy; time on leave does not count. */
export function roleFitQuiet(state: EmploymentState, on: CivilDate, { policy }: Terms): boolean {
  return daysBetween(state.sessions.lastRoleFit, on) > num(policy, 'D7.4', 'role_fit_weeks') * 7;
}

/** The widest gap between the two views of one class, in points. */
function gap(a: PulseAnswer, b: PulseAnswer): number {
  const pairs = [a.core - b.core, a.support - b.support, a.shared - b.shared, a.nonPeer - b.nonPeer];
  return Math.max(...pairs.map(Math.abs));
}

/**
 * The shares of the description that was agreed for the role, as the fact `role_shares` has them.
 * @returns null when the role publishes none
 */
export function agreedShares(value: string | undefined): PulseAnswer | null {
  const [core, support, shared, nonPeer] = (value ?? '').split(',').map(Number);
  if (core === undefined || support === undefined || shared === undefined || nonPeer === undefined)
    return null;
  return { core, support, shared, nonPeer, prohibited: [] };
}

/** D7.4: both views of a month lie that far from the duties that were agreed; one alone is a difference of views. */
function fromAgreed(views: readonly PulseAnswer[], agreed: PulseAnswer | null, { policy }: Terms): boolean {
  const limit = numIf(policy, 'D7.4', 'agreed_gap_points');
  return agreed !== null && limit !== null && views.every((one) => gap(one, agreed) > limit);
}

function twoRunning(pulse: Pulse, outside: number, limit: number): boolean {
  const { before, month } = pulse;
  return before !== null && addMonths(before.month, 1) === month && before.outside > limit && outside > limit;
}

/** Which triggers the month's two views pull; the larger share of the two counts. */
export function triggersOf(
  pulse: Pulse,
  employee: PulseAnswer,
  supervisor: PulseAnswer,
  agreed: PulseAnswer | null,
  terms: Terms,
): readonly DriftTrigger[] {
  const { policy } = terms;
  const limit = (name: string) => num(policy, 'D7.4', name);
  const views = [employee, supervisor];
  const outside = Math.max(...views.map(outsideOf));
  const found: DriftTrigger[] = [];
  if (views.some((one) => one.prohibited.some((duty) => duty.startsWith('P_')))) found.push('prohibited');
  if (views.some((one) => one.nonPeer >= limit('non_peer_at_once_pct'))) found.push('non_peer');
  if (outside > limit('outside_month_pct')) found.push('outside_month');
  if (twoRunning(pulse, outside, limit('outside_two_months_pct'))) found.push('outside_two_months');
  if (gap(employee, supervisor) > limit('view_gap_points')) found.push('view_gap');
  if (fromAgreed(views, agreed, terms)) found.push('agreed_gap');
  return found;
}

import { addMonths, daysBetween } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { EventOf, PulseAnswer } from './events.ts';
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

/** What one view says is enough for, also where it stays the only one of its month. */
export function triggersOfEach(views: readonly PulseAnswer[], { policy }: Terms): readonly DriftTrigger[] {
  const limit = (name: string) => num(policy, 'D7.4', name);
  const found: DriftTrigger[] = [];
  if (views.some((one) => one.prohibited.some((duty) => duty.startsWith('P_')))) found.push('prohibited');
  if (views.some((one) => one.nonPeer >= limit('non_peer_at_once_pct'))) found.push('non_peer');
  if (views.some((one) => outsideOf(one) > limit('outside_month_pct'))) found.push('outside_month');
  return found;
}

/**
 * D7.4: a flag goes up at once, while an earlier one is open too: what is new joins it, and all three agree anew.
 * @param found what a month or a session showed; that nobody talked of the role stays true from session to session
 */
export function flagged(
  { pulse }: EmploymentState,
  month: CivilDate,
  found: readonly DriftTrigger[],
): readonly EventOf<'drift_flagged'>[] {
  const open = pulse.drift?.triggers ?? [];
  const triggers = found.filter((one) => one !== 'role_fit_quiet' || !open.includes(one));
  if (triggers.length === 0) return [];
  return [{ kind: 'drift_flagged', body: { month, triggers } }];
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
  const found: DriftTrigger[] = [...triggersOfEach(views, terms)];
  if (twoRunning(pulse, outside, limit('outside_two_months_pct'))) found.push('outside_two_months');
  if (gap(employee, supervisor) > limit('view_gap_points')) found.push('view_gap');
  if (fromAgreed(views, agreed, terms)) found.push('agreed_gap');
  return found;
}

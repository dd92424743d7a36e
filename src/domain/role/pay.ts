import { num } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';

/**
 * D2.6: how far the middle of a range lies from the middle of the comparator's range, in percent, to one decimal.
 * Both in cents per hour. @returns null when the site has no comparator record of pay
 */
export function differenceTo(terms: Terms, low: number, high: number): number | null {
  const below = terms.comparator?.values['pay_low'];
  const above = terms.comparator?.values['pay_high'];
  if (typeof below !== 'number' || typeof above !== 'number') return null;
  const middle = below + above;
  return Math.round(((low + high - middle) / middle) * 1000) / 10;
}

/** R2.5: the rate is more than the policy's percentage under the comparator, or there is none to compare with. */
export function underComparator(terms: Terms, difference: number | null): boolean {
  return difference === null || difference < -num(terms.policy, 'R2.5', 'under_comparator_pct');
}

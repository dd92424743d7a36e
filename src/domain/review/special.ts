import type { Missing } from '../kernel/refusal.ts';
import type { Comparator } from '../kernel/terms.ts';

/** Where the comparator record names the rules by which anybody on the site is reviewed outside the plan. */
const RULES = 'special_review_rules';

/**
 * D8.1, R8.1: a special review needs a rule that applies to other staff too: one of those on the comparator record, a code
 * each, separated by commas.
 * @returns what is missing, or null
 */
export function lacksSpecial(comparator: Comparator | null, rule: string | undefined): Missing | null {
  if (comparator === null) return { code: 'no_comparator_on_file' };
  const rules = String(comparator.values[RULES] ?? '').split(',');
  const known = rule !== undefined && rules.some((one) => one.trim() === rule);
  return known ? null : { code: 'comparator_lacks', about: RULES };
}

import { addMonths } from './calendar.ts';
import type { CivilDate } from './calendar.ts';
import { num, numIf } from './policy.ts';
import type { Policy } from './policy.ts';
import type { Retention } from './words.ts';

/** Where the months of each class stand in the policy (domain 5.7); `keep` has none. */
const monthsOf: Readonly<Partial<Record<Retention, string>>> = {
  selection: 'selection_months',
  employment: 'personnel_after_end_months',
  vault: 'background_months',
  credential: 'checks_months',
};

/**
 * The day from which records of a class may be purged: a forecast, never an act. A legal hold goes before it, and is
 * checked first (X29).
 * @param ended the day the class counts from: the end of the opening with its reserve, or of the employment
 * @returns null for what is kept
 */
export function purgeForecast(retention: Retention, ended: CivilDate, policy: Policy): CivilDate | null {
  const name = monthsOf[retention];
  if (name === undefined) return null;
  // X21: whatever the house sets, what belongs to an employment is kept for as long as after a termination.
  const least = retention === 'employment' ? (numIf(policy, 'X21', 'keep_months') ?? 0) : 0;
  return addMonths(ended, Math.max(least, num(policy, 'RETENTION', name)));
}

import { addBusinessDays, instantOf } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { flag, num, numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import { has } from './owing.ts';
import type { Interview } from './state.ts';

/** P4.1: true where the policy gives each candidate the questions the same number of hours ahead. */
export function sameHours(terms: Terms): boolean {
  return has(terms, 'P4.1', 'same_hours') && flag(terms.policy, 'P4.1', 'same_hours');
}

/**
 * P4.1: from when on the questions may go out: some business days before they are due at most, so that one day serves a
 * round of meetings and nobody has weeks. Null under a policy from before this.
 */
export function questionsFrom({ on, at }: Pick<Interview, 'on' | 'at'>, terms: Terms): Instant | null {
  const { calendar, policy } = terms;
  const early = sameHours(terms) ? numIf(policy, 'P4.1', 'early_bd') : null;
  if (early === null) return null;
  return instantOf(calendar, addBusinessDays(calendar, on, -num(policy, 'P4.1', 'before_bd') - early), at);
}

/** P4.1: when a candidate gets the questions: the same hour of the day, so many business days before the meeting. */
export function questionsDue({ on, at }: Pick<Interview, 'on' | 'at'>, { calendar, policy }: Terms): Instant {
  return instantOf(calendar, addBusinessDays(calendar, on, -num(policy, 'P4.1', 'before_bd')), at);
}

import { addBusinessDays, instantOf } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { flag, num } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import { has } from './owing.ts';
import type { Interview } from './state.ts';

/** P4.1: true where the policy gives each candidate the questions the same number of hours ahead. */
export function sameHours(terms: Terms): boolean {
  return has(terms, 'P4.1', 'same_hours') && flag(terms.policy, 'P4.1', 'same_hours');
}

/** P4.1: when a candidate gets the questions: the same hour of the day, so many business days before the meeting. */
export function questionsDue({ on, at }: Pick<Interview, 'on' | 'at'>, { calendar, policy }: Terms): Instant {
  return instantOf(calendar, addBusinessDays(calendar, on, -num(policy, 'P4.1', 'before_bd')), at);
}

import { notNow } from './kernel/refusal.ts';
import type { Missing, Refusal } from './kernel/refusal.ts';
import type { Capacity } from './kernel/words.ts';

/** X22: whoever may record a death and close what it leaves open. */
export const knowOfDeath = ['hr', 'hr_director', 'director'] as const satisfies readonly Capacity[];

/** True for somebody who may know that a death was recorded; a refusal tells nobody else of it (domain 5.2). */
export const toldOfDeath = (capacities: readonly Capacity[]): boolean =>
  knowOfDeath.some((office) => capacities.includes(office));

/**
 * What somebody is told who asks for something after a death (X22): why, if that is theirs to know; else what they would
 * be told of anything that is over, in the same words.
 */
export function stopped(
  capacities: readonly Capacity[],
  why: Missing,
  otherwise: { readonly rule: string; readonly missing: Missing },
): Refusal {
  return toldOfDeath(capacities) ? notNow('X22', why) : notNow(otherwise.rule, otherwise.missing);
}

import type { FactRef, Facts } from './kernel/facts.ts';
import { numIf } from './kernel/policy.ts';
import type { Terms } from './kernel/terms.ts';
import type { CaseId, PersonRef } from './kernel/words.ts';

/**
 * R7.6: how many people one supervisor has. Each employment takes a numbered place with its supervisor and publishes it
 * (`supervises`), so whoever names a supervisor counts the places taken. A person counts as one full-time equivalent: no
 * case knows anybody's hours, and what part-time work changes is for the manager to say by acknowledging the rule.
 */

/** More places than any span allows; beyond them nothing is counted any more. */
const PLACES = 24;

/** The place of one person with a supervisor, as the fact `supervises` names it. */
export function placeOf(supervisor: PersonRef, place: number): string {
  return `${supervisor}/${place}`;
}

/** @returns the facts from which the spans of these people are counted */
export function spanRefs(supervisors: readonly PersonRef[]): readonly FactRef[] {
  return supervisors.flatMap((who) =>
    Array.from({ length: PLACES }, (_, n) => ({ kind: 'supervises', subject: placeOf(who, n + 1) })),
  );
}

export interface Span {
  /** People this supervisor has besides the one asked about. */
  readonly others: number;
  /** The place to take: the one held already, else the first that is free; null when there is none. */
  readonly place: number | null;
}

/** @param self the employment asked about, whose own place does not count among the others */
export function spanOf(supervisor: PersonRef, self: CaseId, facts: Facts): Span {
  const taken = Array.from(
    { length: PLACES },
    (_, n) => facts.get('supervises', placeOf(supervisor, n + 1))?.value,
  );
  const own = taken.indexOf(self);
  const free = own >= 0 ? own : taken.indexOf(undefined);
  return {
    others: taken.filter((one) => one !== undefined && one !== self).length,
    place: free < 0 ? null : free + 1,
  };
}

/** R7.6: true when one more person would be more than the policy's span; never under a policy that says nothing. */
export function overSpan({ others }: Span, { policy }: Terms): boolean {
  const most = numIf(policy, 'R7.6', 'span_max');
  return most !== null && others + 1 > most;
}

import { concernsThem } from './kernel/can.ts';
import type { Relation } from './kernel/decider.ts';
import type { Capacity, CaseKind, Owner, PersonRef } from './kernel/words.ts';

/**
 * Of whom an office is not asked anything in a case, though they hold it: whoever the case is about, and, where offices give
 * their word on what stands against somebody (R9.5, R8.7, X19), whoever is in line. They may not answer there, and that
 * they are asked would tell them.
 */

const giveWord: ReadonlySet<Capacity> = new Set([
  'accommodation_officer',
  'leave_officer',
  'investigating_officer',
]);
const withWords: ReadonlySet<CaseKind> = new Set(['employment', 'review']);
const line: ReadonlySet<Capacity> = new Set(['supervisor', 'manager', 'mentor']);

/** True for an office that says whether anything stands open, in everybody's case alike. */
export const givesWord = (owner: Owner): boolean => giveWord.has((owner.split('@')[0] ?? '') as Capacity);

/** @returns true for an office in whose name this person is asked nothing in a case of this kind */
export function apartIn(
  kind: CaseKind,
  relations: readonly Relation[],
  person: PersonRef,
  owner: Owner,
): boolean {
  if (!owner.includes('@')) return false;
  if (concernsThem(person, relations)) return true;
  if (!withWords.has(kind) || !givesWord(owner)) return false;
  return relations.some((one) => one.person === person && line.has(one.capacity));
}

/** @returns everybody of a case of whom this office is asked nothing in it */
export function apartFrom(
  kind: CaseKind,
  relations: readonly Relation[],
  owner: Owner,
): readonly PersonRef[] {
  const people = new Set(relations.map((one) => one.person));
  return [...people].filter((person) => apartIn(kind, relations, person, owner));
}

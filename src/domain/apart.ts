import { concernsThem, isOwnSide } from './kernel/can.ts';
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
const givesWord = (owner: Owner): boolean => giveWord.has((owner.split('@')[0] ?? '') as Capacity);

/** True for an office whose word may be asked, the director of HR's too, who speaks where nobody else is left. */
export const mayGiveWord = (owner: Owner): boolean => givesWord(owner) || owner.startsWith('hr_director@');

/**
 * @param spoke who gave one of the words that what is open waits for: the other is somebody else's, also where they hold both offices
 * @returns true for an office in whose name this person is asked nothing in a case of this kind
 */
export function apartIn(
  kind: CaseKind,
  relations: readonly Relation[],
  person: PersonRef,
  owner: Owner,
  spoke: readonly PersonRef[] = [],
): boolean {
  if (!owner.includes('@')) return false;
  if (concernsThem(person, relations)) return true;
  if (mayGiveWord(owner) && spoke.includes(person)) return true;
  if (!withWords.has(kind) || !givesWord(owner)) return false;
  return relations.some((one) => one.person === person && line.has(one.capacity));
}

/** @returns everybody of a case of whom this office is asked nothing in it: those of whom `apartIn` is true */
export function apartFrom(
  kind: CaseKind,
  relations: readonly Relation[],
  owner: Owner,
  spoke: readonly PersonRef[] = nobody,
): readonly PersonRef[] {
  if (!owner.includes('@')) return nobody;
  const words = withWords.has(kind) && givesWord(owner);
  const apart = new Set<PersonRef>(spoke.length > 0 && mayGiveWord(owner) ? spoke : nobody);
  for (const { person, capacity } of relations)
    if (isOwnSide(capacity) || (words && line.has(capacity))) apart.add(person);
  return apart.size === 0 ? nobody : [...apart];
}

const nobody: readonly PersonRef[] = [];

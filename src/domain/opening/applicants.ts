import { opaque } from '../kernel/digest.ts';
import type { PersonRef } from '../kernel/words.ts';

/**
 * Who applied, as short as the state wants it for hundreds of people: a mark of a fixed length per applicant, in the
 * order of the rows. It tells one person from another (R3.4) and an applicant from a reviewer (D3.5), and nothing else.
 */

/** 35 bits: two of four hundred people share a mark about twice in a million searches. */
const LENGTH = 7;
/** Of an application from before marks were kept. */
const UNKNOWN = '.'.repeat(LENGTH);

export const personMark = (person: PersonRef): string => opaque(person).slice(0, LENGTH);

/** @returns the mark of the row at a place, or null where it is not known */
export function markAt(marks: string, place: number): string | null {
  const mark = marks.slice(place * LENGTH, (place + 1) * LENGTH);
  return mark === '' || mark === UNKNOWN ? null : mark;
}

/** @returns the marks with that of the row at a place; `mark` null for one that is not known */
export function withMark(marks: string, place: number, mark: string | null): string {
  const own = mark?.length === LENGTH ? mark : (markAt(marks, place) ?? UNKNOWN);
  const before = marks.slice(0, place * LENGTH).padEnd(place * LENGTH, '.');
  return `${before}${own}${marks.slice((place + 1) * LENGTH)}`;
}

/** @returns whether a person is one of the applicants */
export function hasApplied(marks: string, person: PersonRef): boolean {
  const mark = personMark(person);
  for (let place = 0; place * LENGTH < marks.length; place += 1)
    if (markAt(marks, place) === mark) return true;
  return false;
}

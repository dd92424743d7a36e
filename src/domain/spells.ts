import { daysBetween } from './kernel/calendar.ts';
import type { CivilDate } from './kernel/calendar.ts';

/** Dates of an absence and nothing else; `to` is the day of return. */
export interface Days {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/**
 * Absences as one lives through them: soonest first, and those that overlap or touch as one. In which order they became
 * known says nothing about when they are.
 * @param join what becomes of one that goes on in another: the first of the two, until the later return
 */
export function inOrder<T extends Days>(
  spells: readonly T[],
  join: (first: T, to: CivilDate) => T,
): readonly T[] {
  const list: T[] = [];
  for (const spell of spells.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = list.at(-1);
    if (last === undefined || spell.from > last.to) list.push(spell);
    else if (spell.to > last.to) list[list.length - 1] = join(last, spell.to);
  }
  return list;
}

/** @returns how many days of an absence lie in none of the others: a day is an absence once, whatever papers say so. */
export function daysOutside(spell: Days, others: readonly Days[]): number {
  let count = 0;
  let day = spell.from;
  for (const other of inOrder(others, (first, to) => ({ ...first, to }))) {
    if (other.to <= day) continue;
    if (other.from >= spell.to) break;
    count += Math.max(daysBetween(day, other.from), 0);
    day = other.to;
  }
  return count + Math.max(daysBetween(day, spell.to), 0);
}

/** @returns whether a day lies in one of them; the day of return is a day at work */
export function dayIn(spells: readonly Days[], day: CivilDate): boolean {
  return spells.some(({ from, to }) => from <= day && day < to);
}

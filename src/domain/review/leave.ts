import { addDays } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { dayIn, daysOutside } from '../spells.ts';
import type { PlanStep, ReviewState, Spell } from './state.ts';

/** R8.6: an approved absence does not lower a rating, and the period judged leaves it out (X14). Dates alone count. */

/** @returns every absence the review knows of, those that are over and those of now or to come */
function absences(state: ReviewState): readonly Spell[] {
  return [...state.leave, ...state.absence.away];
}

/** @returns true when some of the time judged was an approved absence: one that has begun */
export function hasBeenAway(state: ReviewState, today: CivilDate): boolean {
  return absences(state).some(({ from, to }) => from <= today && from < to);
}

/** @returns true when somebody was away on that day; the day of return is a day of work */
export function wasAway(state: ReviewState, day: CivilDate): boolean {
  return dayIn(absences(state), day);
}

const SESSION_OF_A_DAY = /^session:(\d{4}-\d{2}-\d{2})$/;

/** The day of a session that a citation names, or null for a citation of something else. */
export function citedDay(cite: string): CivilDate | null {
  return SESSION_OF_A_DAY.exec(cite)?.[1] ?? null;
}

/**
 * No step of a plan falls into an absence: steps that were to come at its beginning move by its length.
 * @param before absences for which they moved already: no day counts twice
 */
export function moved(
  steps: readonly PlanStep[],
  spell: Spell,
  before: readonly Spell[],
): readonly PlanStep[] {
  const { from } = spell;
  const days = daysOutside(spell, before);
  return steps.map((step) =>
    step.state === null && step.on >= from ? { ...step, on: addDays(step.on, days) } : step,
  );
}

import type { PersonRef } from '../kernel/words.ts';
import { inForce } from './state.ts';
import type { JudgeSeat, OpeningState } from './state.ts';

/** @returns panelists from outside to whom no fee was offered (D4.2). */
export function unoffered(state: OpeningState): readonly (JudgeSeat & { readonly person: PersonRef })[] {
  const offered = state.course.fees.map((one) => one.person);
  return inForce(state).filter((seat) => seat.outside === true && !offered.includes(seat.person));
}

/** @returns how many wait for a word of this search: not yet decided, in the running, or in reserve. */
export function waiting(state: OpeningState): number {
  return state.rows.filter((row) => ['in', 'ho', 'ad', 're'].includes(row.s)).length;
}

/** @returns true while another search fills every seat that is still to be filled, and there is none of its own (X26). */
export function servedElsewhere(state: OpeningState): boolean {
  const lent = state.seats.filter((seat) => seat.st === 'lent').length;
  if (state.posting.status !== 'draft') return false;
  return lent > 0 && state.seats.every((seat) => seat.st === 'lent' || seat.st === 'filled');
}

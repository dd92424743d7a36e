import type { PersonRef } from '../kernel/words.ts';
import { freeSeats, inForce } from './state.ts';
import type { JudgeSeat, OpeningState, Row } from './state.ts';

/** @returns panelists from outside to whom no fee was offered (D4.2). */
export function unoffered(state: OpeningState): readonly (JudgeSeat & { readonly person: PersonRef })[] {
  const offered = state.course.fees.map((one) => one.person);
  return inForce(state).filter((seat) => seat.outside === true && !offered.includes(seat.person));
}

/** @returns how many wait for a word of this search: not yet decided, in the running, in reserve, or with an offer. */
export function waiting(state: OpeningState): number {
  return state.rows.filter((row) => ['in', 'ho', 'ad', 're', 'se', 'ac'].includes(row.s)).length;
}

/** @returns true while another search fills every seat that is still to be filled, and there is none of its own (X26). */
export function servedElsewhere(state: OpeningState): boolean {
  const lent = state.seats.filter((seat) => seat.st === 'lent').length;
  if (state.posting.status !== 'draft') return false;
  return lent > 0 && state.seats.every((seat) => seat.st === 'lent' || seat.st === 'filled');
}

/** @returns whether a candidate was proposed for a seat (`s`), the reserve (`r`) or neither (`n`) */
export function isPicked(row: Row, how: 's' | 'r' | 'n'): boolean {
  return row.pick?.startsWith(how) === true;
}

/** @returns free seats about which HR has not said that the reserve is kept since they fell free (D5.9). */
export function seatsToFill(state: OpeningState): readonly number[] {
  const { kept } = state.course;
  const chosen = state.selected?.at ?? 0;
  const freed = (n: number) => Math.max(chosen, state.seats[n - 1]?.at ?? 0);
  return freeSeats(state).filter((n) => kept === undefined || freed(n) > kept);
}

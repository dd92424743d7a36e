import { dateOf, daysBetween } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import type { OpeningState } from './state.ts';

/** Calendar days a posting has been open, pauses left out (R3.3). */
export function openDays(state: OpeningState, ctx: Context): number {
  const { since, openDays: before } = state.posting;
  const today = dateOf(ctx.terms.calendar, ctx.now);
  return before + daysBetween(dateOf(ctx.terms.calendar, since), today);
}

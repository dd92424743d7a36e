import type { OpeningCommand } from '../../contracts/opening.ts';
import type { Ask, Context, Input } from '../kernel/decider.ts';
import { blocked } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Capacity, PersonRef } from '../kernel/words.ts';
import type { ToOpening } from '../notices.ts';

/** Stage 4: HR keeps the process of a search and does not score. Who holds HR at the site is asked where raters are named. */
export function staff(input: Input<OpeningCommand, ToOpening>): readonly Capacity[] {
  const names = input.origin === 'ask' && ['open', 'fill_seat'].includes(input.command.type);
  return names ? ['hr'] : [];
}

/**
 * BLOCK D4.2: nobody rates, or stands by to rate, who keeps the process: HR of the site, and whoever names the raters. They
 * set the days, read what was written, drop a rater and confirm the selection.
 * @param raters those to be named
 */
export function keepsProcess(
  raters: readonly PersonRef[],
  ask: Ask<OpeningCommand>,
  ctx: Context,
): Refusal | null {
  const keepers = [...ctx.assigned('hr').map((one) => one.person), ask.actor, ask.onBehalfOf];
  const who = raters.find((one) => keepers.includes(one));
  return who === undefined ? null : blocked('D4.2', { code: 'keeps_the_process', who });
}

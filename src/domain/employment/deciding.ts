import type { EmploymentCommand } from '../../contracts/employment.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context, Warned } from '../kernel/decider.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { ActionMade, EmploymentEvent, NewAction } from './events.ts';
import { anyOf, speaker } from '../signed.ts';
import { seatOf } from './state.ts';
import type { Live } from './state.ts';
import type { ActionSource } from './words.ts';

export { samePerson, signed, speaker, spokeBefore } from '../signed.ts';

export type Decision = readonly (EmploymentEvent | Warned)[] | Refusal;
export type CommandType = EmploymentCommand['type'];
export type AskOf<T extends CommandType> = Ask<Extract<EmploymentCommand, { type: T }>>;
/** One function per command; a table of them names every command it is for, or does not compile. */
export type Deciders<T extends CommandType> = {
  readonly [K in T]: (state: Live, ask: AskOf<K>, ctx: Context) => Decision;
};

/** The seat the speaker has in this employment; others act by an assignment. */
export function seat(state: Live, ask: Ask<EmploymentCommand>): 'employee' | 'supervisor' | null {
  return seatOf(state.job, speaker(ask));
}

/**
 * R9.5, X19: true for whoever has a part in the employment; they give no officer's word about it, whatever office they
 * hold. It is so in everybody's case alike, and whether somebody was reported is not asked: the answer would tell them.
 */
export function inLine(state: Live, ask: Ask<EmploymentCommand>): boolean {
  return anyOf(ask, partIn(state));
}

/** @returns those who have a part in the employment; a seat may stand empty */
export const partIn = ({ job: { person, supervisor, second, manager, mentor } }: Live) =>
  [person, supervisor, second, manager, mentor] as const;

/** The site's date at which the command was asked. */
export function today(ask: Ask<EmploymentCommand>, ctx: Context): CivilDate {
  return dateOf(ctx.terms.calendar, Math.min(ask.asked, ctx.now));
}

/** Gives new actions their ids: the sequence keeps them apart for ever. */
export function actionsMade(
  list: readonly NewAction[],
  from: ActionSource,
  ctx: Context,
): readonly ActionMade[] {
  return list.map((one, n) => ({ ...one, from, id: `a${ctx.sequence}_${n}` }));
}

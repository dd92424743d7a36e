import type { EmploymentCommand } from '../../contracts/employment.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context, Warned } from '../kernel/decider.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { ActionMade, EmploymentEvent, NewAction } from './events.ts';
import type { Signed } from './signed.ts';
import { seatOf } from './state.ts';
import type { Live } from './state.ts';
import type { ActionSource } from './words.ts';

export type Decision = readonly (EmploymentEvent | Warned)[] | Refusal;
export type CommandType = EmploymentCommand['type'];
export type AskOf<T extends CommandType> = Ask<Extract<EmploymentCommand, { type: T }>>;
/** One function per command; a table of them names every command it is for, or does not compile. */
export type Deciders<T extends CommandType> = {
  readonly [K in T]: (state: Live, ask: AskOf<K>, ctx: Context) => Decision;
};

/** Whose word a command is: the actor's, or that of the person they stand in for. */
export function speaker(ask: Ask<EmploymentCommand>): PersonRef {
  return ask.onBehalfOf ?? ask.actor;
}

/** @returns the signature of a command */
export function signed(ask: Ask<EmploymentCommand>): Signed {
  const by = speaker(ask);
  return by === ask.actor ? { by } : { by, hand: ask.actor };
}

/** Two people are two in name and in hand: nobody confirms for an absent colleague what they proposed, nor the other way round. */
export function samePerson({ by, hand }: Signed, ask: Ask<EmploymentCommand>): boolean {
  return [speaker(ask), ask.actor].some((who) => who === by || who === hand);
}

/** The seat the speaker has in this employment; others act by an assignment. */
export function seat(state: Live, ask: Ask<EmploymentCommand>): 'employee' | 'supervisor' | null {
  return seatOf(state.job, speaker(ask));
}

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

import type { CandidacyCommand } from '../../contracts/candidacy.ts';
import { dateOf, wallTimeOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { minutesOf } from '../kernel/civil.ts';
import type { Context } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import { numIf } from '../kernel/policy.ts';
import type { Missing } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { Hour, Slot } from './events-aside.ts';
import { elsewhere, hourFact, hourOn, hourRefs } from './house-hours.ts';
import type { CandidacyState } from './state.ts';

/**
 * D4.2: a panelist is in one conversation at a time. Each candidacy takes a numbered place on the day of its conversation and
 * publishes the hour and the raters (`conversation`); whoever sets another one for the opening reads the places of that day,
 * and the hours taken in the whole house besides. A conversation from before there were places has none, and is not known to
 * the others.
 */

/** More conversations than any panel has on one day. */
const PLACES = 24;

const placeOf = (opening: CaseId, on: CivilDate, place: number): string => `${opening}/${on}/${place}`;

const refsOf = (opening: CaseId, on: CivilDate): readonly FactRef[] =>
  Array.from({ length: PLACES }, (_, n) => ({
    kind: 'conversation',
    subject: placeOf(opening, on, n + 1),
  }));

/** All that is known of the conversations of a day: those of the opening, and the hours of the house. */
const dayRefs = (opening: CaseId, on: CivilDate): readonly FactRef[] => [
  ...refsOf(opening, on),
  ...hourRefs(on),
];

/** @returns the facts on conversations of the days that a command names, directly or by the number of a slot */
export function conversationRefs(
  { opening, scheduling }: CandidacyState,
  command: CandidacyCommand,
): readonly FactRef[] {
  const on: CivilDate[] = [];
  if (command.type === 'schedule_interview') on.push(command.payload.on);
  if (command.type === 'offer_slots') on.push(...command.payload.slots.map((one) => one.on));
  // Whether another of the times can still be chosen is asked too.
  if (command.type === 'choose_slot') on.push(...scheduling.slots.map((one) => one.on));
  return [...new Set(on)].flatMap((day) => dayRefs(opening, day));
}

/** @returns the facts on conversations of the day on which this one is to be */
export function conversationsBeside({ opening, interview }: CandidacyState): readonly FactRef[] {
  return interview === null ? [] : dayRefs(opening, interview.on);
}

/** @returns what the others of the opening read, and the house: until the conversation is held, moved, or will not be */
export function conversationFact(state: CandidacyState): readonly Fact[] {
  const { interview, opening, self, stage } = state;
  if (stage !== 'interview' || interview?.place === undefined || interview.held !== null)
    return hourFact(state);
  const { on, at, raters, place } = interview;
  const value = [self, at, ...raters].join(',');
  return [{ kind: 'conversation', subject: placeOf(opening, on, place), value }, ...hourFact(state)];
}

interface Known {
  readonly place: number;
  readonly of: CaseId;
  readonly at: string;
  readonly raters: readonly PersonRef[];
}

function knownOn({ opening }: CandidacyState, on: CivilDate, ctx: Context): readonly Known[] {
  return refsOf(opening, on).flatMap(({ kind, subject }, n): readonly Known[] => {
    const value = ctx.facts.get(kind, subject)?.value;
    if (value === undefined) return [];
    const [of = '', at = '', ...raters] = value.split(',');
    return [{ place: n + 1, of, at, raters }];
  });
}

// A policy of an earlier day has no length for a conversation; it begins at one time all the same.
const lasting = ({ policy }: Terms): number => Math.max(1, numIf(policy, 'SCHEDULE', 'meeting_min') ?? 0);

/**
 * @returns who of the panel is in another conversation at that time, and when that one begins: of this opening, or of one
 * that whoever asks need not know; it is not told which
 */
export function engaged(
  state: CandidacyState,
  { on, at }: Slot,
  panel: readonly PersonRef[],
  ctx: Context,
): readonly Missing[] {
  const lasts = lasting(ctx.terms);
  const known = knownOn(state, on, ctx);
  const here = known
    .filter((one) => one.of !== ctx.case && Math.abs(minutesOf(one.at) - minutesOf(at)) < lasts)
    .flatMap((one): readonly Missing[] => {
      const who = panel.find((rater) => one.raters.includes(rater));
      return who === undefined ? [] : [{ code: 'panel_in_conversation', about: `${on} ${one.at}`, who }];
    });
  const { calendar } = ctx.terms;
  const there = elsewhere({ on, at }, lasts, panel, ctx)
    .filter(({ of }) => !known.some((one) => one.of === of))
    .map(({ begins, who }): Missing => {
      const about = `${dateOf(calendar, begins)} ${wallTimeOf(calendar, begins)}`;
      return { code: 'panel_in_conversation', about, who };
    });
  return [...here, ...there];
}

/**
 * @returns the places to take on that day, in the opening and in the house: the one held already, else the first that is
 * free; nothing where none is
 */
export function placeOn(
  state: CandidacyState,
  { on, at }: Slot,
  ctx: Context,
): { readonly place?: number; readonly hour?: Hour } {
  const known = knownOn(state, on, ctx);
  const own = known.find((one) => one.of === ctx.case)?.place;
  const free = Array.from({ length: PLACES }, (_, n) => n + 1).find(
    (place) => !known.some((one) => one.place === place),
  );
  const place = own ?? free;
  const hour = hourOn({ on, at }, lasting(ctx.terms), ctx);
  return place === undefined ? hour : { place, ...hour };
}

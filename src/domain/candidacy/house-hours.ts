import { instantOf } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { MINUTE_MS } from '../kernel/civil.ts';
import type { Context } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { Hour, Slot } from './events-aside.ts';
import type { CandidacyState } from './state.ts';

/**
 * D4.2: somebody who sits on the panels of several openings is in one conversation at a time too. Each conversation takes a
 * numbered place on its day among all of the house, and publishes from when on, how long and with whom (`hour_taken`): it is
 * read as widely as a diary is, and says neither for which opening nor for whom. Days are those of the site: two sites whose
 * business hours meet on different dates do not know of each other here.
 */

/** More conversations than a house has on one day; one beyond them is known to its own opening alone. */
const PLACES = 64;

/** @returns the facts on every conversation that the house has on a day */
export function hourRefs(on: CivilDate): readonly FactRef[] {
  return Array.from({ length: PLACES }, (_, n) => ({ kind: 'hour_taken', subject: `${on}/${n + 1}` }));
}

/** @returns the hour as all of the house may know it: until the conversation is held, moved, or will not be */
export function hourFact({ interview, stage }: CandidacyState): readonly Fact[] {
  if (stage !== 'interview' || interview?.hour === undefined || interview.held !== null) return [];
  const { on, raters, hour } = interview;
  const value = [hour.begins, hour.minutes, ...raters].join(',');
  return [{ kind: 'hour_taken', subject: `${on}/${hour.place}`, value }];
}

interface Taken extends Hour {
  readonly of: CaseId;
  readonly raters: readonly PersonRef[];
}

function takenOn(on: CivilDate, ctx: Context): readonly Taken[] {
  return hourRefs(on).flatMap(({ kind, subject }, n): readonly Taken[] => {
    const found = ctx.facts.get(kind, subject);
    if (found === null) return [];
    const [begins, minutes, ...raters] = found.value.split(',');
    return [{ place: n + 1, of: found.case, begins: Number(begins), minutes: Number(minutes), raters }];
  });
}

const ends = ({ begins, minutes }: Omit<Hour, 'place'>): Instant => begins + minutes * MINUTE_MS;

/** Another conversation that goes into a time, and who of the panel is in it. */
export interface Elsewhere {
  readonly of: CaseId;
  readonly begins: Instant;
  readonly who: PersonRef;
}

/** @param minutes how long a conversation lasts. @returns where somebody of the panel is at that time, in all of the house */
export function elsewhere(
  { on, at }: Slot,
  minutes: number,
  panel: readonly PersonRef[],
  ctx: Context,
): readonly Elsewhere[] {
  const own = { begins: instantOf(ctx.terms.calendar, on, at), minutes };
  return takenOn(on, ctx)
    .filter((one) => one.of !== ctx.case && one.begins < ends(own) && own.begins < ends(one))
    .flatMap(({ of, begins, raters }): readonly Elsewhere[] => {
      const who = panel.find((rater) => raters.includes(rater));
      return who === undefined ? [] : [{ of, begins, who }];
    });
}

/** @returns the hour to take: at the place held already, else at the first that is free; nothing where none is */
export function hourOn({ on, at }: Slot, minutes: number, ctx: Context): { readonly hour?: Hour } {
  const taken = takenOn(on, ctx);
  const held = taken.find(({ of }) => of === ctx.case)?.place;
  const free = Array.from({ length: PLACES }, (_, n) => n + 1).find(
    (place) => !taken.some((one) => one.place === place),
  );
  const place = held ?? free;
  return place === undefined
    ? {}
    : { hour: { place, begins: instantOf(ctx.terms.calendar, on, at), minutes } };
}

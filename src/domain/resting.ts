import type { Obligation, Rung } from './kernel/agenda.ts';
import {
  addBusinessDays,
  businessDaysBetween,
  dateOf,
  nextBusinessInstant,
  opening,
} from './kernel/calendar.ts';
import type { Instant } from './kernel/calendar.ts';
import { numIf } from './kernel/policy.ts';
import { dueIn, owed } from './kernel/rungs.ts';
import type { Terms } from './kernel/terms.ts';
import type { Owner, SiteRef, Visibility } from './kernel/words.ts';

/**
 * X22: a death was recorded, and one person sees to what is left. Until they have, nothing is over that a wrong entry would
 * have to bring back; it only rests, and nobody is asked for anything.
 */

/** To whatever hangs on an employment. */
export type Resting =
  | { readonly kind: 'rest_begun'; readonly body: Readonly<Record<string, never>> }
  | { readonly kind: 'rest_over'; readonly body: Readonly<Record<string, never>> };

/** What a case notes of it. `since`: when what goes on again began to rest; left out in rows after which it went on as if it had not. */
export type RestNoted =
  | { readonly kind: 'rest_begun'; readonly body: Readonly<Record<string, never>> }
  | { readonly kind: 'rest_over'; readonly body: { readonly since?: Instant } };

/** Business days to a date in the list, under a policy from before X22 was counted. */
const SETTLE_BD = 10;

/** What stands in the list instead of all that rests: without a single prompt. */
export function restOwed(
  owner: Owner,
  site: SiteRef,
  since: Instant,
  terms: Terms,
  visibility: Visibility = 'C2',
): Obligation {
  const due = dueIn(terms.calendar, since, numIf(terms.policy, 'X22', 'settle_bd') ?? SETTLE_BD);
  const one = { id: `rest:${since}`, code: 'X22', owner, site, since, due, visibility };
  return owed({ ...one, atSilence: 'stays_with_owner' }, []);
}

/** A rest that is over: a death was recorded, and taken back. */
export interface Rested {
  readonly from: Instant;
  readonly to: Instant;
}

/** What happens on a day that stands fast, whatever rested meanwhile: nobody's silence is counted by it. */
const onItsDay: ReadonlySet<string> = new Set([
  'review_opened',
  'session_on_leave',
  'last_day_passed',
  'certification_day_passed',
  'expired',
]);

const acts = (rung: Rung): boolean => rung.how === 'act';

/** As many business days later as something rested, and never before the rest was over. */
function later(at: Instant, days: number, back: Instant, { calendar }: Terms): Instant {
  const day = dateOf(calendar, at);
  const start = opening(calendar, day);
  return Math.max(opening(calendar, addBusinessDays(calendar, day, days)) + (at - start), back);
}

/** No rung is climbed while it rests; whatever was to come then comes once that is over, the latest of it alone. */
function waiting(rungs: readonly Rung[], rest: Rested, back: Instant): readonly Rung[] {
  const waits = (rung: Rung): boolean => !acts(rung) && rung.at >= rest.from && rung.at < back;
  if (!rungs.some(waits)) return rungs;
  return rungs.map((rung) => (waits(rung) ? { ...rung, at: back } : rung)).toSorted((a, b) => a.at - b.at);
}

function afterOne(obligation: Obligation, rest: Rested, terms: Terms): Obligation {
  const { since, due, rungs } = obligation;
  const last = rungs.at(-1)?.at ?? due;
  if (since >= rest.to || Math.max(due, last) < rest.from) return obligation;
  const { calendar } = terms;
  const back = nextBusinessInstant(calendar, rest.to);
  const act = rungs.find(acts)?.act;
  const stands = act !== undefined && onItsDay.has(act);
  // What is due later loses no time, unless silence itself is counted from a day before.
  if (stands || (due >= back && act === undefined))
    return { ...obligation, rungs: waiting(rungs, rest, back) };
  const from = dateOf(calendar, Math.max(since, rest.from));
  const days = businessDaysBetween(calendar, from, dateOf(calendar, back));
  const moved = (at: Instant): Instant => (at < rest.from ? at : later(at, days, back, terms));
  return { ...obligation, due: moved(due), rungs: rungs.map((rung) => ({ ...rung, at: moved(rung.at) })) };
}

/**
 * What is owed, after rests that are over: as long as nobody could be asked, no time ran. Each rung that was still to come
 * comes as many business days later as the rest lasted, acts of the policy too, so that nothing falls due of which nobody
 * was told, and no ladder jumps to its end.
 */
export function afterRests(
  list: readonly Obligation[],
  rested: readonly Rested[] | undefined,
  terms: Terms,
): readonly Obligation[] {
  if (rested === undefined) return list;
  return list.map((one) => rested.reduce((moved, rest) => afterOne(moved, rest, terms), one));
}

/** The rests of a case with one more. @param from when it began; left out in rows that moved nothing by it */
export function withRest(
  before: readonly Rested[] | undefined,
  from: Instant | undefined,
  to: Instant,
): { readonly rested?: readonly Rested[] } {
  const list = [...(before ?? []), ...(from === undefined ? [] : [{ from, to }])];
  return list.length === 0 ? {} : { rested: list };
}

import {
  addBusinessDays,
  businessDaysBetween,
  dateOf,
  dayMinus,
  dayPlus,
  nextBusinessInstant,
  opening,
  rollBack,
  rollForward,
} from './calendar.ts';
import type { CivilDate, Instant, SiteCalendar } from './calendar.ts';
import { num } from './policy.ts';
import type { Policy } from './policy.ts';

/** Who a rung speaks to; `deliver` turns it into people when it sends. */
export type RungAudience = 'owner' | 'owner_and_standin' | 'manager' | 'hr';
export type RungKind = 'ask' | 'remind' | 'escalate' | 'digest';

export interface RungPlan {
  readonly id: string;
  readonly at: Instant;
  readonly to: RungAudience;
  readonly kind: RungKind;
}

/** The numbers of the default ladder, in business days; policy code LADDER. */
export interface LadderNumbers {
  /** Rung 1 is sent only when the window is longer than this. */
  readonly halfwayOver: number;
  /** Rungs 3, 4 and 5, counted from the due day. */
  readonly standIn: number;
  readonly escalate: number;
  readonly decide: number;
}

export interface LadderTerms {
  /** When the obligation opened. */
  readonly since: Instant;
  /** When it is due; its day at the site is the due day. */
  readonly due: Instant;
  /** Rung 4 speaks to HR when the owner is a candidate, an employee, a mentor or an officer of confidential matters. */
  readonly escalate: 'manager' | 'hr';
}

/** One explicit timing of a stage's own, e.g. `+3 bd`, `T-14`, `D-3`. */
export interface StepOffset {
  readonly from: 'since' | 'due';
  /** Negative before the anchor, positive after it. */
  readonly n: number;
  /** Business days, or calendar days that roll (`D+n` forward, `T-n` back). */
  readonly unit: 'bd' | 'd';
  /** Left out: the owner. */
  readonly to?: RungAudience;
  /** Left out: `ask` for the first of the list, `remind` for the others. */
  readonly kind?: RungKind;
}

// A policy is never changed in place, and every obligation asks for the same four numbers.
const known = new WeakMap<Policy, LadderNumbers>();

/** The ladder's numbers as the policy has them (code LADDER). Throws `PolicyValueMissing`. */
export function ladderNumbers(policy: Policy): LadderNumbers {
  const kept = known.get(policy);
  if (kept !== undefined) return kept;
  const numbers = {
    halfwayOver: num(policy, 'LADDER', 'halfway_over_bd'),
    standIn: num(policy, 'LADDER', 'stand_in_bd'),
    escalate: num(policy, 'LADDER', 'escalate_bd'),
    decide: num(policy, 'LADDER', 'decide_bd'),
  };
  known.set(policy, numbers);
  return numbers;
}

export const DEFAULT_LADDER: LadderNumbers = { halfwayOver: 2, standIn: 1, escalate: 3, decide: 5 };

/** Opening of the date, or of the next business day when the site is closed on it. */
export function at(cal: SiteCalendar, date: CivilDate): Instant {
  return opening(cal, rollForward(cal, date));
}

/** Keeps the rungs in their order and drops each that does not lie after the one kept before it. */
function climbing(rungs: readonly RungPlan[]): readonly RungPlan[] {
  const kept: RungPlan[] = [];
  for (const rung of rungs) {
    const last = kept.at(-1);
    if (last === undefined || rung.at > last.at) kept.push(rung);
  }
  return kept;
}

/**
 * Rungs 3 to 5, after the due day: the stand-in may act, then the manager or HR hears of it, then HR decides whether
 * to reassign, waive or stop. They never decide anything themselves. A due day on which the site is closed counts as
 * the business day before it.
 */
export function escalation(
  cal: SiteCalendar,
  terms: Pick<LadderTerms, 'due' | 'escalate'>,
  numbers: LadderNumbers = DEFAULT_LADDER,
): readonly RungPlan[] {
  const dueDay = rollBack(cal, dateOf(cal, terms.due));
  const after = (days: number) => opening(cal, addBusinessDays(cal, dueDay, days));
  return climbing([
    { id: 'r3', at: after(numbers.standIn), to: 'owner_and_standin', kind: 'remind' },
    { id: 'r4', at: after(numbers.escalate), to: terms.escalate, kind: 'escalate' },
    { id: 'r5', at: after(numbers.decide), to: 'hr', kind: 'escalate' },
  ]);
}

/**
 * The default ladder: `r0` when the obligation opens, `r1` on the morning by which half of the business days are gone,
 * `r2` on the morning of the due day, then `escalation`. All rungs lie within the site's hours, each after the one
 * before; those that would repeat an earlier morning are left out. An obligation that opens after its due day climbs
 * from the day it opened, so that lateness never swallows the rungs that tell somebody. Throws `CalendarRangeExceeded`.
 */
export function ladder(
  cal: SiteCalendar,
  terms: LadderTerms,
  numbers: LadderNumbers = DEFAULT_LADDER,
): readonly RungPlan[] {
  const opens = nextBusinessInstant(cal, terms.since);
  const due = Math.max(terms.due, opens);
  const openDay = dateOf(cal, opens);
  const dueDay = rollBack(cal, dateOf(cal, due));
  const window = businessDaysBetween(cal, openDay, dueDay);
  const rungs: RungPlan[] = [{ id: 'r0', at: opens, to: 'owner', kind: 'ask' }];
  if (window > numbers.halfwayOver) {
    const halfway = addBusinessDays(cal, openDay, Math.ceil(window / 2));
    rungs.push({ id: 'r1', at: opening(cal, halfway), to: 'owner', kind: 'digest' });
  }
  rungs.push({ id: 'r2', at: opening(cal, dueDay), to: 'owner', kind: 'remind' });
  return climbing([...rungs, ...escalation(cal, { due, escalate: terms.escalate }, numbers)]);
}

function stepDate(cal: SiteCalendar, anchor: CivilDate, offset: StepOffset): CivilDate {
  if (offset.n === 0) return offset.from === 'due' ? rollBack(cal, anchor) : rollForward(cal, anchor);
  if (offset.unit === 'bd') return addBusinessDays(cal, anchor, offset.n);
  return offset.n > 0 ? dayPlus(cal, anchor, offset.n) : dayMinus(cal, anchor, -offset.n);
}

/**
 * The rungs of a stage that gives its own timing: one for each offset, `s0`, `s1` … in the order of the list, at the
 * opening of its day (`since` itself, moved into hours, for `{from: 'since', n: 0}`). Of the offsets already past when
 * the obligation opens only the latest is kept, at the moment of opening: nobody gets a burst, and nobody is left
 * unasked. Throws `CalendarRangeExceeded`.
 */
export function steps(
  cal: SiteCalendar,
  since: Instant,
  due: Instant,
  offsets: readonly StepOffset[],
): readonly RungPlan[] {
  const opens = nextBusinessInstant(cal, since);
  const planned = offsets
    .map((offset, place): RungPlan => {
      const anchor = dateOf(cal, offset.from === 'since' ? since : due);
      const day = opening(cal, stepDate(cal, anchor, offset));
      return {
        id: `s${place}`,
        at: Math.max(day, opens),
        to: offset.to ?? 'owner',
        kind: offset.kind ?? (place === 0 ? 'ask' : 'remind'),
      };
    })
    .sort((a, b) => a.at - b.at);
  return planned.filter((rung, place) => planned[place + 1]?.at !== rung.at);
}

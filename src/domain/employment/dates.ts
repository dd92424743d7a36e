import {
  addDays,
  addMonths,
  dayMinus,
  daysBetween,
  dayPlus,
  lastBusinessDayOfMonth,
  rollBack,
  rollForward,
} from '../kernel/calendar.ts';
import type { CivilDate, SiteCalendar } from '../kernel/calendar.ts';
import { num, nums } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { Cycle } from '../review/words.ts';
import { dayIn } from '../spells.ts';
import type { Days } from '../spells.ts';
import type { Job } from './state.ts';
import type { Round } from './words.ts';

/** Dates of an employment, all counted from day one: moving day one moves them. */

/** What comes months ahead is listed only where the site's calendar reaches it with room for its ladder. */
const ROOM_D = 60;

/** @returns false when a date lies too near the end of the calendar; a longer one brings it back. */
export function covered(calendar: SiteCalendar, date: CivilDate): boolean {
  return addDays(date, ROOM_D) <= calendar.last;
}

function integrationDate(round: number, dayOne: CivilDate, { policy }: Terms): CivilDate {
  const days = nums(policy, 'P6.4', 'at_d');
  const early = days[round];
  if (early !== undefined) return addDays(dayOne, early);
  const months = num(policy, 'P6.4', 'then_every_months') * (round - days.length + 1);
  return addMonths(addDays(dayOne, days.at(-1) ?? 0), months);
}

/**
 * The day a round of what comes again is due, before it is rolled to a business day (P6.4, P7.6, P9.1, P9.2).
 * @returns null when there is no such round
 */
export function roundDate(code: Round, round: number, dayOne: CivilDate, terms: Terms): CivilDate | null {
  switch (code) {
    case 'P6.4':
      return integrationDate(round, dayOne, terms);
    case 'P7.6':
    case 'P9.1':
      return addMonths(dayOne, num(terms.policy, code, 'every_months') * (round + 1));
    case 'P9.2':
      return round > 0 ? null : addMonths(dayOne, num(terms.policy, 'P9.2', 'at_months'));
    default: {
      const unknown: never = code;
      return unknown;
    }
  }
}

/**
 * P7.7: within a month of the last check that was clear, at hire (D5.3) or later. It limits the employer, so it
 * rolls back to a business day.
 */
export function exclusionDay(cleared: CivilDate, { calendar, policy }: Terms): CivilDate {
  return rollBack(calendar, addMonths(cleared, num(policy, 'P7.7', 'every_months')));
}

/** The middle of the days between two dates. */
const midway = (from: CivilDate, to: CivilDate): CivilDate =>
  addDays(from, Math.ceil(daysBetween(from, to) / 2));

/**
 * From which day on an answer is one to this round, and to none before it: the middle between the round before, or day one,
 * and its own day.
 * @returns null when there is no such round
 */
export function roundOpens(code: Round, round: number, dayOne: CivilDate, terms: Terms): CivilDate | null {
  const date = roundDate(code, round, dayOne, terms);
  const before = round === 0 ? null : roundDate(code, round - 1, dayOne, terms);
  return date === null ? null : midway(before ?? dayOne, date);
}

/**
 * The round owed after an answer on a day: the first to which it is no answer. One that comes early for the round owed moves
 * nothing on; rounds that passed meanwhile are not made up for.
 */
export function roundAfter(
  code: Round,
  round: number,
  dayOne: CivilDate,
  on: CivilDate,
  terms: Terms,
): number {
  for (let next = round; ; next += 1) {
    const opens = roundOpens(code, next, dayOne, terms);
    if (opens === null || opens > on) return next;
  }
}

/**
 * The same for what comes so many days after day one, once each (D6.3, D6.4).
 * @param all the days after day one on which something of the kind is owed
 */
export function turnOpens(after: number, all: readonly number[], dayOne: CivilDate): CivilDate {
  const before = Math.max(0, ...all.filter((one) => one < after));
  return midway(addDays(dayOne, before), addDays(dayOne, after));
}

/** Half a period, in days for each month of it. */
const HALF_MONTH_D = 15;

/**
 * What comes every so many months, counted from day one so that a late answer moves nothing: its next day, not sooner than
 * half a period after the last time.
 * @param last the day of the last time; left out: none yet
 */
export function nextEvery(months: number, dayOne: CivilDate, last: CivilDate | undefined): CivilDate {
  if (last === undefined) return addMonths(dayOne, months);
  const least = addDays(last, months * HALF_MONTH_D);
  const month = (date: CivilDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  const periods = Math.max(1, Math.ceil((month(least) - month(dayOne)) / months));
  const day = addMonths(dayOne, months * periods);
  return day < least ? addMonths(dayOne, months * (periods + 1)) : day;
}

export interface ReviewPlan {
  readonly cycle: Cycle;
  readonly due: CivilDate;
  readonly periodEnd: CivilDate;
  readonly opens: CivilDate;
}

function plan(cycle: Cycle, due: CivilDate, periodEnd: CivilDate, { calendar, policy }: Terms): ReviewPlan {
  const name = cycle === 'annual' ? 'annual_opens_before_d' : 'opens_before_d';
  return { cycle, due, periodEnd, opens: dayMinus(calendar, due, num(policy, 'D8.1', name)) };
}

/** A deadline that limits the employer never rolls in the employer's favor (domain 2.1): `due` lies on or before. */
export function probationEnd(periodEnd: CivilDate, terms: Terms): ReviewPlan {
  return plan('probation_end', rollBack(terms.calendar, periodEnd), periodEnd, terms);
}

/**
 * D8.1: the place of the review that comes at a place in the plan or after it. A probation of no days has no review, and one
 * that is over by its middle has none there (R8.1).
 */
export function placeFrom(
  place: number,
  { probationDays }: Pick<Job, 'probationDays'>,
  terms: Terms,
): number {
  if (probationDays === undefined) return place;
  if (place < 2 && probationDays === 0) return 2;
  return place === 0 && probationDays <= num(terms.policy, 'D8.1', 'probation_mid_d') ? 1 : place;
}

/** D8.1: place in the plan of reviews → cycle and dates. Null when the calendar does not reach it. */
export function reviewAt(
  place: number,
  { dayOne, probationDays }: Pick<Job, 'dayOne' | 'probationDays'>,
  terms: Terms,
): ReviewPlan | null {
  const { calendar, policy } = terms;
  const value = (name: string) => num(policy, 'D8.1', name);
  const after = (cycle: Cycle, date: CivilDate) =>
    covered(calendar, date) ? plan(cycle, rollForward(calendar, date), date, terms) : null;
  if (place === 0) return after('probation_mid', addDays(dayOne, value('probation_mid_d')));
  if (place === 1) return probationEnd(addDays(dayOne, probationDays ?? value('probation_end_d')), terms);
  if (place === 2) return after('six_month', addMonths(dayOne, value('six_month_months')));
  return after('annual', addMonths(dayOne, value('annual_months') * (place - 2)));
}

/** The first of the month of a date. */
export function monthOf(date: CivilDate): CivilDate {
  return `${date.slice(0, 7)}-01`;
}

/** The first month whose last business day is not before the date (P7.3). */
export function pulseMonthFrom(calendar: SiteCalendar, date: CivilDate): CivilDate {
  const month = monthOf(date);
  return lastBusinessDayOfMonth(calendar, month) >= date ? month : addMonths(month, 1);
}

/** P7.3: the month asked next; one whose last business day lies in a leave is passed over, for both of them. */
export function pulseMonth(month: CivilDate, leave: readonly Days[], calendar: SiteCalendar): CivilDate {
  let asked = month;
  while (dayIn(leave, lastBusinessDayOfMonth(calendar, asked))) asked = addMonths(asked, 1);
  return asked;
}

/** The first session: its weekday in the first week, or in the next when day one comes after it. */
export function firstSession(dayOne: CivilDate, weekday: number, weekdayOfDayOne: number): CivilDate {
  return addDays(dayOne, (weekday - weekdayOfDayOne + 7) % 7);
}

/** D+n of an item of the onboarding list, unless a later date was agreed. */
export function itemDue(
  item: { readonly after: number; readonly due?: CivilDate },
  dayOne: CivilDate,
  terms: Terms,
): CivilDate {
  return item.due ?? dayPlus(terms.calendar, dayOne, item.after);
}

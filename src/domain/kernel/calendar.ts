import {
  CalendarInputInvalid,
  DAY_MS,
  MINUTE_MS,
  addDays,
  dateOfDayNumber,
  dayNumberOf,
  lastDayOfMonth,
  minutesOf,
  wallOfMinutes,
  weekdayOf,
  weekdayOfDayNumber,
} from './civil.ts';
import type { CivilDate, Instant, WallTime } from './civil.ts';

export { CalendarInputInvalid, addDays, addMonths, daysBetween, isCivilDate, weekdayOf } from './civil.ts';
export type { CivilDate, Instant, WallTime } from './civil.ts';

/** The hours, closed days and zone offsets of one site, as data: nothing here asks the machine for its zone. */
export interface SiteCalendar {
  readonly v: 1;
  readonly id: string;
  /** Name of the zone the offsets were computed for, e.g. `America/New_York`; shown to people, never interpreted. */
  readonly zone: string;
  readonly opens: WallTime;
  readonly closes: WallTime;
  /** ISO days of the week the site works on, 1 (Monday) to 7. */
  readonly workdays: readonly number[];
  readonly holidays: readonly {
    readonly date: CivilDate;
    readonly name: string;
  }[];
  /** UTC offset in minutes in force from that instant on; sorted; the first one also holds before it. */
  readonly offsets: readonly {
    readonly from: Instant;
    readonly minutes: number;
  }[];
  /** First and last day the calendar speaks about, both included. */
  readonly first: CivilDate;
  readonly last: CivilDate;
  readonly source: string;
}

/** A question about a day that the calendar does not cover. A longer calendar has to be applied to the site first. */
export class CalendarRangeExceeded extends Error {
  readonly code = 'calendar_range_exceeded';
  readonly date: CivilDate;
  readonly first: CivilDate;
  readonly last: CivilDate;

  constructor(date: CivilDate, first: CivilDate, last: CivilDate) {
    super(
      `calendar_range_exceeded: ${date} needs days outside ${first}..${last}; apply a calendar that covers them`,
    );
    this.name = 'CalendarRangeExceeded';
    this.date = date;
    this.first = first;
    this.last = last;
  }
}

interface Index {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly holidays: ReadonlySet<CivilDate>;
  /** All business days in order, as day numbers. */
  readonly open: readonly number[];
  /** `before[i]`: how many business days lie before day `firstDay + i`. */
  readonly before: readonly number[];
  /** The site's hours by day, filled as they are asked for. */
  readonly opens: Map<CivilDate, Instant>;
  readonly closes: Map<CivilDate, Instant>;
}

// A function of the calendar alone, kept because an agenda asks thousands of questions of the same calendar.
const indexes = new WeakMap<SiteCalendar, Index>();

function indexOf(cal: SiteCalendar): Index {
  const known = indexes.get(cal);
  if (known !== undefined) return known;
  const firstDay = dayNumberOf(cal.first);
  const lastDay = dayNumberOf(cal.last);
  const holidays = new Set(cal.holidays.map((holiday) => holiday.date));
  const closed = new Set([...holidays].map(dayNumberOf));
  const workdays = new Set(cal.workdays);
  const open: number[] = [];
  const before: number[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    before.push(open.length);
    if (workdays.has(weekdayOfDayNumber(day)) && !closed.has(day)) open.push(day);
  }
  before.push(open.length);
  const index = { firstDay, lastDay, holidays, open, before, opens: new Map(), closes: new Map() };
  indexes.set(cal, index);
  return index;
}

function outside(cal: SiteCalendar, date: CivilDate): CalendarRangeExceeded {
  return new CalendarRangeExceeded(date, cal.first, cal.last);
}

/** How many business days lie before the date; throws when the calendar does not cover the date. */
function position(cal: SiteCalendar, date: CivilDate): { index: Index; before: number; upTo: number } {
  const index = indexOf(cal);
  const at = dayNumberOf(date) - index.firstDay;
  const before = index.before[at];
  const upTo = index.before[at + 1];
  if (before === undefined || upTo === undefined) throw outside(cal, date);
  return { index, before, upTo };
}

function nth(cal: SiteCalendar, index: Index, n: number, asked: CivilDate): CivilDate {
  const day = index.open[n];
  if (day === undefined) throw outside(cal, asked);
  return dateOfDayNumber(day);
}

/** Index of the offset in force at an instant. */
function offsetIndex(cal: SiteCalendar, instant: Instant): number {
  let low = 0;
  let high = cal.offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((cal.offsets[middle]?.from ?? Infinity) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

function offsetMs(cal: SiteCalendar, at: number): number {
  return (cal.offsets[at]?.minutes ?? 0) * MINUTE_MS;
}

function localMs(cal: SiteCalendar, instant: Instant): number {
  if (!Number.isFinite(instant)) throw new CalendarInputInvalid('instant');
  return instant + offsetMs(cal, offsetIndex(cal, instant));
}

/** The site's date at an instant. Throws `CalendarRangeExceeded` outside the calendar. */
export function dateOf(cal: SiteCalendar, instant: Instant): CivilDate {
  const day = Math.floor(localMs(cal, instant) / DAY_MS);
  const { firstDay, lastDay } = indexOf(cal);
  const date = dateOfDayNumber(day);
  if (day < firstDay || day > lastDay) throw outside(cal, date);
  return date;
}

/** The site's wall clock at an instant, cut to the minute. */
export function wallTimeOf(cal: SiteCalendar, instant: Instant): WallTime {
  const local = localMs(cal, instant);
  return wallOfMinutes(Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS));
}

/**
 * The instant at which the site's wall clock shows this date and time. A time that the clock skips in spring is moved
 * forward by the gap; of a time that it shows twice in autumn, the first is meant.
 */
export function instantOf(cal: SiteCalendar, date: CivilDate, wall: WallTime): Instant {
  position(cal, date);
  const local = dayNumberOf(date) * DAY_MS + minutesOf(wall) * MINUTE_MS;
  let afterGap = local - offsetMs(cal, 0);
  const from = offsetIndex(cal, local - 2 * DAY_MS);
  const to = offsetIndex(cal, local + 2 * DAY_MS);
  for (let at = from; at <= to; at += 1) {
    const instant = local - offsetMs(cal, at);
    const began = at === 0 || instant >= (cal.offsets[at]?.from ?? Infinity);
    const ended = instant >= (cal.offsets[at + 1]?.from ?? Infinity);
    if (began && !ended) return instant;
    // Only the offset before a spring change began and has already ended here: its reading is the one moved forward.
    if (began && ended) afterGap = instant;
  }
  return afterGap;
}

/** True on a day named in the calendar's holidays, whatever its day of the week. */
export function isHoliday(cal: SiteCalendar, date: CivilDate): boolean {
  return position(cal, date).index.holidays.has(date);
}

/** True on a working day of the site that is no holiday. */
export function isBusinessDay(cal: SiteCalendar, date: CivilDate): boolean {
  const { before, upTo } = position(cal, date);
  return upTo > before;
}

/** The date itself when it is a business day, else the next one. */
export function rollForward(cal: SiteCalendar, date: CivilDate): CivilDate {
  const { index, before } = position(cal, date);
  return nth(cal, index, before, date);
}

/** The date itself when it is a business day, else the one before. */
export function rollBack(cal: SiteCalendar, date: CivilDate): CivilDate {
  const { index, upTo } = position(cal, date);
  return nth(cal, index, upTo - 1, date);
}

/**
 * The `n`th business day after the date (before it, when `n` is negative); the date itself is never counted.
 * With `n = 0` the date is rolled forward. Throws `CalendarRangeExceeded`.
 */
export function addBusinessDays(cal: SiteCalendar, date: CivilDate, n: number): CivilDate {
  if (!Number.isSafeInteger(n)) throw new CalendarInputInvalid('whole_number');
  const { index, before, upTo } = position(cal, date);
  if (n > 0) return nth(cal, index, upTo - 1 + n, date);
  return nth(cal, index, before + n, date);
}

/**
 * How many business days lie after `a` up to and including `b`; negative, counting from `b` up to before `a`, when `b`
 * is the earlier one. So `addBusinessDays(a, businessDaysBetween(a, b))` is `b` for every business day `b`.
 */
export function businessDaysBetween(cal: SiteCalendar, a: CivilDate, b: CivilDate): number {
  const from = position(cal, a);
  const to = position(cal, b);
  // ISO dates sort as text. Subtracting from zero would give -0 for an empty span.
  return a <= b ? to.upTo - from.upTo : to.before - from.before;
}

/** `D+n`: the calendar day `n` days after the anchor, rolled forward to a business day. */
export function dayPlus(cal: SiteCalendar, anchor: CivilDate, n: number): CivilDate {
  return rollForward(cal, addDays(anchor, n));
}

/** `D-n`, `T-n`: the calendar day `n` days before the anchor, rolled back to a business day. */
export function dayMinus(cal: SiteCalendar, anchor: CivilDate, n: number): CivilDate {
  return rollBack(cal, addDays(anchor, -n));
}

/**
 * R7.8: the business day nearest to the date in its own week, Monday to Sunday; the later of two equally near. When
 * the site works on no day of that week, the next business day.
 */
export function nearestBusinessDayOfWeek(cal: SiteCalendar, date: CivilDate): CivilDate {
  const { index } = position(cal, date);
  const day = dayNumberOf(date);
  const monday = day - weekdayOf(date) + 1;
  let nearest: number | undefined;
  for (
    let other = Math.max(monday, index.firstDay);
    other <= Math.min(monday + 6, index.lastDay);
    other += 1
  ) {
    if (!isBusinessDay(cal, dateOfDayNumber(other))) continue;
    if (nearest === undefined || Math.abs(other - day) <= Math.abs(nearest - day)) nearest = other;
  }
  return nearest === undefined ? rollForward(cal, date) : dateOfDayNumber(nearest);
}

/** The last business day of the month that the date is in. */
export function lastBusinessDayOfMonth(cal: SiteCalendar, date: CivilDate): CivilDate {
  return rollBack(cal, lastDayOfMonth(date));
}

function hour(cal: SiteCalendar, date: CivilDate, wall: WallTime, known: Map<CivilDate, Instant>): Instant {
  const before = known.get(date);
  if (before !== undefined) return before;
  const instant = instantOf(cal, date, wall);
  known.set(date, instant);
  return instant;
}

/** The instant the site's hours begin on that date, whether or not it works then. */
export function opening(cal: SiteCalendar, date: CivilDate): Instant {
  return hour(cal, date, cal.opens, indexOf(cal).opens);
}

/** The instant the site's hours end on that date; what is due on a date is due by then. */
export function closing(cal: SiteCalendar, date: CivilDate): Instant {
  return hour(cal, date, cal.closes, indexOf(cal).closes);
}

/** True from opening up to, not including, closing of a business day. */
export function isWithinHours(cal: SiteCalendar, instant: Instant): boolean {
  const date = dateOf(cal, instant);
  return isBusinessDay(cal, date) && instant >= opening(cal, date) && instant < closing(cal, date);
}

/** The instant itself when it is within hours, else the next opening. */
export function nextBusinessInstant(cal: SiteCalendar, instant: Instant): Instant {
  if (isWithinHours(cal, instant)) return instant;
  const date = dateOf(cal, instant);
  const today = rollForward(cal, date);
  if (instant < opening(cal, today)) return opening(cal, today);
  return opening(cal, addBusinessDays(cal, date, 1));
}

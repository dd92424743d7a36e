/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A day in the proleptic Gregorian calendar, `YYYY-MM-DD`, without a zone. */
export type CivilDate = string;
/** A time of day on a site's wall clock, `HH:MM`, 00:00 to 23:59. */
export type WallTime = string;

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A date or a time of day that is none. The value itself is not repeated: it may be anything a person typed. */
export class CalendarInputInvalid extends Error {
  readonly code = 'calendar_input_invalid';
  readonly expected: 'YYYY-MM-DD' | 'HH:MM' | 'whole_number' | 'instant';

  constructor(expected: CalendarInputInvalid['expected']) {
    super(`calendar_input_invalid: give a value of the form ${expected}`);
    this.name = 'CalendarInputInvalid';
    this.expected = expected;
  }
}

const DATE_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const WALL_SHAPE = /^([01]\d|2[0-3]):([0-5]\d)$/;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const DAYS_BEFORE_1970 = daysBeforeYear(1970);

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysBeforeYear(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

function daysBeforeMonth(year: number, month: number): number {
  return (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 12) return 31;
  return daysBeforeMonth(year, month + 1) - daysBeforeMonth(year, month);
}

function civilOf(date: CivilDate): Civil {
  const parts = DATE_SHAPE.exec(date);
  if (parts === null) throw new CalendarInputInvalid('YYYY-MM-DD');
  const civil = {
    year: Number(parts[1]),
    month: Number(parts[2]),
    day: Number(parts[3]),
  };
  const known = civil.year >= 1 && civil.month >= 1 && civil.month <= 12;
  if (!known || civil.day < 1 || civil.day > daysInMonth(civil.year, civil.month)) {
    throw new CalendarInputInvalid('YYYY-MM-DD');
  }
  return civil;
}

function written(civil: Civil): CivilDate {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(civil.year, 4)}-${pad(civil.month, 2)}-${pad(civil.day, 2)}`;
}

function whole(n: number): number {
  if (!Number.isSafeInteger(n)) throw new CalendarInputInvalid('whole_number');
  return n;
}

// Both ways between a date and its number are asked thousands of times for the same few thousand days: the answers are
// kept, and dropped all at once when there are too many, so that nobody's input fills the memory.
const MOST_KEPT = 16_384;
const numbers = new Map<CivilDate, number>();
const dates = new Map<number, CivilDate>();

function keep<K, V>(known: Map<K, V>, key: K, value: V): V {
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, value);
  return value;
}

/** Day number of a civil date; 1970-01-01 is 0. Throws `CalendarInputInvalid` when there is no such day. */
export function dayNumberOf(date: CivilDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const { year, month, day } = civilOf(date);
  return keep(
    numbers,
    date,
    daysBeforeYear(year) - DAYS_BEFORE_1970 + daysBeforeMonth(year, month) + day - 1,
  );
}

/** The civil date of a day number; the inverse of `dayNumberOf`, for the years 1 to 9999. */
export function dateOfDayNumber(dayNumber: number): CivilDate {
  return dates.get(dayNumber) ?? keep(dates, dayNumber, reckoned(dayNumber));
}

function reckoned(dayNumber: number): CivilDate {
  const days = whole(dayNumber) + DAYS_BEFORE_1970;
  if (days < 0 || days >= daysBeforeYear(10_000)) throw new CalendarInputInvalid('YYYY-MM-DD');
  let year = Math.floor(days / 365.2425) + 1;
  if (daysBeforeYear(year) > days) year -= 1;
  else if (daysBeforeYear(year + 1) <= days) year += 1;
  const ofYear = days - daysBeforeYear(year);
  let month = 12;
  while (daysBeforeMonth(year, month) > ofYear) month -= 1;
  return written({
    year,
    month,
    day: ofYear - daysBeforeMonth(year, month) + 1,
  });
}

/** Minutes since midnight of a wall time. Throws `CalendarInputInvalid`. */
export function minutesOf(wall: WallTime): number {
  const parts = WALL_SHAPE.exec(wall);
  if (parts === null) throw new CalendarInputInvalid('HH:MM');
  return Number(parts[1]) * 60 + Number(parts[2]);
}

/** The wall time of minutes since midnight, 0 to 1439. */
export function wallOfMinutes(minutes: number): WallTime {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** True when the text is a day that exists. */
export function isCivilDate(text: string): boolean {
  try {
    civilOf(text);
    return true;
  } catch (error) {
    if (error instanceof CalendarInputInvalid) return false;
    throw error;
  }
}

/** The date `n` calendar days later; earlier when `n` is negative. */
export function addDays(date: CivilDate, n: number): CivilDate {
  return dateOfDayNumber(dayNumberOf(date) + whole(n));
}

/** Calendar days from `a` to `b`; negative when `b` is the earlier one. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return dayNumberOf(b) - dayNumberOf(a);
}

/** The date `n` months later, clamped to the last day of a shorter month (31 Jan + 1 = 28 or 29 Feb). */
export function addMonths(date: CivilDate, n: number): CivilDate {
  const { year, month, day } = civilOf(date);
  const months = year * 12 + (month - 1) + whole(n);
  const inYear = Math.floor(months / 12);
  const inMonth = (((months % 12) + 12) % 12) + 1;
  if (inYear < 1 || inYear > 9999) throw new CalendarInputInvalid('YYYY-MM-DD');
  return written({ year: inYear, month: inMonth, day: Math.min(day, daysInMonth(inYear, inMonth)) });
}

/** ISO day of the week: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: CivilDate): number {
  return weekdayOfDayNumber(dayNumberOf(date));
}

/** ISO day of the week of a day number. */
export function weekdayOfDayNumber(dayNumber: number): number {
  // Day 0, 1970-01-01, was a Thursday.
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

/** The last day of the month that `date` is in. */
export function lastDayOfMonth(date: CivilDate): CivilDate {
  const { year, month } = civilOf(date);
  return written({ year, month, day: daysInMonth(year, month) });
}

import { Temporal } from 'temporal-polyfill';
import type { HolidayRules } from '../contracts/calendar.ts';
import { isCivilDate } from '../domain/kernel/calendar.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';

export type { HolidayRules } from '../contracts/calendar.ts';

type HolidayRule = HolidayRules['rules'][number];

export interface CalendarRequest {
  readonly id: string;
  readonly zone: string;
  readonly opens: string;
  readonly closes: string;
  readonly workdays: readonly number[];
  readonly firstYear: number;
  /** Left out: five calendar years in all. */
  readonly lastYear?: number;
  readonly holidays: HolidayRules | { readonly source: string; readonly days: SiteCalendar['holidays'] };
}

const texts = {
  zone: 'There is no such time zone. Name one of the IANA list, e.g. America/New_York.',
  years: 'A calendar takes its first and last year as whole numbers, fifty years at most in all.',
  holidays: 'A holiday has a day of the form YYYY-MM-DD.',
} as const;

/** A request no calendar can be made of. */
export class CalendarRequestInvalid extends Error {
  readonly code = 'calendar_request_invalid';
  readonly field: 'zone' | 'years' | 'holidays';

  constructor(field: CalendarRequestInvalid['field']) {
    super(texts[field]);
    this.name = 'CalendarRequestInvalid';
    this.field = field;
  }
}

const YEARS = 5;
const MAX_YEARS = 50;
const MS_PER_MINUTE = 60_000;

function startOf(zone: string, year: number): Temporal.ZonedDateTime {
  try {
    return Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(zone);
  } catch (error) {
    if (error instanceof RangeError) throw new CalendarRequestInvalid('zone');
    throw error;
  }
}

function minutesAt(moment: Temporal.ZonedDateTime): number {
  return Math.round(moment.offsetNanoseconds / 1e6 / MS_PER_MINUTE);
}

function offsetsOf(zone: string, firstYear: number, lastYear: number): SiteCalendar['offsets'] {
  const begin = startOf(zone, firstYear).subtract({ days: 1 });
  const end = startOf(zone, lastYear + 1).add({ days: 1 });
  const offsets = [{ from: begin.epochMilliseconds, minutes: minutesAt(begin) }];
  let change = begin.getTimeZoneTransition('next');
  while (change !== null && change.epochMilliseconds < end.epochMilliseconds) {
    const minutes = minutesAt(change);
    // A zone may change its name or its rule without moving the clock.
    if (minutes !== offsets.at(-1)?.minutes) offsets.push({ from: change.epochMilliseconds, minutes });
    change = change.getTimeZoneTransition('next');
  }
  return offsets;
}

/** Null in a year that has no such day: 29 February. */
function dayOfRule(rule: HolidayRule, year: number): Temporal.PlainDate | null {
  const first = Temporal.PlainDate.from({ year, month: rule.month, day: 1 });
  if (rule.kind === 'fixed') {
    return rule.day <= first.daysInMonth ? first.with({ day: rule.day }) : null;
  }
  if (rule.nth === -1) {
    const last = first.with({ day: first.daysInMonth });
    return last.subtract({ days: (last.dayOfWeek - rule.weekday + 7) % 7 });
  }
  return first.add({ days: ((rule.weekday - first.dayOfWeek + 7) % 7) + (rule.nth - 1) * 7 });
}

/** The day itself and, when it falls on a day the site is closed anyway, the day on which it is observed. */
function daysOfRule(rules: HolidayRules, rule: HolidayRule, year: number, workdays: readonly number[]) {
  if (rule.since !== undefined && year < rule.since) return [];
  const day = dayOfRule(rule, year);
  if (day === null) return [];
  const days = [{ date: day.toString(), name: rule.name }];
  const move = rules.observed.find((entry) => entry.weekday === day.dayOfWeek);
  if (move !== undefined && !workdays.includes(day.dayOfWeek)) {
    days.push({ date: day.add({ days: move.moveDays }).toString(), name: `${rule.name} (observed)` });
  }
  return days;
}

function holidaysOf(request: CalendarRequest, lastYear: number): SiteCalendar['holidays'] {
  const { holidays } = request;
  const found = new Map<string, string>();
  const keep = (day: SiteCalendar['holidays'][number]) => {
    const known = found.get(day.date);
    found.set(day.date, known === undefined || known === day.name ? day.name : `${known}; ${day.name}`);
  };
  if ('days' in holidays) {
    if (!holidays.days.every((day) => isCivilDate(day.date))) throw new CalendarRequestInvalid('holidays');
    holidays.days.forEach(keep);
  } else {
    // The year after the last is asked too: its New Year's Day may be observed on 31 December of the last.
    for (let year = request.firstYear - 1; year <= lastYear + 1; year += 1) {
      for (const rule of holidays.rules) daysOfRule(holidays, rule, year, request.workdays).forEach(keep);
    }
  }
  return [...found]
    .map(([date, name]) => ({ date, name }))
    .filter(({ date }) => date >= firstDay(request.firstYear) && date <= lastDayOf(lastYear))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

function firstDay(year: number): string {
  return `${String(year).padStart(4, '0')}-01-01`;
}

function lastDayOf(year: number): string {
  return `${String(year).padStart(4, '0')}-12-31`;
}

/**
 * Computes a site's calendar once, as data: zone offsets from this machine's time zone tables, holidays from rules or
 * from a list. What comes out is kept and asked for years, also by machines whose tables differ. Days of a list outside
 * the years are left out. Throws `CalendarRequestInvalid`.
 */
export function makeCalendar(request: CalendarRequest): SiteCalendar {
  const { firstYear, lastYear = firstYear + YEARS - 1 } = request;
  const years = lastYear - firstYear + 1;
  if (
    !Number.isInteger(firstYear) ||
    !Number.isInteger(years) ||
    firstYear < 1970 ||
    years < 1 ||
    years > MAX_YEARS
  ) {
    throw new CalendarRequestInvalid('years');
  }
  return {
    v: 1,
    id: request.id,
    zone: request.zone,
    opens: request.opens,
    closes: request.closes,
    workdays: [...new Set(request.workdays)].sort((a, b) => a - b),
    holidays: holidaysOf(request, lastYear),
    offsets: offsetsOf(request.zone, firstYear, lastYear),
    first: firstDay(firstYear),
    last: lastDayOf(lastYear),
    source: `${request.holidays.source}; zone offsets: IANA time zone database`,
  };
}

import { Temporal } from 'temporal-polyfill';
import type { PostRules } from '../domain/kernel/post.ts';

/** Which days of a site are working days: its week and its holidays. */
export interface WorkingDays {
  /** ISO days of the week, 1 (Monday) to 7. */
  readonly workdays: readonly number[];
  readonly holidays: readonly { readonly date: string }[];
}

const MINUTES_A_DAY = 1_440;
/** No site is closed for longer; a calendar that says so is not believed. */
const MOST_DAYS = 62;
const FRIDAY = 5;

const known = new WeakMap<WorkingDays, ReadonlySet<string>>();

function closedOn(days: WorkingDays): ReadonlySet<string> {
  const kept = known.get(days);
  if (kept !== undefined) return kept;
  const made = new Set(days.holidays.map((one) => one.date));
  known.set(days, made);
  return made;
}

const localOf = (at: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

function works(day: Temporal.PlainDate, days: WorkingDays): boolean {
  return days.workdays.includes(day.dayOfWeek) && !closedOn(days).has(day.toString());
}

/** A time the clock skips in spring is moved forward by the gap; of one it shows twice in autumn the first is meant. */
function instantAt(day: Temporal.PlainDate, minutes: number, zone: string): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

/** @returns the day at an instant in a zone, `YYYY-MM-DD` */
export function dayIn(at: number, zone: string): string {
  return localOf(at, zone).toPlainDate().toString();
}

/** @returns the minute of the day at an instant in a zone */
export function minuteIn(at: number, zone: string): number {
  const { hour, minute } = localOf(at, zone);
  return hour * 60 + minute;
}

/**
 * Quiet time of a recipient: evenings, nights and the days the site does not work, by the recipient's own clock.
 * @param zone the recipient's IANA zone
 * @returns when it ends, or null when it is not quiet
 */
export function quietUntil(
  at: number,
  zone: string,
  rules: Pick<PostRules, 'quietFrom' | 'quietTo'>,
  days: WorkingDays,
): number | null {
  const { quietFrom, quietTo } = rules;
  if (quietFrom === quietTo) return null;
  const local = localOf(at, zone);
  const minute = local.hour * 60 + local.minute;
  const loud =
    quietFrom > quietTo ? minute >= quietTo && minute < quietFrom : minute < quietFrom || minute >= quietTo;
  const today = local.toPlainDate();
  if (loud && works(today, days)) return null;
  // Quiet ends today when it has not ended yet, else on the next working day.
  const first = minute < quietTo ? 0 : 1;
  for (let add = first; add <= MOST_DAYS; add += 1) {
    const day = today.add({ days: add });
    if (works(day, days)) return instantAt(day, Math.min(quietTo, MINUTES_A_DAY - 1), zone);
  }
  return null;
}

/** @returns the next moment a list may go out: the hour of lists on a weekday, Monday to Friday, that the site works; after `at` */
export function nextList(
  at: number,
  zone: string,
  rules: Pick<PostRules, 'digestAt'>,
  days: WorkingDays,
): number {
  const today = localOf(at, zone).toPlainDate();
  for (let add = 0; add <= MOST_DAYS; add += 1) {
    const day = today.add({ days: add });
    const instant = instantAt(day, rules.digestAt, zone);
    if (instant > at && day.dayOfWeek <= FRIDAY && works(day, days)) return instant;
  }
  return instantAt(today.add({ days: 1 }), rules.digestAt, zone);
}

/** Every weekday, whatever a site makes of it. */
export const EVERY_WEEKDAY: WorkingDays = { workdays: [1, 2, 3, 4, 5], holidays: [] };

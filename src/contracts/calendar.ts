import { z } from 'zod';
import { closing, isCivilDate, opening } from '../domain/kernel/calendar.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';

// Both stop the later checks, which calculate with these values.
const civilDate = z.string().refine(isCivilDate, { abort: true, message: 'a day of the form YYYY-MM-DD' });
const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { abort: true, message: 'a time of day of the form HH:MM' });
const instant = z.int();

function rising<T>(items: readonly T[], key: (item: T) => number | string): boolean {
  return items.every((item, place) => {
    const next = items[place + 1];
    return next === undefined || key(item) < key(next);
  });
}

const shape = z.strictObject({
  v: z.literal(1),
  id: z.string().min(1).max(64),
  zone: z.string().min(1).max(64),
  opens: wallTime,
  closes: wallTime,
  workdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => rising(days, (day) => day), 'days of the week in order, each once'),
  holidays: z
    .array(z.strictObject({ date: civilDate, name: z.string().min(1).max(80) }))
    .max(1000)
    .refine((days) => rising(days, (day) => day.date), 'dates in order, each once'),
  offsets: z
    .array(z.strictObject({ from: instant, minutes: z.int().min(-1080).max(1080) }))
    .min(1)
    .max(400)
    .refine((changes) => rising(changes, (change) => change.from), 'instants in order, each once'),
  first: civilDate,
  last: civilDate,
  source: z.string().min(1).max(200),
});

/**
 * A site's calendar as data. Beyond the shape it checks what the arithmetic takes for granted: ordered lists, hours
 * that open before they close, holidays inside the days covered, an offset in force from the first moment on.
 */
export const calendarSchema = shape.superRefine((cal, check) => {
  const fault = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
  if (cal.opens >= cal.closes) fault('closes', 'closing comes after opening');
  if (cal.first > cal.last) return fault('last', 'the last day is not before the first');
  if (cal.holidays.some((day) => day.date < cal.first || day.date > cal.last)) {
    fault('holidays', 'holidays lie between the first and the last day');
  }
  if ((cal.offsets[0]?.from ?? Infinity) > opening(cal, cal.first)) {
    fault('offsets', 'the first offset is in force before the first opening');
  }
  if (opening(cal, cal.first) >= closing(cal, cal.first))
    fault('offsets', 'offsets keep closing after opening');
});

const ruleBase = {
  name: z.string().min(1).max(80),
  month: z.int().min(1).max(12),
  /** The first year the rule holds for. */
  since: z.int().optional(),
};
function inLeapYear(month: number, day: number): string {
  return `2000-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const weekday = z.int().min(1).max(7);

/**
 * A country's or a state's holidays as rules; `policies/holidays/us-federal.json` is one. Weekdays are ISO, 1 (Monday)
 * to 7. `observed` says by how many days a holiday moves when it falls on that weekday and the site is closed then.
 */
export const holidayRulesSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  title: z.string().min(1).max(200),
  source: z.string().min(1).max(120),
  observed: z.array(z.strictObject({ weekday, moveDays: z.int().min(-6).max(6) })).max(7),
  rules: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('fixed'), ...ruleBase, day: z.int().min(1).max(31) }),
        z.strictObject({
          kind: z.literal('nth_weekday'),
          ...ruleBase,
          weekday,
          /** Which one of the month; -1 is the last. */
          nth: z.literal([1, 2, 3, 4, -1]),
        }),
      ]),
    )
    .max(100)
    .refine(
      (rules) =>
        rules.every((rule) => rule.kind !== 'fixed' || isCivilDate(inLeapYear(rule.month, rule.day))),
      'days that their month has',
    ),
});

export type HolidayRules = z.output<typeof holidayRulesSchema>;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
// The published schema and the domain's type are one and the same: this line stops compiling when they part.
const same: Same<z.output<typeof calendarSchema>, Mutable<SiteCalendar>> = true;
void same;

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

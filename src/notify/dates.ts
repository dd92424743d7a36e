import { MailFieldInvalid } from './errors.ts';

/** Order of day and month, and the clock: `en-GB` Thu 6 Mar 17:00, `en-CA` Thu Mar 6 17:00, `en-US` Thu Mar 6 5:00 pm. */
export const dateLocales = ['en-GB', 'en-US', 'en-CA'] as const;
export type DateLocale = (typeof dateLocales)[number];

export const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

interface Local {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** @returns the day at that place without the year, e.g. `Thu 6 Mar`. Short enough for a subject line. */
export function shortDay(at: number, zone: string, locale: DateLocale): string {
  return dayText(localParts(at, zone), locale);
}

/** @returns day, year, time and the zone by name, e.g. `Thu 6 Mar 2025, 17:00 America/New_York`. */
export function fullTime(at: number, zone: string, locale: DateLocale): string {
  const local = localParts(at, zone);
  return `${dayText(local, locale)} ${local.year}, ${clockText(local, locale)} ${zone}`;
}

// The words come from our own lists and not from the runtime's, whose spelling changes with its version.
function dayText(local: Local, locale: DateLocale): string {
  const weekday = weekdays[new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay()];
  const month = months[local.month - 1];
  return locale === 'en-GB' ? `${weekday} ${local.day} ${month}` : `${weekday} ${month} ${local.day}`;
}

function clockText(local: Local, locale: DateLocale): string {
  const minute = String(local.minute).padStart(2, '0');
  if (locale !== 'en-US') return `${String(local.hour).padStart(2, '0')}:${minute}`;
  return `${local.hour % 12 === 0 ? 12 : local.hour % 12}:${minute} ${local.hour < 12 ? 'am' : 'pm'}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(at: number, zone: string): Local {
  if (!Number.isFinite(at)) throw new MailFieldInvalid('due', 'it is not an instant');
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? Number.NaN;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
    return format;
  } catch {
    throw new MailFieldInvalid('zone', 'it is not an IANA time zone');
  }
}

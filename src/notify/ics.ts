import { createHash } from 'node:crypto';
import { MailFieldInvalid } from './errors.ts';

/** One meeting, as the calendar of one person is to show it. */
export interface CalendarEntry {
  /** Stays the same through every change; see `meetingUid`. */
  readonly uid: string;
  /** Rises by one with each change: calendars take the highest. */
  readonly sequence: number;
  readonly method: 'REQUEST' | 'CANCEL';
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly minutes: number;
  /** When this state of it came about. */
  readonly stamp: number;
  /** Neutral: it shows on lock screens and in shared calendars. */
  readonly title: string;
  readonly organizer: string;
  readonly attendee: string;
}

/** Octets of a content line without its break (RFC 5545, 3.1). */
const LINE_OCTETS = 75;
const NEUTRAL_DOMAIN = 'notice.invalid';

/** @returns the one UID of a meeting; it tells nobody which case it belongs to */
export function meetingUid(org: string, caseId: string, meeting: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(['meeting', org, caseId, meeting]))
    .digest('hex');
  return `${digest.slice(0, 40)}@${NEUTRAL_DOMAIN}`;
}

/** A value of the type TEXT (RFC 5545, 3.3.11): backslash, semicolon, comma and line break are written with a backslash. */
export function escapeText(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n');
}

/** Breaks a content line into lines of at most 75 octets, never inside of a character; each further one begins with a space. */
export function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character, 'utf8');
    if (octets + size > LINE_OCTETS) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}

/** An instant in UTC, so that no calendar has to know a zone's rules to show it in the reader's own. */
function instant(at: number): string {
  if (!Number.isFinite(at)) throw new MailFieldInvalid('calendar', 'it has no instant');
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function address(value: string): string {
  if (!/^[^\s\p{Cc}@<>()[\],;:\\"]{1,64}@[^\s\p{Cc}@<>()[\],;:\\"]+$/u.test(value))
    throw new MailFieldInvalid('calendar', 'it has no plain mail address');
  return `mailto:${value}`;
}

/** One line of a calendar that somebody subscribed to: a reference and an hour. */
export interface FeedLine {
  readonly uid: string;
  readonly sequence: number;
  readonly from: number;
  readonly minutes: number;
  readonly title: string;
}

/**
 * Writes a calendar to subscribe to (RFC 5545): private entries without a name, a place or anybody who takes part.
 * @param stamp when it was read
 * @throws MailFieldInvalid
 */
export function calendarFeed(lines: readonly FeedLine[], stamp: number): string {
  const events = lines.flatMap(({ uid, sequence, from, minutes, title }) => [
    ...['BEGIN:VEVENT', `UID:${uid}`, `SEQUENCE:${sequence}`, `DTSTAMP:${instant(stamp)}`],
    ...[`DTSTART:${instant(from)}`, `DTEND:${instant(from + minutes * 60_000)}`],
    ...[`SUMMARY:${escapeText(title)}`, 'CLASS:PRIVATE', 'END:VEVENT'],
  ]);
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//notice//calendar//EN', 'CALSCALE:GREGORIAN'];
  const whole = [...head, 'METHOD:PUBLISH', ...events, 'END:VCALENDAR'];
  return `${whole.map(folded).join('\r\n')}\r\n`;
}

/**
 * Writes an invitation, a change or a cancellation (RFC 5545 and 5546): one meeting, private, with a stable UID and the
 * same method as the mail that carries it. No name, no place, nobody else who takes part.
 * @throws MailFieldInvalid
 */
export function calendarFile(entry: CalendarEntry): string {
  if (!Number.isInteger(entry.sequence) || entry.sequence < 0)
    throw new MailFieldInvalid('calendar', 'its sequence counts from 0');
  if (!Number.isInteger(entry.minutes) || entry.minutes < 1)
    throw new MailFieldInvalid('calendar', 'it lasts whole minutes');
  const off = entry.method === 'CANCEL';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//notice//calendar//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${entry.method}`,
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${instant(entry.stamp)}`,
    `DTSTART:${instant(entry.from)}`,
    `DTEND:${instant(entry.from + entry.minutes * 60_000)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    `ORGANIZER:${address(entry.organizer)}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=${off ? 'FALSE' : 'TRUE'}:${address(entry.attendee)}`,
    'CLASS:PRIVATE',
    `STATUS:${off ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${off ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

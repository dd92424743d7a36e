import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MailFieldInvalid } from '../../src/notify/errors.ts';
import { calendarFile, escapeText, folded, meetingUid } from '../../src/notify/ics.ts';
import type { CalendarEntry } from '../../src/notify/ics.ts';

const entry: CalendarEntry = {
  uid: meetingUid('org_1', 'candidacy-1', 'interview'),
  sequence: 0,
  method: 'REQUEST',
  from: Date.parse('2025-03-10T14:00:00Z'),
  minutes: 60,
  stamp: Date.parse('2025-03-05T15:00:00Z'),
  title: 'Meeting',
  organizer: 'no-reply@example.org',
  attendee: 'somebody@example.org',
};

/** Undoes the folding as a calendar does (RFC 5545, 3.1). */
const unfolded = (text: string): string => text.replaceAll('\r\n ', '');
const linesOf = (text: string): readonly string[] => unfolded(text).trimEnd().split('\r\n');

describe('a calendar file', () => {
  it('says what is needed, in order, and nothing about the person or the matter', () => {
    expect(linesOf(calendarFile(entry))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//notice//calendar//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      `UID:${entry.uid}`,
      'SEQUENCE:0',
      'DTSTAMP:20250305T150000Z',
      'DTSTART:20250310T140000Z',
      'DTEND:20250310T150000Z',
      'SUMMARY:Meeting',
      'ORGANIZER:mailto:no-reply@example.org',
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:somebody@example.org',
      'CLASS:PRIVATE',
      'STATUS:CONFIRMED',
      'TRANSP:OPAQUE',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it('takes the meeting off again under the same UID, with a higher sequence', () => {
    const off = linesOf(calendarFile({ ...entry, method: 'CANCEL', sequence: 3 }));
    for (const line of [
      'METHOD:CANCEL',
      'SEQUENCE:3',
      `UID:${entry.uid}`,
      'STATUS:CANCELLED',
      'CLASS:PRIVATE',
    ])
      expect(off).toContain(line);
    expect(off.some((line) => line.startsWith('ATTENDEE') && line.includes('RSVP=FALSE'))).toBe(true);
  });

  it('has one UID for a meeting, another for each other one, and none that names its case', () => {
    expect(meetingUid('org_1', 'candidacy-1', 'interview')).toBe(entry.uid);
    const others = [
      meetingUid('org_2', 'candidacy-1', 'interview'),
      meetingUid('org_1', 'candidacy-2', 'interview'),
      meetingUid('org_1', 'candidacy-1', 'second'),
    ];
    expect(new Set([entry.uid, ...others]).size).toBe(4);
    expect(entry.uid).not.toContain('candidacy');
  });

  it('ends every line with CR LF and has none of more than 75 octets', () => {
    const text = calendarFile({
      ...entry,
      title: 'ä'.repeat(200),
      attendee: `${'x'.repeat(60)}@${'y'.repeat(90)}.org`,
    });
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it('writes backslash, semicolon, comma and line breaks as RFC 5545 has it', () => {
    expect(escapeText('a\\b;c,d\r\ne\nf\rg')).toBe('a\\\\b\\;c\\,d\\ne\\nf\\ng');
    expect(linesOf(calendarFile({ ...entry, title: 'One; two, three' }))).toContain(
      'SUMMARY:One\\; two\\, three',
    );
  });

  it('lets no title or address write lines of its own', () => {
    const title = 'Meeting\r\nATTENDEE:mailto:x@example.org';
    expect(
      linesOf(calendarFile({ ...entry, title })).filter((line) => line.startsWith('ATTENDEE')),
    ).toHaveLength(1);
    for (const attendee of ['a@example.org\r\nX:1', 'no address', 'a;b@example.org', ''])
      expect(() => calendarFile({ ...entry, attendee })).toThrow(MailFieldInvalid);
  });

  it('is refused with an instant, a length or a sequence that is none', () => {
    for (const wrong of [{ from: Number.NaN }, { minutes: 0 }, { minutes: 1.5 }, { sequence: -1 }])
      expect(() => calendarFile({ ...entry, ...wrong })).toThrow(MailFieldInvalid);
  });

  it('is unfolded to what was folded, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = `SUMMARY:${escapeText(text.replaceAll(/[\r\n]/g, ' '))}`;
        const out = folded(line);
        expect(unfolded(out)).toBe(line);
        for (const one of out.split('\r\n')) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { holidaysIn } from '../../src/web/app/holiday-file.ts';

describe('holidays of a file', () => {
  it('reads a calendar: folded lines, escapes, days with and without a time', () => {
    const text = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20270704',
      'SUMMARY:Independence',
      '  Day\\, observed',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'DTSTART:20270101T000000Z',
      'SUMMARY:New Year',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
    expect(holidaysIn(text)).toEqual({
      days: [
        { date: '2027-01-01', name: 'New Year' },
        { date: '2027-07-04', name: 'Independence Day, observed' },
      ],
      unread: 0,
    });
  });

  it('says how many entries repeat by a rule or name no day, and reads none of them', () => {
    const text = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20271225',
      'RRULE:FREQ=YEARLY',
      'SUMMARY:Christmas',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'SUMMARY:No day',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\n');
    expect(holidaysIn(text)).toEqual({ days: [], unread: 2 });
  });

  it('reads a list with or without a heading; a day that does not exist is none', () => {
    const days = [{ date: '2027-01-01', name: 'New Year, day one' }];
    expect(holidaysIn('date,name\n2027-01-01,"New Year", day one\n2027-02-30,No such day\n')).toEqual({
      days,
      unread: 1,
    });
    expect(holidaysIn('2027-01-01;New Year;day one')).toEqual({ days, unread: 0 });
    expect(holidaysIn('')).toEqual({ days: [], unread: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { holidayRulesSchema } from '../../src/contracts/calendar.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import * as days from '../../src/domain/kernel/calendar.ts';
import type { SiteCalendar } from '../../src/domain/kernel/calendar.ts';
import federal from '../../policies/holidays/us-federal.json' with { type: 'json' };

const rules = holidayRulesSchema.parse(federal);
const hours = { opens: '09:00', closes: '17:00', workdays: [1, 2, 3, 4, 5] };
const newYork = makeCalendar({
  id: 'northside',
  zone: 'America/New_York',
  ...hours,
  firstYear: 2025,
  holidays: rules,
});
const none = { source: 'none', days: [] };
const inZone = (zone: string): SiteCalendar =>
  makeCalendar({ id: 'site', zone, ...hours, firstYear: 2024, holidays: none });
const utc = (text: string): number => Date.parse(text);

describe('business days after or before a date', () => {
  it.each([
    ['2025-01-06', 5, '2025-01-13', 'P0.1 window of 5'],
    ['2025-01-06', 3, '2025-01-09', 'P0.1 reminder'],
    ['2025-01-28', -5, '2025-01-21', 'P1.1 before the first meeting'],
    ['2025-01-17', 1, '2025-01-21', 'over the holiday of 20 January'],
    ['2025-01-28', 2, '2025-01-30', 'P1.3 write-up'],
    ['2025-02-11', 2, '2025-02-13', 'P1.3 second write-up'],
    ['2025-02-11', 5, '2025-02-19', 'P1.4 repeat, 17 February is a holiday'],
    ['2025-03-03', -5, '2025-02-24', 'P2.3 before posting'],
    ['2025-03-05', 5, '2025-03-12', 'P3.3 first applicant'],
    ['2025-03-11', 5, '2025-03-18', 'P3.3 second applicant'],
    ['2025-03-19', 5, '2025-03-26', 'P3.3 third applicant'],
    ['2025-04-03', -2, '2025-04-01', 'P4.1 questions ahead'],
    ['2025-04-04', 3, '2025-04-09', 'P4.4 consensus'],
    ['2025-04-11', 5, '2025-04-18', 'P5.1 offer expires'],
    ['2025-04-17', 5, '2025-04-24', 'P5.2 check pending'],
    ['2025-04-17', 10, '2025-05-01', 'P5.2 check still pending'],
    ['2025-06-11', 10, '2025-06-26', 'R6.3 action, 19 June is a holiday'],
    ['2025-08-08', -5, '2025-08-01', 'G8 escalation to HR'],
    ['2025-08-15', 5, '2025-08-22', 'X12 replacement'],
    ['2025-10-31', 10, '2025-11-17', 'P7.4 drift review, 11 November is a holiday'],
    ['2025-12-24', 1, '2025-12-26', 'over Christmas'],
    ['2025-12-31', 1, '2026-01-02', 'over the year end'],
    ['2026-01-02', -1, '2025-12-31', 'back over the year end'],
    ['2026-07-02', 1, '2026-07-06', '4 July 2026 is a Saturday, observed on Friday'],
    ['2025-03-01', 0, '2025-03-03', 'nothing added to a Saturday rolls forward'],
    ['2025-03-03', 0, '2025-03-03', 'nothing added to a Monday'],
    ['2025-03-01', 1, '2025-03-03', 'one after a Saturday'],
    ['2025-03-02', -1, '2025-02-28', 'one before a Sunday'],
    ['2028-02-28', 1, '2028-02-29', 'leap day is a Tuesday'],
  ])('%s %i business days = %s (%s)', (from, n, to) => {
    expect(days.addBusinessDays(newYork, from, n)).toBe(to);
  });

  it.each([
    ['2025-01-06', '2025-01-13', 5],
    ['2025-01-13', '2025-01-06', -5],
    ['2025-06-11', '2025-06-26', 10],
    ['2025-03-01', '2025-03-03', 1],
    ['2025-03-01', '2025-03-02', 0],
    ['2025-03-03', '2025-03-03', 0],
  ])('from %s to %s there are %i', (from, to, n) => {
    expect(days.businessDaysBetween(newYork, from, to)).toBe(n);
  });
});

describe('calendar days from an anchor, rolled to a business day', () => {
  it.each([
    ['2025-05-12', 10, '2025-05-22', 'D+10'],
    ['2025-05-12', 30, '2025-06-11', 'D+30'],
    ['2025-05-12', 45, '2025-06-26', 'D+45'],
    ['2025-05-12', 60, '2025-07-11', 'D+60'],
    ['2025-05-12', 90, '2025-08-11', 'D+90 is a Sunday'],
    ['2025-05-12', 180, '2025-11-10', 'D+180 is a Saturday'],
    ['2025-03-03', 14, '2025-03-17', 'P3.4 first age check'],
    ['2025-03-03', 21, '2025-03-24', 'P3.4 second age check'],
    ['2025-04-11', 3, '2025-04-14', 'P5.1 note on day 3'],
    ['2025-04-16', 7, '2025-04-23', 'P5.3 weekly'],
    ['2025-04-10', 90, '2025-07-09', 'reserve'],
  ])('%s + %i = %s (%s)', (anchor, n, date) => {
    expect(days.dayPlus(newYork, anchor, n)).toBe(date);
  });

  it.each([
    ['2025-05-12', 3, '2025-05-09', 'D-3'],
    ['2025-05-12', 10, '2025-05-02', 'D-10'],
    ['2025-11-30', 90, '2025-08-29', 'T-90 is 1 September, a holiday'],
    ['2025-11-30', 60, '2025-10-01', 'T-60'],
    ['2025-11-30', 30, '2025-10-31', 'T-30'],
    ['2025-11-30', 14, '2025-11-14', 'T-14 is a Sunday'],
    ['2025-11-12', 21, '2025-10-22', 'P8.1 before the six-month review'],
    ['2025-08-08', 21, '2025-07-18', 'P8.1 before the end of probation'],
    ['2025-01-31', 7, '2025-01-24', 'P0.2 T-7'],
    ['2026-05-12', 28, '2026-04-14', 'opening of the yearly review'],
  ])('%s - %i = %s (%s)', (anchor, n, date) => {
    expect(days.dayMinus(newYork, anchor, n)).toBe(date);
  });
});

describe('R7.8: a session on a holiday', () => {
  it.each([
    ['2025-11-11', '2025-11-12', 'Tuesday: Monday and Wednesday are as near, the later wins'],
    ['2025-01-20', '2025-01-21', 'Monday'],
    ['2026-07-03', '2026-07-02', 'Friday: only days before it are in its week'],
    ['2025-11-27', '2025-11-28', 'Thursday'],
    ['2025-11-12', '2025-11-12', 'a business day stays'],
    ['2025-05-25', '2025-05-23', 'a Sunday belongs to the week before it'],
    ['2026-01-01', '2026-01-02', 'New Year, a Thursday'],
  ])('%s moves to %s (%s)', (date, moved) => {
    expect(days.nearestBusinessDayOfWeek(newYork, date)).toBe(moved);
  });

  it('moves to the next business day when the whole week is closed', () => {
    const week = [6, 7, 8, 9, 10].map((day) => ({
      date: `2025-10-${String(day).padStart(2, '0')}`,
      name: 'closed',
    }));
    const cal = makeCalendar({
      id: 'site',
      zone: 'Europe/Berlin',
      ...hours,
      firstYear: 2025,
      holidays: { source: 'house rules', days: week },
    });
    expect(days.nearestBusinessDayOfWeek(cal, '2025-10-08')).toBe('2025-10-13');
  });
});

describe('months, weeks and rolling', () => {
  it.each([
    ['2025-05-10', '2025-05-30'],
    ['2025-08-01', '2025-08-29'],
    ['2025-09-30', '2025-09-30'],
    ['2025-10-01', '2025-10-31'],
    ['2027-12-06', '2027-12-30'],
    ['2028-02-29', '2028-02-29'],
  ])('P7.3: the last business day of the month of %s is %s', (date, last) => {
    expect(days.lastBusinessDayOfMonth(newYork, date)).toBe(last);
  });

  it.each([
    ['2025-01-31', 1, '2025-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2025-05-12', 12, '2026-05-12'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-01-15', -1, '2024-12-15'],
    ['2025-07-09', 24, '2027-07-09'],
  ])('%s and %i months = %s', (date, n, sum) => {
    expect(days.addMonths(date, n)).toBe(sum);
  });

  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['1900-02-28', 1, '1900-03-01'],
    ['2000-02-28', 1, '2000-02-29'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['1970-01-01', -1, '1969-12-31'],
  ])('%s and %i days = %s', (date, n, sum) => {
    expect(days.addDays(date, n)).toBe(sum);
    expect(days.daysBetween(date, sum)).toBe(n);
  });

  it('rolls a Saturday both ways and leaves a business day alone', () => {
    expect(days.rollForward(newYork, '2025-08-30')).toBe('2025-09-02');
    expect(days.rollBack(newYork, '2025-08-30')).toBe('2025-08-29');
    expect(days.rollBack(newYork, '2025-08-29')).toBe('2025-08-29');
    expect(days.weekdayOf('1970-01-01')).toBe(4);
    expect(days.weekdayOf('2025-11-09')).toBe(7);
    expect(days.weekdayOf('1969-12-29')).toBe(1);
  });
});

describe('instants and the wall clock', () => {
  it.each([
    ['America/New_York', '2025-01-06', '09:00', '2025-01-06T14:00:00Z', 'winter'],
    ['America/New_York', '2025-07-01', '09:00', '2025-07-01T13:00:00Z', 'summer'],
    ['America/New_York', '2025-03-09', '02:30', '2025-03-09T07:30:00Z', 'skipped in spring: read as 03:30'],
    ['America/New_York', '2025-03-09', '03:00', '2025-03-09T07:00:00Z', 'first minute of summer time'],
    ['America/New_York', '2025-03-09', '01:59', '2025-03-09T06:59:00Z', 'last minute of winter time'],
    ['America/New_York', '2025-11-02', '01:30', '2025-11-02T05:30:00Z', 'shown twice in autumn: the first'],
    ['America/New_York', '2025-11-02', '02:00', '2025-11-02T07:00:00Z', 'after the second showing'],
    ['America/Phoenix', '2025-07-01', '09:00', '2025-07-01T16:00:00Z', 'no summer time'],
    ['Europe/Berlin', '2025-03-30', '02:15', '2025-03-30T01:15:00Z', 'skipped: read as 03:15'],
    ['Europe/Berlin', '2025-10-26', '02:15', '2025-10-26T00:15:00Z', 'the first of two'],
    [
      'Australia/Lord_Howe',
      '2025-10-05',
      '02:15',
      '2025-10-04T15:45:00Z',
      'half an hour skipped: read as 02:45',
    ],
    ['Australia/Lord_Howe', '2025-04-06', '01:45', '2025-04-05T14:45:00Z', 'half an hour twice: the first'],
    ['Asia/Kolkata', '2025-07-01', '09:00', '2025-07-01T03:30:00Z', 'half-hour offset'],
  ])('%s %s %s is %s (%s)', (zone, date, wall, instant) => {
    expect(days.instantOf(inZone(zone), date, wall)).toBe(utc(instant));
  });

  it('reads date and time back, on both sides of midnight and of a change', () => {
    expect(days.dateOf(newYork, utc('2025-01-07T04:59:59.999Z'))).toBe('2025-01-06');
    expect(days.dateOf(newYork, utc('2025-01-07T05:00:00Z'))).toBe('2025-01-07');
    expect(days.wallTimeOf(newYork, utc('2025-03-09T07:00:00Z'))).toBe('03:00');
    expect(days.wallTimeOf(newYork, utc('2025-11-02T06:30:00Z'))).toBe('01:30');
    expect(days.wallTimeOf(newYork, utc('2025-11-02T05:30:00Z'))).toBe('01:30');
  });

  it('is within hours from opening up to, not including, closing of a business day', () => {
    const open = days.opening(newYork, '2025-03-10');
    expect(days.isWithinHours(newYork, open)).toBe(true);
    expect(days.isWithinHours(newYork, open - 1)).toBe(false);
    expect(days.isWithinHours(newYork, days.closing(newYork, '2025-03-10') - 1)).toBe(true);
    expect(days.isWithinHours(newYork, days.closing(newYork, '2025-03-10'))).toBe(false);
    expect(days.isWithinHours(newYork, utc('2025-11-11T15:00:00Z'))).toBe(false);
    expect(days.isHoliday(newYork, '2025-11-11')).toBe(true);
    expect(days.isBusinessDay(newYork, '2025-11-11')).toBe(false);
  });

  it('finds the next business instant', () => {
    const monday = days.opening(newYork, '2025-03-10');
    expect(days.nextBusinessInstant(newYork, utc('2025-03-08T12:00:00Z'))).toBe(monday);
    expect(days.nextBusinessInstant(newYork, days.closing(newYork, '2025-03-07'))).toBe(monday);
    expect(days.nextBusinessInstant(newYork, utc('2025-03-10T05:00:00Z'))).toBe(monday);
    expect(days.nextBusinessInstant(newYork, monday + 12_345)).toBe(monday + 12_345);
  });
});

describe('what the calendar does not cover', () => {
  it.each([
    ['the day before the first', () => days.isBusinessDay(newYork, '2024-12-31'), '2024-12-31'],
    ['the day after the last', () => days.rollForward(newYork, '2030-01-01'), '2030-01-01'],
    ['a count past the end', () => days.addBusinessDays(newYork, '2029-12-31', 1), '2029-12-31'],
    ['a count past the beginning', () => days.addBusinessDays(newYork, '2025-01-02', -1), '2025-01-02'],
    ['an instant after the end', () => days.dateOf(newYork, utc('2031-05-01T12:00:00Z')), '2031-05-01'],
    ['a wall time before the beginning', () => days.instantOf(newYork, '2020-05-01', '09:00'), '2020-05-01'],
  ])('%s is refused with the range', (_what, ask, date) => {
    const range = { code: 'calendar_range_exceeded', date, first: '2025-01-01', last: '2029-12-31' };
    expect(ask).toThrow(days.CalendarRangeExceeded);
    expect(ask).toThrow(expect.objectContaining(range));
  });

  it.each(['2025-02-29', '2025-13-01', '2025-1-1', '2025-00-10', '2025-04-31', 'soon', ''])(
    'refuses %j as a date and does not repeat it',
    (text) => {
      expect(() => days.addDays(text, 1)).toThrow(
        expect.objectContaining({ code: 'calendar_input_invalid' }),
      );
      expect(() => days.addDays(text, 1)).not.toThrow(/soon/);
      expect(days.isCivilDate(text)).toBe(false);
    },
  );

  it.each(['24:00', '9:00', '09:60', ''])('refuses %j as a time of day', (text) => {
    expect(() => days.instantOf(newYork, '2025-01-06', text)).toThrow(days.CalendarInputInvalid);
  });

  it('refuses a fraction of a day and an instant that is no number', () => {
    expect(() => days.addBusinessDays(newYork, '2025-01-06', 0.5)).toThrow(days.CalendarInputInvalid);
    expect(() => days.addDays('2025-01-06', Number.NaN)).toThrow(days.CalendarInputInvalid);
    expect(() => days.dateOf(newYork, Number.NaN)).toThrow(days.CalendarInputInvalid);
  });
});

import { describe, expect, it } from 'vitest';
import { calendarSchema, holidayRulesSchema } from '../../src/contracts/calendar.ts';
import { CalendarRequestInvalid, makeCalendar } from '../../src/directory/make-calendar.ts';
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

describe('a computed calendar', () => {
  it('holds the federal holidays of 2025 on their dates', () => {
    const dates = newYork.holidays.map((day) => day.date).filter((date) => date.startsWith('2025'));
    expect(dates).toEqual([
      '2025-01-01',
      '2025-01-20',
      '2025-02-17',
      '2025-05-26',
      '2025-06-19',
      '2025-07-04',
      '2025-09-01',
      '2025-10-13',
      '2025-11-11',
      '2025-11-27',
      '2025-12-25',
    ]);
  });

  it('closes on the day a holiday is observed, also across the year end', () => {
    const year = { id: 'site', zone: 'America/New_York', ...hours, holidays: rules };
    const upTo2027 = makeCalendar({ ...year, firstYear: 2026, lastYear: 2027 });
    // 1 January 2028 is a Saturday.
    expect(days.isBusinessDay(upTo2027, '2027-12-31')).toBe(false);
    expect(days.isBusinessDay(upTo2027, '2026-07-03')).toBe(false);
    expect(days.isBusinessDay(upTo2027, '2027-07-05')).toBe(false);
    expect(days.isBusinessDay(upTo2027, '2027-06-18')).toBe(false);
    expect(days.isBusinessDay(upTo2027, '2027-12-24')).toBe(false);
    const sixDays = makeCalendar({ ...year, workdays: [6, 1, 2, 3, 4, 5], firstYear: 2026 });
    expect(days.isBusinessDay(sixDays, '2026-07-04')).toBe(false);
    expect(days.isBusinessDay(sixDays, '2026-07-03')).toBe(true);
    expect(sixDays.workdays).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('knows Juneteenth only since it is law', () => {
    const cal = makeCalendar({
      id: 's',
      zone: 'UTC',
      ...hours,
      firstYear: 2020,
      lastYear: 2021,
      holidays: rules,
    });
    expect(cal.holidays.map((day) => day.date).filter((date) => date.includes('-06-'))).toEqual([
      '2021-06-18',
      '2021-06-19',
    ]);
  });

  it('covers five years by default, keeps its source, and is what the contract accepts', () => {
    expect([newYork.first, newYork.last]).toEqual(['2025-01-01', '2029-12-31']);
    expect(newYork.source).toContain('5 U.S.C. 6103');
    expect(newYork.offsets).toHaveLength(11);
    for (const zone of [
      'UTC',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Pacific/Kiritimati',
    ]) {
      expect(calendarSchema.parse(inZone(zone))).toEqual(inZone(zone));
    }
    expect(calendarSchema.parse(newYork)).toEqual(newYork);
  });

  it('takes a plain list, in any order, and drops days of other years', () => {
    const list = ['2025-12-24', '2025-10-31', '2031-01-01'].map((date) => ({ date, name: 'closed' }));
    const holidays = { source: 'house rules of 2025', days: list };
    const cal = makeCalendar({ id: 'site', zone: 'Europe/Berlin', ...hours, firstYear: 2025, holidays });
    expect(cal.holidays.map((day) => day.date)).toEqual(['2025-10-31', '2025-12-24']);
  });

  it.each([
    ['zone', { zone: 'Mars/Olympus' }],
    ['years', { firstYear: 2025, lastYear: 2024 }],
    ['years', { firstYear: 2025.5 }],
    ['years', { firstYear: 2025, lastYear: 2125 }],
    ['holidays', { holidays: { source: 'none', days: [{ date: '2025-02-30', name: 'no day' }] } }],
  ])('refuses a request with wrong %s', (field, wrong) => {
    const request = { id: 'site', zone: 'UTC', ...hours, firstYear: 2025, holidays: none, ...wrong };
    expect(() => makeCalendar(request)).toThrow(CalendarRequestInvalid);
    expect(() => makeCalendar(request)).toThrow(expect.objectContaining({ field }));
  });

  it.each([
    ['hours the wrong way round', { opens: '17:00', closes: '09:00' }],
    ['an hour that does not exist', { opens: '25:00' }],
    ['a holiday that does not exist', { holidays: [{ date: '2025-02-30', name: 'no day' }] }],
    ['days of the week twice', { workdays: [1, 1] }],
    ['no working day', { workdays: [] }],
    ['a day that does not exist', { first: '2025-02-30' }],
    ['an end before the beginning', { last: '2020-01-01' }],
    ['a holiday outside the years', { holidays: [{ date: '2035-01-01', name: 'far' }] }],
    ['holidays out of order', { holidays: [...newYork.holidays].reverse() }],
    ['no offset', { offsets: [] }],
    ['an offset that begins too late', { offsets: newYork.offsets.slice(1) }],
    ['an unknown field', { remark: 'x' }],
  ])('the contract refuses %s', (_what, wrong) => {
    expect(calendarSchema.safeParse({ ...newYork, ...wrong }).success).toBe(false);
  });
});

describe('holiday rules', () => {
  it.each([
    ['a sixth Monday', { kind: 'nth_weekday', name: 'day', month: 5, weekday: 1, nth: 6 }],
    ['a thirteenth month', { kind: 'fixed', name: 'day', month: 13, day: 1 }],
    ['a day its month never has', { kind: 'fixed', name: 'day', month: 6, day: 31 }],
    ['an unknown kind', { kind: 'moon', name: 'day', month: 1, day: 1 }],
  ])('with %s are refused', (_what, rule) => {
    expect(holidayRulesSchema.safeParse({ ...federal, rules: [rule] }).success).toBe(false);
    expect(holidayRulesSchema.safeParse(federal).success).toBe(true);
  });

  it('fall away in a year without their day', () => {
    const leapDay = { kind: 'fixed', name: 'leap day', month: 2, day: 29 };
    const holidays = holidayRulesSchema.parse({ ...federal, rules: [leapDay] });
    const cal = makeCalendar({
      id: 'site',
      zone: 'UTC',
      ...hours,
      firstYear: 2027,
      lastYear: 2029,
      holidays,
    });
    expect(cal.holidays.map((day) => day.date)).toEqual(['2028-02-29']);
  });
});

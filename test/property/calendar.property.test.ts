import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { calendarSchema, holidayRulesSchema } from '../../src/contracts/calendar.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import * as days from '../../src/domain/kernel/calendar.ts';
import type { SiteCalendar } from '../../src/domain/kernel/calendar.ts';
import { ladder, steps } from '../../src/domain/kernel/ladder.ts';
import federal from '../../policies/holidays/us-federal.json' with { type: 'json' };

const ZONES = [
  'America/New_York',
  'America/Phoenix',
  'America/St_Johns',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Kiritimati',
  'UTC',
];
const WEEKS = [
  [1, 2, 3, 4, 5],
  [1, 2, 3, 4, 5, 6],
  [2, 3, 4],
  [1, 2, 3, 4, 7],
];
const CALENDARS: readonly SiteCalendar[] = ZONES.flatMap((zone) =>
  WEEKS.map((workdays) =>
    makeCalendar({
      id: 'site',
      zone,
      opens: '09:00',
      closes: '17:00',
      workdays,
      firstYear: 2023,
      lastYear: 2029,
      holidays: holidayRulesSchema.parse(federal),
    }),
  ),
);

const calendar = fc.constantFrom(...CALENDARS);
const date = fc.integer({ min: 0, max: 1460 }).map((n) => days.addDays('2024-06-01', n));
const minute = fc.integer({ min: 0, max: 1439 });
const wall = minute.map(
  (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
);
const instant = fc.integer({ min: Date.parse('2024-06-01T12:00Z'), max: Date.parse('2028-05-30T12:00Z') });
const count = fc.integer({ min: -200, max: 200 });

describe('business days', () => {
  it('adding lands on a business day, the stated number away', () => {
    fc.assert(
      fc.property(calendar, date, count, (cal, from, n) => {
        const to = days.addBusinessDays(cal, from, n);
        expect(days.isBusinessDay(cal, to)).toBe(true);
        if (n !== 0) expect(days.businessDaysBetween(cal, from, to)).toBe(n);
        if (n !== 0) expect(Math.sign(days.daysBetween(from, to))).toBe(Math.sign(n));
      }),
    );
  });

  it('adding and taking away come back to the same business day', () => {
    fc.assert(
      fc.property(calendar, date, count, (cal, from, n) => {
        const start = days.rollForward(cal, from);
        expect(days.addBusinessDays(cal, days.addBusinessDays(cal, start, n), -n)).toBe(start);
      }),
    );
  });

  it('a later date or a larger number never gives an earlier day', () => {
    fc.assert(
      fc.property(calendar, date, date, count, count, (cal, a, b, n, m) => {
        const [first = a, second = b] = [a, b].sort();
        const [less = n, more = m] = [n, m].sort((x, y) => x - y);
        expect(days.addBusinessDays(cal, first, n) <= days.addBusinessDays(cal, second, n)).toBe(true);
        expect(days.addBusinessDays(cal, a, less) <= days.addBusinessDays(cal, a, more)).toBe(true);
      }),
    );
  });

  it('agrees with counting day by day', () => {
    fc.assert(
      fc.property(calendar, date, fc.integer({ min: 1, max: 30 }), (cal, from, n) => {
        let day = from;
        for (let left = n; left > 0;) {
          day = days.addDays(day, 1);
          const closed = cal.holidays.some((holiday) => holiday.date === day);
          if (cal.workdays.includes(Temporal.PlainDate.from(day).dayOfWeek) && !closed) left -= 1;
        }
        expect(days.addBusinessDays(cal, from, n)).toBe(day);
      }),
    );
  });

  it('D+n never lies before the calendar day, T-n never after it, both on business days', () => {
    fc.assert(
      fc.property(calendar, date, fc.integer({ min: 0, max: 200 }), (cal, anchor, n) => {
        const later = days.dayPlus(cal, anchor, n);
        const earlier = days.dayMinus(cal, anchor, n);
        expect(days.daysBetween(anchor, later)).toBeGreaterThanOrEqual(n);
        expect(days.daysBetween(earlier, anchor)).toBeGreaterThanOrEqual(n);
        expect(days.isBusinessDay(cal, later) && days.isBusinessDay(cal, earlier)).toBe(true);
      }),
    );
  });

  it('R7.8: a moved session stays in its week, on a business day, and none is nearer', () => {
    fc.assert(
      fc.property(calendar, date, (cal, day) => {
        const monday = days.addDays(day, 1 - days.weekdayOf(day));
        const week = [0, 1, 2, 3, 4, 5, 6].map((n) => days.addDays(monday, n));
        const open = week.filter((other) => days.isBusinessDay(cal, other));
        const moved = days.nearestBusinessDayOfWeek(cal, day);
        expect(open).toContain(moved);
        const away = Math.abs(days.daysBetween(day, moved));
        expect(Math.min(...open.map((other) => Math.abs(days.daysBetween(day, other))))).toBe(away);
        if (moved < day) expect(open).not.toContain(days.addDays(day, away));
      }),
    );
  });
});

describe('dates and instants', () => {
  it('civil arithmetic agrees with a known implementation from year 1 to 9999', () => {
    const any = fc.record({
      year: fc.integer({ min: 1, max: 9990 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    });
    fc.assert(
      fc.property(
        any,
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 100 }),
        (civil, n, months) => {
          const plain = Temporal.PlainDate.from(civil);
          expect(days.addDays(plain.toString(), n)).toBe(plain.add({ days: n }).toString());
          expect(days.addMonths(plain.toString(), months)).toBe(plain.add({ months }).toString());
          expect(days.weekdayOf(plain.toString())).toBe(plain.dayOfWeek);
        },
      ),
    );
  });

  it('an instant reads back as its date and wall time, and agrees with the zone tables', () => {
    fc.assert(
      fc.property(calendar, instant, (cal, moment) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(cal.zone);
        expect(days.dateOf(cal, moment)).toBe(zoned.toPlainDate().toString());
        expect(days.wallTimeOf(cal, moment)).toBe(zoned.toPlainTime().toString().slice(0, 5));
      }),
    );
  });

  const changes = CALENDARS.flatMap((cal) =>
    cal.offsets.slice(1, -1).map((change) => ({ cal, day: days.dateOf(cal, change.from) })),
  );

  it.each([
    ['any day', fc.record({ cal: calendar, day: date })],
    ['a day on which the clock changes', fc.constantFrom(...changes)],
  ])('a wall time of %s becomes the instant the zone tables give', (_what, place) => {
    fc.assert(
      fc.property(place, wall, ({ cal, day }, time) => {
        const expected = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(cal.zone);
        const moment = days.instantOf(cal, day, time);
        expect(moment).toBe(expected.epochMilliseconds);
        expect(days.dateOf(cal, moment)).toBe(day);
        expect(days.wallTimeOf(cal, moment) >= time).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the next business instant is within hours, never earlier, and itself when within hours', () => {
    fc.assert(
      fc.property(calendar, instant, (cal, moment) => {
        const next = days.nextBusinessInstant(cal, moment);
        expect(days.isWithinHours(cal, next)).toBe(true);
        expect(next).toBeGreaterThanOrEqual(moment);
        expect(next === moment).toBe(days.isWithinHours(cal, moment));
      }),
    );
  });

  it('every computed calendar passes the contract', () => {
    for (const cal of CALENDARS) expect(calendarSchema.parse(cal)).toEqual(cal);
  });
});

describe('ladders', () => {
  const span = fc.integer({ min: -40, max: 400 }).map((n) => n * 86_400_000);

  it('have one to six rungs, each after the one before, all within hours, none before the opening', () => {
    fc.assert(
      fc.property(calendar, instant, span, (cal, since, length) => {
        const rungs = ladder(cal, { since, due: since + length, escalate: 'manager' });
        expect(rungs.length).toBeLessThanOrEqual(6);
        expect(rungs[0]).toMatchObject({ id: 'r0', at: days.nextBusinessInstant(cal, since) });
        expect(rungs.at(-1)).toMatchObject({ id: 'r5', to: 'hr' });
        for (const [place, rung] of rungs.entries()) {
          expect(days.isWithinHours(cal, rung.at)).toBe(true);
          expect(rung.at).toBeGreaterThan(rungs[place - 1]?.at ?? -Infinity);
        }
      }),
    );
  });

  it('of explicit timings are sorted, within hours, and always leave at least one rung', () => {
    const offset = fc.record({
      from: fc.constantFrom('since', 'due'),
      n: fc.integer({ min: -40, max: 40 }),
      unit: fc.constantFrom('bd', 'd'),
    });
    const offsets = fc.array(offset, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(calendar, instant, span, offsets, (cal, since, length, list) => {
        const rungs = steps(cal, since, since + length, list);
        expect(rungs.length).toBeGreaterThan(0);
        expect(new Set(rungs.map((rung) => rung.id)).size).toBe(rungs.length);
        for (const [place, rung] of rungs.entries()) {
          expect(days.isWithinHours(cal, rung.at)).toBe(true);
          expect(rung.at).toBeGreaterThan(rungs[place - 1]?.at ?? since - 1);
        }
      }),
    );
  });
});

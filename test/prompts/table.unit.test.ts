import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holidayRulesSchema } from '../../src/contracts/calendar.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import { closing } from '../../src/domain/kernel/calendar.ts';
import type { SiteCalendar } from '../../src/domain/kernel/calendar.ts';
import { ladder } from '../../src/domain/kernel/ladder.ts';
import { postRules } from '../../src/domain/kernel/post.ts';
import { policySchema } from '../../src/contracts/policy.ts';
import { nextList, quietUntil } from '../../src/notify/hours.ts';
import defaults from '../../policies/default.json' with { type: 'json' };
import federal from '../../policies/holidays/us-federal.json' with { type: 'json' };

/** When a message may go, and when the next list does. Expectations were worked out elsewhere: see make-table.py. */
interface HoursCase {
  readonly kind: 'hours';
  readonly why: string;
  readonly at: string;
  readonly zone: string;
  readonly holidays: 'none' | 'federal';
  readonly workdays?: readonly number[];
  readonly quiet?: readonly [number, number];
  readonly listAt?: number;
  readonly goes: string;
  readonly list: string;
}

/** The default ladder of a site, and when each rung may go to somebody in another zone. */
interface LadderCase {
  readonly kind: 'ladder';
  readonly site: string;
  readonly zone: string;
  readonly since: string;
  readonly dueDay: string;
  readonly rungs: readonly (readonly [string, string, string])[];
}

const cases = readFileSync(new URL('cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as HoursCase | LadderCase);
const hours = cases.filter((one): one is HoursCase => one.kind === 'hours');
const ladders = cases.filter((one): one is LadderCase => one.kind === 'ladder');

const rules = postRules(policySchema.parse(defaults))!;
const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
const calendars = new Map<string, SiteCalendar>();

function calendarAt(zone: string): SiteCalendar {
  const known = calendars.get(zone);
  if (known !== undefined) return known;
  const made = makeCalendar({
    ...{ id: 'table', zone, opens: '09:00', closes: '17:00', workdays: [1, 2, 3, 4, 5] },
    ...{ firstYear: 2023, lastYear: 2029, holidays: holidayRulesSchema.parse(federal) },
  });
  calendars.set(zone, made);
  return made;
}

const goes = (at: number, zone: string, one: Partial<HoursCase>): number => {
  const [quietFrom, quietTo] = one.quiet ?? [rules.quietFrom, rules.quietTo];
  const { holidays } = one.holidays === 'none' ? { holidays: [] } : calendarAt('America/New_York');
  const days = { workdays: one.workdays ?? [1, 2, 3, 4, 5], holidays };
  return quietUntil(at, zone, { quietFrom, quietTo }, days) ?? at;
};

describe('the table of messages', () => {
  it('has at least five hundred cases, over zones, nights the clock is put, holidays and leap days', () => {
    expect(cases.length).toBeGreaterThanOrEqual(500);
    expect(new Set(cases.map((one) => JSON.stringify(one))).size).toBe(cases.length);
    expect(new Set(cases.map((one) => one.zone)).size).toBeGreaterThanOrEqual(12);
    for (const why of ['clock put', 'holiday', 'leap day', 'list in the gap', 'list shown twice'])
      expect(
        hours.some((one) => one.why === why),
        why,
      ).toBe(true);
  });

  it.each(hours)('$why: asked for at $at, goes to $zone at $goes', (one) => {
    const at = Date.parse(one.at);
    expect(iso(goes(at, one.zone, one))).toBe(one.goes);
    const { holidays } = one.holidays === 'none' ? { holidays: [] } : calendarAt('America/New_York');
    const days = { workdays: one.workdays ?? [1, 2, 3, 4, 5], holidays };
    expect(iso(nextList(at, one.zone, { digestAt: one.listAt ?? rules.digestAt }, days))).toBe(one.list);
  });

  it.each(ladders)('the ladder of a site in $site from $since, due $dueDay, for somebody in $zone', (one) => {
    const calendar = calendarAt(one.site);
    const terms = {
      since: Date.parse(one.since),
      due: closing(calendar, one.dueDay),
      escalate: 'hr',
    } as const;
    const rungs = ladder(calendar, terms).map(({ id, at }) => [id, iso(at), iso(goes(at, one.zone, {}))]);
    expect(rungs).toEqual(one.rungs);
  });

  it('has no message in quiet time, and never one before its rung', () => {
    const spoken = [
      ...hours
        .filter((one) => one.quiet === undefined)
        .map((one) => [one.zone, one.at, one.goes, one] as const),
      ...ladders.flatMap((one) => one.rungs.map(([, at, out]) => [one.zone, at, out, null] as const)),
    ];
    for (const [zone, at, out] of spoken) {
      expect(Date.parse(out)).toBeGreaterThanOrEqual(Date.parse(at));
      const hour = Number(
        new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(
          Date.parse(out),
        ),
      );
      expect(hour, `${zone} ${out}`).toBeGreaterThanOrEqual(8);
      expect(hour, `${zone} ${out}`).toBeLessThan(18);
    }
  });
});

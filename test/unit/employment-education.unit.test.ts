import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileSchema } from '../../src/contracts/policy.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { addMonths } from '../../src/domain/kernel/calendar.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import type { StartEmployment } from '../../src/domain/notices.ts';
import { Employed, people } from './employment-house.ts';
import { Years, live, longTerms } from './employment-years.ts';
import { caseOf, person, policyForTests, site, termsForTests } from './house.ts';

/** P7.6, R5.2, P7.7 and X9 as an employment lives with them, by jurisdiction. */

const { employee, supervisor, second, manager, hr, compliance } = people;
const clock = caseOf('clock', 'credential');

function placed(name: string, terms: Terms = termsForTests()): Terms {
  const text = readFileSync(new URL(`../../policies/profiles/${name}.json`, import.meta.url), 'utf8');
  const profile = profileSchema.parse(JSON.parse(text));
  return { ...terms, profile, policy: inJurisdiction(policyForTests(), profile) };
}

function hired(
  by: Terms,
  more: Partial<Pick<StartEmployment['body'], 'credential' | 'waiver' | 'qualified'>> = {},
): Employed {
  const credential = { status: 'verified', validTo: '2027-04-30' } as const;
  return new Employed('2025-05-12', '2025-05-12', by, { credential, ...more });
}
const sent = (one: Employed, who: string, code: string): readonly string[] =>
  one
    .sentTo(who)
    .filter((line) => line.endsWith(` ${code}`))
    .map((line) => line.slice(0, 10));
const missing = (one: Employed) =>
  one.obligations
    .filter(({ id }) => id.startsWith('P7.6:hours'))
    .map(({ owner, due }) => [owner, one.day(due)]);
const hours = (one: Employed, n: number, ethics = 0) =>
  one.must(employee, 'record_ce_hours', { hours: n, ethics });
const renewed = (one: Employed, status: 'verified' | 'expired', validTo: string) =>
  one.tell(clock, { kind: 'credential_changed', body: { clock, status, validTo } });
const ceOf = (one: Employed) => (one.holds?.own as EmploymentState | undefined)?.field?.ce;

describe('hours of further training', () => {
  const pennsylvania = placed('pennsylvania');

  it('P7.6 Pennsylvania asks for eighteen a year: 90, 60, 30 and 14 days ahead, and no more once they are there', () => {
    const one = hired(pennsylvania);
    expect(missing(one)).toEqual([[employee, '2026-05-12']]);
    hours(one, 10);
    one.moveTo('2026-03-20');
    // Every half year as before, and on the days before the end.
    expect(sent(one, employee, 'P7.6').slice(-2)).toEqual(['2026-02-11', '2026-03-13']);
    expect(ceOf(one)).toEqual({ since: '2025-05-12', hours: 10, ethics: 0 });
    hours(one, 8);
    expect(ceOf(one)).toEqual({ since: '2026-05-12', hours: 0, ethics: 0 });
    expect(missing(one)).toEqual([[employee, '2027-04-30']]);
    one.moveTo('2026-05-11');
    expect(sent(one, employee, 'P7.6')).not.toContain('2026-04-10');
  });

  it('P7.6 hours that are missing at the end are told to HR, and cost nobody their work', () => {
    const one = hired(pennsylvania);
    one.moveTo('2026-05-20');
    expect(sent(one, `hr@${site}`, 'P7.6')).toContain('2026-05-15');
    expect(sent(one, manager, 'P7.6')).toEqual([]);
    expect(one.standing?.status).toBe('open');
  });

  it('P7.6 a renewal opens a new period where the old certificate ended, a late one on its day', () => {
    const one = hired(pennsylvania, { credential: { status: 'verified', validTo: '2025-11-30' } });
    expect(missing(one)).toEqual([[employee, '2025-11-28']]);
    one.moveTo('2025-11-10');
    renewed(one, 'verified', '2027-11-30');
    expect(missing(one)).toEqual([[employee, '2026-11-30']]);
    const late = hired(pennsylvania, { credential: { status: 'verified', validTo: '2025-11-30' } });
    late.moveTo('2026-02-02');
    renewed(late, 'verified', '2028-02-01');
    expect(ceOf(late)?.since).toBe('2026-02-02');
  });

  it('P7.6 a first certificate opens the first period; before it no hours are asked for', () => {
    const credential = { status: 'in_progress_with_deadline', validTo: '2025-11-12' } as const;
    const one = hired(pennsylvania, { credential });
    expect(missing(one)).toEqual([]);
    one.moveTo('2025-09-01');
    renewed(one, 'verified', '2027-09-01');
    expect(missing(one)).toEqual([[employee, '2026-09-01']]);
  });

  it('P7.6 ethics are counted where they are asked for', () => {
    const { policy } = termsForTests();
    const nebraska = { ...policy.values['P7.6'], source: 'R Nebraska', hours: 20, ethics: 6 };
    const by = { ...termsForTests(), policy: { ...policy, values: { ...policy.values, 'P7.6': nebraska } } };
    const one = hired(by);
    hours(one, 20, 5);
    expect(missing(one)).toHaveLength(1);
    hours(one, 1, 1);
    expect(ceOf(one)).toMatchObject({ since: '2027-04-30' });
  });

  it('P7.6 elsewhere nothing is counted, and nothing kept', () => {
    const one = hired(termsForTests());
    hours(one, 10, 3);
    expect(missing(one)).toEqual([]);
    expect(one.holds?.own).not.toHaveProperty('field');
    expect(one.rows.find((row) => row.kind === 'ce_recorded')?.body).not.toHaveProperty('period');
  });
});

describe('the course of a supervisor', () => {
  const waiver = { supervisor, until: '2025-11-08' };
  const qualified = { [second]: '2025-05-01' };
  const owed = (one: Employed) => one.owes('R5.2');

  it('R5.2 Pennsylvania gives six months: the supervisor hears of it 90, 60, 30 and 14 days ahead', () => {
    const one = hired(placed('pennsylvania'), { waiver, qualified });
    expect(owed(one)).toEqual([[supervisor, '2025-11-07']]);
    one.moveTo('2025-11-06');
    expect(sent(one, supervisor, 'R5.2')).toEqual(['2025-08-08', '2025-09-08', '2025-10-08', '2025-10-24']);
    one.moveTo('2025-11-13');
    expect(sent(one, manager, 'R5.2')).toEqual(['2025-11-13']);
    expect(sent(one, employee, 'R5.2')).toEqual([]);
  });

  it('R5.2 R7.1 meanwhile the trained one of the two is asked for every session; after the course they take turns', () => {
    const one = hired(placed('pennsylvania'), { waiver, qualified });
    const asked = () => one.owes('P7.1').flatMap(([who]) => (who === employee ? [] : [who]));
    expect(asked()).toEqual([second, second]);
    one.moveTo('2025-06-02');
    one.must(hr, 'record_supervisor_training', { supervisor, on: '2025-06-02' });
    expect(new Set(asked())).toEqual(new Set([supervisor, second]));
  });

  it('R5.2 asks for nothing once the course is held, the supervisor changed, or without a waiver', () => {
    const one = hired(placed('pennsylvania'), { waiver, qualified });
    one.moveTo('2025-06-02');
    one.must(hr, 'record_supervisor_training', { supervisor, on: '2025-06-02' });
    expect(owed(one)).toEqual([]);
    const other = hired(placed('pennsylvania'), { waiver, qualified });
    other.must(manager, 'change_supervisor', { how: 'reassigned', supervisor: second, second: null });
    expect(owed(other)).toEqual([]);
    expect(owed(hired(placed('pennsylvania')))).toEqual([]);
  });

  it('R5.2 whoever supervises later, before the course and beside a qualified one, has the same time', () => {
    const next = person('next supervisor');
    const one = hired(placed('pennsylvania'));
    one.moveTo('2025-09-01');
    const change = { how: 'reassigned', supervisor: next, second };
    one.must(manager, 'change_supervisor', change);
    expect(owed(one)).toEqual([[next, '2026-02-27']]);
    one.moveTo('2025-10-01');
    one.must(manager, 'change_supervisor', { ...change, supervisor: second, second: next });
    expect(owed(one)).toEqual([[next, '2026-02-27']]);
    one.must(manager, 'change_supervisor', { ...change, supervisor: second, second: null });
    expect(owed(one)).toEqual([]);
    expect(one.holds?.own).not.toHaveProperty('job.waiver');
  });

  it('R5.2 a training that was held and no longer counts is not the course again (R7.1)', () => {
    const one = hired(placed('pennsylvania'), { waiver, qualified });
    one.moveTo('2025-06-02');
    one.must(hr, 'record_supervisor_training', { supervisor, on: '2025-05-30' });
    one.must(hr, 'end_supervisor_qualification', { supervisor, on: '2025-06-02' });
    expect(owed(one)).toEqual([]);
  });

  it('R5.2 asks for nothing under a policy from before it', () => {
    const { policy } = termsForTests();
    const { course_before_d: _days, ...before } = policy.values['R5.2'] ?? { source: 'O' };
    const by = { ...termsForTests(), policy: { ...policy, values: { ...policy.values, 'R5.2': before } } };
    expect(owed(hired(by, { waiver, qualified }))).toEqual([]);
  });
});

describe('a certificate that lapses at work', () => {
  it('X9 stops nobody: session, pulse and reviews are owed as before, and nothing ends', () => {
    const one = hired(termsForTests(), { credential: { status: 'verified', validTo: '2025-06-13' } });
    one.moveTo('2025-06-16');
    const before = one.obligations.map(({ id }) => id);
    renewed(one, 'expired', '2025-06-13');
    expect(one.obligations.map(({ id }) => id)).toEqual(before);
    expect(one.standing).toEqual({ stage: 'onboarding', status: 'open' });
    expect(one.facts).toContainEqual({ kind: 'employed', subject: one.id, value: 'yes' });
  });
});

describe('the lists of people excluded', () => {
  it.each(['texas', 'pennsylvania', 'dc', 'va', 'generic'])(
    'P7.7 %s: from the check at hire, each month, on leave as well, until the last day',
    (name) => {
      const one = hired(placed(name));
      const days: string[] = [];
      one.tell(caseOf('clock', 'leave'), {
        kind: 'leave_set',
        body: { clock: caseOf('clock', 'leave'), from: '2025-06-09', to: '2025-07-21' },
      });
      for (let n = 0; n < 4; n += 1) {
        const [owner, day] = one.owes('P7.7')[0] ?? ['', '2025-05-12'];
        expect(owner).toBe(`compliance@${site}`);
        days.push(day);
        one.moveTo(day, '11:00');
        one.must(compliance, 'record_exclusion_check', { outcome: 'clear' });
      }
      expect(days).toEqual(['2025-05-16', '2025-06-16', '2025-07-16', '2025-08-15']);
      one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-08-22', reasons: [] });
      one.moveTo('2025-10-01');
      expect(one.owes('P7.7')).toEqual([]);
    },
  );
});

describe('ten years with five renewals', () => {
  it('P7.5 P7.6 the state of the field stays as small as in the first year, and no period is skipped', () => {
    const one = new Years(placed('pennsylvania', longTerms()));
    const own = () => one.held?.own as EmploymentState;
    let validTo = '2025-11-30';
    for (let round = 0; round < 5; round += 1) {
      live(one, `${validTo.slice(0, 8)}10`);
      validTo = addMonths(validTo, 24);
      one.tell('credential_changed', { clock: own().job?.clock, status: 'verified', validTo }, clock);
      expect(JSON.stringify(own().field).length).toBeLessThan(80);
    }
    live(one, '2035-05-12');
    const done = one.rows
      .filter((row) => row.kind === 'ce_recorded')
      .flatMap((row) => (row.body as { period?: { done?: string } }).period?.done ?? []);
    // The period of 2025 was closed by the first renewal, before its hours were there.
    expect(done).toEqual(
      [2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034].map((year) => `${year}-11-30`),
    );
    expect(JSON.stringify(own()).length).toBeLessThan(8 * 1024);
  }, 60_000);
});

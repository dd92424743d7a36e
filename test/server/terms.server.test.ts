import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../src/client/decide.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { actsOn, opened, people, until } from '../faults/acts.ts';
import { Theatre } from '../faults/theatre.ts';
import { caseOf, person, policyForTests, site, termsForTests } from '../unit/house.ts';

/** New policies and calendars for cases that are open, and what a refusal shows of confidential matters. */

let here: Theatre;
const first = caseOf('readiness', 'terms-1');
const second = caseOf('readiness', 'terms-2');

beforeAll(async () => {
  const officers = { ...people, olga: ['accommodation_officer'] } as const;
  here = await Theatre.open({ seed: 'new-terms', clock: '2025-01-06', people: officers });
  await here.startWorker();
  for (const id of [first, second])
    expect(await decide(here.house, actsOn(id, id)('director', 'open', opened), 20_000)).toMatchObject({
      is: 'done',
    });
}, 120_000);
afterAll(async () => here?.close(), 60_000);

interface Said {
  readonly told: readonly string[];
  readonly looking: boolean;
  readonly refusal: { readonly code: string; readonly missing: readonly object[] };
  readonly error: { readonly code: string };
}

const cli = async (...argv: readonly string[]) =>
  (await here.cli(...argv)) as { readonly code: number; readonly said: Said };

async function query<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return (await here.house.pool.query<T>(sql, [here.house.org, ...values])).rows;
}

/** Due days of a case's obligations, by code. */
async function dues(id: string): Promise<Record<string, string>> {
  const rows = await query<{ code: string; due: number }>(
    'select code, due from obligations where org = $1 and case_id = $2',
    id,
  );
  const { calendar } = termsForTests();
  return Object.fromEntries(rows.map((row) => [row.code, dateOf(calendar, row.due)]));
}

const adopted = async (id: string): Promise<number> =>
  (await query(`select 1 from ledger where org = $1 and case_id = $2 and kind = 'terms_adopted'`, id)).length;

/** Waits for cases to have looked. */
const looked = () =>
  until('the cases to look', 20_000, async () => {
    const open = await query('select 1 from notices where org = $1 and outcome is null');
    return open.length === 0;
  });

function file(name: string, value: object): string {
  const path = join(here.folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

/** The rules of the site and one more day off. */
const withDay = (month: number, day: number) => ({
  ...{ v: 1, id: 'with-day', title: 'Invented', source: 'invented', observed: [] },
  rules: [{ kind: 'fixed', name: 'An invented day', month, day }],
});

describe('new terms', () => {
  it('of a calendar move the due days of every open case of the site', async () => {
    const before = await dues(first);
    expect(before['P0.1']).toBe('2025-01-13');
    const sent = await query('select key from prompts where org = $1 order by key');
    const { code, said } = await cli('calendar', 'apply', '--holidays', file('rules.json', withDay(1, 8)));
    expect(code).toBe(0);
    expect(said).toMatchObject({ told: [first, second].toSorted(), looking: true });
    await looked();
    for (const id of [first, second]) {
      expect((await dues(id))['P0.1']).toBe('2025-01-14');
      expect(await adopted(id)).toBe(1);
    }
    // What was sent stays sent, and is not sent again.
    expect(await query('select key from prompts where org = $1 order by key')).toEqual(sent);
  }, 60_000);

  it('of a policy reach the cases that are named, and new ones', async () => {
    const policy = structuredClone(policyForTests()) as { values: Record<string, Record<string, unknown>> };
    policy.values['P0.1'] = { ...policy.values['P0.1'], window_bd: 8 };
    const path = file('policy.json', policy);
    expect(await cli('policy', 'apply', path, '--cases', caseOf('readiness', 'nobody'))).toMatchObject({
      ...{ code: 2, said: { error: { code: 'case_not_told' } } },
    });
    expect(await query(`select 1 from ledger where org = $1 and kind = 'policy_applied'`)).toHaveLength(1);
    const { code, said } = await cli('policy', 'apply', path, '--cases', first);
    expect(code).toBe(0);
    expect(said.told).toEqual([first]);
    await looked();
    expect((await dues(first))['P0.1']).toBe('2025-01-17');
    expect((await dues(second))['P0.1']).toBe('2025-01-14');
    const third = caseOf('readiness', 'terms-3');
    expect(await decide(here.house, actsOn(third, third)('director', 'open', opened), 20_000)).toMatchObject({
      is: 'done',
    });
    expect((await dues(third))['P0.1']).toBe('2025-01-17');
    expect(await adopted(third)).toBe(0);
  }, 60_000);

  it('that lack a value are refused, and everything that happened is proven', async () => {
    const policy = structuredClone(policyForTests()) as { values: Record<string, unknown> };
    delete policy.values['P0.1'];
    const bad = await cli('policy', 'apply', file('less.json', policy), '--all');
    expect(bad).toMatchObject({ code: 2, said: { error: { code: 'policy_incomplete' } } });
    expect(await cli('policy', 'apply', 'default', '--all', '--cases', first)).toMatchObject({ code: 64 });
    expect(await cli('calendar', 'apply', '--holidays', 'us-federal', '--last-year', '1999')).toMatchObject({
      code: 64,
    });
    // The days that open cases count on stay covered.
    expect(await cli('calendar', 'apply', '--holidays', 'us-federal', '--last-year', '2026')).toMatchObject({
      code: 64,
    });
    expect(await cli('policy', 'apply', 'default', '--site', 'site_elsewhere')).toMatchObject({ code: 2 });
    const { pool, keys, org } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  }, 60_000);

  it('wait for Temporal when it is away', async () => {
    here.killTemporal();
    // Of several that wait the newest hold, and the rows that say so are proven.
    const overtaken = await cli('policy', 'apply', join(here.folder, 'policy.json'), '--cases', second);
    expect(overtaken).toMatchObject({ code: 0, said: { told: [second], looking: false } });
    const { code, said } = await cli('policy', 'apply', 'default', '--cases', second);
    expect({ code, ...said }).toMatchObject({ code: 0, told: [second], looking: false });
    expect(await adopted(second)).toBe(1);
    await here.restartTemporal();
    const conductor = await here.conductor();
    await conductor.drain();
    await conductor.release();
    expect(await adopted(second)).toBe(3);
    const rows = await query<{ body: string }>(
      `select body from ledger where org = $1 and case_id = $2 and kind = 'terms_adopted' order by sequence`,
      second,
    );
    const afters = rows.map(({ body }) => (JSON.parse(body) as { after: { policy: string } }).after.policy);
    expect(afters[1]).toBe(afters[2]);
    expect((await dues(second))['P0.1']).toBe('2025-01-14');
    const { pool, keys, org } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  }, 90_000);
});

describe('a refusal about a confidential matter', () => {
  const reads = () =>
    query<{ actor: string; body: string }>(
      `select actor, body from ledger where org = $1 and case_id = 'house-access' order by position`,
    );

  it('is a reading of it where it shows something, and shows nothing to others', async () => {
    const request = caseOf('clock', 'request');
    const act = (actor: string, type: string, payload: object = {}) =>
      cli(
        ...['decide', '--case', request, '--actor', person(actor), '--type', type],
        ...['--payload', JSON.stringify(payload)],
      );
    const of = { site, person: person('carol'), parent: caseOf('candidacy', 'none') };
    expect(await act('olga', 'request_accommodation', of)).toMatchObject({ code: 0 });
    expect(await act('olga', 'acknowledge_request')).toMatchObject({ code: 0 });
    expect(await reads()).toEqual([]);
    const again = await act('olga', 'acknowledge_request');
    expect(again).toMatchObject({ code: 2, said: { refusal: { code: 'not_expected_now' } } });
    expect(again.said.refusal.missing).toMatchObject([{ code: 'already_acknowledged' }]);
    const [row, ...more] = await reads();
    expect(more).toEqual([]);
    expect(row?.actor).toBe(person('olga'));
    expect(JSON.parse(row?.body ?? '{}')).toEqual({ what: 'refusal', refs: [request], classes: ['C3'] });
    expect(await act('dana', 'acknowledge_request')).toMatchObject({ code: 2 });
    expect(await reads()).toHaveLength(1);
  }, 60_000);
});

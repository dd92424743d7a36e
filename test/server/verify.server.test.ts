import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { step } from '../../src/activities/step.ts';
import type { Ports } from '../../src/activities/ports.ts';
import { EXIT, told } from '../../src/cli/exit.ts';
import { askAsOf } from '../../src/client/ask-as-of.ts';
import type { Moment } from '../../src/client/ask-as-of.ts';
import { applyTerms, assign, delegate, makeOrganization, unassign } from '../../src/client/organization.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { timelineParts } from '../../src/domain/readiness/words.ts';
import { anchor, makeAnchorKey } from '../../src/ledger/anchor.ts';
import { openPool } from '../../src/ledger/database.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { exportLedger } from '../../src/ledger/export.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { asOf, openedOf, rowsOf, timeline } from '../../src/ledger/read.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { parseLine } from '../../src/ledger/verify/lines.ts';
import { rowHash } from '../../src/ledger/verify/row-hash.ts';
import { nowhere } from '../../src/ledger/verify/verdict.ts';
import { policyForTests, site, termsForTests } from '../unit/house.ts';
import { leave, northside, readiness, role, streamed } from '../unit/ledger-play.ts';
import type { Done } from '../unit/ledger-play.ts';
import { people } from '../unit/role-house.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** Northside's ledger as a real database writes it: the step itself, without a Temporal server around it. */

const org = `org_${opaque('verify')}`;
const keys = keyRing(Buffer.alloc(32, 7));
const folder = mkdtempSync(join(tmpdir(), 'peer-hire-proof-'));
const key = makeAnchorKey(join(folder, 'anchor.key'));
let postgres: TestPostgres;
let pool: pg.Pool;

/** What the step uses of the ports; nothing here is sent or started. */
function portsOf(): Ports {
  const log = { info: () => undefined, warn: (event: string) => expect.fail(event) };
  return { org, pool, keys, terms: new TermsStore(), log, lifecycleQueue: '' } as unknown as Ports;
}

async function drain(ports: Ports): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ to_case: string }>(
      'select to_case from notices where org = $1 and outcome is null order by at, key limit 1',
      [org],
    );
    const next = rows[0];
    if (next === undefined) return;
    await step(ports, { org, case: next.to_case, sequence: 0 }, 5_000);
    const left = await pool.query(
      'select 1 from notices where org = $1 and to_case = $2 and outcome is null',
      [org, next.to_case],
    );
    if ((left.rowCount ?? 0) > 0) {
      // Nobody is there to take it: an employment that the play does not open.
      await pool.query('delete from notices where org = $1 and to_case = $2 and outcome is null', [
        org,
        next.to_case,
      ]);
    }
  }
}

async function advanceTo(ports: Ports, at: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ case_id: string; next_wake: number }>(
      'select case_id, next_wake from cases where org = $1 and next_wake <= $2 order by next_wake, case_id limit 1',
      [org, at],
    );
    const next = rows[0];
    if (next === undefined) break;
    await pool.query('update orgs set clock = greatest(clock, $2) where org = $1', [org, next.next_wake]);
    await step(ports, { org, case: next.case_id, sequence: 0 }, 5_000);
    await drain(ports);
  }
  await pool.query('update orgs set clock = greatest(clock, $2) where org = $1', [org, at]);
}

/** The published contract wants every part of the timeline. */
const wholeWeeks = (type: string): object =>
  type === 'propose_timeline' ? { weeks: Object.fromEntries(timelineParts.map((part) => [part, 4])) } : {};

async function again(ports: Ports, done: Done, n: number): Promise<void> {
  const office = { org, pool, keys };
  const by = { decisionId: `house-act-${n}`, actor: 'installation' } as const;
  await advanceTo(ports, done.at);
  if (done.do === 'delegate') {
    await delegate(office, { absent: done.absent, standIn: done.standIn, until: null }, by);
    return;
  }
  if (done.do !== 'command') {
    const list = [{ person: done.person, capacity: done.capacity, scope: site }];
    return done.do === 'assign' ? assign(office, list, by) : unassign(office, list, by);
  }
  const { command } = done;
  const { case: caseId, decisionId, actor, type, payload, acknowledge, onBehalfOf } = command;
  const envelope: Envelope = {
    ...{ v: 1, decisionId, case: caseId, type, actor, how: 'asserted_local' },
    payload: { ...(JSON.parse(JSON.stringify(payload)) as Record<string, unknown>), ...wholeWeeks(type) },
    ...(acknowledge === undefined || acknowledge.length === 0 ? {} : { acknowledge: [...acknowledge] }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
  const askedAt = done.at;
  const { answer } = await step(
    ports,
    { org, case: caseId, sequence: 0, command: { envelope, askedAt } },
    5_000,
  );
  expect(answer, `${type} ${JSON.stringify(answer)}`).toMatchObject({ is: 'done' });
  await drain(ports);
}

/** Texts that the play's commands name, as the façade would have sealed them. */
async function texts(bodies: readonly object[]): Promise<void> {
  const subject = people.dana;
  await addPerson(pool, keys, { org, ref: subject, name: 'Dana', email: 'dana@example.org' });
  const refs = new Set(JSON.stringify(bodies).match(/txt_[0-9A-Za-z:_-]+/g) ?? []);
  for (const ref of refs)
    await pool.query('insert into texts (org, ref, subject, digest) values ($1, $2, $3, $4)', [
      ...[org, ref, subject, 'ab'.repeat(32)],
    ]);
}

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 6);
  await migrate(pool);
  const world = northside();
  const terms = termsForTests();
  const first = world.done[0]!.at;
  const office = { org, pool, keys };
  await makeOrganization(office, { org, sandbox: { clock: first, seed: 'verify' }, quietMs: 2_000 });
  const { calendar, profile, comparator } = terms;
  const applied = { site, name: 'Northside', policy: policyForTests(), calendar, profile, comparator };
  await applyTerms(office, applied, { decisionId: 'setup-terms', actor: 'installation' });
  await texts(world.done);
  const ports = portsOf();
  for (const [n, done] of world.done.entries()) await again(ports, done, n);
  await advanceTo(ports, world.now);
}, 180_000);
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function exported(caseId?: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger(pool, org, caseId === undefined ? {} : { case: caseId }))
    lines.push(line);
  return lines;
}

/** A superuser's hand in the tables, taken back afterwards. */
async function forged<T>(sql: string, work: () => Promise<T>): Promise<T> {
  const copy = `copy_${opaque(sql).slice(0, 8)}`;
  const tables = ['ledger', 'heads', 'vault', 'cases', 'facts', 'assignments'];
  for (const table of tables) await pool.query(`create table ${copy}_${table} as table ${table}`);
  await pool.query('alter table ledger disable trigger user');
  try {
    await pool.query(sql);
    return await work();
  } finally {
    for (const table of tables) {
      await pool.query(`delete from ${table}`);
      await pool.query(`insert into ${table} select * from ${copy}_${table}`);
      await pool.query(`drop table ${copy}_${table}`);
    }
    await pool.query('alter table ledger enable trigger user');
  }
}

describe('a ledger on a real database', () => {
  it('has the hashes that are computed without it, row for row', async () => {
    const rows = (await exported())
      .slice(1)
      .map((line) => parseLine(line, nowhere))
      .flatMap((line) => (line.is === 'row' ? [line.row] : []));
    expect(rows.length).toBeGreaterThan(100);
    let prev = '';
    for (const row of rows) {
      expect(row.prev).toBe(prev);
      expect(rowHash(prev, row)).toBe(row.hash);
      prev = row.hash;
    }
    // Characters of one to four bytes, quotes and control characters hash alike on both sides.
    const odd = { ...rows[0]!, body: '{"a":"ä€😀\\u0001\\"\\n"}', actor: 'x,1:y' };
    const { rows: hashed } = await pool.query<{ hash: string }>(
      `select encode(row_hash(decode($1, 'hex'), r), 'hex') as hash
       from jsonb_populate_record(null::ledger, $2::jsonb) r`,
      ['ab'.repeat(32), JSON.stringify({ ...odd, prev: null, hash: null })],
    );
    expect(hashed[0]?.hash).toBe(rowHash('ab'.repeat(32), odd));
  });

  it('is proven in place, with every confidential row opened, and from its export without it', async () => {
    const head = await anchor(pool, org, key, Date.UTC(2025, 3, 9));
    const options = { anchors: [head], keys: [key.publicKey] };
    const online = await verifyLedger(pool, keys, org, options);
    expect(online).toMatchObject({ ok: true, proves: 'organization', cases: 7, anchors: { since: 0 } });
    const offline = await verifyExport(streamed(await exported()), options);
    expect(offline).toMatchObject({ ok: true, proves: 'organization' });
    if (!online.ok || !offline.ok) return;
    expect(online.sealed.rows).toBeGreaterThan(2);
    expect(online.sealed.opened).toBe(online.sealed.rows);
    expect(offline.sealed).toEqual({ rows: online.sealed.rows, opened: 0 });
    expect(online.rights).toBeGreaterThan(offline.rights);
    expect(online.head).toEqual(offline.head);
  });

  it('D4.7 is proven once it is brought up to date, where openings did not say yet who hires', async () => {
    const update = new URL('../../src/ledger/migrations/0022_who_hires.sql', import.meta.url);
    const gone = `delete from facts where kind = 'hiring_manager'`;
    const [before, after] = await forged(gone, async () => {
      const wrong = await verifyLedger(pool, keys, org);
      await pool.query(readFileSync(update, 'utf8'));
      return [wrong, await verifyLedger(pool, keys, org)];
    });
    expect(before).toMatchObject({ ok: false, code: 'projection_differs', what: 'the fact hiring_manager' });
    expect(after).toMatchObject({ ok: true, proves: 'organization' });
  });

  it('leaves nothing confidential in its export', async () => {
    const text = (await exported()).join('\n');
    const { rows } = await pool.query<{ salt: string }>(`select encode(salt, 'hex') as salt from vault`);
    expect(rows.length).toBeGreaterThan(2);
    for (const { salt } of rows) expect(text).not.toContain(salt);
    for (const word of ['leave_opened', 'leave_decided', 'pending_docs', '2025-05-05', 'dana@example.org'])
      expect(text).not.toContain(word);
  });

  it('shows one case, which proves less and says so', async () => {
    const verdict = await verifyExport(streamed(await exported(role)));
    expect(verdict).toMatchObject({ ok: true, proves: 'case', cases: 1, rights: 0 });
  });

  it.each([
    [
      `update ledger set body = replace(body, '"ready"', '"not_ready"') where kind = 'verdict_given'`,
      'hash_wrong',
    ],
    [`delete from ledger where kind = 'pay_decided'`, 'position_gap'],
    [`delete from ledger where position > 100`, 'head_wrong'],
    [`update facts set value = 'not_ready' where kind = 'readiness'`, 'projection_differs'],
    [`update cases set state = replace(state, '"retired":false', '"retired":true')`, 'projection_differs'],
    [`update cases set state = 'no state' where kind = 'role'`, 'projection_differs'],
    [`update cases set state = 'null' where kind = 'role'`, 'projection_differs'],
    [`update assignments set capacity = 'executive' where capacity = 'compliance'`, 'projection_differs'],
    [`delete from vault where ref = (select min(ref) from vault)`, 'sealed_missing'],
    [`update vault set salt = '\\x00'`, 'sealed_wrong'],
    [`update vault set digest = repeat('0', 64)`, 'sealed_wrong'],
  ])('is found changed by a superuser: %s', async (sql, code) => {
    const verdict = await forged(sql, () => verifyLedger(pool, keys, org));
    expect(verdict).toMatchObject({ ok: false, code });
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });

  it('is no proof when nothing is there, and no export of a case that nobody recorded', async () => {
    const emptied = `delete from ledger; delete from cases; delete from facts; delete from assignments;
      update heads set position = 0, hash = '', at = 0`;
    const verdict = await forged(emptied, () => verifyLedger(pool, keys, org));
    expect(verdict).toMatchObject({ ok: false, code: 'no_rows' });
    const mistyped = `role-${opaque('mistyped')}`;
    for (const id of [mistyped, 'nosuch', ''])
      await expect(exported(id)).rejects.toMatchObject({ code: 'unknown_case' });
    await expect(exported(mistyped)).rejects.toThrow(`There is no case ${mistyped}.`);
  });

  it('is found cut by a superuser who made the head fit, by its anchor', async () => {
    const options = { anchors: [await anchor(pool, org, key, 0)], keys: [key.publicKey] };
    const sql = `delete from ledger where position > 60; delete from cases; delete from facts; delete from assignments;
      update heads h set (position, hash, at) = (select l.position, l.hash, l.at from ledger l where l.position = 60)`;
    const verdict = await forged(sql, () => verifyLedger(pool, keys, org, options));
    expect(verdict).toMatchObject({ ok: false, code: 'tail_cut', place: { position: 61 } });
  });
});

describe('reading a past day', () => {
  it('says how a case stood up to now, and nothing of what is still to come', async () => {
    const office = { org, pool, keys, terms: new TermsStore() };
    const { rows } = await pool.query<{ now: number }>('select org_now($1) as now', [org]);
    const { now } = rows[0]!;
    const day = 86_400_000;
    const stood = await askAsOf(office, 'installation', role, { at: now });
    expect(stood).toMatchObject({ case: role, at: now });
    expect((await askAsOf(office, 'installation', role, { at: now - 1 }))?.at).toBe(now - 1);
    // The day that still runs is told as far as it has come.
    expect(await askAsOf(office, 'installation', role, { at: now + day, from: now - 1 })).toEqual(stood);
    const ahead: readonly Moment[] = [
      ...[{ at: now + 1 }, { at: now + 3650 * day }, { at: Number.MAX_SAFE_INTEGER }],
      { at: now + 2 * day, from: now + day },
    ];
    for (const moment of ahead) {
      const asked = askAsOf(office, 'installation', role, moment);
      await expect(asked).rejects.toMatchObject({ code: 'moment_ahead' });
      expect(told(await asked.catch((error: unknown) => error))).toMatchObject({ exit: EXIT.refused });
    }
  });

  const on = (date: string) => instantOf(termsForTests().calendar, date, '12:00');

  it('shows what a gate lacked, what was owed and who could read it', async () => {
    expect(await asOf(pool, keys, org, role, on('2025-01-27'))).toBeNull();
    const before = await asOf(pool, keys, org, role, on('2025-02-20'));
    expect(before?.gates.find((one) => one.gate === 'G1')?.missing).toEqual([]);
    const lacking = before?.gates.find((one) => one.gate === 'G2')?.missing.map((one) => one.code);
    expect(lacking).toContain('D2.6');
    expect(before?.obligations.length).toBeGreaterThan(0);
    const after = await asOf(pool, keys, org, role, on('2025-03-01'));
    expect(after?.standing.stage).toBe('described');
    expect(after?.gates.find((one) => one.gate === 'G2')?.missing).toEqual([]);
    const pay = (one: typeof after) =>
      one?.who.assignments
        .filter((each) => each.person === people.compensation && each.capacity === 'compensation')
        .filter((each) => each.from <= one.at && (each.to === null || one.at < each.to));
    expect(pay(after)).toHaveLength(1);
    expect(pay(await asOf(pool, keys, org, role, on('2025-04-01')))).toEqual([]);
  });

  it('uses the facts of that day: G1 lacked readiness before it was accepted', async () => {
    const rows = await rowsOf(pool, org, readiness);
    const accepted = rows.find((row) => row.kind === 'readiness_accepted')!;
    expect((await asOf(pool, keys, org, readiness, accepted.at))?.standing.stage).toBe('ready');
    expect(await asOf(pool, keys, org, readiness, accepted.at - 1)).toBeNull();
  });

  it('gives a timeline as plain data, silent about what the reader may not see', async () => {
    const rows = await rowsOf(pool, org, leave);
    const opened = await openedOf(pool, keys, org, rows);
    const officer = timeline(rows, ['leave_officer'], opened);
    expect(officer[0]?.event).toMatchObject({ kind: 'leave_opened', capacity: 'leave_officer' });
    expect(timeline(rows, ['hr'], opened).every((entry) => entry.event === null)).toBe(true);
    expect(timeline(rows, ['leave_officer']).every((entry) => entry.event === null)).toBe(true);
    expect(timeline(await rowsOf(pool, org, readiness), ['hr'])[0]?.event?.kind).toBe('readiness_opened');
  });
});

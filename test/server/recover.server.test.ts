import { execFileSync } from 'node:child_process';
import { copyFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, decideNow } from '../../src/client/decide.ts';
import type { House } from '../../src/client/house.ts';
import { recoverDatabase } from '../../src/client/recover-database.ts';
import { startOptions } from '../../src/client/start-options.ts';
import type { CaseStart } from '../../src/contracts/step.ts';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { actsOn, opened, people, until } from '../faults/acts.ts';
import { Theatre } from '../faults/theatre.ts';
import { caseOf, person } from '../unit/house.ts';

/** The database put back to an older copy of its files, as an administrator does it, and what brings the cases back. */

let here: Theatre;
beforeAll(async () => {
  here = await Theatre.open({ seed: 'restored', clock: null, people });
  await here.startWorker();
}, 120_000);
afterAll(async () => here?.close(), 60_000);

const ids = {
  ahead: caseOf('readiness', 'ahead'),
  level: caseOf('readiness', 'level'),
  newer: caseOf('readiness', 'newer'),
  over: caseOf('readiness', 'over'),
};
const acts = {
  ahead: actsOn(ids.ahead, 'ahead'),
  level: actsOn(ids.level, 'level'),
  newer: actsOn(ids.newer, 'newer'),
  over: actsOn(ids.over, 'over'),
};
type Word = keyof typeof acts;

const open = (word: Word) => decide(here.house, acts[word]('director', 'open', opened), 20_000);
const champion = (word: Word) => acts[word]('executive', 'name_champion', { person: person('dana') });

interface Said {
  readonly wrong: number;
  readonly findings: readonly { readonly check: string; readonly is: string; readonly says: string }[];
  readonly gaps: readonly object[];
  readonly started: readonly string[];
  readonly running: readonly string[];
  readonly recorded: boolean;
  readonly lostAnchors: readonly { readonly position: number }[];
  readonly signed: string | null;
  readonly position: number;
  readonly ok: boolean;
  readonly code: string;
  readonly anchors: { readonly lost?: readonly object[] };
  readonly error?: { readonly code: string };
}

/** The ledger against signed heads, those of the data folder unless others are named. */
const verified = async (folder = join(here.folder, 'anchors')) =>
  cli('ledger', 'verify', '--anchors', folder, '--anchor-key', join(here.folder, 'anchor.key.pub'));

const cli = async (...argv: readonly string[]) =>
  (await here.cli(...argv)) as { readonly code: number; readonly said: Said };

/** With owners and rights: as root the files belong to another user. */
const copyWhole = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);

/** Ends the database and does something with its files before it comes back. */
async function withDatabaseDown(work: (data: string, copy: string) => unknown): Promise<void> {
  here.signalPostgres('SIGKILL');
  await until('the database to be gone', 10_000, async () => !here.databaseLives());
  work(realpathSync(join(here.folder, 'data', 'postgres')), join(here.folder, 'copy'));
  await here.restartPostgres();
}

const sequences = async () => {
  const { rows } = await here.house.pool.query<{ case_id: string; sequence: number }>(
    'select case_id, sequence from cases where org = $1',
    [here.house.org],
  );
  return Object.fromEntries(rows.map((row) => [row.case_id, row.sequence]));
};

const restoredRows = async () => {
  const { rows } = await here.house.pool.query<{ case_id: string; actor: string; body: string }>(
    `select case_id, actor, body from ledger where org = $1 and kind = 'ledger_restored' order by position`,
    [here.house.org],
  );
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as object }));
};

/** The pool of the house, on which something happens right after each query that holds these words. */
function after(words: string, happens: (values: readonly unknown[]) => Promise<void>): pg.Pool {
  const { pool } = here.house;
  const query = async (sql: string, values: readonly unknown[]) => {
    const answer = await pool.query(sql, [...values]);
    if (sql.includes(words)) await happens(values);
    return answer;
  };
  return new Proxy(pool, {
    get: (real, name) => {
      if (name === 'query') return query;
      const own: unknown = Reflect.get(real, name);
      return typeof own === 'function' ? (own.bind(real) as unknown) : own;
    },
  });
}

/** Copies the database, lets a case decide once more, and puts the copy back. */
async function loseOneDecision(word: Word): Promise<void> {
  await withDatabaseDown((data, copy) => {
    rmSync(copy, { recursive: true, force: true });
    copyWhole(data, copy);
  });
  expect(await decide(here.house, champion(word), 30_000)).toMatchObject({ is: 'done' });
  await withDatabaseDown((data, copy) => {
    rmSync(data, { recursive: true });
    copyWhole(copy, data);
  });
  await until('the database', 20_000, () => sequences().catch(() => null));
}

/** The house of a process that is gone when it would end its first run. */
function cutOffBeforeEnding(): House {
  const { client } = here.house;
  const getHandle = (id: string) =>
    Object.assign(client.workflow.getHandle(id), { terminate: () => Promise.reject(new Error('cut off')) });
  const workflow = Object.assign(Object.create(client.workflow) as Client['workflow'], { getHandle });
  return {
    ...here.house,
    client: Object.create(client, { workflow: { value: workflow } }) as Client,
  };
}

/** A run under a case's id that comes to its end, as that of a case does that became final after the copy. */
async function endRun(id: string): Promise<void> {
  const { client, org, queue } = here.house;
  await client.workflow.getHandle(id).terminate('test');
  const nowhere = caseOf('readiness', 'nowhere');
  const start: CaseStart = { org, case: nowhere, sequence: 0, wake: null, look: true, quiet: 1_000 };
  const options = { ...startOptions(org, 'readiness', id, queue), args: [start] };
  await (await client.workflow.start('readiness', options)).result();
}

describe('a database restored from an older copy', () => {
  const lost = champion('ahead');
  let lostHead = 0;
  const elsewhere = () => join(here.folder, 'elsewhere');

  it('is shorter than the runs: the case stops visibly, and doctor says what to do', async () => {
    for (const word of ['ahead', 'level', 'over'] as const)
      expect(await open(word)).toMatchObject({ is: 'done' });
    expect((await cli('ledger', 'anchor')).code).toBe(0);
    await withDatabaseDown((data, copy) => copyWhole(data, copy));
    expect(await decide(here.house, champion('ahead'), 30_000)).toMatchObject({ is: 'done' });
    expect((await cli('ledger', 'anchor', '--to', elsewhere())).code).toBe(0);
    expect(await decide(here.house, lost, 20_000)).toMatchObject({ is: 'done', receipt: { sequence: 3 } });
    expect(await open('newer')).toMatchObject({ is: 'done' });
    await endRun(ids.over);
    lostHead = (await cli('ledger', 'anchor')).said.position;
    expect((await verified()).said).toMatchObject({ ok: true, anchors: { checked: 2, since: 0 } });

    await withDatabaseDown((data, copy) => {
      rmSync(data, { recursive: true });
      copyWhole(copy, data);
    });
    expect(await until('the database', 20_000, () => sequences().catch(() => null))).toEqual({
      [ids.ahead]: 1,
      [ids.level]: 1,
      [ids.over]: 1,
    });
    expect(await decideNow(here.house, champion('ahead'), 6_000)).toMatchObject({ is: 'not_confirmed' });
    const doctor = await until('doctor to see it', 30_000, async () => {
      const found = await cli('doctor');
      return found.said.findings.some((one) => one.check === 'ledger_behind') ? found : null;
    });
    expect(doctor.code).toBe(4);
    const found = doctor.said.findings.filter((one) => one.check === 'ledger_behind');
    expect(found).toMatchObject([{ is: 'bad' }]);
    for (const part of [ids.ahead, ids.newer, 'peer-hire recover db']) expect(found[0]?.says).toContain(part);
    expect(found[0]?.says).not.toContain(ids.level);
    expect(await sequences()).toMatchObject({ [ids.ahead]: 1 });
  }, 170_000);

  it('changes nothing while no worker can say how far the cases had come', async () => {
    await here.killWorker();
    expect(await cli('recover', 'db')).toMatchObject({
      ...{ code: 4, said: { error: { code: 'no_worker_answers' } } },
    });
    expect(await restoredRows()).toEqual([]);
    expect(await verified()).toMatchObject({ code: 1, said: { ok: false, code: 'tail_cut' } });
    await here.startWorker();
  }, 60_000);

  it('wins: runs ahead of it start again from it, the others go on, and the ledger names the gap', async () => {
    const gaps = [
      { case: ids.ahead, ledger: 1, run: 3 },
      { case: ids.newer, ledger: 0, run: 1 },
      { case: ids.over, ledger: 1, run: null },
    ].toSorted((a, b) => (a.case < b.case ? -1 : 1));
    const { code, said } = await cli('recover', 'db');
    expect({ code, gaps: said.gaps, recorded: said.recorded }).toEqual({ code: 0, gaps, recorded: true });
    expect(said.started.toSorted()).toEqual([ids.ahead, ids.over].toSorted());
    expect(said.running).toEqual([ids.level]);
    expect(await restoredRows()).toEqual([
      { case_id: 'house-anchor', actor: 'installation', body: { gaps } },
    ]);
    expect(said.lostAnchors).toMatchObject([{ position: lostHead }]);
    const again = await cli('recover', 'db');
    expect(again.said).toMatchObject({
      gaps: [],
      started: [],
      recorded: false,
      lostAnchors: [],
      signed: null,
    });
    expect(await restoredRows()).toHaveLength(1);
  }, 60_000);

  it('is proven against its signed heads: what went with the restore is a known gap, and nothing else is', async () => {
    expect((await verified()).said).toMatchObject({
      ...{ ok: true, anchors: { checked: 3, lost: [{ position: lostHead }] } },
    });
    // A head of that time that was kept elsewhere and that nobody has named.
    expect(await verified(elsewhere())).toMatchObject({ code: 1, said: { ok: false } });
    const key = join(here.folder, 'anchor.key.pub');
    const { said } = await cli('recover', 'db', '--anchors', elsewhere(), '--anchor-key', key);
    expect(said.lostAnchors).toHaveLength(1);
    expect(said.signed).not.toBe(null);
    // That row is vouched for by the head that was signed just now, and lies in the data folder.
    expect((await verified(elsewhere())).said.ok).toBe(false);
    copyFileSync(said.signed ?? '', join(elsewhere(), 'after.anchor'));
    expect((await verified(elsewhere())).said).toMatchObject({ ok: true, anchors: { checked: 2 } });
    expect((await verified()).said).toMatchObject({ ok: true, anchors: { checked: 4 } });
  }, 60_000);

  it('goes on: every case decides, the lost decision is decided again, and everything is proven', async () => {
    expect(await decide(here.house, lost, 20_000)).toMatchObject({ is: 'done', receipt: { sequence: 2 } });
    for (const word of ['level', 'over'] as const)
      expect(await decide(here.house, champion(word), 20_000)).toMatchObject({
        ...{ is: 'done', receipt: { sequence: 2 } },
      });
    expect(await open('newer')).toMatchObject({ is: 'done', receipt: { sequence: 1 } });
    const { pool, keys, org } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
    const { said } = await cli('doctor');
    expect(said.findings.filter((one) => ['ledger_behind', 'lost', 'wedged'].includes(one.check))).toEqual(
      [],
    );
  }, 60_000);

  it('leaves a case in peace that decides while it looks', async () => {
    const run = here.house.client.workflow.getHandle(ids.level);
    const { runId } = await run.describe();
    const before = (await sequences())[ids.level] ?? 0;
    let decided = 0;
    const pool = after('from cases where org = $1 and case_id = $2', async (values) => {
      if (values[1] !== ids.level) return;
      decided += 1;
      expect(await decideNow(here.house, champion('level'), 20_000)).toMatchObject({ is: 'done' });
    });
    const found = await recoverDatabase({ ...here.house, pool }, () => undefined);
    expect(decided).toBe(1);
    expect(found).toMatchObject({ gaps: [], started: [], recorded: false });
    const now = await run.describe();
    expect([now.runId, now.status.name]).toEqual([runId, 'RUNNING']);
    expect((await sequences())[ids.level]).toBe(before + 1);
    expect(await restoredRows()).toHaveLength(1);
  }, 60_000);

  it('gets a row for each restore, also with the same numbers; cut off and done again it gets one', async () => {
    const ledger = (await sequences())[ids.level] ?? 0;
    const gaps = [{ case: ids.level, ledger, run: ledger + 1 }];
    await loseOneDecision('level');
    expect((await cli('recover', 'db')).said).toMatchObject({ gaps, recorded: true });
    expect(await restoredRows()).toHaveLength(2);
    await loseOneDecision('level');
    await expect(recoverDatabase(cutOffBeforeEnding(), () => undefined)).rejects.toThrow('cut off');
    expect(await restoredRows()).toHaveLength(3);
    expect((await cli('recover', 'db')).said).toMatchObject({ gaps, recorded: false, started: [ids.level] });
    expect((await restoredRows()).map((row) => row.body).slice(1)).toEqual([{ gaps }, { gaps }]);
    expect(await decide(here.house, champion('level'), 20_000)).toMatchObject({ is: 'done' });
  }, 120_000);
});

describe('a worker that is gone', () => {
  it('is not taken for one that asks for work', async () => {
    const worker = async () => (await cli('doctor')).said.findings.filter((one) => one.check === 'worker');
    // Of this worker no process is written down in the folder: only Temporal can tell.
    expect(await worker()).toMatchObject([{ says: expect.stringContaining('asks for work') as unknown }]);
    await here.killWorker();
    await new Promise((resume) => setTimeout(resume, 16_000));
    expect(await worker()).toMatchObject([
      { is: 'note', says: expect.stringContaining('doubtful') as unknown },
    ]);
  }, 60_000);
});

describe('a migration that fails', () => {
  it('leaves nothing of itself and gives its lock free, so that the next start goes on', async () => {
    await here.house.pool.query('create database halfway');
    const url = new URL(here.parts.databaseUrl);
    url.pathname = '/halfway';
    const first = openPool(url.href, 1);
    const second = openPool(url.href, 1);
    try {
      // A table of that name stands in the way of the first file, in the middle of it.
      await second.query('create table ledger (no_ledger int)');
      await expect(migrate(first)).rejects.toMatchObject({ code: '42P07' });
      const { rows: tables } = await second.query(`select 1 from pg_tables where tablename = 'orgs'`);
      expect(tables).toEqual([]);
      // The connection lives on in its pool and neither holds the lock nor a failed transaction.
      expect((await first.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await second.query('drop table ledger');
      await second.query(`set statement_timeout = '5s'`);
      expect((await migrate(second)).length).toBeGreaterThanOrEqual(4);
      expect(await migrate(first)).toEqual([]);
    } finally {
      await Promise.all([first.end(), second.end()]);
    }
  }, 30_000);
});

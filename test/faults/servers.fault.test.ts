import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, decideNow } from '../../src/client/decide.ts';
import type { Decided } from '../../src/client/decide.ts';
import { TemporalAway, openHouse } from '../../src/client/house.ts';
import { lostCases, recoverTemporal } from '../../src/client/recover.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { caseOf, person, termsForTests } from '../unit/house.ts';
import { actsOn, chain, fingerprint, opened, people, timesInLedger, until } from './acts.ts';
import { Theatre } from './theatre.ts';
import type { WorkerProcess } from './theatre.ts';

let here: Theatre;
let worker: WorkerProcess;
const CASES = 4;
const acts = Array.from({ length: CASES }, (_, n) => actsOn(caseOf('readiness', `srv-${n}`), `srv${n}`));

beforeAll(async () => {
  here = await Theatre.open({ seed: 'servers', clock: '2025-01-06', people });
  worker = await here.startWorker();
  for (const act of acts)
    expect(await decide(here.house, act('director', 'open', opened))).toMatchObject({ is: 'done' });
  const conductor = await here.conductor();
  await conductor.drain();
  await conductor.release();
}, 120_000);
afterAll(async () => here?.close(), 60_000);

const champion = (n: number): Envelope =>
  acts[n % CASES]!('executive', 'name_champion', { person: person(n % 2 === 0 ? 'dana' : 'theo') });
const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

/** Everything asked stands in the ledger once, after asking again for what was not confirmed. */
async function allOnce(asked: readonly Envelope[], answers: readonly Decided[]): Promise<void> {
  expect(answers.filter((one) => one.is === 'refused')).toEqual([]);
  for (const [n, one] of asked.entries()) {
    const again = await decide(here.house, one, 30_000);
    expect(again).toMatchObject({ is: 'done' });
    // Who was told "done" is told the same for ever.
    const first = answers[n];
    if (first?.is === 'done') expect(again).toEqual(first);
  }
  const times = await timesInLedger(
    here.house.pool,
    here.house.org,
    asked.map((one) => one.decisionId),
  );
  expect(times.size).toBe(asked.length);
  expect([...times.values()].filter((n) => n !== 1)).toEqual([]);
  expect((await chain(here.house.pool, here.house.org)).wrong).toBe(0);
}

async function workerStillLives(): Promise<void> {
  const ended = await Promise.race([worker.ended, pause(50).then(() => 'alive')]);
  expect(ended).toBe('alive');
}

describe('the database', () => {
  it('ends idle and busy connections: the next decision is made, nobody falls over', async () => {
    const flying = Array.from({ length: 8 }, (_, n) => champion(n));
    const answers = Promise.all(flying.map((one) => decideNow(here.house, one, 20_000)));
    await pause(30);
    const { rows } = await here.house.pool.query(
      `select pg_terminate_backend(pid) as ended from pg_stat_activity
       where pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    expect(rows.filter((row) => row.ended === true).length).toBeGreaterThan(1);
    await allOnce(flying, await answers);
    await workerStillLives();
  }, 60_000);

  it('lets a quick attempt give up on a lock and a patient one wait for it', async () => {
    const act = champion(0);
    const handle = here.house.client.workflow.getHandle(act.case);
    const client = await here.house.pool.connect();
    await client.query('begin');
    await client.query('select lock_head($1)', [here.house.org]);
    const began = Date.now();
    const answering = decideNow(here.house, act, 20_000);
    await pause(3_000);
    await client.query('rollback');
    client.release();
    expect(await answering).toMatchObject({ is: 'done' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(3_000);
    const history = await handle.fetchHistory();
    const patient = (history.events ?? []).filter(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'stepPatient',
    );
    expect(patient.length).toBeGreaterThan(0);
    await allOnce([act], [await answering]);
  }, 60_000);

  it('is stopped for twenty seconds: not confirmed at most, nothing lost or doubled, the worker goes on', async () => {
    const flying = Array.from({ length: 8 }, (_, n) => champion(n));
    const answers = flying.map((one) => decideNow(here.house, one, 8_000));
    await pause(20);
    expect(here.signalPostgres('SIGSTOP')).toBeGreaterThan(3);
    const during = champion(1);
    const began = Date.now();
    const away = decide(here.house, during, 8_000);
    expect(await away).toMatchObject({ is: 'not_confirmed', why: 'database_away' });
    expect(Date.now() - began).toBeLessThan(16_000);
    const given = await Promise.all(answers);
    expect(given.some((one) => one.is === 'not_confirmed')).toBe(true);
    await pause(Math.max(0, 20_000 - (Date.now() - began)));
    here.signalPostgres('SIGCONT');
    await allOnce([...flying, during], [...given, await away]);
    await workerStillLives();
  }, 90_000);

  it('is killed whole and started again on its folder', async () => {
    const flying = Array.from({ length: 12 }, (_, n) => champion(n));
    const answers = flying.map((one) => decideNow(here.house, one, 20_000));
    await pause(60);
    const killed = here.signalPostgres('SIGKILL');
    expect(killed).toBeGreaterThan(3);
    const down = await decide(here.house, champion(0), 4_000);
    expect(down).toEqual({ is: 'not_confirmed', why: 'database_away' });
    await here.restartPostgres();
    await allOnce(flying, await Promise.all(answers));
    await workerStillLives();
  }, 90_000);

  it('is migrated once when two migrators start at once', async () => {
    await here.house.pool.query('create database twice');
    const url = new URL(here.parts.databaseUrl);
    url.pathname = '/twice';
    const pools = [openPool(url.href, 2), openPool(url.href, 2)];
    const applied = await Promise.all(pools.map((pool) => migrate(pool)));
    expect(applied.map((one) => one.length).toSorted((a, b) => a - b)[0]).toBe(0);
    expect(Math.max(...applied.map((one) => one.length))).toBeGreaterThanOrEqual(3);
    await Promise.all(pools.map((pool) => pool.end()));
  });
});

describe('Temporal', () => {
  it('is killed and started again on its file: the cases go on', async () => {
    const flying = Array.from({ length: 8 }, (_, n) => champion(n));
    const answers = flying.map((one) => decideNow(here.house, one, 30_000));
    await pause(50);
    here.killTemporal();
    await pause(500);
    await here.restartTemporal();
    await allOnce(flying, await Promise.all(answers));
    expect(here.kills).toBeGreaterThan(0);
    await workerStillLives();
  }, 120_000);

  it('is down: a decision gets a clear answer soon, and nothing is written', async () => {
    here.killTemporal();
    const before = await fingerprint(here.house.pool, here.house.org);
    const began = Date.now();
    const down = champion(2);
    expect(await decide(here.house, down)).toEqual({ is: 'not_confirmed', why: 'temporal_away' });
    const { org, pool, keys, queue } = here.house;
    const { namespace, connectionOptions } = here.parts.temporal;
    const again = openHouse({ org, pool, keys, queue, namespace, connection: { ...connectionOptions } });
    await expect(again).rejects.toBeInstanceOf(TemporalAway);
    expect(Date.now() - began).toBeLessThan(9_500);
    const bad = acts[0]!('dana', 'name_champion', { person: null });
    expect(await decide(here.house, bad)).toMatchObject({ is: 'refused' });
    expect(await fingerprint(here.house.pool, here.house.org)).toBe(before);
    await here.restartTemporal();
    expect(await decide(here.house, down, 30_000)).toMatchObject({ is: 'done' });
  }, 120_000);

  it('loses its namespace: recovered from the ledger, same states and wakes, no message twice', async () => {
    // The worker dies after it handed a message over and before it could note that.
    await here.killWorker();
    const dying = await here.startWorker({ PEER_HIRE_FAULT: 'deliver.after_send:1' });
    const last = actsOn(caseOf('readiness', 'srv-last'), 'srvlast');
    const opening = decide(here.house, last('director', 'open', opened), 4_000);
    expect(await dying.ended).toBe('SIGKILL');
    await opening;
    here.killTemporal(true);
    const states = `select case_id, sequence, state, next_wake, status from cases where org = $1 order by case_id`;
    const stand = async () => (await here.house.pool.query(states, [here.house.org])).rows;
    const before = await stand();
    await here.restartTemporal();
    expect(await lostCases(here.house)).toHaveLength(CASES + 1);
    const told: string[] = [];
    const recovered = await recoverTemporal(here.house, (done, of) => told.push(`${done}/${of}`));
    expect(recovered.started).toHaveLength(CASES + 1);
    expect(recovered.unknown).toHaveLength(1);
    expect(told.at(-1)).toBe(`${CASES + 1}/${CASES + 1}`);
    expect(await stand()).toEqual(before);
    expect(await recoverTemporal(here.house, () => undefined)).toMatchObject({ started: [], unknown: [] });

    worker = await here.startWorker();
    const next = await here.conductor();
    await next.drain();
    expect(await stand()).toEqual(before);
    await next.advanceTo(instantOf(termsForTests().calendar, '2025-01-09', '12:00'));
    await next.release();
    expect(await lostCases(here.house)).toEqual([]);
    for (let n = 0; n < CASES; n += 1)
      expect(await decide(here.house, champion(n), 30_000)).toMatchObject({ is: 'done' });
    const ids = await until('the mails', 5_000, async () => {
      const mails = await here.mail.messages();
      return mails.length >= 4 * (CASES + 1) && mails.map((mail) => mail.messageId);
    });
    expect(new Set(ids).size).toBe(ids.length);
    const { rows } = await here.house.pool.query(
      `select state, count(*)::int as n from prompts group by state`,
    );
    expect(rows.find((row) => row.state === 'unknown')).toMatchObject({ n: 1 });
    expect(rows.some((row) => row.state === 'sending')).toBe(false);
  }, 120_000);
});

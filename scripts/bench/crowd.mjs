// Many cases: waking at one instant, and asleep.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from './dist.mjs';
import { begunCases, startRun, writeCases } from './cases.mjs';
import { kb, median, ms, pause, times, until } from './numbers.mjs';
import { bareQueue, org, setClock } from './stage.mjs';

const { addDays } = await load('domain/kernel/calendar.js');

const AT_ONCE = 25;
const WAKING_ROUNDS = 3;
const ROUND_DAYS = 14;
const CLOCK_BEFORE_MS = 1_000;
const YEAR_MS = 365 * 86_400_000;

async function inParts(list, work) {
  for (let n = 0; n < list.length; n += AT_ONCE) await Promise.all(list.slice(n, n + AT_ONCE).map(work));
}

/** Starts all first, then lets them wake at one instant: near enough when few are wanted. */
function wakeInstant(startsAtOnce) {
  return Date.now() + startsAtOnce * 40 + 5_000;
}

async function bareWakes(stage, bareWorker, count) {
  const at = wakeInstant(count);
  let done = 0;
  let last = 0;
  const hear = (message) => {
    if (message.done === undefined) return;
    done += 1;
    last = Date.now();
  };
  bareWorker.on('message', hear);
  const round = `${Date.now()}`;
  const ids = Array.from({ length: count }, (_, n) => `bare-wake-${round}-${n}`);
  await inParts(ids, (workflowId) =>
    stage.house.client.workflow.start('bareWake', { workflowId, taskQueue: bareQueue, args: [at] }),
  );
  if (Date.now() > at) throw new Error('not all started before the instant');
  await until('bare workflows to wake', () => done >= count, 180_000, 20);
  bareWorker.off('message', hear);
  return last - at;
}

async function caseWakes(stage, cases) {
  const { rows } = await stage.pool.query(
    'select max(next_wake) as wake, max(sequence) as sequence from cases where org = $1 and case_id = any($2)',
    [org, cases.map((one) => one.id)],
  );
  const { wake, sequence } = rows[0];
  const at = wakeInstant(cases.length);
  await inParts(cases, (one) => startRun(stage, one.id, at, sequence));
  // Not sooner: the sweeper would find cases late that were put to sleep beyond their time.
  await pause(at - CLOCK_BEFORE_MS - Date.now());
  if (Date.now() > at) throw new Error('not all started before the instant');
  // Every one of them has something due by then.
  await setClock(stage, wake);
  const moved = `select count(*) as n, extract(epoch from max(l.recorded_at)) * 1000 as last from (
      select case_id, min(recorded_at) as recorded_at from ledger where org = $1 and case_id = any($2) and sequence > $3
      group by case_id) l`;
  const last = await until(
    'cases to wake',
    async () => {
      const found = await stage.pool.query(moved, [org, cases.map((one) => one.id), sequence]);
      return found.rows[0].n >= cases.length ? Number(found.rows[0].last) : 0;
    },
    180_000,
    250,
  );
  return last - at;
}

/**
 * Rounds of so many bare workflows, then so many cases, each of them at one instant, and bare ones once more. A machine
 * that is shared drifts: each round's cases are held against the bare workflows just before and just after them.
 */
export async function wakingTogether(stage, lived, bareWorker, count, say) {
  const bare = [await bareWakes(stage, bareWorker, count)];
  const took = [];
  for (let n = 0; n < WAKING_ROUNDS; n += 1) {
    // The ledger's time only goes on: each round's employments begin after those of the one before.
    const later = { ...lived, today: addDays(lived.today, n * ROUND_DAYS) };
    const cases = begunCases(later, count, `wakes${n}x`);
    await writeCases(stage, cases, say);
    took.push(await caseWakes(stage, cases));
    await noneOnTheWay(stage);
    await putAway(stage, cases);
    bare.push(await bareWakes(stage, bareWorker, count));
    say(`${count} bare ${ms(bare[n])}, cases ${ms(took[n])}, bare ${ms(bare[n + 1])}`);
  }
  const ratios = took.map((one, n) => (2 * one) / (bare[n] + bare[n + 1]));
  return [
    {
      ...{
        id: 'waking_together',
        what: `${count} cases waking at one instant / bare with a local activity`,
      },
      ...{ unit: 'ratio', value: median(ratios), goal: 1.3, shown: times(median(ratios)) },
      note: `median of ${ratios.map(times).join(', ')}; cases ${took.map(ms).join(', ')} between bare ${bare.map(ms).join(', ')}`,
    },
  ];
}

/** Out of the worker's cache and of the sweeper's sight, or they would be in the way of the next round. */
async function putAway(stage, cases) {
  const ids = cases.map((one) => one.id);
  await stage.pool.query('update cases set next_wake = null where org = $1 and case_id = any($2)', [
    org,
    ids,
  ]);
  await inParts(ids, (id) => stage.house.client.workflow.getHandle(id).terminate());
}

async function noneOnTheWay(stage) {
  await until(
    'prompts on their way',
    async () => {
      const { rows } = await stage.pool.query(
        `select count(*) as n from prompts where org = $1 and state in ('queued', 'sending') and send_after <= (select org_now($1))`,
        [org],
      );
      return rows[0].n === 0;
    },
    300_000,
    250,
  );
  await pause(3_000);
}

function residentBytes(pid) {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line[1]) * 1024;
}

function temporalBytes(stage) {
  return ['temporal.db', 'temporal.db-wal'].reduce((sum, name) => {
    const found = statSync(join(stage.folder, name), { throwIfNoEntry: false });
    return sum + (found?.size ?? 0);
  }, 0);
}

async function databaseBytes(stage) {
  const { rows } = await stage.pool.query('select pg_database_size(current_database()) as bytes');
  return rows[0].bytes;
}

async function taken(stage, worker) {
  await stage.pool.query('checkpoint').catch(() => undefined);
  return [temporalBytes(stage), await databaseBytes(stage), residentBytes(worker.pid)];
}

/** Cases asleep: what each of them takes. Reported, without a goal. */
export async function sleepingCases(stage, lived, worker, count, say) {
  const cases = begunCases(lived, count, 'sleeps');
  const before = await taken(stage, worker);
  await writeCases(stage, cases, say);
  say(`starting ${count} sleeping cases`);
  await inParts(cases, (one) => startRun(stage, one.id, Date.now() + YEAR_MS, 1));
  await pause(5_000);
  const after = await taken(stage, worker);
  // Or they would push the cases of the next part out of the worker's cache.
  await inParts(cases, (one) => stage.house.client.workflow.getHandle(one.id).terminate());
  const [temporal, database, memory] = after.map((bytes, n) => (bytes - before[n]) / count);
  const row = (id, what, bytes, note) => ({
    ...{ id, what: `${count} sleeping cases: ${what} each`, unit: 'bytes', value: bytes, goal: null },
    ...{ shown: kb(bytes), note },
  });
  return [
    row('sleeping_temporal_disk', "Temporal's SQLite", temporal, 'with its write-ahead log'),
    row('sleeping_database_disk', 'PostgreSQL', database, 'state, rows, obligations, prompts, indexes'),
    row('sleeping_worker_memory', "the worker's memory", memory, 'at most 500 are kept in its cache'),
  ];
}

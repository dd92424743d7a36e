import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoverTemporal } from '../../src/client/recover.ts';
import { exportLedger } from '../../src/ledger/export.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { cast, digestOf, northsideTerms, rowsToExpect, scenario } from '../unit/northside-house.ts';
import { chain, seeded } from './acts.ts';
import { Playhouse } from './playhouse.ts';
import { Playing } from './playing.ts';
import { settledOnce } from './settled.ts';
import type { Part } from './playhouse.ts';

const { world } = rehearse(scenario, cast, northsideTerms());
const expected = rowsToExpect(world);
const openCases = [...world.cases].filter(([, place]) => !place.final).map(([id]) => id);

const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
const random = seeded(seed);

/** What happens during the play, when the ledger has grown to so many rows: seeded places, all parts in seeded order. */
type Fault = { readonly at: number; readonly what: Part | 'lose_temporal' };

const inAnyOrder = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);

function faults(): readonly Fault[] {
  const parts = inAnyOrder<Fault['what']>([
    ...(['worker', 'worker', 'temporal', 'temporal', 'database', 'database', 'player'] as const),
    'lose_temporal',
  ]);
  const room = (expected.length - 60) / parts.length;
  return parts.map((what, n) => ({ what, at: Math.floor(30 + (n + random()) * room) }));
}

let here: Playhouse;
beforeAll(async () => {
  here = await Playhouse.open();
}, 120_000);
afterAll(async () => here?.close(), 60_000);

async function query<T>(sql: string): Promise<readonly T[]> {
  return (await here.house.pool.query(sql, [here.house.org])).rows as T[];
}

/** Everything a recovery must leave as it is. */
const standing = () =>
  Promise.all(
    [
      'select case_id, sequence, stage, status, next_wake, state from cases where org = $1 order by case_id',
      'select case_id, id, owner, since, due, next_rung, next_rung_at from obligations where org = $1 order by case_id, id',
      'select position, hash from heads where org = $1',
    ].map((sql) => query(sql)),
  );

/** What a recovery found and did, while nobody was playing. */
interface Recovery {
  readonly lost: number;
  readonly started: readonly string[];
  readonly again: readonly string[];
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
  readonly mails: readonly string[];
  readonly cutOff: readonly string[];
}

/** Messages on their way when the play stops are through, or cut off, before anything is compared. */
async function recovered(): Promise<Recovery> {
  await here.kill('player');
  await here.kill('worker');
  await here.kill('temporal');
  const before = await standing();
  const open = await query("select case_id from cases where org = $1 and status <> 'final'");
  here.loseTemporal();
  await here.restart('temporal');
  const first = await recoverTemporal(here.house, () => undefined);
  const second = await recoverTemporal(here.house, () => undefined);
  const after = await standing();
  const mails = (await here.parts.mail.messages()).map((mail) => mail.messageId);
  await here.restart('worker');
  return {
    ...{ lost: open.length, started: first.started, again: second.started },
    ...{ before, after, mails, cutOff: first.unknown },
  };
}

describe('the worked example, its parts killed in mid-play', () => {
  it('ends with the digest of an undisturbed play', async () => {
    const plan = faults();
    console.log(`seed ${seed}: ${plan.map((one) => `${one.what}@${one.at}`).join(' ')}`);
    const playing = new Playing(here);
    const before = await playing.position();
    playing.begin();
    let recovery: Recovery | null = null;
    for (const { what, at } of plan) {
      await playing.reach(before + at, what);
      await new Promise((resume) => setTimeout(resume, random() * 60));
      if (what === 'lose_temporal') recovery = await recovered();
      else await here.kill(what);
      if (what === 'player' || what === 'lose_temporal') playing.begin();
      else await here.restart(what);
    }
    const played = await playing.end();
    console.log(`kills ${JSON.stringify(here.kills)}, the worker ended by itself ${here.ownEnds} times`);

    expect(played?.digest).toBe(digestOf(expected));
    expect(played?.differences).toEqual({ missing: [], unlisted: [] });
    expect(played?.surprises).toEqual([]);
    expect(here.kills).toEqual({ worker: 3, temporal: 3, database: 2, player: 2 });

    const { pool, keys, org } = here.house;
    expect((await chain(pool, org)).wrong).toBe(0);
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
    expect(await verifyExport(exportLedger(pool, org))).toMatchObject({ ok: true });
    await everyPrompt();
    await afterRecovery(recovery!);
  }, 400_000);
});

/** Each prompt is settled, and of so many nearly all arrived. */
async function everyPrompt(): Promise<void> {
  const { sent, unknown } = await settledOnce(here, world.prompts);
  expect(sent).toBeGreaterThan(300);
  expect(unknown).toBeLessThan(10);
}

/** The namespace was lost: same states, same due dates, every open case with a run, no message twice. */
async function afterRecovery(recovery: Recovery): Promise<void> {
  expect(recovery.lost).toBeGreaterThan(0);
  expect(recovery.started).toHaveLength(recovery.lost);
  expect(recovery.again).toEqual([]);
  expect(recovery.after).toEqual(recovery.before);
  const mails = (await here.parts.mail.messages()).map((mail) => mail.messageId).slice(recovery.mails.length);
  const once = new Set(recovery.mails);
  const prompts = await query<{ key: string; outcome: string; state: string; message_id: string }>(
    'select key, outcome, state, message_id from prompts where org = $1',
  );
  const again = new Set(prompts.filter((one) => one.outcome === 'sent_again').map((one) => one.message_id));
  const lists = await query<{ message_id: string }>(
    'select message_id from digests where org = $1 and tries > 1',
  );
  for (const { message_id: id } of lists) again.add(id);
  expect(mails.filter((id) => once.has(id) && !again.has(id))).toEqual([]);
  for (const key of recovery.cutOff)
    expect(prompts.find((one) => one.key === key)).toMatchObject({ state: 'unknown', outcome: 'recovered' });
  for (const id of openCases) {
    const { status } = await here.house.client.workflow.getHandle(id).describe();
    expect(status.name, cast.wordOf(id)).toBe('RUNNING');
  }
}

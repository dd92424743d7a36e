import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGuard, remembering } from '../../src/client/guard-load.ts';
import { exportLedger } from '../../src/ledger/export.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { digestOf, rowsToExpect, scenarioNames, staged } from '../scenarios.ts';
import type { PlayRow } from '../scenarios.ts';
import { chain, seeded } from './acts.ts';
import { Playhouse } from './playhouse.ts';
import { Playing } from './playing.ts';
import { settledOnce } from './settled.ts';

/**
 * Every scenario beside the worked example, its worker and servers killed at seeded moments. FAULT_KILLS says how many
 * kills a scenario gets, FAULT_SEED repeats a run.
 */

const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
const kills = Number(process.env['FAULT_KILLS'] ?? 3);
const MOST_PAUSE_MS = 60;
const EACH_KILL_MS = 12_000;
const parts = ['worker', 'database', 'temporal'] as const;

interface Kill {
  readonly part: (typeof parts)[number];
  /** When the ledger has so many rows. */
  readonly at: number;
}

/** Each part in turn, one kill in each equal stretch of the play. */
function planned(rows: number, random: () => number): readonly Kill[] {
  const first = 20;
  const room = (rows - first - 20) / kills;
  return Array.from({ length: kills }, (_, n) => {
    const part = parts[n % parts.length] ?? 'worker';
    return { part, at: Math.floor(first + (n + random()) * room) };
  });
}

const guard = remembering(await loadGuard());

describe.each(scenarioNames.filter((name) => name !== 'northside' && name !== 'twelve'))(
  '%s, killed in mid-play',
  (name) => {
    const stage = staged(name);
    const { world } = rehearse(stage.scenario, stage.cast, stage.terms, guard);
    const expected = rowsToExpect(stage, world);
    let here: Playhouse;

    beforeAll(async () => {
      here = await Playhouse.open(name);
    }, 120_000);
    afterAll(async () => here?.close(), 60_000);

    it(
      'ends with the digest of an undisturbed play, proven, each prompt settled',
      async () => {
        const random = seeded(seed);
        const plan = planned(expected.length, random);
        console.log(`seed ${seed}: ${plan.map((one) => `${one.part}@${one.at}`).join(' ')}`);
        const playing = new Playing(here);
        const before = await playing.position();
        playing.begin();
        for (const { part, at } of plan) {
          await playing.reach(before + at, part);
          await new Promise((resume) => setTimeout(resume, random() * MOST_PAUSE_MS));
          await here.kill(part);
          await here.restart(part);
        }
        const played = await playing.end();
        console.log(`kills ${JSON.stringify(here.kills)}, the worker ended by itself ${here.ownEnds} times`);

        const rows = await rowsOf(here);
        const asked = rows.filter(cutOff).length;
        console.log(`rows about messages that were cut off: ${asked}`);
        expect(bare(rows)).toEqual(bare(expected));
        if (asked === 0) expect(played?.digest).toBe(digestOf(expected));
        expect(played?.surprises).toEqual([]);
        expect(here.kills.worker + here.kills.database + here.kills.temporal).toBe(kills);
        const { pool, keys, org } = here.house;
        expect((await chain(pool, org)).wrong).toBe(0);
        expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
        expect(await verifyExport(exportLedger(pool, org))).toMatchObject({ ok: true });
        await settledOnce(here, world.prompts);
      },
      240_000 + kills * EACH_KILL_MS,
    );
  },
);

/**
 * An offer or a notice of law whose sending was cut off is never sent twice: that it may not have arrived is an event,
 * and HR is asked to find out. These rows alone may be more than in an undisturbed play.
 */
function cutOff({ kind, body }: PlayRow): boolean {
  const { code, obligation = '' } = JSON.parse(body) as { code?: string; obligation?: string };
  return (
    (kind === 'prompt_undelivered' && code === 'unknown') ||
    (kind === 'prompted' && obligation.startsWith('undelivered:'))
  );
}

const bare = (rows: readonly PlayRow[]): readonly object[] =>
  rows.filter((row) => !cutOff(row)).map(({ sequence: _sequence, ...row }) => row);

/** The rows of the ledger, in order of case and sequence. */
async function rowsOf(here: Playhouse): Promise<readonly PlayRow[]> {
  const { pool, org } = here.house;
  const { rows } = await pool.query<PlayRow>(
    `select case_id as "case", sequence, kind, at, actor, body from ledger
     where org = $1 and case_id not like 'house-%' order by case_id collate "C", sequence`,
    [org],
  );
  return rows;
}

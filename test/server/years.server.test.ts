import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportLedger } from '../../src/ledger/export.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { digestOf, rowsToExpect } from '../scenarios.ts';
import { yearsUntil } from '../years.ts';
import { openPlayground } from './playground.ts';
import type { PlayedThere, Playground } from './playground.ts';

/**
 * An employment lived on for years on the real servers: leaves, supervisors, a promotion, renewals, a review each year.
 * YEARS_UNTIL says how long: `2035-05-30` is ten years of it; without it, the time to its first year's end and a little.
 */

const until = process.env['YEARS_UNTIL'] ?? '2026-11-20';
const ONE_YEAR_MS = 150_000;
const years = Number(until.slice(0, 4)) - 2024;

let ground: Playground;
beforeAll(async () => {
  ground = await openPlayground();
}, 120_000);
afterAll(async () => ground?.stop(), 60_000);

describe(`the years of one employment, until ${until}`, () => {
  let there: PlayedThere;
  const { stage, world } = yearsUntil(until);
  const employment = stage.cast.caseId('employment');

  beforeAll(async () => {
    const began = performance.now();
    there = await ground.play(stage);
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    console.log(`${stage.scenario.acts.length} acts, ${world.rows.length} rows, ${seconds} s`);
  }, years * ONE_YEAR_MS);

  it('go on the servers as they went in memory, row for row', () => {
    expect(there.played.surprises).toEqual([]);
    expect(there.played.digest).toBe(digestOf(rowsToExpect(stage, world)));
  });

  it('are proven in place and from their export', async () => {
    const { pool, keys, org } = there.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true, cases: world.cases.size });
    expect(await verifyExport(exportLedger(pool, org))).toMatchObject({ ok: true });
  });

  it('leave a state row of at most 8 kB', async () => {
    const { pool, org } = there.house;
    const { rows } = await pool.query<{ size: number }>(
      'select octet_length(state::text)::int as size from cases where org = $1 and case_id = $2',
      [org, employment],
    );
    expect(rows[0]?.size).toBeLessThanOrEqual(8_192);
    console.log(`state row ${rows[0]?.size} bytes`);
  });

  it('sent each prompt once', async () => {
    const { pool, org } = there.house;
    const { rows } = await pool.query<{ code: string; state: string; outcome: string; message_id: string }>(
      'select code, state, outcome, message_id from prompts where org = $1',
      [org],
    );
    // Beside the rungs: what came into people's calendars.
    expect(rows.filter((one) => one.code !== 'MEETING')).toHaveLength(world.prompts.length);
    const alone = rows.filter((one) => one.state === 'sent' && one.outcome !== 'in_digest');
    expect(new Set(alone.map((one) => one.message_id)).size).toBe(alone.length);
  });
});

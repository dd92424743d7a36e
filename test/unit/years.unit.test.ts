import { describe, expect, it } from 'vitest';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { yearsUntil } from '../years.ts';
import { ledgerOf, linesOf, papersOf, streamed, withHouse } from './ledger-play.ts';

describe('ten years of one employment, in memory', () => {
  it('are a ledger that can be proven, with a small state at their end', async () => {
    const { stage, world } = yearsUntil('2035-05-30');
    expect(stage.scenario.acts.length).toBeGreaterThan(1_400);
    const house = withHouse(world, stage.cast.site, stage.terms, stage.start);
    const ledger = ledgerOf(house, papersOf(stage.terms, stage.policy));
    const verdict = await verifyExport(streamed(linesOf(ledger)));
    if (!verdict.ok) expect.fail(`${verdict.code} at ${verdict.place.position}: ${verdict.what}`);
    expect(verdict).toMatchObject({ ok: true, proves: 'organization', cases: world.cases.size });
    const state = world.cases.get(stage.cast.caseId('employment'))?.held;
    expect(JSON.stringify(state).length).toBeLessThan(8_192);
  });
});

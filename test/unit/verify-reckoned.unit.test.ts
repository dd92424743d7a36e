import { describe, expect, it } from 'vitest';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { moveTo, person } from './house.ts';
import { candidacy, ledgerOf, linesOf, northside, opening, streamed } from './ledger-play.ts';
import { people } from './role-house.ts';

describe('who is back after silence and knows another hiring manager', () => {
  it('D4.7 X2 is told who hires now, which is not what their case said, and the ledger is proven', async () => {
    const world = northside();
    const go = (of: string, actor: string, type: string, payload: object) =>
      world.must({ case: of, actor, type, payload });
    go(candidacy, people.dana, 'ask_candidate', { topic: 'availability' });
    moveTo(world, '2025-04-14');
    go(candidacy, people.dana, 'log_contact', { channel: 'call', on: '2025-04-14' });
    moveTo(world, '2025-04-29');
    go(opening, people.dana, 'change_hiring_manager', { hiringManager: people.theo });
    go(candidacy, person('c-102'), 'reopen', {});
    const told = world.rows.findLast((row) => row.kind === 'applicant_screened');
    expect(told?.body).toMatchObject({ hiringManager: people.theo });
    expect(await verifyExport(streamed(linesOf(ledgerOf(world))))).toMatchObject({ ok: true });
  });
});

import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { yearsUntil } from '../years.ts';
import { finished, ledgerOf, linesOf, papersOf, rehashed, streamed, withHouse } from './ledger-play.ts';
import type { Ledger } from './ledger-play.ts';

/** A review of the plan that would be talked over after the last day: as it is passed over, and as it was opened before. */

function resigned(lastDay: string): { ledger: Ledger; id: string } {
  const { stage, world } = yearsUntil('2027-03-01');
  const id = stage.cast.caseId('employment');
  const payload = { how: 'resigned', lastDay, reasons: [] };
  world.must({ case: id, actor: stage.cast.person('c102'), type: 'resign', payload });
  world.advanceTo(instantOf(stage.calendar, '2027-04-23', '17:00'));
  const house = withHouse(world, stage.cast.site, stage.terms, stage.start);
  return { ledger: ledgerOf(house, papersOf(stage.terms, stage.policy)), id };
}

const verify = (ledger: Ledger) => verifyExport(streamed(linesOf(ledger)));
const kindsOf = ({ ledger, id }: { ledger: Ledger; id: string }) =>
  ledger.rows.filter((row) => row.case_id === id).map((row) => row.kind);

describe('a review due after the last day', () => {
  it('D9.5 is passed over, and the ledger is proven', async () => {
    const one = resigned('2027-04-30');
    expect(kindsOf(one)).toContain('review_passed_over');
    expect(await verify(one.ledger)).toMatchObject({ ok: true });
  });

  it('D8.1 is proven where it was opened, as it was before reviews were passed over', async () => {
    const later = resigned('2027-06-30');
    const kinds = kindsOf(later);
    expect(kinds.slice(kinds.indexOf('separation_set'))).toContain('review_opened');
    expect(kinds).not.toContain('review_passed_over');
    const rows = later.ledger.rows.map((row) =>
      row.kind === 'separation_set' ? { ...row, body: row.body.replace('2027-06-30', '2027-04-30') } : row,
    );
    const { header, documents } = later.ledger;
    const before = finished({ org: header.org, documents, rows: rehashed(rows) });
    expect(before.rows.some((row) => row.body.includes('"lastDay":"2027-04-30"'))).toBe(true);
    expect(await verify(before)).toMatchObject({ ok: true });
  });
});

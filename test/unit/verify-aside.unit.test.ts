import { describe, expect, it } from 'vitest';
import { SEALED } from '../../src/ledger/fold.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { yearsUntil } from '../years.ts';
import { finished, ledgerOf, linesOf, papersOf, rehashed, streamed, withHouse } from './ledger-play.ts';
import type { Ledger, Row } from './ledger-play.ts';

/** A confidential entry that lies aside in an employment leaves the rest of it provable without the vault. */

const { stage, world } = yearsUntil('2026-06-30');
const id = stage.cast.caseId('employment');
const honest = ledgerOf(
  withHouse(world, stage.cast.site, stage.terms, stage.start),
  papersOf(stage.terms, stage.policy),
);
const verify = (ledger: Ledger) => verifyExport(streamed(linesOf(ledger)));
const forged = (change: (row: Row, n: number) => Partial<Row>): Ledger =>
  finished({
    org: honest.header.org,
    documents: honest.documents,
    rows: rehashed(honest.rows.map((row, n) => ({ ...row, ...change(row, n) }))),
  });

const sealed = honest.rows.findIndex((row) => row.case_id === id && row.kind === SEALED);
const bodyOf = (row: Row) => JSON.parse(row.body) as { aside?: true; outcomes: { value: string }[] };
const after = honest.rows.findIndex(
  (row, n) => n > sealed && row.case_id === id && row.kind === 'session_logged',
);

describe('a confidential entry that lies aside', () => {
  it('stands in the employment, says so, and the whole is proven', async () => {
    expect(sealed).toBeGreaterThan(0);
    expect(bodyOf(honest.rows[sealed]!).aside).toBe(true);
    expect(await verify(honest)).toMatchObject({ ok: true });
  });

  it('does not hide a foreign capacity in what follows', async () => {
    const verdict = await verify(forged((_row, n) => (n === after ? { capacity: 'compliance' } : {})));
    expect(verdict).toMatchObject({ ok: false, place: { position: after + 1 } });
  });

  it('publishes nothing new', async () => {
    const verdict = await verify(
      forged((row, n) => {
        if (n !== sealed) return {};
        const body = bodyOf(row);
        return { body: JSON.stringify({ ...body, outcomes: body.outcomes.slice(1) }) };
      }),
    );
    expect(verdict).toMatchObject({ ok: false, code: 'outcome_wrong', place: { position: sealed + 1 } });
  });

  it('is a word of its own case alone: elsewhere a confidential entry may not say it', async () => {
    const other = honest.rows.findIndex((row) => row.kind === SEALED && row.case_id.startsWith('clock-'));
    const verdict = await verify(
      forged((row, n) => (n === other ? { body: JSON.stringify({ ...bodyOf(row), aside: true }) } : {})),
    );
    expect(verdict).toMatchObject({ ok: false, code: 'sealed_wrong', place: { position: other + 1 } });
  });
});

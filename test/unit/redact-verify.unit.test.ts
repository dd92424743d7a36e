import { describe, expect, it } from 'vitest';
import { SEALED } from '../../src/ledger/fold.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import { Check } from '../../src/ledger/verify/check.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import type { ChainRow } from '../../src/ledger/verify/row-hash.ts';
import { caseOf, moveTo, person, site } from './house.ts';
import { LedgerWorld, ledgerOf, linesOf, rehashed, streamed } from './ledger-play.ts';

/** Requests and hidden texts in a whole ledger: proven with the vault's key, and offline without it. */

const clock = caseOf('clock', 'request');
const officer = person('officer');
const text = 'txt_first_note';

function played(): LedgerWorld {
  const world = new LedgerWorld('2025-04-01');
  world.assign(officer, 'accommodation_officer');
  world.assign(person('hr'), 'hr');
  world.assign(person('director'), 'hr_director');
  const ask = (actor: string, type: string, payload: object = {}) =>
    void world.must({ case: clock, actor, type, payload });
  ask(officer, 'request_accommodation', {
    site,
    person: person('someone'),
    parent: caseOf('candidacy', 'c'),
    text,
  });
  moveTo(world, '2025-04-04');
  ask(officer, 'record_talk', { on: '2025-04-03' });
  ask(officer, 'decide_accommodation', { outcome: 'declined_with_review' });
  ask(person('director'), 'review_decline', { outcome: 'upheld' });
  ask(officer, 'redact_text', { text });
  moveTo(world, '2025-04-09');
  ask(person('hr'), 'settle_redaction', { outcome: 'deleted' });
  return world;
}

const inside = (row: ChainRow, opened: ReadonlyMap<string, VaultBody>): VaultBody | null =>
  row.kind === SEALED ? (opened.get((JSON.parse(row.body) as { ref: string }).ref) ?? null) : null;

describe('X30 and D3.6 in the ledger', () => {
  const opened = new Map<string, VaultBody>();
  const ledger = ledgerOf(played(), undefined, opened);

  it('X30 is proven offline, where the rows of the request stay closed', async () => {
    expect(await verifyExport(streamed(linesOf(ledger)))).toMatchObject({ ok: true });
    const rows = ledger.rows.filter((row) => row.case_id === clock);
    expect(new Set(rows.map((row) => row.kind))).toEqual(new Set([SEALED]));
  });

  it('X30 is proven with the vault’s key: who asked, who declined, who looked again, who hid and who settled', () => {
    const check = new Check(ledger.header, {});
    for (const document of ledger.documents) check.document(document);
    for (const row of ledger.rows) check.row(row, inside(row, opened));
    const kinds = ledger.rows.map((row) => inside(row, opened)?.kind);
    for (const kind of ['decline_reviewed', 'text_hidden', 'redaction_settled', 'prompted'])
      expect(kinds).toContain(kind);
  });

  it('X30 is no longer proven when somebody else has settled it', () => {
    const at = ledger.rows.findIndex((row) => inside(row, opened)?.kind === 'redaction_settled');
    const rows = rehashed(ledger.rows.with(at, { ...ledger.rows[at]!, actor: person('stranger') }));
    const check = new Check(ledger.header, {});
    for (const document of ledger.documents) check.document(document);
    for (const row of rows.slice(0, at)) check.row(row, inside(row, opened));
    const wrong = expect.objectContaining({ code: 'right_missing' }) as Error;
    expect(() => check.row(rows[at]!, inside(rows[at]!, opened))).toThrow(wrong);
  });
});

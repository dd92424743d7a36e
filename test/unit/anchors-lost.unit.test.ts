import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeAnchorKey, signAnchor } from '../../src/ledger/anchor.ts';
import type { Anchor } from '../../src/ledger/anchor.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { ledgerOf, linesOf, northside, streamed } from './ledger-play.ts';
import type { Ledger } from './ledger-play.ts';

/** Signed heads that a restored ledger no longer has: a known gap where the ledger names them, else a fault. */

const folder = mkdtempSync(join(tmpdir(), 'peer-hire-anchors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = makeAnchorKey(join(folder, 'anchor.key'));

/** A ledger that was restored, and says which heads went with that. */
function restored(lost: readonly object[] | null): Ledger {
  const world = northside();
  const row = { after: world.rows.length, at: world.now, decision: 'anchors-1', index: 0, stream: 'anchor' };
  if (lost !== null) world.house.push({ ...row, kind: 'anchors_lost', body: { lost } });
  return ledgerOf(world);
}

const { org } = restored(null).header;
const signed = (position: number, hash: string): Anchor => signAnchor({ org, position, hash, at: 5 }, key);
const headOf = ({ head, rows }: Ledger, position = head.position): Anchor =>
  signed(position, rows[position - 1]?.hash ?? '');
const named = ({ position, hash }: Anchor): object => ({ position, hash });

const before = restored(null);
/** Of a ledger that went on otherwise: one head inside of what stands now, one behind its end. */
const inside = signed(40, 'a'.repeat(64));
const behind = signed(before.head.position + 500, 'b'.repeat(64));

const verify = (ledger: Ledger, ...anchors: readonly Anchor[]) =>
  verifyExport(streamed(linesOf(ledger)), { anchors, keys: [key.publicKey] });

describe('signed heads after a restore', () => {
  const all = restored([named(inside), named(behind)]);

  it('are a known gap where a row names each, under a head signed later', async () => {
    const verdict = await verify(all, inside, behind, headOf(all, 20), headOf(all));
    const by = all.head.position;
    expect(verdict).toMatchObject({
      ok: true,
      anchors: {
        ...{ checked: 4, upTo: by, since: 0 },
        lost: [
          { position: inside.position, at: 5, by },
          { position: behind.position, at: 5, by },
        ],
      },
    });
  });

  it('are a fault where no row names them', async () => {
    expect(await verify(before, inside, headOf(before))).toMatchObject({ ok: false, code: 'anchor_differs' });
    expect(await verify(before, behind, headOf(before))).toMatchObject({ ok: false, code: 'tail_cut' });
  });

  it('are a fault where the row names another head', async () => {
    const other = restored([named(signed(behind.position, 'c'.repeat(64))), named(inside)]);
    expect(await verify(other, behind, headOf(other))).toMatchObject({ ok: false, code: 'tail_cut' });
    expect(await verify(other, inside, headOf(other))).toMatchObject({ ok: true });
  });

  it('are a fault while no later head vouches for the row: whoever cuts a tail can write a row, and not sign', async () => {
    expect(await verify(all, inside)).toMatchObject({ ok: false, code: 'anchor_differs' });
    const early = headOf(all, all.head.position - 1);
    expect(await verify(all, behind, early)).toMatchObject({ ok: false, code: 'tail_cut' });
  });

  it('come before what is wrong further on', async () => {
    const rows = all.rows.map((row) => (row.position === 60 ? { ...row, actor: 'forged' } : row));
    expect(await verify({ ...all, rows }, inside, headOf(all))).toMatchObject({
      ...{ ok: false, code: 'anchor_differs', place: { position: 40 } },
    });
  });

  it.each([
    [[], 'does_not_fold'],
    [[{ position: 0, hash: 'a'.repeat(64) }], 'does_not_fold'],
    [[{ position: 3 }], 'body_wrong'],
    [['x'], 'body_wrong'],
  ])('are named by position and hash, or it is no row: %j', async (lost, code) => {
    expect(await verify(restored(lost as object[]))).toMatchObject({ ok: false, code });
  });
});

import { opaque } from '../domain/kernel/digest.ts';
import type { Anchor } from '../ledger/anchor.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { Office } from './organization.ts';

/** A signed head that the ledger, restored from an older copy, no longer has. */
export type LostAnchor = Pick<Anchor, 'position' | 'hash'>;

const nameOf = ({ position, hash }: LostAnchor): string => `${position}|${hash}`;

/** Heads that earlier restores took with them and that a row names already. */
async function namedAlready({ pool, org }: Office): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ body: string }>(
    `select body from ledger where org = $1 and case_id = 'house-anchor' and kind = 'anchors_lost'`,
    [org],
  );
  return new Set(
    rows.flatMap(({ body }) => (JSON.parse(body) as { lost: readonly LostAnchor[] }).lost).map(nameOf),
  );
}

/** @returns which of these heads the ledger does not have at their position. */
async function missingHere(
  { pool, org }: Office,
  anchors: readonly LostAnchor[],
): Promise<readonly LostAnchor[]> {
  const { rows } = await pool.query<LostAnchor>(
    `select position, encode(hash, 'hex') as hash from ledger where org = $1 and position = any($2::bigint[])`,
    [org, anchors.map((one) => one.position)],
  );
  const here = new Set(rows.map(nameOf));
  return anchors.filter((one) => one.position > 0 && !here.has(nameOf(one)));
}

/**
 * After a restore: names in the ledger each signed head that went with it, once. `verify` takes a head that is missing
 * for a known gap only where such a row names it, and a head signed after the row vouches for that.
 * @param anchors signed by a key of the house; the caller has checked that
 * @returns the heads that were named now
 */
export async function acknowledgeAnchors(
  office: Office,
  anchors: readonly Anchor[],
): Promise<readonly LostAnchor[]> {
  const before = await namedAlready(office);
  const mine = anchors.filter((one) => one.org === office.org && !before.has(nameOf(one)));
  const found = await missingHere(
    office,
    mine.map(({ position, hash }) => ({ position, hash })),
  );
  const lost = [...new Map(found.map((one) => [nameOf(one), one])).values()].toSorted(
    (a, b) => a.position - b.position || (a.hash < b.hash ? -1 : 1),
  );
  if (lost.length === 0) return [];
  const act = {
    decisionId: `anchors_${opaque(JSON.stringify(lost))}`,
    ...{ actor: 'installation', how: 'installation', capacity: 'administrator' },
    events: [{ stream: 'anchor' as const, kind: 'anchors_lost', body: { lost } }],
  };
  await houseAppend(office.pool, office.org, act, async () => undefined);
  return lost;
}

import type { CaseKind } from '../domain/kernel/words.ts';
import { casesFrom, ownersOf, readerOf, seesCase, sightOn } from './ask-reader.ts';
import type { As, ReadingOffice, SeenCase } from './ask-reader.ts';

/** That something happened in a case; what it was, its pages say to whom they may. */
export interface Moved {
  readonly case: string;
  readonly kind: string;
  /** Position of its last row in the ledger. */
  readonly position: number;
}

/** @returns the position of the ledger's last row */
export async function headPosition({ pool, org }: ReadingOffice): Promise<number> {
  const { rows } = await pool.query<{ position: number }>('select position from heads where org = $1', [org]);
  return rows[0]?.position ?? 0;
}

/**
 * Cases that a reader may know of, or is asked something in, and that moved after a position, in the order they did.
 * Leaves no row of being read: it tells no more than the board.
 * @throws ReadingRefused for an unknown reader
 */
export async function askMoved(
  office: ReadingOffice,
  as: As,
  after: number,
  upTo: number,
): Promise<readonly Moved[]> {
  const { pool, org } = office;
  const { rows } = await pool.query<{ id: string; position: number }>(
    `select case_id as id, max(position) as position from ledger
     where org = $1 and position > $2 and position <= $3 and case_id not like 'house-%' group by case_id`,
    [org, after, upTo],
  );
  if (rows.length === 0) return [];
  const reader = await readerOf(office, as);
  const ids = rows.map((row) => row.id);
  const owned = await pool.query<{ id: string; owner: string }>(
    `select distinct case_id as id, owner from obligations where org = $1 and case_id = any($2::text[]) and owner = any($3::text[])`,
    [org, ids, ownersOf(reader)],
  );
  const cases = await casesFrom(office, reader, 'case_id = any($2::text[])', [ids]);
  const last = new Map(rows.map((row) => [row.id, row.position]));
  const seen = (one: SeenCase): boolean => {
    const sight = sightOn(reader, org, one);
    const asked = owned.rows.some((row) => row.id === one.case_id && sight.owners.includes(row.owner));
    return asked || seesCase(sight, one.kind as CaseKind);
  };
  return cases
    .filter(seen)
    .map(({ case_id: id, kind }) => ({ case: id, kind, position: last.get(id) ?? upTo }))
    .toSorted((a, b) => a.position - b.position);
}

import type { CaseKind } from '../domain/kernel/words.ts';
import { casesFrom, ownersOf, readerOf, seesCase, sightOn } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';

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
  const owned = await pool.query<{ id: string }>(
    `select distinct case_id as id from obligations where org = $1 and case_id = any($2::text[]) and owner = any($3::text[])`,
    [org, ids, ownersOf(reader)],
  );
  const theirs = new Set(owned.rows.map((row) => row.id));
  const cases = await casesFrom(office, reader, 'case_id = any($2::text[])', [ids]);
  const last = new Map(rows.map((row) => [row.id, row.position]));
  return cases
    .filter((one) => theirs.has(one.case_id) || seesCase(sightOn(reader, org, one), one.kind as CaseKind))
    .map(({ case_id: id, kind }) => ({ case: id, kind, position: last.get(id) ?? upTo }))
    .toSorted((a, b) => a.position - b.position);
}

import type { CaseKind, Visibility } from '../domain/kernel/words.ts';
import { stirring } from './ask-heads.ts';
import { casesFrom, ownersOf, readerOf, seesCase, sightOn } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';

/** That something happened in a case; what it was, its pages say to whom they may. */
export interface Moved {
  readonly case: string;
  readonly kind: string;
  /** Position in the ledger of the last row of it that its reader may know of. */
  readonly position: number;
}

/** @returns the position of the ledger's last row */
export async function headPosition({ pool, org }: ReadingOffice): Promise<number> {
  const { rows } = await pool.query<{ position: number }>('select position from heads where org = $1', [org]);
  return rows[0]?.position ?? 0;
}

/**
 * Cases that a reader may know of, or is asked something in, and that moved after a position, in the order they did.
 * A row of a class they do not
 * read moves nothing for them: that there is a report is told by no line either. Leaves no row of being read: it tells no more than the board.
 * @throws ReadingRefused for an unknown reader
 */
export async function askMoved(
  office: ReadingOffice,
  as: As,
  after: number,
  upTo: number,
): Promise<readonly Moved[]> {
  const { pool, org } = office;
  const { rows } = await pool.query<{ id: string; visibility: Visibility; position: number }>(
    `select case_id as id, visibility, max(position) as position from ledger
     where org = $1 and position > $2 and position <= $3 and case_id not like 'house-%' group by case_id, visibility`,
    [org, after, upTo],
  );
  if (rows.length === 0) return [];
  const reader = await readerOf(office, as);
  const byCase = new Map<string, Map<Visibility, number>>();
  for (const { id, visibility, position } of rows)
    byCase.set(id, (byCase.get(id) ?? new Map<Visibility, number>()).set(visibility, position));
  const ids = [...byCase.keys()];
  const owned = await pool.query<{ id: string; owner: string }>(
    `select distinct case_id as id, owner from obligations where org = $1 and case_id = any($2::text[]) and owner = any($3::text[])`,
    [org, ids, ownersOf(reader)],
  );
  const cases = await casesFrom(office, reader, 'case_id = any($2::text[])', [ids]);
  return cases
    .flatMap((one): readonly Moved[] => {
      const sight = sightOn(reader, org, one);
      const kind = one.kind as CaseKind;
      const asked = owned.rows.some((row) => row.id === one.case_id && sight.owners.includes(row.owner));
      if (!asked && !seesCase(sight, kind)) return [];
      const positions = stirring(sight, kind).map((each) => byCase.get(one.case_id)?.get(each) ?? -1);
      const position = Math.max(...positions);
      return position < 0 ? [] : [{ case: one.case_id, kind, position }];
    })
    .toSorted((a, b) => a.position - b.position);
}

import type { CaseKind, Visibility } from '../domain/kernel/words.ts';
import { exportLedger } from '../ledger/export.ts';
import { SEALED } from '../ledger/fold.ts';
import { recordReading } from './ask-access.ts';
import { ReadingRefused, caseFor, readerOf, readsInside } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';
import { mustHoldAt } from './rights-at.ts';

/** Cases about one person, but for those that only their officers know of: of these an export holds no content. */
const PERSONAL_SQL = `select case_id as ref from cases where org = $1 and not confidential
  and kind in ('candidacy', 'employment', 'review') order by case_id`;

/** Classes in which rows say something openly: what is confidential lies sealed, and only its place is in a row. */
const OPEN_SQL = `select distinct visibility from ledger
  where org = $1 and case_id = $2 and kind <> $3 and visibility <> 'C3'`;

/**
 * An export holds what rows say, unmasked: it is for whoever reads all of that in the case, and of the whole ledger for
 * who leads HR of all of it. An auditor proves it here, and gets the file from them (domain 5.2).
 * @throws ReadingRefused
 */
async function mustReadAll(office: ReadingOffice, reader: Reader, id: string | null): Promise<void> {
  const { pool, org } = office;
  if (reader.as === 'installation') return;
  if (id === null) return mustHoldAt(office, reader.as, org, ['hr_director']);
  const { one, sight } = await caseFor(office, reader, id);
  const { rows } = await pool.query<{ visibility: Visibility }>(OPEN_SQL, [org, id, SEALED]);
  const kind = one.kind as CaseKind;
  if (!rows.every(({ visibility }) => readsInside(sight, kind, visibility)))
    throw new ReadingRefused('not_permitted', id);
}

/**
 * The ledger as lines of JSON, without texts, names and keys; that it was taken is a reading of every case about a person
 * in it, recorded before the first line.
 * @param id one case; null: the whole ledger
 * @throws ReadingRefused for a case that is not this reader's to know of, or whose rows are masked to them
 */
export async function exportFor(
  office: ReadingOffice,
  as: As,
  id: string | null,
): Promise<AsyncIterable<string>> {
  const { pool, org } = office;
  const reader = await readerOf(office, as);
  await mustReadAll(office, reader, id);
  const { rows } = await pool.query<{ ref: string }>(PERSONAL_SQL, [org]);
  const refs = id === null ? rows.map(({ ref }) => ref) : [id];
  await recordReading(office, reader, { what: 'export', refs, classes: ['C2'] });
  return exportLedger(pool, org, id === null ? {} : { case: id });
}

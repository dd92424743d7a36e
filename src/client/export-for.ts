import { exportLedger } from '../ledger/export.ts';
import { recordReading } from './ask-access.ts';
import { caseFor, readerOf } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';

/** Cases about one person, but for those that only their officers know of: of these an export holds no content. */
const PERSONAL_SQL = `select case_id as ref from cases where org = $1 and not confidential
  and kind in ('candidacy', 'employment', 'review') order by case_id`;

/**
 * The ledger as lines of JSON, without texts, names and keys; that it was taken is a reading of every case about a person
 * in it, recorded before the first line.
 * @param id one case; null: the whole ledger
 * @throws ReadingRefused for a case that is not this reader's to know of
 */
export async function exportFor(
  office: ReadingOffice,
  as: As,
  id: string | null,
): Promise<AsyncIterable<string>> {
  const { pool, org } = office;
  const reader = await readerOf(office, as);
  if (id !== null) await caseFor(office, reader, id);
  const { rows } = await pool.query<{ ref: string }>(PERSONAL_SQL, [org]);
  const refs = id === null ? rows.map(({ ref }) => ref) : [id];
  await recordReading(office, reader, { what: 'export', refs, classes: ['C2'] });
  return exportLedger(pool, org, id === null ? {} : { case: id });
}

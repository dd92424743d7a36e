import type { Db } from '../directory/db.ts';
import type { KeyRing } from '../directory/keys.ts';
import { openVaultEntries } from '../directory/vault.ts';
import { SEALED } from './fold.ts';
import type { LedgerRow, VaultBody } from './fold.ts';

type Row = Pick<LedgerRow, 'kind' | 'body' | 'texts'>;

/** Whether a row names a text; a confidential one is opened for it. */
export async function rowNames(
  db: Db,
  keys: KeyRing,
  org: string,
  row: Row,
  ref: string,
): Promise<VaultBody | boolean> {
  const has = (texts: readonly (readonly [string, string])[]): boolean => texts.some(([one]) => one === ref);
  if (row.kind !== SEALED) return has(JSON.parse(row.texts) as [string, string][]);
  const { ref: entry } = JSON.parse(row.body) as { ref: string };
  const inside = (await openVaultEntries(db, keys, org, [entry])).get(entry);
  if (inside === undefined) return false;
  const opened = JSON.parse(inside) as VaultBody;
  return has(opened.texts) ? opened : false;
}

/** Whether some row of a case names a text: a case hides texts of its own only (X30). */
export async function caseNames(
  db: Db,
  keys: KeyRing,
  org: string,
  caseId: string,
  ref: string,
): Promise<boolean> {
  const { rows } = await db.query<Row>(
    `select kind, body, texts from ledger where org = $1 and case_id = $2
       and (kind = $3 or position(to_json($4::text)::text in texts) > 0)`,
    [org, caseId, SEALED, ref],
  );
  for (const row of rows) if ((await rowNames(db, keys, org, row, ref)) !== false) return true;
  return false;
}

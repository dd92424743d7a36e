import type pg from 'pg';
import { SealBroken } from '../../directory/errors.ts';
import type { KeyRing } from '../../directory/keys.ts';
import { loadVaultKey, vaultOpen } from '../../directory/vault.ts';
import type { VaultEntry, VaultKey } from '../../directory/vault.ts';
import { snapshot } from '../export.ts';
import type { Snapshot } from '../export.ts';
import { SEALED } from '../fold.ts';
import type { VaultBody } from '../fold.ts';
import { Check } from './check.ts';
import type { CheckOptions } from './check.ts';
import { checkProjections } from './projections.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, failureOf, placeOf } from './verdict.ts';
import type { Proof, Verdict } from './verdict.ts';

/** @returns the ref a confidential row names, or null when its body is malformed: told by the check itself. */
function refOf(row: ChainRow): string | null {
  try {
    const ref = (JSON.parse(row.body) as { ref?: unknown }).ref;
    return typeof ref === 'string' ? ref : null;
  } catch {
    return null;
  }
}

function digestOf(row: ChainRow): unknown {
  return (JSON.parse(row.body) as { digest?: unknown }).digest;
}

/** Opens what a confidential row stands for. @throws Wrong when it is gone, damaged, or not what the row's digest says */
function openedOf(row: ChainRow, entry: VaultEntry | undefined, ref: string, vault: VaultKey): VaultBody {
  if (entry === undefined) throw new Wrong(placeOf(row), 'sealed_missing', ref);
  if (entry.digest !== digestOf(row)) throw new Wrong(placeOf(row), 'sealed_wrong', 'another digest');
  try {
    return JSON.parse(vaultOpen(vault, ref, entry)) as VaultBody;
  } catch (error) {
    if (error instanceof SealBroken || error instanceof SyntaxError)
      throw new Wrong(placeOf(row), 'sealed_wrong', 'not what its digest says');
    throw error;
  }
}

async function entriesOf(
  client: pg.PoolClient,
  org: string,
  rows: readonly ChainRow[],
): Promise<ReadonlyMap<string, VaultEntry>> {
  const refs = rows.filter((row) => row.kind === SEALED).map(refOf);
  if (refs.length === 0) return new Map();
  const found = await client.query<VaultEntry & { ref: string }>(
    'select ref, sealed, salt, digest from vault where org = $1 and ref = any($2::text[])',
    [org, refs],
  );
  return new Map(found.rows.map((entry) => [entry.ref, entry]));
}

async function* read(
  view: Snapshot,
  client: pg.PoolClient,
  keys: KeyRing | null,
  options: CheckOptions,
): AsyncIterable<Proof> {
  const check = new Check(view.header, options);
  for (const document of await view.documents()) check.document(document);
  const { org } = view.header;
  let rows = 0;
  for await (const page of view.pages()) {
    const entries = keys === null ? new Map<string, VaultEntry>() : await entriesOf(client, org, page);
    for (const row of page) {
      const ref = row.kind === SEALED && keys !== null ? refOf(row) : null;
      const opened =
        ref === null || keys === null
          ? null
          : openedOf(row, entries.get(ref), ref, await loadVaultKey(client, keys, org));
      check.row(row, opened);
      rows += 1;
    }
  }
  const proof = check.end({ ...view.head, rows });
  await checkProjections(client, org, check.meaning);
  yield proof;
}

/**
 * Proves an organization's ledger in its database: the same as for an export, and with the vault's key every
 * confidential row is opened, compared with its digest, folded and judged as well. What is derived from the rows
 * (states, facts, assignments) is compared with what they say.
 * @param keys null: confidential rows stay closed, as in an export
 * @returns what holds, or the first wrong place
 * @throws UnknownOrganization; errors of the database as they are
 */
export async function verifyLedger(
  pool: pg.Pool,
  keys: KeyRing | null,
  org: string,
  options: CheckOptions = {},
): Promise<Verdict> {
  try {
    for await (const proof of snapshot(pool, org, null, (view, client) => read(view, client, keys, options)))
      return proof;
    throw new Error('nothing_read');
  } catch (error) {
    return failureOf(error);
  }
}

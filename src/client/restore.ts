import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { KeyRing } from '../directory/keys.ts';
import { keyRing } from '../directory/keys.ts';
import type { Anchor } from '../ledger/anchor.ts';
import { CopyBroken } from '../ledger/copy/manifest.ts';
import type { CopiedTable } from '../ledger/copy/manifest.ts';
import { filledTables, linesOf, putLines } from '../ledger/copy/rows.ts';
import { AS_TEXT, tablesOf } from '../ledger/copy/tables.ts';
import type { CopyTable } from '../ledger/copy/tables.ts';
import { TermsStore } from '../ledger/documents.ts';
import type { ErasedBefore } from '../ledger/erased-entries.ts';
import { compareStates } from '../ledger/fold-compare.ts';
import type { StatesCompared } from '../ledger/fold-compare.ts';
import { beginSchema, schemaUpTo } from '../ledger/migrate.ts';
import type { MigrationMark } from '../ledger/migrate.ts';
import { verifyLedger } from '../ledger/verify/ledger-reader.ts';
import type { Verdict } from '../ledger/verify/verdict.ts';
import { pagesOf } from './copy-reading.ts';
import type { Copy } from './copy-reading.ts';
import { eraseAgain } from './erase-again.ts';
import type { ErasedAgain } from './erase-again.ts';
import { pauseWebhooks } from './webhooks.ts';

/** The database a copy was to be put into is no empty one. */
export class HouseNotEmpty extends Error {
  readonly code = 'house_not_empty';
  constructor(what: string) {
    super(
      `The database holds ${what}. A copy goes into an empty one only, so that nothing is overwritten. Nothing was changed.`,
    );
    this.name = 'HouseNotEmpty';
  }
}

/** What putting a copy back came to. */
export interface Restored extends ErasedAgain {
  readonly rows: number;
  /** Programs that were told when something moved, and are told nothing until somebody says so. */
  readonly paused: number;
  /** Messages that were on their way when the copy was made: whether they went out since is not known. */
  readonly unsure: number;
  /** Migrations of this build that the copy did not have yet. */
  readonly migrated: readonly string[];
}

export interface RestoreOptions {
  readonly erased: ErasedBefore;
  /** Told after each page of rows. */
  readonly tell: (table: string, rows: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const sameMarks = (a: readonly MigrationMark[], b: readonly MigrationMark[]): boolean =>
  a.length === b.length &&
  a.every(({ name, checksum }, n) => b[n]?.name === name && b[n].checksum === checksum);

/** The schema the copy's rows have, in a database that holds nothing. @throws HouseNotEmpty */
async function emptyHouse(client: pg.ClientBase, copy: Copy): Promise<readonly CopyTable[]> {
  const applied = await beginSchema(client);
  const filled = await filledTables(client, await tablesOf(client));
  if (filled.length > 0) throw new HouseNotEmpty(`rows already (in ${filled.slice(0, 3).join(', ')})`);
  if (applied.length > 0 && !sameMarks(applied, copy.manifest.migrations))
    throw new HouseNotEmpty('tables of another build, though no rows; name one without tables');
  await schemaUpTo(client, copy.manifest.migrations);
  return tablesOf(client);
}

/** Each table of the schema with what the copy holds of it. @throws CopyBroken where the two do not fit */
function paired(copy: Copy, tables: readonly CopyTable[]): readonly (readonly [CopyTable, CopiedTable])[] {
  const strange = copy.manifest.tables.find((one) => !tables.some(({ name }) => name === one.name));
  if (strange !== undefined)
    throw new CopyBroken('copy_malformed', strange.file, 'no table of its schema has this name.');
  return tables.map((table) => {
    const found = copy.manifest.tables.find(({ name }) => name === table.name);
    const fits = found?.columns.join() === table.columns.map(({ name }) => name).join();
    if (found === undefined || !fits)
      throw new CopyBroken(
        'copy_malformed',
        `${table.name}.jsonl.gz`,
        'it has not the columns of its schema.',
      );
    return [table, found];
  });
}

async function fill(
  client: pg.ClientBase,
  copy: Copy,
  [table, copied]: readonly [CopyTable, CopiedTable],
  { tell, signal }: RestoreOptions,
): Promise<void> {
  let rows = 0;
  for await (const page of pagesOf(copy, copied)) {
    signal?.throwIfAborted();
    await putLines(client, table, page);
    tell(table.name, (rows += page.length));
  }
}

/** Reads back what was written, of this organization: the same rows give the same digest. @throws CopyBroken */
async function mustBeBack(
  client: pg.ClientBase,
  copy: Copy,
  [table, copied]: readonly [CopyTable, CopiedTable],
  signal: AbortSignal | undefined,
): Promise<void> {
  const content = createHash('sha256');
  for await (const page of linesOf(client, table, copy.manifest.org)) {
    signal?.throwIfAborted();
    content.update(page.map((line) => `${line}\n`).join(''), 'utf8');
  }
  if (content.digest('hex') !== copied.content)
    throw new CopyBroken('copy_changed', copied.file, 'its rows are not those of this organization.');
}

/**
 * Messages that were due when the copy was made may have gone out since. They are left as a crash leaves them: a
 * reminder that is still wanted goes once more under its one id; about an offer or a notice of law a person looks first.
 */
async function unsureMessages(client: pg.ClientBase, org: string): Promise<number> {
  const prompts = await client.query(
    `update prompts set state = 'sending', claimed_at = to_timestamp(0)
     where org = $1 and state = 'queued' and held is distinct from 'digest' and send_after <= (select org_now($1))`,
    [org],
  );
  const words = await client.query(
    `update house_mail set state = 'unknown', outcome = 'restored' where org = $1 and state = 'queued'`,
    [org],
  );
  return (prompts.rowCount ?? 0) + (words.rowCount ?? 0);
}

async function putBack(client: pg.ClientBase, copy: Copy, options: RestoreOptions): Promise<Restored> {
  const pairs = paired(copy, await emptyHouse(client, copy));
  for (const pair of pairs) await fill(client, copy, pair, options);
  for (const pair of pairs) await mustBeBack(client, copy, pair, options.signal);
  const migrated = await schemaUpTo(client);
  const { org } = copy.manifest;
  const erased = await eraseAgain(client, copy, options.erased);
  const unsure = await unsureMessages(client, org);
  const paused = await pauseWebhooks(client, org);
  options.signal?.throwIfAborted();
  return { rows: pairs.reduce((sum, [, { rows }]) => sum + rows, 0), ...erased, unsure, paused, migrated };
}

/**
 * Puts a copy into an empty database: its schema, its rows (read back and compared), this build's later migrations, and
 * everything that was erased since, erased again. All of it is one transaction: whatever ends it early leaves the
 * database empty, and there is no moment in which somebody erased could be read.
 * @throws HouseNotEmpty, CopyBroken; the signal's reason when it was aborted; errors of the database as they are
 */
export async function restoreCopy(pool: pg.Pool, copy: Copy, options: RestoreOptions): Promise<Restored> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin; ${AS_TEXT}`);
    const restored = await putBack(client, copy, options);
    await client.query('commit');
    return restored;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => (broken = failed));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Signed heads, and the public keys they are held against. */
export interface HeadsToHold {
  readonly anchors: readonly Anchor[];
  readonly keys: readonly string[];
}

/** Whether what was put back holds: the ledger, and the states that follow from it. */
export interface Held {
  readonly verdict: Verdict;
  readonly states: StatesCompared;
  /** Heads signed after the copy was made: the gap that `recover db` names. */
  readonly later: number;
}

/**
 * Proves what was put back: the whole ledger, with the heads that were signed before the copy was made, and every state
 * against the fold of its rows.
 * @param keys null: confidential cases stay closed
 */
export async function proveRestored(
  pool: pg.Pool,
  keys: KeyRing | null,
  copy: Copy,
  heads: HeadsToHold | null,
): Promise<Held> {
  const { org, head } = copy.manifest;
  const mine = (heads?.anchors ?? []).filter((one) => one.org === org);
  const before = mine.filter(({ position }) => position <= head.position);
  const checks = heads === null ? {} : { anchors: before, keys: heads.keys };
  const verdict = await verifyLedger(pool, keys, org, checks);
  // Without the house's key nothing is opened: one that opens nothing says so loudly, should anything try.
  const library = {
    org,
    keys: keys ?? keyRing(randomBytes(32)),
    terms: new TermsStore(),
    rulesFailed: () => undefined,
  };
  const states = await compareStates(library, pool, keys !== null);
  return { verdict, states, later: mine.length - before.length };
}

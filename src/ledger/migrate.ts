import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

const LOCK = 7_042_651;
const folder = new URL('./migrations/', import.meta.url);

/** A migration by its name and the digest of its text. */
export interface MigrationMark {
  readonly name: string;
  readonly checksum: string;
}

interface Migration extends MigrationMark {
  readonly sql: string;
}

function migrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

const TABLE_SQL =
  'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())';

/** @returns every migration of a database, in order of name. @throws when it has no such table */
export async function appliedIn(client: pg.ClientBase): Promise<readonly MigrationMark[]> {
  const { rows } = await client.query<MigrationMark>(
    'select name, checksum from migrations order by name collate "C"',
  );
  return rows;
}

/** Takes the lock of migrators until the end of the caller's transaction, and makes the table they write in. */
export async function beginSchema(client: pg.ClientBase): Promise<readonly MigrationMark[]> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
  await client.query(TABLE_SQL);
  return appliedIn(client);
}

/**
 * Brings a database, inside the caller's transaction and after {@link beginSchema}, to the schema of somebody's list, or
 * to this build's.
 * @param upTo a list that begins like this build's own, see {@link unknownOf}; left out: everything this build has
 * @returns the names applied now
 */
export async function schemaUpTo(
  client: pg.ClientBase,
  upTo: readonly MigrationMark[] = migrations(),
): Promise<readonly string[]> {
  const before = new Set((await appliedIn(client)).map(({ name }) => name));
  const missing = migrations().filter(
    ({ name }) => !before.has(name) && upTo.some((one) => one.name === name),
  );
  for (const one of missing) await write(client, one);
  return missing.map(({ name }) => name);
}

/** @returns the first migration of a list that this build does not have, or has otherwise; null where it has them all */
export function unknownOf(list: readonly MigrationMark[]): MigrationMismatch | null {
  const mine = migrations();
  for (const [n, { name, checksum }] of list.entries()) {
    const own = mine[n];
    if (own?.name === name && own.checksum === checksum) continue;
    const changed = mine.some((one) => one.name === name);
    return new MigrationMismatch(changed ? 'migration_changed' : 'database_newer', name);
  }
  return null;
}

/** An applied migration is not what this build has under its name, or this build does not have it at all. */
export class MigrationMismatch extends Error {
  readonly code: 'migration_changed' | 'database_newer';
  constructor(code: MigrationMismatch['code'], name: string) {
    const what =
      code === 'database_newer' ? 'run a newer peer-hire on this database' : 'restore the original file';
    super(`${code}: ${name}; ${what}`);
    this.name = 'MigrationMismatch';
    this.code = code;
  }
}

const AGAIN_MS = 250;

/**
 * Keeps the schema as it is until {@link releaseSchema}: no migrator changes a table meanwhile. Waits for one at work.
 * @throws the signal's reason when it was aborted while it waited
 */
export async function holdSchema(client: pg.ClientBase, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock_shared($1) as held', [
      LOCK,
    ]);
    if (rows[0]?.held === true) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Lets migrators at the schema again. */
export async function releaseSchema(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_unlock_shared($1)', [LOCK]);
}

/** Whether everything this build has was applied, as it has it: then there is nothing to wait for a lock for. */
async function isUpToDate(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('migrations') is not null as there`,
  );
  if (rows[0]?.there !== true) return false;
  const applied = await appliedIn(client);
  const mine = migrations();
  return (
    applied.length === mine.length &&
    mine.every(({ name, checksum }, n) => applied[n]?.name === name && applied[n].checksum === checksum)
  );
}

/**
 * Brings the database to this build's schema: forward only, one migrator at a time, each file in a transaction. A file
 * that fails leaves nothing of itself, and the lock is given free: the next migrator begins where this one stopped.
 * @returns the names applied now
 * @throws MigrationMismatch when an applied file was changed, or the database is newer than this build; errors of the
 * database as they are
 */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // A start does not wait for a copy that is being made when there is nothing to change.
    if (await isUpToDate(client)) return [];
    return await migrateAlone(client, (error) => (broken = error));
  } finally {
    client.release(broken);
  }
}

/** @param locked told when the lock could not be given back */
async function migrateAlone(
  client: pg.PoolClient,
  locked: (error: Error) => void,
): Promise<readonly string[]> {
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE_SQL);
    const applied = await appliedIn(client);
    return await applyMissing(client, new Map(applied.map((row) => [row.name, row.checksum])));
  } finally {
    // A connection that cannot give the lock back is ended, and the lock with it.
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(locked);
  }
}

async function applyMissing(
  client: pg.PoolClient,
  applied: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const mine = migrations();
  for (const name of applied.keys())
    if (!mine.some((one) => one.name === name)) throw new MigrationMismatch('database_newer', name);
  const done: string[] = [];
  for (const one of mine) {
    const before = applied.get(one.name);
    if (before !== undefined && before !== one.checksum)
      throw new MigrationMismatch('migration_changed', one.name);
    if (before !== undefined) continue;
    await apply(client, one);
    done.push(one.name);
  }
  return done;
}

async function write(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql);
  await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
}

async function apply(client: pg.PoolClient, one: Migration): Promise<void> {
  await client.query('begin');
  try {
    await write(client, one);
    await client.query('commit');
  } catch (error) {
    // In a failed transaction every further statement is refused, the unlocking too.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

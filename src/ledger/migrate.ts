import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

const LOCK = 7_042_651;
const folder = new URL('./migrations/', import.meta.url);

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
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
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migrations',
    );
    return await applyMissing(client, new Map(rows.map((row) => [row.name, row.checksum])));
  } finally {
    // A connection that cannot give the lock back is ended, and the lock with it.
    await client
      .query('select pg_advisory_unlock($1)', [LOCK])
      .catch((error: Error) => void (broken = error));
    client.release(broken);
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

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    // In a failed transaction every further statement is refused, the unlocking too.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

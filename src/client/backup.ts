import { createHash, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { syncFolder } from '../directory/flush.ts';
import { writeNew } from '../directory/whole-file.ts';
import { COPY_FORMAT, manifestText, nameOfCopy, sealOfManifest } from '../ledger/copy/manifest.ts';
import type { CopiedTable, CopyManifest } from '../ledger/copy/manifest.ts';
import { linesOf } from '../ledger/copy/rows.ts';
import { AS_TEXT, tablesOf } from '../ledger/copy/tables.ts';
import type { CopyTable } from '../ledger/copy/tables.ts';
import { UnknownOrganization } from '../ledger/database.ts';
import { appliedIn, holdSchema, releaseSchema } from '../ledger/migrate.ts';
import type { Office } from './organization.ts';

/** A copy cannot be made under this name. */
export class BackupRefused extends Error {
  readonly code: 'file_exists' | 'no_such_place';
  constructor(code: BackupRefused['code'], path: string) {
    const what = {
      file_exists: `${path} is there already, and a copy never takes the place of another. Name a new folder.`,
      no_such_place: `The folder ${dirname(path)} is not there, perhaps a disk that is not connected. Make it, or name another place.`,
    };
    super(what[code]);
    this.name = 'BackupRefused';
    this.code = code;
  }
}

export interface Backup {
  readonly folder: string;
  readonly manifest: CopyManifest;
  /** The digest of its manifest. */
  readonly copy: string;
}

export interface BackupOptions {
  /** The build that makes it. */
  readonly product: string;
  /** When, by the clock of this machine. */
  readonly now: number;
  /** Told after each page of rows. */
  readonly tell: (table: string, rows: number) => void;
  /** What the folder is called behind its name until it is complete; left out: by chance. */
  readonly part?: string | undefined;
  /** Aborted: it stops, and nothing of it is left. */
  readonly signal?: AbortSignal | undefined;
}

/** Lines of a table on their way to its file, counted and digested. */
async function* counted(
  pages: AsyncIterable<readonly string[]>,
  content: Hash,
  tell: (rows: number) => void,
): AsyncIterable<string> {
  let rows = 0;
  for await (const page of pages) {
    const text = page.map((line) => `${line}\n`).join('');
    content.update(text, 'utf8');
    rows += page.length;
    tell(rows);
    yield text;
  }
}

async function* digested(
  parts: AsyncIterable<Buffer>,
  file: Hash,
  size: (bytes: number) => void,
): AsyncIterable<Buffer> {
  for await (const part of parts) {
    file.update(part);
    size(part.length);
    yield part;
  }
}

async function copyTable(
  client: pg.ClientBase,
  org: string,
  table: CopyTable,
  folder: string,
  { tell, signal }: BackupOptions,
): Promise<CopiedTable> {
  const [content, packed] = [createHash('sha256'), createHash('sha256')];
  let [rows, bytes] = [0, 0];
  const file = `${table.name}.jsonl.gz`;
  const told = (n: number): void => {
    signal?.throwIfAborted();
    rows = n;
    tell(table.name, n);
  };
  const gzip = createGzip();
  const lines = Readable.from(counted(linesOf(client, table, org), content, told));
  await Promise.all([
    pipeline(lines, gzip),
    writeNew(
      join(folder, file),
      digested(gzip, packed, (n) => void (bytes += n)),
    ),
  ]);
  const columns = table.columns.map(({ name }) => name);
  const digests = { sha256: packed.digest('hex'), content: content.digest('hex') };
  return { name: table.name, columns, file, rows, bytes, ...digests };
}

interface WholeRow {
  readonly position: number;
  readonly hash: string;
  readonly sandbox: boolean;
  readonly keyId: string | null;
}

async function wholeOf(client: pg.ClientBase, org: string): Promise<WholeRow> {
  const { rows } = await client.query<WholeRow>(
    `select h.position, encode(h.hash, 'hex') as hash, o.sandbox,
       (select encode(substring(wrapped_key from 1 for 4), 'hex') from vault_keys v where v.org = o.org) as "keyId"
     from orgs o join heads h using (org) where o.org = $1`,
    [org],
  );
  const [whole] = rows;
  if (whole === undefined) throw new UnknownOrganization(org);
  return whole;
}

/** Everything of the organization as it stood at one instant, into a folder. */
async function copyAll(
  client: pg.ClientBase,
  org: string,
  folder: string,
  options: BackupOptions,
): Promise<CopyManifest> {
  const { position, hash, sandbox, keyId } = await wholeOf(client, org);
  const tables: CopiedTable[] = [];
  const migrations = await appliedIn(client);
  for (const table of await tablesOf(client))
    tables.push(await copyTable(client, org, table, folder, options));
  return {
    ...{
      format: COPY_FORMAT,
      product: options.product,
      org,
      sandbox,
      at: new Date(options.now).toISOString(),
    },
    ...{ migrations: [...migrations], head: { position, hash }, keyId, tables },
  };
}

/**
 * Copies everything an organization has in its database, as it stood at one instant, while everybody goes on working:
 * one repeatable-read transaction, while no migrator changes a table. A file a table and a manifest; what is personal stays sealed, and the master key is
 * not in it. The folder gets its name only when it is complete.
 * @param to a name that is not there yet, in a folder that is
 * @throws BackupRefused, UnknownOrganization; the signal's reason when it was aborted; errors of the database and the disk
 */
export async function makeBackup(office: Office, to: string, options: BackupOptions): Promise<Backup> {
  const { pool, org, keys } = office;
  if (existsSync(to)) throw new BackupRefused('file_exists', to);
  if (!existsSync(dirname(to)) || !statSync(dirname(to)).isDirectory())
    throw new BackupRefused('no_such_place', to);
  const half = `${to}.part-${options.part ?? randomBytes(4).toString('hex')}`;
  await mkdir(half, { mode: 0o700 });
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Before the instant of the copy: a table that is changed after it looks empty, or is gone.
    await holdSchema(client, options.signal);
    await client.query(`begin isolation level repeatable read read only; ${AS_TEXT}`);
    const manifest = await copyAll(client, org, half, options);
    const text = manifestText(manifest);
    await writeNew(join(half, 'manifest.json'), [Buffer.from(text, 'utf8')]);
    await writeNew(join(half, 'manifest.seal'), [Buffer.from(`${sealOfManifest(keys, text)}\n`, 'utf8')]);
    await syncFolder(half);
    options.signal?.throwIfAborted();
    await rename(half, to);
    await syncFolder(dirname(to));
    return { folder: to, manifest, copy: nameOfCopy(text) };
  } finally {
    await client.query('rollback').catch((error: Error) => (broken = error));
    // A connection that cannot give the lock back is ended, and the lock with it.
    await releaseSchema(client).catch((error: Error) => (broken ??= error));
    client.release(broken);
    await rm(half, { recursive: true, force: true });
  }
}

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { deciders } from '../domain/cases.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { UnknownOrganization } from './database.ts';
import { Checksum, FORMAT, documentLine, headLine, headerLine, rowLine } from './verify/lines.ts';
import type { DocumentLine, Head, Header } from './verify/lines.ts';
import type { ChainRow } from './verify/row-hash.ts';

const PAGE = 500;

const ROW_SQL = `select org, position, case_id, sequence, kind, at, actor, how, capacity, on_behalf_of, decision_id,
  decision_index, asked_at, supersedes, visibility, retention, facts, terms, texts, body,
  encode(prev, 'hex') as prev, encode(hash, 'hex') as hash
  from ledger where org = $1 and position > $2 and ($3::text is null or case_id = $3) order by position limit $4`;

/** Hashes that rows name as their terms, that the house put in force, and that cases adopted. */
const NAMED_SQL = `with said as (
    select distinct terms as text from ledger where org = $1 and ($2::text is null or case_id = $2)
    union select body from ledger where org = $1 and $2::text is null
      and case_id in ('house-policy', 'house-calendar', 'house-comparator')
    union select body::jsonb ->> 'after' from ledger
      where org = $1 and kind = 'terms_adopted' and ($2::text is null or case_id = $2))
  select hash, kind, body from documents where org = $1 and hash in (
    select hash.value from said, jsonb_each_text(said.text::jsonb) as hash where hash.value is not null) order by hash`;

export interface ExportOptions {
  /** Only this case: shows what was recorded of it, and proves less than the organization's ledger. */
  readonly case?: string;
}

/** One view of the ledger, as it stood when the reading began, however long it takes. */
export interface Snapshot {
  readonly header: Header;
  readonly head: Pick<Head, 'position' | 'hash'>;
  documents(): Promise<readonly DocumentLine[]>;
  /** Pages of rows, in order of position. */
  pages(): AsyncIterable<readonly ChainRow[]>;
}

/** No row of such a case is there: an export of it would look like the proof of something. */
export class UnknownCase extends Error {
  readonly code = 'unknown_case';
  constructor(caseId: string) {
    super(`There is no case ${caseId.slice(0, 80)}.`);
    this.name = 'UnknownCase';
  }
}

/** Runs `work` on one unchanging view of an organization's ledger. @throws UnknownOrganization; UnknownCase */
export async function* snapshot<T>(
  pool: pg.Pool,
  org: string,
  caseId: string | null,
  work: (view: Snapshot, client: pg.PoolClient) => AsyncIterable<T>,
): AsyncIterable<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    yield* work(await viewOf(client, org, caseId), client);
  } finally {
    await client.query('rollback').catch((error: Error) => (broken = error));
    client.release(broken);
  }
}

async function viewOf(client: pg.PoolClient, org: string, caseId: string | null): Promise<Snapshot> {
  const { rows } = await client.query<{ position: number; at: number; hash: string }>(
    `select position, at, encode(hash, 'hex') as hash from heads where org = $1`,
    [org],
  );
  const whole = rows[0];
  if (whole === undefined) throw new UnknownOrganization(org);
  const found = caseId === null ? whole : await lastOf(client, org, caseId);
  const { position, hash, at } = found;
  const header = { format: FORMAT, org, at, case: caseId, foldVersions: foldVersions(caseId) };
  return {
    ...{ header, head: { position, hash } },
    documents: async () => (await client.query<DocumentLine>(NAMED_SQL, [org, caseId])).rows,
    pages: () => pages(client, org, caseId),
  };
}

async function lastOf(
  client: pg.PoolClient,
  org: string,
  caseId: string,
): Promise<{ position: number; at: number; hash: string }> {
  const { rows } = await client.query<{ position: number; at: number; hash: string }>(
    `select position, at, encode(hash, 'hex') as hash from ledger where org = $1 and case_id = $2
     order by position desc limit 1`,
    [org, caseId],
  );
  const [last] = rows;
  if (last === undefined) throw new UnknownCase(caseId);
  return last;
}

function foldVersions(caseId: string | null): Record<string, number> {
  const only = caseId === null ? null : kindOf(caseId);
  const list = Object.values(deciders).filter((one) => only === null || one.kind === only);
  return Object.fromEntries(
    list.map((one): [string, number] => [one.kind, one.foldVersion]).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

async function* pages(
  client: pg.PoolClient,
  org: string,
  caseId: string | null,
): AsyncIterable<readonly ChainRow[]> {
  let after = 0;
  for (;;) {
    const { rows } = await client.query<ChainRow>(ROW_SQL, [org, after, caseId, PAGE]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.position;
  }
}

/**
 * An organization's ledger as lines of JSON: a header, the documents of terms, all rows in order of position, the head
 * with a checksum. Never sealed texts, the vault, salts, keys or the directory. Streams: a ledger of any size takes
 * the memory of one page.
 * @returns lines without their line feeds; a file ends each line with one
 * @throws UnknownOrganization; UnknownCase
 */
export function exportLedger(pool: pg.Pool, org: string, options: ExportOptions = {}): AsyncIterable<string> {
  return snapshot(pool, org, options.case ?? null, written);
}

async function* written(view: Snapshot): AsyncIterable<string> {
  const checksum = new Checksum();
  const said = (line: string): string => {
    checksum.add(line);
    return line;
  };
  let rows = 0;
  yield said(headerLine(view.header));
  for (const document of await view.documents()) yield said(documentLine(document));
  for await (const page of view.pages())
    for (const row of page) {
      rows += 1;
      yield said(rowLine(row));
    }
  yield headLine({ ...view.head, rows, checksum: checksum.hex() });
}

/** Longer than any line that is written: what comes without a line feed is no export, and is not gathered in memory. */
const LONGEST_LINE = 16 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b]);

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0);
    return bytesRead === GZIP.length && buffer.equals(GZIP);
  } finally {
    await file.close();
  }
}

/** @returns the text of a file in pieces, unpacked where it was packed with gzip; null for what cannot be unpacked. */
async function* textOf(path: string): AsyncIterable<string | null> {
  if (!(await isPacked(path))) {
    for await (const chunk of createReadStream(path, 'utf8')) yield String(chunk);
    return;
  }
  const unpacked = createGunzip();
  pipeline(createReadStream(path), unpacked, () => undefined);
  try {
    for await (const chunk of unpacked.setEncoding('utf8')) yield String(chunk);
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('Z_')) throw error;
    yield null;
  }
}

/**
 * Reads an export's lines from a file, as it was written or packed with gzip. Only a line feed ends a line: any other
 * byte is part of it. A broken package, and a line longer than any export has, end in a line that is none.
 */
export async function* linesOfFile(path: string): AsyncIterable<string> {
  // In pieces until the line is whole: put together at each piece, a long line would be read many times over.
  let pieces: string[] = [];
  let length = 0;
  for await (const chunk of textOf(path)) {
    if (chunk === null || length > LONGEST_LINE) {
      yield '';
      return;
    }
    const [more = '', ...lines] = chunk.split('\n');
    pieces.push(more);
    length += more.length;
    const last = lines.pop();
    if (last === undefined) continue;
    yield pieces.join('');
    yield* lines;
    pieces = [last];
    length = last.length;
  }
  if (length > 0) yield pieces.join('');
}

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRing } from '../directory/keys.ts';
import { CopyBroken, mustBeOurs, nameOfCopy, parseManifest } from '../ledger/copy/manifest.ts';
import type { CopiedTable, CopyManifest } from '../ledger/copy/manifest.ts';
import { linesOfFile } from '../ledger/export.ts';
import { unknownOf } from '../ledger/migrate.ts';

/** A copy whose files are what its manifest says. */
export interface Copy {
  readonly folder: string;
  readonly manifest: CopyManifest;
  /** The digest of its manifest. */
  readonly name: string;
  /** False where no key was at hand: then nobody can say that this house made it. */
  readonly ours: boolean;
}

const PAGE = 500;

function fileText(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new CopyBroken(
    'copy_unfinished',
    name,
    'this file of the copy is not there. Take a copy that is whole.',
  );
}

async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(part);
  }
  return hash.digest('hex');
}

async function mustBeWhole(
  folder: string,
  table: CopiedTable,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = join(folder, table.file);
  if (!existsSync(path))
    throw new CopyBroken('copy_unfinished', table.file, 'this file of the copy is not there.');
  const { size } = statSync(path);
  if (size !== table.bytes)
    throw new CopyBroken('copy_changed', table.file, `it has ${size} bytes; ${table.bytes} were written.`);
  if ((await digestOf(path, signal)) !== table.sha256)
    throw new CopyBroken('copy_changed', table.file, 'its content is not what was written.');
}

/**
 * Opens a copy: reads what it says of itself, and holds every file against it.
 * @param keys null: it is not known whether this house made it
 * @throws CopyBroken: not there, cut off, changed, sealed under another key, or of a schema this build does not know
 */
export async function openCopy(folder: string, keys: KeyRing | null, signal?: AbortSignal): Promise<Copy> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CopyBroken('copy_not_there', folder, 'there is no such folder.');
  const text = fileText(folder, 'manifest.json');
  const seal = fileText(folder, 'manifest.seal').trim();
  const manifest = parseManifest(text);
  if (keys !== null) mustBeOurs(keys, text, seal);
  const unknown = unknownOf(manifest.migrations);
  if (unknown !== null)
    throw new CopyBroken(
      unknown.code === 'database_newer' ? 'copy_newer' : 'copy_of_other_schema',
      'manifest.json',
      unknown.code === 'database_newer'
        ? `it was made by a newer build (${manifest.product}). Restore it with that one.`
        : 'its schema is not one this build knows. Restore it with the build that made it.',
    );
  for (const table of manifest.tables) await mustBeWhole(folder, table, signal);
  const known = new Set(['manifest.json', 'manifest.seal', ...manifest.tables.map(({ file }) => file)]);
  const strange = readdirSync(folder).find((name) => !known.has(name));
  if (strange !== undefined)
    throw new CopyBroken('copy_changed', strange.slice(0, 80), 'this file is not of the copy. Take it away.');
  return { folder, manifest, name: nameOfCopy(text), ours: keys !== null };
}

/** Pages of a table's lines. @throws CopyBroken when they are not what the manifest says */
export async function* pagesOf(copy: Copy, table: CopiedTable): AsyncIterable<readonly string[]> {
  const content = createHash('sha256');
  let [rows, page]: [number, string[]] = [0, []];
  for await (const line of linesOfFile(join(copy.folder, table.file))) {
    if (line === '')
      throw new CopyBroken('copy_changed', table.file, 'it cannot be unpacked, or holds what is no row.');
    content.update(`${line}\n`, 'utf8');
    rows += 1;
    page.push(line);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
  if (rows !== table.rows || content.digest('hex') !== table.content)
    throw new CopyBroken('copy_changed', table.file, `it holds ${rows} rows; ${table.rows} were written.`);
}

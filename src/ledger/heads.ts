import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { makeFolder } from '../directory/make-folder.ts';
import { writeWhole } from '../directory/whole-file.ts';
import { anchor as signedHead, anchorText, loadAnchorKey, makeAnchorKey, parseAnchor } from './anchor.ts';
import type { Anchor } from './anchor.ts';

/** Where signed heads lie: outside the database, at best where its administrator cannot write. */
export interface HeadsPlace {
  readonly keyFile: string;
  readonly folder: string;
}

export interface HeadWritten {
  readonly position: number;
  readonly file: string;
  readonly keyFile: string;
}

/** What the last check of the ledger against its signed heads found. */
export interface HeadsCheck {
  /** When it was made, as an instant. */
  readonly at: number;
  readonly ok: boolean;
  /** The last position that was looked at, or the place of the fault. */
  readonly position: number;
  readonly heads: number;
  /** The code of the fault. */
  readonly code?: string;
}

const LAST_CHECK = 'last-check.json';

/** Where an installation keeps its heads unless told otherwise. */
export const headsIn = (folder: string): HeadsPlace => ({
  keyFile: join(folder, 'anchor.key'),
  folder: join(folder, 'anchors'),
});

/**
 * Signs the present head of an organization's ledger and writes it beside those before it; makes the key the first time.
 * @param now as an instant. @throws AnchorBroken, UnknownOrganization
 */
export async function writeHead(
  pool: pg.Pool,
  org: string,
  { keyFile, folder }: HeadsPlace,
  now: number,
): Promise<HeadWritten> {
  const key = existsSync(keyFile) ? loadAnchorKey(keyFile) : makeAnchorKey(keyFile);
  const one = await signedHead(pool, org, key, now);
  makeFolder(folder, 0o700);
  const file = join(folder, `${String(one.position).padStart(12, '0')}-${one.at}.anchor`);
  await writeWhole(file, [anchorText(one)]);
  return { position: one.position, file, keyFile };
}

/** Every signed head of a place, with the public key they are held against. @throws AnchorBroken */
export function readHeads({ keyFile, folder }: HeadsPlace): {
  readonly anchors: readonly Anchor[];
  readonly keys: readonly string[];
} {
  const names = readdirSync(folder).filter((name) => name.endsWith('.anchor'));
  const anchors = names.toSorted().map((name) => parseAnchor(readFileSync(join(folder, name), 'utf8')));
  return { anchors, keys: [readFileSync(`${keyFile}.pub`, 'utf8')] };
}

/** Notes what a check found, for whoever looks after the installation. */
export async function noteCheck({ folder }: HeadsPlace, check: HeadsCheck): Promise<void> {
  await writeWhole(join(folder, LAST_CHECK), [JSON.stringify(check)], { replaces: true });
}

/** @returns the last check, or null where none was made */
export function lastCheck({ folder }: HeadsPlace): HeadsCheck | null {
  const file = join(folder, LAST_CHECK);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as HeadsCheck) : null;
}

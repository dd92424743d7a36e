import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AnchorBroken, parseAnchor } from '../ledger/anchor.ts';
import type { Anchor } from '../ledger/anchor.ts';
import { headsIn, writeHead } from '../ledger/heads.ts';
import type { HeadWritten } from '../ledger/heads.ts';
import { privateFolder } from '../local/home.ts';
import { EXIT, Stop } from './exit.ts';
import type { Opened } from './open.ts';

/** Where signed heads lie, and the public key they were signed with. */
export interface AnchorPlace {
  readonly anchors?: string | undefined;
  readonly anchorKey?: string | undefined;
}

/** Signed heads and the keys to hold them against. */
export interface SignedHeads {
  readonly anchors: readonly Anchor[];
  readonly keys: readonly string[];
}

function fileText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Stop(EXIT.usage, 'usage', `${what} ${path} cannot be read.`);
  }
}

function anchorIn(path: string): Anchor {
  const text = fileText(path, 'The anchor');
  try {
    return parseAnchor(text);
  } catch (error) {
    if (!(error instanceof AnchorBroken)) throw error;
    throw new Stop(
      EXIT.usage,
      'anchor_broken',
      `${path} is not the text of a signed head: it was changed, or "peer-hire ledger anchor" never wrote it. Take the copy you kept.`,
    );
  }
}

function publicKeyIn(path: string): string {
  const text = fileText(path, 'The key');
  try {
    if (createPublicKey(text).asymmetricKeyType === 'ed25519') return text;
  } catch {
    // Said below: no key at all, or one of another kind.
  }
  throw new Stop(
    EXIT.usage,
    'anchor_broken',
    `${path} is no key that signs heads: name the file ending in .key.pub that "peer-hire ledger anchor" made.`,
  );
}

/**
 * Anchors of a file or of every `.anchor` file in a folder, and the public key they are signed with.
 * @returns null where none was named. @throws Stop (usage)
 */
export function anchorsOf(options: AnchorPlace): SignedHeads | null {
  if (options.anchors === undefined) return null;
  const path = options.anchors;
  let names: readonly string[];
  try {
    names = readdirSync(path)
      .filter((name) => name.endsWith('.anchor'))
      .map((name) => join(path, name));
  } catch {
    names = [path];
  }
  // A mistyped folder must not pass as proven.
  if (names.length === 0) throw new Stop(EXIT.usage, 'usage', `There is no .anchor file in ${path}.`);
  if (options.anchorKey === undefined)
    throw new Stop(
      EXIT.usage,
      'usage',
      '--anchors needs --anchor-key: the public key they were signed with (…/anchor.key.pub).',
    );
  return { anchors: names.map(anchorIn), keys: [publicKeyIn(options.anchorKey)] };
}

/** Where `ledger anchor` puts heads unless told otherwise, as far as something lies there. */
export function ownAnchors(folder: string): AnchorPlace {
  const own = headsIn(folder);
  const [anchors, anchorKey] = [own.folder, `${own.keyFile}.pub`];
  const there = existsSync(anchors) && readdirSync(anchors).some((name) => name.endsWith('.anchor'));
  return there && existsSync(anchorKey) ? { anchors, anchorKey } : {};
}

/** Signs the present head and writes it outside the database. @param places the key's file, and the folder of heads */
export async function writeAnchor(
  { folder, pool, office }: Opened,
  places: { readonly key?: string | undefined; readonly to?: string | undefined },
): Promise<HeadWritten> {
  const own = headsIn(folder);
  const place = { keyFile: places.key ?? own.keyFile, folder: privateFolder(places.to ?? own.folder) };
  return writeHead(pool, office.org, place, Date.now());
}

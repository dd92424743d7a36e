import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type pg from 'pg';
import { UnknownOrganization } from './database.ts';

/** A signed head of a ledger: proves later that everything up to `position` is still what it was. */
export interface Anchor {
  readonly org: string;
  readonly position: number;
  /** Hash of the row at that position, 64 hex digits; empty for an empty ledger. */
  readonly hash: string;
  /** When the head was read, as an instant. */
  readonly at: number;
  /** First 16 hex digits of the signing key's digest. */
  readonly key: string;
  /** Ed25519 over the lines before it, base64. */
  readonly signature: string;
}

/** The key that signs heads. It belongs where the database's administrator cannot write. */
export interface AnchorKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const ORIGIN = 'peer-hire/anchor/1';
const LINES =
  /^peer-hire\/anchor\/1\n([^\n]+)\n(\d+) ([0-9a-f]{64}|-)\n([^\n]+)\n\n— ([0-9a-f]{16}) ([A-Za-z0-9+/]{86}==)\n$/;

/** The file is no anchor, or no key of one. */
export class AnchorBroken extends Error {
  readonly code = 'anchor_broken';
  constructor(why: string) {
    super(`anchor_broken: ${why}`);
    this.name = 'AnchorBroken';
  }
}

/** @returns the name of a public key: part of every anchor it signed. */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

function keyFrom(pem: string): AnchorKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new AnchorBroken('the key is not an Ed25519 key');
  const publicKey = createPublicKey(privateKey);
  return { id: keyIdOf(publicKey), privateKey, publicKey };
}

/**
 * Makes a signing key in a new file that only its owner can read, and its public half beside it as `<file>.pub`.
 * @throws when the file is there already: an anchor key is never replaced in silence
 */
export function makeAnchorKey(file: string): AnchorKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  return { id: keyIdOf(publicKey), privateKey, publicKey };
}

/** @returns the signing key of a file. @throws AnchorBroken when others may read the file or it holds no such key */
export function loadAnchorKey(file: string): AnchorKey {
  if ((statSync(file).mode & 0o077) !== 0)
    throw new AnchorBroken('the key file must be readable by its owner only');
  return keyFrom(readFileSync(file, 'utf8'));
}

type Unsigned = Pick<Anchor, 'org' | 'position' | 'hash' | 'at'>;

/** What is signed: four lines that a person can read in ten years. */
function noteOf({ org, position, hash, at }: Unsigned): string {
  const day = new Date(at).toISOString();
  return `${ORIGIN}\n${org}\n${position} ${hash === '' ? '-' : hash}\n${day}\n`;
}

/** Signs a head. */
export function signAnchor(head: Unsigned, key: AnchorKey): Anchor {
  const signature = sign(null, Buffer.from(noteOf(head), 'utf8'), key.privateKey).toString('base64');
  const { org, position, hash, at } = head;
  return { org, position, hash, at, key: key.id, signature };
}

/**
 * Signs the present head of an organization's ledger. Whoever calls keeps the text outside the database.
 * @param at when this is done, as an instant
 * @throws UnknownOrganization
 */
export async function anchor(pool: pg.Pool, org: string, key: AnchorKey, at: number): Promise<Anchor> {
  const { rows } = await pool.query<{ position: number; hash: string }>(
    `select position, encode(hash, 'hex') as hash from heads where org = $1`,
    [org],
  );
  const head = rows[0];
  if (head === undefined) throw new UnknownOrganization(org);
  return signAnchor({ org, position: head.position, hash: head.hash, at }, key);
}

/** @returns the anchor as the text that is kept: the note, an empty line, the signature. */
export function anchorText(one: Anchor): string {
  return `${noteOf(one)}\n— ${one.key} ${one.signature}\n`;
}

/** Reads an anchor's text. @throws AnchorBroken when a byte of its form is not as it must be */
export function parseAnchor(text: string): Anchor {
  const found = LINES.exec(text);
  if (found === null) throw new AnchorBroken('not the text of an anchor');
  const [, org = '', position = '', hash = '', day = '', key = '', signature = ''] = found;
  const at = Date.parse(day);
  const parsed = { org, position: Number(position), hash: hash === '-' ? '' : hash, at, key, signature };
  // The last character before the padding has bits to spare: one signature, one text.
  const spelled = Buffer.from(signature, 'base64').toString('base64') === signature;
  if (!spelled || Number.isNaN(at) || !Number.isSafeInteger(parsed.position) || anchorText(parsed) !== text)
    throw new AnchorBroken('not the text of an anchor');
  return parsed;
}

/** @returns whether this key signed this anchor. @param publicKey a key, or its text in PEM */
export function checkAnchor(one: Anchor, publicKey: KeyObject | string): boolean {
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey;
  if (keyIdOf(key) !== one.key) return false;
  return verify(null, Buffer.from(noteOf(one), 'utf8'), key, Buffer.from(one.signature, 'base64'));
}

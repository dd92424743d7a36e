import { randomBytes } from 'node:crypto';
import { open as openFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import { deriveKey, KEY_BYTES, open, seal } from './crypto.ts';
import { MasterKeyExposed, MasterKeyInvalid, MasterKeyIsTestKey, SealBroken } from './errors.ts';
import { createDataKeyCache } from './key-cache.ts';
import type { DataKeyCache } from './key-cache.ts';
import { makeFolder } from './make-folder.ts';
import { writeWhole } from './whole-file.ts';

/** The key replay histories are recorded under. Public on purpose; refused outside tests. */
export const TEST_MASTER_KEY: Buffer = Buffer.from('peer-hire replay key, not secret', 'utf8');

/** Everything derived from one master key. Made once per process by {@link keyRing}. */
export interface KeyRing {
  readonly master: Buffer;
  /** Eight hex digits that tell two master keys apart; safe to print. */
  readonly id: string;
  /** Wraps the data keys; derived, so the master key itself seals nothing. */
  readonly wrapping: Buffer;
  /** Unwrapped keys, at most a minute old. */
  readonly dataKeys: DataKeyCache;
}

const ID_BYTES = 4;
const ALL_ZERO = Buffer.alloc(KEY_BYTES);

/** @returns the ring of a master key of 32 bytes. */
export function keyRing(master: Buffer): KeyRing {
  return {
    master,
    id: deriveKey(master, 'id').subarray(0, ID_BYTES).toString('hex'),
    wrapping: deriveKey(master, 'wrap'),
    dataKeys: createDataKeyCache(),
  };
}

/**
 * Reads the master key file, or makes it (32 random bytes in hex, mode 0600, flushed to disk) when it is missing.
 *
 * @param options.allowTestKey accept the publicly known key; tests only.
 * @param options.create false where data sealed under a key exists already: a new key could not open it.
 * @throws MasterKeyExposed when group or others may read the file.
 * @throws MasterKeyInvalid when the content is not 64 hex digits, or the file is missing and must not be made.
 * @throws MasterKeyIsTestKey when the key is all zero or the public test key.
 */
export async function loadMasterKey(
  path: string,
  options: { allowTestKey?: boolean; create?: boolean } = {},
): Promise<Buffer> {
  const found = await openIfThere(path);
  if (found === null && options.create === false) throw new MasterKeyInvalid(path, true);
  const handle = found ?? (await createThenOpen(path));
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new MasterKeyInvalid(path);
    // Windows reports made-up mode bits, so only its own access lists can guard the file there.
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) throw new MasterKeyExposed(path);
    const text = (await handle.readFile('utf8')).trim();
    if (!/^[0-9a-f]{64}$/i.test(text)) throw new MasterKeyInvalid(path);
    const key = Buffer.from(text, 'hex');
    if (!options.allowTestKey && isKnownKey(key)) throw new MasterKeyIsTestKey(path);
    return key;
  } finally {
    await handle.close();
  }
}

/** @returns true for a key that is public: all zero, or the test key. */
export function isKnownKey(key: Buffer): boolean {
  return key.equals(ALL_ZERO) || key.equals(TEST_MASTER_KEY);
}

/** @returns a fresh data key; with a seed (sandbox only) the same one in every play. */
export function newDataKey(purpose: string, seed?: string): Buffer {
  return seed === undefined ? randomBytes(KEY_BYTES) : deriveKey(seed, `sandbox/${purpose}`);
}

/** Wraps a data key under the master key, bound to its place; the first four bytes name the master key. */
export function wrapKey(keys: KeyRing, dataKey: Buffer, aad: string): Buffer {
  return Buffer.concat([Buffer.from(keys.id, 'hex'), seal(keys.wrapping, dataKey, aad)]);
}

/**
 * Unwraps a data key.
 *
 * @throws SealBroken with fault `other_key` when another master key wrapped it, else `format` or `tag`.
 */
export function unwrapKey(keys: KeyRing, wrapped: Buffer, aad: string): Buffer {
  if (wrapped.length <= ID_BYTES) throw new SealBroken('format');
  if (wrapped.toString('hex', 0, ID_BYTES) !== keys.id) throw new SealBroken('other_key');
  const key = open(keys.wrapping, wrapped.subarray(ID_BYTES), aad);
  if (key.length !== KEY_BYTES) throw new SealBroken('format');
  return key;
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await openFile(path, 'r');
  } catch (error) {
    if (errno(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Of two first starts one wins and both read a whole key. The disk is waited for, because data sealed under a key that a
 * power cut took away is lost.
 */
async function createThenOpen(path: string): Promise<FileHandle> {
  makeFolder(dirname(path), 0o700);
  try {
    await writeWhole(path, [`${randomBytes(KEY_BYTES).toString('hex')}\n`]);
  } catch (error) {
    if (errno(error) !== 'EEXIST') throw error;
  }
  return openFile(path, 'r');
}

function errno(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

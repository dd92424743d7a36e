import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

import { SealBroken } from './errors.ts';

/** Length of every key in bytes (AES-256). */
export const KEY_BYTES = 32;

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** @returns additional data that names where a ciphertext belongs; parts cannot run into each other. */
export function boundTo(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/**
 * Seals bytes with AES-256-GCM under a random 96-bit nonce: format byte, nonce, ciphertext, tag.
 *
 * @param aad where the ciphertext belongs; the same text must be given to {@link open}.
 */
export function seal(key: Buffer, plaintext: Buffer, aad: string): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head[0] = FORMAT;
  randomBytes(NONCE_BYTES).copy(head, 1);
  const cipher = createCipheriv('aes-256-gcm', key, head.subarray(1));
  cipher.setAAD(bindFormat(aad));
  return Buffer.concat([head, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} made.
 *
 * @throws SealBroken when a byte changed, the key is another, or the bytes were moved to another place.
 */
export function open(key: Buffer, sealed: Buffer, aad: string): Buffer {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT) throw new SealBroken('format');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bindFormat(aad));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch {
    throw new SealBroken('tag');
  }
}

/** @returns a 32-byte key for one purpose, derived by HKDF-SHA256; other purposes cannot be computed from it. */
export function deriveKey(secret: Buffer | string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'peer-hire', purpose, KEY_BYTES));
}

/** @returns a salt that the same key and name give again, so a repeated play gives the same digests. */
export function deriveSalt(key: Buffer, name: string): Buffer {
  return createHmac('sha256', key).update('salt\0').update(name).digest();
}

/** @returns the salted digest of a text, 64 hex digits; without the salt it says nothing about the text. */
export function saltedDigest(salt: Buffer, text: string): string {
  return createHmac('sha256', salt).update(text, 'utf8').digest('hex');
}

/** Compares two digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

function bindFormat(aad: string): Buffer {
  return Buffer.from(`peer-hire/${FORMAT}\0${aad}`, 'utf8');
}

import { createHash, randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scryptCallback,
);

const SECRET_BYTES = 32;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** 64 MiB and some 150 ms on a small machine: above OWASP's floor for scrypt (N 2^16, r 8, p 2). */
const COSTS = { N: 65_536, r: 8, p: 2, maxmem: 160 * 1024 * 1024 } as const;
const FORM = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

/** @returns a 256-bit secret as base64url. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** @returns what is kept of a secret: its SHA-256. A secret of 256 bits needs no slow hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

/** @returns what is kept of a password: scrypt with its costs and salt in one text. */
export async function sealPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await scrypt(password.normalize('NFC'), salt, KEY_BYTES, COSTS);
  const { N, r, p } = COSTS;
  return `scrypt$${N}$${r}$${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Compares in constant time. @param kept null: nobody has this login, and it takes as long as if somebody had */
export async function passwordFits(password: string, kept: string | null): Promise<boolean> {
  const parts = FORM.exec(kept ?? '');
  const [, N, r, p, salt = '', key = ''] = parts ?? [];
  const wanted = parts === null ? randomBytes(KEY_BYTES) : Buffer.from(key, 'base64url');
  const costs = parts === null ? COSTS : { N: Number(N), r: Number(r), p: Number(p), maxmem: COSTS.maxmem };
  const found = await scrypt(password.normalize('NFC'), Buffer.from(salt, 'base64url'), wanted.length, costs);
  return timingSafeEqual(found, wanted) && parts !== null;
}

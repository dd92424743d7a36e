import { randomBytes } from 'node:crypto';
import { opaque } from '../domain/kernel/digest.ts';

/** @returns a new opaque id with this prefix: 26 random characters. */
export function newId(prefix: string): string {
  return `${prefix}${opaque(randomBytes(32).toString('hex'))}`;
}

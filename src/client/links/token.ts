import { createHash, createHmac, randomBytes } from 'node:crypto';
import { boundTo, deriveKey } from '../../directory/crypto.ts';
import type { KeyRing } from '../../directory/keys.ts';

/** 256 bits as base64url. */
const FORM = /^[A-Za-z0-9_-]{43}$/;

/** True for what could be a link's token at all; nothing else is looked up. */
export const isToken = (text: string): boolean => FORM.test(text);

/** @returns what is kept of a token */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

/** @returns a token that nobody can foresee, also not with the keys of the house */
export const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * The one token of a message: made again when the same message is made again, so that whatever a mail server already has
 * stays good. Without the master key nobody can foresee it; whoever has that key can command anyway.
 * @param what names it among all: purpose, and the prompt, case or person it is for
 */
export function tokenFor(keys: KeyRing, org: string, ...what: readonly string[]): string {
  const key = deriveKey(keys.master, boundTo('links', org));
  return createHmac('sha256', key).update(JSON.stringify(what)).digest('base64url');
}

/** @returns the name of a link: of its hash, not of its token */
export const linkId = (hash: Buffer): string => `lnk_${hash.toString('hex').slice(0, 32)}`;

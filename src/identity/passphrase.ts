import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const IN_GROUP = 5;

/** A password to type once and change: 99 bits in four groups, without letters that look alike. */
export function newPassphrase(): string {
  const group = (): string =>
    Array.from({ length: IN_GROUP }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

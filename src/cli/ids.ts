import { randomBytes } from 'node:crypto';
import { personRef, siteRef } from '../contracts/common.ts';
import { opaque } from '../domain/kernel/digest.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { EXIT, Stop } from './exit.ts';

/** @returns a new opaque id with this prefix: 26 random characters. */
export function newId(prefix: string): string {
  return `${prefix}${opaque(randomBytes(32).toString('hex'))}`;
}

const owned = { prs_: personRef, site_: siteRef } as const;

/**
 * A ref of somebody's own choice, in the form that every command takes; a new one where none is given.
 * @throws Stop (usage)
 */
export function refOf(prefix: keyof typeof owned, given: string | undefined): string {
  if (given === undefined) return newId(prefix);
  if (owned[prefix].safeParse(given).success) return given;
  throw new Stop(EXIT.usage, 'usage', `--ref takes ${prefix} and 26 small letters or digits.`);
}

/** A command that shows one kind of case got another. @throws Stop (usage) */
export function mustBe(kind: CaseKind, id: string): void {
  const found = kindOf(id);
  if (found === null || found === kind) return;
  throw new Stop(EXIT.usage, 'usage', `${id.slice(0, 80)} is a ${found}; this shows a ${kind}.`);
}

import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { deriveKey, sameDigest } from '../../directory/crypto.ts';
import type { KeyRing } from '../../directory/keys.ts';

/** Which form a copy has; a later one gets another number. */
export const COPY_FORMAT = 'peer-hire/copy/1';

const sha = z.string().regex(/^[0-9a-f]{64}$/);
const word = z.string().regex(/^[a-z][a-z0-9_]*$/);
const count = z.number().int().nonnegative();

const manifestSchema = z.strictObject({
  format: z.literal(COPY_FORMAT),
  /** The build that made it. */
  product: z.string(),
  org: z.string().min(1),
  sandbox: z.boolean(),
  /** When it was made, by the clock of the machine that made it. */
  at: z.iso.datetime(),
  /** The schema its rows have: every migration that was applied, in order. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: sha })).min(1),
  /** The last row of its ledger. */
  head: z.strictObject({ position: count, hash: z.string().regex(/^(?:[0-9a-f]{64})?$/) }),
  /** Which master key wrapped what is sealed in it; the key itself is in no copy. */
  keyId: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .nullable(),
  /** In the order in which they are put back. */
  tables: z.array(
    z.strictObject({
      name: word,
      columns: z.array(word).min(1),
      file: z.string().regex(/^[a-z][a-z0-9_]*\.jsonl\.gz$/),
      rows: count,
      bytes: count,
      /** Of the file as it lies there. */
      sha256: sha,
      /** Of its lines, each with its line feed: what the rows are, however the file was packed. */
      content: sha,
    }),
  ),
});

/** What a copy says of itself. */
export type CopyManifest = z.output<typeof manifestSchema>;
export type CopiedTable = CopyManifest['tables'][number];

/** Where a copy is not what it says of itself; names the file and what is wrong with it. */
export class CopyBroken extends Error {
  readonly code:
    | 'copy_not_there'
    | 'copy_unfinished'
    | 'copy_malformed'
    | 'copy_changed'
    | 'copy_not_ours'
    | 'copy_newer'
    | 'copy_of_other_schema';
  constructor(code: CopyBroken['code'], place: string, what: string) {
    super(`${place}: ${what}`);
    this.name = 'CopyBroken';
    this.code = code;
  }
}

/** @returns the text of the manifest, as its file holds it. */
export const manifestText = (manifest: CopyManifest): string => `${JSON.stringify(manifest, null, 1)}\n`;

/** @returns what the manifest's text says. @throws CopyBroken (copy_malformed) */
export function parseManifest(text: string): CopyManifest {
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    const named = new Set(manifest.tables.flatMap(({ name, file }) => [name, file]));
    if (named.size === 2 * manifest.tables.length && manifest.tables.some(({ name }) => name === 'cases'))
      return manifest;
  } catch {
    // Told below: what a library says of it may quote what stands there.
  }
  throw new CopyBroken('copy_malformed', 'manifest.json', 'this is no manifest of a copy of this form.');
}

/** @returns the name of a copy: the digest of its manifest, which names the digest of every file. */
export const nameOfCopy = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Seals a manifest under the master key: whoever has no key can make no copy that this house takes for its own, not
 * even from one of them.
 * @returns 64 hex digits
 */
export function sealOfManifest(keys: KeyRing, text: string): string {
  return createHmac('sha256', deriveKey(keys.master, 'copy')).update(text, 'utf8').digest('hex');
}

/** @throws CopyBroken (copy_not_ours) for a manifest that was not sealed under this key */
export function mustBeOurs(keys: KeyRing, text: string, seal: string): void {
  if (sameDigest(sealOfManifest(keys, text), seal)) return;
  throw new CopyBroken(
    'copy_not_ours',
    'manifest.seal',
    'the manifest was changed after the copy was made, or the copy was made under another master key. Nothing was restored.',
  );
}

/** The hash over the state rows: two houses with the same one stand where the other stands, case by case. */
export const stateHashOf = ({ tables }: CopyManifest): string =>
  tables.find(({ name }) => name === 'cases')?.content ?? '';

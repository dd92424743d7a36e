import { opaque } from '../domain/kernel/digest.ts';
import { boundTo, deriveSalt, open, saltedDigest, sameDigest, seal } from './crypto.ts';
import type { Db } from './db.ts';
import { SealBroken, VaultKeyConflict, VaultKeyMissing, VaultMissing } from './errors.ts';
import { newDataKey, unwrapKey, wrapKey } from './keys.ts';
import type { KeyRing } from './keys.ts';

/** The key of an organization's confidential (C3) entries. */
export interface VaultKey {
  readonly org: string;
  readonly key: Buffer;
}

/** A confidential event as it lies in the vault; the ledger row holds the ref and the digest only. */
export interface VaultEntry {
  readonly sealed: Buffer;
  readonly salt: Buffer;
  /** Salted; 64 hex digits. */
  readonly digest: string;
}

/**
 * Makes the organization's vault key if it has none. Done once, when the organization is made, and committed before
 * anything is sealed.
 *
 * @param seed sandbox only: the key comes from the scenario's seed, so digests repeat in every play.
 * @throws VaultKeyConflict when a seed is given and another key is there.
 */
export async function createVaultKey(db: Db, keys: KeyRing, org: string, seed?: string): Promise<void> {
  const key = newDataKey('vault', seed);
  await db.query('insert into vault_keys (org, wrapped_key) values ($1, $2) on conflict do nothing', [
    org,
    wrapKey(keys, key, keyPlace(org)),
  ]);
  const stored = await readKey(db, keys, org);
  if (seed !== undefined && !stored?.equals(key)) throw new VaultKeyConflict(org);
}

/**
 * @returns the organization's vault key; cached for up to a minute, so most steps pay no round trip for it. Never
 * makes one: called in a transaction that is rolled back, a new key would live on in the cache only.
 * @throws VaultKeyMissing, SealBroken when the stored key was wrapped by another master key.
 */
export async function loadVaultKey(db: Db, keys: KeyRing, org: string): Promise<VaultKey> {
  const key = await keys.dataKeys.get(`vault/${org}`, async () => {
    const stored = await readKey(db, keys, org);
    if (stored === null) throw new VaultKeyMissing(org);
    return stored;
  });
  return { org, key };
}

/** Seals the body of a confidential event. Pure; the salt comes from key and ref, so the digest repeats. */
export function vaultSeal(
  vault: VaultKey,
  input: { readonly ref: string; readonly body: string },
): VaultEntry {
  const salt = deriveSalt(vault.key, input.ref);
  return {
    sealed: seal(vault.key, Buffer.from(input.body, 'utf8'), entryPlace(vault.org, input.ref)),
    salt,
    digest: saltedDigest(salt, input.body),
  };
}

/**
 * Opens a confidential entry and checks it against its digest. Pure.
 *
 * @throws SealBroken when it is damaged, moved, or not what the digest says.
 */
export function vaultOpen(vault: VaultKey, ref: string, entry: VaultEntry): string {
  const body = open(vault.key, entry.sealed, entryPlace(vault.org, ref)).toString('utf8');
  if (!sameDigest(saltedDigest(entry.salt, body), entry.digest)) throw new SealBroken('tag');
  return body;
}

/** @returns where a text lies that was moved to the vault (X30); the ref says nothing about it. */
export function vaultTextRef(text: string): string {
  return `vlt_${opaque(`text|${text}`)}`;
}

/** Writes the entry; called inside the transaction of the append. A ref is written once. */
export async function putVaultEntry(client: Db, org: string, ref: string, entry: VaultEntry): Promise<void> {
  await client.query('insert into vault (org, ref, sealed, salt, digest) values ($1, $2, $3, $4, $5)', [
    org,
    ref,
    entry.sealed,
    entry.salt,
    entry.digest,
  ]);
}

/**
 * @returns the bodies of these entries by ref. Who may read them is for the caller to decide first.
 * @throws VaultMissing, SealBroken.
 */
export async function openVaultEntries(
  db: Db,
  keys: KeyRing,
  org: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const bodies = new Map<string, string>();
  if (refs.length === 0) return bodies;
  const vault = await loadVaultKey(db, keys, org);
  const { rows } = await db.query<VaultEntry & { ref: string }>(
    'select ref, sealed, salt, digest from vault where org = $1 and ref = any($2::text[])',
    [org, [...refs]],
  );
  for (const row of rows) bodies.set(row.ref, vaultOpen(vault, row.ref, row));
  for (const ref of refs) if (!bodies.has(ref)) throw new VaultMissing(ref);
  return bodies;
}

async function readKey(db: Db, keys: KeyRing, org: string): Promise<Buffer | null> {
  const { rows } = await db.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from vault_keys where org = $1',
    [org],
  );
  const row = rows[0];
  return row === undefined ? null : unwrapKey(keys, row.wrapped_key, keyPlace(org));
}

function keyPlace(org: string): string {
  return boundTo('vault_key', org);
}

function entryPlace(org: string, ref: string): string {
  return boundTo('vault', org, ref);
}

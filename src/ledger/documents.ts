import type { Db } from '../directory/db.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import { canonical, sha256Hex } from '../domain/kernel/digest.ts';
import { inJurisdiction } from '../domain/kernel/policy.ts';
import type { Policy, Profile } from '../domain/kernel/policy.ts';
import type { Comparator, Terms, TermsRef } from '../domain/kernel/terms.ts';

export type DocumentKind = 'policy' | 'calendar' | 'profile' | 'comparator';

/** @returns the hash under which a document is kept: equal content, equal hash. */
export function hashOf(document: object): string {
  return sha256Hex(canonical(document));
}

/** Keeps a document under its content's hash; keeping it again changes nothing. @returns the hash */
export async function keepDocument(
  db: Db,
  org: string,
  kind: DocumentKind,
  document: object,
): Promise<string> {
  const hash = hashOf(document);
  await db.query(
    'insert into documents (org, hash, kind, body) values ($1, $2, $3, $4) on conflict do nothing',
    [org, hash, kind, canonical(document)],
  );
  return hash;
}

/** A row names terms whose document is not in the store: the store was damaged or cut. */
export class DocumentMissing extends Error {
  readonly code = 'document_missing';
  constructor(hash: string) {
    super(`document_missing: ${hash}`);
    this.name = 'DocumentMissing';
  }
}

/** Terms by their hashes, parsed once and kept: documents never change. */
export class TermsStore {
  private readonly parsed = new Map<string, object>();
  private readonly terms = new Map<string, Terms>();

  /** Loads what is not here yet. @throws DocumentMissing */
  async load(db: Db, org: string, refs: readonly TermsRef[]): Promise<void> {
    const hashes = refs.flatMap((ref) => [ref.policy, ref.calendar, ref.profile, ref.comparator]);
    const wanted = [
      ...new Set(hashes.filter((hash): hash is string => hash !== null && !this.parsed.has(hash))),
    ];
    if (wanted.length === 0) return;
    const { rows } = await db.query<{ hash: string; body: string }>(
      'select hash, body from documents where org = $1 and hash = any($2::text[])',
      [org, wanted],
    );
    for (const row of rows) this.add(row.hash, JSON.parse(row.body) as object);
    for (const hash of wanted) if (!this.parsed.has(hash)) throw new DocumentMissing(hash);
  }

  /** Adds a document that was read elsewhere, e.g. from an export. */
  add(hash: string, document: object): void {
    this.parsed.set(hash, document);
  }

  /** @returns the documents behind a ref that was loaded before. @throws DocumentMissing */
  get(ref: TermsRef): Terms {
    const key = `${ref.policy}|${ref.calendar}|${ref.profile}|${ref.comparator ?? ''}`;
    const known = this.terms.get(key);
    if (known !== undefined) return known;
    const profile = this.document(ref.profile) as Profile;
    const made: Terms = {
      ref,
      policy: inJurisdiction(this.document(ref.policy) as Policy, profile),
      calendar: this.document(ref.calendar) as SiteCalendar,
      profile,
      comparator: ref.comparator === null ? null : (this.document(ref.comparator) as Comparator),
    };
    this.terms.set(key, made);
    return made;
  }

  private document(hash: string): object {
    const found = this.parsed.get(hash);
    if (found === undefined) throw new DocumentMissing(hash);
    return found;
  }
}

import { createHash } from 'node:crypto';
import { canonical } from '../../domain/kernel/digest.ts';
import type { Terms, TermsRef } from '../../domain/kernel/terms.ts';
import { TermsStore } from '../documents.ts';
import type { DocumentKind } from '../documents.ts';
import type { DocumentLine } from './lines.ts';
import { Wrong, nowhere } from './verdict.ts';
import type { Place } from './verdict.ts';

const kinds: readonly DocumentKind[] = ['policy', 'calendar', 'profile', 'comparator'];

/** @returns terms named by a row, or null when the text names none. */
export function termsRefOf(text: string): TermsRef | null {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    // Four names and nothing beside them: what else stood there would be no part of the proof.
    if (Object.keys(value).length !== 4 || JSON.stringify(value) !== text) return null;
    const { policy, calendar, profile, comparator } = value;
    if (typeof policy !== 'string' || typeof calendar !== 'string' || typeof profile !== 'string')
      return null;
    if (comparator !== null && typeof comparator !== 'string') return null;
    return { policy, calendar, profile, comparator };
  } catch {
    return null;
  }
}

/** @returns true when two rows name the same terms, in whatever order of members. */
export function sameTerms(a: TermsRef, b: TermsRef): boolean {
  return canonical(a) === canonical(b);
}

/** The documents of terms, each with its content's hash computed again. */
export class Papers {
  private readonly store = new TermsStore();
  private readonly kinds = new Map<string, string>();
  private readonly changed = new Set<string>();
  private readonly used = new Set<string>();

  get count(): number {
    return this.kinds.size;
  }

  /** Adds a document; one that is not what its hash says is a fault of the first row that needs it. */
  add(document: DocumentLine): void {
    const { hash, kind, body } = document;
    this.kinds.set(hash, kind);
    const same = createHash('sha256').update(body, 'utf8').digest('hex') === hash;
    try {
      if (same) this.store.add(hash, JSON.parse(body) as object);
      else this.changed.add(hash);
    } catch {
      this.changed.add(hash);
    }
  }

  /** Checks that a document is there and is what it is named for. @throws Wrong */
  need(hash: string, kind: DocumentKind, place: Place): void {
    const known = this.kinds.get(hash);
    if (known === undefined) throw new Wrong(place, 'document_missing', `${kind} ${hash.slice(0, 12)}`);
    if (known !== kind || this.changed.has(hash))
      throw new Wrong(place, 'document_changed', `${kind} ${hash.slice(0, 12)}`);
    this.used.add(hash);
  }

  /** @returns the documents of a row's terms. @throws Wrong */
  terms(ref: TermsRef, place: Place): Terms {
    for (const kind of kinds) {
      const hash = ref[kind];
      if (hash !== null) this.need(hash, kind, place);
    }
    try {
      return this.store.get(ref);
    } catch {
      throw new Wrong(place, 'document_changed', 'no terms can be read from it');
    }
  }

  /** An export holds the documents its rows name and no others. @throws Wrong */
  end(): void {
    for (const hash of this.kinds.keys())
      if (!this.used.has(hash))
        throw new Wrong(
          nowhere,
          this.changed.has(hash) ? 'document_changed' : 'document_unused',
          hash.slice(0, 12),
        );
  }
}

import type { TextDigest } from '../fold.ts';
import { textRefsIn } from '../step-store.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, placeOf } from './verdict.ts';

/** The digests of sealed texts that rows named, and whether each row names the texts of its body. */
export class TextBook {
  readonly digests = new Map<string, string>();

  /** @param texts as the row says in clear, or as lies in the vault for a confidential one. @throws Wrong */
  check(row: ChainRow, body: object, texts: unknown): void {
    const refs = textRefsIn(body);
    const right =
      Array.isArray(texts) &&
      texts.length === refs.length &&
      texts.every(
        (one: unknown, n) =>
          Array.isArray(one) &&
          one.length === 2 &&
          one[0] === refs[n] &&
          /^[0-9a-f]{64}$/.test(String(one[1])),
      );
    if (!right) throw new Wrong(placeOf(row), 'text_wrong', 'the texts of the body with their digests');
    for (const [ref, digest] of texts as readonly TextDigest[]) {
      if ((this.digests.get(ref) ?? digest) !== digest) throw new Wrong(placeOf(row), 'text_wrong', ref);
      this.digests.set(ref, digest);
    }
  }
}

/** @returns the row's own list. @throws Wrong when it is no JSON */
export function textsOf(row: ChainRow): unknown {
  try {
    return JSON.parse(row.texts);
  } catch {
    throw new Wrong(placeOf(row), 'text_wrong', 'no list');
  }
}

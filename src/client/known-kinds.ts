import { eventKinds } from '../ledger/verify/shapes/index.ts';
import { SEALED } from '../ledger/fold.ts';

const kinds: ReadonlySet<string> = new Set([...eventKinds, SEALED]);
const MOST_NEAR = 5;

/** How many letters have to change to come from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n);
  for (let n = 0; n < from.length; n += 1) {
    const next = [n + 1];
    for (let m = 0; m < to.length; m += 1) {
      const same = (row[m] ?? 0) + (from[n] === to[m] ? 0 : 1);
      next.push(Math.min((row[m + 1] ?? 0) + 1, (next[m] ?? 0) + 1, same));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Words that both have come first: whoever looks for `session` means one of the session. */
function farness(typed: string, kind: string): number {
  const words = new Set(kind.split('_'));
  const shared = typed.split('_').filter((word) => words.has(word)).length;
  return distance(typed, kind) - shared * 20 - (typed.length > 2 && kind.includes(typed) ? 20 : 0);
}

const MOST_TYPED = 60;

/** @returns the kinds of event that are most like a word, the likest first */
export function kindsNear(typed: string): readonly string[] {
  const word = typed.toLowerCase().slice(0, MOST_TYPED);
  const far = [...eventKinds].map((kind) => ({ kind, by: farness(word, kind) }));
  const near = far.toSorted((a, b) => a.by - b.by || (a.kind < b.kind ? -1 : 1));
  return near.slice(0, MOST_NEAR).map(({ kind }) => kind);
}

/** No entry of any history is of the kind that somebody asked for: an empty list would say that nothing happened. */
export class KindUnknown extends Error {
  readonly code = 'unknown_kind';
  readonly near: readonly string[];
  constructor(typed: string) {
    const near = kindsNear(typed);
    super(
      `No entry is of this kind: a kind is written as one word with _ in it. Near it are ${near.join(', ')}.`,
    );
    this.name = 'KindUnknown';
    this.near = near;
  }
}

/** @throws KindUnknown for a kind that no entry can have */
export function checkKind(kind: string | undefined): void {
  if (kind !== undefined && !kinds.has(kind)) throw new KindUnknown(kind);
}

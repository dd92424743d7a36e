import { z } from 'zod';
import type { Happened } from '../client/ask-history.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import { whySentence } from '../cli/sentences.ts';

/** What waits, with its sentence in words. */
export const waitingShown = (one: Waiting) => ({ ...one, sentence: whySentence(one) });

/** A row of a case: its body holds codes, refs, dates and numbers by name. */
export const rowShown = <R extends Happened>(one: R) => ({
  ...one,
  body: one.body as Readonly<Record<string, unknown>> | null,
});

/** Most entries of one page, and how many there are in one when nothing is said. */
export const MOST = 1_000;

/** Where a page goes on. The cursor is the key of the last entry that was seen. */
export const paged = {
  limit: z.coerce.number().int().min(1).max(MOST).optional(),
  after: z.string().max(120).optional(),
};

/** The cursor of the next page; null on the last one. */
export const nextCursor = z.string().nullable();

/** Keys that stand twice are told apart by how often they stood before. */
function keysOf<T>(list: readonly T[], keyOf: (one: T) => string): readonly string[] {
  const seen = new Map<string, number>();
  return list.map((one) => {
    const key = keyOf(one);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key}~${times}`;
  });
}

/**
 * One page of a list whose entries have keys that stay.
 * @param after the key of the last entry seen; when that is gone meanwhile it begins at the start, so nothing is passed over
 */
export function pageOf<T>(
  list: readonly T[],
  keyOf: (one: T) => string,
  { limit = MOST, after }: { readonly limit?: number | undefined; readonly after?: string | undefined },
): { readonly list: readonly T[]; readonly next: string | null } {
  const keys = keysOf(list, keyOf);
  const from = after === undefined ? 0 : keys.indexOf(after) + 1;
  const page = list.slice(from, from + limit);
  const more = from + limit < list.length;
  return { list: page, next: more ? (keys[from + page.length - 1] ?? null) : null };
}

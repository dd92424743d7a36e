import { useEffect, useRef, useState } from 'react';
import { Refused, ask, askWhole } from '../app/api.ts';
import { useQuiet } from './sending.ts';
import type { Value } from './shape.ts';

/** A draft as it is kept. */
export interface Draft {
  readonly version: number;
  readonly draft: { readonly value?: Value };
}

/** How a draft stands: `other` means another window has saved one since. */
export type Saved = 'no' | 'saving' | 'yes' | 'other' | 'failed';

/** Where the draft of a command on a case lies. */
export const draftPlace = (id: string, type: string): string => `${id}:${type}`;

const at = (place: string): string => `/drafts/${encodeURIComponent(place)}`;

/** What was begun here before, sealed under the writer's own key; null when there is none. */
export async function draftOf(place: string): Promise<Draft | null> {
  try {
    return await ask<Draft>('GET', at(place));
  } catch (error) {
    // A part that is away must not keep anybody from writing: nothing is saved then, and the form says so.
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** Throws a draft away, once what it was for is decided. */
export async function dropDraft(place: string): Promise<void> {
  await ask('DELETE', at(place)).catch(() => undefined);
}

function savedAs(error: unknown): Saved {
  return error instanceof Refused && error.problem.status === 412 ? 'other' : 'failed';
}

/**
 * Saves what is typed, a moment after the last key. Only its author ever sees it.
 * @param from what was there at the start
 */
export function useAutosave(place: string, value: Value, from: Draft | null): Saved {
  const [saved, setSaved] = useState<Saved>('no');
  const version = useRef(from?.version ?? 0);
  const first = useRef(JSON.stringify(value));
  const quiet = useQuiet(JSON.stringify(value));
  useEffect(() => {
    if (quiet === first.current) return;
    first.current = quiet;
    setSaved('saving');
    const seen: Record<string, string> =
      version.current === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${version.current}"` };
    const body = { draft: { value: JSON.parse(quiet) as Value } };
    askWhole<{ readonly version: number }>('PUT', at(place), body, seen).then(
      ({ value: kept }) => {
        version.current = kept.version;
        setSaved('yes');
      },
      (error: unknown) => setSaved(savedAs(error)),
    );
  }, [quiet, place]);
  return saved;
}

/** What the form says of its draft. */
export const savedWords: Readonly<Record<Saved, string>> = {
  no: 'What you enter is kept as a draft that only you can see.',
  saving: 'Saving your draft …',
  yes: 'Draft saved. Only you can see it.',
  other:
    'Another window has saved a draft of this since. This one is not saved; load the page to see the other.',
  failed: 'The draft could not be saved just now. You can go on and decide.',
};

/**
 * The guards in a thread of their own: whoever serves many people reads texts here, so that a long one keeps nobody else
 * waiting. Texts come in a message and are forgotten with the answer; what was found stays for a while under a hash of
 * the text, since a form asks about the same text again and again.
 */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { findingsOf, guardsEdition } from './index.ts';
import type { Finding, Surface } from './index.ts';
import { GuardsModelBroken } from './model-file.ts';

/** Texts to read, each on its surface. */
export interface ThreadAsks {
  readonly id: number;
  readonly asks: readonly (readonly [surface: Surface, text: string])[];
}

/** What was found, in the order of the asks; or that reading failed. */
export type ThreadAnswer =
  | { readonly id: number; readonly found: readonly (readonly Finding[])[] }
  | { readonly id: number; readonly failed: string };

/** The first thing it says: under what it reads, or that there is no sound model to read with. */
export type ThreadBegins = ReturnType<typeof guardsEdition> | { readonly model: null };

const MOST_KEPT = 2_000;
const kept = new Map<string, readonly Finding[]>();

function read(surface: Surface, text: string): readonly Finding[] {
  const key = createHash('sha256').update(`${surface}\n${text}`).digest('base64');
  const found = kept.get(key) ?? findingsOf(surface, text);
  kept.delete(key);
  kept.set(key, found);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return found;
}

const answerTo = ({ id, asks }: ThreadAsks): ThreadAnswer => {
  try {
    return { id, found: asks.map(([surface, text]) => read(surface, text)) };
  } catch (error) {
    // The name alone: a message may quote the text.
    return { id, failed: error instanceof Error ? error.name : 'Error' };
  }
};

function beginning(): ThreadBegins {
  try {
    return guardsEdition();
  } catch (error) {
    // An error loses its kind on its way between threads.
    if (error instanceof GuardsModelBroken) return { model: null };
    throw error;
  }
}

const port = parentPort;
port?.postMessage(beginning());
port?.on('message', (asked: ThreadAsks) => port.postMessage(answerTo(asked)));

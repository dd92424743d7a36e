import { MAX_COMMAND_BYTES, envelopeSchema } from '../contracts/envelope.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';

/** No command of ours is deeper; what is would overflow the stack of whoever walks it next. */
const MAX_DEPTH = 32;
/** The database stores neither, and nobody means them. */
const UNSTORABLE = /[\0\p{Cs}]/u;

interface Place {
  readonly value: unknown;
  readonly depth: number;
}

/** Walks without recursion, so that depth itself can do no harm. @returns what is wrong, or null */
function flaw(root: unknown): 'too_deep' | 'unstorable_text' | null {
  const open: Place[] = [{ value: root, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, depth } = place;
    if (typeof value === 'string' && UNSTORABLE.test(value)) return 'unstorable_text';
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return 'too_deep';
    for (const [key, inner] of Object.entries(value)) {
      if (UNSTORABLE.test(key)) return 'unstorable_text';
      open.push({ value: inner, depth: depth + 1 });
    }
  }
  return null;
}

function bytesOf(value: unknown): number | null {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? Buffer.byteLength(text) : null;
  } catch {
    // A value JSON cannot hold: a big integer, a cycle.
    return null;
  }
}

/**
 * The form of a command, before anything is looked up: size, depth, characters, fields of the envelope. Paths and codes
 * only: nothing that was typed is quoted.
 * @returns `oversized` or `malformed`, or null for a well-formed envelope
 */
export function formRefusal(envelope: unknown): Refusal | null {
  const wrong = flaw(envelope);
  if (wrong !== null) return refuse('malformed', undefined, [{ code: wrong }]);
  const bytes = bytesOf(envelope);
  if (bytes === null) return refuse('malformed', undefined, [{ code: 'not_json' }]);
  if (bytes > MAX_COMMAND_BYTES)
    return refuse('oversized', undefined, [{ code: 'at_most_bytes', about: String(MAX_COMMAND_BYTES) }]);
  if (typeof envelope !== 'object' || envelope === null) return refuse('malformed');
  if (Object.hasOwn(envelope, '__proto__')) return refuse('malformed', undefined, [{ code: 'key' }]);
  const parsed = envelopeSchema.safeParse(envelope);
  if (parsed.success) return null;
  const issues = parsed.error.issues.map((one) => ({
    code: one.code,
    about: one.path.map(String).join('.').slice(0, 80),
  }));
  return refuse('malformed', undefined, issues.slice(0, 20));
}

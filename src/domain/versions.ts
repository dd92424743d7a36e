import type { Ask, CommandLike, Stamp } from './kernel/decider.ts';
import { refuse } from './kernel/refusal.ts';
import type { Refusal } from './kernel/refusal.ts';

/**
 * A second person says yes to what they looked at. A proposal may be replaced by another before they do; so it has a version,
 * the sequence of its row, and a yes may name the one it is about: by the version itself, or by how far the case had come
 * when they looked.
 */
export interface Version {
  /** Left out: proposed before versions were kept. */
  readonly n?: number;
  /** It took the place of another: whoever confirms says which of them they looked at. */
  readonly replaced?: true;
}

/** What a face names that showed the whole case: its last sequence then. */
export const WHOLE_CASE = 'case';

/** @param before the proposal that stood until then, or null */
export function version({ sequence: n }: Stamp, before: object | null | undefined): Version {
  return before === null || before === undefined ? { n } : { n, replaced: true };
}

/** What an obligation to confirm asks about, for the one check of versions that all cases share. */
export function aboutOf(
  subject: string,
  { n }: Version,
): { readonly about?: { readonly subject: string; readonly version: number } } {
  return n === undefined ? {} : { about: { subject, version: n } };
}

/** @returns the refusal of a yes to something that is not there any more as it was looked at, or null */
export function outdated(
  subject: string,
  { n, replaced }: Version,
  { about }: Ask<CommandLike>,
  rule: string,
): Refusal | null {
  if (n === undefined) return null;
  const known = about?.subject === WHOLE_CASE ? about.version >= n : about?.subject === subject;
  if (known) return null;
  const looked = about?.subject === WHOLE_CASE;
  if (!looked && replaced !== true) return null;
  const missing = looked
    ? { code: 'current_version', about: String(n) }
    : { code: 'version_seen', about: `${subject}@${n}` };
  return refuse('stale', rule, [missing]);
}

/**
 * What the codec puts in the place of a payload it cannot vouch for. No imports: the workflow bundle uses this file.
 *
 * clear: not sealed at all · foreign: sealed by somebody else or for another organization · broken: ours, but damaged.
 */
export const untrustedReasons = ['clear', 'foreign', 'broken'] as const;
export type UntrustedReason = (typeof untrustedReasons)[number];

export interface Untrusted {
  readonly untrusted: UntrustedReason;
}

/** @returns true when a decoded value is the codec's mark; such a value must be refused, never used. */
export function isUntrusted(value: unknown): value is Untrusted {
  if (typeof value !== 'object' || value === null || !('untrusted' in value)) return false;
  const reason = value.untrusted;
  return Object.keys(value).length === 1 && untrustedReasons.some((known) => known === reason);
}

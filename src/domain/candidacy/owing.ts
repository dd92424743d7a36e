import type { Instant } from '../kernel/calendar.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner, SiteRef } from '../kernel/words.ts';
import type { CandidacyState } from './state.ts';

/** What every part of the agenda needs. */
export interface Frame {
  readonly state: CandidacyState;
  readonly terms: Terms;
  readonly site: SiteRef;
  readonly hr: Owner;
  /** Who manages the work: the hiring manager once a seat was granted. */
  readonly manager: Owner;
}

export function frameOf(state: CandidacyState, terms: Terms, site: SiteRef): Frame {
  const manager = state.hiringManager ?? holder('hiring_manager', site);
  return { state, terms, site, hr: holder('hr', site), manager };
}

export interface Debt {
  readonly code: string;
  /** Makes the id unique over the life of the case: what, which version, since when. */
  readonly key: string | number;
  readonly owner: Owner;
  readonly since: Instant;
  readonly due: Instant;
}

/** An obligation about a candidate: selection data (C2), whatever the stage. */
export function owing(frame: Frame, debt: Debt, more: Partial<Owing> = {}): Owing {
  const { code, key, owner, since, due } = debt;
  return { id: `${code}:${key}`, code, owner, site: frame.site, since, due, visibility: 'C2', ...more };
}

/**
 * True when the policy a case runs under has a value: one pinned to a policy from before the value keeps the way
 * things went then.
 */
export function has(terms: Terms, code: string, name: string): boolean {
  return Object.hasOwn(terms.policy.values, code) && Object.hasOwn(terms.policy.values[code] ?? {}, name);
}

/** The key of something the hiring manager owes, told apart from the same when another one owed it. */
export function managersKey({ state }: Frame, key: string): string {
  return state.handed === undefined ? key : `${key}:by${state.handed}`;
}

/** The key of something owed, told apart from the same before the candidate came back (X2). */
export function again({ state }: Frame, key: string | number): string | number {
  return state.contact.returns === 0 ? key : `${key}:${state.contact.returns}`;
}

import type { CandidacyCommand } from '../../contracts/candidacy.ts';
import type { Ask, Context, Warned } from '../kernel/decider.ts';
import type { FactRef } from '../kernel/facts.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { CandidacyEvent } from './events.ts';
import type { CandidacyState } from './state.ts';
import type { Stage } from './words.ts';

export type Decision = readonly (CandidacyEvent | Warned)[] | Refusal;
export type Of<T extends CandidacyCommand['type']> = Ask<Extract<CandidacyCommand, { type: T }>>;

/** Whose application to which opening: what a candidacy that is open publishes about itself. */
export function applyingOf(opening: string, person: string): string {
  return `${opening}/${person}`;
}

/** X25: what says that somebody who acts here applied to the same opening themselves, as long as that is open. */
export function rivalRefs(
  { opening, person }: CandidacyState,
  ask: Ask<CandidacyCommand>,
): readonly FactRef[] {
  const who = [ask.actor, ...(ask.onBehalfOf === undefined ? [] : [ask.onBehalfOf])];
  return who
    .filter((one) => one !== person)
    .map((one) => ({ kind: 'applying', subject: applyingOf(opening, one) }));
}

/** R3.4: one person is one applicant; a second candidacy for the same opening while the first is open is none. */
export function appliedAlready(rule: string, opening: string, person: string, ctx: Context): Refusal | null {
  const other = ctx.facts.get('applying', applyingOf(opening, person))?.value ?? ctx.case;
  return other === ctx.case ? null : blocked(rule, { code: 'already_applied', about: other });
}

/** @returns a refusal that names the stage the case is in, unless it is one of those expected. */
export function outside(state: CandidacyState, rule: string, ...expected: readonly Stage[]): Refusal | null {
  if (expected.includes(state.stage)) return null;
  return notNow(rule, { code: 'stage', about: state.outcome?.what ?? state.stage });
}

/**
 * What the guard found in a text stops the command when it holds a code that this rule blocks; the text itself never
 * comes here.
 * @param findings codes, as the façade hands them over; left out: it found nothing
 */
export function stopped(
  rule: string,
  codes: readonly string[],
  findings: readonly string[] = [],
): Refusal | null {
  const found = findings.filter((one) => codes.includes(one) || one.startsWith('Q_'));
  return found.length === 0 ? null : blocked(rule, ...found.map((about) => ({ code: 'guard', about })));
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { policySchema, profileSchema } from '../../src/contracts/policy.ts';
import { newDataKey } from '../../src/directory/keys.ts';
import { vaultSeal } from '../../src/directory/vault.ts';
import { dateOf, instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Instant } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { hashOf } from '../../src/ledger/documents.ts';
import type { World } from '../../src/sandbox/world.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import { castOf } from '../../src/sandbox/cast.ts';
import { calendarOf, readScenario } from '../../src/sandbox/set-up.ts';

/** The worked example as the tests on it see it: its scenario, its cast and the terms it is played under. */

const load = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/${path}`, import.meta.url), 'utf8'));

export const scenario = readScenario(new URL('../../scenarios/northside.json', import.meta.url));
export const cast = castOf(scenario);
export const calendar = calendarOf(scenario);
/** A local moment of the site, `2025-01-06 10:00`. */
export const at = (moment: string): Instant => instantOf(calendar, moment.slice(0, 10), moment.slice(11));
export const start = at(scenario.start);
export const policy = policySchema.parse(load(`${scenario.policy}.json`));

/** The terms that a play puts in force. */
export function northsideTerms(): Terms {
  const profile = profileSchema.parse(load(`profiles/${scenario.profile}.json`));
  const comparator = {
    ...{ v: 1 as const, site: cast.site, source: scenario.comparatorSource },
    ...{ recorded: dateOf(calendar, start), values: scenario.comparator },
  };
  const ref = {
    ...{ policy: hashOf(policy), profile: hashOf(profile) },
    ...{ calendar: hashOf(calendar), comparator: hashOf(comparator) },
  };
  return { ref, policy: inJurisdiction(policy, profile), calendar, profile, comparator };
}

/** Every free text of the scenario: none may be seen anywhere in clear. */
export function freeTexts(): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { text, about } = value as { text?: unknown; about?: unknown };
    if (typeof text === 'string' && typeof about === 'string') found.push(text);
    else for (const inner of Object.values(value)) walk(inner);
  };
  walk(scenario.acts);
  return [...new Set(found)];
}

/** One row of a play as its digest sees it. */
export interface PlayRow {
  readonly case: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: number;
  readonly actor: string;
  readonly body: string;
}

/** The rows a play on the servers must have, in order of case and sequence, from a rehearsal in memory. */
export function rowsToExpect(world: World): readonly PlayRow[] {
  const vault = { org: cast.org, key: newDataKey('vault', scenario.seed) };
  const rows = world.rows.map(({ case: caseId, stamp, kind, body, visibility, outcomes, facts }): PlayRow => {
    const { sequence, at: instant, actor, capacity, decisionId } = stamp;
    const row = { case: caseId, sequence, kind, at: instant, actor, body: JSON.stringify(body) };
    if (visibility !== 'C3') return row;
    const ref = `vlt_${opaque(`${caseId}|${sequence}`)}`;
    const inside: VaultBody = { kind, body, capacity, decisionId, facts, supersedes: '', texts: [] };
    const { digest } = vaultSeal(vault, { ref, body: JSON.stringify(inside) });
    return { ...row, kind: 'sealed', body: JSON.stringify({ ref, digest, outcomes: outcomes ?? [] }) };
  });
  return rows.toSorted((a, b) => (a.case === b.case ? a.sequence - b.sequence : a.case < b.case ? -1 : 1));
}

/** The play digest of rows in that order. */
export function digestOf(rows: readonly PlayRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows)
    hash.update(`${row.case}|${row.sequence}|${row.kind}|${row.at}|${row.actor}|${row.body}\n`);
  return hash.digest('hex');
}

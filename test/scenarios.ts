import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { policySchema, profileSchema } from '../src/contracts/policy.ts';
import type { Scenario } from '../src/contracts/scenario.ts';
import { deriveSalt, saltedDigest } from '../src/directory/crypto.ts';
import { newDataKey } from '../src/directory/keys.ts';
import { textRef } from '../src/directory/texts.ts';
import { vaultSeal } from '../src/directory/vault.ts';
import { dateOf, instantOf } from '../src/domain/kernel/calendar.ts';
import type { Instant, SiteCalendar } from '../src/domain/kernel/calendar.ts';
import { opaque } from '../src/domain/kernel/digest.ts';
import { inJurisdiction } from '../src/domain/kernel/policy.ts';
import type { Policy } from '../src/domain/kernel/policy.ts';
import type { Terms } from '../src/domain/kernel/terms.ts';
import { hashOf } from '../src/ledger/documents.ts';
import type { VaultBody } from '../src/ledger/fold.ts';
import { textRefsIn } from '../src/ledger/step-store.ts';
import { castOf } from '../src/sandbox/cast.ts';
import type { Cast } from '../src/sandbox/cast.ts';
import { readScenario } from '../src/sandbox/read-scenario.ts';
import { calendarOf } from '../src/sandbox/set-up.ts';
import type { World } from '../src/sandbox/world.ts';
import { decisionIdOf, written } from '../src/sandbox/written.ts';

/** The scenarios that come with the product, as their tests see them. A file laid into `scenarios/` is among them. */

const root = new URL('../scenarios/', import.meta.url);
const load = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../policies/${path}`, import.meta.url), 'utf8'));

/** Names of all scenario files. The worked example `northside` has tests of its own besides. */
export const scenarioNames: readonly string[] = readdirSync(root)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .toSorted();

/** A scenario read and cast, with the terms that a play puts in force. */
export interface Staged {
  readonly name: string;
  readonly scenario: Scenario;
  readonly cast: Cast;
  readonly calendar: SiteCalendar;
  readonly policy: Policy;
  readonly terms: Terms;
  readonly start: Instant;
}

export function staged(name: string): Staged {
  return stagedOf(name, readScenario(new URL(`${name}.json`, root)));
}

/** A scenario that is in no file, staged like those that are. */
export function stagedOf(name: string, scenario: Scenario): Staged {
  const cast = castOf(scenario);
  const calendar = calendarOf(scenario);
  const start = instantOf(calendar, scenario.start.slice(0, 10), scenario.start.slice(11));
  const policy = policySchema.parse(load(`${scenario.policy}.json`));
  const profile = profileSchema.parse(load(`profiles/${scenario.profile}.json`));
  const comparator = {
    ...{ v: 1 as const, site: cast.site, source: scenario.comparatorSource },
    ...{ recorded: dateOf(calendar, start), values: scenario.comparator },
  };
  const ref = {
    ...{ policy: hashOf(policy), profile: hashOf(profile) },
    ...{ calendar: hashOf(calendar), comparator: hashOf(comparator) },
  };
  const terms = { ref, policy: inJurisdiction(policy, profile), calendar, profile, comparator };
  return { name, scenario, cast, calendar, policy, terms, start };
}

/** Every free text of a scenario: none may be seen anywhere in clear. */
export function textsOf(scenario: Scenario): readonly string[] {
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

/** Salted digests of all texts, as sealing gives them: keys of people come from the seed. */
function textDigests({ cast, scenario }: Pick<Staged, 'cast' | 'scenario'>): ReadonlyMap<string, string> {
  const typed = scenario.acts.flatMap((act, n) =>
    'do' in act ? written(act, cast, decisionIdOf(scenario, n), null).texts : [],
  );
  return new Map(
    typed.map(({ decisionId, field, subject, text }) => {
      const key = newDataKey(`person/${subject}`, `${scenario.seed}|key|${cast.wordOf(subject)}`);
      const ref = textRef(decisionId, field);
      return [ref, saltedDigest(deriveSalt(key, ref), text)];
    }),
  );
}

/** The rows a play on the servers must have, in order of case and sequence, from a rehearsal in memory. */
export function rowsToExpect(of: Pick<Staged, 'cast' | 'scenario'>, world: World): readonly PlayRow[] {
  const { cast, scenario } = of;
  const digests = textDigests(of);
  const vault = { org: cast.org, key: newDataKey('vault', scenario.seed) };
  const rows = world.rows.map(
    ({ case: caseId, stamp, kind, body, visibility, outcomes, aside, facts }): PlayRow => {
      const { sequence, at: instant, actor, capacity, decisionId } = stamp;
      const row = { case: caseId, sequence, kind, at: instant, actor, body: JSON.stringify(body) };
      if (visibility !== 'C3') return row;
      const ref = `vlt_${opaque(`${caseId}|${sequence}`)}`;
      const texts = textRefsIn(body).map((one) => [one, digests.get(one) ?? ''] as const);
      const inside: VaultBody = { kind, body, capacity, decisionId, facts, supersedes: '', texts };
      const { digest } = vaultSeal(vault, { ref, body: JSON.stringify(inside) });
      const said = { ref, digest, outcomes: outcomes ?? [], ...(aside === undefined ? {} : { aside }) };
      return { ...row, kind: 'sealed', body: JSON.stringify(said) };
    },
  );
  return rows.toSorted((a, b) => (a.case === b.case ? a.sequence - b.sequence : a.case < b.case ? -1 : 1));
}

/** The play digest of rows in that order. */
export function digestOf(rows: readonly PlayRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows)
    hash.update(`${row.case}|${row.sequence}|${row.kind}|${row.at}|${row.actor}|${row.body}\n`);
  return hash.digest('hex');
}

import { readFileSync } from 'node:fs';
import { policySchema, profileSchema } from '../../src/contracts/policy.ts';
import { dateOf, instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Instant } from '../../src/domain/kernel/calendar.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { hashOf } from '../../src/ledger/documents.ts';
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

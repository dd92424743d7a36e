import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { applyTerms, assign, makeOrganization } from '../client/organization.ts';
import type { Office } from '../client/organization.ts';
import { holidayRulesSchema } from '../contracts/calendar.ts';
import { policySchema, profileSchema } from '../contracts/policy.ts';
import { continuationSchema, scenarioSchema } from '../contracts/scenario.ts';
import type { Scenario } from '../contracts/scenario.ts';
import { makeCalendar } from '../directory/make-calendar.ts';
import { addPerson } from '../directory/people.ts';
import { dateOf, instantOf } from '../domain/kernel/calendar.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import type { Cast } from './cast.ts';

const SANDBOX_QUIET_MS = 2_000;

/** A scenario file that does not fit its form; names the places, not what stands there. */
export class ScenarioMalformed extends Error {
  readonly code = 'scenario_malformed';
  constructor(places: readonly string[]) {
    super(`scenario_malformed: ${places.slice(0, 8).join('; ')}`);
    this.name = 'ScenarioMalformed';
  }
}

/** Reads a scenario; one that continues another is joined to it. @throws ScenarioMalformed */
export function readScenario(file: string | URL): Scenario {
  const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof raw !== 'object' || raw === null || !('continues' in raw))
    return checked(scenarioSchema.safeParse(raw));
  const { continues, ...more } = checked(continuationSchema.safeParse(raw));
  const url = file instanceof URL ? file : pathToFileURL(file);
  const before = readScenario(new URL(`${continues}.json`, url));
  return {
    ...before,
    ...{ title: more.title, until: more.until },
    people: { ...before.people, ...more.people },
    cases: { ...before.cases, ...more.cases },
    acts: [...before.acts, ...more.acts],
    expect: [...before.expect, ...more.expect],
  };
}

function checked<T>(parsed: z.ZodSafeParseResult<T>): T {
  if (parsed.success) return parsed.data;
  throw new ScenarioMalformed(
    parsed.error.issues.map((one) => `${one.path.map(String).join('.')}: ${one.message}`),
  );
}

const policies = new URL('../../policies/', import.meta.url);
const load = (path: string): unknown => JSON.parse(readFileSync(new URL(path, policies), 'utf8'));

/** @returns the calendar of a scenario's site. */
export function calendarOf(scenario: Scenario): SiteCalendar {
  const { word, zone, opens, closes, workdays, firstYear, lastYear, holidays } = scenario.site;
  const rules = holidayRulesSchema.parse(load(`holidays/${holidays}.json`));
  return makeCalendar({ id: word, zone, opens, closes, workdays, firstYear, lastYear, holidays: rules });
}

/** Makes the sandbox organization of a scenario: terms, people and what they are. Doing it again changes nothing. */
export async function setUp(
  office: Office,
  scenario: Scenario,
  cast: Cast,
  calendar: SiteCalendar,
): Promise<void> {
  const clock = instantOf(calendar, scenario.start.slice(0, 10), scenario.start.slice(11));
  const { org, pool, keys } = office;
  await makeOrganization(office, { org, sandbox: { clock, seed: scenario.seed }, quietMs: SANDBOX_QUIET_MS });
  const comparator = {
    ...{ v: 1 as const, site: cast.site, source: scenario.comparatorSource },
    ...{ recorded: dateOf(calendar, clock), values: scenario.comparator },
  };
  await applyTerms(
    office,
    {
      ...{ site: cast.site, name: scenario.site.name, calendar, comparator },
      policy: policySchema.parse(load(`${scenario.policy}.json`)),
      profile: profileSchema.parse(load(`profiles/${scenario.profile}.json`)),
    },
    { decisionId: 'setup-terms', actor: 'installation' },
  );
  const assignments = [];
  for (const [word, one] of Object.entries(scenario.people)) {
    const ref = cast.person(word);
    const keySeed = `${scenario.seed}|key|${word}`;
    // `.invalid` never resolves: a sandbox mails to this machine only, and could not reach anybody by mistake.
    await addPerson(pool, keys, { org, ref, name: one.name, email: `${word}@people.invalid`, keySeed });
    assignments.push(...one.capacities.map((capacity) => ({ person: ref, capacity, scope: cast.site })));
  }
  await assign(office, assignments, { decisionId: 'setup-people', actor: 'installation' });
}

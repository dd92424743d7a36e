import { readFileSync, readdirSync } from 'node:fs';
import { applyTerms, assign, makeOrganization } from '../client/organization.ts';
import type { Office } from '../client/organization.ts';
import { holidayRulesSchema } from '../contracts/calendar.ts';
import { policySchema, profileSchema } from '../contracts/policy.ts';
import type { Scenario } from '../contracts/scenario.ts';
import { makeCalendar } from '../directory/make-calendar.ts';
import { addPerson } from '../directory/people.ts';
import { dateOf, instantOf } from '../domain/kernel/calendar.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import type { Cast } from './cast.ts';
import { ScenarioMalformed } from './read-scenario.ts';

const SANDBOX_QUIET_MS = 2_000;

const policies = new URL('../../policies/', import.meta.url);

/** A document that comes with the product. @throws ScenarioMalformed for a name that none has */
function load(field: string, folder: string, name: string): unknown {
  const known = readdirSync(new URL(folder, policies)).filter((file) => file.endsWith('.json'));
  if (!known.includes(`${name}.json`)) {
    const names = known.map((file) => file.replace(/\.json$/, '')).toSorted();
    throw new ScenarioMalformed([`${field} takes ${names.join(', ')}`]);
  }
  return JSON.parse(readFileSync(new URL(`${folder}${name}.json`, policies), 'utf8'));
}

const policyOf = ({ policy }: Scenario) => policySchema.parse(load('policy', './', policy));
const profileOf = ({ profile }: Scenario) => profileSchema.parse(load('profile', 'profiles/', profile));

/** Before any server is started: what a scenario is set up with is there. @throws ScenarioMalformed */
export function mustBeThere(scenario: Scenario): void {
  policyOf(scenario);
  profileOf(scenario);
}

/** @returns the calendar of a scenario's site. @throws ScenarioMalformed, CalendarRequestInvalid */
export function calendarOf(scenario: Scenario): SiteCalendar {
  const { word, zone, opens, closes, workdays, firstYear, lastYear, holidays } = scenario.site;
  const rules = holidayRulesSchema.parse(load('site.holidays', 'holidays/', holidays));
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
      policy: policyOf(scenario),
      profile: profileOf(scenario),
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

import { readFileSync } from 'node:fs';
import { policySchema, profileSchema } from '../../src/contracts/policy.ts';
import { dateOf, instantOf } from '../../src/domain/kernel/calendar.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { hashOf } from '../../src/ledger/documents.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import { castOf } from '../../src/sandbox/cast.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { calendarOf, readScenario } from '../../src/sandbox/set-up.ts';
import { ledgerOf, papersOf, withHouse } from './ledger-play.ts';
import type { Ledger } from './ledger-play.ts';

const load = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/${path}`, import.meta.url), 'utf8'));

/** The worked example rehearsed in memory and written as a ledger. @param opened takes what would lie in the vault */
export function example(opened: Map<string, VaultBody>): { ledger: Ledger; terms: Terms } {
  const scenario = readScenario(new URL('../../scenarios/northside.json', import.meta.url));
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
    ...{ policy: hashOf(policy), calendar: hashOf(calendar) },
    ...{ profile: hashOf(profile), comparator: hashOf(comparator) },
  };
  const terms: Terms = { ref, policy: inJurisdiction(policy, profile), calendar, profile, comparator };
  const { world } = rehearse(scenario, cast, terms);
  const house = withHouse(world, cast.site, terms, start);
  return { ledger: ledgerOf(house, papersOf(terms, policy), opened), terms };
}

import type { Scenario } from '../../src/contracts/scenario.ts';
import type { Present } from '../../src/client/present.ts';
import type { World } from '../../src/sandbox/world.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { scenario } from './northside-house.ts';

/** The worked example up to a moment, with nothing done after it. @param until `2025-01-06 10:00` */
export const upTo = (moment: string, until = moment): Scenario => ({
  ...scenario,
  acts: scenario.acts.filter((act) => act.at <= moment),
  until,
  expect: [],
});

/** What an organization in memory holds, as a forecast would read it from the ledger. */
export function presentOf(world: World, terms: Terms): Present {
  const places = [...world.cases];
  const final = new Set(places.filter(([, place]) => place.final).map(([id]) => id));
  return {
    ...{ org: world.org, now: world.now, final, others: final, notices: [], started: [] },
    cases: places.filter(([, place]) => !place.final).map(([id, place]) => ({ id, held: place.held })),
    facts: places.flatMap(([, place]) => place.facts),
    assignments: [...world.assignments],
    delegations: [...world.delegations],
    termsOf: () => terms,
    termsAt: () => terms,
  };
}

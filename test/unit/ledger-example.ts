import type { Terms } from '../../src/domain/kernel/terms.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { staged } from '../scenarios.ts';
import { ledgerOf, papersOf, withHouse } from './ledger-play.ts';
import type { Ledger } from './ledger-play.ts';

/** The worked example rehearsed in memory and written as a ledger. @param opened takes what would lie in the vault */
export function example(opened: Map<string, VaultBody>): { ledger: Ledger; terms: Terms } {
  const { scenario, cast, policy, terms, start } = staged('northside');
  const { world } = rehearse(scenario, cast, terms);
  const house = withHouse(world, cast.site, terms, start);
  return { ledger: ledgerOf(house, papersOf(terms, policy), opened), terms };
}

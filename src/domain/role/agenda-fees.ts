import type { Obligation } from '../kernel/agenda.ts';
import type { Instant } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { dueIn, listed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import { feeOf, fromOutside } from './fees.ts';
import type { RoleState } from './state.ts';

/** D1.1: to offer a fee to whoever is asked from outside, and to pay it once they have given their word. */
export function feesOwed(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { fees = [] } = state;
  const within = numIf(terms.policy, 'D4.2', 'fee_within_bd');
  // A policy from before says nothing of it: nobody is asked for what was not agreed then.
  if (within === null) return [];
  const owner = holder('hr', site);
  const owed = (what: string, person: string, since: Instant): Obligation => {
    const id = `FEE:${what}:${person}:${since}`;
    const due = dueIn(terms.calendar, since, within);
    return listed({ id, code: 'FEE', owner, site, since, due, next: 'D1.1' }, terms);
  };
  const offers = fromOutside(state)
    .filter(({ person }) => feeOf(state, person) === undefined)
    .map(({ person, since }) => owed('offer', person, since ?? state.opened));
  const pays = fees.filter(({ st }) => st === 'due').map(({ person, at }) => owed('pay', person, at));
  return [...offers, ...pays];
}

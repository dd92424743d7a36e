import { numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { Heard, Office } from '../offices.ts';
import { behindIt } from '../signed.ts';
import type { Signed } from '../signed.ts';
import type { ReviewState } from './state.ts';

/** What stands against the employee and waits for its second person, as it was proposed last. */
export interface Adverse {
  readonly about: 'probation' | 'plan';
  readonly proposal: Signed & Pick<Heard, 'asked'>;
}

/** R8.7: the first half of the words, as far as it was heard. */
export const heardIn = ({ spoke }: ReviewState, { proposal }: Adverse): Heard => ({
  ...(proposal.asked === undefined ? {} : { asked: proposal.asked }),
  heard: Object.keys(spoke?.offices ?? {}) as readonly Office[],
});

/** R8.7: who proposed what is open or gave the other half of the words: this half is somebody else's. */
export function spokeBeside(state: ReviewState, other: 'first' | 'second'): readonly PersonRef[] {
  const open = adverseOpen(state);
  return open === null ? [] : behindIt({ ...open.proposal, givers: state.spoke?.[other] ?? [] });
}

/** R8.7, X19: a policy that asks every office a matter can lie with. */
export const asksEveryOffice = (terms: Terms): boolean =>
  (numIf(terms.policy, 'R8.7', 'every_office') ?? 0) > 0;

/** R8.7: a policy that says by when a second office gives its word asks for it; one from before does not. */
export const asksSecondWord = (terms: Terms): boolean =>
  numIf(terms.policy, 'R8.7', 'second_word_bd') !== null;

/** @returns a probation that is not to be passed (D8.3), a plan that was not met (X17), or null; never both */
export function adverseOpen({ proposal, decided, plan }: ReviewState): Adverse | null {
  if (decided === null && proposal?.outcome === 'not_passed') return { about: 'probation', proposal };
  if (plan?.proposal === undefined || plan.outcome !== null) return null;
  return { about: 'plan', proposal: plan.proposal };
}

import type { Obligation } from '../kernel/agenda.ts';
import type { Terms } from '../kernel/terms.ts';
import { descriptionOwed } from './agenda-description.ts';
import { blocks, define, meetings, positionsOwed, sickLeaveReview } from './agenda-elements.ts';
import { adoption, changes, parity, reaffirmation } from './agenda-version.ts';
import { feesOwed } from './agenda-fees.ts';
import type { RoleState } from './state.ts';

/** All that is owed in stages 1 and 2. */
export function agenda(state: RoleState, terms: Terms): readonly Obligation[] {
  if (state.site === null || state.retired) return [];
  const { site } = state;
  return [
    ...define(state, terms, site),
    ...meetings(state, terms, site),
    ...positionsOwed(state, terms, site),
    ...blocks(state, terms, site),
    ...feesOwed(state, terms, site),
    ...sickLeaveReview(state, terms, site),
    ...adoption(state, terms, site),
    ...changes(state, terms, site),
    ...descriptionOwed(state, terms, site),
    ...parity(state, terms, site),
    ...reaffirmation(state, terms, site),
  ];
}

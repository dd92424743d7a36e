import type { Instant } from '../kernel/calendar.ts';
import type { CandidacyState } from './state.ts';
import type { Ending } from './words.ts';

/** The candidacy ends here. @param told false while HR still owes the candidate the outcome */
export function ended(state: CandidacyState, what: Ending, at: Instant, told = false): CandidacyState {
  return { ...state, stage: 'ended', since: at, outcome: { what, at, told } };
}

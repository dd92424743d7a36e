import type { Instant } from '../kernel/calendar.ts';
import { outcomeCode, withWord } from './state.ts';
import type { CandidacyState } from './state.ts';
import type { Ending } from './words.ts';

/**
 * The candidacy ends here: a word that has not gone out yet would be about what is over.
 * @param told false while HR still owes the candidate the outcome
 */
export function ended(state: CandidacyState, what: Ending, at: Instant, told = false): CandidacyState {
  return { ...state, stage: 'ended', since: at, outcome: { what, at, told }, words: [] };
}

/** HR has told the candidate: the debt is paid, and a word goes to them; to one who left, nothing more does (X1). */
export function told(state: CandidacyState, at: Instant): CandidacyState {
  const { outcome } = state;
  if (outcome === null || outcome.told) return state;
  const paid = { ...state, outcome: { ...outcome, told: true } };
  const code = outcomeCode(outcome.what);
  return code === 'X1' ? paid : withWord(paid, code, at);
}

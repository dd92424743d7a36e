import type { Gate } from '../kernel/decider.ts';
import type { Missing } from '../kernel/refusal.ts';
import { adverseOpen, asksSecondWord } from './adverse.ts';
import type { ReviewState } from './state.ts';

function missingReview(state: ReviewState): readonly Missing[] {
  const missing: Missing[] = [];
  if (state.draft === null) missing.push({ code: 'D8.2' }, { code: 'D8.4' });
  if (state.standard === null) missing.push({ code: 'D8.7' });
  return missing;
}

function missingForAdverse(state: ReviewState): readonly Missing[] {
  const missing: Missing[] = [];
  // Nobody first hears of a problem in the decision about it.
  if (state.talk === null) missing.push({ code: 'P8.4' });
  if (state.word !== 'nothing_stands_against') missing.push({ code: 'officer_word' });
  return missing;
}

/** D8.3: a review with the standard check and a proposal; `not_passed` also needs what R8.7 asks of adverse decisions. */
const d83: Gate<ReviewState> = {
  code: 'D8.3',
  reads: () => [],
  missing: (state) => [
    ...missingReview(state),
    ...(state.proposal === null ? [{ code: 'D8.3', about: 'proposal' }] : []),
    ...(state.proposal?.outcome === 'not_passed' ? missingForAdverse(state) : []),
  ],
};

/** G8: the review is written and checked against the standard, the talk held, and for a probation D8.3 recorded. */
const g8: Gate<ReviewState> = {
  code: 'G8',
  reads: () => [],
  missing: (state) => [
    ...missingReview(state),
    ...(state.talk === null ? [{ code: 'P8.4' }] : []),
    ...(state.subject?.cycle === 'probation_end' && state.decided === null ? [{ code: 'D8.3' }] : []),
  ],
};

/**
 * R8.7: whatever stands against somebody waits for the words of two offices, in everybody's case alike (X19). A policy
 * without the second leaves a probation to D8.3.
 */
const r87: Gate<ReviewState> = {
  code: 'R8.7',
  visibility: 'C2',
  reads: () => [],
  missing(state, { terms }) {
    const open = adverseOpen(state);
    if (open === null || !asksSecondWord(terms)) return [];
    const lacks = (word: ReviewState['word']) => word !== 'nothing_stands_against';
    return [
      ...(open.about === 'plan' && lacks(state.word) ? [{ code: 'officer_word' }] : []),
      ...(lacks(state.second) ? [{ code: 'second_officer_word' }] : []),
    ];
  },
};

export const gates = { 'D8.3': d83, G8: g8, 'R8.7': r87 };

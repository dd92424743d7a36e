import { isOut } from './state-offer.ts';
import type { CandidacyState } from './state.ts';

/** How far somebody's application is, in words they may know: nothing of it is ahead of what HR has told them. */
export const ownStages = [
  'reading',
  'meeting',
  'deciding',
  'letter',
  'preparing',
  'begun',
  'withdrawn',
  'over',
] as const;
export type OwnStage = (typeof ownStages)[number];

const theirDoing: readonly string[] = ['withdrawn', 'declined'];

/**
 * Where a candidate stands, for their own page. P3.5, P4.5: an outcome shows once they were told it, and not before: a page
 * is no way to hear of it. Being kept in reserve, or having been chosen before a letter is out, looks like waiting.
 */
export function ownStage({ stage, outcome, offer }: CandidacyState): OwnStage {
  switch (stage) {
    case 'screening':
      return 'reading';
    case 'pool':
    case 'interview':
      return 'meeting';
    case 'rating':
    case 'reserve':
      return 'deciding';
    case 'offer':
      return isOut(offer) ? 'letter' : 'deciding';
    case 'preboarding':
      return 'preparing';
    case 'hired':
      return 'begun';
    case 'ended':
      if (outcome !== null && theirDoing.includes(outcome.what)) return 'withdrawn';
      return outcome?.told === false ? 'deciding' : 'over';
    default: {
      const never: never = stage;
      return never;
    }
  }
}

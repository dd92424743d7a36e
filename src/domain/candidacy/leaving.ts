import type { CivilDate } from '../kernel/calendar.ts';
import type { Stamp } from '../kernel/decider.ts';
import type { CandidacyState } from './state.ts';

/** @returns true from the offer on: what ends the candidacy then takes something from the candidate (D5.1, R5.7). */
export function holdsOffer({ stage }: CandidacyState): boolean {
  return stage === 'offer' || stage === 'preboarding' || stage === 'hired';
}

/** @returns true while a hire that is recorded has not begun: up to day one the candidate may withdraw (X1). */
export function beforeDayOne({ stage, pre }: CandidacyState, today: CivilDate): boolean {
  return stage === 'hired' && pre.start !== null && today < pre.start.on;
}

/**
 * X1 and X2: whoever does something here has been heard from. A question to them is answered by that, and what HR entered
 * about their leaving counts no more; that also falls away with the offer it was about.
 * @param stamp of the event just folded
 */
export function heardFrom(state: CandidacyState, stamp: Stamp): CandidacyState {
  const { contact, leaving, ...rest } = state;
  const theirs = (stamp.onBehalfOf ?? stamp.actor) === state.person;
  const stays = leaving !== undefined && !theirs && holdsOffer(state);
  const asked = theirs ? null : contact.question;
  if (asked === contact.question && stays === (leaving !== undefined)) return state;
  const kept = { ...rest, contact: { ...contact, question: asked } };
  return stays ? { ...kept, leaving } : kept;
}

import { letterDay } from '../documents/letters-words.ts';
import type { ReadinessState } from '../domain/readiness/state.ts';
import { LetterRefused } from './letters-kinds.ts';
import type { LetterFacts, LetterPlace } from './letters-kinds.ts';

/** P0.3: to the whole team. The letter is about the role; whose first day it is stands nowhere in it. */
export function factsOfOrientation({ one, today }: LetterPlace): LetterFacts {
  const state = one.held?.own as ReadinessState;
  if (state.accepted === null) throw new LetterRefused('letter_not_now');
  const [next] = state.dayOnes
    .map(({ on }) => on)
    .filter((on) => on >= today)
    .toSorted();
  return {
    ...{ template: 'letter-orientation-invitation', person: null, sections: [] },
    fixed: { recipient_name: 'colleagues', ...(next === undefined ? {} : { start_date: letterDay(next) }) },
    usual: {},
  };
}

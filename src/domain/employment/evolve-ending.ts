import type { Recorded, Stamp } from '../kernel/decider.ts';
import type { PersonRef } from '../kernel/words.ts';
import { hears } from '../offices.ts';
import type { Heard, Office } from '../offices.ts';
import type { EndingBodies, EventOf } from './events.ts';
import type { Folds } from './folding.ts';
import { withRest } from '../resting.ts';
import { spoken } from '../signed.ts';
import { version } from '../versions.ts';
import { initialEmployment } from './state.ts';
import type { Ending, Live } from './state.ts';

function ending(state: Live, change: Partial<Ending>): Live {
  return { ...state, ending: { ...state.ending, ...change } };
}

/** Where the ending is one that asks for more (X20), a reason of the employee’s own is kept for the day the seat is opened. */
function drifted(reasons: readonly string[], asks: boolean): Pick<Ending, 'drift'> {
  return asks && reasons.includes('role_drift') ? { drift: true } : {};
}

/** D9.5: what a last day passed over opens after all once that day is taken back, or is another. */
function staying({ reviews: { staying: before, ...reviews }, ...state }: Live): Live {
  return { ...state, reviews: { ...reviews, ...before } };
}

function leaving(state: Live, event: Recorded<EventOf<'separation_set' | 'separation_confirmed'>>): Live {
  const { how, lastDay, handover, notices } = event.body;
  const matter = event.kind === 'separation_confirmed' ? event.body.matter : undefined;
  return ending(staying(state), {
    ...{ how, lastDay, since: event.stamp.at, proposal: null },
    ...(handover === undefined ? {} : { handover: 'asked' }),
    ...(notices === undefined ? {} : { notices }),
    ...(matter === undefined ? {} : { matter }),
    ...drifted(event.body.reasons, handover !== undefined),
  });
}

/** R7.7: which months were open, and which let go with one view: who may read these is the same for ever. */
function monthsOnly({ month, alone }: Live['pulse']): Live['pulse'] {
  return { ...initialEmployment.pulse, month, ...(alone === undefined ? {} : { alone }) };
}

/** R9.5, the first half: cleared once each office that was asked has spoken. */
function cleared<T extends Heard & { readonly cleared: boolean; readonly givers?: readonly PersonRef[] }>(
  word: T,
  offices: readonly Office[] | undefined,
  stamp: Stamp,
): T {
  const { done, ...heard } = hears(word, offices);
  return { ...spoken(word, stamp), ...heard, cleared: done };
}

export const endingFolds: Folds<keyof EndingBodies> = {
  separation_set: leaving,
  separation_confirmed: leaving,
  separation_proposed: (state, { body, stamp }) =>
    ending(state, {
      proposal: { ...body, at: stamp.at, cleared: false, ...version(stamp, state.ending.proposal) },
    }),
  clearance_given: (state, { body, stamp }) => {
    const { proposal, rehireWord } = state.ending;
    if (body.about === 'rehire')
      return rehireWord === null
        ? state
        : ending(state, { rehireWord: cleared(rehireWord, body.offices, stamp) });
    return proposal === null ? state : ending(state, { proposal: cleared(proposal, body.offices, stamp) });
  },
  separation_withdrawn: (state, { body, stamp }) => {
    if (body.what === 'died')
      return { ...ending(state, { died: null }), ...withRest(state.rested, body.since, stamp.at) };
    if (body.what === 'proposal') return ending(state, { proposal: null });
    return { ...staying(state), ending: initialEmployment.ending };
  },
  death_recorded: (state, { body, stamp }) =>
    ending(state, { died: { ...body, at: stamp.at, closed: false } }),
  death_closed: (state) => {
    const { died } = state.ending;
    return ending(state, { died: died === null ? null : { ...died, closed: true } });
  },
  /** What belonged to the days at work is over with them; the ledger keeps it. */
  employment_ended: (state, { stamp }) => ({
    ...initialEmployment,
    job: state.job,
    ...(state.matters === undefined ? {} : { matters: state.matters }),
    reviews: state.reviews,
    leave: state.leave,
    pulse: monthsOnly(state.pulse),
    ...(state.managed === undefined ? {} : { managed: state.managed }),
    ...(state.rested === undefined ? {} : { rested: state.rested }),
    ending: {
      ...state.ending,
      ended: stamp.at,
    },
  }),
  access_ended: (state) => ending(state, { access: true }),
  exit_interview_held: (state, { body }) =>
    ending(state, { exit: true, ...drifted(body.reasons, state.ending.handover !== undefined) }),
  rehire_proposed: (state, { body, stamp }) =>
    ending(state, {
      rehire: 'proposed',
      rehireWord: { ...body, at: stamp.at, cleared: false, ...version(stamp, state.ending.rehireWord) },
    }),
  rehire_decided: (state, { body }) =>
    ending(state, { rehire: 'decided', rehireWord: null, again: body.outcome }),
  opening_proposed: (state, { body, stamp }) =>
    ending(state, {
      opening: 'proposed',
      openingWord: { ...body, ...version(stamp, state.ending.openingWord) },
    }),
  opening_decided: (state, { body }) =>
    ending(state, {
      ...{ opening: 'decided', openingWord: null },
      ...(body.outcome === 'close' ? { closes: true } : {}),
    }),
};

import type { Recorded } from '../kernel/decider.ts';
import { hears } from '../offices.ts';
import { spoken } from '../signed.ts';
import type { EventOf } from './events.ts';
import type { ChangeBodies } from './events-change.ts';
import type { Folds } from './folding.ts';
import type { Change, Conduct, Promoted } from './state-change.ts';
import type { Ending, Live } from './state.ts';

function change(state: Live, part: Partial<Change>): Live {
  return { ...state, change: { ...state.change, ...part } };
}

/** The slice without fields that are over: a state keeps nothing for what is done. */
function dropped(state: Live, ...fields: readonly (keyof Change)[]): Live {
  const left = Object.entries(state.change ?? {}).filter(([key]) => !fields.includes(key as keyof Change));
  return { ...state, change: Object.fromEntries(left) };
}

function ending(state: Live, part: Partial<Ending>): Live {
  return { ...state, ending: { ...state.ending, ...part } };
}

function conduct(state: Live, part: Partial<Conduct>): Live {
  const now = state.change?.conduct;
  return now === undefined ? state : change(state, { conduct: { ...now, ...part } });
}

function lead(state: Live, part: Partial<Promoted>): Live {
  const now = state.change?.lead;
  return now === undefined ? state : change(state, { lead: { ...now, ...part } });
}

/** R9.5: where the word belongs to; the office is marked, whoever gave it stands in the row. */
function worded(state: Live, { body, stamp }: Recorded<EventOf<'officer_word_given'>>): Live {
  const { about, office } = body;
  const { proposal, rehireWord } = state.ending;
  if (about === 'separation')
    return proposal === null
      ? state
      : ending(state, { proposal: { ...spoken(proposal, stamp), second: true } });
  if (about === 'rehire')
    return rehireWord === null
      ? state
      : ending(state, { rehireWord: { ...spoken(rehireWord, stamp), second: true } });
  const open = state.change?.conduct?.proposal ?? null;
  if (open === null) return state;
  if (office !== 'officer')
    return conduct(state, { proposal: { ...spoken(open, stamp), secondOfficer: true } });
  const { done: officer, ...heard } = hears(open, body.offices);
  return conduct(state, { proposal: { ...spoken(open, stamp), ...heard, officer } });
}

export const changeFolds: Folds<keyof ChangeBodies> = {
  specialty_recorded: (state, { body, stamp }) => {
    const { specialty, outcome, until } = body;
    const { [specialty]: _before, ...others } = state.change?.specialties ?? {};
    if (outcome === 'lapsed') return change(state, { specialties: others });
    const held = { n: stamp.sequence, is: outcome, since: stamp.at, until };
    return change(state, { specialties: { ...others, [specialty]: held } });
  },
  pay_change_proposed: (state, { body, stamp }) =>
    change(state, {
      pay: { last: state.change?.pay?.last ?? null, proposal: { ...body, at: stamp.at } },
    }),
  pay_changed: (state, { body }) => {
    const after = body.reason === 'promotion' ? dropped(state, 'promoted') : state;
    return change(after, { pay: { proposal: null, last: { to: body.to, on: body.on } } });
  },
  pay_change_declined: (state) =>
    change(state, { pay: { proposal: null, last: state.change?.pay?.last ?? null } }),
  conduct_raised: (state, { body, stamp }) =>
    change(state, {
      conduct: { n: stamp.sequence, at: stamp.at, by: body.by, heard: null, proposal: null },
    }),
  conduct_answered: (state, { stamp }) => conduct(state, { heard: stamp.at }),
  conduct_heard: (state, { stamp }) => conduct(state, { heard: stamp.at }),
  measure_proposed: (state, { body, stamp }) =>
    conduct(state, { proposal: { ...body, at: stamp.at, officer: false, secondOfficer: false } }),
  measure_declined: (state) => conduct(state, { proposal: null }),
  measure_settled: (state) => dropped(state, 'conduct'),
  warning_given: (state) => dropped(state, 'conduct'),
  officer_word_given: worded,
  separation_notice_given: (state, { body }) =>
    ending(state, { notices: (state.ending.notices ?? []).filter((one) => one !== body.notice) }),
  handover_recorded: (state) => ending(state, { handover: 'done' }),
  earlier_linked: (state) => change(state, { returned: true }),
  earlier_unlinked: (state) => dropped(state, 'returned'),
  relations_talk_held: (state) => lead(state, { talked: true }),
  role_taken_up: (state, { body }) => ({
    ...dropped(state, 'lead'),
    job: { ...state.job, role: body.role, roleVersion: body.version },
  }),
  promotion_let_go: (state) => dropped(state, 'lead'),
  assignment_change_asked: (state, { stamp }) =>
    change(state, { moving: { n: stamp.sequence, at: stamp.at } }),
  assignment_changed: (state) => dropped(state, 'moving'),
};

import type { Recorded } from '../kernel/decider.ts';
import type { SearchEvent } from './events-aside.ts';
import { wantsMoney } from './pause.ts';
import { fellAway } from './arranging.ts';
import { withoutMentor } from './state.ts';
import type { CandidacyState, Pause, Preboarding } from './state.ts';

/** X28: the search goes on, or rests for something else, so nothing is taken back for the want of money. */
function funded(pre: Preboarding): Preboarding {
  return pre.rescind?.reason === 'RC_FUNDING' ? { ...pre, rescind: null } : pre;
}

/** Folds what the opening says of the search as a whole: X5, X6 and X28. */
export function evolveSearch(state: CandidacyState, event: Recorded<SearchEvent>): CandidacyState {
  const { at } = event.stamp;
  const { pauses } = state;
  switch (event.kind) {
    case 'search_paused': {
      const { until, why } = event.body;
      const open = pauses.find((one) => one.to === null);
      // Said again while it rests: it lasts longer.
      const rests = { from: open?.from ?? at, to: null, until };
      const pause: Pause = why === undefined ? rests : { ...rests, why };
      const pre = wantsMoney(pause) ? state.pre : funded(state.pre);
      return { ...state, pauses: [...pauses.filter((one) => one.to !== null), pause], pre };
    }
    case 'search_resumed':
      return {
        ...state,
        pauses: pauses.map((one) => (one.to === null ? { ...one, to: at } : one)),
        pre: funded(state.pre),
      };
    case 'version_kept':
      return state;
    case 'hiring_manager_changed': {
      const { hiringManager, mentor } = event.body;
      return {
        ...state,
        hiringManager,
        handed: (state.handed ?? 0) + 1,
        // R5.5: whoever leads the hire from now on mentors them no longer.
        pre: mentor === undefined ? state.pre : { ...state.pre, ...withoutMentor(state.pre) },
      };
    }
    case 'interview_again': {
      // X6: the quorum was lost; questions that went out stay sent, the sheets count no more.
      const after = fellAway(state, event.body);
      const interview = after.interview === null ? null : { ...after.interview, sheetsOf: [], held: null };
      return { ...after, stage: 'pool', since: at, interview };
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

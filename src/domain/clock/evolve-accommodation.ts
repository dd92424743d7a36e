import type { Recorded } from '../kernel/decider.ts';
import type { Accommodation, AccommodationEvent, ClockState } from './state.ts';
import { inName } from '../signed.ts';

/** Folds one event of a request; every one of them is a move, so what is owed after it is a new thing. */
export function evolveAccommodation(state: ClockState, event: Recorded<AccommodationEvent>): ClockState {
  const { at } = event.stamp;
  if (event.kind === 'accommodation_requested') {
    const { site, parent, person, known } = event.body;
    const matter: Accommodation = {
      ...{ about: 'accommodation', status: 'requested', asked: at, rounds: 0, acknowledged: false },
      ...{ talked: null, declinedBy: null, arranger: null },
    };
    return { ...state, site, parent, person, matter, since: at, ...(known === true ? { known } : {}) };
  }
  const { matter } = state;
  if (matter?.about !== 'accommodation') return state;
  const next = (change: Partial<Accommodation>, over = false): ClockState => ({
    ...{ ...state, since: at, moves: state.moves + 1, over: state.over || over },
    matter: { ...matter, ...change },
  });
  switch (event.kind) {
    case 'request_acknowledged':
      return next({ acknowledged: true });
    case 'request_talked':
      // Who talked with somebody has answered them.
      return next({ talked: event.body.on, acknowledged: true });
    case 'accommodation_decided': {
      const { outcome, by, arranger = null } = event.body;
      const { name } = inName(event.stamp);
      const declined = outcome === 'declined_with_review';
      const whose = declined && name !== undefined ? { declinedFor: name } : {};
      const declinedBy = declined ? by : null;
      return next({ status: outcome, declinedBy, ...whose, arranger, acknowledged: true });
    }
    case 'decline_reviewed':
      return event.body.outcome === 'overturned'
        ? next({ status: 'requested', asked: at, rounds: matter.rounds + 1 })
        : next({}, true);
    case 'arrangement_made':
    case 'request_closed':
      return next({}, true);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

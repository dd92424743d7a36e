import type { Recorded } from '../kernel/decider.ts';
import { kindOf } from '../kernel/words.ts';
import type { Hold, HoldEvent } from './state-hold.ts';
import type { ClockState } from './state.ts';
import { inName } from '../signed.ts';

/** X29: who or what is held stands in the matter; a hold is a clock of no case and of no person concerned. */
function begun(state: ClockState, event: Recorded<Extract<HoldEvent, { kind: 'hold_on' }>>): ClockState {
  const { site, subject, reason, on, review, by, owner, asks } = event.body;
  const { at } = event.stamp;
  const matter: Hold = {
    ...{ about: 'hold', subject, reason, on, by, owner, asks, setAt: at, confirmed: false },
    ...inName(event.stamp),
    ...{ review, reviewed: at, reviews: 0, proposals: 0, proposal: null },
  };
  const parent = kindOf(subject) === null ? '' : subject;
  return { ...state, site, parent, person: '', matter, since: at };
}

/** Folds one event of a hold. */
export function evolveHold(state: ClockState, event: Recorded<HoldEvent>): ClockState {
  if (event.kind === 'hold_on') return begun(state, event);
  const { matter } = state;
  if (matter?.about !== 'hold') return state;
  const { at } = event.stamp;
  const next = (change: Partial<Hold>, over = false): ClockState => ({
    ...{ ...state, since: at, moves: state.moves + 1, over: state.over || over },
    matter: { ...matter, ...change },
  });
  switch (event.kind) {
    case 'hold_confirmed':
      return next({ confirmed: true });
    case 'hold_reviewed':
      return next({ review: event.body.review, reviewed: at, reviews: matter.reviews + 1 });
    case 'hold_off_proposed':
      return next({
        proposal: { ...event.body, ...inName(event.stamp), at },
        proposals: matter.proposals + 1,
      });
    case 'hold_kept':
      return next({ proposal: null });
    case 'hold_off':
      return next({ proposal: null }, true);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

import type { Recorded } from '../kernel/decider.ts';
import type { OfferEvent } from './events.ts';
import { ended, told } from './ended.ts';
import type { CandidacyState } from './state.ts';
import { backTo, standingOf } from './state-offer.ts';
import type { Offer } from './state-offer.ts';
import { inName } from '../signed.ts';

function withOffer(state: CandidacyState, change: Partial<Offer>): CandidacyState {
  return state.offer === null ? state : { ...state, offer: { ...state.offer, ...change } };
}

function sent(state: CandidacyState, event: Recorded<Extract<OfferEvent, { kind: 'offer_sent' }>>) {
  const { at } = event.stamp;
  const { expires } = event.body;
  // The offer is the news: whoever gets one has been told that they were selected.
  const known = told(state, at);
  if (known.offer === null) return known;
  // It takes the place of the version in hand, which was open until now.
  const { standing: _replaced, ...offer } = known.offer;
  return { ...known, offer: { ...offer, sent: { at, expires, extensions: 0 } } };
}

/** D5.10: the version goes no further, and the no stays with the offer whatever follows. */
function refused(state: CandidacyState, event: Recorded<Extract<OfferEvent, { kind: 'offer_refused' }>>) {
  const { version, by, reason } = event.body;
  const refusals = [...(state.offer?.refusals ?? []), { version, person: by, reason }];
  return withOffer(state, { approvals: [], turnedDown: true, refusals });
}

const unasked = { credentialAsked: false } as const;

/** Folds what happens to an offer (D5.1, D5.10). */
export function evolveOffer(state: CandidacyState, event: Recorded<OfferEvent>): CandidacyState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'offer_drafted': {
      const { version, amount, hours, voided } = event.body;
      const terms = { version, amount, hours, drafted: at, voided };
      const fresh = { approvals: [], turnedDown: false, sent: null, countered: null };
      const standing = standingOf(state.offer);
      const kept = standing === undefined ? {} : { standing };
      return { ...state, offer: { ...terms, ...fresh, ...kept, refusals: state.offer?.refusals ?? [] } };
    }
    case 'offer_approved': {
      const { by, position } = event.body;
      const before = (state.offer?.approvals ?? []).filter((one) => one.person !== by);
      return withOffer(state, { approvals: [...before, { person: by, position, ...inName(event.stamp) }] });
    }
    case 'offer_refused':
      return refused(state, event);
    case 'offer_sent':
      return sent(state, event);
    case 'offer_extended': {
      // Day 3 stays counted from the sending: an extension is no reason to say the same again.
      const sentAt = state.offer?.sent?.at ?? at;
      const extensions = (state.offer?.sent?.extensions ?? 0) + 1;
      return withOffer(state, { sent: { at: sentAt, expires: event.body.expires, extensions } });
    }
    case 'offer_accepted':
      return {
        ...state,
        offer: state.offer === null ? null : backTo(state.offer, event.body.version),
        ...{ stage: 'preboarding', since: at },
        pre: { ...state.pre, accepted: at, ...(event.body.credential === undefined ? {} : unasked) },
      };
    case 'offer_declined':
      return ended(state, 'declined', at, true);
    case 'offer_expired':
      return ended(state, 'expired', at);
    case 'rescind_proposed': {
      const { by, reason } = event.body;
      return {
        ...state,
        pre: { ...state.pre, rescind: { by, ...inName(event.stamp), reason, at, word: null } },
      };
    }
    case 'offer_rescinded':
      return ended(state, 'rescinded', at);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

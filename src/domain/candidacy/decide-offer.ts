import { addBusinessDays, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Decision, Of } from './deciding.ts';
import { outside } from './deciding.ts';
import { outsideRange, rangeFor } from './gates.ts';
import { backTo } from './state-offer.ts';
import type { Offer } from './state-offer.ts';
import { restsNow } from './pause.ts';
import type { CandidacyState } from './state.ts';
import { anyOf } from '../signed.ts';

/** D5.1: one version of the terms. A change voids the approvals given so far and the event says whose (D5.10). */
export function draftOffer(state: CandidacyState, ask: Of<'draft_offer'>, ctx: Context): Decision {
  const wrong = outside(state, 'D5.1', 'offer');
  if (wrong !== null) return wrong;
  const { offer } = state;
  const { amount, hours } = ask.command.payload;
  // Once the candidate asked for other terms, another version may answer them.
  if (offer?.sent && offer.countered === null)
    return notNow('D5.1', { code: 'offer_is_out', about: String(offer.version) });
  if (offer?.amount === amount && offer.hours === hours && !offer.turnedDown)
    return notNow('D5.1', { code: 'same_terms', about: String(offer.version) });
  const range = outsideRange(rangeFor(state, ctx.facts), amount);
  if (range !== null) return blocked('R5.6', range);
  const version = Math.max(offer?.last ?? 0, offer?.version ?? 0) + 1;
  const voided = (offer?.approvals ?? []).map((one) => one.person);
  return [{ kind: 'offer_drafted', body: { version, amount, hours, by: ask.actor, voided } }];
}

/** The version that is now in question, or why there is none. */
function current(state: CandidacyState, version: number): Offer | Refusal {
  const { offer } = state;
  if (offer === null) return notNow('D5.1', { code: 'no_offer_drafted' });
  if (offer.version !== version)
    return notNow('D5.1', { code: 'current_version', about: String(offer.version) });
  return offer;
}

/** D5.10, each approver for one version: one of HR and one more person, never the same. */
export function approveOffer(state: CandidacyState, ask: Of<'approve_offer'>, ctx: Context): Decision {
  const wrong = outside(state, 'D5.10', 'offer');
  if (wrong !== null) return wrong;
  const { version, outcome, reason } = ask.command.payload;
  const offer = current(state, version);
  if (isRefusal(offer)) return offer;
  if (offer.sent !== null) return notNow('D5.10', { code: 'already_sent' });
  if (ask.actor === state.person) return blocked('D5.10', { code: 'own_offer' });
  if (offer.turnedDown) return notNow('D5.10', { code: 'version_was_refused' });
  if (outcome === 'refused')
    return reason === undefined
      ? blocked('D5.10', { code: 'reason_needed' })
      : [{ kind: 'offer_refused', body: { version, by: ask.actor, reason } }];
  if (offer.approvals.some(({ person, name }) => anyOf(ask, [person, name])))
    return notNow('D5.10', { code: 'already_approved' });
  const position = ctx.capacities.includes('hr') ? 'hr' : 'second';
  return [{ kind: 'offer_approved', body: { version, by: ask.actor, position } }];
}

/** D5.1 `sent`. The gates ask for the seat (G4) and for two approvals of this very version (D5.10, R5.6). */
export function sendOffer(state: CandidacyState, ask: Of<'send_offer'>, ctx: Context): Decision {
  const wrong = outside(state, 'D5.1', 'offer');
  if (wrong !== null) return wrong;
  const offer = current(state, ask.command.payload.version);
  if (isRefusal(offer)) return offer;
  if (offer.sent !== null) return notNow('D5.1', { code: 'already_sent' });
  const rests = restsNow(state);
  if (rests !== null) return notNow('X28', { code: 'search_rests', about: rests.until });
  const { calendar, policy } = ctx.terms;
  const expires = addBusinessDays(calendar, dateOf(calendar, ctx.now), num(policy, 'P5.1', 'expires_bd'));
  const { version, amount, hours } = offer;
  return [{ kind: 'offer_sent', body: { version, amount, hours, expires } }];
}

/** @returns the offer the candidate has in hand, or why there is none: one that was countered is, until another is sent. */
function inHand(state: CandidacyState, version: number): Offer | Refusal {
  const wrong = outside(state, 'D5.1', 'offer');
  if (wrong !== null) return wrong;
  const { offer: held } = state;
  const offer = current(held === null ? state : { ...state, offer: backTo(held, version) }, version);
  if (!isRefusal(offer) && offer.sent === null) return notNow('D5.1', { code: 'offer_not_sent' });
  return offer;
}

/** P5.1: one extension. */
export function extendOffer(state: CandidacyState, ask: Of<'extend_offer'>, ctx: Context): Decision {
  const { version } = ask.command.payload;
  const offer = inHand(state, version);
  if (isRefusal(offer)) return offer;
  // While another version is prepared nothing expires, so there is nothing to extend.
  if (state.offer?.version !== version)
    return notNow('P5.1', { code: 'current_version', about: String(state.offer?.version) });
  const { calendar, policy } = ctx.terms;
  const most = num(policy, 'D5.1', 'extensions');
  if ((offer.sent?.extensions ?? 0) >= most)
    return blocked('P5.1', { code: 'extensions_used', about: String(most) });
  const from = offer.sent?.expires ?? dateOf(calendar, ctx.now);
  const expires = addBusinessDays(calendar, from, num(policy, 'D5.1', 'extension_bd'));
  return [{ kind: 'offer_extended', body: { version, expires } }];
}

/** D5.1, the candidate's own answer. */
export function acceptOffer(state: CandidacyState, ask: Of<'accept_offer'>, ctx: Context): Decision {
  const { version } = ask.command.payload;
  const offer = inHand(state, version);
  if (isRefusal(offer)) return offer;
  // D2.5: a role that asks for no credential has none looked up, and none that stands against the start.
  const none = ctx.facts.get('credential_rule', state.role)?.value === 'not_required';
  return [{ kind: 'offer_accepted', body: { version, ...(none ? { credential: 'not_asked' } : {}) } }];
}

/** D5.1, the candidate's own answer; the reason is optional. */
export function declineOffer(state: CandidacyState, ask: Of<'decline_offer'>): Decision {
  const { version, reason } = ask.command.payload;
  const offer = inHand(state, version);
  if (isRefusal(offer)) return offer;
  return [{ kind: 'offer_declined', body: { version, ...(reason === undefined ? {} : { reason }) } }];
}

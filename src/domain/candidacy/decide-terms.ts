import { addBusinessDays, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Decision, Of } from './deciding.ts';
import { outside } from './deciding.ts';
import { isOut, standingOf } from './state-offer.ts';
import { promisesNamed } from './state.ts';
import type { CandidacyState } from './state.ts';

/** D5.1 `countered`: the candidate asks for other terms of the version in hand; it stays open meanwhile. */
export function counterOffer(state: CandidacyState, ask: Of<'counter_offer'>): Decision {
  const wrong = outside(state, 'D5.1', 'offer');
  if (wrong !== null) return wrong;
  const { version, amount, hours } = ask.command.payload;
  const { offer } = state;
  if (offer !== null && offer.sent === null && isOut(offer))
    return notNow('D5.1', { code: 'already_countered' });
  if (offer === null || offer.sent === null) return notNow('D5.1', { code: 'offer_not_sent' });
  if (offer.version !== version)
    return notNow('D5.1', { code: 'current_version', about: String(offer.version) });
  if (offer.countered !== null) return notNow('D5.1', { code: 'already_countered' });
  const changes = (amount ?? offer.amount) !== offer.amount || (hours ?? offer.hours) !== offer.hours;
  if (!changes) return notNow('D5.1', { code: 'same_terms', about: String(version) });
  const body = {
    version,
    ...(amount === undefined ? {} : { amount }),
    ...(hours === undefined ? {} : { hours }),
  };
  return [{ kind: 'offer_countered', body }];
}

/**
 * D5.1: HR stands by the version that was countered. The candidate then has at least some days more: nobody loses an
 * offer by asking. Other terms are a new version, approved anew (D5.10); until that is sent HR may still stand by the old
 * one, which the candidate keeps in hand.
 */
export function answerCounter(state: CandidacyState, ask: Of<'answer_counter'>, ctx: Context): Decision {
  const wrong = outside(state, 'D5.1', 'offer');
  if (wrong !== null) return wrong;
  const { version } = ask.command.payload;
  const { offer } = state;
  const inHand = standingOf(offer);
  if (inHand === undefined || (offer?.sent !== null && offer?.countered === null))
    return notNow('D5.1', { code: 'nothing_countered' });
  if (inHand.version !== version)
    return notNow('D5.1', { code: 'current_version', about: String(inHand.version) });
  const { calendar, policy } = ctx.terms;
  const least = num(policy, 'D5.1', 'counter_open_bd');
  const until = addBusinessDays(calendar, dateOf(calendar, ctx.now), least);
  const expires = inHand.sent.expires > until ? inHand.sent.expires : until;
  return [{ kind: 'counter_answered', body: { version, expires } }];
}

/**
 * D5.5: none, unless the comparator record of the site says that everybody who enters the job category is asked the
 * same. Never before the offer was accepted; the answers have no place here (vault).
 */
export function setMedical(state: CandidacyState, ask: Of<'set_medical_questions'>, ctx: Context): Decision {
  const wrong = outside(state, 'D5.5', 'preboarding');
  if (wrong !== null) return wrong;
  const { outcome, category } = ask.command.payload;
  if (outcome === state.pre.medical) return notNow('D5.5', { code: 'already_so', about: outcome });
  if (outcome === 'none') return [{ kind: 'medical_questions_set', body: { outcome, category: null } }];
  if (category === undefined) return blocked('D5.5', { code: 'category_needed' });
  const { comparator } = ctx.terms;
  if (comparator === null) return blocked('D5.5', { code: 'no_comparator_on_file' });
  const same = String(comparator.values['post_offer_medical'] ?? 'none').split(',');
  if (!same.includes(category))
    return blocked('D5.5', { code: 'differs_from_comparator', about: 'post_offer_medical' });
  return [{ kind: 'medical_questions_set', body: { outcome, category } }];
}

/**
 * R5.3: a supervisor or mentor steps back and is replaced. One button for every reason: neither a reason nor an
 * applicant is asked for or kept, and others see only that the place is to be filled.
 */
export function stepBack(state: CandidacyState, ask: Of<'step_back'>): Decision {
  const wrong = outside(state, 'R5.3', 'offer', 'preboarding');
  if (wrong !== null) return wrong;
  const { supervision, mentor } = state.pre;
  const who = ask.onBehalfOf ?? ask.actor;
  if (supervision?.supervisor === who) return [{ kind: 'place_left', body: { place: 'supervisor' } }];
  if (supervision?.second === who) return [{ kind: 'place_left', body: { place: 'second' } }];
  if (mentor?.person === who) return [{ kind: 'place_left', body: { place: 'mentor' } }];
  return blocked('R5.3', { code: 'no_place_here' });
}

/** R6.5: what E4, E11 and E13 promise is given its owner and day; it goes along to the employment. A new list takes the place of the old. */
export function namePromises(state: CandidacyState, ask: Of<'name_promises'>): Decision {
  const wrong = outside(state, 'R6.5', 'preboarding');
  if (wrong !== null) return wrong;
  const { promises } = ask.command.payload;
  if (new Set(promises.map((one) => one.item)).size !== promises.length)
    return blocked('R6.5', { code: 'item_twice' });
  // A later list takes the place of the one before: what every role promises is not lost with it.
  if (promisesNamed(state.pre) && !promisesNamed({ promises }))
    return blocked('R6.5', { code: 'promise_kept', about: 'E4' });
  return [{ kind: 'promises_named', body: { promises } }];
}

import { dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { mendBy } from './agenda-credential.ts';
import type { Decision, Of } from './deciding.ts';
import { outside } from './deciding.ts';
import { groundsOf } from './grounds.ts';
import { has } from './owing.ts';
import { restsNow } from './pause.ts';
import type { CandidacyState } from './state.ts';
import type { RescindReason } from './words.ts';
import { anyOf, signedBefore } from '../signed.ts';

/** X9: a credential alone takes no offer back while there is still time to mend it. */
function stillMending(state: CandidacyState, reason: RescindReason, ctx: Context): Refusal | null {
  const by = reason === 'RC_CRED' ? mendBy(state, ctx.terms) : null;
  if (by === null || by <= ctx.now) return null;
  return blocked('X9', { code: 'time_to_mend_until', about: dateOf(ctx.terms.calendar, by) });
}

/** R5.7: the reason is the one that what was found gives, and it still holds. X28: money, only while the search rests. */
function unfounded(state: CandidacyState, reason: RescindReason): Refusal | null {
  const grounds = groundsOf(state);
  if (grounds.includes(reason)) return null;
  if (reason === 'RC_FUNDING')
    return blocked('X28', { code: restsNow(state) === null ? 'not_paused' : 'rests_for_money' });
  const others = grounds.filter((one) => one !== 'RC_FUNDING');
  if (others.length === 0) return blocked('R5.4', { code: 'no_final_check_against' });
  return blocked('R5.7', { code: 'reason_of_the_ground', about: others.join(', ') });
}

/** Checks follow the acceptance; money may end before it (X28). */
function tooEarly(state: CandidacyState, reason: RescindReason | undefined): Refusal | null {
  return reason === 'RC_FUNDING'
    ? outside(state, 'D5.1', 'offer', 'preboarding')
    : outside(state, 'D5.1', 'preboarding');
}

/** D5.1 `rescinded`, first half. R5.4: the check's own case says `adverse` only after both of its notices. */
export function proposeRescind(state: CandidacyState, ask: Of<'propose_rescind'>, ctx: Context): Decision {
  const { reason } = ask.command.payload;
  const wrong = tooEarly(state, reason) ?? unfounded(state, reason) ?? stillMending(state, reason, ctx);
  return wrong ?? [{ kind: 'rescind_proposed', body: { by: ask.actor, reason } }];
}

/** D5.1 `rescinded`, second half (R5.7): another person, and the comparator record on file. */
export function confirmRescind(state: CandidacyState, ask: Of<'confirm_rescind'>, ctx: Context): Decision {
  const proposed = state.pre.rescind;
  const wrong = tooEarly(state, proposed?.reason);
  if (wrong !== null) return wrong;
  if (proposed === null) return notNow('R5.7', { code: 'nothing_proposed' });
  if (signedBefore(proposed, ask)) return blocked('R5.7', { code: 'second_person_needed' });
  const lacks = unfounded(state, proposed.reason);
  if (lacks !== null) return lacks;
  if (ctx.terms.comparator === null) return blocked('R5.7', { code: 'no_comparator_on_file' });
  // A case pinned to a policy from before the officer's word goes without it, as it did then.
  if (has(ctx.terms, 'R5.7', 'word_bd') && proposed.word !== 'clear')
    return blocked('R5.7', { code: 'officers_word', about: proposed.word ?? 'pending' });
  if (anyOf(ask, [proposed.wordBy, proposed.wordName]))
    return blocked('R5.7', { code: 'second_person_needed' });
  return [{ kind: 'offer_rescinded', body: { by: ask.actor, reason: proposed.reason } }];
}

/** R5.7: the officer's word that no open matter or hold stands against a decision that is adverse; never the proposer's. */
export function giveWord(state: CandidacyState, ask: Of<'give_word'>): Decision {
  const { rescind } = state.pre;
  const wrong = tooEarly(state, rescind?.reason);
  if (wrong !== null) return wrong;
  const { word } = ask.command.payload;
  if (rescind === null) return notNow('R5.7', { code: 'nothing_proposed' });
  if (signedBefore(rescind, ask)) return blocked('R5.7', { code: 'second_person_needed' });
  if (rescind.word === word) return notNow('R5.7', { code: 'already_said', about: word });
  return [{ kind: 'officer_spoke', body: { word } }];
}

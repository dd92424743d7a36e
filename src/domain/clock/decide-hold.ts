import type { ClockCommand } from '../../contracts/clock.ts';
import { addDays, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Hold } from './state-hold.ts';
import type { ClockEvent, ClockState } from './state.ts';
import { holdOwners } from './words.ts';
import type { HoldOwner } from './words.ts';
import { signedBefore } from '../signed.ts';

type Decision = readonly ClockEvent[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

const CODE = 'X29';
/** A policy from before this number lets half a year go by between two looks at a hold. */
const REVIEW_MOST_D = 182;

function holdOf(state: ClockState): Hold | Refusal {
  return state.matter?.about === 'hold' ? state.matter : notNow(CODE, { code: 'no_hold_here' });
}

/** Who looks after it, by what they are here, and whose second word is asked for: never the same office. */
function offices(ctx: Context): { readonly owner: HoldOwner; readonly asks: HoldOwner } {
  const owner = holdOwners.find((one) => ctx.capacities.includes(one)) ?? 'compliance';
  return { owner, asks: owner === 'hr_director' ? 'compliance' : 'hr_director' };
}

/** A hold is looked at again in good time: its next date lies ahead, and not too far. */
function reviewWrong(review: CivilDate, ctx: Context): Refusal | null {
  const today = dateOf(ctx.terms.calendar, ctx.now);
  const most = addDays(today, numIf(ctx.terms.policy, CODE, 'review_most_d') ?? REVIEW_MOST_D);
  if (review <= today) return blocked(CODE, { code: 'later_date_needed', about: today });
  return review > most ? blocked(CODE, { code: 'review_by', about: most }) : null;
}

function ahead(day: CivilDate, ctx: Context): Refusal | null {
  const future = day > dateOf(ctx.terms.calendar, ctx.now);
  return future ? blocked(CODE, { code: 'date_in_future', about: day }) : null;
}

/** X29 `hold_on`: in force at once, since a second word would come too late for what is due today. */
export function holdOn(state: ClockState, ask: Of<'hold_on'>, ctx: Context): Decision {
  if (state.matter !== null) return refuse('already_open', CODE);
  const { site, subject, reason, on, review } = ask.command.payload;
  const wrong = ahead(on, ctx) ?? reviewWrong(review, ctx);
  if (wrong !== null) return wrong;
  const stands = ctx.facts.get('legal_hold', subject);
  if (stands !== null) return blocked(CODE, { code: 'hold_stands', about: stands.case, visibility: 'C3' });
  const body = { site, subject, reason, on, review, by: ask.actor, ...offices(ctx) };
  return [{ kind: 'hold_on', body }];
}

/** X29: the second person's word that it is rightly set. */
export function confirmHold(state: ClockState, ask: Of<'confirm_hold'>): Decision {
  const hold = holdOf(state);
  if ('refused' in hold) return hold;
  if (hold.confirmed) return notNow(CODE, { code: 'already_confirmed' });
  if (signedBefore(hold, ask)) return blocked(CODE, { code: 'second_person_needed' });
  return [{ kind: 'hold_confirmed', body: { by: ask.actor } }];
}

/** X29: looked at, still needed, and looked at again on that day. */
export function reviewHold(state: ClockState, ask: Of<'review_hold'>, ctx: Context): Decision {
  const hold = holdOf(state);
  if ('refused' in hold) return hold;
  const { review } = ask.command.payload;
  return reviewWrong(review, ctx) ?? [{ kind: 'hold_reviewed', body: { by: ask.actor, review } }];
}

/** X29 `hold_off`, first half: why it is over, and since which day. */
export function proposeHoldOff(state: ClockState, ask: Of<'propose_hold_off'>, ctx: Context): Decision {
  const hold = holdOf(state);
  if ('refused' in hold) return hold;
  if (hold.proposal !== null) return notNow(CODE, { code: 'already_proposed' });
  const { reason, on } = ask.command.payload;
  const wrong = ahead(on, ctx);
  if (wrong !== null) return wrong;
  const { asks } = offices(ctx);
  return [{ kind: 'hold_off_proposed', body: { by: ask.actor, reason, on, asks } }];
}

/** X29 `hold_off`, second half: what a hold kept may be gone for good after it, so nobody lifts it alone. */
export function confirmHoldOff(state: ClockState, ask: Of<'confirm_hold_off'>): Decision {
  const hold = holdOf(state);
  if ('refused' in hold) return hold;
  if (hold.proposal === null) return notNow(CODE, { code: 'not_proposed' });
  if (signedBefore(hold.proposal, ask)) return blocked(CODE, { code: 'second_person_needed' });
  return [{ kind: 'hold_off', body: { by: ask.actor, reason: hold.proposal.reason } }];
}

/** X29: the proposal is not followed, or taken back: the hold stands as before. */
export function keepHold(state: ClockState, ask: Of<'keep_hold'>): Decision {
  const hold = holdOf(state);
  if ('refused' in hold) return hold;
  if (hold.proposal === null) return notNow(CODE, { code: 'not_proposed' });
  return [{ kind: 'hold_kept', body: { by: ask.actor } }];
}

import type { OpeningCommand } from '../../contracts/opening.ts';
import { dateOf, daysBetween } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context, Warned } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { CaseId } from '../kernel/words.ts';
import { stoodAsideSince } from './aside.ts';
import type { OpeningEvent } from './events.ts';
import { knows } from './course.ts';
import { followsFailed } from './decide-follow.ts';
import { mayShare } from './decide-shared.ts';
import { openDays } from './posting-days.ts';
import { keepsProcess } from './process-keeper.ts';
import { waiting } from './queries.ts';
import { candidacyOf, reserve } from './state.ts';
import type { OpeningState } from './state.ts';
import { communityChannels, exceptionReasons } from './words.ts';
import type { CancelReason, PoolReason } from './words.ts';
import { signedBefore } from '../signed.ts';

export type Decision = readonly (OpeningEvent | Warned)[] | Refusal;
export type Of<T extends OpeningCommand['type']> = Ask<Extract<OpeningCommand, { type: T }>>;

/**
 * Opens an opening. BLOCK D4.2 on the panel's size, on a person with two seats of one table, and on HR as a rater; D3.1 for
 * a posting planned on a day that is over.
 */
export function open(state: OpeningState, ask: Of<'open'>, ctx: Context): Decision {
  if (state.site !== null) return refuse('already_open', 'D3.1');
  const { payload } = ask.command;
  const least = num(ctx.terms.policy, 'D4.2', 'panel_min');
  const most = num(ctx.terms.policy, 'D4.2', 'panel_max');
  if (payload.panel.length < least || payload.panel.length > most)
    return blocked('D4.2', { code: 'panel_size', about: `${least}-${most}` });
  const panel = [...payload.panel, ...payload.alternates].map((one) => one.person);
  const twice = [panel, payload.screeners].find((table) => new Set(table).size < table.length);
  if (twice !== undefined) return blocked('D4.2', { code: 'seated_twice' });
  // What is planned for a day that is over would be owed late from the first hour on; a shared posting may be out already.
  if (payload.sharing === undefined && payload.plannedPosting < dateOf(ctx.terms.calendar, ctx.now))
    return blocked('D3.1', { code: 'day_not_past', about: payload.plannedPosting });
  const problem = keepsProcess(panel, ask, ctx) ?? followsFailed(ask, ctx) ?? mayShare(ask, ctx);
  if (problem !== null) return problem;
  return [{ kind: 'opening_opened', body: { ...payload, ...announcing(payload.role, ctx) } }];
}

/** X5: a role that has a version in force is told of the search, where the policy asks HR about another one. */
function announcing(role: CaseId, ctx: Context): { readonly announced?: true } {
  const asks = knows(ctx.terms.policy, 'X5', 'answer_bd');
  return asks && ctx.facts.get('role_version', role) !== null ? { announced: true } : {};
}

/**
 * D3.2: how many of the channels reach people outside the public system is kept; the number is judged at G2. BLOCK once
 * the posting is out: it does not go back under the number.
 */
export function planChannels(state: OpeningState, ask: Of<'plan_channels'>, ctx: Context): Decision {
  const named = [...new Set(ask.command.payload.channels)];
  const community = named.filter((channel) => communityChannels.includes(channel)).length;
  const { status } = state.posting;
  const least = num(ctx.terms.policy, 'D3.2', 'community_channels_min');
  if (status !== 'draft' && status !== 'approved' && community < least)
    return blocked('D3.2', { code: 'community_channels', about: String(least) });
  return [{ kind: 'channels_planned', body: { channels: named, community } }];
}

/** D3.1 `approved`. R0.4 WARN: the person would be the only one in a peer role on site. */
export function approvePosting(state: OpeningState, ask: Of<'approve_posting'>, ctx: Context): Decision {
  if (state.posting.status !== 'draft') return notNow('D3.1', { code: 'already_approved' });
  const there = Number(ctx.facts.get('role_holders', state.site ?? '')?.value ?? '0');
  const enough = num(ctx.terms.policy, 'R0.4', 'people_in_role_min');
  const warned = warnings(ask, [{ rule: 'R0.4', holds: state.seats.length + there < enough }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'posting_approved', body: ask.command.payload }, ...warned];
}

/** D3.1 `changes_needed`. */
export function returnPosting(state: OpeningState, ask: Of<'return_posting'>): Decision {
  const { status } = state.posting;
  if (status !== 'draft' && status !== 'approved') return notNow('D3.1', { code: 'already_posted' });
  return [{ kind: 'posting_returned', body: ask.command.payload }];
}

/** R3.3 BLOCK: a posting is open for at least so many days. @param before days it was open already */
function tooShort(closeOn: CivilDate, before: number, ctx: Context): Refusal | null {
  const today = dateOf(ctx.terms.calendar, ctx.now);
  const least = num(ctx.terms.policy, 'R3.3', 'posting_min_d');
  if (before + daysBetween(today, closeOn) >= least && closeOn >= today) return null;
  return blocked('R3.3', { code: 'open_for_days', about: String(least) });
}

/**
 * D3.1: the posting goes out. What G2 asks for is checked on the event. D9.7 WARN: after the last ending the role was to be
 * looked at again before anybody follows, and was not yet.
 */
export function post(state: OpeningState, ask: Of<'post'>, ctx: Context): Decision {
  const { status } = state.posting;
  if (status === 'posted' || status === 'paused' || status === 'closed')
    return notNow('D3.1', { code: 'already_posted' });
  const { closeOn } = ask.command.payload;
  const short = tooShort(closeOn, 0, ctx);
  if (short !== null) return short;
  const holds = ctx.facts.get('role_review', state.role) !== null;
  const warned = warnings(ask, [{ rule: 'D9.7', holds, about: 'role_review' }]);
  if (isRefusal(warned)) return warned;
  // R5.6: what is posted stays what offers are held to, whatever the role decides later.
  const range = ctx.facts.get('pay_range', state.role)?.value;
  const body = { on: dateOf(ctx.terms.calendar, ctx.now), closeOn };
  return [{ kind: 'posted', body: range === undefined ? body : { ...body, range } }, ...warned];
}

/** R0.1 BLOCK: nothing goes out, again or for longer, while a policy of the site must change before anybody is hired. */
function policyFirst(state: OpeningState, ctx: Context): Refusal | null {
  const change = ctx.facts.get('policies_to_change', state.site ?? '')?.value ?? '0';
  return change === '0' ? null : blocked('R0.1', { code: 'R0.1', about: 'policies_to_change' });
}

/** D3.1 `extended`, while the posting is out; a closed one is extended by D3.7. */
export function extendPosting(state: OpeningState, ask: Of<'extend_posting'>, ctx: Context): Decision {
  const { closeOn } = ask.command.payload;
  if (state.posting.status !== 'posted') return notNow('D3.1', { code: 'not_posted' });
  if (closeOn <= state.posting.closeOn)
    return blocked('D3.1', { code: 'later_than', about: state.posting.closeOn });
  const first = policyFirst(state, ctx);
  return first ?? [{ kind: 'posting_extended', body: { closeOn } }];
}

/** D3.1 `paused` (X28): the days it was open still count. */
export function pausePosting(state: OpeningState, ask: Of<'pause_posting'>, ctx: Context): Decision {
  const { until } = ask.command.payload;
  if (state.posting.status !== 'posted') return notNow('D3.1', { code: 'not_posted' });
  const today = dateOf(ctx.terms.calendar, ctx.now);
  if (until <= today) return blocked('X28', { code: 'later_than', about: today });
  return [{ kind: 'posting_paused', body: { until, openDays: openDays(state, ctx) } }];
}

/** D3.1: a posting that rested goes out again. */
export function resumePosting(state: OpeningState, ask: Of<'resume_posting'>, ctx: Context): Decision {
  const { closeOn } = ask.command.payload;
  if (state.posting.status !== 'paused') return notNow('D3.1', { code: 'not_paused' });
  const first = policyFirst(state, ctx);
  if (first !== null) return first;
  const short = tooShort(closeOn, state.posting.openDays, ctx);
  if (short !== null) return short;
  return [{ kind: 'posting_resumed', body: { closeOn } }];
}

/** D3.1 `closed`. R3.3 BLOCK before the least number of days. */
export function closePosting(state: OpeningState, _ask: Of<'close_posting'>, ctx: Context): Decision {
  if (state.posting.status !== 'posted') return notNow('D3.1', { code: 'not_posted' });
  const days = openDays(state, ctx);
  const least = num(ctx.terms.policy, 'R3.3', 'posting_min_d');
  if (days < least) return blocked('R3.3', { code: 'open_for_days', about: String(least) });
  return [{ kind: 'posting_closed', body: { openDays: days } }];
}

/** Offers under way are ended in their candidacies first, with the notices that law asks for. */
function offersUnderWay(state: OpeningState): readonly Missing[] {
  const open = state.seats.filter((seat) => seat.st === 'granted' || seat.st === 'accepted');
  return open.map(({ c }) => ({
    code: 'offer_under_way',
    ...(c === null ? {} : { about: candidacyOf({ c }), visibility: 'C2' as const }),
  }));
}

/** The reserve ends with the search. */
function released(state: OpeningState): readonly CaseId[] {
  return reserve(state).map(candidacyOf);
}

/** D3.7, first half: HR or the hiring manager. */
export function proposePool(state: OpeningState, ask: Of<'propose_pool'>, ctx: Context): Decision {
  const { outcome, reasons, closeOn } = ask.command.payload;
  const onward = outcome === 'proceed' || outcome === 'proceed_with_exception';
  if (state.posting.status !== 'closed') return notNow('D3.7', { code: 'posting_open' });
  if (onward && state.pool !== null) return notNow('D3.7', { code: 'already_decided' });
  if (outcome !== 'proceed' && outcome !== 'extend' && reasons.length === 0)
    return blocked('D3.7', { code: 'reason_needed' });
  // X4: a search that failed says what the posting lacked; an exception says why fewer are enough.
  const excepts = reasons.some((one) => exceptionReasons.includes(one));
  if (outcome === 'failed_search' && reasons.every((one) => exceptionReasons.includes(one)))
    return blocked('X4', { code: 'what_it_lacked' });
  if (outcome === 'proceed_with_exception' && !excepts)
    return blocked('D3.7', { code: 'why_fewer_are_enough' });
  if (outcome === 'extend') {
    const today = dateOf(ctx.terms.calendar, ctx.now);
    if (closeOn === undefined || closeOn <= today)
      return blocked('D3.7', { code: 'later_than', about: today });
    const first = policyFirst(state, ctx);
    if (first !== null) return first;
  }
  if (!ctx.capacities.includes('hr') && !isManager(state, ask)) return notTheirs('D3.7');
  const offers = onward ? [] : offersUnderWay(state);
  if (offers.length > 0) return notNow('D3.7', ...offers);
  const as = ctx.capacities.includes('hr') && !isManager(state, ask) ? 'hr' : 'hiring_manager';
  const body = { by: ask.actor, as, outcome, reasons } as const;
  return [{ kind: 'pool_proposed', body: closeOn === undefined ? body : { ...body, closeOn } }];
}

/** @returns the refusal of somebody who hires, though not for this opening */
export const notTheirs = (rule: string): Refusal =>
  refuse('not_permitted', rule, [{ code: 'needs_capacity', about: 'hiring_manager' }]);

function isManager(state: OpeningState, ask: Ask<OpeningCommand>): boolean {
  return (ask.onBehalfOf ?? ask.actor) === state.hiringManager;
}

/** D3.7, second half: the other of the two, another person, for exactly what was proposed. */
export function confirmPool(state: OpeningState, ask: Of<'confirm_pool'>, ctx: Context): Decision {
  const proposed = state.proposal;
  if (proposed === null) return notNow('D3.7', { code: 'nothing_proposed' });
  if (proposed.outcome !== ask.command.payload.outcome)
    return refuse('stale', 'D3.7', [{ code: 'proposed', about: proposed.outcome }]);
  const aside = stoodAsideSince(state, proposed, 'D3.7');
  if (aside !== null) return aside;
  if (signedBefore(proposed, ask)) return blocked('D3.7', { code: 'second_person_needed' });
  const other = proposed.as === 'hr' ? isManager(state, ask) : ctx.capacities.includes('hr');
  if (!other)
    return blocked('D3.7', {
      code: 'needs_capacity',
      about: proposed.as === 'hr' ? 'hiring_manager' : 'hr',
    });
  switch (proposed.outcome) {
    case 'proceed':
    case 'proceed_with_exception':
      return [{ kind: 'pool_accepted', body: { outcome: proposed.outcome } }];
    case 'extend':
      return (
        policyFirst(state, ctx) ?? [{ kind: 'pool_extended', body: { closeOn: proposed.closeOn ?? '' } }]
      );
    case 'failed_search':
      return failed(state, proposed.reasons, ctx);
    default: {
      const unknown: never = proposed.outcome;
      return unknown;
    }
  }
}

/** X4: under a policy that says by when, HR is asked what follows. */
function failed(state: OpeningState, reasons: readonly PoolReason[], ctx: Context): Decision {
  const body = { reasons, released: released(state) };
  const asks = knows(ctx.terms.policy, 'X4', 'next_within_bd');
  return [{ kind: 'search_failed', body: asks ? { ...body, next: 'asked' } : body }];
}

/**
 * The end of a search before its time. BLOCK while an offer is out: it is ended in its own case first, for the want of
 * money while the search rests (X28), with the people and the notices of every offer taken back. BLOCK also while another
 * search holds the seats (X26).
 */
export function canceled(state: OpeningState, why: CancelReason, rule: string, ctx: Context): Decision {
  const offers = offersUnderWay(state);
  if (offers.length > 0) return blocked(rule, ...offers);
  if (state.seats.some((seat) => seat.st === 'lent')) return blocked('X26', { code: 'leave_pool_first' });
  const body = { why, released: released(state) };
  const told = waiting(state);
  const tells = told > 0 && knows(ctx.terms.policy, 'X28', 'tell_within_bd');
  return [{ kind: 'opening_canceled', body: tells ? { ...body, waiting: told } : body }];
}

/** X5 `cancel_and_repost`, X28 `canceled`. */
export function cancelOpening(state: OpeningState, ask: Of<'cancel_opening'>, ctx: Context): Decision {
  return canceled(state, ask.command.payload.why, 'X28', ctx);
}

import type { ClockCommand } from '../../contracts/clock.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import type { Facts } from '../kernel/facts.ts';
import { missingValues } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { kindOf } from '../kernel/words.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import { knownTo } from './own-matter.ts';
import type { Accommodation, ClockEvent, ClockState } from './state.ts';
import { anyOf } from '../signed.ts';

type Decision = readonly ClockEvent[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

const CODE = 'D3.6';
const needed = ['D3.6.decide_bd', 'D3.6.review_bd', 'D3.6.arrange_bd', 'X31.ack_bd'];

/** A policy from before these numbers cannot carry a request: it says so at once, instead of failing at a date. */
export function accommodationTerms(ctx: Context): Refusal | null {
  const lacking = missingValues(ctx.terms.policy, needed);
  if (lacking.length === 0) return null;
  return blocked(CODE, ...lacking.map((about) => ({ code: 'policy_lacks', about })));
}

function requestOf(state: ClockState): Accommodation | Refusal {
  return state.matter?.about === 'accommodation' ? state.matter : notNow(CODE, { code: 'no_request_here' });
}

/** @returns whom a running candidacy or employment is about, and at which site, as it publishes it. */
export function concernedIn(
  parent: CaseId,
  facts: Facts,
): { readonly person: PersonRef; readonly site: SiteRef } | null {
  const [person = '', site = ''] = facts.get('concerns', parent)?.value.split(',') ?? [];
  return person === '' ? null : { person, site };
}

/**
 * D3.6 `requested`: by the person for themselves, or entered by the officer. Their own request belongs to their own
 * case and comes to the officer of its site; an employment hears, sealed, that there is
 * something which a death is to stop (X22), and not what.
 */
export function requestAccommodation(
  state: ClockState,
  ask: Of<'request_accommodation'>,
  ctx: Context,
): Decision {
  const { person, parent, site } = ask.command.payload;
  if (state.matter !== null) return refuse('already_open', CODE);
  const own = person === (ask.onBehalfOf ?? ask.actor);
  if (!own && !ctx.capacities.includes('accommodation_officer'))
    return refuse('not_permitted', CODE, [{ code: 'needs_capacity', about: 'accommodation_officer' }]);
  const concerned = concernedIn(parent, ctx.facts);
  // Published by a running case alone. An officer may enter what a candidate asks whose application is over, or not here yet.
  const mustRun = own || kindOf(parent) === 'employment';
  if (mustRun && (concerned?.person !== person || concerned.site !== site))
    return refuse('unknown_reference', CODE, [{ code: 'running_case_of_the_person', about: parent }]);
  const lacking = accommodationTerms(ctx);
  if (concerned !== null && concerned.person !== person)
    return refuse('unknown_reference', CODE, [{ code: 'running_case_of_the_person', about: parent }]);
  const body = { ...ask.command.payload, ...(concerned === null ? {} : knownTo(parent)) };
  return lacking ?? [{ kind: 'accommodation_requested', body }];
}

/** X31: within a business day the person hears that the request is there. */
export function acknowledgeRequest(state: ClockState, ask: Of<'acknowledge_request'>): Decision {
  const request = requestOf(state);
  if ('refused' in request) return request;
  if (request.acknowledged) return notNow('X31', { code: 'already_acknowledged' });
  return [{ kind: 'request_acknowledged', body: { by: ask.actor } }];
}

/** X31: the interactive talk, once it happened. */
export function recordTalk(state: ClockState, ask: Of<'record_talk'>, ctx: Context): Decision {
  const request = requestOf(state);
  if ('refused' in request) return request;
  if (request.status !== 'requested') return notNow('X31', { code: 'already_decided' });
  const { on } = ask.command.payload;
  if (on > dateOf(ctx.terms.calendar, ctx.now)) return blocked('X31', { code: 'date_in_future', about: on });
  return [{ kind: 'request_talked', body: { on } }];
}

/** Nobody decides about their own request, whatever office they hold. */
function byThePerson({ person }: ClockState, ask: Ask<ClockCommand>): boolean {
  return ask.actor === person || ask.onBehalfOf === person;
}

/** D3.6: a yes names what to change and who sees to it; anything else needs the talk first (X31). */
export function decideAccommodation(state: ClockState, ask: Of<'decide_accommodation'>): Decision {
  const request = requestOf(state);
  if ('refused' in request) return request;
  if (request.status !== 'requested') return notNow(CODE, { code: 'already_decided' });
  if (byThePerson(state, ask)) return blocked(CODE, { code: 'second_person_needed' });
  const { outcome, change, arranger } = ask.command.payload;
  if (outcome !== 'granted' && request.talked === null) return blocked('X31', { code: 'talk_first' });
  if (outcome === 'declined_with_review') {
    if (request.rounds > 0) return blocked(CODE, { code: 'decline_was_overturned' });
    if (change !== undefined || arranger !== undefined) return blocked(CODE, { code: 'nothing_to_arrange' });
    return [{ kind: 'accommodation_decided', body: { by: ask.actor, outcome } }];
  }
  const missing = [
    ...(change === undefined ? [{ code: 'change' }] : []),
    ...(arranger === undefined ? [{ code: 'arranger' }] : []),
  ];
  if (change === undefined || arranger === undefined) return blocked(CODE, ...missing);
  return [{ kind: 'accommodation_decided', body: { by: ask.actor, outcome, change, arranger } }];
}

/** `declined_with_review`: looked at by somebody who did not decline it. */
export function reviewDecline(state: ClockState, ask: Of<'review_decline'>): Decision {
  const request = requestOf(state);
  if ('refused' in request) return request;
  if (request.status !== 'declined_with_review') return notNow(CODE, { code: 'not_declined' });
  if (anyOf(ask, [request.declinedBy, request.declinedFor]) || byThePerson(state, ask))
    return blocked(CODE, { code: 'second_person_needed' });
  return [{ kind: 'decline_reviewed', body: { by: ask.actor, outcome: ask.command.payload.outcome } }];
}

/** X31: by the one who was told what to change, or by the officer. */
export function confirmArrangement(
  state: ClockState,
  ask: Of<'confirm_arrangement'>,
  ctx: Context,
): Decision {
  const request = requestOf(state);
  if ('refused' in request) return request;
  if (request.arranger === null) return notNow('X31', { code: 'nothing_to_arrange' });
  const theirs = request.arranger === (ask.onBehalfOf ?? ask.actor);
  if (!theirs && !ctx.capacities.includes('accommodation_officer'))
    return blocked('X31', { code: 'not_the_one_asked' });
  return [{ kind: 'arrangement_made', body: { by: ask.actor } }];
}

/** The person, or the officer for them: the request is no longer wanted. No reason is asked. */
export function closeRequest(state: ClockState, ask: Of<'close_request'>): Decision {
  const request = requestOf(state);
  if ('refused' in request) return request;
  return [{ kind: 'request_closed', body: { by: ask.actor } }];
}

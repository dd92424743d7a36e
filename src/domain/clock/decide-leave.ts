import type { ClockCommand } from '../../contracts/clock.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { holder, kindOf } from '../kernel/words.ts';
import type { PersonRef } from '../kernel/words.ts';
import { toldOfDeath } from '../stopped.ts';
import { concernedIn } from './decide-accommodation.ts';
import { knownTo } from './own-matter.ts';
import type { ClockEvent, ClockState, Leave } from './state.ts';
import { anyOf } from '../signed.ts';

type Decision = readonly ClockEvent[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

type Opening = Of<'open_leave'>['command']['payload'];

/**
 * A leave is from work that runs, and of whom the work is. After a death it does not run, and nobody but whoever may know
 * of it learns more than that from a refusal (X22): it sends all alike to HR, who know how things stand.
 */
function notOfTheirWork(
  { person, site, employment }: Opening,
  { facts, capacities }: Context,
): Refusal | null {
  if (facts.get('nothing_asked', employment) !== null && toldOfDeath(capacities))
    return notNow('X22', { code: 'nothing_asked' });
  // Published by a running case alone: an employment that is over, or was never there, says nothing.
  const concerned = concernedIn(employment, facts);
  if (kindOf(employment) === 'employment' && concerned?.person === person && concerned.site === site)
    return null;
  return refuse('unknown_reference', 'D9.4', [
    { code: 'running_case_of_the_person', about: employment, who: holder('hr', site) },
  ]);
}

/**
 * X14: who welcomes them back is their supervisor, as the employment says, and nobody else, whoever is typed in. One that
 * has said nothing since it began to names nobody: then whoever supervises there on the day is asked.
 */
function supervisorOf(
  { supervisor, employment }: Opening,
  { facts }: Context,
): { supervisor?: PersonRef } | Refusal {
  const now = facts.get('supervised_by', employment)?.value;
  if (supervisor !== undefined && supervisor !== now)
    return blocked('D9.4', { code: 'supervisor_of_the_employment', about: employment });
  return now === undefined ? {} : { supervisor: now };
}

/** D9.4: opened by the officer, who alone knows why. */
export function openLeave(state: ClockState, ask: Of<'open_leave'>, ctx: Context): Decision {
  const { payload } = ask.command;
  const { from, to, person, site, employment } = payload;
  if (state.matter !== null) return refuse('already_open', 'D9.4');
  const no = notOfTheirWork(payload, ctx);
  if (no !== null) return no;
  if (to <= from) return blocked('D9.4', { code: 'return_after_beginning' });
  const led = supervisorOf(payload, ctx);
  if (isRefusal(led)) return led;
  const body = { site, person, employment, from, to, ...led, ...knownTo(employment) };
  return [{ kind: 'leave_opened', body }];
}

function leaveOf(state: ClockState): Leave | Refusal {
  return state.matter?.about === 'leave' ? state.matter : notNow('D9.4', { code: 'no_leave_here' });
}

/** A leave that runs: decided in the person's favour and not yet over. */
function runningLeave(state: ClockState): Leave | Refusal {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  const runs = leave.status === 'approved' || leave.status === 'extended';
  return runs ? leave : notNow('D9.4', { code: 'not_approved' });
}

export function decideLeave(state: ClockState, ask: Of<'decide_leave'>): Decision {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  const { outcome } = ask.command.payload;
  if (leave.status !== 'requested' && leave.status !== 'pending_docs')
    return notNow('D9.4', { code: 'already_decided' });
  if (outcome === leave.status) return notNow('D9.4', { code: 'nothing_new' });
  return [{ kind: 'leave_decided', body: { by: ask.actor, outcome } }];
}

/** `denied_with_review`: by somebody who did not deny it. */
export function reviewDenial(state: ClockState, ask: Of<'review_denial'>): Decision {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  if (leave.status !== 'denied_with_review') return notNow('D9.4', { code: 'not_denied' });
  if (anyOf(ask, [leave.deniedBy, leave.deniedFor])) return blocked('D9.4', { code: 'second_person_needed' });
  return [{ kind: 'denial_reviewed', body: { by: ask.actor, outcome: ask.command.payload.outcome } }];
}

export function extendLeave(state: ClockState, ask: Of<'extend_leave'>): Decision {
  const leave = runningLeave(state);
  if ('refused' in leave) return leave;
  const { to } = ask.command.payload;
  if (to <= leave.to) return blocked('D9.4', { code: 'later_date_needed', about: leave.to });
  return [{ kind: 'leave_extended', body: { to } }];
}

/** D9.4: other days than were planned. What has begun began when it did, and a return that was is recorded as such. */
export function moveLeave(state: ClockState, ask: Of<'move_leave'>, ctx: Context): Decision {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  const { from, to } = ask.command.payload;
  const today = dateOf(ctx.terms.calendar, ctx.now);
  if (leave.status === 'returned' || leave.status === 'denied_with_review')
    return notNow('D9.4', { code: 'not_approved' });
  if (from === leave.from && to === leave.to) return notNow('D9.4', { code: 'nothing_new' });
  if (to <= from) return blocked('D9.4', { code: 'return_after_beginning' });
  if (from !== leave.from && (leave.from <= today || from <= today))
    return blocked('D9.4', { code: 'leave_has_begun', about: leave.from });
  if (to <= today) return blocked('D9.4', { code: 'later_date_needed', about: today });
  return [{ kind: 'leave_moved', body: { from, to } }];
}

/** Until its first day; from then on it ends with a return. */
export function cancelLeave(state: ClockState, ask: Of<'cancel_leave'>, ctx: Context): Decision {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  const agreed = leave.status === 'approved' || leave.status === 'extended';
  if (leave.status === 'returned') return notNow('D9.4', { code: 'leave_has_begun', about: leave.from });
  if (agreed && leave.from <= dateOf(ctx.terms.calendar, ctx.now))
    return notNow('D9.4', { code: 'leave_has_begun', about: leave.from });
  return [{ kind: 'leave_cancelled', body: { by: ask.onBehalfOf ?? ask.actor, agreed } }];
}

/** Recorded once it happened: what is only planned stands in `to`. */
export function recordReturn(state: ClockState, ask: Of<'record_return'>, ctx: Context): Decision {
  const leave = runningLeave(state);
  if ('refused' in leave) return leave;
  const { on } = ask.command.payload;
  if (on > dateOf(ctx.terms.calendar, ctx.now)) return blocked('D9.4', { code: 'date_in_future', about: on });
  if (on < leave.from) return blocked('D9.4', { code: 'before_the_leave', about: leave.from });
  return [{ kind: 'leave_returned', body: { on } }];
}

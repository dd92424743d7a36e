import { addDays, addMonths, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Act, Context } from '../kernel/decider.ts';
import { missingValues, num, numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { PersonRef } from '../kernel/words.ts';
import { qualifiedOn } from './cover.ts';
import { samePerson, signed, speaker, today } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Supervisors } from './events-cover.ts';
import { deadlineOf, periodOf } from './field.ts';
import { leaveOn } from './sessions.ts';
import type { Route } from './state-field.ts';
import type { Live } from './state.ts';

type FieldCommands = 'log_certification_hours' | 'propose_certification' | 'confirm_certification';

const none = (): Decision => notNow('X10', { code: 'no_certificate_awaited' });

/** X10: one extension, as long as the jurisdiction says (Texas: six months), from the day as it stands. */
function longer(
  state: Live,
  route: Route,
  until: string | undefined,
  now: string,
  ctx: Context,
): Decision | null {
  const { policy } = ctx.terms;
  const most = numIf(policy, 'X10', 'extensions') ?? 0;
  if (route.extended >= most)
    return blocked('X10', { code: 'certification_extended_before', about: String(most) });
  const deadline = deadlineOf(route, state.leave, ctx.terms);
  if (until === undefined || until <= now || until <= deadline)
    return blocked('X10', { code: 'later_date_needed', about: deadline });
  const last = addMonths(deadline, numIf(policy, 'X10', 'extension_months') ?? 0);
  return until > last ? blocked('X10', { code: 'day_not_after', about: last }) : null;
}

/** X10, first half: the manager. Nothing but more time is decided before the last day has gone by, nor during a leave. */
function propose(state: Live, ask: AskOf<'propose_certification'>, ctx: Context): Decision {
  const route = state.field?.route;
  if (route === undefined) return none();
  if (route.closed !== null) return notNow('X10', { code: 'already_decided' });
  const { outcome, until } = ask.command.payload;
  const now = today(ask, ctx);
  const by = signed(ask);
  if (outcome === 'extended') {
    const no = longer(state, route, until, now, ctx);
    const body = { outcome, ...by, ...(until === undefined ? {} : { until }) };
    return no ?? [happened('certification_proposed', body)];
  }
  if (route.missed === null)
    return notNow('X10', { code: 'day_not_reached', about: deadlineOf(route, state.leave, ctx.terms) });
  if (leaveOn(state.leave, now) !== undefined) return notNow('X13', { code: 'after_the_return' });
  return [happened('certification_proposed', { outcome, ...by })];
}

/** Commands about the way to a first certificate. */
export const field: Deciders<FieldCommands> = {
  /** X10: hours of supervised work, by whoever supervises and is qualified to (R7.1). */
  log_certification_hours(state, ask, ctx) {
    const { on, hours } = ask.command.payload;
    if (state.field?.route === undefined) return none();
    if (on < state.job.dayOne || on > today(ask, ctx))
      return blocked('X10', { code: 'day_worked', about: on });
    const by = speaker(ask);
    // A stand-in supervised themselves.
    if (!qualifiedOn(state, ask.actor, on, ctx))
      return blocked('R7.1', { code: 'supervisor_qualified', about: ask.actor });
    return [happened('certification_hours_logged', { on, hours, by })];
  },

  propose_certification: propose,

  /** X10, second half: HR. The gate of what E4 promised stands before `ended`. */
  confirm_certification(state, ask, ctx) {
    const route = state.field?.route;
    if (route === undefined) return none();
    const { proposal } = route;
    if (proposal === null) return notNow('X10', { code: 'nothing_proposed' });
    if (samePerson(proposal, ask)) return blocked('X10', { code: 'second_person_needed' });
    const { outcome, until } = proposal;
    if (outcome === 'ended') return [happened('certification_ended', { gate: 'X10' })];
    if (outcome === 'moved_to_other_role') return [happened('certification_closed', { outcome })];
    const no = longer(state, route, until, today(ask, ctx), ctx);
    return no ?? [happened('certification_extended', { until: until ?? '' })];
  },
};

/** X10: the last day went by without a certificate; that is all the policy says. */
export function passDay(state: Live, input: Act, ctx: Context): Decision {
  const route = state.field?.route;
  if (route === undefined) return none();
  return [
    happened('certification_day_passed', { deadline: dateOf(ctx.terms.calendar, input.obligation.due) }),
  ];
}

/**
 * R5.2: somebody who supervises before the course, beside a qualified one, has the days of the jurisdiction for it; a change
 * that leaves them where they were gives no more.
 */
export function courseFor(
  state: Live,
  people: readonly PersonRef[],
  now: CivilDate,
  ctx: Context,
): Pick<Supervisors, 'waiver'> {
  const { policy } = ctx.terms;
  if (missingValues(policy, ['R5.2.course_before_d']).length > 0) return {};
  const supervisor = people.find((who) => !qualifiedOn(state, who, now, ctx));
  if (supervisor === undefined) return {};
  const { waiver } = state.job;
  if (waiver?.supervisor === supervisor) return { waiver };
  return { waiver: { supervisor, until: addDays(now, num(policy, 'R5.2', 'waiver_d')) } };
}

/** P7.6: the period the hours count for, where the jurisdiction asks for a number; `done` closes it. */
export function countedFor(
  state: Live,
  { hours, ethics }: { readonly hours: number; readonly ethics: number },
  ctx: Context,
): { readonly period?: { readonly since: string; readonly done?: string } } {
  const now = periodOf(state.field, state.job, ctx.terms);
  if (now === null) return {};
  const done = hours >= now.hoursLeft && ethics >= now.ethicsLeft;
  return { period: { since: now.since, ...(done ? { done: now.end } : {}) } };
}

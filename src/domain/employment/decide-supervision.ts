import { addBusinessDays, addDays, isBusinessDay, weekdayOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Warning } from '../kernel/warnings.ts';
import { overSpan } from '../span.ts';
import { outdated } from '../versions.ts';
import { noWayAround } from '../findings.ts';
import { outOn, qualifiedOn } from './cover.ts';
import { knownOf, spansOf } from './decide-cover.ts';
import { courseFor } from './decide-field.ts';
import { flagged, roleFitQuiet } from './drift.ts';
import { actionsMade, seat, speaker, today } from './deciding.ts';
import { underFloor } from './cadence.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import { atCadence, leaveOn, onPlan, onWeekday, replanned, returnDay, slotNamed, slots } from './sessions.ts';
import type { Replan } from './sessions.ts';
import type { Live, Sessions } from './state.ts';

type Supervision =
  | 'log_session'
  | 'move_session'
  | 'confirm_session'
  | 'close_action'
  | 'ask_extra_session'
  | 'plan_extra_session'
  | 'set_session_time'
  | 'propose_cadence'
  | 'confirm_cadence'
  | 'change_supervisor'
  | 'record_supervisor_training';

interface Named {
  readonly session: CivilDate;
  readonly extra: boolean;
  readonly on: CivilDate;
}

/** Which open session a log line is about: an extra one by its day, else one of the plan. */
function named(state: Live, ask: AskOf<'log_session'>, ctx: Context): Named | Refusal {
  const { session, on, outcome } = ask.command.payload;
  const { sessions } = state;
  const now = today(ask, ctx);
  const found = slotNamed(sessions, session, ctx.terms.calendar);
  // A session of the plan keeps its name for ever: an extra one never hides it.
  const extra = sessions.extra.on === session && found?.slot.session !== session;
  if (found === null && !extra) return notNow('D7.1', { code: 'no_such_open_session', about: session });
  const planned = extra || found === null ? session : found.slot.on;
  const held = on ?? (planned <= now ? planned : now);
  const week = addDays(session, 1 - weekdayOf(session));
  const earliest = outcome === 'held' && week < planned ? week : planned;
  if (now < earliest) return notNow('D7.1', { code: 'session_is_ahead', about: planned });
  const latest = extra || found === null ? now : addDays(found.after.on, -1);
  if (held > now || held < earliest || held > latest)
    return blocked('D7.1', { code: 'day_of_that_session', about: held });
  if (outcome === 'held' && (held === sessions.last || sessions.held?.includes(held) === true))
    return blocked('D7.1', { code: 'session_held_that_day', about: held });
  return { session: extra || found === null ? session : found.slot.session, extra, on: held };
}

/**
 * R7.3: a log line is about the work. What speaks of health is worded anew, and nobody may call the guard wrong about it;
 * the text itself never comes here.
 * @param findings codes, as the façade hands them over; left out: it found nothing
 */
function aboutHealth(findings: readonly string[] = []): Refusal | null {
  const found = findings.filter(noWayAround);
  return found.length === 0 ? null : blocked('R7.3', ...found.map((about) => ({ code: 'guard', about })));
}

function logSession(state: Live, ask: AskOf<'log_session'>, ctx: Context): Decision {
  const { outcome, minutes = 0, mode, topics, actions, note } = ask.command.payload;
  const by = speaker(ask);
  if (seat(state, ask) !== 'supervisor' && outcome !== 'missed_supervisor')
    return blocked('D7.1', { code: 'supervisor_logs' });
  const which = named(state, ask, ctx);
  if (isRefusal(which)) return which;
  if (outcome === 'held' && (minutes === 0 || mode === undefined || topics.length === 0))
    return blocked('D7.1', { code: 'minutes_mode_topics' });
  const health = aboutHealth(ask.command.payload.findings);
  if (health !== null) return health;
  const { on } = which;
  // R7.1: a stand-in held it themselves, so it is theirs to be trained.
  const counts = outcome !== 'held' || qualifiedOn(state, ask.actor, on, ctx);
  const event = happened('session_logged', {
    session: which.session,
    extra: which.extra,
    outcome,
    by,
    on,
    minutes,
    topics,
    counts,
    actions: actionsMade(actions, 'session', ctx),
    ...(mode === undefined ? {} : { mode }),
    ...(note === undefined ? {} : { note }),
  });
  // D7.4: a session that was missed, or does not count, has touched nothing either.
  const touched = outcome === 'held' && counts && topics.includes('role_fit');
  const quiet = !touched && roleFitQuiet(state, on, ctx.terms);
  return quiet ? [event, ...flagged(state, state.pulse.month, ['role_fit_quiet'])] : [event];
}

/** A session of today or earlier without an outcome: the plan must not change under it. */
function unlogged(state: Live, now: CivilDate, ctx: Context): CivilDate | null {
  if (state.sessions.ahead.length > 0) return state.sessions.next;
  const first = slots(state.sessions, ctx.terms.calendar, 1)[0];
  return first !== undefined && first.on <= now ? first.session : null;
}

function moveSession(state: Live, ask: AskOf<'move_session'>, ctx: Context): Decision {
  const { session, to } = ask.command.payload;
  const now = today(ask, ctx);
  const found = slotNamed(state.sessions, session, ctx.terms.calendar);
  if (found === null) return notNow('D7.1', { code: 'no_such_open_session', about: session });
  if (found.slot.on < now) return notNow('D7.1', { code: 'session_is_past', about: found.slot.on });
  if (to < now || !isBusinessDay(ctx.terms.calendar, to))
    return blocked('R7.8', { code: 'business_day_ahead' });
  if (leaveOn(state.leave, to) !== undefined) return blocked('R7.4', { code: 'day_at_work', about: to });
  if (to === found.slot.on || to === state.sessions.extra.on)
    return notNow('D7.1', { code: 'another_day', about: to });
  const floor = found.before?.on ?? state.sessions.last;
  if (to >= found.after.on || (floor !== null && to <= floor))
    return blocked('D7.1', { code: 'between_its_neighbours', about: to });
  return [happened('session_moved', { session: found.slot.session, to })];
}

/**
 * R7.5: an extra session and one of the plan never fall on the same day, for only one of them could be held: the extra
 * one is given another day first.
 */
function besideExtra(plan: Sessions, ctx: Context): Refusal | null {
  const { on } = plan.extra;
  const both = on !== null && onPlan(plan, on, ctx.terms.calendar);
  return both ? notNow('R7.5', { code: 'extra_session_that_day', about: on }) : null;
}

/**
 * The last day for an extra session, or for one in place of a missed one: whoever says "in half a year" has declined it. The
 * business days of R7.5 and P7.2 from today on; those of a leave are none.
 */
function extraBy({ sessions, leave }: Live, ask: AskOf<'plan_extra_session'>, ctx: Context): CivilDate {
  const { calendar, policy } = ctx.terms;
  const days =
    sessions.extra.asked === null ? num(policy, 'P7.2', 'new_date_bd') : num(policy, 'R7.5', 'within_bd');
  const atWork = (day: CivilDate): CivilDate => {
    const spell = leaveOn(leave, day);
    return spell === undefined ? day : atWork(returnDay(spell, calendar));
  };
  let day = atWork(today(ask, ctx));
  for (let n = 0; n < days; n += 1) day = atWork(addBusinessDays(calendar, day, 1));
  return day;
}

const toKeep = ({ next, stays }: Replan): Replan | Pick<Replan, 'next'> =>
  stays.length === 0 ? { next } : { next, stays };

/** D7.6: a longer interval passes a gate; any interval keeps the floor of the policy. */
function cadence(
  state: Live,
  change: 'step_down' | 'keep' | 'step_up',
  weeks: number,
  now: CivilDate,
  ctx: Context,
): Decision {
  const { policy, calendar } = ctx.terms;
  const plan = atCadence(state.sessions, weeks, now, calendar);
  const refusal = besideExtra(replanned(state.sessions, plan, { weeks }), ctx);
  if (refusal !== null) return refusal;
  if (change === 'step_down') return [happened('cadence_stepped_down', { weeks, ...toKeep(plan) })];
  const again = addDays(now, num(policy, 'D7.6', 'keep_weeks') * 7);
  const askAgain = change === 'keep' ? again : null;
  return [happened('cadence_set', { change, weeks, ...toKeep(plan), askAgain })];
}

function proposeCadence(state: Live, ask: AskOf<'propose_cadence'>, ctx: Context): Decision {
  const { change, weeks } = ask.command.payload;
  const { policy } = ctx.terms;
  const now = today(ask, ctx);
  const open = unlogged(state, now, ctx);
  if (open !== null) return notNow('D7.6', { code: 'session_log_missing', about: open });
  const current = state.sessions.weeks;
  const fits = { step_down: weeks > current, keep: weeks === current, step_up: weeks < current }[change];
  if (!fits) return blocked('D7.6', { code: 'weeks_fit_the_change', about: String(current) });
  if (underFloor(weeks, now, policy)) return blocked('D7.6', { code: 'floor' });
  const warned = warnings(ask, [
    { rule: 'D7.6', holds: weeks > num(policy, 'CADENCE', 'then_every_weeks'), about: String(weeks) },
  ]);
  if (isRefusal(warned)) return warned;
  const by = seat(state, ask);
  const events =
    by === null
      ? cadence(state, change, weeks, now, ctx)
      : [happened('cadence_proposed', { by, change, weeks })];
  return isRefusal(events) ? events : [...events, ...warned];
}

function confirmCadence(state: Live, ask: AskOf<'confirm_cadence'>, ctx: Context): Decision {
  const { proposal } = state.sessions;
  if (proposal === null) return notNow('D7.6', { code: 'nothing_proposed' });
  const by = seat(state, ask);
  if (by === proposal.by) return blocked('D7.6', { code: 'the_other_of_the_two' });
  const stale = outdated('cadence', proposal, ask, 'D7.6');
  if (stale !== null) return stale;
  const now = today(ask, ctx);
  const open = unlogged(state, now, ctx);
  if (open !== null) return notNow('D7.6', { code: 'session_log_missing', about: open });
  return cadence(state, proposal.change, proposal.weeks, now, ctx);
}

/** R7.6: who newly supervises here, and would have more people than the span allows. */
function spanWarnings({ job }: Live, people: readonly string[], ctx: Context): readonly Warning[] {
  const before = [job.supervisor, job.second];
  return spansOf(people, ctx).map(([who, span]) => ({
    rule: 'R7.6',
    holds: !before.includes(who) && overSpan(span, ctx.terms),
    about: String(span.others + 1),
  }));
}

/** Commands of stage 7 about sessions and supervisors. */
export const supervision: Deciders<Supervision> = {
  log_session: logSession,
  move_session: moveSession,

  /** D7.1: the employee confirms. R7.2: they see every line about them and may add a comment. */
  confirm_session(state, ask, ctx) {
    const { session, view, comment } = ask.command.payload;
    const open = state.sessions.unconfirmed.find((one) => one.session === session);
    if (open === undefined) return notNow('D7.1', { code: 'nothing_to_confirm', about: session });
    const { calendar, policy } = ctx.terms;
    const due = addBusinessDays(calendar, today(ask, ctx), num(policy, 'D7.1', 'confirm_bd'));
    const wanted = view === 'differs' ? [{ action: 'session_record', owner: 'hr' as const, due }] : [];
    const actions = actionsMade(wanted, 'record', ctx);
    const text = comment === undefined ? {} : { comment };
    return [happened('session_confirmed', { session, view, actions, ...text })];
  },

  /** D7.2, by the action's owner. */
  close_action(state, ask, ctx) {
    const { action, outcome } = ask.command.payload;
    const open = state.actions.find((one) => one.id === action);
    if (open === undefined) return notNow('D7.2', { code: 'no_such_open_action' });
    if (!ctx.capacities.includes(open.owner))
      return blocked('D7.2', { code: 'owner_of_the_action', about: open.owner });
    return [happened('action_closed', { action, outcome })];
  },

  /** R7.5: cannot be declined, only scheduled. */
  ask_extra_session(state, ask) {
    const { extra } = state.sessions;
    if (extra.asked !== null || extra.on !== null) return notNow('R7.5', { code: 'extra_session_open' });
    return [happened('extra_asked', { by: speaker(ask) })];
  },

  plan_extra_session(state, ask, ctx) {
    const { on } = ask.command.payload;
    const { extra, missed } = state.sessions;
    const { calendar } = ctx.terms;
    if (extra.asked === null && extra.on === null && missed === null)
      return notNow('R7.5', { code: 'no_extra_session_asked' });
    if (on < today(ask, ctx) || !isBusinessDay(calendar, on))
      return blocked('R7.5', { code: 'business_day_ahead' });
    if (leaveOn(state.leave, on) !== undefined) return blocked('R7.4', { code: 'day_at_work', about: on });
    // A day holds one session: neither one of the plan, nor one that was held already.
    const taken = onPlan(state.sessions, on, calendar) || on === state.sessions.last;
    if (taken || on === extra.on) return blocked('R7.5', { code: 'another_day', about: on });
    const latest = extraBy(state, ask, ctx);
    if (on > latest) return blocked('R7.5', { code: 'extra_session_by', about: latest });
    return [happened('extra_planned', { on })];
  },

  set_session_time(state, ask, ctx) {
    const { weekday, at } = ask.command.payload;
    const now = today(ask, ctx);
    const open = unlogged(state, now, ctx);
    if (open !== null) return notNow('D7.1', { code: 'session_log_missing', about: open });
    const before = addDays(state.job.dayOne, -1);
    const after = now > before ? now : before;
    const plan = onWeekday(state.sessions, weekday, after, ctx.terms.calendar);
    const refusal = besideExtra(replanned(state.sessions, plan, { weekday, at }), ctx);
    return refusal ?? [happened('session_time_set', { weekday, at, ...toKeep(plan) })];
  },

  propose_cadence: proposeCadence,
  confirm_cadence: confirmCadence,

  /** D7.7 by the supervisor's manager. R5.2 BLOCK: an unqualified supervisor only beside a qualified one. */
  change_supervisor(state, ask, ctx) {
    const { how, supervisor, second } = ask.command.payload;
    const { mentor, person } = state.job;
    const now = today(ask, ctx);
    if (supervisor === second) return blocked('D7.7', { code: 'two_different_people' });
    const people = [supervisor, ...(second === null ? [] : [second])];
    // Nobody may be mentor here, and whoever was asked to be is one once they accept.
    const mentors = [mentor, state.mentoring.proposed?.mentor];
    if (people.some((who) => mentors.includes(who))) return blocked('R5.5', { code: 'mentor_apart' });
    if (people.includes(person)) return blocked('D7.7', { code: 'another_person' });
    const able = people.some((who) => qualifiedOn(state, who, now, ctx) && !outOn(state.sessions, who, now));
    if (!able) return blocked('R5.2', { code: 'supervisor_qualified', about: supervisor });
    const warned = warnings(ask, spanWarnings(state, people, ctx));
    if (isRefusal(warned)) return warned;
    const known = { ...knownOf(people, ctx), ...courseFor(state, people, now, ctx) };
    return [happened('supervisor_changed', { how, supervisor, second, ...known }), ...warned];
  },

  /** D5.6: HR records the training for supervisors. */
  record_supervisor_training({ job }, ask, ctx) {
    const { supervisor, on } = ask.command.payload;
    if (on > today(ask, ctx)) return blocked('D5.6', { code: 'day_not_in_future' });
    // What is on record is the day from which the next refresher is counted (R5.2): an older one would bring it forward.
    const known = job.trained[supervisor];
    if (known !== undefined && on <= known)
      return notNow('D5.6', { code: 'later_training_on_record', about: known });
    return [happened('supervisor_trained', { supervisor, on })];
  },
};

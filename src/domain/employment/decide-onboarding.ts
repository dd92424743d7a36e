import { addBusinessDays, dayPlus, weekdayOf } from '../kernel/calendar.ts';
import { num, numIf, nums } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import { firstSession, pulseMonthFrom, turnOpens } from './dates.ts';
import { actionsMade, samePerson, seat, signed, speaker, today } from './deciding.ts';
import type { Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Item, Live } from './state.ts';
import { policiesToRead } from './words.ts';

type Onboarding =
  | 'move_day_one'
  | 'confirm_day_one'
  | 'welcome'
  | 'add_item'
  | 'settle_item'
  | 'acknowledge_policies'
  | 'log_supervised_hours'
  | 'answer_ready'
  | 'start_caseload'
  | 'answer_check_in'
  | 'propose_completion'
  | 'confirm_completion';

/** An item of the list, or of what the role promised (R6.5). */
function openItem(state: Live, item: string): Item | undefined {
  return state.boarding?.items[item] ?? state.promises?.[item];
}

const over = (code: string): Decision => notNow(code, { code: 'onboarding_completed' });

/** Commands of stage 6, but for those of the mentor. */
export const onboarding: Deciders<Onboarding> = {
  /** D5.8 `moved`: everything that is counted from day one moves with it. */
  move_day_one(state, ask, ctx) {
    const { dayOne } = ask.command.payload;
    const now = today(ask, ctx);
    if (state.job.dayOne <= now) return notNow('D5.8', { code: 'day_one_is_past' });
    if (dayOne <= now) return notNow('D5.8', { code: 'day_one_in_future' });
    if (dayOne === state.job.dayOne) return notNow('D5.8', { code: 'same_day' });
    const first = firstSession(dayOne, state.sessions.weekday, weekdayOf(dayOne));
    const month = pulseMonthFrom(ctx.terms.calendar, dayOne);
    const asks = numIf(ctx.terms.policy, 'P0.3', 'before_day_one_d') !== null;
    const readiness = asks ? ctx.facts.get('readiness', state.job.site)?.case : undefined;
    const told = readiness === undefined ? {} : { readiness };
    return [happened('day_one_moved', { dayOne, was: state.job.dayOne, first, month, ...told })];
  },

  /** P6.1. */
  confirm_day_one(state, ask) {
    const by = seat(state, ask) === 'supervisor' ? 'supervisor' : 'mentor';
    if (by === 'mentor' && speaker(ask) !== state.job.mentor) return blocked('P6.1', { code: 'mentor_only' });
    if (state.boarding?.plan.includes(by) !== true) return notNow('P6.1', { code: 'already_confirmed' });
    return [happened('day_one_confirmed', { by })];
  },

  /** P5.6 on day one. */
  welcome(state, ask, ctx) {
    if (speaker(ask) !== state.job.mentor) return blocked('P5.6', { code: 'mentor_only' });
    if (state.boarding?.welcome !== false) return notNow('P5.6', { code: 'already_welcomed' });
    return [happened('welcomed', { on: today(ask, ctx) })];
  },

  /** R6.5: what E4, E11 and E13 promise becomes the duty of a named owner. */
  add_item(state, ask) {
    const { item, owner, after } = ask.command.payload;
    if (state.boarding === null) return over('D6.1');
    if (openItem(state, item) !== undefined) return notNow('D6.1', { code: 'item_is_open', about: item });
    return [happened('item_added', { item, owner, after })];
  },

  /** D6.1, by the item's owner. */
  settle_item(state, ask, ctx) {
    const { item, outcome, due } = ask.command.payload;
    const open = openItem(state, item);
    if (open === undefined) return notNow('D6.1', { code: 'no_such_open_item', about: item });
    // Without a mentor the manager sees to it (see `ownerIn`).
    const instead =
      open.owner === 'mentor' && state.job.mentor === null && ctx.capacities.includes('manager');
    if (!instead && !ctx.capacities.includes(open.owner))
      return blocked('D6.1', { code: 'owner_of_the_item', about: open.owner });
    if (outcome !== 'late') return [happened('item_settled', { item, outcome })];
    if (due === undefined || due <= today(ask, ctx))
      return blocked('D6.1', { code: 'due_in_future', about: item });
    return [happened('item_settled', { item, outcome, due })];
  },

  /** P6.6, by the hire. */
  acknowledge_policies(state, ask) {
    const open = state.boarding?.policies ?? [];
    const policies = policiesToRead.filter(
      (policy) => ask.command.payload.policies.includes(policy) && open.includes(policy),
    );
    if (policies.length === 0) return notNow('P6.6', { code: 'nothing_open_of_these' });
    return [happened('policies_acknowledged', { policies })];
  },

  log_supervised_hours(state, ask, ctx) {
    const { on, minutes } = ask.command.payload;
    if (state.job.readyAlone || state.boarding === null) return notNow('D6.2', { code: 'ready_already' });
    if (on < state.job.dayOne || on > today(ask, ctx))
      return blocked('D6.2', { code: 'day_worked', about: on });
    return [happened('supervised_hours_logged', { on, minutes })];
  },

  /** D6.2, by supervisor and hire; `yes` passes the gate of the supervised hours. */
  answer_ready(state, ask) {
    const by = seat(state, ask);
    const { outcome, missing } = ask.command.payload;
    if (by === null) return blocked('D6.2', { code: 'supervisor_or_hire' });
    if (state.job.readyAlone || state.boarding === null) return notNow('D6.2', { code: 'ready_already' });
    if (outcome === 'yes') return [happened('ready_affirmed', { by })];
    if (missing.length === 0) return blocked('D6.2', { code: 'what_is_missing' });
    return [happened('ready_doubted', { by, missing })];
  },

  /** R6.1 BLOCK: the gate stands before the event. */
  start_caseload(state, ask, ctx) {
    if (state.job.caseload !== null) return notNow('R6.1', { code: 'already_started' });
    return [happened('caseload_started', { on: today(ask, ctx) })];
  },

  /** D6.4: the hire first, then HR. */
  answer_check_in(state, ask, ctx) {
    const { at, outcome, needs } = ask.command.payload;
    const open = state.boarding?.checkIns.find((one) => one.at === at);
    if (open === undefined) return notNow('D6.4', { code: 'no_such_open_check_in' });
    const by = seat(state, ask) === 'employee' ? 'employee' : 'hr';
    if (by === 'employee' && open.heard !== null) return notNow('D6.4', { code: 'already_answered' });
    if (by === 'hr' && open.heard === null) return notNow('D6.4', { code: 'hire_answers_first' });
    const opens = turnOpens(at, nums(ctx.terms.policy, 'D6.4', 'at_d'), state.job.dayOne);
    if (by === 'employee' && today(ask, ctx) < opens)
      return notNow('D6.4', { code: 'not_before', about: opens });
    if (outcome === 'needs_action' && needs.length === 0) return blocked('D6.4', { code: 'what_is_needed' });
    const { calendar, policy } = ctx.terms;
    const due = addBusinessDays(calendar, today(ask, ctx), num(policy, 'R6.3', 'action_bd'));
    const wanted = by === 'hr' ? needs : [];
    const actions = actionsMade(
      wanted.map((need) => ({ action: need, owner: 'hr', due })),
      'check_in',
      ctx,
    );
    return [happened('check_in_answered', { at, by, outcome, needs, actions })];
  },

  /** D6.6, first half: the supervisor. */
  propose_completion(state, ask, ctx) {
    const { outcome, until } = ask.command.payload;
    if (state.boarding === null) return over('D6.6');
    const early = dayPlus(ctx.terms.calendar, state.job.dayOne, num(ctx.terms.policy, 'D6.6', 'at_d'));
    if (today(ask, ctx) < early) return notNow('D6.6', { code: 'not_before', about: early });
    if (outcome === 'extended' && (until === undefined || until <= today(ask, ctx)))
      return blocked('D6.6', { code: 'until_in_future' });
    const extended = outcome === 'extended' && until !== undefined ? { until } : {};
    return [happened('completion_proposed', { outcome, ...signed(ask), ...extended })];
  },

  /** D6.6, second half: HR. G6 stands before `complete`. */
  confirm_completion(state, ask) {
    if (state.boarding === null) return over('D6.6');
    const { proposal } = state.boarding;
    if (proposal === null) return notNow('D6.6', { code: 'nothing_proposed' });
    if (samePerson(proposal, ask)) return blocked('D6.6', { code: 'second_person_needed' });
    if (proposal.until === undefined) return [happened('onboarding_completed', { gate: 'G6' })];
    return [happened('onboarding_extended', { until: proposal.until })];
  },
};

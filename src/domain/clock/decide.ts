import type { ClockCommand } from '../../contracts/clock.ts';
import { noting } from '../away.ts';
import type { ToClock } from '../notices.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Act, Ask, Context, Input, NoticeIn, Warned } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import {
  accommodationTerms,
  acknowledgeRequest,
  closeRequest,
  confirmArrangement,
  decideAccommodation,
  recordTalk,
  requestAccommodation,
  reviewDecline,
} from './decide-accommodation.ts';
import {
  assess,
  confirmAdverse,
  giveWord,
  keepWaiting,
  proposeAdverse,
  recordCheck,
  reply,
} from './decide-background.ts';
import { recordExclusion } from './decide-checks.ts';
import { limitDuties, renew, restoreDuties } from './decide-credential.ts';
import { confirmHold, confirmHoldOff, holdOn, keepHold, proposeHoldOff, reviewHold } from './decide-hold.ts';
import {
  acknowledgeReport,
  closeReport,
  recordInvestigation,
  recordLook,
  reportConcern,
} from './decide-report.ts';
import { onOneself } from './own-matter.ts';
import { nextStep, stepOf } from './renewal.ts';
import type { ClockEvent, ClockState, Leave } from './state.ts';
import { clockActs } from './words.ts';

type Decision = readonly (ClockEvent | Warned)[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

/** D9.4: opened by the officer, who alone knows why. */
function openLeave(state: ClockState, ask: Of<'open_leave'>): Decision {
  const { from, to } = ask.command.payload;
  if (state.matter !== null) return refuse('already_open', 'D9.4');
  if (to <= from) return blocked('D9.4', { code: 'return_after_beginning' });
  return [{ kind: 'leave_opened', body: ask.command.payload }];
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

function decideLeave(state: ClockState, ask: Of<'decide_leave'>): Decision {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  const { outcome } = ask.command.payload;
  if (leave.status !== 'requested' && leave.status !== 'pending_docs')
    return notNow('D9.4', { code: 'already_decided' });
  if (outcome === leave.status) return notNow('D9.4', { code: 'nothing_new' });
  return [{ kind: 'leave_decided', body: { by: ask.actor, outcome } }];
}

/** `denied_with_review`: by somebody who did not deny it. */
function reviewDenial(state: ClockState, ask: Of<'review_denial'>): Decision {
  const leave = leaveOf(state);
  if ('refused' in leave) return leave;
  if (leave.status !== 'denied_with_review') return notNow('D9.4', { code: 'not_denied' });
  if (leave.deniedBy === ask.actor) return blocked('D9.4', { code: 'second_person_needed' });
  return [{ kind: 'denial_reviewed', body: { by: ask.actor, outcome: ask.command.payload.outcome } }];
}

function extendLeave(state: ClockState, ask: Of<'extend_leave'>): Decision {
  const leave = runningLeave(state);
  if ('refused' in leave) return leave;
  const { to } = ask.command.payload;
  if (to <= leave.to) return blocked('D9.4', { code: 'later_date_needed', about: leave.to });
  return [{ kind: 'leave_extended', body: { to } }];
}

/** Recorded once it happened: what is only planned stands in `to`. */
function recordReturn(state: ClockState, ask: Of<'record_return'>, ctx: Context): Decision {
  const leave = runningLeave(state);
  if ('refused' in leave) return leave;
  const { on } = ask.command.payload;
  if (on > dateOf(ctx.terms.calendar, ctx.now)) return blocked('D9.4', { code: 'date_in_future', about: on });
  if (on < leave.from) return blocked('D9.4', { code: 'before_the_leave', about: leave.from });
  return [{ kind: 'leave_returned', body: { on } }];
}

const codes = {
  ...{ leave: 'D9.4', background: 'D5.2', exclusion: 'D5.3', credential: 'D5.4' },
  accommodation: 'D3.6',
  hold: 'X29',
  report: 'X19',
} as const;

/** Commands that begin a clock. */
const opening: ReadonlySet<ClockCommand['type']> = new Set([
  'open_leave',
  'request_accommodation',
  'hold_on',
  'report_concern',
]);

function decideAsk(state: ClockState, ask: Ask<ClockCommand>, ctx: Context): Decision {
  const { command } = ask;
  if (!opening.has(command.type) && state.matter === null) return refuse('not_open');
  const code = codes[state.matter?.about ?? 'background'];
  if (state.over) return notNow(code, { code: 'over' });
  if (onOneself(state, ask)) return blocked(code, { code: 'second_person_needed' });
  switch (command.type) {
    case 'open_leave':
      return openLeave(state, { ...ask, command });
    case 'decide_leave':
      return decideLeave(state, { ...ask, command });
    case 'review_denial':
      return reviewDenial(state, { ...ask, command });
    case 'extend_leave':
      return extendLeave(state, { ...ask, command });
    case 'record_return':
      return recordReturn(state, { ...ask, command }, ctx);
    case 'record_check':
      return recordCheck(state, { ...ask, command }, ctx);
    case 'propose_adverse':
      return proposeAdverse(state, { ...ask, command });
    case 'confirm_adverse':
      return confirmAdverse(state, { ...ask, command }, ctx);
    case 'assess':
      return assess(state, { ...ask, command });
    case 'reply':
      return reply(state, { ...ask, command });
    case 'keep_waiting':
      return keepWaiting(state, { ...ask, command });
    case 'give_word':
      return giveWord(state, { ...ask, command });
    case 'request_accommodation':
      return requestAccommodation(state, { ...ask, command }, ctx);
    case 'acknowledge_request':
      return acknowledgeRequest(state, { ...ask, command });
    case 'record_talk':
      return recordTalk(state, { ...ask, command }, ctx);
    case 'decide_accommodation':
      return decideAccommodation(state, { ...ask, command });
    case 'review_decline':
      return reviewDecline(state, { ...ask, command });
    case 'confirm_arrangement':
      return confirmArrangement(state, { ...ask, command }, ctx);
    case 'close_request':
      return closeRequest(state, { ...ask, command });
    case 'report_concern':
      return reportConcern(state, { ...ask, command }, ctx);
    case 'acknowledge_report':
      return acknowledgeReport(state, { ...ask, command }, ctx);
    case 'record_investigation':
      return recordInvestigation(state, { ...ask, command }, ctx);
    case 'close_report':
      return closeReport(state, { ...ask, command }, ctx);
    case 'record_look':
      return recordLook(state, { ...ask, command }, ctx);
    case 'hold_on':
      return holdOn(state, { ...ask, command }, ctx);
    case 'confirm_hold':
      return confirmHold(state, { ...ask, command });
    case 'review_hold':
      return reviewHold(state, { ...ask, command }, ctx);
    case 'propose_hold_off':
      return proposeHoldOff(state, { ...ask, command }, ctx);
    case 'confirm_hold_off':
      return confirmHoldOff(state, { ...ask, command });
    case 'keep_hold':
      return keepHold(state, { ...ask, command });
    case 'record_exclusion':
      return recordExclusion(state, { ...ask, command });
    case 'renew':
      return renew(state, { ...ask, command });
    case 'limit_duties':
      return limitDuties(state, { ...ask, command });
    case 'restore_duties':
      return restoreDuties(state, { ...ask, command });
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

function started(notice: Extract<ToClock, { kind: 'start_clock' }>, ctx: Context): Decision {
  const { about, ...body } = notice.body;
  switch (about) {
    case 'background':
      return [{ kind: 'check_started', body }];
    case 'exclusion':
      return [{ kind: 'exclusion_started', body }];
    case 'credential':
      return [{ kind: 'credential_watched', body }];
    case 'accommodation': {
      const { site, parent, person } = body;
      const request = { kind: 'accommodation_requested', body: { site, parent, person } } as const;
      return accommodationTerms(ctx) ?? [request];
    }
    default: {
      const unknown: never = about;
      return unknown;
    }
  }
}

function decideNotice(state: ClockState, { notice }: NoticeIn<ToClock>, ctx: Context): Decision {
  if (notice.kind === 'start_clock')
    return state.matter === null ? started(notice, ctx) : refuse('already_open');
  if (state.matter === null) return refuse('not_open');
  if (state.over) return refuse('nothing_to_do');
  switch (notice.kind) {
    case 'person_away': {
      const today = dateOf(ctx.terms.calendar, ctx.now);
      return [{ kind: 'absence_noted', body: noting(state.absence, notice.body, today) }];
    }
    case 'person_back':
      return [{ kind: 'absence_ended', body: { on: notice.body.on } }];
    case 'supervisor_changed':
      return [{ kind: 'supervisor_noted', body: { supervisor: notice.body.supervisor } }];
    case 'deadline_moved': {
      const awaited = state.matter.about === 'credential' && state.matter.status === 'awaited';
      const { validTo } = notice.body;
      return awaited ? [{ kind: 'deadline_noted', body: { validTo } }] : refuse('nothing_to_do');
    }
    case 'parent_ended':
      return [{ kind: 'clock_ended', body: { how: notice.body.how } }];
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

/** X9: the next step of the way back begins; who may work, and at what, is not the policy's to say. */
function stepOver({ matter }: ClockState): Decision {
  if (matter?.about !== 'credential' || matter.validTo === null) return refuse('not_expected_now');
  const step = stepOf(matter);
  return [{ kind: 'credential_step_over', body: { validTo: matter.validTo, step, next: nextStep(step) } }];
}

/** What the policy itself does: a credential's last day has gone by, a day or a welcome is over, a check is slow. */
function decideAct(state: ClockState, input: Act, ctx: Context): Decision {
  const day = dateOf(ctx.terms.calendar, input.obligation.due);
  const act = clockActs.find((known) => known === input.act);
  switch (act) {
    case 'leave_closed':
      return [{ kind: 'leave_closed', body: { on: day } }];
    case 'slow': {
      const businessDays = num(ctx.terms.policy, 'X7', 'stop_bd');
      return [{ kind: 'check_slowed', body: { businessDays } }];
    }
    case 'day_passed':
      return [{ kind: 'overdue_day_passed', body: { day } }];
    case 'step_over':
      return stepOver(state);
    case 'expired': {
      const validTo = state.matter?.about === 'credential' ? state.matter.validTo : null;
      if (validTo === null) return refuse('not_expected_now');
      return [{ kind: 'credential_expired', body: { validTo } }];
    }
    case undefined:
      return refuse('not_expected_now');
    default: {
      const unknown: never = act;
      return unknown;
    }
  }
}

/** Decides one input of a leave, a check or a credential. */
export function decide(state: ClockState, input: Input<ClockCommand, ToClock>, ctx: Context): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'notice':
      return decideNotice(state, input, ctx);
    case 'act':
      return decideAct(state, input, ctx);
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}

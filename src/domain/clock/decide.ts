import type { ClockCommand } from '../../contracts/clock.ts';
import { endingOf, noting } from '../away.ts';
import type { ToClock } from '../notices.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Act, Ask, Context, Input, NoticeIn, Warned } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { stopped } from '../stopped.ts';
import { officers } from './agenda.ts';
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
import {
  cancelLeave,
  decideLeave,
  extendLeave,
  moveLeave,
  openLeave,
  recordReturn,
  reviewDenial,
} from './decide-leave.ts';
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
import type { ClockEvent, ClockState } from './state.ts';
import { clockActs } from './words.ts';

type Decision = readonly (ClockEvent | Warned)[] | Refusal;

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

/** X22: its officer has the matter in the list as one that rests; to whoever else has a part in it it is over. */
function atRest({ matter }: ClockState, rule: string, { capacities }: Context): Refusal {
  const why = { code: 'nothing_asked' };
  if (matter !== null && capacities.includes(officers[matter.about])) return notNow('X22', why);
  return stopped(capacities, why, { rule, missing: { code: 'over' } });
}

function decideAsk(state: ClockState, ask: Ask<ClockCommand>, ctx: Context): Decision {
  const { command } = ask;
  if (!opening.has(command.type) && state.matter === null) return refuse('not_open');
  const code = codes[state.matter?.about ?? 'background'];
  if (state.over) return notNow(code, { code: 'over' });
  if (state.rests !== undefined) return atRest(state, code, ctx);
  if (onOneself(state, ask)) return blocked(code, { code: 'second_person_needed' });
  switch (command.type) {
    case 'open_leave':
      return openLeave(state, { ...ask, command }, ctx);
    case 'decide_leave':
      return decideLeave(state, { ...ask, command });
    case 'review_denial':
      return reviewDenial(state, { ...ask, command });
    case 'extend_leave':
      return extendLeave(state, { ...ask, command });
    case 'move_leave':
      return moveLeave(state, { ...ask, command }, ctx);
    case 'cancel_leave':
      return cancelLeave(state, { ...ask, command }, ctx);
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

/**
 * X19: what was reported is about somebody else, and is looked into although whoever reported it is not there any more; of
 * the guard nothing is left. A hold is about nobody (X29).
 */
function outlasts({ matter }: ClockState): boolean {
  if (matter?.about === 'hold') return true;
  return matter?.about === 'report' && matter.status !== 'closed';
}

function decideNotice(state: ClockState, { notice }: NoticeIn<ToClock>, ctx: Context): Decision {
  if (notice.kind === 'start_clock')
    return state.matter === null ? started(notice, ctx) : refuse('already_open');
  if (state.matter === null) return refuse('not_open');
  if (state.over) return refuse('nothing_to_do');
  switch (notice.kind) {
    case 'person_away': {
      const today = dateOf(ctx.terms.calendar, ctx.now);
      return [{ kind: 'absence_noted', body: noting(notice.body, today) }];
    }
    case 'person_back': {
      const today = dateOf(ctx.terms.calendar, ctx.now);
      return [{ kind: 'absence_ended', body: endingOf(notice.body, today) }];
    }
    case 'supervisor_changed':
      return [{ kind: 'supervisor_noted', body: { supervisor: notice.body.supervisor } }];
    case 'deadline_moved': {
      const awaited = state.matter.about === 'credential' && state.matter.status === 'awaited';
      const { validTo } = notice.body;
      return awaited ? [{ kind: 'deadline_noted', body: { validTo } }] : refuse('nothing_to_do');
    }
    case 'parent_ended':
      return outlasts(state)
        ? refuse('nothing_to_do')
        : [{ kind: 'clock_ended', body: { how: notice.body.how } }];
    case 'rest_begun':
      return outlasts(state) ? refuse('nothing_to_do') : [{ kind: 'rest_begun', body: {} }];
    case 'rest_over':
      return state.rests === undefined
        ? refuse('nothing_to_do')
        : [{ kind: 'rest_over', body: { since: state.rests } }];
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

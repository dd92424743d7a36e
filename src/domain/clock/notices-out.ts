import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import { isKernelEvent } from '../kernel/held.ts';
import { kindOf } from '../kernel/words.ts';
import type { ClockEvent, ClockState } from './state.ts';

function outcome(
  state: ClockState,
  check: 'background' | 'exclusion',
  word: 'clear' | 'adverse' | null,
): readonly NoticeDraft[] {
  if (word === null || kindOf(state.parent) !== 'candidacy') return [];
  return [{ to: state.parent, kind: 'check_outcome', body: { check, outcome: word } }];
}

function leaveSet(state: ClockState, ctx: NoticeContext): readonly NoticeDraft[] {
  if (state.matter?.about !== 'leave') return [];
  const { from, to } = state.matter;
  return [{ to: state.parent, kind: 'leave_set', body: { clock: ctx.case, from, to } }];
}

const agreed = ({ matter }: ClockState): boolean =>
  matter?.about === 'leave' && (matter.status === 'approved' || matter.status === 'extended');

/** A leave that had not begun is over on the day it was to begin: nobody was away. */
function neverBegan(state: ClockState, ctx: NoticeContext): readonly NoticeDraft[] {
  if (state.matter?.about !== 'leave') return [];
  const body = { clock: ctx.case, returned: state.matter.from };
  return [{ to: state.parent, kind: 'leave_ended', body }];
}

function credentialChanged(
  state: ClockState,
  ctx: NoticeContext,
  status: 'verified' | 'expired',
  validTo: string,
): readonly NoticeDraft[] {
  return [{ to: state.parent, kind: 'credential_changed', body: { clock: ctx.case, status, validTo } }];
}

/** X22: the employment knows that there is something of the person's, so that a death stops it too, and not what. */
function told(state: ClockState, event: Recorded<ClockEvent>, ctx: NoticeContext): readonly NoticeDraft[] {
  if (state.known !== true) return [];
  const body = { clock: ctx.case };
  if (begins.has(event.kind)) return [{ to: state.parent, kind: 'matter_opened', body }];
  const over = state.over && event.kind !== 'clock_ended';
  return over ? [{ to: state.parent, kind: 'matter_over', body }] : [];
}

const begins: ReadonlySet<ClockEvent['kind']> = new Set([
  'leave_opened',
  'accommodation_requested',
  'report_opened',
]);

/** What others hear of an event just folded: dates, outcomes and that there is something, never what. */
export function notices(
  state: ClockState,
  event: Recorded<ClockEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  // The kernel asks about its own events too; they tell nobody anything.
  return isKernelEvent(event) ? [] : [...said(state, event, ctx), ...told(state, event, ctx)];
}

function said(state: ClockState, event: Recorded<ClockEvent>, ctx: NoticeContext): readonly NoticeDraft[] {
  switch (event.kind) {
    case 'leave_decided':
      return event.body.outcome === 'approved' ? leaveSet(state, ctx) : [];
    case 'denial_reviewed':
      return event.body.outcome === 'overturned' ? leaveSet(state, ctx) : [];
    case 'leave_extended':
      return leaveSet(state, ctx);
    case 'leave_moved':
      return agreed(state) ? leaveSet(state, ctx) : [];
    case 'leave_cancelled':
      return event.body.agreed ? neverBegan(state, ctx) : [];
    case 'leave_returned': {
      const body = { clock: ctx.case, returned: event.body.on };
      return [{ to: state.parent, kind: 'leave_ended', body }];
    }
    case 'check_recorded': {
      const word = event.body.outcome;
      return outcome(
        state,
        'background',
        word === 'clear' || word === 'cleared_after_assessment' ? 'clear' : null,
      );
    }
    case 'check_slowed': {
      if (kindOf(state.parent) !== 'candidacy') return [];
      const { businessDays } = event.body;
      return [{ to: state.parent, kind: 'check_slow', body: { check: 'background', businessDays } }];
    }
    case 'adverse_confirmed':
    case 'adverse_decided':
      return outcome(state, 'background', 'adverse');
    case 'exclusion_recorded': {
      const word = event.body.outcome;
      return outcome(state, 'exclusion', word === 'match' ? 'adverse' : word === 'clear' ? 'clear' : null);
    }
    case 'credential_renewed':
      return credentialChanged(state, ctx, 'verified', event.body.validTo);
    case 'credential_expired':
      return credentialChanged(state, ctx, 'expired', event.body.validTo);
    case 'leave_opened':
    case 'leave_closed':
    case 'check_started':
    case 'adverse_proposed':
    case 'check_assessed':
    case 'reply_received':
    case 'wait_prolonged':
    case 'officer_word_given':
    case 'accommodation_requested':
    case 'request_acknowledged':
    case 'request_talked':
    case 'accommodation_decided':
    case 'decline_reviewed':
    case 'arrangement_made':
    case 'request_closed':
    case 'hold_on':
    case 'hold_confirmed':
    case 'hold_reviewed':
    case 'hold_off_proposed':
    case 'hold_kept':
    case 'hold_off':
    case 'report_opened':
    case 'report_acknowledged':
    case 'report_investigated':
    case 'report_closed':
    case 'report_reopened':
    case 'guard_ended':
    case 'exclusion_started':
    case 'credential_watched':
    case 'duties_limited':
    case 'duties_restored':
    case 'deadline_noted':
    case 'credential_step_over':
    case 'overdue_day_passed':
    case 'supervisor_noted':
    case 'absence_noted':
    case 'absence_ended':
    case 'rest_begun':
    case 'rest_over':
    case 'clock_ended':
      return [];
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

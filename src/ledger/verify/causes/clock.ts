import type { ClockCommand } from '../../../contracts/clock.ts';
import type { ClockEvent } from '../../../domain/clock/state.ts';
import type { clockActs } from '../../../domain/clock/words.ts';
import type { ToClock } from '../../../domain/notices.ts';
import type { CausesOf } from './cause.ts';

export const clockCauses: CausesOf<ClockEvent, ClockCommand, ToClock, (typeof clockActs)[number]> = {
  leave_opened: ['ask:open_leave'],
  leave_decided: ['ask:decide_leave'],
  denial_reviewed: ['ask:review_denial'],
  leave_extended: ['ask:extend_leave'],
  leave_returned: ['ask:record_return'],
  leave_closed: ['act:leave_closed'],
  check_started: ['notice:start_clock'],
  check_recorded: ['ask:record_check'],
  adverse_proposed: ['ask:propose_adverse'],
  adverse_decided: ['ask:confirm_adverse'],
  adverse_confirmed: ['ask:confirm_adverse'],
  check_assessed: ['ask:assess'],
  reply_received: ['ask:reply'],
  check_slowed: ['act:slow'],
  wait_prolonged: ['ask:keep_waiting'],
  officer_word_given: ['ask:give_word'],
  accommodation_requested: ['ask:request_accommodation', 'notice:start_clock'],
  request_acknowledged: ['ask:acknowledge_request'],
  request_talked: ['ask:record_talk'],
  accommodation_decided: ['ask:decide_accommodation'],
  decline_reviewed: ['ask:review_decline'],
  arrangement_made: ['ask:confirm_arrangement'],
  request_closed: ['ask:close_request'],
  exclusion_started: ['notice:start_clock'],
  exclusion_recorded: ['ask:record_exclusion'],
  credential_watched: ['notice:start_clock'],
  credential_renewed: ['ask:renew'],
  credential_expired: ['act:expired'],
  overdue_day_passed: ['act:day_passed'],
  supervisor_noted: ['notice:supervisor_changed'],
  absence_noted: ['notice:person_away'],
  absence_ended: ['notice:person_back'],
  clock_ended: ['notice:parent_ended'],
};

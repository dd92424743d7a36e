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

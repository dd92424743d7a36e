import { lastBusinessDayOfMonth, opening } from '../kernel/calendar.ts';
import type { Look, RowSeen } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { dueIn } from '../kernel/rungs.ts';
import { isLive, seatOf } from './state.ts';
import type { EmploymentState, Live } from './state.ts';
import type { EventOf, PulseAnswer } from './events.ts';

/** D7.3, R7.7: the two views of a month are given apart, and read by both only once both are in. */

/**
 * The views of a month are open to others once both are in; then the month is over and the state has none of them any
 * more. To somebody who is neither of the two, also once the window after the month's last business day has ended.
 */
function windowOver(state: Live, { now, terms }: Look): boolean {
  const days = numIf(terms.policy, 'D7.3', 'window_bd');
  if (days === null) return false;
  const { calendar } = terms;
  const asked = opening(calendar, lastBusinessDayOfMonth(calendar, state.pulse.month));
  return now > dueIn(calendar, asked, days);
}

/** Whose view of the open month a reader may see: their own, and after the window what others look at for both. */
function sees(state: Live, by: 'employee' | 'supervisor', look: Look): boolean {
  if (look.reader === null) return false;
  const seat = seatOf(state.job, look.reader);
  return seat === null ? windowOver(state, look) : seat === by;
}

/** A month let go with one view said it in the open once: only whoever gave it reads that row. */
function loneView(state: Live, row: RowSeen, { reader }: Look): boolean {
  const { employee, supervisor } = row.body as EventOf<'pulse_completed'>['body'];
  if ((employee === null) === (supervisor === null)) return false;
  const by = employee === null ? 'supervisor' : 'employee';
  return reader === null || seatOf(state.job, reader) !== by;
}

/** What raised a flag on a month with one view says what that view said: to neither of the two, where HR let the month go. */
function loneFlag({ pulse, job }: Live, row: RowSeen, { reader }: Look): boolean {
  const { month } = row.body as EventOf<'drift_flagged'>['body'];
  return pulse.alone?.includes(month) === true && reader !== null && seatOf(job, reader) !== null;
}

/** The same in the state: that there is a flag is no secret; what raised it would be the view. */
function flagSeen({ drift, alone }: Live['pulse'], seat: string | null): Live['pulse']['drift'] {
  const closed = drift !== null && seat !== null && alone?.includes(drift.month) === true;
  return closed ? { ...drift, triggers: [] } : drift;
}

/** True while what one of the two said of a month is kept from a reader; for good where the other never said theirs. */
export function hidden(state: EmploymentState, row: RowSeen, look: Look): boolean {
  if (!isLive(state)) return false;
  if (row.kind === 'pulse_completed') return loneView(state, row, look);
  if (row.kind === 'drift_flagged') return loneFlag(state, row, look);
  if (row.kind !== 'pulse_answered' || row.actor === look.reader) return false;
  const { month, by } = row.body as EventOf<'pulse_answered'>['body'];
  const { pulse, job } = state;
  if (month >= pulse.month) return !sees(state, by, look);
  if (pulse.alone?.includes(month) !== true || look.reader === null) return false;
  const seat = seatOf(job, look.reader);
  return seat !== null && seat !== by;
}

/** The state without the view that is closed to the reader, and without what nobody reads here (X22). */
export function veiled({ matters: _unread, ...state }: EmploymentState, look: Look): EmploymentState {
  if (!isLive(state)) return state;
  const { pulse } = state;
  const open = (by: 'employee' | 'supervisor'): PulseAnswer | null =>
    pulse[by] !== null && sees(state, by, look) ? pulse[by] : null;
  const employee = open('employee');
  const supervisor = open('supervisor');
  const drift = flagSeen(pulse, look.reader === null ? null : seatOf(state.job, look.reader));
  const same = employee === pulse.employee && supervisor === pulse.supervisor && drift === pulse.drift;
  return same ? state : { ...state, pulse: { ...pulse, employee, supervisor, drift } };
}

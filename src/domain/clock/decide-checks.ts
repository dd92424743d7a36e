import type { ClockCommand } from '../../contracts/clock.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { ClockEvent, ClockState } from './state.ts';
import { checkSteps, exclusionSteps } from './words.ts';

type Decision = readonly ClockEvent[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

/** D5.2, by the background officer. R5.4: `pre_adverse` is the first notice, given on a day, with the report and rights. */
export function recordCheck(state: ClockState, ask: Of<'record_check'>, ctx: Context): Decision {
  const { outcome, given, notice } = ask.command.payload;
  if (state.matter?.about !== 'background') return notNow('D5.2', { code: 'no_check_here' });
  const from = state.matter.status;
  if (!checkSteps[from].includes(outcome)) return notNow('D5.2', { code: 'not_after', about: from });
  if (outcome !== 'pre_adverse')
    return given === undefined && notice === undefined
      ? [{ kind: 'check_recorded', body: { outcome } }]
      : blocked('R5.4', { code: 'notice_goes_with_pre_adverse' });
  if (given === undefined || notice === undefined) return blocked('R5.4', { code: 'first_notice_needed' });
  if (given > dateOf(ctx.terms.calendar, ctx.now))
    return blocked('R5.4', { code: 'date_in_future', about: given });
  return [{ kind: 'check_recorded', body: { outcome, given, notice } }];
}

/** D5.2 `adverse_final`, first half; the gate R5.4 sees to the first notice and the wait. */
export function proposeAdverse(state: ClockState, ask: Of<'propose_adverse'>): Decision {
  if (state.matter?.about !== 'background') return notNow('D5.2', { code: 'no_check_here' });
  const { reason, notice } = ask.command.payload;
  return [{ kind: 'adverse_proposed', body: { by: ask.actor, reason, notice } }];
}

/** D5.2 `adverse_final`, second half: the HR director, never the person who proposed. */
export function confirmAdverse(state: ClockState, ask: Of<'confirm_adverse'>): Decision {
  if (state.matter?.about !== 'background') return notNow('D5.2', { code: 'no_check_here' });
  const proposal = state.matter.proposal;
  if (proposal === null) return notNow('D5.2', { code: 'nothing_proposed' });
  if (proposal.by === ask.actor) return blocked('D5.2', { code: 'second_person_needed' });
  return [{ kind: 'adverse_decided', body: { ...proposal, confirmedBy: ask.actor } }];
}

/** D5.3, by compliance. */
export function recordExclusion(state: ClockState, ask: Of<'record_exclusion'>): Decision {
  const { outcome } = ask.command.payload;
  if (state.matter?.about !== 'exclusion') return notNow('D5.3', { code: 'no_check_here' });
  const from = state.matter.status;
  if (!exclusionSteps[from].includes(outcome)) return notNow('D5.3', { code: 'not_after', about: from });
  return [{ kind: 'exclusion_recorded', body: { outcome } }];
}

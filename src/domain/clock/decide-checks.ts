import type { ClockCommand } from '../../contracts/clock.ts';
import type { Ask } from '../kernel/decider.ts';
import { notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { ClockEvent, ClockState } from './state.ts';
import { exclusionSteps } from './words.ts';

type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

/** D5.3, by compliance. */
export function recordExclusion(
  state: ClockState,
  ask: Of<'record_exclusion'>,
): readonly ClockEvent[] | Refusal {
  const { outcome } = ask.command.payload;
  if (state.matter?.about !== 'exclusion') return notNow('D5.3', { code: 'no_check_here' });
  const from = state.matter.status;
  if (!exclusionSteps[from].includes(outcome)) return notNow('D5.3', { code: 'not_after', about: from });
  return [{ kind: 'exclusion_recorded', body: { outcome } }];
}

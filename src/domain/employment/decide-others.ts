import type { Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { seat, today } from './deciding.ts';
import type { AskOf, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Seat } from './events.ts';
import { leaveOn } from './sessions.ts';
import type { Live } from './state.ts';

type Others = 'record_networking' | 'record_reflection_group';

/**
 * A day at work, later than the one recorded last; only the employee may say that they do not want it.
 * @returns whose word it is, or the refusal
 */
function saidBy(
  state: Live,
  ask: AskOf<Others>,
  rule: 'P9.5' | 'REFLECT',
  before: CivilDate | undefined,
  ctx: Context,
): Seat | Refusal {
  const { on, outcome } = ask.command.payload;
  const by = seat(state, ask);
  if (by === null) return blocked(rule, { code: 'one_of_the_two' });
  if (on > today(ask, ctx) || on < state.job.dayOne) return blocked(rule, { code: 'day_of_the_time' });
  if (before !== undefined && on <= before) return notNow(rule, { code: 'already_recorded' });
  if (leaveOn(state.leave, on) !== undefined) return blocked('R7.4', { code: 'day_at_work', about: on });
  if (outcome === 'not_wanted' && by !== 'employee') return blocked(rule, { code: 'employees_own_word' });
  return by;
}

/** Commands of the time with others in peer roles, by either of the two. */
export const others: Deciders<Others> = {
  /** P9.5: time to meet others in peer roles. */
  record_networking(state, ask, ctx) {
    const { on, outcome } = ask.command.payload;
    const by = saidBy(state, ask, 'P9.5', state.others?.networked, ctx);
    return typeof by === 'string' ? [happened('networking_recorded', { on, outcome, by })] : by;
  },

  /** Stage 7: the reflection group of the month. */
  record_reflection_group(state, ask, ctx) {
    const { on, outcome } = ask.command.payload;
    const by = saidBy(state, ask, 'REFLECT', state.others?.reflected, ctx);
    return typeof by === 'string' ? [happened('reflection_group_recorded', { on, outcome, by })] : by;
  },
};

import { addDays, dateOf } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Context } from '../kernel/decider.ts';
import type { Decision, Of } from './decide-elements.ts';
import type { RoleState } from './state.ts';

/** Fewest people a number may stand for, whatever a policy says (R8.4, domain 5.2). */
const LEAST = 5;

/**
 * Optional numbers about what changed for the people served, before the role had somebody and a year on. They come from
 * outside as sums, in per cent of their scale; no answer and no person is known here. R8.4 BLOCK: fewer than five people.
 */
export function recordMeasures(state: RoleState, ask: Of<'record_measures'>, ctx: Context): Decision {
  const { when, on, people, values } = ask.command.payload;
  const { policy, calendar } = ctx.terms;
  if (Object.keys(values).length === 0) return blocked('R8.4', { code: 'a_measure' });
  if (people < Math.max(LEAST, numIf(policy, 'MEASURE', 'least') ?? LEAST))
    return blocked('R8.4', { code: 'five_people_at_least' });
  if (on > dateOf(calendar, ctx.now)) return blocked('R8.4', { code: 'day_not_in_future' });
  const first = state.firstHire;
  if (when === 'twelve_months') {
    if (first === null) return notNow('R8.4', { code: 'first_hire' });
    const from = addDays(first, numIf(policy, 'MEASURE', 'year_from_d') ?? 0);
    if (on < from) return notNow('R8.4', { code: 'not_before', about: from });
  } else if (first !== null) {
    const until = addDays(first, numIf(policy, 'MEASURE', 'baseline_within_d') ?? 0);
    if (on > until) return blocked('R8.4', { code: 'baseline_until', about: until });
  }
  return [{ kind: 'measures_recorded', body: { when, on, people, values } }];
}

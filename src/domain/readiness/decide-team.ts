import { addMonths, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Decision, Of } from './decide.ts';
import type { ReadinessState } from './state.ts';

/** P0.3: it is recorded once it was held. */
export function recordOrientation(
  state: ReadinessState,
  ask: Of<'record_orientation'>,
  ctx: Context,
): Decision {
  const { held, attended } = ask.command.payload;
  const today = dateOf(ctx.terms.calendar, ctx.now);
  if (held > today) return notNow('P0.3', { code: 'not_held_yet' });
  if (state.orientation !== null && held < state.orientation)
    return notNow('P0.3', { code: 'oriented_since', about: state.orientation });
  if (addMonths(held, num(ctx.terms.policy, 'P0.3', 'valid_months')) < today)
    return blocked('P0.3', { code: 'too_long_ago', about: held });
  if (!attended.some((one) => state.team.includes(one)))
    return blocked('P0.3', { code: 'nobody_of_the_team' });
  return [{ kind: 'orientation_held', body: ask.command.payload }];
}

/** The team beside the role, as P0.3 speaks to it. */
export function changeTeam(state: ReadinessState, ask: Of<'change_team'>): Decision {
  const { join, leave } = ask.command.payload;
  if (join.length + leave.length === 0) return notNow('P0.3', { code: 'nobody_named' });
  const foreign = leave.find((one) => !state.team.includes(one));
  if (foreign !== undefined) return notNow('P0.3', { code: 'not_in_team', who: foreign });
  const known = join.find((one) => state.team.includes(one));
  if (known !== undefined) return notNow('P0.3', { code: 'already_in_team', who: known });
  // D0.3: somebody scores the self-check, whoever leaves before their sheet is in.
  const stays = state.scorers.some((one) => !leave.includes(one) || state.sheets[one] !== undefined);
  if (!stays) return blocked('D0.3', { code: 'nobody_left_to_score' });
  return [{ kind: 'team_changed', body: { join, leave } }];
}

import { addMonths } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { pulseMonth } from './dates.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import { agreedShares, flagged, outsideOf, roleFitQuiet, triggersOf, triggersOfEach } from './drift.ts';
import { inLine, seat, today } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { anyOf } from '../signed.ts';
import { happened } from './events.ts';
import type { DriftJudgement, PulseAnswer, ReviewSeat } from './events.ts';
import type { Live } from './state.ts';

type PulseCommands = 'answer_pulse' | 'waive_pulse' | 'propose_drift_review' | 'agree_drift_review';

/** R7.7: both views become readable with the second of them. */
function completed(
  state: Live,
  views: { readonly employee: PulseAnswer; readonly supervisor: PulseAnswer },
  ask: AskOf<'answer_pulse'>,
  ctx: Context,
): Exclude<Decision, { refused: true }> {
  const { month } = state.pulse;
  const outside = Math.max(outsideOf(views.employee), outsideOf(views.supervisor));
  const next = following(state, ctx);
  const done = happened('pulse_completed', { month, ...views, outside, next });
  const quiet = roleFitQuiet(state, today(ask, ctx), ctx.terms) ? (['role_fit_quiet'] as const) : [];
  const agreed = agreedShares(ctx.facts.get('role_shares', state.job.role)?.value);
  const { employee, supervisor } = views;
  const triggers = [...triggersOf(state.pulse, employee, supervisor, agreed, ctx.terms), ...quiet];
  return [done, ...flagged(state, month, triggers)];
}

/** The same employment in the month that is asked now: of one passed over for a leave nothing is taken in any more. */
function asking(state: Live, ctx: Context): Live {
  const { pulse: last, leave } = state;
  const month = pulseMonth(last.month, leave, ctx.terms.calendar);
  return month === last.month
    ? state
    : { ...state, pulse: { ...last, month, employee: null, supervisor: null } };
}

/** The month asked after this one. One that lay in a leave which is over stays passed over, whatever is noted of leaves later. */
function following({ pulse, leave }: Live, { terms }: Context): CivilDate {
  const over = leave.filter((one) => one.over === true);
  return pulseMonth(addMonths(pulse.month, 1), over, terms.calendar);
}

/** D7.3, each alone. */
function answerPulse(before: Live, ask: AskOf<'answer_pulse'>, ctx: Context): Decision {
  const state = asking(before, ctx);
  const { month, ...answer } = ask.command.payload;
  const by = seat(state, ask);
  if (by === null) return blocked('D7.3', { code: 'one_of_the_two' });
  const { pulse } = state;
  if (`${month}-01` !== pulse.month)
    return notNow('D7.3', { code: 'month_asked', about: pulse.month.slice(0, 7) });
  if (today(ask, ctx) < pulse.month) return notNow('D7.3', { code: 'month_is_ahead' });
  if (pulse[by] !== null) return notNow('D7.3', { code: 'already_answered' });
  const total = answer.core + answer.support + answer.shared + answer.nonPeer;
  if (Math.abs(total - 100) > 0.01) return blocked('D7.3', { code: 'shares_sum_to_100' });
  const answered = happened('pulse_answered', { month: pulse.month, by, answer });
  const other = by === 'employee' ? pulse.supervisor : pulse.employee;
  if (other === null) return [answered];
  const views =
    by === 'employee' ? { employee: answer, supervisor: other } : { employee: other, supervisor: answer };
  return [answered, ...completed(state, views, ask, ctx)];
}

/** Who of the three speaks: employee, supervisor, and an adviser who is neither of their circle (D7.4). */
function reviewSeat(
  state: Live,
  ask: AskOf<'propose_drift_review' | 'agree_drift_review'>,
  ctx: Context,
): ReviewSeat | null {
  const own = seat(state, ask);
  if (own !== null) return own;
  // In name and in hand: nobody of the circle speaks in the adviser's place either.
  return !inLine(state, ask) && ctx.capacities.includes('independent_adviser') ? 'adviser' : null;
}

function proposeReview(state: Live, ask: AskOf<'propose_drift_review'>, ctx: Context): Decision {
  const { outcome, duties, until, element } = ask.command.payload;
  // X18: drift is a matter of the role and its surroundings until three people have found otherwise.
  const { kind = outcome === 'no_drift' ? 'none' : 'organizational' } = ask.command.payload;
  const by = reviewSeat(state, ask, ctx);
  if (by === null) return blocked('D7.4', { code: 'adviser_apart' });
  if (state.pulse.drift === null && state.pulse.until === null)
    return notNow('D7.4', { code: 'no_drift_flag' });
  if ((kind === 'none') !== (outcome === 'no_drift')) return blocked('D7.5', { code: 'outcome_fits_kind' });
  // A share of hours says nothing about one person: what was done is named.
  if ((kind === 'individual' || kind === 'both') && duties.length === 0)
    return blocked('X18', { code: 'duties_named' });
  if (outcome === 'accepted_temporary_until' && (until === undefined || until <= today(ask, ctx)))
    return blocked('D7.5', { code: 'until_in_future' });
  if (outcome === 'role_reopened' && element === undefined) return blocked('D7.5', { code: 'element' });
  const judged: DriftJudgement = {
    kind,
    outcome,
    duties,
    ...(outcome === 'accepted_temporary_until' && until !== undefined ? { until } : {}),
    ...(outcome === 'role_reopened' && element !== undefined ? { element } : {}),
  };
  return [happened('drift_review_proposed', { ...judged, by })];
}

function agreeReview(state: Live, ask: AskOf<'agree_drift_review'>, ctx: Context): Decision {
  const by = reviewSeat(state, ask, ctx);
  if (by === null) return blocked('D7.4', { code: 'adviser_apart' });
  const { drift } = state.pulse;
  if (drift === null || drift.proposal === null) return notNow('D7.4', { code: 'nothing_proposed' });
  if (drift.agreed.includes(by)) return notNow('D7.4', { code: 'already_agreed' });
  if (anyOf(ask, drift.givers ?? [])) return blocked('D7.5', { code: 'second_person_needed' });
  const agreed = happened('drift_review_agreed', { by });
  if (drift.agreed.length + 1 < 3) return [agreed];
  return [agreed, happened('drift_reviewed', drift.proposal)];
}

/** Commands of the role pulse and of drift. Both belong to the role: no review ever hears of them (R7.7). */
export const pulse: Deciders<PulseCommands> = {
  answer_pulse: answerPulse,

  /** HR lets a month go that one of the two did not answer; silence is recorded, never filled in. */
  waive_pulse(before, ask, ctx) {
    const state = asking(before, ctx);
    const { month, employee, supervisor } = state.pulse;
    if (today(ask, ctx) < addMonths(month, 1)) return notNow('D7.3', { code: 'month_not_over' });
    const next = following(state, ctx);
    // R7.7: a view that is the only one stays where it is; what it says of the work is judged all the same.
    const views = [employee, supervisor].filter((one) => one !== null);
    const none = { employee: null, supervisor: null, outside: null };
    return [
      happened('pulse_completed', { month, ...none, next }),
      ...flagged(state, month, triggersOfEach(views, ctx.terms)),
    ];
  },

  propose_drift_review: proposeReview,
  agree_drift_review: agreeReview,
};

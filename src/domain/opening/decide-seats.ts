import { dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import { notMissing, passOn } from './decide-panel.ts';
import type { Decision, Of } from './decide-posting.ts';
import { quorumMissing } from './gates.ts';
import { candidacyOf, inForce, interviewsBegan, remaining, seatsHeld } from './state.ts';
import type { OpeningState } from './state.ts';

const onPanel = (state: OpeningState, person: string): readonly string[] =>
  seatsHeld(state, person).filter((seat) => seat.startsWith('panel'));

/** D4.2: a panelist cannot come; an alternate takes the seat while no interview was held, later the panel goes on. */
export function declineSeat(state: OpeningState, ask: Of<'decline_seat'>): Decision {
  const person = ask.onBehalfOf ?? ask.actor;
  const seats = onPanel(state, person);
  if (state.plan === null || seats.length === 0) return notNow('P4.2', { code: 'nothing_to_decline' });
  return seats.map((seat) => passOn(state, seat, person));
}

/**
 * D4.2: somebody did not come. Before the first interview an alternate takes the seat; afterwards they are dropped for
 * every candidate (D4.4), and sheets of the others stay as they are. X6 BLOCK when the quorum would not hold.
 */
export function recordNoShow(state: OpeningState, ask: Of<'record_no_show'>, ctx: Context): Decision {
  const { panelist } = ask.command.payload;
  const seats = onPanel(state, panelist);
  if (seats.length === 0) return refuse('unknown_reference', 'D4.2', [{ code: 'not_on_panel' }]);
  const { plan } = state;
  if (plan === null || dateOf(ctx.terms.calendar, ctx.now) < plan.firstDay)
    return notNow('D4.2', { code: 'interviews_ahead' });
  if (interviewsBegan(state)) {
    const left = inForce(state).filter((seat) => seat.person !== panelist);
    const missing = quorumMissing(left, ctx);
    if (missing.length > 0) return blocked('X6', ...missing, { code: 're_interview' });
    const there = notMissing(state, panelist);
    if (there !== null) return there;
  }
  return seats.map((seat) => passOn(state, seat, panelist));
}

/**
 * X6: the quorum cannot hold any more, so the remaining candidates are asked anew, all of them and with the same
 * questions. BLOCK while the panel can go on without: nobody goes through it twice for nothing.
 */
export function orderReInterview(state: OpeningState, ask: Of<'order_re_interview'>, ctx: Context): Decision {
  const { drop } = ask.command.payload;
  if (!interviewsBegan(state) || state.selected !== null) return notNow('X6', { code: 'no_interview_held' });
  if (state.selection !== null) return notNow('X6', { code: 'selection_proposed' });
  const rows = remaining(state);
  if (rows.length === 0) return notNow('X6', { code: 'nobody_remains' });
  const seats = inForce(state);
  if (drop !== undefined && !seats.some((seat) => seat.person === drop))
    return refuse('unknown_reference', 'X6', [{ code: 'not_on_panel' }]);
  const left = seats.filter((seat) => seat.person !== drop);
  if (quorumMissing(left, ctx).length === 0) return blocked('X6', { code: 'quorum_holds' });
  const there = drop === undefined ? null : notMissing(state, drop);
  if (there !== null) return there;
  const again = { kind: 're_interview_ordered', body: { candidacies: rows.map(candidacyOf) } } as const;
  return drop === undefined ? [again] : [{ kind: 'rater_dropped', body: { rater: drop } }, again];
}

/** D4.2: what a panelist from outside is paid: `offered` before the interviews, `paid` after them. */
export function recordFee(state: OpeningState, ask: Of<'record_fee'>): Decision {
  const { person, outcome } = ask.command.payload;
  const known = state.course.fees.some((one) => one.person === person);
  if (outcome === 'paid') {
    if (!known) return blocked('D4.2', { code: 'fee_not_offered', about: person });
    return [{ kind: 'fee_recorded', body: { person, outcome } }];
  }
  if (known) return notNow('D4.2', { code: 'already_offered' });
  const outside = state.panel.some((seat) => seat.person === person && seat.outside === true);
  if (!outside) return refuse('unknown_reference', 'D4.2', [{ code: 'not_from_outside' }]);
  return [{ kind: 'fee_recorded', body: { person, outcome } }];
}

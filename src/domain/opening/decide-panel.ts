import { businessDaysBetween, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Decision, Of } from './decide-posting.ts';
import type { OpeningEvent, Rater, SeatName } from './events.ts';
import { attestationAsked, quorumMissing } from './gates.ts';
import { unoffered } from './queries.ts';
import { inForce, interviewsBegan, placeOf, seatsHeld } from './state.ts';
import type { JudgeSeat, OpeningState } from './state.ts';

/**
 * D3.5 concerns a list of people, so a seat declares once there is one: screeners at the first application. Who declared
 * before the policy asked for the word of R3.5 may give it afterwards.
 */
function declarable(state: OpeningState, seat: SeatName, attest: boolean): boolean {
  const closed = state.posting.status === 'closed';
  const { of, at } = placeOf(seat);
  const { declared, attested } = state[of][at] ?? {};
  if (declared === true && (attested === true || !attest)) return false;
  return of === 'panel' ? closed : closed || state.firstApplied !== null;
}

/** @returns who of the alternates takes a seat: the first who leaves the panel with somebody in a peer role. */
export function nextAlternate(state: OpeningState, seat: SeatName): Rater | null {
  const { at } = placeOf(seat);
  const others = inForce(state).filter((one) => one !== state.panel[at]);
  const needsRole = !others.some((one) => one.inRole);
  const fitting = needsRole ? state.alternates.find((one) => one.inRole) : undefined;
  return fitting ?? state.alternates[0] ?? null;
}

/**
 * One seat passes on. An alternate takes a seat of the panel while no interview was held; afterwards the panel goes on
 * without it, for every candidate (D4.4, X6).
 */
export function passOn(state: OpeningState, seat: SeatName, left: string): OpeningEvent {
  if (placeOf(seat).of === 'screeners') return { kind: 'seat_left', body: { seat, left } };
  if (interviewsBegan(state)) return { kind: 'rater_dropped', body: { rater: left } };
  const by = nextAlternate(state, seat);
  return by === null
    ? { kind: 'seat_left', body: { seat, left } }
    : { kind: 'seat_refilled', body: { seat, left, by } };
}

/**
 * D3.5, by the reviewer alone and for the whole opening. To others a recusal is a seat that passed on, nothing
 * more: neither a reason nor an applicant is a field anywhere. R3.5 BLOCK: who stays says that they will not look any
 * applicant up.
 */
export function declare(state: OpeningState, ask: Of<'declare'>, ctx: Context): Decision {
  const person = ask.onBehalfOf ?? ask.actor;
  const held = seatsHeld(state, person);
  const { answer, attest } = ask.command.payload;
  if (answer === 'recuse') return held.map((seat) => passOn(state, seat, person));
  const seats = held.filter((seat) => declarable(state, seat, attest === true));
  if (seats.length === 0) return notNow('D3.5', { code: 'nothing_to_declare' });
  if (attest !== true && attestationAsked(ctx.terms.policy)) return blocked('R3.5', { code: 'attestation' });
  const body = { by: person, seats };
  return [{ kind: 'conflict_declared', body: attest === true ? { ...body, attested: true } : body }];
}

function taken(state: OpeningState, seat: SeatName, person: string): boolean {
  const table = seat.startsWith('screener') ? state.screeners : state.panel;
  const spare = state.alternates.some((one) => one.person === person);
  return table.some((one) => one.person === person) || (seat === 'alternate' && spare);
}

/** D4.2 `replaced`: HR fills a seat that stands empty, or names one more alternate. */
export function fillSeat(state: OpeningState, ask: Of<'fill_seat'>, ctx: Context): Decision {
  const { seat, ...by } = ask.command.payload;
  if (taken(state, seat, by.person)) return blocked('D4.2', { code: 'seated_twice', about: seat });
  if (seat === 'alternate') return [{ kind: 'alternate_added', body: by }];
  const { of, at } = placeOf(seat);
  const found: JudgeSeat | undefined = state[of][at];
  if (found === undefined) return refuse('unknown_reference', 'D4.2', [{ code: 'seat', about: seat }]);
  if (found.person !== null && !found.dropped) return notNow('D4.2', { code: 'seat_taken', about: seat });
  const enough = quorumMissing(inForce(state), ctx).length === 0;
  if (of === 'panel' && interviewsBegan(state) && enough)
    return blocked('X6', { code: 'same_raters_for_all' });
  return [{ kind: 'seat_refilled', body: { seat, left: found.person ?? found.left, by } }];
}

function planProblem(state: OpeningState, ask: Of<'plan_interviews'>, ctx: Context) {
  const { firstDay, lastDay, questions } = ask.command.payload;
  const notApproved = questions.filter((id) => state.questions[id] !== 'approved');
  if (notApproved.length > 0)
    return blocked('R4.2', ...notApproved.map((about) => ({ code: 'not_approved', about })));
  const asked = state.asked;
  const same =
    asked === null || (asked.length === questions.length && asked.every((id, n) => id === questions[n]));
  if (!same) return blocked('R4.6', { code: 'one_set_per_opening' });
  const seats = inForce(state);
  const need = num(ctx.terms.policy, 'D4.2', 'in_peer_role_min');
  if (seats.filter((seat) => seat.inRole).length < need) return blocked('R4.1', { code: 'in_peer_role' });
  if (seats.length < num(ctx.terms.policy, 'D4.2', 'panel_min'))
    return blocked('D4.2', { code: 'panel_size' });
  const unpaid = unoffered(state);
  if (unpaid.length > 0)
    return blocked('D4.2', ...unpaid.map(({ person }) => ({ code: 'fee_not_offered', about: person })));
  const today = dateOf(ctx.terms.calendar, ctx.now);
  const ahead = num(ctx.terms.policy, 'P4.1', 'before_bd');
  if (lastDay < firstDay || businessDaysBetween(ctx.terms.calendar, today, firstDay) < ahead)
    return blocked('P4.1', { code: 'business_days_ahead', about: String(ahead) });
  return null;
}

/** D4.2: the days and the questions. R4.1, R4.2, R4.6 BLOCK; WARN about a rater who was not trained. */
export function planInterviews(state: OpeningState, ask: Of<'plan_interviews'>, ctx: Context): Decision {
  if (state.pool === null) return notNow('D4.2', { code: 'G3' });
  if (interviewsBegan(state)) return notNow('D4.2', { code: 'interviews_began' });
  const problem = planProblem(state, ask, ctx);
  if (problem !== null) return problem;
  const untrained = inForce(state).find((seat) => !seat.trained);
  const about = untrained === undefined ? {} : { about: untrained.person };
  const warned = warnings(ask, [{ rule: 'D4.2', holds: untrained !== undefined, ...about }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'interviews_planned', body: ask.command.payload }, ...warned];
}

/** P4.2: a panelist says they will be there. */
export function confirmAttendance(state: OpeningState, ask: Of<'confirm_attendance'>): Decision {
  const person = ask.onBehalfOf ?? ask.actor;
  if (state.plan === null) return notNow('P4.2', { code: 'no_interviews_planned' });
  const open = inForce(state).some((seat) => seat.person === person && !seat.confirmed);
  if (!open) return notNow('P4.2', { code: 'nothing_to_confirm' });
  return [{ kind: 'attendance_confirmed', body: { by: person } }];
}

/** D4.4 `dropped_for_all`: for every candidate or for none; X6 BLOCK when the quorum would not hold. */
export function dropRater(state: OpeningState, ask: Of<'drop_rater'>, ctx: Context): Decision {
  const { rater } = ask.command.payload;
  const seats = inForce(state);
  const gone = seats.find((seat) => seat.person === rater);
  if (gone === undefined) return refuse('unknown_reference', 'D4.4', [{ code: 'not_on_panel' }]);
  if (!interviewsBegan(state)) return notNow('D4.4', { code: 'no_interview_held' });
  const missing: readonly Missing[] = quorumMissing(
    seats.filter((seat) => seat !== gone),
    ctx,
  );
  if (missing.length > 0) return blocked('X6', ...missing, { code: 're_interview' });
  return [{ kind: 'rater_dropped', body: { rater } }];
}

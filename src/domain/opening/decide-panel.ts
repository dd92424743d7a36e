import { businessDaysBetween, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import { stillHires } from './aside.ts';
import { hasApplied } from './applicants.ts';
import type { Decision, Of } from './decide-posting.ts';
import type { OpeningEvent, Rater, SeatName } from './events.ts';
import { attestationAsked, declarationsMissing, inRoleMissing, quorumMissing } from './gates.ts';
import { keepsProcess } from './process-keeper.ts';
import { unoffered } from './queries.ts';
import { inForce, interviewsBegan, placeOf, raterMark, remaining, seatsHeld } from './state.ts';
import type { JudgeSeat, OpeningState, Row } from './state.ts';

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

/** @returns whether somebody may judge here: no applicant does (D3.5), nor whoever gave up a seat. */
const mayJudge = (state: OpeningState, person: string): boolean =>
  !hasApplied(state.applicants, person) && !state.gone.includes(person);

/**
 * @returns who of the alternates takes a seat, or null. R4.1: with nobody in a peer role left, the seat is kept for
 * somebody who is; HR fills it.
 */
export function nextAlternate(state: OpeningState, seat: SeatName): Rater | null {
  const { at } = placeOf(seat);
  const others = inForce(state).filter((one) => one !== state.panel[at]);
  const needsRole = !others.some((one) => one.inRole);
  const ready = state.alternates.filter((one) => mayJudge(state, one.person));
  return ready.find((one) => one.inRole || !needsRole) ?? null;
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
 * D3.5: every seat of theirs passes on, and nobody calls them in as an alternate; whoever hires stands aside from the choice
 * too, with a seat or without.
 */
function standAside(state: OpeningState, person: string, held: readonly SeatName[]): Decision {
  const spare = state.alternates.some((one) => one.person === person);
  if (held.length === 0 && !spare) return managerAlone(state, person);
  const left = { kind: 'alternate_left', body: { left: person } } as const;
  return [...held.map((seat) => passOn(state, seat, person)), ...(spare ? [left] : [])];
}

function managerAlone(state: OpeningState, person: string): Decision {
  const hires = person === state.hiringManager && !state.gone.includes(person) && stillHires(state);
  if (!hires) return notNow('D3.5', { code: 'nothing_to_declare' });
  return [{ kind: 'choice_passed_on', body: { left: person } }];
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
  if (answer === 'recuse') return standAside(state, person, held);
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

/** R4.1: the last empty seat of a panel is for somebody in a peer role, as long as there are too few of them. */
function keepsRole(state: OpeningState, at: number, by: Rater, ctx: Context): boolean {
  const empty = state.panel.some((seat, n) => n !== at && seat.person === null && !seat.dropped);
  return by.inRole || empty || inRoleMissing(inForce(state), ctx).length === 0;
}

/** D4.2: whoever joins after the interviews were planned was not in the warning about raters not trained. */
const untrainedLate = (state: OpeningState, ask: Of<'fill_seat'>) => {
  const { seat, person, trained } = ask.command.payload;
  const judges = !seat.startsWith('screener');
  return warnings(ask, [{ rule: 'D4.2', holds: judges && !trained && state.plan !== null, about: person }]);
};

/**
 * D4.2 `replaced`: HR fills a seat that stands empty, or names one more alternate. BLOCK D3.5 for an applicant of this
 * search, and for whoever gave up a seat in it; D4.2 for HR as a rater; R4.1 as long as nobody on the panel is in a peer role.
 */
export function fillSeat(state: OpeningState, ask: Of<'fill_seat'>, ctx: Context): Decision {
  const { seat, ...by } = ask.command.payload;
  if (taken(state, seat, by.person)) return blocked('D4.2', { code: 'seated_twice', about: seat });
  if (hasApplied(state.applicants, by.person)) return blocked('D3.5', { code: 'applies_here', about: seat });
  if (state.gone.includes(by.person)) return blocked('D3.5', { code: 'gave_up_a_seat', about: seat });
  const keeper = seat.startsWith('screener') ? null : keepsProcess([by.person], ask, ctx);
  if (keeper !== null) return keeper;
  const warned = untrainedLate(state, ask);
  if (seat === 'alternate')
    return isRefusal(warned) ? warned : [{ kind: 'alternate_added', body: by }, ...warned];
  const { of, at } = placeOf(seat);
  const found: JudgeSeat | undefined = state[of][at];
  if (found === undefined) return refuse('unknown_reference', 'D4.2', [{ code: 'seat', about: seat }]);
  if (found.person !== null && !found.dropped) return notNow('D4.2', { code: 'seat_taken', about: seat });
  const enough = quorumMissing(inForce(state), ctx).length === 0;
  if (of === 'panel' && interviewsBegan(state) && enough)
    return blocked('X6', { code: 'same_raters_for_all' });
  if (of === 'panel' && !keepsRole(state, at, by, ctx)) return blocked('R4.1', { code: 'in_peer_role' });
  if (isRefusal(warned)) return warned;
  return [{ kind: 'seat_refilled', body: { seat, left: found.person ?? found.left, by } }, ...warned];
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
  const role = inRoleMissing(seats, ctx);
  if (role.length > 0) return blocked('R4.1', ...role);
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

/** D4.2: the days and the questions. R4.1, R4.2, R4.6 BLOCK; WARN about a rater, or an alternate, who was not trained. */
export function planInterviews(state: OpeningState, ask: Of<'plan_interviews'>, ctx: Context): Decision {
  if (state.pool === null) return notNow('D4.2', { code: 'G3' });
  if (interviewsBegan(state)) return notNow('D4.2', { code: 'interviews_began' });
  const problem = planProblem(state, ask, ctx);
  if (problem !== null) return problem;
  const untrained = [...inForce(state), ...state.alternates].find((one) => !one.trained);
  const about = untrained === undefined ? {} : { about: untrained.person };
  const warned = warnings(ask, [{ rule: 'D4.2', holds: untrained !== undefined, ...about }]);
  if (isRefusal(warned)) return warned;
  const inRole = num(ctx.terms.policy, 'D4.2', 'in_peer_role_min');
  return [{ kind: 'interviews_planned', body: { ...ask.command.payload, inRole } }, ...warned];
}

/** P4.2: a panelist says they will be there. D3.5, R3.5 BLOCK: whoever joined late declares like all others first. */
export function confirmAttendance(
  state: OpeningState,
  ask: Of<'confirm_attendance'>,
  ctx: Context,
): Decision {
  const person = ask.onBehalfOf ?? ask.actor;
  if (state.plan === null) return notNow('P4.2', { code: 'no_interviews_planned' });
  const seat = inForce(state).find((one) => one.person === person && !one.confirmed);
  if (seat === undefined) return notNow('P4.2', { code: 'nothing_to_confirm' });
  const [missing] = declarationsMissing([seat], ctx);
  if (missing !== undefined) return blocked(missing.code, missing);
  return [{ kind: 'attendance_confirmed', body: { by: person } }];
}

/**
 * D4.4 `dropped_for_all` is for a rater who is missing. BLOCK R4.5 while a dissent of theirs stands, and D4.4 where
 * nothing of theirs is missing: nobody is taken off a panel for what they found. Who wants to leave says so themselves.
 * @param among candidates whose sheets count
 */
export function notMissing(
  state: OpeningState,
  rater: string,
  among: readonly Row[] = remaining(state),
): Refusal | null {
  const mark = raterMark(state, rater);
  if ((state.consensus?.answers[mark] ?? []).length > 0)
    return blocked('R4.5', { code: 'dissent_stands', who: rater });
  const missing = among.some((row) => !(row.sh ?? '').includes(mark));
  return missing || remaining(state).length === 0 ? null : blocked('D4.4', { code: 'sheets_in', who: rater });
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
  const met = remaining(state).filter((row) => row.on !== undefined);
  return notMissing(state, rater, met) ?? [{ kind: 'rater_dropped', body: { rater } }];
}

import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import { questionsMarked } from './evolve-questions.ts';
import type { EventOf, Rater, SeatName } from './events.ts';
import { candidacyOf, placeOf, raterMark } from './state.ts';
import type { JudgeSeat, OpeningState } from './state.ts';

export type PanelChange = Recorded<
  | EventOf<'conflict_declared'>
  | EventOf<'seat_refilled'>
  | EventOf<'seat_left'>
  | EventOf<'alternate_called'>
  | EventOf<'alternate_added'>
  | EventOf<'alternate_left'>
  | EventOf<'choice_passed_on'>
  | EventOf<'questions_marked'>
  | EventOf<'interviews_planned'>
  | EventOf<'attendance_confirmed'>
  | EventOf<'rater_dropped'>
  | EventOf<'incident_reported'>
  | EventOf<'incident_reviewed'>
  | EventOf<'consensus_answered'>
  | EventOf<'references_recorded'>
>;

function seatChanged(state: OpeningState, seat: SeatName, change: Partial<JudgeSeat>): OpeningState {
  const { of, at } = placeOf(seat);
  const table = state[of].map((one, n) => (n === at ? { ...one, ...change } : one));
  return { ...state, [of]: table };
}

/** Whoever left before the first interview is not paid for it; what another person of the seat said is theirs. */
function vacated(state: OpeningState, seat: SeatName): OpeningState {
  const { of, at } = placeOf(seat);
  const gone = state[of][at]?.person ?? null;
  const table = state[of].map((one, n): JudgeSeat => {
    const { attested: _attested, outside: _outside, ...rest } = one;
    return n === at ? rest : one;
  });
  const { fees } = state.course;
  const owed = state.began ? fees : fees.filter((one) => one.person !== gone);
  const course = owed.length === fees.length ? state.course : { ...state.course, fees: owed };
  return { ...state, [of]: table, course };
}

/** A new person on a seat: what the panel had agreed was not agreed with them. */
function refilled(before: OpeningState, seat: SeatName, by: Rater, since: Instant): OpeningState {
  const fresh = { left: null, declared: false, confirmed: false, dropped: false };
  const state = vacated(before, seat);
  const after = seatChanged(state, seat, { ...by, ...fresh, since });
  if (placeOf(seat).of === 'screeners') return after;
  const raters = state.raters.includes(by.person) ? state.raters : [...state.raters, by.person];
  const alternates = state.alternates.filter((one) => one.person !== by.person);
  return { ...after, raters, alternates, consensus: null, selection: null };
}

function emptied(state: OpeningState, seat: SeatName, left: string, since: Instant): OpeningState {
  const gone = { person: null, left, since, inRole: false, trained: false };
  return seatChanged(vacated(state, seat), seat, { ...gone, declared: false, confirmed: false });
}

/** D3.5: whoever gave up their seat themselves stays away from this search. */
function stayingAway(state: OpeningState, left: string | null, { stamp }: Recorded<object>): OpeningState {
  const own = left !== null && left === (stamp.onBehalfOf ?? stamp.actor);
  return !own || state.gone.includes(left) ? state : { ...state, gone: [...state.gone, left] };
}

/** A mark on the seat of a person, also on one they left and nobody took. */
function marked(state: OpeningState, person: string, change: Partial<JudgeSeat>): OpeningState {
  return {
    ...state,
    panel: state.panel.map((seat) => ((seat.person ?? seat.left) === person ? { ...seat, ...change } : seat)),
  };
}

function answered(
  state: OpeningState,
  { body, stamp }: Recorded<EventOf<'consensus_answered'>>,
): OpeningState {
  const on = new Set(body.dissents.map((one) => one.candidacy));
  const places = state.rows.flatMap((row, n) => (on.has(candidacyOf(row)) ? [n] : []));
  const answers = { ...state.consensus?.answers, [raterMark(state, body.by)]: places };
  return { ...state, consensus: { at: stamp.at, answers } };
}

function incidents(
  state: OpeningState,
  event: Recorded<EventOf<'incident_reported'> | EventOf<'incident_reviewed'>>,
): OpeningState {
  if (event.kind === 'incident_reported') {
    const n = state.reported + 1;
    const one = { n, at: event.stamp.at, reviewed: false };
    return { ...state, incidents: [...state.incidents, one], reported: n };
  }
  const { incident, outcome } = event.body;
  return {
    ...state,
    incidents: state.incidents.flatMap((one) => {
      if (one.n !== incident) return [one];
      return outcome === 'remedied' ? [] : [{ ...one, reviewed: true }];
    }),
  };
}

function planned(
  state: OpeningState,
  { body, stamp }: Recorded<EventOf<'interviews_planned'>>,
): OpeningState {
  const n = state.plans + 1;
  const { firstDay, lastDay, questions, inRole } = body;
  const plan = { n, at: stamp.at, firstDay, lastDay };
  return {
    ...state,
    ...{ plan: inRole === undefined ? plan : { ...plan, inRole }, plans: n, asked: questions },
    panel: state.panel.map((seat) => ({ ...seat, confirmed: false })),
  };
}

/** Folds what concerns panel, screening, questions and incidents. */
export function evolvePanel(state: OpeningState, event: PanelChange): OpeningState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'conflict_declared':
      return event.body.seats.reduce(
        (all, seat) =>
          seatChanged(
            all,
            seat,
            event.body.attested ? { declared: true, attested: true } : { declared: true },
          ),
        state,
      );
    case 'seat_refilled':
      return stayingAway(refilled(state, event.body.seat, event.body.by, at), event.body.left, event);
    case 'seat_left':
      return stayingAway(emptied(state, event.body.seat, event.body.left, at), event.body.left, event);
    case 'alternate_called':
      return event.body.by === null
        ? emptied(state, event.body.seat, event.body.left, at)
        : refilled(state, event.body.seat, event.body.by, at);
    case 'alternate_added':
      return { ...state, alternates: [...state.alternates, event.body] };
    case 'alternate_left': {
      const { left } = event.body;
      const alternates = state.alternates.filter((one) => one.person !== left);
      return stayingAway({ ...state, alternates }, left, event);
    }
    case 'choice_passed_on':
      return stayingAway(state, event.body.left, event);
    case 'questions_marked':
      return questionsMarked(state, event);
    case 'interviews_planned':
      return planned(state, event);
    case 'attendance_confirmed':
      return marked(state, event.body.by, { confirmed: true });
    case 'rater_dropped':
      return stayingAway(marked(state, event.body.rater, { dropped: true }), event.body.rater, event);
    case 'incident_reported':
    case 'incident_reviewed':
      return incidents(state, event);
    case 'consensus_answered':
      return answered(state, event);
    case 'references_recorded':
      return { ...state, references: event.body.outcome };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

import { dateOf } from '../kernel/calendar.ts';
import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { BetweenOpenings, SearchToCandidacy, ToCandidacy } from '../notices.ts';
import type { EventOf, OpeningEvent, SeatName } from './events.ts';
import { candidacyOf, placeOf, remaining, undecided } from './state.ts';
import type { OpeningState, Row } from './state.ts';

type Told = ToCandidacy | SearchToCandidacy;

const to = (candidacy: CaseId, notice: Told): NoticeDraft => ({ to: candidacy, ...notice });
const toOpening = (opening: CaseId, notice: BetweenOpenings): NoticeDraft => ({ to: opening, ...notice });
const toAll = (rows: readonly Row[], notice: Told): readonly NoticeDraft[] =>
  rows.map((row) => to(candidacyOf(row), notice));

/** A seat passed on: those whom the change concerns hear the new name, and of no reason. */
function seatNotices(
  state: OpeningState,
  seat: SeatName,
  left: PersonRef | null,
  by: PersonRef | null,
): readonly NoticeDraft[] {
  if (left === null) return [];
  if (placeOf(seat).of === 'screeners') {
    if (by === null) return [];
    return toAll(undecided(state), { kind: 'screener_replaced', body: { screener: left, by } });
  }
  // Before there is a plan no candidacy knows the panel; an empty seat is either filled or falls away later.
  if (state.plan === null || by === null) return [];
  return toAll(remaining(state), { kind: 'rater_replaced', body: { rater: left, by } });
}

/** Whoever hires for the seat: in a shared pool each opening has its own (X26). */
function granting(
  state: OpeningState,
  { candidacy, seat }: { readonly candidacy: CaseId; readonly seat: number },
): NoticeDraft {
  const hiringManager = state.seats[seat - 1]?.manager ?? state.hiringManager;
  return to(candidacy, { kind: 'selected', body: { seat, hiringManager } });
}

function selection(
  state: OpeningState,
  { granted, reserved, until, notSelected }: EventOf<'selection_confirmed'>['body'],
): readonly NoticeDraft[] {
  return [
    ...granted.map((one) => granting(state, one)),
    ...reserved.map((candidacy) => to(candidacy, { kind: 'reserved', body: { until } })),
    ...notSelected.map(({ candidacy, reasons }) =>
      to(candidacy, { kind: 'not_selected', body: { reasons } }),
    ),
  ];
}

function ending(state: OpeningState, released: readonly CaseId[], how: string): readonly NoticeDraft[] {
  const closed = state.rows.filter((row) => row.s === 'cl');
  return [
    ...toAll(closed, { kind: 'opening_closed', body: { how } }),
    ...released.map((candidacy) => to(candidacy, { kind: 'reserve_ended', body: { how: 'released' } })),
    ...joinedOpenings(state).map((opening) => toOpening(opening, { kind: 'pool_ended', body: { how } })),
  ];
}

/** Openings whose seats wait for this search (X26). */
function joinedOpenings(state: OpeningState): readonly CaseId[] {
  const open = state.seats.filter((seat) => seat.st !== 'filled' && seat.st !== 'gone');
  return [...new Set(open.flatMap((seat) => seat.of ?? []))];
}

/** X26: what the opening a seat came from has to know of it. */
function aboutSeat(
  state: OpeningState,
  seat: number,
  notice: Extract<BetweenOpenings, { kind: 'joined_seat_filled' | 'joined_seat_freed' }>,
): readonly NoticeDraft[] {
  const of = state.seats[seat - 1]?.of;
  return of === undefined ? [] : [toOpening(of, notice)];
}

type SharedEvent = EventOf<
  | 'opening_opened'
  | 'seats_not_joined'
  | 'pool_leave_asked'
  | 'seats_given_back'
  | 'seat_filled'
  | 'holder_gone'
>;

/** X26: what openings of one role tell each other. */
function shared(state: OpeningState, event: Recorded<SharedEvent>, self: CaseId): readonly NoticeDraft[] {
  switch (event.kind) {
    case 'opening_opened': {
      const { sharing, seats, hiringManager } = event.body;
      if (sharing === undefined) return [];
      return [toOpening(sharing, { kind: 'seats_joined', body: { opening: self, seats, hiringManager } })];
    }
    case 'seats_not_joined':
      return [toOpening(event.body.opening, { kind: 'pool_ended', body: { how: 'over' } })];
    case 'pool_leave_asked':
      return [toOpening(event.body.pool, { kind: 'seats_asked_back', body: { opening: self } })];
    case 'seats_given_back': {
      const { opening, seats } = event.body;
      return [toOpening(opening, { kind: 'seats_given_back', body: { seats: seats.length } })];
    }
    case 'seat_filled': {
      const { seat, employment, dayOne } = event.body;
      return aboutSeat(state, seat, { kind: 'joined_seat_filled', body: { employment, dayOne } });
    }
    case 'holder_gone': {
      const { seat, employment } = event.body;
      return aboutSeat(state, seat, { kind: 'joined_seat_freed', body: { employment } });
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Everybody who waits for a word of this search. */
function waitingRows(state: OpeningState): readonly Row[] {
  return state.rows.filter((row) => ['in', 'ho', 'ad', 're', 'se'].includes(row.s));
}

/** What candidacies are told by an event just folded. */
export function notices(
  state: OpeningState,
  event: Recorded<OpeningEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  switch (event.kind) {
    case 'seat_refilled':
      return seatNotices(state, event.body.seat, event.body.left, event.body.by.person);
    case 'alternate_called':
      return seatNotices(state, event.body.seat, event.body.left, event.body.by?.person ?? null);
    case 'seat_left':
      return seatNotices(state, event.body.seat, event.body.left, null);
    case 'rater_dropped':
      return toAll(remaining(state), { kind: 'rater_dropped', body: { rater: event.body.rater } });
    case 'selection_confirmed':
      return selection(state, event.body);
    case 'next_offered':
      return [granting(state, event.body)];
    case 'reserve_ended':
      return [to(event.body.candidacy, { kind: 'reserve_ended', body: { how: event.body.how } })];
    case 'seat_refused':
      return [to(event.body.candidacy, { kind: 'seat_refused', body: { why: event.body.why } })];
    case 'application_late':
      return [to(event.body.candidacy, { kind: 'opening_closed', body: { how: 'pool_decided' } })];
    case 'search_failed':
      return ending(state, event.body.released, 'failed_search');
    case 'opening_canceled':
      return ending(state, event.body.released, 'canceled');
    case 'search_paused':
      return toAll(waitingRows(state), { kind: 'search_paused', body: { until: event.body.until } });
    case 'search_resumed': {
      const on = dateOf(ctx.terms.calendar, event.stamp.at);
      return toAll(waitingRows(state), { kind: 'search_resumed', body: { on } });
    }
    case 'version_kept':
      return toAll(waitingRows(state), { kind: 'version_kept', body: { version: state.roleVersion } });
    case 're_interview_ordered':
      return event.body.candidacies.map((candidacy) => to(candidacy, { kind: 'interview_again', body: {} }));
    case 'opening_opened':
    case 'seats_not_joined':
    case 'pool_leave_asked':
    case 'seats_given_back':
    case 'seat_filled':
    case 'holder_gone':
      return shared(state, event, ctx.case);
    default:
      return [];
  }
}

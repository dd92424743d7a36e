import { dateOf } from '../kernel/calendar.ts';
import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { BetweenOpenings, SearchToCandidacy, ToCandidacy, ToRole } from '../notices.ts';
import { joinedManagerNotices, managerNotices } from './decide-manager.ts';
import type { EventOf, OpeningEvent, SeatName } from './events.ts';
import { candidacyOf, isOver, placeOf, remaining, undecided } from './state.ts';
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

type AboutSeat = Extract<
  BetweenOpenings,
  { kind: 'joined_seat_accepted' | 'joined_seat_filled' | 'joined_seat_freed' }
>;

/** X26: what the opening a seat came from has to know of it. */
function aboutSeat(state: OpeningState, seat: number, notice: AboutSeat): readonly NoticeDraft[] {
  const of = state.seats[seat - 1]?.of;
  return of === undefined ? [] : [toOpening(of, notice)];
}

type SharedEvent = EventOf<
  | 'opening_opened'
  | 'seats_not_joined'
  | 'pool_leave_asked'
  | 'seats_given_back'
  | 'offer_settled'
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
    case 'offer_settled': {
      const { seat, how } = event.body;
      return how === 'accepted' ? aboutSeat(state, seat, { kind: 'joined_seat_accepted', body: {} }) : [];
    }
    case 'seat_filled': {
      const { seat, employment, dayOne } = event.body;
      return aboutSeat(state, seat, { kind: 'joined_seat_filled', body: { employment, dayOne } });
    }
    case 'holder_gone': {
      const { seat, employment, closes } = event.body;
      const nobody = closes === true ? { closes } : {};
      return aboutSeat(state, seat, { kind: 'joined_seat_freed', body: { employment, ...nobody } });
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

/** X28: a pause reaches also whoever accepted an offer; until they start it may be taken back for the want of money. */
const restingRows = (state: OpeningState): readonly Row[] => [
  ...waitingRows(state),
  ...state.rows.filter((row) => row.s === 'ac'),
];

/** X5: the role hears that a search under one of its versions began, is over, or goes on after all. */
function toRole(state: OpeningState, event: Recorded<OpeningEvent>, self: CaseId): readonly NoticeDraft[] {
  if (state.course.turned !== event.stamp.sequence) return [];
  const body = { opening: self, version: state.roleVersion, open: !isOver(state) };
  const notice: ToRole = { kind: 'search_standing', body };
  return [{ to: state.role, ...notice }];
}

/** X2: somebody is back in a pool that was decided meanwhile; what was said of the panel since reaches them now. */
function backInPool(
  state: OpeningState,
  { candidacy, back }: EventOf<'applicant_screened'>['body'],
): readonly NoticeDraft[] {
  if (back === undefined) return [];
  const gone = state.panel.flatMap((seat) => (seat.dropped ? (seat.person ?? []) : []));
  return gone.map((rater) => to(candidacy, { kind: 'rater_dropped', body: { rater } }));
}

/** D4.7: an application that took another one for the hiring manager is told who it is. */
function whoHires({
  candidacy,
  hiringManager,
}: EventOf<'applicant_listed' | 'applicant_screened'>['body']): readonly NoticeDraft[] {
  if (hiringManager === undefined) return [];
  return [to(candidacy, { kind: 'hiring_manager_changed', body: { hiringManager } })];
}

/** What candidacies, other openings and the role are told by an event just folded. */
export function notices(
  state: OpeningState,
  event: Recorded<OpeningEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  return [...toOthers(state, event, ctx), ...toRole(state, event, ctx.case)];
}

function toOthers(
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
    case 'applicant_listed':
      return whoHires(event.body);
    case 'applicant_screened':
      return [...whoHires(event.body), ...backInPool(state, event.body)];
    case 'application_late':
      return [to(event.body.candidacy, { kind: 'opening_closed', body: { how: 'pool_decided' } })];
    case 'search_failed':
      return ending(state, event.body.released, 'failed_search');
    case 'opening_canceled':
      return ending(state, event.body.released, 'canceled');
    case 'search_paused': {
      const { until, why } = event.body;
      return toAll(restingRows(state), { kind: 'search_paused', body: { until, why } });
    }
    case 'search_resumed': {
      const on = dateOf(ctx.terms.calendar, event.stamp.at);
      return toAll(restingRows(state), { kind: 'search_resumed', body: { on } });
    }
    case 'hiring_manager_changed':
      return managerNotices(state, event.body, ctx.case);
    case 'joined_manager_changed':
      return joinedManagerNotices(state, event.body);
    case 'version_kept':
      return toAll(waitingRows(state), { kind: 'version_kept', body: { version: state.roleVersion } });
    case 'interview_set_aside':
      return [to(event.body.candidacy, { kind: 'interview_again', body: {} })];
    case 're_interview_ordered':
      return event.body.candidacies.map((candidacy) => to(candidacy, { kind: 'interview_again', body: {} }));
    case 'opening_opened':
    case 'seats_not_joined':
    case 'pool_leave_asked':
    case 'seats_given_back':
    case 'offer_settled':
    case 'seat_filled':
    case 'holder_gone':
      return shared(state, event, ctx.case);
    default:
      return [];
  }
}

import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { ToCandidacy } from '../notices.ts';
import type { EventOf, OpeningEvent, SeatName } from './events.ts';
import { candidacyOf, placeOf, remaining, undecided } from './state.ts';
import type { OpeningState, Row } from './state.ts';

const to = (candidacy: CaseId, notice: ToCandidacy): NoticeDraft => ({ to: candidacy, ...notice });
const toAll = (rows: readonly Row[], notice: ToCandidacy): readonly NoticeDraft[] =>
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

function selection(
  state: OpeningState,
  { granted, reserved, until, notSelected }: EventOf<'selection_confirmed'>['body'],
): readonly NoticeDraft[] {
  const { hiringManager } = state;
  return [
    ...granted.map(({ candidacy, seat }) =>
      to(candidacy, { kind: 'selected', body: { seat, hiringManager } }),
    ),
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
  ];
}

/** What candidacies are told by an event just folded. */
export function notices(
  state: OpeningState,
  event: Recorded<OpeningEvent>,
  _ctx: NoticeContext,
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
    case 'next_offered': {
      const { candidacy, seat } = event.body;
      return [to(candidacy, { kind: 'selected', body: { seat, hiringManager: state.hiringManager } })];
    }
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
    default:
      return [];
  }
}

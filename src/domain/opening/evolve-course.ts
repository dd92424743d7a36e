import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import { clearedName } from './course.ts';
import type { Course, Telling } from './course.ts';
import type { EventOf } from './events.ts';
import { remaining } from './state.ts';
import type { HireSeat, JudgeSeat, OpeningState, Row } from './state.ts';

export type CourseChange = Recorded<
  | EventOf<'search_paused'>
  | EventOf<'search_resumed'>
  | EventOf<'candidates_told'>
  | EventOf<'reserve_kept'>
  | EventOf<'role_changed'>
  | EventOf<'version_kept'>
  | EventOf<'search_followed'>
  | EventOf<'seats_joined'>
  | EventOf<'seats_not_joined'>
  | EventOf<'pool_leave_asked'>
  | EventOf<'seats_given_back'>
  | EventOf<'pool_left'>
  | EventOf<'joined_seat_accepted'>
  | EventOf<'joined_seat_filled'>
  | EventOf<'joined_seat_freed'>
  | EventOf<'hiring_manager_changed'>
  | EventOf<'joined_manager_changed'>
  | EventOf<'finding_disputed'>
  | EventOf<'dispute_settled'>
  | EventOf<'re_interview_ordered'>
  | EventOf<'fee_recorded'>
>;

const course = (state: OpeningState, change: Partial<Course>): OpeningState => ({
  ...state,
  course: { ...state.course, ...change },
});

/** Somebody has to be told: HR owes it from this moment on. Nobody waiting, nothing is owed. */
export function toTell(
  state: OpeningState,
  code: Telling['code'],
  waiting: number,
  at: Instant,
): OpeningState {
  if (waiting === 0) return state;
  const n = state.course.told + 1;
  return course(state, { told: n, tell: [...state.course.tell, { n, code, at }] });
}

function paused(state: OpeningState, { body, stamp }: Recorded<EventOf<'search_paused'>>): OpeningState {
  const { pauses } = state.course;
  const last = pauses.at(-1);
  const longer = last !== undefined && last.to === null;
  const now = longer ? { ...last, until: body.until } : { from: stamp.at, until: body.until, to: null };
  const after = course(state, { pauses: [...(longer ? pauses.slice(0, -1) : pauses), now] });
  return toTell(after, 'X28', body.waiting, stamp.at);
}

function resumed(state: OpeningState, { body, stamp }: Recorded<EventOf<'search_resumed'>>): OpeningState {
  const pauses = state.course.pauses.map((one) => (one.to === null ? { ...one, to: stamp.at } : one));
  return toTell(course(state, { pauses }), 'X28', body.waiting, stamp.at);
}

/** A change of the first so many seats that are in a certain state. */
function some(
  seats: readonly HireSeat[],
  is: (seat: HireSeat, place: number) => boolean,
  most: number,
  change: Partial<HireSeat>,
): readonly HireSeat[] {
  let left = most;
  return seats.map((seat, place) => {
    if (left === 0 || !is(seat, place)) return seat;
    left -= 1;
    return { ...seat, ...change };
  });
}

function joined(state: OpeningState, { body, stamp }: Recorded<EventOf<'seats_joined'>>): OpeningState {
  const seat: HireSeat = {
    ...{ st: 'free', c: null, employment: null, at: stamp.at },
    ...{ of: body.opening, manager: body.hiringManager },
  };
  return { ...state, seats: [...state.seats, ...Array.from({ length: body.seats }, () => seat)] };
}

function givenBack(
  state: OpeningState,
  { body, stamp }: Recorded<EventOf<'seats_given_back'>>,
): OpeningState {
  const here = (_seat: HireSeat, place: number): boolean => body.seats.includes(place + 1);
  return { ...state, seats: some(state.seats, here, body.seats.length, { st: 'gone', at: stamp.at }) };
}

/**
 * Lent seats are alike, so it is only their time that tells them apart: `longest`, all of them, first those longest without
 * anybody; `latest` those somebody accepted last.
 */
function lentPlaces(seats: readonly HireSeat[]) {
  const since = (place: number): Instant => seats[place]?.at ?? 0;
  const lent = seats.flatMap((seat, place) => (seat.st === 'lent' ? [place] : []));
  const longest = lent.toSorted((a, b) => since(a) - since(b));
  const newest = Math.max(...lent.map(since));
  return { longest, latest: lent.filter((place) => since(place) === newest) };
}

/** What happens to the seats that another search fills. */
function lent(
  state: OpeningState,
  event: Recorded<EventOf<'pool_left' | 'joined_seat_accepted' | 'joined_seat_filled' | 'joined_seat_freed'>>,
): OpeningState {
  const { at } = event.stamp;
  const { longest, latest } = lentPlaces(state.seats);
  const isOneOf =
    (places: readonly number[]) =>
    (_seat: HireSeat, place: number): boolean =>
      places.includes(place);
  switch (event.kind) {
    case 'pool_left': {
      const back = longest.slice(0, event.body.seats);
      return { ...state, seats: some(state.seats, isOneOf(back), back.length, { st: 'free', at }) };
    }
    case 'joined_seat_accepted':
      return { ...state, seats: some(state.seats, isOneOf(longest.slice(0, 1)), 1, { at }) };
    case 'joined_seat_filled': {
      const { employment } = event.body;
      return { ...state, seats: some(state.seats, isOneOf(latest), 1, { st: 'filled', employment, at }) };
    }
    case 'joined_seat_freed': {
      const { employment, closes } = event.body;
      const theirs = (seat: HireSeat): boolean => seat.employment === employment || seat.was === employment;
      const left = closes === true ? ({ st: 'gone' } as const) : ({ st: 'lent', was: employment } as const);
      return { ...state, seats: some(state.seats, theirs, 1, { ...left, employment: null, at }) };
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** X6: everybody in the running is asked again, so nothing of the first round counts for anybody. */
function again(state: OpeningState, at: Instant): OpeningState {
  const ids = new Set(remaining(state).map((row) => row.c));
  const rows = state.rows.map((row): Row => {
    if (!ids.has(row.c)) return row;
    const { on: _on, sh: _sh, rec: _rec, pick: _pick, ...rest } = row;
    return rest;
  });
  const panel = state.panel.map((seat): JudgeSeat => {
    if (!seat.dropped) return { ...seat, confirmed: false };
    const { attested: _attested, outside: _outside, ...rest } = seat;
    const left = seat.person ?? seat.left;
    return { ...rest, person: null, left, since: at, inRole: false, trained: false, dropped: false };
  });
  return {
    ...course(state, { again: at }),
    ...{ rows, panel, began: false, plan: null, done: null, consensus: null, selection: null },
  };
}

function fee(state: OpeningState, { body, stamp }: Recorded<EventOf<'fee_recorded'>>): OpeningState {
  const others = state.course.fees.filter((one) => one.person !== body.person);
  if (body.outcome === 'paid') return course(state, { fees: others });
  const before = state.course.fees.find((one) => one.person === body.person);
  const offered = before ?? { person: body.person, st: 'offered' as const, at: stamp.at };
  return course(state, { fees: [...others, offered] });
}

/** The interviews are held: what was offered to panelists from outside is due. */
export function feesDue(state: OpeningState, at: Instant): OpeningState {
  if (state.course.fees.every((one) => one.st === 'due')) return state;
  const fees = state.course.fees.map((one) => (one.st === 'due' ? one : { ...one, st: 'due' as const, at }));
  return course(state, { fees });
}

function disputes(
  state: OpeningState,
  event: Recorded<EventOf<'finding_disputed'> | EventOf<'dispute_settled'>>,
): OpeningState {
  const { question, finding } = event.body;
  const others = state.course.disputes.filter((one) => one.question !== question || one.finding !== finding);
  if (event.kind === 'finding_disputed') {
    const { by } = event.body;
    return course(state, { disputes: [...others, { question, finding, by, at: event.stamp.at }] });
  }
  if (event.body.outcome === 'stands') return course(state, { disputes: others });
  const cleared = [...state.course.cleared, clearedName(question, finding)];
  return course(state, { disputes: others, cleared });
}

/** Folds what concerns the search as a whole. */
export function evolveCourse(state: OpeningState, event: CourseChange): OpeningState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'search_paused':
      return paused(state, event);
    case 'search_resumed':
      return resumed(state, event);
    case 'candidates_told':
      return course(state, { tell: state.course.tell.filter((one) => one.n !== event.body.word) });
    case 'reserve_kept':
      return course(state, { kept: at });
    case 'role_changed':
      return course(state, { roleChange: { version: event.body.version, at } });
    case 'version_kept': {
      const { version, waiting } = event.body;
      return toTell(course(state, { roleChange: null, keptFrom: version }), 'X5', waiting, at);
    }
    case 'search_followed':
      return course(state, { next: { at, answer: event.body.next } });
    case 'seats_joined':
      return joined(state, event);
    case 'seats_given_back':
      return givenBack(state, event);
    case 'pool_left':
    case 'joined_seat_accepted':
    case 'joined_seat_filled':
    case 'joined_seat_freed':
      return lent(state, event);
    case 'hiring_manager_changed': {
      const { hiringManager } = event.body;
      return { ...course(state, { handed: (state.course.handed ?? 0) + 1 }), hiringManager };
    }
    case 'joined_manager_changed': {
      const { opening, hiringManager: manager } = event.body;
      const seats = state.seats.map((seat) => (seat.of === opening ? { ...seat, manager } : seat));
      return { ...state, seats };
    }
    case 'finding_disputed':
    case 'dispute_settled':
      return disputes(state, event);
    case 're_interview_ordered':
      return again(state, at);
    case 'fee_recorded':
      return fee(state, event);
    case 'seats_not_joined':
    case 'pool_leave_asked':
      return state;
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

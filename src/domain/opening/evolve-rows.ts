import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { CaseId } from '../kernel/words.ts';
import { withMark } from './applicants.ts';
import { toTell } from './evolve-course.ts';
import type { EventOf } from './events.ts';
import { qualified, raterMark, rowOf, shortOf } from './state.ts';
import type { HireSeat, JudgeSeat, OpeningState, Row } from './state.ts';
import { reasonCodes } from './words.ts';
import type { RowCode } from './words.ts';
import { inName } from '../signed.ts';

export type RowChange = Recorded<
  | EventOf<'applicant_listed'>
  | EventOf<'application_late'>
  | EventOf<'applicant_screened'>
  | EventOf<'applicant_left'>
  | EventOf<'search_failed'>
  | EventOf<'opening_canceled'>
  | EventOf<'interview_listed'>
  | EventOf<'interview_noted'>
  | EventOf<'interview_set_aside'>
  | EventOf<'sheet_noted'>
  | EventOf<'consensus_stated'>
  | EventOf<'selection_proposed'>
  | EventOf<'selection_confirmed'>
  | EventOf<'offer_settled'>
  | EventOf<'seat_refused'>
  | EventOf<'seat_filled'>
  | EventOf<'holder_gone'>
  | EventOf<'next_offered'>
  | EventOf<'reserve_ended'>
>;

function rowChanged(state: OpeningState, candidacy: CaseId, change: (row: Row) => Row): OpeningState {
  const short = shortOf(candidacy);
  return { ...state, rows: state.rows.map((row) => (row.c === short ? change(row) : row)) };
}

/** A candidate whose outcome is recorded keeps nothing of the way there: the ledger has it. */
const settled = (row: Row, s: RowCode): Row => ({ c: row.c, s });

const seatChanged = (state: OpeningState, seat: number, change: HireSeat): OpeningState => ({
  ...state,
  seats: state.seats.map((one, n) => (n === seat - 1 ? { ...one, ...change } : one)),
});

const empty = (at: Instant) => ({ c: null, employment: null, at });
const freed = (at: Instant) => ({ ...empty(at), st: 'free' }) as const;
/** D9.7 `close`: nobody follows on the seat. */
const leftSeat = ({ body, stamp }: Recorded<EventOf<'holder_gone'>>): HireSeat =>
  body.closes === true ? { ...empty(stamp.at), st: 'gone' } : { ...freed(stamp.at), was: body.employment };

const screenedAs = { advance: 'ad', hold: 'ho', not_advanced: 'no', duplicate: 'du' } as const;

function screened(state: OpeningState, { body }: Recorded<EventOf<'applicant_screened'>>): OpeningState {
  const s = screenedAs[body.outcome];
  const q = body.qualified ? { q: 1 as const } : {};
  // A correction to "advance" later begins the way of this candidate anew.
  const after = rowChanged(state, body.candidacy, ({ q: _q, ...row }) =>
    s === 'ad' ? { ...row, s, ...q } : { ...settled(row, s), ...q },
  );
  const qualifiedPeak = Math.max(state.qualifiedPeak, qualified(after));
  // D4.6 is the same for all: somebody who came to the pool after it was decided is asked about like the others.
  const before = rowOf(state, body.candidacy)?.s;
  const late = s === 'ad' && state.pool !== null && (before === 'in' || before === 'nr');
  return { ...after, qualifiedPeak, references: late ? null : state.references };
}

function left(state: OpeningState, { body, stamp }: Recorded<EventOf<'applicant_left'>>): OpeningState {
  const short = shortOf(body.candidacy);
  const s = body.why === 'withdrawn' ? 'wi' : 'nr';
  const after = rowChanged(state, body.candidacy, (row) => settled(row, s));
  const seats = after.seats.map((seat) =>
    seat.c === short && seat.st !== 'filled' ? { ...seat, ...freed(stamp.at) } : seat,
  );
  if (!body.voids) return { ...after, seats };
  return { ...after, seats, selection: null, course: { ...after.course, voided: stamp.at } };
}

/** The search ends: whoever was still waiting for an answer is told so. */
function ended(state: OpeningState, how: 'failed_search' | 'canceled'): OpeningState {
  const rows = state.rows.map((row) => {
    if (row.s === 're') return settled(row, 'rx');
    return row.s === 'in' || row.s === 'ho' || row.s === 'ad' ? settled(row, 'cl') : row;
  });
  const course = { ...state.course, roleChange: null };
  return { ...state, rows, ended: how, proposal: null, plan: null, course };
}

/** X4: what follows is asked of HR, where the policy says so. */
function failed(state: OpeningState, { body, stamp }: Recorded<EventOf<'search_failed'>>): OpeningState {
  const after = ended(state, 'failed_search');
  if (body.next === undefined) return after;
  return { ...after, course: { ...after.course, next: { at: stamp.at, answer: null } } };
}

function stated(state: OpeningState, { body, stamp }: Recorded<EventOf<'consensus_stated'>>): OpeningState {
  const found = new Map(body.results.map((one) => [shortOf(one.candidacy), one.outcome]));
  const short = (outcome: string): string => {
    if (outcome === 'not_recommended') return 'no';
    return outcome === 'acceptable' ? 'ok' : `r${outcome.slice('recommend_'.length)}`;
  };
  const rows = state.rows.map((row) => {
    const outcome = found.get(row.c);
    return outcome === undefined ? row : { ...row, rec: short(outcome) };
  });
  const onPanel = state.panel.some((seat) => seat.person === body.by && !seat.dropped);
  const answers = onPanel ? { [raterMark(state, body.by)]: [] } : {};
  return { ...state, rows, versions: body.version, consensus: { at: stamp.at, answers } };
}

const picks = { select: 's', reserve: 'r', not_selected: 'n' } as const;

function proposed(
  state: OpeningState,
  { body, stamp }: Recorded<EventOf<'selection_proposed'>>,
): OpeningState {
  const chosen = new Map(body.outcomes.map((one) => [shortOf(one.candidacy), one]));
  const rows = state.rows.map(({ rank: before, ...row }) => {
    const one = chosen.get(row.c);
    if (one === undefined) return before === undefined ? row : { ...row, rank: before };
    const why = one.reasons.map((code) => reasonCodes.indexOf(code).toString(36)).join('');
    const rank = one.rank === undefined ? {} : { rank: one.rank };
    return { ...row, pick: `${picks[one.outcome]}${why}`, ...rank };
  });
  const selection = { by: body.by, ...inName(stamp), at: stamp.at };
  return { ...state, rows, selection, selections: state.selections + 1 };
}

function confirmed(state: OpeningState, event: Recorded<EventOf<'selection_confirmed'>>): OpeningState {
  const { at } = event.stamp;
  const { granted, reserved, until, notSelected } = event.body;
  const codes = new Map<string, RowCode>([
    ...granted.map((one) => [shortOf(one.candidacy), 'se'] as const),
    ...reserved.map((one) => [shortOf(one), 're'] as const),
    ...notSelected.map((one) => [shortOf(one.candidacy), 'ns'] as const),
  ]);
  const rows = state.rows.map((row) => {
    const s = codes.get(row.c);
    if (s === undefined) return row;
    return s === 're' ? { ...settled(row, s), rank: row.rank ?? 99, until } : settled(row, s);
  });
  const seats = state.seats.map((seat, n) => {
    const grant = granted.find((one) => one.seat === n + 1);
    if (grant === undefined) return seat;
    return { ...seat, st: 'granted', c: shortOf(grant.candidacy), employment: null, at } as const;
  });
  return { ...state, rows, seats, selected: { at }, selection: null, consensus: null };
}

function offer(state: OpeningState, { body, stamp }: Recorded<EventOf<'offer_settled'>>): OpeningState {
  const { candidacy, seat, how } = body;
  const c = shortOf(candidacy);
  if (how === 'accepted') {
    const after = rowChanged(state, candidacy, (row) => settled(row, 'ac'));
    return seatChanged(after, seat, { st: 'accepted', c, employment: null, at: stamp.at });
  }
  const after = rowChanged(state, candidacy, (row) => settled(row, 'en'));
  return seatChanged(after, seat, freed(stamp.at));
}

function interview(state: OpeningState, { body }: Recorded<EventOf<'interview_noted'>>): OpeningState {
  const days = state.days.includes(body.on) ? state.days : [...state.days, body.on];
  const on = days.indexOf(body.on);
  // A conversation held anew opens a new round for the panel.
  return {
    ...rowChanged(state, body.candidacy, (row) => ({ ...row, on })),
    ...{ days, began: true, done: null },
  };
}

function seats(
  state: OpeningState,
  event: Recorded<EventOf<'seat_filled'> | EventOf<'holder_gone'> | EventOf<'next_offered'>>,
): OpeningState {
  const { at } = event.stamp;
  const { seat } = event.body;
  if (event.kind === 'holder_gone') return seatChanged(state, seat, leftSeat(event));
  const { candidacy } = event.body;
  const c = shortOf(candidacy);
  if (event.kind === 'next_offered') {
    const after = rowChanged(state, candidacy, (row) => settled(row, 'se'));
    return seatChanged(after, seat, { st: 'granted', c, employment: null, at });
  }
  const after = rowChanged(state, candidacy, (row) => settled(row, 'hi'));
  return seatChanged(after, seat, { st: 'filled', c, employment: event.body.employment, at });
}

/** Back to stage 3 with the same question set (R4.6): everybody declares anew for the longer list (D3.5). */
export function restarted(state: OpeningState): OpeningState {
  const anew = (seat: JudgeSeat): JudgeSeat => ({ ...seat, declared: false, confirmed: false });
  return {
    ...state,
    ...{
      screeners: state.screeners.map(anew),
      panel: state.panel.map(anew),
      firstApplied: null,
      began: false,
      starts: state.starts + 1,
    },
    ...{ proposal: null, pool: null, plan: null, references: null, selection: null, selected: null },
  };
}

/** X2: somebody who is back takes the row they had. */
function listed(state: OpeningState, { body, stamp }: Recorded<EventOf<'applicant_listed'>>): OpeningState {
  const row: Row = { c: shortOf(body.candidacy), s: 'in' };
  const before = state.rows.findIndex((one) => one.c === row.c);
  const rows = before >= 0 ? state.rows.with(before, row) : [...state.rows, row];
  const applicants = withMark(state.applicants, before >= 0 ? before : rows.length - 1, body.mark ?? null);
  return { ...state, rows, applicants, firstApplied: state.firstApplied ?? stamp.at };
}

function sheet(state: OpeningState, { body }: Recorded<EventOf<'sheet_noted'>>): OpeningState {
  const mark = raterMark(state, body.rater);
  const add = (row: Row): Row =>
    row.sh?.includes(mark) === true ? row : { ...row, sh: `${row.sh ?? ''}${mark}` };
  return rowChanged(state, body.candidacy, add);
}

/** Folds what concerns applicants and the seats they are chosen for. */
export function evolveRows(state: OpeningState, event: RowChange): OpeningState {
  switch (event.kind) {
    case 'applicant_listed':
      return listed(state, event);
    case 'applicant_screened':
      return screened(state, event);
    case 'applicant_left':
      return left(state, event);
    case 'search_failed':
      return failed(state, event);
    case 'opening_canceled':
      return toTell(ended(state, 'canceled'), 'X28', event.body.waiting ?? 0, event.stamp.at);
    case 'interview_noted':
      return interview(state, event);
    case 'sheet_noted':
      return sheet(state, event);
    case 'consensus_stated':
      return stated(state, event);
    case 'selection_proposed':
      return proposed(state, event);
    case 'selection_confirmed':
      return confirmed(state, event);
    case 'offer_settled':
      return offer(state, event);
    case 'seat_filled':
    case 'holder_gone':
    case 'next_offered':
      return seats(state, event);
    case 'reserve_ended':
      return rowChanged(state, event.body.candidacy, (row) => settled(row, 'rx'));
    case 'application_late':
    case 'interview_listed':
    case 'interview_set_aside':
    case 'seat_refused':
      return state;
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { EventOf, OpeningEvent, Rater } from './events.ts';
import { managerAside } from './aside.ts';
import { evolveCourse, feesDue } from './evolve-course.ts';
import type { CourseChange } from './evolve-course.ts';
import { evolvePanel } from './evolve-panel.ts';
import type { PanelChange } from './evolve-panel.ts';
import { evolveRows, restarted } from './evolve-rows.ts';
import type { RowChange } from './evolve-rows.ts';
import { isOver, remaining } from './state.ts';
import type { JudgeSeat, OpeningState, Posting } from './state.ts';
import { inName } from '../signed.ts';

const fresh = { left: null, declared: false, confirmed: false, dropped: false } as const;

function seated(one: Rater, since: number): JudgeSeat {
  return { ...one, since, ...fresh };
}

function opened({ body, stamp }: Recorded<EventOf<'opening_opened'>>, state: OpeningState): OpeningState {
  const { at } = stamp;
  const { site, role, roleVersion, hiringManager, plannedPosting, alternates } = body;
  const st = body.sharing === undefined ? 'free' : 'lent';
  return {
    ...state,
    ...{ site, role, roleVersion, hiringManager, plannedPosting, alternates, opened: at },
    screeners: body.screeners.map((person) => seated({ person, inRole: false, trained: true }, at)),
    panel: body.panel.map((one) => seated(one, at)),
    raters: body.panel.map((one) => one.person),
    seats: Array.from({ length: body.seats }, () => ({ st, c: null, employment: null, at }) as const),
    posting: { ...state.posting, since: at },
    course: {
      ...state.course,
      ...(body.sharing === undefined ? {} : { pool: { id: body.sharing, at } }),
      ...(body.announced === undefined ? {} : { turned: stamp.sequence }),
    },
  };
}

const posting = (state: OpeningState, change: Partial<Posting>): OpeningState => ({
  ...state,
  posting: { ...state.posting, ...change },
});

type PostingChange = Exclude<Recorded<OpeningEvent>, PanelChange | RowChange | CourseChange>;

function evolvePosting(state: OpeningState, event: PostingChange): OpeningState {
  const { at } = event.stamp;
  const reviews = state.posting.reviews + 1;
  switch (event.kind) {
    case 'opening_opened':
      return opened(event, state);
    case 'channels_planned':
      return { ...state, community: event.body.community };
    case 'posting_approved':
      return posting(state, { status: 'approved', since: at, reviews });
    case 'posting_returned':
      return posting(state, { status: 'draft', since: at, reviews });
    case 'posted': {
      const { closeOn, range } = event.body;
      const kept = range === undefined ? {} : { range };
      return posting(state, { status: 'posted', since: at, closeOn, ...kept });
    }
    case 'posting_resumed':
      return posting(state, { status: 'posted', since: at, closeOn: event.body.closeOn });
    case 'posting_extended':
      return posting(state, { closeOn: event.body.closeOn });
    case 'posting_paused':
      return posting(state, {
        ...{ status: 'paused', since: at, closeOn: event.body.until, openDays: event.body.openDays },
      });
    case 'posting_closed':
      return posting(state, { status: 'closed', since: at, openDays: event.body.openDays });
    case 'pool_proposed': {
      const { closeOn = null, ...proposed } = event.body;
      return {
        ...state,
        proposal: { ...proposed, ...inName(event.stamp), closeOn, at },
        proposals: state.proposals + 1,
      };
    }
    case 'pool_accepted':
      return { ...state, pool: { at, outcome: event.body.outcome }, proposal: null };
    case 'pool_extended':
      return posting(restarted(state), { status: 'posted', since: at, closeOn: event.body.closeOn });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Notes when all interviews of the remaining candidates are held, and drops what was agreed when that changes. */
function withRound(before: OpeningState, at: number): OpeningState {
  const rows = remaining(before);
  const anyone = rows.length > 0;
  const state = anyone === before.anyone ? before : { ...before, anyone, flips: before.flips + 1 };
  const done = state.pool !== null && rows.length > 0 && rows.every((row) => row.on !== undefined);
  if (!done) {
    const idle = state.done === null && state.consensus === null && state.selection === null;
    return idle ? state : { ...state, done: null, consensus: null, selection: null };
  }
  if (state.done !== null) return state;
  const on = rows.map((row) => state.days[row.on ?? 0] ?? '').reduce((a, b) => (a > b ? a : b));
  return feesDue(
    { ...state, done: { at, on }, rounds: state.rounds + 1, consensus: null, selection: null },
    at,
  );
}

function folded(state: OpeningState, event: Recorded<OpeningEvent>): OpeningState {
  switch (event.kind) {
    case 'opening_opened':
    case 'channels_planned':
    case 'posting_approved':
    case 'posting_returned':
    case 'posted':
    case 'posting_resumed':
    case 'posting_extended':
    case 'posting_paused':
    case 'posting_closed':
    case 'pool_proposed':
    case 'pool_accepted':
    case 'pool_extended':
      return evolvePosting(state, event);
    case 'conflict_declared':
    case 'seat_refilled':
    case 'seat_left':
    case 'alternate_called':
    case 'alternate_added':
    case 'alternate_left':
    case 'choice_passed_on':
    case 'questions_marked':
    case 'interviews_planned':
    case 'attendance_confirmed':
    case 'rater_dropped':
    case 'incident_reported':
    case 'incident_reviewed':
    case 'consensus_answered':
    case 'references_recorded':
      return evolvePanel(state, event);
    case 'search_paused':
    case 'search_resumed':
    case 'candidates_told':
    case 'reserve_kept':
    case 'role_changed':
    case 'version_kept':
    case 'search_followed':
    case 'seats_joined':
    case 'seats_not_joined':
    case 'pool_leave_asked':
    case 'seats_given_back':
    case 'pool_left':
    case 'joined_seat_accepted':
    case 'joined_seat_filled':
    case 'joined_seat_freed':
    case 'hiring_manager_changed':
    case 'joined_manager_changed':
    case 'finding_disputed':
    case 'dispute_settled':
    case 're_interview_ordered':
    case 'fee_recorded':
      return evolveCourse(state, event);
    default:
      return evolveRows(state, event);
  }
}

/** Whatever is still written of a search that is over moves the end of its records on; one that goes on again has none. */
function withEnd(state: OpeningState, at: Instant): OpeningState {
  const { over, ...course } = state.course;
  if (isOver(state)) return { ...state, course: { ...course, over: at } };
  return over === undefined ? state : { ...state, course };
}

/** D3.5: the moment from which on HR owes another hiring manager, until there is one who does not stand aside. */
function withAside(before: OpeningState, state: OpeningState, at: Instant): OpeningState {
  const { applicants, gone, hiringManager } = before;
  // Whether they stand aside follows from these alone, and to look for a mark among the applicants costs a digest.
  if (state.applicants === applicants && state.gone === gone && state.hiringManager === hiringManager)
    return state;
  const { aside, ...course } = state.course;
  if (!managerAside(state)) return aside === undefined ? state : { ...state, course };
  return aside === undefined ? { ...state, course: { ...course, aside: at } } : state;
}

/** Folds one event of an opening. */
export function evolve(state: OpeningState, event: Recorded<OpeningEvent>): OpeningState {
  const { at } = event.stamp;
  const after = withAside(state, withEnd(withRound(folded(state, event), at), at), at);
  if (state.site === null || isOver(state) === isOver(after)) return after;
  const { course } = after;
  const turned = course.turned === undefined ? {} : { turned: event.stamp.sequence };
  const reopened = isOver(after) ? course.reopened : course.reopened + 1;
  return { ...after, course: { ...course, ...turned, reopened } };
}

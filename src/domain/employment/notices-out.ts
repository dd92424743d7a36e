import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import type { CaseId } from '../kernel/words.ts';
import type { StartClock, StartReview, ToClock, ToOpening, ToReadiness } from '../notices.ts';
import type { ToReview, ToRole } from '../notices.ts';
import { nextReview } from './clockwork.ts';
import { deadlineOf } from './field.ts';
import type { EmploymentEvent, EventOf } from './events.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Live } from './state.ts';

/** Drafts whose kind and body are members of the language between cases. */
function say(
  to: CaseId,
  notice: ToOpening | ToReview | ToClock | ToRole | ToReadiness | StartClock | StartReview,
  starts = false,
): NoticeDraft {
  return starts ? { to, starts, ...notice } : { to, ...notice };
}

type Begun = Recorded<EventOf<'employment_started'> | EventOf<'employment_adopted'>>;

function atStart(event: Begun, dayOne: CivilDate, ctx: NoticeContext): readonly NoticeDraft[] {
  const { site, person, supervisor, credential, clock, role } = event.body;
  const body = {
    site,
    about: 'credential' as const,
    parent: ctx.case,
    person,
    supervisor,
    validTo: credential.validTo,
    ...(event.body.certifiedBy === undefined ? {} : { route: 'apprentice' as const }),
  };
  const first = say(role, { kind: 'first_hire', body: { employment: ctx.case, dayOne } });
  return credential.status === 'not_asked'
    ? [first]
    : [first, say(clock, { kind: 'start_clock', body }, true)];
}

function reviewStarted(
  state: Live,
  event: Recorded<EventOf<'review_opened'>>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  const { site, person, supervisor, manager, mentor, role, roleVersion } = state.job;
  const { review, cycle, due, periodEnd } = event.body;
  const today = dateOf(ctx.terms.calendar, event.stamp.at);
  // R8.6: the period judged leaves out what lies behind; what is to come or lasts is told as it is.
  const before = state.leave.filter((spell) => spell.to <= today).map(({ from, to }) => ({ from, to }));
  const start = say(
    review,
    {
      kind: 'start_review',
      body: {
        site,
        employment: ctx.case,
        employee: person,
        supervisor,
        manager,
        mentor,
        cycle,
        due,
        periodEnd,
        nextDue: nextReview(state.reviews, state.job, ctx.terms)?.due ?? null,
        role,
        roleVersion,
        ...(before.length === 0 ? {} : { leave: before }),
      },
    },
    true,
  );
  const away = state.leave.filter((spell) => spell.to > today);
  return [start, ...away.map(({ from, to }) => say(review, { kind: 'person_away', body: { from, to } }))];
}

/** Reviews under way, and those that look after a plan (X17). */
function reviewsOf({ reviews }: Live): readonly CaseId[] {
  return [...new Set([...reviews.open, ...(reviews.after ?? [])])];
}

/** Besides, the review whose goals wait for their check: who is asked for it changes, or nobody is any more (P8.6). */
function withGoals(state: Live): readonly CaseId[] {
  const { goals } = state.reviews;
  return [...new Set([...reviewsOf(state), ...(goals === undefined ? [] : [goals])])];
}

/** D2.5: nothing watches a credential that the role does not ask for. */
const clockOf = ({ job }: Live): readonly CaseId[] =>
  job.credential.status === 'not_asked' ? [] : [job.clock];

/** Reviews and the credential's clock hear of what touches them both. */
function companions(
  state: Live,
  notice: ToReview & ToClock,
  reviews: readonly CaseId[] = reviewsOf(state),
): readonly NoticeDraft[] {
  return [...reviews, ...clockOf(state)].map((to) => say(to, notice));
}

/** X10: the credential's clock hears of another last day. */
function deadlineMoved(state: Live, ctx: NoticeContext): readonly NoticeDraft[] {
  const route = state.field?.route;
  if (route === undefined) return [];
  const validTo = deadlineOf(route, state.leave, ctx.terms);
  return [say(state.job.clock, { kind: 'deadline_moved', body: { validTo } })];
}

/** X21: what colleagues may read in another case says that somebody left, and not why. */
const neutral = (how: string): string => (how.startsWith('terminated_') ? 'left' : how);

/** The search that filled the seat hears of it; there was none for an employment that began elsewhere. */
function seatFree(
  { job }: Live,
  body: { readonly employment: CaseId; readonly how: string },
): readonly NoticeDraft[] {
  return job.opening === '' ? [] : [say(job.opening, { kind: 'holder_left', body })];
}

function ended(state: Live, what: string, ctx: NoticeContext): readonly NoticeDraft[] {
  const how = neutral(what);
  const clocks = new Set([...clockOf(state), ...state.leave.map((spell) => spell.clock)]);
  return [
    ...seatFree(state, { employment: ctx.case, how }),
    ...withGoals(state).map((to) => say(to, { kind: 'employment_ended', body: { how } })),
    ...[...clocks].map((to) => say(to, { kind: 'parent_ended', body: { how } })),
  ];
}

/** What other cases hear of an event just folded. R7.7: nothing about pulse or drift ever goes to a review. */
export function notices(
  state: EmploymentState,
  event: Recorded<EmploymentEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  if (!isLive(state)) return [];
  switch (event.kind) {
    case 'employment_started':
      return atStart(event, event.body.dayOne, ctx);
    case 'employment_adopted':
      // The role is looked at again so long after they came to this house.
      return atStart(event, event.body.on, ctx);
    case 'day_one_moved': {
      const { readiness, dayOne } = event.body;
      const body = { candidacy: state.job.candidacy, dayOne };
      return readiness === undefined ? [] : [say(readiness, { kind: 'day_one_set', body })];
    }
    case 'review_opened':
      return reviewStarted(state, event, ctx);
    case 'supervisor_changed': {
      const { supervisor } = event.body;
      return companions(state, { kind: 'supervisor_changed', body: { supervisor } }, withGoals(state));
    }
    case 'leave_noted': {
      const { from, to } = event.body;
      return companions(state, { kind: 'person_away', body: { from, to } });
    }
    case 'leave_over':
      return [
        ...companions(state, { kind: 'person_back', body: { on: event.body.returned } }),
        ...deadlineMoved(state, ctx),
      ];
    case 'certification_extended':
      return deadlineMoved(state, ctx);
    case 'drift_reviewed': {
      const { element } = event.body;
      if (element === undefined) return [];
      const body = { employment: ctx.case, element };
      return [say(state.job.role, { kind: 'drift_reopens_element', body })];
    }
    case 'role_taken_up': {
      // X24: the seat that was theirs is free, and the role they take up has somebody.
      const { dayOne } = state.job;
      return [
        ...seatFree(state, { employment: ctx.case, how: 'promoted' }),
        say(event.body.role, { kind: 'first_hire', body: { employment: ctx.case, dayOne } }),
      ];
    }
    case 'employment_ended':
      return ended(state, event.body.how, ctx);
    case 'death_recorded':
      return state.ending.ended === null ? ended(state, 'died', ctx) : [];
    default:
      // Every other event concerns this case alone.
      return [];
  }
}

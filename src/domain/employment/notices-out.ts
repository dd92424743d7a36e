import type { AwayTold, BackTold } from '../away.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import type { CaseId } from '../kernel/words.ts';
import type { StartClock, StartReview, ToClock, ToOpening, ToReadiness } from '../notices.ts';
import type { ToReview, ToRole } from '../notices.ts';
import type { Days } from '../spells.ts';
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

/** Which leave it is stays here: others know its dates. */
const days = ({ from, to }: Days): Days => ({ from, to });

const others = (list: readonly Days[]): Pick<AwayTold, 'rest'> =>
  list.length === 0 ? {} : { rest: list.map(days) };

/** The leaves besides one that are not over: whoever hears of a change hears of all that is left. */
function stillAway({ leave }: Live, besides: CaseId): Pick<AwayTold, 'rest'> {
  return others(leave.filter((spell) => spell.over !== true && spell.clock !== besides));
}

/** A leave that had no day is not kept: it is over on the day it was to begin. */
function backTold(state: Live, { clock, returned }: EventOf<'leave_over'>['body']): BackTold {
  const from = state.leave.find((spell) => spell.clock === clock)?.from ?? returned;
  return { on: returned, from, ...stillAway(state, clock) };
}

function reviewStarted(
  state: Live,
  event: Recorded<EventOf<'review_opened'>>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  const { site, person, supervisor, manager, mentor, role, roleVersion, dayOne } = state.job;
  const { review, cycle, due, periodEnd, rule } = event.body;
  const today = dateOf(ctx.terms.calendar, event.stamp.at);
  // R8.6: the period judged leaves out what lies behind; what is to come or lasts is told as it is.
  const before = state.leave.filter((spell) => spell.to <= today).map(days);
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
        ...(cycle === 'probation_end' ? { dayOne } : {}),
        ...(rule === undefined ? {} : { rule }),
        ...(before.length === 0 ? {} : { leave: before }),
      },
    },
    true,
  );
  const [next, ...rest] = state.leave.filter((spell) => spell.to > today);
  return next === undefined
    ? [start]
    : [start, say(review, { kind: 'person_away', body: { ...days(next), ...others(rest) } })];
}

/** Reviews under way, and those that look after a plan (X17). */
function reviewsOf({ reviews }: Live): readonly CaseId[] {
  return [...new Set([...reviews.open, ...(reviews.after ?? [])])];
}

/** R8.5: reviews under way know who leads and who mentors now. */
function circle(state: Live): readonly NoticeDraft[] {
  const { manager, mentor } = state.job;
  return reviewsOf(state).map((to) => say(to, { kind: 'circle_changed', body: { manager, mentor } }));
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
  body: { readonly employment: CaseId; readonly how: string; readonly closes?: true },
): readonly NoticeDraft[] {
  return job.opening === '' ? [] : [say(job.opening, { kind: 'holder_left', body })];
}

/** D9.7 `close`. */
const nobody = ({ ending }: Live): { readonly closes?: true } =>
  ending.closes === true ? { closes: true } : {};

/**
 * Every clock that hangs on it and is not over, whether or not what it is about is known here. A leave whose person is back
 * still is one of the matters until its day of return has passed; later it wants to hear nothing any more.
 */
function clocksOf(state: Live): readonly CaseId[] {
  return [...new Set([...clockOf(state), ...leavesOf(state), ...(state.matters ?? [])])];
}

const leavesOf = ({ leave }: Live): readonly CaseId[] =>
  leave.filter((spell) => spell.over !== true).map((spell) => spell.clock);

function ended(state: Live, what: string, ctx: NoticeContext): readonly NoticeDraft[] {
  const how = neutral(what);
  return [
    ...seatFree(state, { employment: ctx.case, how, ...nobody(state) }),
    ...withGoals(state).map((to) => say(to, { kind: 'employment_ended', body: { how } })),
    ...clocksOf(state).map((to) => say(to, { kind: 'parent_ended', body: { how } })),
  ];
}

/** X22: a wrong entry is taken back as if nothing had been: until it is settled all that hangs on it rests. */
function rests(state: Live, kind: 'rest_begun' | 'rest_over'): readonly NoticeDraft[] {
  return [...withGoals(state), ...clocksOf(state)].map((to) => say(to, { kind, body: {} }));
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
      const { readiness, dayOne, was } = event.body;
      const body = { candidacy: state.job.candidacy, dayOne };
      const moved = { employment: ctx.case, dayOne, ...(was === undefined ? {} : { was }) };
      return [
        ...(readiness === undefined ? [] : [say(readiness, { kind: 'day_one_set', body })]),
        // P1.5 counts from the first of them.
        ...(was === undefined ? [] : [say(state.job.role, { kind: 'first_hire', body: moved })]),
      ];
    }
    case 'review_opened':
      return reviewStarted(state, event, ctx);
    case 'supervisor_changed': {
      const { supervisor } = event.body;
      const told = { kind: 'supervisor_changed', body: { supervisor } } as const;
      // X14: who welcomes somebody back is whoever leads them then.
      return [...companions(state, told, withGoals(state)), ...leavesOf(state).map((to) => say(to, told))];
    }
    case 'manager_changed':
      return circle(state);
    case 'mentor_asked_for':
    case 'mentor_answered':
    case 'mentoring_settled':
      return event.body.told === true ? circle(state) : [];
    case 'leave_noted': {
      const body = { ...days(event.body), ...stillAway(state, event.body.clock) };
      return companions(state, { kind: 'person_away', body });
    }
    case 'leave_over':
      return [
        ...companions(state, { kind: 'person_back', body: backTold(state, event.body) }),
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
    case 'opening_decided': {
      if (event.body.outcome === 'close' && state.ending.ended !== null)
        return seatFree(state, {
          ...{ employment: ctx.case, how: neutral(state.ending.how ?? 'left') },
          ...nobody(state),
        });
      if (event.body.outcome !== 'reopen_after_review') return [];
      return [say(state.job.role, { kind: 'role_review_asked', body: { employment: ctx.case } })];
    }
    case 'employment_ended':
      return ended(state, event.body.how, ctx);
    case 'death_recorded':
      if (event.body.rests === true) return rests(state, 'rest_begun');
      return state.ending.ended === null ? ended(state, 'died', ctx) : [];
    case 'separation_withdrawn':
      return event.body.rests === true ? rests(state, 'rest_over') : [];
    case 'death_closed':
      return state.ending.died?.rests === true ? ended(state, 'died', ctx) : [];
    default:
      // Every other event concerns this case alone.
      return [];
  }
}

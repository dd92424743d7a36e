import { addDays } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import type { CaseId } from '../kernel/words.ts';
import type { GrowthBodies } from './events-growth.ts';
import { rested } from './evolve-field.ts';
import { alone } from './evolve-supervision.ts';
import { withActions } from './folding.ts';
import { version } from '../versions.ts';
import type { Folds } from './folding.ts';
import type { Live, Reviews, Rounds, Spell } from './state.ts';
import { leadSteps } from './words-change.ts';
import type { Round } from './words.ts';

function rounds(state: Live, change: Partial<Rounds>): Live {
  return { ...state, rounds: { ...state.rounds, ...change } };
}

function at(state: Live, code: Round, next: number): Rounds['at'] {
  return { ...state.rounds.at, [code]: next };
}

/**
 * Leaves that ended long ago change nothing any more; the ledger keeps them. A yearly review is told of all that lie in its
 * year, and it may open a month late (R8.6).
 */
const KEEP_LEAVE_D = 400;

function spells(state: Live, one: Spell): readonly Spell[] {
  const others = state.leave.filter(
    (spell) => spell.clock !== one.clock && addDays(spell.to, KEEP_LEAVE_D) >= one.from,
  );
  return one.to > one.from ? [...others, one] : others;
}

/** X17 and P8.6: what a closed review still looks after. */
function lasting(reviews: Live['reviews'], { review, owes }: GrowthBodies['review_noted']): object {
  if (owes === undefined && reviews.after === undefined) return {};
  const after = (reviews.after ?? []).filter((one) => one !== review);
  if (owes === 'plan') return { after: [...after, review] };
  return owes === 'goals' ? { goals: review } : { after };
}

/** D8.5: asked once by each review, also where its employee answers after they had been silent. */
function asking(state: Live, { review, asks }: GrowthBodies['review_noted'], at: Instant): Live {
  if (asks === undefined || !state.reviews.open.includes(review)) return state;
  return rounds(state, { promotionAsked: state.rounds.promotionAsked ?? at });
}

function withoutSpecial({ special, ...reviews }: Reviews, closed: CaseId): Reviews {
  return special === undefined || special === closed ? reviews : { ...reviews, special };
}

/** D7.6: after the review of the first months, or where it would have been, both look at the weekly interval. */
function cadenceAsked(
  sessions: Live['sessions'],
  cycle: string,
  ask: NonNullable<Live['sessions']['ask']>,
): Live['sessions'] {
  return cycle === 'six_month' && sessions.weeks === 1 ? { ...sessions, ask } : sessions;
}

export const growthFolds: Folds<keyof GrowthBodies> = {
  integration_answered: (state, { body, stamp }) => {
    const hire = body.by === 'employee';
    const change = hire ? { heard: stamp.at } : { heard: null, at: at(state, 'P6.4', body.next) };
    return { ...rounds(state, change), actions: withActions(state, body.actions, stamp.at) };
  },
  exclusion_checked: (state, { body, stamp }) =>
    body.outcome === 'clear'
      ? rounds(state, { doubt: null, cleared: body.on })
      : rounds(state, { doubt: { outcome: body.outcome, at: stamp.at } }),
  growth_plan_proposed: (state, { body, stamp }) =>
    rounds(state, {
      growth: { at: stamp.at, outcome: body.outcome, ...version(stamp, state.rounds.growth) },
    }),
  growth_plan_settled: (state, { body }) => rounds(state, { growth: null, at: at(state, 'P9.1', body.next) }),
  stay_interview_held: (state, { body }) => rounds(state, { at: at(state, 'P9.2', body.next) }),
  promotion_proposed: (state, { body, stamp }) =>
    rounds(state, { promotion: { ...body, at: stamp.at, ...version(stamp, state.rounds.promotion) } }),
  promotion_decided: (state, { body, stamp }) => {
    const nextTalk = body.outcome === 'not_yet' ? (body.nextTalk ?? null) : null;
    const seen = body.on === undefined ? {} : { promotionSeen: body.on };
    const { promotionAsked: _looked, ...before } = state.rounds;
    const after = { ...state, rounds: { ...before, promotion: null, nextTalk, ...seen } };
    if (body.outcome !== 'promoted') return after;
    const { sequence: n, at: since } = stamp;
    const leads = body.steps.some((step) => leadSteps.some((one) => one === step));
    const lead = { n, at: since, steps: body.steps, trained: body.trained === true, talked: false };
    return { ...after, change: { ...state.change, promoted: true, ...(leads ? { lead } : {}) } };
  },
  review_opened: ({ reviews: { extended, ...reviews }, ...state }, { body }) => {
    const open = [...reviews.open, body.review];
    if (body.cycle === 'special')
      return { ...state, reviews: { ...reviews, extended, open, special: body.review } };
    return {
      ...state,
      reviews: {
        ...reviews,
        open,
        ...(body.round === null ? {} : { next: body.round + 1 }),
        extended: body.round === null || body.periodEnd === extended ? null : extended,
      },
    };
  },
  review_passed_over: ({ reviews, ...state }, { body, stamp }) => {
    const { next, extended } = reviews;
    const after: Reviews = {
      ...reviews,
      ...(body.round === null ? {} : { next: body.round + 1 }),
      extended: body.round === null || body.periodEnd === extended ? null : extended,
    };
    if (body.leaving === true)
      return { ...state, reviews: { ...after, staying: reviews.staying ?? { next, extended } } };
    const sessions = cadenceAsked(state.sessions, body.cycle, { since: stamp.at, on: body.due });
    return { ...state, reviews: after, sessions };
  },
  review_noted: (state, { body, stamp }) => ({
    ...asking(state, body, stamp.at),
    reviews: {
      ...withoutSpecial(state.reviews, body.review),
      open: state.reviews.open.filter((one) => one !== body.review),
      ...lasting(state.reviews, body),
      sixMonth: state.reviews.sixMonth || body.cycle === 'six_month',
    },
    sessions: cadenceAsked(state.sessions, body.cycle, { since: stamp.at, on: null }),
  }),
  review_over_noted: (state, { body }) => {
    const after = (state.reviews.after ?? []).filter((one) => one !== body.review);
    return { ...state, reviews: { ...state.reviews, after } };
  },
  probation_noted: (state, { body, stamp }) => ({
    ...state,
    reviews: {
      ...state.reviews,
      extended: body.outcome === 'extended' ? body.until : null,
      notPassed: body.outcome === 'not_passed' ? stamp.at : null,
    },
  }),
  leave_noted: (state, { body }) => ({ ...state, leave: spells(state, body) }),
  leave_over: (state, { body }) => {
    const spell = state.leave.find((one) => one.clock === body.clock);
    if (spell === undefined) return state;
    // Taken back before its first day: nobody was away.
    if (body.returned <= spell.from) return { ...state, leave: spells(state, { ...spell, to: spell.from }) };
    const { sessions, pulse } = state;
    const lastRoleFit = sessions.lastRoleFit > body.returned ? sessions.lastRoleFit : body.returned;
    const raised = sessions.lastTension ?? body.returned;
    const lastTension = raised > body.returned ? raised : body.returned;
    const month =
      body.month === pulse.month
        ? pulse
        : { ...pulse, ...alone(pulse), month: body.month, employee: null, supervisor: null };
    return {
      ...rested(state, spell, body.returned),
      leave: spells(state, { ...spell, to: body.returned, over: true }),
      sessions: { ...sessions, lastRoleFit, lastTension },
      pulse: month,
    };
  },
  matter_noted: (state, { body }) => ({ ...state, matters: [...(state.matters ?? []), body.clock] }),
  matter_over_noted: ({ matters = [], ...state }, { body }) => {
    const left = matters.filter((one) => one !== body.clock);
    return left.length === 0 ? state : { ...state, matters: left };
  },
  role_version_noted: (state, { body }) => ({ ...state, job: { ...state.job, roleVersion: body.version } }),
};

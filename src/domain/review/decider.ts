import type { ReviewCommand } from '../../contracts/review.ts';
import type { ToReview } from '../notices.ts';
import type { Right } from '../kernel/can.ts';
import type { Decider, NoticeContext, NoticeDraft, Recorded, Relation, Standing } from '../kernel/decider.ts';
import type { Fact } from '../kernel/facts.ts';
import { isKernelEvent } from '../kernel/held.ts';
import type { Terms } from '../kernel/terms.ts';
import type { Retention, Visibility } from '../kernel/words.ts';
import { wordOffices } from '../offices.ts';
import { agenda, resting } from './agenda.ts';
import { asksPlans } from './decide-plan.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { hidden, veiled } from './sides.ts';
import { initialReview, isOver, planRuns, reviewerOf, talkOnly } from './state.ts';
import type { ReviewEvent, ReviewState } from './state.ts';

/** R8.7: commands that name the offices whose words are asked, and the words themselves. */
const asksOffices: readonly ReviewCommand['type'][] = [
  'propose_probation',
  'settle_plan',
  'give_word',
  'give_second_word',
];

/** Who decides in stage 8 (domain 2.1). Supervisor, employee and colleague are relations of the case itself. */
const rights: Readonly<Record<ReviewCommand['type'], Right>> = {
  choose_colleagues: { code: 'P8.2', by: ['supervisor'] },
  keep_self_review: { code: 'P8.1', by: ['employee'] },
  keep_feedback: { code: 'P8.2', by: ['colleague'] },
  enter_served_feedback: { code: 'P8.2', by: ['hr', 'hr_director'] },
  share_draft: { code: 'P8.3', by: ['supervisor'] },
  decline_feedback: { code: 'P8.2', by: ['colleague'] },
  share_self_review: { code: 'P8.1', by: ['employee'] },
  share_feedback: { code: 'P8.2', by: ['colleague'] },
  submit_draft: { code: 'D8.2', by: ['supervisor'] },
  check_standard: { code: 'D8.7', by: ['hr', 'hr_director'] },
  hold_talk: { code: 'P8.4', by: ['supervisor', 'employee'] },
  propose_probation: { code: 'D8.3', by: ['manager'] },
  give_word: { code: 'R8.7', by: ['accommodation_officer', 'leave_officer', 'hr_director'] },
  give_second_word: { code: 'R8.7', by: ['investigating_officer', 'hr_director'] },
  confirm_probation: { code: 'D8.3', by: ['hr', 'hr_director'] },
  respond: { code: 'D8.6', by: ['employee'] },
  settle_dispute: { code: 'D8.6', by: ['hr', 'hr_director'] },
  check_goals: { code: 'P8.6', by: ['supervisor', 'employee'] },
  write_plan: { code: 'X17', by: ['supervisor'] },
  answer_plan: { code: 'X17', by: ['employee'] },
  record_plan_step: { code: 'X17', by: ['supervisor'] },
  settle_plan: { code: 'X17', by: ['hr', 'hr_director'] },
  confirm_plan: { code: 'X17', by: ['hr', 'hr_director'] },
};

const work: readonly [Visibility, Retention] = ['C1', 'employment'];
/** The officer's word is for HR and not for the line: C1 would show it to supervisor and manager. */
const officers: readonly [Visibility, Retention] = ['C2', 'employment'];
/** X22: it tells of a death, which the employment keeps to HR until it is closed. */
const rest: readonly [Visibility, Retention] = ['C2', 'employment'];

function facts(state: ReviewState): readonly Fact[] {
  if (state.subject === null || state.decided === null) return [];
  return [{ kind: 'probation', subject: state.subject.employment, value: state.decided }];
}

function closed(
  state: ReviewState,
  ctx: NoticeContext,
  outcome: string,
  response: string,
): readonly NoticeDraft[] {
  if (state.subject === null) return [];
  const { employment, cycle } = state.subject;
  const asks = state.draft?.promotion === true ? { asks: 'promotion_review' as const } : {};
  const body = { review: ctx.case, cycle, outcome, response, ...lookingAfter(state, ctx.terms), ...asks };
  return [{ to: employment, kind: 'review_closed', body }];
}

/** X17 and P8.6: what a closed review still looks after, also a plan that is asked for in the same breath. */
function lookingAfter(state: ReviewState, terms: Terms): { readonly owes?: 'plan' | 'goals' } {
  const asked = state.plan === null && state.draft?.plan === true && asksPlans(terms);
  if (asked || planRuns(state)) return { owes: 'plan' };
  return state.goalsSince === null ? {} : { owes: 'goals' };
}

/** R8.1: the employment waits for it no more, and nothing follows from what may have been drafted. */
function notHeld({ subject }: ReviewState, ctx: NoticeContext): readonly NoticeDraft[] {
  if (subject === null) return [];
  const { employment: to, cycle } = subject;
  const body = { review: ctx.case, cycle, outcome: 'not_held', response: 'not_held' };
  return [{ to, kind: 'review_closed', body }];
}

/** X17: the employment need not tell it of anything any more. */
function over(state: ReviewState, ctx: NoticeContext): readonly NoticeDraft[] {
  if (state.subject === null || state.plan === null || !isOver(state)) return [];
  return [{ to: state.subject.employment, kind: 'review_over', body: { review: ctx.case } }];
}

function notices(
  state: ReviewState,
  event: Recorded<ReviewEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  if (state.subject === null || isKernelEvent(event)) return [];
  const outcome = state.decided ?? state.draft?.overall ?? '';
  switch (event.kind) {
    case 'talk_held':
      return talkOnly(state) ? closed(state, ctx, 'held', 'talk_only') : [];
    case 'probation_decided': {
      const { outcome: decided, until } = event.body;
      const body = { review: ctx.case, outcome: decided, until };
      return [{ to: state.subject.employment, kind: 'probation_decided', body }];
    }
    case 'response_recorded':
      // A disputed review is closed once HR has answered.
      return event.body.response === 'disputed' ? [] : closed(state, ctx, outcome, event.body.response);
    case 'dispute_settled': {
      const told = closed(state, ctx, outcome, 'disputed');
      if (event.body.probation !== 'passed') return told;
      const { employment } = state.subject;
      const body = { review: ctx.case, outcome: 'passed' as const, until: null };
      return [{ to: employment, kind: 'probation_decided', body }, ...told];
    }
    case 'goals_checked':
    case 'plan_settled':
    case 'plan_not_met':
      return over(state, ctx);
    case 'self_review_kept':
    case 'feedback_kept':
    case 'served_feedback_entered':
    case 'draft_shared':
    case 'second_word_given':
    case 'plan_not_met_proposed':
    case 'plan_asked':
    case 'plan_written':
    case 'plan_answered':
    case 'plan_step_recorded':
    case 'review_opened':
    case 'colleagues_chosen':
    case 'feedback_declined':
    case 'self_review_shared':
    case 'feedback_shared':
    case 'draft_submitted':
    case 'standard_checked':
    case 'probation_proposed':
    case 'officer_word_given':
    case 'supervisor_noted':
    case 'circle_noted':
    case 'absence_noted':
    case 'absence_ended':
    case 'rest_begun':
    case 'rest_over':
    case 'lack_noted':
      return [];
    case 'review_ended':
      return event.body.how === 'not_held' ? notHeld(state, ctx) : [];
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function relations(state: ReviewState): readonly Relation[] {
  const subject = state.subject;
  if (subject === null) return [];
  const { employee, supervisor, manager, mentor } = subject;
  const list: Relation[] = [
    { person: employee, capacity: 'employee' },
    { person: supervisor, capacity: 'supervisor' },
    { person: manager, capacity: 'manager' },
    ...state.colleagues.map(({ person }): Relation => ({ person, capacity: 'colleague' })),
  ];
  if (mentor !== null) list.push({ person: mentor, capacity: 'mentor' });
  // R8.5: where the supervisor is the mentor, their manager writes the review.
  if (reviewerOf(subject) !== supervisor) list.push({ person: manager, capacity: 'supervisor' });
  return list;
}

function stageOf(state: ReviewState): string {
  if (state.ended !== null) return 'ended';
  if (isOver(state)) return 'done';
  if (talkOnly(state)) return 'talk';
  if (state.disputed !== null) return 'disputed';
  if (state.response !== null) return 'goals';
  return state.ready === null ? 'preparing' : 'to_sign';
}

function standing(state: ReviewState): Standing {
  if (state.subject === null) return { stage: 'preparing', status: 'open' };
  const status = isOver(state) ? 'final' : state.response === null ? 'open' : 'closed';
  return { stage: stageOf(state), status };
}

/** Stage 8: one review of one employment, from its opening to the check of the goals it set. */
export const review: Decider<ReviewState, ReviewCommand, ToReview, ReviewEvent> = {
  kind: 'review',
  foldVersion: 8,
  rights,
  gates,
  requires: { probation_decided: ['D8.3', 'R8.7'], plan_not_met: ['R8.7'], response_recorded: ['G8'] },
  classes: {
    review_opened: work,
    colleagues_chosen: work,
    feedback_declined: work,
    self_review_kept: work,
    feedback_kept: work,
    served_feedback_entered: work,
    self_review_shared: work,
    feedback_shared: work,
    draft_submitted: work,
    draft_shared: work,
    standard_checked: work,
    talk_held: work,
    probation_proposed: work,
    officer_word_given: officers,
    second_word_given: officers,
    probation_decided: work,
    response_recorded: work,
    dispute_settled: work,
    goals_checked: work,
    plan_asked: work,
    plan_written: work,
    plan_answered: work,
    plan_step_recorded: work,
    plan_settled: work,
    plan_not_met_proposed: work,
    plan_not_met: work,
    supervisor_noted: work,
    circle_noted: work,
    absence_noted: work,
    absence_ended: work,
    rest_begun: rest,
    rest_over: rest,
    lack_noted: work,
    review_ended: work,
  },
  classesBefore: { rest_begun: ['C1'], rest_over: ['C1'] },
  initial: () => initialReview,
  reads: (state) =>
    state.subject?.cycle === 'probation_end' && state.decided === null
      ? [{ kind: 'probation', subject: state.subject.employment }]
      : [],
  /** R8.7: whose words are asked. */
  staff: (input) => (input.origin === 'ask' && asksOffices.includes(input.command.type) ? wordOffices : []),
  decide,
  evolve,
  agenda,
  resting: (state, terms) => (state.rests === undefined ? [] : resting(state, terms)),
  facts,
  notices,
  relations,
  standing,
  hidden,
  veiled,
};

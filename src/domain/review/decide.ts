import type { ReviewCommand } from '../../contracts/review.ts';
import { endingOf, noting } from '../away.ts';
import type { ToReview } from '../notices.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Act, Ask, Context, Input, NoticeIn } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { stopped } from '../stopped.ts';
import { checkStandard, explainsByHealth, submitDraft } from './decide-draft.ts';
import type { Decision, Of } from './decide-draft.ts';
import { answerPlan, confirmPlan, planAsked, recordPlanStep, settlePlan, writePlan } from './decide-plan.ts';
import { confirmProbation, proposeProbation } from './decide-probation.ts';
import {
  enterServed,
  keepFeedback,
  keepSelfReview,
  shareDraft,
  shareFeedback,
  shareSelfReview,
} from './decide-sides.ts';
import { giveSecondWord, giveWord } from './decide-words.ts';
import { isOver, planRuns, talkOnly } from './state.ts';
import type { ReviewState } from './state.ts';

type Subject = NonNullable<ReviewState['subject']>;

function notHeldYet(held: CivilDate, rule: string, ctx: Context): Refusal | null {
  return held > dateOf(ctx.terms.calendar, ctx.now)
    ? blocked(rule, { code: 'date_in_future', about: held })
    : null;
}

/**
 * P8.2. R8.5: the mentor stays out of the review; whoever judges or is judged is no colleague in it. Feedback that is in
 * stands: nobody names another in place of who gave it.
 */
function chooseColleagues(
  state: ReviewState,
  subject: Subject,
  ask: Of<'choose_colleagues'>,
  ctx: Context,
): Decision {
  const colleagues = [...new Set(ask.command.payload.colleagues)];
  if (state.response !== null) return notNow('P8.2', { code: 'already_answered' });
  if (subject.mentor !== null && colleagues.includes(subject.mentor))
    return blocked('R8.5', { code: 'mentor_is_not_reviewer' });
  const inIt = colleagues.find((one) =>
    [subject.employee, subject.supervisor, subject.manager].includes(one),
  );
  if (inIt !== undefined) return blocked('P8.2', { code: 'no_colleague_here', about: inIt });
  const count = num(ctx.terms.policy, 'P8.2', 'colleagues');
  if (colleagues.length !== count)
    return blocked('P8.2', { code: 'colleagues_needed', about: String(count) });
  const given = state.feedbackIn.filter((one) => !colleagues.includes(one));
  if (given.length > 0) return blocked('P8.2', ...given.map((about) => ({ code: 'feedback_is_in', about })));
  return [{ kind: 'colleagues_chosen', body: { colleagues } }];
}

function declineFeedback(state: ReviewState, ask: Of<'decline_feedback'>): Decision {
  if (state.feedbackIn.includes(ask.actor) || state.response !== null)
    return notNow('P8.2', { code: 'already_in' });
  return [{ kind: 'feedback_declined', body: { by: ask.actor } }];
}

/** P8.4, recorded by either of the two. It is about a draft, and nobody talks over one that is still to be written. */
function holdTalk(state: ReviewState, ask: Of<'hold_talk'>, ctx: Context): Decision {
  const { held } = ask.command.payload;
  const { draft } = state;
  if (state.talk !== null) return notNow('P8.4', { code: 'already_held' });
  const began = dateOf(ctx.terms.calendar, draft?.since ?? state.opened);
  if (held < began) return blocked('P8.4', { code: 'not_before_it_began', about: began });
  const no = notHeldYet(held, 'P8.4', ctx);
  if (no !== null) return no;
  if (draft === null && !talkOnly(state)) return notNow('P8.4', { code: 'D8.2' });
  return [{ kind: 'talk_held', body: draft === null ? { held } : { held, version: state.version } }];
}

/** D8.6, the employee's own. What the policy recorded at silence gives way to their answer. */
function respond(state: ReviewState, ask: Of<'respond'>, ctx: Context): Decision {
  const { response, comment } = ask.command.payload;
  if (state.response !== null && state.response !== 'not_signed')
    return notNow('D8.6', { code: 'already_answered' });
  if (response === 'signed_with_comment' && comment === undefined)
    return blocked('D8.6', { code: 'comment_needed' });
  const body = comment === undefined ? { response } : { response, comment };
  // A plan rests on a review that stands: a disputed one has to be settled first.
  const plan = response === 'disputed' ? [] : planAsked(state, ctx.terms);
  return [{ kind: 'response_recorded', body }, ...plan];
}

/**
 * D8.3 `not_passed` rests on the review. Where that is corrected to the standard or above it, HR says what becomes of the
 * probation: it does not stand by silence.
 */
function afterNotPassed(state: ReviewState, { command }: Of<'settle_dispute'>): Refusal | null {
  const { overall, probation } = command.payload;
  const fine = overall === 'meets' || overall === 'exceeds';
  const asked = fine && state.decided === 'not_passed';
  if (asked === (probation !== undefined)) return null;
  return blocked('D8.3', { code: asked ? 'probation_named' : 'no_probation_here' });
}

/** D8.6 `disputed`: HR's answer. */
function settleDispute(
  state: ReviewState,
  subject: Subject,
  ask: Of<'settle_dispute'>,
  ctx: Context,
): Decision {
  const { findings, ...said } = ask.command.payload;
  const { outcome, overall } = said;
  if (state.disputed === null) return notNow('D8.6', { code: 'no_dispute_open' });
  if (ask.actor === subject.employee) return blocked('D8.6', { code: 'own_review' });
  if ((outcome === 'corrected') !== (overall !== undefined))
    return blocked('D8.6', { code: 'overall_goes_with_corrected' });
  const health = explainsByHealth(findings);
  if (health !== null) return health;
  const lost = afterNotPassed(state, ask);
  if (lost !== null) return lost;
  const settled = { kind: 'dispute_settled', body: { by: ask.actor, ...said } } as const;
  if (overall !== 'meets' && overall !== 'exceeds') return [settled, ...planAsked(state, ctx.terms)];
  // X17: at the standard or above it there is nothing left to improve by a plan.
  const withdrawn = { kind: 'plan_settled', body: { by: ask.actor, outcome: 'withdrawn' } } as const;
  return planRuns(state) ? [settled, withdrawn] : [settled];
}

/** P8.6. */
function checkGoals(state: ReviewState, ask: Of<'check_goals'>, ctx: Context): Decision {
  if (state.goalsSince === null) return notNow('P8.6', { code: 'no_goals_open' });
  const { held } = ask.command.payload;
  const set = dateOf(ctx.terms.calendar, state.goalsSince);
  if (held < set) return blocked('P8.6', { code: 'not_before_it_began', about: set });
  return notHeldYet(held, 'P8.6', ctx) ?? [{ kind: 'goals_checked', body: ask.command.payload }];
}

function decideAsk(state: ReviewState, ask: Ask<ReviewCommand>, ctx: Context): Decision {
  const { command } = ask;
  const subject = state.subject;
  if (subject === null) return refuse('not_open');
  const over = { rule: 'D9.5', missing: { code: 'employment_ended' } };
  if (state.ended === 'not_held') return notNow('R8.1', { code: 'comparator_lacks', about: 'review_cycle' });
  if (state.ended !== null) return notNow(over.rule, over.missing);
  if (state.rests !== undefined) return stopped(ctx.capacities, { code: 'nothing_asked' }, over);
  if (talkOnly(state) && command.type !== 'hold_talk') return notNow('D8.1', { code: 'talk_only' });
  switch (command.type) {
    case 'choose_colleagues':
      return chooseColleagues(state, subject, { ...ask, command }, ctx);
    case 'keep_self_review':
      return keepSelfReview(state, { ...ask, command });
    case 'keep_feedback':
      return keepFeedback(state, { ...ask, command });
    case 'enter_served_feedback':
      return enterServed(state, subject, { ...ask, command }, ctx);
    case 'share_draft':
      return shareDraft(state, subject, { ...ask, command });
    case 'write_plan':
      return writePlan(state, subject, { ...ask, command }, ctx);
    case 'answer_plan':
      return answerPlan(state, { ...ask, command });
    case 'record_plan_step':
      return recordPlanStep(state, { ...ask, command }, ctx);
    case 'settle_plan':
      return settlePlan(state, subject, { ...ask, command }, ctx);
    case 'confirm_plan':
      return confirmPlan(state, subject, { ...ask, command });
    case 'decline_feedback':
      return declineFeedback(state, { ...ask, command });
    case 'share_self_review':
      return shareSelfReview(state, subject, { ...ask, command });
    case 'share_feedback':
      return shareFeedback(state, { ...ask, command });
    case 'submit_draft':
      return submitDraft(state, subject, { ...ask, command }, ctx);
    case 'check_standard':
      return checkStandard(state, subject, { ...ask, command }, ctx);
    case 'hold_talk':
      return holdTalk(state, { ...ask, command }, ctx);
    case 'propose_probation':
      return proposeProbation(state, subject, { ...ask, command }, ctx);
    case 'give_word':
      return giveWord(state, subject, { ...ask, command }, ctx);
    case 'give_second_word':
      return giveSecondWord(state, subject, { ...ask, command }, ctx);
    case 'confirm_probation':
      return confirmProbation(state, subject, { ...ask, command }, ctx);
    case 'respond':
      return respond(state, { ...ask, command }, ctx);
    case 'settle_dispute':
      return settleDispute(state, subject, { ...ask, command }, ctx);
    case 'check_goals':
      return checkGoals(state, { ...ask, command }, ctx);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

function decideNotice(state: ReviewState, input: NoticeIn<ToReview>, ctx: Context): Decision {
  const { notice } = input;
  if (notice.kind === 'start_review')
    return state.subject === null
      ? [{ kind: 'review_opened', body: notice.body }]
      : refuse('already_open', 'D8.1');
  if (state.subject === null) return refuse('not_open');
  if (isOver(state)) return refuse('nothing_to_do');
  switch (notice.kind) {
    case 'supervisor_changed':
      return [{ kind: 'supervisor_noted', body: { supervisor: notice.body.supervisor } }];
    case 'circle_changed': {
      const { manager, mentor } = notice.body;
      const same = state.subject.manager === manager && state.subject.mentor === mentor;
      return same ? refuse('nothing_to_do') : [{ kind: 'circle_noted', body: { manager, mentor } }];
    }
    case 'person_away': {
      const today = dateOf(ctx.terms.calendar, ctx.now);
      return [{ kind: 'absence_noted', body: noting(notice.body, today) }];
    }
    case 'person_back': {
      const today = dateOf(ctx.terms.calendar, ctx.now);
      return [{ kind: 'absence_ended', body: endingOf(notice.body, today) }];
    }
    case 'employment_ended':
      return [{ kind: 'review_ended', body: { how: notice.body.how } }];
    case 'rest_begun':
      return [{ kind: 'rest_begun', body: {} }];
    case 'rest_over':
      return state.rests === undefined
        ? refuse('nothing_to_do')
        : [{ kind: 'rest_over', body: { since: state.rests } }];
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

/** D8.6 `not_signed` after P8.5, and R8.1 `not_held` for what other staff do not have, some days after that was noted. */
function decideAct(state: ReviewState, act: Act, ctx: Context): Decision {
  if (act.act === 'lack_noted') return [{ kind: 'lack_noted', body: { lacked: state.lacked === undefined } }];
  if (act.act === 'not_held') return [{ kind: 'review_ended', body: { how: 'not_held' } }];
  if (act.act !== 'not_signed') return refuse('not_expected_now');
  return [{ kind: 'response_recorded', body: { response: 'not_signed' } }, ...planAsked(state, ctx.terms)];
}

/** Decides one input of stage 8. */
export function decide(state: ReviewState, input: Input<ReviewCommand, ToReview>, ctx: Context): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'notice':
      return decideNotice(state, input, ctx);
    case 'act':
      return decideAct(state, input, ctx);
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}

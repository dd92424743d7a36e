import type { ReviewCommand } from '../../../contracts/review.ts';
import type { ToReview } from '../../../domain/notices.ts';
import type { ReviewEvent } from '../../../domain/review/state.ts';
import type { reviewActs } from '../../../domain/review/words.ts';
import type { CausesOf } from './cause.ts';

export const reviewCauses: CausesOf<ReviewEvent, ReviewCommand, ToReview, (typeof reviewActs)[number]> = {
  review_opened: ['notice:start_review'],
  colleagues_chosen: ['ask:choose_colleagues'],
  feedback_declined: ['ask:decline_feedback'],
  self_review_kept: ['ask:keep_self_review'],
  feedback_kept: ['ask:keep_feedback'],
  served_feedback_entered: ['ask:enter_served_feedback'],
  self_review_shared: ['ask:share_self_review'],
  feedback_shared: ['ask:share_feedback'],
  draft_submitted: ['ask:submit_draft'],
  draft_shared: ['ask:share_draft'],
  standard_checked: ['ask:check_standard'],
  talk_held: ['ask:hold_talk'],
  probation_proposed: ['ask:propose_probation'],
  officer_word_given: ['ask:give_word'],
  second_word_given: ['ask:give_second_word'],
  probation_decided: ['ask:confirm_probation'],
  response_recorded: ['ask:respond', 'act:not_signed'],
  dispute_settled: ['ask:settle_dispute'],
  goals_checked: ['ask:check_goals'],
  plan_asked: ['ask:respond', 'ask:settle_dispute', 'act:not_signed'],
  plan_written: ['ask:write_plan'],
  plan_answered: ['ask:answer_plan'],
  plan_step_recorded: ['ask:record_plan_step'],
  plan_settled: ['ask:settle_plan', 'ask:settle_dispute'],
  plan_not_met_proposed: ['ask:settle_plan'],
  plan_not_met: ['ask:confirm_plan'],
  supervisor_noted: ['notice:supervisor_changed'],
  circle_noted: ['notice:circle_changed'],
  absence_noted: ['notice:person_away'],
  absence_ended: ['notice:person_back'],
  rest_begun: ['notice:rest_begun'],
  rest_over: ['notice:rest_over'],
  lack_noted: ['act:lack_noted'],
  review_ended: ['notice:employment_ended', 'act:not_held'],
};

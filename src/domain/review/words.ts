import { competencies } from '../role/words.ts';

/** Closed lists of stage 8: performance review (domain, stage 8). */

export const cycles = ['probation_mid', 'probation_end', 'six_month', 'annual', 'special'] as const;
export const overalls = ['exceeds', 'meets', 'partly_meets', 'does_not_meet'] as const;
export const followUps = [
  'none',
  'goal',
  'training',
  'improvement_plan',
  'reward',
  'promotion_review',
] as const;
export const probationOutcomes = ['passed', 'extended', 'not_passed'] as const;
/** Why a probation is extended or not passed; about work, never about health (R8.2). */
export const probationReasons = [
  'skill_not_shown',
  'duty_not_met',
  'attendance_rule',
  'conduct',
  'training_open',
  'too_little_observed',
] as const;
export const responses = ['signed', 'signed_with_comment', 'disputed', 'refused'] as const;
/**
 * What the policy does: it records that the employee has not answered (D8.6, after P8.5), and ends a review that other staff
 * do not have (R8.1).
 */
export const reviewActs = ['not_signed', 'not_held', 'lack_noted'] as const;
export const standardResults = ['same_as_comparator', 'differs'] as const;
/** What an officer says before an adverse decision; the matter itself stays with them (domain 2.1). */
export const officerWords = ['nothing_stands_against', 'matter_open'] as const;
/** D8.3 after a dispute: it stands, or it is passed after all. */
export const disputedProbations = ['stands', 'passed'] as const;
export const disputeOutcomes = ['kept', 'corrected'] as const;
export const goalStates = ['on_track', 'adjusted', 'reached', 'dropped'] as const;
/** X17: what the employee says to an improvement plan; it is in force whichever they say, and never by silence. */
export const planAnswers = ['acknowledged', 'acknowledged_with_comment', 'refused'] as const;
export const planStepStates = ['reached', 'on_the_way', 'behind'] as const;
export const planOutcomes = ['met', 'not_met', 'withdrawn'] as const;

/** The role section of the form: the twelve competency categories (domain 2.3). */
export const roleItems = competencies;

export type Cycle = (typeof cycles)[number];
export type Overall = (typeof overalls)[number];
export type FollowUp = (typeof followUps)[number];
export type ProbationOutcome = (typeof probationOutcomes)[number];
export type ProbationReason = (typeof probationReasons)[number];
export type Response = (typeof responses)[number] | Extract<(typeof reviewActs)[number], 'not_signed'>;
export type StandardResult = (typeof standardResults)[number];
export type OfficerWord = (typeof officerWords)[number];
export type DisputedProbation = (typeof disputedProbations)[number];
export type DisputeOutcome = (typeof disputeOutcomes)[number];
export type GoalState = (typeof goalStates)[number];
export type PlanAnswer = (typeof planAnswers)[number];
export type PlanStepState = (typeof planStepStates)[number];
export type PlanOutcome = (typeof planOutcomes)[number];

/** Keys of the policy document that this case reads. */
export const policyKeys = [
  'D8.1.probation_end_d',
  'D8.1.six_month_months',
  'D8.1.annual_months',
  'D8.2.negative_under',
  'D8.3.extensions',
  'D8.6.settle_bd',
  'G8.hr_before_bd',
  'P8.1.before_d',
  'P8.1.due_before_d',
  'P8.2.before_d',
  'P8.2.due_before_d',
  'P8.2.colleagues',
  'P8.2.served_least',
  'P8.3.before_d',
  'P8.3.overdue_bd',
  'P8.5.after_bd',
  'P8.6.cycle_pct',
  'R8.7.word_bd',
  'R8.7.second_word_bd',
  'R8.7.every_office',
  'X17.write_bd',
  'X17.answer_bd',
  'X17.settle_bd',
] as const;

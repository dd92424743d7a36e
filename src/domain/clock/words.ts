import { reportKeys } from './words-report.ts';

/** Closed lists of the side processes: leave, background and exclusion checks, credentials. */

/** D9.4 at the decision; `extended` and `returned` are commands of their own. Reasons are never stored. */
export const leaveOutcomes = ['approved', 'pending_docs', 'denied_with_review'] as const;
export const denialReviews = ['upheld', 'overturned'] as const;

/** D5.2 as the officer records it; consent and order belong to the candidacy, `adverse_final` takes two people. */
export const checkOutcomes = [
  'clear',
  'individual_assessment',
  'waiver_requested',
  'pre_adverse',
  'cleared_after_assessment',
] as const;
/** D5.2: what an individual assessment weighs before anything adverse: nobody is turned down for a record as such (X8). */
export const assessmentFactors = ['nature', 'time_passed', 'relation_to_job'] as const;
/** R5.4: what goes with the first notice. */
export const noticeEnclosures = ['report', 'rights'] as const;
/** R5.7: HR's director compared with what was done for other staff; without this word nothing adverse is final. */
export const comparatorWords = ['same_as_all_staff'] as const;
/** R5.7: what another officer says before an adverse decision; the matter itself stays with them (domain 2.1). */
export const clockWords = ['nothing_stands_against', 'matter_open'] as const;
/** Why somebody is not employed after an individual assessment (X8: nature, time passed, relation to the job). */
export const adverseReasons = ['related_to_duties', 'barred_by_law'] as const;

/** D3.6 at the decision; `requested` is how it begins. */
export const accommodationOutcomes = ['granted', 'alternative_agreed', 'declined_with_review'] as const;

/** X29: what a hold is set for, and why it is over. */
export const holdReasons = ['charge', 'suit', 'inquiry', 'audit'] as const;
export const holdOffReasons = ['final_disposition', 'settled', 'withdrawn', 'set_in_error'] as const;
/** X29: the offices that look after holds. */
export const holdOwners = ['compliance', 'privacy_officer', 'hr_director'] as const;

/** D5.3. */
export const exclusionOutcomes = ['clear', 'possible_match', 'disputed', 'match'] as const;

/**
 * What the policy itself does here: `expired` when the last valid day of a credential has gone by; the others are
 * clockwork that states no outcome about anybody: a day is over, a welcome is over, a check takes long (X7), a step of the
 * way back after a lapse is over (X9).
 */
export const clockActs = ['expired', 'day_passed', 'leave_closed', 'slow', 'step_over'] as const;

/** X9: what rests while a certificate has lapsed: what is billed under it, never the job. */
export const restingDuties = ['billed_contacts', 'billed_groups', 'billed_notes', 'nothing_billed'] as const;

/** X9: how a lapsed credential can be renewed, in the order of time. Duties are limited meanwhile, the job is not. */
export const renewalSteps = ['grace', 'late_fee', 're_test', 're_train'] as const;

export type HoldReason = (typeof holdReasons)[number];
export type HoldOffReason = (typeof holdOffReasons)[number];
export type HoldOwner = (typeof holdOwners)[number];
export type LeaveOutcome = (typeof leaveOutcomes)[number];
export type LeaveStatus = LeaveOutcome | 'requested' | 'extended' | 'returned';
export type DenialReview = (typeof denialReviews)[number];
export type CheckOutcome = (typeof checkOutcomes)[number];
export type CheckStatus = CheckOutcome | 'pending' | 'adverse_final';
export type AdverseReason = (typeof adverseReasons)[number];
export type AssessmentFactor = (typeof assessmentFactors)[number];
export type NoticeEnclosure = (typeof noticeEnclosures)[number];
export type ComparatorWord = (typeof comparatorWords)[number];
export type ClockWord = (typeof clockWords)[number];
export type AccommodationOutcome = (typeof accommodationOutcomes)[number];
export type AccommodationStatus = AccommodationOutcome | 'requested';
export type RestingDuty = (typeof restingDuties)[number];
export type RenewalStep = (typeof renewalSteps)[number];
export type ExclusionOutcome = (typeof exclusionOutcomes)[number];
export type ExclusionStatus = ExclusionOutcome | 'not_checked';

/** Which outcome may follow which (D5.2, X8): nobody is refused without an assessment of their own case. */
export const checkSteps: Readonly<Record<CheckStatus, readonly CheckOutcome[]>> = {
  pending: ['clear', 'individual_assessment'],
  individual_assessment: ['cleared_after_assessment', 'waiver_requested', 'pre_adverse'],
  waiver_requested: ['cleared_after_assessment', 'individual_assessment', 'pre_adverse'],
  pre_adverse: ['cleared_after_assessment', 'individual_assessment', 'waiver_requested'],
  clear: [],
  cleared_after_assessment: [],
  adverse_final: [],
};

/** D5.3: a possible match is settled by showing who is meant: nobody is cleared of it without a word. */
export const exclusionSteps: Readonly<Record<ExclusionStatus, readonly ExclusionOutcome[]>> = {
  not_checked: ['clear', 'possible_match', 'match'],
  clear: [],
  possible_match: ['disputed', 'match'],
  disputed: ['clear', 'match'],
  match: [],
};

/** Keys of the policy document that this case reads. */
export const policyKeys = [
  'D3.6.decide_bd',
  'D3.6.review_bd',
  'D3.6.arrange_bd',
  'D5.2.assess_bd',
  'D5.2.waiver_bd',
  'D5.2.final_bd',
  'D5.2.confirm_bd',
  'D5.3.within_bd',
  'D5.3.resolve_bd',
  'D9.4.decide_bd',
  'D9.4.review_bd',
  'P7.5.before_d',
  'P7.5.overdue_every_bd',
  'P7.5.record_bd',
  'X7.stop_bd',
  'X7.decide_bd',
  'X8.wait_bd',
  'X8.wait_d',
  'X9.grace_months',
  'X9.late_months',
  'X9.retest_months',
  'X9.restore_bd',
  'X13.certification_d',
  'X29.confirm_bd',
  'X29.lift_bd',
  'X29.review_most_d',
  'X31.ack_bd',
  ...reportKeys,
] as const;

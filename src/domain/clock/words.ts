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
/** Why somebody is not employed after an individual assessment (X8: nature, time passed, relation to the job). */
export const adverseReasons = ['related_to_duties', 'barred_by_law'] as const;

/** D5.3. */
export const exclusionOutcomes = ['clear', 'possible_match', 'disputed', 'match'] as const;

/**
 * What the policy itself does here: `expired` when the last valid day of a credential has gone by; the other two are
 * clockwork that states no outcome about anybody: a day is over, a welcome is over.
 */
export const clockActs = ['expired', 'day_passed', 'leave_closed'] as const;

export type LeaveOutcome = (typeof leaveOutcomes)[number];
export type LeaveStatus = LeaveOutcome | 'requested' | 'extended' | 'returned';
export type DenialReview = (typeof denialReviews)[number];
export type CheckOutcome = (typeof checkOutcomes)[number];
export type CheckStatus = CheckOutcome | 'pending' | 'adverse_final';
export type AdverseReason = (typeof adverseReasons)[number];
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

/** D5.3: a possible match is settled by showing who is meant. */
export const exclusionSteps: Readonly<Record<ExclusionStatus, readonly ExclusionOutcome[]>> = {
  not_checked: ['clear', 'possible_match', 'match'],
  clear: [],
  possible_match: ['clear', 'disputed', 'match'],
  disputed: ['clear', 'match'],
  match: [],
};

/** Keys of the policy document that this case reads. */
export const policyKeys = [
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
  'X8.wait_bd',
  'X8.wait_d',
  'X13.certification_d',
] as const;

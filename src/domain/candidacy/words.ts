/** Closed lists of one person's way through one opening (domain, stages 3 to 5). */

/** D3.3 Eligibility per applicant. */
export const eligibilities = [
  'meets_all',
  'meets_with_equivalent',
  'meets_except_credential',
  'does_not_meet',
] as const;
/** D3.4 Screening; `withdrawn` is the candidate's own command. */
export const screeningOutcomes = ['advance', 'hold', 'not_advanced', 'duplicate'] as const;
/** Job-related codes of D3.4: a stated requirement, the credential, the hours, an application after the close. */
export const screeningReasons = ['RC_REQ', 'RC_CRED', 'RC_HOURS', 'RC_LATE'] as const;
/** The rubric's competencies (domain 6.5). */
export const competencies = [
  'relationships',
  'sharing_experience',
  'personalized',
  'crisis',
  'teamwork',
  'leadership_advocacy',
  'growth',
] as const;
/** D4.3; 3 is the hiring line. */
export const ratings = ['1', '2', '3', '4', '5', 'not_observed'] as const;
/** Domain 5.3: what the candidate ticks in person about lived experience; nothing else is ever kept of it. */
export const statements = ['self_attested', 'credential_implies'] as const;
/** How an application that HR enters had come. */
export const waysIn = ['paper', 'phone', 'import'] as const;
/** R3.2: findings of the guard that stop a rationale: the applicant's own benefit, verdicts on a person. */
export const rationaleBlocks = ['R3.2', 'L7'] as const;
/** R4.4: findings that stop a rater's note until it is taken out or rephrased as evidence of a skill. */
export const noteBlocks = ['R4.4', 'L7'] as const;
/** X2: the second way to reach somebody who does not answer the mail; logged by HR. */
export const secondChannels = ['call', 'letter', 'in_person'] as const;
/** X2: what HR may ask a candidate to come back on. */
export const questionTopics = [
  'availability',
  'missing_page',
  'requirement',
  'reference_names',
  'start_day',
] as const;
/** Kind practice of stage 4: offered to every candidate alike. */
export const arrangements = ['support_person', 'shorter_steps'] as const;
/** X32. */
export const requestKinds = ['feedback', 'deletion'] as const;
export const requestAnswers = ['given', 'done', 'kept'] as const;
export const keepingReasons = ['retention', 'legal_hold'] as const;
/** D5.5. */
export const medicalOutcomes = ['none', 'same_for_all_in_job_category'] as const;
/** D5.1: HR stands by the version that was countered; anything else is a new version. */
export const counterAnswers = ['stands'] as const;
/** R5.7: all that HR hears of open matters and holds. */
export const officerWords = ['clear', 'not_yet'] as const;
/** R6.5: the elements that promise something, and who may have to see to it. */
export const promiseElements = ['E4', 'E11', 'E13'] as const;
export const promiseOwners = ['supervisor', 'mentor', 'manager', 'hr', 'it'] as const;
/** R5.3: a place somebody stepped back from. */
export const places = ['supervisor', 'second', 'mentor'] as const;
/** X1: optional, never asked for. */
export const withdrawalReasons = ['other_job', 'pay', 'hours', 'timing', 'place'] as const;
/** D5.1, the candidate's answer; the reason is optional. */
export const declineReasons = ['other_job', 'pay', 'hours', 'timing', 'place'] as const;
/** D5.10, an approver's refusal. */
export const approvalReasons = ['over_budget', 'unequal_pay', 'wrong_terms', 'not_ready'] as const;
export const approvalOutcomes = ['approved', 'refused'] as const;
/** D5.1 `rescinded`: adverse, so two people and a closed code. */
export const rescindReasons = ['RC_CHECK', 'RC_CRED', 'RC_FUNDING'] as const;
export const consentAnswers = ['given', 'declined'] as const;
/** D5.3; `disputed`: identity shown to differ. */
export const exclusionOutcomes = ['clear', 'possible_match', 'disputed', 'match'] as const;
/** D5.4. */
export const credentialStatuses = ['verified', 'in_progress_with_deadline', 'not_found', 'expired'] as const;
/** D5.6. */
export const supervisorOutcomes = ['qualified', 'waiver_until', 'not_qualified'] as const;
/** D5.7; having none is the absence of a decision and blocks day one (R5.1). */
export const mentorKinds = ['assigned', 'external'] as const;
export const mentorAnswers = ['accepted', 'declined'] as const;
/** P5.5: what must stand ready; accounts are the IT's, the rest the manager's. */
export const setupItems = ['desk', 'keys', 'accounts', 'invitations'] as const;

/** Where a candidacy stands. */
export const stages = [
  'screening',
  'pool',
  'interview',
  'rating',
  'reserve',
  'offer',
  'preboarding',
  'hired',
  'ended',
] as const;

/** How a candidacy may end without a hire. */
export const endings = [
  'not_advanced',
  'duplicate',
  'not_selected',
  'withdrawn',
  'declined',
  'expired',
  'rescinded',
  'reserve_ended',
  'opening_closed',
  'closed_no_response',
] as const;

/**
 * What the policy itself does: an offer expires, a silent candidacy is closed (closed list of the house); the others
 * only turn a page of the case's own clockwork and say nothing about anybody.
 */
export const policyActs = [
  'expired',
  'note_sent',
  'week_passed',
  'informed',
  'closed_no_response',
  'reopening_over',
] as const;

export type Eligibility = (typeof eligibilities)[number];
export type ScreeningOutcome = (typeof screeningOutcomes)[number];
export type ScreeningReason = (typeof screeningReasons)[number];
export type Competency = (typeof competencies)[number];
export type Rating = (typeof ratings)[number];
export type Statement = (typeof statements)[number];
export type WayIn = (typeof waysIn)[number];
export type SecondChannel = (typeof secondChannels)[number];
export type QuestionTopic = (typeof questionTopics)[number];
export type Arrangement = (typeof arrangements)[number];
export type RequestKind = (typeof requestKinds)[number];
export type RequestAnswer = (typeof requestAnswers)[number];
export type KeepingReason = (typeof keepingReasons)[number];
export type MedicalOutcome = (typeof medicalOutcomes)[number];
export type OfficerWord = (typeof officerWords)[number];
export type PromiseElement = (typeof promiseElements)[number];
export type PromiseOwner = (typeof promiseOwners)[number];
export type Place = (typeof places)[number];
export type WithdrawalReason = (typeof withdrawalReasons)[number];
export type DeclineReason = (typeof declineReasons)[number];
export type ApprovalReason = (typeof approvalReasons)[number];
export type RescindReason = (typeof rescindReasons)[number];
export type ConsentAnswer = (typeof consentAnswers)[number];
export type ExclusionOutcome = (typeof exclusionOutcomes)[number];
export type CredentialStatus = (typeof credentialStatuses)[number];
export type SupervisorOutcome = (typeof supervisorOutcomes)[number];
export type MentorKind = (typeof mentorKinds)[number];
export type MentorAnswer = (typeof mentorAnswers)[number];
export type SetupItem = (typeof setupItems)[number];
export type Stage = (typeof stages)[number];
export type Ending = (typeof endings)[number];
export type PolicyAct = (typeof policyActs)[number];

/** Keys of the policy document that this case reads. */
export const policyKeys = [
  'P0.3.before_day_one_d',
  'D2.4.attest_bd',
  'D3.4.reviewers',
  'D3.4.settle_bd',
  'D3.4.hold_bd',
  'P3.1.within_bd',
  'P3.2.every_bd',
  'P3.3.within_bd',
  'P3.3.remind_after_bd',
  'P3.5.within_bd',
  'R3.5.attest',
  'SCHEDULE.within_bd',
  'SCHEDULE.choose_bd',
  'SCHEDULE.reschedules',
  'SCHEDULE.meeting_min',
  'P4.1.before_bd',
  'P4.1.same_hours',
  'P4.1.early_bd',
  'D4.3.own_note_below',
  'P4.3.after_bd',
  'P4.4.within_bd',
  'P4.5.within_bd',
  'D5.1.send_bd',
  'D5.1.extensions',
  'D5.1.extension_bd',
  'D5.1.counter_bd',
  'D5.1.counter_open_bd',
  'P5.1.note_after_d',
  'P5.1.expires_bd',
  'D5.2.consent_bd',
  'D5.2.order_bd',
  'P5.2.after_bd',
  'X7.tell_every_bd',
  'X7.stop_bd',
  'D5.3.within_bd',
  'D5.4.within_bd',
  'D5.6.within_bd',
  'D5.7.accept_bd',
  'D5.8.within_bd',
  'R5.2.waiver_d',
  'R5.2.refresher_months',
  'P5.3.every_d',
  'P5.4.before_d',
  'P5.5.before_d',
  'P5.6.before_d',
  'G5.orientation_valid_months',
  'G5.confirm_before_bd',
  'R5.7.word_bd',
  'R6.5.name_bd',
  'X1.ack_bd',
  'X1.tell_panel',
  'X2.after_bd',
  'X2.second_by_bd',
  'X2.close_bd',
  'X2.second_answer_bd',
  'X2.reopen_bd',
  'X2.accepted_stays',
  'X9.soon_d',
  'X9.mend_bd',
  'X32.within_bd',
] as const;

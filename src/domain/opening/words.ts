/** Closed lists of stages 3 and 4 as far as they concern a whole opening (domain, stages 3 and 4). */

export const channels = [
  'recovery_community_center',
  'peer_run_organization',
  'mutual_support_group',
  'advocacy_group',
  'training_program',
  'certification_board',
  'faith_or_civic_group',
  'primary_care_colleagues',
  'job_board',
  'own_website',
  'staff_notice',
] as const;
/** Channels that reach people outside the public system (D3.2). */
export const communityChannels: readonly Channel[] = [
  'recovery_community_center',
  'peer_run_organization',
  'mutual_support_group',
  'advocacy_group',
  'training_program',
  'certification_board',
  'faith_or_civic_group',
];
/** What a posting sent back still needs (D3.1 `changes_needed`). */
export const postingChanges = ['wording', 'requirements', 'pay_range', 'ways_to_apply', 'duties'] as const;
export const poolOutcomes = ['proceed', 'extend', 'proceed_with_exception', 'failed_search'] as const;
/** Why a small pool is enough, or what the posting lacked (D3.7, X4). */
export const poolReasons = [
  'second_search',
  'small_labor_market',
  'funding_deadline',
  'seats_covered',
  'lacked_pay',
  'lacked_reach',
  'lacked_time',
  'lacked_hours',
  'lacked_clear_wording',
  'requirements_too_narrow',
] as const;
/** Why fewer qualified people than the policy wants are enough (D3.7 `proceed_with_exception`). */
export const exceptionReasons: readonly PoolReason[] = [
  'second_search',
  'small_labor_market',
  'funding_deadline',
  'seats_covered',
];
export const declarations = ['none', 'recuse'] as const;
export const questionStatuses = ['approved', 'needs_review', 'forbidden'] as const;
/** Questions that must not be asked before a conditional offer (domain, stage 4). */
export const forbiddenQuestions = [
  'Q_DISABILITY',
  'Q_TREATMENT',
  'Q_MEDS',
  'Q_ADDICTION_HIST',
  'Q_SICK_DAYS',
  'Q_WCOMP',
  'Q_STABILITY',
  'Q_STORY',
  'Q_BENEFITS',
  'Q_SERVICES_HERE',
  'Q_FAMILY',
  'Q_AGE',
  'Q_RELIGION',
  'Q_ORIGIN',
  'Q_GENDER',
  'Q_GENETIC',
  'Q_ARREST',
  'Q_SALARY',
  'Q_THIRD_PARTY',
] as const;
export const incidentReviews = ['reviewed', 'remedied'] as const;
export const referenceOutcomes = ['done_same_questions', 'waived_for_all'] as const;
export const selectionOutcomes = ['select', 'reserve', 'not_selected'] as const;
/** Job-related reasons (R4.7); fit, stability, gaps and "overqualified" are no reasons. */
export const reasonCodes = [
  'RC_REL',
  'RC_SHARE',
  'RC_PERS',
  'RC_CRISIS',
  'RC_TEAM',
  'RC_ADV',
  'RC_GROWTH',
  'RC_RANK',
  'RC_CRED',
  'RC_HOURS',
  'RC_CHECK',
] as const;
export const cancelReasons = ['funding_ended', 'cancel_and_repost', 'role_withdrawn'] as const;
/** Why every timer of an opening stands still (X28 `paused_until`). */
export const pauseReasons = ['funding_freeze', 'hiring_freeze', 'site_closed'] as const;
/** How a search goes on when the role got a new version (X5). */
export const roleAnswers = ['keep_version', 'cancel_and_repost'] as const;
/** What follows a failed search (X4). */
export const searchNexts = ['extend', 'revise_pay', 'revise_description', 'no_new_search'] as const;
/** What was done about a question that must not be asked (D4.8 `remedied`); the answer is never kept. */
export const incidentRemedies = [
  'answer_disregarded',
  'conversation_repeated',
  'rater_dropped',
  'panel_briefed',
] as const;
/** The fee of a panelist from outside the house (D4.2). */
export const feeOutcomes = ['offered', 'paid'] as const;
/** HR's word on a finding of the guard that its author calls wrong about the text (D4.1). */
export const disputeOutcomes = ['wrong_about_text', 'stands'] as const;

/** What a policy itself does here, and nothing else. */
export const openingActs = ['alternate_called', 'expired'] as const;

/** Where an applicant stands, as short as the state wants it for hundreds of them. */
export const rowCodes = {
  in: 'applied',
  ho: 'hold',
  ad: 'advance',
  no: 'not_advanced',
  du: 'duplicate',
  wi: 'withdrawn',
  nr: 'no_response',
  se: 'seat granted',
  ac: 'offer accepted',
  hi: 'hired',
  re: 'reserve',
  rx: 'reserve ended',
  ns: 'not selected',
  en: 'offer ended',
  cl: 'opening closed',
} as const;
export type RowCode = keyof typeof rowCodes;

export type Channel = (typeof channels)[number];
export type PostingChange = (typeof postingChanges)[number];
export type PoolOutcome = (typeof poolOutcomes)[number];
export type PoolReason = (typeof poolReasons)[number];
export type QuestionStatus = (typeof questionStatuses)[number];
export type ForbiddenQuestion = (typeof forbiddenQuestions)[number];
export type IncidentReview = (typeof incidentReviews)[number];
export type ReferenceOutcome = (typeof referenceOutcomes)[number];
export type SelectionOutcome = (typeof selectionOutcomes)[number];
export type ReasonCode = (typeof reasonCodes)[number];
export type CancelReason = (typeof cancelReasons)[number];
export type PauseReason = (typeof pauseReasons)[number];
export type SearchNext = (typeof searchNexts)[number];
export type IncidentRemedy = (typeof incidentRemedies)[number];
export type FeeOutcome = (typeof feeOutcomes)[number];
export type DisputeOutcome = (typeof disputeOutcomes)[number];
export type OpeningAct = (typeof openingActs)[number];

/** Keys of the policy document that this case reads. */
export const policyKeys = [
  'R0.4.people_in_role_min',
  'P0.3.valid_months',
  'D3.2.community_channels_min',
  'D3.5.within_bd',
  'D3.7.within_bd',
  'P3.4.posting_age_d',
  'P3.4.qualified_min',
  'R3.3.posting_min_d',
  'R3.4.qualified_min',
  'R3.5.attest',
  'D4.1.within_bd',
  'D4.1.protected_stand',
  'D4.1.text_needed',
  'D4.2.panel_min',
  'D4.2.panel_max',
  'D4.2.in_peer_role_min',
  'D4.2.within_bd',
  'D4.2.fee_within_bd',
  'P4.1.before_bd',
  'P4.2.before_bd',
  'P4.2.alternate_before_bd',
  'P4.2.alternate_at',
  'D4.4.hr_decides_after_bd',
  'P4.4.within_bd',
  'D4.5.answer_bd',
  'D4.6.within_bd',
  'D4.7.within_bd',
  'D4.7.reserve_d',
  'D4.7.fill_within_d',
  'D4.8.close_bd',
  'G4.quorum_sheets',
  'G4.quorum_in_peer_role',
  'G4.confirm_bd',
  'G4.reason_each',
  'X3.next_within_bd',
  'X3.offer_within_bd',
  'X4.next_within_bd',
  'X5.answer_bd',
  'X26.across_sites',
  'X28.tell_within_bd',
] as const;

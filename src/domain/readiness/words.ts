/** Closed lists of stage 0: foundation, policy review and readiness, timeline (domain, stage 0). */

export const reasons = ['mission', 'directive', 'contract'] as const;
export const fundings = ['medicaid', 'grant', 'general', 'mixed'] as const;
export const itemScores = ['1', '2', '3', 'n'] as const;
export const verdicts = ['ready', 'ready_with_actions', 'not_ready'] as const;
export const policyVerdicts = ['fits', 'change_before_hire', 'change_within_90d', 'not_applicable'] as const;
export const policyScopes = ['all_staff', 'peer_roles_only'] as const;
export const medicaidStances = ['bill', 'do_not_bill', 'later'] as const;
export const medicaidRisks = [
  'medical_view',
  'documentation_load',
  'rigid_goals',
  'extra_approvals',
  'funding_lost',
] as const;
export const timelineAnswers = ['accepted', 'revised', 'rejected'] as const;
export const goalAnswers = ['adopted', 'revise'] as const;
export const positions = ['agree', 'agree_with_concern', 'disagree'] as const;

/** The policies to review before anybody is hired (domain, stage 0). */
export const reviewedPolicies = [
  'self_disclosure',
  'hiring_service_users',
  'conflict_of_interest',
  'confidentiality',
  'record_access',
  'boundaries',
  'transport',
  'crisis_duty',
  'leave',
  'accommodation',
  'background_checks',
  'education_requirements',
  'grievance',
  'drug_testing',
] as const;

/** Weeks of the timeline, by part (domain, timeline defaults). */
export const timelineParts = [
  'foundation',
  'role',
  'description',
  'recruitment',
  'interview',
  'offer',
] as const;

/** What a planned timeline is warned of (D0.7). */
export const timelineWarnings = ['driver_contract', 'under_minimum_weeks'] as const;

/** Why a lead is taken off (D0.7). */
export const leadReasons = ['left_team', 'away', 'own_wish'] as const;

/** Items of the self-check: four parts, 25 in all. */
export const itemCount = 25;

export type Reason = (typeof reasons)[number];
export type Funding = (typeof fundings)[number];
export type Verdict = (typeof verdicts)[number];
export type PolicyVerdict = (typeof policyVerdicts)[number];
export type PolicyScope = (typeof policyScopes)[number];
export type MedicaidStance = (typeof medicaidStances)[number];
export type MedicaidRisk = (typeof medicaidRisks)[number];
export type TimelineAnswer = (typeof timelineAnswers)[number];
export type GoalAnswer = (typeof goalAnswers)[number];
export type LeadReason = (typeof leadReasons)[number];
export type Position = (typeof positions)[number];
export type TimelineWarning = (typeof timelineWarnings)[number];
export type ReviewedPolicy = (typeof reviewedPolicies)[number];
export type TimelinePart = (typeof timelineParts)[number];

/** Keys of the policy document that this case reads. */
export const policyKeys = [
  'P0.1.window_bd',
  'P0.1.remind_after_bd',
  'P0.2.before_d',
  'P0.3.due_bd',
  'P0.3.valid_months',
  'P0.3.before_day_one_d',
  'P0.4.every_months',
  'G0.due_bd',
  'D0.3.talk_difference',
  'D0.5.change_within_d',
  'D0.7.weeks',
  'D0.7.min_weeks',
  'CALENDAR.before_end_months',
  'CALENDAR.within_bd',
] as const;

import { nonPeerCodes, prohibitedCodes } from '../role/words.ts';
import { changeKeys } from './words-change.ts';
import { othersKeys } from './words-others.ts';

/** Closed lists of stages 6, 7 and 9: onboarding with a mentor, supervision, growth and change (domain, stages 6, 7, 9). */

export const itemOutcomes = ['done', 'not_needed', 'late'] as const;
/** Who an item of the onboarding list may belong to (D6.1: owner by role, never by name). */
export const itemOwners = [
  'supervisor',
  'mentor',
  'employee',
  'manager',
  'hr',
  'it',
  'credential_officer',
  'compliance',
  'team_leader',
] as const;

/** P6.6: what a new hire reads and acknowledges. */
export const policiesToRead = [
  'confidentiality',
  'boundaries',
  'disclosure',
  'leave',
  'grievance',
  'code_of_ethics',
  'values',
] as const;

export const readyAnswers = ['yes', 'not_yet'] as const;
export const talkOutcomes = ['held', 'moved', 'missed'] as const;
/** R6.2: all that is ever kept of a mentor talk besides its outcome. */
export const talkTopics = [
  'settling_in',
  'team',
  'role',
  'systems',
  'boundaries',
  'growth',
  'other',
] as const;
export const mentoringOutcomes = ['ended', 'renewed'] as const;
export const mentorAnswers = ['accept', 'decline'] as const;
export const checkInOutcomes = ['fine', 'needs_action'] as const;
export const checkInNeeds = ['tools', 'inclusion', 'duties', 'workload', 'pay_error', 'other'] as const;
/** D6.5, item by item. */
export const integrationItems = [
  'team_meetings',
  'committees',
  'email_lists',
  'asked_for_view',
  'workspace',
  'systems',
] as const;
export const completionOutcomes = ['complete', 'extended'] as const;

/** D7.1; `moved` is a command of its own, `on_leave` follows from the dates of a leave. */
export const sessionOutcomes = ['held', 'missed_supervisor', 'missed_employee'] as const;
export const sessionModes = ['in_person', 'video', 'phone'] as const;
/** The agenda of supervision: the work, never the person's health (domain, stage 7). */
export const sessionTopics = [
  'role_fit',
  'skills',
  'boundaries',
  'disclosure_choice',
  'workload',
  'team_inclusion',
  'advocacy_tension',
  'growth',
  'credential',
  'admin',
] as const;
export const sessionViews = ['agrees', 'differs'] as const;
export const actionOwners = ['employee', 'supervisor', 'manager', 'hr'] as const;
export const actionOutcomes = ['done', 'dropped'] as const;
export const actionSources = ['session', 'integration', 'check_in', 'record'] as const;
export const cadenceChanges = ['step_down', 'keep', 'step_up'] as const;
export const supervisorChanges = ['reassigned', 'interim', 'requested_by_employee'] as const;

/** X11: what follows an interim; a supervisor named for good is a change of supervisor (D7.7). */
export const supervisionPlans = ['interim_stays', 'returns_on'] as const;
/** Observation of practice: only with the consent of the person served, who is never named. */
export const observationOutcomes = ['held_with_consent', 'consent_not_given'] as const;

/** D7.4 and D2.1: duties that contradict the role or do not use it (domain 2.3). */
export const driftDuties = [...prohibitedCodes, ...nonPeerCodes] as const;
export const driftTriggers = [
  'prohibited',
  'non_peer',
  'outside_month',
  'outside_two_months',
  'view_gap',
  'agreed_gap',
  'role_fit_quiet',
] as const;
export const driftKinds = ['organizational', 'individual', 'both', 'none'] as const;
export const driftOutcomes = [
  'duties_removed',
  'role_reopened',
  'training',
  'accepted_temporary_until',
  'no_drift',
] as const;

export const exclusionOutcomes = ['clear', 'possible_match', 'disputed', 'match'] as const;
export const growthOutcomes = ['agreed', 'updated'] as const;
export const growthAnswers = ['agreed', 'declined_by_employee'] as const;
export const interviewOutcomes = ['held', 'declined'] as const;
export const stayTopics = ['pay', 'hours', 'role', 'team', 'supervision', 'growth', 'other'] as const;
export const promotionOutcomes = ['promoted', 'not_yet', 'declined'] as const;
/** Next steps of the ladder of peer roles; `clinician` is never the only one (R9.1). */
export const ladderSteps = [
  'tier_2',
  'tier_3',
  'group_facilitator',
  'mentor',
  'bridger',
  'trainer',
  'program_lead',
  'director',
  'clinician',
] as const;

/** X10: what follows when the way to a first certificate takes longer than its days. */
export const certificationOutcomes = ['extended', 'moved_to_other_role', 'ended'] as const;

/** D9.5 by the employee, and by two people. */
export const leavingByEmployee = ['resigned', 'retired'] as const;
export const leavingByTwo = [
  'ended_fixed_term',
  'terminated_conduct',
  'terminated_performance',
  'laid_off',
  'transferred',
] as const;
export const exitReasons = [
  'role_drift',
  'pay',
  'hours',
  'team',
  'supervision',
  'growth',
  'moved',
  'other',
] as const;
export const separationReasons = [
  'term_ended',
  'funding_ended',
  'position_ended',
  'conduct',
  'performance',
  'exclusion_match',
  'probation_not_passed',
  'certification_deadline',
  'moved_within_organization',
] as const;
const againstSomebody: readonly SeparationReason[] = [
  'conduct',
  'performance',
  'exclusion_match',
  'probation_not_passed',
  'certification_deadline',
];

/**
 * R9.2: which reasons go with which ending. What stands against somebody (conduct, performance, a probation) ends an
 * employment as a termination, with all that this asks for, and under no other word.
 */
export const reasonsOf: Readonly<Record<LeavingByTwo, readonly SeparationReason[]>> = {
  ended_fixed_term: ['term_ended', 'funding_ended', 'position_ended', 'certification_deadline'],
  laid_off: ['funding_ended', 'position_ended', 'certification_deadline'],
  transferred: ['moved_within_organization', 'funding_ended', 'position_ended', 'certification_deadline'],
  terminated_conduct: againstSomebody,
  terminated_performance: againstSomebody,
};
export const rehireOutcomes = ['eligible', 'eligible_with_condition', 'not_eligible'] as const;
export const openingOutcomes = ['reopen_same_version', 'reopen_after_review', 'close'] as const;

/** What the clockwork itself does: it opens reviews, passes over sessions in a leave, and ends the last day. */
export const policyActs = [
  'review_opened',
  'session_on_leave',
  'last_day_passed',
  'tension_noted',
  'certification_day_passed',
] as const;

/** What comes round again and again, with the prompt that asks for it. */
export const rounds = ['P6.4', 'P7.6', 'P9.1', 'P9.2'] as const;

export type ItemOutcome = (typeof itemOutcomes)[number];
export type ItemOwner = (typeof itemOwners)[number];
export type PolicyToRead = (typeof policiesToRead)[number];
export type TalkOutcome = (typeof talkOutcomes)[number];
export type TalkTopic = (typeof talkTopics)[number];
export type MentoringOutcome = (typeof mentoringOutcomes)[number];
export type CheckInOutcome = (typeof checkInOutcomes)[number];
export type CheckInNeed = (typeof checkInNeeds)[number];
export type IntegrationItem = (typeof integrationItems)[number];
export type CompletionOutcome = (typeof completionOutcomes)[number];
export type SessionOutcome = (typeof sessionOutcomes)[number];
export type SessionMode = (typeof sessionModes)[number];
export type SessionTopic = (typeof sessionTopics)[number];
export type ActionOwner = (typeof actionOwners)[number];
export type ActionOutcome = (typeof actionOutcomes)[number];
export type ActionSource = (typeof actionSources)[number];
export type CadenceChange = (typeof cadenceChanges)[number];
export type SupervisorChange = (typeof supervisorChanges)[number];
export type SupervisionPlan = (typeof supervisionPlans)[number];
export type ObservationOutcome = (typeof observationOutcomes)[number];
export type DriftDuty = (typeof driftDuties)[number];
export type DriftTrigger = (typeof driftTriggers)[number];
export type DriftKind = (typeof driftKinds)[number];
export type DriftOutcome = (typeof driftOutcomes)[number];
export type ExclusionOutcome = (typeof exclusionOutcomes)[number];
export type PromotionOutcome = (typeof promotionOutcomes)[number];
export type LadderStep = (typeof ladderSteps)[number];
export type CertificationOutcome = (typeof certificationOutcomes)[number];
export type LeavingByEmployee = (typeof leavingByEmployee)[number];
export type LeavingByTwo = (typeof leavingByTwo)[number];
export type Leaving = LeavingByEmployee | LeavingByTwo | 'died';
export type ExitReason = (typeof exitReasons)[number];
export type SeparationReason = (typeof separationReasons)[number];
export type RehireOutcome = (typeof rehireOutcomes)[number];
export type OpeningOutcome = (typeof openingOutcomes)[number];
export type Round = (typeof rounds)[number];

/** Keys of the policy document that this case reads. */
export const policyKeys = [
  'CADENCE.weekly_weeks',
  'CADENCE.weekly_until_certified',
  'CADENCE.then_every_weeks',
  'CADENCE.floor_every_months',
  'CADENCE.most_weeks',
  'P5.6.before_d',
  'P6.1.before_d',
  'D6.1.items',
  'P6.6.within_d',
  'P0.3.before_day_one_d',
  'D6.2.supervised_h',
  'D6.2.within_d',
  'P6.2.at_d',
  'P6.2.retry_bd',
  'P6.3.at_d',
  'R6.4.replace_bd',
  'R6.4.accept_bd',
  'D6.4.at_d',
  'P6.4.at_d',
  'P6.4.then_every_months',
  'R6.3.action_bd',
  'D6.6.at_d',
  'D6.6.confirm_bd',
  'R5.2.refresher_months',
  'R5.2.waiver_d',
  'R5.2.course_before_d',
  'D7.1.weekday',
  'D7.1.at',
  'D7.1.confirm_bd',
  'D7.1.meeting_min',
  'P7.1.before_bd',
  'P7.1.log_within_bd',
  'P7.1.log_at',
  'P7.2.manager_at',
  'P7.2.hr_at',
  'P7.2.new_date_bd',
  'D7.3.window_bd',
  'D7.4.non_peer_at_once_pct',
  'D7.4.outside_month_pct',
  'D7.4.outside_two_months_pct',
  'D7.4.view_gap_points',
  'D7.4.agreed_gap_points',
  'D7.4.role_fit_weeks',
  'P7.4.within_bd',
  'P7.6.every_months',
  'P7.6.hours',
  'P7.6.ethics',
  'P7.6.period_months',
  'P7.6.before_d',
  'P7.7.every_months',
  'P7.7.settle_bd',
  'D7.6.ask_bd',
  'D7.6.keep_weeks',
  'R7.5.within_bd',
  'R7.6.span_max',
  'OBSERVE.every_months',
  'TENSION.quiet_months',
  'D8.1.probation_mid_d',
  'D8.1.probation_end_d',
  'D8.1.six_month_months',
  'D8.1.annual_months',
  'D8.1.annual_opens_before_d',
  'D8.1.opens_before_d',
  'P9.1.every_months',
  'P9.2.at_months',
  'P9.3.before_last_day_bd',
  'D9.1.confirm_bd',
  'D9.3.confirm_bd',
  'D9.5.confirm_bd',
  'D9.6.within_bd',
  'R9.5.word_bd',
  'D9.7.within_bd',
  'X10.before_d',
  'X10.hours',
  'X10.extensions',
  'X10.extension_months',
  'X10.leave_pauses',
  'X10.decide_bd',
  'X10.confirm_bd',
  'X11.interim_bd',
  'X11.plan_bd',
  'X11.refresher_before_d',
  'X14.resume_bd',
  'X22.settle_bd',
  'ADOPT.confirm_bd',
  ...changeKeys,
  ...othersKeys,
] as const;

/** Closed lists of stages 1 and 2: role definition, description, role-clarity screen, pay. */

/** The kind of role whose elements are those of S000; other kinds have theirs in the policy (R1.6). */
export const peerKind = 'peer';

/** What a listed member is to the team (domain, consensus test). */
export const memberCapacities = ['team_member', 'team_leader', 'program_leader', 'adviser'] as const;
/** Why a member of the team is not listed. */
export const leftOutReasons = ['left_team', 'away', 'own_wish', 'defines_with_other_team'] as const;

/** D1.1: what a person may say; `no_response` is recorded by the policy only. */
export const positions = ['agree', 'agree_with_concern', 'stand_aside', 'block'] as const;
/** D1.2. */
export const elementStatuses = [
  'open',
  'proposed',
  'discussed',
  'blocked',
  'revised',
  'consensus',
  'consensus_with_concerns',
  'leader_decided',
] as const;
/** Why the program leader decides after two rounds without consensus. */
export const leaderReasons = ['no_agreement_in_reach', 'law_or_contract', 'deadline'] as const;
/** R1.2: what HR says of a sick-leave rule that is not that of all staff. */
export const reviewOutcomes = ['upheld', 'rejected'] as const;
/** D1.4. */
export const changeOutcomes = ['reopen_element', 'no_change'] as const;
export const changeReasons = ['drift_found', 'concern', 'law_or_policy', 'holder_asked', 'yearly'] as const;

/** Typed choices of the elements of a peer role that are closed lists; the other elements take any code. */
export const elementChoices: Readonly<Record<string, readonly string[]>> = {
  E1: ['activation', 'engagement', 'less_isolation', 'communication', 'education', 'culture_change', 'hope'],
  E4: ['before_start', 'first_90d', 'ongoing'],
  E5: ['none', 'read_limited', 'read_role_based', 'write_own_notes', 'write_team_notes'],
  E6: ['peer', 'non_peer_trained', 'dual'],
  E9: ['holder_decides'],
  E10: ['same_as_all_staff', 'other'],
};
/** Elements of a peer role that mean nothing without a typed choice. */
export const choiceNeeded = ['E1', 'E5', 'E6', 'E10'] as const;

/** D2.1. */
export const dutyClasses = ['core', 'support', 'shared', 'non_peer', 'prohibited'] as const;
/** Codes of duties that do not use lived experience or training. */
export const nonPeerCodes = ['N_DRIVER', 'N_CLERICAL', 'N_CLEAN', 'N_ERRANDS'] as const;
/** Codes of duties that contradict the role. */
export const prohibitedCodes = [
  'P_MED_ADMIN',
  'P_MED_ENFORCE',
  'P_REP_PAYEE',
  'P_DIAG',
  'P_THERAPY',
  'P_INFORMANT',
  'P_COERCE',
  'P_URINE',
  'P_SURVEIL',
  'P_TXPLAN_OWN',
  'P_SOLE_CRISIS',
] as const;
export const dutyCodes = [...nonPeerCodes, ...prohibitedCodes] as const;
/** The twelve competency categories a core duty maps to. */
export const competencies = [
  'relationships',
  'support',
  'sharing_experience',
  'personalized',
  'recovery_planning',
  'resources',
  'skills_information',
  'crisis',
  'communication',
  'teamwork',
  'leadership_advocacy',
  'growth',
] as const;
/** What the guards may have found in a duty's text: R2.2, "other duties" without "within the peer role"; R1.3. */
export const dutyFindings = ['OTHER_DUTIES', 'R1.3'] as const;
/** Who looks at a finding that its author calls wrong about the text of a duty or description, both of them. */
export const settlers = ['director', 'adviser'] as const;
export const disputeOutcomes = ['wrong_about_text', 'stands'] as const;
/** D2.2. */
export const screenResults = ['pass', 'pass_with_changes', 'fail'] as const;
/** D2.3. */
export const requirementOutcomes = ['essential', 'equivalent_accepted', 'removed'] as const;
/** D2.4. */
export const wordings = ['approved_text_A', 'approved_text_B', 'needs_counsel'] as const;
/** D2.5. */
export const credentialRules = ['required_at_start', 'within_n_months', 'not_required'] as const;
/** D2.6. */
export const payOutcomes = ['approved', 'revise'] as const;
export const payReasons = ['comparator', 'funding', 'market', 'parity'] as const;
/** P2.4. */
export const parityOutcomes = ['fair', 'adjust'] as const;
/** D2.7. */
export const hoursKinds = ['full_time', 'part_time'] as const;
export const partTimeReasons = ['funding', 'caseload', 'pilot', 'site_pattern'] as const;

/** Of the people served, and of nobody who works here: numbers per group, before somebody was hired and a year on. */
export const measures = ['empowerment', 'responsive_services', 'social_support', 'functioning'] as const;
export const measureTimes = ['baseline', 'twelve_months'] as const;

/** The fee of somebody who is asked from outside the house (D1.1). */
export const feeOutcomes = ['offered', 'paid'] as const;

/** What the policy itself may do here: record a silence, and open the next reminder of a block. */
export const policyActs = ['no_response', 'block_repeated'] as const;

export type FeeOutcome = (typeof feeOutcomes)[number];
export type Measure = (typeof measures)[number];
export type MeasureTime = (typeof measureTimes)[number];
export type MemberCapacity = (typeof memberCapacities)[number];
export type LeftOutReason = (typeof leftOutReasons)[number];
export type Position = (typeof positions)[number];
export type ElementStatus = (typeof elementStatuses)[number];
export type LeaderReason = (typeof leaderReasons)[number];
export type ReviewOutcome = (typeof reviewOutcomes)[number];
export type ChangeOutcome = (typeof changeOutcomes)[number];
export type ChangeReason = (typeof changeReasons)[number];
export type Settler = (typeof settlers)[number];
export type DisputeOutcome = (typeof disputeOutcomes)[number];
export type DutyClass = (typeof dutyClasses)[number];
export type DutyCode = (typeof dutyCodes)[number];
export type Competency = (typeof competencies)[number];
export type ScreenResult = (typeof screenResults)[number];
export type RequirementOutcome = (typeof requirementOutcomes)[number];
export type Wording = (typeof wordings)[number];
export type PayOutcome = (typeof payOutcomes)[number];
export type PayReason = (typeof payReasons)[number];
export type ParityOutcome = (typeof parityOutcomes)[number];
export type HoursKind = (typeof hoursKinds)[number];
export type PartTimeReason = (typeof partTimeReasons)[number];

/** Keys of the policy document that this case reads. Other kinds of role add `R1.6.<kind>_elements`. */
export const policyKeys = [
  'G1.elements',
  'G1.elements_warn',
  'D1.2.rounds_before_leader',
  'D1.2.given_share',
  'D1.2.agree_share',
  'D1.2.given_not_leading_min',
  'D1.2.define_bd',
  'D1.2.conclude_bd',
  'D1.3.within_bd',
  'D1.4.within_bd',
  'R1.2.review_bd',
  'P1.1.before_bd',
  'P1.2.after_bd',
  'P1.3.within_bd',
  'P1.4.every_bd',
  'P1.5.first_hire_d',
  'P1.5.every_months',
  'P1.5.opens_before_d',
  'D4.2.fee_within_bd',
  'D2.1.list_bd',
  'D2.5.within_months',
  'D2.2.core_min_pct',
  'D2.2.support_cap_pct',
  'D2.2.shared_cap_pct',
  'D2.2.non_peer_max_pct',
  'D2.2.prohibited_max_pct',
  'D2.2.total_pct',
  'D2.2.revise_bd',
  'G2.due_bd',
  'P2.1.within_bd',
  'P2.2.within_bd',
  'P2.3.before_posting_bd',
  'P2.4.every_months',
  'R2.5.under_comparator_pct',
  'R2.6.duty_change_pct',
  'MEASURE.least',
  'MEASURE.baseline_within_d',
  'MEASURE.year_from_d',
] as const;

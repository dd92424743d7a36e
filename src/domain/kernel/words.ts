/** Closed lists every case shares. The glossaries of the domain give the meaning of each word. */

export const caseKinds = [
  'readiness',
  'role',
  'opening',
  'candidacy',
  'employment',
  'review',
  'clock',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** `<kind>-<26 characters>`; opaque, and the only name of a case that leaves the house. */
export type CaseId = string;
/** `prs_<26 characters>`: an opaque reference to a person in the directory. */
export type PersonRef = string;
export type SiteRef = string;
export type OrgRef = string;

/** What a person may be towards an organization, a site or a case (domain 2.1 and 5.2). */
export const capacities = [
  'executive',
  'director',
  'hr_director',
  'hr',
  'compliance',
  'compensation',
  'program_leader',
  'team_leader',
  'team_member',
  'facilitator',
  'adviser',
  'independent_adviser',
  'hiring_manager',
  'manager',
  'supervisor',
  'mentor',
  'panelist',
  'screener',
  'reviewer',
  'colleague',
  'candidate',
  'employee',
  'background_officer',
  'credential_officer',
  'accommodation_officer',
  'leave_officer',
  'investigating_officer',
  'privacy_officer',
  'it',
  'policy_owner',
  'administrator',
  'auditor',
] as const;
export type Capacity = (typeof capacities)[number];

/** C0 open, C1 work, C2 selection, C3 vault (domain 5.1). */
export const visibilityClasses = ['C0', 'C1', 'C2', 'C3'] as const;
export type Visibility = (typeof visibilityClasses)[number];

/** How the actor of a command was known to be who they say (architecture, the façade). */
export const personallyKnown = ['asserted_local', 'token', 'link', 'session', 'session_stepped_up'] as const;
export const howKnown = [...personallyKnown, 'policy', 'notice', 'installation'] as const;
export type HowKnown = (typeof howKnown)[number];

/** Retention classes of domain 5.7; the years stand in the policy. */
export const retentionClasses = [
  'keep',
  'selection',
  'employment',
  'vault',
  'credential',
  'mentoring',
] as const;
export type Retention = (typeof retentionClasses)[number];

/** X30: what becomes of a hidden text once HR has looked: gone, kept for its officer alone, or readable as before. */
export const redactionOutcomes = ['deleted', 'vaulted', 'restored'] as const;
export type RedactionOutcome = (typeof redactionOutcomes)[number];

export const caseStatuses = ['open', 'closed', 'final'] as const;
/** closed: the outcome is recorded; final: closed and nothing owed any more. */
export type CaseStatus = (typeof caseStatuses)[number];

/**
 * The rules at level WARN (domain 2.1, levels of a rule), every one that any case can raise: a command is accepted
 * against such a rule only with its code, so the envelope takes these codes and no others.
 */
export const warningCodes = [
  'D0.7',
  'R0.2',
  'R0.3',
  'R0.4',
  'R0.5',
  'G1',
  'D1.2',
  'R2.5',
  'D3.1',
  'P4.1',
  'D4.2',
  'D4.5',
  'D7.6',
  'R7.6',
  'R8.3',
  'R8.6',
  'D9.7',
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** A person ref, or `<capacity>@<site, organization or case>` resolved when a prompt is sent. */
export type Owner = string;

/** @returns the owner naming whoever holds a capacity at a scope. */
export function holder(capacity: Capacity, scope: string): Owner {
  return `${capacity}@${scope}`;
}

/** @returns the kind of a case from its id's prefix, or null when the id is malformed. */
export function kindOf(id: CaseId): CaseKind | null {
  const kind = id.slice(0, id.indexOf('-'));
  return caseKinds.find((known) => known === kind) ?? null;
}

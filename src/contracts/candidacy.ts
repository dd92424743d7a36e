import { z } from 'zod';
import {
  approvalOutcomes,
  approvalReasons,
  competencies,
  consentAnswers,
  credentialStatuses,
  declineReasons,
  eligibilities,
  exclusionOutcomes,
  mentorAnswers,
  mentorKinds,
  ratings,
  rescindReasons,
  screeningOutcomes,
  screeningReasons,
  setupItems,
  supervisorOutcomes,
  withdrawalReasons,
} from '../domain/candidacy/words.ts';
import { caseId, civilDate, codeWord, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the form HH:MM');
const offerVersion = z.number().int().min(1).max(99);
/** Per hour, in cents. */
const cents = z.number().int().min(1).max(100_000_00);
const eligibility = z.enum(eligibilities);
const screening = {
  eligibility,
  /** Which stated requirement is not met; needed with `does_not_meet`. */
  requirement: codeWord.optional(),
  outcome: z.enum(screeningOutcomes),
  /** Needed with `not_advanced`. */
  reason: z.enum(screeningReasons).optional(),
  rationale: textRef.optional(),
};
const rating = z.enum(ratings);
/** Every competency of the rubric, each once. */
const sheet = z.strictObject(
  Object.fromEntries(competencies.map((competency) => [competency, rating])) as Record<
    (typeof competencies)[number],
    typeof rating
  >,
);

/** Commands of a candidacy (stages 3 to 5) with their payloads. */
export const candidacyCommands = {
  /** The application. `attested`: the lived-experience statement, ticked by the candidate in person (domain 5.3). */
  open: z.strictObject({ site: siteRef, opening: caseId, person: personRef, attested: z.boolean() }),
  /** Domain 5.3: the tick, when HR entered the application. */
  attest: z.strictObject({}),
  /** P3.1 receipt of the application, X1 receipt of a withdrawal. */
  acknowledge: z.strictObject({ of: z.enum(['application', 'withdrawal']) }),
  /** D3.3 and D3.4 by one reviewer, with the attestation of R3.5: "I will not look any applicant up". */
  screen: z.strictObject({ ...screening, willNotLookUp: z.literal(true) }),
  /** D3.4: HR settles a difference of the reviewers, or ends a hold. */
  settle_screening: z.strictObject(screening),
  /** P3.5 and P4.5: the candidate was told the outcome. */
  tell_outcome: z.strictObject({}),
  schedule_interview: z.strictObject({ on: civilDate, at: wallTime }),
  /** P4.1. */
  send_questions: z.strictObject({}),
  record_interview: z.strictObject({ held: civilDate }),
  /** D4.3 and D4.4. */
  submit_sheet: z.strictObject({ ratings: sheet, notes: textRef }),
  /** X1: no reason is asked. */
  withdraw: z.strictObject({ reason: z.enum(withdrawalReasons).optional() }),
  /** One version of an offer: cents per hour, hours per week. A new version voids the approvals of the old. */
  draft_offer: z.strictObject({ amount: cents, hours: z.number().min(1).max(80) }),
  /** D5.10. */
  approve_offer: z.strictObject({
    version: offerVersion,
    outcome: z.enum(approvalOutcomes),
    reason: z.enum(approvalReasons).optional(),
  }),
  /** D5.1. */
  send_offer: z.strictObject({ version: offerVersion }),
  extend_offer: z.strictObject({ version: offerVersion }),
  accept_offer: z.strictObject({ version: offerVersion }),
  decline_offer: z.strictObject({ version: offerVersion, reason: z.enum(declineReasons).optional() }),
  /** D5.1 `rescinded`, first half. */
  propose_rescind: z.strictObject({ reason: z.enum(rescindReasons) }),
  /** D5.1 `rescinded`, second half: another person. */
  confirm_rescind: z.strictObject({}),
  /** D5.8; conditional: shadowing only, no access. */
  set_start: z.strictObject({ on: civilDate, conditional: z.boolean().optional() }),
  /** D5.2: the candidate's consent to the background check. */
  answer_consent: z.strictObject({ answer: z.enum(consentAnswers) }),
  /** D5.2. */
  order_check: z.strictObject({}),
  /** D5.3. */
  record_exclusion: z.strictObject({ outcome: z.enum(exclusionOutcomes) }),
  /** D5.4; `validTo` with `verified` and, as the deadline, with `in_progress_with_deadline`. */
  record_credential: z.strictObject({ status: z.enum(credentialStatuses), validTo: civilDate.optional() }),
  /** D5.6; `trained`: day of the supervisor training; `until`: end of the waiver. */
  assign_supervisor: z.strictObject({
    supervisor: personRef,
    outcome: z.enum(supervisorOutcomes),
    trained: civilDate.optional(),
    until: civilDate.optional(),
    second: personRef.optional(),
    secondTrained: civilDate.optional(),
  }),
  /** D5.7, first half. */
  assign_mentor: z.strictObject({ mentor: personRef, kind: z.enum(mentorKinds) }),
  /** D5.7, second half: the mentor's answer. */
  answer_mentoring: z.strictObject({ answer: z.enum(mentorAnswers) }),
  /** P5.5; `access`: what the accounts allow, needed with `accounts`. */
  report_setup: z.strictObject({
    items: z.array(z.enum(setupItems)).min(1).max(setupItems.length),
    access: z.array(codeWord).max(20).optional(),
  }),
  /** P5.6. */
  record_welcome: z.strictObject({}),
  /** Claims G5 and starts the employment. */
  confirm_day_one: z.strictObject({}),
};
export type CandidacyCommand = CommandsOf<typeof candidacyCommands>;

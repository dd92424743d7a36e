import { z } from 'zod';
import {
  approvalOutcomes,
  approvalReasons,
  arrangements,
  competencies,
  consentAnswers,
  counterAnswers,
  credentialStatuses,
  declineReasons,
  eligibilities,
  exclusionOutcomes,
  keepingReasons,
  medicalOutcomes,
  mentorAnswers,
  mentorKinds,
  officerWords,
  promiseElements,
  promiseOwners,
  questionTopics,
  ratings,
  requestAnswers,
  requestKinds,
  rescindReasons,
  screeningOutcomes,
  screeningReasons,
  secondChannels,
  setupItems,
  statements,
  supervisorOutcomes,
  waysIn,
  withdrawalReasons,
} from '../domain/candidacy/words.ts';
import { forbiddenQuestions } from '../domain/opening/words.ts';
import { caseId, civilDate, codeWord, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the form HH:MM');
const offerVersion = z.number().int().min(1).max(99);
/** Per hour, in cents. */
const cents = z.number().int().min(1).max(100_000_00);
/** What the guard found in a text of the command, by the codes of its rules; the façade fills it in. */
const findings = z
  .array(z.string().regex(/^[A-Z][A-Za-z0-9_.]{0,39}$/, 'the code of a rule'))
  .max(20)
  .optional();
/** The key of a row in an imported list: opaque, so that nothing of the row can be read from it. */
const rowKey = z.string().regex(/^row_[0-9a-z]{26}$/, 'an opaque key of a row');
const slot = z.strictObject({ on: civilDate, at: wallTime });
const window = z.strictObject({ on: civilDate, from: wallTime, to: wallTime });
const competencyList = z.array(z.enum(competencies)).min(1).max(competencies.length);
const eligibility = z.enum(eligibilities);
const screening = {
  eligibility,
  /** Which stated requirement is not met; needed with `does_not_meet`. */
  requirement: codeWord.optional(),
  outcome: z.enum(screeningOutcomes),
  /** Needed with `not_advanced`. */
  reason: z.enum(screeningReasons).optional(),
  rationale: textRef.optional(),
  findings,
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
  open: z.strictObject({
    site: siteRef,
    opening: caseId,
    person: personRef,
    attested: z.boolean(),
    /** With `attested`: which statement; left out, the plain one. */
    statement: z.enum(statements).optional(),
    /** By HR only: how the application came; `row` with an import, so that the same list twice is one application. */
    way: z.enum(waysIn).optional(),
    row: rowKey.optional(),
  }),
  /** Domain 5.3: the tick, when HR entered the application. */
  attest: z.strictObject({ statement: z.enum(statements).optional() }),
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
  submit_sheet: z.strictObject({
    ratings: sheet,
    notes: textRef,
    /** A note of evidence of its own for a competency. */
    evidence: z.partialRecord(z.enum(competencies), textRef).optional(),
    findings,
  }),
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
  /** X2: HR asks the candidate to come back on something. */
  ask_candidate: z.strictObject({ topic: z.enum(questionTopics) }),
  /** X2: the candidate answered, here or to HR another way. */
  reply: z.strictObject({}),
  /** X2: the second way HR tried. */
  log_contact: z.strictObject({ channel: z.enum(secondChannels), on: civilDate }),
  /** X2: a reply after the candidacy was closed without one. */
  reopen: z.strictObject({}),
  /** When somebody of the panel can come. */
  note_availability: z.strictObject({ rater: personRef, windows: z.array(window).min(1).max(10) }),
  offer_slots: z.strictObject({ slots: z.array(slot).min(1).max(8) }),
  /** The number of the slot, from 1. */
  choose_slot: z.strictObject({ slot: z.number().int().min(1).max(8) }),
  choose_arrangements: z.strictObject({
    chosen: z.array(z.enum(arrangements)).max(arrangements.length),
  }),
  /** One move without a reason. */
  ask_reschedule: z.strictObject({}),
  /** X27: the candidate's consent, and the other candidacy of theirs. */
  agree_carrying: z.strictObject({ from: caseId }),
  carry_sheets: z.strictObject({ from: caseId }),
  /** D4.8: the code of the question that was asked; never the answer. */
  report_incident: z.strictObject({ question: z.enum(forbiddenQuestions) }),
  /** X32. */
  make_request: z.strictObject({ request: z.enum(requestKinds) }),
  /** X32; `text` and `competencies` with feedback, `because` with what is kept. */
  answer_request: z.strictObject({
    n: z.number().int().min(1).max(999),
    answer: z.enum(requestAnswers),
    competencies: competencyList.optional(),
    text: textRef.optional(),
    because: z.enum(keepingReasons).optional(),
    findings,
  }),
  /** D5.1 `countered`: what the candidate asks for instead. */
  counter_offer: z.strictObject({
    version: offerVersion,
    amount: cents.optional(),
    hours: z.number().min(1).max(80).optional(),
  }),
  answer_counter: z.strictObject({ version: offerVersion, answer: z.enum(counterAnswers) }),
  /** D5.5; `category` with `same_for_all_in_job_category`. */
  set_medical_questions: z.strictObject({
    outcome: z.enum(medicalOutcomes),
    category: codeWord.optional(),
  }),
  /** R5.3: no reason, and none is kept. */
  step_back: z.strictObject({}),
  /** R5.7. */
  give_word: z.strictObject({ word: z.enum(officerWords) }),
  /** R6.5; `after` counts calendar days from day one. */
  name_promises: z.strictObject({
    promises: z
      .array(
        z.strictObject({
          element: z.enum(promiseElements),
          item: codeWord,
          owner: z.enum(promiseOwners),
          after: z.number().int().min(0).max(365),
        }),
      )
      .min(1)
      .max(12),
  }),
};
export type CandidacyCommand = CommandsOf<typeof candidacyCommands>;

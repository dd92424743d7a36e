import { z } from 'zod';
import {
  cancelReasons,
  channels,
  declarations,
  disputeOutcomes,
  feeOutcomes,
  forbiddenQuestions,
  incidentRemedies,
  incidentReviews,
  pauseReasons,
  poolOutcomes,
  poolReasons,
  postingChanges,
  questionStatuses,
  reasonCodes,
  referenceOutcomes,
  roleAnswers,
  searchNexts,
  selectionOutcomes,
} from '../domain/opening/words.ts';
import { caseId, civilDate, findingCode, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

/** Most people who can be in one opening: the state of a case is kept small for years. */
const MOST_APPLICANTS = 400;

/** `outside`: invited from another organization, and paid for it (D4.2). */
const rater = z.strictObject({
  ...{ person: personRef, inRole: z.boolean(), trained: z.boolean() },
  outside: z.literal(true).optional(),
});
/** A question of this opening (`Q1`) or of the bank (`question-crisis-2`). */
const question = z
  .string()
  .regex(/^(Q[1-9][0-9]{0,2}|question-[a-z-]{3,40}-[1-9][0-9]?)$/, 'an id of a question, e.g. Q1');
/** A code of the guards, e.g. `Q_MEDS`. */
const finding = findingCode;
const reasons = z.array(z.enum(reasonCodes)).max(reasonCodes.length);
const perCandidate = <T extends z.ZodType>(row: T) => z.array(row).min(1).max(MOST_APPLICANTS);

/** Commands of stages 3 and 4 that concern the whole opening, with their payloads. */
export const openingCommands = {
  /** Seats of one role version, the people who judge, and the day the posting is planned for. */
  open: z.strictObject({
    site: siteRef,
    role: caseId,
    roleVersion: z.number().int().min(1).max(999),
    seats: z.number().int().min(1).max(20),
    hiringManager: personRef,
    screeners: z.array(personRef).length(2),
    panel: z.array(rater).min(1).max(9),
    alternates: z.array(rater).max(9),
    plannedPosting: civilDate,
    /** X4: the failed search this one follows. */
    after: caseId.optional(),
    /** X26: a running search for the same role, whose posting, pool and ranked list serve these seats too. */
    sharing: caseId.optional(),
  }),
  /** D3.2. */
  plan_channels: z.strictObject({ channels: z.array(z.enum(channels)).min(1).max(channels.length) }),
  /** D3.1 `approved`. */
  approve_posting: z.strictObject({ text: textRef.optional() }),
  /** D3.1 `changes_needed`. */
  return_posting: z.strictObject({ changes: z.array(z.enum(postingChanges)).min(1) }),
  /** The posting goes out; claims G2. */
  post: z.strictObject({ closeOn: civilDate }),
  /** D3.1 `extended`. */
  extend_posting: z.strictObject({ closeOn: civilDate }),
  /** D3.1 `paused` (X28). */
  pause_posting: z.strictObject({ until: civilDate }),
  resume_posting: z.strictObject({ closeOn: civilDate }),
  /** D3.1 `closed`. */
  close_posting: z.strictObject({}),
  /** D3.5: for the whole opening; there is no field for a reason or an applicant. */
  declare: z.strictObject({
    answer: z.enum(declarations),
    /** R3.5: "I will not look any applicant up." */
    attest: z.literal(true).optional(),
  }),
  /** A seat of `panel:n` or `screener:n` that stands empty, or one more `alternate`; never an applicant (D3.5). */
  fill_seat: z.strictObject({
    seat: z.string().regex(/^((panel|screener):[1-9]|alternate)$/, 'a seat, e.g. panel:2'),
    person: personRef,
    inRole: z.boolean(),
    trained: z.boolean(),
    outside: z.literal(true).optional(),
  }),
  /** D3.7, first half; `closeOn` only with `extend`. */
  propose_pool: z.strictObject({
    outcome: z.enum(poolOutcomes),
    reasons: z.array(z.enum(poolReasons)).max(poolReasons.length),
    closeOn: civilDate.optional(),
  }),
  /** D3.7, second half: names the outcome it confirms. Claims G3 for both ways to proceed. */
  confirm_pool: z.strictObject({ outcome: z.enum(poolOutcomes) }),
  /** D4.1. Without a text it is about the wording that was put forward last, or the bank's, and all that was found in it. */
  mark_questions: z.strictObject({
    questions: z
      .array(
        z.strictObject({
          id: question,
          status: z.enum(questionStatuses),
          code: z.enum(forbiddenQuestions).optional(),
          text: textRef.optional(),
          /** What the question guard found in the wording, and the pack it used. */
          findings: z.array(finding).max(12).optional(),
          pack: z
            .string()
            .regex(/^[A-Za-z0-9][\w.@+-]{0,59}$/, 'a rule pack and its version, without blanks')
            .optional(),
        }),
      )
      .min(1)
      .max(40),
  }),
  /** D4.2: the days of interviews and the one set of questions of this opening. */
  plan_interviews: z.strictObject({
    firstDay: civilDate,
    lastDay: civilDate,
    questions: z.array(question).min(1).max(40),
  }),
  /** D4.1: the guard erred about the text as it stands, says whoever put it forward. Never "use it anyway". */
  dispute_finding: z.strictObject({ question, finding }),
  /** D4.1, second half: another person, of HR. */
  settle_dispute: z.strictObject({ question, finding, outcome: z.enum(disputeOutcomes) }),
  /** D4.2: a panelist cannot come; no reason is asked. */
  decline_seat: z.strictObject({}),
  /** D4.2: a panelist who had said yes did not come. */
  record_no_show: z.strictObject({ panelist: personRef }),
  /** X6: too few raters are left; the remaining candidates are asked again, all of them, with the same questions. */
  order_re_interview: z.strictObject({ drop: personRef.optional() }),
  /** D4.2: what a panelist from outside is paid. */
  record_fee: z.strictObject({ person: personRef, outcome: z.enum(feeOutcomes) }),
  /** P4.2: a panelist will be there. */
  confirm_attendance: z.strictObject({}),
  /** D4.4 `dropped_for_all`: a rater who is missing. */
  drop_rater: z.strictObject({ rater: personRef }),
  /** D4.5: what the panel found, for every remaining candidate. */
  state_consensus: z.strictObject({
    results: perCandidate(
      z.strictObject({
        candidacy: caseId,
        outcome: z
          .string()
          .regex(/^(recommend_[1-9][0-9]?|acceptable|not_recommended)$/, 'an outcome of D4.5'),
        reasons,
      }),
    ),
  }),
  /** D4.5: one panelist's agreement, or their named dissent on candidates. */
  answer_consensus: z.strictObject({
    dissents: z.array(z.strictObject({ candidacy: caseId, reasons: reasons.min(1) })).max(MOST_APPLICANTS),
  }),
  /** D4.6, for all remaining candidates alike; `unreachable` names those whose referees did not answer. */
  record_references: z.strictObject({
    outcome: z.enum(referenceOutcomes),
    unreachable: z.array(caseId).max(MOST_APPLICANTS),
  }),
  /** D4.7: an outcome for every remaining candidate; `rank` orders the reserve. */
  select: z.strictObject({
    outcomes: perCandidate(
      z.strictObject({
        candidacy: caseId,
        outcome: z.enum(selectionOutcomes),
        reasons,
        rank: z.number().int().min(1).max(99).optional(),
      }),
    ),
  }),
  /** Claims G4 and grants the seats. */
  confirm_selection: z.strictObject({}),
  /** D4.8: the code of the question that was asked; never the answer. */
  report_incident: z.strictObject({
    question: z.enum(forbiddenQuestions),
    candidacy: caseId.optional(),
  }),
  review_incident: z.strictObject({
    incident: z.number().int().min(1).max(999),
    outcome: z.enum(incidentReviews),
    /** With `remedied`. */
    remedy: z.enum(incidentRemedies).optional(),
  }),
  /** D5.9 `offered_next`: the first of the reserve takes a seat that became free (X3). */
  offer_next: z.strictObject({ candidacy: caseId }),
  /** D5.9 `kept_reserve`: nobody is asked for the free seat now; who is in reserve stays there to their last day. */
  keep_reserve: z.strictObject({ candidacy: caseId }),
  /** D5.9 `released`. */
  release_reserve: z.strictObject({ candidacy: caseId }),
  /** X5, X28. */
  cancel_opening: z.strictObject({ why: z.enum(cancelReasons) }),
  /** X28 `paused_until`: every timer of the opening stands still. */
  pause_search: z.strictObject({ until: civilDate, why: z.enum(pauseReasons) }),
  resume_search: z.strictObject({}),
  /** X5, X28: the candidates were told; `word` is the number of what they had to be told. */
  record_told: z.strictObject({ word: z.number().int().min(1).max(999) }),
  /** X5: the role has a newer version than the one of this search. */
  note_role_change: z.strictObject({ version: z.number().int().min(1).max(999) }),
  answer_role_change: z.strictObject({ outcome: z.enum(roleAnswers) }),
  /** X4: what follows a failed search. */
  follow_search: z.strictObject({ next: z.enum(searchNexts) }),
  /** D4.7: somebody else hires for this opening from now on. */
  change_hiring_manager: z.strictObject({ hiringManager: personRef }),
  /** X26: these seats no longer wait for the list of another search. */
  leave_pool: z.strictObject({}),
};
export type OpeningCommand = CommandsOf<typeof openingCommands>;

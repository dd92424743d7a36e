import { z } from 'zod';
import {
  accommodationOutcomes,
  adverseReasons,
  assessmentFactors,
  checkOutcomes,
  clockWords,
  comparatorWords,
  denialReviews,
  exclusionOutcomes,
  holdOffReasons,
  holdReasons,
  leaveOutcomes,
  noticeEnclosures,
  restingDuties,
} from '../domain/clock/words.ts';
import {
  lookOutcomes,
  reportConcerns,
  reportFindings,
  reportMeasures,
  reportOffices,
} from '../domain/clock/words-report.ts';
import { caseId, civilDate, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

/** Commands of leave, checks and credentials with their payloads. */
export const clockCommands = {
  /**
   * D9.4: a leave is asked for. `to` is the day of return. There is no field for a reason. The supervisor is the one the
   * employment names; whoever types one in names the same.
   */
  open_leave: z.strictObject({
    site: siteRef,
    person: personRef,
    employment: caseId,
    from: civilDate,
    to: civilDate,
    supervisor: personRef.optional(),
  }),
  /** D9.4. */
  decide_leave: z.strictObject({ outcome: z.enum(leaveOutcomes) }),
  /** D9.4: a second person looks at a denial. */
  review_denial: z.strictObject({ outcome: z.enum(denialReviews) }),
  /** D9.4 `extended`: a new day of return. */
  extend_leave: z.strictObject({ to: civilDate }),
  /** D9.4: other days than were agreed; the first one moves only while it lies ahead. */
  move_leave: z.strictObject({ from: civilDate, to: civilDate }),
  /** D9.4: it will not be, or is not wanted any more; no reason is asked for. Before its first day. */
  cancel_leave: z.strictObject({}),
  /** D9.4 `returned`. */
  record_return: z.strictObject({ on: civilDate }),
  /** D5.2, X8: the assessment of this one case; all three things have to be weighed before a first notice. */
  assess: z.strictObject({
    considered: z.array(z.enum(assessmentFactors)).min(1).max(assessmentFactors.length),
    text: textRef,
  }),
  /** X8: what the person says to it; given by themselves, or entered by the officer. It reopens the assessment. */
  reply: z.strictObject({ text: textRef }),
  /** X7: HR has looked at a check that takes long; the wait begins anew. Silence is never a "no". */
  keep_waiting: z.strictObject({}),
  /** R5.7: the word of an officer of another matter, before anything adverse is final. */
  give_word: z.strictObject({ word: z.enum(clockWords) }),
  /**
   * D5.2. `given`, `notice` and `enclosed` go with `pre_adverse`: day and text of the first notice, and what went with it
   * (R5.4: the report and the person's rights).
   */
  record_check: z.strictObject({
    outcome: z.enum(checkOutcomes),
    given: civilDate.optional(),
    notice: textRef.optional(),
    enclosed: z.array(z.enum(noticeEnclosures)).max(noticeEnclosures.length).optional(),
  }),
  /** D5.2 `adverse_final`, first half, with the final notice. */
  propose_adverse: z.strictObject({ reason: z.enum(adverseReasons), notice: textRef }),
  /** D5.2 `adverse_final`, second half: the HR director, with the comparator check (R5.7). */
  confirm_adverse: z.strictObject({ comparator: z.enum(comparatorWords).optional() }),
  /** D3.6 `requested`, by the person or entered by the officer. No field asks for a condition. */
  request_accommodation: z.strictObject({
    site: siteRef,
    person: personRef,
    parent: caseId,
    text: textRef.optional(),
  }),
  /** X31: the person heard that the request is there. */
  acknowledge_request: z.strictObject({}),
  /** X31: the interactive talk. */
  record_talk: z.strictObject({ on: civilDate }),
  /** D3.6. `change` and `arranger` go with a yes: what is to be changed, and who sees to it. They learn nothing else. */
  decide_accommodation: z.strictObject({
    outcome: z.enum(accommodationOutcomes),
    change: textRef.optional(),
    arranger: personRef.optional(),
  }),
  /** D3.6: a second person looks at a no. */
  review_decline: z.strictObject({ outcome: z.enum(denialReviews) }),
  /** X31: what was to be changed is changed. */
  confirm_arrangement: z.strictObject({}),
  /** The person no longer wants it. */
  close_request: z.strictObject({}),
  /**
   * X19, by the person or entered by an officer. `to`: the office that looks into it; `against`: who must not. What happened
   * goes into the sealed words.
   */
  report_concern: z.strictObject({
    site: siteRef,
    person: personRef,
    parent: caseId,
    concern: z.enum(reportConcerns),
    to: z.enum(reportOffices).optional(),
    against: personRef.optional(),
    text: textRef.optional(),
  }),
  acknowledge_report: z.strictObject({}),
  record_investigation: z.strictObject({ finding: z.enum(reportFindings) }),
  close_report: z.strictObject({
    measures: z.array(z.enum(reportMeasures)).min(1).max(reportMeasures.length),
  }),
  /** X19: while the guard lasts, and at its end. */
  record_look: z.strictObject({ outcome: z.enum(lookOutcomes) }),
  /** X29: over a case or a person; `on` is the day of the charge, suit, inquiry or audit. There is no field for more. */
  hold_on: z.strictObject({
    site: siteRef,
    subject: z.union([caseId, personRef]),
    reason: z.enum(holdReasons),
    on: civilDate,
    review: civilDate,
  }),
  /** X29: the second person's word that it is rightly set. */
  confirm_hold: z.strictObject({}),
  /** X29: looked at, and still needed; `review` is the next look. */
  review_hold: z.strictObject({ review: civilDate }),
  /** X29 `hold_off`, first half; `on` is the day it was over. */
  propose_hold_off: z.strictObject({ reason: z.enum(holdOffReasons), on: civilDate }),
  /** X29 `hold_off`, second half, by another person. */
  confirm_hold_off: z.strictObject({}),
  /** X29: a proposal to lift it is not followed. */
  keep_hold: z.strictObject({}),
  /** D5.3. */
  record_exclusion: z.strictObject({ outcome: z.enum(exclusionOutcomes) }),
  /** D5.4: renewed, or recorded with its last valid day. */
  renew: z.strictObject({ validTo: civilDate }),
  /** X9: what rests while the certificate has lapsed; the job goes on. */
  limit_duties: z.strictObject({ duties: z.array(z.enum(restingDuties)).min(1).max(restingDuties.length) }),
  /** X9: after the renewal. */
  restore_duties: z.strictObject({}),
};
export type ClockCommand = CommandsOf<typeof clockCommands>;

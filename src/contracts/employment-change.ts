import { z } from 'zod';
import {
  conductAnswers,
  conductConcerns,
  handoverOutcomes,
  hearingOutcomes,
  measures,
  payReasons,
  separationNotices,
  specialties,
  specialtyOutcomes,
  wordSubjects,
} from '../domain/employment/words-change.ts';
import { caseId, civilDate, codeWord, findingCode, textRef } from './common.ts';

/** Cents per hour. */
const pay = z.number().int().min(1).max(100_000);

/** Commands of stage 9 beside those of growth and of endings. */
export const changeCommands = {
  /** D9.2; `started` needs its training. `until`: when it ends, or when what was completed ends to count. */
  record_specialty: z.strictObject({
    specialty: z.enum(specialties),
    outcome: z.enum(specialtyOutcomes),
    training: codeWord.optional(),
    until: civilDate.optional(),
  }),
  /** D9.8 by two people; `from` is what was paid until then, as this house recorded it. */
  propose_pay_change: z.strictObject({ reason: z.enum(payReasons), from: pay, to: pay, on: civilDate }),
  confirm_pay_change: z.strictObject({}),
  decline_pay_change: z.strictObject({}),
  /** X15: what was done at work, on which day; there is no field for why. */
  raise_conduct: z.strictObject({
    concern: z.enum(conductConcerns),
    on: civilDate,
    note: textRef.optional(),
    /** R8.2: codes of what the guard found in the note. */
    findings: z.array(findingCode).max(20).optional(),
  }),
  answer_conduct: z.strictObject({ answer: z.enum(conductAnswers), text: textRef.optional() }),
  record_hearing: z.strictObject({ outcome: z.enum(hearingOutcomes) }),
  /** X15; a warning names its comparator check. */
  propose_measure: z.strictObject({
    measure: z.enum(measures),
    comparator: z.enum(['same_as_comparator']).optional(),
  }),
  decline_measure: z.strictObject({}),
  confirm_measure: z.strictObject({}),
  /** R9.5: an officer's word that nothing stands against it; nothing else of theirs is said. */
  give_officer_word: z.strictObject({ about: z.enum(wordSubjects) }),
  /** X21; the written notice goes with its text. */
  record_separation_notice: z.strictObject({ notice: z.enum(separationNotices), text: textRef.optional() }),
  /** X20. */
  record_handover: z.strictObject({ outcome: z.enum(handoverOutcomes) }),
  /** X24. */
  record_relations_talk: z.strictObject({ on: civilDate }),
  take_up_role: z.strictObject({ role: caseId, on: civilDate }),
  let_promotion_go: z.strictObject({}),
  /** X23: the employee's own word is the consent. */
  link_earlier_employment: z.strictObject({ employment: caseId }),
  unlink_earlier_employment: z.strictObject({}),
  /** X33: that an assignment changes; there is no field for more. */
  ask_assignment_change: z.strictObject({}),
  note_assignment_change: z.strictObject({ on: civilDate }),
};

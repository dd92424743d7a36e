import { z } from 'zod';
import {
  disputedProbations,
  disputeOutcomes,
  followUps,
  goalStates,
  officerWords,
  overalls,
  planAnswers,
  planOutcomes,
  planStepStates,
  probationOutcomes,
  probationReasons,
  responses,
  roleItems,
  standardResults,
} from '../domain/review/words.ts';
import { civilDate, findingCode, personRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

/** Name of a form or a scale as the comparator record spells it, e.g. `common-1`, `1-5`. */
const shortName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'a short name');
/** What a negative item rests on (R8.3). The pulse and drift reviews are no such thing (R7.7). */
const earlier = z.string().regex(/^(action|session):[A-Za-z0-9:_-]{1,80}$/, 'an earlier action or session');
/** An item of the role section, or one of the common section of the form. No other trait is ever rated. */
const items = `${roleItems.join('|')}|common_[a-z0-9_]{1,30}`;
const item = z.string().regex(new RegExp(`^(${items})$`), 'an item of the form');
const citedItem = z.string().regex(new RegExp(`^(${items}|overall)$`), 'an item of the form');
/** What the guard found in a text of the command, by the codes of its rules (R8.2); the façade fills it in. */
const findings = z.array(findingCode).max(20).optional();
const wholeRating = z.number().int().min(0).max(100);

/** Commands of stage 8 with their payloads. */
export const reviewCommands = {
  /** P8.2: the supervisor names the colleagues who are asked for feedback. */
  choose_colleagues: z.strictObject({ colleagues: z.array(personRef).min(1).max(6) }),
  /** P8.2: a colleague would rather not; the supervisor names another. */
  decline_feedback: z.strictObject({}),
  /** P8.1: the employee keeps a self-review they still write on; nobody else reads it. */
  keep_self_review: z.strictObject({ text: textRef }),
  /** P8.1: the employee shares their self-review; hidden until then. Without a text: the one kept last. */
  share_self_review: z.strictObject({ text: textRef.optional() }),
  /** P8.2: a colleague keeps feedback they still write on; nobody else reads it. */
  keep_feedback: z.strictObject({ text: textRef, findings }),
  /** P8.2: a colleague shares their feedback; hidden until then. Without a text: the one kept last. */
  share_feedback: z.strictObject({ text: textRef.optional(), findings }),
  /** Stage 8: what people served said of the work, put together by HR; how many, and never who. */
  enter_served_feedback: z.strictObject({
    answers: z.number().int().min(1).max(999),
    text: textRef,
    findings,
  }),
  /** P8.3 with D8.2, D8.4 and D8.5. `ratings` by item, `cites` by item or `overall`. */
  submit_draft: z.strictObject({
    form: shortName,
    scale: shortName,
    ratings: z.record(item, wholeRating),
    overall: z.enum(overalls),
    followUps: z.array(z.enum(followUps)).min(1),
    goals: z.array(textRef).max(10),
    cites: z.record(citedItem, earlier),
    text: textRef,
    findings,
  }),
  /** P8.3: the draft is open to the employee from now on; else it is from the talk about it. */
  share_draft: z.strictObject({}),
  /** D8.7. `justification` goes with `differs`. */
  check_standard: z.strictObject({
    result: z.enum(standardResults),
    justification: textRef.optional(),
    findings,
  }),
  /** P8.4: the talk took place. */
  hold_talk: z.strictObject({ held: civilDate }),
  /** D8.3, first half. `until` goes with `extended`; reasons with everything but `passed`. */
  propose_probation: z.strictObject({
    outcome: z.enum(probationOutcomes),
    reasons: z.array(z.enum(probationReasons)).max(probationReasons.length),
    until: civilDate.optional(),
  }),
  /** Before an adverse decision: the officer's word, and nothing besides it. */
  give_word: z.strictObject({ word: z.enum(officerWords) }),
  /** R8.7: the investigating officer's word, asked for in everybody's case alike. */
  give_second_word: z.strictObject({ word: z.enum(officerWords) }),
  /** D8.3, second half: HR confirms what the manager proposed. */
  confirm_probation: z.strictObject({}),
  /** D8.6. `comment` goes with `signed_with_comment`, and may go with the others. */
  respond: z.strictObject({ response: z.enum(responses), comment: textRef.optional() }),
  /** D8.6 `disputed`: HR's answer; `overall` goes with `corrected`. */
  settle_dispute: z.strictObject({
    outcome: z.enum(disputeOutcomes),
    overall: z.enum(overalls).optional(),
    /** D8.3: what becomes of a probation that was not passed, where the rating it rested on is corrected. */
    probation: z.enum(disputedProbations).optional(),
    text: textRef,
    findings,
  }),
  /** P8.6: the goals were looked at in the middle of the cycle. */
  check_goals: z.strictObject({ state: z.enum(goalStates), held: civilDate }),
  /**
   * X17, after D8.5 `improvement_plan`: steps at the days after `from` that hold for all staff. A plan the employee
   * answered is locked: another one names the version it `replaces`, and has to be answered anew.
   */
  write_plan: z.strictObject({
    from: civilDate,
    steps: z
      .array(z.strictObject({ after_d: z.number().int().min(1).max(366), text: textRef, findings }))
      .min(1)
      .max(6),
    replaces: z.number().int().min(1).max(99).optional(),
  }),
  /** X17: the employee has read this version. `comment` goes with `acknowledged_with_comment`. */
  answer_plan: z.strictObject({ answer: z.enum(planAnswers), comment: textRef.optional() }),
  /** X17: one step was talked over; `step` counts from 1. */
  record_plan_step: z.strictObject({
    step: z.number().int().min(1).max(6),
    state: z.enum(planStepStates),
    held: civilDate,
  }),
  /** X17: how the plan ended, by HR. `not_met` waits for two officers' words and a second person (R8.7). */
  settle_plan: z.strictObject({ outcome: z.enum(planOutcomes) }),
  /** X17, R8.7: another person confirms `not_met`. */
  confirm_plan: z.strictObject({}),
};
export type ReviewCommand = CommandsOf<typeof reviewCommands>;

import { z } from 'zod';
import {
  disputeOutcomes,
  followUps,
  goalStates,
  officerWords,
  overalls,
  probationOutcomes,
  probationReasons,
  responses,
  roleItems,
  standardResults,
} from '../domain/review/words.ts';
import { civilDate, personRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

/** Name of a form or a scale as the comparator record spells it, e.g. `common-1`, `1-5`. */
const shortName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'a short name');
/** What a negative item rests on (R8.3). The pulse and drift reviews are no such thing (R7.7). */
const earlier = z.string().regex(/^(action|session):[A-Za-z0-9:_-]{1,80}$/, 'an earlier action or session');
/** An item of the role section, or one of the common section of the form. No other trait is ever rated. */
const items = `${roleItems.join('|')}|common_[a-z0-9_]{1,30}`;
const item = z.string().regex(new RegExp(`^(${items})$`), 'an item of the form');
const citedItem = z.string().regex(new RegExp(`^(${items}|overall)$`), 'an item of the form');
const wholeRating = z.number().int().min(0).max(100);

/** Commands of stage 8 with their payloads. */
export const reviewCommands = {
  /** P8.2: the supervisor names the colleagues who are asked for feedback. */
  choose_colleagues: z.strictObject({ colleagues: z.array(personRef).min(1).max(6) }),
  /** P8.2: a colleague would rather not; the supervisor names another. */
  decline_feedback: z.strictObject({}),
  /** P8.1: the employee shares their self-review; hidden until then. */
  share_self_review: z.strictObject({ text: textRef }),
  /** P8.2: a colleague shares their feedback; hidden until then. */
  share_feedback: z.strictObject({ text: textRef }),
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
  }),
  /** D8.7. `justification` goes with `differs`. */
  check_standard: z.strictObject({
    result: z.enum(standardResults),
    justification: textRef.optional(),
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
  /** D8.3, second half: HR confirms what the manager proposed. */
  confirm_probation: z.strictObject({}),
  /** D8.6. `comment` goes with `signed_with_comment`, and may go with the others. */
  respond: z.strictObject({ response: z.enum(responses), comment: textRef.optional() }),
  /** D8.6 `disputed`: HR's answer; `overall` goes with `corrected`. */
  settle_dispute: z.strictObject({
    outcome: z.enum(disputeOutcomes),
    overall: z.enum(overalls).optional(),
    text: textRef,
  }),
  /** P8.6: the goals were looked at in the middle of the cycle. */
  check_goals: z.strictObject({ state: z.enum(goalStates), held: civilDate }),
};
export type ReviewCommand = CommandsOf<typeof reviewCommands>;

import { z } from 'zod';
import {
  adverseReasons,
  checkOutcomes,
  denialReviews,
  exclusionOutcomes,
  leaveOutcomes,
} from '../domain/clock/words.ts';
import { caseId, civilDate, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

/** Commands of leave, checks and credentials with their payloads. */
export const clockCommands = {
  /** D9.4: a leave is asked for. `to` is the day of return. There is no field for a reason. */
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
  /** D9.4 `returned`. */
  record_return: z.strictObject({ on: civilDate }),
  /** D5.2. `given` and `notice` go with `pre_adverse`: the day and the text of the first notice. */
  record_check: z.strictObject({
    outcome: z.enum(checkOutcomes),
    given: civilDate.optional(),
    notice: textRef.optional(),
  }),
  /** D5.2 `adverse_final`, first half, with the final notice. */
  propose_adverse: z.strictObject({ reason: z.enum(adverseReasons), notice: textRef }),
  /** D5.2 `adverse_final`, second half: the HR director. */
  confirm_adverse: z.strictObject({}),
  /** D5.3. */
  record_exclusion: z.strictObject({ outcome: z.enum(exclusionOutcomes) }),
  /** D5.4: renewed, or recorded with its last valid day. */
  renew: z.strictObject({ validTo: civilDate }),
};
export type ClockCommand = CommandsOf<typeof clockCommands>;

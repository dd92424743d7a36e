import { z } from 'zod';
import { caseId, personRef } from './common.ts';

/** At most this many bytes of JSON in one command; the workflow's validator refuses more by hand. */
export const MAX_COMMAND_BYTES = 65_536;

/** `dec_` and up to 64 letters, digits, `_`, `-`: chosen by whoever asks, the same again when asking again. */
export const decisionId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{3,79}$/, 'a decision id');

/** What a person asks of a case. Carries no capacities: those are looked up where it is decided. */
export const envelopeSchema = z.strictObject({
  v: z.literal(1),
  decisionId,
  case: caseId,
  type: z.string().regex(/^[a-z][a-z_]{1,60}$/, 'a command type'),
  actor: personRef,
  /** The one way an actor is known in this release; a caller cannot claim a better one. */
  how: z.literal('asserted_local'),
  onBehalfOf: personRef.optional(),
  about: z.strictObject({ subject: z.string().min(1).max(120), version: z.number().int().min(0) }).optional(),
  acknowledge: z
    .array(z.string().regex(/^[RGDX]\d{1,2}(\.\d{1,2})?$/, 'the code of a rule'))
    .max(20)
    .optional(),
  payload: z.record(z.string(), z.unknown()),
});
export type Envelope = z.output<typeof envelopeSchema>;

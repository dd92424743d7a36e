import { z } from 'zod';
import { textWarnings } from '../domain/findings.ts';
import { TAKEN_PLACE } from '../domain/kernel/taken.ts';
import { personallyKnown, warningCodes } from '../domain/kernel/words.ts';
import { caseId, personRef } from './common.ts';

/** At most this many bytes of JSON in one command; the workflow's validator refuses more by hand. */
export const MAX_COMMAND_BYTES = 65_536;

/** `dec_` and up to 64 letters, digits, `_`, `-`: chosen by whoever asks, the same again when asking again. */
export const decisionId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{3,79}$/, 'a decision id');

const warnings: ReadonlySet<string> = new Set(warningCodes);
const warns = (code: string): boolean => warnings.has(code) || textWarnings.has(code);
/** Codes of rules at level WARN that the actor has read and accepts: of the case, and of the guards about its texts. */
export const acknowledged = z.array(z.string().refine(warns, 'the code of a rule that warns')).max(20);

/**
 * A text of the command that its author let stand against a guard's warning: set by the façade, which has read it, and never by what
 * is typed. It goes into the row, and is no part of what is asked: the digest leaves it out.
 */
export const takenText = z.strictObject({
  field: z.string().regex(TAKEN_PLACE, 'the place of a text in the payload'),
  rules: z
    .array(z.string().refine((code) => textWarnings.has(code), 'the code of a rule about wording'))
    .min(1)
    .max(20),
});

/** What a person asks of a case. Carries no capacities: those are looked up where it is decided. */
export const envelopeSchema = z.strictObject({
  v: z.literal(1),
  decisionId,
  case: caseId,
  type: z.string().regex(/^[a-z][a-z_]{1,60}$/, 'a command type'),
  actor: personRef,
  /** How the actor is known: set by the face that let them in (a shell, a token, a link, a session), never by what is typed. */
  how: z.enum(personallyKnown),
  onBehalfOf: personRef.optional(),
  about: z.strictObject({ subject: z.string().min(1).max(120), version: z.number().int().min(0) }).optional(),
  acknowledge: acknowledged.optional(),
  warned: z.array(takenText).min(1).max(40).optional(),
  payload: z.record(z.string(), z.unknown()),
});
export type Envelope = z.output<typeof envelopeSchema>;

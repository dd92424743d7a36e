import { z } from 'zod';
import { redactionOutcomes } from '../domain/kernel/words.ts';
import { textRef } from './common.ts';

/** Commands every case understands. */
export const kernelCommands = {
  /** HR reached the person another way, or the matter is settled. */
  settle_prompt: z.strictObject({ prompt: z.string().min(1).max(200) }),
  /** X30: what was typed does not belong here; the text is hidden at once, and HR looks at it. */
  redact_text: z.strictObject({ text: textRef }),
  /** X30: what becomes of it. `text` may be left out where only one is hidden. */
  settle_redaction: z.strictObject({ text: textRef.optional(), outcome: z.enum(redactionOutcomes) }),
};

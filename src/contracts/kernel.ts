import { z } from 'zod';

/** Commands every case understands. */
export const kernelCommands = {
  /** HR reached the person another way, or the matter is settled. */
  settle_prompt: z.strictObject({ prompt: z.string().min(1).max(200) }),
};

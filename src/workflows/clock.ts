import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/**
 * A leave, a check or a credential. Which of them stands in the sealed state only: type, queue, summary, stage and
 * attributes are the same for all, so that a confidential one cannot be told from another.
 */
export async function clock(start: CaseStart): Promise<void> {
  await liveCase(start);
}

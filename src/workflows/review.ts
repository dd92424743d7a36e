import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/** One review of an employment (stage 8); ends when the response is in and nothing is owed. */
export async function review(start: CaseStart): Promise<void> {
  await liveCase(start);
}

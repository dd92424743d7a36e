import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/** One person's way through one opening (stages 3 to 5); starts the employment, and a clock for each check. */
export async function candidacy(start: CaseStart): Promise<void> {
  await liveCase(start);
}

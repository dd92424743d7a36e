import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/** One person in one role, for years (stages 6, 7 and 9); started by a candidacy, starts its reviews. */
export async function employment(start: CaseStart): Promise<void> {
  await liveCase(start);
}

import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/** Stage 0 of a site: opened by a director, re-checked yearly, never final while the site hires. */
export async function readiness(start: CaseStart): Promise<void> {
  await liveCase(start);
}

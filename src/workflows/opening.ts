import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/** One search for one or more seats (stage 3 and the panel's part of 4); the only place where seats are granted. */
export async function opening(start: CaseStart): Promise<void> {
  await liveCase(start);
}

import type { CaseStart } from '../contracts/step.ts';
import { liveCase } from './shell.ts';

/** A role from the team's first proposal to a described and paid job (stages 1 and 2); lives as long as the role. */
export async function role(start: CaseStart): Promise<void> {
  await liveCase(start);
}

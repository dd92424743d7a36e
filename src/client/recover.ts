import { tellUndelivered, waitsForAPerson } from '../ledger/undelivered.ts';
import type { PromptName } from '../ledger/undelivered.ts';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { kindOf } from '../domain/kernel/words.ts';
import type { House } from './house.ts';
import { freshStart, quietOf, startOptions } from './start-options.ts';

export interface Recovered {
  /** Cases that had no run and have one now. */
  readonly started: readonly string[];
  /** Cases whose run was there. */
  readonly running: readonly string[];
  /** Prompts whose sending was cut off and is not known. */
  readonly unknown: readonly string[];
}

interface OpenCase {
  readonly case_id: string;
}

export async function openCases(house: House): Promise<readonly string[]> {
  const { rows } = await house.pool.query<OpenCase>(
    `select case_id from cases where org = $1 and status <> 'final' order by case_id`,
    [house.org],
  );
  return rows.map((row) => row.case_id);
}

async function hasRun(house: House, caseId: string): Promise<boolean> {
  try {
    const { status } = await house.client.workflow.getHandle(caseId).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function startAgain(house: House, caseId: string, quiet: number): Promise<boolean> {
  const kind = kindOf(caseId);
  if (kind === null) return false;
  // Sequence 0 and a look: the step reads where the case stands; due instants come from the ledger, not from here.
  try {
    await house.client.workflow.start(kind, {
      ...startOptions(house.org, kind, caseId, house.queue),
      workflowIdConflictPolicy: 'FAIL',
      args: [freshStart(house.org, caseId, quiet, true)],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** @returns open cases of the ledger that have no run in Temporal: shown as `lost`, restored by `recover temporal`. */
export async function lostCases(house: House): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const caseId of await openCases(house)) if (!(await hasRun(house, caseId))) lost.push(caseId);
  return lost;
}

/**
 * What was being sent when everything went away: nobody can know whether it arrived. Offers and notices of law are told
 * to HR first, so that a second run after a kill in between tells them too.
 */
async function settleCutOff(house: House): Promise<readonly string[]> {
  const { rows } = await house.pool.query<PromptName>(
    `select key, case_id, code, rung from prompts where org = $1 and state = 'sending' order by key`,
    [house.org],
  );
  for (const one of rows)
    if (waitsForAPerson(one)) await tellUndelivered(house.pool, house.org, one, 'unknown');
  const keys = rows.map(({ key }) => key);
  await house.pool.query(
    `update prompts set state = 'unknown', outcome = 'recovered', settled_at = org_now($1), claimed_at = null
     where org = $1 and state = 'sending' and key = any($2)`,
    [house.org, keys],
  );
  return keys;
}

/**
 * After the namespace was lost: starts a run for every open case of the ledger under its own id. States and due dates
 * come from the ledger, so they are the same; a prompt that was being sent becomes `unknown`, never a second message.
 * @param tell called after each case, for progress
 */
export async function recoverTemporal(
  house: House,
  tell: (done: number, of: number) => void,
): Promise<Recovered> {
  const quiet = await quietOf(house.pool, house.org);
  const unknown = await settleCutOff(house);
  const open = await openCases(house);
  const started: string[] = [];
  for (const [n, caseId] of open.entries()) {
    if (await startAgain(house, caseId, quiet)) started.push(caseId);
    tell(n + 1, open.length);
  }
  const running = open.filter((caseId) => !started.includes(caseId));
  return { started, running, unknown };
}

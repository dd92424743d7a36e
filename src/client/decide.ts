import {
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Envelope } from '../contracts/envelope.ts';
import type { Answer, CaseStart } from '../contracts/step.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import type { RefusalCode } from '../domain/kernel/refusal.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { decide as decideUpdate } from '../workflows/messages.ts';
import { dryRun } from './dry-run.ts';
import type { House } from './house.ts';
import { startOptions } from './start-options.ts';

/** `not_confirmed`: it may still happen; repeating the same id is safe. */
export type Decided = Answer | { readonly is: 'not_confirmed' };

const WAIT_MS = 10_000;
const PAUSE_MS = 200;

/** One update, under the id `<decisionId>#<n>`: a run answers a repeated id with what it said before. */
async function ask(
  house: House,
  envelope: Envelope,
  quiet: number,
  n: number,
  waitMs: number,
): Promise<Answer> {
  const kind = kindOf(envelope.case);
  if (kind === null) return { is: 'refused', refusal: refuse('malformed', undefined, [{ code: 'case' }]) };
  const start: CaseStart = {
    org: house.org,
    case: envelope.case,
    sequence: 0,
    wake: null,
    look: false,
    quiet,
  };
  const startWorkflowOperation = new WithStartWorkflowOperation(kind, {
    ...startOptions(house.org, kind, envelope.case, house.queue),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [start],
  });
  return house.client.withDeadline(Date.now() + waitMs, () =>
    house.client.workflow.executeUpdateWithStart(decideUpdate, {
      updateId: `${envelope.decisionId}#${n}`,
      args: [envelope],
      startWorkflowOperation,
    }),
  );
}

/** A refusal of the validator, or null for anything else. */
function refusedBy(error: unknown): Answer | null {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return null;
  if (error.cause.type !== 'CommandRefused') return null;
  const code = (error.cause.details?.[0] as { code?: RefusalCode } | undefined)?.code ?? 'malformed';
  return { is: 'refused', refusal: refuse(code) };
}

/** Errors after which the outcome is open and asking again is right; anything else is thrown. */
function mayRepeat(error: unknown): boolean {
  return (
    error instanceof ServiceError ||
    error instanceof WorkflowNotFoundError ||
    error instanceof WorkflowUpdateFailedError
  );
}

async function receiptOf(house: House, envelope: Envelope): Promise<Answer | null> {
  const { rows } = await house.pool.query<{ case_id: string; receipt: string }>(
    'select case_id, receipt from decisions where org = $1 and decision_id = $2',
    [house.org, envelope.decisionId],
  );
  const row = rows[0];
  if (row === undefined || row.case_id !== envelope.case) return null;
  return { is: 'done', receipt: JSON.parse(row.receipt) };
}

async function quietOf(house: House): Promise<number> {
  const { rows } = await house.pool.query<{ quiet_ms: number }>('select quiet_ms from orgs where org = $1', [
    house.org,
  ]);
  return rows[0]?.quiet_ms ?? 60_000;
}

/**
 * A decision of a person: first run dry on the ledger, so that a refusal seldom reaches Temporal and lists what is
 * missing; then asked of the case.
 * @param waitMs how long to wait in all; ten seconds unless given
 */
export async function decide(house: House, envelope: Envelope, waitMs: number = WAIT_MS): Promise<Decided> {
  const dry = await dryRun(house, envelope);
  if (dry.is === 'refused') return dry;
  if (dry.repeated) return { is: 'done', receipt: dry.receipt };
  return decideNow(house, envelope, waitMs);
}

/**
 * Asks a case to decide, through its workflow, and waits for the ledger to hold it.
 * While the outcome is unknown the same id is asked again; the ledger answers a decision it has with its first receipt.
 * @param waitMs how long to wait in all; ten seconds unless given
 */
export async function decideNow(
  house: House,
  envelope: Envelope,
  waitMs: number = WAIT_MS,
): Promise<Decided> {
  const until = Date.now() + waitMs;
  const quiet = await quietOf(house);
  for (let n = 0; Date.now() < until; n++) {
    try {
      return await ask(house, envelope, quiet, n, until - Date.now());
    } catch (error) {
      const refused = refusedBy(error);
      if (refused !== null) return refused;
      if (!mayRepeat(error)) throw error;
    }
    const receipt = await receiptOf(house, envelope).catch(() => null);
    if (receipt !== null) return receipt;
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
  return { is: 'not_confirmed' };
}

import { WorkflowNotFoundError } from '@temporalio/client';
import type { House } from './house.ts';

/** How a case that should have a run stands in Temporal. */
export interface RunState {
  readonly case: string;
  /** lost: no run; wedged: its task or its step keeps failing; `says` is a code. */
  readonly is: 'running' | 'lost' | 'wedged';
  readonly says: string;
}

const AT_ONCE = 16;
const MANY_ATTEMPTS = 3;
const CODE = /^[a-z][a-z_]{2,40}/;

/** A failure's message is sealed on its way; its type is not, and names what every worker throws on purpose. */
const TYPES: Readonly<Record<string, string>> = { LedgerBehind: 'ledger_behind' };

/** A failure's message begins with a code of ours, or it is not repeated. */
function codeIn(message: string | null | undefined, otherwise: string): string {
  return CODE.exec(message ?? '')?.[0] ?? otherwise;
}

async function stateOf(house: House, id: string): Promise<RunState> {
  try {
    const { status, raw } = await house.client.workflow.getHandle(id).describe();
    if (status.name !== 'RUNNING') return { case: id, is: 'lost', says: status.name.toLowerCase() };
    const task = raw.pendingWorkflowTask;
    if ((task?.attempt ?? 0) > 1) return { case: id, is: 'wedged', says: 'workflow_task_fails' };
    const stuck = raw.pendingActivities?.find((one) => (one.attempt ?? 0) > MANY_ATTEMPTS);
    if (stuck === undefined) return { case: id, is: 'running', says: '' };
    const { message, applicationFailureInfo } = stuck.lastFailure ?? {};
    const says = TYPES[applicationFailureInfo?.type ?? ''] ?? codeIn(message, 'step_fails');
    return { case: id, is: 'wedged', says };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { case: id, is: 'lost', says: 'not_found' };
    throw error;
  }
}

/** Asks Temporal for the run of every case that is not final. @throws when Temporal is away */
export async function askRuns(house: House): Promise<readonly RunState[]> {
  const { rows } = await house.pool.query<{ case_id: string }>(
    `select case_id from cases where org = $1 and status <> 'final' order by case_id`,
    [house.org],
  );
  const left = rows.map((row) => row.case_id);
  const found: RunState[] = [];
  const worker = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) found.push(await stateOf(house, id));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found.toSorted((a, b) => (a.case < b.case ? -1 : 1));
}

/** Temporal's own numbers for the two kinds of work at a task queue. */
const taskQueueTypes = { workflow: 1, activity: 2 } as const;

/**
 * @returns when a task queue was last asked for work of a kind, in milliseconds since the epoch; null when Temporal knows
 * of nobody. Temporal remembers whoever asked for some minutes, also one that was killed since.
 */
export async function askedLast(
  house: House,
  namespace: string,
  queue: string,
  of: keyof typeof taskQueueTypes,
): Promise<number | null> {
  const { pollers } = await house.client.connection.workflowService.describeTaskQueue({
    ...{ namespace, taskQueue: { name: queue }, taskQueueType: taskQueueTypes[of] },
  });
  const instants = (pollers ?? []).map((one) => Number(one.lastAccessTime?.seconds ?? 0) * 1_000);
  return instants.length === 0 ? null : Math.max(...instants);
}

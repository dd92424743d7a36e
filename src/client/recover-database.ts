import { WorkflowNotFoundError } from '@temporalio/client';
import { opaque } from '../domain/kernel/digest.ts';
import { caseKinds } from '../domain/kernel/words.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { House } from './house.ts';
import { openCases, recoverTemporal } from './recover.ts';
import type { Recovered } from './recover.ts';

/** One case whose run had gone further than the restored ledger knows. */
export interface Gap {
  readonly case: string;
  /** Last sequence in the ledger; 0 where the ledger does not know the case at all. */
  readonly ledger: number;
  /** Sequence the run carried; null for one that had come to its end, which the ledger does not know. */
  readonly run: number | null;
}

export interface DatabaseRecovered extends Recovered {
  readonly gaps: readonly Gap[];
  /** True when `ledger_restored` was written now. */
  readonly recorded: boolean;
}

/** No worker answered: without one nobody can tell which runs are ahead of the ledger. */
export class NoWorkerAnswers extends Error {
  readonly code = 'no_worker_answers';
  constructor() {
    super(
      'no_worker_answers: no worker tells how far the cases had come; start one with "peer-hire start", then repeat. Nothing was changed.',
    );
    this.name = 'NoWorkerAnswers';
  }
}

const QUERY_MS = 10_000;

/** Ids of all runs of this organization that are not over, as Temporal lists them. @throws when Temporal is away */
export async function runningCases(house: House): Promise<readonly string[]> {
  const kinds = caseKinds.map((kind) => `'${kind}'`).join(',');
  const query = `WorkflowType IN (${kinds}) AND ExecutionStatus = 'Running' AND HireOrg = '${house.org}'`;
  const found: string[] = [];
  for await (const run of house.client.workflow.list({ query })) found.push(run.workflowId);
  return found;
}

/** @returns runs that are not over and of whose cases the ledger has no row: it was restored from before they began. */
export async function unknownRuns(house: House): Promise<readonly string[]> {
  const running = await runningCases(house);
  const { rows } = await house.pool.query<{ id: string }>(
    `select id from unnest($2::text[]) as id where not exists
       (select 1 from ledger l where l.org = $1 and l.case_id = id)`,
    [house.org, running],
  );
  return rows.map((row) => row.id).toSorted();
}

/** How far a case's run had come: its sequence, `over` for one that completed, null where there is none. */
async function runOf(house: House, caseId: string): Promise<number | 'over' | null> {
  const handle = house.client.workflow.getHandle(caseId);
  try {
    const { status } = await handle.describe();
    if (status.name === 'COMPLETED') return 'over';
    if (status.name !== 'RUNNING') return null;
    const view = () => handle.query<{ sequence: number }>('view');
    return (await house.client.withDeadline(Date.now() + QUERY_MS, view)).sequence;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw withoutWorker(error) ? new NoWorkerAnswers() : error;
  }
}

const UNANSWERED_CODES = new Set([4, 9]);

/** A query that nobody answered, or that the server would not wait for. */
function withoutWorker(error: unknown): boolean {
  const cause = error instanceof Error && 'cause' in error ? error.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'number' && UNANSWERED_CODES.has(code);
}

async function gapOf(house: House, caseId: string): Promise<Gap | null> {
  const { rows } = await house.pool.query<{ sequence: number }>(
    'select sequence from cases where org = $1 and case_id = $2',
    [house.org, caseId],
  );
  const ledger = rows[0]?.sequence ?? 0;
  const run = await runOf(house, caseId);
  if (run === 'over') return { case: caseId, ledger, run: null };
  return run !== null && run > ledger ? { case: caseId, ledger, run } : null;
}

/** @returns every case whose run is ahead of the ledger. @throws NoWorkerAnswers */
async function gapsOf(house: House): Promise<readonly Gap[]> {
  const ids = [...new Set([...(await runningCases(house)), ...(await openCases(house))])].toSorted();
  const gaps: Gap[] = [];
  for (const id of ids) {
    const gap = await gapOf(house, id);
    if (gap !== null) gaps.push(gap);
  }
  return gaps;
}

/** Names the gap in the ledger itself, once: done again after a kill it finds its own row. */
async function recordGaps(house: House, gaps: readonly Gap[]): Promise<boolean> {
  const act = {
    decisionId: `restored_${opaque(JSON.stringify(gaps))}`,
    ...{ actor: 'installation', how: 'installation', capacity: 'administrator' },
    events: [{ stream: 'anchor' as const, kind: 'ledger_restored', body: { gaps } }],
  };
  return (await houseAppend(house.pool, house.org, act, async () => undefined)) !== null;
}

async function end(house: House, caseId: string): Promise<void> {
  try {
    await house.client.workflow.getHandle(caseId).terminate('ledger_restored');
  } catch (error) {
    // It ended by itself in the meantime.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/**
 * After the database was restored from an older copy: the ledger wins. The gap is named in the ledger before anything else
 * is done; then runs that carry a sequence beyond it are ended, and every open case starts again from the ledger.
 * Done twice it changes nothing more.
 * @param tell called after each case, for progress
 * @throws NoWorkerAnswers while no worker runs, before anything is changed
 */
export async function recoverDatabase(
  house: House,
  tell: (done: number, of: number) => void,
): Promise<DatabaseRecovered> {
  const gaps = await gapsOf(house);
  const recorded = gaps.length > 0 && (await recordGaps(house, gaps));
  for (const gap of gaps) if (gap.run !== null) await end(house, gap.case);
  return { ...(await recoverTemporal(house, tell)), gaps, recorded };
}

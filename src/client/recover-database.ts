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
  /** True when `ledger_restored` was written now; false without a gap, or when it names this very one already. */
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

interface Run {
  readonly id: string;
  /** Its sequence, or null for one that came to its end. */
  readonly sequence: number | null;
}

/** @returns how far a case's latest run had come, or null where there is none that tells. */
async function runOf(house: House, caseId: string): Promise<Run | null> {
  const handle = house.client.workflow.getHandle(caseId);
  try {
    const { status, runId: id } = await handle.describe();
    if (status.name === 'COMPLETED') return { id, sequence: null };
    if (status.name !== 'RUNNING') return null;
    const view = () => handle.query<{ sequence: number }>('view');
    const { sequence } = await house.client.withDeadline(Date.now() + QUERY_MS, view);
    return { id, sequence };
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

/** A gap and the run that shows it: the same numbers may come back after another restore, a run never does. */
interface Found {
  readonly gap: Gap;
  readonly runId: string;
}

async function gapOf(house: House, caseId: string): Promise<Found | null> {
  // The run first: a healthy case that decides in between then has a ledger ahead of what the run said, never behind.
  const run = await runOf(house, caseId);
  if (run === null) return null;
  const { rows } = await house.pool.query<{ sequence: number; status: string }>(
    'select sequence, status from cases where org = $1 and case_id = $2',
    [house.org, caseId],
  );
  const [row] = rows;
  const ledger = row?.sequence ?? 0;
  // One that ended while this looks on became final, or its first command was refused: the ledger lacks nothing of it.
  const lacks = run.sequence === null ? row !== undefined && row.status !== 'final' : run.sequence > ledger;
  return lacks ? { gap: { case: caseId, ledger, run: run.sequence }, runId: run.id } : null;
}

/** @returns every case whose run is ahead of the ledger. @throws NoWorkerAnswers */
async function gapsOf(house: House): Promise<readonly Found[]> {
  const ids = [...new Set([...(await runningCases(house)), ...(await openCases(house))])].toSorted();
  const gaps: Found[] = [];
  for (const id of ids) {
    const gap = await gapOf(house, id);
    if (gap !== null) gaps.push(gap);
  }
  return gaps;
}

/**
 * Names the gap in the ledger itself, once: done again after a kill it meets the same runs and finds its own row, while
 * a later restore with the same numbers meets other runs and gets a row of its own.
 */
async function recordGaps(house: House, found: readonly Found[]): Promise<boolean> {
  const gaps = found.map(({ gap }) => gap);
  const act = {
    decisionId: `restored_${opaque(JSON.stringify(found))}`,
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
  const found = await gapsOf(house);
  const recorded = found.length > 0 && (await recordGaps(house, found));
  const gaps = found.map(({ gap }) => gap);
  for (const gap of gaps) if (gap.run !== null) await end(house, gap.case);
  return { ...(await recoverTemporal(house, tell)), gaps, recorded };
}

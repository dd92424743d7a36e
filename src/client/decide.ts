import { randomBytes } from 'node:crypto';
import {
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcServiceError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type pg from 'pg';
import type { Envelope } from '../contracts/envelope.ts';
import type { Answer } from '../contracts/step.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import type { RefusalCode } from '../domain/kernel/refusal.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { digestOf } from '../ledger/command-digest.ts';
import { formRefusal } from '../ledger/command-form.ts';
import { borrow, isDatabaseAway } from '../ledger/database.ts';
import { decide as decideUpdate } from '../workflows/messages.ts';
import type { DryRun } from './dry-run.ts';
import { neverSent } from './house.ts';
import type { House } from './house.ts';
import { inTurn } from './in-flight.ts';
import { dryRunOf } from './known-people.ts';
import { freshStart, quietOf, startOptions } from './start-options.ts';

/**
 * `not_confirmed`, with `no_answer`: it may still happen, and repeating the same id is safe. With `temporal_away` or
 * `database_away`: nothing was sent.
 */
export interface NotConfirmed {
  readonly is: 'not_confirmed';
  readonly why: 'no_answer' | 'temporal_away' | 'database_away';
}
export type Decided = Answer | NotConfirmed;

const WAIT_MS = 10_000;
const PAUSE_MS = 200;
/** How long a server that is away is asked again: a restart is shorter. */
const AWAY_MS = 3_000;
const LOOKUP_MS = 2_000;

const notConfirmed = (why: NotConfirmed['why']): NotConfirmed => ({ is: 'not_confirmed', why });

/** One asking, with all its tries. */
interface Asking {
  readonly house: House;
  readonly envelope: Envelope;
  readonly until: number;
  readonly quiet: number;
  /** Of this asking alone: a run answers a repeated update id with what it said before, also with an old refusal. */
  readonly mark: string;
}

/** One update. The same number only while the outcome of the last one is unknown. */
async function ask(asking: Asking, n: number): Promise<Answer> {
  const { house, envelope, quiet, mark } = asking;
  const kind = kindOf(envelope.case);
  if (kind === null) return { is: 'refused', refusal: refuse('malformed', undefined, [{ code: 'case' }]) };
  const startWorkflowOperation = new WithStartWorkflowOperation(kind, {
    ...startOptions(house.org, kind, envelope.case, house.queue),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [freshStart(house.org, envelope.case, quiet, false)],
  });
  return house.client.withDeadline(asking.until, () =>
    house.client.workflow.executeUpdateWithStart(decideUpdate, {
      updateId: `${envelope.decisionId}#${mark}.${n}`,
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
    // An update with start lets some errors of the server through as they are.
    isGrpcServiceError(error) ||
    error instanceof WorkflowNotFoundError ||
    error instanceof WorkflowUpdateFailedError ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError
  );
}

/** A short look into the database that never hangs. */
async function lookUp<T extends pg.QueryResultRow>(
  house: House,
  sql: string,
  values: unknown[],
): Promise<T[]> {
  return borrow(house.pool, LOOKUP_MS, async (client) => (await client.query<T>(sql, values)).rows);
}

async function answerInLedger(house: House, envelope: Envelope): Promise<Answer | null> {
  const [row] = await lookUp<{ case_id: string; digest: string; receipt: string }>(
    house,
    'select case_id, digest, receipt from decisions where org = $1 and decision_id = $2',
    [house.org, envelope.decisionId],
  );
  if (row === undefined) return null;
  if (row.case_id !== envelope.case || row.digest !== digestOf(envelope))
    return { is: 'refused', refusal: refuse('decision_id_reused') };
  return { is: 'done', receipt: JSON.parse(row.receipt) };
}

/** What the database said, asked again for a moment while it is away; then null. */
async function unlessAway<T>(work: () => Promise<T>): Promise<T | null> {
  const until = Date.now() + AWAY_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (Date.now() > until) return null;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

/**
 * A decision of a person: first run dry on the ledger, so that a refusal seldom reaches Temporal and lists what is
 * missing; then asked of the case.
 * @param waitMs how long to wait in all; ten seconds unless given
 */
export async function decide(house: House, envelope: Envelope, waitMs: number = WAIT_MS): Promise<Decided> {
  const dry: DryRun | null = await unlessAway(() => dryRunOf(house, envelope));
  if (dry === null) return notConfirmed('database_away');
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
  const malformed = formRefusal(envelope);
  if (malformed !== null) return { is: 'refused', refusal: malformed };
  const quiet = await unlessAway(() => borrow(house.pool, LOOKUP_MS, (client) => quietOf(client, house.org)));
  if (quiet === null) return notConfirmed('database_away');
  const until = Date.now() + waitMs;
  const mark = randomBytes(4).toString('hex');
  const asking = { house, envelope, until, quiet, mark };
  const answer = await inTurn(house.client, envelope.case, until, () => untilAnswered(asking));
  return answer ?? notConfirmed('no_answer');
}

async function untilAnswered(asking: Asking): Promise<Decided> {
  const { house, envelope, until } = asking;
  const began = Date.now();
  let sent = false;
  for (let n = 0; Date.now() < until;) {
    try {
      return await ask(asking, n);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused !== null) return refused;
      if (!mayRepeat(error)) throw error;
      sent ||= !neverSent(error);
      if (!sent && Date.now() - began > AWAY_MS) return notConfirmed('temporal_away');
      if (error instanceof WorkflowUpdateFailedError) n += 1;
    }
    const known = sent ? await answerInLedger(house, envelope).catch(() => null) : null;
    if (known !== null) return known;
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
  return notConfirmed(sent ? 'no_answer' : 'temporal_away');
}

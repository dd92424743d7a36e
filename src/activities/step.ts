import { ApplicationFailure } from '@temporalio/activity';
import type { StepAnswer, StepRequest } from '../contracts/step.ts';
import { isRefusal, refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { attempt, firstRead } from '../ledger/attempt.ts';
import { Closing, underHead } from '../ledger/database.ts';
import { owedAfter, stepAppendSql, stepReadOf, stepReadSql } from '../ledger/step-store.ts';
import { faultPoint } from './fault.ts';
import { libraryOf } from './ports.ts';
import type { Ports } from './ports.ts';
import { answerFrom, quietAnswer } from './step-answer.ts';
import { writeOf } from './step-write.ts';

/** The ledger is shorter than what the run carries: it was restored from an older copy. Blocks the case visibly. */
function ledgerBehind(request: StepRequest, sequence: number): void {
  if (sequence < request.sequence)
    throw ApplicationFailure.create({
      type: 'LedgerBehind',
      message: 'ledger_behind: run doctor',
      nonRetryable: false,
    });
}

/** SQLSTATE classes of an error that comes again as long as the same is asked: data, integrity, a raised refusal. */
const ASKED_WRONGLY = /^(22...|23...|P0001)$/;

/** A text the command names was never sealed, or is gone; or the database cannot hold what it says. */
function refusalFor(error: unknown): Refusal | null {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !ASKED_WRONGLY.test(code)) return null;
  if (String(message).startsWith('ledger_conflict')) return null;
  return String(message).startsWith('text_missing')
    ? refuse('unknown_reference', undefined, [{ code: 'text' }])
    : refuse('rules_failed');
}

/**
 * One transaction of a case: read, decide, append, schedule. Done again after a kill it finds what the first
 * attempt wrote, and answers the same (architecture, the step). A command that the database will never take is refused,
 * and what notices and due items did stands: no command may block its case.
 * @param timeoutMs how long it waits for a lock and for one statement
 */
export async function step(ports: Ports, request: StepRequest, timeoutMs: number): Promise<StepAnswer> {
  const answer = await stepOnce(ports, request, timeoutMs).catch(async (error: unknown) => {
    const refusal = request.command === undefined ? null : refusalFor(error);
    if (refusal === null) throw error;
    const { command: refused, ...without } = request;
    ports.log.warn('command_failed_rules', {
      case: request.case,
      type: refused?.envelope.type ?? '',
      code: refusal.code,
    });
    const rest = await stepOnce(ports, without, timeoutMs);
    return { ...rest, answer: { is: 'refused', refusal } as const, summary: `refused ${refusal.code}` };
  });
  faultPoint('step.after_commit');
  return answer;
}

async function stepOnce(ports: Ports, request: StepRequest, timeoutMs: number): Promise<StepAnswer> {
  const { org } = request;
  return underHead<StepAnswer>(
    ports.pool,
    org,
    timeoutMs,
    async (client, row) => {
      const tried = await attempt(client, libraryOf(ports), request, stepReadOf(row));
      const { read, answer, advanced } = tried;
      ledgerBehind(request, read.case?.sequence ?? 0);
      if (advanced === null || advanced.held === null || advanced.rows.length === 0)
        return quietAnswer(read, advanced, answer);
      const write = await writeOf({ ports, client, request, tried, advanced });
      const receipt = advanced.answer !== null && !isRefusal(advanced.answer) ? advanced.answer : null;
      const given = answer ?? (receipt === null ? null : ({ is: 'done', receipt } as const));
      return new Closing(stepAppendSql(client, org, write), (appended) =>
        answerFrom(advanced, read, owedAfter(appended), given, request),
      );
    },
    (client) => stepReadSql(client, firstRead(request)),
  );
}

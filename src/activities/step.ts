import { ApplicationFailure } from '@temporalio/activity';
import type { StepAnswer, StepRequest } from '../contracts/step.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { attempt } from '../ledger/attempt.ts';
import { underHead } from '../ledger/database.ts';
import { stepAppend } from '../ledger/step-store.ts';
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

/**
 * One transaction of a case: read, decide, append, schedule. Done again after a kill it finds what the first
 * attempt wrote, and answers the same (architecture, the step).
 * @param timeoutMs how long it waits for a lock and for one statement
 */
export async function step(ports: Ports, request: StepRequest, timeoutMs: number): Promise<StepAnswer> {
  return underHead(ports.pool, request.org, timeoutMs, async (client) => {
    const tried = await attempt(client, libraryOf(ports), request);
    const { read, answer, advanced } = tried;
    ledgerBehind(request, read.case?.sequence ?? 0);
    if (advanced === null || advanced.held === null || advanced.rows.length === 0)
      return quietAnswer(read, answer);
    const owed = await stepAppend(
      client,
      request.org,
      await writeOf({ ports, client, request, tried, advanced }),
    );
    const receipt = advanced.answer !== null && !isRefusal(advanced.answer) ? advanced.answer : null;
    const given = answer ?? (receipt === null ? null : ({ is: 'done', receipt } as const));
    return answerFrom(advanced, read, owed, given, request);
  });
}

import { TypedSearchAttributes, defineSearchAttributeKey } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import type { CaseStart } from '../contracts/step.ts';
import type { Db } from '../directory/db.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { CaseId, CaseKind } from '../domain/kernel/words.ts';

const hireOrg = defineSearchAttributeKey('HireOrg', 'KEYWORD');
const hireCaseKind = defineSearchAttributeKey('HireCaseKind', 'KEYWORD');

/** How every run of a case is started, by whomever: same id, same queue, same plain attributes. */
export function startOptions(org: string, kind: CaseKind, caseId: string, taskQueue: string) {
  return {
    workflowId: caseId,
    taskQueue,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: hireOrg, value: org },
      { key: hireCaseKind, value: kind },
    ]),
    // A task given to a worker that was killed just then is lost for so long; ten seconds unless said.
    workflowTaskTimeout: '5s',
    staticSummary: kind,
  };
}

/** Milliseconds a run stays still before it hands over to a fresh one, as the organization keeps it. */
export async function quietOf(db: Db, org: string): Promise<number> {
  const sql = 'select quiet_ms from orgs where org = $1';
  const { rows } = await db.query<{ quiet_ms: number }>(sql, [org]);
  return rows[0]?.quiet_ms ?? 60_000;
}

/**
 * What a run begins with that knows nothing yet: where its case stands is read by its first step.
 * @param look whether it takes that step at once, or waits for the command it was started with
 */
export function freshStart(org: string, caseId: CaseId, quiet: number, look: boolean): CaseStart {
  return { org, case: caseId, sequence: 0, wake: null, look, quiet };
}

/** Tells a case's run to look at its notices, starting one where there is none. Harmless when done again. */
export async function nudgeRun(
  where: { readonly org: string; readonly client: Client; readonly queue: string },
  caseId: CaseId,
  quiet: number,
): Promise<void> {
  const kind = kindOf(caseId);
  if (kind === null) return;
  await where.client.workflow.signalWithStart(kind, {
    ...startOptions(where.org, kind, caseId, where.queue),
    args: [freshStart(where.org, caseId, quiet, true)],
    signal: 'nudge',
    signalArgs: [],
  });
}

import type { CaseStart } from '../contracts/step.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { startOptions } from '../client/start-options.ts';
import type { Ports } from './ports.ts';

export interface NudgeRequest {
  readonly org: string;
  readonly cases: readonly string[];
}

/**
 * Tells cases to look at their notices, starting the run of one that has none: at least once, and harmless when done
 * again. A final case is left alone: what was sent to it was settled in the sender's transaction.
 */
export async function nudge(ports: Ports, request: NudgeRequest): Promise<void> {
  const { rows } = await ports.pool.query<{ case_id: string }>(
    `select case_id from cases where org = $1 and case_id = any($2::text[]) and status = 'final'`,
    [request.org, request.cases],
  );
  const final = new Set(rows.map((row) => row.case_id));
  const quiet = await quietOf(ports);
  for (const caseId of request.cases) {
    const kind = kindOf(caseId);
    if (kind === null || final.has(caseId)) continue;
    const start: CaseStart = { org: request.org, case: caseId, sequence: 0, wake: null, look: true, quiet };
    await ports.client.workflow.signalWithStart(kind, {
      ...startOptions(ports.org, kind, caseId, ports.lifecycleQueue),
      args: [start],
      signal: 'nudge',
      signalArgs: [],
    });
  }
}

async function quietOf(ports: Ports): Promise<number> {
  const { rows } = await ports.pool.query<{ quiet_ms: number }>('select quiet_ms from orgs where org = $1', [
    ports.org,
  ]);
  return rows[0]?.quiet_ms ?? 60_000;
}

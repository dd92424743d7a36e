import { nudgeRun, quietOf } from '../client/start-options.ts';
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
  const quiet = await quietOf(ports.pool, ports.org);
  const where = { org: ports.org, client: ports.client, queue: ports.lifecycleQueue };
  for (const caseId of request.cases) if (!final.has(caseId)) await nudgeRun(where, caseId, quiet);
}

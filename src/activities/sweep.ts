import { nudge } from './nudge.ts';
import type { Ports } from './ports.ts';

/** How long something must have been late before the sweeper looks at it: the first line needs seconds. */
const LATE_MS = 120_000;
const MOST_A_SWEEP = 200;

const LATE_SQL = `
  select distinct case_id from (
    select case_id from cases where org = $1 and status <> 'final' and next_wake < org_now($1) - $2
    union all
    select to_case from notices where org = $1 and outcome is null and at < org_now($1) - $2
    union all
    select case_id from prompts where org = $1 and state = 'queued' and send_after < org_now($1) - $2
    union all
    select case_id from prompts where org = $1 and state = 'sending'
      and claimed_at < clock_timestamp() - make_interval(secs => $2 / 1000.0)
  ) late
  where not (select sandbox from orgs where org = $1)
  limit ${MOST_A_SWEEP}`;

/**
 * The second line, which no test may need: nudges cases whose wake is long past, whose notices nobody handled or whose
 * prompts nobody sent. Leaves a sandbox alone: its conductor is its clock.
 * @returns how many cases were nudged
 */
export async function sweep(ports: Ports): Promise<number> {
  const { rows } = await ports.pool.query<{ case_id: string }>(LATE_SQL, [ports.org, LATE_MS]);
  if (rows.length === 0) return 0;
  await nudge(ports, { org: ports.org, cases: rows.map((row) => row.case_id) });
  ports.log.warn('swept', { count: rows.length });
  return rows.length;
}

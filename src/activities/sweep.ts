import { drain } from '../client/links/inbox.ts';
import { dropPendingTexts } from '../directory/texts.ts';
import { minuteIn } from '../notify/hours.ts';
import { sendLists } from './digest.ts';
import { renewSchedule, zoneOfJob } from './hold.ts';
import { nudge } from './nudge.ts';
import type { Ports } from './ports.ts';

/** How long something must have been late before the sweeper looks at it: the first line needs seconds. */
const LATE_MS = 120_000;
const MOST_A_SWEEP = 200;

const LATE_SQL = `
  select distinct case_id from (
    select case_id from cases where org = $1 and status <> 'final' and next_wake < (select org_now($1)) - $2
    union all
    select to_case from notices where org = $1 and outcome is null and at < (select org_now($1)) - $2
    union all
    select case_id from prompts where org = $1 and state = 'queued' and held is distinct from 'digest'
      and send_after < (select org_now($1)) - $2
    union all
    select case_id from prompts where org = $1 and state = 'sending'
      and claimed_at < clock_timestamp() - make_interval(secs => $2 / 1000.0)
  ) late
  where not (select sandbox from orgs where org = $1)
  limit ${MOST_A_SWEEP}`;

/** Texts that no decision took up die after a day; nobody sees a dead one, so the sweeper's hour changes no answer. */
async function sweepTexts(ports: Ports): Promise<void> {
  const count = await dropPendingTexts(ports.pool, ports.org);
  if (count > 0) ports.log.info('texts_dropped', { count });
}

/** Lists that no schedule sent: it was lost with the namespace, or Temporal was away for longer than it catches up. */
const LISTS_LATE_MS = 600_000;

async function sweepLists(ports: Ports): Promise<void> {
  const { rows } = await ports.pool.query<{ name: string; next_at: number }>(
    `select j.name, j.next_at from jobs j join orgs o using (org)
     where j.org = $1 and j.name like 'digest:%' and not o.sandbox and j.next_at < (select org_now($1)) - $2`,
    [ports.org, LISTS_LATE_MS],
  );
  for (const { name, next_at: at } of rows) {
    const zone = zoneOfJob(name);
    await renewSchedule(ports, name, zone, minuteIn(at, zone));
    await sendLists(ports, { org: ports.org, job: name });
  }
}

/** Answers that came by a link while Temporal was away; in a sandbox too: they are commands, and no clock is theirs. */
async function sweepAnswers(ports: Ports): Promise<void> {
  const { org, pool, keys, terms, client, lifecycleQueue: queue } = ports;
  const house = { org, pool, keys, terms, client, queue };
  const count = await drain({ office: { org, pool, keys, terms }, house: async () => house });
  if (count > 0) ports.log.info('link_answers_entered', { count });
}

/**
 * The second line, which no test may need: nudges cases whose wake is long past, whose notices nobody handled or whose
 * prompts nobody sent. Leaves the cases of a sandbox alone: its conductor is its clock. Drops dead texts everywhere.
 * @returns how many cases were nudged
 */
export async function sweep(ports: Ports): Promise<number> {
  await sweepAnswers(ports);
  await sweepTexts(ports);
  await sweepLists(ports);
  const { rows } = await ports.pool.query<{ case_id: string }>(LATE_SQL, [ports.org, LATE_MS]);
  if (rows.length === 0) return 0;
  await nudge(ports, { org: ports.org, cases: rows.map((row) => row.case_id) });
  ports.log.warn('swept', { count: rows.length });
  return rows.length;
}

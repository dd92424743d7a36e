import { scheduleLists } from '../client/post-schedule.ts';
import { CUT_OFF_MS } from './claim.ts';
import type { Ports } from './ports.ts';

/** Puts a message off: to the end of the quiet time or of the hour, into the list of a morning, or to a return from leave. */
export interface Hold {
  readonly why: 'quiet' | 'hour' | 'digest' | 'away';
  readonly until: number;
  readonly person: string;
  /** The recipient's; only for a list. */
  readonly zone: string;
  /** Minutes of the day at which lists go out there. */
  readonly at: number;
  /** Of an offer or a notice of law that was cut off while sending a person finds out first: it is not put off. */
  readonly law: boolean;
}

/** Schedules this process has seen to already. */
const scheduled = new Set<string>();

/** The name of the job that sends the lists of one zone. */
const listJob = (zone: string): string => `digest:${zone}`;

/** @returns the zone whose lists a job sends */
export const zoneOfJob = (job: string): string => job.slice(job.indexOf(':') + 1);

async function isSandbox(ports: Ports): Promise<boolean> {
  const { rows } = await ports.pool.query<{ sandbox: boolean }>('select sandbox from orgs where org = $1', [
    ports.org,
  ]);
  return rows[0]?.sandbox === true;
}

/** After the schedules were lost, with the namespace or by hand: the one of this job is made again. */
export async function renewSchedule(ports: Ports, job: string, zone: string, at: number): Promise<void> {
  const { org, client, lifecycleQueue: queue } = ports;
  await scheduleLists({ org, client, queue }, { job, zone, at });
}

/** Outside a sandbox the lists of a zone go out by a schedule of Temporal; it is made when the first list is due. */
async function seeToSchedule(ports: Ports, hold: Hold): Promise<void> {
  const name = `${ports.org}|${hold.zone}|${hold.at}`;
  if (scheduled.has(name) || (await isSandbox(ports))) return;
  await renewSchedule(ports, listJob(hold.zone), hold.zone, hold.at);
  scheduled.add(name);
}

/**
 * Only what is still queued is put off, or what was cut off once while sending: what somebody sends at this moment is not.
 * The job and the row are written together, so that nothing waits for a list that nobody makes.
 * @returns whether it was put off
 */
export async function putOff(ports: Ports, key: string, hold: Hold): Promise<boolean> {
  const { org, pool } = ports;
  const list = hold.why === 'digest';
  if (list) await seeToSchedule(ports, hold);
  const { rowCount } = await pool.query(
    `with job as (insert into jobs (org, name, next_at) select $1::text, $6::text, $3::bigint where $6::text is not null
       on conflict (org, name) do update set next_at = least(jobs.next_at, excluded.next_at))
     update prompts set send_after = $3::bigint, held = $4, rung_at = coalesce(rung_at, send_after), recipient = $5,
       outcome = case when state = 'sending' then 'cut_off' else outcome end, state = 'queued', claimed_at = null
     where org = $1::text and key = $2 and (state = 'queued' or (state = 'sending' and not $7::boolean
       and outcome is distinct from 'cut_off' and claimed_at < clock_timestamp() - make_interval(secs => $8 / 1000.0)))`,
    [org, key, hold.until, hold.why, hold.person, list ? listJob(hold.zone) : null, hold.law, CUT_OFF_MS],
  );
  return rowCount === 1;
}

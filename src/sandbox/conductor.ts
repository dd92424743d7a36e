import type pg from 'pg';
import type { House } from '../client/house.ts';
import { runPost } from '../client/post-schedule.ts';
import { nudgeRun, quietOf } from '../client/start-options.ts';
import { patiently } from './patience.ts';

const POLL_MS = 4;
/** Longer than a killed worker, a cut-off delivery and a server's restart take together. */
const STUCK_MS = 120_000;
/** How long a connection that was lost may still hold the lock for the server. */
const LINGER_MS = 15_000;
const RENUDGE_MS = 5_000;

/** A case did not settle: its worker is gone, or its step fails. */
export class SandboxStuck extends Error {
  readonly code = 'sandbox_stuck';
  constructor(what: string) {
    super(`sandbox_stuck: ${what} did not settle; is a worker running? see doctor`);
    this.name = 'SandboxStuck';
  }
}

/** Somebody else moves this sandbox's clock. */
export class ConductorBusy extends Error {
  readonly code = 'conductor_busy';
  constructor() {
    super('conductor_busy: another process moves this clock; let it finish');
    this.name = 'ConductorBusy';
  }
}

interface Open {
  readonly kind: 'notice' | 'prompt' | 'held' | 'wake' | 'job';
  /** Of a job its name. */
  readonly case_id: string;
}

/**
 * What is not settled at the present instant: unhandled notices, prompts to send, among them those that were put off to
 * this hour, wakes that have come; and when nothing else is left, jobs of the clock. In key order.
 */
const OPEN_SQL = `
  select kind, case_id from (
    select 0 as rank, 'notice' as kind, to_case as case_id, key from notices where org = $1 and outcome is null
    union all
    select 1, case when held is null then 'prompt' else 'held' end, case_id, key from prompts p
      where org = $1 and state in ('queued', 'sending') and held is distinct from 'digest' and send_after <= (select clock from orgs where org = $1)
    union all
    select 2, 'wake', case_id, case_id from cases
      where org = $1 and next_wake <= (select clock from orgs where org = $1)
    union all
    select 3, 'job', name, name from jobs where org = $1 and next_at <= (select clock from orgs where org = $1)
  ) open order by rank, key limit 1`;

const NEXT_SQL = `
  select min(at) as at from (
    select min(next_wake) as at from cases where org = $1 and next_wake is not null
    union all select min(send_after) from prompts where org = $1 and state = 'queued' and held is distinct from 'digest'
    union all select min(next_at) from jobs where org = $1
  ) next`;

/** @returns when something happens next in a sandbox; null when nothing is to come */
export async function nextInstant({ pool, org }: Pick<House, 'pool' | 'org'>): Promise<number | null> {
  const { rows } = await pool.query<{ at: number | null }>(NEXT_SQL, [org]);
  return rows[0]?.at ?? null;
}

/**
 * Moves a sandbox's one instant, and nothing else does. It wakes one case, then drains everything that caused, in key
 * order, before the next: so every play of a scenario has the same rows in the same order.
 */
export class Conductor {
  private readonly house: House;
  /** The connection that holds the lock; the clock is moved over it only. Null after it was lost. */
  private lock: pg.PoolClient | null;

  private constructor(house: House, lock: pg.PoolClient) {
    this.house = house;
    this.lock = lock;
  }

  /** Takes the organization's conductor lock. @throws ConductorBusy */
  static async take(house: House): Promise<Conductor> {
    const lock = await lockOf(house);
    if (lock === null) throw new ConductorBusy();
    return new Conductor(house, lock);
  }

  async release(): Promise<void> {
    const { lock } = this;
    this.lock = null;
    await lock
      ?.query(`select pg_advisory_unlock(hashtext('conductor'), hashtext($1))`, [this.house.org])
      .catch(() => undefined);
    lock?.release(true);
  }

  /** @returns the sandbox's present instant */
  async now(): Promise<number> {
    const { pool, org } = this.house;
    const { rows } = await patiently(() =>
      pool.query<{ clock: number }>('select clock from orgs where org = $1', [org]),
    );
    return rows[0]?.clock ?? 0;
  }

  /**
   * Lets everything that is open at this instant happen. Notices and prompts are on their way already; wakes, and
   * prompts that waited for this hour, are begun here, one at a time.
   */
  async drain(): Promise<void> {
    let last = '';
    let since = Date.now();
    let nudgedAt = 0;
    for (;;) {
      const open = await this.open();
      if (open === null) return;
      if (open.kind === 'job') {
        await this.runJob(open.case_id);
        continue;
      }
      const key = `${open.kind}:${open.case_id}`;
      if (key !== last) {
        last = key;
        since = Date.now();
        nudgedAt = begins(open) ? 0 : Date.now();
      }
      if (Date.now() - nudgedAt > RENUDGE_MS) {
        await this.nudge(open.case_id);
        nudgedAt = Date.now();
      }
      if (Date.now() - since > STUCK_MS) throw new SandboxStuck(key);
      await new Promise((resume) => setTimeout(resume, POLL_MS));
    }
  }

  /**
   * Moves the clock to an instant, stopping at each moment something is due on the way.
   * @param tell called at each stop with the instant
   */
  async advanceTo(instant: number, tell: (at: number) => void = () => undefined): Promise<void> {
    await this.drain();
    for (;;) {
      const next = await this.next();
      if (next === null || next > instant) break;
      await this.set(next);
      tell(next);
      await this.drain();
    }
    await this.set(instant);
    await this.drain();
  }

  /** No schedule follows this clock: what is due by it is begun here, and waited for. */
  private async runJob(job: string): Promise<void> {
    const at = await this.now();
    await patiently(() => runPost(this.house, job, at));
  }

  private async open(): Promise<Open | null> {
    const { pool, org } = this.house;
    const { rows } = await patiently(() => pool.query<Open>(OPEN_SQL, [org]));
    return rows[0] ?? null;
  }

  private async next(): Promise<number | null> {
    return patiently(() => nextInstant(this.house));
  }

  /** Only who holds the lock moves the clock, also after the database went away and came back. */
  private async set(clock: number): Promise<void> {
    await patiently(async () => {
      this.lock ??= await lockAgain(this.house);
      try {
        await this.lock.query('update orgs set clock = $2 where org = $1 and sandbox and clock < $2', [
          this.house.org,
          clock,
        ]);
      } catch (error) {
        this.lock.release(true);
        this.lock = null;
        throw error;
      }
    });
  }

  private async nudge(caseId: string): Promise<void> {
    const { org, pool } = this.house;
    const quiet = await patiently(() => quietOf(pool, org));
    await patiently(() => nudgeRun(this.house, caseId, quiet));
  }
}

/** No timer of a run rings for these in a sandbox: the conductor does. */
const begins = ({ kind }: Open): boolean => kind === 'wake' || kind === 'held';

/** @returns a connection that holds the conductor's lock of an organization, or null when somebody else does */
async function lockOf(house: House): Promise<pg.PoolClient | null> {
  const lock = await house.pool.connect();
  try {
    const { rows } = await lock.query<{ got: boolean }>(
      `select pg_try_advisory_lock(hashtext('conductor'), hashtext($1)) as got`,
      [house.org],
    );
    if (rows[0]?.got === true) return lock;
  } catch (error) {
    lock.release(true);
    throw error;
  }
  lock.release();
  return null;
}

/** After the connection was lost. @throws ConductorBusy when somebody else took over meanwhile */
async function lockAgain(house: House): Promise<pg.PoolClient> {
  const until = Date.now() + LINGER_MS;
  for (;;) {
    const lock = await lockOf(house);
    if (lock !== null) return lock;
    if (Date.now() > until) throw new ConductorBusy();
    await new Promise((resume) => setTimeout(resume, 250));
  }
}

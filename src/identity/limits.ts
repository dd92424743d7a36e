import { createHash } from 'node:crypto';
import type pg from 'pg';

/** How often something may be tried, across all processes. */
export interface Limit {
  readonly what: string;
  readonly most: number;
  readonly seconds: number;
}

/** Tries to sign in; answers by link; exports. */
export const limits = {
  /** Failures of a day, so that a patient guesser gets no further than a hasty one. */
  signInLoginDay: { what: 'sign_in_login_day', most: 100, seconds: 86_400 },
  /** Of one login from one address: whoever guesses elsewhere shuts nobody out of their own office. */
  signInLogin: { what: 'sign_in_login', most: 10, seconds: 900 },
  signInFrom: { what: 'sign_in_from', most: 60, seconds: 900 },
  stepUp: { what: 'step_up', most: 10, seconds: 900 },
  /** Leaving for the identity provider: apart from passwords, so that neither uses up the other. */
  provider: { what: 'provider', most: 120, seconds: 900 },
  link: { what: 'link', most: 60, seconds: 900 },
  /** Links of all kinds from one address, so that made-up ones fill no table. */
  linkFrom: { what: 'link_from', most: 300, seconds: 900 },
  code: { what: 'link_code', most: 5, seconds: 3600 },
  proof: { what: 'proof', most: 30, seconds: 900 },
  export: { what: 'export', most: 20, seconds: 3600 },
  /** What keeps a process busy: texts to guards, forecasts, papers. */
  reading: { what: 'reading', most: 300, seconds: 300 },
  apply: { what: 'apply', most: 30, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/** Windows longer ago than any limit; some of them go with each try, so that no try waits for many. */
const DROPPED_AT_ONCE = 20;

const keyOf = (limit: Limit, whom: string): string =>
  createHash('sha256').update(`${limit.what}|${whom}`).digest('base64url');

/**
 * Counts one try.
 * @param whom a login, an address or a token; only a hash of it is kept
 * @returns 0 when it may go on, else the seconds until it may be tried again
 */
export async function counted(pool: pg.Pool, limit: Limit, whom: string): Promise<number> {
  const key = keyOf(limit, whom);
  const { rows } = await pool.query<{ count: number; left: number }>(
    `with old as (delete from rate_counts where ctid = any(array(
            select ctid from rate_counts where window_start < now() - interval '1 day'
            order by window_start limit ${DROPPED_AT_ONCE} for update skip locked))),
          win as (select to_timestamp(floor(extract(epoch from now()) / $2) * $2) as start)
     insert into rate_counts (key, window_start, count) select $1, start, 1 from win
     on conflict (key, window_start) do update set count = rate_counts.count + 1
     returning count, ceil($2 - (extract(epoch from now())::numeric % $2))::int as left`,
    [key, limit.seconds],
  );
  const [row] = rows;
  if (row === undefined || row.count <= limit.most) return 0;
  return Math.max(row.left, 1);
}

/** Takes back one try that turned out well: only failures count. It was counted first, so many at once are still few. */
export async function uncounted(pool: pg.Pool, limit: Limit, whom: string): Promise<void> {
  await pool.query(
    `update rate_counts set count = count - 1 where key = $1 and count > 0
       and window_start = to_timestamp(floor(extract(epoch from now()) / $2) * $2)`,
    [keyOf(limit, whom), limit.seconds],
  );
}

import type pg from 'pg';
import { randomUUID } from 'node:crypto';
import { hashOf, newSecret } from './secrets.ts';

/** Where identities are kept, for one organization. */
export interface IdentityStore {
  readonly org: string;
  /** A pool, or one connection of it while something is done as a whole. */
  readonly pool: Pick<pg.Pool, 'query'>;
}

/** A browser's session, as the database knows it. Times are those of the database, in milliseconds. */
export interface Session {
  readonly id: string;
  readonly person: string;
  readonly how: 'local' | 'oidc';
  readonly createdAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
  /** It has shown again who is there, and that still counts. */
  readonly steppedUp: boolean;
}

/** Idle half a working day, at most a working day; who was shown again holds for ten minutes. */
const IDLE = `interval '4 hours'`;
const WHOLE = `interval '10 hours'`;
const STEPPED = `interval '10 minutes'`;
/** Their last use is written this often: each write locks a row and grows the log. */
export const NOTED = `interval '1 minute'`;
/** How far a provider's clock may be ahead of ours. */
const ASTRAY = `interval '1 minute'`;

const shown = `id, person, how, (extract(epoch from created_at) * 1000)::bigint as "createdAt",
  (extract(epoch from seen_at) * 1000)::bigint as "seenAt", (extract(epoch from ends_at) * 1000)::bigint as "endsAt",
  coalesce(stepped_up_until > now(), false) as "steppedUp"`;

/**
 * Begins a session. The cookie's value is given once and never kept.
 * @param authTime for `oidc`: when the provider saw them, in seconds; null where it does not say, and they are not shown
 * again by it. Whoever signs in with a login has shown who they are at this moment.
 */
export async function beginSession(
  { org, pool }: IdentityStore,
  person: string,
  how: Session['how'],
  authTime: number | null = null,
): Promise<{ readonly secret: string; readonly session: Session }> {
  const secret = newSecret();
  const { rows } = await pool.query<Session>(
    `insert into sessions (org, hash, id, person, how, ends_at, stepped_up_until)
     values ($1, $2, $3, $4, $5, now() + ${WHOLE}, ${STEPPED} + case when $5 = 'local' then now()
       when to_timestamp($6::float8) <= now() + ${ASTRAY} then least(to_timestamp($6::float8), now()) end)
     returning ${shown}`,
    [org, hashOf(secret), `ses_${randomUUID()}`, person, how, authTime],
  );
  const [session] = rows;
  if (session === undefined) throw new Error('a session was not kept');
  return { secret, session };
}

/**
 * The session of a cookie, and notes that it was used, at most once a minute: a page asks ten things at once. Null for none,
 * an idle one, an ended one, or a person erased.
 */
export async function sessionOf({ org, pool }: IdentityStore, secret: string): Promise<Session | null> {
  const { rows } = await pool.query<Session>(
    `with noted as (update sessions set seen_at = now()
       where org = $1 and hash = $2 and ends_at > now() and seen_at > now() - ${IDLE}
         and seen_at < now() - ${NOTED})
     select ${shown} from sessions s
     where s.org = $1 and s.hash = $2 and s.ends_at > now() and s.seen_at > now() - ${IDLE}
       and exists (select 1 from persons p where p.org = $1 and p.ref = s.person and p.erased_at is null)`,
    [org, hashOf(secret)],
  );
  return rows[0] ?? null;
}

/** Whether a session is still good, without using it: an open page alone keeps none alive. */
export async function sessionHolds({ org, pool }: IdentityStore, id: string): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from sessions where org = $1 and id = $2 and ends_at > now() and seen_at > now() - ${IDLE}`,
    [org, id],
  );
  return rows.length > 0;
}

/** A new cookie for the same session, stepped up: a cookie seen before that moment is worth nothing after it. */
export async function stepUp({ org, pool }: IdentityStore, id: string): Promise<string | null> {
  const secret = newSecret();
  const { rowCount } = await pool.query(
    `update sessions set hash = $3, stepped_up_until = now() + ${STEPPED} where org = $1 and id = $2 and ends_at > now()`,
    [org, id, hashOf(secret)],
  );
  return rowCount === 0 ? null : secret;
}

/** Every session of a person that is still good. */
export async function sessionsOfPerson(
  { org, pool }: IdentityStore,
  person: string,
): Promise<readonly Session[]> {
  const { rows } = await pool.query<Session>(
    `select ${shown} from sessions where org = $1 and person = $2 and ends_at > now()
       and seen_at > now() - ${IDLE} order by created_at`,
    [org, person],
  );
  return rows;
}

/** Ends every way in that somebody has: sessions, tokens, the address of their calendar. Their login is another matter. */
export async function endAccess(store: IdentityStore, person: string): Promise<void> {
  const { org, pool } = store;
  await endSessions(store, person);
  await pool.query(
    'update api_tokens set revoked_at = now() where org = $1 and person = $2 and revoked_at is null',
    [org, person],
  );
  await pool.query(
    `update links set revoked_at = org_now($1)
     where org = $1 and person = $2 and purpose = 'calendar' and revoked_at is null`,
    [org, person],
  );
}

/** Ends one session of a person at once, or all of them. @returns how many ended */
export async function endSessions(
  { org, pool }: IdentityStore,
  person: string,
  id?: string,
): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from sessions where org = $1 and person = $2 and ($3::text is null or id = $3)',
    [org, person, id ?? null],
  );
  return rowCount ?? 0;
}

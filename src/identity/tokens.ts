import { randomUUID } from 'node:crypto';
import { BINDING_DAYS, stepsUp } from '../domain/kernel/actions.ts';
import type { Action } from '../domain/kernel/actions.ts';
import { hashOf, newSecret } from './secrets.ts';
import { NOTED } from './sessions.ts';
import type { IdentityStore } from './sessions.ts';

/** A token of a person, for a program that acts in their name; what it may is part of what they may. */
export interface ApiToken {
  readonly id: string;
  readonly person: string;
  readonly scopes: readonly Action[];
  readonly createdAt: number;
  readonly endsAt: number;
  readonly usedAt: number | null;
}

const PREFIX = 'ph_';
const LONGEST_DAYS = 366;

const shown = `id, person, scopes, (extract(epoch from created_at) * 1000)::bigint as "createdAt",
  (extract(epoch from ends_at) * 1000)::bigint as "endsAt", (extract(epoch from used_at) * 1000)::bigint as "usedAt"`;

const DAY_MS = 86_400_000;
/** A day with a change of clocks in it is an hour longer. */
const HOUR_MS = 3_600_000;

/** A token that would hold too long for what it may. */
export class TokenInvalid extends Error {
  readonly code = 'token_too_long';
  constructor() {
    super(
      `A token for what asks you to show again that it is you holds at most ${BINDING_DAYS} days. Ask for fewer days, or leave that out.`,
    );
    this.name = 'TokenInvalid';
  }
}

/** What a token that lives longer than it may for it does not open, however it came to be. */
function opened(token: ApiToken): ApiToken {
  const long = token.endsAt - token.createdAt > BINDING_DAYS * DAY_MS + HOUR_MS;
  return long ? { ...token, scopes: token.scopes.filter((one) => !stepsUp(one)) } : token;
}

/**
 * Makes a token; its secret is given once.
 * @param days how long it holds: 1 to 366, and to 7 with what a session steps up for. @throws TokenInvalid
 */
export async function makeToken(
  { org, pool }: IdentityStore,
  person: string,
  scopes: readonly Action[],
  days: number,
): Promise<{ readonly secret: string; readonly token: ApiToken }> {
  if (days > BINDING_DAYS && scopes.some(stepsUp)) throw new TokenInvalid();
  const secret = `${PREFIX}${newSecret()}`;
  const { rows } = await pool.query<ApiToken>(
    `insert into api_tokens (org, id, hash, person, scopes, ends_at)
     values ($1, $2, $3, $4, $5, now() + make_interval(days => $6)) returning ${shown}`,
    [org, `tok_${randomUUID()}`, hashOf(secret), person, scopes, Math.min(Math.max(days, 1), LONGEST_DAYS)],
  );
  const [token] = rows;
  if (token === undefined) throw new Error('a token was not kept');
  return { secret, token };
}

/** The token of a secret, and notes that it was used, at most once a minute. Null for none, an ended or revoked one, a person erased. */
export async function tokenOf({ org, pool }: IdentityStore, secret: string): Promise<ApiToken | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const { rows } = await pool.query<ApiToken>(
    `with noted as (update api_tokens set used_at = now()
       where org = $1 and hash = $2 and ends_at > now() and revoked_at is null
         and (used_at is null or used_at < now() - ${NOTED}))
     select ${shown} from api_tokens t
     where t.org = $1 and t.hash = $2 and t.ends_at > now() and t.revoked_at is null
       and exists (select 1 from persons p where p.org = $1 and p.ref = t.person and p.erased_at is null)`,
    [org, hashOf(secret)],
  );
  return rows[0] === undefined ? null : opened(rows[0]);
}

/** A person's tokens that still hold. */
export async function tokensOfPerson(
  { org, pool }: IdentityStore,
  person: string,
): Promise<readonly ApiToken[]> {
  const { rows } = await pool.query<ApiToken>(
    `select ${shown} from api_tokens where org = $1 and person = $2 and revoked_at is null and ends_at > now()
     order by created_at`,
    [org, person],
  );
  return rows;
}

/** Ends a token at once. @returns false when the person has none of this id */
export async function revokeToken(
  { org, pool }: IdentityStore,
  person: string,
  id: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update api_tokens set revoked_at = now() where org = $1 and person = $2 and id = $3 and revoked_at is null',
    [org, person, id],
  );
  return rowCount === 1;
}

/** Whether a token is still good, without using it. */
export async function tokenHolds({ org, pool }: IdentityStore, id: string): Promise<boolean> {
  const { rows } = await pool.query(
    'select 1 from api_tokens where org = $1 and id = $2 and ends_at > now() and revoked_at is null',
    [org, id],
  );
  return rows.length > 0;
}

import { randomBytes } from 'node:crypto';
import type { IdentityStore } from './sessions.ts';

/** Somebody of a provider: linked to a person, or waiting under a code. */
export interface Identity {
  readonly code: string;
  readonly person: string | null;
  readonly createdAt: number;
}

const shown = `code, person, (extract(epoch from created_at) * 1000)::bigint as "createdAt"`;

/** The identity of a provider's subject; noted, with a code, when it comes for the first time. */
export async function identityOf(
  { org, pool }: IdentityStore,
  issuer: string,
  subject: string,
): Promise<Identity> {
  const code = randomBytes(5).toString('hex');
  const { rows } = await pool.query<Identity>(
    `insert into identities (org, issuer, subject, code) values ($1, $2, $3, $4)
     on conflict (org, issuer, subject) do update set code = identities.code returning ${shown}`,
    [org, issuer, subject, code],
  );
  const [identity] = rows;
  if (identity === undefined) throw new Error('an identity was not kept');
  return identity;
}

/** Links who waits under a code to a person of the directory. @returns false for a code nobody waits under */
export async function linkIdentity(
  { org, pool }: IdentityStore,
  code: string,
  person: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update identities set person = $3, linked_at = now() where org = $1 and code = $2 and person is null`,
    [org, code, person],
  );
  return rowCount === 1;
}

/** Who came through the provider: linked or waiting. */
export async function identitiesOf({ org, pool }: IdentityStore): Promise<readonly Identity[]> {
  const { rows } = await pool.query<Identity>(
    `select ${shown} from identities where org = $1 order by created_at`,
    [org],
  );
  return rows;
}

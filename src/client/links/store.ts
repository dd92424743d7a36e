import type { Db } from '../../directory/db.ts';
import { hashOfToken, isToken, linkId } from './token.ts';

export const purposes = ['answer', 'candidate', 'calendar', 'unsubscribe'] as const;
export type LinkPurpose = (typeof purposes)[number];

/** A link as it is kept. Instants are those of the organization's clock, in milliseconds. */
export interface Link {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly person: string;
  readonly case: string | null;
  readonly obligation: string | null;
  readonly code: string | null;
  readonly owner: string | null;
  readonly prompt: string | null;
  readonly allowed: readonly string[];
  readonly madeAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly answer: string | null;
  readonly answeredAt: number | null;
}

/** What a new link is for. */
export type NewLink = Pick<Link, 'purpose' | 'person'> &
  Partial<Pick<Link, 'case' | 'obligation' | 'code' | 'owner' | 'prompt' | 'allowed' | 'expiresAt'>>;

const shown = `id, purpose, person, case_id as "case", obligation, code, owner, prompt, allowed, made_at as "madeAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", answer, answered_at as "answeredAt"`;

/** Keeps a link under its token's hash; the same again changes nothing. */
export async function keepLink(db: Db, org: string, token: string, link: NewLink): Promise<void> {
  const hash = hashOfToken(token);
  const { purpose, person, allowed = [], expiresAt = null } = link;
  const { case: of = null, obligation = null, code = null, owner = null, prompt = null } = link;
  await db.query(
    `insert into links (org, hash, id, purpose, person, case_id, obligation, code, owner, prompt, allowed, expires_at,
       sequence, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
       (select sequence from cases where org = $1 and case_id = $6), org_now($1))
     on conflict do nothing`,
    [org, hash, linkId(hash), purpose, person, of, obligation, code, owner, prompt, allowed, expiresAt],
  );
}

/** The link of a token, for one purpose; null for none. The person behind it was not erased. */
export async function linkOf(db: Db, org: string, token: string, purpose: LinkPurpose): Promise<Link | null> {
  if (!isToken(token)) return null;
  const { rows } = await db.query<Link>(
    `select ${shown} from links l where org = $1 and hash = $2 and purpose = $3
       and exists (select 1 from persons p where p.org = $1 and p.ref = l.person and p.erased_at is null)`,
    [org, hashOfToken(token), purpose],
  );
  return rows[0] ?? null;
}

/** Ends every link of a person for a purpose. @returns how many held until now */
export async function revokeLinks(
  db: Db,
  org: string,
  person: string,
  purpose: LinkPurpose,
): Promise<number> {
  const { rowCount } = await db.query(
    `update links set revoked_at = org_now($1) where org = $1 and person = $2 and purpose = $3 and revoked_at is null`,
    [org, person, purpose],
  );
  return rowCount ?? 0;
}

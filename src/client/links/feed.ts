import type { Office } from '../organization.ts';
import { keepLink, linkOf, revokeLinks } from './store.ts';
import { newToken } from './token.ts';

/** One entry of somebody's calendar: what kind of thing, its reference, and its hour. */
export interface FeedEntry {
  readonly is: 'meeting' | 'item';
  readonly case: string;
  /** Tells it apart from every other, also after it moved. */
  readonly id: string;
  readonly at: number;
  readonly minutes: number;
  readonly version: number;
}

/** Makes the address of a person's calendar; an earlier one ends at once. @returns its token, given once */
export async function makeFeed({ pool, org }: Office, person: string): Promise<string> {
  const token = newToken();
  await revokeLinks(pool, org, person, 'calendar');
  await keepLink(pool, org, token, { purpose: 'calendar', person });
  return token;
}

/** Ends the address of a person's calendar. @returns whether there was one */
export async function endFeed({ pool, org }: Office, person: string): Promise<boolean> {
  return (await revokeLinks(pool, org, person, 'calendar')) > 0;
}

const ITEM_MINUTES = 15;

/**
 * What is in somebody's calendar: their meetings, and what they themselves owe, on its last hour. References only: what
 * is confidential (C3) is not in it at all.
 * @returns null for a token that is nobody's, or was revoked
 */
export async function feedOf(
  { pool, org }: Office,
  token: string,
): Promise<{ readonly now: number; readonly entries: readonly FeedEntry[] } | null> {
  const link = await linkOf(pool, org, token, 'calendar');
  if (link === null || link.revokedAt !== null) return null;
  const { rows } = await pool.query<FeedEntry & { readonly now: number }>(
    `select 'meeting' as is, m.case_id as "case", 'meeting:' || m.id as id, m.at, m.minutes, m.version, org_now($1) as now
       from meetings m where m.org = $1 and m.state = 'on' and $2 = any(m.who)
     union all
     select 'item', o.case_id, o.id, o.due, $3, 0, org_now($1) from obligations o
       where o.org = $1 and o.visibility <> 'C3'
         and o.owner = any (array(select owners_of($1, $2, org_now($1))))
     order by 4, 2, 3 limit 500`,
    [org, link.person, ITEM_MINUTES],
  );
  return { now: rows[0]?.now ?? link.madeAt, entries: rows };
}

import { mayGiveWord } from '../../domain/apart.ts';
import { casesFrom, readerOf, sightOn } from '../ask-reader.ts';
import type { ReadingOffice } from '../ask-reader.ts';
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

interface Found extends FeedEntry {
  readonly now: number;
  readonly owner: string;
  /** Who gave another word on it, or null. */
  readonly spoke: readonly string[] | null;
}

/**
 * Without what an office of theirs is asked where they are left out (`domain/apart.ts`). Cases are opened only for whoever
 * works here as somebody a case is about, and for offices that give their word.
 */
async function askedOnly(
  office: ReadingOffice,
  person: string,
  found: readonly Found[],
): Promise<readonly FeedEntry[]> {
  const { rows } = await office.pool.query(
    `select 1 from facts where org = $1 and kind = 'concerns' and split_part(value, ',', 1) = $2 limit 1`,
    [office.org, person],
  );
  const looks = ({ owner }: Found): boolean => owner.includes('@') && (rows.length > 0 || mayGiveWord(owner));
  const ids = found.filter(looks).map((one) => one.case);
  const reader = await readerOf(office, person);
  const cases = ids.length === 0 ? [] : await casesFrom(office, reader, 'case_id = any($2::text[])', [ids]);
  const asked = new Map(cases.map((one) => [one.case_id, sightOn(reader, office.org, one).owners]));
  return found
    .filter((one) => !looks(one) || asked.get(one.case)?.includes(one.owner) === true)
    .filter(({ spoke }) => spoke?.includes(person) !== true)
    .map(({ owner: _owner, now: _now, spoke: _spoke, ...entry }) => entry);
}

/**
 * What is in somebody's calendar: their meetings, and what they themselves owe, on its last hour. References only: what
 * is confidential (C3) is not in it at all.
 * @returns null for a token that is nobody's, or was revoked
 */
export async function feedOf(
  office: ReadingOffice,
  token: string,
): Promise<{ readonly now: number; readonly entries: readonly FeedEntry[] } | null> {
  const { pool, org } = office;
  const link = await linkOf(pool, org, token, 'calendar');
  if (link === null || link.revokedAt !== null) return null;
  const { rows } = await pool.query<Found>(
    `select 'meeting' as is, m.case_id as "case", 'meeting:' || m.id as id, m.at, m.minutes, m.version, org_now($1) as now,
       '' as owner, null::jsonb as spoke
       from meetings m where m.org = $1 and m.state = 'on' and $2 = any(m.who)
     union all
     select 'item', o.case_id, o.id, o.due, $3, 0, org_now($1), o.owner, o.spoke from obligations o
       where o.org = $1 and o.visibility <> 'C3'
         and o.owner = any (array(select owners_of($1, $2, org_now($1))))
     order by 4, 2, 3 limit 500`,
    [org, link.person, ITEM_MINUTES],
  );
  const entries = await askedOnly(office, link.person, rows);
  return { now: rows[0]?.now ?? link.madeAt, entries };
}

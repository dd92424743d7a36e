import type { Capacity } from '../domain/kernel/words.ts';
import { closedOffices } from '../domain/standins.ts';
import type { Db } from '../directory/db.ts';
import { recipientOf } from './recipient.ts';
import type { Recipient } from './recipient.ts';

/** Who is asked where an office is held by nobody but whom the matter is about: those above it, in their order. */
const above: readonly Capacity[] = ['hr_director', 'director', 'executive'];

/** Those who hold one of these at a place or in the whole house, none of these people, by office; the absent ones last. */
const SQL = `select person from (
    select a.person, a.from_at, array_position($2::text[], a.capacity) as rank, away_until($1, a.person, $5) as away
    from assignments a where a.org = $1 and a.capacity = any($2::text[]) and a.scope = any($3::text[])
      and a.person <> all($4::text[]) and a.from_at <= $5 and (a.to_at is null or a.to_at > $5)) here
  where away is distinct from 0
  order by rank, away is not null, from_at, person limit 1`;

/**
 * Nobody is asked in the place of an office about themselves: another who holds it is, or whoever comes next in line.
 * @param owner `capacity@scope` @param apart of whom the office is asked nothing: whom the matter is about among them
 * @returns null when nobody is left. What lies with a closed office goes to nobody who does not hold it
 */
export async function besideThem(
  db: Db,
  org: string,
  owner: string,
  apart: readonly string[],
  now: number,
): Promise<Recipient | null> {
  const [office = '', scope = ''] = owner.split('@');
  // What lies with a closed office is nobody's who does not hold it, whoever leads the house.
  const closed = closedOffices.some((one) => one === office);
  const offices = closed ? [office] : [office, ...above.filter((one) => one !== office)];
  const { rows } = await db.query<{ person: string }>(SQL, [org, offices, [scope, org], apart, now]);
  const found = rows[0]?.person;
  if (found === undefined) return null;
  const theirs = await recipientOf(db, org, found, now);
  // Whoever stands in for them may be one it is about.
  return theirs !== null && apart.includes(theirs.person) ? { person: found, standIn: false } : theirs;
}

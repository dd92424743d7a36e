import type { Db } from '../directory/db.ts';
import { ownWords } from '../domain/standins.ts';
import { orgRecipientSql } from './recipient-sql.ts';

/** Who a prompt goes to in the end, and why. */
export interface Recipient {
  readonly person: string;
  readonly standIn: boolean;
}

/** Whether somebody is away: until when, or for ever (X22). */
export type Absence = { readonly is: 'away'; readonly until: number } | { readonly is: 'gone' };

/** @returns null for somebody at work @throws errors of the database as they are */
export async function absenceOf(db: Db, org: string, person: string, now: number): Promise<Absence | null> {
  const { rows } = await db.query<{ until: number | null }>(
    'select away_until($1, $2, $3::bigint) as until',
    [org, person, now],
  );
  const until = rows[0]?.until ?? null;
  if (until === null) return null;
  return until === 0 ? { is: 'gone' } : { is: 'away', until };
}

/**
 * Finds the person behind an owner at the organization's instant: a person ref is itself; `capacity@scope` is the
 * one who answers for it there (`holder_of`). Somebody with a delegation in force answers for who is away.
 * @param code of what is asked: what only they can say goes to nobody in their place
 * @returns null when nobody holds the capacity
 */
export async function recipientOf(
  db: Db,
  org: string,
  owner: string,
  now: number,
  code = '',
): Promise<Recipient | null> {
  const { rows } = await db.query<{ person: string; stand_in: string | null }>(orgRecipientSql, [
    org,
    owner,
    now,
  ]);
  const row = rows[0];
  if (row === undefined) return null;
  const standIn = ownWords.includes(code) ? null : row.stand_in;
  return { person: standIn ?? row.person, standIn: standIn !== null };
}

import type { Db } from '../directory/db.ts';
import { ownWords } from '../domain/standins.ts';
import { orgRecipientSql } from './recipient-sql.ts';

/** Who a prompt goes to in the end, and why. */
export interface Recipient {
  readonly person: string;
  readonly standIn: boolean;
}

/**
 * Finds the person behind an owner at the organization's instant: a person ref is itself; `capacity@scope` is the
 * person assigned there longest. Somebody with a delegation in force answers for who is away.
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

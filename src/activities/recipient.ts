import type { Db } from '../directory/db.ts';
import { orgRecipientSql } from './recipient-sql.ts';

/** Who a prompt goes to in the end, and why. */
export interface Recipient {
  readonly person: string;
  readonly standIn: boolean;
}

/**
 * Finds the person behind an owner at the organization's instant: a person ref is itself; `capacity@scope` is the
 * person assigned there longest. Somebody with a delegation in force answers for who is away.
 * @returns null when nobody holds the capacity
 */
export async function recipientOf(
  db: Db,
  org: string,
  owner: string,
  now: number,
): Promise<Recipient | null> {
  const { rows } = await db.query<{ person: string; stand_in: string | null }>(orgRecipientSql, [
    org,
    owner,
    now,
  ]);
  const row = rows[0];
  if (row === undefined) return null;
  return { person: row.stand_in ?? row.person, standIn: row.stand_in !== null };
}

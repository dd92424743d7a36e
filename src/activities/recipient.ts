import type { Db } from '../directory/db.ts';
import { ownWords } from '../domain/standins.ts';
import { apartRecipientSql, orgRecipientSql } from './recipient-sql.ts';

/** Who a prompt goes to in the end, and why. */
export interface Recipient {
  readonly person: string;
  readonly standIn: boolean;
}

/** Whether somebody is away: until when, or for ever (X22); `rests` as long as that may still be taken back. */
export type Absence =
  | { readonly is: 'away'; readonly until: number }
  | { readonly is: 'rests'; readonly until: number }
  | { readonly is: 'gone' };

/** While it may be taken back, what was to go out is looked at again after a day. */
const LOOK_AGAIN_MS = 86_400_000;

/** @returns null for somebody at work @throws errors of the database as they are */
export async function absenceOf(db: Db, org: string, person: string, now: number): Promise<Absence | null> {
  const { rows } = await db.query<{ until: number | null; settled: boolean }>(
    `select away_until($1, $2, $3::bigint) as until, not exists (select 1 from facts f
       join cases c on c.org = f.org and c.case_id = f.case_id
       where f.org = $1 and f.kind = 'nothing_asked' and f.value = $2 and c.status <> 'final') as settled`,
    [org, person, now],
  );
  const { until = null, settled = false } = rows[0] ?? {};
  if (until === null) return null;
  if (until !== 0) return { is: 'away', until };
  return settled ? { is: 'gone' } : { is: 'rests', until: now + LOOK_AGAIN_MS };
}

/**
 * Finds the person behind an owner at the organization's instant: a person ref is itself; `capacity@scope` is the
 * one who answers for it there (`holder_of`). Somebody with a delegation in force answers for who is away.
 * @param code of what is asked: what only they can say goes to nobody in their place
 * @param apart people of whom the office is asked nothing in this case (`domain/apart.ts`)
 * @returns null when nobody else holds the capacity
 */
export async function recipientOf(
  db: Db,
  org: string,
  owner: string,
  now: number,
  code = '',
  apart: readonly string[] = [],
): Promise<Recipient | null> {
  const office = apart.length > 0 && owner.includes('@');
  const { rows } = await db.query<{ person: string; stand_in: string | null }>(
    office ? apartRecipientSql : orgRecipientSql,
    office ? [org, owner, now, apart] : [org, owner, now],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const standIn = ownWords.includes(code) ? null : row.stand_in;
  return { person: standIn ?? row.person, standIn: standIn !== null };
}

import type { Db } from '../../directory/db.ts';
import { tellPerson } from '../../directory/house-mail.ts';
import type { KeyRing } from '../../directory/keys.ts';
import { kindOf } from '../../domain/kernel/words.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import { keepLink } from './store.ts';
import { tokenFor } from './token.ts';

interface Keeper {
  readonly org: string;
  readonly pool: Db;
  readonly keys: KeyRing;
}

/** How often a candidate's page was given a new address: each one before it is kept, and ended. */
async function generation({ org, pool }: Keeper, caseId: string, person: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from links
     where org = $1 and purpose = 'candidate' and case_id = $2 and person = $3 and revoked_at is not null`,
    [org, caseId, person],
  );
  return rows[0]?.n ?? 0;
}

/** Whose candidacy a case is; null for any other case. */
export async function candidateOf({ org, pool }: ReadingOffice, caseId: string): Promise<string | null> {
  if (kindOf(caseId) !== 'candidacy') return null;
  const { rows } = await pool.query<{ person: string }>(
    `select split_part(value, ',', 1) as person from facts where org = $1 and kind = 'concerns' and subject = $2`,
    [org, caseId],
  );
  return rows[0]?.person ?? null;
}

/** The token of a candidate's page as it is now: the same in every message, until HR gives the page a new address. */
export async function pageToken(keeper: Keeper, caseId: string, person: string): Promise<string> {
  const n = await generation(keeper, caseId, person);
  return tokenFor(keeper.keys, keeper.org, 'candidate', caseId, person, ...(n === 0 ? [] : [String(n)]));
}

/** Ends the address of a candidate's page and keeps another, in a transaction of the caller's. */
async function renewed(keeper: Keeper, caseId: string, person: string): Promise<void> {
  const { org, pool } = keeper;
  const page = { purpose: 'candidate', person, case: caseId } as const;
  // One that was never sent is kept first, so that it counts as the one before.
  await keepLink(pool, org, await pageToken(keeper, caseId, person), page);
  await pool.query(
    `update links set revoked_at = org_now($1)
     where org = $1 and purpose = 'candidate' and case_id = $2 and person = $3 and revoked_at is null`,
    [org, caseId, person],
  );
  await keepLink(pool, org, await pageToken(keeper, caseId, person), page);
}

/**
 * With another mail address: gives each page that somebody has as a candidate a new address and sends it there, so that the old
 * mailbox opens none of them; where there is no mailbox any more, HR gives the address when asked.
 * @param keeper with the transaction in which the directory changes
 */
export async function pagesMoved(keeper: Keeper, person: string, told: boolean): Promise<void> {
  const { org, pool } = keeper;
  const { rows } = await pool.query<{ id: string }>(
    `select distinct case_id as id from links
     where org = $1 and person = $2 and purpose = 'candidate' and revoked_at is null order by case_id`,
    [org, person],
  );
  for (const { id } of rows) {
    await renewed(keeper, id, person);
    if (told) await tellPerson(pool, org, person, 'page_anew', { about: id });
  }
}

/**
 * Gives a candidate's page a new address and sends it to them; the earlier one, and whoever has it, finds nothing any more.
 * What was done on the page stays done.
 */
export async function reissuePage(office: ReadingOffice, caseId: string, person: string): Promise<void> {
  const { org, pool, keys } = office;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await renewed({ org, keys, pool: client }, caseId, person);
    await tellPerson(client, org, person, 'page_anew', { about: caseId });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

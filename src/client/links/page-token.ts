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

/**
 * Gives a candidate's page a new address and sends it to them; the earlier one, and whoever has it, finds nothing any more.
 * What was done on the page stays done.
 */
export async function reissuePage(office: ReadingOffice, caseId: string, person: string): Promise<void> {
  const { org, pool, keys } = office;
  const client = await pool.connect();
  try {
    await client.query('begin');
    const keeper = { org, keys, pool: client };
    // One that was never sent is kept first, so that it counts as the one before.
    await keepLink(client, org, await pageToken(keeper, caseId, person), {
      ...{ purpose: 'candidate', person, case: caseId },
    });
    await client.query(
      `update links set revoked_at = org_now($1)
       where org = $1 and purpose = 'candidate' and case_id = $2 and person = $3 and revoked_at is null`,
      [org, caseId, person],
    );
    const token = await pageToken(keeper, caseId, person);
    await keepLink(client, org, token, { purpose: 'candidate', person, case: caseId });
    await tellPerson(client, org, person, 'page_anew', { about: caseId });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

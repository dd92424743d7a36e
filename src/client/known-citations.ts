import type { Envelope } from '../contracts/envelope.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import { PATIENT_MS, borrow } from '../ledger/database.ts';
import type { Office } from './organization.ts';

/** Sessions by the day they were planned for and the day they were held, and every action that was ever agreed. */
const RECORDED = `
  with work as (
    select body::jsonb ->> 'employment' as id from ledger
    where org = $1 and case_id = $2 and kind = 'review_opened'),
  logged as (
    select kind, body::jsonb as body from ledger, work
    where org = $1 and case_id = work.id and (kind = 'session_logged' or body like '%"actions":[{%'))
  select 'session:' || day as cite from logged, unnest(array[body ->> 'session', body ->> 'on']) as day
    where kind = 'session_logged' and day is not null
  union select 'action:' || (made ->> 'id') from logged, jsonb_array_elements(body -> 'actions') as made
    where jsonb_typeof(body -> 'actions') = 'array'`;

/**
 * R8.3: what a review rests on is on the record of its employment; the rules of a review do not know that record. A session
 * or an action that is cited and not there is refused by its name, and by the item that rests on it.
 */
export async function notOnRecord({ org, pool }: Office, envelope: Envelope): Promise<Refusal | null> {
  if (envelope.type !== 'submit_draft') return null;
  const { cites = {} } = envelope.payload as { readonly cites?: Readonly<Record<string, string>> };
  const cited = Object.entries(cites);
  if (cited.length === 0) return null;
  const known = await borrow(pool, PATIENT_MS, async (client) => {
    const { rows } = await client.query<{ cite: string }>(RECORDED, [org, envelope.case]);
    return new Set(rows.map((row) => row.cite));
  });
  const missing = cited
    .filter(([, cite]) => !known.has(cite))
    .map(([item, cite]) => ({ code: 'cited_on_record', about: `${item}: ${cite}` }));
  return missing.length === 0 ? null : refuse('unknown_reference', 'R8.3', missing);
}

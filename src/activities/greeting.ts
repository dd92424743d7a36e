import { kindOf } from '../domain/kernel/words.ts';
import type { Ports } from './ports.ts';

/** What a message begins with; nothing where it begins without a name. */
export interface Greeted {
  readonly recipientName?: string;
}

/**
 * What a message calls its reader. Whoever fills in the public form may be anybody, and gives a name and somebody's
 * address: until HR has taken the application up, our messages do not repeat that name to that address.
 * @param cases what the message is about
 */
export async function greetedAs(
  { pool, org }: Pick<Ports, 'pool' | 'org'>,
  { ref, name }: { readonly ref: string; readonly name: string },
  cases: readonly string[],
): Promise<Greeted> {
  const applied = cases.filter((one) => kindOf(one) === 'candidacy');
  if (applied.length === 0) return { recipientName: name };
  const { rows } = await pool.query(
    `select 1 from ledger a where a.org = $1 and a.case_id = any($3::text[]) and a.kind = 'applied' and a.actor = $2
       and a.how = 'link' and not exists (select 1 from ledger h where h.org = a.org and h.case_id = a.case_id
         and h.kind in ('receipt_acknowledged', 'screening_settled', 'interview_set'))`,
    [org, ref, [...new Set(applied)]],
  );
  return rows.length > 0 ? {} : { recipientName: name };
}

import type { PersonRef } from '../domain/kernel/words.ts';
import { caseFor, readerOf } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';

/** What somebody from outside is paid for their part in a case. */
export interface FeeShown {
  readonly person: PersonRef;
  readonly is: 'offered' | 'owed' | 'paid';
  /** Since when it stands so; what is owed, from when it fell due. */
  readonly at: number;
}

const FEES = `
  select distinct on (body::jsonb ->> 'person') body::jsonb ->> 'person' as person, body::jsonb ->> 'outcome' as outcome, at,
    (select min(o.since) from obligations o where o.org = l.org and o.case_id = l.case_id
      and (o.id like 'FEE:pay:' || (body::jsonb ->> 'person') || ':%'
        or o.id like 'D4.2:fee/' || (body::jsonb ->> 'person') || '/%')) as owed
  from ledger l where org = $1 and case_id = $2 and kind = 'fee_recorded'
  order by body::jsonb ->> 'person', sequence desc`;

/**
 * The fees of a case: all of them for HR, one's own for whoever it is offered to.
 * @throws ReadingRefused for a case that is not the reader's to see
 */
export async function askFees(
  office: ReadingOffice,
  as: PersonRef,
  id: string,
): Promise<readonly FeeShown[]> {
  const { sight } = await caseFor(office, await readerOf(office, as), id);
  const all = sight.capacities.some((one) => one === 'hr' || one === 'hr_director');
  const { rows } = await office.pool.query<{
    person: string;
    outcome: 'offered' | 'paid';
    at: number;
    owed: number | null;
  }>(FEES, [office.org, id]);
  return rows
    .filter(({ person }) => all || person === as)
    .map(({ person, outcome, at, owed }) =>
      outcome === 'offered' && owed !== null ? { person, is: 'owed', at: owed } : { person, is: outcome, at },
    );
}

import type { PersonRef } from '../domain/kernel/words.ts';
import type { Office } from './organization.ts';

/** Somebody with the places of the house at which they are something now, or were: sites, or the organization itself. */
interface AtPlace {
  readonly person: PersonRef;
  readonly place: string;
  readonly works: boolean;
}

/**
 * Where people are: at the site of every case that is about them, and where they hold something now (of a case: its
 * site). A case that has not moved since that stands beside its state is asked itself. Confidential cases are left out: whom they are about lies sealed, and each has another case beside it.
 */
const PLACES_SQL = `
  select person, place, bool_or(works) as works from (
    select about as person, site as place, kind = 'employment' as works
      from cases where org = $1 and about is not null and ($2::text is null or about = $2)
    union all
    select coalesce(state::jsonb #>> '{own,person}', state::jsonb #>> '{own,job,person}',
        state::jsonb #>> '{own,subject,employee}'), site, kind = 'employment'
      from cases where org = $1 and relations is null and not confidential
        and kind in ('candidacy', 'employment', 'review')
    union all
    select a.person, coalesce(c.site, a.scope), a.capacity <> 'candidate' from assignments a
      left join cases c on c.org = a.org and c.case_id = a.scope
      where a.org = $1 and a.from_at <= (select org_now($1)) and (a.to_at is null or (select org_now($1)) < a.to_at)
        and ($2::text is null or a.person = $2)
    union all
    select body::jsonb ->> 'person', actor, false from ledger
      where org = $1 and case_id = 'house-assignment' and kind = 'person_added'
        and ($2::text is null or body::jsonb ->> 'person' = $2)
  ) found where person is not null and ($2::text is null or person = $2)
  group by person, place order by person, place`;

/** Where one person is, and who added them while they were nowhere yet. */
export interface Whereabouts {
  /** Sites, or the organization; empty for somebody nobody has yet. */
  readonly places: readonly string[];
  /** Those of them at which they work, or hold an office. */
  readonly works: readonly string[];
  readonly addedBy: readonly PersonRef[];
}

const nowhere: Whereabouts = { places: [], works: [], addedBy: [] };

const isPerson = (place: string): boolean => place.startsWith('prs_');

/** Where everybody is, or one person. */
async function found(office: Office, person: PersonRef | null): Promise<ReadonlyMap<PersonRef, Whereabouts>> {
  const { rows } = await office.pool.query<AtPlace>(PLACES_SQL, [office.org, person]);
  const all = new Map<PersonRef, Whereabouts>();
  for (const { person: who, place, works } of rows) {
    const so = all.get(who) ?? nowhere;
    if (isPerson(place)) all.set(who, { ...so, addedBy: [...so.addedBy, place] });
    else
      all.set(who, {
        ...so,
        places: [...so.places, place],
        works: works ? [...so.works, place] : so.works,
      });
  }
  return all;
}

/** @returns where everybody is who is anywhere. */
export const whereEverybodyIs = (office: Office): Promise<ReadonlyMap<PersonRef, Whereabouts>> =>
  found(office, null);

/** @returns where one person is. */
export async function whereIs(office: Office, person: PersonRef): Promise<Whereabouts> {
  return (await found(office, person)).get(person) ?? nowhere;
}

import { listRefs, peopleByRefs } from '../directory/people.ts';
import { canRead } from '../domain/kernel/can.ts';
import { inForce } from '../domain/kernel/in-force.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import { caseClass, countsFor, readerOf, selvesOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';
import { whereEverybodyIs } from './places-of.ts';

/** A person of the directory; the name only where the reader may see it. */
export interface Listed {
  readonly person: PersonRef;
  readonly name: string | null;
  readonly erased: boolean;
  readonly capacities: readonly { readonly capacity: string; readonly scope: string }[];
  readonly standIn: PersonRef | null;
  /** They work somewhere here, or hold an office: whoever only applies may be asked for nothing in somebody's place. */
  readonly works: boolean;
}

const current = (reader: Reader) => countsFor(reader).filter((one) => inForce(one.from, one.to, reader.now));

/** Sites at which somebody is employed now: who holds an office there is whom they turn to. */
async function employedAt({ pool, org }: ReadingOffice, as: As): Promise<readonly string[]> {
  if (as === 'installation') return [];
  const { rows } = await pool.query<{ site: string }>(
    `select distinct site from cases where org = $1 and kind = 'employment' and status = 'open'
       and state::jsonb #>> '{own,job,person}' = $2`,
    [org, as],
  );
  return rows.map(({ site }) => site);
}

/**
 * HR sees who everybody is where they are HR; a person sees themselves and those who work in a capacity at a place where
 * they read daily work, or are employed. Applicants hold no capacity there and stay refs to all but HR.
 */
function mayName(
  reader: Reader,
  near: ReadonlySet<PersonRef>,
  employed: readonly string[],
  siteOf: ReadonlyMap<string, string>,
): ReadonlySet<PersonRef> {
  if (reader.as === 'installation') return new Set();
  const selves = selvesOf(reader);
  const held = current(reader).filter((one) => selves.includes(one.person));
  const working = held.filter((one) => one.capacity !== 'auditor' && canRead([one.capacity], 'C1'));
  const scopes = new Set([...working.map((one) => one.scope), ...employed]);
  // Whoever is asked into one case of a place works there with the others, until that ends.
  const here = ({ scope }: { readonly scope: string }): boolean =>
    scopes.has(scope) || scopes.has(siteOf.get(scope) ?? '');
  const colleagues = current(reader).filter((one) => here(one) && !isApplicant(one.capacity));
  return new Set([...selves, ...colleagues.map((one) => one.person), ...near]);
}

/** The sites of the cases in which somebody holds an office; confidential matters are nobody's place. */
async function sitesOfCases(office: ReadingOffice, reader: Reader): Promise<ReadonlyMap<string, string>> {
  const scopes = current(reader).flatMap(({ scope }) => (kindOf(scope) === null ? [] : [scope]));
  if (scopes.length === 0) return new Map();
  const { rows } = await office.pool.query<{ case_id: string; site: string }>(
    `select case_id, site from cases where org = $1 and case_id = any($2::text[]) and kind <> 'clock'`,
    [office.org, scopes],
  );
  return new Map(rows.map((row) => [row.case_id, row.site]));
}

/** Where a reader is HR, by themselves or for whom they stand in. */
function hrScopes(reader: Reader): readonly string[] {
  const selves = selvesOf(reader);
  return current(reader)
    .filter((one) => selves.includes(one.person) && ['hr', 'hr_director'].includes(one.capacity))
    .map((one) => one.scope);
}

const isApplicant = (capacity: string): boolean => capacity === 'candidate';

/**
 * Of whom a reader is HR: people who are something at a place of theirs; all of them where they are HR of every place;
 * and whom they added themselves, as long as those are nowhere yet.
 */
async function nearOf(
  office: ReadingOffice,
  reader: Reader,
  refs: readonly PersonRef[],
): Promise<ReadonlySet<PersonRef>> {
  const scopes = hrScopes(reader);
  if (scopes.length === 0) return new Set();
  const { rows } = await office.pool.query<{ ref: string }>('select ref from sites where org = $1', [
    office.org,
  ]);
  const wide =
    scopes.includes(office.org) || (rows.length > 0 && rows.every(({ ref }) => scopes.includes(ref)));
  if (wide) return new Set(refs);
  const where = await whereEverybodyIs(office);
  const isNear = (ref: PersonRef): boolean => {
    const { places = [], addedBy = [] } = where.get(ref) ?? {};
    if (places.length === 0) return addedBy.includes(reader.as);
    return places.some((place) => place === office.org || scopes.includes(place));
  };
  return new Set(refs.filter(isNear));
}

/**
 * Whose refs a reader finds at all. Somebody who works nowhere in a capacity may be one who applies: their refs are for HR of
 * that place and for the installation's own account, which keeps the directory.
 * @param near of whom the reader is HR
 */
export function refsFor(
  reader: Reader,
  refs: readonly PersonRef[],
  near: ReadonlySet<PersonRef>,
): readonly PersonRef[] {
  if (reader.as === 'installation') return refs;
  const working = current(reader).filter((one) => !isApplicant(one.capacity));
  const known = new Set([...selvesOf(reader), ...working.map((one) => one.person)]);
  return refs.filter((ref) => known.has(ref) || near.has(ref));
}

/** What people are by a case about them: an application that is over makes nobody a candidate, a job makes somebody an employee. */
async function standingOf({ pool, org }: ReadingOffice) {
  const { rows } = await pool.query<{
    case_id: string;
    kind: string;
    person: PersonRef | null;
    open: boolean;
  }>(
    `select case_id, kind, coalesce(about, state::jsonb #>> '{own,job,person}') as person, status = 'open' as open
     from cases where org = $1 and kind in ('candidacy', 'employment')`,
    [org],
  );
  const over = new Set(rows.filter((one) => one.kind === 'candidacy' && !one.open).map((one) => one.case_id));
  const jobs = rows.filter((one) => one.kind === 'employment' && one.open);
  return { over, jobs };
}

/** An office in one confidential case tells that the case is there: the directory shows it to whoever holds it. */
function isConfidential(scope: string): boolean {
  const kind = kindOf(scope);
  return kind !== null && caseClass[kind] === 'C3';
}

/** Everybody of the directory whom a reader may find, in order of their refs. @throws ReadingRefused for an unknown reader */
export async function askPeople(office: ReadingOffice, as: As): Promise<readonly Listed[]> {
  const reader = await readerOf(office, as);
  const all = await listRefs(office.pool, office.org);
  const near = await nearOf(office, reader, all);
  const refs = refsFor(reader, all, near);
  const seen = mayName(reader, near, await employedAt(office, as), await sitesOfCases(office, reader));
  const people = await peopleByRefs(
    office.pool,
    office.keys,
    office.org,
    refs.filter((ref) => seen.has(ref)),
  );
  const { rows } = await office.pool.query<{ ref: string }>(
    'select ref from persons where org = $1 and erased_at is not null',
    [office.org],
  );
  const erased = new Set(rows.map((row) => row.ref));
  const { over, jobs } = await standingOf(office);
  const where = await whereEverybodyIs(office);
  const held = current(reader).filter((one) => !isApplicant(one.capacity) || !over.has(one.scope));
  const employed = jobs.flatMap(({ person, case_id: scope }) =>
    person === null ? [] : [{ person, capacity: 'employee', scope }],
  );
  const ownSide = (capacity: string): boolean => isApplicant(capacity) || capacity === 'employee';
  return refs.map((person) => ({
    person,
    name: people.get(person)?.name ?? null,
    erased: erased.has(person),
    capacities: [...held, ...employed]
      .filter(
        (one) =>
          one.person === person &&
          (reader.as === person || near.has(person) || !ownSide(one.capacity)) &&
          (reader.as === person || reader.as === 'installation' || !isConfidential(one.scope)),
      )
      .map(({ capacity, scope }) => ({ capacity, scope })),
    standIn: standInOf(reader, person),
    works: (where.get(person)?.works.length ?? 0) > 0,
  }));
}

function standInOf(reader: Reader, person: PersonRef): PersonRef | null {
  const found = reader.delegations.find(
    (one) => one.from === person && inForce(one.since, one.until, reader.now),
  );
  return found?.to ?? null;
}

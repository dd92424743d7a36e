import { listRefs, peopleByRefs } from '../directory/people.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import { readerOf, selvesOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';

/** A person of the directory; the name only where the reader may see it. */
export interface Listed {
  readonly person: PersonRef;
  readonly name: string | null;
  readonly erased: boolean;
  readonly capacities: readonly { readonly capacity: string; readonly scope: string }[];
  readonly standIn: PersonRef | null;
}

const current = (reader: Reader) =>
  reader.assignments.filter((one) => one.from <= reader.now && (one.to === null || reader.now < one.to));

/**
 * HR sees who everybody is; a person sees themselves and those who work in a capacity at a place where they read daily
 * work. Applicants hold no capacity there and stay refs to all but HR.
 */
function mayName(reader: Reader, refs: readonly PersonRef[]): ReadonlySet<PersonRef> {
  if (reader.as === 'installation') return new Set();
  const selves = selvesOf(reader);
  const held = current(reader).filter((one) => selves.includes(one.person));
  if (hasHr(reader)) return new Set(refs);
  const working = held.filter((one) => one.capacity !== 'auditor' && canRead([one.capacity], 'C1'));
  const scopes = new Set(working.map((one) => one.scope));
  const colleagues = current(reader).filter((one) => scopes.has(one.scope) && !isApplicant(one.capacity));
  return new Set([...selves, ...colleagues.map((one) => one.person)]);
}

/** That somebody applies is a matter of selection: for HR and for themselves. */
function seesApplicants(reader: Reader, person: PersonRef): boolean {
  return reader.as === person || hasHr(reader);
}

function hasHr(reader: Reader): boolean {
  const selves = selvesOf(reader);
  return current(reader).some(
    (one) => selves.includes(one.person) && (one.capacity === 'hr' || one.capacity === 'hr_director'),
  );
}

const isApplicant = (capacity: string): boolean => capacity === 'candidate';

/**
 * Whose refs a reader finds at all. Somebody who works nowhere in a capacity may be one who applies: their refs are for HR and
 * for the installation's own account, which keeps the directory.
 */
export function refsFor(reader: Reader, refs: readonly PersonRef[]): readonly PersonRef[] {
  if (reader.as === 'installation' || hasHr(reader)) return refs;
  const working = current(reader).filter((one) => !isApplicant(one.capacity));
  const known = new Set([...selvesOf(reader), ...working.map((one) => one.person)]);
  return refs.filter((ref) => known.has(ref));
}

/** Everybody of the directory whom a reader may find, in order of their refs. @throws ReadingRefused for an unknown reader */
export async function askPeople(office: ReadingOffice, as: As): Promise<readonly Listed[]> {
  const reader = await readerOf(office, as);
  const refs = refsFor(reader, await listRefs(office.pool, office.org));
  const seen = mayName(reader, refs);
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
  return refs.map((person) => ({
    person,
    name: people.get(person)?.name ?? null,
    erased: erased.has(person),
    capacities: current(reader)
      .filter(
        (one) => one.person === person && (seesApplicants(reader, person) || !isApplicant(one.capacity)),
      )
      .map(({ capacity, scope }) => ({ capacity, scope })),
    standIn: standInOf(reader, person),
  }));
}

function standInOf(reader: Reader, person: PersonRef): PersonRef | null {
  const found = reader.delegations.find(
    (one) => one.from === person && one.since <= reader.now && (one.until === null || reader.now < one.until),
  );
  return found?.to ?? null;
}

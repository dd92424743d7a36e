import { inForce } from '../domain/kernel/in-force.ts';
import { namesByRefs } from '../directory/people.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { Capacity, Owner, PersonRef } from '../domain/kernel/words.ts';
import type { Reader, ReadingOffice } from './ask-reader.ts';

/** Who an owner is at this moment: the person asked, in which capacity, and who stands in for them. */
export interface Who {
  readonly owner: Owner;
  /** Null when nobody holds the capacity. */
  readonly person: PersonRef | null;
  readonly standIn: PersonRef | null;
  readonly capacity: string | null;
  /** Only where the reader may see names. */
  readonly name: string | null;
  readonly standInName: string | null;
}

/** What the same reader asks for every line of a list, found once. */
interface Found {
  readonly holders: ReadonlyMap<Owner, readonly PersonRef[]>;
  readonly standIns: ReadonlyMap<PersonRef, PersonRef>;
  /** In which capacity somebody works; somebody else's case must not tell that a person once applied. */
  readonly works: ReadonlyMap<PersonRef, string>;
}

/** The first of several entries under one key counts. */
function firsts<V>(entries: readonly (readonly [string, V])[]): ReadonlyMap<string, V> {
  return new Map(entries.toReversed());
}

function together<V>(entries: readonly (readonly [string, V])[]): ReadonlyMap<string, readonly V[]> {
  const all = new Map<string, V[]>();
  for (const [key, value] of entries) {
    const known = all.get(key);
    if (known === undefined) all.set(key, [value]);
    else known.push(value);
  }
  return all;
}

const ofReaders = new WeakMap<Reader, Found>();

function foundFor(reader: Reader): Found {
  const known = ofReaders.get(reader);
  if (known !== undefined) return known;
  const { assignments, delegations, now } = reader;
  const held = assignments.filter((one) => inForce(one.from, one.to, now));
  const found: Found = {
    // The person assigned longest, as prompts are sent (the effects resolve owners the same way).
    holders: together(held.map((one) => [`${one.capacity}@${one.scope}`, one.person])),
    standIns: firsts(
      delegations.filter((one) => inForce(one.since, one.until, now)).map((one) => [one.from, one.to]),
    ),
    works: firsts(
      assignments.filter((one) => one.capacity !== 'candidate').map((one) => [one.person, one.capacity]),
    ),
  };
  ofReaders.set(reader, found);
  return found;
}

/** Who answers for an owner. @param apart of whom the office is asked nothing, nor whoever they stand in for */
function personOf(owner: Owner, reader: Reader, apart: readonly PersonRef[]): PersonRef | null {
  if (!owner.includes('@')) return owner;
  const holders = foundFor(reader).holders.get(owner) ?? [];
  const asked = (person: PersonRef): boolean =>
    ![person, standInFor(person, reader)].some((who) => who !== null && apart.includes(who));
  return (apart.length === 0 ? holders[0] : holders.find(asked)) ?? null;
}

const standInFor = (person: PersonRef | null, reader: Reader): PersonRef | null =>
  person === null ? null : (foundFor(reader).standIns.get(person) ?? null);

/** Whose an item is by its code, where one person may have several seats in a case: a panelist who screened rates as a panelist. */
const seatFor: Readonly<Record<string, Capacity>> = {
  'P3.3': 'screener',
  'D3.4': 'screener',
  'P4.2': 'panelist',
  'P4.3': 'panelist',
  'P4.4': 'panelist',
  'D4.3': 'panelist',
  'D4.5': 'panelist',
  'D3.7': 'hiring_manager',
  'D4.7': 'hiring_manager',
  'P7.1': 'supervisor',
  'P7.2': 'supervisor',
  'P8.3': 'supervisor',
};

/** What the owner is here: as asked, else as the case knows them, else as they work at the place. */
function capacityOf(
  owner: Owner,
  reader: Reader,
  relations: readonly Relation[],
  code: string | undefined,
): string | null {
  const [capacity] = owner.split('@');
  if (owner.includes('@')) return capacity ?? null;
  const seats = relations.flatMap((one) => (one.person === owner ? [one.capacity] : []));
  const asked = code === undefined || !Object.hasOwn(seatFor, code) ? undefined : seatFor[code];
  const here = seats.find((one) => one === asked) ?? seats[0];
  return here ?? foundFor(reader).works.get(owner) ?? null;
}

/**
 * @returns who an owner is, still without names
 * @param relations who is what in the case, where it was opened
 * @param apart of whom the office is asked nothing there
 * @param code of what they are asked, where that says which of their seats it is
 */
export function whoIs(
  owner: Owner,
  reader: Reader,
  relations: readonly Relation[] = [],
  apart: readonly PersonRef[] = [],
  code?: string,
): Who {
  const person = personOf(owner, reader, apart);
  const standIn = standInFor(person, reader);
  const capacity = capacityOf(owner, reader, relations, code);
  return { owner, person, standIn, capacity, name: null, standInName: null };
}

/** @returns the names of these people by their refs; of erased people none */
export async function namesOf(
  { pool, keys, org }: ReadingOffice,
  refs: ReadonlySet<PersonRef>,
): Promise<ReadonlyMap<PersonRef, string>> {
  return namesByRefs(pool, keys, org, [...refs]);
}

/** The same, with the names that are known; the others keep their refs. */
export function withName(who: Who, names: ReadonlyMap<PersonRef, string>): Who {
  const { owner, person, standIn, capacity } = who;
  const name = person === null ? undefined : names.get(person);
  const standInName = standIn === null ? undefined : names.get(standIn);
  if (name === undefined && standInName === undefined) return who;
  return { owner, person, standIn, capacity, name: name ?? null, standInName: standInName ?? null };
}

/** Puts names to people, for the refs a reader may see the names of. Erased people keep their ref. */
export async function named(
  office: ReadingOffice,
  list: readonly Who[],
  mayName: ReadonlySet<PersonRef>,
): Promise<readonly Who[]> {
  const refs = list.flatMap((who) => [who.person, who.standIn]).filter((one) => one !== null);
  const names = await namesOf(office, new Set(refs.filter((ref) => mayName.has(ref))));
  return list.map((who) => withName(who, names));
}

import { peopleByRefs } from '../directory/people.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { Owner, PersonRef } from '../domain/kernel/words.ts';
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

const inForce = (from: number, to: number | null, now: number): boolean =>
  from <= now && (to === null || now < to);

/** The person assigned longest, as prompts are sent (the effects resolve owners the same way). */
function personOf(owner: Owner, reader: Reader): PersonRef | null {
  if (!owner.includes('@')) return owner;
  const held = reader.assignments.find(
    (one) => `${one.capacity}@${one.scope}` === owner && inForce(one.from, one.to, reader.now),
  );
  return held?.person ?? null;
}

function standInFor(person: PersonRef | null, reader: Reader): PersonRef | null {
  const found = reader.delegations.find(
    (one) => one.from === person && inForce(one.since, one.until, reader.now),
  );
  return found?.to ?? null;
}

/** What the owner is here: as asked, else as the case knows them, else as they work at the place. */
function capacityOf(owner: Owner, reader: Reader, relations: readonly Relation[]): string | null {
  const [capacity] = owner.split('@');
  if (owner.includes('@')) return capacity ?? null;
  const here = relations.find((one) => one.person === owner)?.capacity;
  // Somebody else's case must not tell that a person once applied.
  const works = reader.assignments.find((one) => one.person === owner && one.capacity !== 'candidate');
  return here ?? works?.capacity ?? null;
}

/** @returns who an owner is, still without names. @param relations who is what in the case, where it was opened */
export function whoIs(owner: Owner, reader: Reader, relations: readonly Relation[] = []): Who {
  const person = personOf(owner, reader);
  const standIn = standInFor(person, reader);
  const capacity = capacityOf(owner, reader, relations);
  return { owner, person, standIn, capacity, name: null, standInName: null };
}

/** Puts names to people, for the refs a reader may see the names of. Erased people keep their ref. */
export async function named(
  office: ReadingOffice,
  list: readonly Who[],
  mayName: ReadonlySet<PersonRef>,
): Promise<readonly Who[]> {
  const refs = list.flatMap((who) => [who.person, who.standIn]).filter((one) => one !== null);
  const people = await peopleByRefs(
    office.pool,
    office.keys,
    office.org,
    refs.filter((ref) => mayName.has(ref)),
  );
  const nameOf = (ref: PersonRef | null): string | null =>
    ref === null ? null : (people.get(ref)?.name ?? null);
  return list.map((who) => ({ ...who, name: nameOf(who.person), standInName: nameOf(who.standIn) }));
}

import { deciderOf } from '../domain/cases.ts';
import type { CandidacyState } from '../domain/candidacy/state.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { Capacity, CaseId, CaseKind, PersonRef } from '../domain/kernel/words.ts';
import { peopleByRefs } from '../directory/people.ts';
import { recordReading } from './ask-access.ts';
import { caseClass, caseFor, casesFrom, officesAt, readerOf, seesCase, sightOn } from './ask-reader.ts';
import type { As, ReadingOffice, SeenCase, Sight } from './ask-reader.ts';

/** Somebody who is something in a case. */
export interface RelatedPerson {
  readonly person: PersonRef;
  readonly capacity: Capacity;
  readonly name: string | null;
}

/** Whom a case is about. */
export interface CasePerson {
  readonly case: CaseId;
  readonly person: PersonRef;
  readonly name: string | null;
  /** The search an application belongs to; null for other cases. */
  readonly search: CaseId | null;
}

const subjects: ReadonlySet<Capacity> = new Set(['candidate', 'employee']);

/** Names are for people who read what the case is about; an auditor and the machine read refs (domain 5.2). */
const reads = (sight: Sight, kind: CaseKind): boolean =>
  sight.names && canRead(sight.capacities, caseClass[kind]);

/** The search of an application. */
const searchOf = ({ kind, held }: SeenCase): CaseId | null =>
  kind === 'candidacy' && held !== null ? (held.own as CandidacyState).opening : null;

const relationsOf = (one: SeenCase): readonly Relation[] =>
  one.held === null ? [] : deciderOf(one.kind as CaseKind).relations(one.held.own);

async function namesOf(
  { pool, keys, org }: ReadingOffice,
  refs: readonly PersonRef[],
): Promise<(ref: PersonRef) => string | null> {
  const known = await peopleByRefs(pool, keys, org, [...new Set(refs)]);
  return (ref) => known.get(ref)?.name ?? null;
}

/**
 * Whom each case is about, for cases whose content this reader may read: a title for a list, and nothing of what
 * happened there. Confidential matters have no title.
 * @throws ReadingRefused for an unknown person
 */
export async function askSubjects(office: ReadingOffice, as: As): Promise<readonly CasePerson[]> {
  const reader = await readerOf(office, as);
  const cases = await casesFrom(office, reader, `kind = any($2::text[])`, [
    ['candidacy', 'employment', 'review'],
  ]);
  const found = cases.flatMap((one) => {
    const kind = one.kind as CaseKind;
    const sight = sightOn(reader, office.org, one);
    // A mentor reads nothing of the case, and has to know whom to call.
    const known = (seesCase(sight, kind) && reads(sight, kind)) || sight.capacities.includes('mentor');
    if (!known) return [];
    const about = relationsOf(one).find(({ capacity }) => subjects.has(capacity));
    return about === undefined
      ? []
      : [{ case: one.case_id, kind, person: about.person, search: searchOf(one) }];
  });
  const refs = found.filter(({ kind }) => caseClass[kind] === 'C2').map((one) => one.case);
  await recordReading(office, reader, { what: 'board', refs, classes: refs.length === 0 ? [] : ['C2'] });
  const name = await namesOf(
    office,
    found.map(({ person }) => person),
  );
  return found.map(({ case: id, person, search }) => ({ case: id, person, search, name: name(person) }));
}

/** Who is what in one case, for whoever reads its content; else nobody. @throws ReadingRefused */
export async function askRelations(
  office: ReadingOffice,
  as: As,
  id: CaseId,
): Promise<readonly RelatedPerson[]> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const whole = reads(sight, one.kind as CaseKind);
  // A mentor reads nothing of the case, and has to know whom to call.
  if (!whole && !sight.capacities.includes('mentor')) return [];
  await recordReading(office, reader, {
    what: 'case',
    refs: [id],
    classes: [caseClass[one.kind as CaseKind]],
  });
  const relations = relationsOf(one).filter(
    ({ capacity, person }) => whole || subjects.has(capacity) || person === as,
  );
  const name = await namesOf(
    office,
    relations.map(({ person }) => person),
  );
  return relations.map(({ person, capacity }) => ({ person, capacity, name: name(person) }));
}

/** What a reader is towards a case, and the commands that gives them. @throws ReadingRefused */
export async function askRights(
  office: ReadingOffice,
  as: As,
  id: CaseId,
): Promise<{
  readonly kind: CaseKind;
  readonly capacities: readonly Capacity[];
  readonly types: readonly string[];
}> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const kind = one.kind as CaseKind;
  const rights = Object.entries(deciderOf(kind).rights);
  // Whoever is asked by an office of the place may answer, also where that office reads nothing else of the case.
  const offices = officesAt(reader, { kind, org: office.org, site: one.site });
  const capacities = [...new Set([...sight.capacities, ...offices])];
  const types = rights.filter(([, { by }]) => by.some((held) => capacities.includes(held)));
  return { kind, capacities, types: types.map(([type]) => type) };
}

import { apartIn } from '../domain/apart.ts';
import { inForce } from '../domain/kernel/in-force.ts';
import { countedFor, heldNow } from '../domain/standins.ts';
import { deciderOf } from '../domain/cases.ts';
import { answersInPerson, canRead, capacitiesOf, concernsThem, lent, seatsOf } from '../domain/kernel/can.ts';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { Held } from '../domain/kernel/held.ts';
import { visibilityClasses } from '../domain/kernel/words.ts';
import type { Capacity, CaseKind, Owner, PersonRef, Visibility } from '../domain/kernel/words.ts';
import type { Onlooker } from '../domain/kernel/why.ts';

/** What a reader is towards a case, and what that opens: without the database. */

/** Who reads: a person's ref, or `installation`, the machine account of whoever runs the installation. */
export type As = string;

/** A reader with everything that decides what they may see. */
export interface Reader {
  readonly as: As;
  readonly now: number;
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
}

/** A case of whom a reader may see something, and what. */
export interface Sight extends Onlooker {
  /** Sees that a case is there, its kind, stage and the kinds of its rows: an administrator or auditor (domain 5.2). */
  readonly structure: boolean;
  /** Names are shown: only to people, and to none who merely run or audit the machine. */
  readonly names: boolean;
}

/** Cases about one person: of these a supervisor, mentor or panelist sees only those they stand in a relation to. */
const personal: ReadonlySet<CaseKind> = new Set(['candidacy', 'employment', 'review', 'clock']);

/** Capacities that count for every case of a site, also for those about one person (domain 5.2, HR partner). */
const siteWide: ReadonlySet<Capacity> = new Set(['hr', 'hr_director', 'auditor', 'administrator']);

/** The officer of each confidential matter; an officer of one does not read another's. */
const officerOf: Readonly<Record<string, Capacity>> = {
  leave: 'leave_officer',
  accommodation: 'accommodation_officer',
  background: 'background_officer',
  exclusion: 'background_officer',
  credential: 'credential_officer',
  hold: 'compliance',
};

/** Capacities in which people are judged. X25: whoever applied there themselves reads nobody's candidacy in one of them. */
const judging: ReadonlySet<Capacity> = new Set([
  'hr',
  'hr_director',
  'hiring_manager',
  'panelist',
  'screener',
]);

const metadata: ReadonlySet<Capacity> = new Set(['auditor', 'administrator']);

/** The delegations to a reader that are in force now. */
const standingIn = (reader: Reader): readonly Delegation[] =>
  reader.delegations.filter((one) => one.to === reader.as && inForce(one.since, one.until, reader.now));

/** People a reader answers for: themselves, and whom they stand in for now. */
export function selvesOf(reader: Reader): readonly PersonRef[] {
  if (reader.as === 'installation') return [];
  return [reader.as, ...new Set(standingIn(reader).map((one) => one.from))];
}

/** The offices that count for a reader: a stand-in reads by none that was given to another one meanwhile, and not to them. */
export const countsFor = (reader: Reader): readonly Assignment[] => sightsFor(reader).counts;

interface Place {
  readonly kind: CaseKind;
  readonly id: string;
  readonly site: string;
  readonly org: string;
  /** X25: a candidacy of an opening to which the reader, or whom they stand in for, applied too. */
  readonly rival?: boolean;
}

/** What of a case decides who sees it. */
export interface Known {
  readonly relations: readonly Relation[];
  /** Of a confidential matter: the office it is with. */
  readonly office: Capacity | null;
}

/** The office a confidential matter is with: the one it was made to (X19), else the one for its kind. */
export function officeOf(held: Held | null): Capacity | null {
  const { matter } = (held?.own ?? {}) as {
    matter?: { about?: string; officer?: Capacity } | null;
  };
  return matter?.officer ?? officerOf[matter?.about ?? ''] ?? null;
}

function countsHere(capacity: Capacity, place: Place, office: Capacity | null): boolean {
  if (!personal.has(place.kind) || siteWide.has(capacity)) return true;
  return place.kind === 'clock' && office === capacity;
}

function capacitiesAt(
  person: PersonRef,
  reader: Reader,
  place: Place,
  { relations, office }: Known,
): readonly Capacity[] {
  const reach = { assignments: countsFor(reader), delegations: reader.delegations, at: reader.now };
  const close = capacitiesOf(person, { ...reach, scopes: [place.id], relations });
  const wide = capacitiesOf(person, { ...reach, scopes: [place.org, place.site], relations: [] });
  const all = [...close, ...wide.filter((capacity) => countsHere(capacity, place, office))];
  // X25, and nobody judges themselves: in their own case an office opens nothing to whoever it is about, in nobody's place.
  const about = [person, reader.as].some((one) => concernsThem(one, relations));
  return place.rival === true || about ? all.filter((capacity) => !judging.has(capacity)) : all;
}

/**
 * Offices at a place that are asked something in a case about one person and read nothing else in it: the independent
 * adviser (D7.4), IT, compliance. None that judges; of a confidential matter only its own.
 */
export function officesAt(
  reader: Reader,
  { kind, org, site }: Omit<Place, 'id' | 'rival'>,
): readonly Capacity[] {
  if (kind === 'clock') return [];
  const reach = { assignments: countsFor(reader), delegations: reader.delegations, at: reader.now };
  const held = selvesOf(reader).flatMap((person) =>
    capacitiesOf(person, { ...reach, scopes: [org, site], relations: [] }),
  );
  return held.filter((capacity) => !judging.has(capacity));
}

/** What a reader is in a case, by themselves and by whom they stand in for: nobody lends what is theirs alone. */
function allCapacities(reader: Reader, place: Place, known: Known): readonly Capacity[] {
  const own = capacitiesAt(reader.as, reader, place, known);
  // About themselves nobody reads in somebody else's place.
  if (concernsThem(reader.as, known.relations)) return own;
  const seats = seatsOf(reader.as, known.relations);
  const [, ...absent] = selvesOf(reader);
  const theirs = absent.flatMap((person) => lent(capacitiesAt(person, reader, place, known), own, seats));
  return [...new Set([...own, ...theirs])];
}

/**
 * Under which owners somebody is asked in one case: in a case about themselves in their own name alone, by no office and in
 * nobody's place; elsewhere not in the place of whom it is about, and by no office that is asked without them.
 * @param spoke who gave another word on the one item in question
 */
export function ownersIn(
  reader: Reader,
  kind: CaseKind,
  relations: readonly Relation[],
  spoke: readonly PersonRef[] = [],
): readonly Owner[] {
  if (concernsThem(reader.as, relations)) return [reader.as];
  const [, ...absent] = selvesOf(reader);
  const theirs = [reader.as, ...absent.filter((person) => !answersInPerson(person, relations))];
  const apart = (person: PersonRef, owner: Owner): boolean =>
    [person, reader.as].some((one) => apartIn(kind, relations, one, owner, spoke));
  const all = theirs.flatMap((person) => ownersBy(person, reader).filter((owner) => !apart(person, owner)));
  return [...new Set(all)];
}

/** Every `capacity@scope` under which somebody is asked now, and their ref. */
export function ownersOf(reader: Reader): readonly Owner[] {
  return selvesOf(reader).flatMap((person) => ownersBy(person, reader));
}

/** In whose place a reader is asked under an owner; null where it is they themselves. */
export function inPlaceOf(reader: Reader, owner: Owner): PersonRef | null {
  const [self, ...absent] = selvesOf(reader);
  if (self === undefined || ownersBy(self, reader).includes(owner)) return null;
  return absent.find((person) => ownersBy(person, reader).includes(owner)) ?? null;
}

/** The same as `ownersOf`, of one of those a reader answers for. */
function ownersBy(person: PersonRef, reader: Reader): readonly Owner[] {
  const { owners, counts } = sightsFor(reader);
  const found = owners.get(person);
  if (found !== undefined) return found;
  const held = heldNow(person, counts, reader.now).map((one): Owner => `${one.capacity}@${one.scope}`);
  const all = [person, ...held];
  owners.set(person, all);
  return all;
}

/** What a reader is towards a case. @param held what the case holds: relations in its state count */
export function sightOf(reader: Reader, place: Place, held: Held | null): Sight {
  const relations = held === null ? [] : deciderOf(place.kind).relations(held.own);
  return sightFrom(reader, place, { relations, office: officeOf(held) });
}

/** What is the same of one reader for every case of a list. */
interface Sights {
  readonly selves: ReadonlySet<PersonRef>;
  /** Cases for which one of them was named: these stand for themselves. */
  readonly scopes: ReadonlySet<string>;
  readonly known: Map<string, Sight>;
  readonly counts: readonly Assignment[];
  /** By person they answer for. */
  readonly owners: Map<PersonRef, readonly Owner[]>;
}

const ofReaders = new WeakMap<Reader, Sights>();

function sightsFor(reader: Reader): Sights {
  const found = ofReaders.get(reader);
  if (found !== undefined) return found;
  const selves = new Set(selvesOf(reader));
  const named = reader.assignments.filter((one) => selves.has(one.person)).map((one) => one.scope);
  const counts = countedFor(reader.as, standingIn(reader), reader);
  const sights = { selves, scopes: new Set(named), known: new Map(), counts, owners: new Map() };
  ofReaders.set(reader, sights);
  return sights;
}

/** All that a sight depends on, beyond who reads: two cases with the same key are seen alike. */
function keyOf({ selves, scopes }: Sights, place: Place, { relations, office }: Known): string {
  const theirs = relations.filter((one) => selves.has(one.person));
  const own = theirs.map((one) => `${one.person}:${one.capacity}`).join(',');
  const id = scopes.has(place.id) ? place.id : '';
  return `${place.kind}|${place.org}|${place.site}|${office ?? ''}|${place.rival === true}|${own}|${id}`;
}

/** What a reader is towards a case that was not opened: who is what in it is known without. */
export function sightFrom(reader: Reader, place: Place, known: Known): Sight {
  const sights = sightsFor(reader);
  const key = keyOf(sights, place, known);
  const found = sights.known.get(key) ?? sightAnew(reader, place, known);
  sights.known.set(key, found);
  return found;
}

function sightAnew(reader: Reader, place: Place, known: Known): Sight {
  if (reader.as === 'installation')
    return {
      person: null,
      capacities: ['administrator', 'auditor'],
      owners: [],
      structure: true,
      names: false,
    };
  const capacities = allCapacities(reader, place, known);
  const structure = capacities.some((one) => metadata.has(one));
  const names = capacities.some((one) => !metadata.has(one));
  return {
    person: reader.as,
    capacities,
    owners: ownersIn(reader, place.kind, known.relations),
    structure,
    names,
  };
}

/** What a reader must read to know that a case of a kind is there: openings and roles are public, people are not. */
const seenFrom: Readonly<Record<CaseKind, Visibility>> = {
  readiness: 'C1',
  role: 'C0',
  opening: 'C0',
  candidacy: 'C1',
  employment: 'C1',
  review: 'C1',
  clock: 'C1',
};

/** What knowing the content of a case of this kind amounts to (domain 5.1): for reading rows and for published facts. */
export const caseClass: Readonly<Record<CaseKind, Visibility>> = {
  readiness: 'C1',
  role: 'C0',
  opening: 'C1',
  candidacy: 'C2',
  employment: 'C1',
  review: 'C1',
  clock: 'C3',
};

/** True when a reader may know that a case is there and at which stage. Confidential ones are shown to no machine. */
export function seesCase(sight: Sight, kind: CaseKind): boolean {
  if (sight.structure && kind !== 'clock') return true;
  const working = kind === 'clock' ? sight.capacities.filter((one) => !metadata.has(one)) : sight.capacities;
  return canRead(working, seenFrom[kind]) || canRead(working, caseClass[kind]);
}

/**
 * True when a reader may know what a case of this kind says in a class. Whoever merely runs or audits the machine sees of a case
 * about a person that things happened, and nothing of what they say (domain 5.2).
 */
export function readsInside({ capacities }: Sight, kind: CaseKind, visibility: Visibility): boolean {
  const working = personal.has(kind) ? capacities.filter((one) => !metadata.has(one)) : capacities;
  return canRead(working, visibility);
}

/** True for a kind of row that a reader is told of, whatever its class. */
export function isTold({ capacities }: Sight, kind: CaseKind, row: string): boolean {
  const told: Readonly<Record<string, readonly Capacity[] | undefined>> = deciderOf(kind).told ?? {};
  return Object.hasOwn(told, row) && told[row]?.some((one) => capacities.includes(one)) === true;
}

/** All classes whose content a reader may know in a case of this kind. */
export const classesOf = (sight: Sight, kind: CaseKind): readonly Visibility[] =>
  visibilityClasses.filter((one) => readsInside(sight, kind, one));

/** Whether a gate is in this reader's list at all: some stand only where something is under way that others may not know of. */
export function seesGate(sight: Sight, kind: CaseKind, gate: string): boolean {
  const visibility = deciderOf(kind).gates[gate]?.visibility;
  return visibility === undefined || readsInside(sight, kind, visibility);
}

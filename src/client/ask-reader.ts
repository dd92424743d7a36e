import { deciderOf } from '../domain/cases.ts';
import { canRead, capacitiesOf } from '../domain/kernel/can.ts';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { Capacity, CaseKind, Owner, PersonRef, Visibility } from '../domain/kernel/words.ts';
import type { Onlooker } from '../domain/kernel/why.ts';
import type { TermsStore } from '../ledger/documents.ts';
import { hasApplied } from '../domain/opening/applicants.ts';
import { heldFrom } from '../ledger/state.ts';
import type { CaseRow } from '../ledger/step-store.ts';
import type { Office } from './organization.ts';

/** Who reads: a person's ref, or `installation`, the machine account of whoever runs the installation. */
export type As = string;

/** What the reading functions work with: no Temporal in it, so reading works while Temporal is away. */
export type ReadingOffice = Office & { readonly terms: TermsStore };

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

const refusedTexts = {
  unknown_person: (about: string) => `${about} is not in the directory: nobody to read as.`,
  not_permitted: (about: string) => `${about} is not for this reader. Name somebody who may with --as.`,
  unknown_case: (about: string) => `There is no case ${about}.`,
} as const;

/** The reader is not a person of this organization, or may not see this. */
export class ReadingRefused extends Error {
  readonly code: keyof typeof refusedTexts;
  constructor(code: ReadingRefused['code'], about: string) {
    super(refusedTexts[code](about.slice(0, 80)));
    this.name = 'ReadingRefused';
    this.code = code;
  }
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

/** Loads who reads. @throws ReadingRefused for a person the directory does not know */
export async function readerOf(office: ReadingOffice, as: As): Promise<Reader> {
  const { pool, org } = office;
  const { rows } = await pool.query<{ now: number; known: boolean; a: Assignment[]; d: Delegation[] }>(
    `select org_now($1) as now,
       $2 = 'installation' or exists (select 1 from persons where org = $1 and ref = $2) as known,
       coalesce((select jsonb_agg(jsonb_build_object('person', person, 'capacity', capacity, 'scope', scope,
         'from', from_at, 'to', to_at) order by from_at, person, id) from assignments where org = $1), '[]') as a,
       coalesce((select jsonb_agg(jsonb_build_object('from', absent, 'to', stand_in, 'since', since_at,
         'until', until_at) order by since_at desc) from delegations where org = $1), '[]') as d`,
    [org, as],
  );
  const row = rows[0];
  if (row === undefined || !row.known) throw new ReadingRefused('unknown_person', as);
  return { as, now: row.now, assignments: row.a, delegations: row.d };
}

/** People a reader answers for: themselves, and whom they stand in for now. */
export function selvesOf(reader: Reader): readonly PersonRef[] {
  if (reader.as === 'installation') return [];
  const absent = reader.delegations
    .filter((one) => one.to === reader.as && one.since <= reader.now)
    .filter((one) => one.until === null || reader.now < one.until)
    .map((one) => one.from);
  return [reader.as, ...new Set(absent)];
}

interface Place {
  readonly kind: CaseKind;
  readonly id: string;
  readonly site: string;
  readonly org: string;
  /** X25: a candidacy of an opening to which the reader, or whom they stand in for, applied too. */
  readonly rival?: boolean;
}

/** The office a confidential matter is with: the one it was made to (X19), else the one for its kind. */
function officeOf(held: Held | null): Capacity | null {
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
  held: Held | null,
): readonly Capacity[] {
  const relations: readonly Relation[] = held === null ? [] : deciderOf(place.kind).relations(held.own);
  const reach = { assignments: reader.assignments, delegations: reader.delegations, at: reader.now };
  const close = capacitiesOf(person, { ...reach, scopes: [place.id], relations });
  const wide = capacitiesOf(person, { ...reach, scopes: [place.org, place.site], relations: [] });
  const office = officeOf(held);
  const all = [...close, ...wide.filter((capacity) => countsHere(capacity, place, office))];
  return place.rival === true ? all.filter((capacity) => !judging.has(capacity)) : all;
}

/** Every `capacity@scope` under which somebody is asked now, and their ref. */
export function ownersOf(reader: Reader): readonly Owner[] {
  return selvesOf(reader).flatMap((person) => [
    person,
    ...reader.assignments
      .filter((one) => one.person === person && one.from <= reader.now)
      .filter((one) => one.to === null || reader.now < one.to)
      .map((one) => `${one.capacity}@${one.scope}`),
  ]);
}

/** What a reader is towards a case. @param held what the case holds: relations in its state count */
export function sightOf(reader: Reader, place: Place, held: Held | null): Sight {
  if (reader.as === 'installation')
    return {
      person: null,
      capacities: ['administrator', 'auditor'],
      owners: [],
      structure: true,
      names: false,
    };
  const capacities = [
    ...new Set(selvesOf(reader).flatMap((person) => capacitiesAt(person, reader, place, held))),
  ];
  const structure = capacities.some((one) => metadata.has(one));
  const names = capacities.some((one) => !metadata.has(one));
  return { person: reader.as, capacities, owners: ownersOf(reader), structure, names };
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

/** A case's row with what it holds, opened where it lies sealed; not opened for a reader who is no person. */
export interface SeenCase extends CaseRow {
  readonly opened_at: number;
  readonly moved_at: number;
  readonly held: Held | null;
  /** X25: see {@link sightOf}; left out: not. */
  readonly rival?: boolean;
}

type Row = Omit<SeenCase, 'held' | 'rival'>;

/** Reads cases and what they hold. @param where more conditions, with their values from `$2` on */
export async function casesFrom(
  office: ReadingOffice,
  reader: Reader,
  where: string,
  values: readonly unknown[],
): Promise<readonly SeenCase[]> {
  const { rows } = await office.pool.query<Row>(
    `select case_id, kind, site, sequence, fold_version, state, stage, status, next_wake, opened_at, moved_at
     from cases where org = $1 and ${where} order by opened_at, case_id`,
    [office.org, ...values],
  );
  const list: SeenCase[] = [];
  for (const row of rows)
    list.push({ ...row, held: reader.as === 'installation' ? null : await heldOf(office, row) });
  return withRivals(office, reader, list);
}

type Applied = { readonly opening: string; readonly person: PersonRef };
const appliedIn = (one: SeenCase): Applied | null =>
  one.kind === 'candidacy' && one.held !== null ? (one.held.own as Applied) : null;

/** X25: no candidate reads another; an opening keeps a mark of everybody who ever applied, so one who was turned down counts. */
async function withRivals(
  office: ReadingOffice,
  reader: Reader,
  list: readonly SeenCase[],
): Promise<readonly SeenCase[]> {
  const selves = selvesOf(reader);
  const others = list.filter((one) => {
    const applied = appliedIn(one);
    return applied !== null && !selves.includes(applied.person);
  });
  const openings = [...new Set(others.flatMap((one) => appliedIn(one)?.opening ?? []))];
  if (openings.length === 0) return list;
  const { rows } = await office.pool.query<CaseRow & { case_id: string }>(
    `select case_id, kind, site, sequence, fold_version, state, stage, status, next_wake
     from cases where org = $1 and case_id = any($2::text[])`,
    [office.org, openings],
  );
  const theirs = new Set<string>();
  for (const row of rows) {
    const marks = ((await heldOf(office, row))?.own as { applicants?: string } | undefined)?.applicants ?? '';
    if (selves.some((self) => hasApplied(marks, self))) theirs.add(row.case_id);
  }
  return list.map((one) =>
    others.includes(one) && theirs.has(appliedIn(one)?.opening ?? '') ? { ...one, rival: true } : one,
  );
}

/** What a case holds, from its state row. */
export async function heldOf(office: ReadingOffice, row: CaseRow): Promise<Held | null> {
  const { org, keys, terms, pool } = office;
  const library = { org, keys, terms, rulesFailed: () => undefined };
  const read = { case: row } as Parameters<typeof heldFrom>[4];
  return heldFrom(library, pool, org, deciderOf(row.kind as CaseKind), read);
}

/** What a reader is towards a case that was read. */
export function sightOn(reader: Reader, org: string, one: SeenCase): Sight {
  const { case_id: id, site, rival = false } = one;
  return sightOf(reader, { kind: one.kind as CaseKind, id, site, org, rival }, one.held);
}

/** One case as a reader may see it. @throws ReadingRefused when it is not there, or not for them */
export async function caseFor(
  office: ReadingOffice,
  reader: Reader,
  id: string,
): Promise<{ readonly one: SeenCase; readonly sight: Sight }> {
  const one = (await casesFrom(office, reader, 'case_id = $2', [id]))[0];
  if (one === undefined) throw new ReadingRefused('unknown_case', id);
  const sight = sightOn(reader, office.org, one);
  const owns = sight.owners.length > 0 && (await ownsIn(office, id, sight.owners));
  const bare = reader.as === 'installation';
  if (!bare && !owns && !seesCase(sight, one.kind as CaseKind)) throw new ReadingRefused('not_permitted', id);
  return { one, sight };
}

async function ownsIn(office: ReadingOffice, id: string, owners: readonly string[]): Promise<boolean> {
  const { rows } = await office.pool.query(
    'select 1 from obligations where org = $1 and case_id = $2 and owner = any($3::text[]) limit 1',
    [office.org, id, owners],
  );
  return rows.length > 0;
}

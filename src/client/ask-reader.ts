import { deciderOf } from '../domain/cases.ts';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { CaseKind, HowKnown, PersonRef } from '../domain/kernel/words.ts';
import type { TermsStore } from '../ledger/documents.ts';
import { hasApplied } from '../domain/opening/applicants.ts';
import type { OpeningState } from '../domain/opening/state.ts';
import { heldFrom } from '../ledger/state.ts';
import type { CaseRow } from '../ledger/step-store.ts';
import type { Office } from './organization.ts';
import { officeOf, seesCase, selvesOf, sightFrom, sightOf } from './sight.ts';
import type { As, Known, Reader, Sight } from './sight.ts';

export {
  caseClass,
  classesOf,
  countsFor,
  isTold,
  officesAt,
  ownersOf,
  readsInside,
  seesCase,
  seesGate,
  selvesOf,
  sightOf,
} from './sight.ts';
export type { As, Reader, Sight } from './sight.ts';

/** What the reading functions work with: no Temporal in it, so reading works while Temporal is away. */
export type ReadingOffice = Office & {
  readonly terms: TermsStore;
  /** How the reader was known, for the entry that reading leaves; left out: whoever has the shell says so. */
  readonly how?: HowKnown;
};

const refusedTexts = {
  unknown_person: (about: string) => `${about} is not in the directory: nobody to read as.`,
  not_permitted: (about: string) => `${about} is not for this reader. Name somebody who may with --as.`,
  unknown_case: (about: string) => `There is no case ${about}.`,
} as const;

/** The reader is not a person of this organization, or may not see this. */
export class ReadingRefused extends Error {
  readonly code: keyof typeof refusedTexts;
  readonly about: string;
  constructor(code: ReadingRefused['code'], about: string) {
    super(refusedTexts[code](about.slice(0, 80)));
    this.name = 'ReadingRefused';
    this.code = code;
    this.about = about.slice(0, 80);
  }
}

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

/** X25: somebody applied in the search; D3.5: they stood aside from it, maybe for somebody they know among the applicants. */
export function isApart({ applicants = '', gone = [] }: Partial<OpeningState>, person: PersonRef): boolean {
  return hasApplied(applicants, person) || gone.includes(person);
}

/**
 * X25: no candidate reads another; an opening keeps a mark of everybody who ever applied, so one who was turned down counts.
 * @param all whom each case is about and where they applied; null for what is no candidacy. @returns which of them are rivals
 */
async function rivalsIn(
  office: ReadingOffice,
  reader: Reader,
  all: readonly (Applied | null)[],
): Promise<readonly boolean[]> {
  const selves = selvesOf(reader);
  const others = all.map((one) => (one === null || selves.includes(one.person) ? null : one.opening));
  const openings = [...new Set(others.filter((one) => one !== null))];
  if (openings.length === 0) return all.map(() => false);
  const { rows } = await office.pool.query<CaseRow & { case_id: string }>(
    `select case_id, kind, site, sequence, fold_version, state, stage, status, next_wake
     from cases where org = $1 and case_id = any($2::text[])`,
    [office.org, openings],
  );
  const theirs = new Set<string>();
  for (const row of rows) {
    const search = (await heldOf(office, row))?.own as Partial<OpeningState> | undefined;
    if (selves.some((self) => isApart(search ?? {}, self))) theirs.add(row.case_id);
  }
  return others.map((opening) => opening !== null && theirs.has(opening));
}

/** The cases with the mark of a rival where it is due, in their order. */
export async function withRivals(
  office: ReadingOffice,
  reader: Reader,
  list: readonly SeenCase[],
): Promise<readonly SeenCase[]> {
  const rivals = await rivalsIn(office, reader, list.map(appliedIn));
  return list.map((one, n) => (rivals[n] === true ? { ...one, rival: true } : one));
}

/** A case as a list needs it: where it stands and who is what in it, without what it holds. */
export interface ListedCase extends Known {
  readonly case_id: string;
  readonly kind: CaseKind;
  readonly site: string;
  readonly sequence: number;
  readonly stage: string;
  readonly status: string;
  readonly opened_at: number;
  readonly moved_at: number;
  readonly rival: boolean;
}

interface ListedRow extends Omit<ListedCase, 'office' | 'rival' | 'relations'> {
  readonly fold_version: number;
  readonly relations: readonly Relation[] | null;
  readonly about: PersonRef | null;
  readonly belongs_to: string | null;
}

/**
 * Reads cases for a list. Only those whose relations do not stand beside their state are opened: confidential ones, and what has
 * not moved since the rules for its kind changed.
 * @param where more conditions, with their values from `$2` on
 */
export async function listedFrom(
  office: ReadingOffice,
  reader: Reader,
  where: string,
  values: readonly unknown[],
): Promise<readonly ListedCase[]> {
  const { rows } = await office.pool.query<ListedRow>(
    `select case_id, kind, site, sequence, fold_version, stage, status, opened_at, moved_at, relations, about, belongs_to
     from cases where org = $1 and ${where} order by opened_at, case_id`,
    [office.org, ...values],
  );
  const bare = reader.as === 'installation';
  const stands = (row: ListedRow): boolean =>
    bare || (row.relations !== null && row.fold_version === deciderOf(row.kind).foldVersion);
  const shut = rows.filter((row) => !stands(row)).map((row) => row.case_id);
  const opened =
    shut.length === 0 ? [] : await casesFrom(office, reader, 'case_id = any($2::text[])', [shut]);
  const byId = new Map(opened.map((one) => [one.case_id, one]));
  const applied = rows.map((row): Applied | null => {
    if (bare || row.kind !== 'candidacy' || !stands(row)) return null;
    return row.about === null || row.belongs_to === null
      ? null
      : { person: row.about, opening: row.belongs_to };
  });
  const rivals = await rivalsIn(office, reader, applied);
  return rows.map((row, n): ListedCase => {
    const { case_id, kind, site, sequence, stage, status, opened_at, moved_at } = row;
    const head = { case_id, kind, site, sequence, stage, status, opened_at, moved_at };
    const one = byId.get(case_id);
    const relations = bare ? [] : (row.relations ?? []);
    if (one === undefined) return { ...head, relations, office: null, rival: rivals[n] === true };
    const held = one.held;
    const told = held === null ? [] : deciderOf(kind).relations(held.own);
    return { ...head, relations: told, office: officeOf(held), rival: one.rival === true };
  });
}

/** What a reader is towards a case of a list. */
export function sightOnListed(reader: Reader, org: string, one: ListedCase): Sight {
  const { case_id: id, kind, site, rival } = one;
  return sightFrom(reader, { kind, id, site, org, rival }, one);
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

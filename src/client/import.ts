import type { Envelope } from '../contracts/envelope.ts';
import { deriveKey, deriveSalt } from '../directory/crypto.ts';
import { addPerson, peopleByRefs } from '../directory/people.ts';
import { capacitiesOf } from '../domain/kernel/can.ts';
import { opaque } from '../domain/kernel/digest.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { ReadingRefused, caseFor, readerOf } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { decideNow } from './decide.ts';
import { dryRun } from './dry-run.ts';
import type { House } from './house.ts';
import { doublesOf } from './import-doubles.ts';
import { readRows } from './import-rows.ts';
import type { ImportRow, RowError } from './import-rows.ts';

export interface Importing {
  readonly opening: string;
  /** The person of HR who enters the applications. */
  readonly actor: string;
  readonly acknowledge: readonly string[];
  /** How they were known; left out: whoever has the shell says so. */
  readonly how?: Envelope['how'];
}

/** A row as an application: refs and ids follow from the opening and the row's key, so the same file is the same. */
export interface Application {
  readonly row: ImportRow;
  readonly person: string;
  readonly candidacy: string;
  readonly envelope: Envelope;
}

export interface PlannedRow {
  readonly line: number;
  readonly person: string;
  readonly candidacy: string;
  readonly is: 'new' | 'there';
}

/** All that a file comes to, before anything is written. */
export interface Plan {
  readonly applications: readonly Application[];
  readonly rows: readonly PlannedRow[];
  readonly errors: readonly RowError[];
}

/**
 * Keyed: whoever has the ledger and guesses an address cannot tell whether its owner applied.
 * @param rowKey the row's key as its letters are composed
 */
function applicationOf(
  office: ReadingOffice,
  importing: Importing,
  {
    site,
    row,
    rowKey = row.key,
  }: { readonly site: string; readonly row: ImportRow; readonly rowKey?: string },
): Application {
  const { opening, actor, acknowledge, how = 'asserted_local' } = importing;
  const key = deriveKey(office.keys.master, 'import');
  const of = (what: string): string =>
    opaque(deriveSalt(key, JSON.stringify([office.org, opening, what, rowKey])).toString('hex'));
  const person = `prs_${of('person')}`;
  const candidacy = `candidacy-${of('candidacy')}`;
  const payload = {
    ...{ site, opening, person, attested: false },
    ...{ way: 'import', row: `row_${of('row')}` },
  };
  const envelope: Envelope = {
    ...{ v: 1, decisionId: `imp_${of('decision')}`, case: candidacy, type: 'open' },
    ...{ actor, how, payload },
    ...(acknowledge.length === 0 ? {} : { acknowledge: [...acknowledge] }),
  };
  return { row, person, candidacy, envelope };
}

/** People who are in the directory already under these refs: with the same details, or refused row by row. */
async function conflicts(office: ReadingOffice, list: readonly Application[]): Promise<readonly RowError[]> {
  const { pool, keys, org } = office;
  const refs = list.map(({ person }) => person);
  const people = await peopleByRefs(pool, keys, org, refs);
  const { rows } = await pool.query<{ ref: string }>(
    'select ref from persons where org = $1 and ref = any($2::text[]) and wrapped_key is null',
    [org, refs],
  );
  const erased = new Set(rows.map(({ ref }) => ref));
  const fields = ['name', 'email', 'phone', 'zone', 'channel'] as const;
  return list.flatMap(({ row, person }): readonly RowError[] => {
    if (erased.has(person)) return [{ line: row.line, code: 'erased' }];
    const there = people.get(person);
    const other =
      there === undefined
        ? undefined
        : fields.find((field) => (there[field]?.normalize('NFC') ?? null) !== row[field]);
    return other === undefined ? [] : [{ line: row.line, code: 'other_details', column: other }];
  });
}

/** The site of the opening, for its HR alone: who is there already is a matter of selection. @throws ReadingRefused */
async function siteOf(office: ReadingOffice, { opening, actor }: Importing): Promise<string> {
  if (kindOf(opening) !== 'opening') throw new ReadingRefused('unknown_case', opening);
  const reader = await readerOf(office, actor);
  const { one } = await caseFor(office, reader, opening);
  const { assignments, delegations, now: at } = reader;
  const scopes = [office.org, one.site, opening];
  const held = capacitiesOf(actor, { assignments, delegations, at, scopes, relations: [] });
  if (!held.includes('hr')) throw new ReadingRefused('not_permitted', opening);
  return one.site;
}

/** Candidacies that are there, whoever of HR entered them. */
async function thereAlready(
  office: ReadingOffice,
  list: readonly Application[],
): Promise<ReadonlySet<string>> {
  if (list.length === 0) return new Set();
  const { rows } = await office.pool.query<{ case_id: string }>(
    'select case_id from cases where org = $1 and case_id = any($2::text[])',
    [office.org, list.map(({ candidacy }) => candidacy)],
  );
  return new Set(rows.map((row) => row.case_id));
}

/** The applications of a file, and which of them are there. */
interface Known {
  readonly applications: readonly Application[];
  readonly there: ReadonlySet<string>;
}

/**
 * A key with accents may have been entered as a letter and its accent apart, before keys were read as one: such a row stays
 * the application that it was.
 */
async function knownOf(
  office: ReadingOffice,
  importing: Importing,
  site: string,
  rows: readonly ImportRow[],
): Promise<Known> {
  const composed = rows.map((row) => applicationOf(office, importing, { site, row }));
  const apart = rows.flatMap((row): readonly Application[] => {
    const rowKey = row.key.normalize('NFD');
    return rowKey === row.key ? [] : [applicationOf(office, importing, { site, row, rowKey })];
  });
  const there = await thereAlready(office, [...composed, ...apart]);
  const before = new Map(
    apart.filter(({ candidacy }) => there.has(candidacy)).map((one) => [one.row, one] as const),
  );
  const applications = composed.map((one) => (there.has(one.candidacy) ? one : (before.get(one.row) ?? one)));
  return { applications, there };
}

/**
 * What a file of applicants comes to: each row is run dry against the ledger as it stands. Writes nothing.
 * @throws ImportRefused, ReadingRefused
 */
export async function planImport(
  office: ReadingOffice,
  importing: Importing,
  bytes: Uint8Array,
): Promise<Plan> {
  const { rows, errors } = readRows(bytes);
  const site = await siteOf(office, importing);
  const { applications, there } = await knownOf(office, importing, site, rows);
  const fresh = applications.filter(({ candidacy }) => !there.has(candidacy));
  const doubles = await doublesOf(office, importing.opening, fresh);
  const twice = new Set(doubles.map((one) => one.line));
  const found: RowError[] = [...errors, ...(await conflicts(office, applications)), ...doubles];
  const planned: PlannedRow[] = [];
  for (const { row, person, candidacy, envelope } of applications) {
    const { line } = row;
    if (twice.has(line)) continue;
    if (there.has(candidacy)) {
      planned.push({ line, person, candidacy, is: 'there' });
      continue;
    }
    const dry = await dryRun(office, envelope);
    if (dry.is === 'would') planned.push({ line, person, candidacy, is: 'new' });
    else {
      const { code, rule, missing } = dry.refusal;
      found.push({ line, code: [code, rule, missing[0]?.code].filter((one) => one !== undefined).join(' ') });
    }
  }
  return { applications, rows: planned, errors: found.toSorted((a, b) => a.line - b.line) };
}

export type Imported =
  | { readonly is: 'done'; readonly rows: readonly PlannedRow[] }
  /** One row had no answer, or its opening changed meanwhile; those before it are in. The same file again goes on. */
  | {
      readonly is: 'stopped';
      readonly rows: readonly PlannedRow[];
      readonly line: number;
      readonly why: 'not_confirmed' | 'refused';
    };

/**
 * Enters a planned file: each new row is one command of HR. Names and addresses go sealed into the directory, and
 * nobody is attested (domain 5.3). Doing it again enters what is not there yet, and nothing twice.
 * @throws Error for a plan with errors: all rows or none
 */
export async function carryOut(house: House, plan: Plan): Promise<Imported> {
  if (plan.errors.length > 0) throw new Error('import_with_errors');
  const { org, pool, keys } = house;
  const fresh = new Set(plan.rows.filter((row) => row.is === 'new').map((row) => row.line));
  const done: PlannedRow[] = plan.rows.filter((row) => row.is === 'there');
  for (const { row, person, candidacy, envelope } of plan.applications) {
    if (!fresh.has(row.line)) continue;
    const { name, email, phone, zone, channel, line } = row;
    await addPerson(pool, keys, { org, ref: person, name, email, phone, zone, channel });
    const decided = await decideNow(house, envelope);
    if (decided.is !== 'done') return { is: 'stopped', rows: done, line, why: decided.is };
    done.push({ line, person, candidacy, is: 'new' });
  }
  return { is: 'done', rows: done.toSorted((a, b) => a.line - b.line) };
}

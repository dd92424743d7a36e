import * as files from 'node:fs';
import { dirname, join } from 'node:path';
import type { Db } from '../directory/db.ts';
import { erasedOf } from './erased-entries.ts';
import type { Entry, ErasedBefore } from './erased-entries.ts';
import { FAR_MS, addFar, addTo, readFar } from './far-file.ts';

/** Something that was erased, without where and when. */
export type Erased =
  | { readonly is: 'person'; readonly ref: string }
  | { readonly is: 'texts'; readonly refs: readonly string[] };

/** Where the list of an installation lies, and where a second one does, if there is such a place. */
export interface ErasedPlace {
  readonly file: string;
  /** Another disk or machine; null where the operator named none. */
  readonly second: string | null;
}

const NAME = 'erased.jsonl';

/** The list could not be written, so nothing is erased: a copy would bring it back. */
export class ErasedListClosed extends Error {
  readonly code = 'erased_list_closed';
  constructor(file: string) {
    super(
      `Nothing was erased: the list ${file}, which keeps a restore from bringing erased things back, cannot be written. Make room or give back the right to write there, then repeat.`,
    );
    this.name = 'ErasedListClosed';
  }
}

/** Where an installation keeps its list: in its folder, and beside the second copies of signed heads. */
export const erasedIn = (folder: string, secondFolder: string | null): ErasedPlace => ({
  file: join(folder, NAME),
  second: secondFolder === null ? null : join(secondFolder, NAME),
});

const textOf = (entries: readonly Entry[]): string =>
  entries.map((one) => `${JSON.stringify(one)}\n`).join('');

const append = (file: string, text: string): void => addTo(files, file, dirname(file), text);

/**
 * Notes what is being erased: the last thing before the transaction is committed. So the list never lacks what the
 * database has lost; it may name something whose commit was lost in that very moment. The second list follows once the
 * transaction is over, see {@link followSecond}: a share that hangs must hold no lock of the ledger.
 * @param place null: nobody keeps a list here, as in a play that is thrown away
 * @param now as an instant
 * @throws ErasedListClosed
 */
export function noteErased(place: ErasedPlace | null, org: string, what: Erased, now: number): void {
  if (place === null || (what.is === 'texts' && what.refs.length === 0)) return;
  const head = { v: 1 as const, org, at: now };
  const entry: Entry =
    what.is === 'person' ? { ...head, ...what } : { ...head, is: 'texts', refs: [...what.refs] };
  try {
    append(place.file, textOf([entry]));
  } catch {
    throw new ErasedListClosed(place.file);
  }
}

/** Reads lists and takes them together. @param list those that are not there count as empty */
export const readErased = (list: readonly string[], org: string): ErasedBefore =>
  erasedOf(
    list
      .filter((file) => files.existsSync(file))
      .map((file) => ({ file, text: files.readFileSync(file, 'utf8') })),
    org,
  );

/** A list that may be away itself. */
function readIfThere(file: string, org: string): ErasedBefore | null {
  try {
    return readErased([file], org);
  } catch {
    return null;
  }
}

/** Whether another list knows every line it should: `none` where there is no such place. */
export type Followed = 'written' | 'not_reached' | 'none';

const LOOKS = 3;

/**
 * Brings lines to a list on another disk, as far as it lacks them, and looks whether they are there: two machines that
 * write to one share at once may write over each other.
 */
async function bringOver(lines: readonly string[], to: string, org: string, ms: number): Promise<Followed> {
  const until = Date.now() + ms;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const text = await readFar(to, until - Date.now());
    if (text === null) return 'not_reached';
    const known = new Set(erasedOf([{ file: to, text }], org).lines);
    const missing = lines.filter((line) => !known.has(line));
    if (missing.length === 0) return 'written';
    if (!(await addFar(to, `${missing.join('\n')}\n`, until - Date.now()))) return 'not_reached';
  }
  return 'not_reached';
}

/**
 * Brings the second list up to the first, as far as it can be reached in time: what it lacks, from before as well. What
 * it does not get now it gets the next time, at the latest by night.
 */
export async function followSecond(place: ErasedPlace | null, org: string, ms = FAR_MS): Promise<Followed> {
  if (place === null || place.second === null) return 'none';
  const known = readIfThere(place.file, org);
  return known === null ? 'not_reached' : bringOver(known.lines, place.second, org, ms);
}

/** Everything of an organization that its database has erased. A text about somebody erased went with their key. */
const GONE_SQL = `
  select (select coalesce(json_agg(ref order by ref), '[]') from persons where org = $1 and erased_at is not null) as people,
    (select coalesce(json_agg(t.ref order by t.ref), '[]') from texts t where t.org = $1 and t.redaction = 'deleted') as texts,
    (select position from heads where org = $1) as position`;

export interface ErasedInDatabase {
  readonly people: readonly string[];
  readonly texts: readonly string[];
  /** How far its ledger goes. */
  readonly position?: number | undefined;
  /** Noted long ago, and there all the same. */
  readonly undone?: { readonly people: readonly string[]; readonly texts: readonly string[] };
}

/** @returns what the database itself says was erased. */
export async function erasedIndeed(db: Db, org: string): Promise<ErasedInDatabase> {
  const { rows } = await db.query<ErasedInDatabase>(GONE_SQL, [org]);
  return rows[0] ?? { people: [], texts: [] };
}

/** Much longer than any transaction takes between the note and its commit. */
const LONG_AGO_MS = 3_600_000;

const THERE_SQL = `
  select (select coalesce(json_agg(ref order by ref), '[]') from persons
      where org = $1 and ref = any($2::text[]) and erased_at is null) as people,
    (select coalesce(json_agg(ref order by ref), '[]') from texts
      where org = $1 and ref = any($3::text[]) and sealed is not null and redaction is distinct from 'deleted') as texts`;

/** @returns what a list names as erased since long and the database still has: the commit was lost. */
export async function notDone(
  db: Db,
  org: string,
  { people, texts, notedAt }: ErasedBefore,
  now: number,
): Promise<{ readonly people: readonly string[]; readonly texts: readonly string[] }> {
  const old = (refs: ReadonlySet<string>): readonly string[] =>
    [...refs].filter((ref) => (notedAt.get(ref) ?? now) < now - LONG_AGO_MS);
  const asked = [org, old(people), old(texts)];
  const { rows } = await db.query<{ people: string[]; texts: string[] }>(THERE_SQL, asked);
  return rows[0] ?? { people: [], texts: [] };
}

/** What a list has to be told so that it is complete, and that it is. */
function lacking(known: ErasedBefore, org: string, gone: ErasedInDatabase, now: number): readonly Entry[] {
  const people = gone.people.filter((ref) => !known.people.has(ref));
  const texts = gone.texts.filter((ref) => !known.texts.has(ref));
  const undone = { people: [...(gone.undone?.people ?? [])], texts: [...(gone.undone?.texts ?? [])] };
  const head = { v: 1 as const, org, at: now };
  const { position } = gone;
  return [
    ...people.map((ref): Entry => ({ ...head, is: 'person', ref })),
    ...(texts.length === 0 ? [] : [{ ...head, is: 'texts' as const, refs: [...texts] }]),
    ...(undone.people.length + undone.texts.length === 0
      ? []
      : [{ ...head, is: 'not_done' as const, ...undone }]),
    { ...head, is: 'complete', ...(position === undefined ? {} : { position }) },
  ];
}

/**
 * Adds to a list what the database has erased and the list does not name: erased by another host, or before there was a
 * list. Then says in it that it is complete.
 * @param now read before the database was asked, as an instant
 * @param others lines of other lists, which it gets as they are
 * @throws what the file system says
 */
export function completeList(
  file: string,
  org: string,
  gone: ErasedInDatabase,
  now: number,
  others: readonly string[] = [],
): void {
  const own = new Set(readErased([file], org).lines);
  const more = others.filter((line) => !own.has(line)).map((line) => `${line}\n`);
  const known = erasedOf([{ file, text: [...[...own].map((line) => `${line}\n`), ...more].join('') }], org);
  append(file, more.join('') + textOf(lacking(known, org, gone, now)));
}

/**
 * Brings the lists of an installation up to date with its database. The first is that of the data folder; the others
 * are given what it has, and are waited for a while only.
 * @returns files that could not be written
 */
export async function completeLists(
  db: Db,
  org: string,
  [first = '', ...others]: readonly string[],
  now: number,
  ms = FAR_MS,
): Promise<readonly string[]> {
  const gone = await erasedIndeed(db, org);
  const known = readIfThere(first, org) ?? erasedOf([], org);
  const whole = { ...gone, undone: await notDone(db, org, known, now) };
  const unwritten: string[] = [];
  try {
    completeList(first, org, whole, now);
  } catch {
    unwritten.push(first);
  }
  const fresh = textOf(lacking(known, org, whole, now))
    .trimEnd()
    .split('\n');
  const lines = [...new Set([...known.lines, ...fresh])];
  for (const file of others) if ((await bringOver(lines, file, org, ms)) !== 'written') unwritten.push(file);
  return unwritten;
}

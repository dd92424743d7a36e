import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Db } from '../directory/db.ts';

/** What was erased for good, kept outside the database, so that no older copy of it brings anything back. */
const entrySchema = z.discriminatedUnion('is', [
  /** A person's key was destroyed. */
  z.strictObject({
    v: z.literal(1),
    is: z.literal('person'),
    org: z.string(),
    at: z.number(),
    ref: z.string(),
  }),
  /** Texts were deleted: purged when their day had come, or redacted. */
  z.strictObject({
    ...{ v: z.literal(1), is: z.literal('texts'), org: z.string(), at: z.number() },
    refs: z.array(z.string()),
  }),
  /** The list was held against the database, and nothing was missing any more. */
  z.strictObject({ v: z.literal(1), is: z.literal('complete'), org: z.string(), at: z.number() }),
]);
type Entry = z.output<typeof entrySchema>;

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

/** What lists say of one organization, taken together. */
export interface ErasedBefore {
  readonly people: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  /** Until when the most complete of them knows of every erasure, as an instant; null: none was ever compared. */
  readonly completeTo: number | null;
  /** Lines that were cut off or damaged, as `file:line`. */
  readonly unreadable: readonly string[];
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

/** @returns whether the last line of a file was cut off by a crash, so that the next must not run into it */
function isCutOff(file: string): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return false;
  return !readFileSync(file, 'utf8').endsWith('\n');
}

/** Adds lines and waits until the disk has them. @throws what the file system says */
function append(file: string, entries: readonly Entry[]): void {
  const lines = entries.map((one) => `${JSON.stringify(one)}\n`).join('');
  const text = isCutOff(file) ? `\n${lines}` : lines;
  const isNew = !existsSync(file);
  // Until everything is written: a disk that is nearly full takes a part, and says no to the rest.
  flushed(file, 'a', (handle) => writeFileSync(handle, text));
  // A new file is there after a power cut only when its folder was flushed too.
  if (isNew && process.platform !== 'win32') flushed(dirname(file), 'r', () => undefined);
}

function flushed(path: string, flags: 'a' | 'r', work: (handle: number) => void): void {
  const handle = openSync(path, flags, 0o600);
  try {
    work(handle);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function appendSecond(file: string | null, entries: readonly Entry[]): boolean {
  if (file === null) return true;
  try {
    append(file, entries);
    return true;
  } catch {
    return false;
  }
}

/**
 * Notes what is being erased: the last thing before the transaction is committed. So the list never lacks what the
 * database has lost; it may name something whose commit was lost in that very moment, which was asked for all the same.
 * @param place null: nobody keeps a list here, as in a play that is thrown away
 * @param now as an instant
 * @throws ErasedListClosed; a second list that cannot be written is brought up to date later
 */
export function noteErased(place: ErasedPlace | null, org: string, what: Erased, now: number): void {
  if (place === null || (what.is === 'texts' && what.refs.length === 0)) return;
  const head = { v: 1 as const, org, at: now };
  const entry: Entry =
    what.is === 'person' ? { ...head, ...what } : { ...head, is: 'texts', refs: [...what.refs] };
  try {
    append(place.file, [entry]);
  } catch {
    throw new ErasedListClosed(place.file);
  }
  appendSecond(place.second, [entry]);
}

function parsed(line: string): Entry | null {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * Reads lists and takes them together. A line that cannot be read is named and passed over: one that a crash cut off
 * belongs to an erasure that was never committed.
 * @param files those that are not there count as empty
 */
export function readErased(files: readonly string[], org: string): ErasedBefore {
  const people = new Set<string>();
  const texts = new Set<string>();
  const unreadable: string[] = [];
  let completeTo: number | null = null;
  for (const file of files.filter((one) => existsSync(one))) {
    for (const [n, line] of readFileSync(file, 'utf8').split('\n').entries()) {
      if (line === '') continue;
      const entry = parsed(line);
      if (entry === null) unreadable.push(`${file}:${n + 1}`);
      else if (entry.org === org) {
        if (entry.is === 'person') people.add(entry.ref);
        else if (entry.is === 'texts') for (const ref of entry.refs) texts.add(ref);
        else completeTo = Math.max(completeTo ?? 0, entry.at);
      }
    }
  }
  return { people, texts, completeTo, unreadable };
}

/** Everything of an organization that its database has erased. A text about somebody erased went with their key. */
const GONE_SQL = `
  select (select coalesce(json_agg(ref order by ref), '[]') from persons where org = $1 and erased_at is not null) as people,
    (select coalesce(json_agg(t.ref order by t.ref), '[]') from texts t where t.org = $1 and t.redaction = 'deleted') as texts`;

export interface ErasedInDatabase {
  readonly people: readonly string[];
  readonly texts: readonly string[];
}

/** @returns what the database itself says was erased. */
export async function erasedIndeed(db: Db, org: string): Promise<ErasedInDatabase> {
  const { rows } = await db.query<ErasedInDatabase>(GONE_SQL, [org]);
  return rows[0] ?? { people: [], texts: [] };
}

/**
 * Adds to a list what the database has erased and the list does not name: erased by another host, or before there was a
 * list. Then says in it that it is complete.
 * @param now read before the database was asked, as an instant
 * @throws what the file system says
 */
export function completeList(file: string, org: string, gone: ErasedInDatabase, now: number): void {
  const known = readErased([file], org);
  const people = gone.people.filter((ref) => !known.people.has(ref));
  const texts = gone.texts.filter((ref) => !known.texts.has(ref));
  const head = { v: 1 as const, org, at: now };
  append(file, [
    ...people.map((ref): Entry => ({ ...head, is: 'person', ref })),
    ...(texts.length === 0 ? [] : [{ ...head, is: 'texts' as const, refs: [...texts] }]),
    { ...head, is: 'complete' },
  ]);
}

/**
 * Brings the lists of an installation up to date with its database.
 * @returns files that could not be written
 */
export async function completeLists(
  db: Db,
  org: string,
  files: readonly string[],
  now: number,
): Promise<readonly string[]> {
  const gone = await erasedIndeed(db, org);
  return files.filter((file) => {
    try {
      completeList(file, org, gone, now);
      return false;
    } catch {
      return true;
    }
  });
}

import { deciderOf } from '../domain/cases.ts';
import type { CaseKind, PersonRef, Visibility } from '../domain/kernel/words.ts';
import { named, whoIs } from './ask-names.ts';
import { ReadingRefused, casesFrom, readerOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';

/** One reading of selection or confidential matters about a person. */
export interface Accessed {
  readonly at: number;
  readonly by: PersonRef;
  readonly name: string | null;
  /** Which question was asked: `text`, `case`, `history` … */
  readonly what: string;
  /** The cases and texts of theirs that it showed something of. */
  readonly refs: readonly string[];
  readonly classes: readonly Visibility[];
}

interface Row {
  readonly at: number;
  readonly actor: string;
  readonly body: string;
}

type Reading = Pick<Accessed, 'what' | 'refs' | 'classes'>;

/** Which of these cases and texts are about the person: a case by who is concerned in it, a text by its subject. */
async function aboutThem(
  office: ReadingOffice,
  reader: Reader,
  refs: readonly string[],
): Promise<ReadonlySet<string>> {
  const { pool, org } = office;
  const cases = await casesFrom(office, reader, 'case_id = any($2::text[])', [refs]);
  const theirs = cases.filter(({ kind, held }) =>
    (held === null ? [] : deciderOf(kind as CaseKind).relations(held.own)).some(
      (one) => one.person === reader.as && (one.capacity === 'candidate' || one.capacity === 'employee'),
    ),
  );
  const { rows } = await pool.query<{ ref: string }>(
    'select ref from texts where org = $1 and subject = $2 and ref = any($3::text[])',
    [org, reader.as, refs],
  );
  return new Set([...theirs.map((one) => one.case_id), ...rows.map((row) => row.ref)]);
}

/** Of a reading of many cases the person learns what concerns them, and nothing of the others. */
function concerning({ what, refs, classes }: Reading, theirs: ReadonlySet<string>): Reading {
  const own = refs.filter((ref) => theirs.has(ref));
  // Classes stand for the whole query; of a query over several cases the strictest need not be theirs.
  return { what, refs: own, classes: own.length === refs.length ? classes : [] };
}

/**
 * Who has read selection or confidential matters about a person, oldest first (domain 5.2). It is theirs alone: to
 * anybody else the list would tell what lies in the vault about them.
 * @param about the person; the same as who asks
 * @throws ReadingRefused
 */
export async function askAccess(
  office: ReadingOffice,
  as: As,
  about: PersonRef,
): Promise<readonly Accessed[]> {
  if (as !== about) throw new ReadingRefused('not_permitted', `The list of readings about ${about}`);
  const reader = await readerOf(office, as);
  const { rows } = await office.pool.query<Row>(
    `select at, actor, body from ledger where org = $1 and case_id = 'house-access' and kind = 'read'
     order by position`,
    [office.org],
  );
  const readings = rows.map(({ body }) => JSON.parse(body) as Reading);
  const theirs = await aboutThem(office, reader, [...new Set(readings.flatMap((one) => one.refs))]);
  const list = rows.flatMap(({ at, actor: by }, n) => {
    const reading = concerning(readings[n] ?? { what: '', refs: [], classes: [] }, theirs);
    return reading.refs.length === 0 ? [] : [{ at, by, name: null, ...reading }];
  });
  const people = new Set(list.map((one) => one.by));
  const known = await named(
    office,
    [...people].map((person) => whoIs(person, reader)),
    people,
  );
  const names = new Map(known.map((who) => [who.owner, who.name]));
  return list.map((one) => ({ ...one, name: names.get(one.by) ?? null }));
}

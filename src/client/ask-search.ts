import type { CaseKind } from '../domain/kernel/words.ts';
import { SEALED } from '../ledger/fold.ts';
import { recordReading } from './ask-access.ts';
import { classesIn, rowsFor, wanted, withNames } from './ask-history.ts';
import type { Happened } from './ask-history.ts';
import { casesFrom, readerOf, seesCase, sightOn } from './ask-reader.ts';
import type { As, Reader, ReadingOffice, SeenCase } from './ask-reader.ts';
import { sitesOf } from './ask-waiting.ts';
import { checkKind } from './known-kinds.ts';

/** An instant, or so long before the organization's present one, both in milliseconds. */
export type Moment = { readonly at: number } | { readonly ago: number };

export interface SearchQuestion {
  readonly actor?: string | undefined;
  readonly kind?: string | undefined;
  readonly case?: string | undefined;
  readonly since?: Moment | undefined;
  readonly until?: Moment | undefined;
  /** So many rows at most: the latest. */
  readonly limit: number;
  /** Only rows before this position: where an earlier page began. */
  readonly before?: number | undefined;
}

/** A row with the case it stands in. */
export interface Found extends Happened {
  readonly case: string;
  readonly zone: string;
}

interface FoundIn {
  readonly one: SeenCase;
  readonly list: readonly Happened[];
}

const instantOf = (moment: Moment | undefined, now: number): number | undefined => {
  if (moment === undefined) return undefined;
  return 'at' in moment ? moment.at : now - moment.ago;
};

interface Filter {
  readonly actor?: string | undefined;
  readonly kind?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Cases with a row that could fit; what a reader sees of it is judged afterwards, row by row. */
async function candidates(
  office: ReadingOffice,
  reader: Reader,
  id: string | undefined,
  filter: Filter,
): Promise<readonly SeenCase[]> {
  const { rows } = await office.pool.query<{ id: string }>(
    `select distinct case_id as id from ledger where org = $1 and case_id not like 'house-%'
       and ($2::text is null or case_id = $2) and ($3::text is null or actor = $3)
       and ($4::text is null or kind = $4 or kind = $7)
       and ($5::bigint is null or at >= $5) and ($6::bigint is null or at < $6)`,
    [
      ...[office.org, id ?? null, filter.actor ?? null, filter.kind ?? null],
      ...[filter.since ?? null, filter.until ?? null, SEALED],
    ],
  );
  const found = await casesFrom(office, reader, 'case_id = any($2::text[])', [rows.map((row) => row.id)]);
  return found.filter((one) => seesCase(sightOn(reader, office.org, one), one.kind as CaseKind));
}

/**
 * Rows over all cases that a reader may know of, in the order of the ledger. A filter looks at what they may see: a masked
 * row does not answer to the name of its actor.
 * @returns the latest of them, and how many more there were
 * @throws ReadingRefused for an unknown reader, KindUnknown for a kind that no entry can have
 */
export async function askSearch(
  office: ReadingOffice,
  as: As,
  question: SearchQuestion,
): Promise<{ readonly now: number; readonly list: readonly Found[]; readonly more: number }> {
  checkKind(question.kind);
  const reader = await readerOf(office, as);
  const [since, until] = [instantOf(question.since, reader.now), instantOf(question.until, reader.now)];
  const before = question.before ?? Number.POSITIVE_INFINITY;
  const filter = { actor: question.actor, kind: question.kind, since, until };
  const found: FoundIn[] = [];
  for (const one of await candidates(office, reader, question.case, filter)) {
    const list = await rowsFor(office, reader, one, sightOn(reader, office.org, one));
    found.push({ one, list: list.filter((row) => row.position < before && wanted(filter, row)) });
  }
  const positions = found.flatMap(({ list }) => list.map((row) => row.position)).toSorted((a, b) => a - b);
  const first = positions.at(-question.limit) ?? 0;
  const sites = await sitesOf(office);
  const shown: Found[] = [];
  for (const { one, list } of found) {
    const kept = list.filter((row) => row.position >= first);
    const named = await withNames(office, sightOn(reader, office.org, one), reader, kept);
    const zone = sites.get(one.site)?.zone ?? 'UTC';
    shown.push(...named.map((row) => ({ ...row, case: one.case_id, zone })));
  }
  const list = shown.toSorted((a, b) => a.position - b.position);
  const read = list.filter((row) => classesIn([row]).some((one) => one === 'C2' || one === 'C3'));
  await recordReading(office, reader, {
    what: 'search',
    refs: read.map((row) => row.case),
    classes: classesIn(read),
  });
  return { now: reader.now, list, more: positions.length - list.length };
}

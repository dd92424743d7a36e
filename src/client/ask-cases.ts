import { isTold } from '../domain/kernel/why.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { factSeen } from '../domain/seen.ts';
import { recordReading } from './ask-access.ts';
import {
  caseClass,
  caseFor,
  listedFrom,
  readerOf,
  readsInside,
  seesCase,
  sightOnListed,
} from './ask-reader.ts';
import { headsSeen } from './ask-heads.ts';
import type { HeadSeen } from './ask-heads.ts';
import type { As, ListedCase, ReadingOffice } from './ask-reader.ts';
import { sitesOf, strictOf, waitingFor } from './ask-waiting.ts';
import type { Waiting } from './ask-waiting.ts';

/** A case on the board: where it stands and what it waits for next. */
export interface BoardRow {
  readonly case: string;
  readonly kind: string;
  readonly site: string;
  readonly siteName: string;
  readonly zone: string;
  readonly stage: string;
  readonly status: string;
  /** Null, as `movedAt` is, for whoever may not read in a confidential case: they would tell that something happens there. */
  readonly sequence: number | null;
  readonly openedAt: number;
  readonly movedAt: number | null;
  /** The soonest thing owed there, as this reader may know it; null when nothing is. */
  readonly waiting: Waiting | null;
}

export interface BoardQuestion {
  readonly as: As;
  /** Final cases too. */
  readonly all?: boolean | undefined;
  readonly kind?: string | undefined;
}

/** Every case a reader may know of, with what it waits for. @throws ReadingRefused for an unknown person */
export async function askBoard(
  office: ReadingOffice,
  question: BoardQuestion,
): Promise<{ readonly now: number; readonly list: readonly BoardRow[] }> {
  const reader = await readerOf(office, question.as);
  const cases = await listedFrom(
    office,
    reader,
    `($2::boolean or status <> 'final') and ($3::text is null or kind = $3)`,
    [question.all === true, question.kind ?? null],
  );
  const looked = cases.map((one) => ({ one, sight: sightOnListed(reader, office.org, one) }));
  const among = looked.filter(({ one, sight }) => seesCase(sight, one.kind));
  const seen = among.map(({ one }) => one);
  const [waiting, sites] = await Promise.all([waitingFor(office, reader, {}), sitesOf(office)]);
  const soonest = new Map<string, Waiting>();
  for (const one of waiting) {
    const first = soonest.get(one.case);
    // Of two who are asked the same, whoever answers for both.
    const answers =
      first !== undefined && isTold(first.why) && one.why.due === first.why.due && !isTold(one.why);
    if (first === undefined || answers) soonest.set(one.case, one);
  }
  const heads = await headsSeen(office, among);
  const list = among.map(({ one }): BoardRow => ({
    ...headOf(one, sites.get(one.site), heads.get(one.case_id)),
    waiting: soonest.get(one.case_id) ?? null,
  }));
  const strict = strictOf([...soonest.values()]);
  const personal = seen.filter((one) => caseClass[one.kind] === 'C2').map((one) => one.case_id);
  await recordReading(office, reader, {
    what: 'board',
    refs: [...strict.refs, ...personal],
    classes: [...strict.classes, ...(personal.length === 0 ? [] : (['C2'] as const))],
  });
  return { now: reader.now, list };
}

function headOf(
  one: Omit<ListedCase, 'kind' | 'relations' | 'office' | 'rival'> & { readonly kind: string },
  site: { readonly name: string; readonly zone: string } | undefined,
  seen: HeadSeen | undefined,
) {
  return {
    ...{ case: one.case_id, kind: one.kind, site: one.site, siteName: site?.name ?? one.site },
    ...{ zone: site?.zone ?? 'UTC', stage: one.stage, status: one.status },
    ...{ sequence: seen?.sequence ?? null },
    ...{ openedAt: one.opened_at, movedAt: seen?.movedAt ?? null },
  };
}

export interface ShownFact {
  readonly kind: string;
  readonly subject: string;
  readonly value: string;
}

export interface ShownCase extends Omit<BoardRow, 'waiting'> {
  /** Null where the reader may not see them. */
  readonly facts: readonly ShownFact[] | null;
  readonly waiting: readonly Waiting[];
  readonly nextWake: number | null;
}

/** One case: where it stands, what it has published, what it waits for. @throws ReadingRefused */
export async function askCase(
  office: ReadingOffice,
  as: As,
  id: string,
): Promise<{ readonly now: number; readonly shown: ShownCase }> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const [sites, waiting] = await Promise.all([sitesOf(office), waitingFor(office, reader, { case: id })]);
  const { rows } = await office.pool.query<ShownFact>(
    'select kind, subject, value from facts where org = $1 and case_id = $2 order by kind, subject',
    [office.org, id],
  );
  const content = caseClass[one.kind as CaseKind];
  const narrow = readsInside(sight, one.kind as CaseKind, 'C2');
  const seen = rows.filter(({ kind }) => factSeen(kind, sight.capacities, narrow));
  const facts = readsInside(sight, one.kind as CaseKind, content) ? seen : null;
  const strict = strictOf(waiting);
  const classes = facts === null ? strict.classes : [...strict.classes, content];
  await recordReading(office, reader, { what: 'case', refs: [id], classes });
  const heads = await headsSeen(office, [{ one, sight }]);
  const head = headOf(one, sites.get(one.site), heads.get(id));
  const nextWake = heads.has(id) ? one.next_wake : null;
  return { now: reader.now, shown: { ...head, facts, waiting, nextWake } };
}

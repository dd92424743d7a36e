import { apartFrom } from '../domain/apart.ts';
import { ownWords } from '../domain/standins.ts';
import { capacitiesOf } from '../domain/kernel/can.ts';
import { isTold, whyAll } from '../domain/kernel/why.ts';
import type { KeptObligation, Why } from '../domain/kernel/why.ts';
import type { Capacity, Owner, PersonRef, Visibility } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { whoIs } from './ask-names.ts';
import type { Who } from './ask-names.ts';
import { withNames } from './ask-waiting-names.ts';
import { withUnreached } from './ask-unreached.ts';
import { inPlaceOf, ownersIn } from './sight.ts';
import { listedFrom, ownersOf, readerOf, seesCase, sightOnListed } from './ask-reader.ts';
import type { As, ListedCase, Reader, ReadingOffice, Sight } from './ask-reader.ts';

/** How the person whose list it is may answer what they are asked. */
export interface Answering {
  /** What whoever is asked is in this case. */
  readonly capacities: readonly Capacity[];
  /** In whose place they are asked; null where it is they themselves. */
  readonly inPlaceOf: PersonRef | null;
}

/** One thing that waits, as its reader may know it. */
export interface Waiting {
  readonly case: string;
  readonly kind: string;
  readonly stage: string;
  readonly site: string;
  readonly siteName: string;
  readonly zone: string;
  readonly late: boolean;
  readonly why: Why;
  /** Whom it waits for; null where that is masked. */
  readonly who: Who | null;
  /** Who is asked next. */
  readonly nextTo: readonly Who[];
  /** Whom a message did not reach, where that is what waits; null elsewhere, and where it is not the reader's to know. */
  readonly unreached: Who | null;
  /** Only in a list of what one person is asked. */
  readonly answering?: Answering;
}

export interface WaitingQuestion {
  readonly as: As;
  /** Only what this person, or whom they stand in for, is asked. */
  readonly mine?: PersonRef | undefined;
  readonly late?: boolean | undefined;
  readonly case?: string | undefined;
  /** So many of the soonest are enough; there may be more in the answer. Left out: all. */
  readonly most?: number | undefined;
}

/** As it is kept, with who gave another word on it: that stays in here. */
interface KeptItem {
  readonly kept: KeptObligation;
  readonly spoke: readonly PersonRef[];
}

const nobody: readonly PersonRef[] = [];

interface Row extends Omit<KeptObligation, 'rung' | 'atSilence' | 'next'> {
  readonly case_id: string;
  readonly at_silence: string;
  readonly next: string | null;
  readonly next_rung: string | null;
  readonly next_rung_at: number | null;
  readonly next_rung_to: string | null;
  readonly spoke: readonly PersonRef[] | null;
}

function keptOf(row: Row): KeptItem {
  const { id, code, owner, since, due, visibility, next, reminded } = row;
  const to = row.next_rung_to === null || row.next_rung_to === '' ? [] : row.next_rung_to.split(',');
  const rung =
    row.next_rung === null || row.next_rung_at === null
      ? null
      : { id: row.next_rung, at: row.next_rung_at, to };
  const kept = { id, code, owner, since, due, visibility, atSilence: row.at_silence, next, rung, reminded };
  return { kept, spoke: row.spoke ?? nobody };
}

/** Which obligations are read. */
interface Picked {
  /** Null: of every case. */
  readonly of: string | null;
  /** Null: whoever owes them. */
  readonly owners: readonly string[] | null;
  /** Only what was due before; null: whenever. */
  readonly before: number | null;
  /** Null: all of them. */
  readonly most: number | null;
}

interface Kept {
  readonly byCase: ReadonlyMap<string, readonly KeptItem[]>;
  /** Of what is due from this instant on, not everything was read; null: all was. */
  readonly cutAt: number | null;
}

/**
 * Obligations by case, soonest due first. The database picks them, so that the list of one person among thousands of hires
 * costs what that person owes.
 */
async function obligations(office: ReadingOffice, { of, owners, before, most }: Picked): Promise<Kept> {
  const { rows } = await office.pool.query<Row>(
    `select case_id, id, code, owner, since, due, visibility, at_silence, next, next_rung, next_rung_at, next_rung_to,
       reminded, spoke from obligations where org = $1 and ($2::text is null or case_id = $2)
       and ($3::text[] is null or owner = any($3)) and ($4::bigint is null or due < $4) order by due, id limit $5`,
    [office.org, of, owners, before, most],
  );
  const byCase = new Map<string, KeptItem[]>();
  for (const row of rows) {
    const kept = byCase.get(row.case_id);
    if (kept === undefined) byCase.set(row.case_id, [keptOf(row)]);
    else kept.push(keptOf(row));
  }
  return { byCase, cutAt: rows.length === most ? (rows.at(-1)?.due ?? null) : null };
}

/** Names and zones of the sites; nothing about a person. */
export async function sitesOf(
  office: ReadingOffice,
): Promise<ReadonlyMap<string, { readonly name: string; readonly zone: string }>> {
  const { rows } = await office.pool.query<{ ref: string; name: string; zone: string }>(
    'select ref, name, zone from sites where org = $1',
    [office.org],
  );
  return new Map(rows.map((row) => [row.ref, row]));
}

interface Draft {
  readonly waiting: Waiting;
  readonly sight: Sight;
  /** Under which owners the person is asked in this case whose items are looked for; null: everybody's. */
  readonly asked: readonly Owner[] | null;
}

/** Who asks in a list of whose items, one case of it, and what somebody is towards it. */
interface CaseOfList {
  readonly org: string;
  readonly one: ListedCase;
  readonly reader: Reader;
  readonly sight: Sight;
  /** Whose items are looked for; null: everybody's. */
  readonly mine: { readonly reader: Reader; readonly owners: readonly Owner[] } | null;
}

/** Under which owners somebody is asked one item: by no office on whose behalf they gave the other word on it. */
function askedOn({ one, mine }: CaseOfList, spoke: readonly PersonRef[]): Draft['asked'] {
  if (mine === null) return null;
  return spoke.length === 0 ? mine.owners : ownersIn(mine.reader, one.kind, one.relations, spoke);
}

/** What whoever is asked may answer with, in a list of their own items. */
function answeringOf({ one, mine, reader, org }: CaseOfList, why: Why): { readonly answering?: Answering } {
  if (mine === null || why.masked) return {};
  const { owner } = why;
  const [office] = owner.split('@');
  const reach = {
    ...{ assignments: reader.assignments, delegations: reader.delegations, at: reader.now },
    ...{ scopes: [org, one.site, one.case_id], relations: one.relations },
  };
  const capacities = owner.includes('@') ? [office as Capacity] : capacitiesOf(owner, reach);
  return { answering: { capacities, inPlaceOf: inPlaceOf(mine.reader, owner) } };
}

function ofCase(
  listed: CaseOfList,
  items: readonly KeptItem[],
  site: { readonly name: string; readonly zone: string } | undefined,
): readonly Draft[] {
  const { one, sight, reader } = listed;
  const visible = seesCase(sight, one.kind);
  const theirs = (why: Why): boolean => !why.masked && sight.owners.includes(why.owner);
  const kept = items.map((item) => item.kept);
  const spokeOn = new Map(items.map((item) => [item.kept.id, item.spoke]));
  const whys = whyAll(kept, sight).filter((why) => visible || theirs(why));
  const { relations } = one;
  // Plain literals: a long list is made of objects of one form.
  return whys.map((why): Draft => {
    const spoke = why.masked ? nobody : (spokeOn.get(why.id) ?? nobody);
    const who = (owner: Owner): Who =>
      whoIs(
        owner,
        reader,
        relations,
        apartFrom(one.kind, relations, owner, spoke),
        why.masked ? undefined : why.code,
      );
    const waiting: Waiting = {
      case: one.case_id,
      kind: one.kind,
      stage: one.stage,
      site: one.site,
      siteName: site?.name ?? one.site,
      zone: site?.zone ?? 'UTC',
      late: why.due < reader.now && !isTold(why),
      why,
      who: why.masked ? null : who(why.owner),
      nextTo: why.masked ? [] : (why.rung?.to ?? []).map(who),
      unreached: null,
      ...answeringOf(listed, why),
    };
    return { waiting, sight, asked: askedOn(listed, spoke) };
  });
}

function wanted(question: Omit<WaitingQuestion, 'as'>, { waiting, asked }: Draft): boolean {
  if (question.late === true && !waiting.late) return false;
  if (asked === null) return true;
  if (waiting.why.masked) return false;
  const { code, owner } = waiting.why;
  // A stand-in is not asked for what only the other one can say (P3.3, P4.3).
  return asked.includes(owner) && (owner === question.mine || !ownWords.includes(code));
}

/** What waits, for a reader already known; whoever calls it records the reading. */
export async function waitingFor(
  office: ReadingOffice,
  reader: Reader,
  question: Omit<WaitingQuestion, 'as'>,
): Promise<readonly Waiting[]> {
  const mine = await mineOf(office, reader, question.mine);
  const sites = await sitesOf(office);
  const scope: Picked = {
    ...{ of: question.case ?? null, owners: mine === null ? null : [...new Set(ownersOf(mine))] },
    ...{ before: question.late === true ? reader.now : null, most: null },
  };
  const enough = question.most ?? Infinity;
  // What a reader may not see is left out, so more may have to be read than they want to see.
  for (let most = enough + SPARE; ; most *= GROWS) {
    const kept = await obligations(office, { ...scope, most: Number.isFinite(most) ? most : null });
    const drafts = await draftsOf(office, { reader, mine, question, sites, kept });
    if (kept.cutAt === null || drafts.length >= enough)
      return withNames(office, await withUnreached(office, drafts, reader), reader);
  }
}

const SPARE = 200;
const GROWS = 4;

async function mineOf(office: ReadingOffice, reader: Reader, mine: PersonRef | undefined) {
  if (mine === undefined) return null;
  return mine === reader.as ? reader : readerOf(office, mine);
}

interface Drafting {
  readonly reader: Reader;
  readonly mine: Reader | null;
  readonly question: Omit<WaitingQuestion, 'as'>;
  readonly sites: Awaited<ReturnType<typeof sitesOf>>;
  readonly kept: Kept;
}

async function draftsOf(
  office: ReadingOffice,
  { reader, mine, question, sites, kept: { byCase, cutAt } }: Drafting,
): Promise<readonly Draft[]> {
  const cases = await listedFrom(office, reader, 'case_id = any($2::text[])', [[...byCase.keys()]]);
  return cases
    .flatMap((one) => {
      const sight = sightOnListed(reader, office.org, one);
      const theirs = mine === reader ? sight : mine === null ? null : sightOnListed(mine, office.org, one);
      const owners = mine === null || theirs === null ? null : { reader: mine, owners: theirs.owners };
      const listed = { org: office.org, one, reader, sight, mine: owners };
      return ofCase(listed, byCase.get(one.case_id) ?? [], sites.get(one.site));
    })
    .filter((draft) => wanted(question, draft) && (cutAt === null || draft.waiting.why.due < cutAt))
    .toSorted((a, b) => a.waiting.why.due - b.waiting.why.due);
}

/** What of a list is more than daily work: the refs and classes its reading leaves in the ledger. */
export function strictOf(list: readonly Waiting[]): {
  readonly refs: readonly string[];
  readonly classes: readonly Visibility[];
} {
  const strict = list.flatMap(({ why, case: id }) =>
    !why.masked && (why.visibility === 'C2' || why.visibility === 'C3') ? [{ id, of: why.visibility }] : [],
  );
  return { refs: strict.map((one) => one.id), classes: strict.map((one) => one.of) };
}

/**
 * What waits, soonest due first: why-waiting of every open obligation, masked for the reader. Cases a reader may not
 * know of do not appear, except with what they themselves owe there.
 * @throws ReadingRefused for an unknown person
 */
export async function askWaiting(
  office: ReadingOffice,
  question: WaitingQuestion,
): Promise<{ readonly now: number; readonly list: readonly Waiting[] }> {
  const reader = await readerOf(office, question.as);
  const list = await waitingFor(office, reader, question);
  const { refs, classes } = strictOf(list);
  await recordReading(office, reader, { what: 'waiting', refs, classes });
  return { now: reader.now, list };
}

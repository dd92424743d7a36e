import { openVaultEntries } from '../directory/vault.ts';
import { canRead } from '../domain/kernel/can.ts';
import { classRead, fromConfidential, outlineOf, saidIn } from '../domain/seen.ts';
import type { CaseKind, PersonRef, Visibility } from '../domain/kernel/words.ts';
import { SEALED } from '../ledger/fold.ts';
import type { LedgerRow, VaultBody } from '../ledger/fold.ts';
import { recordReading } from './ask-access.ts';
import { hidingIn } from './ask-hidden.ts';
import type { Hiding } from './ask-hidden.ts';
import { named, whoIs } from './ask-names.ts';
import { caseFor, isTold, readerOf, readsInside } from './ask-reader.ts';
import type { As, Reader, ReadingOffice, SeenCase, Sight } from './ask-reader.ts';
import { sitesOf, strictOf, waitingFor } from './ask-waiting.ts';
import type { Waiting } from './ask-waiting.ts';
import { checkKind } from './known-kinds.ts';

/** Whom a prompt asked: a person, or whoever held a capacity at a place then. */
export interface Recipient {
  readonly owner: string;
  /** Of a person, where the reader may see names. */
  readonly name: string | null;
}

/** A row of a case as a reader may know it. */
export interface Happened {
  readonly position: number;
  /** Its number in the case; null where others of the case are not this reader's to know: a gap would count them. */
  readonly sequence: number | null;
  readonly at: number;
  /** The event's kind; null where not even that is theirs to know: such a row is in no list. */
  readonly kind: string | null;
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly how: string | null;
  readonly capacity: string | null;
  readonly decisionId: string | null;
  /** Whom a prompt asked; empty for everything else and where masked. */
  readonly to: readonly Recipient[];
  /** Codes, refs, dates and numbers; null where masked. */
  readonly body: object | null;
  readonly visibility: Visibility;
  readonly masked: boolean;
}

export interface HistoryFilter {
  readonly since?: number | undefined;
  /** Up to, and not at, this instant. */
  readonly until?: number | undefined;
  readonly actor?: string | undefined;
  readonly kind?: string | undefined;
}

/** Only an actor who is a person has a name; a policy and another case act under their own. */
const isPerson = (actor: string): boolean => actor.startsWith('prs_');

/** What lies sealed of these rows, by their number in the case. */
export async function openedRows(
  office: ReadingOffice,
  rows: readonly LedgerRow[],
): Promise<ReadonlyMap<number, VaultBody>> {
  const sealed = rows.filter((row) => row.kind === SEALED);
  const refOf = (row: LedgerRow): string => (JSON.parse(row.body) as { ref: string }).ref;
  const bodies = await openVaultEntries(office.pool, office.keys, office.org, sealed.map(refOf));
  const opened = new Map<number, VaultBody>();
  for (const row of sealed) {
    const text = bodies.get(refOf(row));
    if (text !== undefined) opened.set(row.sequence, JSON.parse(text) as VaultBody);
  }
  return opened;
}

function askedBy(kind: string, body: object): readonly Recipient[] {
  const { to } = body as { to?: readonly string[] };
  return kind === 'prompted' && Array.isArray(to) ? to.map((owner) => ({ owner, name: null })) : [];
}

/** What a row says, from the vault where it was opened. */
function saidBy(
  row: LedgerRow,
  inside: VaultBody | undefined,
): { readonly kind: string; readonly body: object } {
  return { kind: inside?.kind ?? row.kind, body: inside?.body ?? (JSON.parse(row.body) as object) };
}

/** What somebody did, and what they were asked, is theirs to read whatever its class. */
function isTheirs(
  row: LedgerRow,
  said: { readonly kind: string; readonly body: object },
  sight: Sight,
): boolean {
  if (sight.person === null) return false;
  return (
    row.actor === sight.person ||
    askedBy(said.kind, said.body).some(({ owner }) => sight.owners.includes(owner))
  );
}

/** A row as a reader may know it, still without names. @param hides what is kept from them for now */
export function shownRow(
  caseKind: CaseKind,
  row: LedgerRow,
  sight: Sight,
  opened: ReadonlyMap<number, VaultBody>,
  hides: Hiding,
): Happened {
  const inside = opened.get(row.sequence);
  const said = saidBy(row, inside);
  const { kind, body } = said;
  const visibility = classRead(caseKind, said, row.visibility as Visibility);
  const place = { position: row.position, sequence: row.sequence, at: row.at, visibility, actorName: null };
  const own = isTheirs(row, said, sight) || isTold(sight, caseKind, kind);
  if (own || canRead(sight.capacities, visibility)) {
    // That a sheet is in is no secret; what it says is, until the others are in as well. Nor is it one that a talk was held.
    const inPart = !own && !readsInside(sight, caseKind, visibility);
    const hidden = inPart || hides({ kind, actor: row.actor, body });
    const by = fromConfidential(kind, row.actor)
      ? { actor: 'case:clock', decisionId: null }
      : { actor: row.actor, decisionId: inside?.decisionId ?? row.decision_id };
    return {
      ...place,
      ...{ kind, ...by, how: row.how, masked: hidden, to: askedBy(kind, body) },
      body: hidden ? outlineOf(said) : saidIn(said),
      capacity: inside?.capacity ?? row.capacity,
    };
  }
  // An administrator or auditor sees that a decision of a kind was made, and nothing in it.
  const known = sight.structure ? row.kind : null;
  return {
    ...place,
    ...{
      kind: known,
      actor: null,
      how: null,
      capacity: null,
      decisionId: null,
      to: [],
      body: null,
      masked: true,
    },
  };
}

/** Every row of a case as it is kept. */
export async function rowsOf(office: ReadingOffice, id: string): Promise<readonly LedgerRow[]> {
  const { rows } = await office.pool.query<LedgerRow>(
    'select * from ledger where org = $1 and case_id = $2 order by sequence',
    [office.org, id],
  );
  return rows;
}

/** Puts names to those who acted and who were asked, for a reader who may see them. */
export async function withNames(
  office: ReadingOffice,
  sight: Sight,
  reader: Reader,
  list: readonly Happened[],
): Promise<readonly Happened[]> {
  const refs = list.flatMap(({ actor, to }) => [actor, ...to.map((one) => one.owner)]);
  const people = new Set<PersonRef>();
  for (const ref of refs)
    if (ref !== null && isPerson(ref) && (sight.names || ref === sight.person)) people.add(ref);
  const known = await named(
    office,
    [...people].map((person) => whoIs(person, reader)),
    people,
  );
  const names = new Map(known.map((who) => [who.owner, who.name]));
  return list.map((one) => ({
    ...one,
    actorName: one.actor === null ? null : (names.get(one.actor) ?? null),
    to: one.to.map(({ owner }) => ({ owner, name: names.get(owner) ?? null })),
  }));
}

export function wanted(filter: HistoryFilter, one: Happened): boolean {
  if (filter.until !== undefined && one.at >= filter.until) return false;
  if (filter.since !== undefined && one.at < filter.since) return false;
  if (filter.actor !== undefined && one.actor !== filter.actor) return false;
  return filter.kind === undefined || one.kind === filter.kind;
}

/**
 * Domain 2.1: whoever may not know of a row learns neither its kind nor its time, nor how many there are. An administrator
 * or auditor sees that there was a decision of a kind, so theirs are all there.
 */
export function known(rows: readonly Happened[]): readonly Happened[] {
  const list = rows.filter((row) => row.kind !== null);
  return list.length === rows.length ? list : list.map((row) => ({ ...row, sequence: null }));
}

/** The rows of a case as a reader may know them, still without names. */
export async function rowsFor(
  office: ReadingOffice,
  reader: Reader,
  one: SeenCase,
  sight: Sight,
): Promise<readonly Happened[]> {
  const rows = await rowsOf(office, one.case_id);
  const opened = canRead(sight.capacities, 'C3')
    ? await openedRows(office, rows)
    : new Map<number, VaultBody>();
  const hides = await hidingIn(office, reader, one);
  return known(rows.map((row) => shownRow(one.kind as CaseKind, row, sight, opened, hides)));
}

async function past(
  office: ReadingOffice,
  reader: Reader,
  id: string,
): Promise<{ readonly list: readonly Happened[]; readonly kind: CaseKind; readonly site: string }> {
  const { one, sight } = await caseFor(office, reader, id);
  const list = await rowsFor(office, reader, one, sight);
  return {
    list: await withNames(office, sight, reader, list),
    kind: one.kind as CaseKind,
    site: one.site,
  };
}

export const classesIn = (list: readonly Happened[]): readonly Visibility[] =>
  list.filter((one) => !one.masked).map((one) => one.visibility);

/** The rows of a case, filtered. @throws ReadingRefused, KindUnknown for a kind that no entry can have */
export async function askHistory(
  office: ReadingOffice,
  as: As,
  id: string,
  filter: HistoryFilter,
): Promise<{ readonly zone: string; readonly list: readonly Happened[] }> {
  checkKind(filter.kind);
  const reader = await readerOf(office, as);
  const { list, site } = await past(office, reader, id);
  const found = list.filter((one) => wanted(filter, one));
  await recordReading(office, reader, { what: 'history', refs: [id], classes: classesIn(found) });
  return { zone: await zoneOf(office, site), list: found };
}

export async function zoneOf(office: ReadingOffice, site: string): Promise<string> {
  return (await sitesOf(office)).get(site)?.zone ?? 'UTC';
}

/** The life of a case: what happened, and what is owed with the dates ahead. @throws ReadingRefused */
export async function askTimeline(
  office: ReadingOffice,
  as: As,
  id: string,
): Promise<{
  readonly now: number;
  readonly zone: string;
  readonly past: readonly Happened[];
  readonly ahead: readonly Waiting[];
}> {
  const reader = await readerOf(office, as);
  const { list, site } = await past(office, reader, id);
  const ahead = await waitingFor(office, reader, { case: id });
  const classes = [...classesIn(list), ...strictOf(ahead).classes];
  await recordReading(office, reader, { what: 'timeline', refs: [id], classes });
  return { now: reader.now, zone: await zoneOf(office, site), past: list, ahead };
}

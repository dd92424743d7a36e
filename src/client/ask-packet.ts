import { standings } from './report-funnel.ts';
import { confidentialCodes } from './report-people.ts';
import type { Life } from './report-life.ts';
import { recordReading } from './ask-access.ts';
import { rowsFor } from './ask-history.ts';
import type { Happened } from './ask-history.ts';
import { named, whoIs } from './ask-names.ts';
import { ReadingRefused, caseFor, readerOf, selvesOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice, SeenCase } from './ask-reader.ts';
import { sitesOf } from './ask-waiting.ts';
import { askTexts } from './ask-roles.ts';
import { askGates } from './ask-gates.ts';
import type { GateNow } from './ask-gates.ts';
import type { LedgerRow } from '../ledger/fold.ts';

/** One application with what became of it. */
export interface PacketApplicant {
  readonly candidacy: string;
  readonly person: string | null;
  readonly rows: readonly Happened[];
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly outcomeAt: number | null;
  readonly toldAt: number | null;
  /** Steps that only a later one stands for. */
  readonly skipped: readonly string[];
}

/** A prompt that went to one of the applicants, as the mail system knows it. */
export interface PacketMail {
  readonly case: string;
  readonly code: string;
  readonly at: number;
  readonly state: string;
}

export interface PacketReading {
  readonly at: number;
  readonly by: string;
  readonly what: string;
  readonly refs: readonly string[];
}

/** Everything a printed packet of one search is made from. */
export interface Packet {
  readonly opening: string;
  readonly zone: string;
  readonly siteName: string;
  readonly now: number;
  readonly rows: readonly Happened[];
  readonly applicants: readonly PacketApplicant[];
  readonly mails: readonly PacketMail[];
  readonly readings: readonly PacketReading[];
  readonly gates: readonly GateNow[];
  readonly texts: ReadonlyMap<string, string>;
  /** Rule packs that read the texts of the search, by ref. */
  readonly packs: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  /** Where the chain of the ledger stood when the packet was made. */
  readonly head: { readonly position: number; readonly hash: string };
}

type Body = Readonly<Record<string, unknown>>;
const bodyOf = (row: Happened): Body => (row.body ?? {}) as Body;
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const word = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

type Ending = Pick<PacketApplicant, 'outcome' | 'reasons' | 'outcomeAt'>;
type Ends = (body: Body) => Pick<Ending, 'outcome' | 'reasons'> | null;

const plainly =
  (outcome: string): Ends =>
  () => ({ outcome, reasons: [] });

/** What a row of a candidacy says about its outcome; a withdrawal is never given a reason (X1). */
const endings: Readonly<Record<string, Ends>> = {
  screening_settled: ({ outcome, reason, requirement }) =>
    outcome === 'not_advanced' || outcome === 'duplicate'
      ? { outcome, reasons: [...word(reason), ...word(requirement)] }
      : { outcome: 'under_way', reasons: [] },
  withdrawn: plainly('withdrawn'),
  closed_no_response: plainly('closed_no_response'),
  candidacy_reopened: plainly('under_way'),
  selected: plainly('selected'),
  reserved: plainly('reserve'),
  reserve_ended: ({ how }) => ({ outcome: 'reserve_ended', reasons: word(how) }),
  not_selected: ({ reasons }) => ({ outcome: 'not_selected', reasons: listOf(reasons) }),
  opening_closed: ({ how }) => ({ outcome: 'opening_closed', reasons: word(how) }),
  offer_sent: plainly('offered'),
  offer_accepted: plainly('accepted'),
  offer_declined: plainly('declined'),
  offer_expired: plainly('expired'),
  offer_rescinded: ({ reason }) => ({ outcome: 'rescinded', reasons: word(reason) }),
  hired: plainly('hired'),
};

function endingOf(rows: readonly Happened[]): Ending {
  let found: Ending = { outcome: 'under_way', reasons: [], outcomeAt: null };
  for (const row of rows) {
    const said = endings[row.kind ?? '']?.(bodyOf(row));
    if (said !== undefined && said !== null) found = { ...said, outcomeAt: row.at };
  }
  return found;
}

/** The rows as a report counts them: only what this reader may read. */
function lifeOf(id: string, site: string, rows: readonly Happened[]): Life {
  const open = rows.filter((row) => !row.masked && row.kind !== null);
  const kept = open.map((row) => ({
    ...{ case_id: id, kind: row.kind, sequence: row.sequence ?? row.position, at: row.at },
    body: JSON.stringify(row.body),
  })) as unknown as readonly LedgerRow[];
  return { case: id, kind: 'candidacy', site, year: 0, rows: kept, open: true };
}

async function applicantOf(
  office: ReadingOffice,
  reader: Reader,
  candidacy: string,
): Promise<PacketApplicant> {
  const { one, sight } = await caseFor(office, reader, candidacy);
  const rows = await rowsFor(office, reader, one, sight);
  const applied = rows.find((row) => row.kind === 'applied');
  const person = applied === undefined ? null : (bodyOf(applied)['person'] as string);
  const at = standings(lifeOf(candidacy, one.site, rows));
  return {
    ...{ candidacy, person, rows, ...endingOf(rows) },
    toldAt: rows.findLast((row) => row.kind === 'outcome_told')?.at ?? null,
    skipped: Object.entries(at).flatMap(([step, is]) => (is === 'skipped' ? [step] : [])),
  };
}

/** Prompts to the applicants themselves; the words of a mail are kept nowhere. */
async function mailsTo(
  office: ReadingOffice,
  applicants: readonly PacketApplicant[],
): Promise<readonly PacketMail[]> {
  const { rows } = await office.pool.query<PacketMail>(
    `select case_id as "case", code, coalesce(settled_at, send_after) as at, state from prompts
     where org = $1 and case_id = any($2::text[]) and (owner = any($3::text[]) or recipient = any($3::text[]))
       and visibility <> 'C3' order by at, key`,
    [
      office.org,
      applicants.map((one) => one.candidacy),
      applicants.flatMap((one) => (one.person === null ? [] : [one.person])),
    ],
  );
  return rows.filter((row) => !confidentialCodes.has(row.code));
}

interface ReadRow {
  readonly at: number;
  readonly actor: string;
  readonly body: string;
}

async function readingsOf(
  office: ReadingOffice,
  refs: ReadonlySet<string>,
): Promise<readonly PacketReading[]> {
  const { rows } = await office.pool.query<ReadRow>(
    `select at, actor, body from ledger where org = $1 and case_id = 'house-access' and kind = 'read'
     order by position`,
    [office.org],
  );
  return rows.flatMap(({ at, actor, body }) => {
    const { what, refs: read } = JSON.parse(body) as { what: string; refs: readonly string[] };
    const own = read.filter((ref) => refs.has(ref));
    return own.length === 0 ? [] : [{ at, by: actor, what, refs: own }];
  });
}

async function packsOf(office: ReadingOffice, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await office.pool.query<{ ref: string; pack: string }>(
    'select ref, pack from texts where org = $1 and ref = any($2::text[]) and pack is not null',
    [office.org, refs],
  );
  return new Map(rows.map((row) => [row.ref, row.pack]));
}

async function headOf(office: ReadingOffice): Promise<Packet['head']> {
  const { rows } = await office.pool.query<Packet['head']>(
    `select position, encode(hash, 'hex') as hash from heads where org = $1`,
    [office.org],
  );
  return rows[0] ?? { position: 0, hash: '' };
}

/** HR, and none who applied there themselves (D3.5). @throws ReadingRefused */
function mustBeHr(
  reader: Reader,
  capacities: readonly string[],
  id: string,
  people: readonly string[],
): void {
  const selves = selvesOf(reader);
  const hr = capacities.includes('hr') || capacities.includes('hr_director');
  if (!hr || people.some((person) => selves.includes(person))) throw new ReadingRefused('not_permitted', id);
}

async function namesOf(
  office: ReadingOffice,
  reader: Reader,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const each = people.map((person) => whoIs(person, reader));
  const known = await named(office, each, new Set(people));
  return new Map(known.flatMap(({ owner, name }) => (name === null ? [] : [[owner, name] as const])));
}

const refsIn = (rows: readonly Happened[], prefix: string): readonly string[] => [
  ...new Set(
    rows.flatMap(
      (row) => JSON.stringify(row.body ?? {}).match(new RegExp(`${prefix}_[0-9A-Za-z_-]+`, 'g')) ?? [],
    ),
  ),
];

/** Only the wordings of the search itself are printed: what somebody wrote about an applicant stays where it is. */
const ownTexts = (rows: readonly Happened[]): readonly string[] =>
  refsIn(
    rows.filter((row) => row.kind === 'posting_approved' || row.kind === 'questions_marked'),
    'txt',
  );

async function applicantsOf(
  office: ReadingOffice,
  reader: Reader,
  rows: readonly Happened[],
): Promise<readonly PacketApplicant[]> {
  const listed = rows.filter((row) => row.kind === 'applicant_listed' || row.kind === 'application_late');
  const found: PacketApplicant[] = [];
  for (const id of new Set(listed.map((row) => String(bodyOf(row)['candidacy']))))
    found.push(await applicantOf(office, reader, id));
  return found;
}

async function openingFor(
  office: ReadingOffice,
  reader: Reader,
  id: string,
): Promise<{ readonly one: SeenCase; readonly rows: readonly Happened[] }> {
  const { one, sight } = await caseFor(office, reader, id);
  if (one.kind !== 'opening') throw new ReadingRefused('unknown_case', id);
  mustBeHr(reader, sight.capacities, id, []);
  return { one, rows: await rowsFor(office, reader, one, sight) };
}

/**
 * Everything about one search for one printed file: for HR, and its reading is recorded.
 * @param names with people's names in place of their refs
 * @throws ReadingRefused
 */
export async function askPacket(office: ReadingOffice, as: As, id: string, names: boolean): Promise<Packet> {
  const reader = await readerOf(office, as);
  const { one, rows } = await openingFor(office, reader, id);
  const applicants = await applicantsOf(office, reader, rows);
  const applied = applicants.flatMap((each) => (each.person === null ? [] : [each.person]));
  mustBeHr(reader, ['hr'], id, applied);
  const all = [...rows, ...applicants.flatMap((each) => each.rows)];
  const own = ownTexts(rows);
  const refs = new Set([id, ...applicants.map((each) => each.candidacy), ...refsIn(all, 'txt')]);
  // Before this reading is one of them.
  const readings = await readingsOf(office, refs);
  const { list: gates } = await askGates(office, as, id);
  const texts = await askTexts(office, as, own);
  const people = [
    ...refsIn(all, 'prs'),
    ...all.flatMap((row) => row.actor ?? []),
    ...readings.map((read) => read.by),
  ];
  const site = (await sitesOf(office)).get(one.site);
  await recordReading(office, reader, {
    ...{ what: 'packet', refs: [id, ...applicants.map((each) => each.candidacy)], classes: ['C2'] },
  });
  return {
    ...{ opening: id, zone: site?.zone ?? 'UTC', siteName: site?.name ?? one.site, now: reader.now },
    ...{ rows, applicants, readings, gates, texts, mails: await mailsTo(office, applicants) },
    packs: await packsOf(office, own),
    names: names
      ? await namesOf(office, reader, [...new Set(people.filter((ref) => ref.startsWith('prs_')))])
      : new Map(),
    head: await headOf(office),
  };
}

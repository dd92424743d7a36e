import { canRead, capacitiesOf } from '../domain/kernel/can.ts';
import type { Capacity, CaseKind } from '../domain/kernel/words.ts';
import type { Comparator } from '../domain/kernel/terms.ts';
import type { LedgerRow } from '../ledger/fold.ts';
import { recordReading } from './ask-access.ts';
import { ReadingRefused, casesFrom, countsFor, readerOf, seesCase, selvesOf, sightOn } from './ask-reader.ts';
import type { As, Reader, ReadingOffice, SeenCase } from './ask-reader.ts';
import { sitesOf } from './ask-waiting.ts';
import { fairness } from './report-fairness.ts';
import type { ComparatorSums } from './report-fairness.ts';
import { funnel } from './report-funnel.ts';
import { groupsOf, spanOf } from './report-groups.ts';
import type { Group } from './report-groups.ts';
import { beginOf, caseOfUnit, yearAt } from './report-life.ts';
import type { Life } from './report-life.ts';
import { overdue, retention, roleMeasures, supervisionDose } from './report-people.ts';
import type { Late, Served, ServedNumbers } from './report-people.ts';
import { shownTo } from './report-shape.ts';
import type { Column, Counted, Line } from './report-shape.ts';
import { timeInStage, timeToFill } from './report-time.ts';

export const reportNames = [
  'funnel',
  'time-to-fill',
  'time-in-stage',
  'overdue',
  'supervision-dose',
  'retention',
  'fairness',
  'role',
] as const;
export type ReportName = (typeof reportNames)[number];

/** What a report counts from outside of the cases themselves. */
interface World {
  readonly now: number;
  readonly late: readonly Late[];
  readonly sums: ComparatorSums | null;
  readonly served: Served;
  /** The reader may open every case of the group. */
  readonly open: boolean;
}

interface Report {
  readonly kinds: readonly CaseKind[];
  /** About what became of people: never for fewer than five of them (R8.4, domain 5.2). */
  readonly outcomes: boolean;
  readonly byRole: boolean;
  count(lives: readonly Life[], world: World): Counted;
}

/** Matters of the vault are no kind of any report (domain 2.1). */
const everyKind: readonly CaseKind[] = ['readiness', 'role', 'opening', 'candidacy', 'employment', 'review'];
const plain = { outcomes: false, byRole: false };
const reports: Readonly<Record<ReportName, Report>> = {
  funnel: { ...plain, kinds: ['candidacy'], count: funnel },
  'time-to-fill': { ...plain, kinds: ['opening'], count: timeToFill },
  'time-in-stage': { ...plain, kinds: everyKind, count: timeInStage },
  overdue: { ...plain, kinds: everyKind, count: (lives, { late }) => overdue(lives, late) },
  'supervision-dose': {
    ...{ ...plain, kinds: ['employment'] },
    count: (lives, { late, open }) => supervisionDose(lives, late, open),
  },
  retention: {
    ...{ outcomes: true, byRole: true, kinds: ['employment'] },
    count: (lives, { now, sums }) => retention(lives, now, sums),
  },
  fairness: {
    ...{ outcomes: true, byRole: false, kinds: ['review', 'employment'] },
    count: (lives, { sums }) => fairness(lives, sums),
  },
  role: {
    ...{ outcomes: true, byRole: true, kinds: ['employment'] },
    count: (lives, { now, served }) => roleMeasures(lives, now, served),
  },
};

export interface ReportQuestion {
  readonly as: As;
  readonly name: ReportName;
  readonly site?: string | undefined;
  /** Only cases that began in these years. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface ShownGroup {
  /** The role it is about, where a report goes by role. */
  readonly role: string | null;
  /** Over which sites and years, in words. */
  readonly span: string;
  readonly people: number;
  readonly cases: number;
  readonly lines: readonly Line[];
}

export interface ShownReport {
  readonly name: ReportName;
  readonly now: number;
  readonly columns: readonly Column[];
  readonly groups: readonly ShownGroup[];
}

/** Who may ask for sums at a site: HR, the director, and whoever audits or runs the machine (domain 5.2, counts). */
const mayCount: ReadonlySet<Capacity> = new Set([
  'hr',
  'hr_director',
  'director',
  'auditor',
  'administrator',
]);

function sitesFor(office: ReadingOffice, reader: Reader, sites: readonly string[]): readonly string[] {
  if (reader.as === 'installation') return sites;
  const { delegations, now: at } = reader;
  const assignments = countsFor(reader);
  return sites.filter((site) => {
    const reach = { scopes: [office.org, site], assignments, delegations, relations: [], at };
    return selvesOf(reader).some((person) => capacitiesOf(person, reach).some((one) => mayCount.has(one)));
  });
}

async function rowsOf(
  office: ReadingOffice,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly LedgerRow[]>> {
  const { rows } = await office.pool.query<LedgerRow>(
    `select * from ledger where org = $1 and case_id = any($2::text[]) and visibility <> 'C3'
     order by case_id, sequence`,
    [office.org, ids],
  );
  const found = new Map<string, LedgerRow[]>();
  for (const row of rows) found.set(row.case_id, [...(found.get(row.case_id) ?? []), row]);
  return found;
}

async function lateIn(office: ReadingOffice, ids: readonly string[], now: number): Promise<readonly Late[]> {
  const { rows } = await office.pool.query<Late>(
    `select case_id as "case", code, due, visibility from obligations
     where org = $1 and case_id = any($2::text[]) and due < $3 and visibility <> 'C3'
       and at_silence <> 'the_other_answers' order by due, case_id, id`,
    [office.org, ids, now],
  );
  return rows;
}

/** The comparator record of a site as it is in force; sums of several sites are not put together. */
async function sumsFor(office: ReadingOffice, sites: readonly string[]): Promise<ComparatorSums | null> {
  const { rows } = await office.pool.query<{ body: string }>(
    `select d.body from terms_in_force t join documents d on d.org = t.org and d.hash = t.comparator
     where t.org = $1 and t.site = any($2::text[])`,
    [office.org, sites],
  );
  const [only] = rows;
  return sites.length !== 1 || only === undefined ? null : (JSON.parse(only.body) as Comparator).values;
}

const unmeasured: Served = { baseline: null, twelve_months: null };

/** What was recorded last with a role about the people served; each number stands for five of them at the least. */
async function servedBy(office: ReadingOffice, role: string | null): Promise<Served> {
  const { rows } = await office.pool.query<{ body: string }>(
    `select body from ledger where org = $1 and case_id = $2 and kind = 'measures_recorded' order by sequence`,
    [office.org, role],
  );
  const said = rows.map(({ body }) => JSON.parse(body) as ServedNumbers & { readonly when: keyof Served });
  return said.reduce((all, { when, people, values }) => ({ ...all, [when]: { people, values } }), unmeasured);
}

type Sites = ReadonlyMap<string, { readonly name: string; readonly zone: string }>;

async function livesFor(
  office: ReadingOffice,
  reader: Reader,
  question: ReportQuestion,
  sites: Sites,
): Promise<readonly Life[]> {
  const allowed = sitesFor(office, reader, [...sites.keys()]);
  const wanted = question.site === undefined ? allowed : allowed.filter((site) => site === question.site);
  if (wanted.length === 0) throw new ReadingRefused('not_permitted', `The report ${question.name}`);
  const { kinds } = reports[question.name];
  const found = await casesFrom(office, reader, 'site = any($2::text[]) and kind = any($3::text[])', [
    wanted,
    kinds,
  ]);
  const seen = found.filter((one) => seesCase(sightOn(reader, office.org, one), one.kind as CaseKind));
  const rows = await rowsOf(
    office,
    seen.map((one) => one.case_id),
  );
  return seen.flatMap((one) => lifeOf(office, reader, question, sites, one, rows.get(one.case_id) ?? []));
}

function lifeOf(
  office: ReadingOffice,
  reader: Reader,
  { from, to }: ReportQuestion,
  sites: Sites,
  one: SeenCase,
  rows: readonly LedgerRow[],
): readonly Life[] {
  const year = yearAt(one.opened_at, sites.get(one.site)?.zone ?? 'UTC');
  if (rows.length === 0 || year < (from ?? year) || year > (to ?? year)) return [];
  const open = canRead(sightOn(reader, office.org, one).capacities, 'C2');
  return [{ case: one.case_id, kind: one.kind as CaseKind, site: one.site, year, rows, open }];
}

/** Two spans that overlap tell of single people by their difference: whoever may not open the cases takes the span given. */
function mustNotNarrow({ name, site, from, to }: ReportQuestion, lives: readonly Life[]): void {
  if (site === undefined && from === undefined && to === undefined) return;
  if (reports[name].outcomes || lives.some((life) => !life.open))
    throw new ReadingRefused('not_permitted', `A part of the report ${name}`);
}

interface Part {
  readonly role: string | null;
  readonly group: Group;
}

function partsOf(report: Report, lives: readonly Life[]): readonly Part[] {
  const all = groupsOf(lives).map((group) => ({ role: null, group }));
  if (!report.byRole) return all;
  const roleOf = (life: Life): string => beginOf(life)?.role ?? 'unknown';
  return [...new Set(lives.map(roleOf))].flatMap((role) =>
    groupsOf(lives.filter((life) => roleOf(life) === role)).map((group) => ({ role, group })),
  );
}

/**
 * A report: numbers from events, each with the cases it was counted from. Groups of fewer than five people roll up across
 * sites and years. Its reading is recorded where numbers of a selection are in it.
 * @throws ReadingRefused for whoever may count nothing there, and for a part that would tell of single people
 */
export async function askReport(office: ReadingOffice, question: ReportQuestion): Promise<ShownReport> {
  const reader = await readerOf(office, question.as);
  const sites = await sitesOf(office);
  const { name } = question;
  const report = reports[name];
  const lives = await livesFor(office, reader, question, sites);
  mustNotNarrow(question, lives);
  const late = await lateIn(
    office,
    lives.map((life) => life.case),
    reader.now,
  );
  const groups: ShownGroup[] = [];
  let columns: readonly Column[] = [];
  for (const { role, group } of partsOf(report, lives)) {
    const open = group.lives.every((life) => life.open);
    const sums = await sumsFor(office, group.sites);
    const served = name === 'role' ? await servedBy(office, role) : unmeasured;
    const counts = report.count(group.lives, { now: reader.now, late, sums, open, served });
    const { lines } = shownTo(counts, group, report.outcomes);
    ({ columns } = counts);
    const span = spanOf(group, (site) => sites.get(site)?.name ?? site);
    groups.push({ role, span, people: group.people, cases: group.lives.length, lines });
  }
  await recordReading(office, reader, { what: `report_${question.name}`, ...read(groups) });
  return { name: question.name, now: reader.now, columns, groups };
}

/** What the reading leaves in the ledger: the cases whose numbers were shown. */
function read(groups: readonly ShownGroup[]): {
  readonly refs: readonly string[];
  readonly classes: readonly ['C2'] | readonly [];
} {
  const units = groups.flatMap(({ lines }) => lines.flatMap((line) => Object.values(line.cells)));
  const refs = [...new Set(units.flatMap((cell) => cell.units.map(caseOfUnit)))];
  const personal = refs.filter((ref) => /^(candidacy|employment|review)-/.test(ref));
  return { refs: personal, classes: personal.length === 0 ? [] : ['C2'] };
}

import { askReport, reportNames } from '../client/ask-report.ts';
import type { ReportName, ShownGroup, ShownReport } from '../client/ask-report.ts';
import { caseOfUnit } from '../client/report-life.ts';
import type { Cell, Column, Line } from '../client/report-shape.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { doingOf } from './doing.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

export interface ReportOptions extends CaseOptions {
  readonly site?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cases?: boolean | undefined;
  readonly csv?: boolean | undefined;
}

const spaced = (word: string): string => word.replaceAll('_', ' ');
const titles: Readonly<Record<string, string>> = { median: 'median days', p90: '9 of 10 within days' };
const titleOf = (column: Column): string => titles[column.id] ?? spaced(column.id);

/** What a line is about; an obligation in words. */
function aboutText(name: ReportName, { about }: Line): string {
  return name === 'overdue' ? `${about} ${doingOf(about)}` : spaced(about);
}

function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (cell.withheld !== undefined) return 'under 5';
  return cell.value === null ? '-' : String(cell.value);
}

/** Columns that say something somewhere in the group; the others would only be wide. */
function columnsIn(columns: readonly Column[], group: ShownGroup): readonly Column[] {
  return columns.filter(({ id }) => group.lines.some((line) => line.cells[id] !== undefined));
}

function casesText(group: ShownGroup, columns: readonly Column[], name: ReportName): readonly string[] {
  return group.lines.flatMap((line) =>
    columns.flatMap((column) => {
      const units = line.cells[column.id]?.units ?? [];
      if (units.length === 0 || column.is !== 'count') return [];
      const head = `  ${aboutText(name, line)} · ${titleOf(column)} (${units.length}):`;
      return [head, ...units.map((unit) => `    ${unit}`)];
    }),
  );
}

function groupText(io: Io, report: ShownReport, group: ShownGroup, cases: boolean): string {
  const columns = columnsIn(report.columns, group);
  const role = group.role === null ? '' : `${group.role} · `;
  const rows = group.lines.map((line) => [
    aboutText(report.name, line),
    ...columns.map((column) => cellText(line.cells[column.id])),
  ]);
  return [
    styled(io, 'bold', `${role}${group.span} · ${group.cases} ${group.cases === 1 ? 'case' : 'cases'}`),
    table(io, ['', ...columns.map(titleOf)], rows),
    ...(cases ? casesText(group, columns, report.name) : []),
  ].join('\n');
}

/** A report as text: a table for each group, with the span it stands for; each number opens into its cases. */
export function reportText(io: Io, report: ShownReport, cases: boolean): string {
  if (report.groups.length === 0) return 'There is nothing to count yet.';
  const withheld = report.groups.some((group) =>
    group.lines.some((line) => Object.values(line.cells).some((cell) => cell.withheld !== undefined)),
  );
  return [
    ...report.groups.map((group) => groupText(io, report, group, cases)),
    ...(withheld ? ['"under 5": fewer than five people; such numbers are not given.'] : []),
  ].join('\n');
}

/** A field of a CSV file: quoted where it must be, and never a formula to the program that opens it. */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && text !== '-' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A report as CSV: one line per group and line, numbers beside each other. */
export function reportCsv(report: ShownReport): string {
  const head = ['report', 'role', 'span', 'people', 'about', ...report.columns.map((column) => column.id)];
  const rows = report.groups.flatMap((group) =>
    group.lines.map((line) => [
      ...[report.name, group.role ?? '', group.span, String(group.people), line.about],
      ...report.columns.map((column) => cellText(line.cells[column.id])),
    ]),
  );
  return [head, ...rows].map((row) => row.map(csvField).join(',')).join('\n');
}

function yearFrom(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{4}$/.test(text)) return Number(text);
  throw new Stop(EXIT.usage, 'usage', `${option} takes a year, e.g. 2025.`);
}

interface CellShown {
  readonly value: number | null;
  readonly withheld?: 'small';
  readonly units?: readonly string[];
  readonly cases?: readonly string[];
}

/** The cases behind each number, without the rows of them. */
export function withCases({ groups, ...rest }: ShownReport, cases: boolean) {
  const cellOf = ({ value, units, withheld }: Cell): CellShown => ({
    value,
    ...(withheld === undefined ? {} : { withheld }),
    ...(cases ? { units, cases: [...new Set(units.map(caseOfUnit))] } : {}),
  });
  const lineOf = ({ about, cells }: Line) => ({
    about,
    cells: Object.fromEntries(Object.entries(cells).map(([id, cell]) => [id, cellOf(cell)])),
  });
  return { ...rest, groups: groups.map((group) => ({ ...group, lines: group.lines.map(lineOf) })) };
}

/** `report NAME`: numbers from events. */
export async function reportCommand(io: Io, given: string, options: ReportOptions): Promise<Exit> {
  const name = reportNames.find((known) => known === given);
  if (name === undefined)
    throw new Stop(
      EXIT.usage,
      'usage',
      `There is no report of that name; there are ${reportNames.join(', ')}.`,
    );
  const years = { from: yearFrom(options.from, '--from'), to: yearFrom(options.to, '--to') };
  const cases = options.cases === true;
  return within(options, io.env, async ({ office }) => {
    const report = await askReport(office, { as: asOf(options.as), name, site: options.site, ...years });
    if (options.json === true) io.out(JSON.stringify(withCases(report, cases)));
    else io.out(options.csv === true ? reportCsv(report) : reportText(io, report, cases));
    return EXIT.done;
  });
}

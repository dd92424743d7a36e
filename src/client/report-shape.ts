import { LEAST } from './report-groups.ts';
import type { Group } from './report-groups.ts';
import { caseOfUnit, subjectOf } from './report-life.ts';
import type { Unit } from './report-life.ts';

/** What a number is: how many, or days (the middle, or nine out of ten), or a number somebody else gave. */
export type Measure = 'count' | 'median' | 'p90' | 'given';

export interface Column {
  readonly id: string;
  readonly is: Measure;
}

/** A number with what it was counted from: it opens into its cases. `value` null: nothing to say, or withheld. */
export interface Cell {
  readonly value: number | null;
  readonly units: readonly Unit[];
  readonly withheld?: 'small';
  /** Not counted here: somebody entered it. */
  readonly given?: true;
}

/** One line: a code that says what it is about, and a number per column. */
export interface Line {
  readonly about: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** What one report counts of a group of cases. */
export interface Counted {
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
}

export const counted = (units: readonly Unit[]): Cell => ({ value: units.length, units });
export const given = (value: number | null): Cell => ({ value, units: [], given: true });

/** A unit with the days it took. */
export interface Took {
  readonly unit: Unit;
  readonly days: number;
}

/** The smallest of the given days that at least this share of them does not exceed; null for none. */
function quantile(list: readonly Took[], share: number): number | null {
  const days = list.map((one) => one.days).toSorted((a, b) => a - b);
  return days[Math.max(0, Math.ceil(days.length * share) - 1)] ?? null;
}

/** @returns the cells `median` and `p90` of what took days. */
export function spread(list: readonly Took[]): { readonly median: Cell; readonly p90: Cell } {
  const units = list.map((one) => one.unit);
  return { median: { value: quantile(list, 0.5), units }, p90: { value: quantile(list, 0.9), units } };
}

const withheld: Cell = { value: null, units: [], withheld: 'small' };

/** How many people a cell was counted from: somebody with five reviews is one. */
type People = (cell: Cell) => number;

function peopleOf({ lives }: Group): People {
  const subjects = new Map(lives.map((life) => [life.case, subjectOf(life)]));
  const whose = (unit: Unit): string => subjects.get(caseOfUnit(unit)) ?? caseOfUnit(unit);
  return (cell) => new Set(cell.units.map(whose)).size;
}

/** Of numbers in one line that add up, two at least are withheld or none: one alone could be taken from the sum. */
function masked(line: Line, people: People): Line {
  const some = Object.entries(line.cells).filter(([, cell]) => people(cell) > 0);
  const hidden = new Set(some.filter(([, cell]) => people(cell) < LEAST).map(([id]) => id));
  if (hidden.size === 1) {
    const others = some.filter(([id]) => !hidden.has(id));
    const next = others.toSorted(([, a], [, b]) => people(a) - people(b))[0];
    if (next !== undefined) hidden.add(next[0]);
  }
  const cells = Object.entries(line.cells).map(
    ([id, cell]) => [id, hidden.has(id) ? withheld : cell] as const,
  );
  return { ...line, cells: Object.fromEntries(cells) };
}

function empty(line: Line): Line {
  const cells = Object.entries(line.cells).map(([id, cell]) => [id, cell.given ? cell : withheld] as const);
  return { ...line, cells: Object.fromEntries(cells) };
}

/**
 * What of a group's numbers a reader may see. Numbers about what became of people are never given for fewer than five of
 * them, to nobody; others to whoever may open each of the cases and could count for themselves (domain 5.2).
 * @param outcomes the report is about what became of people
 */
export function shownTo(counts: Counted, group: Group, outcomes: boolean): Counted {
  const open = group.lives.every((life) => life.open);
  if (group.people < LEAST && (outcomes || !open)) return { ...counts, lines: counts.lines.map(empty) };
  if (open && !outcomes) return counts;
  const people = peopleOf(group);
  return { ...counts, lines: counts.lines.map((line) => masked(line, people)) };
}

import type { Found } from '../client/ask-search.ts';
import { csvField } from './report.ts';

interface Printed {
  /** What was asked, by its own names. */
  readonly asked: Readonly<Record<string, string | number | undefined>>;
  /** Who asked, by ref. */
  readonly as: string;
  /** The organization's instant. */
  readonly now: number;
  readonly list: readonly Found[];
  /** Earlier entries that are left out. */
  readonly more: number;
}

const iso = (at: number): string => new Date(at).toISOString();

const said = (name: string, value: string | number): string =>
  typeof value === 'number' ? `${name} ${iso(value)}` : `${name} ${value}`;

/**
 * Entries found, as lines for a spreadsheet. The first lines say what was asked, by whom and when, so that the file
 * tells what it leaves out. Refs, no names.
 */
export function historyCsv({ asked, as, now, list, more }: Printed): string {
  const filter = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [said(name, value)],
  );
  const head = [
    ['asked for', filter.length === 0 ? 'everything' : filter.join('; ')],
    ['asked by', as],
    ['asked at', iso(now)],
    ['entries', String(list.length)],
    ['earlier entries left out', String(more)],
    [],
    ['position', 'at', 'case', 'what', 'who', 'as', 'how', 'decision'],
  ];
  const rows = list.map((one) => [
    ...[String(one.position), iso(one.at), one.case, one.kind ?? '', one.actor ?? ''],
    ...[one.capacity ?? '', one.how ?? '', one.decisionId ?? ''],
  ]);
  return [...head, ...rows].map((row) => row.map(csvField).join(',')).join('\n');
}

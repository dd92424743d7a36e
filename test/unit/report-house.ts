import { dayMs } from '../../src/client/report-life.ts';
import type { Life } from '../../src/client/report-life.ts';
import type { Counted } from '../../src/client/report-shape.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import type { LedgerRow } from '../../src/ledger/fold.ts';

/** Invented cases as reports count them: only kinds, days and bodies matter. */

export type Event = readonly [kind: string, at: string, body?: object];

export function life(id: string, events: readonly Event[], more: Partial<Life> = {}): Life {
  const rows = events.map(([kind, at, body], n) => ({
    ...{ case_id: id, kind, sequence: n + 1, at: dayMs(at), capacity: '', body: JSON.stringify(body ?? {}) },
  })) as unknown as readonly LedgerRow[];
  const year = events[0] === undefined ? 2025 : Number(events[0][1].slice(0, 4));
  return { case: id, kind: kindOf(id)!, site: 'site_a', year, rows, open: true, ...more };
}

export const value = (counts: Counted, about: string, column: string): number | null | undefined =>
  counts.lines.find((line) => line.about === about)?.cells[column]?.value;

/** One who began on a day, with further events. */
export const job = (
  n: number,
  dayOne: string,
  further: readonly Event[] = [],
  more: Partial<Life> = {},
): Life =>
  life(
    `employment-${n}`,
    [['employment_started', dayOne, { person: `prs_${n}`, role: 'role-1', dayOne }], ...further],
    more,
  );

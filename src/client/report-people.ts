import { measures as servedMeasures } from '../domain/role/words.ts';
import type { Visibility } from '../domain/kernel/words.ts';
import { dayMs, daysBetween, eventsOf, firstOf, lastOf } from './report-life.ts';
import type { Life, Unit } from './report-life.ts';
import { others } from './report-fairness.ts';
import type { ComparatorSums } from './report-fairness.ts';
import { counted, given } from './report-shape.ts';
import type { Column, Counted, Line } from './report-shape.ts';

const count = (id: string): Column => ({ id, is: 'count' });

/** An open line of the agenda that is past its day. */
export interface Late {
  readonly case: string;
  readonly code: string;
  readonly due: number;
  readonly visibility: Visibility;
}

const doseColumns = ['held', 'not_counting', 'missed', 'moved', 'skipped', 'not_recorded'].map(count);

function doseOf(
  lives: readonly Life[],
  late: readonly Late[],
  extra: boolean,
): Readonly<Record<string, readonly Unit[]>> {
  const all = lives.flatMap((life) => eventsOf(life, 'employment', 'session_logged'));
  const logged = all.filter(({ body }) => body.extra === extra);
  const held = logged.filter(({ body }) => body.outcome === 'held');
  const units = (list: readonly { readonly unit: Unit }[]): readonly Unit[] => list.map((one) => one.unit);
  const planned = (kind: 'session_moved' | 'session_on_leave'): readonly Unit[] =>
    extra ? [] : lives.flatMap((life) => units(eventsOf(life, 'employment', kind)));
  const cases = new Set(lives.map((life) => life.case));
  const open = late.filter((one) => one.code === 'P7.1' && cases.has(one.case)).map((one) => one.case);
  return {
    held: units(held.filter(({ body }) => body.counts)),
    // R7.1: held, by somebody without the training.
    not_counting: units(held.filter(({ body }) => !body.counts)),
    missed: units(logged.filter(({ body }) => body.outcome !== 'held')),
    moved: planned('session_moved'),
    skipped: planned('session_on_leave'),
    not_recorded: extra ? [] : open,
  };
}

function doseLine(about: string, of: Readonly<Record<string, readonly Unit[]>>): Line {
  return { about, cells: Object.fromEntries(Object.entries(of).map(([id, units]) => [id, counted(units)])) };
}

/**
 * Supervision: sessions held, held without counting (R7.1), missed, moved, skipped (their day fell away), and past their
 * day with nothing recorded. Nothing of what was talked about.
 * @param each a line per employment as well
 */
export function supervisionDose(lives: readonly Life[], late: readonly Late[], each: boolean): Counted {
  const all = lives.filter((life) => life.kind === 'employment');
  const lines = [
    doseLine('planned sessions', doseOf(all, late, false)),
    doseLine('extra sessions', doseOf(all, late, true)),
  ];
  const own = each ? all.map((life) => doseLine(life.case, doseOf([life], late, false))) : [];
  return { columns: doseColumns, lines: [...lines, ...own] };
}

/** First day and last one of an employment; null: not begun, or not over. */
function daysOf(life: Life): {
  readonly from: number | null;
  readonly until: number | null;
  readonly how: string;
} {
  const moved = lastOf(life, 'employment', 'day_one_moved')?.body.dayOne;
  // An employment that was taken over had lasted when it came: its days here say nothing of how many stay.
  const day = moved ?? firstOf(life, 'employment', 'employment_started')?.body.dayOne;
  const over = lastOf(life, 'employment', 'employment_ended')?.body;
  return {
    from: day === undefined ? null : dayMs(day),
    until: over === undefined ? null : dayMs(over.lastDay),
    how: over?.how ?? '',
  };
}

const retentionColumns = ['began', 'stayed', 'left', 'skipped'].map(count);
/** Milestones in months, as days. */
const milestones = { '3 months': 91, '6 months': 183, '12 months': 365 } as const;

type Stood = 'stayed' | 'left' | 'skipped';

/** Not yet so long ago, never begun, and ended by a death: none of them says whether somebody stayed. */
function stood(life: Life, days: number, now: number): Stood {
  const { from, until, how } = daysOf(life);
  if (from === null || (until !== null && until < from)) return 'skipped';
  if (until !== null && daysBetween(from, until) < days) return how === 'died' ? 'skipped' : 'left';
  return daysBetween(from, Math.min(now, until ?? now)) >= days ? 'stayed' : 'skipped';
}

/**
 * Who was still employed three, six and twelve months after their first day. Reasons of leaving are not in it.
 * @param sums what HR entered about other staff: `retention_began` and `retention_stayed`, for twelve months
 */
export function retention(lives: readonly Life[], now: number, sums: ComparatorSums | null): Counted {
  const all = lives.filter((life) => life.kind === 'employment');
  const lines = Object.entries(milestones).map(([about, days]) => {
    const of = (which: Stood): readonly Unit[] =>
      all.filter((life) => stood(life, days, now) === which).map((life) => life.case);
    const parts = { stayed: of('stayed'), left: of('left'), skipped: of('skipped') };
    return doseLine(about, { began: all.map((life) => life.case), ...parts });
  });
  const rest = others('12 months', 'retention', ['began', 'stayed'], sums);
  return { columns: retentionColumns, lines: [...lines, rest] };
}

/** Windows of an employment, in days from its first one: how it began, and how it is after a year. */
const windows = {
  'months 1 to 3': { from: 0, until: 91, when: 'baseline' },
  'months 10 to 12': { from: 274, until: 365, when: 'twelve_months' },
} as const;

const measures: Readonly<
  Record<string, (life: Life) => readonly { readonly unit: Unit; readonly at: number }[]>
> = {
  sessions_held: (life) =>
    eventsOf(life, 'employment', 'session_logged').filter(
      ({ body }) => body.outcome === 'held' && body.counts,
    ),
  sessions_missed: (life) =>
    eventsOf(life, 'employment', 'session_logged').filter(({ body }) => body.outcome !== 'held'),
  drift_flags: (life) => eventsOf(life, 'employment', 'drift_flagged'),
  check_ins_needing_action: (life) =>
    eventsOf(life, 'employment', 'check_in_answered').filter(({ body }) => body.outcome === 'needs_action'),
  integration_items_open: (life) =>
    eventsOf(life, 'employment', 'integration_answered').filter(({ body }) => body.no.length > 0),
};

/** What an employment had and took of the others in peer roles. */
const withOthers: typeof measures = {
  reflection_groups: (life) =>
    eventsOf(life, 'employment', 'reflection_group_recorded').filter(
      ({ body }) => body.outcome === 'attended',
    ),
  networking: (life) =>
    eventsOf(life, 'employment', 'networking_recorded').filter(({ body }) => body.outcome === 'taken'),
};

const counts = { ...measures, ...withOthers };
const outside = [...servedMeasures, 'people_served'];
const roleColumns: readonly Column[] = [
  ...['people', 'skipped', ...Object.keys(counts)].map(count),
  ...outside.map((id): Column => ({ id, is: 'given' })),
];

/** What was recorded with a role about the people served: the last of its kind, or none. */
export interface Served {
  readonly baseline: ServedNumbers | null;
  readonly twelve_months: ServedNumbers | null;
}
export interface ServedNumbers {
  readonly people: number;
  readonly values: Readonly<Partial<Record<(typeof servedMeasures)[number], number>>>;
}

function servedCells(numbers: ServedNumbers | null): Line['cells'] {
  const values: Readonly<Record<string, number | undefined>> = {
    ...numbers?.values,
    people_served: numbers?.people,
  };
  return Object.fromEntries(outside.map((id) => [id, given(values[id] ?? null)]));
}

/**
 * What employments of a role were like in their first three months and around the end of the first year. Somebody who is
 * not there yet, or left before the window's end, is skipped. Beside them what was recorded of the people served, if anything.
 */
export function roleMeasures(lives: readonly Life[], now: number, served: Served): Counted {
  const all = lives.filter((life) => life.kind === 'employment');
  const lines = Object.entries(windows).map(([about, { from, until, when }]) => {
    const through = all.filter((life) => stood(life, until, now) === 'stayed');
    const inside = (life: Life, at: number): boolean => {
      const day = daysBetween(daysOf(life).from ?? at, at);
      return day >= from && day < until;
    };
    const found = Object.entries(counts).map(([id, of]) => [
      id,
      through.flatMap((life) =>
        of(life)
          .filter((one) => inside(life, one.at))
          .map((one) => one.unit),
      ),
    ]) as readonly (readonly [string, readonly Unit[]])[];
    const skipped = all.filter((life) => !through.includes(life)).map((life) => life.case);
    const line = doseLine(about, {
      people: through.map((life) => life.case),
      skipped,
      ...Object.fromEntries(found),
    });
    return { ...line, cells: { ...line.cells, ...servedCells(served[when]) } };
  });
  return { columns: roleColumns, lines };
}

const lateColumns: readonly Column[] = ['asked', 'answered_late', 'late_now'].map(count);

/** Matters whose very kind is for their officer: they stand in no report (domain 2.1, visibility). */
export const confidentialCodes: ReadonlySet<string> = new Set([
  ...['D3.6', 'D5.2', 'D5.5', 'D9.4', 'P5.2', 'R5.7', 'R8.7', 'R9.5'],
  ...['X7', 'X14', 'X19', 'X29', 'X30', 'X31'],
]);

/** What rows of an earlier day asked about as openly as about the rest of an employment. */
const narrowCodes: ReadonlySet<string> = new Set(['D5.3', 'D9.5', 'D9.6', 'D9.8', 'X15', 'X17', 'X21']);

interface Kept {
  readonly code: string;
  readonly obligation: string;
}

/** What is narrower than the employment or review it belongs to counts only where the reader may open that case. */
function countsFor(life: Life | undefined, code: string, visibility: Visibility): boolean {
  if (life === undefined) return false;
  const narrower = visibility === 'C2' || narrowCodes.has(code);
  return life.open || !narrower || (life.kind !== 'employment' && life.kind !== 'review');
}

/** What was asked for and when it came: by kind of obligation, how many were asked, answered late, are late now. */
export function overdue(lives: readonly Life[], late: readonly Late[]): Counted {
  const found = new Map<string, { asked: Unit[]; answered_late: Unit[]; late_now: Unit[] }>();
  const of = (code: string) => {
    const known = found.get(code) ?? { asked: [], answered_late: [], late_now: [] };
    found.set(code, known);
    return known;
  };
  for (const life of lives) {
    const seen = new Set<string>();
    for (const row of life.rows) {
      if (row.kind !== 'prompted' && row.kind !== 'answered_late') continue;
      const { code, obligation } = JSON.parse(row.body) as Kept;
      if (!countsFor(life, code, row.visibility as Visibility)) continue;
      if (row.kind === 'answered_late') of(code).answered_late.push(`${life.case}#${row.sequence}`);
      else if (!seen.has(obligation)) of(code).asked.push(`${life.case}#${row.sequence}`);
      seen.add(obligation);
    }
  }
  const cases = new Map(lives.map((life) => [life.case, life]));
  for (const one of late)
    if (countsFor(cases.get(one.case), one.code, one.visibility)) of(one.code).late_now.push(one.case);
  const codes = [...found].filter(([code]) => !confidentialCodes.has(code));
  const lines = codes
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, units]) => doseLine(code, { ...units }));
  return { columns: lateColumns, lines };
}

import type { CandidacyEvent } from '../domain/candidacy/events.ts';
import { deciderOf } from '../domain/cases.ts';
import type { EmploymentEvent } from '../domain/employment/events.ts';
import { evolveHeld, standingOf } from '../domain/kernel/held.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import type { OpeningEvent } from '../domain/opening/events.ts';
import type { ReviewEvent } from '../domain/review/state.ts';
import type { RoleEvent } from '../domain/role/events.ts';
import { SEALED, beforeFirst, eventOf } from '../ledger/fold.ts';
import type { LedgerRow } from '../ledger/fold.ts';
import type { TermsRef } from '../domain/kernel/terms.ts';

/** One case as the reports count it: its rows in order, and where it is. */
export interface Life {
  readonly case: string;
  readonly kind: CaseKind;
  readonly site: string;
  /** Local year of the site in which it began. */
  readonly year: number;
  readonly rows: readonly LedgerRow[];
  /** The reader may open what is counted here: they could count it themselves. */
  readonly open: boolean;
}

/** What a report counts: a case, or one row of it as `<case>#<sequence>`. Every number is the number of its units. */
export type Unit = string;

interface Events {
  readonly candidacy: CandidacyEvent;
  readonly employment: EmploymentEvent;
  readonly opening: OpeningEvent;
  readonly review: ReviewEvent;
  readonly role: RoleEvent;
}
type Told = keyof Events;
type Kinds<C extends Told> = Events[C]['kind'];

/** A row read as the event it records. */
export type Happened<C extends Told, K extends Kinds<C>> = Extract<Events[C], { readonly kind: K }> & {
  readonly at: number;
  readonly capacity: string;
  readonly unit: Unit;
};

/** @returns the unit of one row. */
export const unitOf = (row: Pick<LedgerRow, 'case_id' | 'sequence'>): Unit =>
  `${row.case_id}#${row.sequence}`;
/** @returns the case a unit belongs to. */
export const caseOfUnit = (unit: Unit): string => unit.split('#')[0] ?? unit;

/** @returns a case's events of one kind, in their order; none for a case of another kind. */
export function eventsOf<C extends Told, K extends Kinds<C>>(
  life: Life,
  of: C,
  kind: K,
): readonly Happened<C, K>[] {
  if (life.kind !== of) return [];
  const rows = life.rows.filter((row) => row.kind === kind);
  return rows.map((row) => {
    const { at, capacity } = row;
    const said = { kind: row.kind, body: JSON.parse(row.body) as object, at, capacity, unit: unitOf(row) };
    // What the ledger holds under a kind was written by the decider of that case.
    return said as unknown as Happened<C, K>;
  });
}

/** @returns the first event of a kind, or null. */
export function firstOf<C extends Told, K extends Kinds<C>>(
  life: Life,
  of: C,
  kind: K,
): Happened<C, K> | null {
  return eventsOf(life, of, kind)[0] ?? null;
}

/** @returns the last event of a kind, or null. */
export function lastOf<C extends Told, K extends Kinds<C>>(
  life: Life,
  of: C,
  kind: K,
): Happened<C, K> | null {
  return eventsOf(life, of, kind).at(-1) ?? null;
}

/** One stay of a case in a stage; `until` null: it is still there. */
export interface Stay {
  readonly stage: string;
  readonly from: number;
  readonly until: number | null;
}

/** A case's way through its stages, folded from its rows. A final case stays nowhere. */
export function staysOf(life: Life): readonly Stay[] {
  const first = life.rows[0];
  if (first === undefined) return [];
  const decider = deciderOf(life.kind);
  let held = beforeFirst(decider, eventOf(first, null), JSON.parse(first.terms) as TermsRef);
  const stays: Stay[] = [];
  for (const row of life.rows) {
    if (row.kind === SEALED) continue;
    held = evolveHeld(decider, held, eventOf(row, null));
    const { stage, status } = standingOf(decider, held);
    const last = stays.at(-1);
    if (last?.until === null && (status === 'final' || last.stage !== stage))
      stays[stays.length - 1] = { ...last, until: row.at };
    const stands = stays.at(-1)?.until === null;
    if (!stands && status !== 'final') stays.push({ stage, from: row.at, until: null });
  }
  return stays;
}

/** How an employment began: here, or elsewhere and taken over. */
export function beginOf(life: Life): { readonly person: string; readonly role: string } | undefined {
  const here = firstOf(life, 'employment', 'employment_started');
  return (here ?? firstOf(life, 'employment', 'employment_adopted'))?.body;
}

/** @returns whom a case counts as one person for; a case about nobody counts for itself. */
export function subjectOf(life: Life): string {
  switch (life.kind) {
    case 'candidacy':
      return firstOf(life, 'candidacy', 'applied')?.body.person ?? life.case;
    case 'employment':
      return beginOf(life)?.person ?? life.case;
    case 'review':
      return firstOf(life, 'review', 'review_opened')?.body.employee ?? life.case;
    case 'readiness':
    case 'role':
    case 'opening':
    case 'clock':
      return life.case;
    default: {
      const unknown: never = life.kind;
      return unknown;
    }
  }
}

/** @returns the local year at a place. */
export function yearAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(new Date(at));
  return Number(parts);
}

const DAY_MS = 86_400_000;
/** @returns whole days between two instants. */
export const daysBetween = (from: number, until: number): number => Math.round((until - from) / DAY_MS);
/** @returns the instant at which a civil day begins at Greenwich: only differences of such days are ever taken. */
export const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

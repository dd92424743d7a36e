import { dateOf } from '../domain/kernel/calendar.ts';
import type { CivilDate } from '../domain/kernel/calendar.ts';
import type { Held } from '../domain/kernel/held.ts';
import { purgeForecast } from '../domain/kernel/retention.ts';
import type { Retention } from '../domain/kernel/words.ts';
import type { CaseId } from '../domain/kernel/words.ts';
import type { TermsStore } from '../ledger/documents.ts';
import type { OpeningState } from '../domain/opening/state.ts';
import type { Office } from './organization.ts';

export interface Forecast {
  readonly retention: Retention;
  /** The day the records' time counts from. */
  readonly from: CivilDate;
  readonly purge: CivilDate;
}

interface Row {
  readonly case_id: string;
  readonly kind: string;
  readonly status: string;
  readonly moved_at: number;
  readonly state: string;
}

async function caseRow(office: Office, id: CaseId): Promise<Row | null> {
  const { rows } = await office.pool.query<Row>(
    'select case_id, kind, status, moved_at, state from cases where org = $1 and case_id = $2 and not confidential',
    [office.org, id],
  );
  return rows[0] ?? null;
}

/** The end of an opening as it says it to its candidacies too (X32); of one from before it did, when it moved last. */
function endedAt(end: Row): number {
  if (end.kind !== 'opening') return end.moved_at;
  const { own } = JSON.parse(end.state) as { readonly own?: Partial<Pick<OpeningState, 'course'>> };
  return own?.course?.over ?? end.moved_at;
}

/** A selection record's time counts from the end of the whole opening, its reserve included (domain 5.7). */
async function endOf(office: Office, row: Row): Promise<Row | null> {
  if (row.kind !== 'candidacy') return row;
  const { opening } = (JSON.parse(row.state) as Held).own as { opening?: CaseId | null };
  return opening === undefined || opening === null ? null : caseRow(office, opening);
}

/**
 * When the records of a case may be purged, as things stand: shown, never done, and a hold goes first.
 * @returns null while that day cannot be told: the case is not over, or its records are kept
 */
export async function askRetention(
  office: Office & { readonly terms: TermsStore },
  id: CaseId,
): Promise<Forecast | null> {
  const row = await caseRow(office, id);
  if (row === null) return null;
  const retention: Retention | null =
    row.kind === 'candidacy' || row.kind === 'opening'
      ? 'selection'
      : row.kind === 'employment'
        ? 'employment'
        : null;
  const end = retention === null ? null : await endOf(office, row);
  if (retention === null || end?.status !== 'final') return null;
  const ref = (JSON.parse(row.state) as Held).base.terms;
  await office.terms.load(office.pool, office.org, [ref]);
  const { calendar, policy } = office.terms.get(ref);
  const from = dateOf(calendar, endedAt(end));
  const purge = purgeForecast(retention, from, policy);
  return purge === null ? null : { retention, from, purge };
}

import type { ClockState } from '../domain/clock/state.ts';
import type { Hold, HoldEvent } from '../domain/clock/state-hold.ts';
import { holdOwners } from '../domain/clock/words.ts';
import type { CaseId } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { openedRows, rowsOf } from './ask-history.ts';
import { ReadingRefused, casesFrom, readerOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice, SeenCase } from './ask-reader.ts';
import { holdsAt } from './ask-redacted.ts';

/** A legal hold that stands (X29), for those who look after holds. */
export type ShownHold = Pick<Hold, 'subject' | 'reason' | 'on' | 'by' | 'owner' | 'confirmed' | 'review'> & {
  readonly clock: CaseId;
  readonly site: string;
  readonly lifting: { readonly by: string; readonly reason: string; readonly on: string } | null;
};

const shown = (clock: CaseId, site: string, hold: Hold): ShownHold => {
  const { subject, reason, on, by, owner, confirmed, review, proposal } = hold;
  const lifting = proposal === null ? null : { by: proposal.by, reason: proposal.reason, on: proposal.on };
  return { clock, site, subject, reason, on, by, owner, confirmed, review, lifting };
};

/** A hold that was lifted: by whom it was proposed and by whom confirmed, each with the row that says so. */
export interface LiftedHold extends Omit<ShownHold, 'lifting'> {
  readonly lifted: {
    readonly proposedBy: string;
    readonly confirmedBy: string;
    readonly reason: string;
    readonly on: string;
    readonly at: number;
    /** Where it stands in the ledger. */
    readonly position: number;
  };
}

/** The sites at which somebody looks after holds. @throws ReadingRefused for whoever does nowhere */
async function sitesFor(office: ReadingOffice, reader: Reader): Promise<readonly string[]> {
  const { rows } = await office.pool.query<{ ref: string }>('select ref from sites where org = $1', [
    office.org,
  ]);
  const sites = rows.map(({ ref }) => ref).filter((ref) => holdsAt(office, reader, ref, holdOwners));
  if (sites.length === 0) throw new ReadingRefused('not_permitted', 'The list of legal holds');
  return sites;
}

/** Notes the reading of these holds in the ledger. */
const noted = (
  office: ReadingOffice,
  reader: Reader,
  list: readonly { readonly clock: CaseId }[],
): Promise<void> =>
  recordReading(office, reader, {
    what: 'holds',
    refs: list.map((one) => one.clock),
    classes: list.length === 0 ? [] : ['C3'],
  });

/**
 * Every hold that stands at the sites where the reader looks after holds. The reading is a row of the ledger.
 * @throws ReadingRefused for anybody else
 */
export async function askHolds(office: ReadingOffice, as: As): Promise<readonly ShownHold[]> {
  const reader = await readerOf(office, as);
  const sites = await sitesFor(office, reader);
  const where = `kind = 'clock' and site = any($2::text[]) and case_id in (select case_id from facts
    where org = $1 and kind = 'legal_hold')`;
  const clocks = await casesFrom(office, reader, where, [sites]);
  const list = clocks.flatMap((one) => {
    const { matter } = (one.held?.own ?? {}) as Partial<ClockState>;
    return matter?.about === 'hold' ? [shown(one.case_id, one.site, matter)] : [];
  });
  await noted(office, reader, list);
  return list;
}

/** What the rows of a hold say of its end; null while it stands. */
async function liftedIn(office: ReadingOffice, one: SeenCase): Promise<LiftedHold | null> {
  const { matter } = (one.held?.own ?? {}) as Partial<ClockState>;
  if (matter?.about !== 'hold') return null;
  const rows = await rowsOf(office, one.case_id);
  const opened = await openedRows(office, rows);
  const said = rows.flatMap(({ sequence, at, position }) => {
    const inside = opened.get(sequence);
    return inside === undefined ? [] : [{ at, position, ...(inside as unknown as HoldEvent) }];
  });
  const proposed = said.findLast((row) => row.kind === 'hold_off_proposed');
  const off = said.findLast((row) => row.kind === 'hold_off');
  if (proposed === undefined || off === undefined) return null;
  const { lifting: _, ...rest } = shown(one.case_id, one.site, matter);
  const { by: proposedBy, on } = proposed.body;
  const { by: confirmedBy, reason } = off.body;
  const { at, position } = off;
  return { ...rest, lifted: { proposedBy, confirmedBy, reason, on, at, position } };
}

/**
 * Every hold that was lifted at the sites where the reader looks after holds: nothing else tells who let go what it kept.
 * The reading is a row of the ledger.
 * @throws ReadingRefused for anybody else
 */
export async function askLiftedHolds(office: ReadingOffice, as: As): Promise<readonly LiftedHold[]> {
  const reader = await readerOf(office, as);
  const sites = await sitesFor(office, reader);
  // That a case published a hold stands outside the vault; so no other confidential matter is opened to look.
  const where = `kind = 'clock' and status = 'final' and site = any($2::text[]) and case_id in (select case_id
    from ledger where org = $1 and kind = 'sealed' and body like '%"legal_hold"%')`;
  const clocks = await casesFrom(office, reader, where, [sites]);
  const list: LiftedHold[] = [];
  for (const one of clocks) {
    const lifted = await liftedIn(office, one);
    if (lifted !== null) list.push(lifted);
  }
  await noted(office, reader, list);
  return list;
}

import type { ClockState } from '../domain/clock/state.ts';
import type { Hold } from '../domain/clock/state-hold.ts';
import { holdOwners } from '../domain/clock/words.ts';
import type { CaseId } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { ReadingRefused, casesFrom, readerOf } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';
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

/**
 * Every hold that stands at the sites where the reader looks after holds. The reading is a row of the ledger.
 * @throws ReadingRefused for anybody else
 */
export async function askHolds(office: ReadingOffice, as: As): Promise<readonly ShownHold[]> {
  const reader = await readerOf(office, as);
  const { rows } = await office.pool.query<{ ref: string }>('select ref from sites where org = $1', [
    office.org,
  ]);
  const sites = rows.map(({ ref }) => ref).filter((ref) => holdsAt(office, reader, ref, holdOwners));
  if (sites.length === 0) throw new ReadingRefused('not_permitted', 'The list of legal holds');
  const where = `kind = 'clock' and site = any($2::text[]) and case_id in (select case_id from facts
    where org = $1 and kind = 'legal_hold')`;
  const clocks = await casesFrom(office, reader, where, [sites]);
  const list = clocks.flatMap((one) => {
    const { matter } = (one.held?.own ?? {}) as Partial<ClockState>;
    return matter?.about === 'hold' ? [shown(one.case_id, one.site, matter)] : [];
  });
  await recordReading(office, reader, {
    what: 'holds',
    refs: list.map((one) => one.clock),
    classes: list.length === 0 ? [] : ['C3'],
  });
  return list;
}

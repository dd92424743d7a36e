import type { OpenedText } from '../directory/texts.ts';
import { openVaultEntries } from '../directory/vault.ts';
import { canRead } from '../domain/kernel/can.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { Capacity, CaseKind, Visibility } from '../domain/kernel/words.ts';
import { SEALED } from '../ledger/fold.ts';
import type { LedgerRow, VaultBody } from '../ledger/fold.ts';
import { recordReading } from './ask-access.ts';
import { hidingIn } from './ask-hidden.ts';
import { ReadingRefused, caseFor, casesFrom, isTold, readerOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice, Sight } from './ask-reader.ts';
import { unsealed, vaultedFor } from './ask-redacted.ts';
import type { Unsealed } from './ask-redacted.ts';

/** A free text as somebody typed it for a decision, with the row that names it. */
export interface ShownText extends Pick<OpenedText, 'ref' | 'subject' | 'text'> {
  readonly case: string;
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  readonly visibility: Visibility;
  /** Null for a text that stands as it was typed (X30). */
  readonly redaction: Unsealed['redaction'];
}

type Said = Pick<VaultBody, 'kind' | 'body' | 'texts'>;

const TEXT_REF = /^txt_(.{1,160})_[a-z][0-9A-Za-z]{0,39}$/;

/** Rows of the decision a text was typed for; a confidential one stands under a digest of its id. */
async function rowsOf(office: ReadingOffice, ref: string): Promise<readonly LedgerRow[]> {
  const decisionId = TEXT_REF.exec(ref)?.[1];
  if (decisionId === undefined) return [];
  const { rows } = await office.pool.query<LedgerRow>(
    `select * from ledger where org = $1 and decision_id = any($2::text[]) and case_id not like 'house-%'
     order by position`,
    [office.org, [decisionId, `sealed:${opaque(decisionId)}`]],
  );
  return rows;
}

/**
 * What somebody else wrote about a selection or a confidential matter: to the person concerned HR gives a summary on
 * request, and those who rate see each other's words in the meeting, not before (domain 5.2, the stricter table).
 */
const notOthersWords: ReadonlySet<Capacity> = new Set(['candidate', 'employee', 'panelist', 'screener']);

/** Whoever hires and rates, or screens, here judges as the others do, and reads their words no sooner than they (D4.7). */
function withoutJudging(capacities: readonly Capacity[]): readonly Capacity[] {
  const judges = capacities.some((one) => one === 'panelist' || one === 'screener');
  return capacities.filter((one) => !notOthersWords.has(one) && !(judges && one === 'hiring_manager'));
}

function mayRead(sight: Sight, kind: CaseKind, row: LedgerRow, rowKind: string): boolean {
  const visibility = row.visibility as Visibility;
  if (sight.person !== null && row.actor === sight.person) return true;
  if (isTold(sight, kind, rowKind)) return true;
  const strict = visibility === 'C2' || visibility === 'C3';
  return canRead(strict ? withoutJudging(sight.capacities) : sight.capacities, visibility);
}

/** What a row says, opened where it lies sealed, to judge by it. Null when its entry is gone. */
async function said(office: ReadingOffice, row: LedgerRow): Promise<Said | null> {
  const body = JSON.parse(row.body) as object;
  if (row.kind !== SEALED) return { kind: row.kind, body, texts: JSON.parse(row.texts) as Said['texts'] };
  const { ref } = body as { ref: string };
  const inside = (await openVaultEntries(office.pool, office.keys, office.org, [ref])).get(ref);
  return inside === undefined ? null : (JSON.parse(inside) as VaultBody);
}

/** X31: what is to be changed is told to the one who arranges it, while they owe it; nothing else of the row is. */
function toldTo(reader: Reader, { body }: Said, ref: string): boolean {
  const { arranger, change } = body as { arranger?: string; change?: string };
  return change === ref && arranger !== undefined && reader.as === arranger;
}

interface Found {
  readonly row: LedgerRow;
  readonly site: string;
}

async function rowFor(office: ReadingOffice, reader: Reader, ref: string): Promise<Found | null> {
  for (const row of await rowsOf(office, ref)) {
    const inside = await said(office, row);
    if (inside === null || !inside.texts.some(([named]) => named === ref)) continue;
    const bare = (await casesFrom(office, reader, 'case_id = $2', [row.case_id]))[0];
    if (bare !== undefined && (await vaultedFor(office, reader, bare.site, ref)))
      return { row, site: bare.site };
    const { one, sight } = await caseFor(office, reader, row.case_id);
    if (!mayRead(sight, one.kind as CaseKind, row, inside.kind) && !toldTo(reader, inside, ref)) continue;
    const { kind, body } = inside;
    const { site } = one;
    if (!(await hidingIn(office, reader, one))({ kind, actor: row.actor, body })) return { row, site };
  }
  return null;
}

/**
 * The case whose text this is, for somebody who may read it.
 * @throws ReadingRefused as {@link askText}
 */
export async function caseOfText(office: ReadingOffice, as: As, ref: string): Promise<string> {
  const reader = await readerOf(office, as);
  const found = as === 'installation' ? null : await rowFor(office, reader, ref).catch(unseen);
  if (found === null) throw new ReadingRefused('not_permitted', ref);
  return found.row.case_id;
}

/**
 * A sealed text, for a reader who may read the row that names it. Whoever merely runs or audits the machine reads none,
 * and a text that no row names yet belongs to nobody. The reading of what is more than daily work is a row of its own.
 * A redacted text says `redacted` (X30).
 * @throws ReadingRefused, the same for a text that is not there and one that is not theirs; KeyErased where the person
 * it is about was erased
 */
export async function askText(office: ReadingOffice, as: As, ref: string): Promise<ShownText> {
  const reader = await readerOf(office, as);
  const found = as === 'installation' ? null : await rowFor(office, reader, ref).catch(unseen);
  if (found === null) throw new ReadingRefused('not_permitted', ref);
  const { row, site } = found;
  const { subject, text, redaction, read } = await unsealed(office, reader, site, ref);
  const visibility: Visibility = redaction === null ? (row.visibility as Visibility) : 'C3';
  if (read)
    await recordReading(office, reader, { what: 'text', refs: [row.case_id, ref], classes: [visibility] });
  const { case_id: id, sequence, at, actor } = row;
  return { ref, subject, text, case: id, sequence, at, actor, visibility, redaction };
}

function unseen(error: unknown): null {
  if (error instanceof ReadingRefused) return null;
  throw error;
}

import type pg from 'pg';
import { dateOf } from '../domain/kernel/calendar.ts';
import type { CivilDate } from '../domain/kernel/calendar.ts';
import type { CaseId, Retention } from '../domain/kernel/words.ts';
import { followSecond, noteErased } from '../ledger/erased-list.ts';
import type { ErasedPlace, Followed } from '../ledger/erased-list.ts';
import { holdsOver } from '../ledger/holds.ts';
import { houseAppend } from '../ledger/house-append.ts';
import { holdsAt } from './ask-redacted.ts';
import { ReadingRefused, readerOf } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { askRetention } from './ask-retention.ts';
import { ErasureRefused } from './erasure-refused.ts';
import { termsInForce } from './new-terms.ts';
import type { HouseActor } from './organization.ts';

/** A case that is over, and what becomes of the texts of its records (domain 5.7). */
export interface PurgeLine {
  readonly case: CaseId;
  readonly retention: Retention;
  readonly from: CivilDate;
  readonly purge: CivilDate;
  /** `held`: its day has come, and a legal hold goes first (X29). */
  readonly is: 'later' | 'due' | 'held' | 'purged';
  /** How many texts are left, or went now. */
  readonly texts: number;
}

/** What became of each, and whether the second list outside the database knows of it. */
export interface Purged {
  readonly list: readonly PurgeLine[];
  readonly second: Followed;
}

/** Those who may look after the end of records. */
const keepers = ['privacy_officer', 'hr_director'] as const;

/** @throws ErasureRefused, ReadingRefused for somebody whom the directory does not know */
export async function mustKeepRecords(office: ReadingOffice, as: string, site: string): Promise<void> {
  const reader = await readerOf(office, as);
  if (!holdsAt(office, reader, site, keepers)) throw new ErasureRefused('erasing_not_permitted', as);
}

/** The day at a site now, by the calendar in force there: a case's own may have run out since. */
export async function todayAt(office: ReadingOffice, site: string): Promise<CivilDate> {
  const { pool, org, terms } = office;
  const ref = await termsInForce(pool, org, site);
  await terms.load(pool, org, [ref]);
  const { rows } = await pool.query<{ now: number }>('select org_now($1) as now', [org]);
  return dateOf(terms.get(ref).calendar, rows[0]?.now ?? 0);
}

/** Texts that the case's rows of this class name and no row of another class does: the longest rule wins. */
const TEXTS_SQL = `select ref from (
    select text.value ->> 0 as ref, bool_and(l.retention = $3 or l.kind in ('text_hidden', 'redaction_settled')) as alone
    from ledger l, jsonb_array_elements(l.texts::jsonb) as text where l.org = $1 and l.case_id = $2 group by 1) named
  where alone and exists (select 1 from texts t where t.org = $1 and t.ref = named.ref and t.sealed is not null)`;

async function textsLeft(
  db: Pick<pg.Pool, 'query'>,
  org: string,
  { case: id, retention }: Pick<PurgeLine, 'case' | 'retention'>,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ ref: string }>(TEXTS_SQL, [org, id, retention]);
  return rows.map((row) => row.ref);
}

async function lineOf(
  office: ReadingOffice,
  { case_id: id, site }: { readonly case_id: CaseId; readonly site: string },
): Promise<PurgeLine | null> {
  const forecast = await askRetention(office, id);
  if (forecast === null) return null;
  const { pool, org } = office;
  const due = forecast.purge <= (await todayAt(office, site));
  const held = due && (await holdsOver(pool, org, [id])).length > 0;
  const line = { case: id, ...forecast, is: due ? (held ? 'held' : 'due') : 'later' } as const;
  return { ...line, texts: (await textsLeft(pool, org, line)).length };
}

/** Final cases whose records end by themselves, soonest first: a forecast, or what is due. Purged ones with nothing left are left out. */
export async function askPurge(office: ReadingOffice): Promise<readonly PurgeLine[]> {
  const { pool, org } = office;
  const { rows } = await pool.query<{ case_id: CaseId; site: string; purged: boolean }>(
    `select case_id, site, exists (select 1 from ledger l where l.org = $1 and l.case_id = 'house-erasure'
       and l.kind = 'purged' and l.body::jsonb ->> 'case' = c.case_id) as purged
     from cases c where org = $1 and status = 'final' and kind in ('opening', 'candidacy', 'employment')
     order by case_id`,
    [org],
  );
  const lines: PurgeLine[] = [];
  for (const row of rows) {
    const line = await lineOf(office, row);
    // A case that was opened again after it was purged may have been told something new.
    if (line !== null && (!row.purged || line.texts > 0)) lines.push(line);
  }
  return lines.toSorted((a, b) => (a.purge === b.purge ? 0 : a.purge < b.purge ? -1 : 1));
}

/** Deletes sealed texts for good, inside the caller's transaction; those that are gone already stay gone. */
export async function deleteTexts(
  client: pg.ClientBase,
  org: string,
  refs: readonly string[],
): Promise<void> {
  const gone = refs.map((ref) => ({ ref, outcome: 'deleted' }));
  await client.query('select redact_texts($1, $2)', [org, JSON.stringify(gone)]);
}

/** Whether a decision was the purge of this case, and nothing came to it since. */
async function wasPurged({ pool, org }: ReadingOffice, id: string, line: PurgeLine): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from ledger where org = $1 and decision_id = $2 and case_id = 'house-erasure' and kind = 'purged'
       and body::jsonb ->> 'case' = $3`,
    [org, id, line.case],
  );
  return rows.length > 0 && (await textsLeft(pool, org, line)).length === 0;
}

/**
 * One case, under the ledger's lock: a hold that was set meanwhile is seen.
 * @returns false when it is held
 * @throws ErasureRefused (decision_id_reused) when nothing was done since the id had been used, and texts are left
 */
async function purgeCase(
  office: ReadingOffice,
  by: HouseActor,
  line: PurgeLine,
  list: ErasedPlace | null,
): Promise<boolean> {
  const { pool, org } = office;
  const body = { case: line.case, retention: line.retention, from: line.from, texts: line.texts };
  const act = {
    ...{ decisionId: `${by.decisionId}_${line.case}`, actor: by.actor, how: by.how ?? 'asserted_local' },
    capacity: '',
    events: [{ stream: 'erasure' as const, kind: 'purged', body }],
  };
  try {
    const at = await houseAppend(pool, org, act, async (client) => {
      const holds = await holdsOver(client, org, [line.case]);
      if (holds.length > 0) throw new ErasureRefused('legal_hold', line.case, holds);
      const refs = await textsLeft(client, org, line);
      await deleteTexts(client, org, refs);
      noteErased(list, org, { is: 'texts', refs }, Date.now());
    });
    // Told twice at once the other did it; else the id was used for something else.
    if (at === null && !(await wasPurged(office, act.decisionId, line)))
      throw new ErasureRefused('decision_id_reused', line.case);
    return true;
  } catch (error) {
    if (error instanceof ErasureRefused && error.code === 'legal_hold') return false;
    throw error;
  }
}

/**
 * Deletes the sealed texts of records whose day has come, case by case, each with a row of its own. The rows of the
 * ledger stay: they hold codes and refs. What a hold keeps is passed over and reported.
 * @param list outside the database, so that no restore brings them back; null where a database is thrown away
 * @returns every case of {@link askPurge}, with what became of it
 * @throws ErasedListClosed; ErasureRefused (decision_id_reused)
 */
export async function purge(
  office: ReadingOffice,
  by: HouseActor,
  list: ErasedPlace | null,
): Promise<Purged> {
  const told: PurgeLine[] = [];
  for (const line of await askPurge(office)) {
    if (line.is !== 'due') told.push(line);
    else told.push({ ...line, is: (await purgeCase(office, by, line, list)) ? 'purged' : 'held' });
  }
  return { list: told, second: await followSecond(list, office.org) };
}

/** At every site: what ends records ends them in the whole house. @throws ErasureRefused, ReadingRefused */
export async function mustKeepAllRecords(office: ReadingOffice, as: string): Promise<void> {
  const { rows } = await office.pool.query<{ ref: string }>('select ref from sites where org = $1', [
    office.org,
  ]);
  if (rows.length === 0) throw new ReadingRefused('not_permitted', 'The list of records');
  for (const { ref } of rows) await mustKeepRecords(office, as, ref);
}

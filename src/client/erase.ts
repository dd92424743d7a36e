import type pg from 'pg';
import { erasePersonKey } from '../directory/people.ts';
import { PersonUnknown } from '../directory/errors.ts';
import { vaultTextRef } from '../directory/vault.ts';
import type { ClockState } from '../domain/clock/state.ts';
import { linkOf } from '../domain/holds.ts';
import { dateOf } from '../domain/kernel/calendar.ts';
import type { CivilDate } from '../domain/kernel/calendar.ts';
import { purgeForecast } from '../domain/kernel/retention.ts';
import type { PersonRef, Retention } from '../domain/kernel/words.ts';
import { holdsOver } from '../ledger/holds.ts';
import { followSecond, noteErased } from '../ledger/erased-list.ts';
import type { ErasedPlace, Followed } from '../ledger/erased-list.ts';
import { houseAppend } from '../ledger/house-append.ts';
import { casesFrom, readerOf } from './ask-reader.ts';
import type { ReadingOffice, SeenCase } from './ask-reader.ts';
import { askRetention } from './ask-retention.ts';
import { ErasureRefused } from './erasure-refused.ts';
import type { HouseActor } from './organization.ts';
import { whereIs } from './places-of.ts';
import { mustKeepAllRecords, mustKeepRecords, todayAt } from './purge.ts';

/** The class under which a clock's rows are kept: checks of lists and certificates longer than the rest (domain 5.7). */
const clockClass = (about: string | undefined): Retention =>
  about === 'credential' || about === 'exclusion' ? 'credential' : 'vault';

function personIn(one: SeenCase): PersonRef | null {
  if (one.held === null) return null;
  if (one.kind === 'clock') return (one.held.own as ClockState).person;
  return linkOf(one.case_id, one.held.own)?.person ?? null;
}

/** The day from which a case that is over no longer speaks against it; null where its records name no day. */
async function keptUntil(office: ReadingOffice, one: SeenCase): Promise<CivilDate | null> {
  if (one.kind !== 'clock') return (await askRetention(office, one.case_id))?.purge ?? null;
  if (one.held === null) return null;
  await office.terms.load(office.pool, office.org, [one.held.base.terms]);
  const { calendar, policy } = office.terms.get(one.held.base.terms);
  const { matter } = one.held.own as ClockState;
  return purgeForecast(clockClass(matter?.about), dateOf(calendar, one.moved_at), policy);
}

/** Nothing that is open or still kept is about them (domain 5.7). @throws ErasureRefused */
async function mustBeOver(office: ReadingOffice, as: string, person: PersonRef): Promise<void> {
  const reader = await readerOf(office, as);
  const all = await casesFrom(office, reader, `kind in ('candidacy', 'employment', 'review', 'clock')`, []);
  for (const one of all.filter((seen) => personIn(seen) === person)) {
    // What a confidential case is about is not for whoever erases: it is named like the last thing they may know.
    const name = one.kind === 'clock' ? 'An item of HR' : one.case_id;
    if (one.status !== 'final') throw new ErasureRefused('open_case', name);
    const until = await keptUntil(office, one);
    if (until !== null && until > (await todayAt(office, one.site)))
      throw new ErasureRefused('records_kept', until);
  }
}

interface Known {
  readonly erased: boolean;
  readonly assigned: boolean;
}

async function knownAs(office: ReadingOffice, person: PersonRef): Promise<Known> {
  const { rows } = await office.pool.query<Known>(
    `select erased_at is not null as erased,
       exists (select 1 from assignments a where a.org = $1 and a.person = $2
         and (a.to_at is null or a.to_at > org_now($1))
         and a.capacity not in ('candidate', 'employee')) as assigned
     from persons where org = $1 and ref = $2`,
    [office.org, person],
  );
  const [known] = rows;
  if (known === undefined) throw new PersonUnknown(person);
  return known;
}

/**
 * Whoever ends the records of a person keeps the records at every place where they were something; of somebody who was
 * nowhere, those of the whole house. @throws ErasureRefused, ReadingRefused
 */
async function mustKeepTheirs(office: ReadingOffice, as: string, person: PersonRef): Promise<void> {
  const { places } = await whereIs(office, person);
  if (places.length === 0 || places.includes(office.org)) return mustKeepAllRecords(office, as);
  for (const place of places) await mustKeepRecords(office, as, place);
}

/** Texts about them that were moved to the vault lie under another key than theirs. */
async function dropVaulted(client: pg.ClientBase, org: string, person: PersonRef): Promise<void> {
  const { rows } = await client.query<{ ref: string }>(
    `select ref from texts where org = $1 and subject = $2 and redaction = 'vaulted'`,
    [org, person],
  );
  const places = rows.map(({ ref }) => vaultTextRef(ref));
  await client.query('delete from vault where org = $1 and ref = any($2::text[])', [org, places]);
}

/** Destroys what is kept of a person, inside the caller's transaction. Safe to repeat. @returns false for nobody */
export async function destroyTheirs(client: pg.ClientBase, org: string, person: PersonRef): Promise<boolean> {
  await dropVaulted(client, org, person);
  return erasePersonKey(client, org, person);
}

/** What became of it, and whether the second list outside the database knows of it. */
export interface ErasedPerson {
  readonly is: 'erased' | 'erased_before';
  readonly second: Followed;
}

async function eraseUnderLock(
  office: ReadingOffice,
  person: PersonRef,
  by: HouseActor,
  list: ErasedPlace | null,
): Promise<ErasedPerson['is']> {
  const { pool, org } = office;
  const act = {
    ...{ decisionId: by.decisionId, actor: by.actor, how: by.how ?? 'asserted_local', capacity: '' },
    events: [{ stream: 'erasure' as const, kind: 'erased', body: { person } }],
  };
  const at = await houseAppend(pool, org, act, async (client) => {
    // Looked at again under the lock: a hold may have been set meanwhile.
    await mustBeFree(client, org, person);
    await destroyTheirs(client, org, person);
    noteErased(list, org, { is: 'person', ref: person }, Date.now());
  });
  if (at !== null) return 'erased';
  // The id was there already: this erasure, told twice at once, or something else altogether.
  if ((await knownAs(office, person)).erased) return 'erased_before';
  throw new ErasureRefused('decision_id_reused', person);
}

/** X29. @throws ErasureRefused */
async function mustBeFree(db: Pick<pg.Pool, 'query'>, org: string, person: PersonRef): Promise<void> {
  const holds = await holdsOver(db, org, [person]);
  if (holds.length > 0) throw new ErasureRefused('legal_hold', person, holds);
}

/**
 * Destroys a person's key: their name, addresses and every text about them are noise from then on; their ref stays in
 * the rows. Refused while a legal hold reaches them (X29), while a case of theirs is open, while their records are
 * kept, and while they are something here.
 * @param list outside the database, so that no restore brings them back; null where a database is thrown away
 * @returns `erased_before` when it was done already; `not_reached` where the second list is to follow later
 * @throws ErasureRefused, PersonUnknown, ReadingRefused, ErasedListClosed
 */
export async function erasePerson(
  office: ReadingOffice,
  person: PersonRef,
  by: HouseActor,
  list: ErasedPlace | null,
): Promise<ErasedPerson> {
  const { pool, org } = office;
  const { erased, assigned } = await knownAs(office, person);
  await mustKeepTheirs(office, by.actor, person);
  if (erased) return { is: 'erased_before', second: await followSecond(list, org) };
  await mustBeFree(pool, org, person);
  if (assigned) throw new ErasureRefused('still_assigned', person);
  await mustBeOver(office, by.actor, person);
  const is = await eraseUnderLock(office, person, by, list);
  return { is, second: await followSecond(list, org) };
}

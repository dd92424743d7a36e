import type pg from 'pg';
import { everyPolicyKey, requiredValues } from '../contracts/policy.ts';
import { setSiteCalendar } from '../directory/sites.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import type { Policy, Profile } from '../domain/kernel/policy.ts';
import type { Comparator, TermsRef } from '../domain/kernel/terms.ts';
import type { SiteRef } from '../domain/kernel/words.ts';
import { attempt } from '../ledger/attempt.ts';
import { isDatabaseAway } from '../ledger/database.ts';
import { keepDocument } from '../ledger/documents.ts';
import type { TermsStore } from '../ledger/documents.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { HouseEvent } from '../ledger/house-append.ts';
import type { House } from './house.ts';
import { PolicyIncomplete, mustBeRecorded } from './organization.ts';
import type { HouseActor, Office } from './organization.ts';
import { nudgeRun, quietOf } from './start-options.ts';

/** What is put in force at a site from now on. */
export type NewTerms =
  | { readonly what: 'policy'; readonly policy: Policy; readonly profile: Profile | null }
  | { readonly what: 'calendar'; readonly calendar: SiteCalendar }
  | { readonly what: 'comparator'; readonly comparator: Comparator };

/** Which open cases of the site are told; a new case stands under the new terms anyway. */
export type ToldCases = 'all' | 'none' | readonly string[];

export interface TermsChanged {
  readonly site: SiteRef;
  readonly after: TermsRef;
  /** Cases that have a notice now and adopt the terms at their next step. */
  readonly told: readonly string[];
}

/** What is told to cases, and on which stream of the house. */
type Told = Omit<TermsChanged, 'told'> & { readonly stream: string };

/** An office that can let a case look at its notices, to see whether it can. */
type OfficeWithTerms = Office & { readonly terms: TermsStore };

const problems = {
  site_without_terms: (about: string) => `No terms are in force at ${about}: see "peer-hire site list".`,
  case_not_told: (about: string) =>
    `${about} is not an open case of this site, so it cannot be told. Nothing was changed.`,
  terms_moved: (about: string) =>
    `The terms of ${about} were changed by somebody else at this moment. Nothing was changed; look, then repeat.`,
  terms_do_not_fit: (about: string) =>
    `${about} cannot be carried on under these terms. Nothing was changed; compare them with those in force (peer-hire policy diff), and see that the calendar reaches far enough.`,
} as const;

/** New terms that cannot be put in force so. */
export class TermsRefused extends Error {
  readonly code: keyof typeof problems;
  constructor(code: TermsRefused['code'], about: string) {
    super(problems[code](about.slice(0, 200)));
    this.name = 'TermsRefused';
    this.code = code;
  }
}

/** @returns the terms in force at a site. @throws TermsRefused (site_without_terms) */
export async function termsInForce(
  db: Pick<pg.Pool, 'query'>,
  org: string,
  site: SiteRef,
): Promise<TermsRef> {
  const { rows } = await db.query<TermsRef>(
    'select policy, calendar, profile, comparator from terms_in_force where org = $1 and site = $2',
    [org, site],
  );
  const row = rows[0];
  if (row === undefined) throw new TermsRefused('site_without_terms', site);
  return row;
}

/** The documents in force, read. */
async function termsOf({ pool, org, terms }: OfficeWithTerms, ref: TermsRef) {
  await terms.load(pool, org, [ref]);
  return terms.get(ref);
}

async function kept(office: Office, before: TermsRef, terms: NewTerms): Promise<TermsRef> {
  const { pool, org } = office;
  if (terms.what === 'calendar')
    return { ...before, calendar: await keepDocument(pool, org, 'calendar', terms.calendar) };
  if (terms.what === 'comparator')
    return { ...before, comparator: await keepDocument(pool, org, 'comparator', terms.comparator) };
  const missing = requiredValues(terms.policy, everyPolicyKey);
  if (missing.length > 0) throw new PolicyIncomplete(missing);
  const policy = await keepDocument(pool, org, 'policy', terms.policy);
  const { profile } = terms;
  return profile === null
    ? { ...before, policy }
    : { ...before, policy, profile: await keepDocument(pool, org, 'profile', profile) };
}

/** A policy is applied together with the comparator record: a site without one has none from then on. */
function eventsOf(site: SiteRef, what: NewTerms['what'], after: TermsRef): readonly HouseEvent[] {
  const { policy, profile, calendar, comparator } = after;
  if (what === 'calendar')
    return [{ stream: 'calendar', kind: 'calendar_applied', body: { site, calendar } }];
  if (what === 'comparator')
    return [{ stream: 'comparator', kind: 'comparator_recorded', body: { site, comparator } }];
  const events: HouseEvent[] = [
    { stream: 'policy', kind: 'policy_applied', body: { site, policy, profile } },
  ];
  if (comparator !== null)
    events.push({ stream: 'comparator', kind: 'comparator_recorded', body: { site, comparator } });
  return events;
}

const TELL_SQL = `
  insert into notices (org, key, from_case, to_case, starts, kind, body, at)
  select $1, $2 || '/' || l.sequence || '/' || n.n, $2, n.case_id, false, 'terms_changed', $4, $5
  from (select case_id, row_number() over (order by case_id) as n from cases
    where org = $1 and site = $3 and status <> 'final' and ($6::text[] is null or case_id = any($6::text[]))) n,
    (select max(sequence) as sequence from ledger where org = $1 and case_id = $2) l
  returning to_case`;

/** Tells open cases in the transaction of the change. @throws TermsRefused (case_not_told): then nothing was changed */
async function tell(
  client: pg.PoolClient,
  org: string,
  at: number,
  changed: Told,
  whom: ToldCases,
): Promise<readonly string[]> {
  if (whom === 'none') return [];
  const { site, after, stream } = changed;
  const only = whom === 'all' ? null : [...new Set(whom)];
  const { rows } = await client.query<{ to_case: string }>(TELL_SQL, [
    ...[org, `house-${stream}`, site, JSON.stringify({ after }), at],
    only,
  ]);
  const told = rows.map((row) => row.to_case).toSorted();
  const left = only?.find((id) => !told.includes(id));
  if (left !== undefined) throw new TermsRefused('case_not_told', left);
  return told;
}

/** Which of the cases fail when they look now, in this transaction. Nothing is written. */
async function failing(
  client: pg.PoolClient,
  { org, keys, terms }: OfficeWithTerms,
  cases: readonly string[],
): Promise<readonly string[]> {
  const library = { org, keys, terms, rulesFailed: () => undefined };
  const found: string[] = [];
  for (const id of cases) {
    await client.query('savepoint before_look');
    try {
      await attempt(client, library, { org, case: id, sequence: 0 });
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      await client.query('rollback to savepoint before_look');
      found.push(id);
    }
    await client.query('release savepoint before_look');
  }
  return found;
}

/**
 * Tells the cases and lets each of them look, before anything is certain: terms under which a case cannot go on would
 * stop it at every later step. A case that could not go on before either stands in nobody's way.
 * @throws TermsRefused (case_not_told, terms_do_not_fit): then nothing was changed
 */
async function tellAndTry(
  client: pg.PoolClient,
  office: OfficeWithTerms,
  at: number,
  changed: Told,
  whom: ToldCases,
): Promise<readonly string[]> {
  await client.query('savepoint before_telling');
  const told = await tell(client, office.org, at, changed, whom);
  const stopped = await failing(client, office, told);
  if (stopped.length === 0) return told;
  await client.query('rollback to savepoint before_telling');
  const before = new Set(await failing(client, office, stopped));
  const misfit = stopped.find((id) => !before.has(id));
  if (misfit !== undefined) throw new TermsRefused('terms_do_not_fit', misfit);
  return tell(client, office.org, at, changed, whom);
}

/**
 * Puts a new policy, calendar or comparator record in force at a site and tells open cases, in one transaction: each of them records
 * `terms_adopted` and computes its due instants anew; what was sent stays sent (architecture, new terms). A case adopts
 * everything in force at its site. Doing it again with what is in force already changes nothing but tells the cases.
 * Terms under which some told case could not go on are refused.
 * @throws TermsRefused, PolicyIncomplete, RecordedInFuture
 */
export async function changeTerms(
  office: OfficeWithTerms,
  site: SiteRef,
  terms: NewTerms,
  whom: ToldCases,
  by: HouseActor,
): Promise<TermsChanged> {
  const { org, pool } = office;
  const before = await termsInForce(pool, org, site);
  const after = await kept(office, before, terms);
  const installation = by.actor === 'installation';
  const act = {
    ...{ decisionId: by.decisionId, actor: by.actor, events: eventsOf(site, terms.what, after) },
    how: by.how ?? (installation ? 'installation' : 'asserted_local'),
    capacity: installation ? 'administrator' : '',
  };
  let told: readonly string[] = [];
  const { calendar } = await termsOf(office, before);
  await houseAppend(pool, org, act, async (client, at) => {
    if (terms.what === 'comparator') mustBeRecorded(terms.comparator, calendar, at);
    const { rowCount } = await client.query(
      `update terms_in_force set policy = $3, calendar = $4, profile = $5, comparator = $10
       where org = $1 and site = $2 and policy = $6 and calendar = $7 and profile = $8
         and comparator is not distinct from $9`,
      [
        ...[org, site, after.policy, after.calendar, after.profile],
        ...[before.policy, before.calendar, before.profile, before.comparator],
        after.comparator,
      ],
    );
    if (rowCount === 0) throw new TermsRefused('terms_moved', site);
    if (terms.what === 'calendar') await setSiteCalendar(client, org, site, after.calendar);
    told = await tellAndTry(client, office, at, { site, after, stream: terms.what }, whom);
  });
  return { site, after, told };
}

/** Tells runs to look at their notices, starting one that has none. Harmless when done again. */
export async function nudgeCases(house: House, cases: readonly string[]): Promise<void> {
  const quiet = await quietOf(house.pool, house.org);
  for (const id of cases) await nudgeRun(house, id, quiet);
}

import type pg from 'pg';
import { everyPolicyKey, requiredValues } from '../contracts/policy.ts';
import { createVaultKey } from '../directory/vault.ts';
import type { KeyRing } from '../directory/keys.ts';
import { addSite } from '../directory/sites.ts';
import { dateOf } from '../domain/kernel/calendar.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { Policy, Profile } from '../domain/kernel/policy.ts';
import type { Comparator } from '../domain/kernel/terms.ts';
import type { Capacity, OrgRef, PersonRef, SiteRef } from '../domain/kernel/words.ts';
import { keepDocument } from '../ledger/documents.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { HouseEvent } from '../ledger/house-append.ts';
import { StandInRefused, mustStandIn, mustWorkThere, tellMoved } from './delegate.ts';

/** What the house's commands work with; no Temporal in it. */
export interface Office {
  readonly org: OrgRef;
  readonly pool: pg.Pool;
  readonly keys: KeyRing;
}

export interface NewOrganization {
  readonly org: OrgRef;
  /** A sandbox knows one instant, moved only by its conductor; fixed for good when it is made. */
  readonly sandbox: { readonly clock: number; readonly seed: string } | null;
  /** Quiet time before a case continues as new, in milliseconds. */
  readonly quietMs: number;
}

/** Makes an organization in an empty or shared database; doing it again changes nothing. */
export async function makeOrganization(office: Office, made: NewOrganization): Promise<void> {
  const { pool, keys } = office;
  await pool.query(
    'insert into orgs (org, sandbox, clock, quiet_ms) values ($1, $2, $3, $4) on conflict do nothing',
    [made.org, made.sandbox !== null, made.sandbox?.clock ?? null, made.quietMs],
  );
  await pool.query('insert into heads (org) values ($1) on conflict do nothing', [made.org]);
  await createVaultKey(pool, keys, made.org, made.sandbox?.seed);
}

export interface SiteTerms {
  readonly site: SiteRef;
  readonly name: string;
  readonly policy: Policy;
  readonly calendar: SiteCalendar;
  readonly profile: Profile;
  readonly comparator: Comparator | null;
}

/** By whom something of the house was done, and under which id. */
export interface HouseActor {
  readonly decisionId: string;
  /** A person ref, or `installation`. */
  readonly actor: PersonRef;
  readonly how?: string;
}

const actOf = (by: HouseActor, events: readonly HouseEvent[]) => ({
  decisionId: by.decisionId,
  actor: by.actor,
  how: by.how ?? (by.actor === 'installation' ? 'installation' : 'asserted_local'),
  capacity: by.actor === 'installation' ? 'administrator' : '',
  events,
});

/** The policy lacks values some rule asks for: it cannot be put in force. */
export class PolicyIncomplete extends Error {
  readonly code = 'policy_incomplete';
  readonly missing: readonly string[];
  constructor(missing: readonly string[]) {
    super(`policy_incomplete: add ${missing.slice(0, 8).join(', ')}`);
    this.name = 'PolicyIncomplete';
    this.missing = missing;
  }
}

/** A comparator record of a day that is still to come: nobody can have looked then. */
export class RecordedInFuture extends Error {
  readonly code = 'recorded_in_future';
  constructor(recorded: string) {
    super(
      `The comparator record names ${recorded} as the day it was recorded, which is still to come there. Nothing was changed; name the day on which somebody looked.`,
    );
    this.name = 'RecordedInFuture';
  }
}

/**
 * Says no inside of the transaction that would put a comparator record in force, by the house's own clock.
 * @throws RecordedInFuture
 */
export function mustBeRecorded(comparator: Comparator | null, calendar: SiteCalendar, at: number): void {
  if (comparator !== null && comparator.recorded > dateOf(calendar, at))
    throw new RecordedInFuture(comparator.recorded);
}

/**
 * Puts a site's policy, calendar, profile and comparator record in force for cases opened from now on.
 * @throws PolicyIncomplete, RecordedInFuture
 */
export async function applyTerms(office: Office, terms: SiteTerms, by: HouseActor): Promise<void> {
  const { org, pool } = office;
  const missing = requiredValues(terms.policy, everyPolicyKey);
  if (missing.length > 0) throw new PolicyIncomplete(missing);
  const policy = await keepDocument(pool, org, 'policy', terms.policy);
  const calendar = await keepDocument(pool, org, 'calendar', terms.calendar);
  const profile = await keepDocument(pool, org, 'profile', terms.profile);
  const comparator =
    terms.comparator === null ? null : await keepDocument(pool, org, 'comparator', terms.comparator);
  await addSite(pool, {
    org,
    ref: terms.site,
    name: terms.name,
    zone: terms.calendar.zone,
    calendarHash: calendar,
  });
  const events: HouseEvent[] = [
    { stream: 'policy', kind: 'policy_applied', body: { site: terms.site, policy, profile } },
    { stream: 'calendar', kind: 'calendar_applied', body: { site: terms.site, calendar } },
  ];
  if (comparator !== null)
    events.push({
      stream: 'comparator',
      kind: 'comparator_recorded',
      body: { site: terms.site, comparator },
    });
  await houseAppend(pool, org, actOf(by, events), async (client, at) => {
    mustBeRecorded(terms.comparator, terms.calendar, at);
    await client.query(
      `insert into terms_in_force (org, site, policy, calendar, profile, comparator) values ($1, $2, $3, $4, $5, $6)
       on conflict (org, site) do update set policy = excluded.policy, calendar = excluded.calendar,
         profile = excluded.profile, comparator = excluded.comparator`,
      [org, terms.site, policy, calendar, profile, comparator],
    );
  });
}

export interface NewAssignment {
  readonly person: PersonRef;
  readonly capacity: Capacity;
  /** Organization, site or case. */
  readonly scope: string;
  /** It ends by itself at this instant: for whoever is asked from outside, for one case. Left out: until it is ended. */
  readonly until?: number | undefined;
}

/** An office that would be over when it begins. */
export class EndsBeforeItBegins extends Error {
  readonly code = 'ends_before_it_begins';
  constructor() {
    super('It would end before it begins. Nothing was changed; name a later day.');
    this.name = 'EndsBeforeItBegins';
  }
}

/** What a row says of an office: these members and no others, whatever else a caller's record holds. */
const said = ({ person, capacity, scope, until }: NewAssignment): NewAssignment =>
  until === undefined ? { person, capacity, scope } : { person, capacity, scope, until };

/** Gives people capacities from the ledger's present instant on. Records with start and end: access ends by itself. */
export async function assign(office: Office, list: readonly NewAssignment[], by: HouseActor): Promise<void> {
  const { org, pool } = office;
  const named = list.map((one, n) => ({ ...said(one), id: `asg_${opaque(`${by.decisionId}|${n}`)}` }));
  const events = named.map((one): HouseEvent => ({ stream: 'assignment', kind: 'assigned', body: one }));
  await houseAppend(pool, org, actOf(by, events), async (client, at) => {
    if (named.some(({ until }) => until !== undefined && until <= at)) throw new EndsBeforeItBegins();
    for (const one of named)
      await client.query(
        `insert into assignments (org, id, person, capacity, scope, from_at, to_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [org, one.id, one.person, one.capacity, one.scope, at, one.until ?? null],
      );
  });
}

/** Ends what a person was at a scope, from the ledger's present instant on. @returns how many records ended */
export async function unassign(
  office: Office,
  list: readonly NewAssignment[],
  by: HouseActor,
): Promise<void> {
  const { org, pool } = office;
  const events = list.map((one): HouseEvent => ({
    stream: 'assignment',
    kind: 'assignment_ended',
    body: said(one),
  }));
  await houseAppend(pool, org, actOf(by, events), async (client, at) => {
    for (const one of list)
      await client.query(
        `update assignments set to_at = $5 where org = $1 and person = $2 and capacity = $3 and scope = $4 and (to_at is null or to_at > $5)`,
        [org, one.person, one.capacity, one.scope, at],
      );
  });
}

/** What a person is now, and where: each capacity with its organization, site or case. */
export async function heldBy(
  { org, pool }: Pick<Office, 'org' | 'pool'>,
  person: PersonRef,
): Promise<readonly { readonly capacity: Capacity; readonly scope: string }[]> {
  const { rows } = await pool.query<{ capacity: Capacity; scope: string }>(
    `select distinct capacity, scope from assignments
     where org = $1 and person = $2 and from_at <= org_now($1) and (to_at is null or org_now($1) < to_at)`,
    [org, person],
  );
  return rows;
}

export interface NewDelegation {
  readonly absent: PersonRef;
  readonly standIn: PersonRef;
  readonly until: number | null;
}

/**
 * Names a stand-in from now on, for open and new items alike; both come back on the day it ends.
 * The stand-in gets one message with what is open.
 * @returns the case whose run sends that message, which whoever has a server nudges; null where nothing is open
 * @throws StandInRefused for a loop or a chain, and for somebody without the right
 */
export async function delegate(office: Office, one: NewDelegation, by: HouseActor): Promise<string | null> {
  const { org, pool } = office;
  const { absent, standIn, until } = one;
  const id = `dlg_${opaque(by.decisionId)}`;
  const events: HouseEvent[] = [
    { stream: 'assignment', kind: 'delegated', body: { id, absent, standIn, until } },
  ];
  const who = by.actor === 'installation' ? null : by.actor;
  if (who !== null) await mustWorkThere(office, one);
  let sends: string | null = null;
  await houseAppend(pool, org, actOf(by, events), async (client, at) => {
    await mustStandIn(client, org, one, at, who);
    sends = await tellMoved(client, org, { id, ...one }, at);
    await client.query(
      'insert into delegations (org, id, absent, stand_in, since_at, until_at) values ($1, $2, $3, $4, $5, $6)',
      [org, id, one.absent, one.standIn, at, one.until],
    );
  });
  return sends;
}

/** Ends a standing-in now: what is open comes back at once. @throws StandInRefused when nobody stands in */
export async function endDelegation(office: Office, absent: PersonRef, by: HouseActor): Promise<void> {
  const { org, pool } = office;
  const events: HouseEvent[] = [{ stream: 'assignment', kind: 'delegation_ended', body: { absent } }];
  await houseAppend(pool, org, actOf(by, events), async (client, at) => {
    const { rowCount } = await client.query(
      'update delegations set until_at = $3 where org = $1 and absent = $2 and (until_at is null or until_at > $3)',
      [org, absent, at],
    );
    if (rowCount === 0) throw new StandInRefused('no_stand_in', absent);
  });
}

import type pg from 'pg';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import { MOVED, ownWords, standInFaults } from '../domain/standins.ts';
import type { StandInFault, WantedStandIn } from '../domain/standins.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import type { Office } from './organization.ts';
import { whereIs } from './places-of.ts';

type Fault = StandInFault['fault'] | 'works_elsewhere';

const texts: Readonly<Record<Fault, (about: string) => string>> = {
  oneself: () => 'Nobody stands in for themselves. Nothing was changed; name somebody else.',
  ends_before_it_begins: () => 'It would end before it begins. Nothing was changed; name a later day.',
  has_stand_in: (about) =>
    `${about} has a stand-in already. Nothing was changed; end that first with "peer-hire people undelegate ${about}".`,
  stand_in_is_away: (about) =>
    `${about} is away, with a stand-in of their own. Nothing was changed; name somebody who is there.`,
  stands_in_for: (about) =>
    `${about} stands in for somebody. Nothing was changed; end that first, and name another stand-in there.`,
  names_oneself: () =>
    'Nobody makes themselves somebody else’s stand-in. Nothing was changed; name somebody else.',
  works_elsewhere: (about) =>
    `${about} works nowhere that whoever is away does. Nothing was changed; name somebody who works there.`,
  lacks_office: (about) =>
    `Only somebody who holds the office of ${about.replaceAll('_', ' ')}, or one that reads and decides no less there, may stand in. Nothing was changed; name such a person, or have the office given first.`,
};

/** Somebody may not stand in, or there is nothing to end. Carries codes and refs only. */
export class StandInRefused extends Error {
  readonly code: Fault | 'no_stand_in';
  constructor(code: StandInRefused['code'], about: string) {
    super(
      code === 'no_stand_in'
        ? `Nobody stands in for ${about} now. Nothing was changed.`
        : texts[code](about.slice(0, 80)),
    );
    this.name = 'StandInRefused';
    this.code = code;
  }
}

async function known(
  client: pg.PoolClient,
  org: string,
  { absent, standIn }: WantedStandIn,
): Promise<{ readonly assignments: readonly Assignment[]; readonly delegations: readonly Delegation[] }> {
  const { rows } = await client.query<{ a: Assignment[]; d: Delegation[] }>(
    `select coalesce((select jsonb_agg(jsonb_build_object('person', person, 'capacity', capacity, 'scope', scope,
         'from', from_at, 'to', to_at)) from assignments where org = $1 and person = any($2::text[])), '[]') as a,
       coalesce((select jsonb_agg(jsonb_build_object('from', absent, 'to', stand_in, 'since', since_at,
         'until', until_at)) from delegations
         where org = $1 and (absent = any($2::text[]) or stand_in = any($2::text[]))), '[]') as d`,
    [org, [absent, standIn]],
  );
  return { assignments: rows[0]?.a ?? [], delegations: rows[0]?.d ?? [] };
}

/**
 * One message to the stand-in with the open items that are theirs to answer from now on; nothing where nothing is open.
 * It goes by the case of the item that is due first, and never by a confidential one where there is another.
 * @returns the case whose run sends it, or null
 */
export async function tellMoved(
  client: pg.PoolClient,
  org: string,
  one: { readonly id: string; readonly absent: string; readonly standIn: string },
  now: number,
): Promise<string | null> {
  const { rows } = await client.query<{ case_id: string }>(
    `insert into prompts (org, key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site)
     select o.org, o.case_id || ':' || $3, o.case_id, $3, $5, 'told', 'inform', $4, $6::bigint, $6::bigint, 'C0', c.site
     from obligations o join cases c on c.org = o.org and c.case_id = o.case_id
     where o.org = $1 and o.reminded > 0 and o.code <> all ($7::text[]) and o.owner = any (array(select owners_of($1, $2, $6)))
     order by o.visibility = 'C3', c.kind = 'clock', o.due, o.case_id limit 1 returning case_id`,
    [org, one.absent, one.id, one.standIn, MOVED, now, ownWords],
  );
  return rows[0]?.case_id ?? null;
}

/**
 * A person names as a stand-in only somebody who works where whoever is away is: what is lent is daily work there, and
 * no stranger's.
 * @throws StandInRefused
 */
export async function mustWorkThere(office: Office, { absent, standIn }: WantedStandIn): Promise<void> {
  const [{ places }, { works }] = [await whereIs(office, absent), await whereIs(office, standIn)];
  const house = works.includes(office.org) || (places.includes(office.org) && works.length > 0);
  if (!house && !works.some((one) => places.includes(one)))
    throw new StandInRefused('works_elsewhere', standIn);
}

/**
 * Under the ledger's head lock, so that two people naming each other at the same moment come one after the other.
 * @param by who names them; null: the installation's own account
 * @throws StandInRefused for a loop or a chain, and for somebody without the right (`standInFaults`)
 */
export async function mustStandIn(
  client: pg.PoolClient,
  org: string,
  one: WantedStandIn,
  now: number,
  by: PersonRef | null,
): Promise<void> {
  const fault = standInFaults(one, { ...(await known(client, org, one)), now, by })[0];
  if (fault !== undefined) throw new StandInRefused(fault.fault, fault.about);
}

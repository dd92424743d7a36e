import { tellPerson } from '../directory/house-mail.ts';
import type { Db } from '../directory/db.ts';
import { needed } from '../domain/kernel/actions.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { Capacity, PersonRef } from '../domain/kernel/words.ts';
import { closedOffices } from '../domain/standins.ts';
import { houseAppend } from '../ledger/house-append.ts';
import { ReadingRefused } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { assign } from './organization.ts';
import type { HouseActor, NewAssignment } from './organization.ts';
import { mustHoldAt } from './rights-at.ts';

/**
 * Offices that read what nobody else may (leave, arrangements, checks, reports, privacy) are given by two: HR's director
 * asks, and the executive or a privacy officer of that place says yes. Neither of the two is whoever gets it.
 */

/** An office that waits for its second word. */
export interface AskedOffice {
  readonly id: string;
  readonly person: PersonRef;
  readonly capacity: Capacity;
  readonly scope: string;
  readonly until: number | null;
  readonly askedBy: PersonRef;
  readonly askedAt: number;
}

/** The second word cannot be given: it was given, or whoever gives it is one of the two others. */
export class OfficeRefused extends Error {
  readonly code: 'answered_already' | 'own_request' | 'oneself';
  constructor(code: OfficeRefused['code']) {
    const texts = {
      answered_already: 'It was answered before. Nothing was changed.',
      own_request: 'You asked for it yourself: the second word is somebody else’s.',
      oneself: 'Nobody says yes to an office of their own: ask somebody else who may.',
    } as const;
    super(texts[code]);
    this.name = 'OfficeRefused';
    this.code = code;
  }
}

const isClosed = ({ capacity }: NewAssignment): boolean => closedOffices.includes(capacity);

/** Who holds one of these at the place or for the whole organization, now. */
async function holders(
  db: Db,
  org: string,
  scope: string,
  offices: readonly Capacity[],
): Promise<readonly PersonRef[]> {
  const { rows } = await db.query<{ person: string }>(
    `select distinct person from assignments where org = $1 and capacity = any($3::text[])
       and scope in ($1, $2, (select site from cases where org = $1 and case_id = $2))
       and from_at <= org_now($1) and (to_at is null or to_at > org_now($1)) order by person`,
    [org, scope, offices],
  );
  return rows.map(({ person }) => person);
}

async function askFor(office: ReadingOffice, one: NewAssignment, by: HouseActor): Promise<string> {
  const { org, pool } = office;
  const { person, capacity, scope, until } = one;
  const id = `ofa_${opaque(`${by.decisionId}|${person}|${capacity}|${scope}`)}`;
  const body = { id, person, capacity, scope, ...(until === undefined ? {} : { until }) };
  const act = {
    ...{ decisionId: by.decisionId, actor: by.actor, how: by.how ?? 'asserted_local', capacity: '' },
    events: [{ stream: 'access' as const, kind: 'office_asked', body }],
  };
  await houseAppend(pool, org, act, async (client, at) => {
    const { rowCount } = await client.query(
      `insert into offices_asked (org, id, person, capacity, scope, until_at, asked_by, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [org, id, person, capacity, scope, until ?? null, by.actor, at],
    );
    if (rowCount === 0) throw new OfficeRefused('answered_already');
    const second = await holders(client, org, scope, needed('confirm:office'));
    for (const who of second)
      if (who !== by.actor && who !== person) await tellPerson(client, org, who, 'office_asked');
  });
  return id;
}

/**
 * Gives people offices; what is given by two is asked for instead.
 * @returns the ids of what waits for a second word
 */
export async function giveOffices(
  office: ReadingOffice,
  list: readonly NewAssignment[],
  by: HouseActor,
): Promise<readonly string[]> {
  const open = list.filter((one) => !isClosed(one));
  if (open.length > 0) await assign(office, open, by);
  const asked: string[] = [];
  for (const [n, one] of list.filter(isClosed).entries())
    asked.push(await askFor(office, one, { ...by, decisionId: `${by.decisionId}_closed${n}` }));
  return asked;
}

const ASKED = `select id, person, capacity, scope, until_at as until, asked_by as "askedBy", asked_at as "askedAt"
  from offices_asked where org = $1 and answer is null`;

async function mayAnswer(office: ReadingOffice, as: PersonRef, scope: string): Promise<boolean> {
  try {
    await mustHoldAt(office, as, scope, needed('confirm:office'));
    return true;
  } catch (error) {
    if (error instanceof ReadingRefused) return false;
    throw error;
  }
}

/** What waits for a second word: for whoever may give it there, and for whoever asked. */
export async function askedOffices(
  office: ReadingOffice,
  as: PersonRef,
): Promise<readonly (AskedOffice & { readonly yours: boolean })[]> {
  const { rows } = await office.pool.query<AskedOffice>(`${ASKED} order by asked_at, id`, [office.org]);
  const shown: (AskedOffice & { readonly yours: boolean })[] = [];
  for (const one of rows) {
    const may = one.askedBy !== as && one.person !== as && (await mayAnswer(office, as, one.scope));
    if (may || one.askedBy === as) shown.push({ ...one, yours: may });
  }
  return shown;
}

/** The second word. @throws OfficeRefused, ReadingRefused for whoever may not, and for an id that is not there */
export async function answerOffice(
  office: ReadingOffice,
  id: string,
  answer: 'given' | 'refused',
  by: HouseActor,
): Promise<void> {
  const { org, pool } = office;
  const { rows } = await pool.query<AskedOffice>(`${ASKED} and id = $2`, [org, id]);
  const [one] = rows;
  if (one === undefined) throw new OfficeRefused('answered_already');
  await mustHoldAt(office, by.actor, one.scope, needed('confirm:office'));
  if (one.askedBy === by.actor) throw new OfficeRefused('own_request');
  if (one.person === by.actor) throw new OfficeRefused('oneself');
  const { person, capacity, scope, until } = one;
  const given = {
    ...{ id: `asg_${opaque(id)}`, person, capacity, scope, asked: id },
    ...(until === null ? {} : { until }),
  };
  const event =
    answer === 'given'
      ? { stream: 'assignment' as const, kind: 'assigned', body: given }
      : { stream: 'access' as const, kind: 'office_refused', body: { id, person } };
  const act = {
    ...{ decisionId: by.decisionId, actor: by.actor, how: by.how ?? 'asserted_local', capacity: '' },
    events: [event],
  };
  await houseAppend(pool, org, act, async (client, at) => {
    const { rowCount } = await client.query(
      `update offices_asked set answer = $3, answered_by = $4, answered_at = $5
       where org = $1 and id = $2 and answer is null`,
      [org, id, answer, by.actor, at],
    );
    if (rowCount === 0) throw new OfficeRefused('answered_already');
    if (answer === 'refused') return;
    for (const who of await holders(client, org, scope, [capacity]))
      if (who !== person) await tellPerson(client, org, who, 'office_given');
    await client.query(
      `insert into assignments (org, id, person, capacity, scope, from_at, to_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [org, given.id, person, capacity, scope, at, until],
    );
  });
}

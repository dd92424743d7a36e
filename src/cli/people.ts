import { askPeople } from '../client/ask-people.ts';
import type { Listed } from '../client/ask-people.ts';
import { assign, delegate, endDelegation, unassign } from '../client/organization.ts';
import type { HouseActor, NewAssignment } from '../client/organization.ts';
import { ReadingRefused, readerOf } from '../client/ask-reader.ts';
import type { ReadingOffice } from '../client/ask-reader.ts';
import { mustBePlaces, mustHoldThese } from '../client/places.ts';
import { addPerson } from '../directory/people.ts';
import { capacities } from '../domain/kernel/words.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import { asOf } from './board.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId, refOf } from './ids.ts';
import { table } from './io.ts';
import type { Io } from './io.ts';
import { beginsAt, typedFrom, zoneFor } from './moments.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';
import { nudged } from './terms.ts';

export interface PeopleOptions extends Common {
  readonly as?: string | undefined;
}

const by = (): HouseActor => ({ decisionId: newId('hsd_'), actor: 'installation' });

const nameText = (one: Listed): string => (one.erased ? '(erased)' : (one.name ?? ''));

/** `people list`. */
export async function peopleList(io: Io, options: PeopleOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const list = await askPeople(office, asOf(options.as));
    if (options.json === true) io.out(JSON.stringify({ as: asOf(options.as), people: list }));
    else if (list.length === 0)
      io.out('Nobody is in the directory. Add somebody with "peer-hire people add".');
    else {
      const rows = list.map((one) => [
        ...[one.person, nameText(one)],
        one.capacities.map(({ capacity, scope }) => `${capacity} at ${scope}`).join('\n'),
      ]);
      io.out(table(io, ['person', 'name', 'is'], rows));
      if (options.as === undefined)
        io.out('Names are shown to people, not to the installation: add --as REF of somebody in HR.');
    }
    return EXIT.done;
  });
}

function capacityOf(word: string): Capacity {
  const found = capacities.find((known) => known === word);
  if (found !== undefined) return found;
  throw new Stop(EXIT.usage, 'usage', `"${word}" is no capacity. Known are: ${capacities.join(', ')}.`);
}

/** `<capacity>[@<scope>]`; without a scope the only site. @throws Stop (usage), AssignmentRefused */
async function assignmentsOf(
  office: ReadingOffice,
  person: string,
  words: readonly string[],
): Promise<readonly NewAssignment[]> {
  const { rows } = await office.pool.query<{ ref: string }>('select ref from sites where org = $1', [
    office.org,
  ]);
  const only = rows.length === 1 ? rows[0]?.ref : undefined;
  const list = words.map((word) => {
    const [capacity, scope, more] = word.split('@');
    if (more !== undefined || scope === '')
      throw new Stop(EXIT.usage, 'usage', `${word} is not of the form capacity or capacity@place.`);
    const place = scope ?? only;
    if (place === undefined)
      throw new Stop(
        EXIT.usage,
        'usage',
        `Say where: ${word}@<site, organization or case>. The organization is ${office.org}; sites: ${rows.map((row) => row.ref).join(', ') || 'none yet'}.`,
      );
    return { person, capacity: capacityOf(capacity ?? ''), scope: place };
  });
  await mustBePlaces(office, list);
  return list;
}

async function mustKnow(office: ReadingOffice, person: string): Promise<void> {
  try {
    await readerOf(office, person);
  } catch (error) {
    if (error instanceof ReadingRefused)
      throw new Stop(
        EXIT.refused,
        'person_unknown',
        `${person} is not in the directory. Add the person first.`,
      );
    throw error;
  }
}

export interface AddPersonOptions extends Common {
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly zone?: string | undefined;
  readonly channel?: string | undefined;
  readonly ref?: string | undefined;
  readonly capacity?: readonly string[] | undefined;
}

/** `people add`. */
export async function peopleAdd(io: Io, options: AddPersonOptions): Promise<Exit> {
  const ref = refOf('prs_', options.ref);
  return within(options, io.env, async ({ office }) => {
    const { pool, keys, org } = office;
    const list = await assignmentsOf(office, ref, options.capacity ?? []);
    const { name, email, phone, zone, channel } = options;
    const added = await addPerson(pool, keys, {
      ...{ org, ref, name, email: email ?? null, phone: phone ?? null, zone: zone ?? null },
      ...(channel === undefined ? {} : { channel }),
    });
    const assignments = added === 'added' ? list : [];
    if (assignments.length > 0) await assign(office, assignments, by());
    if (options.json === true) io.out(JSON.stringify({ is: added, person: ref, assignments }));
    else if (added === 'added') io.out(`${ref} was added`);
    else io.out(`${ref} was there already; what they are is changed with "peer-hire people assign"`);
    return EXIT.done;
  });
}

/** `people assign` and `people unassign`: from the ledger's present instant on. */
export async function peopleAssign(
  io: Io,
  person: string,
  words: readonly string[],
  options: Common,
  ends: boolean,
): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    await mustKnow(office, person);
    const list = await assignmentsOf(office, person, words);
    if (ends) await mustHoldThese(office, list);
    await (ends ? unassign : assign)(office, list, by());
    const is = ends ? 'ended' : 'assigned';
    if (options.json === true) io.out(JSON.stringify({ is, assignments: list }));
    else for (const one of list) io.out(`${is}: ${one.person} ${one.capacity} at ${one.scope}`);
    return EXIT.done;
  });
}

export interface DelegateOptions extends Common {
  readonly to: string;
  readonly until?: string | undefined;
}

/** `people undelegate`: what is open comes back at once. */
export async function peopleUndelegate(io: Io, absent: string, options: Common): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    await endDelegation(office, absent, by());
    if (options.json === true) io.out(JSON.stringify({ is: 'ended', absent }));
    else io.out(`nobody stands in for ${absent} any more; open items came back`);
    return EXIT.done;
  });
}

/** `people delegate`: a stand-in for open and new items, from now on. */
export async function peopleDelegate(io: Io, absent: string, options: DelegateOptions): Promise<Exit> {
  const typed = options.until === undefined ? null : typedFrom(options.until, '--until');
  return within(options, io.env, async (opened) => {
    const { office } = opened;
    await mustKnow(office, absent);
    await mustKnow(office, options.to);
    const until = typed === null ? null : beginsAt(typed, await zoneFor(office, null));
    const sends = await delegate(office, { absent, standIn: options.to, until }, by());
    await nudged(opened, sends === null ? [] : [sends]);
    const { rows } = await office.pool.query<{ case_id: string; id: string }>(
      `select o.case_id, o.id from obligations o where o.org = $1 and (o.owner = $2 or exists (
         select 1 from assignments a where a.org = o.org and a.person = $2 and (a.to_at is null or a.to_at > org_now(o.org))
           and a.capacity || '@' || a.scope = o.owner)) order by o.due`,
      [office.org, absent],
    );
    if (options.json === true)
      io.out(JSON.stringify({ is: 'delegated', absent, standIn: options.to, until, moved: rows.length }));
    else io.out(`${options.to} stands in for ${absent}; open items that move: ${rows.length}`);
    return EXIT.done;
  });
}

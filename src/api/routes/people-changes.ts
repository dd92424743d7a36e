import { z } from 'zod';
import { newId } from '../../cli/ids.ts';
import { answerOffice, askedOffices, giveOffices } from '../../client/closed-offices.ts';
import { delegate, endDelegation, unassign } from '../../client/organization.ts';
import { erasePerson } from '../../client/erase.ts';
import { readerOf } from '../../client/ask-reader.ts';
import { addToDirectory, changeInDirectory } from '../../client/keep-person.ts';
import { mustHoldFor } from '../../client/rights-at.ts';
import {
  capacityList,
  done,
  newCapacities,
  newPerson,
  personChanges,
  standIn,
} from '../../contracts/api/changes.ts';
import { secondList } from '../../contracts/api/reading.ts';
import { instant } from '../../contracts/api/shapes.ts';
import { personRef } from '../../contracts/common.ts';
import { decisionId } from '../../contracts/envelope.ts';
import { capacities } from '../../domain/kernel/words.ts';
import { givesThemselves, needed } from '../../domain/kernel/actions.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { byGuest, mustActAt } from '../house-act.ts';
import { problemOf, problemOfMay } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const params = z.object({ person: personRef });

const add = route({
  ...{ id: 'addPerson', method: 'POST', path: '/people', tag: 'people', action: 'change:people' },
  says: 'Adds a person to the directory; their name and addresses are sealed under a key of their own.',
  body: newPerson,
  answer: z.object({ is: z.enum(['added', 'present']), person: z.string() }),
  handle: async ({ desk: { office }, guest, body }) => {
    const { person = newId('prs_'), name, email = null, phone = null, zone = null, channel } = body;
    const said = { name, email, phone, zone, ...(channel === undefined ? {} : { channel }) };
    const by = byGuest(guest, undefined, ['add', person]);
    return { is: await addToDirectory(office, { ref: person, ...said }, by), person };
  },
});

const change = route({
  ...{ id: 'changePerson', method: 'PUT', path: '/people/:person', tag: 'people', action: 'change:people' },
  says: 'Changes the fields given and leaves the others; null takes one away. For HR where that person is.',
  params,
  body: personChanges,
  answer: done,
  handle: async ({ desk: { office }, guest, params: { person }, body }) => {
    await readerOf(office, person);
    await mustHoldFor(office, personOf(guest), person, needed('change:people'));
    await changeInDirectory(office, person, body, byGuest(guest, undefined, ['change', person]));
    return { done: true } as const;
  },
});

type Capacities = z.output<typeof capacityList>;

/** Offices are given and ended by HR's director at that place. @throws ApiProblem */
async function mustLead(desk: Desk, guest: Guest, person: string, body: Capacities): Promise<void> {
  await readerOf(desk.office, person);
  for (const { scope } of body.list) await mustActAt(desk, guest, 'change:capacities', scope);
}

const give = route({
  ...{ id: 'assignCapacities', method: 'POST', path: '/people/:person/capacities', tag: 'people' },
  action: 'change:capacities',
  says: 'Gives a person capacities at a site, the organization or a case, from now on, or until a day. Offices that read what nobody else may wait for a second word: their ids are in the answer.',
  params,
  body: newCapacities,
  answer: z.object({ done: z.literal(true), asked: z.array(z.string()) }),
  handle: async ({ desk, guest, params: { person }, body }) => {
    if (givesThemselves(guest, person))
      throw problemOf(403, 'oneself', 'Nobody gives themselves an office: ask somebody else who may.');
    await mustLead(desk, guest, person, body);
    const list = body.list.map((one) => ({ person, ...one }));
    const asked = await giveOffices(desk.office, list, byGuest(guest, body.decisionId, ['assign', list]));
    return { done: true as const, asked: [...asked] };
  },
});

const asked = route({
  ...{ id: 'askedOffices', method: 'GET', path: '/offices/asked', tag: 'people', action: 'read:open' },
  says: 'Offices that wait for a second word: yours to give (yours), or asked for by you.',
  answer: z.object({
    list: z.array(
      z.object({
        ...{ id: z.string(), person: z.string(), capacity: z.enum(capacities), scope: z.string() },
        ...{ until: instant.nullable(), askedBy: z.string(), askedAt: instant, yours: z.boolean() },
      }),
    ),
  }),
  handle: async ({ desk, guest }) => ({ list: [...(await askedOffices(desk.office, personOf(guest)))] }),
});

const second = route({
  ...{ id: 'answerOffice', method: 'POST', path: '/offices/asked/:id', tag: 'people' },
  action: 'confirm:office',
  says: 'The second word on an office that two people give: given or refused.',
  params: z.object({ id: z.string().max(60) }),
  body: z.strictObject({ answer: z.enum(['given', 'refused']) }),
  answer: done,
  handle: async ({ desk, guest, params: { id }, body: { answer } }) => {
    await answerOffice(desk.office, id, answer, byGuest(guest, undefined, ['office', id, answer]));
    return { done: true } as const;
  },
});

const end = route({
  ...{ id: 'endCapacities', method: 'POST', path: '/people/:person/capacities/end', tag: 'people' },
  action: 'change:capacities',
  says: 'Ends capacities of a person from now on.',
  params,
  body: capacityList,
  answer: done,
  handle: async ({ desk, guest, params: { person }, body }) => {
    await mustLead(desk, guest, person, body);
    const list = body.list.map((one) => ({ person, ...one }));
    await unassign(desk.office, list, byGuest(guest, body.decisionId, ['unassign', list]));
    return { done: true } as const;
  },
});

/** Their own; else who leads HR, or the house, at every place where they are: what is lent counts at all of them. */
async function mayStandIn({ office }: Desk, guest: Guest, absent: string): Promise<void> {
  if (guest.person === absent) return;
  await mustHoldFor(office, personOf(guest), absent, needed('change:standin'), true);
}

const standsIn = route({
  ...{ id: 'nameStandIn', method: 'PUT', path: '/people/:person/stand-in', tag: 'people' },
  action: 'change:standin',
  says: 'Names who answers for somebody who is away, for open and new items, until an instant or until it is ended.',
  params,
  body: standIn,
  answer: done,
  about: ({ params: { person } }) => person,
  handle: async ({ desk, guest, params: { person }, body: { to, until, decisionId: id } }) => {
    await mayStandIn(desk, guest, person);
    if (guest.person !== person && guest.how !== 'session_stepped_up')
      throw problemOfMay({ is: 'deny', why: 'step_up', needs: [] });
    await readerOf(desk.office, to);
    const by = byGuest(guest, id, ['delegate', person, to, until]);
    await delegate(desk.office, { absent: person, standIn: to, until }, by);
    return { done: true } as const;
  },
});

const noStandIn = route({
  ...{ id: 'endStandIn', method: 'DELETE', path: '/people/:person/stand-in', tag: 'people' },
  action: 'change:standin',
  says: 'Ends a standing-in now: what is open comes back at once.',
  params,
  answer: done,
  about: ({ params: { person } }) => person,
  handle: async ({ desk, guest, params: { person } }) => {
    await mayStandIn(desk, guest, person);
    await endDelegation(desk.office, person, byGuest(guest, undefined, ['undelegate', person]));
    return { done: true } as const;
  },
});

const erase = route({
  ...{ id: 'erasePerson', method: 'POST', path: '/people/:person/erase', tag: 'records', action: 'erase' },
  says: 'Destroys a person’s key: name, addresses and texts are gone for good, the ref stays.',
  params,
  body: z.strictObject({ decisionId: decisionId.optional() }),
  answer: z.object({ is: z.enum(['erased', 'erased_before']), person: z.string(), second: secondList }),
  handle: async ({ desk, guest, params: { person }, body }) => {
    const by = byGuest(guest, body.decisionId, ['erase', person]);
    return { person, ...(await erasePerson(desk.office, person, by, desk.machine?.erased ?? null)) };
  },
});

/** The directory, who is what, and who stands in. */
export const peopleChangeRoutes = [add, change, give, asked, second, end, standsIn, noStandIn, erase];

import { z } from 'zod';
import { askPeople } from '../../client/ask-people.ts';
import { sitesOf } from '../../client/ask-waiting.ts';
import { listed } from '../../contracts/api/shapes.ts';
import { capacities } from '../../domain/kernel/words.ts';
import { person as personIn } from '../../directory/people.ts';
import { route } from '../route.ts';
import { nextCursor, pageOf, paged } from '../shown.ts';
import { personOf } from './sign-in.ts';

const self = route({
  ...{ id: 'showSelf', method: 'GET', path: '/me', tag: 'people', action: 'read:self' },
  says: 'Who you are here: your name, what you are at large, and how you signed in.',
  answer: z.object({
    ...{ person: z.string(), name: z.string(), capacities: z.array(z.enum(capacities)) },
    how: z.string(),
    zone: z.string().nullable(),
    sandbox: z.boolean(),
    org: z.string(),
  }),
  handle: async ({ desk, guest }) => {
    const { org, pool, keys } = desk.office;
    const found = await personIn(pool, keys, org, personOf(guest));
    return {
      ...{ person: found.ref, name: found.name, zone: found.zone, how: guest.how, org },
      ...{ capacities: [...guest.capacities], sandbox: desk.sandbox },
    };
  },
});

const people = route({
  ...{ id: 'listPeople', method: 'GET', path: '/people', tag: 'people', action: 'read:people' },
  says: 'Everybody you may find in the directory; names where you may see them.',
  query: z.strictObject(paged),
  answer: z.object({ list: z.array(listed), next: nextCursor }),
  handle: async ({ desk, guest, query }) => {
    const list = await askPeople(desk.office, personOf(guest));
    return pageOf(list, (one) => one.person, query);
  },
});

const sites = route({
  ...{ id: 'listSites', method: 'GET', path: '/sites', tag: 'people', action: 'read:open' },
  says: 'Places of work, with their time zones.',
  answer: z.object({ list: z.array(z.object({ site: z.string(), name: z.string(), zone: z.string() })) }),
  handle: async ({ desk }) => {
    const found = await sitesOf(desk.office);
    return { list: [...found].map(([site, { name, zone }]) => ({ site, name, zone })) };
  },
});

/** People and places. */
export const peopleRoutes = [self, people, sites];

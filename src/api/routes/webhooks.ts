import { z } from 'zod';
import { addWebhook, dropWebhook, replayWebhook, webhooksOf } from '../../client/webhooks.ts';
import { done, webhook } from '../../contracts/api/changes.ts';
import { addressOf } from '../../notify/webhook.ts';
import { mustActAt } from '../house-act.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const params = z.object({ id: z.string().max(60) });
const none = () => problemOf(404, 'unknown_webhook', 'There is no such webhook.');

/** What goes to a program tells of the whole organization. */
const mayManage = (desk: Desk, guest: Guest) => mustActAt(desk, guest, 'manage:webhooks', desk.office.org);

const list = route({
  ...{ id: 'listWebhooks', method: 'GET', path: '/webhooks', tag: 'machine', action: 'manage:webhooks' },
  says: 'Programs that are told when something moved, and how far each has come.',
  answer: z.object({ list: z.array(webhook), hosts: z.array(z.string()) }),
  handle: async ({ desk, guest }) => {
    await mayManage(desk, guest);
    return { list: await webhooksOf(desk.office), hosts: desk.outbound?.hosts ?? [] };
  },
});

const add = route({
  ...{ id: 'addWebhook', method: 'POST', path: '/webhooks', tag: 'machine', action: 'manage:webhooks' },
  says: 'Tells a program from now on; its host has to be on the list of this installation. The secret is in this answer and nowhere else.',
  body: z.strictObject({ url: z.string().max(500) }),
  answer: z.object({ secret: z.string(), webhook }),
  handle: async ({ desk, guest, body: { url } }) => {
    await mayManage(desk, guest);
    addressOf(url, desk.outbound ?? { hosts: [], loopbackOnly: desk.sandbox });
    return addWebhook(desk.office, url, personOf(guest));
  },
});

const drop = route({
  ...{
    id: 'dropWebhook',
    method: 'DELETE',
    path: '/webhooks/:id',
    tag: 'machine',
    action: 'manage:webhooks',
  },
  says: 'Tells a program nothing more.',
  params,
  answer: done,
  handle: async ({ desk, guest, params: { id } }) => {
    await mayManage(desk, guest);
    if (!(await dropWebhook(desk.office, id))) throw none();
    return { done: true } as const;
  },
});

const replay = route({
  ...{ id: 'replayWebhook', method: 'POST', path: '/webhooks/:id/replay', tag: 'machine' },
  action: 'manage:webhooks',
  says: 'Tells a program again everything after a position; one that was given up begins anew.',
  params,
  body: z.strictObject({ after: z.int().min(0) }),
  answer: done,
  handle: async ({ desk, guest, params: { id }, body }) => {
    await mayManage(desk, guest);
    if (!(await replayWebhook(desk.office, id, body.after))) throw none();
    return { done: true } as const;
  },
});

/** Programs that are told. */
export const webhookRoutes = [list, add, drop, replay];

import { z } from 'zod';
import { readerOf } from '../../client/ask-reader.ts';
import { addressGood, messageBounced } from '../../client/post.ts';
import { account, done } from '../../contracts/api/changes.ts';
import { instant } from '../../contracts/api/shapes.ts';
import { personRef } from '../../contracts/common.ts';
import { accountsOf, disableAccount, keepAccount } from '../../identity/accounts.ts';
import { nextInstant } from '../../sandbox/conductor.ts';
import { mustActAt } from '../house-act.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';

const login = z.object({ login: z.string().max(40) });
const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

const accounts = route({
  ...{ id: 'listAccounts', method: 'GET', path: '/accounts', tag: 'machine', action: 'manage:accounts' },
  says: 'Logins of this installation, and whom each belongs to, by ref.',
  answer: z.object({ list: z.array(account) }),
  handle: async ({ desk, guest }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    return { list: await accountsOf(desk.store) };
  },
});

const keep = route({
  ...{
    id: 'keepAccount',
    method: 'PUT',
    path: '/accounts/:login',
    tag: 'machine',
    action: 'manage:accounts',
  },
  says: 'Gives a person a login, or a new password to the login they have; their sessions end.',
  params: login,
  body: z.strictObject({ person: personRef, password: z.string().min(1).max(400) }),
  answer: done,
  handle: async ({ desk, guest, params, body: { person, password } }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    await readerOf(desk.office, person);
    await keepAccount(desk.store, params.login, person, password);
    return { done: true } as const;
  },
});

const disable = route({
  ...{ id: 'disableAccount', method: 'DELETE', path: '/accounts/:login', tag: 'machine' },
  action: 'manage:accounts',
  says: 'Takes a login away; the sessions of its person end.',
  params: login,
  answer: done,
  handle: async ({ desk, guest, params }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    await disableAccount(desk.store, params.login);
    return { done: true } as const;
  },
});

const bounced = route({
  ...{ id: 'messageBounced', method: 'POST', path: '/mail/bounced', tag: 'machine', action: 'manage:mail' },
  says: 'A mail server gave a message back: its address is marked, and HR owes another way to reach the person.',
  body: z.strictObject({
    ...{ messageId: z.string().min(3).max(300), kind: z.enum(['hard', 'soft']) },
    address: z.string().max(254).optional(),
  }),
  answer: z.object({ person: z.string(), told: z.array(z.string()), again: z.array(z.string()) }),
  handle: async ({ desk, body: { messageId, ...rest } }) => {
    const plain = messageId.startsWith('<') ? messageId : `<${messageId}>`;
    return messageBounced(await desk.house(), { messageId: plain, ...rest });
  },
});

const good = route({
  ...{ id: 'addressGood', method: 'POST', path: '/people/:person/address-good', tag: 'machine' },
  action: 'change:people',
  says: 'A person’s address is good again: messages are sent there as before.',
  params: z.object({ person: personRef }),
  answer: z.object({ is: z.enum(['cleared', 'nothing_to_clear']) }),
  handle: async ({ desk: { office }, params: { person } }) => {
    await readerOf(office, person);
    return { is: (await addressGood(office, person)) ? 'cleared' : 'nothing_to_clear' } as const;
  },
});

const clockShown = z.object({ now: instant, sandbox: z.boolean(), next: instant.nullable() });

const clock = route({
  ...{ id: 'showClock', method: 'GET', path: '/clock', tag: 'machine', action: 'read:open' },
  says: 'The organization’s clock; in a sandbox also when something happens next.',
  answer: clockShown,
  handle: async ({ desk: { office, sandbox } }) => {
    const { rows } = await office.pool.query<{ now: number }>('select org_now($1) as now', [office.org]);
    const next = sandbox ? await nextInstant(office) : null;
    return { now: rows[0]?.now ?? 0, sandbox, next };
  },
});

const move = route({
  ...{ id: 'moveClock', method: 'POST', path: '/clock', tag: 'machine', action: 'move:clock' },
  says: 'Moves a sandbox’s clock by days or to the next event; everything that falls due on the way happens.',
  body: z.union([
    z.strictObject({ days: z.int().min(1).max(MOST_DAYS) }),
    z.strictObject({ to: z.literal('next') }),
  ]),
  answer: clockShown,
  handle: async ({ desk, body }) => {
    const { office, clock: moveBy } = desk;
    if (moveBy === null)
      throw problemOf(
        409,
        'not_a_sandbox',
        'Only a sandbox’s clock is moved; a real one keeps the time itself.',
      );
    const { rows } = await office.pool.query<{ now: number }>('select org_now($1) as now', [office.org]);
    const now = rows[0]?.now ?? 0;
    const by = 'days' in body ? body.days * DAY_MS : ((await nextInstant(office)) ?? now) - now;
    return { now: await moveBy(by), sandbox: true, next: await nextInstant(office) };
  },
});

/** What the machine needs: logins, mail that came back, a sandbox’s clock. */
export const machineRoutes = [accounts, keep, disable, bounced, good, clock, move];

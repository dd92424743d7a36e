import { z } from 'zod';
import { readerOf } from '../../client/ask-reader.ts';
import { addressGood, messageBounced, recipientOf } from '../../client/post.ts';
import { mustHoldFor } from '../../client/rights-at.ts';
import { account, done, providerIdentity } from '../../contracts/api/changes.ts';
import { instant } from '../../contracts/api/shapes.ts';
import { personRef } from '../../contracts/common.ts';
import { needed } from '../../domain/kernel/actions.ts';
import { endLogin, giveLogin, linkLogin, signOutEverywhere } from '../../cli/logins.ts';
import { accountsOf } from '../../identity/accounts.ts';
import { identitiesOf } from '../../identity/identities.ts';
import { nextInstant } from '../../sandbox/conductor.ts';
import { byGuest, mustActAt } from '../house-act.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

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
  says: 'Gives a person a login, or the login they have a new passphrase; it is in this answer and nowhere else, holds for three days, and is changed at the first sign-in. Their sessions, tokens and calendar’s address end, and the ledger says who gave it.',
  params: login,
  body: z.strictObject({ person: personRef }),
  answer: z.object({ passphrase: z.string() }),
  handle: async ({ desk, guest, params, body: { person } }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    const by = byGuest(guest, undefined, ['login', person]);
    return { passphrase: await giveLogin(desk.office, by, params.login, person) };
  },
});

const disable = route({
  ...{ id: 'disableAccount', method: 'DELETE', path: '/accounts/:login', tag: 'machine' },
  action: 'manage:accounts',
  says: 'Takes a login away; the sessions, tokens and calendar’s address of its person end.',
  params: login,
  answer: done,
  handle: async ({ desk, guest, params }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    await endLogin(desk.office, byGuest(guest, undefined, ['login end']), params.login);
    return { done: true } as const;
  },
});

const identities = route({
  ...{ id: 'listIdentities', method: 'GET', path: '/identities', tag: 'machine', action: 'manage:accounts' },
  says: 'Who came through the organization’s provider: linked to a person, by ref, or waiting under the code they were shown.',
  answer: z.object({ list: z.array(providerIdentity) }),
  handle: async ({ desk, guest }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    return { list: await identitiesOf(desk.store) };
  },
});

const link = route({
  ...{ id: 'linkIdentity', method: 'PUT', path: '/identities/:code', tag: 'machine' },
  action: 'manage:accounts',
  says: 'Says who waits under a code of the provider: they sign in as this person from now on. The person is told, and the ledger says who said so.',
  params: z.object({ code: z.string().max(40) }),
  body: z.strictObject({ person: personRef }),
  answer: done,
  handle: async ({ desk, guest, params: { code }, body: { person } }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    const by = byGuest(guest, undefined, ['link', person]);
    if (!(await linkLogin(desk.office, by, code, person)))
      throw problemOf(
        404,
        'unknown_code',
        'Nobody waits under this code. They see theirs when they sign in.',
      );
    return { done: true } as const;
  },
});

const signOut = route({
  ...{ id: 'endAccess', method: 'DELETE', path: '/people/:person/access', tag: 'machine' },
  action: 'manage:accounts',
  says: 'Signs a person out everywhere: their sessions, tokens and calendar’s address end; their way to sign in stays.',
  params: z.object({ person: personRef }),
  answer: done,
  handle: async ({ desk, guest, params: { person } }) => {
    await mustActAt(desk, guest, 'manage:accounts', desk.office.org);
    await signOutEverywhere(desk.office, byGuest(guest, undefined, ['sign out', person]), person);
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
  handle: async ({ desk, guest, body: { messageId, ...rest } }) => {
    const plain = messageId.startsWith('<') ? messageId : `<${messageId}>`;
    const to = await recipientOf(desk.office, plain);
    await mustHoldFor(desk.office, personOf(guest), to, needed('manage:mail'));
    return messageBounced(await desk.house(), { messageId: plain, ...rest });
  },
});

const good = route({
  ...{ id: 'addressGood', method: 'POST', path: '/people/:person/address-good', tag: 'machine' },
  action: 'change:people',
  says: 'A person’s address is good again: messages are sent there as before.',
  params: z.object({ person: personRef }),
  answer: z.object({ is: z.enum(['cleared', 'nothing_to_clear']) }),
  handle: async ({ desk: { office }, guest, params: { person } }) => {
    await readerOf(office, person);
    await mustHoldFor(office, personOf(guest), person, needed('change:people'));
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

/** What the machine needs: logins, who came through the provider, mail that came back, a sandbox’s clock. */
export const machineRoutes = [accounts, keep, disable, identities, link, signOut, bounced, good, clock, move];

import { z } from 'zod';
import { followGroups } from '../../client/group-capacities.ts';
import { identityOf } from '../../identity/identities.ts';
import { limits } from '../../identity/limits.ts';
import { SignInFailed } from '../../identity/provider.ts';
import type { Arrived, Provider } from '../../identity/provider.ts';
import { beginSession, sessionOf, stepUp } from '../../identity/sessions.ts';
import { clearState, cookieOf, setCookie, setState, stateOf } from '../cookie.ts';
import type { Desk } from '../desk.ts';
import { succeeded, within } from '../limits.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import type { Call } from '../route.ts';

/** Only to a page of ours: an address that begins with one slash and names no other host. */
const ownPath = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[\w\-./?=&%]*$/);

function providerOf({ provider }: Desk): Provider {
  if (provider === null)
    throw problemOf(404, 'no_provider', 'This installation has no identity provider. Sign in with a login.');
  return provider;
}

const begin = route({
  ...{ id: 'beginProviderSignIn', method: 'GET', path: '/provider/begin', tag: 'sign-in', action: 'sign:in' },
  says: 'Leads the browser to the organization’s identity provider; with again, to show once more who is there.',
  query: z.strictObject({ returnTo: ownPath.default('/'), again: z.stringbool().optional() }),
  answer: z.any(),
  handle: async ({ desk, guest, query, request, reply }) => {
    const provider = providerOf(desk);
    // Only whoever goes there themselves: no page elsewhere may use up the tries of an office.
    const { 'sec-fetch-site': site, 'sec-fetch-dest': dest } = request.headers;
    if (site === 'cross-site' && dest !== 'document')
      throw problemOf(403, 'cross_site', 'Begin to sign in on a page of this installation.');
    await within(desk.office, limits.provider, request.ip);
    const session = query.again === true ? (guest.session?.id ?? null) : null;
    const { to, state } = await provider.begin(desk.store, query.returnTo, session);
    setState(reply, state);
    return reply.redirect(to, 303);
  },
});

const failures = {
  unknown_state: 'This sign-in was begun elsewhere, too long ago, or used already. Begin again.',
  refused_by_provider:
    'The identity provider did not sign you in. Begin again, or ask whoever keeps the accounts.',
  groups_missing:
    'Your provider did not say in a readable way which groups you are in, so what they gave you here has ended. Tell whoever keeps the accounts.',
  token_refused:
    'What the identity provider sent could not be trusted. Begin again; if it stays so, tell whoever runs this.',
} as const;

async function arrivedBy(desk: Desk, query: string, kept: string | undefined): Promise<Arrived> {
  try {
    return await providerOf(desk).finish(desk.store, query, kept);
  } catch (error) {
    if (error instanceof SignInFailed) throw problemOf(401, error.code, failures[error.code]);
    throw error;
  }
}

/** The same person, shown again: the session goes on under a new cookie. */
async function shownAgain(
  { desk, request, reply }: Pick<Call<undefined, undefined, undefined>, 'desk' | 'request' | 'reply'>,
  person: string,
  id: string,
) {
  const cookie = cookieOf(request);
  const session = cookie === undefined ? null : await sessionOf(desk.store, cookie);
  if (session === null || session.id !== id || session.person !== person)
    throw problemOf(401, 'another_person', 'The provider signed in somebody else. Sign out first.');
  const secret = await stepUp(desk.store, id);
  if (secret === null) throw problemOf(401, 'sign_in', 'Your session has ended. Sign in again.');
  setCookie(reply, secret);
}

/**
 * What groups give follows each time somebody comes from the provider. A list that cannot be read gives nothing, and the
 * sign-in ends with it: a change nobody notices would be worse. @throws ApiProblem
 */
async function groupsFollowed(desk: Desk, person: string, groups: Arrived['groups']): Promise<void> {
  const rights = providerOf(desk).groups;
  if (rights.length === 0) return;
  await followGroups(desk.office, person, groups ?? [], rights, globalThis.crypto.randomUUID());
  if (groups === null) throw problemOf(403, 'groups_missing', failures.groups_missing);
}

const finish = route({
  ...{
    id: 'finishProviderSignIn',
    method: 'GET',
    path: '/provider/callback',
    tag: 'sign-in',
    action: 'sign:in',
  },
  says: 'Where the identity provider sends people back to.',
  answer: z.any(),
  handle: async (call) => {
    const { desk, request, reply } = call;
    const at = request.url.indexOf('?');
    const kept = stateOf(request);
    clearState(reply);
    const arrived = await arrivedBy(desk, at < 0 ? '' : request.url.slice(at + 1), kept);
    const { code, person } = await identityOf(desk.store, arrived.issuer, arrived.subject);
    if (person === null)
      throw problemOf(
        403,
        'not_linked',
        `Nobody here is linked to this sign-in yet. Tell whoever keeps the accounts this code: ${code}`,
      );
    await groupsFollowed(desk, person, arrived.groups);
    if (arrived.sessionId !== null) await shownAgain(call, person, arrived.sessionId);
    else setCookie(reply, (await beginSession(desk.store, person, 'oidc', arrived.authTime)).secret);
    await succeeded(desk.office, limits.provider, request.ip);
    return reply.redirect(arrived.returnTo, 303);
  },
});

const ways = route({
  ...{ id: 'showWaysToSignIn', method: 'GET', path: '/sign-in', tag: 'sign-in', action: 'sign:in' },
  says: 'How people sign in here: with a login, or through the organization’s provider.',
  answer: z.object({ login: z.literal(true), provider: z.boolean() }),
  handle: async ({ desk }) => ({ login: true, provider: desk.provider !== null }) as const,
});

/** Sign-in through the organization's own identity provider. */
export const providerRoutes = [ways, begin, finish];

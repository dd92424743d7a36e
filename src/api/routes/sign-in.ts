import { z } from 'zod';
import { instant } from '../../contracts/api/shapes.ts';
import { actions } from '../../domain/kernel/actions.ts';
import { personOfLogin, passwordOf } from '../../identity/accounts.ts';
import { limits } from '../../identity/limits.ts';
import { beginSession, endSessions, sessionsOfPerson, stepUp } from '../../identity/sessions.ts';
import type { Session } from '../../identity/sessions.ts';
import { makeToken, revokeToken, tokensOfPerson } from '../../identity/tokens.ts';
import { clearCookie, setCookie } from '../cookie.ts';
import type { Guest } from '../guest.ts';
import { within } from '../limits.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';

const session = z.object({
  ...{ id: z.string(), how: z.enum(['local', 'oidc']), createdAt: instant, seenAt: instant, endsAt: instant },
  ...{ steppedUp: z.boolean(), current: z.boolean() },
});
const shownSession = (one: Session, current: Session | null) => ({
  ...one,
  current: one.id === current?.id,
});

const done = z.object({ done: z.literal(true) });

const wrong = () =>
  problemOf(
    401,
    'sign_in_failed',
    'This login and password do not belong together. Try again, or ask for a new password.',
  );

/** The person of a guest who was let in for something that needs one. */
export function personOf(guest: Guest): string {
  if (guest.person === null) throw problemOf(401, 'sign_in', 'Sign in, then ask again.');
  return guest.person;
}

const signIn = route({
  ...{ id: 'signIn', method: 'POST', path: '/session', tag: 'sign-in', action: 'sign:in' },
  says: 'Signs in with a login of this installation; the session is a cookie.',
  body: z.strictObject({ login: z.string().min(1).max(80), password: z.string().min(1).max(400) }),
  answer: z.object({ person: z.string(), session }),
  handle: async ({ desk, body, request, reply }) => {
    await within(desk.office, limits.signInFrom, request.ip);
    await within(desk.office, limits.signInLogin, body.login.toLowerCase());
    const person = await personOfLogin(desk.store, body.login.trim().toLowerCase(), body.password);
    if (person === null) throw wrong();
    const began = await beginSession(desk.store, person, 'local');
    setCookie(reply, began.secret);
    return { person, session: shownSession(began.session, began.session) };
  },
});

const signOut = route({
  ...{ id: 'signOut', method: 'DELETE', path: '/session', tag: 'sign-in', action: 'sign:self' },
  says: 'Ends this session.',
  answer: done,
  handle: async ({ desk, guest, reply }) => {
    if (guest.session !== null) await endSessions(desk.store, guest.session.person, guest.session.id);
    clearCookie(reply);
    return { done: true } as const;
  },
});

const showAgain = route({
  ...{ id: 'stepUp', method: 'POST', path: '/session/step-up', tag: 'sign-in', action: 'sign:self' },
  says: 'Shows again who is there, for what needs it; holds for ten minutes, and the cookie changes.',
  body: z.strictObject({ password: z.string().min(1).max(400) }),
  answer: done,
  handle: async ({ desk, guest, body, reply }) => {
    const person = personOf(guest);
    if (guest.session === null)
      throw problemOf(409, 'no_session', 'A token is not a session: nothing to show again.');
    await within(desk.office, limits.stepUp, person);
    if (!(await passwordOf(desk.store, person, body.password))) throw wrong();
    const secret = await stepUp(desk.store, guest.session.id);
    if (secret === null) throw wrong();
    setCookie(reply, secret);
    return { done: true } as const;
  },
});

const listSessions = route({
  ...{ id: 'listSessions', method: 'GET', path: '/sessions', tag: 'sign-in', action: 'sign:self' },
  says: 'Your sessions that still hold.',
  answer: z.object({ list: z.array(session) }),
  handle: async ({ desk, guest }) => {
    const list = await sessionsOfPerson(desk.store, personOf(guest));
    return { list: list.map((one) => shownSession(one, guest.session)) };
  },
});

const endSession = route({
  ...{ id: 'endSession', method: 'DELETE', path: '/sessions/:id', tag: 'sign-in', action: 'sign:self' },
  says: 'Ends one of your sessions at once.',
  params: z.object({ id: z.string().max(60) }),
  answer: done,
  handle: async ({ desk, guest, params }) => {
    if ((await endSessions(desk.store, personOf(guest), params.id)) === 0)
      throw problemOf(404, 'unknown_session', 'You have no such session.');
    return { done: true } as const;
  },
});

const token = z.object({
  ...{ id: z.string(), scopes: z.array(z.enum(actions)), createdAt: instant, endsAt: instant },
  usedAt: instant.nullable(),
});

const listTokens = route({
  ...{ id: 'listTokens', method: 'GET', path: '/tokens', tag: 'sign-in', action: 'sign:self' },
  says: 'Your tokens that still hold; never their secrets.',
  answer: z.object({ list: z.array(token) }),
  handle: async ({ desk, guest }) => ({
    list: [...(await tokensOfPerson(desk.store, personOf(guest)))].map((one) => ({
      ...one,
      scopes: [...one.scopes],
    })),
  }),
});

const newToken = route({
  ...{ id: 'makeToken', method: 'POST', path: '/tokens', tag: 'sign-in', action: 'sign:self' },
  says: 'Makes a token for a program that acts in your name. Its secret is in this answer and nowhere else.',
  body: z.strictObject({
    scopes: z.array(z.enum(actions)).min(1).max(actions.length),
    days: z.int().min(1).max(366),
  }),
  answer: z.object({ secret: z.string(), token }),
  handle: async ({ desk, guest, body }) => {
    // A token makes no tokens: what it may ends with it.
    if (guest.session === null) throw problemOf(403, 'scope', 'Sign in to make a token.');
    const made = await makeToken(desk.store, personOf(guest), body.scopes, body.days);
    return { secret: made.secret, token: { ...made.token, scopes: [...made.token.scopes] } };
  },
});

const endToken = route({
  ...{ id: 'revokeToken', method: 'DELETE', path: '/tokens/:id', tag: 'sign-in', action: 'sign:self' },
  says: 'Ends one of your tokens at once.',
  params: z.object({ id: z.string().max(60) }),
  answer: done,
  handle: async ({ desk, guest, params }) => {
    if (!(await revokeToken(desk.store, personOf(guest), params.id)))
      throw problemOf(404, 'unknown_token', 'You have no such token.');
    return { done: true } as const;
  },
});

/** Sessions and tokens: everybody's own. */
export const signInRoutes = [
  signIn,
  signOut,
  showAgain,
  listSessions,
  endSession,
  listTokens,
  newToken,
  endToken,
];

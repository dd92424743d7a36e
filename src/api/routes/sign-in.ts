import { z } from 'zod';
import { instant } from '../../contracts/api/shapes.ts';
import { tellPerson } from '../../directory/house-mail.ts';
import { actions, mayHandOn } from '../../domain/kernel/actions.ts';
import { chooseOwn, loginOf, passwordOf, personOfLogin } from '../../identity/accounts.ts';
import { limits } from '../../identity/limits.ts';
import { beginSession, endSessions, sessionsOfPerson, stepUp } from '../../identity/sessions.ts';
import type { Session } from '../../identity/sessions.ts';
import { makeToken, revokeToken, tokensOfPerson } from '../../identity/tokens.ts';
import { clearCookie, setCookie } from '../cookie.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { counterOf, succeeded, within } from '../limits.ts';
import { problemOf, problemOfMay } from '../problem.ts';
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

/**
 * Whom a login and password belong to. Only failures count: under the address, and under the login as it is looked up, each
 * quarter of an hour from this address and each day from all of them.
 * @throws ApiProblem
 */
async function knownBy({ office, store }: Desk, typed: string, password: string, from: string) {
  const login = loginOf(typed);
  const under = [
    [limits.signInFrom, from] as const,
    ...(login === null
      ? []
      : [
          [limits.signInLogin, `${login} ${counterOf(from)}`] as const,
          [limits.signInLoginDay, login] as const,
        ]),
  ];
  for (const [limit, whom] of under) await within(office, limit, whom);
  // What is no login takes as long as one that nobody has.
  const known = await personOfLogin(store, login ?? '', password);
  if (known === null) throw wrong();
  for (const [limit, whom] of under) await succeeded(office, limit, whom);
  return known;
}

/** A password that somebody else gave opens nothing but choosing one's own. @throws ApiProblem */
const toChange = () =>
  problemOf(
    403,
    'choose_password',
    'This passphrase was given to you by somebody else. Choose a password of your own to go on.',
  );

/** A new password of one's own; their mailbox hears of it, should it not have been them. */
async function choose({ store, office }: Desk, person: string, password: string): Promise<void> {
  await chooseOwn(store, person, password);
  await tellPerson(office.pool, office.org, person, 'password_set');
}

const signIn = route({
  ...{ id: 'signIn', method: 'POST', path: '/session', tag: 'sign-in', action: 'sign:in' },
  says: 'Signs in with a login of this installation; the session is a cookie. newPassword: one of your own from now on, asked for after a passphrase that somebody else gave.',
  body: z.strictObject({
    ...{ login: z.string().min(1).max(80), password: z.string().min(1).max(400) },
    newPassword: z.string().min(1).max(400).optional(),
  }),
  answer: z.object({ person: z.string(), session }),
  handle: async ({ desk, body, request, reply }) => {
    const { person, once } = await knownBy(desk, body.login, body.password, request.ip);
    if (body.newPassword !== undefined) await choose(desk, person, body.newPassword);
    else if (once) throw toChange();
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

const changePassword = route({
  ...{ id: 'changePassword', method: 'PUT', path: '/me/password', tag: 'sign-in', action: 'sign:self' },
  says: 'Your own password, changed by yourself: with the one you have, or shown again who is there. All other sessions, your tokens and your calendar’s address end; the cookie changes.',
  body: z.strictObject({
    password: z.string().min(1).max(400).optional(),
    newPassword: z.string().min(1).max(400),
  }),
  answer: done,
  handle: async ({ desk, guest, body, reply }) => {
    const person = personOf(guest);
    if (guest.session === null) throw problemOf(403, 'scope', 'Sign in to change your password.');
    if (body.password === undefined) {
      if (!guest.session.steppedUp) throw problemOfMay({ is: 'deny', why: 'step_up', needs: [] });
    } else {
      await within(desk.office, limits.stepUp, person);
      if (!(await passwordOf(desk.store, person, body.password))) throw wrong();
    }
    await choose(desk, person, body.newPassword);
    const began = await beginSession(desk.store, person, 'local');
    setCookie(reply, began.secret);
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
  ...{ id: 'makeToken', method: 'POST', path: '/tokens', tag: 'sign-in', action: 'make:token' },
  says: 'Makes a token for a program that acts in your name, with what you may do now. What you are asked to show again who you are for it may by name, for seven days at most. Its secret is in this answer and nowhere else.',
  body: z.strictObject({
    scopes: z.array(z.enum(actions)).min(1).max(actions.length),
    days: z.int().min(1).max(366),
  }),
  answer: z.object({ secret: z.string(), token }),
  handle: async ({ desk, guest, body }) => {
    // A token makes no tokens: what it may ends with it.
    if (guest.session === null) throw problemOf(403, 'scope', 'Sign in to make a token.');
    if (!body.scopes.every((one) => mayHandOn(guest, one)))
      throw problemOf(
        403,
        'not_yours',
        'A token may what you may yourself, and makes no tokens. Leave out the rest.',
      );
    const made = await makeToken(desk.store, personOf(guest), body.scopes, body.days);
    await tellPerson(desk.office.pool, desk.office.org, personOf(guest), 'token_made');
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
  changePassword,
  listSessions,
  endSession,
  listTokens,
  newToken,
  endToken,
];

import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { makeOrganization } from '../../src/client/organization.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { identitiesOf, linkIdentity } from '../../src/identity/identities.ts';
import { Provider } from '../../src/identity/provider.ts';
import type { ProviderSettings } from '../../src/identity/provider.ts';
import { openPool } from '../../src/ledger/database.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { person } from '../unit/house.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** Sign-in through a real provider on loopback, and everything a false one could send. */

const origin = 'http://localhost:4000';
const ana = person('ana of the provider');
const ben = person('ben of the provider');
const org = `org_${opaque('provider')}`;
const secret = 'a secret both sides know';
let postgres: TestPostgres;
let pool: ReturnType<typeof openPool>;
let server: OAuth2Server;
let app: FastifyInstance;
let desk: Desk;

/** What the provider says of whoever signs in; changed by each test. */
interface Says {
  sub: string;
  groups?: unknown;
  [claim: string]: unknown;
}
let says: Says = { sub: 'subject-1' };
/** Puts another id token in place of the provider's own. */
let forge: ((token: string) => string) | null = null;

const silent = { info: () => undefined, warn: () => undefined };

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 6);
  await migrate(pool);
  const keys = keyRing(Buffer.alloc(32, 7));
  const office = { org, pool, keys, terms: new TermsStore() };
  await makeOrganization(office, { org, sandbox: null, quietMs: 60_000 });
  for (const [ref, name] of [
    [ana, 'Ana Ruiz'],
    [ben, 'Ben Adeyemi'],
  ] as const)
    await addPerson(pool, keys, { org, ref, name, email: null });
  server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, 'localhost');
  server.service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }) => {
    Object.assign(token.payload, { auth_time: Math.floor(Date.now() / 1000) }, says);
  });
  server.service.on('beforeResponse', (answer: { body: Record<string, unknown> }) => {
    if (forge !== null) answer.body['id_token'] = forge(String(answer.body['id_token']));
  });
  const settings: ProviderSettings = {
    ...{ issuer: server.issuer.url ?? '', clientId: 'peer-hire', clientSecret: secret, algorithm: 'RS256' },
    groupsClaim: 'groups',
    groups: [
      { group: 'people-office', capacity: 'hr', scope: org },
      { group: 'machines', capacity: 'administrator', scope: org },
    ],
  };
  const provider = new Provider(settings, `${origin}/api/provider/callback`);
  const house = () => Promise.reject(new Error('no decision is made here'));
  desk = { office, store: { org, pool }, house, origin, provider, sandbox: false, clock: null };
  app = await makeApp(desk, silent);
}, 60_000);

afterEach(() => {
  says = { sub: 'subject-1' };
  forge = null;
});

afterAll(async () => {
  await app.close();
  await server.stop();
  await pool.end();
  await postgres.stop();
});

const cookies = (answer: { cookies: readonly { name: string; value: string }[] }): Record<string, string> =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

/** The browser's way to the provider and what it is sent back with. */
async function away(query = '', session: Record<string, string> = {}) {
  const begun = await app.inject({ url: `/api/provider/begin${query}`, cookies: session });
  expect(begun.statusCode).toBe(303);
  const there = await fetch(String(begun.headers.location), { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  return { back: `${back.pathname}${back.search}`, kept: cookies(begun), to: String(begun.headers.location) };
}

async function signIn(query = '', session: Record<string, string> = {}) {
  const { back, kept } = await away(query, session);
  return app.inject({ url: back, cookies: { ...session, ...kept } });
}

async function linked(sub: string, to: string): Promise<void> {
  says = { sub };
  await signIn();
  const waiting = (await identitiesOf(desk.store)).find((one) => one.person === null);
  if (waiting !== undefined) await linkIdentity(desk.store, waiting.code, to);
}

describe('sign-in through the provider (ASVS 10)', () => {
  it('a subject nobody is linked to waits under a code, and comes in once linked', async () => {
    const refused = await signIn();
    expect(refused.statusCode).toBe(403);
    const [waiting] = await identitiesOf(desk.store);
    expect(refused.json()).toMatchObject({ code: 'not_linked' });
    expect(refused.json<{ detail: string }>().detail).toContain(waiting?.code);
    expect(await linkIdentity(desk.store, waiting?.code ?? '', ana)).toBe(true);
    expect(await linkIdentity(desk.store, waiting?.code ?? '', ben)).toBe(false);
    const done = await signIn('?returnTo=/today');
    expect([done.statusCode, done.headers.location]).toEqual([303, '/today']);
    const me = await app.inject({ url: '/api/me', cookies: cookies(done) });
    expect(me.json()).toMatchObject({ person: ana, how: 'session_stepped_up' });
  });

  it('asks with PKCE, state and nonce', async () => {
    const { to } = await away();
    const asked = new URL(to).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const one of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(one)?.length).toBeGreaterThan(30);
  });

  it('a way back is used once, and only in the browser it began in', async () => {
    await linked('subject-1', ana);
    const { back, kept } = await away();
    expect((await app.inject({ url: back })).json()).toMatchObject({ code: 'unknown_state' });
    const other = await away();
    expect((await app.inject({ url: back, cookies: other.kept })).json()).toMatchObject({
      code: 'unknown_state',
    });
    expect((await app.inject({ url: back, cookies: kept })).statusCode).toBe(303);
    expect((await app.inject({ url: back, cookies: kept })).json()).toMatchObject({ code: 'unknown_state' });
  });

  it.each([
    ['a nonce of another sign-in', { nonce: 'another' }],
    ['another issuer', { iss: 'http://localhost:1' }],
    ['another audience', { aud: 'another-client' }],
    ['a time long past', { exp: 1 }],
    ['no subject', { sub: undefined }],
  ])('refuses a token with %s', async (_what, claims) => {
    says = Object.assign({ sub: 'subject-1' }, claims);
    const refused = await signIn();
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([401, 'token_refused']);
    expect(cookies(refused)['__Host-peer-hire']).toBeUndefined();
  });

  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const bodyOf = (token: string): string => token.split('.')[1] ?? '';

  it.each([
    ['signed by nobody', (token: string) => `${part({ alg: 'none' })}.${bodyOf(token)}.`],
    [
      'signed with the secret both sides know',
      (token: string) => {
        const head = `${part({ alg: 'HS256' })}.${bodyOf(token)}`;
        return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
      },
    ],
    ['with a signature of another token', (token: string) => `${token.slice(0, -12)}AAAAAAAAAAAA`],
    [
      'with another subject under the old signature',
      (token: string) => {
        const [head = '', body = '', signature = ''] = token.split('.');
        const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
        return `${head}.${part({ ...claims, sub: 'subject-2' })}.${signature}`;
      },
    ],
  ])('refuses a token %s', async (_what, forged) => {
    forge = forged;
    expect((await signIn()).json()).toMatchObject({ status: 401, code: 'token_refused' });
  });

  it('leads back to pages of ours only', async () => {
    for (const returnTo of ['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'x'])
      expect(
        (await app.inject({ url: `/api/provider/begin?returnTo=${encodeURIComponent(returnTo)}` }))
          .statusCode,
      ).toBe(400);
  });

  it('shows again who is there: the same person, asked anew, under a new cookie', async () => {
    await linked('subject-1', ana);
    await linked('subject-2', ben);
    says = { sub: 'subject-1' };
    const first = cookies(await signIn());
    const again = await away('?again=true', first);
    expect(new URL(again.to).searchParams.get('prompt')).toBe('login');
    says = { sub: 'subject-2' };
    const other = await app.inject({ url: again.back, cookies: { ...first, ...again.kept } });
    expect(other.json()).toMatchObject({ code: 'another_person' });
    says = { sub: 'subject-1', auth_time: Math.floor(Date.now() / 1000) - 3600 };
    expect((await signIn('?again=true', first)).json()).toMatchObject({ code: 'token_refused' });
    says = { sub: 'subject-1' };
    const shown = cookies(await signIn('?again=true', first));
    expect(shown['__Host-peer-hire']).not.toBe(first['__Host-peer-hire']);
    expect((await app.inject({ url: '/api/me', cookies: first })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/me', cookies: shown })).json()).toMatchObject({
      how: 'session_stepped_up',
    });
  });

  it('groups give capacities and end them; what was given by hand stays', async () => {
    await linked('subject-2', ben);
    says = { sub: 'subject-2', groups: ['people-office', 'a group of nothing here'] };
    const capacitiesAfter = async () => {
      const me = await app.inject({ url: '/api/me', cookies: cookies(await signIn()) });
      return me.json<{ capacities: string[] }>().capacities;
    };
    expect(await capacitiesAfter()).toEqual(['hr']);
    says = { sub: 'subject-2', groups: ['machines'] };
    expect(await capacitiesAfter()).toEqual(['administrator']);
    says = { sub: 'subject-2', groups: [] };
    expect(await capacitiesAfter()).toEqual([]);
  });

  it('groups left out give nothing, and a list that cannot be read lets nobody in', async () => {
    await linked('subject-2', ben);
    const held = async () => {
      const { rows } = await pool.query(
        `select capacity from assignments where person = $1 and to_at is null order by capacity`,
        [ben],
      );
      return rows.map((row: { capacity: string }) => row.capacity);
    };
    for (const groups of [undefined, 'people-office', ['people-office', 7], { in: 'people-office' }]) {
      says = { sub: 'subject-2', groups: ['people-office'] };
      await signIn();
      expect(await held()).toEqual(['hr']);
      says = { sub: 'subject-2', groups };
      const came = await signIn();
      expect(await held(), JSON.stringify(groups)).toEqual([]);
      if (groups === undefined) expect(came.statusCode).toBe(303);
      else expect(came.json()).toMatchObject({ status: 403, code: 'groups_missing' });
      if (groups !== undefined) expect(cookies(came)['__Host-peer-hire']).toBeUndefined();
    }
    says = { sub: 'subject-2', groups: ['people-office'] };
    const before = cookies(await signIn());
    says = { sub: 'subject-2', _claim_names: { groups: 'src1' } };
    expect((await signIn()).json()).toMatchObject({ code: 'groups_missing' });
    const me = await app.inject({ url: '/api/me', cookies: before });
    expect(me.json<{ capacities: string[] }>().capacities).toEqual([]);
  });

  it('shows who is there for as long as the provider saw them, not for as long as they came back', async () => {
    await linked('subject-1', ana);
    const now = Math.floor(Date.now() / 1000);
    const howAfter = async (auth_time: unknown) => {
      says = { sub: 'subject-1', auth_time };
      const me = await app.inject({ url: '/api/me', cookies: cookies(await signIn()) });
      return me.json<{ how: string }>().how;
    };
    expect(await howAfter(now)).toBe('session_stepped_up');
    expect(await howAfter(now - 300)).toBe('session_stepped_up');
    for (const long of [now - 9 * 3_600, now - 601, now + 3_600, undefined])
      expect(await howAfter(long), String(long)).toBe('session');
  });
});

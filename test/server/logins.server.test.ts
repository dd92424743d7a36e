import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { counterOf } from '../../src/api/limits.ts';
import type { Desk } from '../../src/api/desk.ts';
import { feedOf, makeFeed } from '../../src/client/links/feed.ts';
import { assign, makeOrganization } from '../../src/client/organization.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { keepAccount } from '../../src/identity/accounts.ts';
import { makeToken } from '../../src/identity/tokens.ts';
import { openPool } from '../../src/ledger/database.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { counted, limits } from '../../src/identity/limits.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { person } from '../unit/house.ts';
import { Browser, ORIGIN, PASSWORD } from './api-house.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** Ways in: who gives them, how long they hold, and what ends them. */

const org = `org_${opaque('logins')}`;
const keys = keyRing(Buffer.alloc(32, 7));
const people: Readonly<Record<string, readonly Capacity[]>> = {
  ida: ['administrator'],
  amara: ['hr_director'],
  zora: [],
};
const OWN = 'seven herons on a weir';
let postgres: TestPostgres;
let pool: ReturnType<typeof openPool>;
let app: FastifyInstance;
let desk: Desk;

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 6);
  await migrate(pool);
  const office = { org, pool, keys, terms: new TermsStore() };
  await makeOrganization(office, { org, sandbox: null, quietMs: 60_000 });
  for (const [word, held] of Object.entries(people)) {
    await addPerson(pool, keys, { org, ref: person(word), name: `Test ${word}`, email: null });
    const list = held.map((capacity) => ({ person: person(word), capacity, scope: org }));
    if (list.length > 0) await assign(office, list, { decisionId: `given_${word}`, actor: 'installation' });
  }
  const house = () => Promise.reject(new Error('no decision is made here'));
  const store = { org, pool };
  desk = { office, store, house, origin: ORIGIN, provider: null, sandbox: false, clock: null };
  desk = { ...desk, proxies: ['127.0.0.1'] };
  app = await makeApp(desk, { info: () => undefined, warn: () => undefined });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await pool?.end();
  await postgres?.stop();
});
beforeEach(async () => {
  await pool.query('delete from rate_counts');
  await pool.query('delete from accounts');
  for (const word of Object.keys(people)) await keepAccount(desk.store, word, person(word), PASSWORD);
});

async function signedIn(word: string, password = PASSWORD): Promise<Browser> {
  const browser = new Browser(app);
  const answer = await browser.post('/session', { login: word, password });
  expect(answer.statusCode, answer.body).toBe(200);
  return browser;
}
const later = (word: string) =>
  pool.query('update sessions set stepped_up_until = now() where person = $1', [person(word)]);
const codeOf = (answer: { json: () => unknown; statusCode: number }): unknown =>
  answer.statusCode === 200 ? 200 : (answer.json() as { code: string }).code;
const bearing = (secret: string, url: string) =>
  app.inject({ url: `/api${url}`, headers: { authorization: `Bearer ${secret}` } });

describe('a token', () => {
  it('is made by somebody who has just shown who they are, with what they may', async () => {
    const amara = await signedIn('amara');
    await later('amara');
    const wish = { scopes: ['export'], days: 5 };
    expect(codeOf(await amara.post('/tokens', wish))).toBe('step_up');
    expect(codeOf(await amara.post('/session/step-up', { password: PASSWORD }))).toBe(200);
    expect(codeOf(await amara.post('/tokens', { ...wish, days: 8 }))).toBe('token_too_long');
    expect(codeOf(await amara.post('/tokens', { ...wish, scopes: ['manage:accounts'] }))).toBe('not_yours');
    expect(codeOf(await amara.post('/tokens', { ...wish, scopes: ['make:token'] }))).toBe('not_yours');
    const made = await amara.post('/tokens', wish);
    const { secret } = made.json<{ secret: string }>();
    expect((await bearing(secret, '/export')).statusCode).toBe(200);
    expect(codeOf(await bearing(secret, '/tokens'))).toBe('scope');
  });

  it('that holds longer than it should opens nothing that is shown again for', async () => {
    const made = await makeToken(desk.store, person('amara'), ['export', 'read:self'], 7);
    expect((await bearing(made.secret, '/export')).statusCode).toBe(200);
    await pool.query(`update api_tokens set ends_at = now() + interval '30 days' where id = $1`, [
      made.token.id,
    ]);
    expect(codeOf(await bearing(made.secret, '/export'))).toBe('scope');
    expect((await bearing(made.secret, '/me')).statusCode).toBe(200);
  });

  it('decides what binds somebody only when it was made for that', async () => {
    const ending = {
      decisionId: 'tok_end_1',
      case: `employment-${'7'.repeat(26)}`,
      type: 'confirm_separation',
    };
    const plain = await makeToken(desk.store, person('amara'), ['decide'], 7);
    const refused = await app.inject({
      ...{ method: 'POST', url: '/api/decisions', payload: { ...ending, payload: {} } },
      headers: { authorization: `Bearer ${plain.secret}` },
    });
    expect(codeOf(refused)).toBe('scope');
  });
});

describe('every way in', () => {
  const end: Readonly<Record<string, (ida: Browser) => Promise<unknown>>> = {
    'a new passphrase': (ida) => ida.put('/accounts/zora', { person: person('zora') }),
    'the end of the login': (ida) => ida.ask('DELETE', '/accounts/zora'),
    'signing out everywhere': (ida) => ida.ask('DELETE', `/people/${person('zora')}/access`),
  };

  it.each(Object.entries(end))('ends with %s, and the ledger says by whom', async (_what, work) => {
    const zora = await signedIn('zora');
    const { secret } = await makeToken(desk.store, person('zora'), ['read:self'], 300);
    const feed = await makeFeed(desk.office, person('zora'));
    expect((await bearing(secret, '/me')).statusCode).toBe(200);
    expect(await feedOf(desk.office, feed)).not.toBeNull();
    await work(await signedIn('ida'));
    expect((await zora.get('/me')).statusCode).toBe(401);
    expect(codeOf(await bearing(secret, '/me'))).toBe('token_invalid');
    expect(await feedOf(desk.office, feed)).toBeNull();
    const { rows } = await pool.query<{ actor: string; how: string; body: unknown }>(
      `select actor, how, body::text from ledger where org = $1 and case_id = 'house-access' order by position desc limit 1`,
      [org],
    );
    expect(rows).toEqual([
      {
        ...{ actor: person('ida'), how: 'session_stepped_up' },
        body: JSON.stringify({ person: person('zora') }),
      },
    ]);
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });
});

describe('a login that an administrator gives', () => {
  it('is not a second one', async () => {
    const ida = await signedIn('ida');
    const answer = await ida.put('/accounts/xdir', { person: person('amara') });
    expect(codeOf(answer)).toBe('has_login');
    const { rows } = await pool.query(`select 1 from accounts where login = 'xdir'`);
    expect(rows).toEqual([]);
  });

  it('opens nothing until its person has chosen a password of their own', async () => {
    const ida = await signedIn('ida');
    const given = await ida.put('/accounts/amara', { person: person('amara') });
    const { passphrase: password } = given.json<{ passphrase: string }>();
    const browser = new Browser(app);
    const signIn = (more: object) => browser.post('/session', { login: 'amara', password, ...more });
    expect(codeOf(await signIn({}))).toBe('choose_password');
    expect(browser.cookie).toBeNull();
    expect(codeOf(await signIn({ newPassword: 'short' }))).toBe('password_too_short');
    expect(codeOf(await signIn({ newPassword: password }))).toBe('same_password');
    expect(codeOf(await signIn({ newPassword: OWN }))).toBe(200);
    expect((await browser.get('/me')).json()).toMatchObject({ person: person('amara') });
    expect(codeOf(await signIn({}))).toBe('sign_in_failed');
    await signedIn('amara', OWN);
  });

  it('ends by itself when nobody used it', async () => {
    const ida = await signedIn('ida');
    const given = await ida.put('/accounts/zora', { person: person('zora') });
    const { passphrase: password } = given.json<{ passphrase: string }>();
    await pool.query(`update accounts set once_until = now() where login = 'zora'`);
    const late = await new Browser(app).post('/session', { login: 'zora', password, newPassword: OWN });
    expect(codeOf(late)).toBe('sign_in_failed');
  });
});

describe('one’s own password', () => {
  it('is changed with the old one, or shown again, and ends every other way in', async () => {
    const [zora, other] = [await signedIn('zora'), await signedIn('zora')];
    const { secret } = await makeToken(desk.store, person('zora'), ['sign:self'], 7);
    await later('zora');
    expect(codeOf(await zora.put('/me/password', { newPassword: OWN }))).toBe('step_up');
    const wrong = { password: 'not that one', newPassword: OWN };
    expect(codeOf(await zora.put('/me/password', wrong))).toBe('sign_in_failed');
    const byToken = await app.inject({
      ...{ method: 'PUT', url: '/api/me/password', payload: { password: PASSWORD, newPassword: OWN } },
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(codeOf(byToken)).toBe('scope');
    expect(codeOf(await zora.put('/me/password', { password: PASSWORD, newPassword: OWN }))).toBe(200);
    expect((await zora.get('/me')).statusCode).toBe(200);
    expect((await other.get('/me')).statusCode).toBe(401);
    expect(codeOf(await bearing(secret, '/sessions'))).toBe('token_invalid');
    await signedIn('zora', OWN);
  });
});

describe('tries to sign in', () => {
  const tried = (login: string, password: string, from: string) =>
    app.inject({
      ...{ method: 'POST', url: '/api/session', payload: { login, password } },
      headers: { origin: ORIGIN, 'x-forwarded-for': from },
    });

  it('are counted under the login they mean, however it is typed, and shut out nobody elsewhere', async () => {
    const blanks = [' ', '\t', ' ', ' ', '  '];
    for (let n = 0; n < 10; n += 1) {
      const typed = `${blanks[n % 5]?.repeat(1 + n) ?? ''}Amara${n % 2 === 0 ? ' ' : ''}`;
      expect(codeOf(await tried(typed, 'not that one', '192.0.2.98'))).toBe('sign_in_failed');
    }
    expect(codeOf(await tried('amara', PASSWORD, '192.0.2.98'))).toBe('too_many');
    expect(codeOf(await tried('amara', PASSWORD, '192.0.2.99'))).toBe(200);
    expect(codeOf(await tried('zora', PASSWORD, '192.0.2.99'))).toBe(200);
  }, 60_000);

  it('of one login are at most a hundred a day, from wherever they come', async () => {
    for (let n = 0; n < 100; n += 1) await counted(pool, limits.signInLoginDay, 'amara');
    expect(codeOf(await tried('amara', PASSWORD, '192.0.2.99'))).toBe('too_many');
  }, 120_000);

  it('that turn out well count for nothing, behind a proxy that is trusted each from where it comes', async () => {
    for (let n = 0; n < 12; n += 1) expect(codeOf(await tried('zora', PASSWORD, '192.0.2.7'))).toBe(200);
    const { rows } = await pool.query<{ sum: string }>('select sum(count) from rate_counts');
    expect(Number(rows[0]?.sum)).toBe(0);
    await tried('zora', 'not that one', '2001:db8:0:1::5');
    await tried('zora', 'not that one', '2001:db8:0:1:ffff::6');
    const counts = await pool.query<{ count: number }>('select count from rate_counts where count > 0');
    expect(counts.rows.map((one) => one.count)).toEqual([2, 2, 2]);
  }, 60_000);

  it('that are over go with later ones, a few at a time, found by their own index', async () => {
    await pool.query(
      `insert into rate_counts select 'old ' || n, now() - interval '2 days', 1 from generate_series(1, 100) n`,
    );
    const old = async () =>
      (await pool.query(`select 1 from rate_counts where key like 'old %'`)).rowCount ?? 0;
    await tried('zora', 'not that one', '192.0.2.7');
    const left = await old();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(100);
    await tried('zora', 'not that one', '192.0.2.7');
    expect(await old()).toBe(0);
    const { rows } = await pool.query(
      `select 1 from pg_indexes where tablename = 'rate_counts' and indexdef like '%(window_start)%'`,
    );
    expect(rows).toHaveLength(1);
  }, 60_000);

  it('by links that somebody makes up are counted under where they come from', async () => {
    const posted = (n: number) =>
      app.inject({
        ...{ method: 'POST', url: `/c/made-up-${n}/withdraw`, payload: '' },
        headers: {
          ...{ origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
          'x-forwarded-for': '192.0.2.8',
        },
      });
    for (let n = 0; n < 300; n += 1) expect((await posted(n)).statusCode).not.toBe(429);
    expect((await posted(300)).statusCode).toBe(429);
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from rate_counts');
    expect(rows[0]?.n).toBe(301);
  }, 60_000);

  it('from one network of IPv6 are from one place', () => {
    expect(counterOf('2001:db8:0:1::5')).toBe(counterOf('2001:0DB8::1:ffff:0:0:6'));
    expect(counterOf('2001:db8:0:1::5')).not.toBe(counterOf('2001:db8:0:2::5'));
    expect(counterOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(counterOf('::1')).toBe(counterOf('::2'));
    expect(counterOf('fe80::1%eth0')).toBe(counterOf('fe80::2'));
    expect(counterOf('192.0.2.1')).toBe('192.0.2.1');
  });
});

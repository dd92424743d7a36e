import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { assign, makeOrganization } from '../../src/client/organization.ts';
import { addWebhook, tellWebhooks, webhooksOf } from '../../src/client/webhooks.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { keepAccount } from '../../src/identity/accounts.ts';
import { openPool } from '../../src/ledger/database.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { person } from '../unit/house.ts';
import { Browser } from './api-house.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** What somebody who is signed in sends to keep a process busy, to break it, or to have it say again what they sent. */

const org = `org_${opaque('edges')}`;
const ana = person('ana of the edges');
const director = person('director of the edges');
const PASSWORD = 'a quiet river bend';
let postgres: TestPostgres;
let pool: ReturnType<typeof openPool>;
let office: Desk['office'];
let app: FastifyInstance;
let her: Browser;
let them: Browser;

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 6);
  await migrate(pool);
  const keys = keyRing(Buffer.alloc(32, 7));
  office = { org, pool, keys, terms: new TermsStore() };
  await makeOrganization(office, { org, sandbox: null, quietMs: 60_000 });
  for (const [ref, name] of [
    [ana, 'Ana Ruiz'],
    [director, 'Ben Adeyemi'],
  ] as const)
    await addPerson(pool, keys, { org, ref, name, email: null });
  await assign(office, [{ person: director, capacity: 'hr_director', scope: org }], {
    ...{ decisionId: 'edges_director', actor: 'installation' },
  });
  const desk: Desk = {
    ...{ office, origin: 'http://localhost:4322', provider: null, sandbox: true, store: { org, pool } },
    ...{ house: () => Promise.reject(new Error('nothing here asks Temporal')), clock: null },
  };
  const silent = { info: () => undefined, warn: () => undefined };
  app = await makeApp(desk, silent);
  const signIn = async (login: string, ref: string): Promise<Browser> => {
    await keepAccount(desk.store, login, ref, PASSWORD);
    const browser = new Browser(app);
    expect((await browser.post('/session', { login, password: PASSWORD })).statusCode).toBe(200);
    return browser;
  };
  her = await signIn('ana', ana);
  them = await signIn('director', director);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await pool?.end();
  await postgres?.stop();
}, 60_000);

describe('texts for the guards', () => {
  const texts = (each: number, many: number) => ({
    surface: 'question',
    texts: Array.from({ length: many }, (_, n) => ({ id: String(n), text: 'a'.repeat(each) })),
  });

  it('are limited together, not one by one', async () => {
    const long = await her.post('/guard', texts(17_000, 60));
    expect([long.statusCode, long.json<{ code: string }>().code]).toEqual([413, 'oversized']);
    expect((await her.post('/guard', texts(10_001, 2))).statusCode).toBe(413);
    expect((await her.post('/guard', texts(300, 60))).statusCode).toBe(200);
  });

  it('are limited in how often they come, for whoever sends them', async () => {
    const codes: number[] = [];
    for (let n = 0; n < 301 && codes.at(-1) !== 429; n += 1)
      codes.push((await her.post('/guard', texts(1, 1))).statusCode);
    expect(codes.at(-1)).toBe(429);
    expect((await them.post('/guard', texts(1, 1))).statusCode).toBe(200);
  });
});

describe('a draft', () => {
  const first = { headers: { 'if-none-match': '*' } };
  const keep = (place: string, json: string) =>
    her.ask('PUT', `/drafts/${place}`, {
      ...{ payload: `{"draft":{"a":${json}}}` },
      headers: { 'content-type': 'application/json', ...first.headers },
    });

  it.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['fields', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['one level more than any form', '['.repeat(31) + ']'.repeat(31)],
  ])('nested deeply is refused: %s', async (_, json) => {
    const answer = await keep('deep', json);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'malformed']);
  });

  it('with brackets in what was written is kept', async () => {
    expect((await keep('brackets', JSON.stringify(`"\\${'['.repeat(200)}`))).statusCode).toBe(200);
    expect((await keep('levels', '['.repeat(30) + ']'.repeat(30))).statusCode).toBe(200);
  });

  it('is one of two hundred at most', async () => {
    await pool.query(
      `insert into drafts (org, person, place, version, sealed)
       select $1, $2, 'full:' || n, 1, 'x'::bytea from generate_series(1, 198) n`,
      [org, ana],
    );
    const answer = await keep('one-more', '1');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'too_many_drafts']);
    expect((await her.ask('DELETE', '/drafts/brackets')).statusCode).toBe(200);
    expect((await keep('one-more', '1')).statusCode).toBe(200);
  });
});

describe('programs that are told', () => {
  it('wait for no slow one, and a slow one is told once and holds no connection', async () => {
    const { rows } = await pool.query<{ case_id: string }>(
      `insert into cases (org, case_id, kind, site, opened_at, moved_at, sequence, stage, status, fold_version, state, reads, confidential)
       select org, case_id, 'employment', $2, at, at, 1, 'x', 'open', 1, '{}', '[]', false from ledger where org = $1 limit 1
       returning case_id`,
      [org, org],
    );
    expect(rows).toHaveLength(1);
    const [slow, quick] = await Promise.all(
      ['https://slow.example/', 'https://quick.example/'].map((url) => addWebhook(office, url, ana)),
    );
    await pool.query('update webhooks set position = 0 where org = $1', [org]);
    const told: string[] = [];
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const tell = async (url: string): Promise<number> => {
      told.push(url);
      if (url.includes('slow')) await answered;
      return 204;
    };
    const busy = tellWebhooks(office, tell);
    const positions = async () =>
      new Map((await webhooksOf(office)).map(({ id, position }) => [id, position]));
    await expect.poll(async () => (await positions()).get(quick?.webhook.id ?? '')).toBeGreaterThan(0);
    expect(pool.totalCount - pool.idleCount).toBe(0);
    expect(await tellWebhooks(office, tell)).toBe(0);
    expect((await positions()).get(slow?.webhook.id ?? '')).toBe(0);
    answer();
    expect(await busy).toBe(2);
    expect(told.toSorted()).toEqual(['https://quick.example/', 'https://slow.example/']);
  });
});

describe('a problem', () => {
  const name = 'Jane Doe depression';
  const at = encodeURIComponent(name);
  const employment = encodeURIComponent('employment-Jane Doe');

  it.each([
    `/cases/${at}`,
    `/cases/${employment}`,
    ...['gates', 'timeline', 'history', 'commands', 'people', 'retention', 'matrix'].map(
      (what) => `/cases/${at}/${what}`,
    ),
    `/cases/${at}/forecast?days=5`,
    ...[
      `/waiting?case=${at}`,
      `/texts/${at}`,
      `/toolbox/${at}`,
      `/sites/${at}/policy`,
      `/history?case=${at}`,
    ],
    ...[`/access?about=${at}`, `/reports/funnel?site=${at}`, `/export?case=${at}`, `/people/${at}`],
  ])('quotes nothing of what was sent: %s', async (url) => {
    const answer = await them.get(url);
    expect(decodeURIComponent(answer.body.replaceAll('%', ''))).not.toMatch(/jane|\bdoe\b/i);
    if (answer.statusCode >= 400)
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('quotes no place that is none, and no person who is none', async () => {
    const bodies = [
      await them.post(`/people/${ana}/capacities`, { list: [{ capacity: 'hr', scope: name }] }),
      await them.post(`/people/prs_JaneDoe00/capacities`, { list: [{ capacity: 'hr', scope: org }] }),
      await them.put(`/people/${ana}/stand-in`, { to: 'prs_JaneDoe00', until: null }),
      await them.put('/people/prs_JaneDoe00', { name: 'Jane' }),
    ];
    for (const { statusCode, body } of bodies) {
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(statusCode).toBeLessThan(500);
      expect(body).not.toMatch(/jane|\bdoe\b/i);
    }
  });
});

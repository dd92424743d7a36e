import fc from 'fast-check';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { askHealth } from '../../src/client/ask-health.ts';
import { actions } from '../../src/domain/kernel/actions.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { makeToken } from '../../src/identity/tokens.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { operationsOf, requestsTo } from './api-requests.ts';
import type { Sent } from './api-requests.ts';
import { ORIGIN, adopted } from './links-house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

/** Whatever is sent: a typed answer, never a failure inside, and every case goes on. FC_RUNS says how many requests. */

const RUNS = Number(process.env['FC_RUNS'] ?? '300');
// The same requests in every run, so that a red run is red again; FC_SEED=random looks for new ones.
const seed = process.env['FC_SEED'] ?? '20250106';
const seeded = seed === 'random' ? {} : { seed: Number(seed) };
const role = caseOf('role', 'fuzz');
const employment = caseOf('employment', 'fuzz');
const people: Readonly<Record<string, readonly Capacity[]>> = {
  ...{ dana: ['hr'], amara: ['hr_director'], sol: ['supervisor'], gene: ['manager'], hana: [] },
  ...{ otto: ['auditor'], ida: ['administrator'], kofi: ['compliance'], tomas: ['leave_officer'] },
  dora: ['director'],
};
const words = Object.keys(people);

let here: Stage;
let app: FastifyInstance;
let tokens: readonly string[];
const failed: string[] = [];

beforeAll(async () => {
  here = await stage({ seed: 'fuzz', clock: '2025-06-02', people });
  await adopted(here, role, employment, '2022-03-07');
  const { org, pool, keys, terms } = here.ports;
  const desk: Desk = {
    ...{ office: { org, pool, keys, terms }, store: { org, pool }, origin: ORIGIN },
    ...{ provider: null, sandbox: true, clock: null, house: async () => here.house },
  };
  const warn = (event: string, fields: object): void =>
    void failed.push(`${event} ${JSON.stringify(fields)}`);
  app = await makeApp(desk, { info: () => undefined, warn });
  const made = words.map((word) => makeToken(desk.store, person(word), [...actions], 2));
  tokens = (await Promise.all(made)).map((one) => one.secret);
}, 180_000);
afterAll(async () => {
  await app?.close();
  await here?.stop();
}, 60_000);

const send = async ({ who, method, url, headers, payload }: Sent): Promise<LightMyRequestResponse> => {
  const token = tokens[who];
  return app.inject({
    ...{ method, url, ...(payload === undefined ? {} : { payload }) },
    headers: {
      ...headers,
      ...(token === undefined ? { origin: ORIGIN } : { authorization: `Bearer ${token}` }),
    },
  });
};

/** Streams have no end; who was erased or signed out would leave the rest of the run to nobody. */
const left = new Set([
  ...['streamEvents', 'revokeToken', 'endCapacities', 'erasePerson'],
  ...['keepAccount', 'disableAccount', 'endAccess'],
]);

describe('requests made from the OpenAPI document', () => {
  it(`never fail inside (${RUNS} of them)`, { timeout: Math.max(120_000, RUNS * 200) }, async () => {
    const document: unknown = (await app.inject({ url: '/api/openapi.json' })).json();
    const operations = operationsOf(document).filter((one) => !left.has(one.id));
    const ids = [
      role,
      employment,
      site,
      here.house.org,
      ...words.map(person),
      'fuzz',
      '1748870000000',
      'true',
    ];
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(requestsTo(operations, { ids }, words.length), async (one) => {
        const { statusCode, body } = await send(one);
        seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
        expect(
          statusCode,
          `${one.method} ${one.url} ${one.payload ?? ''} ${body.slice(0, 200)} ${failed.join()}`,
        ).toBeLessThan(500);
        if (statusCode >= 400) expect(Object.keys(JSON.parse(body) as object)).toContain('code');
      }),
      { numRuns: RUNS, endOnFailure: true, ...seeded },
    );
    // They got somewhere: some were taken, some were refused by the rules, not all by their form.
    for (const status of [200, 400, 401, 403])
      expect(seen.get(status) ?? 0, `status ${status}`).toBeGreaterThan(0);
    expect(failed).toEqual([]);
  });

  it('leave every case able to go on, and no row of it missing', async () => {
    const decide = (who: string, decisionId: string, more: object) =>
      send({
        ...{ id: 'decide', method: 'POST', url: '/api/decisions', who: words.indexOf(who) },
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify({ decisionId, case: employment, ...more }),
      });
    const topics = ['role_fit', 'workload', 'skills', 'boundaries'];
    const answers = [];
    for (const topic of topics)
      answers.push(
        await decide('hana', `after_${topic}`, { type: 'put_on_agenda', payload: { topics: [topic] } }),
      );
    // A topic that a request before has put there is there already: refused by the rules, and not wedged.
    expect(answers.map((one) => one.statusCode).every((code) => [200, 400, 409].includes(code))).toBe(true);
    expect(answers.some((one) => one.statusCode === 200)).toBe(true);
    // Each case stands where its rows say, and no row is missing.
    const health = await askHealth(here.ports);
    expect(health.apart).toEqual([]);
    expect(health.rows).toBe(health.position);
  });
});

describe('a body that is no request', () => {
  const post = async (payload: string | Buffer, type = 'application/json'): Promise<LightMyRequestResponse> =>
    app.inject({
      ...{ method: 'POST', url: '/api/decisions', payload },
      headers: { authorization: `Bearer ${tokens[0] ?? ''}`, 'content-type': type },
    });
  const command = (payload: string): string =>
    `{"decisionId":"body_test","case":"${employment}","type":"put_on_agenda","payload":${payload}}`;

  const bodies: readonly (readonly [string, () => string, number, string])[] = [
    ['too long', () => command(`{"topics":["${'a'.repeat(1_100_000)}"]}`), 413, 'oversized'],
    ['nested deeply', () => command(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`), 400, 'malformed'],
    ['with a key of a prototype', () => command('{"__proto__":{"topics":["role_fit"]}}'), 400, 'malformed'],
    ['with a constructor', () => command('{"constructor":{"prototype":{"a":1}}}'), 400, 'malformed'],
    ['cut off', () => '{"decisionId":', 400, 'malformed'],
    ['empty', () => '', 400, 'malformed'],
    ['a list', () => '[]', 400, 'malformed'],
    ['null', () => 'null', 400, 'malformed'],
  ];
  it.each(bodies)('is refused: %s', async (_, body, status, code) => {
    const answer = await post(body());
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it.each([
    'text/plain',
    'text/html',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('is refused for its kind: %s', async (type) => {
    const answer = await post(command('{}'), type);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'media_type']);
  });

  it('says nothing of what was sent', async () => {
    const answer = await post(command('{"topics":["a canary called Wilhelmina"],"canary":"Wilhelmina"}'));
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('Wilhelmina');
    const strange = await app.inject({
      url: '/api/cases/Wilhelmina?Wilhelmina=1',
      headers: { authorization: `Bearer ${tokens[0] ?? ''}` },
    });
    expect(strange.statusCode).toBeGreaterThanOrEqual(400);
    expect(strange.body).not.toContain('Wilhelmina=');
  });
});

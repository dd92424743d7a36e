import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes/index.ts';
import { person as readPerson } from '../../src/directory/people.ts';
import { assertNeutralSubject } from '../../src/notify/subject.ts';
import { Browser, ORIGIN, playedHouse, signedIn } from './api-house.ts';
import type { Played } from './api-house.ts';
import { postForm } from './links-house.ts';

/**
 * Names, addresses and words about health are planted by every way that takes a word; none of them comes out where it does
 * not belong: in lines of the log, counts, addresses, refusals, what Temporal can be searched by, subjects of messages.
 */

const NAME = 'Wilhelmina Quarrystone';
const MAIL = 'wilhelmina.quarrystone@canary.invalid';
const HEALTH = 'schizoaffective';
const canaries = [/wilhelmina/i, /quarrystone/i, /canary\.invalid/i, /schizoaffective/i];
/** As a sentence that somebody might type. */
const TYPED = `${NAME} (${MAIL}) told me they live with ${HEALTH} illness.`;

let here: Played;
const at: Record<string, Browser> = {};
/** Everybody of the example, whose names must not come out either. */
let names: readonly string[] = [];
const refusals: { readonly what: string; readonly body: string; readonly where: string }[] = [];

beforeAll(async () => {
  here = await playedHouse();
  for (const word of ['dana', 'amara', 'marisol', 'tomas', 'otto', 'ida', 'zora'])
    at[word] = await signedIn(here, word);
  const { office, house } = here;
  const { rows } = await house.pool.query<{ ref: string }>('select ref from persons where org = $1', [
    house.org,
  ]);
  const known = await Promise.all(rows.map(({ ref }) => readPerson(house.pool, office.keys, house.org, ref)));
  names = known.flatMap(({ name, email }) => [
    ...(/ [A-Z]/.test(name) ? [name.split(' ').at(-1) ?? name] : []),
    ...(email === null ? [] : [email]),
  ]);
}, 400_000);
afterAll(async () => here?.close(), 60_000);

const browser = (word: string): Browser => at[word] ?? new Browser(here.app);

/** Fills every place of a JSON Schema that takes a word with what somebody typed. */
function planted(shape: unknown, depth = 0): unknown {
  if (typeof shape !== 'object' || shape === null || depth > 6) return TYPED;
  const { type, properties, items, anyOf, enum: of, const: fixed } = shape as Record<string, unknown>;
  if (fixed !== undefined) return fixed;
  if (Array.isArray(of)) return of[0];
  if (Array.isArray(anyOf)) return planted(anyOf[0], depth + 1);
  if (type === 'array') return [planted(items, depth + 1)];
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, inner]) => [name, planted(inner, depth + 1)]),
    );
  return TYPED;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

async function documented(): Promise<Readonly<Record<string, Readonly<Record<string, Operation>>>>> {
  const answer = await browser('dana').get('/openapi.json');
  return answer.json<{ paths: Record<string, Record<string, Operation>> }>().paths;
}

/** Ends the session of whoever asks, or never ends: neither takes a word. */
const apart = new Set(['DELETE /session', 'GET /events', 'POST /clock']);

describe('what somebody typed', () => {
  it('is refused without being quoted, by every route, whoever sends it', async () => {
    const paths = await documented();
    const word = encodeURIComponent(TYPED);
    for (const { method, path } of routes) {
      if (apart.has(`${method} ${path}`)) continue;
      const open = path.replaceAll(/:(\w+)/g, '{$1}');
      const operation = (paths[`/api${open}`] ?? paths[open])?.[method.toLowerCase()];
      const query = (operation?.parameters ?? [])
        .filter((one) => one.in === 'query')
        .map(({ name }) => `${name}=${word}`);
      const url = `${path.replaceAll(/:\w+/g, word)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
      const shape = operation?.requestBody?.content['application/json']?.schema;
      const more = shape === undefined ? {} : { payload: planted(shape) as object };
      for (const who of ['dana', 'amara', 'ida', 'nobody']) {
        const answer = await browser(who).ask(method, url, more);
        expect(answer.statusCode, `${method} ${path}`).not.toBe(500);
        if (answer.statusCode >= 400)
          refusals.push({
            ...{ what: `${method} ${path} by ${who}`, body: answer.body },
            where: answer.headers['location'] ?? '',
          });
      }
    }
    expect(refusals.length).toBeGreaterThan(100);
    const quoted = refusals.filter(({ body, where }) =>
      canaries.some((one) =>
        one.test(decodeURIComponent(`${body} ${where}`.replaceAll(/%(?![0-9a-f]{2})/gi, ''))),
      ),
    );
    expect(quoted.map(({ what, body }) => `${what}: ${body.slice(0, 200)}`)).toEqual([]);
  }, 240_000);

  it('is taken where it belongs: a person, a draft, a decision, an application', async () => {
    const { cast } = here;
    const person = { name: NAME, email: MAIL, phone: '+1 555 010 7788', zone: 'America/New_York' };
    const made = await browser('dana').post('/people', person);
    expect(made.statusCode, made.body).toBe(200);
    const draft = await browser('dana').put(
      '/drafts/canary',
      { draft: { value: { text: TYPED } } },
      { headers: { 'if-none-match': '*' } },
    );
    expect(draft.statusCode, draft.body).toBe(200);
    const read = await browser('dana').post('/guard', { texts: [{ surface: 'note', text: TYPED }] });
    expect([200, 400]).toContain(read.statusCode);
    const employment = cast.caseId('employment');
    const concern = await browser('marisol').post('/decisions', {
      ...{ case: employment, type: 'log_session', decisionId: 'dec_canary_session' },
      payload: {
        session: '2030-01-01',
        outcome: 'held',
        minutes: 30,
        mode: TYPED,
        topics: [TYPED],
        actions: [],
      },
    });
    expect(concern.statusCode).toBeGreaterThanOrEqual(400);
    refusals.push({ what: 'decision', body: concern.body, where: '' });
    const apply = { name: NAME, email: MAIL, phone: '', attested: 'yes' };
    const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
    const applied = await postForm(here.app, `/jobs/${cast.caseId('opening')}/apply`, apply, own);
    expect([200, 404, 409]).toContain(applied.statusCode);
    for (const { what, body } of refusals.slice(-1))
      for (const one of canaries) expect(body, what).not.toMatch(one);
  });

  it('stands in no line of the log and in no count', async () => {
    const counts = await browser('ida').get('/metrics');
    const lines = JSON.stringify(here.logged);
    for (const one of canaries) {
      expect(lines).not.toMatch(one);
      expect(counts.body).not.toMatch(one);
    }
    for (const name of names) {
      expect(lines, name).not.toContain(name);
      expect(counts.body, name).not.toContain(name);
    }
  });

  it('stands in nothing that Temporal can be searched by', async () => {
    const runs: string[] = [];
    for await (const run of here.house.client.workflow.list())
      runs.push(JSON.stringify([run.workflowId, run.type, run.searchAttributes, run.memo ?? {}]));
    expect(runs.length).toBeGreaterThan(5);
    for (const word of [...names, 'Wilhelmina', 'Quarrystone', HEALTH])
      expect(runs.filter((one) => one.includes(word))).toEqual([]);
  });

  it('stands in no subject and in no address of a message', async () => {
    const mails = await here.ground.parts.mail.messages();
    expect(mails.length).toBeGreaterThan(20);
    for (const { subject, text } of mails) {
      assertNeutralSubject(subject);
      const links = text.match(/https?:\/\/\S+/g) ?? [];
      for (const name of names) expect(links.join(' ')).not.toContain(name);
    }
  });

  it('stands in no address of the console and of the pages: their list is closed', () => {
    const router = readFileSync(new URL('../../src/web/app/router.tsx', import.meta.url), 'utf8');
    const open = [...router.matchAll(/\$(\w+)/g)].map(([, name]) => name);
    expect(new Set(open)).toEqual(new Set(['case', 'kind', 'site', 'type', 'view', 'what']));
  });
});

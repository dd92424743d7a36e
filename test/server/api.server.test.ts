import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askBoard, askCase } from '../../src/client/ask-cases.ts';
import { askHistory } from '../../src/client/ask-history.ts';
import { ReadingRefused } from '../../src/client/ask-reader.ts';
import { askReport } from '../../src/client/ask-report.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { recordCopy, recordDrill } from '../../src/client/copies.ts';
import { addWebhook, tellWebhooks } from '../../src/client/webhooks.ts';
import type { Tell } from '../../src/client/webhooks.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { tell } from '../../src/notify/webhook.ts';
import { identityOf } from '../../src/identity/identities.ts';
import { Browser, ORIGIN, PASSWORD, awhileLater, playedHouse, signedIn } from './api-house.ts';
import type { Played } from './api-house.ts';

let here: Played;
const at: Record<string, Browser> = {};
/** HR, a supervisor, the person hired, who was not selected, an auditor, an administrator, and somebody from elsewhere. */
const readers = ['dana', 'marisol', 'c102', 'c101', 'otto', 'ida', 'zora'] as const;
const words = [
  'readiness',
  'role',
  'opening',
  'c101',
  'c102',
  'employment',
  'annual',
  'check',
  'leave',
] as const;

beforeAll(async () => {
  here = await playedHouse();
  for (const word of [...readers, 'amara', 'tomas']) at[word] = await signedIn(here, word);
}, 400_000);
afterAll(async () => here?.close(), 60_000);

const browser = (word: string): Browser => at[word] ?? new Browser(here.app);
const caseOf = (word: string): string => here.cast.caseId(word);

interface Listed {
  readonly list: readonly { readonly case: string; readonly waiting: { readonly sentence: string } | null }[];
  readonly next: string | null;
}
interface Rows {
  readonly list: readonly {
    readonly position: number;
    readonly visibility: string;
    readonly masked: boolean;
  }[];
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** What the façade says, or with which code it refuses. */
async function facade<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReadingRefused) return error.code;
    throw error;
  }
}

describe.each(readers)('as %s', (word) => {
  it('the board and what waits are what the façade gives', async () => {
    const as = here.ref(word);
    const told = await askBoard(here.office, { as, all: true });
    const shown = (await browser(word).get('/cases?all=true')).json<Listed>();
    const bare = shown.list.map((one) => {
      if (one.waiting === null) return one;
      const { sentence, ...waiting } = one.waiting;
      expect(sentence.length).toBeGreaterThan(10);
      return { ...one, waiting };
    });
    expect(bare).toEqual(plain(told.list));
    const waits = (await browser(word).get('/waiting')).json<{ list: readonly object[] }>();
    expect(waits.list).toMatchObject(plain((await askWaiting(here.office, { as })).list) as object[]);
  });

  it.each(words)('the case %s and its rows are what the façade gives, or refused alike', async (one) => {
    const as = here.ref(word);
    const id = caseOf(one);
    const told = await facade(() => askCase(here.office, as, id));
    const answer = await browser(word).get(`/cases/${id}`);
    const rows = await facade(() => askHistory(here.office, as, id, {}));
    const listed = await browser(word).get(`/cases/${id}/history`);
    if (typeof told === 'string') {
      // A confidential matter is not told from one that is not there.
      const secret = id.startsWith('clock-');
      expect(answer.json()).toMatchObject({
        status: secret ? 404 : 403,
        code: secret ? 'unknown_case' : told,
      });
    } else expect(answer.json()).toMatchObject(plain({ shown: told.shown }) as object);
    if (typeof rows === 'string') expect(listed.statusCode).toBeGreaterThanOrEqual(403);
    else expect(listed.json<Rows>().list).toEqual(plain(rows.list));
  });

  it('nothing confidential is in any answer', async () => {
    const id = caseOf('employment');
    // What lies in the vault about themselves is theirs to read, where it is about them.
    const own = word === 'c102' ? ['c102', 'employment', 'annual', 'check', 'leave'] : [];
    const about = words.filter((one) => !own.includes(one));
    const pages = ['', '/gates', '/timeline', '/history', '/explanation'];
    const urls = about.flatMap((one) => pages.map((page) => `/cases/${caseOf(one)}${page}`));
    if (own.length === 0)
      urls.push(
        ...[`/cases/${id}/forecast?days=90`, `/cases/${id}/as-of?at=1770000000000`, `/cases/${id}/brief`],
        ...['/cases?all=true', '/inbox', '/history', '/people', '/reports/overdue'],
      );
    urls.push(`/cases/${caseOf('opening')}/packet`);
    for (const url of urls) {
      const { body, statusCode } = await browser(word).get(url);
      expect(statusCode, url).toBeLessThan(500);
      const leaked = [...body.matchAll(/"visibility":"C3","masked":false/g)];
      expect(leaked, url).toEqual([]);
      if (own.length === 0) expect(body, url).not.toContain('leave_requested');
    }
  });

  it('a report is what the façade gives, or is not for them', async () => {
    const answer = await browser(word).get('/reports/funnel');
    const told = await facade(() => askReport(here.office, { as: here.ref(word), name: 'funnel' }));
    if (['dana', 'otto'].includes(word)) {
      expect(typeof told).toBe('object');
      expect(answer.json<{ groups: readonly object[] }>().groups.length).toBe(
        typeof told === 'string' ? -1 : told.groups.length,
      );
    } else expect(answer.json()).toMatchObject({ status: 403, code: 'needs_capacity' });
  });
});

describe('pages of a list', () => {
  it('put together are the list', async () => {
    const whole = (await browser('dana').get('/cases?all=true')).json<Listed>();
    const found: string[] = [];
    let after = '';
    for (let pages = 0; pages < 50; pages += 1) {
      const page = (await browser('dana').get(`/cases?all=true&limit=3${after}`)).json<Listed>();
      found.push(...page.list.map((one) => one.case));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(found).toEqual(whole.list.map((one) => one.case));
  });

  it('of a search go back to the first row, each row once', async () => {
    const found: number[] = [];
    let before = '';
    for (let pages = 0; pages < 80; pages += 1) {
      const page = (await browser('dana').get(`/history?limit=40${before}`)).json<
        Rows & { next: number | null }
      >();
      found.unshift(...page.list.map((one) => one.position));
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b));
    const all = (await browser('dana').get('/history?limit=1000')).json<Rows>();
    expect(found).toEqual(all.list.map((one) => one.position));
  });
});

describe('a decision', () => {
  const agenda = { type: 'put_on_agenda', payload: { topics: ['role_fit'] } };
  const asked = (decisionId: string, more: object = {}) => ({
    ...{ decisionId, case: caseOf('employment'), ...agenda },
    ...more,
  });

  it('by a session stands in the ledger as one, once, and the ledger is proven', async () => {
    const first = await browser('c102').post('/decisions', asked('api_agenda_one'));
    expect(first.json()).toMatchObject({ is: 'done', receipt: { kinds: ['agenda_topic_added'] } });
    const again = await browser('c102').post('/decisions', asked('api_agenda_one'));
    expect(again.json()).toEqual(first.json());
    const { rows } = await here.house.pool.query(
      'select actor, how, kind from ledger where org = $1 and decision_id = $2',
      [here.house.org, 'api_agenda_one'],
    );
    expect(rows).toEqual([
      { actor: here.ref('c102'), how: 'session_stepped_up', kind: 'agenda_topic_added' },
    ]);
    const { pool, keys, org } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true, known: { session_stepped_up: 1 } });
  });

  it('run dry changes nothing, and says what is missing with words', async () => {
    const before = await browser('marisol').get(`/cases/${caseOf('employment')}/history`);
    const dry = await browser('marisol').post(
      '/decisions?dryRun=true',
      asked('api_dry_one', { payload: { topics: ['workload'] } }),
    );
    expect(dry.json()).toMatchObject({ is: 'would' });
    const refused = await browser('marisol').post('/decisions?dryRun=true', {
      ...{
        decisionId: 'api_dry_two',
        case: caseOf('employment'),
        type: 'put_on_agenda',
        payload: { topics: [1] },
      },
    });
    const { missing } = refused.json<{ missing: readonly { words: string }[] }>();
    expect(refused.statusCode).toBe(400);
    expect(missing.every((one) => one.words.length > 5) && missing.length > 0).toBe(true);
    expect((await browser('marisol').get(`/cases/${caseOf('employment')}/history`)).json()).toEqual(
      before.json(),
    );
  });

  it('is refused to somebody from elsewhere, with who may', async () => {
    const answer = await browser('zora').post('/decisions', asked('api_zora_one'));
    expect(answer.json()).toMatchObject({ status: 403, code: 'not_permitted' });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('on a confidential matter tells a stranger nothing, not even that it is there', async () => {
    const to = (of: string) =>
      browser('zora').post('/decisions', {
        ...{ decisionId: 'api_secret_one', case: of, type: 'review_hold', payload: { review: '2026-06-01' } },
      });
    const [there, nowhere] = [await to(caseOf('leave')), await to(`clock-${'7'.repeat(26)}`)];
    expect([there.statusCode, there.json()]).toEqual([nowhere.statusCode, nowhere.json()]);
    expect(there.json()).toMatchObject({ status: 404, code: 'unknown_case' });
  });

  it('takes no actor, no way of being known and no capacity from who asks', async () => {
    for (const more of [{ actor: here.ref('dana') }, { how: 'session_stepped_up' }, { capacities: ['hr'] }])
      expect((await browser('zora').post('/decisions', asked('api_forged_one', more))).statusCode).toBe(400);
  });

  it('that ends somebody’s work asks a session to show again who is there', async () => {
    const ending = {
      decisionId: 'api_end_one',
      case: caseOf('employment'),
      type: 'confirm_separation',
      payload: {},
    };
    await awhileLater(here, 'dana');
    expect((await browser('dana').post('/decisions', ending)).json()).toMatchObject({
      status: 401,
      code: 'step_up',
    });
    const stale = browser('dana').cookie;
    expect((await browser('dana').post('/session/step-up', { password: 'not that one' })).statusCode).toBe(
      401,
    );
    expect((await browser('dana').post('/session/step-up', { password: PASSWORD })).statusCode).toBe(200);
    // A cookie seen before that moment is worth nothing after it.
    const old = await here.app.inject({ url: '/api/me', headers: { cookie: stale ?? '' } });
    expect(old.statusCode).toBe(401);
    const told = (await browser('dana').post('/decisions', ending)).json<{ code: string }>();
    expect(told.code).not.toBe('step_up');
  });
});

describe('a token', () => {
  const tokenFor = async (word: string, scopes: readonly string[]) => {
    const made = await browser(word).post('/tokens', { scopes, days: 1 });
    return made.json<{ secret: string }>().secret;
  };

  it('does what it was made for, from no page, and nothing besides', async () => {
    const headers = { authorization: `Bearer ${await tokenFor('dana', ['read:work'])}` };
    expect((await here.app.inject({ url: '/api/inbox', headers })).statusCode).toBe(200);
    const other = await here.app.inject({ url: '/api/people', headers });
    expect(other.json()).toMatchObject({ status: 403, code: 'scope' });
    const forged = await here.app.inject({
      url: '/api/inbox',
      headers: { authorization: 'Bearer ph_not-one' },
    });
    expect(forged.json()).toMatchObject({ status: 401, code: 'token_invalid' });
  });

  it('of HR’s director takes the ledger along, which is proven without a server, and the taking is recorded', async () => {
    const headers = { authorization: `Bearer ${await tokenFor('amara', ['export'])}` };
    const answer = await here.app.inject({ url: '/api/export', headers });
    expect(answer.headers['content-type']).toBe('application/jsonl; charset=utf-8');
    const lines = answer.body.split('\n').slice(0, -1);
    async function* each() {
      yield* lines;
    }
    expect(await verifyExport(each())).toMatchObject({ ok: true, proves: 'organization' });
    for (const { name } of Object.values(here.play.scenario.people)) expect(answer.body).not.toContain(name);
    const readings = (await browser('c102').get('/access')).json<{
      list: readonly { what: string; by: string }[];
    }>();
    expect(readings.list.filter((one) => one.what === 'export').map((one) => one.by)).toEqual([
      here.ref('amara'),
    ]);
  });
});

describe('changes of the house', () => {
  it('offices are given by HR’s director, to somebody else, and act at once', async () => {
    const { site } = here.cast;
    const url = `/people/${here.ref('zora')}/capacities`;
    const list = [{ capacity: 'auditor', scope: site }];
    expect((await browser('dana').post(url, { list })).json()).toMatchObject({ code: 'needs_capacity' });
    expect((await browser('ida').post(url, { list })).json()).toMatchObject({ code: 'needs_capacity' });
    const own = await browser('amara').post(`/people/${here.ref('amara')}/capacities`, { list });
    expect(own.json()).toMatchObject({ status: 403, code: 'oneself' });
    const given = { list, decisionId: 'give_zora' };
    expect((await browser('amara').post(url, given)).statusCode).toBe(200);
    expect((await browser('amara').post(url, given)).statusCode).toBe(200);
    const me = async () =>
      (await browser('zora').get('/me')).json<{ capacities: readonly string[] }>().capacities;
    expect(await me()).toEqual(['auditor']);
    const { rows } = await here.house.pool.query(
      `select how from ledger where org = $1 and case_id = 'house-assignment' and actor = $2`,
      [here.house.org, here.ref('amara')],
    );
    expect(rows).toEqual([{ how: 'session_stepped_up' }]);
    expect((await browser('amara').post(`${url}/end`, { list })).statusCode).toBe(200);
    expect(await me()).toEqual([]);
  });

  it('somebody names their own stand-in, and nobody else’s', async () => {
    const until = 1_790_000_000_000;
    const url = `/people/${here.ref('marisol')}/stand-in`;
    expect((await browser('c102').put(url, { to: here.ref('grace'), until })).statusCode).toBe(403);
    const named = await browser('marisol').put(url, { to: here.ref('grace'), until });
    expect(named.json()).toEqual({ done: true });
    expect((await browser('marisol').ask('DELETE', url)).json()).toEqual({ done: true });
    expect((await browser('marisol').ask('DELETE', url)).json()).toMatchObject({ code: 'no_stand_in' });
  });

  it('the comparator is HR’s to enter, the policy their director’s', async () => {
    const { site } = here.cast;
    const terms = (await browser('dana').get(`/sites/${site}/terms`)).json<{ policy: object }>();
    expect(
      (await browser('dana').put(`/sites/${site}/policy`, { policy: terms.policy })).json(),
    ).toMatchObject({ code: 'needs_capacity' });
    const { comparator } = (await browser('dana').get(`/sites/${site}/comparator`)).json<{
      comparator: object;
    }>();
    const { source, recorded, values } = comparator as Record<string, object>;
    const record = { source, recorded, values: { ...values, pay_high: 2_610 } };
    const put = await browser('dana').put(`/sites/${site}/comparator`, { comparator: record });
    expect(put.json()).toMatchObject({ site, told: [], looking: true });
    const { pool, keys, org } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });

  it('who came through the provider is said by an administrator, once, and the person is told', async () => {
    const { pool, org } = here.house;
    const came = await identityOf({ org, pool }, 'https://provider.example', 'subject-of-zora');
    const waits = { list: [{ code: came.code, person: null }] };
    expect((await browser('ida').get('/identities')).json()).toMatchObject(waits);
    expect((await browser('dana').get('/identities')).json()).toMatchObject({ code: 'needs_capacity' });
    const body = { person: here.ref('zora') };
    const link = (code: string, who = 'ida') => browser(who).put(`/identities/${code}`, body);
    expect((await link(came.code, 'dana')).json()).toMatchObject({ code: 'needs_capacity' });
    expect((await link('0000000000')).json()).toMatchObject({ status: 404, code: 'unknown_code' });
    const nobody = await browser('ida').put(`/identities/${came.code}`, { person: 'prs_nobody' });
    expect(nobody.statusCode).toBeGreaterThanOrEqual(400);
    expect((await link(came.code)).json()).toEqual({ done: true });
    expect((await link(came.code)).json()).toMatchObject({ status: 404, code: 'unknown_code' });
    expect((await browser('ida').get('/identities')).json()).toMatchObject({ list: [body] });
    const { rows } = await pool.query<{ kind: string }>(
      `select kind from ledger where org = $1 and kind = 'login_linked'`,
      [org],
    );
    expect(rows).toHaveLength(1);
  });

  it('logins are an administrator’s, who never sees a name', async () => {
    const list = await browser('ida').get('/accounts');
    expect(list.json<{ list: readonly object[] }>().list.length).toBeGreaterThan(5);
    expect((await browser('dana').get('/accounts')).json()).toMatchObject({ code: 'needs_capacity' });
    const typed = await browser('ida').put('/accounts/zora', { person: here.ref('zora'), password: 'typed' });
    expect(typed.json()).toMatchObject({ status: 400, code: 'malformed' });
    const people = await browser('ida').get('/people');
    for (const { name } of Object.values(here.play.scenario.people)) expect(people.body).not.toContain(name);
  });
});

describe('a draft', () => {
  const url = '/drafts/employment:log_session';

  it('is its author’s alone, and the older of two windows is told', async () => {
    const [mine, theirs] = [browser('marisol'), browser('dana')];
    expect((await mine.put(url, { draft: { a: 1 } })).json()).toMatchObject({ status: 428 });
    const first = await mine.put(url, { draft: { note: 'a word' } }, { headers: { 'if-none-match': '*' } });
    expect([first.statusCode, first.headers.etag]).toEqual([200, '"1"']);
    const second = await mine.put(url, { draft: { note: 'two words' } }, { headers: { 'if-match': '"1"' } });
    expect(second.headers.etag).toBe('"2"');
    const late = await mine.put(url, { draft: { note: 'three' } }, { headers: { 'if-match': '"1"' } });
    expect(late.json()).toMatchObject({ status: 412, code: 'draft_moved' });
    expect((await mine.get(url)).json()).toMatchObject({ version: 2, draft: { note: 'two words' } });
    expect((await theirs.get(url)).statusCode).toBe(404);
    const { rows } = await here.house.pool.query<{ sealed: Buffer }>('select sealed from drafts');
    expect(rows.map((row) => row.sealed.toString('utf8')).join()).not.toContain('words');
    expect((await mine.ask('DELETE', url)).json()).toEqual({ done: true });
    expect((await mine.get(url)).statusCode).toBe(404);
  });
});

describe('what happens is told as it happens', () => {
  async function heard(response: Response, wanted: RegExp): Promise<string> {
    const reader = response.body?.getReader();
    let text = '';
    const until = Date.now() + 20_000;
    if (reader === undefined) return text;
    do {
      const { value, done } = await reader.read();
      text += new TextDecoder().decode(value);
      if (done) break;
    } while (Date.now() < until && !wanted.test(text));
    await reader.cancel();
    return text;
  }

  it('to whom the case is theirs to know of, from where they were, and to nobody else', async () => {
    const address = await here.app.listen({ host: '127.0.0.1', port: 0 });
    const listen = (word: string, since?: number) =>
      fetch(`${address}/api/events`, {
        headers: {
          cookie: browser(word).cookie ?? '',
          ...(since === undefined ? {} : { 'last-event-id': String(since) }),
        },
      });
    const streams = await Promise.all(['marisol', 'zora'].map((word) => listen(word)));
    expect(streams[0]?.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const texts = streams.map((one) => heard(one, /event: moved/));
    const put = await browser('c102').post('/decisions', {
      ...{ decisionId: 'api_live_one', case: caseOf('employment'), type: 'put_on_agenda' },
      payload: { topics: ['workload'] },
    });
    expect(put.statusCode).toBe(200);
    const [theirs = ''] = await Promise.all(texts.slice(0, 1));
    expect(theirs).toContain(`"case":"${caseOf('employment')}"`);
    expect(theirs).not.toContain('workload');
    const head = Number(/id: (\d+)\nevent|event: here\nid: (\d+)/.exec(theirs)?.[2]);
    expect(await heard(await listen('marisol', head), /event: moved/)).toContain(caseOf('employment'));
    const [, stranger = ''] = await Promise.all(texts);
    expect(stranger).not.toContain('event: moved');
  }, 60_000);
});

describe('programs that are told', () => {
  interface Told {
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: string;
  }
  interface Moves {
    readonly moved: readonly { readonly position: number; readonly case: string }[];
  }

  it('get what moved in order, signed, again after a failure, and nothing confidential', async () => {
    const got: Told[] = [];
    let status = 500;
    const receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const outbound = { hosts: [host], loopbackOnly: true };
    const send: Tell = (url, message, secret) => tell(url, message, secret, outbound);
    const unlisted = await browser('ida').post('/webhooks', { url: `http://${host}/hook` });
    expect(unlisted.json()).toMatchObject({ status: 409, code: 'not_listed' });
    const { secret, webhook } = await addWebhook(here.office, `http://${host}/hook`, here.ref('ida'));
    expect((await browser('dana').get('/webhooks')).json()).toMatchObject({ code: 'needs_capacity' });
    const replayed = await browser('ida').post(`/webhooks/${webhook.id}/replay`, { after: 0 });
    expect(replayed.json()).toEqual({ done: true });
    const again = () =>
      here.house.pool.query('update webhooks set next_at = now() where org = $1', [here.house.org]);
    expect(await tellWebhooks(here.office, send)).toBe(0);
    expect(await tellWebhooks(here.office, send)).toBe(0);
    expect(got.length).toBe(1);
    status = 204;
    await again();
    for (let turn = 0; turn < 40 && (await tellWebhooks(here.office, send)) > 0; turn += 1);
    const [first, second] = got;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    for (const { headers, body } of got) {
      const said = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const mac = createHmac('sha256', secret).update(said).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${mac}`);
    }
    const moved = got.slice(1).flatMap(({ body }) => (JSON.parse(body) as Moves).moved);
    const { rows } = await here.house.pool.query<{ position: number }>(
      `select position from ledger where org = $1 and case_id not like 'house-%' and case_id not like 'clock-%'
         and visibility <> 'C3' order by position`,
      [here.house.org],
    );
    expect(moved.map((one) => one.position)).toEqual(rows.map((row) => row.position));
    expect(JSON.stringify(got)).not.toMatch(/clock-|prs_|txt_/);
    const { list } = (await browser('ida').get('/webhooks')).json<{ list: readonly object[] }>();
    expect(JSON.stringify(list)).not.toContain(secret);
    expect(list).toMatchObject([{ failures: 0, lastStatus: 204, disabled: false }]);
    expect((await browser('ida').ask('DELETE', `/webhooks/${webhook.id}`)).json()).toEqual({ done: true });
    receiver.close();
  }, 60_000);
});

describe('headers, cookies and what may be kept', () => {
  it('are these, for every kind of answer', async () => {
    const { app } = here;
    const kinds = {
      json: await browser('dana').get('/me'),
      csv: await browser('dana').get('/reports/funnel/csv'),
      problem: await browser('zora').get('/reports'),
      nobody: await app.inject({ url: '/api/me' }),
      unknown: await app.inject({ url: '/api/nothing-here' }),
      alive: await app.inject({ url: '/api/livez' }),
      document: await app.inject({ url: '/api/openapi.json' }),
      metrics: await browser('ida').get('/metrics'),
    };
    const varying = new Set(['date', 'content-length', 'connection', 'keep-alive']);
    const shown = Object.entries(kinds).map(([kind, { statusCode, headers }]) => [
      kind,
      statusCode,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !varying.has(name))),
    ]);
    expect(shown).toMatchSnapshot();
    const again = await new Browser(app).post('/session', { login: 'zora', password: PASSWORD });
    const cookie = String(again.headers['set-cookie']).replace(/=[A-Za-z0-9_-]{40,};/, '=…;');
    expect(cookie).toBe('__Host-peer-hire=…; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  it('tell the machine’s counts to an administrator only, without a ref or a name', async () => {
    expect((await browser('dana').get('/metrics')).statusCode).toBe(403);
    const { body } = await browser('ida').get('/metrics');
    expect(body).toContain('peer_hire_requests_total{route="GET /api/cases/:case",status="200"}');
    expect(body).toContain('peer_hire_cases{status="open"}');
    // No copy was made yet: no age, rather than one that looks young.
    expect(body).not.toMatch(/^peer_hire_(copy_age_seconds|drill_held)/m);
    const mark = { copy: 'a-copy', position: 1 };
    await recordCopy(here.office, mark);
    await recordDrill(here.office, mark, 'drill-of-the-api', 'copy_changed');
    const later = (await browser('ida').get('/metrics')).body;
    const valueOf = (line: string): number =>
      Number(
        later
          .split('\n')
          .find((one) => one.startsWith(`${line} `))
          ?.slice(line.length + 1) ?? NaN,
      );
    for (const of of ['copy', 'drill']) {
      expect(valueOf(`peer_hire_copy_age_seconds{of="${of}"}`)).toBeGreaterThanOrEqual(0);
      expect(valueOf(`peer_hire_copy_age_seconds{of="${of}"}`)).toBeLessThan(600);
    }
    expect(valueOf('peer_hire_drill_held')).toBe(0);
    expect(body).not.toMatch(/prs_|txt_|(candidacy|employment|clock)-[0-9a-z]{26}/);
  });

  it('say that it is alive and ready to anybody, and its version to who signed in', async () => {
    const ready = await here.app.inject({ url: '/api/readyz' });
    expect(ready.json()).toEqual({ ready: true, temporal: 'there' });
    expect((await here.app.inject({ url: '/api/version' })).statusCode).toBe(401);
    expect((await browser('zora').get('/version')).json()).toMatchObject({ api: 1 });
    expect(here.logged.some((line) => JSON.stringify(line).includes(ORIGIN))).toBe(false);
    expect(JSON.stringify(here.logged)).not.toMatch(/prs_|txt_|(candidacy|employment|clock)-[0-9a-z]{26}/);
  });
});

import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askBoard } from '../../src/client/ask-cases.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { drain } from '../../src/client/links/inbox.ts';
import { openHouse } from '../../src/client/house.ts';
import { delegate } from '../../src/client/organization.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { freePort } from '../../src/local/ports.ts';
import { caseOf, person, termsForTests } from '../unit/house.ts';
import { adopted, appOver, getPage, linksTo, must, ORIGIN, postForm } from './links-house.ts';
import { hasBrowser, openBrowser } from '../chromium.ts';
import { faultsOf } from './page-reader.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

/** Answers by a link in a message, on the real servers: the mail, its page, one answer, one entry. */

const role = caseOf('role', 'links');
const employment = caseOf('employment', 'links');
const { calendar } = termsForTests();
let here: Stage;
let app: FastifyInstance;

interface Row {
  readonly how: string;
  readonly actor: string;
  readonly body: Record<string, unknown>;
}
async function rows(kind: string, session?: string): Promise<readonly Row[]> {
  const { rows: found } = await here.house.pool.query<{ how: string; actor: string; body: string }>(
    'select how, actor, body from ledger where org = $1 and case_id = $2 and kind = $3 order by sequence',
    [here.house.org, employment, kind],
  );
  const read = found.map((row) => ({ ...row, body: JSON.parse(row.body) as Record<string, unknown> }));
  return session === undefined ? read : read.filter(({ body }) => body['session'] === session);
}

async function advance(day: string, time = '17:30'): Promise<void> {
  const conductor = await here.conductor();
  try {
    await conductor.advanceTo(instantOf(calendar, day, time), () => undefined);
  } finally {
    await conductor.release();
  }
}

/** Everything that a look could have changed. */
async function traces(): Promise<unknown> {
  const { rows: found } = await here.house.pool.query(
    `select (select count(*) from ledger where org = $1) as ledger, (select count(*) from decisions where org = $1) as decisions,
       (select count(*) from link_inbox where org = $1) as inbox,
       (select jsonb_agg(to_jsonb(l) order by l.id) from links l where org = $1) as links`,
    [here.house.org],
  );
  return found[0];
}

const latest = async (word: string): Promise<string> =>
  (await linksTo(here.parts, `${word}@`, 'a')).at(-1) ?? '';
const held = { answer: 'held', minutes: '45', mode: 'video', topics: ['skills', 'workload'] };

beforeAll(async () => {
  here = await stage({
    ...{ seed: 'links', clock: '2025-06-02', origin: ORIGIN },
    people: {
      dana: ['hr'],
      hana: [],
      sol: ['supervisor'],
      gene: [],
      dora: ['director'],
      vera: ['team_member'],
    },
  });
  app = await appOver(here.house, async () => here.house);
  await adopted(here, role, employment, '2022-03-07');
  await advance('2025-06-03');
}, 180_000);
afterAll(async () => {
  await app?.close();
  await here?.stop();
}, 60_000);

describe('an answer by a link', () => {
  it('looking changes nothing, a thousand times', async () => {
    const link = await latest('sol');
    expect(link).toMatch(/^\/a\/[A-Za-z0-9_-]{43}$/);
    const before = await traces();
    for (let n = 0; n < 500; n += 1) {
      const page = await getPage(app, link);
      expect(page.statusCode).toBe(200);
      const head = await app.inject({ method: 'HEAD', url: link });
      expect([head.statusCode, head.body]).toEqual([200, '']);
    }
    expect(await traces()).toEqual(before);
  }, 60_000);

  it('the page works without script, is kept by nobody, and says neither name nor case', async () => {
    const page = await getPage(app, await latest('sol'));
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-store');
    // Without a referrer of its own site a browser would send its form with the origin "null".
    // Its address is a token: nobody is told it, our own pages neither.
    expect(page.headers['referrer-policy']).toBe('strict-origin');
    expect(page.body).not.toMatch(/<script|style=|onclick|hana|Test |employment-|prs_/i);
    expect(page.body).toContain('It was held');
  });

  it('only our own page answers; what is missing or refused uses nothing up', async () => {
    const link = await latest('sol');
    const before = await traces();
    for (const headers of [
      {},
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    ]) {
      const foreign = await postForm(app, link, held, headers as Record<string, string>);
      expect(foreign.statusCode, JSON.stringify(headers)).toBe(403);
      expect(foreign.headers['content-type']).toContain('text/html');
    }
    expect((await postForm(app, link, { answer: 'held', minutes: '45' })).statusCode).toBe(400);
    expect((await postForm(app, link, { ...held, topics: 'nothing_known' })).statusCode).toBe(400);
    expect((await postForm(app, link, { answer: 'accept_offer' })).statusCode).toBe(400);
    // A program that looks through mail presses every button, and sets no tick.
    const pressed = await postForm(app, link, { answer: 'missed_supervisor' });
    expect([pressed.statusCode, pressed.body]).toEqual([400, expect.stringContaining('Please set the tick')]);
    expect(pressed.body).toMatch(/name="sure" value="yes" required/);
    const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
    const json = await postForm(app, link, held, { ...own, 'content-type': 'application/json' });
    const huge = await postForm(app, link, { ...held, minutes: '4'.repeat(20_000) });
    const twice = await postForm(app, link, { ...held, answer: ['held', 'moved'], __proto__: 'x' });
    expect([json.statusCode, huge.statusCode, twice.statusCode]).toEqual([415, 413, 400]);
    expect(json.headers['content-type']).toContain('text/html');
    const saturday = await postForm(app, link, { answer: 'moved', to: '2025-06-07' });
    expect(saturday.statusCode).toBe(409);
    expect(saturday.body).toContain('Please choose a working day');
    expect(await traces()).toEqual(before);
  });

  it('two tabs and the console at once give one entry, and every page says kindly what was recorded', async () => {
    const link = await latest('sol');
    const console = must(here.house, employment, 'sol', 'log_session', {
      ...{
        session: '2025-06-03',
        outcome: 'held',
        minutes: 45,
        mode: 'video',
        topics: ['skills'],
        actions: [],
      },
    }).catch(() => 'refused');
    const answers = await Promise.all([postForm(app, link, held), postForm(app, link, held), console]);
    expect(await rows('session_logged', '2025-06-03')).toHaveLength(1);
    for (const page of answers.slice(0, 2) as Awaited<ReturnType<typeof postForm>>[])
      expect([200, 409]).toContain(page.statusCode);
    const { rows: left } = await here.house.pool.query(
      `select 1 from link_inbox where org = $1 and (state = 'waiting' or sealed is not null)`,
      [here.house.org],
    );
    expect(left).toEqual([]);
  });

  it('P7.1 the employee is asked in words of their own, and offered what the case takes: to move it before, then that it was not held', async () => {
    await advance('2025-06-09');
    const before = await getPage(app, await latest('hana'));
    expect(before.body).not.toMatch(/record the date/);
    expect(before.body).toContain('Move it to this day');
    expect(before.body).not.toContain('My supervisor could not come');
    await advance('2025-06-10');
    const { rows: cut } = await here.house.pool.query<{ late: boolean }>(
      `select due < org_now($1) as late from obligations where org = $1 and case_id = $2 and id like 'P7.1:2025-06-10:%'`,
      [here.house.org, employment],
    );
    expect(cut.map(({ late }) => late)).toEqual([true, true]);
    const board = await askBoard(here.house, { as: person('dana') });
    const shown = board.list
      .map(({ waiting }) => waiting)
      .filter((one) => one?.why.masked === false && one.why.code === 'P7.1');
    expect(shown.map((one) => one?.who?.person)).not.toContain(person('hana'));
    const late = await askWaiting(here.house, { as: person('dana'), case: employment, late: true });
    const asked = late.list.flatMap(({ why, who }) =>
      !why.masked && why.code === 'P7.1' ? [who?.person] : [],
    );
    expect(asked).toEqual([person('sol')]);
    await advance('2025-06-11', '09:00');
    const after = await getPage(app, await latest('hana'));
    expect(after.body).not.toContain('Move it to this day');
    expect(after.body).toContain('My supervisor could not come');
  });

  it('is entered as a decision of its person, known by a link; again it shows what was recorded', async () => {
    const link = await latest('sol');
    const first = await postForm(app, link, held);
    expect([first.statusCode, first.body]).toEqual([200, expect.stringContaining('Thank you')]);
    expect(await rows('session_logged', '2025-06-10')).toEqual([
      expect.objectContaining({
        ...{ how: 'link', actor: person('sol') },
        body: expect.objectContaining({ outcome: 'held', minutes: 45, mode: 'video' }) as unknown,
      }),
    ]);
    for (const again of [
      await postForm(app, link, { answer: 'missed_supervisor' }),
      await getPage(app, link),
      await postForm(app, link, held),
    ])
      expect(again.body).toMatch(/Thank you, we have your answer[^]*Recorded: It was held/);
    expect(await rows('session_logged', '2025-06-10')).toHaveLength(1);
  });

  it('a token nobody made is refused with a page that helps', async () => {
    for (const token of [
      randomBytes(32).toString('base64url'),
      'short',
      `${'A'.repeat(43)}%00`,
      '..%2f..%2fetc',
    ]) {
      const page = await getPage(app, `/a/${token}`);
      expect([404, 400], token).toContain(page.statusCode);
    }
    const forged = `/a/${randomBytes(32).toString('base64url')}`;
    expect((await getPage(app, forged)).body).toContain('This link does not work');
    expect((await postForm(app, forged, held)).statusCode).toBe(404);
    // A link is good for what it was made for, and for nothing else.
    const foreign = (await latest('sol')).replace('/a/', '/c/');
    expect((await getPage(app, foreign)).statusCode).toBe(404);
  });

  it('of two messages about one question the newer one counts', async () => {
    await advance('2025-06-17');
    const links = await linksTo(here.parts, 'sol@', 'a');
    const [asked = '', reminded = ''] = links.slice(-2);
    expect((await getPage(app, asked)).body).toContain('There is a newer message');
    expect((await postForm(app, asked, held)).statusCode).toBe(409);
    expect((await getPage(app, reminded)).body).toContain('It was held');
  });

  it('a question that was answered in another way says so', async () => {
    const hers = await latest('hana');
    const his = await latest('sol');
    await must(here.house, employment, 'sol', 'log_session', {
      ...{ session: '2025-06-17', outcome: 'missed_employee', topics: [], actions: [] },
    });
    for (const link of [hers, his]) {
      expect((await getPage(app, link)).body).toContain('The question changed');
      expect((await postForm(app, link, { answer: 'moved', to: '2025-06-18' })).statusCode).toBe(409);
    }
  });

  it('an answer outlives an outage of Temporal: it is kept, and entered when the sweep comes by', async () => {
    await advance('2025-06-24');
    const link = await latest('sol');
    const { org, pool, keys, client } = here.house;
    const nowhere = { org, pool, keys, namespace: client.options.namespace, queue: 'nowhere' };
    const without = await appOver(here.house, () =>
      openHouse({ ...nowhere, connection: { address: '127.0.0.1:1' } }),
    );
    const kept = await postForm(without, link, held);
    expect([kept.statusCode, kept.body]).toEqual([200, expect.stringContaining('kept safely')]);
    expect((await postForm(without, link, held)).body).toContain('kept safely');
    expect(await rows('session_logged', '2025-06-24')).toEqual([]);
    await pool.query(`update link_inbox set tried_at = tried_at - interval '1 hour' where state = 'waiting'`);
    const { terms } = here.ports;
    const deciding = { office: { org, pool, keys, terms }, house: async () => here.house };
    expect(await drain(deciding)).toBe(1);
    expect(await drain(deciding)).toBe(0);
    expect(await rows('session_logged', '2025-06-24')).toEqual([expect.objectContaining({ how: 'link' })]);
    expect((await getPage(without, link)).body).toContain('You need not do anything more');
    const { rows: left } = await pool.query('select 1 from link_inbox where sealed is not null');
    expect(left).toEqual([]);
    await without.close();
  });

  it.runIf(hasBrowser)(
    'is given in a real browser without script, on a phone, and every page of it is well made',
    async () => {
      await advance('2025-07-01');
      const link = await latest('sol');
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const listening = await appOver(here.house, async () => here.house, origin);
      await listening.listen({ host: '127.0.0.1', port });
      const browser = await openBrowser();
      try {
        expect(await faultsOf(browser, `${origin}${link}`, 'answer')).toEqual([]);
        const context = await browser.newContext({
          javaScriptEnabled: false,
          viewport: { width: 320, height: 700 },
        });
        const page = await context.newPage();
        await page.goto(`${origin}${link}`);
        await page.getByRole('button', { name: 'Move it to this day' }).click();
        // The browser itself asks for the day: nothing was sent.
        expect(await page.title()).toBe('Your answer');
        await page.getByLabel('How many minutes').fill('50');
        await page.getByLabel('In person').check();
        await page.getByLabel('Skills').check();
        await page.getByRole('button', { name: 'It was held' }).click();
        await page.waitForURL(`${origin}${link}`);
        expect(await page.title()).toBe('Thank you, we have your answer');
        expect(await rows('session_logged', '2025-07-01')).toEqual([
          expect.objectContaining({ how: 'link', body: expect.objectContaining({ minutes: 50 }) as unknown }),
        ]);
        expect(await faultsOf(browser, `${origin}${link}`, 'answered')).toEqual([]);
        expect(await faultsOf(browser, `${origin}/a/${'A'.repeat(43)}`, 'unknown')).toEqual([
          expect.stringContaining('404'),
          expect.stringContaining('404'),
        ]);
      } finally {
        await browser.close();
        await listening.close();
      }
    },
    60_000,
  );

  it('goes to a stand-in, who answers in the other one’s place and is named as who did', async () => {
    await advance('2025-07-02');
    const until = instantOf(calendar, '2025-07-10', '09:00');
    await delegate(
      here.house,
      { absent: person('sol'), standIn: person('vera'), until },
      { decisionId: 'links-test-delegate', actor: person('dana') },
    );

    await advance('2025-07-08');
    const link = await latest('vera');
    expect((await postForm(app, link, held)).body).toContain('Thank you');
    const { rows: found } = await here.house.pool.query(
      `select how, actor, on_behalf_of from ledger where org = $1 and case_id = $2 and kind = 'session_logged'
       order by sequence desc limit 1`,
      [here.house.org, employment],
    );
    expect(found).toEqual([{ how: 'link', actor: person('vera'), on_behalf_of: person('sol') }]);
    await advance('2025-07-10');
  });

  it('passes on with the task: whose it is no more has no link either', async () => {
    await advance('2025-07-15');
    const link = await latest('sol');
    expect((await getPage(app, link)).body).toContain('It was held');
    await must(here.house, employment, 'dana', 'record_supervisor_training', {
      ...{ supervisor: person('vera'), on: '2025-05-05' },
    });
    await must(here.house, employment, 'gene', 'change_supervisor', {
      ...{ how: 'reassigned', supervisor: person('vera'), second: null },
    });
    const page = await getPage(app, link);
    expect(page.body).toMatch(/This is not yours any more|The question changed/);
    expect([409]).toContain((await postForm(app, link, held)).statusCode);
    expect(await rows('session_logged', '2025-07-15')).toEqual([]);
  });

  it('is over fourteen days after its question was due', async () => {
    const before = await linksTo(here.parts, 'vera@', 'a');
    await advance('2025-07-23');
    const missed = (await linksTo(here.parts, 'vera@', 'a'))[before.length] ?? '';
    expect(missed).toMatch(/^\/a\//);
    await advance('2025-08-07');
    expect((await getPage(app, missed)).body).toContain('This link is over');
    expect((await postForm(app, missed, held)).statusCode).toBe(410);
  });
});

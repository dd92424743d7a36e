import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { greetedAs } from '../../src/activities/greeting.ts';
import { decideNow } from '../../src/client/decide.ts';
import { keepLink } from '../../src/client/links/store.ts';
import { hashOfToken, tokenFor } from '../../src/client/links/token.ts';
import { freePort } from '../../src/local/ports.ts';
import { hasBrowser, openBrowser } from '../chromium.ts';
import { faultsOf } from './page-reader.ts';
import { endFeed, makeFeed } from '../../src/client/links/feed.ts';
import { TemporalAway } from '../../src/client/house.ts';
import type { House } from '../../src/client/house.ts';
import { erasePersonKey } from '../../src/directory/people.ts';
import { person as personIn } from '../../src/directory/people.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { Conductor } from '../../src/sandbox/conductor.ts';
import { staged } from '../scenarios.ts';
import { appOver, getPage, linksTo, ORIGIN, postForm } from './links-house.ts';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';

/** Applying without an account, and the page of one's own that follows, on an opening that was really posted. */

const whole = staged('northside');
const acts = whole.scenario.acts.filter(({ at }) => at < '2025-03-04');
const stage = { ...whole, scenario: { ...whole.scenario, acts, until: '2025-03-04 09:00', expect: [] } };
const { cast, calendar } = stage;
const opening = cast.caseId('opening');
const jobs = `/jobs/${opening}`;
const form = { name: 'Wren Okafor', email: 'wren@applicants.invalid', phone: '', attested: 'yes' };

let ground: Playground;
let house: House;
let app: FastifyInstance;

beforeAll(async () => {
  ground = await openPlayground(ORIGIN);
  ({ house } = await ground.play(stage, true));
  app = await appOver(house, async () => house);
}, 180_000);
afterAll(async () => {
  await app?.close();
  await ground?.stop();
}, 60_000);

async function count(table: 'persons' | 'ledger', where = 'true'): Promise<number> {
  const sql = `select count(*)::int as n from ${table} where org = $1 and ${where}`;
  return (await house.pool.query<{ n: number }>(sql, [house.org])).rows[0]?.n ?? -1;
}
const applied = () => count('ledger', `kind = 'applied'`);

async function mine(): Promise<{ readonly id: string; readonly person: string }> {
  const { rows } = await house.pool.query<{ case_id: string; actor: string; how: string }>(
    `select case_id, actor, how from ledger where org = $1 and kind = 'applied' order by position desc limit 1`,
    [house.org],
  );
  expect(rows[0]?.how).toBe('link');
  return { id: rows[0]?.case_id ?? '', person: rows[0]?.actor ?? '' };
}

async function advance(day: string): Promise<void> {
  const conductor = await Conductor.take(house);
  try {
    await conductor.advanceTo(instantOf(calendar, day, '17:30'), () => undefined);
  } finally {
    await conductor.release();
  }
}

describe('applying', () => {
  it('what is posted shows pay, hours and the last day to everybody; what is not posted shows to nobody', async () => {
    const list = await getPage(app, '/jobs');
    expect(list.body).toContain(jobs);
    const posting = await getPage(app, jobs);
    expect(posting.statusCode).toBe(200);
    expect(posting.body).toContain('Peer support specialist');
    expect(posting.body).toMatch(/\$22\.00 to \$25\.00 per hour/);
    expect(posting.body).toMatch(/(Full|Part) time/);
    expect(posting.body).toContain('24 Mar 2025');
    // Nobody of the house is in it.
    for (const { name } of Object.values(whole.scenario.people)) expect(posting.body).not.toContain(name);
    for (const other of [`/jobs/${cast.caseId('role')}`, `/jobs/opening-${'0'.repeat(26)}`, '/jobs/x'])
      expect((await getPage(app, other)).statusCode).toBe(404);
  });

  it('asks for what is missing, keeps what was typed, and leaves nobody behind', async () => {
    const people = await count('persons');
    const nameless = await postForm(app, `${jobs}/apply`, { ...form, name: ' ' });
    expect([nameless.statusCode, nameless.body]).toEqual([400, expect.stringContaining(form.email)]);
    const unreachable = await postForm(app, `${jobs}/apply`, { ...form, email: '' });
    expect(unreachable.statusCode).toBe(400);
    const markup = await postForm(app, `${jobs}/apply`, { ...form, name: '"><b>', email: 'no address' });
    expect(markup.body).not.toContain('<b>');
    const foreign = await postForm(app, `${jobs}/apply`, form, { origin: 'https://elsewhere.example' });
    expect(foreign.statusCode).toBe(403);
    expect([await count('persons'), await applied()]).toEqual([people, 0]);
  });

  it.each([
    ...[
      'Visit https://evil.example/win to claim',
      'www.evil',
      'go to evil.example',
      'Ana\u202eziuR',
      '\u200b',
    ],
    ...['Ana\u200bRuiz', '1234', '<b>Ana</b>', 'a'.repeat(81), '…', 'Ana\nRuiz'],
  ])('takes no name that says more than who somebody is: %j', async (name) => {
    const people = await count('persons');
    const page = await postForm(app, `${jobs}/apply`, { ...form, name });
    expect([page.statusCode, page.body]).toEqual([400, expect.stringContaining('with letters only')]);
    expect([await count('persons'), await applied()]).toEqual([people, 0]);
  });

  it.each([
    'a@b..c',
    'a%0ab@x.example',
    '.a@x.example',
    'a@-x.example',
    'a@x.example.',
    'a@b@c',
    'a\u200b@x.example',
  ])('takes no address that is none: %j', async (email) => {
    expect((await postForm(app, `${jobs}/apply`, { ...form, email })).statusCode).toBe(400);
  });

  it('opens a candidacy by the applicant in person; the same again, or by somebody who guesses, says the same', async () => {
    const first = await postForm(app, `${jobs}/apply`, form);
    expect([first.statusCode, first.body]).toEqual([200, expect.stringContaining('Thank you')]);
    const { person } = await mine();
    const known = await personIn(house.pool, house.keys, house.org, person);
    expect(known).toMatchObject({ name: form.name, email: form.email });
    for (const again of [form, { ...form, attested: '' }, { ...form, name: 'Somebody Else' }]) {
      const page = await postForm(app, `${jobs}/apply`, again);
      expect([page.statusCode, page.body]).toEqual([200, first.body]);
    }
    expect(await applied()).toBe(1);
    expect(await personIn(house.pool, house.keys, house.org, person)).toEqual(known);
  });
});

describe('the page of a candidate', () => {
  let link = '';
  const sure = { sure: 'yes' };

  it('comes with the first message, and names neither the position nor anybody', async () => {
    const { id } = await mine();
    const decided = await decideNow(house, {
      ...{ v: 1, decisionId: 'apply-test-ack', case: id, type: 'acknowledge', actor: cast.person('dana') },
      ...{ how: 'asserted_local', payload: { of: 'application' } },
    });
    expect(decided).toMatchObject({ is: 'done' });
    await advance('2025-03-05');
    link = (await linksTo(ground.parts, form.email, 'c')).at(-1) ?? '';
    expect(link).toMatch(/^\/c\/[A-Za-z0-9_-]{43}$/);
    const page = await getPage(app, link);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('We have it');
    expect(page.body).toMatch(/We mean to take the next step by[^]*2025/);
    expect(page.body).not.toMatch(/peer|specialist|Wren|Okafor|prs_|candidacy-|lived/i);
  });

  it('looking and being asked once more change nothing', async () => {
    const before = [await count('ledger'), await count('persons')];
    for (const path of [link, `${link}/withdraw`, link]) {
      expect((await getPage(app, path)).statusCode).toBe(200);
      expect((await app.inject({ method: 'HEAD', url: path })).statusCode).toBe(200);
    }
    expect((await getPage(app, `${link}/arrangements`)).statusCode).toBe(404);
    expect([await count('ledger'), await count('persons')]).toEqual(before);
  });

  it('a button pressed without the tick beside it does nothing', async () => {
    const before = [await count('ledger'), await count('persons')];
    for (const deed of ['arrangements', 'withdraw'])
      for (const pressed of [{ sure: [] }, { sure: '' }, { sure: 'no' }, { sure: ['yes', 'yes'] }]) {
        const page = await postForm(app, `${link}/${deed}`, pressed);
        expect([page.statusCode, page.body]).toEqual([400, expect.stringContaining('Nothing was sent')]);
      }
    expect([await count('ledger'), await count('persons')]).toEqual(before);
  });

  it('a wish to talk about arrangements becomes the officer’s matter, without a word of why, once', async () => {
    const { person } = await mine();
    for (let n = 0; n < 2; n += 1) {
      const page = await postForm(app, `${link}/arrangements`, sure);
      expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('get in touch')]);
    }
    const { rows } = await house.pool.query<{ kind: string; body: string }>(
      `select kind, body from ledger where org = $1 and case_id like 'clock-%' and actor = $2`,
      [house.org, person],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['sealed']);
    const { rows: owed } = await house.pool.query<{ owner: string; visibility: string }>(
      `select o.owner, o.visibility from obligations o where o.org = $1 and o.case_id in
         (select case_id from ledger where org = $1 and case_id like 'clock-%' and actor = $2)`,
      [house.org, person],
    );
    expect(owed.length).toBeGreaterThan(0);
    expect(new Set(owed.map((one) => one.visibility))).toEqual(new Set(['C3']));
  });

  it('withdraws after being asked once more, as the candidate, and then has nothing more to do', async () => {
    const asks = await getPage(app, `${link}/withdraw`);
    expect(asks.body).toContain('Yes, I withdraw');
    const { id, person } = await mine();
    // As an earlier try leaves it that was kept in an outage, and refused after it.
    const [, token = ''] = link.split('/c/');
    const before = `link_${hashOfToken(token).toString('hex').slice(0, 40)}`;
    await house.pool.query(
      `insert into link_inbox (org, decision_id, link, received_at, state, outcome)
       select org, $2, link, received_at + 1, 'refused', 'not_now' from link_inbox
       where org = $1 and decision_id = $3`,
      [house.org, `${before}_withdraw`, `${before}_arrangements`],
    );
    expect((await getPage(app, link)).body).toContain('could not be entered any more');
    const done = await postForm(app, `${link}/withdraw`, sure);
    expect([done.statusCode, done.body]).toEqual([200, expect.stringContaining('You withdrew')]);
    await postForm(app, `${link}/withdraw`, sure);
    const { rows } = await house.pool.query(
      `select how, actor from ledger where org = $1 and case_id = $2 and kind = 'withdrawn'`,
      [house.org, id],
    );
    expect(rows).toEqual([{ how: 'link', actor: person }]);
    expect((await getPage(app, link)).body).not.toContain('<form');
    expect((await getPage(app, link)).body).not.toContain('could not be entered any more');
  });
});

describe.runIf(hasBrowser)('in a real browser', () => {
  it('somebody applies on a phone without script, and every page is well made', async () => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const listening = await appOver(house, async () => house, origin);
    await listening.listen({ host: '127.0.0.1', port });
    const browser = await openBrowser();
    try {
      for (const [name, path] of Object.entries({ jobs: '/jobs', posting: jobs, form: `${jobs}/apply` }))
        expect(await faultsOf(browser, `${origin}${path}`, name), name).toEqual([]);
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 320, height: 700 },
      });
      const page = await context.newPage();
      await page.goto(`${origin}/jobs`);
      await page.getByRole('link', { name: /Peer support specialist/ }).click();
      await page.getByRole('link', { name: 'Apply' }).first().click();
      await page.getByLabel('Your name').fill('Ines Marlow');
      await page.getByLabel('Mail address').fill('ines@applicants.invalid');
      await page.getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Send my application' }).click();
      expect(await page.title()).toBe('Thank you, we have your application');
      const { id, person } = await mine();
      const token = tokenFor(house.keys, house.org, 'candidate', id, person);
      await keepLink(house.pool, house.org, token, { purpose: 'candidate', person, case: id });
      expect(await faultsOf(browser, `${origin}/c/${token}`, 'candidate')).toEqual([]);
      expect(await faultsOf(browser, `${origin}/c/${token}/withdraw`, 'withdraw')).toEqual([]);
      await page.goto(`${origin}/c/${token}`);
      await page.getByRole('link', { name: 'Withdraw' }).click();
      await page.getByRole('checkbox', { name: 'I am sure' }).check();
      await page.getByRole('button', { name: 'Yes, I withdraw' }).click();
      expect(await page.title()).toBe('You withdrew');
    } finally {
      await browser.close();
      await listening.close();
    }
  }, 90_000);
});

describe('a calendar and a list', () => {
  it('a calendar holds references and hours, and ends when it is revoked', async () => {
    const dana = cast.person('dana');
    const first = await makeFeed(house, dana);
    const token = await makeFeed(house, dana);
    expect((await getPage(app, `/calendar/${first}.ics`)).statusCode).toBe(404);
    const feed = await getPage(app, `/calendar/${token}.ics`);
    expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(feed.body).toMatch(/BEGIN:VEVENT/);
    const said = new Set(
      feed.body.match(/^SUMMARY:.*$/gm)?.map((line) => line.replace(/[0-9A-Z]{6}\r?$/, '#')),
    );
    expect([...said].every((line) => ['SUMMARY:Item #', 'SUMMARY:Meeting #'].includes(line))).toBe(true);
    expect(await endFeed(house, dana)).toBe(true);
    expect((await getPage(app, `/calendar/${token}.ics`)).statusCode).toBe(404);
  });

  it('one click of a mail program ends a list, and nothing but a list', async () => {
    const raw = readdirSync(ground.parts.mail.folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) =>
        readFileSync(join(ground.parts.mail.folder, name), 'utf8').replaceAll(/\r?\n[ \t]+/g, ' '),
      );
    const lists = raw.filter((mail) => /^Subject: Your list/m.test(mail));
    const others = raw.filter((mail) => !/^Subject: Your list/m.test(mail));
    expect(lists.length).toBeGreaterThan(0);
    for (const mail of lists) {
      expect(mail).toMatch(new RegExp(`^List-Unsubscribe: <${ORIGIN}/u/[A-Za-z0-9_-]{43}>$`, 'm'));
      expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    }
    for (const mail of others) expect(mail).not.toMatch(/^List-Unsubscribe/m);
    const url = /<http:\/\/localhost:4711(\/u\/[^>]+)>/.exec(lists[0] ?? '')?.[1] ?? '';
    const ended = async () =>
      (await house.pool.query('select person from post_wishes where org = $1 and unlisted', [house.org]))
        .rows;
    expect((await getPage(app, url)).body).toContain('End your daily list?');
    expect(await ended()).toEqual([]);
    // A mail program comes from no page.
    const page = await postForm(app, url, { 'List-Unsubscribe': 'One-Click' }, {});
    expect([page.statusCode, await ended()]).toEqual([200, [expect.anything()]]);
    const forged = `/u/${'A'.repeat(43)}`;
    expect((await postForm(app, forged, { 'List-Unsubscribe': 'One-Click' }, {})).statusCode).toBe(404);
    const { rows: waiting } = await house.pool.query(
      `select 1 from prompts p join post_wishes w on w.org = p.org and w.person = p.recipient
       where p.org = $1 and w.unlisted and p.held = 'digest' and p.state = 'queued'`,
      [house.org],
    );
    expect(waiting).toEqual([]);
  });
});

describe('applying, by whoever it is', () => {
  // What came before came from the same address, and so many an hour are taken from one.
  beforeAll(() => house.pool.query('delete from rate_counts'));
  const apply = (over: Partial<typeof form>, to = app) => postForm(to, `${jobs}/apply`, { ...form, ...over });

  it('is answered after the same time, whether they applied before or not', async () => {
    const times: number[] = [];
    for (const email of ['quick@applicants.invalid', 'quick@applicants.invalid', 'new@applicants.invalid']) {
      const before = performance.now();
      await apply({ name: 'Søren O’Brien-Łęcki, Jr.', email });
      times.push(performance.now() - before);
    }
    expect(Math.min(...times)).toBeGreaterThan(990);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(500);
  });

  it('the tick that was left out is taken with a second sending; no message begins with a name nobody confirmed', async () => {
    const email = 'squatted@applicants.invalid';
    const before = await applied();
    await apply({ name: 'Somebody Else', email, attested: '' });
    await expect.poll(applied).toBe(before + 1);
    const { id, person } = await mine();
    const ticked = () => count('ledger', `case_id = '${id}' and kind = 'statement_ticked' and how = 'link'`);
    expect(await ticked()).toBe(0);
    for (let n = 0; n < 2; n += 1) {
      const page = await apply({ email });
      expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('Thank you')]);
      await expect.poll(ticked).toBe(1);
    }
    expect(await applied()).toBe(before + 1);
    const greeted = () => greetedAs(house, { ref: person, name: 'Somebody Else' }, [id]);
    expect(await greeted()).toEqual({});
    await decideNow(house, {
      ...{
        v: 1,
        decisionId: 'apply-test-squatted',
        case: id,
        type: 'acknowledge',
        actor: cast.person('dana'),
      },
      ...{ how: 'asserted_local', payload: { of: 'application' } },
    });
    await expect.poll(greeted).toEqual({ recipientName: 'Somebody Else' });
  });

  it('is thanked for as any other where the person was erased', async () => {
    const away = await appOver(house, () => Promise.reject(new TemporalAway('nowhere')));
    try {
      const refs = async () =>
        (await house.pool.query<{ ref: string }>('select ref from persons where org = $1', [house.org])).rows;
      const before = new Set((await refs()).map(({ ref }) => ref));
      const email = 'erased@applicants.invalid';
      const first = await apply({ email }, away);
      const made = (await refs()).filter(({ ref }) => !before.has(ref));
      expect(made.length).toBe(1);
      expect(await erasePersonKey(house.pool, house.org, made[0]?.ref ?? '')).toBe(true);
      const again = await apply({ email }, away);
      expect([again.statusCode, again.body]).toEqual([200, first.body]);
    } finally {
      await away.close();
    }
  });

  it('promises mail only to whom it can reach: who leaves a number alone is told that they are called', async () => {
    const byPhone = { name: 'Phil Number', email: '', phone: '+1 555 0142' };
    const page = await apply(byPhone);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('we call the number you gave');
    expect(page.body).not.toMatch(/in our message|address of a page/i);
  });
});

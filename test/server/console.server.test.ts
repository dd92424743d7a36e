import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { decide } from '../../src/client/decide.ts';
import { keepAccount } from '../../src/identity/accounts.ts';
import { caseOf, person } from '../unit/house.ts';
import { hasBrowser, openBrowser, overflow, picture, violationsOn } from '../chromium.ts';
import { builtConsole, firstLoadBytes } from './console-built.ts';
import { adopted } from './links-house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

/** The console in a real browser, under its own policy, on real servers. */

const PASSWORD = 'a quiet river bend';
const role = caseOf('role', 'console');
const employment = caseOf('employment', 'console');
const logins = { dana: 'hr', sol: 'supervisor', hana: 'employee', ida: 'administrator', kofi: 'compliance' };

let here: Stage;
let app: FastifyInstance;
let browser: Browser;
let origin: string;
let web: string;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

beforeAll(async () => {
  if (!hasBrowser) return;
  here = await stage({
    ...{ seed: 'console', clock: '2025-06-02' },
    people: {
      ...{ dana: ['hr'], sol: ['supervisor'], gene: ['manager'], hana: [], ida: ['administrator'] },
      ...{ kofi: ['compliance'], dora: ['director'] },
    },
  });
  await adopted(here, role, employment, '2025-02-24');
  const port = await freePort();
  origin = `http://localhost:${port}`;
  web = builtConsole();
  const { org, pool, keys, terms } = here.ports;
  const store = { org, pool };
  const desk: Desk = {
    ...{ office: { org, pool, keys, terms }, store, origin, provider: null, sandbox: true, clock: null },
    ...{ house: async () => here.house, web },
  };
  app = await makeApp(desk, { info: () => undefined, warn: () => undefined });
  await app.listen({ host: '127.0.0.1', port });
  for (const [word, login] of Object.entries(logins)) await keepAccount(store, login, person(word), PASSWORD);
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await here?.stop();
}, 60_000);

interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the policy of the page stopped, and errors that nobody caught. */
  readonly wrong: string[];
}

async function signedIn(
  login: string,
  width = 1280,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (said) => {
    if (/Content Security Policy|Trusted/i.test(said.text())) wrong.push(said.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(`${origin}/`);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  return { context, page, wrong };
}

const at = (view: string): string => `/cases/${employment}${view === '' ? '' : `/${view}`}`;
const places = [
  ...['/', '/people', '/policy', '/dates', '/me', '/history', '/reports', '/directory', '/records', at('')],
  ...['timeline', 'gates', 'people', 'documents', 'history', 'then', 'proof', 'do/put_on_agenda'].map(at),
  ...[at('do/log_session'), '/begin/opening/open', '/nowhere'],
];

describe.runIf(hasBrowser)('the console', { timeout: 180_000 }, () => {
  it.each([
    [320, 'dark'],
    [1280, 'light'],
  ] as const)(
    'has no page with a violation, sideways scrolling or a stopped script: %i px, %s',
    async (width, scheme) => {
      const { context, page, wrong } = await signedIn('hr', width, scheme);
      const found: string[] = [];
      for (const place of places) {
        await page.goto(origin + place);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByText('Loading …').first().waitFor({ state: 'hidden' });
        for (const one of await violationsOn(context, page)) found.push(`${place} ${one}`);
        if ((await overflow(page)) > 0) found.push(`${place} scrolls sideways`);
        await picture(
          page,
          process.env['PICTURES'],
          `${place.replaceAll('/', '-').replace(employment, 'employment')}-${width}-${scheme}`,
        );
      }
      expect(found).toEqual([]);
      expect(wrong).toEqual([]);
      await context.close();
    },
  );

  it('is there after less than 180 kB', () => {
    expect(firstLoadBytes(web)).toBeGreaterThan(20_000);
    expect(firstLoadBytes(web)).toBeLessThan(180_000);
  });

  it('lets a supervisor decide by keyboard alone, with the missing list before and the row in the ledger after', async () => {
    const { context, page, wrong } = await signedIn('supervisor');
    await page.goto(`${origin}${at('do/put_on_agenda')}`);
    await page.getByText('Still to fill in').waitFor();
    expect(await page.getByRole('button', { name: 'Put it down' }).isDisabled()).toBe(true);
    await page.getByLabel('Workload').focus();
    await page.keyboard.press('Space');
    await page.getByText('Nothing is missing').waitFor();
    await page.getByText('Draft saved').waitFor();
    await page.getByRole('button', { name: 'Put it down' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Done: agenda topic added/).waitFor();
    const { rows } = await here.house.pool.query(
      `select actor, how from ledger where org = $1 and case_id = $2 and kind = 'agenda_topic_added'`,
      [here.house.org, employment],
    );
    expect(rows).toEqual([{ actor: person('sol'), how: 'session_stepped_up' }]);
    expect(wrong).toEqual([]);
    await context.close();
  });

  it('keeps a draft for its author, and throws it away once it is decided', async () => {
    const { context, page } = await signedIn('employee');
    const drafts = async (): Promise<number> => {
      const { rows } = await here.house.pool.query<{ n: number }>(
        'select count(*)::int as n from drafts where org = $1 and person = $2',
        [here.house.org, person('hana')],
      );
      return rows[0]?.n ?? 0;
    };
    await page.goto(`${origin}${at('do/put_on_agenda')}`);
    await page.getByLabel('Growth').check();
    await page.getByText('Draft saved').waitFor();
    expect(await drafts()).toBe(1);
    await page.reload();
    await page.getByText('Nothing is missing').waitFor();
    expect(await page.getByLabel('Growth').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Put it down' }).click();
    await page.getByText(/^Done:/).waitFor();
    await expect.poll(drafts, { timeout: 10_000 }).toBe(0);
    await context.close();
  });

  it('says beside the field what a guard finds, before anything is sent', async () => {
    const { context, page } = await signedIn('supervisor');
    await page.goto(`${origin}${at('do/log_session')}`);
    await page.getByLabel('Note').fill('They seemed unstable and we talked about their diagnosis.');
    const finding = page.locator('.finding').first();
    await finding.waitFor();
    expect(await finding.innerText()).not.toBe('');
    const { rows } = await here.house.pool.query('select 1 from texts where org = $1', [here.house.org]);
    expect(rows).toEqual([]);
    await context.close();
  });

  it('shows an administrator no person and no case of one', async () => {
    const { context, page } = await signedIn('administrator');
    for (const place of ['/', '/people', at('')]) {
      await page.goto(origin + place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Loading …').first().waitFor({ state: 'hidden' });
      expect((await page.locator('main').innerText()).toLowerCase()).not.toContain('hana');
    }
    await context.close();
  });

  it('holds one line of events for all its tabs, passes it on, and none stays behind after a reload', async () => {
    const { context, page } = await signedIn('hr');
    const lines: string[] = [];
    context.on('request', (one) => {
      if (one.url().endsWith('/api/events')) lines.push(one.url());
    });
    const refused: number[] = [];
    context.on('response', (one) => {
      if (one.url().startsWith(origin) && one.status() >= 400) refused.push(one.status());
    });
    const there = (one: Page) => one.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    const tabs: Page[] = [];
    for (let n = 0; n < 9; n += 1) {
      const tab = await context.newPage();
      tabs.push(tab);
      await tab.goto(`${origin}/`);
      await there(tab);
    }
    expect(lines).toHaveLength(0);
    await page.close();
    await expect.poll(() => lines.length).toBe(1);
    for (let n = 0; n < 12; n += 1) {
      for (const tab of tabs.slice(0, 2)) await tab.reload();
      await there(tabs[0] as Page);
    }
    // What moves reaches a page that has no line of its own.
    const asked = tabs[8]?.waitForRequest((one) => one.url().includes('/api/waiting'), { timeout: 30_000 });
    const envelope = {
      ...{ v: 1 as const, decisionId: 'one_line', case: employment, type: 'put_on_agenda' },
      ...{ actor: person('hana'), how: 'asserted_local' as const, payload: { topics: ['skills'] } },
    };
    expect(await decide(here.house, envelope)).toMatchObject({ is: 'done' });
    await asked;
    expect(refused).toEqual([]);
    await context.close();
  });

  it('signs out, and shows the sign-in page under the same address', async () => {
    const { context, page } = await signedIn('compliance');
    await page.goto(`${origin}/me`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/me');
    await context.close();
  });
});

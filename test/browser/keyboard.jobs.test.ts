import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults, demo, noBrowser, openBrowser, picture, seat, settled } from './browser.ts';
import type { Seat } from './browser.ts';
import { Keyboard } from './by-keyboard.ts';

/**
 * Ten jobs without a mouse: Tab, Enter, Space and the arrows. At every stop the focus is to be seen, and it goes where one
 * expects it after each act. Their ground: the networking and reflection groups of the onboarding employment, the continuing
 * education of the one in supervision, one item of the first weeks of the mentor, and people that are new.
 */

let browser: Browser;
let here: Seat;
let keys: Keyboard;
beforeAll(async () => {
  if (!noBrowser) browser = await openBrowser();
});
afterAll(async () => browser?.close());
beforeEach(async () => {
  if (noBrowser) return;
  here = await seat(browser, { height: 800 });
  keys = new Keyboard(here.page);
});
afterEach(async () => {
  if (noBrowser) return;
  expect(keys.faults).toEqual([]);
  expect(here.wrong).toEqual([]);
  await here.context.close();
});

const link = (name: string | RegExp): Locator => here.page.getByRole('link', { name });
const button = (name: string | RegExp): Locator => here.page.getByRole('button', { name });
const heading = (name: string | RegExp): Locator => here.page.getByRole('heading', { level: 1, name });

/** Signs in with the keys alone. */
async function enter(login: string): Promise<void> {
  await here.page.goto('/');
  await keys.type(here.page.getByLabel('Login'), login);
  await keys.type(here.page.getByLabel('Password'), demo.passphrase);
  await here.page.keyboard.press('Enter');
  await heading('Today').waitFor();
  await settled(here);
}

/** The case of the reader's that stands at a stage. */
async function caseAt(kind: string, stage: string): Promise<string> {
  const answer = await here.page.request.get(`/api/cases?kind=${kind}`);
  const { list } = (await answer.json()) as { list: { case: string; stage: string }[] };
  const found = list.find((one) => one.stage === stage);
  if (found === undefined) throw new Error(`no ${kind} at ${stage}`);
  return found.case;
}

async function kindsIn(id: string): Promise<readonly (string | null)[]> {
  const answer = await here.page.request.get(`/api/cases/${id}/timeline`);
  const { past } = (await answer.json()) as { past: { kind: string | null }[] };
  return past.map(({ kind }) => kind);
}

/** From a case to one of its forms: everything one may decide there is unfolded, and searched. */
async function toForm(id: string, words: string): Promise<void> {
  await here.page.goto(`/cases/${id}`);
  await settled(here);
  await keys.press(here.page.getByText('Everything you may decide here'));
  await keys.type(here.page.getByLabel('Find'), words);
  await keys.press(here.page.locator('.command-list').getByRole('link', { name: words, exact: true }));
  await heading(words).waitFor();
  await settled(here);
  expect(await keys.has(heading(words))).toBe(true);
}

/** Presses the button of a form; what came of it has the focus. */
async function decide(): Promise<void> {
  await here.page.getByText('Nothing is missing').waitFor();
  await keys.press(button(/^(?:Decide|Record it)$/));
  const done = here.page.locator('.note-ready', { hasText: /^Done/ });
  await done.waitFor();
  await expect.poll(() => keys.has(done)).toBe(true);
  expect(await axeFaults(here)).toEqual([]);
  await keys.to(link('See the case'));
}

describe.skipIf(noBrowser)('HR by keyboard', () => {
  it('finds what is late, and reads what the case still lacks', async () => {
    await enter('hr');
    await here.page.reload();
    await heading('Today').waitFor();
    await settled(here);
    // The first stop leads past the bar at the top.
    await here.page.keyboard.press('Tab');
    expect(await keys.has(link('Skip to the page'))).toBe(true);
    await picture(here, 'keyboard-skip');
    await here.page.keyboard.press('Enter');
    expect(await keys.has(here.page.locator('main'))).toBe(true);
    const late = here.page.getByLabel('Only what is late');
    await keys.press(late, 'Space');
    const others = here.page.getByRole('region', { name: 'What waits for others, soonest due first' });
    await others.getByText('late by').first().waitFor();
    expect(await keys.has(late)).toBe(true);
    await keys.press(others.getByRole('link').first());
    await here.page.getByRole('navigation', { name: 'Parts of this case' }).waitFor();
    await settled(here);
    expect(await keys.has(here.page.getByRole('heading', { level: 1 }))).toBe(true);
    await keys.press(link('Gates'));
    await here.page.waitForURL('**/gates');
    await settled(here);
    await keys.to(here.page.getByRole('main').getByRole('region').first());
    expect(await axeFaults(here)).toEqual([]);
    await picture(here, 'keyboard-gates');
  });

  it('puts somebody into the directory', async () => {
    await enter('hr');
    await keys.press(here.page.getByRole('navigation').getByRole('link', { name: 'People' }));
    await heading('People').waitFor();
    await settled(here);
    expect(await keys.has(heading('People'))).toBe(true);
    await keys.press(link('Who works here'));
    await heading('Who works here').waitFor();
    await settled(here);
    await keys.type(here.page.getByLabel('Name', { exact: true }), 'Noor Haddad');
    await keys.type(here.page.getByLabel('Email'), 'noor@people.invalid');
    await keys.choose(
      here.page.getByLabel('Mail', { exact: true }),
      here.page.getByLabel('Phone', { exact: true }).last(),
    );
    expect(await here.page.getByRole('radio', { name: 'Phone' }).isChecked()).toBe(true);
    const add = button('Add to the directory');
    await keys.press(add);
    await expect.poll(() => keys.at()).toContain('They are in the directory.');
    const answer = await here.page.request.get('/api/people');
    expect(await answer.text()).toContain('Noor Haddad');
    expect(await axeFaults(here)).toEqual([]);
  });
});

describe.skipIf(noBrowser)('a supervisor by keyboard', () => {
  it('records a networking event', async () => {
    await enter('supervisor');
    const id = await caseAt('employment', 'onboarding');
    const before = (await kindsIn(id)).length;
    await toForm(id, 'Record the time for networking');
    await fillDay();
    await keys.choose(here.page.getByRole('radio').first(), here.page.getByRole('radio').first());
    await picture(here, 'keyboard-decision');
    await decide();
    expect((await kindsIn(id)).length).toBeGreaterThan(before);
  });

  it('records a reflection group, and takes back a half-filled form', async () => {
    await enter('supervisor');
    const id = await caseAt('employment', 'onboarding');
    await toForm(id, 'Record the reflection group');
    // With a day missing nothing can be sent, and what is missing is said.
    await here.page.getByText('Still to fill in').waitFor();
    expect(await button('Record it').isDisabled()).toBe(true);
    await fillDay();
    await keys.choose(here.page.getByRole('radio').first(), here.page.getByRole('radio').first());
    await decide();
    await keys.press(link('Back to Today'));
    await heading('Today').waitFor();
  });
});

/** A day in the past, typed as its parts stand on the screen of this browser: month, day, year. */
async function fillDay(): Promise<void> {
  const day = here.page.locator('input[type=date]').first();
  await keys.type(day, '07272026');
  expect(await day.inputValue()).toBe('2026-07-27');
}

describe.skipIf(noBrowser)('an employee by keyboard', () => {
  it('records hours of continuing education', async () => {
    await enter('employee');
    const id = await caseAt('employment', 'supervision');
    const before = (await kindsIn(id)).length;
    await toForm(id, 'Record ce hours');
    await keys.type(here.page.getByLabel('Hours'), '2');
    await keys.type(here.page.getByLabel('Ethics'), '1');
    await decide();
    expect((await kindsIn(id)).length).toBeGreaterThan(before);
  });

  it('sees who read about them', async () => {
    await enter('employee');
    await keys.press(here.page.locator('.me'));
    await here.page.getByText('Where you are signed in').waitFor();
    await settled(here);
    expect(await keys.has(here.page.getByRole('heading', { level: 1 }))).toBe(true);
    await keys.to(here.page.getByRole('region', { name: 'Your sessions' }));
    await here.page.getByRole('heading', { name: 'Who read about you' }).waitFor();
    await keys.to(here.page.getByRole('region').last());
    expect(await axeFaults(here)).toEqual([]);
  });
});

/** Ten minutes go by for everybody who is signed in: whoever wants what binds shows again who they are. */
async function tenMinutesLater(): Promise<void> {
  const file = readFileSync(join(demo.folder, 'installation.json'), 'utf8');
  const client = new pg.Client({
    connectionString: (JSON.parse(file) as { databaseUrl: string }).databaseUrl,
  });
  await client.connect();
  await client.query('update sessions set stepped_up_until = now()');
  await client.end();
}

/** The words of somebody in a list of people who has no login yet: nobody gets a second one. */
async function withoutLogin(whose: Locator): Promise<string> {
  const answer = await here.page.request.get('/api/accounts');
  const { list } = (await answer.json()) as { list: { person: string }[] };
  const taken = new Set(list.map(({ person }) => person));
  for (const option of await whose.locator('option').all()) {
    const value = (await option.getAttribute('value')) ?? '';
    if (value !== '' && !taken.has(value)) return shortest((await option.textContent()) ?? '');
  }
  throw new Error('everybody has a login');
}

/** The letters at the start, up to a sign that is on no key. */
const shortest = (words: string): string => /^[\w ]+/.exec(words)?.[0].trim() ?? words;

describe.skipIf(noBrowser)('an administrator by keyboard', () => {
  it('gives a login, and shows again who they are on the way', async () => {
    await enter('admin');
    await here.page.goto('/directory');
    await heading('Who works here').waitFor();
    await settled(here);
    await keys.type(here.page.getByRole('textbox', { name: 'Login' }), 'by-keys');
    const whose = here.page.getByLabel('Person');
    await whose.locator('option').nth(3).waitFor({ state: 'attached' });
    await keys.pick(whose, await withoutLogin(whose));
    await tenMinutesLater();
    const give = button('Give the login');
    await keys.press(give);
    const again = here.page.getByRole('dialog', { name: 'Show again that it is you' });
    await again.waitFor();
    // The focus is inside, stays inside, and comes back to where one was.
    await expect.poll(() => keys.has(again.getByLabel('Password'))).toBe(true);
    for (let n = 0; n < 8; n += 1) {
      await here.page.keyboard.press('Tab');
      const outside = await here.page.evaluate(
        `document.activeElement !== document.body && document.activeElement.closest('dialog') === null`,
      );
      expect(outside).toBe(false);
    }
    expect(await axeFaults(here)).toEqual([]);
    await picture(here, 'keyboard-step-up');
    await here.page.keyboard.press('Escape');
    await again.waitFor({ state: 'detached' });
    await expect.poll(() => keys.has(give)).toBe(true);
    await here.page.keyboard.press('Enter');
    await again.waitFor();
    await keys.type(again.getByLabel('Password'), demo.passphrase);
    await here.page.keyboard.press('Enter');
    await here.page.getByText('Tell it to them yourself').waitFor();
    await expect.poll(() => keys.at()).toContain('The login holds');
    const answer = await here.page.request.get('/api/accounts');
    expect(await answer.text()).toContain('by-keys');
  });

  it('finds a number of the policy and its source', async () => {
    await enter('admin');
    await keys.press(link('Policy'));
    await heading('Policy').waitFor();
    await settled(here);
    expect(await keys.has(heading('Policy'))).toBe(true);
    await keys.type(here.page.getByLabel('Find a number'), 'CADENCE');
    await here.page.getByText(/of \d+ numbers/).waitFor();
    await keys.to(here.page.getByRole('region').last());
    await keys.to(here.page.getByRole('navigation').getByRole('link', { name: 'People' }), true);
    expect(await axeFaults(here)).toEqual([]);
  });
});

describe.skipIf(noBrowser)('without an account, by keyboard', () => {
  it('a candidate applies', async () => {
    await here.page.goto('/jobs');
    await keys.press(here.page.getByRole('main').getByRole('link').first());
    await keys.press(link('Apply').first());
    await keys.type(here.page.getByLabel('Your name'), 'Remy Okoro');
    await keys.type(here.page.getByLabel('Mail address'), 'remy@people.invalid');
    const tick = here.page.getByRole('checkbox');
    if ((await tick.count()) > 0) await keys.press(tick, 'Space');
    await picture(here, 'keyboard-apply');
    await keys.press(button('Send my application'));
    await heading('Thank you, we have your application').waitFor();
    expect(await axeFaults(here)).toEqual([]);
  });

  it('a mentor answers from a message', async () => {
    await here.page.goto(await openLinkOf('nell@people.invalid'));
    await heading('Your answer').waitFor();
    const tick = here.page.getByRole('checkbox').first();
    await keys.press(tick, 'Space');
    await picture(here, 'keyboard-answer');
    await keys.press(button('It is done'));
    await heading('Thank you, we have your answer').waitFor();
    expect(await axeFaults(here)).toEqual([]);
  });
});

/** The newest link in somebody's mail that still asks something. */
async function openLinkOf(address: string): Promise<string> {
  const read = async (path: string): Promise<string> =>
    (await here.page.request.get(new URL(path, demo.mail ?? '').href)).text();
  const list = await read('/');
  const rows = [...list.matchAll(/href="(\/\d+)">[^<]*<\/a><\/td><td>([^<]*)</g)];
  for (const [, path = '', to] of rows.filter(([, , one]) => one === address)) {
    const found = /\/a\/[\w-]+/.exec(await read(path))?.[0];
    if (found === undefined) continue;
    const page = await here.page.request.get(found);
    if (page.ok() && (await page.text()).includes('It is done')) return found;
    expect(to).toBe(address);
  }
  throw new Error(`nothing is asked of ${address} by a link`);
}

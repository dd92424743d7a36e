import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askAs, axeFaults, colleague, decideAs, noBrowser, open, openBrowser, overflow } from './browser.ts';
import { picture, seatOf, settled } from './browser.ts';
import type { Seat, ListedCase, ListedSubject } from './browser.ts';

/**
 * D4.7 by the pages: the hiring manager, who sits on no panel and has no other office in the search, reads who is in the running,
 * chooses, and HR goes on. Theirs alone here: the search whose panel has rated, and everybody in it.
 */

let browser: Browser;
let manager: Seat;
let hr: Seat;

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  manager = await seatOf(browser, 'manager', { width: 1400 });
  hr = await seatOf(browser, 'hr', { width: 1400 });
  for (const { page } of [manager, hr]) page.setDefaultTimeout(60_000);
});
afterAll(async () => {
  if (!noBrowser) expect([manager.wrong, hr.wrong]).toEqual([[], []]);
  await browser?.close();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(async () => {
    await picture(manager, 'selection-failed-manager');
    await picture(hr, 'selection-failed-hr');
  });
});

async function look(here: Seat, name: string): Promise<void> {
  await settled(here);
  expect(await axeFaults(here), name).toEqual([]);
  expect(await overflow(here), name).toBe(0);
  await picture(here, `selection-${name}`);
}

async function searchAt(stage: string): Promise<string> {
  const { list } = await askAs<{ list: ListedCase[] }>(hr, 'GET', '/cases?kind=opening');
  return list.find((one) => one.stage === stage)?.case ?? '';
}

/** Who is in the running, as somebody may know them: the name by the application. */
async function runners(here: Seat, search: string): Promise<ReadonlyMap<string, string | null>> {
  const { list } = await askAs<{ list: ListedSubject[] }>(here, 'GET', '/subjects');
  const board = await askAs<{ list: ListedCase[] }>(here, 'GET', '/cases?kind=candidacy&all=true');
  const rated = new Set(board.list.filter((one) => one.stage === 'rating').map((one) => one.case));
  const theirs = list.filter((one) => one.search === search && rated.has(one.case));
  return new Map(theirs.map((one) => [one.case, one.name]));
}

const ratings = Object.fromEntries(
  [
    ...['relationships', 'sharing_experience', 'personalized', 'crisis'],
    ...['teamwork', 'leadership_advocacy', 'growth'],
  ].map((one) => [one, '4']),
);

/** A part of a page, by its heading. */
const section = ({ page }: Seat, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function decided(here: Seat, button: string): Promise<void> {
  const { page } = here;
  await page.getByText('Nothing is missing').waitFor();
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByText(/^Done: /).waitFor();
}

describe.skipIf(noBrowser)('a selection', () => {
  let search = '';
  const names: string[] = [];

  it('begins with what the panel found, a row for everybody in the running', async () => {
    search = await searchAt('selection');
    const found = await runners(hr, search);
    expect(found.size).toBeGreaterThan(1);
    names.push(...[...found.values()].map(String));
    const ana = await colleague(browser, 'Ana Reyes', { width: 320, height: 700, dark: true });
    const sunil = [...found].find(([, name]) => name === 'Sunil Mehra')?.[0] ?? '';
    await decideAs(ana, sunil, 'submit_sheet', {
      ratings,
      notes: { text: 'Named three ways to begin, and let the person choose.' },
    });
    const { page } = ana;
    await open(ana, `/cases/${search}/do/state_consensus`);
    for (const name of names) {
      const entry = page.getByRole('group', { name, exact: true });
      await entry.getByLabel('Acceptable').check();
    }
    await look(ana, 'consensus-320-dark');
    await decided(ana, 'Record it for the panel');
    expect(ana.wrong).toEqual([]);
    await ana.context.close();
    for (const name of ['Marisol Vega', 'Theo Lindqvist']) {
      const login = name === 'Marisol Vega' ? 'supervisor' : null;
      const one = await (login === null ? colleague(browser, name) : seatOf(browser, login));
      await decideAs(one, search, 'answer_consensus', { dissents: [] });
      await one.context.close();
    }
    await decideAs(hr, search, 'record_references', { outcome: 'done_same_questions', unreachable: [] });
  });

  it('D4.7 is asked of the hiring manager once, who reads who is in the running and no single sheet', async () => {
    const { page } = manager;
    expect(new Set((await runners(manager, search)).values())).toEqual(new Set(names));
    await open(manager, '/');
    const asked = section(manager, 'What you are asked for');
    await asked.getByRole('link', { name: 'Prepare the first day' }).waitFor();
    expect(await asked.getByRole('link', { name: 'Decide the selection' }).count()).toBe(1);
    await asked.getByRole('link', { name: 'Decide the selection' }).click();
    await section(manager, 'Applications').getByRole('link', { name: names[0] }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    interface Past {
      readonly past: readonly { readonly kind: string | null; readonly body: object | null }[];
    }
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    const { past } = await askAs<Past>(manager, 'GET', `/cases/${id}/timeline`);
    const bodies = (kind: string) => past.filter((row) => row.kind === kind && row.body !== null).length;
    expect(bodies('applied')).toBe(1);
    expect(bodies('sheet_submitted')).toBe(0);
    await look(manager, 'application');
  });

  it('D4.7 R4.7 one word for everybody, by name, with reasons in words; a reserve has an order', async () => {
    const { page } = manager;
    await open(manager, `/cases/${search}`);
    await page.getByRole('link', { name: 'Decide the selection' }).first().click();
    const [first = '', second = '', ...others] = names;
    const of = (name: string) => page.getByRole('group', { name, exact: true });
    await page.getByText(`${first} › Outcome`).waitFor();
    await of(first).getByLabel('Select', { exact: true }).check();
    await of(first).getByLabel('Relationships').check();
    await of(second).getByLabel('In reserve').check();
    await of(second).getByLabel('Place in the order').fill('1');
    await of(second).getByLabel('How they stand beside the others').check();
    for (const name of others) {
      await of(name).getByLabel('Not selected').check();
      expect(await of(name).getByLabel('Place in the order').count()).toBe(0);
      await of(name).getByLabel('Work in the team').check();
    }
    expect(await page.getByText(/\bRC_/).count()).toBe(0);
    await look(manager, 'form');
    await decided(manager, 'Propose this selection');
  });

  it('G4 HR confirms it and goes on: the offer of whoever was selected can be drafted', async () => {
    const { page } = hr;
    await open(hr, `/cases/${search}/do/confirm_selection`);
    await decided(hr, 'Decide');
    const [first = ''] = names;
    await page.getByRole('link', { name: 'See the case' }).click();
    const row = section(hr, 'Applications').getByRole('row', { name: first });
    await row.getByText('Offer', { exact: true }).waitFor();
    await row.getByRole('link', { name: first }).click();
    await page.getByText('Everything you may decide here').click();
    await page.getByRole('link', { name: 'Draft an offer', exact: true }).click();
    await page.getByLabel('Pay per hour').waitFor();
    // Whoever is not selected is told by HR, and the hiring manager reads no more of them.
    expect([...(await runners(manager, search)).values()]).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  askAs,
  axeFaults,
  noBrowser,
  open,
  openBrowser,
  overflow,
  picture,
  seatOf,
  settled,
} from './browser.ts';
import type { Seat, ListedCase } from './browser.ts';

/** What HR reads on the pages: names in place of refs, pictures with a table of the same numbers, and no tab that opens nothing. */

let browser: Browser;
let hr: Seat;
let phone: Seat;

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  hr = await seatOf(browser, 'hr', { width: 1400 });
  phone = await seatOf(browser, 'hr', { width: 320, height: 700, dark: true });
});
afterAll(async () => {
  if (!noBrowser) expect([hr.wrong, phone.wrong]).toEqual([[], []]);
  await browser?.close();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => picture(hr, 'reading-failed'));
});

/** The same page at both widths: nothing in the way of anybody, nothing cut off; a picture of each is kept. */
async function look(name: string): Promise<void> {
  const { pathname } = new URL(hr.page.url());
  if (new URL(phone.page.url()).pathname !== pathname) await open(phone, pathname);
  for (const [here, width] of [
    [hr, '1400'],
    [phone, '320-dark'],
  ] as const) {
    await settled(here);
    expect(await axeFaults(here), `${name} ${width}`).toEqual([]);
    expect(await overflow(here), `${name} ${width}`).toBe(0);
    await picture(here, `reading-${name}-${width}`);
  }
}

async function caseAt(kind: string, stage: string): Promise<string> {
  const { list } = await askAs<{ list: ListedCase[] }>(hr, 'GET', `/cases?all=true&kind=${kind}`);
  return list.find((one) => one.stage === stage)?.case ?? '';
}

const raw = /\b(prs|site|txt|org)_[0-9a-z]{6}|\b\d{13}\b|\bRC_|\bperson [0-9A-Z]{4}\b/;

describe.skipIf(noBrowser)('reading', () => {
  it('who stands in is somebody who works here, and whoever was hired is no candidate any more', async () => {
    interface People {
      readonly list: readonly { person: string; name: string; capacities: { capacity: string }[] }[];
    }
    const { list } = await askAs<People>(hr, 'GET', '/people');
    const are = (name: string) =>
      list.find((one) => one.name === name)?.capacities.map(({ capacity }) => capacity);
    expect(are('Devon Osei')).toContain('employee');
    expect(are('Devon Osei')).not.toContain('candidate');
    expect(are('Sunil Mehra')).toEqual(['candidate']);
    const { page } = hr;
    await open(hr, '/me');
    const choices = page.getByLabel('Who answers for you').locator('option');
    await choices.filter({ hasText: 'Marisol Vega' }).waitFor({ state: 'attached' });
    const names = await choices.allInnerTexts();
    for (const nobody of ['Sunil Mehra', 'Tobias Grant', 'Dana Okafor'])
      expect(names.filter((one) => one.startsWith(nobody))).toEqual([]);
  });

  it('a row of the history and the readers of a day are said by name', async () => {
    const { page } = hr;
    const employment = await caseAt('employment', 'onboarding');
    await open(hr, `/cases/${employment}/history`);
    await page.getByRole('region', { name: 'Entries of this case' }).waitFor();
    await settled(hr);
    expect(raw.exec(await page.locator('main').innerText())).toBeNull();
    await open(hr, `/cases/${employment}/then`);
    await page.locator('summary', { hasText: 'Who could read it then' }).click();
    await page.getByRole('cell', { name: 'Dana Okafor' }).first().waitFor();
    expect(raw.exec(await page.locator('main').innerText())).toBeNull();
  });

  it('a confidential matter that HR may not read offers no tab that opens nothing', async () => {
    const { page } = hr;
    const { list } = await askAs<{ list: ListedCase[] }>(hr, 'GET', '/cases?kind=clock');
    expect(list.length).toBeGreaterThan(0);
    for (const one of list) {
      await open(hr, `/cases/${one.case}`);
      const parts = page.getByRole('navigation', { name: 'Parts of this case' }).getByRole('link');
      for (const name of await parts.allInnerTexts()) {
        await parts.filter({ hasText: name }).click();
        await settled(hr);
        expect(await page.getByText('unknown_case').count(), `${one.case} ${name}`).toBe(0);
        expect(await page.locator('.note-missing').count(), `${one.case} ${name}`).toBe(0);
      }
    }
  });

  it('the map of what is late and its table hold the same numbers', async () => {
    for (const { page } of [hr, phone]) {
      await page.goto('/reports');
      await page.getByLabel('Report').selectOption('overdue');
      await page.getByRole('region', { name: 'Map of what is late' }).waitFor();
    }
    const { page } = hr;
    const cells = await page.locator('.heat .heat-number').allTextContents();
    const table = page.getByRole('region', { name: 'The map as a table' });
    const rows = await table.locator('tbody tr').all();
    const twin: string[] = [];
    for (const row of rows) {
      const all = await row.locator('td').allInnerTexts();
      twin.push(...all.slice(1, -1).map((one) => one.trim()));
    }
    expect(cells).toEqual(twin);
    const { list } = await askAs<{ list: unknown[] }>(hr, 'GET', '/waiting?late=true');
    expect(cells.reduce((sum, one) => sum + Number(one), 0)).toBe(list.length);
    await look('late');
  });

  it('a hire’s timeline shows gates, planned days and leave, and every dot stands in its table', async () => {
    const { page } = hr;
    const employment = await caseAt('employment', 'supervision');
    await open(hr, `/cases/${employment}/timeline`);
    const chart = page.getByRole('region', { name: 'Picture of the timeline' });
    await chart.waitFor();
    expect(await chart.locator('.rest').count()).toBe(1);
    expect(await chart.locator('.gate-shape').count()).toBeGreaterThan(2);
    expect(await chart.locator('.plan-real').count()).toBeGreaterThan(2);
    await page.getByText('All entries as a table').click();
    const dots = await chart.locator('.dot').count();
    expect(dots).toBeGreaterThan(400);
    expect(
      await page.getByRole('region', { name: 'All entries, newest first' }).locator('tbody tr').count(),
    ).toBe(dots);
    const marks = page.getByRole('region', { name: 'Gates, planned days and leave' });
    await marks.getByRole('row', { name: /^Leave/ }).waitFor();
    await page.getByText('All entries as a table').click();
    await look('timeline');
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  axeFaults,
  demo,
  firstCases,
  noBrowser,
  open,
  openBrowser,
  overflow,
  picture,
  seat,
  settled,
  signIn,
} from './browser.ts';
import type { Seat } from './browser.ts';

/** Every page as each of the five sees it: no fault of access, nothing cut off at 320 px, no broken policy. */

let browser: Browser;
beforeAll(async () => {
  if (!noBrowser) browser = await openBrowser();
});
afterAll(async () => browser?.close());

const places = [
  '/',
  '/people',
  '/policy',
  '/dates',
  '/reports',
  '/directory',
  '/records',
  '/history',
  '/me',
  '/help',
];

const nameOf = (path: string): string =>
  path === '/'
    ? 'today'
    : path
        .slice(1)
        .replaceAll(/-[0-9a-z]{26}/g, '')
        .replaceAll('/', '-');

async function visit(here: Seat, path: string): Promise<void> {
  await open(here, path);
  await settled(here);
  // The page for an address that is none has no fault either.
  expect(await here.page.getByRole('heading', { name: 'There is no such page' }).count(), path).toBe(0);
}

describe.skipIf(noBrowser)('signing in', () => {
  it('a wrong password is told in words, and the page has no fault', async () => {
    const here = await seat(browser, { width: 320 });
    await here.page.goto('/');
    await here.page.getByLabel('Login').fill('hr');
    await here.page.getByLabel('Password').fill('not the password');
    await here.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await here.page.getByText('do not belong together').waitFor();
    expect(await axeFaults(here)).toEqual([]);
    expect(await overflow(here)).toBe(0);
    expect(here.wrong).toEqual([]);
    await picture(here, 'sign-in-320');
    await here.context.close();
  });
});

describe.skipIf(noBrowser).each(demo.logins.map(({ login }) => login))('the pages of %s', (login) => {
  it.each([
    ['on a wide screen', { width: 1280 }],
    ['in the dark, on a phone', { width: 320, height: 700, dark: true }],
  ])('%s', async (_what, screen) => {
    const here = await seat(browser, screen);
    await signIn(here, login);
    const faults: string[] = [];
    const cases = [...(await firstCases(here)).values()].map((id) => `/cases/${id}`);
    for (const path of [...places, ...cases]) {
      await visit(here, path);
      for (const fault of await axeFaults(here)) faults.push(`${nameOf(path)}: ${fault}`);
      const over = await overflow(here);
      if (over > 0) faults.push(`${nameOf(path)}: ${over} px too wide`);
      await picture(here, `${login}-${nameOf(path)}-${screen.width}`);
    }
    expect(faults).toEqual([]);
    expect(here.wrong).toEqual([]);
    await here.context.close();
  });
});

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

/** 400 % of 1280 by 1024 leaves 320 by 256: nothing is lost, and nobody reads by scrolling in two directions. It only looks. */

let browser: Browser;
beforeAll(async () => {
  if (!noBrowser) browser = await openBrowser();
});
afterAll(async () => browser?.close());

const places = ['/', '/people', '/policy', '/dates', '/reports', '/directory', '/records', '/history', '/me'];
const views = ['timeline', 'gates', 'agreement', 'people', 'documents', 'history', 'then', 'proof'];

/** What is cut off, lies beside the window, or covers it. Charts and tables may be moved in their own box. */
const LOST = `(() => {
  const lost = [];
  const nameOf = (one) => one.tagName.toLowerCase() + '.' + one.className + ' ' + (one.textContent || '').trim().slice(0, 30);
  const inBox = (one) => one.closest('.table-box, .chart-box') !== null;
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || one.closest('.hidden, .skip, svg') !== null || inBox(one)) continue;
    const style = getComputedStyle(one);
    if (style.clipPath !== 'none' || style.visibility === 'hidden') continue;
    const cut = one.scrollWidth > one.clientWidth + 1 && style.overflowX !== 'visible' && one.clientWidth > 0;
    if (cut && !['INPUT', 'SELECT', 'TEXTAREA'].includes(one.tagName)) lost.push('cut off: ' + nameOf(one));
    if (box.right > innerWidth + 1 || box.left < -1) lost.push('beside the window: ' + nameOf(one));
    if (['fixed', 'sticky'].includes(style.position) && box.height > innerHeight / 3) lost.push('covers the page: ' + nameOf(one));
  }
  return lost.slice(0, 5);
})()`;

/** The forms of a case: what its reader is asked for first, or may do at all. */
async function formsOf({ page }: Seat, id: string): Promise<readonly string[]> {
  const answer = await page.request.get(`/api/cases/${id}/commands`);
  const { list } = (await answer.json()) as { list: { type: string }[] };
  return list.slice(0, 2).map(({ type }) => `/cases/${id}/do/${type}`);
}

async function addressesFor(here: Seat): Promise<readonly string[]> {
  const cases = await firstCases(here);
  const all: string[] = [...places];
  for (const [kind, id] of cases) {
    all.push(`/cases/${id}`, ...(await formsOf(here, id)));
    if (kind !== 'employment' && kind !== 'role') continue;
    all.push(
      ...views
        .filter((view) => view !== 'agreement' || kind === 'role')
        .map((view) => `/cases/${id}/${view}`),
    );
  }
  return all;
}

const shortened = (path: string): string => path.replaceAll(/-[0-9a-z]{26}/g, '');

describe.skipIf(noBrowser).each(demo.logins.map(({ login }) => login))(
  '400 % of the pages of %s',
  (login) => {
    it('keeps everything, and scrolls one way', async () => {
      const here = await seat(browser, { width: 320, height: 256 });
      await signIn(here, login);
      const faults: string[] = [];
      for (const path of await addressesFor(here)) {
        await open(here, path);
        await settled(here);
        const over = await overflow(here);
        if (over > 0) faults.push(`${shortened(path)}: ${over} px too wide`);
        for (const lost of (await here.page.evaluate(LOST)) as string[])
          faults.push(`${shortened(path)}: ${lost}`);
      }
      await here.page.goto('/');
      await settled(here);
      await picture(here, `${login}-today-400`);
      expect(faults).toEqual([]);
      expect(here.wrong).toEqual([]);
      await here.context.close();
    });
  },
);

describe.skipIf(noBrowser)('the record on paper', () => {
  it('keeps what a reader needs, without what only a screen is for', async () => {
    const here = await seat(browser, { width: 794, height: 1123, dark: true });
    await signIn(here, 'hr');
    const id = (await firstCases(here)).get('employment') ?? '';
    for (const view of ['now', 'timeline', 'gates', 'history']) {
      await here.page.goto(`/cases/${id}/${view}`);
      await settled(here);
      await here.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await here.page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
      expect(await here.page.getByRole('navigation').count()).toBe(0);
      expect(await overflow(here)).toBe(0);
      // Black on white, whatever the screen looks like.
      const colours = await here.page.evaluate(
        `[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]`,
      );
      expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
      // What is folded together on a screen cannot be opened on paper; buttons are no use there.
      const folded = await here.page.evaluate(
        `[...document.querySelectorAll('main details:not(.tries):not(.everything) > :not(summary, .buttons)')]
          .filter((one) => !one.checkVisibility()).length`,
      );
      expect(folded, view).toBe(0);
      await picture(here, `print-record-${view}`);
      expect(await axeFaults(here)).toEqual([]);
      await here.page.emulateMedia({ media: null, colorScheme: 'dark' });
    }
    expect(here.wrong).toEqual([]);
    await here.context.close();
  });
});

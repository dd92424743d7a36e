import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

/** A real browser on pages without script: what they look like on a phone, and what a checker of accessibility finds. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });

interface Looks {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}
export const looks: readonly Looks[] = [
  { width: 320, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
];

/** @returns what axe finds, one line each; none for a page that is well made */
export async function violations(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(`(async () => { const module = {}; ${axe}; const found = await axe.run();
    return found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target).join(' ')); })()`);
  return found as readonly string[];
}

/** @returns by how many pixels a page is wider than its window: nobody reads by scrolling sideways */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Keeps a picture where `PICTURES` says; else nowhere. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Looks at a page in every size and light. @returns what is wrong with it */
export async function faultsOf(browser: Browser, address: string, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { width, scheme } of looks) {
    // The checker is put into the page past its own policy; the policy itself has a test of headers.
    const context = await browser.newContext({
      ...{ viewport: { width, height: 800 }, colorScheme: scheme, bypassCSP: true },
    });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
    await page.goto(address);
    faults.push(...(await violations(page)));
    const wide = await overflow(page);
    if (wide > 0) faults.push(`${width}: ${wide} px too wide`);
    await keepPicture(page, `${name}-${width}-${scheme}`);
    await context.close();
  }
  return faults;
}

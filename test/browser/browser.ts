import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { inject } from 'vitest';
import { overflow as tooWide, picture as keep, violationsOn } from '../chromium.ts';

export { openBrowser } from '../chromium.ts';

export const demo = inject('demo');
export const noBrowser = demo.chromium === null;

const shots = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));

/** Somebody before a screen: their page, and everything that went wrong in it. */
export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console, broken rules of the content policy, and requests to anywhere else. */
  readonly wrong: string[];
}

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** Opens a page without anybody signed in. */
export async function seat(
  browser: Browser,
  { width = 1280, height = 900, dark = false }: Screen = {},
  address: string = demo.address,
): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    baseURL: address,
    bypassCSP: false,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    // A refused request is told on the page; the browser's own line about it is no fault of the page.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) wrong.push(`a request to ${new URL(request.url()).host}`);
  });
  return { context, page, wrong };
}

/** Signs in as one of the demo's five. */
export async function signIn({ page }: Seat, login: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(demo.passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sign in' }).waitFor();
}

/** Waits until nothing is being loaded any more. */
export async function settled({ page }: Seat): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page
    .getByText('Loading', { exact: false })
    .first()
    .waitFor({ state: 'detached', timeout: 10_000 })
    .catch(() => undefined);
}

/** What axe-core finds on the page as it is: a line for each fault. */
export const axeFaults = ({ page, context }: Seat): Promise<readonly string[]> => violationsOn(context, page);

/** How far the page reaches beyond its width, in pixels: 0 when nothing has to be scrolled sideways. */
export const overflow = ({ page }: Seat): Promise<number> => tooWide(page);

/** A picture of the whole page, kept beside the results. */
export const picture = ({ page }: Seat, name: string): Promise<void> => keep(page, shots, name);

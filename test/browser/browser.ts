import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { inject } from 'vitest';

export const demo = inject('demo');
export const noBrowser = demo.chromium === null;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));

/** A real browser of this machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: demo.chromium ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

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
): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    baseURL: demo.address,
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
    if (!request.url().startsWith(demo.address)) wrong.push(`a request to ${new URL(request.url()).host}`);
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

/** What axe-core finds on the page as it is: a line for each fault. Runs in the page's isolated world, past its policy. */
export async function axeFaults({ page, context }: Seat): Promise<readonly string[]> {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  await session.send('Runtime.evaluate', { expression: axe, contextId: executionContextId });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then((found) => JSON.stringify(found.violations))`,
    contextId: executionContextId,
    awaitPromise: true,
  });
  await session.detach();
  const violations = JSON.parse(String(result.value)) as AxeResults['violations'];
  return violations.map(
    (one) =>
      `${one.id}: ${one.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  );
}

/** How far the page reaches beyond its width, in pixels: 0 when nothing is cut off or has to be scrolled sideways. */
export function overflow({ page }: Seat): Promise<number> {
  return page.evaluate(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}

/** A picture of the whole page, kept beside the results. */
export async function picture({ page }: Seat, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
}

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The system's own browser, for tests that look at pages as people do. */

const require = createRequire(import.meta.url);
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Named by the environment, else where systems put it; null where there is none. */
export function chromiumHere(): string | null {
  const named = process.env['PEER_HIRE_CHROMIUM'];
  const found = [...(named === undefined ? [] : [named]), ...places].find((path) => existsSync(path));
  // A machine that says it must be there fails without it; on others the tests that need it are skipped.
  if (found === undefined && process.env['PEER_HIRE_BROWSER'] === 'must')
    throw new Error('no Chromium was found; install it, or name it in PEER_HIRE_CHROMIUM');
  return found ?? null;
}

export const hasBrowser = chromiumHere() !== null;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumHere() ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on a page. It runs beside the page's own scripts, so that the page's policy stays as it is.
 * @returns each violation with the first places of it; empty when there is none
 */
export async function violationsOn(context: BrowserContext, page: Page): Promise<readonly string[]> {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const world = { frameId: frameTree.frame.id, worldName: 'axe' };
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', world);
  await session.send('Runtime.evaluate', { expression: axe, contextId });
  const expression = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) => JSON.stringify(
    found.violations.map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', '))))`;
  const asked = { expression, contextId, awaitPromise: true, returnByValue: true };
  const { result } = await session.send('Runtime.evaluate', asked);
  await session.detach();
  return JSON.parse(String(result.value)) as readonly string[];
}

/** By how many pixels a page is wider than its window: nobody reads by scrolling sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)');

/** Keeps a picture of the whole page in a folder; nowhere without one. */
export async function picture(page: Page, folder: string | undefined, name: string): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

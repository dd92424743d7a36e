import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The console built for a test, and the system's own browser to look at it with. */

const require = createRequire(import.meta.url);

/** Where the system's browser is; another one by CHROMIUM. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(CHROMIUM);

/** Pictures are kept where SHOTS says; nowhere without it. */
const SHOTS = process.env['SHOTS'] ?? null;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });

/** Builds the console into a folder of its own, as a release does: a test's own environment would build it for developers. */
export function builtConsole(): string {
  const outDir = mkdtempSync(join(tmpdir(), 'peer-hire-console-'));
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    env: { ...process.env, NODE_ENV: 'production', PEER_HIRE_WEB_OUT: outDir },
    stdio: 'ignore',
  });
  return outDir;
}

/** Bytes on the wire before the first page is there: the page, and every script and style that it names, compressed. */
export function firstLoadBytes(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const files = ['index.html', ...named].map((path) => gzipSync(readFileSync(join(folder, path))).length);
  return files.reduce((all, one) => all + one, 0);
}

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

/** True when something of the page can only be reached by scrolling sideways. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** Keeps a picture of the whole page, where pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === null) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

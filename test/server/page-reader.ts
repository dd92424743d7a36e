import type { Browser } from 'playwright-core';
import { overflow, picture, violationsOn } from '../chromium.ts';

/** Pages without script in a real browser: what they look like on a phone, and what a checker of accessibility finds. */

interface Looks {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}
const looks: readonly Looks[] = [
  { width: 320, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
];

/** Looks at a page in every size and light. @returns what is wrong with it */
export async function faultsOf(browser: Browser, address: string, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { width, scheme } of looks) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
    await page.goto(address);
    faults.push(...(await violationsOn(context, page)));
    const wide = await overflow(page);
    if (wide > 0) faults.push(`${width}: ${wide} px too wide`);
    await picture(page, process.env['PICTURES'], `${name}-${width}-${scheme}`);
    await context.close();
  }
  return faults;
}

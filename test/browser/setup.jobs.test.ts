import { readdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, noBrowser, openBrowser, overflow, picture, settled } from './browser.ts';
import type { Seat } from './browser.ts';
import { emptyStart } from './empty-start.ts';
import type { EmptyStart } from './empty-start.ts';
import { firstTime, getJson, showAgain } from './people.ts';

/** From an empty folder to the first role, by the pages alone. Everything here runs for itself: no demo is touched. */

const OWN = 'nine small lamps at dusk';
const LEADS = 'four green kites in march';

let browser: Browser;
let start: EmptyStart;
let admin: Seat;
let lead: Seat;

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  start = await emptyStart();
});
afterAll(async () => {
  await browser?.close();
  await start?.stop();
});

async function good(here: Seat, name: string): Promise<void> {
  const { page } = here;
  for (const [width, dark] of [
    [320, true],
    [1280, false],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await settled(here);
    // Colours that are still turning into others have the contrast of neither.
    await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished))');
    expect(await axeFaults(here), name).toEqual([]);
    expect(await overflow(here), name).toBe(0);
    await picture(here, `setup-${name}-${width}`);
  }
}

const step = ({ page }: Seat, title: string) => page.locator('details', { hasText: title }).first();
const done = (here: Seat, title: string) => step(here, title).getByText('✓ done').waitFor();

describe.skipIf(noBrowser).sequential('setting up from an empty folder', () => {
  it('lets the administrator in with what the terminal printed, and leads to the set-up', async () => {
    admin = await firstTime(browser, start.first, OWN, {}, start.console);
    await admin.page.getByText('This installation is new').waitFor();
    await good(admin, 'today');
    await admin.page.getByRole('link', { name: 'Set it up' }).click();
    await admin.page.getByRole('heading', { level: 1, name: 'Setting up' }).waitFor();
    await good(admin, 'begin');
  });

  it('names the organization and its first place, and takes its holidays from a calendar file', async () => {
    const { page } = admin;
    await page.getByLabel('What the organization is called').fill('Harbour Street Centre');
    await page.getByLabel('Its first place of work').fill('Harbour Street');
    await page.getByLabel('Time zone of that place').selectOption('America/Chicago');
    await page.getByLabel('Opens').fill('08:30');
    await page.getByRole('button', { name: 'Keep the name and add the place' }).click();
    await done(admin, 'The organization and its first place');
    // It is left here, and come back to.
    await page.getByRole('link', { name: 'Today' }).click();
    await page.getByRole('link', { name: 'Set it up' }).click();
    await done(admin, 'The organization and its first place');
    await step(admin, 'Holidays').locator('summary').click();
    await page.getByLabel('Holidays', { exact: true }).selectOption('file');
    const year = new Date().getUTCFullYear() + 1;
    await page.getByLabel('File with holidays').setInputFiles({
      name: 'closed.ics',
      mimeType: 'text/calendar',
      buffer: Buffer.from(
        [
          'BEGIN:VCALENDAR',
          ...[`${year}0101;New Year`, `${year}0704;Summer day`].flatMap((one) => {
            const [day, name] = one.split(';');
            return ['BEGIN:VEVENT', `DTSTART;VALUE=DATE:${day}`, `SUMMARY:${name}`, 'END:VEVENT'];
          }),
          'BEGIN:VEVENT',
          `DTSTART;VALUE=DATE:${year}1225`,
          'RRULE:FREQ=YEARLY',
          'END:VEVENT',
          'END:VCALENDAR',
        ].join('\r\n'),
      ),
    });
    await page.getByText(`2 days, from ${year}-01-01 to ${year}-07-04`).waitFor();
    await page.getByText('1 entry repeats by a rule').waitFor();
    await good(admin, 'holidays');
    await page.getByRole('button', { name: 'Take these holidays' }).click();
    await page.getByText('✓ In force: 2 holidays.').waitFor();
    const { list } = await getJson<{ list: { site: string; zone: string }[] }>(page, '/api/sites');
    expect(list.map(({ zone }) => zone)).toEqual(['America/Chicago']);
    const { calendar } = await getJson<{ calendar: { opens: string; holidays: { date: string }[] } }>(
      page,
      `/api/sites/${list[0]?.site ?? ''}/calendar`,
    );
    expect(calendar.opens).toBe('08:30');
    expect(calendar.holidays.map(({ date }) => date)).toEqual([`${year}-01-01`, `${year}-07-04`]);
  });

  it('tries the mail, and sees to the copies', async () => {
    const { page } = admin;
    await page.getByLabel('Address').fill('keeper@example.org');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await done(admin, '3. Mail');
    const caught = await (await fetch(start.mail.page ?? '')).text();
    expect(caught).toContain('keeper@example.org');
    await page.getByRole('button', { name: 'Sign the head of the ledger now' }).click();
    await page.getByText('✓ Signed, and copied to the second place.').waitFor();
    expect(readdirSync(start.copies).some((name) => name.endsWith('.anchor'))).toBe(true);
    expect(readdirSync(start.copies)).toContain('anchor.key.pub');
    await page.getByRole('button', { name: 'This is arranged' }).click();
    await done(admin, 'Where copies go');
  });

  it('names who leads HR; from then on that is theirs, and no more the administrator’s', async () => {
    const { page } = admin;
    const form = step(admin, 'Who leads HR');
    await form.getByLabel('Name').fill('Ingrid Castell');
    await form.getByLabel('Login: small letters').fill('ingrid');
    await form.getByRole('button', { name: 'Name them and give them a login' }).click();
    await showAgain(admin, OWN, page.getByText('The passphrase of ingrid: shown here only'));
    const passphrase = await page.locator('.note code').first().innerText();
    await good(admin, 'leads');
    const again = await page.request.post('/api/setup/lead', {
      data: { name: 'Somebody Else', login: 'else' },
      headers: { origin: start.console },
    });
    expect(again.status()).toBe(409);
    expect(((await again.json()) as { code: string }).code).toBe('founding_over');
    lead = await firstTime(browser, { login: 'ingrid', passphrase }, LEADS, {}, start.console);
  });

  it('goes on with the first supervisor and the first role, by whoever leads HR', async () => {
    const { page } = lead;
    await page.getByRole('link', { name: 'Go on with the set-up' }).click();
    await page.getByRole('heading', { level: 1, name: 'Setting up Harbour Street Centre' }).waitFor();
    await good(lead, 'director');
    await step(lead, 'The first supervisor').getByRole('link', { name: 'Who works here' }).click();
    await page.getByLabel('Name').fill('Bram Oduya');
    await page.getByRole('button', { name: 'Add to the directory' }).click();
    await page.getByText('They are in the directory.').waitFor();
    const { list } = await getJson<{ list: { person: string; name: string | null }[] }>(page, '/api/people');
    const bram = list.find((one) => one.name === 'Bram Oduya')?.person ?? '';
    await page.getByLabel('Capacity').selectOption('supervisor');
    await page.getByLabel('Person').last().selectOption(bram);
    await page.getByRole('button', { name: 'Give the office' }).click();
    await showAgain(lead, LEADS, page.getByText('They hold it from now on'));
    await page.goto('/setup');
    await done(lead, 'The first supervisor');
    await page.getByRole('link', { name: 'Begin the first role' }).click();
    await page.getByRole('heading', { level: 1, name: 'Start a role' }).waitFor();
    await good(lead, 'first-role');
  });

  it('leaves no error behind on any page', () => {
    expect(admin.wrong).toEqual([]);
    expect(lead.wrong).toEqual([]);
  });
});

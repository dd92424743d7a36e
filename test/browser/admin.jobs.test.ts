import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  axeFaults,
  demo,
  noBrowser,
  openBrowser,
  overflow,
  picture,
  seat,
  settled,
  signIn,
} from './browser.ts';
import type { Seat } from './browser.ts';
import { firstTime, getJson, giveLogin, personWith, showAgain } from './people.ts';

/**
 * The seven jobs of whoever administers, with those who see to a policy, a hold and an erasure. Their ground: HR's
 * director and the compliance officer get logins here; an auditor, somebody to be erased and somebody to be held are
 * added here. One number of the policy is changed, for one open case alone.
 */

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const OWN = 'six quiet boats at noon';
/** How often hours of training are looked at: it moves dates of hires, and none of this month. */
const KEY = 'P7.6.every_months';
const KEY_IN_WORDS = 'P7.6.every months';
const VALUE = '3';

let browser: Browser;
let folder = '';
const seats = new Map<string, Seat>();
const at = (who: string): Seat => {
  const found = seats.get(who);
  if (found === undefined) throw new Error(`${who} did not come in`);
  return found;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ph-admin-'));
  if (!noBrowser) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The page as it is has no fault, and fits; a picture is kept. */
async function good(here: Seat, name: string): Promise<void> {
  await settled(here);
  expect(await axeFaults(here), name).toEqual([]);
  expect(await overflow(here), name).toBe(0);
  await picture(here, `admin-${name}`);
}

/** The same page on a phone, in the dark. */
async function goodOnPhone(here: Seat, name: string): Promise<void> {
  const { page } = here;
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await good(here, `${name}-320`);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function addPerson({ page }: Seat, name: string): Promise<string> {
  await page.goto('/directory');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Add to the directory' }).click();
  await page.getByText('They are in the directory.').waitFor();
  const { list } = await getJson<{ list: { person: string; name: string | null }[] }>(page, '/api/people');
  return list.find((one) => one.name === name)?.person ?? '';
}

/** HR's director gives an office everywhere. */
async function giveOffice(here: Seat, person: string, capacity: string): Promise<void> {
  const { page } = here;
  await page.getByLabel('Capacity').selectOption(capacity);
  await page.getByLabel('Person').last().selectOption(person);
  await page.getByRole('button', { name: 'Give the office' }).click();
  await showAgain(here, OWN, page.getByText('They hold it from now on'));
}

const ledgerVerify = (file: string) =>
  spawnSync(process.execPath, [program, 'ledger', 'verify', file, '--json']);

describe.skipIf(noBrowser).sequential('whoever administers', () => {
  it('lets people in: a login that opens nothing but choosing a password', async () => {
    const admin = await seat(browser);
    await signIn(admin, 'admin');
    seats.set('admin', admin);
    await admin.page.getByRole('heading', { name: 'What you look after' }).waitFor();
    await good(admin, 'today');
    await goodOnPhone(admin, 'today');
    const director = await giveLogin(admin, 'director', await personWith(admin, 'hr_director'));
    await good(admin, 'logins');
    await goodOnPhone(admin, 'logins');
    seats.set('director', await firstTime(browser, director, OWN));
    // Who leads HR gives the office; whoever keeps the logins gives none.
    const lead = at('director');
    const auditor = await addPerson(lead, 'Ada Winters');
    await giveOffice(lead, auditor, 'auditor');
    await good(lead, 'offices');
    seats.set('auditor', await firstTime(browser, await giveLogin(admin, 'auditor', auditor), OWN));
    const officer = await personWith(admin, 'compliance');
    seats.set('officer', await firstTime(browser, await giveLogin(admin, 'compliance', officer), OWN));
  });

  it('1 finds any event, and takes it along with the filter on it', async () => {
    const { page } = at('auditor');
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('link', { name: 'Search the history' }).click();
    await page.getByLabel('What happened').fill('offer sent');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('for offer sent', { exact: false }).waitFor();
    const rows = await page.getByRole('row').count();
    expect(rows).toBeGreaterThan(1);
    await good(at('auditor'), 'history');
    await goodOnPhone(at('auditor'), 'history');
    // The address keeps the filter.
    await page.reload();
    await page.getByText('for offer sent', { exact: false }).waitFor();
    await page.getByRole('region', { name: 'Entries found' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(rows);
    await page.getByRole('button', { name: 'Take these entries along (CSV)' }).click();
    // A file leaves: who is there is shown again, where they did not just now.
    const save = page.getByRole('link', { name: 'Save history.csv' });
    await showAgain(at('auditor'), OWN, save);
    const [file] = await Promise.all([page.waitForEvent('download'), save.click()]);
    const lines = readFileSync(await file.path(), 'utf8').split('\n');
    expect(lines[0]).toBe('asked for,kind offer_sent');
    expect(lines[3]).toBe(`entries,${rows - 1}`);
    expect(lines.filter((line) => line.includes(',offer_sent,'))).toHaveLength(rows - 1);
  });

  it('2 shows a hire as of a date: the same answer twice', async () => {
    const here = at('auditor');
    const { page } = here;
    const { list } = await getJson<{ list: { case: string; kind: string }[] }>(page, '/api/cases?all=true');
    // The one that began first: most of its life lies behind it.
    const hires = await Promise.all(
      list
        .filter((one) => one.kind === 'employment')
        .map(async (one) => {
          const { shown } = await getJson<{ shown: { openedAt: number } }>(page, `/api/cases/${one.case}`);
          return { ...one, openedAt: shown.openedAt };
        }),
    );
    const [first] = hires.toSorted((a, b) => a.openedAt - b.openedAt);
    const hire = first?.case ?? '';
    const day = new Date((first?.openedAt ?? 0) + 60 * 86_400_000);
    const asked = async (): Promise<string> => {
      await page.goto(`/cases/${hire}`);
      await page.getByRole('link', { name: 'As of a day' }).click();
      await page.getByLabel('Or name a day').fill(day.toISOString().slice(0, 10));
      await page.getByRole('status').filter({ hasText: 'looking it up' }).waitFor({ state: 'hidden' });
      const facts = page.locator('section', { hasText: 'As of a day' });
      await facts.getByText('Last entry').waitFor();
      return facts.innerText();
    };
    const then = await asked();
    await good(here, 'as-of');
    await goodOnPhone(here, 'as-of');
    await page.goto('/');
    expect(await asked()).toBe(then);
  });

  it('3 proves the gates: here, and on another machine from a file', async () => {
    const admin = at('admin');
    await admin.page.getByRole('link', { name: 'peer-hire' }).click();
    await admin.page.getByRole('link', { name: 'How it runs' }).click();
    await admin.page.getByRole('button', { name: 'Prove the ledger now' }).click();
    await admin.page.getByText('✓ Everything holds').waitFor({ timeout: 60_000 });
    await good(admin, 'proof');
    const { page } = at('director');
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('link', { name: 'Records' }).click();
    await page.getByRole('button', { name: 'Make the file' }).click();
    const [taken] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save ledger.jsonl' }).click(),
    ]);
    const file = join(folder, 'ledger.jsonl');
    await taken.saveAs(file);
    expect(ledgerVerify(file).status).toBe(0);
    // One word of it changed: the first wrong place is named.
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"offer_sent"', '"offer_held"'));
    expect(ledgerVerify(file).status).toBe(1);
  });

  it('4 changes a number safely: the difference, the dates it moves, and for whom', async () => {
    const here = at('director');
    const { page } = here;
    await page.getByRole('link', { name: 'Policy', exact: true }).click();
    await page.getByLabel('Find a number').fill(KEY_IN_WORDS);
    await page.getByRole('link', { name: `Change ${KEY_IN_WORDS}` }).click();
    await page.getByLabel('New value').fill(VALUE);
    await page.getByLabel('In a few words').fill('leadership meeting');
    await page.getByRole('button', { name: 'See what it changes' }).click();
    await page.getByRole('region', { name: 'What would be different' }).getByText(VALUE).waitFor();
    const answered = page.waitForResponse((one) => one.url().endsWith('/rehearsal') && one.ok());
    await page.getByRole('button', { name: 'Try it on every open case' }).click();
    const ticks = page.getByLabel('Move this one', { exact: false });
    await showAgain(here, OWN, ticks);
    await good(here, 'rehearsal');
    await goodOnPhone(here, 'rehearsal');
    const rehearsed = (await (await answered).json()) as {
      list: { case: string; moved: { what: string; after: number | null }[] }[];
    };
    await ticks.first().check();
    const [first] = rehearsed.list;
    const moved = first?.case ?? '';
    const after = first?.moved.find((one) => one.after !== null);
    await page.getByLabel('Those that I ticked above, too').check();
    await page.getByRole('button', { name: 'Put it in force' }).click();
    await page.getByRole('button', { name: 'Yes, from now on' }).click();
    await page.getByText('✓ In force at').waitFor();
    await good(here, 'in-force');
    // The hire that was chosen says so; the place has the new number, with its source.
    const { list } = await getJson<{ list: { site: string }[] }>(page, '/api/sites');
    const shown = await getJson<{ values: { key: string; value: unknown; source: string }[] }>(
      page,
      `/api/sites/${list[0]?.site ?? ''}/policy`,
    );
    expect(shown.values.find((one) => one.key === KEY)).toMatchObject({
      value: Number(VALUE),
      source: 'O leadership meeting',
    });
    await expect
      .poll(async () => {
        const asked = `/api/history?case=${moved}&kind=terms_adopted`;
        return (await getJson<{ list: unknown[] }>(page, asked)).list.length;
      })
      .toBeGreaterThan(0);
    // What was rehearsed is what came: the date that was shown is the one it is asked for now.
    const { ahead } = await getJson<{ ahead: { why: { code?: string; due: number } }[] }>(
      page,
      `/api/cases/${moved}/timeline`,
    );
    expect(ahead.map(({ why }) => [why.code, why.due])).toContainEqual([after?.what, after?.after]);
  });

  it('5 erases one person and holds another, and the ledger still verifies', async () => {
    const here = at('director');
    const { page } = here;
    const gone = await addPerson(here, 'Otis Marlow');
    const held = await addPerson(here, 'Wanda Birch');
    await giveOffice(here, held, 'team_member');
    const officer = at('officer');
    await officer.page.getByRole('link', { name: 'People', exact: true }).click();
    await officer.page.getByRole('link', { name: 'Records' }).click();
    await officer.page.getByRole('link', { name: 'Begin a hold' }).click();
    await officer.page.getByLabel('Place of work').selectOption({ index: 1 });
    await officer.page.getByLabel('Subject: which').selectOption({ label: 'A person' });
    await officer.page.getByLabel('Subject', { exact: true }).selectOption(held);
    const reason = officer.page.getByRole('group', { name: 'Reason' });
    await reason.getByRole('radio', { name: 'Inquiry' }).check();
    await officer.page.getByLabel('Day', { exact: true }).fill('2026-07-20');
    await officer.page.getByLabel('Review', { exact: true }).fill('2026-12-01');
    await officer.page.getByText('Nothing is missing').waitFor();
    await good(officer, 'hold');
    await officer.page.getByRole('button', { name: 'Decide' }).click();
    await officer.page.getByText('Done:').waitFor();
    // A second of those who look after holds confirms it.
    await page.goto('/records');
    const holds = page.getByRole('region', { name: 'Legal holds' });
    await holds.getByText('waits for a second person').waitFor();
    await good(here, 'records');
    await goodOnPhone(here, 'records');
    await holds.getByRole('link').first().click();
    await page.getByRole('link', { name: 'Confirm hold' }).first().click();
    await page.getByRole('button', { name: 'Decide' }).click();
    await showAgain(here, OWN, page.getByText('Done:'));
    // What is held is not erased; who is not, is gone for good.
    const erase = async (person: string): Promise<void> => {
      await page.goto('/records');
      const part = page.locator('section', { hasText: 'Erase somebody' });
      await part.getByLabel('Person').selectOption(person);
      await part.getByLabel('For good').check();
      await part.getByRole('button', { name: 'Erase for good' }).click();
    };
    await erase(held);
    await showAgain(here, OWN, page.getByRole('alert'));
    await good(here, 'not-erased');
    await erase(gone);
    await showAgain(here, OWN, page.getByText('Erased. The reference stays'));
    const { list } = await getJson<{ list: { person: string; erased: boolean; name: string | null }[] }>(
      page,
      '/api/people',
    );
    expect(list.find((one) => one.person === gone)?.name ?? null).toBeNull();
    expect(list.find((one) => one.person === held)?.name).toBe('Wanda Birch');
    expect((await getJson<{ ok: boolean }>(page, '/api/proof')).ok).toBe(true);
  });

  it('6 looks whether the machine is well, and signs the head of the ledger', async () => {
    const admin = at('admin');
    const { page } = admin;
    await page.goto('/machine');
    await page.getByText('Nothing is wrong').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Sign the head of the ledger now' }).click();
    await page.getByText('✓ Signed').waitFor();
    await page.getByRole('region', { name: 'Signed heads, the latest first' }).waitFor();
    await good(admin, 'machine');
    await goodOnPhone(admin, 'machine');
  });

  it('7 connects: a test mail arrives, a program is refused where nobody listed its host, a token reads counts', async () => {
    const admin = at('admin');
    const { page } = admin;
    await page.goto('/machine');
    await page.getByLabel('Address').fill('iris@example.org');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await page.getByText('✓ The mail server took it.').waitFor();
    const caught = await (await fetch(demo.mail ?? '')).text();
    expect(caught).toContain('iris@example.org');
    await page.getByRole('link', { name: 'Programs that are told' }).click();
    await showAgain(admin, demo.passphrase, page.getByText('No program is told'));
    await page.getByLabel('Address of the program').fill('https://programs.example.org/hook');
    await page.getByRole('button', { name: 'Tell it from now on' }).click();
    await page.getByRole('alert').waitFor();
    await good(admin, 'programs');
    await goodOnPhone(admin, 'programs');
    await page.getByRole('link', { name: 'Iris Keller' }).click();
    await page.getByText('Make a token for a program').click();
    await page.getByLabel('Read counts of the machine').check();
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('Your new token: shown here only').waitFor();
    const token = await page.locator('.note code.hash').innerText();
    await good(admin, 'token');
    await goodOnPhone(admin, 'token');
    const metrics = (): Promise<Response> =>
      fetch(new URL('/api/metrics', demo.address), { headers: { authorization: `Bearer ${token}` } });
    expect((await metrics()).status).toBe(200);
    await page.getByRole('button', { name: /^End it: the token/ }).click();
    await page.getByText('You have no token.').waitFor();
    expect((await metrics()).status).toBe(401);
  });

  it('ends an office, and what it opened closes at once', async () => {
    const lead = at('director');
    const { page } = lead;
    await page.goto('/directory');
    await page.locator('summary', { hasText: 'Who holds what' }).click();
    await page.getByRole('button', { name: 'End it: auditor, Ada Winters' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('no longer').waitFor();
    await good(lead, 'end-office');
    await dialog.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('button', { name: 'End it: auditor, Ada Winters' }).waitFor({ state: 'detached' });
    const auditor = at('auditor');
    const asked = await auditor.page.request.get('/api/history');
    expect(asked.status()).toBe(403);
  });

  it('leaves no error behind on any page', () => {
    for (const [who, { wrong }] of seats) expect(wrong, who).toEqual([]);
  });
});

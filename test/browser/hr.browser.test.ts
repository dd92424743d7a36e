import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
import { colleague, seated } from './colleagues.ts';
import type { Colleague } from './colleagues.ts';

/**
 * The seven jobs of an HR department, by its pages. Theirs alone here: Ruth Calder’s application, the role and the people
 * that the jobs make themselves. The search that is posted gets two more applications and marked questions.
 */

let browser: Browser;
let here: Seat;
let hr: Colleague;
const people = new Map<string, string>();

interface Row {
  readonly case: string;
  readonly kind: string;
  readonly stage: string;
}
interface Subject {
  readonly case: string;
  readonly name: string | null;
}

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  here = await seat(browser);
  await signIn(here, 'hr');
  hr = await seated(browser, 'hr');
  const { list } = await hr.get<{ list: { person: string; name: string | null }[] }>('/people');
  for (const { person, name } of list) people.set(name ?? '', person);
});
afterAll(async () => {
  if (!noBrowser) expect(here.wrong).toEqual([]);
  await browser?.close();
});

// What somebody had before them when a job failed.
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => picture(here, 'hr-failed'));
});

const refOf = (name: string): string => people.get(name) ?? '';
const others = new Map<string, Colleague>();
/** Somebody else: those of the demo’s five by their own login. */
const ofFive: Readonly<Record<string, string>> = {
  'Grace Lindholm': 'manager',
  'Marisol Vega': 'supervisor',
};
async function other(name: string): Promise<Colleague> {
  const login = ofFive[name];
  const known =
    others.get(name) ??
    (await (login === undefined ? colleague(browser, refOf(name)) : seated(browser, login)));
  others.set(name, known);
  return known;
}

async function caseOf(kind: string, stage: string): Promise<string> {
  const { list } = await hr.get<{ list: Row[] }>('/cases');
  return list.find((one) => one.kind === kind && one.stage === stage)?.case ?? '';
}
async function applicationOf(name: string): Promise<string> {
  const { list } = await hr.get<{ list: Subject[] }>('/subjects');
  return list.find((one) => one.name === name && one.case.startsWith('candidacy-'))?.case ?? '';
}

/** Looks at the page as it is: nothing in the way of anybody, nothing cut off; a picture is kept. */
async function look(name: string, on: Seat = here): Promise<void> {
  await settled(on);
  expect(await axeFaults(on), name).toEqual([]);
  expect(await overflow(on), name).toBe(0);
  await picture(on, `hr-${name}`);
}

/** Presses the button of a form and waits until it says that it is done. */
async function decided(on: Seat = here): Promise<void> {
  const { page } = on;
  await page.getByText('Nothing is missing').waitFor();
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  const again = page.getByRole('dialog');
  const done = page.getByText(/^Done: /);
  await done.or(again).first().waitFor();
  if (await again.isVisible()) {
    await again.getByLabel('Password').fill(demo.passphrase);
    await again.getByRole('button', { name: 'Go on' }).click();
  }
  await done.waitFor();
}

/** Opens what can be decided in the case that is shown. */
async function opens(name: string | RegExp, on: Seat = here): Promise<void> {
  const { page } = on;
  await page.getByText('Everything you may decide here').click();
  await page
    .getByRole('link', { name, exact: typeof name === 'string' })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** From what is done back to its case. */
const back = (on: Seat = here): Promise<void> => on.page.getByRole('link', { name: 'See the case' }).click();

const team = ['Grace Lindholm', 'Marisol Vega', 'Theo Lindqvist', 'Priya Raman', 'Luis Ortega', 'Ana Reyes'];

const group = (name: string | RegExp, on: Seat = here) => on.page.getByRole('group', { name });

describe.skipIf(noBrowser)('HR', () => {
  it('1 starts a role: its team, a wording that the guard reads, everybody’s agreement', async () => {
    const { page } = here;
    await page.goto('/people');
    await page.getByText('Begin something new').click();
    await page.getByRole('link', { name: 'Start a role' }).click();
    await page.getByRole('heading', { level: 1, name: 'Start a role' }).waitFor();
    // Whoever is of the team stands there already.
    expect(
      await group(/^Members/)
        .getByRole('button', { name: /^Remove/ })
        .count(),
    ).toBe(6);
    await page.getByLabel('Facilitator').selectOption(hr.person);
    await page.getByLabel('Short name of the team').fill('mornings');
    await page.getByText('Nothing is missing').waitFor();
    await look('1-role');
    await decided();
    await look('1-role-done');
    await page.getByRole('link', { name: 'See the case' }).click();
    const role = new URL(page.url()).pathname.split('/')[2] ?? '';

    await opens('Put wordings forward');
    await page.getByLabel('Element').first().selectOption('E1');
    await page
      .getByLabel(/^Text/)
      .first()
      .fill('The person must be stable and must tell their story to everybody they meet.');
    await page.getByText('Stops').first().waitFor();
    await look('1-guard');
    await page
      .getByLabel(/^Text/)
      .first()
      .fill('People find each other sooner, and leave with a next step they chose.');
    await page.getByText('Stops').first().waitFor({ state: 'detached' });
    await page.getByLabel('Activation').check();
    await page.getByLabel('Less isolation').check();
    await decided();

    await back();
    await opens('Plan the next meeting');
    await page.getByLabel('Day', { exact: true }).fill('2026-07-28');
    await page.getByLabel('E1 Goals of the role').check();
    await decided();
    await back();
    await opens('Record that the meeting was held');
    await page.getByLabel('Number of the meeting').fill('1');
    await page.getByLabel('Held on').fill('2026-07-28');
    for (const name of team)
      await group(/^Attended/)
        .getByLabel(name)
        .check();
    await page.getByLabel('E1 Goals of the role').check();
    await look('1-meeting');
    await decided();

    const positions = [{ element: 'E1', position: 'agree' }];
    for (const name of team)
      await (await other(name)).decide({ case: role, type: 'give_positions', payload: { positions } });
    await back();
    await opens('Record the consensus');
    await page.getByLabel('E1 Goals of the role').check();
    await decided();
    await back();
    await page.getByRole('link', { name: 'Agreement' }).click();
    const first = page.getByRole('row', { name: /^E1/ });
    await first.getByText('consensus').waitFor();
    expect(await first.getByText('● agrees').count()).toBe(team.length);
    await look('1-agreement');
  });
});

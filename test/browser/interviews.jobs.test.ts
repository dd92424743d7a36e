import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  askAs,
  caseOf,
  colleague,
  decideAs,
  demo,
  fromHere,
  linkInMail,
  looked,
  noBrowser,
} from './browser.ts';
import { openBrowser, picture, seat, seatOf, settled } from './browser.ts';
import type { Seat } from './browser.ts';
import { personWith } from './people.ts';

/**
 * The times of an interview, and who judges in it. Ground of this file: the search of Lucia Fontana, whose panel lost a
 * rater, so that its candidates are asked again; and the search that is posted, where a reviewer steps back.
 */

const LUCIA = 'c207@people.invalid';
const small = { width: 320, height: 844 };

let browser: Browser;
let hr: Seat;
let luis: Seat;
let candidacy = '';
let search = '';
/** Of the calendar that Luis subscribed to. */
let address = '';

interface Row {
  readonly kind: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
}
const past = async (id: string) => (await askAs<{ past: Row[] }>(hr, 'GET', `/cases/${id}/timeline`)).past;
const last = async (id: string, kind: string): Promise<Row['body']> =>
  (await past(id)).findLast((one) => one.kind === kind)?.body ?? null;

async function refOf(name: string): Promise<string> {
  const { list } = await askAs<{ list: { person: string; name: string | null }[] }>(hr, 'GET', '/people');
  return list.find((one) => one.name === name)?.person ?? '';
}

const WITHIN = { timeout: 60_000, interval: 1_000 };

/** The candidate's own page, by the address that HR sends anew. */
async function ownPage(): Promise<string> {
  const { page } = hr;
  const find = async (): Promise<string> =>
    /https?:\/\/[^\s/]+(\/c\/[\w-]+)/.exec(await newestMail(/\/c\//))?.[1] ?? '';
  const before = await find();
  await page.goto(`/cases/${candidacy}/people`);
  await page.getByRole('button', { name: 'Send a new address' }).click();
  await page.getByText('A new address is on its way').waitFor();
  await expect.poll(find, WITHIN).not.toBe(before);
  return find();
}

/** The newest message to the candidate that has this in it; empty where there is none. */
async function newestMail(having: RegExp): Promise<string> {
  const at = demo.mail ?? '';
  const list = await (await fetch(at)).text();
  const rows = [...list.matchAll(/href="\/(\d+)">[^<]*<\/a><\/td><td>([^<]*)</g)];
  for (const [, number = '', to] of rows) {
    if (to !== LUCIA) continue;
    const text = await (await fetch(`${at}${number}`)).text();
    if (having.test(text)) return text;
  }
  return '';
}

/** Presses the button of a form and waits until it says that it is done. */
async function decided({ page }: Seat, button: string): Promise<void> {
  await page.getByText('Nothing is missing').waitFor();
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByText(/^Done: /).waitFor();
}

/** Goes to what HR is asked for in the application: a date for the meeting. */
async function asked(name: string): Promise<void> {
  const { page } = hr;
  await page.goto(`/cases/${candidacy}`);
  await settled(hr);
  const item = page.locator('details.asked').filter({ hasText: 'Agree a date for the meeting' });
  if ((await item.getAttribute('open')) === null) await item.locator('summary').first().click();
  await page.getByRole('link', { name }).first().click();
}

/** A day later; everything on the way happens. */
async function dayOn(says: string): Promise<void> {
  const { page } = hr;
  await page.goto('/');
  await page.getByRole('button', { name: '+1 day' }).click();
  await page.getByText(says).first().waitFor();
}

/** What Luis's own calendar program gets to read, under the address he was shown. */
async function calendarHas(line: string): Promise<void> {
  expect(await (await luis.page.request.get(address)).text()).toContain(line);
}

/** When a panelist can come: the morning of a day. */
async function diary({ page }: Seat, on: string): Promise<void> {
  await page.getByLabel('Day', { exact: true }).fill(on);
  await page.getByLabel('From', { exact: true }).fill('09:00');
  await page.getByLabel('To', { exact: true }).fill('12:00');
}

/** The time of one more slot of the form, as HR fills it in. */
async function slot(n: number, on: string, at: string): Promise<void> {
  const { page } = hr;
  const days = page.getByLabel('Day', { exact: true });
  if ((await days.count()) <= n) await page.getByRole('button', { name: /^Add: / }).click();
  await days.nth(n).fill(on);
  await page.getByLabel('Time', { exact: true }).nth(n).fill(at);
}

/** The link of the newest message that asks the candidate to choose. */
async function choosing(not = ''): Promise<string> {
  let link: string | null = null;
  const find = async (): Promise<boolean> => {
    link = await linkInMail(hr, LUCIA);
    return link !== null && link !== not;
  };
  await expect.poll(find, WITHIN).toBe(true);
  return link ?? '';
}

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  hr = await seatOf(browser, 'hr');
  hr.page.setDefaultTimeout(30_000);
  candidacy = await caseOf(hr, 'candidacy', 'Lucia Fontana');
  type Shown = { shown: { facts: readonly { kind: string; subject: string }[] } };
  const { shown } = await askAs<Shown>(hr, 'GET', `/cases/${candidacy}`);
  search = shown.facts.find(({ kind }) => kind === 'applying')?.subject.split('/')[0] ?? '';
  // Ana Reyes handed nothing in: without her the panel is too small, and everybody is asked again by a whole one.
  await decideAs(hr, search, 'order_re_interview', { drop: await refOf('Ana Reyes') });
  const seated = { seat: 'panel:3', person: await refOf('Luis Ortega'), inRole: false, trained: true };
  await decideAs(hr, search, 'fill_seat', seated);
  luis = await colleague(browser, 'Luis Ortega', small);
}, 180_000);
afterAll(async () => {
  if (!noBrowser) expect([...hr.wrong, ...luis.wrong]).toEqual([]);
  await browser?.close();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(async () => {
    await picture(hr, 'interviews-failed-hr');
    await picture(luis, 'interviews-failed-luis');
  });
});

describe.skipIf(noBrowser)('the times of an interview', () => {
  it('a panelist who joined says that they can judge; HR notes when they can come, as they told it', async () => {
    const { page } = luis;
    await page.goto(`/cases/${search}`);
    await page.getByRole('link', { name: 'Can you judge here?' }).first().click();
    await page.getByLabel(/nothing ties me/).check();
    await page.getByLabel(/will not look any applicant up/).check();
    await looked(luis, 'interviews-declare');
    await decided(luis, 'Send my answer');
    const questions = (await last(search, 'interviews_planned'))?.['questions'];
    const plan = { firstDay: '2026-08-04', lastDay: '2026-08-06', questions };
    await decideAs(hr, search, 'plan_interviews', plan);
    await asked('Note when a panelist can');
    await hr.page.getByLabel('Who of the panel').selectOption(await refOf('Luis Ortega'));
    await diary(hr, '2026-08-04');
    await looked(hr, 'interviews-diary');
    await decided(hr, 'Note it');
  }, 120_000);

  it('HR offers times with the panel’s diaries before them; one that a panelist cannot make is not taken', async () => {
    const { page } = hr;
    await asked('Offer times to choose from');
    const diaries = page.getByRole('region', { name: 'When the panel can come' });
    await diaries.getByText('Tue 4 Aug 2026, 09:00 to 12:00').waitFor();
    await diaries.getByText('has not said').first().waitFor();
    await diaries.getByText('America/New_York').waitFor();
    await slot(0, '2026-08-05', '10:00');
    await page.getByText('Not possible as it stands').waitFor();
    await looked(hr, 'interviews-not-free');
    await slot(0, '2026-08-04', '09:30');
    await slot(1, '2026-08-04', '10:30');
    await looked(hr, 'interviews-offer');
    await page.setViewportSize(small);
    await looked(hr, 'interviews-offer-320');
    await page.setViewportSize({ width: 1280, height: 900 });
    await decided(hr, 'Offer these times');
  }, 120_000);

  it('the candidate picks one without an account, and it stands in the calendars of all who take part', async () => {
    const here = await seat(browser, small);
    const { page } = here;
    await page.goto(await choosing());
    await page.getByLabel(/2026-08-04, 09:30/).waitFor();
    await looked(here, 'interviews-choose');
    await page.getByLabel(/2026-08-04, 10:30/).check();
    await page.getByRole('button', { name: 'Take this time' }).click();
    await page.getByRole('heading', { name: /we have your answer/ }).waitFor();
    expect(await last(candidacy, 'interview_set')).toMatchObject({ on: '2026-08-04', at: '10:30' });
    await page.goto(await ownPage());
    await page.getByText('Our meeting').first().waitFor();
    await page.getByText(/4 Aug.*10:30/).waitFor();
    await looked(here, 'interviews-own-page');
    await expect.poll(() => newestMail(/BEGIN:VCALENDAR|A meeting with you is planned/), WITHIN).not.toBe('');
    await luis.page.goto('/dates');
    const meetings = luis.page.locator('section').filter({ hasText: 'Those you take part in' });
    await meetings.getByText('Tue 4 Aug 2026').waitFor();
    await meetings.getByText('10:30 to 11:30').waitFor();
    await looked(luis, 'interviews-calendar');
    await luis.page.getByRole('button', { name: 'Make an address' }).click();
    address = await luis.page.locator('code').first().innerText();
    await calendarHas('DTSTART:20260804T143000Z');
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 180_000);

  it('one other time is asked for without a reason; the old one is free again, and the second one stays', async () => {
    const here = await seat(browser, small);
    const { page } = here;
    const before = await choosing();
    // Times that are offered at the very instant of the first ones would be the same ones to the rules.
    await dayOn('Wed 29 Jul 2026');
    const own = await ownPage();
    await page.goto(own);
    await page.getByLabel(/offer me other times/).check();
    await page.getByRole('button', { name: 'I need another time' }).click();
    await page.getByText('We write to you with other times').waitFor();
    await looked(here, 'interviews-another');
    expect(await last(candidacy, 'reschedule_asked')).toEqual({ n: 1 });
    await luis.page.goto('/dates');
    await luis.page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    await expect
      .poll(() => luis.page.locator('section').filter({ hasText: 'Those you take part in' }).count(), WITHIN)
      .toBe(0);
    // Whose diary it is is known: they are at the screen.
    await luis.page.goto(`/cases/${candidacy}/do/note_availability`);
    await expect
      .poll(() => luis.page.getByLabel('Who of the panel').inputValue())
      .toBe(await refOf('Luis Ortega'));
    await diary(luis, '2026-08-06');
    await looked(luis, 'interviews-own-diary');
    await decided(luis, 'Note it');
    await asked('Offer times to choose from');
    await slot(0, '2026-08-06', '09:00');
    await slot(1, '2026-08-06', '11:00');
    await decided(hr, 'Offer these times');
    // They got the end of the first meeting just now, and nobody gets more than one message an hour.
    await dayOn('Thu 30 Jul 2026');
    await page.goto(await choosing(before));
    await page.getByLabel(/2026-08-06, 11:00/).check();
    await page.getByRole('button', { name: 'Take this time' }).click();
    await page.getByRole('heading', { name: /we have your answer/ }).waitFor();
    await page.goto(own);
    await page.getByText(/6 Aug.*11:00/).waitFor();
    await page.getByText('If you cannot come then, please call HR').waitFor();
    expect(await page.getByRole('button', { name: 'I need another time' }).count()).toBe(0);
    // A page that was left open has the button still.
    const late = await page.request.post(`${own}/reschedule`, { form: { sure: 'yes' }, headers: fromHere });
    expect(late.status()).toBe(409);
    expect(await late.text()).toContain('Please call HR, they will help');
    expect(await last(candidacy, 'interview_set')).toMatchObject({ on: '2026-08-06', at: '11:00' });
    await calendarHas('DTSTART:20260806T150000Z');
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 180_000);
});

describe.skipIf(noBrowser)('a reviewer who cannot judge in a search (D3.5)', () => {
  it('steps back by hand, from all of it, and says neither why nor from whom; HR fills the seat', async () => {
    const here = await seatOf(browser, 'supervisor', small);
    const { page } = here;
    await page.goto('/');
    const application = await caseOf(hr, 'candidacy', 'Piotr Zielinski');
    await page.goto(`/cases/${application}`);
    await page.getByText('I cannot do this').first().click();
    await page.getByRole('link', { name: 'Step back from this search' }).first().click();
    await page.getByLabel('I step back from this search').check();
    // Nothing of this form has a place for a reason, or for whom it is about.
    expect(await page.locator('form.command textarea, form.command select').count()).toBe(0);
    await looked(here, 'interviews-step-back');
    const posted = new URL(page.url()).pathname.split('/')[2] ?? '';
    await decided(here, 'Send my answer');
    const left = await personWith(hr, 'supervisor');
    const rows = (await past(posted)).filter(({ body }) => JSON.stringify(body).includes(left)).at(-1);
    expect(JSON.stringify(rows)).not.toContain(application);
    await hr.page.goto(`/cases/${posted}`);
    await hr.page.getByRole('link', { name: 'Fill a seat of the panel' }).first().click();
    await hr.page.getByLabel('Seat').fill('screener:1');
    await hr.page.getByLabel('Person').selectOption(await refOf('Ana Reyes'));
    await looked(hr, 'interviews-seat');
    await decided(hr, 'Decide');
    expect(await last(posted, 'seat_refilled')).toMatchObject({ seat: 'screener:1' });
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 120_000);
});

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
import type { Screen, Seat } from './browser.ts';

/**
 * Those who are here for one thing only: somebody who applies, a mentor, an adviser from outside. Ground of this file: an
 * applicant of its own (Rowan Tate) for the posted search, the mentor of Devon Osei (Nell Hartley), a mentor for the
 * application of Mara Ellison (Priya Raman), and the role whose element E5 is objected to, with an adviser of its own
 * (Salome Wirth). Logins of its own: nell, priya, salome, amara, tomas.
 */

const phone: Screen = { width: 390, height: 844 };
const small: Screen = { width: 320, height: 700, dark: true };
// Whoever runs this again on a demo that stands has another applicant each time.
const APPLICANT = { name: 'Rowan Tate', email: `rowan.${Date.now()}@applicants.invalid` };

let browser: Browser;
let hr: Seat;
let admin: Seat;
beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  [hr, admin] = [await seat(browser), await seat(browser)];
  await signIn(hr, 'hr');
  await signIn(admin, 'admin');
}, 120_000);
afterAll(async () => browser?.close());

/** What an answer may hold that is looked up here. */
interface Item {
  readonly person?: string;
  readonly name?: string | null;
  readonly case?: string;
  readonly kind?: string;
  readonly stage?: string;
  readonly openedAt?: number;
}

interface Answered {
  readonly status: number;
  readonly value: { readonly passphrase?: string; readonly list?: readonly Item[] };
}

/** Asks the API in somebody's place: for looking something up, and for what belongs to another job. */
const call = ({ page }: Seat, method: string, path: string, body?: object): Promise<Answered> =>
  page.evaluate(
    async ([how, url, json]) => {
      const init = json === null ? {} : { headers: { 'content-type': 'application/json' }, body: json };
      const response = await fetch(`/api${url}`, { method: how, ...init });
      return { status: response.status, value: (await response.json()) as Answered['value'] };
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );

async function refOf(name: string): Promise<string> {
  const { value } = await call(hr, 'GET', '/people?limit=200');
  const found = value.list?.find((one) => one.name === name);
  return found?.person ?? `nobody is called ${name}`;
}

/** The case of a kind about somebody, as HR finds it. */
async function caseOf(name: string, kind: string): Promise<string> {
  const { value } = await call(hr, 'GET', '/subjects');
  const of = (value.list ?? []).filter((one) => one.name === name).map((one) => one.case ?? '');
  return of.findLast((id) => id.startsWith(kind)) ?? `no ${kind} of ${name}`;
}

/** The administrator gives a login; its person chooses a password of their own on the page. */
async function comesIn(name: string, login: string, screen: Screen = phone): Promise<Seat> {
  const given = await call(admin, 'PUT', `/accounts/${login}`, { person: await refOf(name) });
  const here = await seat(browser, screen);
  await here.page.goto('/');
  await here.page.getByLabel('Login').fill(login);
  await here.page.getByLabel('Password').fill(given.value.passphrase ?? '');
  await here.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await here.page.getByLabel('A password of your own').fill(`some words of ${login}`);
  await here.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await here.page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  return here;
}

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Messages to an address, the newest first, as the page of the mail catcher shows them. */
async function mailsTo(address: string): Promise<readonly Mail[]> {
  const list = await (await fetch(demo.mail ?? '')).text();
  const rows = [...list.matchAll(/<a href="\/(\d+)">([^<]*)<\/a><\/td><td>([^<]*)</g)];
  const own = rows.filter(([, , , to]) => to === address).slice(0, 6);
  return Promise.all(
    own.map(async ([, number, subject]) => ({
      subject: subject ?? '',
      text: await (await fetch(`${demo.mail ?? ''}${number ?? ''}`)).text(),
    })),
  );
}

const MAIL_WITHIN = { timeout: 60_000, interval: 1_000 };

/** The newest message to an address that has this in it; the part of it that was looked for. */
async function inMail(address: string, what: RegExp, not = ''): Promise<string> {
  let found = '';
  await expect
    .poll(async () => {
      const hits = (await mailsTo(address)).map(({ text }) => what.exec(text)?.[1] ?? '');
      found = hits.find((one) => one !== '' && one !== not) ?? '';
      return found;
    }, MAIL_WITHIN)
    .not.toBe('');
  return found;
}

const PAGE_LINK = new RegExp(String.raw`(?:localhost|127\.0\.0\.1):\d+(/c/[A-Za-z0-9_-]{43})`);
const ANSWER_LINK = new RegExp(String.raw`(?:localhost|127\.0\.0\.1):\d+(/a/[A-Za-z0-9_-]{43})`);

/** Every page of a job: no fault of access, nothing cut off, a picture kept. */
async function fine(here: Seat, name: string): Promise<void> {
  await settled(here);
  expect(await axeFaults(here), name).toEqual([]);
  expect(await overflow(here), name).toBe(0);
  await picture(here, `guests-${name}`);
}

const heading = ({ page }: Seat, name: string | RegExp) => page.getByRole('heading', { name }).first();

async function decide({ page }: Seat): Promise<void> {
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await page.getByText('Done:', { exact: false }).first().waitFor();
}

describe.skipIf(noBrowser)('somebody who applies', () => {
  let page = '';
  let application = '';

  it('applies from a phone without an account, and hears that it came', async () => {
    const here = await seat(browser, small);
    await here.page.goto('/jobs');
    await fine(here, 'jobs-320');
    await here.page.getByRole('link', { name: /Peer support specialist/ }).click();
    await heading(here, 'What you will do').waitFor();
    await fine(here, 'posting-320');
    await here.page.getByRole('link', { name: 'Apply' }).first().click();
    await here.page.getByLabel('Your name').fill(APPLICANT.name);
    await here.page.getByRole('button', { name: 'Send my application' }).click();
    // What is missing is said, and what was typed is still there.
    await here.page.getByRole('alert').waitFor();
    expect(await here.page.getByLabel('Your name').inputValue()).toBe(APPLICANT.name);
    await fine(here, 'apply-missing-320');
    await here.page.getByLabel('Mail address').fill(APPLICANT.email);
    await here.page.getByLabel(/I have experience of my own/).check();
    await here.page.getByRole('button', { name: 'Send my application' }).click();
    await here.page.getByText('Thank you', { exact: false }).first().waitFor();
    await fine(here, 'applied-320');
    await expect.poll(() => caseOf(APPLICANT.name, 'candidacy'), MAIL_WITHIN).toContain('candidacy-');
    application = await caseOf(APPLICANT.name, 'candidacy');
    // HR says that it came; only then the message that leads to their own page goes out.
    await hr.page.goto(`/cases/${application}/do/acknowledge`);
    await hr.page.getByText('Application', { exact: true }).first().waitFor();
    const choice = hr.page.getByLabel('Application', { exact: true });
    if ((await choice.count()) > 0) await choice.first().check();
    await decide(hr);
    page = await inMail(APPLICANT.email, PAGE_LINK);
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 120_000);

  it('sees where it stands, the next date and whom to ask; a lost address is made anew by HR', async () => {
    const here = await seat(browser, small);
    await here.page.goto(page);
    await heading(here, 'We have it').waitFor();
    await here.page.getByText('Whom to ask').waitFor();
    await here.page.getByText('HR at Cedar Bridge, Northside', { exact: false }).waitFor();
    const text = await here.page.locator('main').innerText();
    expect(text).not.toContain(APPLICANT.name);
    expect(text).not.toMatch(/peer|support specialist/i);
    await fine(here, 'own-page-320');
    await hr.page.goto(`/cases/${application}/people`);
    await heading(hr, 'Their own page').waitFor();
    await fine(hr, 'hr-their-page');
    await hr.page.getByRole('button', { name: 'Send a new address' }).click();
    await hr.page.getByText('A new address is on its way').waitFor();
    const anew = await inMail(APPLICANT.email, PAGE_LINK, page);
    await here.page.goto(page);
    await heading(here, 'This link does not work').waitFor();
    await fine(here, 'old-address-320');
    page = anew;
    await here.page.goto(page);
    await heading(here, 'We have it').waitFor();
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 120_000);

  it('says in writing what would help, after a code; the officer alone reads it', async () => {
    const words = 'A room on the ground floor would help me.';
    const here = await seat(browser, phone);
    await here.page.goto(page);
    await fine(here, 'own-page-390');
    await here.page.getByRole('link', { name: /say in writing/ }).click();
    await here.page.getByLabel(/send me a code/).check();
    await fine(here, 'code-390');
    await here.page.getByRole('button', { name: 'Send the code' }).click();
    const code = await inMail(APPLICANT.email, /Code: (\d{4} \d{4})/);
    await here.page.getByLabel('The code from our message').fill('1234 5678');
    await here.page.getByLabel(/What would help/).fill(words);
    await here.page.getByRole('button', { name: 'Send it to them' }).click();
    await here.page.getByText('not the one we sent', { exact: false }).waitFor();
    expect(await here.page.getByLabel(/What would help/).inputValue()).toBe(words);
    await fine(here, 'code-wrong-390');
    await here.page.getByLabel('The code from our message').fill(code);
    await here.page.getByRole('button', { name: 'Send it to them' }).click();
    await heading(here, 'They have your wish').waitFor();
    await fine(here, 'wish-390');
    await here.page.getByRole('link', { name: 'Back to your page' }).click();
    await here.page.getByText('They alone read it', { exact: false }).waitFor();
    const officer = await comesIn('Tomas Berg', 'tomas', { width: 1280 });
    await officer.page.getByText('Answer a request for an arrangement').first().waitFor();
    await fine(officer, 'officer-today');
    const matters = await call(officer, 'GET', '/cases?limit=200');
    const clocks = (matters.value.list ?? []).filter((one) => one.kind === 'clock');
    const newest = clocks.toSorted((x, y) => (x.openedAt ?? 0) - (y.openedAt ?? 0)).at(-1);
    const matter = newest?.case ?? '';
    await officer.page.goto(`/cases/${matter}/documents`);
    await officer.page.getByText('Accommodation requested').click();
    await officer.page.getByText(words).waitFor();
    await fine(officer, 'officer-reads');
    await hr.page.goto(`/cases/${matter}/documents`);
    await settled(hr);
    expect(await hr.page.locator('main').innerText()).not.toContain('Accommodation');
    expect(here.wrong).toEqual([]);
    await here.context.close();
    await officer.context.close();
  }, 180_000);

  it('withdraws, asked once more, and HR sees it', async () => {
    const here = await seat(browser, small);
    await here.page.goto(page);
    await here.page.getByRole('link', { name: 'Withdraw' }).click();
    await heading(here, 'Do you want to withdraw?').waitFor();
    await fine(here, 'withdraw-320');
    await here.page.getByLabel('I am sure').check();
    await here.page.getByRole('button', { name: 'Yes, I withdraw' }).click();
    await heading(here, 'You withdrew').waitFor();
    await fine(here, 'withdrawn-320');
    await hr.page.goto(`/cases/${application}`);
    await hr.page
      .getByText(/withdrawn|withdrew|ended/i)
      .first()
      .waitFor();
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 60_000);
});

describe.skipIf(noBrowser)('a mentor', () => {
  it('answers whether they can', async () => {
    const application = await caseOf('Mara Ellison', 'candidacy');
    const manager = await seat(browser);
    await signIn(manager, 'manager');
    await manager.page.goto(`/cases/${application}/do/assign_mentor`);
    await manager.page.getByLabel('Mentor').selectOption({ label: await optionOf(manager, 'Priya Raman') });
    await manager.page.getByLabel('Assigned', { exact: true }).check();
    await fine(manager, 'assign-mentor');
    await decide(manager);
    const here = await comesIn('Priya Raman', 'priya');
    await here.page.getByText('Mara Ellison').first().waitFor();
    await fine(here, 'mentor-today-390');
    await here.page
      .getByRole('link', { name: /Mara Ellison|mentor/ })
      .first()
      .click();
    await here.page.getByRole('link', { name: 'Answer mentoring' }).first().click();
    await here.page.getByLabel('Accepted').check();
    await fine(here, 'mentor-answer-390');
    await decide(here);
    await hr.page.goto(`/cases/${application}/timeline`);
    await hr.page.getByText('All entries as a table').click();
    await hr.page
      .getByText(/Mentor answered/i)
      .first()
      .waitFor();
    expect(here.wrong).toEqual([]);
    await here.context.close();
    await manager.context.close();
  }, 120_000);

  it('says by the button of a message that something is done, and signs in to move a talk', async () => {
    const employment = await caseOf('Devon Osei', 'employment');
    const link = await inMail('nell@people.invalid', ANSWER_LINK);
    const out = await seat(browser, small);
    await out.page.goto(link);
    await heading(out, 'Your answer').waitFor();
    await fine(out, 'answer-320');
    await out.page.getByLabel('It is done').check();
    await out.page.getByRole('button', { name: 'It is done' }).click();
    await heading(out, /we have your answer/).waitFor();
    await fine(out, 'answered-320');
    await out.context.close();
    const here = await comesIn('Nell Hartley', 'nell');
    await here.page.goto(`/cases/${employment}`);
    await here.page.getByRole('link', { name: 'Record mentor talk' }).first().click();
    await here.page.getByLabel('Moved').check();
    await here.page.getByLabel(/^To/).fill('2026-08-14');
    await fine(here, 'talk-390');
    await decide(here);
    await here.page.getByRole('link', { name: 'Back to Today' }).click();
    await here.page.getByText('Ahead, not asked yet').click();
    await here.page.getByText('due in 17 days').first().waitFor();
    await fine(here, 'mentor-list-390');
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 120_000);

  it('sees whom they mentor and what is theirs, and nothing else of that person', async () => {
    const employment = await caseOf('Devon Osei', 'employment');
    const here = await seat(browser, phone);
    await here.page.goto('/');
    await here.page.getByLabel('Login').fill('nell');
    await here.page.getByLabel('Password').fill('some words of nell');
    await here.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await here.page.getByText('Ahead, not asked yet').click();
    await here.page.getByText('Devon Osei').first().waitFor();
    expect(await here.page.getByText('Jordan Ames').count()).toBe(0);
    await here.page.goto(`/cases/${employment}`);
    await heading(here, 'Devon Osei').waitFor();
    await fine(here, 'mentor-record-390');
    for (const path of ['history', 'timeline']) {
      const { value } = await call(here, 'GET', `/cases/${employment}/${path}`);
      expect(JSON.stringify(value)).not.toContain('session_logged');
    }
    const other = await caseOf('Jordan Ames', 'employment');
    await here.page.goto(`/cases/${other}`);
    await here.page
      .getByText(/no such case|not for you/i)
      .first()
      .waitFor();
    await fine(here, 'mentor-foreign-390');
    await here.context.close();
  }, 120_000);
});

/** The words of the option that begins with a name. */
async function optionOf({ page }: Seat, name: string): Promise<string> {
  const option = page.locator('option').filter({ hasText: name }).first();
  await option.waitFor({ state: 'attached' });
  return (await option.innerText()).trim();
}

describe.skipIf(noBrowser)('an adviser from outside', () => {
  let role = '';

  it('is asked into one case until a day, and sees that case alone', async () => {
    const { value } = await call(hr, 'GET', '/cases?limit=200');
    const roles = (value.list ?? []).filter((one) => one.kind === 'role' && one.stage === 'definition');
    role = roles[0]?.case ?? '';
    await hr.page.goto('/directory');
    await hr.page.getByLabel('Name', { exact: true }).fill('Salome Wirth');
    await hr.page.getByLabel(/^Email/).fill('salome@advisers.invalid');
    await hr.page.getByRole('button', { name: 'Add to the directory' }).click();
    await hr.page.getByText('They are in the directory.').waitFor();
    const director = await comesIn('Amara Diallo', 'amara', { width: 1280 });
    await director.page.goto(`/cases/${role}/people`);
    const form = director.page
      .getByRole('region', { name: 'Ask somebody into this case' })
      .or(
        director.page
          .locator('section')
          .filter({ has: director.page.getByRole('heading', { name: 'Ask somebody into this case' }) }),
      );
    await form.getByLabel('Person').selectOption({ label: await optionOf(director, 'Salome Wirth') });
    await form.getByLabel('Adviser', { exact: true }).check();
    await form.getByLabel(/^Until/).fill('2026-08-31');
    await fine(director, 'ask-into');
    await form.getByRole('button', { name: 'Ask them in' }).click();
    await director.page.getByText('They take part in this case from now on.').waitFor();
    await director.context.close();
    // The program leader lists them: from outside, so that a fee is owed.
    const manager = await seat(browser);
    await signIn(manager, 'manager');
    await manager.page.goto(`/cases/${role}/do/change_members`);
    await manager.page.getByRole('button', { name: 'Add to join' }).click();
    await manager.page.getByLabel('Person').selectOption({ label: await optionOf(manager, 'Salome Wirth') });
    await manager.page.getByLabel('Adviser', { exact: true }).check();
    await manager.page.getByLabel(/from outside/).check();
    await fine(manager, 'list-member');
    await decide(manager);
    await manager.context.close();
    const here = await comesIn('Salome Wirth', 'salome');
    await fine(here, 'adviser-today-390');
    const seen = await call(here, 'GET', '/cases?limit=200');
    const readable = [];
    for (const one of seen.value.list ?? [])
      if ((await call(here, 'GET', `/cases/${one.case ?? ''}/people`)).value.list?.length)
        readable.push(one.case);
    expect(readable).toEqual([role]);
    await here.context.close();
  }, 180_000);

  it('is offered a fee, reads what is on the table and takes a position', async () => {
    await hr.page.goto('/');
    await hr.page
      .getByText(/offer the fee/i)
      .first()
      .waitFor();
    await hr.page.goto(`/cases/${role}/do/record_fee`);
    await hr.page.getByLabel('Offered').waitFor();
    expect(await hr.page.getByLabel('Offered').isChecked()).toBe(true);
    await fine(hr, 'fee-offer');
    await decide(hr);
    const here = await seat(browser, phone);
    await here.page.goto('/');
    await here.page.getByLabel('Login').fill('salome');
    await here.page.getByLabel('Password').fill('some words of salome');
    await here.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await here.page
      .getByText(/give positions/i)
      .first()
      .waitFor();
    await here.page.goto(`/cases/${role}`);
    await here.page.getByText(/offered; it is owed/).waitFor();
    await here.page.getByRole('link', { name: 'Give your positions' }).first().click();
    await heading(here, 'What it is about').waitFor();
    await heading(here, /Access to records/).waitFor();
    await here.page.getByLabel('Agree with concern').check();
    await fine(here, 'position-390');
    await decide(here);
    await here.page.goto(`/cases/${role}/agreement`);
    await here.page.getByText('agrees, with a concern').first().waitFor();
    await fine(here, 'agreement-390');
    await here.context.close();
  }, 120_000);

  it('sees their fee owed and then paid; until then HR is asked for it', async () => {
    await hr.page.goto(`/cases/${role}`);
    await hr.page.getByText(/owed: HR is asked to pay it/).waitFor();
    await fine(hr, 'fee-owed');
    await hr.page.goto(`/cases/${role}/do/record_fee`);
    await hr.page.getByLabel('Paid').waitFor();
    expect(await hr.page.getByLabel('Paid').isChecked()).toBe(true);
    await decide(hr);
    const here = await seat(browser, small);
    await here.page.goto('/');
    await here.page.getByLabel('Login').fill('salome');
    await here.page.getByLabel('Password').fill('some words of salome');
    await here.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await here.page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await here.page.goto(`/cases/${role}`);
    await here.page.getByText(/^paid, since/).waitFor();
    await fine(here, 'fee-paid-320');
    expect(here.wrong).toEqual([]);
    await here.context.close();
  }, 120_000);
});

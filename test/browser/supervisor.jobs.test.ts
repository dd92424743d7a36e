import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  askAs,
  caseOf,
  colleague,
  decideAs,
  linkInMail,
  looked,
  noBrowser,
  open,
  openBrowser,
  openReview,
  owedBy,
  seat,
  seatOf,
} from './browser.ts';
import type { Seat } from './browser.ts';

/**
 * What a supervisor, a panelist and a colleague do, on a phone. The ground of this file, which no other test takes: the
 * employment of Devon Osei and a review of his that HR opens here; the rating sheet of Ana Reyes about Sunil Mehra; the
 * words of Priya Raman and Noor Haddad as colleagues. The clock stands.
 */

const phone = { width: 390, height: 844 };
const LATER_MS = 20_000;

let browser: Browser;
let marisol: Seat;
let devon: Seat;
let employment = '';

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  marisol = await seatOf(browser, 'supervisor', phone);
  devon = await colleague(browser, 'Devon Osei', phone);
  employment = await caseOf(marisol, 'employment', 'Devon Osei');
});
afterAll(async () => browser?.close());

const done = async ({ page }: Seat): Promise<void> => {
  await page.getByText(/^Done: /).waitFor({ timeout: LATER_MS });
};

/** The next page shows a button once nothing is missing. */
async function press({ page }: Seat, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect.poll(() => button.isEnabled(), { timeout: LATER_MS }).toBe(true);
  await button.click();
}

describe.skipIf(noBrowser)('a supervisor', () => {
  it('1 answers a prompt from the link in the mail, in under a minute and without signing in', async () => {
    // Theo Lindqvist takes turns with Marisol; his session of last week was never recorded, and he is late.
    const link = await linkInMail(marisol, 'theo@people.invalid');
    const lateSessions = async (): Promise<number> => {
      const { list } = await askAs<{ list: { case: string; late: boolean; why: { code?: string } }[] }>(
        devon,
        'GET',
        '/waiting',
      );
      return list.filter((one) => one.case === employment && one.late && one.why.code === 'P7.1').length;
    };
    const before = await lateSessions();
    expect(before).toBeGreaterThan(0);
    const began = Date.now();
    const anybody = await seat(browser, phone);
    const { page } = anybody;
    await page.goto(link ?? '');
    await looked(anybody, 'supervisor-1-link-390');
    const held = page.locator('form', { has: page.getByRole('button', { name: 'It was held' }) });
    await held.getByLabel('How many minutes').fill('45');
    await held.getByLabel('Phone').check();
    await held.getByLabel('Skills').check();
    await held.getByRole('button', { name: 'It was held' }).click();
    await page.getByText('Thank you, we have your answer').waitFor({ timeout: LATER_MS });
    expect(Date.now() - began).toBeLessThan(60_000);
    await looked(anybody, 'supervisor-1-thanks-390');
    // A second use kindly shows what was recorded, and changes nothing.
    await page.goto(link ?? '');
    await page.getByText('Recorded: It was held').waitFor();
    expect(anybody.wrong).toEqual([]);
    await anybody.context.close();

    // The other of the two sees the line, and nobody is chased for it any more.
    await open(devon, `/cases/${employment}/sessions`);
    await devon.page.getByText('recorded by Theo Lindqvist').waitFor();
    expect(await lateSessions()).toBeLessThan(before);
  });

  it('2 prepares and rates an interview; the others’ sheets open once the own one is in', async () => {
    const ana = await colleague(browser, 'Ana Reyes', phone);
    const { page } = ana;
    await page.getByRole('link', { name: 'Complete the rating sheet' }).first().click();
    await page.getByRole('link', { name: 'Your rating sheet' }).first().click();
    await page.getByText('The questions of this interview').waitFor();
    await looked(ana, 'supervisor-2-kit-390');
    const candidacy = /candidacy-[0-9a-z]+/.exec(page.url())?.[0] ?? '';
    const theirs = async (here: Seat): Promise<number> => {
      interface Row {
        readonly kind: string | null;
        readonly actorName: string | null;
        readonly masked: boolean;
        readonly body: object | null;
      }
      const { past } = await askAs<{ past: Row[] }>(here, 'GET', `/cases/${candidacy}/timeline`);
      return past.filter(
        (row) => row.kind === 'sheet_submitted' && row.actorName !== 'Ana Reyes' && row.body !== null,
      ).length;
    };
    expect(await theirs(ana)).toBe(0);
    for (const group of await page.locator('fieldset.choices-row').all())
      await group.getByLabel('4', { exact: true }).check();
    await page
      .getByLabel('Notes')
      .fill('Named three ways to begin the talk, and let the person choose among them.');
    await press(ana, 'Hand it in');
    await done(ana);
    await looked(ana, 'supervisor-2-in-390');
    expect(await theirs(ana)).toBeGreaterThan(0);
    await open(ana, `/cases/${candidacy}/documents`);
    await page.getByText('Sheet submitted').first().waitFor();
    expect(ana.wrong).toEqual([]);
    await ana.context.close();
  });

  it('3 holds the check-in: brief before, line after, confirmed by both, the next one planned', async () => {
    const { page } = marisol;
    await open(devon, `/cases/${employment}/do/put_on_agenda`);
    await devon.page.getByLabel('Workload').check();
    await press(devon, 'Put it down');
    await done(devon);

    await open(marisol, '/');
    await looked(marisol, 'supervisor-3-today-390');
    await page
      .locator('article', { hasText: 'Devon Osei' })
      .getByRole('link', { name: 'Hold and record the supervision session' })
      .click();
    await page.getByRole('heading', { name: 'You are asked', exact: true }).waitFor();
    await looked(marisol, 'supervisor-3-asked-390');
    await page.getByRole('link', { name: 'Sessions', exact: true }).click();
    await page.getByText('workload (employee)').waitFor();
    await looked(marisol, 'supervisor-3-brief-390');
    await page.getByRole('link', { name: 'Record the session' }).click();
    await page.getByLabel('It was held').check();
    await page.getByLabel('How many minutes').fill('50');
    await page.getByLabel('In person').check();
    await page.getByLabel('Workload').check();
    await page.getByLabel('Role fit').check();
    await looked(marisol, 'supervisor-3-line-390');
    await press(marisol, 'Record it');
    await done(marisol);
    await looked(marisol, 'supervisor-3-done-390');
    expect((await owedBy(marisol, employment)).filter((id) => id.startsWith('P7.1:2026-07-28'))).toEqual([]);

    await open(devon, '/');
    await devon.page.getByRole('link', { name: 'Record the session' }).first().click();
    await devon.page.getByRole('link', { name: 'Say something to this line' }).first().click();
    await devon.page.getByLabel('Yes, it is right').check();
    await press(devon, 'Send what I say');
    await done(devon);

    await open(marisol, `/cases/${employment}/sessions`);
    await page.getByText('agrees with this line').first().waitFor();
    await page.getByText(/Planned:.*Tue 4 Aug 2026/).waitFor();
    await looked(marisol, 'supervisor-3-log-390');
  });

  it('5 notices that the role drifts: both views, a proposal, three who agree', async () => {
    const answer = async (here: Seat, shares: readonly number[], driving: boolean): Promise<void> => {
      await open(here, `/cases/${employment}/role`);
      await here.page.getByRole('link', { name: 'How was the month spent?' }).click();
      const [core, support, shared, nonPeer] = shares.map(String);
      await here.page.getByLabel('The heart of the role').fill(core ?? '');
      await here.page.getByLabel('What supports it').fill(support ?? '');
      await here.page.getByLabel('What the whole team shares').fill(shared ?? '');
      await here.page.getByLabel('What is not of the role').fill(nonPeer ?? '');
      if (driving) await here.page.getByLabel('Home checks for compliance').check();
      await here.page.getByText('that is all of it').waitFor();
      await press(here, 'Send my answer');
      await done(here);
    };
    await answer(devon, [50, 20, 10, 20], true);
    // Nobody sees the other’s answer before their own is in.
    await open(marisol, `/cases/${employment}/role`);
    await marisol.page.getByText('No month yet').waitFor();
    await answer(marisol, [55, 20, 10, 15], true);
    await open(marisol, `/cases/${employment}/role`);
    await marisol.page.getByText('Tasks and description have moved apart').waitFor();
    await looked(marisol, 'supervisor-5-flag-390');
    await marisol.page.getByRole('link', { name: 'What follows from it for the role?' }).click();
    await marisol.page.getByLabel('These duties go to somebody else').check();
    await marisol.page.getByLabel('Home checks for compliance').check();
    await looked(marisol, 'supervisor-5-proposal-390');
    await press(marisol, 'Propose it');
    await done(marisol);
    const noor = await colleague(browser, 'Noor Haddad', phone);
    for (const here of [devon, noor]) {
      await open(here, '/');
      await here.page.getByRole('link', { name: 'Settle where tasks and description' }).first().click();
      await here.page.getByRole('link', { name: 'Agree to what is proposed for the role' }).first().click();
      await press(here, 'I agree');
      await done(here);
    }
    await open(marisol, `/cases/${employment}/role`);
    await marisol.page.getByText(/^Settled/).waitFor();
    await looked(marisol, 'supervisor-5-settled-390');
    expect(noor.wrong).toEqual([]);
    await noor.context.close();
  });

  it('6 goes away: what moved to the stand-in is listed, and comes back', async () => {
    const { page } = marisol;
    await page.getByRole('link', { name: 'Marisol Vega' }).click();
    await page.getByLabel('Who answers for you').selectOption({ label: 'Priya Raman – team member' });
    await page.getByLabel('Until, with that day').fill('2026-08-07');
    await press(marisol, 'Name my stand-in');
    await page.getByRole('heading', { name: 'What moved to Priya Raman' }).waitFor({ timeout: LATER_MS });
    await page.getByText('Priya Raman, standing in for Marisol Vega').first().waitFor();
    await looked(marisol, 'supervisor-6-moved-390');
    const priya = await colleague(browser, 'Priya Raman', phone);
    await priya.page.getByText('In place of Marisol Vega').first().waitFor();
    await looked(priya, 'supervisor-6-stand-in-390');
    await priya.context.close();
    await page.getByRole('button', { name: 'I am back: end it' }).click();
    await page.getByLabel('Who answers for you').waitFor({ timeout: LATER_MS });
    expect(marisol.wrong).toEqual([]);
  });
});

describe.skipIf(noBrowser)('a supervisor and a review', () => {
  let review = '';
  beforeAll(async () => {
    await openReview(browser, employment);
    // The case begins by a message of the employment.
    await vi.waitFor(
      async () => {
        review = await caseOf(marisol, 'review', 'Devon Osei');
      },
      { timeout: LATER_MS, interval: 500 },
    );
  });

  it('7 a colleague who should not says so, without a reason, and another is asked', async () => {
    const { page } = marisol;
    const ask = async (names: readonly string[]): Promise<void> => {
      await open(marisol, `/cases/${review}/do/choose_colleagues`);
      const colleagues = page.getByRole('group', { name: 'Colleagues' });
      await colleagues.getByLabel('Somebody else').locator('option').nth(1).waitFor({ state: 'attached' });
      for (const name of names) {
        const near = colleagues.getByLabel(name, { exact: true });
        if ((await near.count()) > 0) await near.check();
        else await colleagues.getByLabel('Somebody else').selectOption({ label: name });
      }
      await press(marisol, 'Ask them');
      await done(marisol);
    };
    await ask(['Priya Raman', 'Luis Ortega']);
    const priya = await colleague(browser, 'Priya Raman', phone);
    await priya.page.getByRole('link', { name: 'Write the feedback that was asked for' }).click();
    await priya.page.getByText('I cannot do this').first().click();
    await looked(priya, 'supervisor-7-cannot-390');
    await priya.page.getByRole('link', { name: 'I would rather not give feedback' }).last().click();
    await press(priya, 'I would rather not');
    await done(priya);
    await looked(priya, 'supervisor-7-declined-390');
    expect((await owedBy(priya, review)).length).toBe(0);
    await priya.context.close();
    // Whoever asked is asked for somebody else.
    await expect
      .poll(async () => (await owedBy(marisol, review)).some((id) => id.startsWith('P8.2:name')), {
        timeout: LATER_MS,
      })
      .toBe(true);
    await ask(['Luis Ortega', 'Ana Reyes']);
    expect((await owedBy(marisol, review)).some((id) => id.startsWith('P8.2:name'))).toBe(false);
  });

  it('4 writes beside the person’s own text, shares, talks; the person answers, and the note is kept', async () => {
    await open(devon, '/');
    await devon.page.getByRole('link', { name: 'Write your own view of the period' }).first().click();
    await devon.page.getByRole('link', { name: 'Share your own text' }).first().click();
    await devon.page
      .getByLabel('How the period was, in your own words')
      .fill('I learned to begin a talk slowly. I want to lead a group by winter.');
    await press(devon, 'Share it');
    await done(devon);

    const { page } = marisol;
    await open(marisol, `/cases/${review}/do/submit_draft`);
    await page.getByText('I learned to begin a talk slowly').waitFor();
    await page
      .getByLabel('What went well, and what comes next')
      .fill('Keeps every appointment, and asks before advising.');
    await page.getByRole('spinbutton', { name: /^Relationships/ }).fill('4');
    await page.getByLabel('Meets', { exact: true }).check();
    await page.getByLabel('None', { exact: true }).check();
    await looked(marisol, 'supervisor-4-two-panes-390');
    await press(marisol, 'Hand it in');
    await done(marisol);
    await open(marisol, `/cases/${review}/do/share_draft`);
    await press(marisol, 'Share it');
    await done(marisol);
    const hr = await seatOf(browser, 'hr');
    await decideAs(hr, review, 'check_standard', { result: 'same_as_comparator' });
    await hr.context.close();
    await open(marisol, `/cases/${review}/do/hold_talk`);
    await page.getByLabel('On which day').fill('2026-07-28');
    await press(marisol, 'Record it');
    await done(marisol);

    await open(devon, '/');
    await devon.page.getByRole('link', { name: 'Sign, comment on, or decline the document' }).first().click();
    await devon.page.getByRole('link', { name: 'Answer your review' }).first().click();
    await devon.page.getByText('Keeps every appointment').waitFor();
    await devon.page.getByLabel('I do not sign').check();
    await devon.page.getByLabel('What you want to say').fill('I was asked too soon after my first day.');
    await looked(devon, 'supervisor-4-answer-390');
    await press(devon, 'Send my answer');
    await done(devon);

    await open(marisol, `/cases/${review}/documents`);
    await page.getByText(/^Response recorded/).click();
    await page.getByText('I was asked too soon after my first day.').waitFor();
    await looked(marisol, 'supervisor-4-note-kept-390');
    expect(marisol.wrong).toEqual([]);
    expect(devon.wrong).toEqual([]);
  });

  it('reads the same pages at 320 pixels, in the dark', async () => {
    const narrow = await seatOf(browser, 'supervisor', { width: 320, height: 700, dark: true });
    for (const part of ['', '/sessions', '/role', '/do/log_session', '/do/propose_drift_review']) {
      await open(narrow, `/cases/${employment}${part}`);
      await looked(narrow, `supervisor-narrow${part.replaceAll('/', '-')}-320`);
    }
    for (const path of [`/cases/${review}/do/submit_draft`, '/help']) {
      await open(narrow, path);
      await looked(narrow, `supervisor-narrow-${path.split('/').at(-1) ?? ''}-320`);
    }
    expect(narrow.wrong).toEqual([]);
    await narrow.context.close();
  });
});

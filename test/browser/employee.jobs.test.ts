import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askAs,
  caseOf,
  colleague,
  decideAs,
  looked,
  noBrowser,
  open,
  openBrowser,
  openReview,
  owedBy,
  seatOf,
} from './browser.ts';
import type { Seat } from './browser.ts';

/**
 * What somebody in a peer role does for themselves, on a phone. The ground of this file, which no other test takes: the
 * employment of Jordan Ames, a review of theirs that HR opens here, and Tomas Berg, who keeps what is confidential. The
 * clock stands.
 */

const phone = { width: 390, height: 844 };
const LATER_MS = 20_000;

let browser: Browser;
let jordan: Seat;
let marisol: Seat;
let employment = '';

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  jordan = await seatOf(browser, 'employee', phone);
  marisol = await seatOf(browser, 'supervisor', phone);
  const { list } = await askAs<{ list: { case: string; waiting: unknown }[] }>(jordan, 'GET', '/cases');
  employment = list.find((one) => one.case.startsWith('employment-'))?.case ?? '';
});
afterAll(async () => browser?.close());

const done = async ({ page }: Seat): Promise<void> => {
  await page.getByText(/^Done: /).waitFor({ timeout: LATER_MS });
};

/** A button that opens once nothing is missing. */
async function press({ page }: Seat, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect.poll(() => button.isEnabled(), { timeout: LATER_MS }).toBe(true);
  await button.click();
}

describe.skipIf(noBrowser)('somebody in a peer role', () => {
  it('1 sees their case, and who read about them', async () => {
    const { page } = jordan;
    await looked(jordan, 'employee-1-today-390');
    await page.getByRole('link', { name: 'Help, and in confidence' }).click();
    await page.getByRole('link', { name: 'Your case', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Jordan Ames' }).waitFor();
    await looked(jordan, 'employee-1-case-390');
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.getByText('Every entry of this case').waitFor();
    // HR looks at the application once more: that reading is there for Jordan to see.
    const hr = await seatOf(browser, 'hr');
    await open(hr, `/cases/${await caseOf(hr, 'candidacy', 'Jordan Ames')}`);
    await hr.page.getByRole('heading', { level: 1, name: 'Jordan Ames' }).waitFor();
    await hr.context.close();
    await open(jordan, '/me');
    const readers = page.getByRole('region', { name: 'Who read about you' });
    await readers.getByText('Dana Okafor').first().waitFor();
    expect(await readers.getByText('Jordan Ames').count()).toBe(0);
    await looked(jordan, 'employee-1-readers-390');
  });

  it('2 answers the month and the team first, alone', async () => {
    const { page } = jordan;
    await open(jordan, '/');
    await page.getByRole('link', { name: 'Answer the monthly form about tasks' }).first().click();
    await page.getByRole('link', { name: 'How was the month spent?' }).first().click();
    await page.getByLabel('The heart of the role').fill('70');
    await page.getByLabel('What supports it').fill('20');
    await page.getByText('10 still to share out').waitFor();
    await page.getByLabel('What the whole team shares').fill('10');
    await page.getByLabel('What is not of the role').fill('0');
    await looked(jordan, 'employee-2-month-390');
    await press(jordan, 'Send my answer');
    await done(jordan);
    // The supervisor, whose own answer is not in, reads nothing of it.
    interface Row {
      readonly kind: string | null;
      readonly body: object | null;
    }
    const { past } = await askAs<{ past: Row[] }>(marisol, 'GET', `/cases/${employment}/timeline`);
    const answers = past
      .filter((one) => one.kind === 'pulse_answered')
      .map(({ body }) => JSON.stringify(body));
    expect(answers.filter((one) => one.includes('2026-07'))).toEqual([]);

    await open(jordan, '/');
    // It is due in two weeks and nobody asks yet; whoever wants to can answer now.
    await page.getByText('Ahead, not asked yet').click();
    await page.getByRole('link', { name: 'Answer the short form about work in the team' }).first().click();
    await page.getByRole('link', { name: 'Part of the team?' }).first().click();
    await page.getByLabel('Missing on the mail lists of the team').check();
    await looked(jordan, 'employee-2-team-390');
    await press(jordan, 'Send my answer');
    await done(jordan);
    expect((await owedBy(jordan, employment)).some((id) => id.startsWith('P7.3:2026-07'))).toBe(false);
  });

  it('3 asks for an extra session, which cannot be declined; 4 comments on its line', async () => {
    const { page } = jordan;
    await open(jordan, `/cases/${employment}/sessions`);
    await looked(jordan, 'employee-3-sessions-390');
    await page.getByRole('link', { name: 'Ask for an extra session' }).click();
    await looked(jordan, 'employee-3-ask-390');
    await press(jordan, 'Ask for it');
    await done(jordan);
    const reference = page;
    await open(marisol, '/');
    await marisol.page
      .locator('article', { hasText: 'Jordan Ames' })
      .getByRole('link', { name: 'Agree a day for the extra session' })
      .click();
    await marisol.page.getByRole('link', { name: 'Give the extra session a day' }).first().click();
    await marisol.page.getByLabel('On which day').fill('2026-07-28');
    await press(marisol, 'This day');
    await done(marisol);
    await open(marisol, `/cases/${employment}/do/log_session?session=2026-07-28`);
    await marisol.page.getByLabel('It was held').check();
    await marisol.page.getByLabel('How many minutes').fill('20');
    await marisol.page.getByLabel('Phone').check();
    await marisol.page.getByLabel('Workload').check();
    await press(marisol, 'Record it');
    await done(marisol);

    await open(jordan, '/');
    await reference.getByRole('link', { name: 'Record the session' }).first().click();
    await reference.getByRole('link', { name: 'Say something to this line' }).first().click();
    await reference.getByLabel('No, it was otherwise').check();
    await reference.getByLabel('What you want to say').fill('We also spoke about the new room.');
    await looked(jordan, 'employee-4-comment-390');
    await press(jordan, 'Send what I say');
    await done(jordan);
    await open(marisol, `/cases/${employment}/sessions`);
    await marisol.page.getByText('says that it was otherwise').waitFor();
    await marisol.page.getByText('We also spoke about the new room.').waitFor();
    await looked(marisol, 'employee-4-line-390');
  });

  it('5 writes a text of their own for the review, reads it beside the other’s, and answers', async () => {
    await openReview(browser, employment);
    const { page } = jordan;
    await open(jordan, '/');
    await page.getByRole('link', { name: 'Write your own view of the period' }).first().click();
    await page.getByRole('link', { name: 'Share your own text' }).first().click();
    await page
      .getByLabel('How the period was')
      .fill('I ran the Tuesday group, and would like to train others.');
    await looked(jordan, 'employee-5-own-390');
    await press(jordan, 'Share it');
    await done(jordan);
    const review = /review-[0-9a-z]+/.exec(page.url())?.[0] ?? '';
    // What the supervisor and HR do stands in the test of supervisors; here it is the ground.
    await decideAs(marisol, review, 'submit_draft', {
      ...{ form: 'common-1', scale: '1-5', ratings: { growth: 4 }, overall: 'meets', followUps: ['none'] },
      ...{ goals: [], cites: {}, text: { text: 'The Tuesday group is full every week.' } },
    });
    const hr = await seatOf(browser, 'hr');
    await decideAs(hr, review, 'check_standard', { result: 'same_as_comparator' });
    await decideAs(marisol, review, 'hold_talk', { held: '2026-07-28' });
    await open(jordan, '/');
    await page.getByRole('link', { name: 'Sign, comment on, or decline the document' }).first().click();
    await page.getByRole('link', { name: 'Answer your review' }).first().click();
    await page.getByText('The Tuesday group is full every week.').waitFor();
    await page.getByText('I ran the Tuesday group').waitFor();
    await page.getByLabel('sign with a comment').check();
    await page.getByLabel('What you want to say').fill('Thank you; the training is what I care about.');
    await looked(jordan, 'employee-5-answer-390');
    await press(jordan, 'Send my answer');
    await done(jordan);
    await open(hr, `/cases/${review}/documents`);
    await hr.page.getByText(/^Response recorded/).click();
    await hr.page.getByText('Thank you; the training is what I care about.').waitFor();
    await hr.context.close();
  });

  it('6 reports privately, and nobody but the officer reads it; 7 reaches the officer', async () => {
    const { page } = jordan;
    const seen = async (here: Seat): Promise<readonly string[]> => {
      const { list } = await askAs<{ list: { case: string }[] }>(here, 'GET', '/cases?kind=clock&all=true');
      return list.map((one) => one.case);
    };
    await open(jordan, '/');
    await page.getByRole('link', { name: 'Help, and in confidence' }).click();
    await page.getByText('Tomas Berg').first().waitFor();
    await looked(jordan, 'employee-6-help-390');
    await page.getByRole('link', { name: 'Report something' }).click();
    await page.getByLabel('I was pressed to tell my story').check();
    await page.getByLabel('Officer for arrangements: Tomas Berg').check();
    await page.getByLabel('What happened').fill('At the staff meeting I was asked why I had been ill.');
    await looked(jordan, 'employee-6-report-390');
    await press(jordan, 'Send it to the officer');
    await done(jordan);
    const report = await lastMatter(jordan);
    expect(await seen(marisol)).not.toContain(report);

    await page.getByRole('link', { name: 'Help, and in confidence' }).click();
    await page.getByRole('link', { name: 'Ask for an arrangement' }).click();
    await page.getByLabel('What would help').fill('A quiet room for notes on Mondays.');
    await looked(jordan, 'employee-7-ask-390');
    await press(jordan, 'Ask the officer');
    await done(jordan);
    const request = await lastMatter(jordan);
    expect(request).not.toBe(report);
    expect(await seen(marisol)).not.toContain(request);

    const tomas = await colleague(browser, 'Tomas Berg', phone);
    for (const matter of [report, request]) expect((await owedBy(tomas, matter)).length).toBeGreaterThan(0);
    await open(tomas, `/cases/${request}/documents`);
    await tomas.page.locator('details', { hasText: 'accommodation' }).first().click();
    await tomas.page.getByText('A quiet room for notes on Mondays.').waitFor();
    await looked(tomas, 'employee-7-officer-390');
    for (const here of [jordan, marisol, tomas]) expect(here.wrong).toEqual([]);
    await tomas.context.close();
  });

  it('reads the same pages at 320 pixels', async () => {
    const narrow = await seatOf(browser, 'employee', { width: 320, height: 700, dark: true });
    for (const part of [
      '',
      '/sessions',
      '/role',
      '/do/answer_pulse',
      '/do/confirm_session',
      '/do/ask_extra_session',
    ]) {
      await open(narrow, `/cases/${employment}${part}`);
      await looked(narrow, `employee-narrow${part.replaceAll('/', '-')}-320`);
    }
    for (const path of ['/help', '/me', '/begin/clock/report_concern']) {
      await open(narrow, path);
      await looked(narrow, `employee-narrow${path.replaceAll('/', '-')}-320`);
    }
    expect(narrow.wrong).toEqual([]);
  });
});

/** The case that was begun a moment ago, by the link under the form. */
async function lastMatter({ page }: Seat): Promise<string> {
  const href = await page.getByRole('link', { name: 'See the case' }).getAttribute('href');
  return /clock-[0-9a-z]+/.exec(href ?? '')?.[0] ?? '';
}

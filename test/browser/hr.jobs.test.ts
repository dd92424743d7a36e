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
import type { Seat, ListedCase, ListedSubject } from './browser.ts';
import { colleague, seated } from './colleagues.ts';
import type { Colleague } from './colleagues.ts';

/**
 * The seven jobs of an HR department, by its pages. Theirs alone here: Ruth Calder’s application, the role and the people
 * that the jobs make themselves. The search that is posted gets two more applications and marked questions.
 */

let browser: Browser;
let here: Seat;
let hr: Colleague;

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  here = await seat(browser);
  // The machine may be busy with everything else.
  here.page.setDefaultTimeout(60_000);
  await signIn(here, 'hr');
  hr = await seated(browser, 'hr');
});
afterAll(async () => {
  if (!noBrowser) expect(here.wrong).toEqual([]);
  await browser?.close();
});

// What somebody had before them when a job failed.
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => picture(here, 'hr-failed'));
});

/** Somebody of the directory, by the name they go by. */
async function refOf(name: string): Promise<string> {
  const { list } = await hr.get<{ list: { person: string; name: string | null }[] }>('/people');
  return list.find((one) => one.name === name)?.person ?? '';
}
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
    (await (login === undefined ? colleague(browser, await refOf(name)) : seated(browser, login)));
  others.set(name, known);
  return known;
}

async function caseOf(kind: string, stage: string): Promise<string> {
  const { list } = await hr.get<{ list: ListedCase[] }>('/cases');
  return list.find((one) => one.kind === kind && one.stage === stage)?.case ?? '';
}
async function applicationOf(name: string): Promise<string> {
  const { list } = await hr.get<{ list: ListedSubject[] }>('/subjects');
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

/** Goes on with the button that answers what somebody is asked here; all but the first item are folded. */
async function answers(name: string, { page }: Seat = here): Promise<void> {
  await page.locator('details.asked').first().waitFor();
  const folded = page.locator('details.asked:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
  await page.getByRole('link', { name }).first().click();
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

const applicants = [
  ['Nora Whitlock', 'nora.whitlock@example.org'],
  ['Ade Balogun', 'ade.balogun@example.org'],
] as const;

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
    await page.getByText('Stops', { exact: true }).first().waitFor();
    await look('1-guard');
    await page
      .getByLabel(/^Text/)
      .first()
      .fill('People find each other sooner, and leave with a next step they chose.');
    await page.getByText('Stops', { exact: true }).first().waitFor({ state: 'detached' });
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

  it('2 sees in the morning what is stuck, whose turn it is, and the next step', async () => {
    const { page } = here;
    await page.goto('/');
    await page.getByRole('heading', { name: 'What you are asked for' }).waitFor();
    await page.getByLabel('Only what is late').check();
    const late = page.getByRole('region', { name: /^What waits for others/ });
    await late.getByText('Sunil Mehra').waitFor();
    await look('2-late');
    const rows = late.getByRole('row');
    for (let n = 1; n < (await rows.count()); n += 1) {
      const row = rows.nth(n);
      await expect(row.getByText(/late by/).count()).resolves.toBe(1);
      // Every late row says what happens next, and leads to its case.
      expect(await row.locator('td').last().textContent()).not.toBe('');
      expect(await row.getByRole('link').count()).toBe(1);
    }

    // What is late with oneself: the seat is answered in an application of that search.
    await page.getByRole('link', { name: 'Decide on the letter and its answer' }).first().click();
    await page.getByText('This is answered in the applications of this search').first().waitFor();
    const applications = page.getByRole('region', { name: 'Applications of this search' });
    await applications.getByRole('row', { name: /Ruth Calder/ }).waitFor();
    await look('2-search');
    await applications.getByRole('link', { name: 'Ruth Calder' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ruth Calder' }).waitFor();
    await page.getByText('Waiting for Ruth Calder').waitFor();
    await look('2-application');
  });

  it('3 takes applications in from a list, acknowledges each, and settles where reviewers differ', async () => {
    const { page } = here;
    const search = await caseOf('opening', 'posted');
    await page.goto('/people');
    await page.getByRole('link', { name: 'Records' }).click();
    await page.getByRole('combobox', { name: 'Search', exact: true }).selectOption(search);
    const put = (lines: readonly string[]) =>
      page.getByLabel('File').setInputFiles({
        ...{ name: 'applicants.csv', mimeType: 'text/csv' },
        buffer: Buffer.from(`${lines.join('\n')}\n`),
      });
    await put(['name,email', 'Nora Whitlock,nora.whitlock@example.org', ',nobody@example.org']);
    await page.getByRole('button', { name: 'Look what each row would come to' }).click();
    await page.getByText('Line 3, name: it is empty').waitFor();
    await look('3-wrong');
    await put(['name,email', ...applicants.map(([name, email]) => `${name},${email}`)]);
    await page.getByRole('button', { name: 'Look what each row would come to' }).click();
    await page.getByText('Every row can be entered').waitFor();
    await page.getByRole('button', { name: 'Enter them all' }).click();
    await page.getByText('Every row is entered').waitFor();
    await look('3-entered');

    for (const [name] of applicants) {
      await page.goto('/');
      await page.getByRole('article').filter({ hasText: name }).getByRole('link').first().click();
      await page.getByRole('link', { name: 'Acknowledge the receipt' }).first().click();
      await group('Receipt of what').getByLabel('Application').check();
      await decided();
    }
    await look('3-acknowledged');

    // The statement about lived experience is theirs alone to tick.
    for (const [name] of applicants)
      await (await other(name)).decide({ case: await applicationOf(name), type: 'attest' });
    const [agreed, differ] = await Promise.all(applicants.map(([name]) => applicationOf(name)));
    const screened = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };
    for (const name of ['Marisol Vega', 'Priya Raman']) {
      const reviewer = await other(name);
      for (const one of [agreed, differ]) {
        const not = name === 'Priya Raman' && one === differ;
        const view = not
          ? {
              ...screened,
              eligibility: 'does_not_meet',
              requirement: 'certificate',
              outcome: 'not_advanced',
              reason: 'RC_CRED',
            }
          : screened;
        await reviewer.decide({ case: one ?? '', type: 'screen', payload: view });
      }
    }
    await page.goto(`/cases/${differ ?? ''}`);
    await look('3-differ');
    await answers('Settle the screening');
    await group('Eligibility').getByLabel('Meets all').check();
    await group('Outcome').getByLabel('Advance', { exact: true }).check();
    await decided();
    for (const one of [agreed, differ]) {
      const { shown } = await hr.get<{ shown: ListedCase }>(`/cases/${one ?? ''}`);
      expect(shown.stage).toBe('pool');
    }
  });

  it('4 puts the kit together: questions that the guard passes, a stand-by, and why no time is offered yet', async () => {
    const { page } = here;
    const search = await caseOf('opening', 'posted');
    await page.goto(`/cases/${search}`);
    await opens('Mark questions for the interview');
    await page.getByLabel('Question', { exact: true }).selectOption('Q1');
    await group('Status').getByLabel('Approved').check();
    await page.getByLabel(/^Text/).fill('Do you take your medication, and can you promise to stay well?');
    await page.getByText('Stops', { exact: true }).first().waitFor();
    await look('4-question-stopped');
    await page.getByLabel(/^Text/).fill('How do you keep an agreement when two people need you at once?');
    await page.getByText('Stops', { exact: true }).first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add to questions' }).click();
    await page.getByLabel('Question', { exact: true }).nth(1).selectOption('question-crisis-1');
    await group('Status').nth(1).getByLabel('Approved').check();
    await look('4-questions');
    await decided();

    await back();
    await opens('Fill a seat of the panel');
    await page.getByLabel('Seat').fill('alternate');
    await page.getByLabel('Person').selectOption(await refOf('Luis Ortega'));
    await page.getByLabel('Trained').check();
    await look('4-seat');
    await decided();
    await back();
    await page.getByRole('link', { name: 'History' }).click();
    await page
      .getByRole('row', { name: /Luis Ortega/ })
      .first()
      .waitFor();

    // Times are offered once the posting is over and the pool is closed: the page says so before anything is pressed.
    const hana = await applicationOf('Hana Kovac');
    await page.goto(`/cases/${hana}`);
    await opens('Offer times to choose from');
    await page.getByLabel('Day', { exact: true }).fill('2026-08-12');
    await page.getByLabel('Time').fill('10:00');
    await page.getByText('Not possible as it stands').waitFor();
    await page.getByText('G3: close the pool').waitFor();
    await look('4-slots');
  });

  it('5 answers a counter-offer: a new version, approved anew by two, and only that one is sent', async () => {
    const { page } = here;
    const ruth = await applicationOf('Ruth Calder');
    await (
      await other('Ruth Calder')
    ).decide({
      ...{ case: ruth, type: 'counter_offer', payload: { version: 1, amount: 2400 } },
    });
    await page.goto(`/cases/${ruth}`);
    const versions = page.getByRole('region', { name: 'Versions of the offer' });
    await versions.getByRole('row', { name: /^Version 1/ }).waitFor();
    await page.getByRole('region', { name: 'Rating sheets, a column for each rater' }).waitFor();
    await look('5-application');
    await opens('Draft an offer');
    await page.getByLabel('Pay per hour').fill('2400');
    await page.getByLabel('Hours a week').fill('40');
    await look('5-draft');
    await decided();
    await back();
    await versions.getByRole('row', { name: /^Version 1, replaced.*counts no more/ }).waitFor();
    await opens('Approve the offer, or not');
    // The version that is meant, and its terms, stand there already.
    expect(await page.getByLabel('Version of the offer').inputValue()).toBe('2');
    await versions.getByRole('row', { name: /^Version 2.*24\.00 an hour/ }).waitFor();
    await group('Outcome').getByLabel('Approved').check();
    await look('5-approve');
    await decided();
    // One approval is not two.
    await back();
    await opens('Send the offer');
    await page.getByText('Not possible as it stands').waitFor();
    await look('5-not-yet');
    await (
      await other('Amara Diallo')
    ).decide({
      ...{ case: ruth, type: 'approve_offer', payload: { version: 2, outcome: 'approved' } },
    });
    await page.reload();
    await decided();
    await look('5-sent');
    await back();
    const sent = versions.getByRole('row', { name: /^Version 2/ });
    await sent.getByText('Dana Okafor and Amara Diallo').waitFor();
    await sent.getByText(/^sent /).waitFor();
    const seen = await (
      await other('Ruth Calder')
    ).get<{ shown: { waiting: { why: { code?: string } }[] } }>(`/cases/${ruth}`);
    expect(seen.shown.waiting.map(({ why }) => why.code)).toContain('P5.1');
  });

  it('6 prepares a first day: day, supervisor, mentor, checks, and the gate that has to hold', async () => {
    const { page } = here;
    const ruth = await applicationOf('Ruth Calder');
    const candidate = await other('Ruth Calder');
    await candidate.decide({ case: ruth, type: 'accept_offer', payload: { version: 2 } });
    await page.goto(`/cases/${ruth}`);
    await opens('Set day one');
    await page.getByLabel('Day', { exact: true }).fill('2026-07-31');
    await decided();
    await back();
    await opens('Name the supervisor');
    await page.getByLabel('Supervisor', { exact: true }).selectOption(await refOf('Marisol Vega'));
    await group('Outcome').getByLabel('Qualified', { exact: true }).check();
    await page.getByLabel(/^Trained/).fill('2025-05-01');
    await page.getByLabel(/^Second supervisor/).selectOption(await refOf('Theo Lindqvist'));
    await page.getByLabel(/^Training of the second supervisor/).fill('2024-09-10');
    await look('6-supervisor');
    await decided();

    await back();
    await answers('Write down what was promised');
    await look('6-promises');
    const training = { element: 'E4', item: 'systems_training', owner: 'supervisor', after: 7 };
    await hr.decide({ case: ruth, type: 'name_promises', payload: { promises: [training] } });

    // The hiring manager names the mentor: that is where HR hands over.
    const manager = await seat(browser, { width: 390, height: 844 });
    await signIn(manager, 'manager');
    await manager.page.goto(`/cases/${ruth}`);
    await answers('Name a mentor', manager);
    await manager.page.getByLabel('Mentor').selectOption(await refOf('Priya Raman'));
    await group('Kind', manager).getByLabel('Assigned').check();
    await look('6-mentor', manager);
    await decided(manager);
    await back(manager);
    await answers('Report what is ready', manager);
    await group(/^Items/, manager)
      .getByLabel('Desk')
      .check();
    await group(/^Items/, manager)
      .getByLabel('Invitations')
      .check();
    await decided(manager);
    expect(manager.wrong).toEqual([]);
    await manager.context.close();

    await page.goto(`/cases/${ruth}/gates`);
    const dayOne = page.getByRole('row', { name: /^G5/ });
    await dayOne.getByText('closed').waitFor();
    await look('6-gate-closed');

    const [mentor, ines, kofi, leo] = await Promise.all(
      ['Priya Raman', 'Ines Duarte', 'Kofi Mensah', 'Leo Brandt'].map(other),
    );
    await mentor?.decide({ case: ruth, type: 'answer_mentoring', payload: { answer: 'accepted' } });
    await candidate.decide({ case: ruth, type: 'answer_consent', payload: { answer: 'given' } });
    await ines?.decide({ case: ruth, type: 'order_check' });
    await kofi?.decide({ case: ruth, type: 'record_exclusion', payload: { outcome: 'clear' } });
    await ines?.decide({
      ...{ case: ruth, type: 'record_credential' },
      payload: { status: 'verified', validTo: '2027-11-30' },
    });
    await leo?.decide({
      ...{ case: ruth, type: 'report_setup' },
      payload: { items: ['keys', 'accounts'], access: ['read_limited', 'write_own_notes'] },
    });
    await mentor?.decide({ case: ruth, type: 'record_welcome' });
    const { list } = (await ines?.get<{ list: { case: string; why: { code?: string } }[] }>(
      '/waiting?mine=true',
    )) ?? { list: [] };
    const check = list.findLast(({ case: id, why }) => id.startsWith('clock-') && why.code === 'D5.2');
    await ines?.decide({ case: check?.case ?? '', type: 'record_check', payload: { outcome: 'clear' } });

    await page.reload();
    await dayOne.getByText('open: nothing is missing').waitFor();
    await look('6-gate');
    await page.getByRole('link', { name: 'Now', exact: true }).click();
    await answers('Confirm that day one can come');
    await decided();
    await look('6-done');
    await page.goto(`/cases/${ruth}/gates`);
    await dayOne.getByText('passed').waitFor();
    await page.goto(`/cases/${ruth}/timeline`);
    await look('6-timeline');
  });

  it('7 reports by the month: numbers that open into their cases, and a file for a spreadsheet', async () => {
    const { page } = here;
    await page.goto('/people');
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('heading', { name: /^Funnel/ }).waitFor();
    await look('7-funnel');
    await page.getByRole('checkbox', { name: /Numbers open into their cases/ }).check();
    const hired = page.getByRole('row', { name: /^Offered/ });
    await hired.locator('summary').first().click();
    await hired.getByRole('link', { name: 'Mara Ellison' }).waitFor();
    await look('7-cases');
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'For a spreadsheet' }).first().click();
    expect((await coming).suggestedFilename()).toBe('funnel.csv');
    await hired.getByRole('link', { name: 'Mara Ellison' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mara Ellison' }).waitFor();
    await page.goto('/reports');
    await page.getByLabel('Report', { exact: true }).selectOption('time-to-fill');
    await page.getByRole('heading', { name: /^Time to fill/ }).waitFor();
    await look('7-time');
  });

  it('writes a letter, the posting and the description from what stands in the record', async () => {
    const { page } = here;
    const hana = await applicationOf('Hana Kovac');
    await page.goto(`/cases/${hana}/documents`);
    await page.getByLabel('Which letter').selectOption({ label: 'Status note' });
    await page.getByRole('button', { name: 'Make the letter' }).click();
    await page.getByText('The record does not know these').waitFor();
    await page.getByLabel('Name of the organization').fill('Cedar Bridge');
    for (const [label, words] of [
      [/^Position title/, 'Peer support specialist'],
      [/^Sender phone/, '555 0101'],
      ['The next step', 'We write to you again by Friday.'],
    ] as const)
      if ((await page.getByLabel(label).count()) > 0) await page.getByLabel(label).fill(words);
    await look('letter-asked');
    await page.getByRole('button', { name: 'Make the letter' }).click();
    await page.getByRole('article', { name: 'Status note' }).getByText('Dear Hana Kovac').waitFor();
    await look('letter');

    await page.goto(`/cases/${await caseOf('opening', 'posted')}/documents`);
    await page.getByRole('button', { name: 'Make the posting' }).click();
    await page.getByText('The record does not know these').waitFor();
    // What was said once for all letters is not asked again.
    expect(await page.getByLabel('Name of the organization').count()).toBe(0);
    await page.getByLabel(/^Team name/).fill('Northside');
    await page.getByLabel('Hours a week, in words').fill('40 hours');
    await page.getByLabel(/^Schedule/).fill('Monday to Friday');
    await page.getByLabel('Benefits, in short').fill('Health insurance and 20 days of leave');
    await page.getByLabel('Ways to apply').fill('Online\nBy telephone');
    await page.getByLabel(/^Benefits advice contact/).fill('555 0102');
    await look('posting-asked');
    await page.getByRole('button', { name: 'Make the posting' }).click();
    await page.getByRole('article').getByRole('heading', { name: 'Peer support specialist' }).waitFor();
    await look('posting');

    await page.goto(`/cases/${await caseOf('role', 'described')}/documents`);
    await page.getByRole('button', { name: 'The description of the role' }).click();
    await page.getByText('Version 1, approved').waitFor();
    await look('description');
  });

  it('sees on a phone, in the dark, the same pages whole', async () => {
    const phone = await seat(browser, { width: 320, height: 700, dark: true });
    await signIn(phone, 'hr');
    const search = await caseOf('opening', 'selection');
    for (const [name, path] of [
      ['today', '/'],
      ['board', '/people'],
      ['search', `/cases/${search}`],
      ['questions', `/cases/${search}/do/mark_questions`],
      ['plan', `/cases/${search}/do/plan_interviews`],
      ['start', '/begin/role/open'],
    ] as const) {
      await phone.page.goto(path);
      await phone.page.getByRole('heading', { level: 1 }).first().waitFor();
      await look(`phone-${name}`, phone);
    }
    // A confidential matter has no card, no stage and no name on the board.
    await phone.page.goto('/people');
    await phone.page.getByRole('heading', { name: /^Also waiting/ }).waitFor();
    expect(await phone.page.getByText(/Confidential matter C-/).count()).toBe(0);
    expect(phone.wrong).toEqual([]);
    await phone.context.close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipientOf } from '../../src/activities/recipient.ts';
import { step } from '../../src/activities/step.ts';
import { askGuard } from '../../src/client/ask-guard.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { assign, delegate, endDelegation } from '../../src/client/organization.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** Absence on a real database: open and new items move to the stand-in and come back, and nobody goes in circles. */

const DAY = 86_400_000;
const [luis, ana, dana, candidate] = [person('luis'), person('ana'), person('dana'), person('candidate')];
const report = caseOf('clock', 'report');
let post: PostOffice;
let n = 0;
let [first, second] = ['', ''];

const office = () => post.ports;
const by = () => ({ decisionId: `away-${(n += 1)}`, actor: 'installation' as const });
const now = async (): Promise<number> => {
  const { rows } = await post.pool.query<{ at: number }>('select org_now($1) as at', [office().org]);
  return rows[0]?.at ?? 0;
};
const asked = async (): Promise<string | undefined> =>
  (await recipientOf(post.pool, office().org, `hr@${site}`, await now()))?.person;
const casesOf = async (who: string): Promise<readonly string[]> => {
  const { list } = await askWaiting(office(), { as: who, mine: who });
  return [...new Set(list.filter(({ why }) => !why.masked && why.code === 'P3.1').map((one) => one.case))];
};

/** One decision in somebody's place. */
async function inPlaceOf(absent: string, caseId: string, type: string, payload: Record<string, unknown>) {
  const envelope = {
    ...{ v: 1 as const, decisionId: `for-${(n += 1)}`, case: caseId, type, actor: luis },
    ...{ how: 'asserted_local' as const, onBehalfOf: absent, payload },
  };
  const command = { envelope, askedAt: Date.now() };
  return step(office(), { org: office().org, case: caseId, sequence: 0, command }, 5_000);
}

beforeAll(async () => {
  post = await postOffice();
  first = await application(post, 'before the absence');
}, 120_000);
afterAll(async () => post?.close(), 60_000);

describe('an absence', () => {
  const acknowledged = { of: 'application' };

  it('moves what is open and what is new to the stand-in, who answers on behalf', async () => {
    expect(await casesOf(dana)).toEqual([first]);
    expect(await casesOf(luis)).toEqual([]);
    await delegate(office(), { absent: dana, standIn: luis, until: (await now()) + 3 * DAY }, by());
    second = await application(post, 'in the absence');
    expect((await casesOf(luis)).toSorted()).toEqual([first, second].toSorted());
    expect(await asked()).toBe(luis);
    const said = await inPlaceOf(dana, first, 'acknowledge', acknowledged);
    expect(said.answer, JSON.stringify(said.answer)).toMatchObject({ is: 'done' });
    const { rows } = await post.pool.query(
      `select actor, on_behalf_of, capacity from ledger where org = $1 and case_id = $2
         and kind = 'receipt_acknowledged'`,
      [office().org, first],
    );
    expect(rows).toEqual([{ actor: luis, on_behalf_of: dana, capacity: 'hr' }]);
  });

  it('makes no loop, no chain and no second stand-in', async () => {
    const wants = (absent: string, standIn: string) =>
      delegate(office(), { absent, standIn, until: null }, by());
    await expect(wants(luis, dana)).rejects.toMatchObject({ code: 'stand_in_is_away' });
    await expect(wants(ana, dana)).rejects.toMatchObject({ code: 'stand_in_is_away' });
    await expect(wants(luis, ana)).rejects.toMatchObject({ code: 'stands_in_for' });
    await expect(wants(dana, ana)).rejects.toMatchObject({ code: 'has_stand_in' });
    const { rows } = await post.pool.query<{ n: number }>(
      `select count(*)::int as n from ledger where org = $1 and kind = 'delegated'`,
      [office().org],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('refuses a stand-in without the office of whoever is away', async () => {
    await assign(office(), [{ person: ana, capacity: 'leave_officer', scope: site }], by());
    const wanted = { absent: ana, standIn: luis, until: null };
    await expect(delegate(office(), wanted, by())).rejects.toMatchObject({ code: 'lacks_office' });
    await assign(office(), [{ person: luis, capacity: 'leave_officer', scope: site }], by());
    await delegate(office(), wanted, by());
    await endDelegation(office(), ana, by());
    await expect(endDelegation(office(), ana, by())).rejects.toMatchObject({ code: 'no_stand_in' });
  });

  it('comes back on the day it ends: who is asked, who sees it, and who may answer', async () => {
    await post.forward(3 * DAY + 1);
    expect(await asked()).toBe(dana);
    expect(await casesOf(luis)).toEqual([]);
    expect(await casesOf(dana)).toContain(second);
    expect(await inPlaceOf(dana, second, 'acknowledge', acknowledged)).toMatchObject({
      answer: { is: 'refused', refusal: { missing: [{ code: 'no_delegation' }] } },
    });
  });
});

describe('the guard against retaliation', () => {
  it('X19 is read by the investigating officer alone, and not by whoever reported', async () => {
    const payload = { site, person: candidate, parent: second, concern: 'talked_about' };
    expect(await post.act(report, 'candidate', 'report_concern', payload)).toMatchObject({
      answer: { is: 'done' },
    });
    await assign(office(), [{ person: ana, capacity: 'investigating_officer', scope: site }], by());
    expect(await askGuard(office(), ana, candidate)).toMatchObject([{ act: 'report', site }]);
    expect(await askGuard(office(), ana, luis)).toEqual([]);
    for (const who of [dana, candidate, luis])
      await expect(askGuard(office(), who, candidate)).rejects.toMatchObject({ code: 'not_permitted' });
    const { rows } = await post.pool.query<{ text: string }>(
      `select body || kind as text from ledger where org = $1 and case_id = $2`,
      [office().org, report],
    );
    expect(rows.map((row) => row.text).join()).not.toMatch(/talked_about|report/);
  });

  it('X19 is over after the days of the policy', async () => {
    await post.forward(181 * DAY);
    expect(await askGuard(office(), ana, candidate)).toEqual([]);
  });
});

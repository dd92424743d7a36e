import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { ownItems } from '../../src/activities/own-case.ts';
import { prepare } from '../../src/activities/prepare.ts';
import type { Prepared } from '../../src/activities/prepare.ts';
import { recipientOf } from '../../src/activities/recipient.ts';
import { step } from '../../src/activities/step.ts';
import { officesAt, ownersOf, readerOf } from '../../src/client/ask-reader.ts';
import { holdsAt } from '../../src/client/ask-redacted.ts';
import { addPerson } from '../../src/directory/people.ts';
import { askGuard } from '../../src/client/ask-guard.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { assign, delegate, endDelegation, unassign } from '../../src/client/organization.ts';
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
    const until = (await now()) + 3 * DAY;
    const forHr = () => delegate(office(), { absent: dana, standIn: luis, until }, by());
    await expect(forHr()).rejects.toMatchObject({ code: 'lacks_office' });
    // Whoever stands in for HR reads as much as HR when they are named.
    const leads = { person: luis, capacity: 'hr_director', scope: site } as const;
    await assign(office(), [leads], by());
    await forHr();
    await unassign(office(), [leads], by());
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

  it('tells the stand-in once which open items are theirs now, without naming who is away', async () => {
    const { rows } = await post.pool.query<{ key: string; case_id: string }>(
      `select key, case_id from prompts where org = $1 and code = 'MOVED'`,
      [office().org],
    );
    expect(rows.map((row) => row.case_id)).toEqual([first]);
    await deliver(office(), { org: office().org, case: first, keys: rows.map((row) => row.key) });
    await deliver(office(), { org: office().org, case: first, keys: rows.map((row) => row.key) });
    const mails = (await post.mail.messages()).filter(({ subject }) => subject.startsWith('Your list'));
    expect(mails.map(({ to }) => to.replaceAll(/[<>]/g, ''))).toEqual(['luis@example.org']);
    const raw = readFileSync(join(post.mail.folder, mails[0]?.file ?? ''));
    const { text = '' } = await simpleParser(raw);
    expect(text).toContain('You stand in for somebody from now on');
    expect(text).toContain(first.slice(-6).toUpperCase());
    expect(text).not.toMatch(/dana/i);
  });

  it('leaves to a candidate what they are asked about themselves', async () => {
    await delegate(office(), { absent: candidate, standIn: ana, until: null }, by());
    const own = await ownItems(office(), [
      { owner: candidate, case_id: second },
      { owner: dana, case_id: second },
    ]);
    expect(own({ owner: candidate, case_id: second })).toBe(true);
    expect(own({ owner: dana, case_id: second })).toBe(false);
    const { rows } = await post.pool.query<{ id: string }>(
      'select id from obligations where org = $1 and case_id = $2 limit 1',
      [office().org, second],
    );
    const at = await now();
    const asks = (owner: string): Promise<Prepared> =>
      prepare(office(), {
        ...{
          key: `${second}:999:0`,
          case_id: second,
          obligation: rows[0]?.id ?? '',
          code: 'P3.1',
          rung: 'r0',
        },
        ...{
          how: 'ask',
          owner,
          due: at + DAY,
          send_after: at,
          visibility: 'C2',
          site,
          outcome: null,
          attempts: 0,
        },
        ...{ held: null, rung_at: at },
      });
    expect(await asks(candidate)).toMatchObject({ recipient: { person: candidate, standIn: false } });
    expect(await asks(`hr@${site}`)).toMatchObject({ recipient: { person: luis, standIn: true } });
    // An office of their own asks them nothing about themselves: the next who holds it is asked, or nobody is.
    const access = (who: string) => ({ person: who, capacity: 'it' as const, scope: site });
    await assign(office(), [access(candidate)], by());
    expect(await asks(`it@${site}`)).toMatchObject({ is: 'fail', code: 'nobody_assigned' });
    await assign(office(), [access(ana)], by());
    expect(await asks(`it@${site}`)).toMatchObject({ recipient: { person: ana } });
    const apart = (people: readonly string[]) =>
      recipientOf(post.pool, office().org, `hr@${site}`, at, '', people);
    expect(await apart([candidate])).toEqual({ person: luis, standIn: true });
    // Nor whoever stands in for the one who is asked.
    expect(await apart([luis])).toBeNull();
    await endDelegation(office(), candidate, by());
    // An office tells nobody about themselves: the next in line is asked, or another who holds it; else nobody.
    const holds = (who: string, capacity: 'hr_director' | 'director') =>
      assign(office(), [{ person: who, capacity, scope: site }], by());
    await holds(candidate, 'hr_director');
    const director = `hr_director@${site}`;
    expect(await asks(director)).toMatchObject({ is: 'fail', code: 'nobody_assigned' });
    await holds(ana, 'director');
    expect(await asks(director)).toMatchObject({ recipient: { person: ana, standIn: false } });
    await holds(luis, 'hr_director');
    expect(await asks(director)).toMatchObject({ recipient: { person: luis, standIn: false } });
    for (const [who, capacity] of [
      [candidate, 'hr_director'],
      [luis, 'hr_director'],
      [ana, 'director'],
    ] as const)
      await unassign(office(), [{ person: who, capacity, scope: site }], by());
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
    expect(rows).toEqual([{ n: 2 }]);
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

  it.each(['accommodation_officer', 'hr', 'auditor'] as const)(
    'lends no office that was given to whoever is away after the stand-in was named: %s',
    async (capacity) => {
      const [away, other] = [person(`away ${capacity}`), person(`other ${capacity}`)];
      for (const [ref, name] of [
        [away, 'Noor Haddad'],
        [other, 'Ines Prado'],
      ] as const)
        await addPerson(post.pool, office().keys, { org: office().org, ref, name, email: null });
      await assign(office(), [{ person: other, capacity: 'supervisor', scope: site }], by());
      await delegate(office(), { absent: away, standIn: other, until: null }, by());
      await post.forward(1_000);
      await assign(office(), [{ person: away, capacity, scope: site }], by());
      const { org } = office();
      const owner = `${capacity}@${site}`;
      const owners = async (who: string) => {
        const found = await post.pool.query<{ one: string }>('select owners_of($1, $2, $3) as one', [
          ...[org, who, await now()],
        ]);
        return found.rows.map(({ one }) => one);
      };
      const counts = async () => {
        const reader = await readerOf(office(), other);
        return [
          holdsAt(office(), reader, site, [capacity]),
          ownersOf(reader).includes(owner),
          officesAt(reader, { kind: 'role', org, site }).includes(capacity),
        ];
      };
      expect((await counts()).filter(Boolean)).toEqual([]);
      expect(await owners(other)).not.toContain(owner);
      expect(ownersOf(await readerOf(office(), other))).toContain(away);
      if (capacity !== 'hr') {
        expect(await owners(away)).toContain(owner);
        expect((await recipientOf(post.pool, org, owner, await now()))?.person).toBe(away);
      }
      await assign(office(), [{ person: other, capacity, scope: site }], by());
      expect((await counts()).slice(0, 2)).toEqual([true, true]);
      await endDelegation(office(), away, by());
      for (const who of [away, other])
        await unassign(office(), [{ person: who, capacity, scope: site }], by());
    },
  );

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
    await assign(office(), [{ person: ana, capacity: 'investigating_officer', scope: site }], by());
    const payload = { site, person: candidate, parent: second, concern: 'talked_about' };
    expect(await post.act(report, 'candidate', 'report_concern', payload)).toMatchObject({
      answer: { is: 'done' },
    });
    expect(await askGuard(office(), ana, candidate)).toMatchObject([{ act: 'report', site }]);
    expect(await askGuard(office(), ana, luis)).toEqual([]);
    // Another office learns nothing of what was reported to this one.
    expect(await askGuard(office(), luis, candidate)).toEqual([]);
    for (const who of [dana, candidate])
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

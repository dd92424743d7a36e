import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { sendLists } from '../../src/activities/digest.ts';
import { apartItems, apartOf } from '../../src/activities/own-case.ts';
import { openItems } from '../../src/activities/digest-store.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { feedOf, makeFeed } from '../../src/client/links/feed.ts';
import { assign, delegate, endDelegation } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { sealText } from '../../src/directory/texts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { draft } from '../unit/review-house.ts';
import { postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** R8.7 on a real database: of two words on one thing the second is asked of nobody who gave the first, on any list. */

const review = caseOf('review', 'other half');
const another = caseOf('review', 'another one');
const employment = caseOf('employment', 'other half');
const [both, arranger, investigator] = ['both', 'arranger', 'investigator'].map(person) as [
  string,
  string,
  string,
];
const clear = { word: 'nothing_stands_against' };
let post: PostOffice;

const by = (id: string) => ({ decisionId: id, actor: 'installation' as const });

/** @returns the items of R8.7 on somebody's own list, by the office they are asked in */
async function words(who: string, id = review): Promise<readonly string[]> {
  const { list } = await askWaiting(post.ports, { as: who, mine: who, case: id });
  const open = list.flatMap(({ why }) => (!why.masked && why.code === 'R8.7' ? [why.owner] : []));
  return open.map((owner) => owner.slice(0, owner.indexOf('@'))).toSorted();
}

async function inCalendar(who: string): Promise<number> {
  const found = await feedOf(post.ports, await makeFeed(post.ports, who));
  return found?.entries.filter((one) => one.id.startsWith('R8.7')).length ?? 0;
}

async function done(id: string, who: string, type: string, payload: object = {}): Promise<void> {
  const answer = await post.act(id, who, type, payload);
  expect(answer, `${type}: ${JSON.stringify(answer.answer)}`).toMatchObject({ answer: { is: 'done' } });
}

/** A probation that is not to be passed, proposed and without any word yet. */
async function notPassed(id: string): Promise<void> {
  const body = {
    ...{ site, employment, employee: person('candidate'), supervisor: person('luis') },
    ...{ manager: person('manager'), mentor: null, cycle: 'probation_end' },
    ...{ due: '2025-03-12', periodEnd: '2025-03-14', nextDue: null },
    ...{ role: caseOf('role', 'other half'), roleVersion: 1 },
  };
  const { pool, keys, org } = post.ports;
  const { rows } = await pool.query<{ now: string }>('select org_now($1) as now', [org]);
  await pool.query(
    `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
     values ($1, $2, $3, $4, true, 'start_review', $5, $6)`,
    [org, `${employment}/${id}/0`, employment, id, JSON.stringify(body), rows[0]!.now],
  );
  await post.look(id);
  const cites = { relationships: 'session:s12', overall: 'action:a3' };
  const negative = { ratings: { relationships: 2 }, overall: 'does_not_meet', cites };
  const words = {
    org,
    decisionId: `draft-${id}`,
    field: 'text',
    subject: person('candidate'),
    text: 'As seen at work.',
  };
  const { ref } = await sealText(pool, keys, words);
  const drafted = { ...draft(negative), text: ref };
  const answer = await post.act(id, 'luis', 'submit_draft', drafted, `draft-${id}`);
  expect(answer).toMatchObject({ answer: { is: 'done' } });
  await done(id, 'dana', 'check_standard', { result: 'same_as_comparator' });
  await done(id, 'candidate', 'hold_talk', { held: '2025-03-05' });
  await done(id, 'manager', 'propose_probation', { outcome: 'not_passed', reasons: ['skill_not_shown'] });
}

beforeAll(async () => {
  post = await postOffice();
  const { pool, keys, org } = post.ports;
  for (const word of ['both', 'arranger', 'investigator', 'manager'])
    await addPerson(pool, keys, {
      ...{ org, ref: person(word), name: `Test ${word}`, email: `${word}@example.org`, zone: null },
    });
  const offices = ['accommodation_officer', 'investigating_officer'] as const;
  const held = (who: string, ...all: readonly (typeof offices)[number][]) =>
    all.map((capacity) => ({ person: who, capacity, scope: site }));
  await assign(post.ports, held(both, ...offices), by('first of two'));
  await post.forward(60_000);
  const others = [...held(arranger, offices[0]), ...held(investigator, offices[1])];
  await assign(post.ports, others, by('the others'));
  await notPassed(review);
  await notPassed(another);
}, 60_000);
afterAll(async () => post?.close(), 30_000);

describe('the second of two words', () => {
  it('R8.7 is on the lists of all who hold an office, until one of them has spoken', async () => {
    expect(await words(both)).toEqual(['accommodation_officer', 'investigating_officer']);
    expect(await words(arranger)).toEqual(['accommodation_officer']);
    expect(await words(investigator)).toEqual(['investigating_officer']);
    expect(await inCalendar(both)).toBe(4);
  });

  it('R8.7 is then on nobody’s list who gave the first, nor in their calendar, nor sent to them, nor lent to them', async () => {
    await done(review, 'both', 'give_word', clear);
    expect(await words(both)).toEqual([]);
    expect(await words(investigator)).toEqual(['investigating_officer']);
    expect(await inCalendar(both)).toBe(2);
    expect(await words(both, another)).toEqual(['accommodation_officer', 'investigating_officer']);
    const owner = `investigating_officer@${site}`;
    const open = await post.pool.query<{ id: string }>(
      'select id from obligations where org = $1 and case_id = $2 and owner = $3',
      [post.ports.org, review, owner],
    );
    const obligation = open.rows[0]?.id ?? '';
    const asked = { owner, case_id: review, obligation };
    const apart = await apartOf(post.ports, asked);
    expect(apart).toContain(both);
    expect(apart).not.toContain(investigator);
    await post.pool.query('update obligations set reminded = 1 where case_id = $1', [review]);
    const items = (await openItems(post.ports, [owner])).filter((one) => one.case_id === review);
    expect(items.map((one) => one.code)).toEqual(['R8.7']);
    const left = await apartItems(post.ports, both, items);
    const stays = await apartItems(post.ports, investigator, items);
    expect([items.map(left), items.map(stays)]).toEqual([[true], [false]]);
    // Whoever stands in for the other officer is still whoever gave the first word.
    await delegate(post.ports, { absent: investigator, standIn: both, until: null }, by('away for a while'));
    expect(await words(both)).toEqual([]);
    // Everybody who may read the case is told who it waits for, and that is not them.
    const { list } = await askWaiting(post.ports, { as: both, case: review });
    const seen = list.find(({ why }) => !why.masked && why.code === 'R8.7');
    expect(seen?.who?.person ?? null).not.toBe(both);
    expect(seen).not.toHaveProperty('why.spoke');
    await endDelegation(post.ports, investigator, by('back again'));
  });

  it('R8.7 what waited for a list of whoever spoke goes by itself to whoever is asked now', async () => {
    const { pool, org } = post.ports;
    const owner = `investigating_officer@${site}`;
    const { rows } = await pool.query<{ id: string; due: number; at: number }>(
      'select id, due, org_now($1) as at from obligations where org = $1 and case_id = $2 and owner = $3',
      [org, review, owner],
    );
    const [one] = rows;
    const key = `${review}:900:0`;
    await pool.query(
      `insert into prompts (org, key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site, state, held)
       values ($1, $2, $3, $4, 'R8.7', 'r0', 'ask', $5, $6, $7, 'C2', $8, 'queued', 'digest')`,
      [org, key, review, one?.id, owner, one?.due, one?.at, site],
    );
    await sendLists(post.ports, { org, job: 'digest:America/New_York' });
    const after = await pool.query('select state, held from prompts where org = $1 and key = $2', [org, key]);
    expect(after.rows).toEqual([{ state: 'queued', held: null }]);
    await deliver(post.ports, { org, case: review, keys: [key] });
    const sent = await pool.query('select state, recipient from prompts where org = $1 and key = $2', [
      ...[org, key],
    ]);
    expect(sent.rows).toEqual([{ state: 'sent', recipient: investigator }]);
  });

  it('R8.7 HR reads the right name at each of two cases that ask two people of one office', async () => {
    const asked = async (id: string) => {
      const { list } = await askWaiting(post.ports, { as: person('dana') });
      const one = list.find(({ case: of, who }) => of === id && who?.capacity === 'investigating_officer');
      return [one?.who?.person, one?.who?.name];
    };
    expect(await asked(review)).toEqual([investigator, 'Test investigator']);
    expect(await asked(another)).toEqual([both, 'Test both']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAsOf } from '../../src/client/ask-as-of.ts';
import { askBoard, askCase } from '../../src/client/ask-cases.ts';
import { askMoved, headPosition } from '../../src/client/ask-moved.ts';
import { askPeople } from '../../src/client/ask-people.ts';
import { assign } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { caseOf, person } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** That there is a confidential entry is told by no number: not by the last entry, the day of the last move, or a line of events. */

const DAY = 86_400_000;
/** Beyond what reading writes down meanwhile. */
const FAR = 10_000;
const [dana, officer] = [person('dana'), person('officer')];
const report = caseOf('clock', 'report');
let post: PostOffice;
let id: string;
let before: number;

async function seenBy(who: string) {
  const office = post.ports;
  const board = (await askBoard(office, { as: who })).list.find((one) => one.case === id);
  const { shown } = await askCase(office, who, id);
  const at = shown.openedAt + 2 * DAY;
  const past = await askAsOf(office, who, id, { at, from: shown.openedAt });
  const moved = await askMoved(office, who, before, FAR + 9);
  return {
    sequences: [board?.sequence, shown.sequence, past?.sequence],
    moved: [board?.movedAt, shown.movedAt],
    line: moved.filter((one) => one.case === id).map((one) => one.position - FAR),
  };
}

/** One more entry of a case, of a class, two hours after its last. */
const entry = (visibility: string, n: number) =>
  post.pool.query(
    `insert into ledger (org, position, case_id, sequence, kind, at, actor, how, capacity, on_behalf_of, decision_id,
       decision_index, asked_at, supersedes, visibility, retention, facts, terms, texts, body, prev, hash)
     select org, $3 + $4::int, case_id, sequence + 1, kind, at + 7200000, actor, how, capacity, on_behalf_of,
       'entry-' || $4, 0, asked_at, supersedes, $5, retention, facts, terms, '[]', body, prev, hash
     from ledger where org = $1 and case_id = $2 order by sequence desc limit 1`,
    [post.ports.org, id, FAR, n, visibility],
  );

beforeAll(async () => {
  post = await postOffice();
  id = await application(post, 'with a report');
  const { org, pool, keys } = post.ports;
  await addPerson(pool, keys, { org, ref: officer, name: 'Ines Prado', email: null });
  await assign(post.ports, [{ person: officer, capacity: 'investigating_officer', scope: report }], {
    ...{ decisionId: 'officer', actor: 'installation' as const },
  });
  await post.forward(DAY);
  before = await headPosition(post.ports);
}, 120_000);
afterAll(async () => post?.close(), 60_000);

describe('how far a case has come', () => {
  it('is the same before and after a confidential entry for whoever does not read it', async () => {
    const first = await seenBy(dana);
    expect(first.line).toEqual([]);
    expect(first.sequences[0]).toBeGreaterThan(0);
    expect(new Set(first.sequences).size).toBe(1);
    await entry('C3', 1);
    expect(await seenBy(dana)).toEqual(first);
    // Whoever runs the house by its shell sees what is there.
    expect((await askMoved(post.ports, 'installation', before, FAR + 9)).map((one) => one.case)).toEqual([
      id,
    ]);
    await entry('C1', 2);
    const last = await seenBy(dana);
    expect(last.line).toEqual([2]);
    expect(last.sequences[0]).toBe((first.sequences[0] ?? 0) + 2);
    expect(last.moved[0]).toBeGreaterThan(first.moved[0] ?? 0);
  });
});

describe('an office in a confidential case', () => {
  it('is in the directory of whoever holds it, and in nobody else’s', async () => {
    const scopes = async (as: string) =>
      (await askPeople(post.ports, as))
        .find((one) => one.person === officer)
        ?.capacities.map(({ scope }) => scope);
    expect(await scopes(officer)).toEqual([report]);
    expect(await scopes(dana)).toEqual([]);
  });
});

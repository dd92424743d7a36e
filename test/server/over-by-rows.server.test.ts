import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseOf } from '../unit/house.ts';
import { postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** X32: a house from before the searches said since when they are over gets that moment from their own rows. */

const text = new URL('../../src/ledger/migrations/0021_over_by_the_rows.sql', import.meta.url);
const [opening, other] = [caseOf('opening', 'over by rows'), caseOf('opening', 'over and quiet')];
let post: PostOffice;

beforeAll(async () => {
  post = await postOffice();
}, 60_000);
afterAll(async () => post?.close(), 30_000);

it('X32 a notice that came back to a search that was over moves its end no further', async () => {
  const { pool, org } = post.ports;
  const row = async (id: string, sequence: number, kind: string, at: number) =>
    pool.query(
      `insert into ledger (org, position, case_id, sequence, kind, at, actor, how, capacity, on_behalf_of, decision_id,
         decision_index, asked_at, supersedes, visibility, retention, facts, terms, texts, body, prev, hash)
       select $1, 1000000 + $3 + $5 % 1000, $2, $3, $4, $5, '', '', '', '', $2 || $3, 0, $5, '', 'C1', 'selection', '[]', '', '[]', '{}', '', ''`,
      [org, id, sequence, kind, at],
    );
  await row(opening, 1, 'opened', 5_001);
  await row(opening, 2, 'closed', 7_002);
  await row(opening, 3, 'notice_declined', 9_003);
  await row(other, 1, 'opened', 8_004);
  for (const [id, value] of [
    [opening, '9003'],
    [other, '8004'],
  ] as const)
    await pool.query(
      `insert into facts (org, kind, subject, value, case_id, sequence) values ($1, 'search_over', $2, $3, $2, 1)`,
      [org, id, value],
    );
  await pool.query(readFileSync(text, 'utf8'));
  const { rows } = await pool.query<{ subject: string; value: string }>(
    `select subject, value from facts where org = $1 and kind = 'search_over'`,
    [org],
  );
  expect(new Map(rows.map((one) => [one.subject, one.value]))).toEqual(
    new Map([
      [opening, '7002'],
      [other, '8004'],
    ]),
  );
});

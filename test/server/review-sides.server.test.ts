import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAsOf } from '../../src/client/ask-as-of.ts';
import { askHistory } from '../../src/client/ask-history.ts';
import { askText } from '../../src/client/ask-text.ts';
import { dryRunOf } from '../../src/client/known-people.ts';
import { sealText } from '../../src/directory/texts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { draft } from '../unit/review-house.ts';
import { postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** Stage 8 on a real database: what one side of a review wrote is read by nobody else before its author shares it. */

const review = caseOf('review', 'sides');
const employment = caseOf('employment', 'sides');
const [employee, supervisor, hr, beside] = ['candidate', 'luis', 'dana', 'ana'].map(person) as [
  string,
  string,
  string,
  string,
];
let post: PostOffice;

/** One text, sealed under the decision that names it. */
async function seal(decisionId: string): Promise<string> {
  const { org, pool, keys } = post.ports;
  const text = { org, decisionId, field: 'text', subject: employee, text: `Words of ${decisionId}.` };
  return (await sealText(pool, keys, text)).ref;
}

async function says(who: string, type: string, decisionId: string, more: object = {}): Promise<string> {
  const text = await seal(decisionId);
  const answer = await post.act(review, who, type, { ...more, text }, decisionId);
  expect(answer, decisionId).toMatchObject({ answer: { is: 'done' } });
  return text;
}

beforeAll(async () => {
  post = await postOffice();
  const body = {
    ...{ site, employment, employee, supervisor, manager: person('manager'), mentor: beside },
    ...{ cycle: 'six_month', due: '2025-03-28', periodEnd: '2025-03-28', nextDue: null },
    ...{ role: caseOf('role', 'sides'), roleVersion: 1 },
  };
  const { rows } = await post.pool.query<{ now: string }>('select org_now($1) as now', [post.ports.org]);
  await post.pool.query(
    `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
     values ($1, $2, $3, $4, true, 'start_review', $5, $6)`,
    [post.ports.org, `${employment}/1/0`, employment, review, JSON.stringify(body), rows[0]!.now],
  );
  await post.look(review);
}, 60_000);
afterAll(async () => post?.close(), 30_000);

/** Who of these reads a text. */
async function readers(ref: string): Promise<readonly string[]> {
  const all = { employee, supervisor, hr, beside };
  const found: string[] = [];
  for (const [name, as] of Object.entries(all))
    if (await askText(post.ports, as, ref).catch(() => null)) found.push(name);
  return found;
}

describe('the sides of a review', () => {
  it('P8.1 a self-review that is kept is its author’s alone, and is read by those concerned once shared', async () => {
    const early = await says('candidate', 'keep_self_review', 'keep-early');
    const later = await says('candidate', 'keep_self_review', 'keep-later');
    expect(await readers(early)).toEqual(['employee']);
    expect(await readers(later)).toEqual(['employee']);
    expect(await post.act(review, 'candidate', 'share_self_review')).toMatchObject({
      answer: { is: 'done' },
    });
    expect(await readers(later)).toEqual(['employee', 'supervisor', 'hr']);
    expect(await readers(early)).toEqual(['employee']);
  });

  it('R8.3 a draft that rests on what is not on record is refused, and says which; one that rests on nothing is not', async () => {
    const tried = (cites: object) =>
      dryRunOf(
        post.ports,
        {
          ...{ v: 1, decisionId: 'tried', case: review, type: 'submit_draft', actor: supervisor },
          ...{ how: 'asserted_local', payload: { ...draft({ cites }), text: 'txt_tried_text' } },
        },
        ['txt_tried_text'],
      );
    expect(await tried({})).toMatchObject({ is: 'would' });
    expect(await tried({ growth: 'session:1999-01-05', relationships: 'action:a999_0' })).toMatchObject({
      refusal: {
        ...{ code: 'unknown_reference', rule: 'R8.3' },
        missing: [
          { code: 'cited_on_record', about: 'growth: session:1999-01-05' },
          { code: 'cited_on_record', about: 'relationships: action:a999_0' },
        ],
      },
    });
  });

  it('P8.3 a draft is closed to the employee until it is shared, in its row, its text and the state', async () => {
    const text = await says('luis', 'submit_draft', 'the-draft', draft());
    const { rows } = await post.pool.query<{ now: number }>('select org_now($1) as now', [post.ports.org]);
    const seen = async (as: string) => {
      const { list } = await askHistory(post.ports, as, review, {});
      const then = await askAsOf(post.ports, as, review, { at: rows[0]!.now });
      return {
        row: list.find((one) => one.kind === 'draft_submitted')?.body ?? null,
        state: (then?.state as { draft: object | null } | undefined)?.draft ?? null,
      };
    };
    expect(await readers(text)).toEqual(['supervisor', 'hr']);
    expect(await seen(employee)).toEqual({ row: null, state: null });
    expect(await seen(hr)).toMatchObject({ row: { overall: 'meets' }, state: { overall: 'meets' } });
    expect(await post.act(review, 'luis', 'share_draft')).toMatchObject({ answer: { is: 'done' } });
    expect(await readers(text)).toEqual(['employee', 'supervisor', 'hr']);
    expect((await seen(employee)).row).toMatchObject({ overall: 'meets' });
    // To whoever mentors the person the whole case is closed.
    await expect(seen(beside)).rejects.toThrow('is not for this reader');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeTerms, termsInForce } from '../../src/client/new-terms.ts';
import type { NewTerms, ToldCases } from '../../src/client/new-terms.ts';
import { assign } from '../../src/client/organization.ts';
import type { Policy, PolicyValue } from '../../src/domain/kernel/policy.ts';
import { keepDocument } from '../../src/ledger/documents.ts';
import { caseOf, person, policyForTests, site, termsForTests } from '../unit/house.ts';
import { opening, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** New terms are put in force only where each case that is told of them can go on under them. */

const first = caseOf('candidacy', 'fits 1');
const second = caseOf('candidacy', 'fits 2');
let post: PostOffice;
let n = 0;

async function applied(id: string): Promise<void> {
  const by = { decisionId: `fits-candidate-${(n += 1)}`, actor: 'installation' as const };
  await assign(post.ports, [{ person: person('candidate'), capacity: 'candidate', scope: id }], by);
  const application = { site, opening, person: person('candidate'), attested: true };
  // One person applies for an opening once; here each application is a play of its own.
  await post.pool.query(`delete from facts where kind = 'applying'`);
  expect(await post.act(id, 'candidate', 'open', application)).toMatchObject({ answer: { is: 'done' } });
  await post.look(id);
}

beforeAll(async () => {
  post = await postOffice();
  await applied(first);
  await applied(second);
}, 60_000);
afterAll(async () => post?.close(), 30_000);

const put = (terms: NewTerms, whom: ToldCases = 'all') =>
  changeTerms(post.ports, site, terms, whom, { decisionId: `fits-${(n += 1)}`, actor: 'installation' });

/** The policy of these tests with the days of the screening set so, whatever a schema would say of it. */
function screening(within: PolicyValue): Policy {
  const policy = structuredClone(policyForTests()) as { values: Record<string, Record<string, PolicyValue>> };
  policy.values['P3.3'] = { ...policy.values['P3.3'], within_bd: within };
  return policy as unknown as Policy;
}
const policyOf = (within: PolicyValue): NewTerms => ({
  what: 'policy',
  policy: screening(within),
  profile: null,
});
const endingOn = (last: string): NewTerms => ({
  what: 'calendar',
  calendar: { ...termsForTests().calendar, last },
});

async function lines(sql: string, ...values: unknown[]): Promise<readonly object[]> {
  return (await post.pool.query<object>(sql, [post.ports.org, ...values])).rows;
}
const everything = async () => [
  await termsInForce(post.pool, post.ports.org, site),
  await lines('select case_id, sequence, kind from ledger where org = $1 order by position'),
  await lines('select key, outcome from notices where org = $1 order by key'),
];
const adoptions = (id: string) =>
  lines(`select 1 from ledger where org = $1 and case_id = $2 and kind = 'terms_adopted'`, id);

describe('new terms under which a case cannot go on', () => {
  it.each([
    ['a text for a number', policyOf('5')],
    ['half a day', policyOf(1.5)],
    ['more days than the calendar has', policyOf(90_000)],
    ['a calendar that ends before what is open is due', endingOn('2025-03-07')],
  ])('are refused and change nothing: %s', async (_what, terms) => {
    const before = await everything();
    const refusal = { name: 'TermsRefused', code: 'terms_do_not_fit' };
    await expect(put(terms)).rejects.toMatchObject(refusal);
    await expect(put(terms, [second])).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining(second) as string,
    });
    expect(await everything()).toEqual(before);
    expect(await post.look(first)).toMatchObject({ answer: null });
  });

  it('that were told all the same are overtaken by terms that fit', async () => {
    const { org, pool } = post.ports;
    const force = await termsInForce(pool, org, site);
    const after = { ...force, policy: await keepDocument(pool, org, 'policy', screening('5')) };
    await pool.query(
      `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
       values ($1, 'house-policy/1/1', 'house-policy', $2, false, 'terms_changed', $3, org_now($1))`,
      [org, first, JSON.stringify({ after })],
    );
    await expect(post.look(first)).rejects.toMatchObject({ code: 'policy_value_missing' });
    const { told } = await put(policyOf(6));
    expect(told).toEqual([first, second].toSorted());
    for (const id of told) await post.look(id);
    expect(await lines('select key from notices where org = $1 and outcome is null')).toEqual([]);
    expect(await adoptions(first)).toHaveLength(2);
    expect(await adoptions(second)).toHaveLength(1);
    const meets = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };
    expect(await post.act(first, 'luis', 'screen', meets)).toMatchObject({ answer: { is: 'done' } });
  });

  it('are told from a case that could not go on anyhow, which stands in nobody’s way', async () => {
    const versions = 'update cases set fold_version = fold_version + $3 where org = $1 and case_id = $2';
    await post.pool.query(versions, [post.ports.org, second, 1_000]);
    await expect(post.look(second)).rejects.toMatchObject({ code: 'state_too_new' });
    await expect(put(policyOf('5'))).rejects.toMatchObject({ code: 'terms_do_not_fit' });
    const { told } = await put(policyOf(7));
    expect(told).toEqual([first, second].toSorted());
    await post.look(first);
    expect(await adoptions(first)).toHaveLength(3);
    await post.pool.query(versions, [post.ports.org, second, -1_000]);
    await post.look(second);
    expect(await adoptions(second)).toHaveLength(2);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeTerms, termsInForce } from '../../src/client/new-terms.ts';
import { applyTerms } from '../../src/client/organization.ts';
import { site, termsForTests } from '../unit/house.ts';
import { postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** The comparator record of a site, by the clock of the house: Wednesday 5 March 2025. */

let post: PostOffice;
let n = 0;
beforeAll(async () => {
  post = await postOffice();
}, 60_000);
afterAll(async () => post?.close(), 30_000);

const by = () => ({ decisionId: `terms-${(n += 1)}`, actor: 'installation' as const });
const recordOf = (recorded: string) => ({
  ...{ v: 1 as const, site, source: 'staff handbook, invented', recorded, values: { probation_d: 90 } },
});
const put = async (recorded: string) =>
  changeTerms(post.ports, site, { what: 'comparator', comparator: recordOf(recorded) }, 'none', by());
const inForce = async () => (await termsInForce(post.pool, post.ports.org, site)).comparator;
const told = async () => {
  const { rows } = await post.pool.query<{ n: number }>(
    `select count(*)::int as n from ledger where org = $1 and kind = 'comparator_recorded'`,
    [post.ports.org],
  );
  return rows[0]?.n;
};

describe('the day of a comparator record', () => {
  it('is refused while it is still to come, and nothing is in force by it', async () => {
    const before = { is: await inForce(), told: await told() };
    await expect(put('2025-03-06')).rejects.toMatchObject({ code: 'recorded_in_future' });
    const { policy, calendar, profile } = termsForTests();
    const comparator = recordOf('2025-03-06');
    const terms = { site, name: 'Northside', policy, calendar, profile, comparator };
    await expect(applyTerms(post.ports, terms, by())).rejects.toMatchObject({ code: 'recorded_in_future' });
    expect({ is: await inForce(), told: await told() }).toEqual(before);
  });

  it('may be today, or any day before', async () => {
    await put('2025-03-05');
    const today = await inForce();
    await put('2024-12-01');
    expect(await inForce()).not.toBe(today);
  });
});

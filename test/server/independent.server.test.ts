import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAsOf } from '../../src/client/ask-as-of.ts';
import { askHistory, askTimeline } from '../../src/client/ask-history.ts';
import { assign } from '../../src/client/organization.ts';
import { askReadiness } from '../../src/client/ask-roles.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { sheet } from '../unit/readiness-house.ts';
import { postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** D0.3 on a real database: whatever is read, nobody learns another's scores before their own are in. */

const readiness = caseOf('readiness', 'read early');
const scorers = ['dana', 'luis', 'ana'];
const readers = [...scorers.map(person), 'installation'];
const day = 86_400_000;
let post: PostOffice;

beforeAll(async () => {
  post = await postOffice();
  const by = { decisionId: 'setup-director', actor: 'installation' as const };
  const held = [
    { person: person('dana'), capacity: 'director' as const, scope: site },
    { person: person('ana'), capacity: 'auditor' as const, scope: site },
  ];
  await assign(post.ports, held, by);
  const payload = {
    ...{ site, reasons: ['mission'], funding: 'mixed', roleHoldersOnSite: 0 },
    ...{ scorers: scorers.map(person), leads: [person('dana')] },
  };
  expect(await post.act(readiness, 'dana', 'open', payload)).toMatchObject({ answer: { is: 'done' } });
}, 60_000);
afterAll(async () => post?.close(), 30_000);

/** Whose scores a reader learns from anything that can be read of the case. */
async function learns(as: string): Promise<readonly string[]> {
  const { ports } = post;
  const { rows } = await post.pool.query<{ now: number }>('select org_now($1) as now', [ports.org]);
  const history = await askHistory(ports, as, readiness, {});
  const timeline = await askTimeline(ports, as, readiness);
  const then = await askAsOf(ports, as, readiness, { at: rows[0]!.now });
  const now = await askReadiness(ports, as, readiness);
  const inRows = [...history.list, ...timeline.past]
    .filter((one) => one.kind === 'items_scored' && one.body !== null)
    .map((one) => one.actor ?? '');
  const inStates = [then?.state, now.state].flatMap((state) =>
    Object.keys((state as { sheets?: object } | null)?.sheets ?? {}),
  );
  return [...new Set([...inRows, ...inStates])].toSorted();
}
const score = async (who: string): Promise<void> => {
  const answer = await post.act(readiness, who, 'score_items', { scores: sheet('1') });
  expect(answer).toMatchObject({ answer: { is: 'done' } });
};

describe('sheets given independently', () => {
  it('D0.3 shows a sheet to its author alone while others are out, and that it is in to all', async () => {
    await score('luis');
    for (const as of readers) expect(await learns(as), as).toEqual(as === person('luis') ? [as] : []);
    const { list } = await askHistory(post.ports, person('dana'), readiness, {});
    expect(list.find((one) => one.kind === 'items_scored')).toMatchObject({
      ...{ masked: true, body: null, actor: person('luis') },
    });
  });

  it('D0.3 shows it after the window to those whose own is in or who score nothing, and all once all are in', async () => {
    await score('dana');
    await post.forward(12 * day);
    for (const as of [person('dana'), person('luis'), 'installation'])
      expect(await learns(as), as).toEqual([person('dana'), person('luis')].toSorted());
    expect(await learns(person('ana'))).toEqual([]);
    await score('ana');
    for (const as of readers) expect(await learns(as), as).toEqual(scorers.map(person).toSorted());
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askBoard, askCase } from '../../src/client/ask-cases.ts';
import { askHistory } from '../../src/client/ask-history.ts';
import { askText } from '../../src/client/ask-text.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { assign } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { sealText } from '../../src/directory/texts.ts';
import { capacities } from '../../src/domain/kernel/words.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** D3.6 and X31 on a real PostgreSQL: a candidate asks for a change themselves, and nobody learns of it but its officer. */

const clock = caseOf('clock', 'own');
const word = (capacity: string): string => `reader of ${capacity}`;
let post: PostOffice;
let candidacy = '';
let words = '';

/** All that a reader can find out, by every way of reading. */
async function seenBy(as: string): Promise<string> {
  const { ports } = post;
  const ways = [
    () => askBoard(ports, { as }),
    () => askWaiting(ports, { as }),
    () => askWaiting(ports, { as, case: candidacy }),
    () => askCase(ports, as, candidacy),
    () => askHistory(ports, as, candidacy, {}),
  ];
  const all = await Promise.all(
    ways.map((way) =>
      way().then(
        (seen): unknown => seen,
        (error: unknown): unknown => (error as { code?: string }).code,
      ),
    ),
  );
  return JSON.stringify(all);
}

const readers = (): readonly string[] => [...capacities.map((one) => person(word(one))), 'installation'];
const everybody = async (): Promise<readonly string[]> =>
  Promise.all(readers().map(async (as) => `${as} ${await seenBy(as)}`));

beforeAll(async () => {
  post = await postOffice();
  const { pool, keys, org } = post.ports;
  candidacy = await application(post, 'own');
  for (const one of capacities)
    await addPerson(pool, keys, { org, ref: person(word(one)), name: `Test ${one}`, email: null });
  const held = capacities.map((capacity: Capacity) => ({
    person: person(word(capacity)),
    capacity,
    scope: site,
  }));
  await assign(post.ports, held, { decisionId: 'setup-readers', actor: 'installation' });
}, 60_000);
afterAll(async () => post?.close(), 30_000);

describe('a candidate’s own request on a real database', () => {
  it('D3.6 X31 changes nothing that anybody but its officer can read', async () => {
    const seen = await everybody();
    const { org, pool, keys } = post.ports;
    const own = {
      org,
      decisionId: 'own-ask',
      field: 'text',
      subject: person('candidate'),
      text: 'Own words.',
    };
    const { ref } = await sealText(pool, keys, own);
    const payload = { site, person: person('candidate'), parent: candidacy };
    expect(await post.act(clock, 'ana', 'request_accommodation', payload, 'other-ask')).toMatchObject({
      answer: { is: 'refused', refusal: { code: 'not_permitted' } },
    });
    const told = { ...payload, text: ref };
    const done = await post.act(clock, 'candidate', 'request_accommodation', told, 'own-ask');
    expect(done).toMatchObject({ answer: { is: 'done' } });
    const after = await everybody();
    const officer = person(word('accommodation_officer'));
    const changed = after.filter((one, n) => one !== seen[n]).map((one) => one.split(' ')[0]);
    words = ref;
    expect(changed).toContain(officer);
    for (const one of after)
      if (!one.startsWith(officer)) expect(one, one.slice(0, 40)).not.toMatch(/D3\.6|X31|accommodation_re/);
    // HR's lists hold one masked line more: that something waits, of no kind.
    const hr = ['hr', 'hr_director'].map((one) => person(word(one)));
    expect(changed.filter((one) => one !== officer && !hr.includes(one ?? ''))).toEqual([]);
  });

  it('X31 is read by the officer and the person alone, and lies sealed in the ledger', async () => {
    const read = (as: string) => askText(post.ports, as, words);
    expect(await read(person(word('accommodation_officer')))).toMatchObject({ text: 'Own words.' });
    expect(await read(person('candidate'))).toMatchObject({ text: 'Own words.' });
    for (const one of capacities.filter((capacity) => capacity !== 'accommodation_officer'))
      await expect(read(person(word(one))), one).rejects.toMatchObject({ code: 'not_permitted' });
    const { rows } = await post.pool.query<Record<string, unknown>>(
      'select kind, body, capacity, facts, decision_id from ledger where case_id = $1',
      [clock],
    );
    expect(new Set(rows.map((row) => row['kind']))).toEqual(new Set(['sealed']));
    expect(JSON.stringify(rows)).not.toMatch(/accommodation|candidate|concerns|own-ask/);
  });
});

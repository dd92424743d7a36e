import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { sendLists } from '../../src/activities/digest.ts';
import { absenceOf, recipientOf } from '../../src/activities/recipient.ts';
import { assign } from '../../src/client/organization.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { application, asByDefault, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** Domain 2.2, X13, X22: nothing is sent to somebody on leave or after a death, whatever case it comes from. */

let post: PostOffice;
let n = 0;
const employment = caseOf('employment', 'of luis');
const luis = person('luis');

beforeAll(async () => {
  post = await postOffice(asByDefault);
  await post.pool.query(
    `insert into cases (org, case_id, kind, site, sequence, fold_version, state, reads, stage, status, confidential,
       opened_at, moved_at) values ($1, $2, 'employment', $3, 0, 1, '{}', '[]', 'supervision', 'open', false, 0, 0)`,
    [post.ports.org, employment, site],
  );
}, 60_000);
afterAll(async () => post?.close(), 30_000);
beforeEach(async () => {
  await post.pool.query(`delete from facts where kind in ('away', 'nothing_asked')`);
  await post.pool.query('delete from delegations');
  await settled(false);
});

interface Row {
  readonly key: string;
  readonly state: string;
  readonly held: string | null;
  readonly send_after: number;
  readonly outcome: string | null;
}
/** X22: whether what was left after a death is settled. */
const settled = (is: boolean) =>
  post.pool.query('update cases set status = $2 where case_id = $1', [employment, is ? 'final' : 'closed']);
const setClock = (at: string) => post.pool.query('update orgs set clock = $1', [Date.parse(at)]);
const at = (instant: string): number => Date.parse(instant);
const publishes = (kind: string, value: string) =>
  post.pool.query(
    `insert into facts (org, kind, subject, value, case_id, sequence) values ($1, $2, $3, $4, $3, 1)`,
    [post.ports.org, kind, employment, value],
  );
const toLuis = async (id: string): Promise<readonly Row[]> =>
  (
    await post.pool.query<Row>(
      'select * from prompts where case_id = $1 and owner = $2 order by send_after, key',
      [id, luis],
    )
  ).rows;
const deliverAll = (id: string) => deliver(post.ports, { org: post.ports.org, case: id, keys: [] });
const list = () => sendLists(post.ports, { org: post.ports.org, job: 'digest:America/New_York' });
const mails = async (word: string): Promise<number> =>
  (await post.mail.messages()).filter((mail) => mail.to.includes(`${word}@example.org`)).length;
const applied = (): Promise<string> => application(post, `away-${(n += 1)}`);
const absence = (word: string, instant: string) =>
  absenceOf(post.pool, post.ports.org, person(word), at(instant));
const answers = async (owner: string) =>
  (await recipientOf(post.pool, post.ports.org, owner, at('2025-04-02T15:00:00Z')))?.person ?? null;

describe('whoever is on leave', () => {
  it('is away from the first day to the morning of the return, by the days of the site', async () => {
    await publishes('away', `${luis},2025-03-05/2025-03-10,2025-03-09/2025-03-12`);
    const back = { is: 'away', until: at('2025-03-10T04:00:00Z') };
    expect(await absence('luis', '2025-03-05T04:59:00Z')).toBeNull();
    expect(await absence('luis', '2025-03-05T05:00:00Z')).toEqual(back);
    expect(await absence('luis', '2025-03-09T12:00:00Z')).toEqual({
      is: 'away',
      until: at('2025-03-12T04:00:00Z'),
    });
    expect(await absence('luis', '2025-03-12T04:00:00Z')).toBeNull();
    expect(await absence('ana', '2025-03-05T15:00:00Z')).toBeNull();
  });

  it('X13 gets nothing from another case meanwhile, and one message after the return', async () => {
    await publishes('away', `${luis},2025-03-03/2025-03-17`);
    const before = await mails('luis');
    const id = await applied();
    expect(await deliverAll(id)).toEqual({ stir: true });
    const midnight = at('2025-03-17T04:00:00Z');
    expect(await toLuis(id)).toMatchObject([{ state: 'queued', held: 'away', send_after: midnight }]);
    await setClock('2025-03-14T15:00:00Z');
    await post.look(id);
    await deliverAll(id);
    await list();
    expect(await mails('luis')).toBe(before);
    // Whoever is at work hears of the same thing as ever.
    expect(await mails('ana')).toBeGreaterThan(0);

    await setClock('2025-03-17T13:00:00Z');
    await post.look(id);
    await deliverAll(id);
    await setClock('2025-03-18T12:30:00Z');
    await list();
    expect(await mails('luis')).toBe(before + 1);
  });

  it('X13 has no list of a morning either: what waited for it waits for the return', async () => {
    await setClock('2025-03-19T18:00:00Z');
    const [one, two] = [await applied(), await applied()];
    await deliverAll(one);
    await deliverAll(two);
    expect(await toLuis(two)).toMatchObject([{ held: 'digest' }]);
    const before = await mails('luis');
    await publishes('away', `${luis},2025-03-20/2025-03-31`);
    await setClock('2025-03-20T12:30:00Z');
    await list();
    expect(await mails('luis')).toBe(before);
    expect(await toLuis(two)).toMatchObject([{ state: 'queued', send_after: at('2025-03-31T04:00:00Z') }]);
  });

  it('P3.5 hears what the law wants said all the same', async () => {
    await setClock('2025-04-02T14:00:00Z');
    await publishes('away', `${luis},2025-04-01/2025-04-17`);
    const id = await applied();
    await post.pool.query(
      `update prompts set code = 'P3.5', rung = 'told', how = 'inform' where owner = $1 and case_id = $2`,
      [luis, id],
    );
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'sent' }]);
  });
});

describe('an office', () => {
  it('is answered by who is there, by the stand-in of who is not, and waits where there is neither', async () => {
    const hr = `hr@${site}`;
    expect(await answers(hr)).toBe(person('dana'));
    await publishes('away', `${person('dana')},2025-04-01/2025-04-30`);
    expect(await answers(hr)).toBe(person('dana'));
    const later = { person: luis, capacity: 'hr', scope: site } as const;
    await assign(post.ports, [later], { decisionId: 'setup-second', actor: 'installation' });
    expect(await answers(hr)).toBe(luis);
    await post.pool.query(
      `insert into delegations (org, id, absent, stand_in, since_at) values ($1, 'test', $2, $3, 0)`,
      [post.ports.org, person('dana'), person('ana')],
    );
    // Named before the office was given, and without one that reads as much: it is not lent, and who is there answers.
    expect(await answers(hr)).toBe(luis);
    await post.pool.query(
      `update delegations set since_at = org_now($1) where org = $1 and id = 'test' and absent = $2`,
      [post.ports.org, person('dana')],
    );
    expect(await answers(hr)).toBe(person('ana'));
  });
});

describe('after a death (X22)', () => {
  it('nothing goes out to the person, and to nobody in their place', async () => {
    await setClock('2025-04-09T14:00:00Z');
    const id = await applied();
    await publishes('nothing_asked', luis);
    await settled(true);
    const before = await mails('luis');
    await post.pool.query(
      `insert into delegations (org, id, absent, stand_in, since_at) values ($1, 'test', $2, $3, 0)`,
      [post.ports.org, luis, person('ana')],
    );
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'dropped', outcome: 'nothing_asked' }]);
    expect(await mails('luis')).toBe(before);
    expect(await absence('luis', '2030-01-01T00:00:00Z')).toEqual({ is: 'gone' });
  });

  it('what others ask waits while it may be taken back, and goes out then', async () => {
    await setClock('2025-04-10T14:00:00Z');
    const id = await applied();
    await publishes('nothing_asked', luis);
    const before = await mails('luis');
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'queued', held: 'away' }]);
    await setClock('2025-04-11T14:00:00Z');
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'queued', send_after: at('2025-04-12T14:00:00Z') }]);
    expect(await mails('luis')).toBe(before);
    await post.pool.query(`delete from facts where kind = 'nothing_asked'`);
    await setClock('2025-04-14T14:00:00Z');
    await deliverAll(id);
    expect((await toLuis(id)).some(({ state }) => state === 'queued' || state === 'sent')).toBe(true);
    expect((await toLuis(id)).some(({ held, state }) => held === 'away' && state === 'queued')).toBe(false);
  });

  it('what waited for a list is dropped, and an office is somebody else’s', async () => {
    await setClock('2025-04-16T18:00:00Z');
    const ids = [await applied(), await applied()];
    for (const id of ids) await deliverAll(id);
    const before = await mails('luis');
    await publishes('nothing_asked', luis);
    await settled(true);
    await setClock('2025-04-17T12:30:00Z');
    await list();
    expect(await mails('luis')).toBe(before);
    for (const id of ids) expect((await toLuis(id)).every((row) => row.state !== 'queued')).toBe(true);
    // Both hold it now; it was the other’s already, and stays so.
    expect(await answers(`hr@${site}`)).toBe(person('dana'));
  });
});

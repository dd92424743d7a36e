import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { person, site } from '../unit/house.ts';
import { application, asByDefault, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

// The sessions of supervision follow one another: an invitation weeks ahead is no reason to wake a case by itself.
let post: PostOffice;
let id = '';

beforeAll(async () => {
  post = await postOffice(asByDefault);
  id = await application(post, 'series');
  await clock('2025-03-05T15:00:00Z');
  await sendAll();
}, 60_000);
afterAll(async () => post?.close(), 30_000);

const instant = (text: string): number => Date.parse(text);
const clock = (text: string) => post.pool.query('update orgs set clock = $1', [instant(text)]);

async function plan(meetings: Readonly<Record<string, string>>): Promise<void> {
  const list = Object.entries(meetings).map(([name, at]) => ({
    ...{ id: name, at: instant(at), minutes: 60, visibility: 'C1', who: [person('luis')] },
  }));
  await post.pool.query('select write_meetings($1, $2, $3, org_now($1), $4)', [
    ...[post.ports.org, id, site, JSON.stringify(list)],
  ]);
}

/** What the case's run is told: what is to go now, and when it has to look again. */
async function owed(): Promise<{ readonly prompts: readonly string[]; readonly held: number | null }> {
  const { rows } = await post.pool.query<{
    owed: { prompts: readonly string[]; held: number | null };
  }>('select owed_by($1, $2, org_now($1)) as owed', [post.ports.org, id]);
  const found = rows[0]?.owed ?? { prompts: [], held: null };
  return { held: found.held, prompts: found.prompts.map((key) => key.split(':').at(-4) ?? '') };
}

const sendAll = () => deliver(post.ports, { org: post.ports.org, case: id, keys: [] });
const stateOf = async (name: string): Promise<string | undefined> => {
  const { rows } = await post.pool.query<{ state: string }>(
    'select state from prompts where org = $1 and obligation = $2',
    [post.ports.org, `meeting:${name}`],
  );
  return rows[0]?.state;
};

it('waits for company, a week before at the latest; what is nearer, or no session, goes at once', async () => {
  const far = { session_7: '2025-03-25T14:00:00Z' };
  await plan(far);
  expect(await owed()).toEqual({ prompts: [], held: instant('2025-03-18T14:00:00Z') });
  await plan({ ...far, interview: '2025-03-24T14:00:00Z', session_6: '2025-03-11T14:00:00Z' });
  expect((await owed()).prompts).toEqual(['interview', 'session_6']);
});

it('goes along with whatever goes, and the run hears that nothing waits any more', async () => {
  const { stir } = await sendAll();
  expect(stir).toBe(true);
  expect([await stateOf('session_7'), await stateOf('session_6')]).toEqual(['sent', 'sent']);
  expect(await owed()).toEqual({ prompts: [], held: null });
});

it('goes alone when its time has come', async () => {
  await plan({ session_8: '2025-04-08T14:00:00Z' });
  await sendAll();
  await plan({ session_8: '2025-04-08T14:00:00Z', session_9: '2025-04-22T14:00:00Z' });
  await clock('2025-04-15T13:59:00Z');
  expect((await owed()).prompts).toEqual([]);
  await clock('2025-04-15T14:00:00Z');
  expect((await owed()).prompts).toEqual(['session_9']);
  expect((await sendAll()).stir).toBe(true);
  expect(await stateOf('session_9')).toBe('sent');
});

it('that was never sent takes off nothing when the session will not be', async () => {
  await plan({ session_10: '2025-06-10T14:00:00Z' });
  await plan({});
  await sendAll();
  const { rows } = await post.pool.query<{ rung: string; state: string; outcome: string }>(
    `select rung, state, outcome from prompts where org = $1 and obligation = 'meeting:session_10' order by rung`,
    [post.ports.org],
  );
  expect(rows.map(({ rung, state }) => `${rung} ${state}`)).toEqual(['cancel-1 dropped', 'invite-0 dropped']);
});

it('that was cut off while it went along early is looked at by the delivery that is tried again, not weeks later', async () => {
  await plan({ session_11: '2025-06-24T14:00:00Z' });
  // Its worker was killed in the middle of it.
  await post.pool.query(
    `update prompts set state = 'sending', attempts = 1, claimed_at = clock_timestamp() - interval '1 minute'
       where org = $1 and obligation = 'meeting:session_11'`,
    [post.ports.org],
  );
  // A step asks for it, and so does a delivery that was asked for another.
  expect((await owed()).prompts).toEqual(['session_11']);
  await sendAll();
  expect(await stateOf('session_11')).toBe('sent');
});

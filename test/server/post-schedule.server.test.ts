import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../src/client/decide.ts';
import { applyTerms } from '../../src/client/organization.ts';
import { addressGood, messageBounced } from '../../src/client/post.ts';
import { scheduleIdOf } from '../../src/client/post-schedule.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import { changePerson } from '../../src/directory/people.ts';
import { setPostWish } from '../../src/directory/post.ts';
import { actsOn, opened, people, until } from '../faults/acts.ts';
import { caseOf, person, site, termsForTests } from '../unit/house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';
import { withRules } from './post-office.ts';

const LIST_AT = 510;
let here: Stage;

/** Always at work, so that the tests may run at any hour of any day. */
const openAlways = makeCalendar({
  ...{ id: 'always', zone: 'Etc/UTC', opens: '00:00', closes: '23:59', workdays: [1, 2, 3, 4, 5, 6, 7] },
  ...{ firstYear: new Date().getUTCFullYear() - 1, holidays: { source: 'O none', days: [] } },
});

const minuteNow = (): number => Math.floor((Date.now() % 86_400_000) / 60_000);

async function put(rules: Readonly<Record<string, number>>, decisionId: string): Promise<void> {
  const { profile, comparator } = termsForTests();
  const terms = {
    site,
    name: 'Northside',
    policy: withRules(rules),
    calendar: openAlways,
    profile,
    comparator,
  };
  await here.house.pool.query('update sites set zone = $2, calendar_hash = calendar_hash where ref = $1', [
    ...[site, 'Etc/UTC'],
  ]);
  await here.house.pool.query('delete from sites where ref = $1', [site]);
  await applyTerms(here.house, terms, { decisionId, actor: 'installation' });
}

beforeAll(async () => {
  here = await stage({ seed: 'post-schedule', clock: null, people });
}, 120_000);
afterAll(async () => here?.stop(), 60_000);

interface Row {
  readonly key: string;
  readonly state: string;
  readonly held: string | null;
  readonly outcome: string | null;
  readonly send_after: number;
  readonly settled_at: number | null;
  readonly message_id: string | null;
}
async function toTheo(id: string): Promise<Row | undefined> {
  const { rows } = await here.house.pool.query<Row>(
    'select * from prompts where case_id = $1 and owner = $2 order by key',
    [id, person('theo')],
  );
  return rows[0];
}
async function openFor(word: string): Promise<string> {
  const id = caseOf('readiness', word);
  const open = actsOn(id, word)('director', 'open', { ...opened, scorers: [person('theo')] });
  expect(await decide(here.house, open)).toMatchObject({ is: 'done' });
  return id;
}
const mailsOf = async (row: Row | undefined): Promise<number> =>
  (await here.parts.mail.messages()).filter((one) => one.messageId === row?.message_id).length;

describe('quiet time on the real servers', () => {
  it('a message waits for its end, and goes then by the case’s own timer', async () => {
    // Quiet until the minute after next.
    const end = (minuteNow() + 2) % 1_440;
    await put({ quiet_from_min: (end + 1_380) % 1_440, quiet_to_min: end, digest_over: 0 }, 'quiet');
    const id = await openFor('quiet');
    const held = await until('it to be put off', 20_000, async () => {
      const row = await toTheo(id);
      return row?.held === 'quiet' && row;
    });
    expect(held).toMatchObject({ state: 'queued', send_after: Math.ceil(held.send_after / 60_000) * 60_000 });
    expect(held.send_after - Date.now()).toBeGreaterThan(0);
    const sent = await until('it to be sent', 150_000, async () => {
      const row = await toTheo(id);
      return row?.state === 'sent' && row;
    });
    expect(Number(sent.settled_at)).toBeGreaterThanOrEqual(held.send_after);
    expect(Number(sent.settled_at) - held.send_after).toBeLessThan(15_000);
    expect(await mailsOf(sent)).toBe(1);
  }, 200_000);
});

describe('the list of the morning on the real servers', () => {
  it('has a schedule in the recipient’s zone, each weekday at half past eight, made when it is first needed', async () => {
    await put({ quiet_from_min: 0, quiet_to_min: 0, digest_at_min: LIST_AT, digest_over: 3 }, 'lists');
    const { pool, keys, org, client } = here.house;
    await changePerson(pool, keys, org, person('theo'), { zone: 'Australia/Lord_Howe' });
    await setPostWish(pool, org, person('theo'), { style: 'digest', muted: [] });
    // A site has one readiness case; here it gets another.
    await pool.query('delete from facts where org = $1', [org]);
    const id = await openFor('listed');
    const waiting = await until('it to wait for the list', 20_000, async () => {
      const row = await toTheo(id);
      return row?.held === 'digest' && row;
    });
    const job = 'digest:Australia/Lord_Howe';
    const schedule = client.schedule.getHandle(scheduleIdOf(org, job, LIST_AT));
    const { spec, info, action } = await schedule.describe();
    expect(spec.timezone).toBe('Australia/Lord_Howe');
    expect(spec.calendars?.[0]).toMatchObject({
      hour: [{ start: 8, end: 8 }],
      minute: [{ start: 30, end: 30 }],
      dayOfWeek: [{ start: 'MONDAY', end: 'FRIDAY' }],
    });
    expect(info.nextActionTimes[0]?.getTime()).toBe(waiting.send_after);
    expect(JSON.stringify([action.type, (action as { workflowType?: string }).workflowType])).toBe(
      '["startWorkflow","post"]',
    );
    const { rows } = await pool.query('select next_at from jobs where org = $1 and name = $2', [org, job]);
    expect(rows).toEqual([{ next_at: waiting.send_after }]);
  }, 60_000);

  it('sends one list when the schedule rings, and none a second time that day', async () => {
    const { pool, org, client } = here.house;
    const id = caseOf('readiness', 'listed');
    // As if the morning had come.
    await pool.query(`update prompts set send_after = org_now($1) where held = 'digest'`, [org]);
    await pool.query('update jobs set next_at = org_now($1)', [org]);
    const schedule = client.schedule.getHandle(scheduleIdOf(org, 'digest:Australia/Lord_Howe', LIST_AT));
    await schedule.trigger();
    const sent = await until('the list', 30_000, async () => {
      const row = await toTheo(id);
      return row?.state === 'sent' && row;
    });
    expect(sent).toMatchObject({ outcome: 'in_digest' });
    expect(await mailsOf(sent)).toBe(1);
    const mail = (await here.parts.mail.messages()).find((one) => one.messageId === sent.message_id);
    expect(mail?.subject).toMatch(/^Your list for \w{3} \d+ \w{3}: \d+ items? open$/);
    // A schedule leaves out a ring while it takes its last run for open, which it does for a while after: it rings until one counts.
    await until('the second run', 45_000, async () => {
      const { info } = await schedule.describe();
      if (info.numActionsTaken >= 2) return true;
      await schedule.trigger();
      await new Promise((resume) => setTimeout(resume, 1_000));
      return false;
    });
    await new Promise((resume) => setTimeout(resume, 2_000));
    expect(await mailsOf(sent)).toBe(1);
    const { rows } = await pool.query<{ next_at: number }>('select next_at from jobs where org = $1', [org]);
    expect(rows[0]?.next_at).toBeGreaterThan(Date.now());
  }, 90_000);
});

describe('a message that a mail server gave back', () => {
  const again = async (word: string): Promise<{ id: string; row: Row }> => {
    await here.house.pool.query('delete from facts where org = $1', [here.house.org]);
    const id = await openFor(word);
    const row = await until('a settled prompt', 20_000, async () => {
      const one = await toTheo(id);
      return one !== undefined && one.state !== 'queued' && one.state !== 'sending' && one;
    });
    return { id, row };
  };
  const owedToHr = (id: string, key: string) =>
    until('HR to owe another way', 20_000, async () => {
      const { rows } = await here.house.pool.query(
        `select 1 from obligations where case_id = $1 and id = $2 and code = 'UNDELIVERED'`,
        [id, `undelivered:${key}`],
      );
      return rows.length > 0;
    });
  const back = (row: Row, kind: 'hard' | 'soft') =>
    messageBounced(here.house, { messageId: String(row.message_id), kind });

  it('is no message: its address is marked, HR owes another way, and nothing more is sent there', async () => {
    await put({ quiet_from_min: 0, quiet_to_min: 0, digest_over: 0 }, 'bounces');
    const { pool, keys, org } = here.house;
    await setPostWish(pool, org, person('theo'), { style: 'immediate', muted: [] });
    const { id, row } = await again('given-back');
    expect(row).toMatchObject({ state: 'sent' });
    expect(await back(row, 'hard')).toMatchObject({ person: person('theo'), told: [id], again: [] });
    expect(await toTheo(id)).toMatchObject({ state: 'failed', outcome: 'bounced' });
    await owedToHr(id, row.key);
    const { rows: kept } = await pool.query<{ address: string }>(
      'select address from bounces where org = $1',
      [org],
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.address).toMatch(/^[0-9a-f]{32}$/);
    const next = await again('after-that');
    expect(next.row).toMatchObject({ state: 'failed', outcome: 'address_bounced' });
    await owedToHr(next.id, next.row.key);
    await changePerson(pool, keys, org, person('theo'), { email: 'theo.new@example.org' });
    expect((await again('another-address')).row).toMatchObject({ state: 'sent' });
    await changePerson(pool, keys, org, person('theo'), { email: 'theo@example.org' });
    expect((await again('the-old-one')).row).toMatchObject({ state: 'failed', outcome: 'address_bounced' });
    expect(await addressGood(here.house, person('theo'))).toBe(true);
    expect((await again('good-again')).row).toMatchObject({ state: 'sent' });
  }, 90_000);

  it('for now: is tried again under its one Message-ID, for a day and no longer', async () => {
    const { pool } = here.house;
    const { id, row } = await again('full');
    expect(await back(row, 'soft')).toMatchObject({ told: [], again: [row.key] });
    const waiting = await toTheo(id);
    expect(waiting).toMatchObject({ state: 'queued', held: 'hour' });
    expect(Number(waiting?.send_after) - Date.now()).toBeGreaterThan(3 * 3_600_000);
    await pool.query('update prompts set send_after = org_now(org) where key = $1', [row.key]);
    await here.house.client.workflow.getHandle(id).signal('nudge');
    const sent = await until('the second try', 20_000, async () => {
      const one = await toTheo(id);
      return one?.state === 'sent' && one;
    });
    expect(sent.message_id).toBe(row.message_id);
    expect(await mailsOf(sent)).toBe(2);
    await pool.query('update prompts set rung_at = rung_at - 90000000 where key = $1', [row.key]);
    expect(await back(row, 'soft')).toMatchObject({ told: [id], again: [] });
    await owedToHr(id, row.key);
  }, 60_000);

  it('that never went out from here is not known', async () => {
    await expect(
      messageBounced(here.house, { messageId: '<nothing@notice.invalid>', kind: 'hard' }),
    ).rejects.toMatchObject({ code: 'message_unknown' });
  });
});

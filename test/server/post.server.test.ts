import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { sendLists } from '../../src/activities/digest.ts';
import { changePerson } from '../../src/directory/people.ts';
import { setPostWish } from '../../src/directory/post.ts';
import { person } from '../unit/house.ts';
import { application, asByDefault, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

const HOUR = 3_600_000;
const NEW_YORK = 'America/New_York';
let post: PostOffice;
let n = 0;

beforeAll(async () => {
  post = await postOffice(asByDefault);
}, 60_000);
afterAll(async () => post?.close(), 30_000);

interface Row {
  readonly key: string;
  readonly case_id: string;
  readonly owner: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly held: string | null;
  readonly send_after: number;
  readonly rung_at: number | null;
  readonly recipient: string | null;
  readonly message_id: string | null;
}
const query = async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  (await post.pool.query(sql, [...values])).rows as T[];
const prompts = (where: string, values: readonly unknown[] = []) =>
  query<Row>(`select * from prompts where ${where} order by send_after, key`, values);
const toLuis = (id: string) => prompts('case_id = $1 and owner = $2', [id, person('luis')]);
const deliverAll = (id: string) => deliver(post.ports, { org: post.ports.org, case: id, keys: [] });
const list = (zone: string) => sendLists(post.ports, { org: post.ports.org, job: `digest:${zone}` });
const now = async (): Promise<number> =>
  (await query<{ clock: number }>('select clock from orgs'))[0]?.clock ?? 0;
const setClock = (at: string) =>
  post.pool.query('update orgs set clock = $1', [Date.parse(at)]).then(() => undefined);
const applied = (): Promise<string> => application(post, `letter-${(n += 1)}`);
const zoneOf = (word: string, zone: string | null) =>
  changePerson(post.pool, post.ports.keys, post.ports.org, person(word), { zone });
const mailsTo = async (word: string) =>
  (await post.mail.messages()).filter((mail) => new RegExp(`\\b${word}@example\\.org`).test(mail.to));

describe('quiet time of the recipient', () => {
  it('puts a message off to the morning of their own zone, and wakes the case for it', async () => {
    await zoneOf('luis', 'Asia/Tokyo');
    // Wednesday 10:00 in New York is midnight in Tokyo.
    const id = await applied();
    expect(await deliverAll(id)).toEqual({ stir: true });
    const [asked] = await toLuis(id);
    // Thursday 08:00 in Tokyo.
    const morning = Date.parse('2025-03-05T23:00:00Z');
    expect(asked).toMatchObject({ state: 'queued', held: 'quiet', send_after: morning });
    expect(asked?.rung_at).toBe(await now());
    expect(await mailsTo('luis')).toHaveLength(0);
    const { wakeIn, prompts: due } = await post.look(id);
    // A sandbox is woken by its conductor; elsewhere the run sleeps until then.
    expect({ wakeIn, due }).toEqual({ wakeIn: null, due: [] });

    await setClock('2025-03-05T23:00:00Z');
    expect((await post.look(id)).prompts).toEqual([asked?.key]);
  });

  it('is over at eight: what came by night is taken along by the list of half past', async () => {
    const [asked] = await prompts(`owner = $1 and state = 'queued'`, [person('luis')]);
    await deliverAll(asked!.case_id);
    const [listed] = await prompts('key = $1', [asked!.key]);
    expect(listed).toMatchObject({
      ...{ state: 'queued', held: 'digest', rung_at: asked!.rung_at },
      send_after: Date.parse('2025-03-05T23:30:00Z'),
    });
    const jobs = await query<{ name: string; next_at: number }>('select name, next_at from jobs');
    expect(jobs).toContainEqual({ name: 'digest:Asia/Tokyo', next_at: listed!.send_after });
    await setClock('2025-03-05T23:30:00Z');
    await list('Asia/Tokyo');
    const mails = await mailsTo('luis');
    expect(mails.map((mail) => mail.subject)).toEqual(['Your list for Thu 6 Mar: 1 item open']);
    const [sent] = await prompts('key = $1', [asked!.key]);
    expect(sent).toMatchObject({
      ...{ state: 'sent', outcome: 'in_digest', recipient: person('luis') },
      message_id: mails[0]?.messageId,
    });
  });

  it('does not put off what comes in their day', async () => {
    await zoneOf('luis', null);
    await setClock('2025-03-06T15:00:00Z');
    const id = await applied();
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'sent', held: null }]);
  });
});

describe('one message a person and hour', () => {
  it('lets the second wait for the list of the next morning, and the list comes once', async () => {
    await post.pool.query('delete from obligations');
    await setClock('2025-03-06T18:00:00Z');
    const [first, second, third] = [await applied(), await applied(), await applied()];
    for (const id of [first, second, third]) await deliverAll(id);
    expect(await toLuis(first)).toMatchObject([{ state: 'sent', held: null }]);
    const friday = Date.parse('2025-03-07T13:30:00Z');
    for (const id of [second, third])
      expect(await toLuis(id)).toMatchObject([{ state: 'queued', held: 'digest', send_after: friday }]);
    await setClock('2025-03-07T13:30:00Z');
    const before = (await mailsTo('luis')).length;
    await list(NEW_YORK);
    await list(NEW_YORK);
    const mails = await mailsTo('luis');
    expect(mails).toHaveLength(before + 1);
    expect(mails.at(-1)?.subject).toMatch(/^Your list for Fri 7 Mar: \d+ items open$/);
    for (const id of [second, third])
      expect(await toLuis(id)).toMatchObject([
        { state: 'sent', outcome: 'in_digest', message_id: mails.at(-1)?.messageId },
      ]);
  });

  it('is taken by one of two cases that send at the same moment', async () => {
    await post.pool.query('delete from obligations');
    await setClock('2025-03-07T20:00:00Z');
    const ids = [await applied(), await applied(), await applied()];
    const before = (await mailsTo('ana')).length;
    await Promise.all(ids.map((id) => deliverAll(id)));
    const mine = await prompts('case_id = any($1) and owner = $2', [ids, person('ana')]);
    expect(mine.filter((one) => one.state === 'sent')).toHaveLength(1);
    expect((await mailsTo('ana')).length - before).toBe(1);
    expect(mine.filter((one) => one.held === 'digest')).toHaveLength(2);
  });
});

describe('what a person wishes', () => {
  it('one list a day: also a single item waits for it', async () => {
    await post.pool.query('delete from obligations');
    await setPostWish(post.pool, post.ports.org, person('luis'), { style: 'digest', muted: [] });
    await setClock('2025-03-10T14:00:00Z');
    const id = await applied();
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'queued', held: 'digest' }]);
  });

  it('no mail about a code: others can do it, and it stands in their lists all the same', async () => {
    const [{ code } = { code: '' }] = await query<{ code: string }>(
      'select code from prompts where owner = $1',
      [person('luis')],
    );
    await setPostWish(post.pool, post.ports.org, person('luis'), { style: 'immediate', muted: [code] });
    await setClock('2025-03-10T16:00:00Z');
    const id = await applied();
    await deliverAll(id);
    expect(await toLuis(id)).toMatchObject([{ state: 'dropped', outcome: 'muted' }]);
    expect(
      await query('select 1 from obligations where case_id = $1 and owner = $2', [id, person('luis')]),
    ).toEqual([expect.anything()]);
  });

  it('does not silence what only they can do: it comes, by itself, and says why', async () => {
    await setPostWish(post.pool, post.ports.org, person('luis'), { style: 'digest', muted: ['P4.3'] });
    await setClock('2025-03-10T17:30:00Z');
    const id = await applied();
    // As if their own rating sheet were asked for.
    await post.pool.query(`update prompts set code = 'P4.3' where case_id = $1 and owner = $2`, [
      id,
      person('luis'),
    ]);
    await deliverAll(id);
    const [sent] = await toLuis(id);
    expect(sent).toMatchObject({ state: 'sent', held: null });
    const mail = (await mailsTo('luis')).find((one) => one.messageId === sent?.message_id);
    expect(mail?.text).toContain('you asked for no messages of this kind');
    await setPostWish(post.pool, post.ports.org, person('luis'), { style: 'immediate', muted: [] });
  });
});

describe('the list of a morning', () => {
  it('names nothing that was answered meanwhile', async () => {
    await setClock('2025-03-10T18:00:00Z');
    const ids = [await applied(), await applied()];
    for (const id of ids) await deliverAll(id);
    const waiting = await prompts(`case_id = $1 and held = 'digest'`, [ids[1]]);
    expect(waiting.length).toBeGreaterThan(0);
    await post.act(ids[1]!, 'candidate', 'withdraw');
    await setClock('2025-03-11T12:30:00Z');
    await list(NEW_YORK);
    const after = await prompts('key = any($1)', [waiting.map((one) => one.key)]);
    expect(after.filter((one) => one.state !== 'dropped' || one.outcome !== 'no_longer_owed')).toEqual([]);
  });

  it('is sent to nobody who has little open and nothing new', async () => {
    const before = (await post.mail.messages()).length;
    await post.pool.query(`delete from obligations`);
    await setClock('2025-03-12T12:30:00Z');
    await list(NEW_YORK);
    expect(await post.mail.messages()).toHaveLength(before);
    expect(await query('select 1 from jobs where name = $1', [`digest:${NEW_YORK}`])).toEqual([]);
  });
});

describe('a mail server that is away in the morning', () => {
  it('is tried again: one list under one Message-ID', async () => {
    await setClock('2025-03-12T18:00:00Z');
    const ids = [await applied(), await applied()];
    for (const id of ids) await deliverAll(id);
    await setClock('2025-03-13T12:30:00Z');
    post.mail.misbehave({ refuse: '451' });
    await expect(list(NEW_YORK)).rejects.toMatchObject({ type: 'TransientFailure' });
    post.mail.misbehave({});
    await setClock('2025-03-13T12:31:00Z');
    const before = (await mailsTo('ana')).length;
    await list(NEW_YORK);
    expect((await mailsTo('ana')).length).toBe(before + 1);
    expect(await prompts(`state = 'queued' and held = 'digest' and send_after <= $1`, [await now()])).toEqual(
      [],
    );
  });

  it('tells HR what a refused list would have said', async () => {
    await setClock('2025-03-13T18:00:00Z');
    const ids = [await applied(), await applied()];
    for (const id of ids) await deliverAll(id);
    const waiting = await prompts(`case_id = $1 and owner = $2 and held = 'digest'`, [ids[1], person('ana')]);
    expect(waiting).toHaveLength(1);
    await setClock(new Date(Date.parse('2025-03-13T18:00:00Z') + 18.5 * HOUR).toISOString());
    post.mail.misbehave({ refuse: '550' });
    await list(NEW_YORK);
    post.mail.misbehave({});
    expect(await prompts('key = $1', [waiting[0]!.key])).toMatchObject([{ state: 'failed' }]);
    await post.look(ids[1]!);
    const owed = await query<{ id: string }>(
      `select id from obligations where case_id = $1 and code = 'UNDELIVERED'`,
      [ids[1]],
    );
    expect(owed.map((one) => one.id)).toContain(`undelivered:${waiting[0]!.key}`);
  });
});

describe('a mail server that is away for three days', () => {
  it('is followed by one current message a thread: one by itself, the others in the list of the morning', async () => {
    await post.pool.query('delete from obligations');
    const start = Date.parse('2025-03-17T14:00:00Z');
    await setClock(new Date(start).toISOString());
    const ids = [await applied(), await applied(), await applied(), await applied(), await applied()];
    post.mail.misbehave({ refuse: '451' });
    // Steps, deliveries and lists go on as ever, and reach nobody.
    for (let hour = 0; hour <= 72; hour += 1) {
      await setClock(new Date(start + hour * HOUR).toISOString());
      for (const id of ids) {
        await post.look(id);
        await deliverAll(id).catch(() => undefined);
      }
      if (hour % 24 === 23) await list(NEW_YORK).catch(() => undefined);
    }
    const came = (await post.mail.messages()).length;
    post.mail.misbehave({});
    const waiting = await prompts(`case_id = any($1) and state = 'queued'`, [ids]);
    expect(waiting.length).toBeGreaterThan(10);
    await setClock('2025-03-20T15:00:00Z');
    for (const id of ids) await deliverAll(id).catch(() => undefined);
    await setClock('2025-03-21T12:30:00Z');
    await list(NEW_YORK);
    for (const hour of [13, 14, 15, 16]) {
      await setClock(`2025-03-21T${hour}:00:00Z`);
      for (const id of ids) await deliverAll(id).catch(() => undefined);
    }
    // Of each thread, one obligation to one owner, one message or line; what came before it is passed by.
    const all = await query<Row & { obligation: string }>('select * from prompts where case_id = any($1)', [
      ids,
    ]);
    const threads = new Map<string, string[]>();
    for (const one of all) {
      const thread = `${one.case_id} ${one.obligation} ${one.owner}`;
      threads.set(thread, [...(threads.get(thread) ?? []), one.state]);
    }
    expect(threads.size).toBeGreaterThan(10);
    for (const [thread, states] of threads) {
      expect(states.filter((state) => state === 'sent').length, thread).toBeLessThanOrEqual(1);
      expect(
        states.filter((state) => !['sent', 'dropped', 'queued'].includes(state)),
        thread,
      ).toEqual([]);
    }
    expect(all.filter((one) => one.outcome === 'superseded').length).toBeGreaterThan(4);
    const mails = (await post.mail.messages()).slice(came);
    for (const word of ['luis', 'ana', 'dana']) {
      const mine = mails.filter((mail) => new RegExp(`\\b${word}@`).test(mail.to));
      expect(mine.length, word).toBeGreaterThan(0);
      expect(mine.length, word).toBeLessThanOrEqual(2);
    }
  }, 120_000);
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { person, site } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

let post: PostOffice;
let n = 0;

beforeAll(async () => {
  post = await postOffice();
}, 60_000);
afterAll(async () => post?.close(), 30_000);
beforeEach(() => post.mail.misbehave({}));

interface Row {
  readonly key: string;
  readonly code: string;
  readonly rung: string;
  readonly owner: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly attempts: number;
  readonly message_id: string | null;
  readonly claimed_at: Date | null;
}

async function prompts(id: string, where = 'true'): Promise<readonly Row[]> {
  const { rows } = await post.pool.query<Row>(
    `select * from prompts where case_id = $1 and ${where} order by key`,
    [id],
  );
  return rows;
}
async function only(id: string, where: string): Promise<Row> {
  const [row, ...more] = await prompts(id, where);
  if (row === undefined || more.length > 0) throw new Error(`not one prompt: ${where}`);
  return row;
}
const mailsOf = async (row: Row): Promise<number> =>
  (await post.mail.messages()).filter((one) => one.messageId === row.message_id).length;
const deliverAll = (id: string) => deliver(post.ports, { org: post.ports.org, case: id, keys: [] });

async function owedToHr(id: string): Promise<readonly { id: string; owner: string }[]> {
  const { rows } = await post.pool.query<{ id: string; owner: string }>(
    `select id, owner from obligations where case_id = $1 and code = 'UNDELIVERED'`,
    [id],
  );
  return rows;
}

/** Whom messages of a case did not reach, as somebody at the site reads it. */
async function notReached(id: string, who: string): Promise<readonly unknown[]> {
  const { pool, org, keys, terms } = post.ports;
  const { list } = await askWaiting({ pool, org, keys, terms }, { as: person(who), case: id });
  return list.flatMap(({ unreached }) => unreached?.person ?? []);
}

/** A row as a process leaves it that was killed during the hand-over, some time ago. */
async function cutOff(row: Row): Promise<void> {
  await post.pool.query(
    `update prompts set state = 'sending', attempts = 1, claimed_at = clock_timestamp() - interval '1 minute'
     where key = $1`,
    [row.key],
  );
}

/** An application; HR and both reviewers are asked at once. */
const applied = (): Promise<string> => application(post, `post-${(n += 1)}`);

/** An application that was not advanced; HR owes the word (P3.5), and has been asked for it. */
async function notAdvanced(): Promise<string> {
  const id = await applied();
  const no = { eligibility: 'does_not_meet', requirement: 'hours', outcome: 'not_advanced' };
  for (const reviewer of ['luis', 'ana'])
    expect(
      await post.act(id, reviewer, 'screen', { ...no, reason: 'RC_HOURS', willNotLookUp: true }),
    ).toMatchObject({ answer: { is: 'done' } });
  return id;
}

/** HR has told the outcome: the word to the candidate waits to be sent. */
async function wordToCandidate(): Promise<{ id: string; word: Row }> {
  const id = await notAdvanced();
  await deliverAll(id);
  expect(await post.act(id, 'dana', 'tell_outcome')).toMatchObject({ answer: { is: 'done' } });
  return { id, word: await only(id, `rung = 'told' and code = 'P3.5'`) };
}

describe('a notice of law of which nobody knows that it arrived', () => {
  it('is an obligation of HR when the mail server fell silent after the content, and is not sent again', async () => {
    const { id, word } = await wordToCandidate();
    post.mail.misbehave({ dropAfterData: true });
    expect(await deliverAll(id)).toEqual({ stir: true });
    post.mail.misbehave({});
    const after = await only(id, `key = '${word.key}'`);
    expect(after).toMatchObject({ state: 'unknown' });
    await post.look(id);
    expect(await owedToHr(id)).toEqual([{ id: `undelivered:${word.key}`, owner: `hr@${site}` }]);
    const { rows } = await post.pool.query<{ body: string }>(
      `select body from ledger where case_id = $1 and kind = 'prompt_undelivered'`,
      [id],
    );
    expect(rows.map((row) => JSON.parse(row.body) as object)).toEqual([
      { prompt: word.key, code: 'unknown' },
    ]);
    expect(await notReached(id, 'dana')).toEqual([person('candidate')]);
    await deliverAll(id);
    expect(await mailsOf(after)).toBe(1);
    // HR was asked by mail, finds out, and settles it.
    expect(await prompts(id, `code = 'UNDELIVERED' and state = 'sent'`)).toHaveLength(1);
    expect(await post.act(id, 'dana', 'settle_prompt', { prompt: word.key })).toMatchObject({
      answer: { is: 'done' },
    });
    expect(await owedToHr(id)).toEqual([]);
  });

  it('is an obligation of HR when the sending process was killed, and is not sent again', async () => {
    const { id, word } = await wordToCandidate();
    await cutOff(word);
    expect(await deliver(post.ports, { org: post.ports.org, case: id, keys: [word.key] })).toEqual({
      stir: true,
    });
    const after = await only(id, `key = '${word.key}'`);
    expect(after).toMatchObject({ state: 'unknown', outcome: 'interrupted' });
    expect(await mailsOf(after)).toBe(0);
    await post.look(id);
    expect(await owedToHr(id)).toHaveLength(1);
    await post.look(id);
    expect(await owedToHr(id)).toHaveLength(1);
  });

  it('is not what HR is reminded of under the same code: a reminder goes once more', async () => {
    const id = await notAdvanced();
    const reminder = await only(id, `code = 'P3.5' and owner = 'hr@${site}'`);
    await cutOff(reminder);
    await deliver(post.ports, { org: post.ports.org, case: id, keys: [reminder.key] });
    const after = await only(id, `key = '${reminder.key}'`);
    expect(after).toMatchObject({ state: 'sent', outcome: 'sent_again' });
    expect(await mailsOf(after)).toBe(1);
    expect(await owedToHr(id)).toEqual([]);
  });
});

describe('what goes wrong before the mail server is spoken to', () => {
  const hideSite = () => post.pool.query(`update sites set ref = 'hidden' where ref = $1`, [site]);
  const showSite = () => post.pool.query(`update sites set ref = $1 where ref = 'hidden'`, [site]);

  it('leaves the message queued, holds up no other, and it goes out once as if nothing had been', async () => {
    const id = await applied();
    await hideSite();
    try {
      await expect(deliverAll(id)).rejects.toMatchObject({ message: 'prompt_unprepared' });
    } finally {
      await showSite();
    }
    const waiting = await only(id, `owner = '${person('luis')}'`);
    expect(waiting).toMatchObject({
      state: 'queued',
      attempts: 1,
      outcome: 'site_unknown',
      claimed_at: null,
    });
    expect(await only(id, `owner = '${person('ana')}'`)).toMatchObject({ state: 'sent' });
    await deliverAll(id);
    const after = await only(id, `key = '${waiting.key}'`);
    expect(after).toMatchObject({ state: 'sent', outcome: 'sent', attempts: 2 });
    expect(await mailsOf(after)).toBe(1);
  });

  it('says nothing of a notice of law to HR: it is sent when it can be', async () => {
    const { id, word } = await wordToCandidate();
    await hideSite();
    try {
      await expect(deliverAll(id)).rejects.toMatchObject({ type: 'TransientFailure' });
    } finally {
      await showSite();
    }
    expect(await only(id, `key = '${word.key}'`)).toMatchObject({ state: 'queued' });
    await deliverAll(id);
    expect(await only(id, `key = '${word.key}'`)).toMatchObject({ state: 'sent', outcome: 'sent' });
    await post.look(id);
    expect(await owedToHr(id)).toEqual([]);
  });

  it('a refusal for now that could not be written down is no hand-over that was cut off', async () => {
    const { id, word } = await wordToCandidate();
    post.mail.misbehave({ refuse: '451' });
    const mail = {
      send: async (message: Parameters<typeof post.ports.mail.send>[0]) => {
        const outcome = await post.ports.mail.send(message);
        await post.pool.query('alter table prompts rename to prompts_gone');
        return outcome;
      },
    };
    const request = { org: post.ports.org, case: id, keys: [word.key] };
    try {
      await expect(deliver({ ...post.ports, mail }, request)).rejects.toMatchObject({ code: '42P01' });
    } finally {
      await post.pool.query('alter table if exists prompts_gone rename to prompts');
    }
    post.mail.misbehave({});
    expect(await only(id, `key = '${word.key}'`)).toMatchObject({ state: 'sending' });
    await post.pool.query(`update prompts set claimed_at = claimed_at - interval '1 minute' where key = $1`, [
      word.key,
    ]);
    await deliver(post.ports, request);
    const after = await only(id, `key = '${word.key}'`);
    expect(after).toMatchObject({ state: 'sent', outcome: 'sent', attempts: 2 });
    expect(await mailsOf(after)).toBe(1);
  });
});

describe('an answer of the mail server that could not be written down', () => {
  /** The mail server answers as ever, while the database takes no outcome of this one prompt. */
  async function deliverUnwritten(id: string, key: string): Promise<void> {
    await post.pool.query(
      `create or replace function away() returns trigger language plpgsql as
         $$ begin raise exception 'going away' using errcode = '57P01'; end $$`,
    );
    await post.pool.query(
      `create trigger away before update of settled_at on prompts for each row
         when (old.key = '${key}') execute function away()`,
    );
    const request = { org: post.ports.org, case: id, keys: [key] };
    try {
      await expect(deliver(post.ports, request)).rejects.toMatchObject({ code: '57P01' });
      expect(await only(id, `key = '${key}'`)).toMatchObject({ state: 'sending', attempts: 1 });
      // Still away: what is known is not forgotten by a second attempt to write it.
      await expect(deliver(post.ports, request)).rejects.toMatchObject({ code: '57P01' });
    } finally {
      await post.pool.query('drop trigger if exists away on prompts');
    }
    await deliver(post.ports, request);
  }

  it('is written by the next attempt: one message, and it was sent', async () => {
    const id = await applied();
    const asked = await only(id, `owner = '${person('luis')}'`);
    await deliverUnwritten(id, asked.key);
    const after = await only(id, `key = '${asked.key}'`);
    expect(after).toMatchObject({ state: 'sent', outcome: 'sent', attempts: 1, claimed_at: null });
    expect(await mailsOf(after)).toBe(1);
  });

  it('leaves nothing of a notice of law for HR to find out', async () => {
    const { id, word } = await wordToCandidate();
    await deliverUnwritten(id, word.key);
    const after = await only(id, `key = '${word.key}'`);
    expect(after).toMatchObject({ state: 'sent', outcome: 'sent' });
    expect(await mailsOf(after)).toBe(1);
    await post.look(id);
    expect(await owedToHr(id)).toEqual([]);
  });

  it('is told as the refusal it was, without asking the mail server again', async () => {
    const { id, word } = await wordToCandidate();
    post.mail.misbehave({ refuse: '550' });
    await deliverUnwritten(id, word.key);
    post.mail.misbehave({});
    const after = await only(id, `key = '${word.key}'`);
    expect(after).toMatchObject({ state: 'failed', attempts: 1 });
    expect(after.outcome).not.toBe('interrupted');
    expect(await mailsOf(after)).toBe(0);
    await post.look(id);
    expect(await owedToHr(id)).toHaveLength(1);
  });
});

describe('a reminder that was cut off', () => {
  it('and is not wanted any more is shown as unknown: it may have gone out', async () => {
    const id = await applied();
    const asked = await only(id, `owner = '${person('luis')}'`);
    await cutOff(asked);
    expect(await post.act(id, 'candidate', 'withdraw')).toMatchObject({ answer: { is: 'done' } });
    await deliver(post.ports, { org: post.ports.org, case: id, keys: [asked.key] });
    const after = await only(id, `key = '${asked.key}'`);
    expect(after).toMatchObject({ state: 'unknown', outcome: 'interrupted' });
    expect(await mailsOf(after)).toBe(0);
  });

  it('twice is shown as unknown, and HR is not asked', async () => {
    const id = await applied();
    const asked = await only(id, `owner = '${person('luis')}'`);
    await cutOff(asked);
    await post.pool.query(`update prompts set outcome = 'cut_off' where key = $1`, [asked.key]);
    await deliver(post.ports, { org: post.ports.org, case: id, keys: [asked.key] });
    expect(await only(id, `key = '${asked.key}'`)).toMatchObject({ state: 'unknown' });
    await post.look(id);
    expect(await owedToHr(id)).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../../src/client/decide.ts';
import { assign, delegate, unassign } from '../../src/client/organization.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { Theatre } from '../faults/theatre.ts';
import { actsOn, opened, people, until } from '../faults/acts.ts';
import { caseOf, person, site } from '../unit/house.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let here: Theatre;
let n = 0;

beforeAll(async () => {
  here = await Theatre.open({
    seed: 'prompts',
    clock: '2025-01-06',
    people: { ...people, vera: ['team_member'] as readonly Capacity[], nils: [], gone: [] },
    unreachable: ['nils'],
  });
  await here.startWorker();
}, 120_000);
afterAll(async () => here?.close(), 60_000);
beforeEach(() => here.mail.misbehave({}));

const office = () => ({ org: here.house.org, pool: here.house.pool, keys: here.house.keys });
const by = () => ({ decisionId: `prompts-house-${(n += 1)}`, actor: 'installation' as const });

/** Opens a readiness case with these scorers: each is asked at once. */
async function openFor(word: string, scorers: readonly string[]) {
  const id = caseOf('readiness', word);
  const act = actsOn(id, word);
  const open = act('director', 'open', { ...opened, scorers: scorers.map(person) });
  expect(await decide(here.house, open)).toMatchObject({ is: 'done' });
  return { id, act };
}

interface Prompt {
  readonly key: string;
  readonly code: string;
  readonly rung: string;
  readonly owner: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly recipient: string | null;
  readonly message_id: string | null;
  readonly attempts: number;
}
async function prompts(id: string): Promise<readonly Prompt[]> {
  const { rows } = await here.house.pool.query<Prompt>(
    'select * from prompts where case_id = $1 order by send_after, key',
    [id],
  );
  return rows;
}
const promptsWhen = (id: string, what: string, ready: (list: readonly Prompt[]) => boolean, ms = 30_000) =>
  until(what, ms, async () => {
    const list = await prompts(id);
    return ready(list) && list;
  });
/** Between two tries: a try itself is too short to be seen for sure. */
const triedTwice = (list: readonly Prompt[]) => (list[0]?.attempts ?? 0) >= 2 && list[0]?.state === 'queued';
const allIn = (state: string) => (list: readonly Prompt[]) =>
  list.length > 0 && list.every((one) => one.state === state);

async function mailsOf(list: readonly Prompt[]): Promise<number> {
  const ids = new Set(list.map((one) => one.message_id));
  return (await here.mail.messages()).filter((mail) => ids.has(mail.messageId)).length;
}
async function owed(id: string, code: string) {
  const { rows } = await here.house.pool.query<{ id: string; owner: string }>(
    'select id, owner from obligations where case_id = $1 and code = $2 order by id',
    [id, code],
  );
  return rows;
}
async function forward(ms: number): Promise<void> {
  const conductor = await here.conductor();
  try {
    await conductor.advanceTo((await conductor.now()) + ms);
  } finally {
    await conductor.release();
  }
}

describe('a mail server that is away', () => {
  it('is tried again until it is back; decisions do not wait for it', async () => {
    await here.stopMail();
    const { id, act } = await openFor('down', ['theo']);
    const tried = await promptsWhen(id, 'two tries', triedTwice);
    expect(tried[0]).toMatchObject({
      state: 'queued',
      outcome: expect.stringMatching(/^E(CONNREFUSED|SOCKET|CONNECTION)$/) as unknown,
    });
    const champion = act('executive', 'name_champion', { person: null });
    expect(await decide(here.house, champion)).toMatchObject({ is: 'done' });
    await here.restartMail();
    const sent = await promptsWhen(id, 'sent', allIn('sent'));
    expect(await mailsOf(sent)).toBe(1);
  });

  it('sends one current message, not a burst, when several rungs passed while it was away', async () => {
    await here.stopMail();
    const { id } = await openFor('rungs', ['theo']);
    await promptsWhen(id, 'a try', (list) => (list[0]?.attempts ?? 0) >= 1);
    // The conductor waits for every prompt, so the clock is moved by hand, as time would pass outside a sandbox.
    for (const days of [3, 5, 3]) {
      await here.house.pool.query('update orgs set clock = clock + $2 where org = $1', [
        here.house.org,
        days * DAY,
      ]);
      await here.house.client.workflow.getHandle(id).signal('nudge');
      const before = (await prompts(id)).length;
      await promptsWhen(id, 'the next rung', (list) => list.length > before);
    }
    await here.restartMail();
    const done = await promptsWhen(id, 'all settled', (list) =>
      list.every((one) => one.state === 'sent' || one.state === 'dropped'),
    );
    const toOwner = done.filter((one) => one.owner === person('theo'));
    expect(toOwner.length).toBeGreaterThan(1);
    expect(toOwner.filter((one) => one.state === 'sent')).toHaveLength(1);
    expect(toOwner.at(-1)).toMatchObject({ state: 'sent' });
    expect(toOwner[0]).toMatchObject({ state: 'dropped', outcome: 'superseded' });
    await forward(HOUR);
  }, 90_000);

  it('sends one current rung when the case itself wakes late', async () => {
    const { id } = await openFor('late', ['theo']);
    await promptsWhen(id, 'the first', allIn('sent'));
    await here.house.pool.query('update orgs set clock = clock + $2 where org = $1', [
      here.house.org,
      28 * DAY,
    ]);
    await here.house.client.workflow.getHandle(id).signal('nudge');
    await promptsWhen(id, 'the late one', (list) => list.length > 1 && allIn('sent')(list));
    const scoring = (await prompts(id)).filter((one) => one.code === 'P0.1');
    expect(scoring).toHaveLength(2);
    const { rows } = await here.house.pool.query<{ passed: number }>(
      `select coalesce(jsonb_array_length(body::jsonb -> 'passed'), 0) as passed from ledger
       where case_id = $1 and kind = 'prompted' and body::jsonb ->> 'code' = 'P0.1' order by position`,
      [id],
    );
    expect(rows.map((row) => row.passed)).toEqual([0, expect.any(Number)]);
    expect(rows[1]?.passed).toBeGreaterThan(1);
    await forward(HOUR);
  });

  it('drops what was answered while it was away', async () => {
    await here.stopMail();
    const { id, act } = await openFor('answered', ['theo']);
    await promptsWhen(id, 'a try', (list) => (list[0]?.attempts ?? 0) >= 1);
    const sheet = act('theo', 'score_items', { scores: Array.from({ length: 25 }, () => '3') });
    expect(await decide(here.house, sheet)).toMatchObject({ is: 'done' });
    await here.restartMail();
    const [first] = await promptsWhen(id, 'dropped', allIn('dropped'));
    expect(first).toMatchObject({ outcome: 'no_longer_owed' });
    expect((await here.mail.messages()).filter((m) => m.messageId === first?.message_id)).toEqual([]);
  });
});

describe('an answer of the mail server', () => {
  it('451: is tried again and sent once', async () => {
    here.mail.misbehave({ refuse: '451' });
    const { id } = await openFor('later', ['theo']);
    const tried = await promptsWhen(id, 'two tries', triedTwice);
    expect(tried[0]).toMatchObject({ state: 'queued', outcome: '451' });
    here.mail.misbehave({});
    expect(await mailsOf(await promptsWhen(id, 'sent', allIn('sent')))).toBe(1);
  });

  it('550: fails, becomes an obligation of HR, and HR settles it', async () => {
    here.mail.misbehave({ refuse: '550' });
    const { id, act } = await openFor('never', ['theo']);
    const [failed] = await promptsWhen(id, 'failed', (list) => list[0]?.state === 'failed');
    here.mail.misbehave({});
    expect(failed).toMatchObject({ outcome: '550', recipient: person('theo') });
    const [owe] = await until('the obligation', 15_000, async () => {
      const list = await owed(id, 'UNDELIVERED');
      return list.length > 0 && list;
    });
    expect(owe).toMatchObject({ owner: `hr@${site}`, id: `undelivered:${failed?.key}` });
    const settle = act('dana', 'settle_prompt', { prompt: failed?.key });
    expect(await decide(here.house, { ...settle, actor: person('theo') })).toMatchObject({
      is: 'refused',
      refusal: { code: 'not_permitted', rule: 'UNDELIVERED' },
    });
    expect(await decide(here.house, settle)).toMatchObject({ is: 'done' });
    expect(await owed(id, 'UNDELIVERED')).toEqual([]);
  });

  it('silence after the content: shown as unknown, and not sent again', async () => {
    here.mail.misbehave({ dropAfterData: true });
    const { id, act } = await openFor('silent', ['theo']);
    const list = await promptsWhen(id, 'unknown', allIn('unknown'));
    here.mail.misbehave({});
    expect(await decide(here.house, act('executive', 'name_champion', { person: null }))).toMatchObject({
      is: 'done',
    });
    await here.house.client.workflow.getHandle(id).signal('nudge');
    await forward(HOUR);
    expect(await prompts(id)).toEqual(list);
    expect(await mailsOf(list)).toBe(1);
  });
});

describe('nobody to write to', () => {
  it('makes an obligation of HR of each: no address, nobody in the directory', async () => {
    await here.stopMail();
    const { id } = await openFor('nobody', ['nils', 'gone', 'theo']);
    // As a directory is after an older copy of it was brought back: the ledger names somebody it does not know.
    const { pool, org } = here.house;
    for (const table of ['person_fields', 'persons'])
      await pool.query(`delete from ${table} where org = $1 and ref = $2`, [org, person('gone')]);
    await here.restartMail();
    const list = await promptsWhen(
      id,
      'settled',
      (all) => all.filter((one) => one.state === 'failed').length === 2,
    );
    const codes = list.filter((one) => one.state === 'failed').map((one) => one.outcome);
    expect(new Set(codes)).toEqual(new Set(['no_address', 'person_unknown']));
    await until('both obligations', 15_000, async () => (await owed(id, 'UNDELIVERED')).length === 2);
    // The one who can be written to was, and HR was asked.
    const done = await promptsWhen(
      id,
      'the others',
      (all) => all.filter((one) => one.state === 'sent').length === 3,
    );
    expect(done.some((one) => one.owner === person('theo') && one.state === 'sent')).toBe(true);
  });

  it('ends with the obligation when HR itself is not there: no endless telling', async () => {
    await unassign(office(), [{ person: person('dana'), capacity: 'hr', scope: site }], by());
    const { id } = await openFor('no-hr', ['nils']);
    await promptsWhen(
      id,
      'both failed',
      (all) => all.length === 2 && all.every((one) => one.state === 'failed'),
    );
    await new Promise((resume) => setTimeout(resume, 1_500));
    expect((await prompts(id)).map((one) => [one.code, one.outcome])).toEqual([
      ['P0.1', 'no_address'],
      ['UNDELIVERED', 'nobody_assigned'],
    ]);
    expect(await owed(id, 'UNDELIVERED')).toHaveLength(1);
    await assign(office(), [{ person: person('dana'), capacity: 'hr', scope: site }], by());
  });

  it('asks the stand-in while somebody is away', async () => {
    await delegate(office(), { absent: person('vera'), standIn: person('theo'), until: null }, by());
    const { id } = await openFor('standing-in', ['vera']);
    const [sent] = await promptsWhen(id, 'sent', allIn('sent'));
    expect(sent).toMatchObject({ owner: person('vera'), recipient: person('theo') });
    const mail = (await here.mail.messages()).find((one) => one.messageId === sent?.message_id);
    expect(JSON.stringify(mail)).toContain('theo@example.org');
    expect(JSON.stringify(mail)).not.toContain('vera@example.org');
  });
});

describe('a worker killed while it sends', () => {
  it('before the mail server heard of it: sent once more, once, under its one Message-ID', async () => {
    await here.killWorker();
    const dying = await here.startWorker({ PEER_HIRE_FAULT: 'deliver.after_claim:1' });
    const { id } = await openFor('cut-before', ['theo']);
    expect(await dying.ended).toBe('SIGKILL');
    expect((await prompts(id))[0]).toMatchObject({ state: 'sending' });
    await here.startWorker();
    const list = await promptsWhen(id, 'sent', allIn('sent'), 60_000);
    expect(list[0]).toMatchObject({ outcome: 'sent_again', attempts: 2 });
    expect(await mailsOf(list)).toBe(1);
  }, 90_000);

  it('after the mail server had it: a second copy at most, under the same Message-ID', async () => {
    await here.killWorker();
    const dying = await here.startWorker({ PEER_HIRE_FAULT: 'deliver.after_send:1' });
    const { id } = await openFor('cut-after', ['theo']);
    expect(await dying.ended).toBe('SIGKILL');
    await here.startWorker();
    const list = await promptsWhen(id, 'sent', allIn('sent'), 60_000);
    expect(await mailsOf(list)).toBe(2);
  }, 90_000);

  it('between telling the case of a failure and noting it: HR still hears of it, once', async () => {
    await here.killWorker();
    here.mail.misbehave({ refuse: '550' });
    const dying = await here.startWorker({ PEER_HIRE_FAULT: 'deliver.after_notice:1' });
    const { id } = await openFor('cut-notice', ['theo']);
    expect(await dying.ended).toBe('SIGKILL');
    here.mail.misbehave({});
    await here.startWorker();
    await until('the obligation', 60_000, async () => (await owed(id, 'UNDELIVERED')).length === 1);
  }, 90_000);
});

describe('all messages of the play', () => {
  it('have one Message-ID for each intent; only what was cut off came twice', async () => {
    await forward(HOUR);
    const seen = new Map<string, number>();
    for (const mail of await here.mail.messages())
      seen.set(mail.messageId, (seen.get(mail.messageId) ?? 0) + 1);
    const { rows } = await here.house.pool.query<Prompt>(
      'select * from prompts where message_id is not null',
    );
    expect(new Set(rows.map((row) => row.message_id)).size).toBe(rows.length);
    const twice = [...seen].filter(([, times]) => times > 1).map(([messageId]) => messageId);
    expect(twice).toHaveLength(1);
    expect(rows.find((row) => row.message_id === twice[0])).toMatchObject({ outcome: 'sent_again' });
    const known = new Set(rows.map((row) => row.message_id));
    expect([...seen.keys()].filter((messageId) => !known.has(messageId))).toEqual([]);
    expect(rows.filter((row) => row.state === 'sending')).toEqual([]);
  });
});

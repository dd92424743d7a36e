import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { assign } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { Browser, awhileLater, playedHouse, signedIn } from './api-house.ts';
import type { Played } from './api-house.ts';

/** An office counts where it is held: over people, their records, whom they lend it to, and what is taken along. */

const SOUTH = 'site_00000000000000000000000000';
const away: Readonly<Record<string, readonly Capacity[]>> = {
  hrs: ['hr', 'hr_director'],
  privs: ['privacy_officer'],
  vic: [],
};
let here: Played;
const at: Record<string, Browser> = {};
const ref = (word: string): string =>
  Object.hasOwn(away, word) ? `prs_${opaque(`away|${word}`)}` : here.ref(word);
const by = (word: string): Browser => at[word] ?? new Browser(here.app);

/** A second place, with people of its own; the worked example happens at the first. */
async function south(): Promise<void> {
  const { org, pool, keys } = here.house;
  for (const [table, own] of [
    ['sites', { ref: SOUTH, name: 'South' }],
    ['terms_in_force', { site: SOUTH }],
  ] as const)
    await pool.query(
      `insert into ${table} select (jsonb_populate_record(s, $2)).* from ${table} s where org = $1 limit 1`,
      [org, JSON.stringify(own)],
    );
  for (const [word, held] of Object.entries(away)) {
    await addPerson(pool, keys, { org, ref: ref(word), name: `Test ${word}`, email: `${word}@example.org` });
    const list = held.map((capacity) => ({ person: ref(word), capacity, scope: SOUTH }));
    if (list.length > 0)
      await assign(here.office, list, { decisionId: `away_${word}`, actor: 'installation' });
  }
}

beforeAll(async () => {
  here = await playedHouse();
  await south();
  const mine = { ...here, ref };
  for (const word of ['dana', 'amara', 'sam', 'marisol', 'c102', 'otto', 'kofi', 'zora', 'hrs', 'privs'])
    at[word] = await signedIn(mine, word);
}, 400_000);
afterAll(async () => here?.close(), 60_000);

const standIn = (word: string, absent: string, to: string) =>
  by(word).put(`/people/${ref(absent)}/stand-in`, { to: ref(to) });

describe('HR of one place', () => {
  it('changes nobody of another, and nothing of where their mail goes', async () => {
    for (const word of ['marisol', 'c101', 'amara']) {
      const changed = await by('hrs').put(`/people/${ref(word)}`, { email: 'else@example.net' });
      expect([changed.statusCode, changed.json<{ code: string }>().code]).toEqual([403, 'not_permitted']);
      expect((await by('hrs').post(`/people/${ref(word)}/address-good`, {})).statusCode).toBe(403);
    }
    const { rows } = await here.house.pool.query<{ message_id: string }>(
      `select message_id from prompts where org = $1 and message_id is not null and recipient is not null limit 1`,
      [here.house.org],
    );
    const messageId = rows[0]?.message_id;
    if (messageId !== undefined)
      expect((await by('hrs').post('/mail/bounced', { messageId, kind: 'hard' })).statusCode).toBe(403);
  });

  it('finds nobody of another who works nowhere, and nobody’s name there', async () => {
    const { list } = (await by('hrs').get('/people?limit=1000')).json<{
      list: readonly { person: string; name: string | null }[];
    }>();
    expect(list.map((one) => one.person)).not.toContain(ref('c101'));
    expect(list.filter((one) => one.name !== null).map((one) => one.person)).toContain(ref('privs'));
    const named = new Set(list.filter((one) => one.name !== null).map((one) => one.person));
    for (const word of ['marisol', 'dana', 'amara', 'c102']) expect(named.has(ref(word)), word).toBe(false);
    // Of their own place HR of it finds everybody, also who applied.
    const own = (await by('dana').get('/people?limit=1000')).json<{ list: typeof list }>().list;
    expect(own.filter((one) => one.name !== null).map((one) => one.person)).toContain(ref('c101'));
  });

  it('looks after whom they added, who nobody else has; the ledger says who, and of a change which field', async () => {
    const made = await by('hrs').post('/people', { name: 'Test Lark', email: 'lark@example.org' });
    const { person } = made.json<{ person: string }>();
    expect((await by('dana').put(`/people/${person}`, { phone: '1' })).statusCode).toBe(403);
    expect((await by('hrs').put(`/people/${person}`, { email: 'lark2@example.org' })).statusCode).toBe(200);
    const { rows } = await here.house.pool.query<{ kind: string; actor: string; body: string }>(
      `select kind, actor, body from ledger where org = $1 and kind in ('person_added', 'person_changed') order by position`,
      [here.house.org],
    );
    expect(rows.map(({ kind, actor, body }) => [kind, actor, JSON.parse(body) as object])).toEqual([
      ['person_added', ref('hrs'), { person }],
      ['person_changed', ref('hrs'), { person, fields: ['email'] }],
    ]);
    const { pool, keys, org } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });

  it('ends answers that lie in an old mailbox when the address changes', async () => {
    const { pool, org } = here.house;
    const hash = Buffer.alloc(32, 9);
    await pool.query(
      `insert into links (org, hash, id, purpose, person, made_at) values ($1, $2, 'lnk_old', 'answer', $3, 0)`,
      [org, hash, ref('marisol')],
    );
    const open = async () =>
      (await pool.query('select 1 from links where hash = $1 and revoked_at is null', [hash])).rows.length;
    expect((await by('dana').put(`/people/${ref('marisol')}`, { phone: '555' })).statusCode).toBe(200);
    expect(await open()).toBe(1);
    expect((await by('dana').put(`/people/${ref('marisol')}`, { email: 'm@example.net' })).statusCode).toBe(
      200,
    );
    expect(await open()).toBe(0);
  });

  it('sees nothing of who applied elsewhere through a file', async () => {
    const asked = await by('hrs').post('/imports?dryRun=true', {
      opening: here.cast.caseId('opening'),
      csv: 'name,email\nA Person,a@example.org\n',
    });
    expect(asked.json()).toMatchObject({ status: 403, code: 'not_permitted' });
  });
});

describe('a stand-in for somebody else', () => {
  it('is not HR’s to name, nor the director’s for themselves', async () => {
    expect((await standIn('dana', 'amara', 'dana')).json()).toMatchObject({ code: 'needs_capacity' });
    expect((await standIn('amara', 'dana', 'amara')).json()).toMatchObject({ code: 'names_oneself' });
    // Who leads HR of one place does not of another.
    expect((await standIn('hrs', 'marisol', 'grace')).json()).toMatchObject({ code: 'not_permitted' });
  });

  it('is no puppet: whoever stands in for a second word gives one, and works there', async () => {
    expect((await standIn('amara', 'robin', 'dana')).json()).toMatchObject({ code: 'lacks_office' });
    expect((await standIn('amara', 'marisol', 'zora')).json()).toMatchObject({ code: 'works_elsewhere' });
    expect((await standIn('c102', 'c102', 'zora')).json()).toMatchObject({ code: 'works_elsewhere' });
    expect((await standIn('sam', 'robin', 'sam')).json()).toMatchObject({ code: 'names_oneself' });
  });

  it('takes a session that has shown again who is there', async () => {
    await awhileLater(here, 'sam');
    expect((await standIn('sam', 'marisol', 'grace')).json()).toMatchObject({ status: 401, code: 'step_up' });
    expect((await standIn('amara', 'marisol', 'grace')).json()).toEqual({ done: true });
    const ended = await by('amara').ask('DELETE', `/people/${ref('marisol')}/stand-in`);
    expect(ended.json()).toEqual({ done: true });
  });
});

describe('the end of somebody’s records', () => {
  it('is for who keeps the records where they are, and for nobody at another place', async () => {
    const erase = (word: string) => by('privs').post(`/people/${ref(word)}/erase`, {});
    expect((await erase('c103')).json()).toMatchObject({ status: 403, code: 'erasing_not_permitted' });
    // Somebody who is nowhere is for who keeps the records of the whole house.
    expect((await erase('vic')).json()).toMatchObject({ status: 403, code: 'erasing_not_permitted' });
    const list = [{ person: ref('vic'), capacity: 'it' as const, scope: SOUTH }];
    await assign(here.office, list, { decisionId: 'away_vic_it', actor: 'installation' });
    expect((await erase('vic')).json()).toMatchObject({ status: 409, code: 'still_assigned' });
    expect((await by('dana').post(`/people/${ref('vic')}/erase`, {})).statusCode).toBe(403);
  });
});

describe('a confidential matter', () => {
  it('is in no answer to a decision told from one that is not there, by who may not read it', async () => {
    const { rows } = await here.house.pool.query<{ id: string }>(
      `select case_id as id from cases where org = $1 and kind = 'clock' order by case_id`,
      [here.house.org],
    );
    expect(rows.length).toBeGreaterThan(1);
    const nowhere = `clock-${'7'.repeat(26)}`;
    for (const word of ['marisol', 'zora', 'otto', 'hrs']) {
      // What reading keeps from them: a supervisor knows of a certificate that ends, and of nothing else here.
      const hidden: string[] = [];
      for (const { id } of rows) if ((await by(word).get(`/cases/${id}`)).statusCode === 404) hidden.push(id);
      expect(hidden.length, word).toBeGreaterThan(1);
      for (const type of Object.keys(commandSchemas.clock ?? {})) {
        const ask = async (id: string) => {
          const answer = await by(word).post('/decisions?dryRun=true', {
            ...{ decisionId: `shadow_${type}`.slice(0, 60), case: id, type, payload: {} },
          });
          return `${answer.statusCode} ${answer.body.replaceAll(id, 'it')}`;
        };
        const there = await ask(nowhere);
        for (const id of hidden) expect(await ask(id), `${word} ${type}`).toBe(there);
      }
    }
    for (const { id } of rows)
      expect((await by('otto').get(`/waiting?case=${id}`)).json<{ list: unknown[] }>().list).toEqual([]);
  });

  it('tells HR, who may only wait for it, no kind', async () => {
    const { rows } = await here.house.pool.query<{ id: string }>(
      `select case_id as id from cases where org = $1 and kind = 'clock'`,
      [here.house.org],
    );
    for (const { id } of rows) {
      const answer = await by('dana').post('/decisions?dryRun=true', {
        ...{ decisionId: 'shadow_hr_waits', case: id, type: 'keep_waiting', payload: {} },
      });
      expect(answer.body).not.toMatch(/D9\.4|D5\.[0-9]|D6\.[0-9]/);
    }
  });
});

describe('what is taken along', () => {
  it('holds nothing that is masked to whoever takes it', async () => {
    const { cast } = here;
    for (const word of ['otto', 'kofi']) {
      expect((await by(word).get('/export')).json()).toMatchObject({ status: 403, code: 'not_permitted' });
      for (const of of ['c101', 'employment', 'annual'])
        expect((await by(word).get(`/export?case=${cast.caseId(of)}`)).statusCode, `${word} ${of}`).toBe(403);
    }
    // One place's director does not take the whole along.
    expect((await by('hrs').get('/export')).statusCode).toBe(403);
    await here.house.pool.query('delete from sites where org = $1 and ref = $2', [here.house.org, SOUTH]);
    const whole = await by('amara').get('/export');
    async function* each() {
      yield* whole.body.split('\n').slice(0, -1);
    }
    expect(await verifyExport(each())).toMatchObject({ ok: true, proves: 'organization' });
  });
});

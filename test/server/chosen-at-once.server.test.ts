import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askExplanation } from '../../src/client/ask-explain.ts';
import { decide } from '../../src/client/decide.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { until } from '../faults/acts.ts';
import { staged } from '../scenarios.ts';
import { ORIGIN, appOver, getPage, linksTo, postForm } from './links-house.ts';
import { openPlayground } from './playground.ts';
import type { PlayedThere, Playground } from './playground.ts';

/** D4.2 on the real servers: candidates of one search who choose the same hour of the same panel at the same instant. */

const whole = staged('two-openings');
const moment = '2026-03-13 10:00';
const acts = whole.scenario.acts.filter((act) => act.at < moment);
const stage = { ...whole, scenario: { ...whole.scenario, acts, until: moment } };
const { cast } = whole;
const early = { on: '2026-03-23', at: '10:00' };
const late = { on: '2026-03-23', at: '11:30' };
const another = [
  { on: '2026-03-24', at: '10:00' },
  { on: '2026-03-24', at: '11:30' },
];
let ground: Playground;
let there: PlayedThere;
let app: FastifyInstance;

/** HR offers times. @returns the address in the message that the candidate gets */
async function offered(who: string, slots: readonly object[]): Promise<string> {
  const done = await decide(there.house, {
    ...{ v: 1, decisionId: `dec_offer_${who}`, case: cast.caseId(who), type: 'offer_slots' },
    ...{ actor: cast.person('bea'), how: 'asserted_local', payload: { slots: [...slots] } },
  });
  expect(done).toMatchObject({ is: 'done' });
  const links = () => linksTo(ground.parts, `${who}@`, 'a');
  await until(`the message to ${who}`, 30_000, async () => (await links()).length > 0);
  return (await links()).at(-1) ?? '';
}

const choose = (over: FastifyInstance, link: string, slot: number) =>
  postForm(over, link, { answer: 'chosen', slot: String(slot) });

interface Recorded {
  readonly kind: string;
  readonly at?: string;
}

/** What a candidacy has recorded about its hour since the times were offered. */
async function recorded(who: string): Promise<readonly Recorded[]> {
  const { rows } = await there.house.pool.query<{ kind: string; body: string }>(
    `select kind, body from ledger where org = $1 and case_id = $2
       and kind in ('slot_chosen', 'slots_gone', 'interview_set') order by sequence`,
    [there.house.org, cast.caseId(who)],
  );
  return rows.map(({ kind, body }) => ({ kind, ...(JSON.parse(body) as Omit<Recorded, 'kind'>) }));
}

async function count(sql: string, ...more: readonly unknown[]): Promise<number> {
  const { rows } = await there.house.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`, [
    there.house.org,
    ...more,
  ]);
  return rows[0]?.n ?? -1;
}

const TAKEN = 'This time is not free any more. Please choose another one.';

beforeAll(async () => {
  ground = await openPlayground(ORIGIN);
  there = await ground.play(stage, true);
  app = await appOver(there.house, async () => there.house);
}, 300_000);
afterAll(async () => {
  await app?.close();
  await ground?.stop();
}, 60_000);

describe('one hour of a panel that several candidates choose', () => {
  it('D4.2 whose choice was foreseen as free, and was taken while it came in, is told so and chooses again by the same link', async () => {
    expect(there.played.surprises).toEqual([]);
    const first = await offered('c201', [early, late]);
    const second = await offered('c202', [early, late]);
    let go: () => void = () => undefined;
    const chosen = new Promise<void>((resolve) => (go = resolve));
    const slow = await appOver(there.house, async () => {
      await chosen;
      return there.house;
    });
    const waiting = choose(slow, second, 1);
    await until('the second choice to be received', 20_000, async () => {
      return (await count(`link_inbox where org = $1 and state = 'waiting'`)) === 1;
    });
    expect((await choose(app, first, 1)).body).toContain('Thank you, we have your answer');
    go();
    const told = await waiting;
    expect([told.statusCode, told.body]).toEqual([409, expect.stringContaining(TAKEN)]);
    expect(told.body).not.toMatch(/prs_|candidacy-|opening-/);
    expect(await recorded('c202')).toEqual([]);
    // Nothing was used up: the same address, in another tab too, takes the other time.
    expect((await getPage(app, second)).body).toContain('2026-03-23, 11:30');
    expect((await choose(slow, second, 2)).body).toContain('Thank you, we have your answer');
    expect((await getPage(app, second)).body).toContain('You need not do anything more');
    expect((await choose(app, second, 1)).body).toContain('Thank you, we have your answer');
    expect(await recorded('c201')).toMatchObject([{ slot: 1 }, { kind: 'interview_set', ...early }]);
    expect(await recorded('c202')).toMatchObject([{ slot: 2 }, { kind: 'interview_set', ...late }]);
    expect(await count(`link_inbox where org = $1 and (state = 'waiting' or sealed is not null)`)).toBe(0);
    await slow.close();
  }, 120_000);

  it('D4.2 by whose conversation an hour was taken is explained to HR, and to no other candidate', async () => {
    const { pool, org, keys } = there.house;
    const office = { pool, org, keys, terms: new TermsStore() };
    const usedBy = async (as: string) => {
      const { rows } = await askExplanation(office, cast.person(as), cast.caseId('c202'));
      const set = rows.find((row) => row.kind === 'interview_set');
      return (set?.facts ?? []).map((fact) => `${fact.kind} ${fact.case}`).toSorted();
    };
    const own = await usedBy('c202');
    const rival = cast.caseId('c201');
    expect(await usedBy('bea')).toEqual([...own, `conversation ${rival}`, `hour_taken ${rival}`].toSorted());
    expect(own.join(' ')).toContain('panel ');
  });

  it('D4.2 where no other time is left they are told so kindly, and HR owes them others at once', async () => {
    const link = await offered('c203', another.slice(0, 1));
    const taken = { on: '2026-03-24', at: '10:30' };
    const set = await decide(there.house, {
      ...{ v: 1, decisionId: 'dec_set_c201', case: cast.caseId('c201'), type: 'schedule_interview' },
      ...{ actor: cast.person('bea'), how: 'asserted_local', payload: taken },
    });
    expect(set).toMatchObject({ is: 'done' });
    const page = await choose(app, link, 1);
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('These times are all taken')]);
    expect((await getPage(app, link)).body).toContain('HR knows, and writes to you with other times');
    expect(await recorded('c203')).toEqual([{ kind: 'slots_gone' }]);
    const owed = `obligations where org = $1 and case_id = $2 and code = 'SCHEDULE' and owner`;
    expect(await count(`${owed} like 'hr@%'`, cast.caseId('c203'))).toBe(1);
    expect(await count(`${owed} = $3`, cast.caseId('c203'), cast.person('c203'))).toBe(0);
  }, 60_000);

  it('D4.2 two at the very same instant: one has the hour, the other the next one, and the ledger can be proven', async () => {
    const slots = [
      { on: '2026-03-25', at: '10:00' },
      { on: '2026-03-25', at: '11:30' },
    ];
    const links = [await offered('c204', slots), await offered('c205', slots)];
    const pages = await Promise.all(links.map((link) => choose(app, link, 1)));
    expect(pages.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const loser = pages.findIndex((one) => one.statusCode === 409);
    expect(pages[loser]?.body).toContain(TAKEN);
    expect((await choose(app, links[loser] ?? '', 2)).statusCode).toBe(200);
    const hours = [...(await recorded('c204')), ...(await recorded('c205'))].flatMap(({ at }) => at ?? []);
    expect(hours.toSorted()).toEqual(['10:00', '11:30']);
    const { pool, keys, org } = there.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  }, 60_000);
});

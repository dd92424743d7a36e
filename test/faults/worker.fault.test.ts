import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, decideNow } from '../../src/client/decide.ts';
import { caseOf, person } from '../unit/house.ts';
import { actsOn, chain, opened, people, seeded, timesInLedger, until } from './acts.ts';
import { Theatre } from './theatre.ts';

const DECISIONS = 150;
const CASES = 6;
const CALLERS = 10;
const KILLS = 5;

let here: Theatre;
beforeAll(async () => {
  here = await Theatre.open({ seed: 'worker-kills', clock: null, people });
}, 120_000);
afterAll(async () => here?.close(), 60_000);

const champion = (act: ReturnType<typeof actsOn>, n: number) =>
  act('executive', 'name_champion', { person: person(n % 2 === 0 ? 'dana' : 'theo') });

describe('a worker killed at any moment', () => {
  it('loses, doubles and skips nothing that was acknowledged', async () => {
    const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const random = seeded(seed);
    await here.startWorker();
    const acts = Array.from({ length: CASES }, (_, n) =>
      actsOn(caseOf('readiness', `kill-${n}`), `kill${n}`),
    );
    for (const act of acts)
      expect(await decide(here.house, act('director', 'open', opened))).toMatchObject({ is: 'done' });

    const todo = Array.from({ length: DECISIONS }, (_, n) => champion(acts[n % CASES]!, n));
    const asked = todo.map((one) => one.decisionId);
    let acknowledged = 0;
    const over = new AbortController();
    const caller = async (): Promise<void> => {
      for (let one = todo.shift(); one !== undefined; one = todo.shift()) {
        for (;;) {
          const answer = await decideNow(here.house, one, 20_000);
          expect(answer.is).not.toBe('refused');
          if (answer.is === 'done') break;
        }
        acknowledged += 1;
        // Spread over the kills.
        await new Promise((resume) => setTimeout(resume, random() * 400));
      }
    };
    const killer = async (): Promise<number> => {
      let kills = 0;
      while (!over.signal.aborted && kills < KILLS) {
        await new Promise((resume) => setTimeout(resume, 300 + random() * 900));
        if (over.signal.aborted) break;
        if (await here.killWorker()) kills += 1;
        await here.startWorker();
      }
      return kills;
    };
    const killing = killer();
    await Promise.all(Array.from({ length: CALLERS }, caller));
    over.abort();
    const kills = await killing;
    console.log(`kills ${kills}, acknowledged ${acknowledged}`);

    expect(kills).toBeGreaterThanOrEqual(3);
    expect(acknowledged).toBe(DECISIONS);
    const times = await timesInLedger(here.house.pool, here.house.org, asked);
    expect(times.size).toBe(DECISIONS);
    expect([...times.values()].filter((n) => n !== 1)).toEqual([]);
    expect((await chain(here.house.pool, here.house.org)).wrong).toBe(0);
  }, 170_000);

  it('finds what it had committed when it is killed before it could answer, and still delivers', async () => {
    await here.killWorker();
    const before = (await here.mail.messages()).length;
    const act = actsOn(caseOf('readiness', 'between'), 'between');
    const dying = await here.startWorker({ PEER_HIRE_FAULT: 'step.after_commit:1' });
    const open = act('director', 'open', opened);
    const answering = decideNow(here.house, open, 40_000);
    expect(await dying.ended).toBe('SIGKILL');
    const { rows } = await here.house.pool.query('select 1 from decisions where decision_id = $1', [
      open.decisionId,
    ]);
    expect(rows).toHaveLength(1);
    await here.startWorker();
    expect(await answering).toMatchObject({ is: 'done', receipt: { sequence: 1 } });
    const times = await timesInLedger(here.house.pool, here.house.org, [open.decisionId]);
    expect([...times.values()]).toEqual([1]);
    // Prompts of the first answer are found again from the rows; outside business hours there are none yet.
    await until('its prompts to be sent', 20_000, async () => {
      const { rows: open_ } = await here.house.pool.query(
        `select 1 from prompts where case_id = $1 and state in ('queued', 'sending') and send_after <= org_now($2)`,
        [caseOf('readiness', 'between'), here.house.org],
      );
      return open_.length === 0;
    });
    const { rows: sent } = await here.house.pool.query(
      `select key from prompts where case_id = $1 and state = 'sent'`,
      [caseOf('readiness', 'between')],
    );
    const ids = (await here.mail.messages()).map((mail) => mail.messageId);
    const { rows: again } = await here.house.pool.query(`select 1 from prompts where attempts > 1`);
    // A reminder cut off while it was being sent goes out once more, under its one Message-ID.
    expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(again.length);
    expect(ids.length - before).toBeGreaterThanOrEqual(sent.length);
  }, 90_000);
});

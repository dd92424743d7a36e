import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventLog, Ports } from '../../src/activities/ports.ts';
import { decide } from '../../src/client/decide.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { smtpChannel } from '../../src/notify/smtp.ts';
import { createWorkers } from '../../src/worker/worker.ts';
import { until } from '../faults/acts.ts';
import { staged } from '../scenarios.ts';
import { openPlayground } from './playground.ts';
import type { PlayedThere, Playground } from './playground.ts';

/** X25 on the real servers: a seat fell free, and six offers for it are asked for at the same moment. */

const whole = staged('two-openings');
const moment = '2026-04-16 09:31';
const acts = whole.scenario.acts.filter((act) => act.at < moment);
const stage = { ...whole, scenario: { ...whole.scenario, acts, until: moment } };
const { cast } = whole;
const silent: EventLog = { info: () => undefined, warn: () => undefined };
let ground: Playground;
let there: PlayedThere;
let stop: () => Promise<void>;

/** The play has let its workers go; these decide what is asked for from here on. */
async function workersAgain(): Promise<() => Promise<void>> {
  const { house } = there;
  const { connectionOptions, namespace } = ground.parts.temporal;
  const native = await NativeConnection.connect(connectionOptions);
  const from = 'no-reply@peer-hire.invalid';
  const ports: Ports = {
    ...{ org: house.org, pool: house.pool, keys: house.keys, client: house.client },
    ...{ terms: new TermsStore(), log: silent, lifecycleQueue: house.queue },
    mail: smtpChannel({ ...ground.parts.mail.address, from, timeoutMs: 5_000, loopbackOnly: true }),
  };
  const { lifecycle, effects } = await createWorkers(native, ports, { namespace, queue: house.queue });
  const running = [lifecycle, effects].map((worker) => worker.run());
  return async () => {
    for (const worker of [lifecycle, effects]) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.allSettled(running);
    await native.close();
  };
}

beforeAll(async () => {
  ground = await openPlayground();
  there = await ground.play(stage);
  stop = await workersAgain();
}, 300_000);
afterAll(async () => {
  await stop?.();
  await ground?.stop();
}, 60_000);

const rowsOf = async (kind: string): Promise<readonly { case_id: string; body: string }[]> =>
  (
    await there.house.pool.query<{ case_id: string; body: string }>(
      'select case_id, body from ledger where org = $1 and kind = $2 and at >= $3 order by position',
      [there.house.org, kind, Date.parse('2026-04-16T14:31:00Z')],
    )
  ).rows;

const offer = (by: string, candidacy: string, n: number) =>
  decide(there.house, {
    ...{ v: 1, decisionId: `dec_race_${n}`, case: cast.caseId('day'), type: 'offer_next' },
    ...{ actor: cast.person(by), how: 'asserted_local' },
    payload: { candidacy: cast.caseId(candidacy) },
  });

describe('six offers for one seat at the same moment', () => {
  it('X25 writes one of them, to the first of the reserve, and refuses the others', async () => {
    expect(there.played.surprises).toEqual([]);
    const asked = ['c204', 'c203', 'c203', 'c204', 'c203', 'c203'];
    const answers = await Promise.all(asked.map((who, n) => offer(n % 2 === 0 ? 'bea' : 'hugo', who, n)));
    const done = answers.flatMap((one, n) => (one.is === 'done' ? [asked[n]] : []));
    expect(done).toEqual(['c203']);
    const rules = answers.flatMap((one) => (one.is === 'refused' ? [one.refusal.rule] : []));
    expect(rules).toHaveLength(5);
    expect(rules.filter((rule) => rule !== 'X25' && rule !== 'X3')).toEqual([]);
    const granted = await rowsOf('next_offered');
    expect(granted.map((row) => JSON.parse(row.body) as object)).toEqual([
      { candidacy: cast.caseId('c203'), seat: 2 },
    ]);
    await until('the candidate to hear of it', 20_000, async () => (await rowsOf('selected')).length > 0);
    expect((await rowsOf('selected')).map((row) => row.case_id)).toEqual([cast.caseId('c203')]);
  });

  it('X25 is a ledger that can be proven', async () => {
    const { pool, keys, org } = there.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });
});

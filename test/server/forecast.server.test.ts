import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadingOffice } from '../../src/client/ask-reader.ts';
import type { Scenario, ScenarioAct } from '../../src/contracts/scenario.ts';
import type { House } from '../../src/client/house.ts';
import { dateOf, wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { castOf } from '../../src/sandbox/cast.ts';
import { askForecast } from '../../src/sandbox/forecast.ts';
import type { Coming, Forecast } from '../../src/sandbox/forecast.ts';
import type { Assumed } from '../../src/sandbox/future.ts';
import { staged } from '../scenarios.ts';
import type { Staged } from '../scenarios.ts';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';

/** The forecast beside what the real servers do under the sandbox clock. */

const northside = staged('northside');
const DAY = 86_400_000;
let ground: Playground;

beforeAll(async () => {
  ground = await openPlayground();
}, 120_000);
afterAll(async () => ground?.stop(), 60_000);

/** An instant as a scenario writes it; rounded up to the minute, which no rung falls into. */
const momentOf = (at: number): string => {
  const { calendar } = northside;
  return `${dateOf(calendar, at)} ${wallTimeOf(calendar, at)}`;
};

/** The worked example in an organization of its own, with what was done up to a moment. */
function cut(name: string, moment: string, later: readonly ScenarioAct[] = [], until = moment): Staged {
  const acts = [...northside.scenario.acts.filter((act) => act.at <= moment), ...later];
  const scenario: Scenario = { ...northside.scenario, seed: `forecast ${name}`, acts, until, expect: [] };
  return { ...northside, name: `forecast-${name}`, scenario, cast: castOf(scenario) };
}

const officeOf = ({ org, pool, keys }: House): ReadingOffice => ({
  org,
  pool,
  keys,
  terms: new TermsStore(),
});

interface Sent {
  readonly case_id: string;
  readonly at: number;
  readonly code: string;
  readonly to: readonly string[];
  readonly due: number;
}

/** What people were asked after an instant, as the ledger has it; what lies in the vault is not compared. */
async function askedAfter({ pool, org }: House, now: number): Promise<readonly Sent[]> {
  const { rows } = await pool.query<{ case_id: string; at: number; body: string }>(
    `select case_id, at, body from ledger where org = $1 and kind = 'prompted' and at > $2`,
    [org, now],
  );
  return rows.map((row) => ({
    ...{ case_id: row.case_id, at: row.at },
    ...(JSON.parse(row.body) as Pick<Sent, 'code' | 'to' | 'due'>),
  }));
}

const listed = ({ list }: Forecast): readonly string[] =>
  list
    .filter((one: Coming) => one.how !== 'act')
    .map((one) => [one.at, one.case, one.what, one.to[0]?.owner, one.due].join(' '))
    .toSorted();
const played = (list: readonly Sent[]): readonly string[] =>
  list
    .flatMap((one) => one.to.map((owner) => [one.at, one.case_id, one.code, owner, one.due].join(' ')))
    .toSorted();

const days = 40;
const ask = (office: ReadingOffice, as: string, id: string, assumed: Assumed): Promise<Forecast> =>
  askForecast(office, { as, case: id, days, assumed });

describe('case forecast, beside the sandbox', () => {
  it('--if-silent: every case hears exactly what was said, and from nobody else', async () => {
    const moment = '2025-03-20 12:00';
    const before = cut('silent', moment);
    const { house } = await ground.play(before);
    const office = officeOf(house);
    const hr = before.cast.person('dana');
    const { rows } = await house.pool.query<{ case_id: string }>(
      `select case_id from cases where org = $1 and status <> 'final' and kind <> 'clock'`,
      [house.org],
    );
    const said = new Map<string, Forecast>();
    for (const { case_id: id } of rows) said.set(id, await ask(office, hr, id, 'silent'));
    const now = [...said.values()][0]?.now ?? 0;
    await ground.play(cut('silent', moment, [], momentOf(now + days * DAY)));
    const sent = await askedAfter(house, now);
    expect(sent.length).toBeGreaterThan(20);
    for (const [id, forecast] of said) {
      // HR sees all of these cases but what lies in the vault.
      const cases = new Set(forecast.list.map((one) => one.case));
      const own = sent.filter((one) => one.case_id === id || cases.has(one.case_id));
      expect(listed(forecast), id).toEqual(played(own.filter((one) => !one.case_id.startsWith('clock-'))));
    }
    const acts = [...said.values()].flatMap((one) => one.list.filter(({ how }) => how === 'act'));
    const { rows: done } = await house.pool.query<{ n: number }>(
      `select count(*)::int as n from ledger where org = $1 and how = 'policy' and at > $2
       and kind not in ('prompted', 'sealed') and case_id not like 'house-%'`,
      [house.org, now],
    );
    expect(new Set(acts.map((one) => `${one.case} ${one.at} ${one.what}`)).size).toBe(done[0]?.n);
  }, 240_000);

  it('--if-on-time: played with the answers it took for granted, an employment hears what was said', async () => {
    const moment = '2025-06-02 12:00';
    const before = cut('on-time', moment);
    const { house } = await ground.play(before);
    const { cast } = before;
    const id = cast.caseId('employment');
    const forecast = await ask(officeOf(house), cast.person('dana'), id, 'on_time');
    const answers = forecast.done.map(({ at, actor, type, payload }): ScenarioAct => ({
      ...{ at: momentOf(at), case: 'employment', do: type, by: cast.wordOf(actor) },
      ...{ with: payload as Record<string, unknown>, why: 'as the forecast has it' },
    }));
    expect(answers.length).toBeGreaterThan(20);
    const until = momentOf(forecast.now + days * DAY);
    const { played: again } = await ground.play(cut('on-time', moment, answers, until));
    expect(again.surprises).toEqual([]);
    const sent = (await askedAfter(house, forecast.now)).filter((one) => one.case_id === id);
    const inTime = sent.filter((one) => one.at <= one.due);
    const own = { ...forecast, list: forecast.list.filter((one) => one.case === id) };
    expect(listed(own)).toEqual(played(inTime));
    expect(inTime.length).toBeGreaterThan(30);
  }, 240_000);

  it('tells a reader no more than waiting does', async () => {
    const moment = '2025-06-02 12:00';
    const { cast } = cut('on-time', moment);
    const { house } = await ground.play(cut('on-time', moment, [], '2025-07-12 12:00'));
    const office = officeOf(house);
    const id = cast.caseId('employment');
    const own = await ask(office, cast.person('c102'), id, 'silent');
    expect(own.list.length).toBeGreaterThan(0);
    await expect(ask(office, cast.person('leo'), id, 'silent')).rejects.toMatchObject({
      code: 'not_permitted',
    });
    const machine = await ask(office, 'installation', id, 'silent');
    expect(machine.list.flatMap((one) => one.to).filter((who) => who.name !== null)).toEqual([]);
  }, 120_000);

  it('tells HR of a confidential matter a date, also where its ladder ends with HR', async () => {
    const moment = '2026-01-05 12:00';
    const staging = cut('ladder', moment);
    const { house } = await ground.play(staging);
    const leave = staging.cast.caseId('leave');
    const officer = await ask(officeOf(house), staging.cast.person('tomas'), leave, 'silent');
    const climbs = officer.list.filter(({ how }) => how === 'escalate');
    expect(climbs.flatMap(({ to }) => to.map(({ owner }) => owner))).toContainEqual(
      expect.stringMatching(/^hr@/),
    );
    const seen = await ask(officeOf(house), staging.cast.person('dana'), leave, 'silent');
    expect(seen).toMatchObject({ list: [], hidden: [{ case: leave }] });
  }, 240_000);
});

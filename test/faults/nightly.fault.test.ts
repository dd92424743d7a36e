import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEADS } from '../../src/activities/heads.ts';
import { decide } from '../../src/client/decide.ts';
import { scheduleIdOf, scheduleNightly } from '../../src/client/post-schedule.ts';
import { headsIn, lastCheck } from '../../src/ledger/heads.ts';
import { caseOf } from '../unit/house.ts';
import { actsOn, opened, people, until } from './acts.ts';
import { Theatre } from './theatre.ts';

/** The nightly job of an installation, rung by hand: a schedule of the real server, a worker process, a forged row. */

const AT_TWO = 120;

let here: Theatre;
beforeAll(async () => {
  here = await Theatre.open({ seed: 'nightly', clock: null, people });
  await here.startWorker();
  const act = actsOn(caseOf('readiness', 'nightly'), 'nightly');
  expect(await decide(here.house, act('director', 'open', opened))).toMatchObject({ is: 'done' });
}, 180_000);
afterAll(async () => here?.close(), 60_000);

const place = () => headsIn(here.folder);
const checks = () => lastCheck(place());

/** Rings once and waits until another check was noted. */
async function night(): Promise<NonNullable<ReturnType<typeof lastCheck>>> {
  const { client, org } = here.house;
  const before = checks()?.at ?? 0;
  await client.schedule.getHandle(scheduleIdOf(org, HEADS, AT_TWO)).trigger();
  return until('a nightly check', 60_000, async () => {
    const check = checks();
    return check !== null && check.at > before ? check : null;
  });
}

describe('the nightly job', () => {
  it('is on the schedule as soon as a worker runs, at two by universal time, and made once', async () => {
    const { client, org } = here.house;
    const schedule = client.schedule.getHandle(scheduleIdOf(org, HEADS, AT_TWO));
    await until('the schedule', 30_000, async () => {
      const found = await schedule.describe().catch(() => null);
      return found !== null;
    });
    await scheduleNightly({ org, client, queue: 'lifecycle' }, HEADS);
    const { spec } = await schedule.describe();
    expect(spec.timezone).toBe('UTC');
    expect(spec.calendars?.[0]?.hour).toMatchObject([{ start: 2 }]);
  });

  it('signs the head and proves the ledger against every head so far', async () => {
    expect(await night()).toMatchObject({ ok: true, heads: 1 });
    const act = actsOn(caseOf('readiness', 'nightly'), 'nightly2');
    const named = act('executive', 'name_champion', { person: opened.scorers[0] });
    expect(await decide(here.house, named)).toMatchObject({ is: 'done' });
    expect(await night()).toMatchObject({ ok: true, heads: 2 });
    const signed = readdirSync(join(here.folder, 'anchors')).filter((name) => name.endsWith('.anchor'));
    expect(signed).toHaveLength(2);
    expect((await here.cli('doctor')).said).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ is: 'good', check: 'heads' })]),
    });
  });

  it('names the place when a row was changed since, and doctor says so', async () => {
    const { pool, org } = here.house;
    await pool.query('alter table ledger disable trigger user');
    await pool.query(
      `update ledger set actor = 'prs_00000000000000000000000000' where org = $1 and position = 3`,
      [org],
    );
    await pool.query('alter table ledger enable trigger user');
    const check = await night();
    expect(check).toMatchObject({ ok: false, position: 3 });
    const { code, said } = await here.cli('doctor');
    expect(code).toBe(4);
    expect(said).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ is: 'bad', check: 'heads' })]),
    });
  });
});

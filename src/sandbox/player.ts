import { createHash } from 'node:crypto';
import type { Scenario, ScenarioAct, ScenarioAppointment } from '../contracts/scenario.ts';
import type { NotConfirmed } from '../client/decide.ts';
import { decideTexts } from '../client/decide-texts.ts';
import { loadGuard, remembering } from '../client/guard-load.ts';
import type { Guard } from '../client/guard-texts.ts';
import type { House } from '../client/house.ts';
import { assign, delegate, unassign } from '../client/organization.ts';
import { instantOf } from '../domain/kernel/calendar.ts';
import type { Instant, SiteCalendar } from '../domain/kernel/calendar.ts';
import type { Cast } from './cast.ts';
import { Conductor } from './conductor.ts';
import { patiently } from './patience.ts';
import { stoppedBy, surprises } from './surprise.ts';
import type { Came, Surprise } from './surprise.ts';
import { differences, happenings } from './what-happened.ts';
import type { Differences } from './what-happened.ts';
import { decisionIdOf, written } from './written.ts';

export interface Played {
  readonly acts: number;
  readonly surprises: readonly Surprise[];
  readonly differences: Differences;
  /** Digest over the cases' rows: case, sequence, kind, at, actor, body. The same in every play. */
  readonly digest: string;
}

export interface Telling {
  /** At each act: how many are done, of how many, and the local date. */
  progress(done: number, of: number, on: string): void;
}

/** Each waits some seconds by itself. */
const NOT_CONFIRMED_TRIES = 30;

interface Play {
  readonly house: House;
  readonly scenario: Scenario;
  readonly cast: Cast;
  readonly calendar: SiteCalendar;
  readonly conductor: Conductor;
  /** Null where the scenario asks for none: the data of the guards is large. */
  readonly guard: Guard | null;
  readonly surprises: Surprise[];
}

const momentAt = (play: Play, moment: string): Instant =>
  instantOf(play.calendar, moment.slice(0, 10), moment.slice(11));

/** Asks until there is an answer: a play goes on through a worker, server or database that comes back. */
async function answerOf(play: Play, act: ScenarioAct, decisionId: string): Promise<Came> {
  const read = written(act, play.cast, decisionId, play.guard);
  for (let tries = 1; ; tries++) {
    const decided = await patiently(() => decideTexts(play.house, read));
    if (decided.is !== 'not_confirmed') return cameTo(decided);
    if (tries >= NOT_CONFIRMED_TRIES) return null;
  }
}

function cameTo(decided: Exclude<Awaited<ReturnType<typeof decideTexts>>, NotConfirmed>): Came {
  if (decided.is === 'guard_blocked') return stoppedBy(decided.blocked);
  if (decided.is === 'guard_warned') return decided.refusal;
  return decided.is === 'done' ? decided.receipt : decided.refusal;
}

async function perform(play: Play, act: ScenarioAct, decisionId: string): Promise<void> {
  play.surprises.push(...surprises(act, await answerOf(play, act, decisionId)));
}

async function appoint(play: Play, one: ScenarioAppointment, decisionId: string): Promise<void> {
  const { house, cast } = play;
  const by = { decisionId, actor: 'installation' as const };
  const held = (list: NonNullable<ScenarioAppointment['assign']>) =>
    list.map(({ person, capacity, scope }) => ({
      person: cast.person(person),
      capacity,
      scope: cast.resolve(scope) as string,
    }));
  if (one.assign !== undefined)
    await assign(house, held(one.assign), { ...by, decisionId: `${decisionId}-a` });
  if (one.unassign !== undefined)
    await unassign(house, held(one.unassign), { ...by, decisionId: `${decisionId}-u` });
  if (one.delegate !== undefined) {
    const { absent, standIn, until } = one.delegate;
    const record = {
      absent: cast.person(absent),
      standIn: cast.person(standIn),
      until: momentAt(play, until),
    };
    await delegate(house, record, { ...by, decisionId: `${decisionId}-d` });
  }
}

/** @returns the play digest: what happened in the cases, without positions, hashes and house streams. */
export async function playDigest(house: House): Promise<string> {
  const { rows } = await house.pool.query<{ line: string }>(
    `select case_id || '|' || sequence || '|' || kind || '|' || at || '|' || actor || '|' || body as line from ledger
     where org = $1 and case_id not like 'house-%' order by case_id collate "C", sequence`,
    [house.org],
  );
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${row.line}\n`);
  return hash.digest('hex');
}

/**
 * Where a play that was cut off goes on: acts of an earlier instant were all done, since the clock moves on only when
 * an instant is done; at the present one all before the last decision that is known. A refused act leaves no
 * trace, so it must not be asked again after what followed it.
 */
async function firstToDo(play: Play, from: Instant): Promise<number> {
  const { house, scenario } = play;
  const { rows } = await patiently(() =>
    house.pool.query<{ id: string }>(
      `select decision_id as id from decisions where org = $1
       union select regexp_replace(decision_id, '-[aud]$', '') from ledger where org = $1 and case_id like 'house-%'`,
      [house.org],
    ),
  );
  const known = new Set(rows.map((row) => row.id));
  const here = scenario.acts.findIndex((act) => momentAt(play, act.at) >= from);
  const last = scenario.acts.findLastIndex((_, n) => known.has(decisionIdOf(scenario, n)));
  return Math.max(here < 0 ? scenario.acts.length : here, last);
}

async function playActs(play: Play, telling: Telling): Promise<void> {
  const { scenario, conductor } = play;
  const first = await firstToDo(play, await conductor.now());
  for (const [n, act] of scenario.acts.entries()) {
    if (n < first) continue;
    telling.progress(n, scenario.acts.length, act.at);
    await conductor.advanceTo(momentAt(play, act.at));
    const decisionId = decisionIdOf(scenario, n);
    if ('do' in act) await perform(play, act, decisionId);
    else await patiently(() => appoint(play, act, decisionId));
    await conductor.drain();
  }
  await conductor.advanceTo(momentAt(play, scenario.until));
  telling.progress(scenario.acts.length, scenario.acts.length, scenario.until);
}

/**
 * Plays a scenario on the real servers under the sandbox clock: each act at its moment, everything that falls due on
 * the way at its own, and compares all of it with what the scenario lists. A play begun before and cut off goes on
 * where it stopped, and one through which a server was killed goes on when that is back.
 */
export async function play(
  house: House,
  scenario: Scenario,
  cast: Cast,
  calendar: SiteCalendar,
  telling: Telling,
): Promise<Played> {
  const guard = scenario.guarded === true ? remembering(await loadGuard()) : null;
  const conductor = await Conductor.take(house);
  const run: Play = { house, scenario, cast, calendar, conductor, guard, surprises: [] };
  try {
    await playActs(run, telling);
  } finally {
    await conductor.release();
  }
  const happened = await patiently(() => happenings(house, cast, calendar));
  const digest = await patiently(() => playDigest(house));
  return {
    ...{ acts: scenario.acts.length, surprises: run.surprises },
    ...{ differences: differences(scenario, happened), digest },
  };
}

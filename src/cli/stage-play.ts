import { fileURLToPath } from 'node:url';
import { openHouse } from '../client/house.ts';
import type { Scenario } from '../contracts/scenario.ts';
import { keyRing, loadMasterKey } from '../directory/keys.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import { openPool } from '../ledger/database.ts';
import { elapsed } from '../local/say.ts';
import type { Say } from '../local/say.ts';
import { castOf } from '../sandbox/cast.ts';
import type { Cast } from '../sandbox/cast.ts';
import { play } from '../sandbox/player.ts';
import type { Played } from '../sandbox/player.ts';
import { mustName, readScenario } from '../sandbox/read-scenario.ts';
import { calendarOf, mustBeThere, setUp } from '../sandbox/set-up.ts';
import { instantOf } from '../domain/kernel/calendar.ts';
import { bringUp } from './bring-up.ts';
import type { BringUp, Running } from './bring-up.ts';

const CONNECTIONS = 6;
const TELL_EVERY_MS = 2_000;
const SANDBOX_QUIET_MS = 2_000;

/** A scenario read and cast, ready to be played. */
export interface Staged {
  readonly scenario: Scenario;
  readonly cast: Cast;
  readonly calendar: SiteCalendar;
}

/** The scenarios that come with the product. */
export function ownScenario(name: string): string {
  return fileURLToPath(new URL(`../../scenarios/${name}.json`, import.meta.url));
}

/** @throws ScenarioMalformed, CalendarRequestInvalid */
export function stageOf(file: string): Staged {
  const scenario = readScenario(file);
  const cast = castOf(scenario);
  mustName(scenario, cast);
  mustBeThere(scenario);
  return { scenario, cast, calendar: calendarOf(scenario) };
}

/**
 * Brings up a sandbox for a scenario: servers, organization, people, worker. Always on servers of its own: a play must
 * never reach the database or the namespace that the environment names for real work.
 */
export function bringUpSandbox(
  staged: Staged,
  options: Pick<BringUp, 'folder' | 'throwAway' | 'env' | 'say' | 'what' | 'signal' | 'keepUp'>,
): Promise<Running> {
  const { scenario, cast, calendar } = staged;
  const clock = instantOf(calendar, scenario.start.slice(0, 10), scenario.start.slice(11));
  return bringUp({
    ...options,
    organization: { org: cast.org, sandbox: { clock, seed: scenario.seed }, quietMs: SANDBOX_QUIET_MS },
    setUp: (office) => setUp(office, scenario, cast, calendar),
  });
}

/** Plays a staged scenario on a running sandbox, saying every other second how far it is. */
export async function playOn(
  running: Pick<Running, 'installation'>,
  staged: Staged,
  say: Say,
): Promise<Played> {
  const { installation } = running;
  const { org, queue } = installation;
  const keys = keyRing(await loadMasterKey(installation.keyFile, { create: false }));
  const pool = openPool(installation.databaseUrl, CONNECTIONS);
  const { namespace } = installation.temporal;
  const house = await openHouse({
    org,
    pool,
    keys,
    queue,
    namespace,
    // A sandbox is on servers of its own.
    connection: { address: installation.temporal.address },
  });
  const began = Date.now();
  let told = 0;
  const progress = (done: number, of: number, on: string): void => {
    if (Date.now() - told < TELL_EVERY_MS && done < of) return;
    told = Date.now();
    say(`${on}: ${done} of ${of} decisions, ${elapsed(Date.now() - began)}`);
  };
  try {
    return await play(house, staged.scenario, staged.cast, staged.calendar, { progress });
  } finally {
    await house.close();
    await pool.end();
  }
}

/** @returns what a play found, a line each; empty when everything came as listed. */
export function faultsOf(played: Played): readonly string[] {
  return [
    ...played.surprises.map((one) => `${one.at}: ${one.what}, but got ${one.got}`),
    ...played.differences.missing.map((one) => `missing: ${one}`),
    ...played.differences.unlisted.map((one) => `not listed: ${one}`),
  ];
}

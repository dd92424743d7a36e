import { StandInRefused } from '../client/delegate.ts';
import type { Guard, Guarded } from '../client/guard-texts.ts';
import { guardsNo } from '../client/guards-no.ts';
import { parseCommand } from '../contracts/commands.ts';
import type { Scenario, ScenarioAppointment } from '../contracts/scenario.ts';
import { instantOf } from '../domain/kernel/calendar.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';
import type { Terms } from '../domain/kernel/terms.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { standInFaults } from '../domain/standins.ts';
import type { Cast } from './cast.ts';
import { stoppedBy, surprises } from './surprise.ts';
import type { Stopped, Surprise } from './surprise.ts';
import { differences, happeningsOf } from './what-happened.ts';
import type { Differences } from './what-happened.ts';
import { World } from './world.ts';
import type { WorldCommand } from './world.ts';
import { decisionIdOf, written } from './written.ts';

export interface Rehearsed {
  readonly world: World;
  readonly surprises: readonly Surprise[];
  /** What each decision came to, by its place in the scenario's acts. */
  readonly came: ReadonlyMap<number, Receipt | Refusal | Stopped>;
  readonly differences: Differences;
  readonly happened: ReturnType<typeof happeningsOf>;
}

/** The rules first, then the guards, as the façade asks them: a refused command leaves nothing either way. */
function ask(world: World, read: Guarded): Receipt | Refusal | Stopped {
  const { envelope } = read;
  const { case: caseId, type, actor, payload, decisionId, acknowledge, about, onBehalfOf } = envelope;
  const kind = kindOf(caseId);
  if (kind === null) throw new Error(`malformed_case_id: ${caseId}`);
  const parsed = parseCommand(kind, type, payload);
  if (isRefusal(parsed)) return parsed;
  const command: WorldCommand = {
    ...{ case: caseId, actor, type: parsed.type, payload: parsed.payload, decisionId },
    ...(acknowledge === undefined ? {} : { acknowledge }),
    ...(about === undefined ? {} : { about }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
  const no = guardsNo(read);
  if (no === null) return world.decide(command);
  const refusal = world.refuses(command);
  return refusal ?? (no.is === 'guard_blocked' ? stoppedBy(no.blocked) : no.refusal);
}

function appoint(
  world: World,
  cast: Cast,
  one: ScenarioAppointment,
  until: (moment: string) => Instant,
): void {
  for (const { person, capacity, scope } of one.assign ?? [])
    world.assign(cast.person(person), capacity, cast.resolve(scope) as string);
  for (const { person, capacity, scope } of one.unassign ?? [])
    world.unassign(cast.person(person), capacity, cast.resolve(scope) as string);
  if (one.delegate !== undefined) {
    const [absent, standIn] = [cast.person(one.delegate.absent), cast.person(one.delegate.standIn)];
    const wanted = { absent, standIn, until: until(one.delegate.until) };
    // As on the servers: who may not stand in does not.
    const { assignments, delegations, now } = world;
    const fault = standInFaults(wanted, { assignments, delegations, now })[0];
    if (fault !== undefined) throw new StandInRefused(fault.fault, fault.about);
    world.delegations.push({ from: absent, to: standIn, since: now, until: wanted.until });
  }
}

/**
 * Plays a scenario in memory: the same rules and the same clock as a play on the servers, in a fraction of a second.
 * What it says will happen is what a play finds.
 * @param guard reads the texts of a guarded scenario; left out: nobody does, as if nothing were found in them
 */
export function rehearse(
  scenario: Scenario,
  cast: Cast,
  terms: Terms,
  guard: Guard | null = null,
): Rehearsed {
  const calendar = terms.calendar;
  const at = (moment: string): Instant => instantOf(calendar, moment.slice(0, 10), moment.slice(11));
  const world = new World(cast.site, terms, at(scenario.start), cast.org);
  for (const [word, one] of Object.entries(scenario.people))
    for (const capacity of one.capacities) world.assign(cast.person(word), capacity);
  const reads = scenario.guarded === true ? guard : null;
  const came = new Map<number, Receipt | Refusal | Stopped>();
  const found = scenario.acts.flatMap((act, n) => {
    world.advanceTo(at(act.at));
    const decisionId = decisionIdOf(scenario, n);
    if ('do' in act) {
      const answer = ask(world, written(act, cast, decisionId, reads));
      came.set(n, answer);
      return surprises(act, answer);
    }
    appoint(world, cast, act, at);
    return [];
  });
  world.advanceTo(at(scenario.until));
  const happened = happeningsOf(
    world.rows.map((row) => ({
      ...row,
      at: row.stamp.at,
      how: row.stamp.how,
      body: row.body as Record<string, unknown>,
    })),
    cast,
    calendar,
  );
  return { world, surprises: found, came, happened, differences: differences(scenario, happened) };
}

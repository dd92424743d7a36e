import { parseCommand } from '../contracts/commands.ts';
import type { Scenario, ScenarioAct, ScenarioAppointment } from '../contracts/scenario.ts';
import { instantOf } from '../domain/kernel/calendar.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import { opaque } from '../domain/kernel/digest.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';
import type { Terms } from '../domain/kernel/terms.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { Cast } from './cast.ts';
import { surprises } from './surprise.ts';
import type { Surprise } from './surprise.ts';
import { differences, happeningsOf } from './what-happened.ts';
import type { Differences } from './what-happened.ts';
import { World } from './world.ts';

export interface Rehearsed {
  readonly world: World;
  readonly surprises: readonly Surprise[];
  /** What each decision came to, by its place in the scenario's acts. */
  readonly came: ReadonlyMap<number, Receipt | Refusal>;
  readonly differences: Differences;
  readonly happened: ReturnType<typeof happeningsOf>;
}

/** Puts a ref where a free text stands: a rehearsal seals nothing. */
function withoutTexts(value: unknown, decisionId: string, field = 'text'): unknown {
  if (Array.isArray(value)) return value.map((item, n) => withoutTexts(item, decisionId, `${field}${n}`));
  if (typeof value !== 'object' || value === null) return value;
  const { text, about } = value as { text?: unknown; about?: unknown };
  if (typeof text === 'string' && typeof about === 'string') return `txt_${decisionId}_${field}`;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutTexts(item, decisionId, `${field}${key}`)]),
  );
}

function ask(world: World, cast: Cast, act: ScenarioAct, decisionId: string): Receipt | Refusal {
  const caseId = cast.caseId(act.case);
  const kind = kindOf(caseId);
  if (kind === null) throw new Error(`malformed_case_id: ${caseId}`);
  const parsed = parseCommand(kind, act.do, withoutTexts(cast.resolve(act.with), decisionId));
  if (isRefusal(parsed)) return parsed;
  return world.decide({
    case: caseId,
    actor: cast.person(act.by),
    type: parsed.type,
    payload: parsed.payload,
    decisionId,
    ...(act.acknowledge === undefined ? {} : { acknowledge: act.acknowledge }),
    ...(act.about === undefined ? {} : { about: act.about }),
    ...(act.onBehalfOf === undefined ? {} : { onBehalfOf: cast.person(act.onBehalfOf) }),
  });
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
    const { absent, standIn } = one.delegate;
    const record = { from: cast.person(absent), to: cast.person(standIn), since: world.now };
    world.delegations.push({ ...record, until: until(one.delegate.until) });
  }
}

/**
 * Plays a scenario in memory: the same rules and the same clock as a play on the servers, in a fraction of a second.
 * What it says will happen is what a play finds.
 */
export function rehearse(scenario: Scenario, cast: Cast, terms: Terms): Rehearsed {
  const calendar = terms.calendar;
  const at = (moment: string): Instant => instantOf(calendar, moment.slice(0, 10), moment.slice(11));
  const world = new World(cast.site, terms, at(scenario.start), cast.org);
  for (const [word, one] of Object.entries(scenario.people))
    for (const capacity of one.capacities) world.assign(cast.person(word), capacity);
  const came = new Map<number, Receipt | Refusal>();
  const found = scenario.acts.flatMap((act, n) => {
    world.advanceTo(at(act.at));
    const decisionId = `dec_${opaque(`${scenario.seed}|act|${n}`)}`;
    if ('do' in act) {
      const answer = ask(world, cast, act, decisionId);
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

import { readinessCommands } from '../../src/contracts/readiness.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { ReadinessState } from '../../src/domain/readiness/state.ts';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, termsForTests, worldAt } from './house.ts';

/** Stage 0 of an invented site, in words. */

export const id = caseOf('readiness', 'northside');
export const [director, executive, hr, compliance, adviser, luis] = [
  'director',
  'executive',
  'hr',
  'compliance',
  'adviser',
  'luis',
].map(person) as [string, string, string, string, string, string];

type Type = keyof typeof readinessCommands;

export function ask(world: World, actor: string, type: Type, payload: object, acknowledge: string[] = []) {
  return world.decide({
    case: id,
    actor,
    type,
    payload: readinessCommands[type].parse(payload),
    acknowledge,
  });
}

export function must(world: World, ...rest: Parameters<typeof ask> extends [World, ...infer R] ? R : never) {
  const answer = ask(world, ...rest);
  if (isRefusal(answer)) throw new Error(`${rest[1]}: ${answer.code} ${answer.rule ?? ''}`);
}

export function begun(reasons = ['mission'], scorers = [hr, adviser, luis]): World {
  const world = worldAt('2025-01-06');
  const held = [
    [director, 'director'],
    [executive, 'executive'],
    [hr, 'hr'],
    [compliance, 'compliance'],
    [adviser, 'adviser'],
    [luis, 'team_member'],
  ] as const;
  for (const [who, capacity] of held) world.assign(who, capacity);
  const leads = [director, hr];
  must(world, director, 'open', { site, reasons, funding: 'mixed', scorers, leads, roleHoldersOnSite: 0 });
  return world;
}

export const stateOf = (world: World): ReadinessState => world.state(id) as ReadinessState;
export const sheet = (score: string): readonly string[] => Array.from({ length: 25 }, () => score);

/** Open obligations of a code: owner and due day. */
export const owes = (world: World, code: string) =>
  world
    .obligations(id)
    .filter((one) => one.code === code)
    .map((one) => [one.owner, dateOf(termsForTests().calendar, one.due)]);

/** All that G0 asks for is done; it is not claimed yet. */
export function prepared(): World {
  const world = begun();
  for (const who of [hr, adviser, luis]) must(world, who, 'score_items', { scores: sheet('2') });
  must(world, executive, 'name_champion', { person: director });
  const verdicts = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));
  must(world, hr, 'propose_verdicts', { verdicts });
  must(world, compliance, 'confirm_verdicts', { policies: reviewedPolicies });
  must(world, adviser, 'advise', { position: 'agree' });
  must(world, director, 'give_verdict', { verdict: 'ready', actions: [] });
  must(world, director, 'take_stance', { stance: 'later', risks: [] });
  must(world, director, 'propose_timeline', { weeks: {} });
  for (const who of [director, hr]) must(world, who, 'answer_timeline', { answer: 'accepted' });
  for (const who of [director, adviser]) must(world, who, 'answer_goals', { answer: 'adopted' });
  return world;
}

/** Everything up to the acceptance on 31 Jan 2025, the orientation held that day. */
export function ready(): World {
  const world = prepared();
  moveTo(world, '2025-01-31');
  must(world, director, 'accept_readiness', {});
  must(world, hr, 'record_orientation', { held: '2025-01-31', attended: [hr, adviser, luis] });
  return world;
}

const candidacy = (word: string) => caseOf('candidacy', word);

/** A candidacy's word of a first day, as its notice would bring it. */
export function dayOne(world: World, on: string | null, who = 'one'): void {
  const inner = world as unknown as { inbox: object[]; drain(): void };
  const from = candidacy(who);
  const key = `${from}/${world.rows.length}/0`;
  const body = { candidacy: from, dayOne: on };
  inner.inbox.push({ key, to: id, kind: 'day_one_set', body, from, at: world.now });
  inner.drain();
}

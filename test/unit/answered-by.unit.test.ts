import { beforeAll, describe, expect, it, vi } from 'vitest';
import { answersOf } from '../../src/cli/answer-with.ts';
import type { Waiting } from '../../src/client/ask-waiting.ts';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { kernelCommands } from '../../src/contracts/kernel.ts';
import { answeredBy, commandsFor, knownFor } from '../../src/domain/answered-by.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import { capacitiesOf } from '../../src/domain/kernel/can.ts';
import { undelivered } from '../../src/domain/kernel/obligations.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { caseKinds, kindOf } from '../../src/domain/kernel/words.ts';
import type { Capacity, CaseId, CaseKind } from '../../src/domain/kernel/words.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { World } from '../../src/sandbox/world.ts';
import type { WorldCommand } from '../../src/sandbox/world.ts';
import { scenarioNames, staged } from '../scenarios.ts';
import { domainCodes } from './domain-codes.ts';
import { caseOf } from './house.ts';

const typesOf = (kind: CaseKind): readonly string[] =>
  Object.keys({ ...kernelCommands, ...commandSchemas[kind] });

const { owedIn } = domainCodes();

describe('the commands that do what is owed', () => {
  it.each(caseKinds)('%s: all that its rules can owe has them, or is said to have none', (kind) => {
    const owed = owedIn.get(kind) ?? new Set();
    const named = new Set(Object.keys(answeredBy[kind]).map((key) => key.split(':')[0]));
    expect(owed.size).toBeGreaterThan(0);
    expect([...owed].filter((code) => !named.has(code)).toSorted()).toEqual([]);
    const types = typesOf(kind);
    const given = Object.values(answeredBy[kind]).flat();
    expect(given.filter((one) => !types.includes(one))).toEqual([]);
  });

  it('has them for what every kind of case may owe, with what is known of it', () => {
    const item = { case: caseOf('review', 'x'), code: undelivered.code, id: 'undelivered:review-x:3:0' };
    expect(commandsFor(item)).toEqual(['settle_prompt']);
    expect(knownFor('settle_prompt', item)).toEqual({ prompt: undelivered.promptOf(item.id) });
    expect(commandsFor({ ...item, code: 'X30', id: 'h2' })).toEqual(['settle_redaction']);
    expect(commandsFor({ ...item, code: '__proto__', id: '__proto__:1' })).toEqual([]);
  });
});

/** Something that was owed in a course of a case: to whom it was owed, and what they are there. */
interface Seen {
  readonly of: CaseId;
  readonly one: Obligation;
  readonly capacities: readonly Capacity[];
}

/** One of each sort: the case's kind, the code, and the words in the id. */
const sortOf = ({ of, one: { code, id, owner } }: Seen): string => {
  const words = id.split(/[:/]/).filter((part) => /^[a-z_]+\d?$/.test(part) && !part.startsWith('prs_'));
  return [kindOf(of), code, ...words, owner.split('@')[1] === undefined ? '' : owner.split('@')[0]].join(' ');
};

/** Everything that was owed in the scenarios, and of what was owed to whoever acted, what their command did away with. */
function fromScenarios(): {
  readonly owed: readonly Seen[];
  readonly settled: readonly (Seen & { type: string })[];
} {
  const owed = new Map<string, Seen>();
  const settled: (Seen & { type: string })[] = [];
  const seen = (world: World, of: CaseId, one: Obligation): Seen => {
    const { owner } = one;
    const place = world.cases.get(of);
    const kind = kindOf(of);
    if (owner.includes('@') || place === undefined || kind === null)
      return { of, one, capacities: [owner.split('@')[0] as Capacity] };
    const { site } = place.held.base;
    const relations = deciderOf(kind).relations(place.held.own);
    const reach = { assignments: world.assignments, delegations: [], at: world.now, relations };
    return { of, one, capacities: capacitiesOf(owner, { ...reach, scopes: [world.org, site, of] }) };
  };
  const { value } = Object.getOwnPropertyDescriptor(World.prototype, 'decide') ?? {};
  const decide = value as (this: World, command: WorldCommand) => ReturnType<World['decide']>;
  vi.spyOn(World.prototype, 'decide').mockImplementation(function (this: World, command: WorldCommand) {
    const of = command.case;
    const before = this.obligations(of).map((one) => seen(this, of, one));
    const answer = decide.call(this, command);
    for (const [id, place] of this.cases)
      for (const one of place.obligations) {
        const found = seen(this, id, one);
        if (!owed.has(sortOf(found))) owed.set(sortOf(found), found);
      }
    if (isRefusal(answer)) return answer;
    const open = new Set(this.obligations(of).map((one) => one.id));
    const asked = (one: Obligation): boolean => {
      const [capacity, scope] = one.owner.split('@');
      if (scope === undefined) return one.owner === command.actor;
      return this.assignments.some((held) => held.person === command.actor && held.capacity === capacity);
    };
    for (const found of before)
      if (!open.has(found.one.id) && asked(found.one)) settled.push({ ...found, type: command.type });
    return answer;
  });
  for (const name of scenarioNames) {
    const { scenario, cast, terms } = staged(name);
    rehearse(scenario, cast, terms);
  }
  vi.restoreAllMocks();
  return { owed: [...owed.values()], settled };
}

/**
 * What stands in a list so that nobody waits in the dark, and is settled elsewhere: in another case, by the policy, by
 * another office's entry, or outside of here.
 */
const nothingToEnter = [
  'candidacy D4.7 ',
  'candidacy D5.9 hr',
  'candidacy P3.1 told hr',
  'candidacy P3.2 hr',
  'candidacy P4.5 told hr',
  'candidacy P5.2 hr',
  'candidacy P5.2 told hr',
  'candidacy P5.3 ',
  'clock P7.5 own ',
  'clock P7.5 own back ',
  'clock P7.5 own hr',
  'clock P7.5 supervisor ',
  'clock X14 ',
  'employment D7.1 leave hr',
  'employment D8.1 annual hr',
  'employment D8.1 probation_end hr',
  'employment D8.1 probation_mid hr',
  'employment D8.1 six_month hr',
  'employment P9.1 employee ',
  'employment TENSION adviser adviser',
  'employment TENSION director director',
  'employment X10 own ',
  'employment X10 team ',
  'employment X10 watch credential_officer',
  'employment X11 refresher ',
  'opening D4.2 held hr',
  'opening D5.1 seat hr',
  'opening G5 seat hr',
  'opening X26 lent hr',
  'readiness CALENDAR hr',
  'role P1.1 ',
];

/** Something else was decided, and took away what was asked. */
const besides = [
  'candidacy P3.2 hr: settle_screening',
  'candidacy P4.5 selected hr: send_offer',
  'employment P7.1 employee : confirm_cadence',
  'employment TENSION adviser adviser: log_session',
  'opening D4.6 hr: order_re_interview',
];

const waiting = ({ of, one, capacities }: Seen): Waiting =>
  ({
    ...{ case: of, kind: kindOf(of) ?? '', site: 's', why: { ...one, masked: false } },
    answering: { capacities, inPlaceOf: null },
  }) as unknown as Waiting;

describe('what an inbox offers, in whole courses of cases', () => {
  let played: ReturnType<typeof fromScenarios>;
  beforeAll(() => {
    played = fromScenarios();
  });

  it('is a command that whoever is asked may give, and a look at the case only where nothing is entered', () => {
    const idle = played.owed.filter((one) => answersOf(waiting(one)).length === 0);
    expect(played.owed.length).toBeGreaterThan(150);
    expect(idle.map(sortOf).toSorted()).toEqual(nothingToEnter);
  });

  it('is what people in fact did about it', () => {
    const others = played.settled.filter((one) => !answersOf(waiting(one)).includes(one.type));
    expect(played.settled.length).toBeGreaterThan(500);
    expect([...new Set(others.map((one) => `${sortOf(one)}: ${one.type}`))].toSorted()).toEqual(besides);
  });
});

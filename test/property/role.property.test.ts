import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consensusLacks } from '../../src/domain/role/consensus.ts';
import { agreed, differences, screenOf } from '../../src/domain/role/screen.ts';
import { initialRole, newElement } from '../../src/domain/role/state.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { competencies, dutyClasses, memberCapacities, nonPeerCodes } from '../../src/domain/role/words.ts';
import type { DutyClass } from '../../src/domain/role/words.ts';
import { dateOf, instantOf } from '../../src/domain/kernel/calendar.ts';
import { person, termsForTests, worldAt } from '../unit/house.ts';
import {
  asked,
  everyone,
  must,
  openRole,
  people,
  proposal,
  role,
  staff,
  tenElements,
} from '../unit/role-house.ts';
import { acceptReadiness, settle, team, text, watch } from '../unit/role-house.ts';

const { policy, calendar } = termsForTests();

const seat = fc.record({
  capacity: fc.constantFrom(...memberCapacities),
  mark: fc.constantFrom('a', 'c', 's', 'b', 'n', '.'),
});

describe('the consensus test', () => {
  it('is met exactly when every sentence of the rule holds', () => {
    fc.assert(
      fc.property(fc.array(seat, { minLength: 1, maxLength: 12 }), (seats) => {
        const members = seats.map(({ capacity }, n) => ({ person: person(`m${n}`), capacity }));
        const state = { ...initialRole, members };
        const element = { ...newElement, marks: seats.map((one) => one.mark).join('') };
        const spoke = seats.filter((one) => 'acsb'.includes(one.mark));
        const agree = spoke.filter((one) => 'ac'.includes(one.mark));
        const rule =
          spoke.length / seats.length > 0.6666 &&
          spoke.filter((one) => one.capacity === 'team_member').length >= 2 &&
          !seats.some((one) => one.mark === 'b') &&
          agree.length / spoke.length > 0.6666 &&
          seats.every((one) => one.capacity !== 'adviser' || 'acs'.includes(one.mark)) &&
          seats.some((one) => one.capacity === 'team_leader' && 'acs'.includes(one.mark));
        expect(consensusLacks(state, 'E2', element, policy).length === 0).toBe(rule);
      }),
    );
  });
});

describe('the screen', () => {
  const classed = fc.record({
    class: fc.constantFrom<DutyClass>(...dutyClasses),
    weight: fc.integer({ min: 1, max: 20 }),
    mapped: fc.boolean(),
  });

  it('passes nothing that breaks a limit, and its shares always sum to those of the list', () => {
    fc.assert(
      fc.property(fc.array(classed, { minLength: 1, maxLength: 12 }), (rows) => {
        const duties = rows.map(({ weight }, n) => ({ duty: `d${n}`, share: weight, alsoDoneBy: 'nurse' }));
        const classes = rows.map((row, n) => ({
          duty: `d${n}`,
          class: row.class,
          competencies: row.mapped ? [competencies[0]] : [],
          ...(row.class === 'non_peer' ? { code: nonPeerCodes[0] } : {}),
        }));
        const sheets = [true, false].map((adviser) => ({ by: String(adviser), adviser, at: 0, classes }));
        expect(differences(duties, sheets)).toEqual([]);
        const screen = screenOf(duties, agreed(duties, sheets), [], policy, true);
        const { core, support, shared, nonPeer, prohibited, result } = screen;
        const total = duties.reduce((sum, one) => sum + one.share, 0);
        expect(core + support + shared + nonPeer + prohibited).toBe(total);
        const unmapped = rows.some((row) => row.class === 'core' && !row.mapped);
        const fails = core < 70 || nonPeer > 0 || prohibited > 0;
        const lacks = support > 25 || shared > 10 || unmapped;
        expect(result).toBe(fails ? 'fail' : lacks ? 'pass_with_changes' : 'pass');
      }),
    );
  });
});

describe('a definition under way', () => {
  const { facilitator, program, luis } = people;
  const moves = ['wait', 'meet', 'hold', 'write', 'revise', 'say', 'say', 'agree', 'conclude'] as const;
  const step = fc.record({
    move: fc.constantFrom(
      ...moves,
      'decide' as const,
      'reopen' as const,
      'leave' as const,
      'join' as const,
      'move' as const,
    ),
    element: fc.constantFrom('E1', 'E5', 'E10'),
    who: fc.constantFrom(...everyone),
    days: fc.integer({ min: 0, max: 12 }),
    position: fc.constantFrom('agree', 'agree_with_concern', 'stand_aside', 'block'),
  });
  const others = tenElements.filter((one) => !['E1', 'E5', 'E10'].includes(one));
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  /** One step of a made-up definition; a refused command is part of the play. */
  function play(world: World, { move, element, who, days, position }: Step): void {
    const give = (actor: string, type: Parameters<typeof asked>[1], payload: object): void =>
      void world.decide(asked(actor, type, payload));
    const dayIn = (n: number) => dateOf(calendar, world.now + n * 86_400_000);
    const elements = [element];
    const say = (one: string, what: string) =>
      give(one, 'give_positions', {
        positions: [{ element, position: what, reason: text('r'), proposal: text('p') }],
      });
    if (move === 'wait') world.advanceTo(instantOf(calendar, dayIn(days), '10:00'));
    if (move === 'meet') {
      give(facilitator, 'plan_meeting', { on: dayIn(days), elements });
      give(facilitator, 'propose_elements', { proposals: [proposal(element)] });
    }
    const { meetings: meeting } = world.state(role) as RoleState;
    if (move === 'hold' || (move === 'meet' && days < 6))
      give(facilitator, 'record_meeting', { meeting, held: dayIn(0), attended: everyone, elements });
    if (move === 'write' && meeting > 0) give(facilitator, 'write_up', { meeting, notes: text('n') });
    if (move === 'revise') give(facilitator, 'revise_elements', { proposals: [proposal(element, 2)] });
    if (move === 'say') say(who, position);
    if (move === 'agree') for (const one of everyone) say(one, 'agree');
    if (move === 'conclude' || (move === 'agree' && days < 6))
      give(facilitator, 'conclude_elements', { elements });
    if (move === 'conclude')
      world.decide(asked(program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] }));
    if (move === 'decide') give(program, 'decide_by_leader', { element, reason: 'deadline' });
    if (move === 'reopen')
      give(program, 'decide_change', {
        outcome: 'reopen_element',
        elements,
        reason: 'concern',
        heard: [luis],
      });
    if (move === 'join')
      give(facilitator, 'change_members', { join: team.filter((one) => one.person === who), leave: [] });
    if (move === 'move' && meeting > 0) give(facilitator, 'move_meeting', { meeting, on: dayIn(days % 2) });
    if (move === 'join' && days < 3) {
      give(program, 'change_facilitator', { facilitator: person('next') });
      give(person('next'), 'change_facilitator', { facilitator });
    }
    if (move === 'leave')
      give(facilitator, 'change_members', { join: [], leave: [{ person: who, reason: 'away' }] });
  }

  it('always owes something, and no obligation ever comes back under an id it had before', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (script) => {
        const world = worldAt('2025-01-28');
        staff(world);
        acceptReadiness(world);
        openRole(world);
        settle(world, others);
        for (const one of script) {
          play(world, one);
          watch(world);
        }
        const ids = world.rows.map((row) => `${row.stamp.decisionId}#${row.index}`);
        expect(new Set(ids).size).toBe(ids.length);
        for (const row of world.rows) reached.add(row.kind);
      }),
      { numRuns: 40 },
    );
    expect([...reached]).toEqual(
      expect.arrayContaining(['positions_given', 'elements_concluded', 'elements_revised']),
    );
  });

  it('really plays: a meeting on all ten elements is open for positions', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    openRole(world);
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: tenElements });
    must(world, facilitator, 'propose_elements', { proposals: tenElements.map((one) => proposal(one)) });
    const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements: tenElements };
    must(world, facilitator, 'record_meeting', meeting);
    const sheet = tenElements.map((one) => ({ element: one, position: 'agree' }));
    expect(must(world, luis, 'give_positions', { positions: sheet }).kinds).toEqual(['positions_given']);
  });
});

import { describe, expect, it } from 'vitest';
import { compareTeams } from '../../src/domain/role/compare.ts';
import { agreementMatrix } from '../../src/domain/role/matrix.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, site, worldAt } from './house.ts';
import {
  acceptReadiness,
  adoptedRole,
  agreeAll,
  ask,
  classesOf,
  describedRole,
  enter,
  everyone,
  goodDuties,
  must,
  openRole,
  payApproved,
  people,
  proposal,
  role,
  settle,
  staff,
  tenElements,
  termsConfirmed,
  text,
} from './role-house.ts';

/** What a team's agreement looks like: elements by people, one text at a time, several teams side by side. */

const { facilitator, program, marisol, theo, luis, priya, dana } = people;
const stateOf = (world: World): RoleState => world.state(role) as RoleState;
const rowOf = (world: World, code: string) =>
  agreementMatrix(stateOf(world)).rows.find((one) => one.element === code)!;
const saidBy = (world: World, code: string, who: string) =>
  rowOf(world, code).said[agreementMatrix(stateOf(world)).people.findIndex((one) => one.person === who)];

function talkedOver(code = 'E2'): World {
  const world = worldAt('2025-01-28');
  staff(world);
  openRole(world);
  must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: [code] });
  must(world, facilitator, 'propose_elements', { proposals: [proposal(code)] });
  const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements: [code] };
  must(world, facilitator, 'record_meeting', meeting);
  return world;
}
const say = (world: World, who: string, position: string) => {
  const why = position === 'block' ? { reason: text('why'), proposal: text('instead') } : {};
  must(world, who, 'give_positions', { positions: [{ element: 'E2', position, ...why }] });
};

describe('the agreement matrix', () => {
  it('D1.1 holds agree, agree_with_concern, stand_aside and block, and silence as silence after three askings', () => {
    const world = talkedOver();
    say(world, marisol, 'agree');
    say(world, theo, 'agree_with_concern');
    say(world, luis, 'stand_aside');
    expect(saidBy(world, 'E2', priya)).toBeNull();
    say(world, priya, 'block');
    moveTo(world, '2025-02-06');
    const said = [marisol, theo, luis, priya, program].map((who) => saidBy(world, 'E2', who));
    expect(said).toEqual(['agree', 'agree_with_concern', 'stand_aside', 'block', 'no_response']);
    expect(rowOf(world, 'E2')).toMatchObject({ status: 'blocked', mandatory: true, notConsensus: false });
    expect(rowOf(world, 'E11').mandatory).toBe(false);
  });

  it('D1.2 shows what the leader decided as not consensus, also in the adopted version and who did not agree', () => {
    const world = talkedOver();
    acceptReadiness(world);
    const reason = { element: 'E2', reason: 'no_agreement_in_reach' };
    agreeAll(world, ['E2'], [marisol, program, theo, priya]);
    say(world, luis, 'block');
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E2', 2)] });
    say(world, luis, 'block');
    agreeAll(world, ['E2'], [marisol, theo]);
    must(world, program, 'decide_by_leader', reason);
    settle(
      world,
      tenElements.filter((one) => one !== 'E2'),
    );
    must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    expect(rowOf(world, 'E2')).toMatchObject({ status: 'leader_decided', notConsensus: true });
    expect(saidBy(world, 'E2', luis)).toBe('block');
    expect(rowOf(world, 'E1')).toMatchObject({ status: 'consensus', notConsensus: false });
  });

  it('D1.1 keeps the people who left, and says why', () => {
    const world = talkedOver();
    say(world, luis, 'agree');
    must(world, facilitator, 'change_members', { join: [], leave: [{ person: luis, reason: 'left_team' }] });
    const { people: listed } = agreementMatrix(stateOf(world));
    expect(listed.find((one) => one.person === luis)?.left).toBe('left_team');
    expect(listed.find((one) => one.person === marisol)?.left).toBeNull();
  });

  it('D1.1 cannot do without the adviser or the leader of the team', () => {
    const world = talkedOver();
    for (const [person, capacity] of [
      [theo, 'adviser'],
      [marisol, 'team_leader'],
    ])
      expect(
        ask(world, facilitator, 'change_members', { join: [], leave: [{ person, reason: 'away' }] }),
      ).toMatchObject({ rule: 'D1.1', missing: [{ code: 'not_listed', about: capacity }] });
  });
});

describe('a changed text', () => {
  it('D1.2 opens its element again and no other, with rounds counted anew', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    openRole(world);
    settle(world, ['E1', 'E2', 'E3']);
    const before = stateOf(world).elements;
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E2', 2)] });
    const after = stateOf(world).elements;
    expect(after['E2']).toMatchObject({ status: 'proposed', round: 2, first: 2, marks: '' });
    expect([after['E1'], after['E3']]).toEqual([before['E1'], before['E3']]);
    expect(world.obligations(role).map((one) => one.code)).toContain('D1.2');
    settle(world, ['E2']);
    expect(stateOf(world).elements['E2']?.status).toBe('consensus');
  });

  it('R1.4 does not reach what an adopted version holds, before or after another element is reopened', () => {
    const world = adoptedRole();
    moveTo(world, '2025-03-03');
    const again = { proposals: [proposal('E2', 2)] };
    expect(ask(world, facilitator, 'propose_elements', again)).toMatchObject({ rule: 'R1.4' });
    const change = { outcome: 'reopen_element', elements: ['E6'], reason: 'concern', heard: [theo] };
    must(world, program, 'decide_change', change);
    expect(ask(world, facilitator, 'propose_elements', again)).toMatchObject({ rule: 'R1.4' });
    settle(world, ['E6']);
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E6', 3)] });
    expect(stateOf(world).elements['E6']?.status).toBe('proposed');
  });
});

describe('notes', () => {
  it('P1.3 keeps topics, options, objections and the decision apart, each as a text of its own', () => {
    const world = talkedOver();
    const heads = {
      topics: text('topics'),
      options: text('options'),
      objections: text('objections'),
      decision: text('decision'),
    };
    must(world, facilitator, 'write_up', { meeting: 1, notes: text('notes'), ...heads });
    const row = world.rows.find((one) => one.kind === 'meeting_written_up');
    expect(row?.body).toEqual({ meeting: 1, notes: text('notes'), ...heads });
    expect(world.obligations(role).map((one) => one.code)).not.toContain('P1.3');
  });
});

describe('several teams', () => {
  const south = caseOf('role', 'southside');
  const west = adoptedRole();
  const state = stateOf(west);
  const other: RoleState = {
    ...state,
    family: 'pss',
    team: 'south',
    elements: {
      ...state.elements,
      E1: { ...state.elements['E1']!, text: text('E1_other') },
      E6: { ...state.elements['E6']!, choices: ['peer'] },
      E5: { ...state.elements['E5']!, choices: state.elements['E5']!.choices.toReversed() },
    },
  };
  const roles = [
    { case: role, state },
    { case: south, state: other },
  ];

  it('D1.3 shows the versions of two teams side by side: where choices or words differ, and where not', () => {
    const words = new Map([
      [text('E1_1'), 'Less alone.'],
      [text('E1_other'), 'Less alone. '],
    ]);
    const { sides, elements } = compareTeams(roles, words);
    expect(sides).toEqual([
      { case: role, family: null, team: null, version: 1 },
      { case: south, family: 'pss', team: 'south', version: 1 },
    ]);
    expect(elements.filter((one) => one.differs).map((one) => one.element)).toEqual(['E6']);
    words.set(text('E1_other'), 'More active.');
    const now = compareTeams(roles, words).elements.filter((one) => one.differs);
    expect(now.map((one) => one.element)).toEqual(['E1', 'E6']);
  });

  it('D1.3 lets each team reach a version of its own under one family', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    const members = [
      { person: marisol, capacity: 'team_leader' },
      { person: program, capacity: 'program_leader' },
      { person: theo, capacity: 'adviser' },
    ];
    const leftOut = [{ person: luis, reason: 'defines_with_other_team' }];
    const named = { family: 'pss', team: 'north' };
    must(world, program, 'open', { site, kind: 'peer', facilitator, members, leftOut, ...named });
    expect(stateOf(world)).toMatchObject(named);
  });
});

describe('another kind of role', () => {
  it('R1.6 runs from its own elements to an approved description by configuration alone', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    openRole(world, 'new_practice');
    const elements = ['GOALS', 'DUTIES', 'TRAINING', 'SUPERVISION', 'PLACE_IN_TEAM'];
    settle(world, elements);
    must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    enter(world, goodDuties);
    const sheet = { list: 1, classes: classesOf(goodDuties) };
    for (const who of [marisol, dana]) must(world, who, 'classify_duties', sheet);
    termsConfirmed(world);
    payApproved(world);
    const draft = { text: text('description'), requirements: [], hours: 'full_time', benefits: true };
    must(world, dana, 'draft_description', draft);
    must(world, marisol, 'approve_description', {});
    must(world, dana, 'complete_description', {});
    expect(stateOf(world).description.described).toEqual({ version: 1, list: 1 });
    expect(agreementMatrix(stateOf(world)).rows.map((one) => one.element)).toEqual([...elements, 'GROWTH']);
  });

  it('R1.6 leaves a peer role its ten elements', () => {
    const mandatory = agreementMatrix(stateOf(describedRole())).rows.filter((one) => one.mandatory);
    expect(mandatory.map((one) => one.element)).toEqual(tenElements);
  });
});

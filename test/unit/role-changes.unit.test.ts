import { describe, expect, it } from 'vitest';
import { agreementMatrix } from '../../src/domain/role/matrix.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, worldAt } from './house.ts';
import {
  acceptReadiness,
  adoptedRole,
  agreeAll,
  ask,
  describedRole,
  everyone,
  holding,
  must,
  openRole,
  people,
  proposal,
  role,
  staff,
  team,
  tell,
  text,
} from './role-house.ts';

/** What a leader, a list and a retirement may not do over the heads of others. */

const { program, facilitator, theo, luis, marisol } = people;
const on = '2025-01-28';
const missing = (code: string) => ({ missing: [expect.objectContaining({ code })] });
const objection = { reason: text('reason'), proposal: text('other') };
const rowOf = (world: World) =>
  agreementMatrix(world.state(role) as RoleState).rows.find((row) => row.element === 'E7')!;

function begun(): World {
  const world = worldAt('2025-01-06');
  staff(world);
  acceptReadiness(world);
  moveTo(world, on);
  openRole(world);
  return world;
}
function discussed(world: World, version = 1): void {
  must(world, facilitator, 'plan_meeting', { on, elements: ['E7'] });
  must(world, facilitator, 'propose_elements', { proposals: [proposal('E7', version)] });
  const { meetings } = world.state(role) as RoleState;
  must(world, facilitator, 'record_meeting', {
    ...{ meeting: meetings, held: on, attended: everyone, elements: ['E7'] },
  });
}
const others = everyone.filter((one) => one !== luis);
const say = (world: World, who: string, position: string, more = {}) =>
  must(world, who, 'give_positions', { positions: [{ element: 'E7', position, ...more }] });
/** Two rounds, in each of which somebody blocks. */
function blockedTwice(): World {
  const world = begun();
  discussed(world);
  agreeAll(world, ['E7'], others);
  say(world, luis, 'block', objection);
  must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
  agreeAll(world, ['E7'], others);
  say(world, luis, 'block', objection);
  return world;
}
const byLeader = { element: 'E7', reason: 'deadline' };

describe('D1.2 what the program leader decides', () => {
  it('is nothing on which everybody agrees', () => {
    const world = begun();
    discussed(world);
    agreeAll(world, ['E7']);
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
    agreeAll(world, ['E7']);
    expect(ask(world, program, 'decide_by_leader', byLeader)).toMatchObject(missing('consensus_reached'));
    must(world, facilitator, 'conclude_elements', { elements: ['E7'] });
  });

  it('is a text that was discussed, with its choices', () => {
    const world = blockedTwice();
    const no = (more: object) => ask(world, program, 'decide_by_leader', { ...byLeader, ...more });
    expect(no({ text: text('never_seen') })).toMatchObject(missing('discussed_text'));
    expect(no({ choices: ['other_choice'] })).toMatchObject(missing('discussed_text'));
    expect(no({ round: 7 })).toMatchObject(missing('round_discussed'));
    must(world, program, 'decide_by_leader', { ...byLeader, round: 1 });
    expect((world.state(role) as RoleState).elements['E7']).toMatchObject({
      ...{ status: 'leader_decided', text: text('E7_1') },
    });
  });

  it('stays shown as not consensus, with the objections, whatever is agreed on later', () => {
    const world = blockedTwice();
    must(world, program, 'decide_by_leader', byLeader);
    expect(rowOf(world)).toMatchObject({ notConsensus: true, status: 'leader_decided' });
    discussed(world, 3);
    expect(rowOf(world).objections.map((one) => [one.person, one.round])).toEqual([
      [luis, 1],
      [luis, 2],
    ]);
    agreeAll(world, ['E7']);
    must(world, facilitator, 'conclude_elements', { elements: ['E7'] });
    expect(rowOf(world)).toMatchObject({ notConsensus: true, status: 'consensus' });
    expect(rowOf(world).objections).toHaveLength(2);
  });

  it('is nothing in an element all agreed on from the first', () => {
    const world = begun();
    discussed(world);
    agreeAll(world, ['E7']);
    must(world, facilitator, 'conclude_elements', { elements: ['E7'] });
    expect(rowOf(world)).toMatchObject({ notConsensus: false, objections: [] });
  });
});

describe('D1.1 the list', () => {
  const payload = { site, kind: 'peer', facilitator, members: team, leftOut: [] };
  it('holds everybody who is of the team by assignment, or says why not', () => {
    const world = worldAt('2025-01-06');
    staff(world);
    world.assign(person('extra'), 'team_member');
    expect(ask(world, program, 'open', payload)).toMatchObject({
      missing: [{ code: 'listed_or_left_out', who: person('extra') }],
    });
    must(world, program, 'open', { ...payload, leftOut: [{ person: person('extra'), reason: 'away' }] });
  });

  it('asks for nobody whose assignment is over', () => {
    const world = worldAt('2025-01-06');
    staff(world);
    world.assign(person('extra'), 'team_member');
    world.unassign(person('extra'), 'team_member');
    must(world, program, 'open', payload);
  });

  it('loses nobody with a block by the word of the facilitator alone; who comes back is asked anew', () => {
    const world = begun();
    world.assign(luis, 'team_member');
    discussed(world);
    agreeAll(world, ['E7'], others);
    say(world, luis, 'block', objection);
    const gone = { join: [], leave: [{ person: luis, reason: 'left_team' }] };
    expect(ask(world, facilitator, 'change_members', gone)).toMatchObject(missing('still_assigned'));
    world.unassign(luis, 'team_member');
    must(world, facilitator, 'change_members', gone);
    must(world, facilitator, 'conclude_elements', { elements: ['E7'] });
    must(world, facilitator, 'change_members', {
      ...{ join: [{ person: luis, capacity: 'team_member' }], leave: [] },
    });
    expect(rowOf(world).said.at(-2)).toBeNull();
    expect(rowOf(world).objections).toEqual([{ person: luis, round: 1 }]);
  });
});

describe('R1.2 a sick-leave rule of its own', () => {
  it('is concluded once HR upheld the very text, and asked again of the next one', () => {
    const world = begun();
    const own = { ...proposal('E10', 1), choices: ['other'] };
    must(world, facilitator, 'plan_meeting', { on, elements: ['E10'] });
    must(world, facilitator, 'propose_elements', { proposals: [own] });
    must(world, facilitator, 'record_meeting', {
      ...{ meeting: 1, held: on, attended: everyone, elements: ['E10'] },
    });
    agreeAll(world, ['E10']);
    must(world, people.dana, 'review_sick_leave', { outcome: 'upheld' });
    must(world, facilitator, 'revise_elements', { proposals: [{ ...own, text: text('E10_2') }] });
    agreeAll(world, ['E10']);
    expect(ask(world, facilitator, 'conclude_elements', { elements: ['E10'] })).toMatchObject({
      ...{ rule: 'R1.2', missing: [{ code: 'hr_review', about: 'E10' }] },
    });
    must(world, people.dana, 'review_sick_leave', { outcome: 'upheld' });
    must(world, facilitator, 'conclude_elements', { elements: ['E10'] });
  });
});

describe('D1.4 a change of a role nobody holds', () => {
  it('R0.5 warns unless the adviser was among those heard', () => {
    const world = adoptedRole();
    const change = { outcome: 'reopen_element', elements: ['E6'], reason: 'concern' };
    for (const heard of [[], [person('stranger')], [marisol]])
      expect(ask(world, program, 'decide_change', { ...change, heard })).toMatchObject({
        ...{ code: 'acknowledgement_needed', rule: 'R0.5' },
      });
    must(world, program, 'decide_change', { ...change, heard: [theo] });
  });

  it('takes no word that every object knows for an element', () => {
    const world = begun();
    for (const element of ['constructor', 'toString', 'valueOf'])
      expect(ask(world, facilitator, 'plan_meeting', { on, elements: [element] })).toMatchObject({
        code: 'unknown_reference',
      });
  });
});

describe('D1.3 a role', () => {
  const employment = `employment-${'1'.repeat(26)}`;
  it('is not retired while somebody holds it, and is once they hold another one', () => {
    const world = describedRole();
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    holding(world, employment, person('holder'));
    expect(ask(world, program, 'retire_role', {})).toMatchObject({
      missing: [{ code: 'role_is_held', about: employment }],
    });
    holding(world, employment, person('holder'), caseOf('role', 'another'));
    must(world, program, 'retire_role', {});
  });

  it('X5 is not retired while a search for it runs', () => {
    const world = describedRole();
    const opening = `opening-${'1'.repeat(26)}`;
    tell(world, opening, 'search_standing', { opening, version: 1, open: true });
    expect(ask(world, program, 'retire_role', {})).toMatchObject(missing('search_runs'));
    tell(world, opening, 'search_standing', { opening, version: 1, open: false });
    must(world, program, 'retire_role', {});
  });
});

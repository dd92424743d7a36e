import { describe, expect, it } from 'vitest';
import { readinessCommands } from '../../src/contracts/readiness.ts';
import type { ReadinessState } from '../../src/domain/readiness/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, worldAt } from './house.ts';
import { acceptReadiness, holding, people, readiness, staff } from './role-house.ts';

/** Stage 0 is two people's word, once per site, and what is open in it is closed by somebody. */

const { director, dana, theo, compliance, marisol, luis } = people;
type Type = keyof typeof readinessCommands;
const ask = (world: World, actor: string, type: Type, payload: object, more = {}) =>
  world.decide({
    ...{ case: readiness, actor, type, payload: readinessCommands[type].parse(payload) },
    ...more,
  });
const must = (world: World, ...[actor, type, payload, more = {}]: Parsed) =>
  world.must({ case: readiness, actor, type, payload: readinessCommands[type].parse(payload), ...more });
type Parsed = [actor: string, type: Type, payload: object, more?: object];
const missing = (code: string) => ({ missing: [expect.objectContaining({ code })] });
const stateOf = (world: World) => world.state(readiness) as ReadinessState;
const owed = (world: World, code: string) =>
  world.obligations(readiness).flatMap((one) => (one.code === code ? [one.owner.split('@')[0]] : []));
const factOf = (world: World, kind: string) =>
  [...world.cases.values()].flatMap((one) => one.facts).find((one) => one.kind === kind)?.value;

function accepted(): World {
  const world = worldAt('2025-01-06');
  staff(world);
  acceptReadiness(world);
  return world;
}
const opening = { site, reasons: ['mission'], funding: 'mixed', scorers: [dana], leads: [director, marisol] };
function begun(): World {
  const world = worldAt('2025-01-06');
  staff(world);
  must(world, director, 'open', { ...opening, roleHoldersOnSite: 0 });
  must(world, dana, 'score_items', { scores: Array.from({ length: 25 }, () => '2') });
  return world;
}
function changing(world: World): void {
  const leave = { policy: 'leave', verdict: 'change_before_hire', scope: 'all_staff', owner: dana };
  must(world, dana, 'propose_verdicts', { verdicts: [{ ...leave, due: '2025-02-03' }] });
  must(world, compliance, 'confirm_verdicts', { policies: ['leave'] });
}

describe('the readiness of a site', () => {
  it('R0.1, R0.4 is one case: a second one publishes nothing over what the first one says', () => {
    const world = accepted();
    changing(world);
    expect(factOf(world, 'policies_to_change')).toBe('1');
    const other = { ...opening, roleHoldersOnSite: 50 };
    const second = { case: caseOf('readiness', 'second'), actor: director, type: 'open' };
    expect(world.decide({ ...second, payload: other })).toMatchObject({
      code: 'already_open',
      missing: [{ code: 'readiness_of_site', about: readiness }],
    });
    expect([factOf(world, 'policies_to_change'), factOf(world, 'role_holders')]).toEqual(['1', '0']);
    const elsewhere = { ...other, site: `site_${'2'.repeat(26)}` };
    world.must({ ...second, payload: elsewhere });
  });
});

describe('a second one while the first is being prepared', () => {
  it('R0.1 says nothing to others, and is never accepted', () => {
    const world = begun();
    const second = { case: caseOf('readiness', 'second'), actor: director };
    world.must({ ...second, type: 'open', payload: { ...opening, roleHoldersOnSite: 50 } });
    expect(factOf(world, 'role_holders')).toBe('0');
    expect(world.cases.get(second.case)?.facts).toEqual([]);
    expect(world.decide({ ...second, type: 'accept_readiness', payload: {} })).toMatchObject({
      ...{ rule: 'G0', missing: [{ code: 'readiness_of_site', about: readiness }] },
    });
  });
});

describe('D0.2 a champion', () => {
  it('who is gone after the acceptance is asked for again', () => {
    const world = accepted();
    expect(owed(world, 'D0.2')).toEqual([]);
    must(world, director, 'name_champion', { person: null });
    expect(owed(world, 'D0.2')).toEqual(['executive']);
    must(world, director, 'name_champion', { person: theo });
    expect(owed(world, 'D0.2')).toEqual([]);
  });
});

describe('D0.4 the verdict', () => {
  it('R0.2 is not given by the person who advised', () => {
    const world = begun();
    world.assign(director, 'adviser');
    must(world, director, 'advise', { position: 'agree' });
    expect(ask(world, director, 'give_verdict', { verdict: 'ready', actions: [] })).toMatchObject({
      rule: 'R0.2',
      ...missing('second_person_needed'),
    });
    must(world, director, 'give_verdict', { verdict: 'not_ready', actions: [] });
    must(world, theo, 'advise', { position: 'agree' });
    must(world, director, 'give_verdict', { verdict: 'ready', actions: [] });
  });

  it('R0.2 against the adviser is acknowledged, and stands in the record', () => {
    const world = begun();
    must(world, theo, 'advise', { position: 'disagree' });
    const verdict = { verdict: 'ready', actions: [] };
    expect(ask(world, director, 'give_verdict', verdict)).toMatchObject({
      ...{ code: 'acknowledgement_needed', missing: [{ code: 'R0.2', about: 'disagree' }] },
    });
    must(world, director, 'give_verdict', verdict, { acknowledge: ['R0.2'] });
    expect(world.rows.map((row) => row.kind)).toContain('warning_acknowledged');
    const other = begun();
    must(other, theo, 'advise', { position: 'disagree' });
    must(other, director, 'give_verdict', { verdict: 'not_ready', actions: [] });
  });

  it('keeps the actions that nobody closed', () => {
    const world = begun();
    must(world, theo, 'advise', { position: 'agree' });
    const train = { action: 'train', owner: dana, due: '2025-02-03' };
    must(world, director, 'give_verdict', { verdict: 'ready_with_actions', actions: [train] });
    must(world, director, 'give_verdict', { verdict: 'ready', actions: [] });
    expect(stateOf(world).actions.map((one) => one.action)).toEqual(['train']);
    must(world, dana, 'close_action', { action: 'train' });
    expect(stateOf(world).actions).toEqual([]);
  });
});

describe('D0.5 a change that was made', () => {
  it('R0.1 is confirmed by the other of HR and compliance before it counts', () => {
    const world = accepted();
    changing(world);
    const change = { policy: 'leave', scope: 'all_staff', asked: [theo] };
    must(world, dana, 'change_policy', change);
    expect(factOf(world, 'policies_to_change')).toBe('1');
    expect([owed(world, 'D0.5'), owed(world, 'P0.2')]).toEqual([['compliance'], []]);
    const confirm = { policies: ['leave'] };
    expect(ask(world, dana, 'confirm_verdicts', confirm)).toMatchObject(missing('second_person_needed'));
    world.assign(person('hr two'), 'hr');
    expect(ask(world, person('hr two'), 'confirm_verdicts', confirm)).toMatchObject(
      missing('needs_capacity'),
    );
    must(world, compliance, 'confirm_verdicts', confirm);
    expect(factOf(world, 'policies_to_change')).toBe('0');
    expect(owed(world, 'D0.5')).toEqual([]);
  });

  it('R0.5 warns unless the adviser or somebody in a peer role was among those asked', () => {
    const world = accepted();
    changing(world);
    const change = (asked: readonly string[]) => ({ policy: 'leave', scope: 'all_staff', asked });
    for (const asked of [[], [dana], [person('stranger')]])
      expect(ask(world, dana, 'change_policy', change(asked))).toMatchObject({
        ...{ code: 'acknowledgement_needed', rule: 'R0.5' },
      });
    holding(world, `employment-${'1'.repeat(26)}`, person('holder'));
    must(world, dana, 'change_policy', change([dana, person('holder')]));
    must(world, dana, 'change_policy', change([theo]));
  });
});

describe('D0.7 a lead', () => {
  const rejected = (world: World): void => {
    must(world, director, 'propose_timeline', { weeks: {} });
    must(world, marisol, 'answer_timeline', { answer: 'rejected' });
  };
  it('who speaks against the timeline is not taken off', () => {
    const world = begun();
    rejected(world);
    const off = { join: [], leave: [marisol] };
    expect(ask(world, director, 'change_leads', off)).toMatchObject(missing('answer_stands'));
    const gone = { ...off, reason: 'left_team' };
    expect(ask(world, director, 'change_leads', gone)).toMatchObject(missing('answer_stands'));
    world.unassign(marisol, 'team_leader');
    must(world, director, 'change_leads', gone);
  });

  it('who has not answered, or accepted, may leave without a reason', () => {
    const world = begun();
    must(world, director, 'propose_timeline', { weeks: {} });
    must(world, director, 'change_leads', { join: [luis], leave: [marisol] });
  });
});

describe('P0.3 an orientation', () => {
  const held = (on: string, attended: readonly string[]) => ({ held: on, attended });
  it('is one to which somebody of the team came, not long ago and not before the last one', () => {
    const world = accepted();
    moveTo(world, '2025-01-28');
    const no = (payload: object) => ask(world, dana, 'record_orientation', payload);
    expect(no(held('2025-01-27', [person('stranger')]))).toMatchObject(missing('nobody_of_the_team'));
    expect(no(held('2024-01-03', [theo]))).toMatchObject(missing('too_long_ago'));
    must(world, dana, 'record_orientation', held('2025-01-27', [theo, person('guest')]));
    expect(no(held('2025-01-20', [theo]))).toMatchObject(missing('oriented_since'));
    expect(factOf(world, 'team_oriented')).toBe('2025-01-27');
    must(world, dana, 'record_orientation', held('2025-01-28', [theo]));
  });
});

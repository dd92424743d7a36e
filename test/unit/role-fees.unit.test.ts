import { describe, expect, it } from 'vitest';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo, person, worldAt } from './house.ts';
import { acceptReadiness, ask, must, openRole, people, proposal, role, staff } from './role-house.ts';

/** D1.1: whoever is asked for a word from outside the house is offered a fee, and paid once they gave it. */

const { dana, facilitator, program, theo } = people;
const noor = person('noor');
const on = '2025-01-28';

/** A role under discussion, with an adviser from outside among its members. */
function begun(): World {
  const world = worldAt('2025-01-06');
  staff(world);
  world.assign(noor, 'adviser', role);
  acceptReadiness(world);
  moveTo(world, on);
  openRole(world);
  must(world, program, 'change_members', {
    join: [{ person: noor, capacity: 'adviser', outside: true }],
    leave: [],
  });
  must(world, facilitator, 'plan_meeting', { on, elements: ['E7', 'E8'] });
  must(world, facilitator, 'propose_elements', { proposals: [proposal('E7'), proposal('E8')] });
  must(world, facilitator, 'record_meeting', {
    meeting: 1,
    held: on,
    attended: [noor],
    elements: ['E7', 'E8'],
  });
  return world;
}

const owed = (world: World): readonly string[] =>
  (world.cases.get(role)?.obligations ?? []).filter(({ code }) => code === 'FEE').map(({ id }) => id);
const speaks = (world: World, element = 'E7') =>
  must(world, noor, 'give_positions', { positions: [{ element, position: 'agree' }] });
const fee = (world: World, outcome: string, who = noor) =>
  ask(world, dana, 'record_fee', { person: who, outcome });

describe('the fee of an adviser from outside', () => {
  it('D1.1 is owed as an offer by HR from the day they are listed, and no voice waits for it', () => {
    const world = begun();
    expect(owed(world)).toEqual([expect.stringMatching(/^FEE:offer:/)]);
    const [one] = (world.cases.get(role)?.obligations ?? []).filter(({ code }) => code === 'FEE');
    expect(one?.owner).toMatch(/^hr@/);
    speaks(world);
    expect(owed(world)).toEqual([expect.stringMatching(/^FEE:offer:/)]);
  });

  it('D1.1 is owed as money once they gave a position, until it is paid', () => {
    const world = begun();
    must(world, dana, 'record_fee', { person: noor, outcome: 'offered' });
    expect(owed(world)).toEqual([]);
    speaks(world);
    expect(owed(world)).toEqual([expect.stringMatching(/^FEE:pay:/)]);
    speaks(world, 'E8');
    expect(owed(world)).toHaveLength(1);
    must(world, dana, 'record_fee', { person: noor, outcome: 'paid' });
    expect(owed(world)).toEqual([]);
    expect((world.state(role) as RoleState).fees).toMatchObject([{ person: noor, st: 'paid' }]);
  });

  it('D1.1 is owed at once where it was offered after they spoke, also when they leave', () => {
    const world = begun();
    speaks(world);
    must(world, dana, 'record_fee', { person: noor, outcome: 'offered' });
    must(world, program, 'change_members', { join: [], leave: [{ person: noor, reason: 'left_team' }] });
    expect(owed(world)).toEqual([expect.stringMatching(/^FEE:pay:/)]);
  });

  it('D1.1 is paid to nobody it was not offered to, once, and offered to nobody of the house', () => {
    const world = begun();
    expect(fee(world, 'paid')).toMatchObject({ missing: [{ code: 'fee_not_offered' }] });
    expect(fee(world, 'offered', theo)).toMatchObject({ missing: [{ code: 'not_from_outside' }] });
    must(world, dana, 'record_fee', { person: noor, outcome: 'offered' });
    expect(fee(world, 'offered')).toMatchObject({ missing: [{ code: 'already_offered' }] });
    must(world, dana, 'record_fee', { person: noor, outcome: 'paid' });
    expect(fee(world, 'paid')).toMatchObject({ missing: [{ code: 'already_paid' }] });
    expect(ask(world, program, 'record_fee', { person: noor, outcome: 'paid' })).toMatchObject({
      code: 'not_permitted',
    });
  });
});

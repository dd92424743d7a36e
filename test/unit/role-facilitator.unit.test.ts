import { describe, expect, it } from 'vitest';
import { moveTo, person, worldAt } from './house.ts';
import {
  adoptedRole,
  agreeAll,
  ask,
  everyone,
  must,
  openRole,
  people,
  proposal,
  role,
  staff,
  text,
  watch,
} from './role-house.ts';

/** The facilitator leaves while a definition is under way: what they owe passes on, and they are asked no more. */

const next = person('next facilitator');
const { facilitator, program, priya, dana } = people;

/** 28 January: one element discussed, positions asked for, the notes not written yet. */
function underWay() {
  const world = worldAt('2025-01-20');
  staff(world);
  openRole(world);
  must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: ['E1'] });
  must(world, facilitator, 'propose_elements', { proposals: [proposal('E1')] });
  moveTo(world, '2025-01-28');
  const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements: ['E1'] };
  must(world, facilitator, 'record_meeting', meeting);
  return world;
}
const owners = (world: ReturnType<typeof underWay>) => world.obligations(role).map((one) => one.owner);

describe('another facilitator', () => {
  it('D1.2 owes what the first one owed, and the first one is asked no more', () => {
    const world = underWay();
    expect(new Set(owners(world))).toContain(facilitator);
    must(world, program, 'change_facilitator', { facilitator: next });
    expect(owners(world)).toContain(next);
    expect(owners(world)).not.toContain(facilitator);
    const at = world.now;
    moveTo(world, '2025-03-20');
    watch(world);
    const to = new Set(world.prompts.filter((one) => one.sendAfter > at).map((one) => one.to));
    expect([...to]).toContain(next);
    expect([...to]).not.toContain(facilitator);
  });

  it('D1.2 P1.3 does the work from then on, and the one who left does not', () => {
    const world = underWay();
    must(world, dana, 'change_facilitator', { facilitator: next });
    const notes = { meeting: 1, notes: text('notes') };
    expect(ask(world, facilitator, 'write_up', notes)).toMatchObject({ code: 'not_permitted' });
    must(world, next, 'write_up', notes);
    agreeAll(world, ['E1']);
    must(world, next, 'conclude_elements', { elements: ['E1'] });
  });

  it('D1.2 comes back under ids of their own', () => {
    const world = underWay();
    must(world, program, 'change_facilitator', { facilitator: next });
    must(world, next, 'change_facilitator', { facilitator });
    expect(owners(world)).toContain(facilitator);
    expect(ask(world, facilitator, 'change_facilitator', { facilitator })).toMatchObject({
      missing: [{ code: 'already_so' }],
    });
  });

  it('D1.2 is neutral: one of the listed needs a word of acknowledgement', () => {
    const world = underWay();
    const listed = { facilitator: priya };
    expect(ask(world, program, 'change_facilitator', listed)).toMatchObject({ refused: true });
    must(world, program, 'change_facilitator', listed, { acknowledge: ['D1.2'] });
    expect(ask(world, people.luis, 'change_facilitator', { facilitator: next })).toMatchObject({
      code: 'not_permitted',
    });
  });

  it('P1.5 asks the new one to bring the team together again', () => {
    const world = adoptedRole();
    must(world, program, 'change_facilitator', { facilitator: next });
    expect(world.state(role)).toMatchObject({ facilitator: next, handed: 1 });
  });
});

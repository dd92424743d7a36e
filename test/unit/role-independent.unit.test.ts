import { describe, expect, it } from 'vitest';
import { hidden, veiled } from '../../src/domain/role/independent.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { termsForTests } from './house.ts';
import { adoptedRole, ask, classesOf, enter, goodDuties, must, people, role, text } from './role-house.ts';

/** Two people class each duty independently; a difference is settled openly. */

const { marisol, theo, dana, program } = people;
const stateOf = (world: World): RoleState => world.state(role) as RoleState;
const classes = classesOf(goodDuties);
const doubt = classes.map((one) => (one.duty === 'own_notes' ? { ...one, class: 'core' } : one));
const settled = { list: 1, classes: [{ duty: 'own_notes', class: 'support' }] };

function entered(): World {
  const world = adoptedRole();
  enter(world, goodDuties);
  return world;
}

function sees(world: World, reader: string | null, place = 0): boolean {
  const row = world.rows.filter((one) => one.kind === 'duties_classified')[place]!;
  const look = { reader, now: world.now, terms: termsForTests() };
  return !hidden(stateOf(world), { kind: row.kind, actor: row.stamp.actor, body: row.body }, look);
}
const sheets = (world: World, reader: string | null) => {
  const look = { reader, now: world.now, terms: termsForTests() };
  return veiled(stateOf(world), look).description.list?.sheets.map((one) => one.by);
};

describe('two classifiers', () => {
  it('D2.1 shows nobody the first sheet before the second is in', () => {
    const world = entered();
    must(world, theo, 'classify_duties', { list: 1, classes });
    for (const reader of [marisol, dana, program, null]) {
      expect(sees(world, reader)).toBe(false);
      expect(sheets(world, reader)).toEqual([]);
    }
    expect(sees(world, theo)).toBe(true);
    expect(sheets(world, theo)).toEqual([theo]);
  });

  it('D2.1 shows both once both are in, and the difference with them', () => {
    const world = entered();
    must(world, theo, 'classify_duties', { list: 1, classes });
    must(world, marisol, 'classify_duties', { list: 1, classes: doubt });
    for (const reader of [marisol, theo, dana, null]) {
      expect([sees(world, reader, 0), sees(world, reader, 1)]).toEqual([true, true]);
      expect(sheets(world, reader)).toEqual([theo, marisol]);
    }
  });

  it('D2.1 settles a difference with a reason only', () => {
    const world = entered();
    must(world, theo, 'classify_duties', { list: 1, classes });
    must(world, marisol, 'classify_duties', { list: 1, classes: doubt });
    expect(ask(world, marisol, 'classify_duties', settled)).toMatchObject({
      rule: 'D2.1',
      missing: [{ code: 'reason' }],
    });
    must(world, marisol, 'classify_duties', { ...settled, reason: text('talked') });
    expect(world.rows.findLast((one) => one.kind === 'duties_classified')?.body).toMatchObject({
      reason: text('talked'),
    });
    expect(stateOf(world).description.list?.result).toBe('pass');
  });

  it('D2.1 lets the first one think again, unseen, while the second is out', () => {
    const world = entered();
    must(world, theo, 'classify_duties', { list: 1, classes: doubt });
    must(world, theo, 'classify_duties', settled);
    expect([sees(world, marisol, 0), sees(world, marisol, 1)]).toEqual([false, false]);
    must(world, marisol, 'classify_duties', { list: 1, classes });
    expect(stateOf(world).description.list?.result).toBe('pass');
  });

  it('D2.1 keeps with a duty the entry of the library it was taken from', () => {
    const world = adoptedRole();
    const duties = goodDuties.map(({ duty, share, alsoDoneBy }, n) => ({
      ...{ duty, share, alsoDoneBy, text: text(duty) },
      ...(n === 0 ? { library: 'duty-one-to-one' } : {}),
    }));
    must(world, dana, 'enter_duties', { duties });
    const row = world.rows.findLast((one) => one.kind === 'duties_entered')!;
    const kept = (row.body as { duties: { library?: string }[] }).duties.map((one) => one.library);
    expect(kept.filter((one) => one !== undefined)).toEqual(['duty-one-to-one']);
    expect(() => ask(world, dana, 'enter_duties', { duties: [{ ...duties[0], library: 'van' }] })).toThrow();
  });
});

import { describe, expect, it } from 'vitest';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { application, id, interviewed, meets, must, people, sheet, worldOn } from './candidacy-world.ts';
import { termsForTests } from './house.ts';

/** What others wrote stays closed until one's own is in; every reading asks these two functions. */

const [marisol = '', theo = '', priya = ''] = people.raters;
const [first = '', second = ''] = people.screeners;
const own = (world: World) => world.state(id) as CandidacyState;

function sees(world: World, reader: string | null, kind: string, actor: string): boolean {
  const look = { reader, now: world.now, terms: termsForTests() };
  const row = world.rows.find((one) => one.kind === kind && one.stamp.actor === actor);
  if (row === undefined) throw new Error(`no ${kind} of ${actor}`);
  return candidacy.hidden?.(own(world), { kind, actor, body: row.body }, look) === false;
}

function rated(): World {
  const world = interviewed();
  must(world, marisol, 'submit_sheet', sheet);
  must(world, theo, 'submit_sheet', sheet);
  return world;
}

describe('sheets', () => {
  it('R4.3 keeps a sheet from a rater whose own is not in', () => {
    const world = rated();
    expect(sees(world, priya, 'sheet_submitted', marisol)).toBe(false);
    expect(sees(world, priya, 'sheet_submitted', theo)).toBe(false);
  });

  it('R4.3 opens it once theirs is in, and their own at once', () => {
    const world = rated();
    expect(sees(world, marisol, 'sheet_submitted', marisol)).toBe(true);
    expect(sees(world, marisol, 'sheet_submitted', theo)).toBe(true);
    must(world, priya, 'submit_sheet', sheet);
    expect(sees(world, priya, 'sheet_submitted', marisol)).toBe(true);
  });

  it('D4.3 shows single sheets to HR as keeper of the process, and to the candidate never', () => {
    const world = rated();
    expect(sees(world, people.hr, 'sheet_submitted', marisol)).toBe(true);
    expect(sees(world, people.candidate, 'sheet_submitted', marisol)).toBe(false);
    expect(sees(world, null, 'sheet_submitted', marisol)).toBe(false);
  });

  it('R4.3 keeps the capacity out of it: a rater who is also HR waits like the others', () => {
    const world = rated();
    world.assign(priya, 'hr');
    expect(sees(world, priya, 'sheet_submitted', marisol)).toBe(false);
  });
});

describe('the views of two reviewers', () => {
  function oneIn(): World {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    must(world, first, 'screen', meets);
    return world;
  }
  const given = (world: World, reader: string) => {
    const look = { reader, now: world.now, terms: termsForTests() };
    return candidacy.veiled?.(own(world), look).reviewers.map((one) => one.given !== null);
  };

  it('D3.4 keeps the first view from the second reviewer, in the rows and in the state', () => {
    const world = oneIn();
    expect(sees(world, second, 'screening_given', first)).toBe(false);
    expect(given(world, second)).toEqual([false, false]);
    expect(given(world, people.candidate)).toEqual([false, false]);
  });

  it('D3.4 opens it with their own', () => {
    const world = oneIn();
    expect(given(world, people.hr)).toEqual([true, false]);
    must(world, second, 'screen', meets);
    expect(sees(world, second, 'screening_given', first)).toBe(true);
    expect(given(world, second)).toEqual([true, true]);
  });
});

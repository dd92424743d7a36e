import { describe, expect, it } from 'vitest';
import { roleCommands } from '../../src/contracts/role.ts';
import { roleMeasures } from '../../src/client/report-people.ts';
import { shownTo } from '../../src/client/report-shape.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo } from './house.ts';
import { adoptedRole, ask, must, people, tell } from './role-house.ts';

/** Optional numbers about the people served, before the role had somebody and a year on: sums, and nobody in them. */

const { program, dana, facilitator } = people;
const employment = `employment-${'1'.repeat(26)}`;
const baseline = {
  when: 'baseline',
  on: '2025-03-03',
  people: 24,
  values: { empowerment: 52, functioning: 61 },
};
const year = { ...baseline, when: 'twelve_months', on: '2026-05-12', people: 19 };
const missing = (code: string, about?: string) => ({
  rule: 'R8.4',
  missing: [expect.objectContaining(about === undefined ? { code } : { code, about })],
});

function withHolder(on: string): World {
  const world = adoptedRole();
  moveTo(world, '2025-05-09');
  tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
  moveTo(world, on);
  return world;
}

describe('measures of a role', () => {
  it('R8.4 are recorded as sums, before there is a first hire and a year after', () => {
    const before = adoptedRole();
    moveTo(before, '2025-03-03');
    must(before, dana, 'record_measures', baseline);
    expect(before.rows.at(-1)?.body).toEqual(baseline);
    const after = withHolder('2026-05-12');
    must(after, program, 'record_measures', year);
  });

  it('R8.4 stand for five people at the least', () => {
    const world = withHolder('2025-06-02');
    const few = (count: number) => ask(world, dana, 'record_measures', { ...baseline, people: count });
    expect(few(4)).toMatchObject(missing('five_people_at_least'));
    expect(few(5)).toMatchObject({ kinds: ['measures_recorded'] });
  });

  it('R8.4 are of a time near the start or near the end of the year, and not of a day to come', () => {
    const world = withHolder('2025-09-01');
    const of = (word: object, on: string) => ask(world, dana, 'record_measures', { ...word, on });
    expect(of(baseline, '2025-08-12')).toMatchObject(missing('baseline_until', '2025-08-11'));
    expect(of(baseline, '2025-08-11')).toMatchObject({ kinds: ['measures_recorded'] });
    expect(of(baseline, '2025-09-02')).toMatchObject(missing('day_not_in_future'));
    expect(of(year, '2025-09-01')).toMatchObject(missing('not_before', '2026-02-10'));
    const nobody = adoptedRole();
    moveTo(nobody, '2026-05-12');
    expect(ask(nobody, dana, 'record_measures', year)).toMatchObject(missing('first_hire'));
  });

  it('R8.4 take a measure of the list at the least, and no field for a person or a text', () => {
    const world = withHolder('2025-06-02');
    expect(ask(world, dana, 'record_measures', { ...baseline, values: {} })).toMatchObject(
      missing('a_measure'),
    );
    expect(Object.keys(roleCommands.record_measures.shape)).toEqual(['when', 'on', 'people', 'values']);
    const { values } = roleCommands.record_measures.shape;
    expect(values.safeParse({ recovery: 50 }).success).toBe(false);
    expect(values.safeParse({ empowerment: 101 }).success).toBe(false);
    expect(ask(world, facilitator, 'record_measures', baseline)).toMatchObject({ code: 'not_permitted' });
  });

  it('are owed by nobody: they are optional', () => {
    const world = withHolder('2026-06-01');
    expect(world.prompts.filter((one) => /MEASURE|R8\.4/.test(one.code))).toEqual([]);
  });

  it('R8.4 are shown where the numbers of a few employees are withheld', () => {
    const served = { baseline: { people: 24, values: baseline.values }, twelve_months: null };
    const counts = roleMeasures([], 0, served);
    const few = { sites: ['a'], years: [2025, 2025] as const, lives: [], people: 3 };
    const [start, end] = shownTo(counts, few, true).lines;
    expect(start?.cells).toMatchObject({
      ...{ empowerment: { value: 52 }, functioning: { value: 61 }, people_served: { value: 24 } },
      ...{ social_support: { value: null }, people: { withheld: 'small' } },
    });
    expect(end?.cells['empowerment']).toMatchObject({ value: null });
  });
});

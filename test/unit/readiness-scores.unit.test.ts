import { describe, expect, it } from 'vitest';
import { hidden, scoredItems, veiled } from '../../src/domain/readiness/scores.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo, termsForTests } from './house.ts';
import {
  adviser,
  ask,
  begun,
  director,
  hr,
  id,
  luis,
  must,
  owes,
  sheet,
  stateOf,
} from './readiness-house.ts';

/** Sheets are given independently first, then revealed and talked over. */

const look = (world: World, reader: string | null) => ({ reader, now: world.now, terms: termsForTests() });
const rowOf = (world: World, who: string) => {
  const row = world.rows.find((one) => one.kind === 'items_scored' && one.stamp.actor === who)!;
  return { kind: row.kind, actor: who, body: row.body };
};
const sees = (world: World, reader: string | null, of: string): boolean =>
  !hidden(stateOf(world), rowOf(world, of), look(world, reader));
const sheets = (world: World, reader: string | null) =>
  Object.keys(veiled(stateOf(world), look(world, reader)).sheets);

describe('the self-check', () => {
  it('D0.3 shows nobody another’s scores while sheets are out, whatever capacity they hold', () => {
    const world = begun();
    must(world, hr, 'score_items', { scores: sheet('1') });
    must(world, luis, 'score_items', { scores: sheet('3') });
    for (const reader of [adviser, director, luis, null]) {
      expect(sees(world, reader, hr)).toBe(false);
      expect(sheets(world, reader)).not.toContain(hr);
      expect(scoredItems(stateOf(world), look(world, reader))).toBeNull();
    }
    expect(sees(world, hr, hr)).toBe(true);
    expect(sheets(world, hr)).toEqual([hr]);
  });

  it('D0.3 reveals all once all are in, and shows where two scores differ by two for the talk', () => {
    const world = begun();
    must(world, hr, 'score_items', { scores: ['1', '2', 'n', ...sheet('2').slice(3)] });
    must(world, luis, 'score_items', { scores: ['3', '3', '3', ...sheet('2').slice(3)] });
    must(world, adviser, 'score_items', { scores: sheet('2') });
    for (const reader of [hr, adviser, director, null]) expect(sees(world, reader, luis)).toBe(true);
    const items = scoredItems(stateOf(world), look(world, director))!;
    expect(items).toHaveLength(25);
    expect(items.filter((one) => one.talk).map((one) => one.item)).toEqual([1]);
    expect(items[0]?.scores).toEqual({ [hr]: '1', [luis]: '3', [adviser]: '2' });
  });

  it('D0.3 reveals at the end of the window, and still not to a scorer whose own sheet is out', () => {
    const world = begun();
    must(world, hr, 'score_items', { scores: sheet('1') });
    moveTo(world, '2025-01-13', '16:59');
    expect(sees(world, director, hr)).toBe(false);
    moveTo(world, '2025-01-13', '17:01');
    expect(sees(world, director, hr)).toBe(true);
    expect(sees(world, adviser, hr)).toBe(false);
    must(world, adviser, 'score_items', { scores: sheet('2') });
    expect(sees(world, adviser, hr)).toBe(true);
  });

  it('D0.3 asks no sheet of whoever leaves the team, keeps one that is in, and wants somebody to score', () => {
    const world = begun();
    must(world, hr, 'score_items', { scores: sheet('1') });
    must(world, hr, 'change_team', { join: [], leave: [luis, hr] });
    expect(owes(world, 'P0.1').map(([owner]) => owner)).toEqual([adviser]);
    expect(Object.keys(stateOf(world).sheets)).toEqual([hr]);
    const alone = begun(['mission'], [luis]);
    expect(ask(alone, hr, 'change_team', { join: [], leave: [luis] })).toMatchObject({
      rule: 'D0.3',
      missing: [{ code: 'nobody_left_to_score' }],
    });
    expect(alone.obligations(id).length).toBeGreaterThan(0);
  });
});

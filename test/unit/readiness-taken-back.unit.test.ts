import { describe, expect, it } from 'vitest';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo } from './house.ts';
import {
  adviser,
  ask,
  begun,
  compliance,
  director,
  executive,
  hr,
  id,
  must,
  prepared,
} from './readiness-house.ts';

/** What was decided in stage 0 and taken back is another thing owed: whoever took it back is asked anew. */

const ids = (world: World, code: string): readonly string[] =>
  world
    .obligations(id)
    .filter((one) => one.code === code)
    .map((one) => one.id);
const asked = (world: World, code: string, to: string): number =>
  world.prompts.filter((one) => one.code === code && one.to.startsWith(to)).length;

describe('a decision of the foundation that is taken back', () => {
  it('D0.8 keeps its name until it is answered, and gets another when `adopted` becomes `revise`', () => {
    const world = begun();
    expect(ids(world, 'D0.8')).toEqual(['D0.8:adviser:0', 'D0.8:director:0']);
    must(world, director, 'answer_goals', { answer: 'revise' });
    expect(ids(world, 'D0.8')).toEqual(['D0.8:adviser:0', 'D0.8:director:0']);
    for (const n of [1, 2]) {
      must(world, director, 'answer_goals', { answer: 'adopted' });
      expect(ids(world, 'D0.8')).toEqual(['D0.8:adviser:0']);
      must(world, director, 'answer_goals', { answer: 'revise' });
      expect(ids(world, 'D0.8')).toEqual(['D0.8:adviser:0', `D0.8:director:${n}`]);
    }
  });

  it('D0.8 is asked of them again, also where its day has passed', () => {
    const world = begun();
    moveTo(world, '2025-03-31');
    must(world, director, 'answer_goals', { answer: 'adopted' });
    const before = asked(world, 'D0.8', 'director@');
    must(world, director, 'answer_goals', { answer: 'revise' });
    const again = world.obligations(id).find((one) => one.id === 'D0.8:director:1');
    expect(again).toMatchObject({ since: world.now });
    // As it was at first: listed at once, and asked by mail on the morning of its day.
    moveTo(world, '2025-05-30');
    expect(asked(world, 'D0.8', 'director@')).toBeGreaterThan(before);
    const decisions = world.rows.map((row) => `${row.stamp.decisionId}#${row.index}`);
    expect(new Set(decisions).size).toBe(decisions.length);
  });

  it('D0.2 and D0.7 are owed anew as well', () => {
    const world = begun();
    for (const person of [director, null]) must(world, executive, 'name_champion', { person });
    must(world, director, 'propose_timeline', { weeks: {} });
    for (const who of [director, hr]) must(world, who, 'answer_timeline', { answer: 'accepted' });
    must(world, hr, 'answer_timeline', { answer: 'revised' });
    expect([ids(world, 'D0.2'), ids(world, 'D0.7')]).toEqual([['D0.2:executive:1'], ['D0.7:director:1']]);
  });

  it('D0.5 asks HR anew after the same policy was judged again', () => {
    const world = begun();
    const verdicts = [{ policy: reviewedPolicies[0], verdict: 'fits', scope: 'all_staff' }];
    for (const name of ['D0.5:hr:1', 'D0.5:hr:1:1', 'D0.5:hr:1:2']) {
      must(world, hr, 'propose_verdicts', { verdicts });
      must(world, compliance, 'confirm_verdicts', { policies: [reviewedPolicies[0]] });
      expect(ids(world, 'D0.5')).toEqual([name]);
    }
  });

  it('G0 is owed anew when something of it was taken back and done again', () => {
    const world = prepared();
    expect(ids(world, 'G0')).toEqual(['G0:director:0']);
    must(world, adviser, 'answer_goals', { answer: 'revise' });
    expect(ids(world, 'G0')).toEqual([]);
    must(world, adviser, 'answer_goals', { answer: 'adopted' });
    expect(ids(world, 'G0')).toEqual(['G0:director:1']);
    expect(ask(world, director, 'accept_readiness', {})).toMatchObject({ kinds: ['readiness_accepted'] });
  });
});

import { describe, expect, it } from 'vitest';
import { readinessCommands } from '../../src/contracts/readiness.ts';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import { caseOf } from '../unit/house.ts';
import { adviser, begun, compliance, director, executive, hr } from '../unit/readiness-house.ts';
import { id, luis, ready, sheet } from '../unit/readiness-house.ts';
import { startOf, timeout, walks } from './hiring-walk.ts';
import type { Likely, Ways } from './hiring-walk.ts';

const people = [director, executive, hr, compliance, adviser, luis];
const fits = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));

function likely(_state: never, today: string): readonly Likely[] {
  return [
    ...[hr, adviser, luis].map((who) => [who, 'score_items', { scores: sheet('2') }] as const),
    [executive, 'name_champion', { person: director }],
    [hr, 'propose_verdicts', { verdicts: fits }],
    [compliance, 'confirm_verdicts', { policies: reviewedPolicies }],
    [adviser, 'advise', { position: 'agree' }],
    [director, 'give_verdict', { verdict: 'ready', actions: [] }],
    [director, 'propose_timeline', { weeks: {} }],
    ...[director, hr].map((who) => [who, 'answer_timeline', { answer: 'accepted' }] as const),
    ...[director, adviser].map((who) => [who, 'answer_goals', { answer: 'adopted' }] as const),
    ...[0, 1, 2].map(() => [director, 'accept_readiness'] as const),
    [hr, 'record_orientation', { held: today, attended: [hr, luis] }],
    [director, 'recheck', { verdict: 'ready' }],
  ];
}

const ways: Ways = {
  ...{ schemas: readinessCommands, actors: people, likely },
  pools: { people, cases: [caseOf('candidacy', 'one')], words: ['train', 'rewrite'] },
  notices: [
    (n, today) => [
      caseOf('candidacy', `c${n % 3}`),
      {
        kind: 'day_one_set',
        body: { candidacy: caseOf('candidacy', `c${n % 3}`), dayOne: n % 4 === 0 ? null : today },
      },
    ],
  ],
};

describe('stage 0, any sequence of commands', () => {
  it(
    'G0 is never passed over, and somebody always owes something by a date',
    () => {
      const starts = [begun(), ready()].map((world) => startOf(world, id));
      const { stages, accepted } = walks(
        starts,
        ways,
        { gates: { readiness_accepted: ['G0'] }, stages: { ready: ['readiness_accepted'] } },
        60,
      );
      expect(accepted).toBeGreaterThan(100);
      expect([...stages.keys()]).toEqual(expect.arrayContaining(['ready', 'readiness']));
    },
    timeout,
  );
});

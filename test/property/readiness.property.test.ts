import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readinessCommands } from '../../src/contracts/readiness.ts';
import { hidden } from '../../src/domain/readiness/scores.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { policyVerdicts, reviewedPolicies, verdicts } from '../../src/domain/readiness/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { termsForTests } from '../unit/house.ts';
import {
  adviser,
  ask,
  begun,
  compliance,
  dayOne,
  director,
  executive,
  hr,
  id,
  luis,
  must,
  ready,
  sheet,
  stateOf,
} from '../unit/readiness-house.ts';

const DAY = 86_400_000;
const terms = termsForTests();
const someone = fc.constantFrom(director, executive, hr, compliance, adviser, luis);
const some = fc.constantFrom(...reviewedPolicies);
const entry = fc.record({
  policy: some,
  verdict: fc.constantFrom(...policyVerdicts),
  scope: fc.constantFrom('all_staff', 'peer_roles_only'),
  owner: someone,
  due: fc.constantFrom('2025-02-14', '2025-03-31', '2025-09-30'),
});
const action = fc.record({ action: fc.constantFrom('train', 'rewrite'), owner: someone });
const actions = fc.uniqueArray(
  action.map((one) => ({ ...one, due: '2025-03-03' })),
  { maxLength: 2, selector: (one) => one.action },
);

/** Everything somebody may ask of a readiness, with the outcomes that open a way before those that shut it. */
const commands = fc.oneof(
  fc.constantFrom('1', '2', '3', 'n').map((score) => ['score_items', { scores: sheet(score) }] as const),
  fc
    .array(entry, { minLength: 1, maxLength: 4 })
    .map((list) => ['propose_verdicts', { verdicts: list }] as const),
  fc.constant([
    'propose_verdicts',
    { verdicts: reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' })) },
  ] as const),
  fc.constant(['confirm_verdicts', { policies: [...reviewedPolicies] }] as const),
  some.map((policy) => ['confirm_verdicts', { policies: [policy] }] as const),
  some.map((policy) => ['change_policy', { policy, scope: 'all_staff', asked: [adviser] }] as const),
  fc.constantFrom(null, director).map((person) => ['name_champion', { person }] as const),
  fc.constant(['advise', { position: 'agree' }] as const),
  fc
    .tuple(fc.constantFrom(...verdicts), actions)
    .map(([verdict, list]) => ['give_verdict', { verdict, actions: list }] as const),
  fc.constant(['close_action', { action: 'train' }] as const),
  fc.integer({ min: 1, max: 30 }).map((role) => ['propose_timeline', { weeks: { role } }] as const),
  fc
    .constantFrom('accepted', 'accepted', 'revised')
    .map((answer) => ['answer_timeline', { answer }] as const),
  fc.constantFrom('adopted', 'adopted', 'revise').map((answer) => ['answer_goals', { answer }] as const),
  fc.constant(['accept_readiness', {}] as const),
  fc.constant(['record_orientation', { held: '2025-01-31', attended: [hr] }] as const),
  fc.tuple(someone, someone).map(([one, two]) => ['change_team', { join: [one], leave: [two] }] as const),
  fc.constantFrom(...verdicts).map((verdict) => ['recheck', { verdict }] as const),
);
const move = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('ask' as const), someone, commands) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('days' as const), fc.integer({ min: 1, max: 40 })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant('day_one' as const), fc.constantFrom('2025-06-02', '2026-03-02', null)),
  },
);

/** No sheet is shown to a scorer before their own, and none to anybody while sheets are out and days are left. */
function sheetsClosed(world: World): void {
  const state = stateOf(world);
  const out = state.scorers.filter((one) => state.sheets[one] === undefined);
  for (const row of world.rows.filter((one) => one.kind === 'items_scored'))
    for (const reader of [director, executive, hr, compliance, adviser, luis, null]) {
      const actor = row.stamp.actor;
      const closed = hidden(
        state,
        { kind: row.kind, actor, body: row.body },
        { reader, now: world.now, terms },
      );
      const early = out.length > 0 && world.now < state.opened + 6 * DAY;
      const owes = reader !== null && out.includes(reader);
      if (reader === actor) expect(closed).toBe(false);
      else if (owes || early) expect(closed).toBe(true);
      else if (out.length === 0) expect(closed).toBe(false);
    }
}

/** What was done and taken back again is owed under a new name, so that whoever took it back is asked anew. */
function owesSomething(world: World, seen: Set<string>, open: Set<string>): Set<string> {
  const list = world.obligations(id);
  expect(list.length).toBeGreaterThan(0);
  for (const one of list) {
    expect(one.owner).not.toBe('');
    expect(Number.isSafeInteger(one.due)).toBe(true);
    if (!open.has(one.id)) expect(seen.has(one.id), one.id).toBe(false);
    seen.add(one.id);
  }
  return new Set(list.map((one) => one.id));
}

describe('any order of commands', () => {
  it('D0.3 never shows a sheet too early, and somebody always owes something under a name of its own', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(move, { minLength: 5, maxLength: 40 }), (accepted, moves) => {
        const world = accepted ? ready() : begun();
        const seen = new Set<string>();
        let open = owesSomething(world, seen, new Set());
        for (const one of moves) {
          if (one[0] === 'days') world.advanceTo(world.now + one[1] * DAY);
          else if (one[0] === 'day_one') dayOne(world, one[1]);
          else {
            const [type, payload] = one[2];
            const parsed = readinessCommands[type].parse(payload);
            world.decide({
              case: id,
              actor: one[1],
              type,
              payload: parsed,
              acknowledge: ['R0.3', 'R0.5', 'D0.7'],
            });
          }
          world.advanceTo(world.now + 60_000);
          open = owesSomething(world, seen, open);
          sheetsClosed(world);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

const fits = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));
const mustChange = { policy: 'leave', verdict: 'change_before_hire', owner: hr, due: '2025-01-31' };
/** What G0 needs, each done or left. */
const needs: Readonly<Record<string, (world: World) => void>> = {
  champion: (world) => must(world, executive, 'name_champion', { person: director }),
  verdict: (world) => {
    must(world, adviser, 'advise', { position: 'agree' });
    must(world, director, 'give_verdict', { verdict: 'ready', actions: [] });
  },
  policies: (world) => {
    must(world, hr, 'propose_verdicts', { verdicts: fits });
    must(world, compliance, 'confirm_verdicts', { policies: reviewedPolicies });
  },
  timeline: (world) => {
    must(world, director, 'propose_timeline', { weeks: {} });
    for (const who of [director, hr]) must(world, who, 'answer_timeline', { answer: 'accepted' });
  },
  director: (world) => must(world, director, 'answer_goals', { answer: 'adopted' }),
  adviser: (world) => must(world, adviser, 'answer_goals', { answer: 'adopted' }),
};
/** What takes something back after it was there. */
const undoing: Readonly<Record<string, (world: World) => void>> = {
  champion: (world) => must(world, executive, 'name_champion', { person: null }),
  policies: (world) => {
    must(world, hr, 'propose_verdicts', { verdicts: [{ ...mustChange, scope: 'all_staff' }] });
    must(world, compliance, 'confirm_verdicts', { policies: ['leave'] });
  },
  timeline: (world) => must(world, hr, 'answer_timeline', { answer: 'rejected' }),
  director: (world) => must(world, director, 'answer_goals', { answer: 'revise' }),
};

describe('the gate of stage 0', () => {
  it('G0 opens exactly when nothing of it is left and nothing was taken back, in any order (R0.1, R0.2)', () => {
    const done = fc.shuffledSubarray(Object.keys(needs), { minLength: 4 });
    fc.assert(
      fc.property(done, fc.subarray(Object.keys(undoing), { maxLength: 1 }), (steps, back) => {
        const world = begun();
        for (const who of [hr, adviser, luis]) must(world, who, 'score_items', { scores: sheet('2') });
        for (const step of steps) needs[step]!(world);
        const undone = back.filter((one) => steps.includes(one));
        for (const one of undone) undoing[one]!(world);
        const answer = ask(world, director, 'accept_readiness', {});
        const whole = steps.length === Object.keys(needs).length && undone.length === 0;
        expect(isRefusal(answer)).toBe(!whole);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});

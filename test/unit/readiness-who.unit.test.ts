import { describe, expect, it } from 'vitest';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import { timelineAccepted } from '../../src/domain/readiness/state.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { person } from './house.ts';
import {
  adviser,
  ask,
  begun,
  compliance,
  director,
  executive,
  hr,
  must,
  stateOf,
} from './readiness-house.ts';

/** Who may say what of the foundation, and what happens when somebody leaves. */

const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const fits = (policies = reviewedPolicies) =>
  policies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));

describe('the leads of a timeline', () => {
  it('D0.7 a lead who left is replaced, and the next one answers for themself', () => {
    const world = begun();
    const next = person('next-hr');
    world.assign(next, 'hr');
    must(world, director, 'propose_timeline', { weeks: {} });
    must(world, director, 'answer_timeline', { answer: 'accepted' });
    expect(ask(world, next, 'answer_timeline', { answer: 'accepted' })).toMatchObject(missing('not_a_lead'));
    must(world, director, 'change_leads', { join: [next], leave: [hr] });
    expect(timelineAccepted(stateOf(world))).toBe(false);
    must(world, next, 'answer_timeline', { answer: 'accepted' });
    expect(timelineAccepted(stateOf(world))).toBe(true);
  });

  it('D0.7 somebody always leads, nobody joins twice, and no stranger leaves', () => {
    const world = begun();
    const change = (join: string[], leave: string[]) =>
      ask(world, executive, 'change_leads', { join, leave });
    expect(change([], [director, hr])).toMatchObject(missing('nobody_left_to_lead'));
    expect(change([hr], [])).toMatchObject(missing('already_a_lead'));
    expect(change([], [adviser])).toMatchObject(missing('not_a_lead'));
    expect(change([], [])).toMatchObject(missing('nobody_named'));
    expect(isRefusal(change([executive], [director, hr]))).toBe(false);
  });
});

describe('the policy register', () => {
  it('D0.5 two people of HR are not HR and compliance', () => {
    const world = begun();
    const other = person('other-hr');
    world.assign(other, 'hr');
    must(world, hr, 'propose_verdicts', { verdicts: fits() });
    expect(ask(world, other, 'confirm_verdicts', { policies: reviewedPolicies })).toMatchObject(
      missing('needs_capacity'),
    );
    expect(isRefusal(ask(world, compliance, 'confirm_verdicts', { policies: reviewedPolicies }))).toBe(false);
  });

  it('D0.5 what compliance proposed HR confirms', () => {
    const world = begun();
    must(world, compliance, 'propose_verdicts', { verdicts: fits() });
    expect(isRefusal(ask(world, hr, 'confirm_verdicts', { policies: reviewedPolicies }))).toBe(false);
  });

  it('D0.5 R0.1 only its owner says that a policy was changed', () => {
    const world = begun();
    const policy = 'self_disclosure';
    const change = {
      policy,
      verdict: 'change_before_hire',
      scope: 'all_staff',
      owner: hr,
      due: '2025-01-31',
    };
    must(world, hr, 'propose_verdicts', { verdicts: [change] });
    must(world, compliance, 'confirm_verdicts', { policies: [policy] });
    const other = person('other-hr');
    world.assign(other, 'hr');
    const done = { policy, scope: 'all_staff', asked: [adviser] };
    expect(ask(world, other, 'change_policy', done)).toMatchObject(missing('owner_says_so'));
    expect(isRefusal(ask(world, hr, 'change_policy', done))).toBe(false);
  });
});

describe('what was done is recorded once it was done', () => {
  it('P0.3 an orientation of a day to come was not held', () => {
    const world = begun();
    const held = (on: string) => ask(world, hr, 'record_orientation', { held: on, attended: [hr] });
    expect(held('2030-01-01')).toMatchObject(missing('not_held_yet'));
    expect(isRefusal(held('2025-01-06'))).toBe(false);
  });

  it('D0.4 an action is closed by its owner or by the director', () => {
    const world = begun();
    for (const who of [hr, adviser]) must(world, who, 'score_items', { scores: Array(25).fill('2') });
    must(world, person('luis'), 'score_items', { scores: Array(25).fill('2') });
    must(world, adviser, 'advise', { position: 'agree' });
    const actions = [
      { action: 'desk', owner: compliance, due: '2025-02-03' },
      { action: 'badge', owner: compliance, due: '2025-02-03' },
    ];
    must(world, director, 'give_verdict', { verdict: 'ready_with_actions', actions });
    expect(ask(world, hr, 'close_action', { action: 'desk' })).toMatchObject(missing('owner_says_so'));
    expect(isRefusal(ask(world, compliance, 'close_action', { action: 'desk' }))).toBe(false);
    expect(isRefusal(ask(world, director, 'close_action', { action: 'badge' }))).toBe(false);
  });
});

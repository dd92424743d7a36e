import { describe, expect, it } from 'vitest';
import { readinessCommands } from '../../src/contracts/readiness.ts';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { caseOf, person, site, worldAt } from './house.ts';

/** Rules of readiness by their codes: where each bites, and where it does not. */

const [director, executive, hr, compliance, adviser] = [
  'director',
  'executive',
  'hr',
  'compliance',
  'adviser',
].map(person) as [string, string, string, string, string];
const id = caseOf('readiness', 'northside');
const scores = Array.from({ length: 25 }, () => '2');
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });

type Rest = readonly [
  actor: string,
  type: keyof typeof readinessCommands,
  payload: object,
  acknowledge?: readonly string[],
];

function ask(world: World, ...[actor, type, payload, acknowledge = []]: Rest) {
  return world.decide({
    case: id,
    actor,
    type,
    payload: readinessCommands[type].parse(payload),
    acknowledge,
  });
}

/** Like `ask`, for what leads up to what a test is about. */
function must(world: World, ...rest: Rest): void {
  const answer = ask(world, ...rest);
  if (isRefusal(answer)) throw new Error(`${rest[1]}: ${answer.code} ${answer.rule ?? ''}`);
}

function begun(): World {
  const world = worldAt('2025-01-06');
  const held = [
    [director, 'director'],
    [executive, 'executive'],
    [hr, 'hr'],
    [compliance, 'compliance'],
    [adviser, 'adviser'],
  ] as const;
  for (const [who, capacity] of held) world.assign(who, capacity);
  must(world, director, 'open', {
    site,
    reasons: ['mission'],
    funding: 'mixed',
    scorers: [hr, adviser],
    leads: [director, hr],
    roleHoldersOnSite: 0,
  });
  return world;
}

const owed = (world: World) => world.obligations(id).map((one) => one.code);
const gate = (world: World): readonly { code: string; about?: string }[] =>
  (
    ask(world, director, 'accept_readiness', {}) as {
      missing: readonly { code: string; about?: string }[];
    }
  ).missing;

/** The policies judged; the first has to change before somebody is hired. */
function judged(): World {
  const world = begun();
  const verdicts = reviewedPolicies.map((policy, n) =>
    n === 0
      ? { policy, verdict: 'change_before_hire', scope: 'all_staff', owner: hr, due: '2025-01-31' }
      : { policy, verdict: 'fits', scope: 'all_staff' },
  );
  must(world, hr, 'propose_verdicts', { verdicts });
  must(world, compliance, 'confirm_verdicts', { policies: reviewedPolicies });
  return world;
}

describe('readiness', () => {
  it('D0.2 keeps G0 shut while nobody champions the change, and none is nobody', () => {
    const world = begun();
    must(world, executive, 'name_champion', { person: null });
    expect(gate(world)).toContainEqual({ code: 'D0.2' });
    expect(owed(world)).toContain('D0.2');
  });

  it('D0.2 is settled by the executive’s naming of a person', () => {
    const world = begun();
    expect(ask(world, director, 'name_champion', { person: director })).toMatchObject({
      code: 'not_permitted',
    });
    must(world, executive, 'name_champion', { person: director });
    expect(gate(world)).not.toContainEqual({ code: 'D0.2' });
    expect(owed(world)).not.toContain('D0.2');
  });

  it('D0.3 refuses a second sheet, and one from outside the scorers', () => {
    const world = begun();
    must(world, hr, 'score_items', { scores });
    expect(ask(world, hr, 'score_items', { scores })).toMatchObject(missing('sheet_already_in'));
    expect(ask(world, compliance, 'score_items', { scores })).toMatchObject(missing('not_a_scorer'));
  });

  it('D0.3 takes each scorer’s whole sheet, and no part of one', () => {
    const world = begun();
    expect(() => ask(world, hr, 'score_items', { scores: scores.slice(1) })).toThrow();
    for (const who of [hr, adviser])
      expect(ask(world, who, 'score_items', { scores })).toHaveProperty('kinds');
    expect(owed(world)).not.toContain('P0.1');
  });

  it('D0.5 wants owner and day for a change, and a second person for the verdicts', () => {
    const world = begun();
    const verdicts = [{ policy: 'self_disclosure', verdict: 'change_before_hire', scope: 'all_staff' }];
    expect(ask(world, hr, 'propose_verdicts', { verdicts })).toMatchObject(missing('owner_and_due_needed'));
    must(world, hr, 'propose_verdicts', { verdicts: [{ ...verdicts[0], verdict: 'fits' }] });
    const policies = ['self_disclosure'];
    expect(ask(world, hr, 'confirm_verdicts', { policies })).toMatchObject(missing('second_person_needed'));
    expect(ask(world, compliance, 'confirm_verdicts', { policies: ['leave'] })).toMatchObject(
      missing('not_proposed'),
    );
  });

  it('D0.5 is done when every policy was judged by two and none waits for its change', () => {
    const world = judged();
    expect(gate(world)).toContainEqual({ code: 'R0.1', about: 'self_disclosure' });
    must(world, hr, 'change_policy', { policy: 'self_disclosure', scope: 'all_staff', asked: [adviser] });
    expect(gate(world)).toContainEqual({ code: 'R0.1', about: 'self_disclosure' });
    must(world, compliance, 'confirm_verdicts', { policies: ['self_disclosure'] });
    expect(gate(world).filter((one) => one.code === 'D0.5' || one.code === 'R0.1')).toEqual([]);
  });

  it('D0.7 keeps G0 shut until every lead has accepted the timeline', () => {
    const world = begun();
    expect(ask(world, director, 'answer_timeline', { answer: 'accepted' })).toMatchObject(
      missing('no_timeline_proposed'),
    );
    must(world, director, 'propose_timeline', { weeks: { foundation: 3 } });
    must(world, director, 'answer_timeline', { answer: 'accepted' });
    expect(gate(world)).toContainEqual({ code: 'D0.7' });
    must(world, hr, 'answer_timeline', { answer: 'rejected' });
    expect(gate(world)).toContainEqual({ code: 'D0.7' });
  });

  it('D0.7 asks no more once all leads have accepted', () => {
    const world = begun();
    must(world, director, 'propose_timeline', { weeks: { foundation: 3 } });
    for (const who of [director, hr]) must(world, who, 'answer_timeline', { answer: 'accepted' });
    expect(gate(world)).not.toContainEqual({ code: 'D0.7' });
    expect(owed(world)).not.toContain('D0.7');
  });

  it('R0.3 warns of a policy that is made for peer roles only', () => {
    const world = begun();
    const verdicts = [{ policy: 'leave', verdict: 'fits', scope: 'peer_roles_only' }];
    expect(ask(world, hr, 'propose_verdicts', { verdicts })).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'R0.3', about: 'leave' }],
    });
    expect(ask(world, hr, 'propose_verdicts', { verdicts }, ['R0.3'])).toHaveProperty('kinds', [
      'verdicts_proposed',
      'warning_acknowledged',
    ]);
  });

  it('R0.3 has nothing to say of a policy for all staff', () => {
    const verdicts = [{ policy: 'leave', verdict: 'fits', scope: 'all_staff' }];
    expect(ask(begun(), hr, 'propose_verdicts', { verdicts })).toHaveProperty('kinds', ['verdicts_proposed']);
  });

  it('R0.5 warns of a policy changed without asking anybody in a peer role, nor the adviser', () => {
    const world = judged();
    const change = { policy: 'self_disclosure', scope: 'all_staff', asked: [] };
    expect(ask(world, hr, 'change_policy', change)).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'R0.5', about: 'self_disclosure' }],
    });
    expect(ask(world, hr, 'change_policy', change, ['R0.5'])).toHaveProperty('kinds', [
      'policy_changed',
      'warning_acknowledged',
    ]);
  });

  it('R0.5 has nothing to say when the adviser was asked', () => {
    const change = { policy: 'self_disclosure', scope: 'all_staff', asked: [adviser] };
    expect(ask(judged(), hr, 'change_policy', change)).toHaveProperty('kinds', ['policy_changed']);
  });
});

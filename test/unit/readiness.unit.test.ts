import { describe, expect, it } from 'vitest';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import { caseOf, moveTo, person, site, worldAt } from './house.ts';

const director = person('director');
const hr = person('hr');
const compliance = person('compliance');
const adviser = person('adviser');
const id = caseOf('readiness', 'northside');

function opened() {
  const world = worldAt('2025-01-06');
  world.assign(director, 'director');
  world.assign(person('executive'), 'executive');
  world.assign(hr, 'hr');
  world.assign(compliance, 'compliance');
  world.assign(adviser, 'adviser');
  const payload = {
    site,
    reasons: ['mission'],
    funding: 'mixed',
    scorers: [hr, adviser],
    leads: [director, hr],
    roleHoldersOnSite: 0,
  };
  world.must({ case: id, actor: director, type: 'open', payload });
  return world;
}

describe('readiness', () => {
  it('refuses D0.1 by anybody but the director', () => {
    const world = worldAt('2025-01-06');
    const answer = world.decide({ case: id, actor: hr, type: 'open', payload: { site } });
    expect(answer).toMatchObject({ refused: true, code: 'not_permitted', rule: 'D0.1' });
    expect(world.rows).toHaveLength(0);
  });

  it('asks each scorer at once and reminds on the third business day (P0.1)', () => {
    const world = opened();
    moveTo(world, '2025-01-09', '09:30');
    const sent = world.prompts.filter((one) => one.code === 'P0.1');
    expect(sent.map((one) => one.rung)).toEqual(['s0', 's0', 's1', 's1']);
  });

  it('does not accept a verdict of readiness without the adviser (R0.2), nor G0 with an open policy (R0.1)', () => {
    const world = opened();
    const scores = Array.from({ length: 25 }, () => '2');
    for (const actor of [hr, adviser])
      world.must({ case: id, actor, type: 'score_items', payload: { scores } });
    const verdict = {
      case: id,
      actor: director,
      type: 'give_verdict',
      payload: { verdict: 'ready', actions: [] },
    };
    expect(world.decide(verdict)).toMatchObject({ code: 'rule_blocks', rule: 'R0.2' });
    const verdicts = reviewedPolicies.map((policy, n) => ({
      policy,
      verdict: n === 0 ? 'change_before_hire' : 'fits',
      scope: 'all_staff',
      ...(n === 0 ? { owner: hr, due: '2025-01-31' } : {}),
    }));
    world.must({ case: id, actor: hr, type: 'propose_verdicts', payload: { verdicts } });
    expect(
      world.decide({
        case: id,
        actor: hr,
        type: 'confirm_verdicts',
        payload: { policies: reviewedPolicies },
      }),
    ).toMatchObject({ rule: 'D0.5' });
    world.must({
      case: id,
      actor: compliance,
      type: 'confirm_verdicts',
      payload: { policies: reviewedPolicies },
    });
    const accept = world.decide({ case: id, actor: director, type: 'accept_readiness', payload: {} });
    expect(accept).toMatchObject({ code: 'gate_not_passed', rule: 'G0' });
    expect(accept).toHaveProperty(
      'missing',
      expect.arrayContaining([{ code: 'R0.1', about: 'self_disclosure' }, { code: 'D0.2' }]),
    );
  });
});

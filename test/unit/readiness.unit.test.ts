import { describe, expect, it } from 'vitest';
import { readinessCommands } from '../../src/contracts/readiness.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import { caseOf, moveTo, person, site, termsForTests, worldAt } from './house.ts';

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

/** Stage 0 up to its acceptance on 31 Jan 2025, with the champion, verdict, policies, timeline and goals of all. */
function accepted() {
  const world = opened();
  const say = (actor: string, type: string, payload: object = {}) =>
    world.must({ case: id, actor, type, payload: readinessCommands[type as Type].parse(payload) });
  const scores = Array.from({ length: 25 }, () => '2');
  for (const actor of [hr, adviser]) say(actor, 'score_items', { scores });
  say(person('executive'), 'name_champion', { person: director });
  const verdicts = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));
  say(hr, 'propose_verdicts', { verdicts });
  say(compliance, 'confirm_verdicts', { policies: reviewedPolicies });
  say(adviser, 'advise', { position: 'agree' });
  say(director, 'give_verdict', { verdict: 'ready', actions: [] });
  say(director, 'take_stance', { stance: 'later', risks: [] });
  say(director, 'propose_timeline', { weeks: { foundation: 3 } });
  for (const actor of [director, hr]) say(actor, 'answer_timeline', { answer: 'accepted' });
  for (const actor of [director, adviser]) say(actor, 'answer_goals', { answer: 'adopted' });
  moveTo(world, '2025-01-31');
  say(director, 'accept_readiness');
  const owes = (code: string) =>
    world
      .obligations(id)
      .filter((one) => one.code === code)
      .map((one) => [one.owner, dateOf(termsForTests().calendar, one.due)]);
  return { world, say, owes };
}
type Type = keyof typeof readinessCommands;

describe('readiness after its acceptance', () => {
  it('asks HR and the whole team for the orientation, and again when the team changed (P0.3)', () => {
    const { world, say, owes } = accepted();
    const first = world.prompts.filter((one) => one.code === 'P0.3');
    expect(first.map((one) => one.to)).toEqual([`hr@${site}`, hr, adviser]);
    const newcomer = person('newcomer');
    moveTo(world, '2025-02-28');
    say(hr, 'record_orientation', { held: '2025-02-28', attended: [hr, adviser] });
    expect(owes('P0.3')).toEqual([]);
    moveTo(world, '2025-03-03');
    say(hr, 'change_team', { join: [newcomer], leave: [adviser] });
    expect(owes('P0.3')).toEqual([[`hr@${site}`, '2025-03-31']]);
    expect(
      world.prompts
        .filter((one) => one.code === 'P0.3')
        .slice(-3)
        .map((one) => one.to),
    ).toEqual([`hr@${site}`, hr, newcomer]);
    say(hr, 'record_orientation', { held: '2025-03-03', attended: [hr, newcomer] });
    expect(owes('P0.3')).toEqual([]);
    const unknown = { join: [], leave: [adviser] };
    expect(world.decide({ case: id, actor: hr, type: 'change_team', payload: unknown })).toMatchObject({
      missing: [{ code: 'not_in_team' }],
    });
  });

  it('needs a position newer than the last check, owed by the adviser when the re-check is due (P0.4, R0.2)', () => {
    const { world, say, owes } = accepted();
    const recheck = { case: id, actor: director, type: 'recheck', payload: { verdict: 'ready' } };
    expect(world.decide(recheck)).toMatchObject({ code: 'rule_blocks', rule: 'R0.2' });
    expect(owes('R0.2')).toEqual([[`adviser@${site}`, '2026-02-02']]);
    moveTo(world, '2026-02-02', '09:30');
    const asked = world.prompts.filter((one) => one.code === 'R0.2');
    expect(asked.at(-1)).toMatchObject({ rung: 'r0', to: `adviser@${site}` });
    expect(world.decide(recheck)).toMatchObject({ rule: 'R0.2' });
    say(adviser, 'advise', { position: 'agree_with_concern' });
    expect(owes('R0.2')).toEqual([]);
    const bare = { ...recheck, payload: { verdict: 'ready_with_actions' } };
    expect(world.decide(bare)).toMatchObject({ rule: 'D0.4' });
    world.must(recheck);
    // The position is used up; the next one is owed with the next re-check.
    expect(owes('R0.2')).toEqual([[`adviser@${site}`, '2027-02-02']]);
    expect(owes('P0.4')).toEqual([[`director@${site}`, '2027-02-02']]);
  });

  it('leaves the verdict and what is needed owed after a re-check with `not_ready` (D0.4)', () => {
    const { world, say, owes } = accepted();
    moveTo(world, '2026-02-02', '10:00');
    const action = { action: 'train_team', owner: hr, due: '2026-02-20' };
    say(director, 'recheck', { verdict: 'not_ready', actions: [action] });
    expect(owes('P0.2')).toEqual([[hr, '2026-02-20']]);
    expect(owes('D0.4')).toEqual([[`director@${site}`, '2026-03-03']]);
    expect(owes('R0.2')).toEqual([[`adviser@${site}`, '2026-03-03']]);
    const verdict = {
      case: id,
      actor: director,
      type: 'give_verdict',
      payload: { verdict: 'ready', actions: [] },
    };
    expect(world.decide(verdict)).toMatchObject({ rule: 'R0.2' });
    say(adviser, 'advise', { position: 'agree' });
    world.must(verdict);
    expect(owes('D0.4')).toEqual([]);
    expect(owes('P0.3')).toHaveLength(1);
  });

  it('finds at the re-check that the orientation is older than twelve months (P0.3)', () => {
    const { world, say, owes } = accepted();
    say(hr, 'record_orientation', { held: '2025-01-31', attended: [hr] });
    moveTo(world, '2026-02-02', '10:00');
    say(adviser, 'advise', { position: 'agree' });
    say(director, 'recheck', { verdict: 'ready' });
    expect(owes('P0.3')).toEqual([[`hr@${site}`, '2026-03-03']]);
  });

  it('keeps the stance with its risks (D0.6) and the shared goals of director and adviser apart (D0.8)', () => {
    const world = opened();
    const stance = { stance: 'later', risks: ['documentation_load'] };
    expect(world.decide({ case: id, actor: hr, type: 'take_stance', payload: stance })).toMatchObject({
      rule: 'D0.6',
    });
    world.must({ case: id, actor: director, type: 'take_stance', payload: stance });
    world.must({ case: id, actor: director, type: 'answer_goals', payload: { answer: 'adopted' } });
    const accept = world.decide({ case: id, actor: director, type: 'accept_readiness', payload: {} });
    expect(accept).toHaveProperty('missing', expect.arrayContaining([{ code: 'D0.8', about: 'adviser' }]));
    expect(accept).not.toHaveProperty(
      'missing',
      expect.arrayContaining([{ code: 'D0.8', about: 'director' }]),
    );
  });
});

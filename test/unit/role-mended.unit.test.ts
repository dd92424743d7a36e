import { describe, expect, it } from 'vitest';
import { agreementMatrix } from '../../src/domain/role/matrix.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo, worldAt } from './house.ts';
import {
  adoptedRole,
  ask,
  classify,
  describedRole,
  enter,
  goodDuties,
  must,
  openRole,
  people,
  proposal,
  role,
  sharesOf,
  staff,
  tell,
  text,
  everyone,
} from './role-house.ts';

/** Ways around the rules of the role that are closed. */

const { compensation, dana, facilitator, hrDirector, luis, marisol, priya, program, theo } = people;
const stateOf = (world: World): RoleState => world.state(role) as RoleState;
const fact = (world: World, kind: string) => world.cases.get(role)?.facts.find((one) => one.kind === kind);
const screenedLast = (world: World) =>
  world.rows.findLast((row) => row.case === role && row.kind === 'duties_entered')?.body;

describe('duties after a hire', () => {
  const hired = (): World => {
    const world = describedRole();
    const employment = `employment-${'1'.repeat(26)}`;
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    return world;
  };

  it('R2.6 other words for a duty are screened again, under the same name and share as well', () => {
    const world = hired();
    enter(world, goodDuties);
    expect(screenedLast(world)).toMatchObject({ screen: true });
    expect(fact(world, 'role_described')).toBeUndefined();
  });

  it('R2.6 R2.7 another role beside a shared duty is screened again; the same list without change is not', () => {
    const same = hired();
    must(same, dana, 'enter_duties', { duties: sharesOf(goodDuties) });
    expect(screenedLast(same)).toMatchObject({ screen: false });
    const world = hired();
    const duties = sharesOf(goodDuties).map((one) =>
      one.duty === 'phones' ? { ...one, alsoDoneBy: 'nobody_else' } : one,
    );
    must(world, dana, 'enter_duties', { duties });
    expect(screenedLast(world)).toMatchObject({ screen: true });
  });

  it('D2.1 a duty that is new has words', () => {
    const world = hired();
    const [first, ...rest] = sharesOf(goodDuties);
    const duties = [{ ...first!, duty: 'something_new' }, ...rest];
    expect(ask(world, dana, 'enter_duties', { duties })).toMatchObject({
      missing: [{ code: 'text_needed', about: 'something_new' }],
    });
  });
});

describe('the screen', () => {
  it('D2.2 a duty has a share', () => {
    const world = adoptedRole();
    const duties = [...goodDuties, { duty: 'pills', share: 0 }].map(({ duty, share, ...rest }) => ({
      ...{ duty, share, text: text(duty) },
      ...('alsoDoneBy' in rest && rest.alsoDoneBy !== undefined ? { alsoDoneBy: rest.alsoDoneBy } : {}),
    }));
    expect(ask(world, dana, 'enter_duties', { duties })).toMatchObject({
      missing: [{ code: 'share_needed', about: 'pills' }],
    });
  });

  it('D2.2 R2.1 a prohibited duty fails however small its share', () => {
    const world = adoptedRole();
    const duties = goodDuties
      .map((one) => (one.duty === 'groups' ? { ...one, share: one.share - 0.001 } : one))
      .concat([{ duty: 'pills', share: 0.001, class: 'prohibited', code: 'P_MED_ADMIN' }]);
    enter(world, duties);
    classify(world, 1, duties);
    const screen = world.rows.findLast((row) => row.kind === 'duties_screened')?.body;
    expect(screen).toMatchObject({ result: 'fail', findings: [{ code: 'P_MED_ADMIN', about: 'pills' }] });
  });
});

describe('what was approved', () => {
  it('G2 R2.4 D2.8 other pay is approved with the description again', () => {
    const world = describedRole();
    const more = { grade: 'G5', low: 2300, high: 2600, comparatorRole: 'case_manager_1', reason: 'market' };
    must(world, compensation, 'propose_pay', more);
    expect(fact(world, 'role_described')).toBeDefined();
    must(world, hrDirector, 'approve_pay', { outcome: 'approved' });
    expect(fact(world, 'role_described')).toBeUndefined();
    expect(world.obligations(role).map((one) => one.code)).toContain('D2.8');
  });
});

describe('the days of a second approval', () => {
  it('D2.8 begin with the new pay, not with the first description', () => {
    const world = describedRole();
    moveTo(world, '2025-06-02');
    const more = { grade: 'G5', low: 2300, high: 2600, comparatorRole: 'case_manager_1', reason: 'market' };
    must(world, compensation, 'propose_pay', more);
    must(world, hrDirector, 'approve_pay', { outcome: 'approved' });
    const approval = world.obligations(role).find((one) => one.code === 'D2.8');
    expect(approval?.since).toBe(world.now);
    expect(approval?.due).toBeGreaterThan(world.now);
  });
});

describe('rounds and objections', () => {
  const block = { reason: text('reason'), proposal: text('instead') };
  const say = (world: World, who: string, position: string, more: object = {}) =>
    must(world, who, 'give_positions', { positions: [{ element: 'E7', position, ...more }] });
  const discussed = (): World => {
    const world = worldAt('2025-01-28');
    staff(world);
    openRole(world);
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: ['E7'] });
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E7')] });
    const held = { meeting: 1, held: '2025-01-28', attended: everyone, elements: ['E7'] };
    must(world, facilitator, 'record_meeting', held);
    return world;
  };
  const decision = { element: 'E7', reason: 'no_agreement_in_reach' };

  it('D1.2 a round in which nobody was heard is none before the leader decides', () => {
    const world = discussed();
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
    say(world, luis, 'block', block);
    expect(ask(world, program, 'decide_by_leader', decision)).toMatchObject({
      missing: [{ code: 'two_rounds_first', about: 'E7' }],
    });
  });

  it('D1.2 a block of the leader does not end the waiting for the others', () => {
    const world = discussed();
    say(world, luis, 'agree');
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
    say(world, program, 'block', block);
    expect(ask(world, program, 'decide_by_leader', decision)).toMatchObject({
      missing: expect.arrayContaining([expect.objectContaining({ code: 'position_awaited', who: luis })]),
    });
  });

  it('D1.2 a block ends no round before the adviser and the team leader spoke, or were asked three times', () => {
    const world = discussed();
    say(world, luis, 'block', block);
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
    say(world, luis, 'block', block);
    const decide = () => ask(world, program, 'decide_by_leader', decision);
    const waits = (who: string) => ({ code: 'position_awaited', about: 'E7', who });
    const both = decide();
    expect(both).toMatchObject({ rule: 'D1.2', missing: [waits(marisol), waits(theo)] });
    expect(both).toHaveProperty('missing.length', 2);
    say(world, theo, 'stand_aside');
    expect(decide()).toMatchObject({ missing: [waits(marisol)] });
    moveTo(world, '2025-02-06');
    expect(decide()).toHaveProperty('kinds');
  });

  it('D1.1 an open block is not taken off the list with its author', () => {
    const world = discussed();
    say(world, luis, 'block', block);
    const leave = (reason: string) =>
      ask(world, facilitator, 'change_members', { join: [], leave: [{ person: luis, reason }] });
    expect(leave('own_wish')).toMatchObject({ missing: [{ code: 'block_open', who: luis }] });
    say(world, luis, 'stand_aside');
    expect(isRefusal(leave('own_wish'))).toBe(false);
  });

  it('D1.1 D1.2 an objection stays visible after the text was revised', () => {
    const world = discussed();
    say(world, luis, 'block', block);
    say(world, priya, 'agree');
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
    const row = agreementMatrix(stateOf(world)).rows.find((one) => one.element === 'E7');
    expect(row?.objections).toEqual([{ person: luis, round: 1 }]);
  });
});

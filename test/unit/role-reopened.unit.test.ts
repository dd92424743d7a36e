import { describe, expect, it } from 'vitest';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { World } from '../../src/sandbox/world.ts';
import { employment as decider } from '../../src/domain/employment/decider.ts';
import { Employed, id, onTheJob, people as house } from './employment-house.ts';
import { moveTo, site, termsForTests } from './house.ts';
import { adoptedRole, ask, everyone, must, people, role, sentOf, tell } from './role-house.ts';

/** D9.7 `reopen_after_review`: the team looks at the role before the seat of somebody who left is filled again. */

const { facilitator } = people;
const employment = `employment-${'1'.repeat(26)}`;
const nothing = { closed: [], change: [] };
const owed = (world: World, code: string) =>
  world
    .obligations(role)
    .filter((one) => one.code === code)
    .map((one) => dateOf(termsForTests().calendar, one.due));
const days = (world: World) => owed(world, 'P1.5');

/** Re-affirmed on 11 August 2025; the next yearly look is on 11 August 2026. */
function affirmed(): World {
  const world = adoptedRole();
  moveTo(world, '2025-05-09');
  tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
  moveTo(world, '2025-08-11');
  must(world, facilitator, 'reaffirm', nothing);
  return world;
}

describe('a first day that moves', () => {
  it('P1.5 D5.8 is counted from the day it moved to, for the first of them alone', () => {
    const world = adoptedRole();
    moveTo(world, '2025-05-09');
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    const second = `employment-${'2'.repeat(26)}`;
    tell(world, second, 'first_hire', { employment: second, dayOne: '2025-05-19' });
    expect(days(world)).toEqual(['2025-08-11']);
    tell(world, second, 'first_hire', { employment: second, dayOne: '2025-06-02', was: '2025-05-19' });
    expect(days(world)).toEqual(['2025-08-11']);
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-07-14', was: '2025-05-12' });
    expect(days(world)).toEqual(['2025-10-14']);
  });

  it('D5.8 is told to the role, and by no row from before it was', () => {
    const one = new Employed();
    one.must(house.hr, 'move_day_one', { dayOne: '2025-05-19' });
    const told = one.notices.filter(({ kind }) => kind === 'first_hire').map(({ body }) => body);
    expect(told.at(-1)).toMatchObject({ dayOne: '2025-05-19', was: '2025-05-12' });
    const row = one.rows.at(-1)!;
    const { was: _, ...body } = row.body as { was: string };
    const of = { case: id, site } as never;
    expect(decider.notices(one.holds!.own as never, { ...row, body } as never, of)).toEqual([]);
  });
});

describe('an opening after a review of the role', () => {
  const closing = (outcome: string) => {
    const one = onTheJob();
    one.must(house.employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: ['role_drift'] });
    one.moveTo('2025-06-02', '10:00');
    const acknowledge = outcome === 'reopen_same_version' ? { acknowledge: ['D9.7'] } : {};
    one.must(house.director, 'propose_opening', { outcome }, acknowledge);
    one.must(house.hr, 'confirm_opening');
    return one.notices.filter(({ kind }) => kind === 'role_review_asked');
  };

  it('D9.7 tells the role, and says no more than which employment it was', () => {
    const told = closing('reopen_after_review');
    expect(told).toHaveLength(1);
    expect(Object.keys(told[0]?.body ?? {})).toEqual(['employment']);
  });

  it.each(['reopen_same_version', 'close'])('D9.7 tells the role nothing with %s', (outcome) => {
    expect(closing(outcome)).toEqual([]);
  });

  it('D9.7 brings the next look at the role forward to ten business days, and the team hears of it', () => {
    const world = affirmed();
    moveTo(world, '2025-12-01');
    tell(world, employment, 'role_review_asked', { employment });
    expect(days(world)).toEqual(['2025-12-15']);
    expect(new Set(sentOf(world, 'P1.5', 'P1.5:2025-12-15'))).toEqual(new Set(['2025-12-01 10:00']));
    moveTo(world, '2025-12-15');
    const asked = world.prompts.filter((one) => one.obligation.startsWith('P1.5:2025-12-15'));
    expect(asked.map((one) => one.to)).toEqual([facilitator, ...everyone, facilitator, ...everyone]);
  });

  it('D9.7 is answered at once, if the team likes; then the year begins anew', () => {
    const world = affirmed();
    moveTo(world, '2025-12-01');
    expect(ask(world, facilitator, 'reaffirm', nothing)).toMatchObject({ missing: [{ code: 'not_before' }] });
    tell(world, employment, 'role_review_asked', { employment });
    must(world, facilitator, 'reaffirm', { closed: [], change: ['E3'] });
    expect(days(world)).toEqual(['2026-12-01']);
    expect(owed(world, 'D1.4')).toEqual(['2025-12-15']);
  });

  it('D9.7 says that it is asked for until the team has looked, for whoever posts meanwhile', () => {
    const world = affirmed();
    const said = () => world.cases.get(role)?.facts.find(({ kind }) => kind === 'role_review')?.value;
    moveTo(world, '2025-12-01');
    expect(said()).toBeUndefined();
    tell(world, employment, 'role_review_asked', { employment });
    expect(said()).toBe('asked');
    must(world, facilitator, 'reaffirm', { closed: [], change: [] });
    expect(said()).toBeUndefined();
  });

  it('D9.7 leaves a yearly look that comes sooner where it is', () => {
    const world = affirmed();
    moveTo(world, '2026-08-05');
    tell(world, employment, 'role_review_asked', { employment });
    expect(days(world)).toEqual(['2026-08-11']);
  });
});

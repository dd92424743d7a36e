import { describe, expect, it } from 'vitest';
import { holidayRulesSchema } from '../../src/contracts/calendar.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import { closing, dateOf, instantOf, opening, wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import {
  DEFAULT_LADDER,
  at,
  escalation,
  ladder,
  ladderNumbers,
  steps,
} from '../../src/domain/kernel/ladder.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import type { RungPlan } from '../../src/domain/kernel/ladder.ts';
import { capped, laddered, listed, owed } from '../../src/domain/kernel/rungs.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import { policySchema } from '../../src/contracts/policy.ts';
import defaults from '../../policies/default.json' with { type: 'json' };
import federal from '../../policies/holidays/us-federal.json' with { type: 'json' };
import { person, site, termsForTests } from './house.ts';

const cal = makeCalendar({
  id: 'northside',
  zone: 'America/New_York',
  opens: '09:00',
  closes: '17:00',
  workdays: [1, 2, 3, 4, 5],
  firstYear: 2025,
  holidays: holidayRulesSchema.parse(federal),
});
const when = (date: string, wall: string) => instantOf(cal, date, wall);
const lines = (rungs: readonly RungPlan[]) =>
  rungs.map(
    (rung) => `${rung.id} ${dateOf(cal, rung.at)} ${wallTimeOf(cal, rung.at)} ${rung.kind} ${rung.to}`,
  );

describe('the default ladder', () => {
  it('asks, reminds by digest at half time, on the due morning, then lets others know', () => {
    const terms = { since: when('2025-01-06', '10:00'), due: closing(cal, '2025-01-13') };
    expect(lines(ladder(cal, { ...terms, escalate: 'manager' }))).toEqual([
      'r0 2025-01-06 10:00 ask owner',
      'r1 2025-01-09 09:00 digest owner',
      'r2 2025-01-13 09:00 remind owner',
      'r3 2025-01-14 09:00 remind owner_and_standin',
      'r4 2025-01-16 09:00 escalate manager',
      'r5 2025-01-21 09:00 escalate hr',
    ]);
  });

  it('goes to HR on rung 4 where a manager must not hear of it', () => {
    const terms = {
      since: when('2025-01-06', '10:00'),
      due: closing(cal, '2025-01-13'),
      escalate: 'hr',
    } as const;
    expect(ladder(cal, terms)[4]).toMatchObject({ id: 'r4', to: 'hr' });
  });

  it('has no half-time rung for a window of two business days', () => {
    const terms = {
      since: when('2025-03-04', '10:00'),
      due: closing(cal, '2025-03-06'),
      escalate: 'hr',
    } as const;
    expect(ladder(cal, terms).map((rung) => rung.id)).toEqual(['r0', 'r2', 'r3', 'r4', 'r5']);
  });

  it('does not send twice on the morning of a one-day obligation', () => {
    const terms = {
      since: when('2025-03-04', '08:00'),
      due: closing(cal, '2025-03-04'),
      escalate: 'hr',
    } as const;
    expect(lines(ladder(cal, terms)).slice(0, 2)).toEqual([
      'r0 2025-03-04 09:00 ask owner',
      'r3 2025-03-05 09:00 remind owner_and_standin',
    ]);
  });

  it('waits with the first rung for the next opening', () => {
    const due = closing(cal, '2025-11-20');
    const friday = ladder(cal, { since: when('2025-11-07', '18:30'), due, escalate: 'manager' });
    const holiday = ladder(cal, { since: when('2025-11-11', '12:00'), due, escalate: 'manager' });
    expect(lines(friday)[0]).toBe('r0 2025-11-10 09:00 ask owner');
    expect(lines(holiday)[0]).toBe('r0 2025-11-12 09:00 ask owner');
  });

  it('reminds on the business day before a due day on which the site is closed', () => {
    const rungs = ladder(cal, {
      since: when('2025-07-14', '09:30'),
      due: when('2025-08-10', '12:00'),
      escalate: 'manager',
    });
    expect(lines(rungs).slice(2, 4)).toEqual([
      'r2 2025-08-08 09:00 remind owner',
      'r3 2025-08-11 09:00 remind owner_and_standin',
    ]);
  });

  it('still climbs when the obligation opens long after it was due', () => {
    const terms = {
      since: when('2025-05-14', '11:00'),
      due: closing(cal, '2025-05-01'),
      escalate: 'hr',
    } as const;
    expect(lines(ladder(cal, terms))).toEqual([
      'r0 2025-05-14 11:00 ask owner',
      'r3 2025-05-15 09:00 remind owner_and_standin',
      'r4 2025-05-19 09:00 escalate hr',
      'r5 2025-05-21 09:00 escalate hr',
    ]);
  });

  it('takes its numbers from the policy', () => {
    const numbers = ladderNumbers(policySchema.parse(defaults));
    expect(numbers).toEqual(DEFAULT_LADDER);
    const tail = escalation(
      cal,
      { due: closing(cal, '2025-03-04'), escalate: 'manager' },
      { ...numbers, standIn: 2, escalate: 2, decide: 4 },
    );
    expect(lines(tail)).toEqual([
      'r3 2025-03-06 09:00 remind owner_and_standin',
      'r5 2025-03-10 09:00 escalate hr',
    ]);
  });
});

describe('the timing of a stage of its own', () => {
  const before = (...days: number[]) => days.map((n) => ({ from: 'due', n: -n, unit: 'd' }) as const);

  it('P0.1: asks at once and reminds after three business days', () => {
    const rungs = steps(cal, when('2025-01-06', '10:00'), closing(cal, '2025-01-13'), [
      { from: 'since', n: 0, unit: 'bd' },
      { from: 'since', n: 3, unit: 'bd' },
    ]);
    expect(lines(rungs)).toEqual(['s0 2025-01-06 10:00 ask owner', 's1 2025-01-09 09:00 remind owner']);
  });

  it('P7.5: warns of an expiring credential at T-90, T-60, T-30 and T-14', () => {
    const rungs = steps(
      cal,
      when('2025-05-12', '09:30'),
      when('2025-11-30', '12:00'),
      before(90, 60, 30, 14),
    );
    expect(lines(rungs)).toEqual([
      's0 2025-08-29 09:00 ask owner',
      's1 2025-10-01 09:00 remind owner',
      's2 2025-10-31 09:00 remind owner',
      's3 2025-11-14 09:00 remind owner',
    ]);
  });

  it('P0.2: of the times already past, only the latest is made up for', () => {
    const rungs = steps(cal, when('2025-01-24', '14:00'), closing(cal, '2025-01-31'), before(14, 7, 1));
    expect(lines(rungs)).toEqual(['s1 2025-01-24 14:00 remind owner', 's2 2025-01-30 09:00 remind owner']);
  });

  it('P4.2: counts business days before the due day', () => {
    const rungs = steps(cal, when('2025-03-20', '14:00'), when('2025-04-03', '10:00'), [
      { from: 'due', n: -5, unit: 'bd' },
      { from: 'due', n: -1, unit: 'bd', to: 'owner_and_standin' },
    ]);
    expect(lines(rungs)).toEqual([
      's0 2025-03-27 09:00 ask owner',
      's1 2025-04-02 09:00 remind owner_and_standin',
    ]);
  });

  it('P5.3: rolls weekly reminders forward from the day it opened', () => {
    const rungs = steps(cal, when('2025-04-16', '15:00'), closing(cal, '2025-05-09'), [
      { from: 'since', n: 0, unit: 'd' },
      { from: 'since', n: 7, unit: 'd' },
      { from: 'since', n: 14, unit: 'd' },
      { from: 'since', n: 40, unit: 'd', to: 'hr', kind: 'escalate' },
    ]);
    expect(lines(rungs)).toEqual([
      's0 2025-04-16 15:00 ask owner',
      's1 2025-04-23 09:00 remind owner',
      's2 2025-04-30 09:00 remind owner',
      's3 2025-05-27 09:00 escalate hr',
    ]);
  });

  it('keeps the order of time whatever the order of the list, and one rung per morning', () => {
    const rungs = steps(cal, when('2025-03-03', '10:00'), closing(cal, '2025-03-10'), [
      { from: 'due', n: 0, unit: 'd' },
      { from: 'since', n: 0, unit: 'bd' },
      { from: 'since', n: 5, unit: 'bd' },
    ]);
    expect(lines(rungs)).toEqual(['s1 2025-03-03 10:00 remind owner', 's2 2025-03-10 09:00 remind owner']);
  });

  it('puts a bare date at the opening of its business day', () => {
    expect(at(cal, '2025-08-10')).toBe(opening(cal, '2025-08-11'));
    expect(at(cal, '2025-08-11')).toBe(opening(cal, '2025-08-11'));
  });
});

describe('an obligation with its ladder', () => {
  const terms = termsForTests();
  const [late, boss] = [person('late'), person('boss')];
  const hr = holder('hr', site);
  const owing = { id: 'D1.2:any', code: 'D1.2', owner: late, site, since: when('2025-01-06', '10:00') };
  const told = (obligation: Obligation) =>
    obligation.rungs.map((rung) => [
      rung.id,
      `${dateOf(cal, rung.at)} ${wallTimeOf(cal, rung.at)}`,
      ...rung.to,
    ]);

  it('never tells the late person about themself: where they are the manager, rung 4 goes to HR', () => {
    const due = when('2025-01-08', '17:00');
    const to = (manager: string) =>
      laddered({ ...owing, due, manager }, terms).rungs.find((rung) => rung.id === 'r4')?.to;
    expect(to(boss)).toEqual([boss]);
    expect(to(late)).toEqual([hr]);
  });

  it('is asked for at once when it only stands in lists but opens after the morning of its due day', () => {
    const due = when('2025-01-06', '17:00');
    expect(told(listed({ ...owing, due }, terms)).slice(0, 2)).toEqual([
      ['r0', '2025-01-06 10:00', late],
      ['r3', '2025-01-07 09:00', late],
    ]);
    expect(told(listed({ ...owing, due: when('2025-01-08', '17:00') }, terms))[0]).toEqual([
      'r2',
      '2025-01-08 09:00',
      late,
    ]);
  });

  it('sends at most six messages to one recipient: the first, the escalations, those nearest to the due date', () => {
    const due = when('2025-01-31', '17:00');
    const days = [6, 8, 10, 14, 16, 22, 30].map((day) => `2025-01-${String(day).padStart(2, '0')}`);
    const plan = days.map((day, n): RungPlan => ({
      id: `s${n}`,
      at: when(day, '10:00'),
      to: 'owner',
      kind: n === 0 ? 'ask' : 'remind',
    }));
    const end = { id: 'r5', at: when('2025-02-07', '09:00'), to: [late, boss], how: 'escalate' } as const;
    const act = { id: 'act', at: due, to: [], how: 'act', act: 'expired' } as const;
    const all = owed({ ...owing, due }, plan, [end, act]);
    const few = capped(all, 6);
    expect(few.rungs.map((rung) => rung.id)).toEqual(['s0', 's3', 's4', 's5', 's6', 'act', 'r5']);
    expect(few.rungs.at(-1)?.to).toEqual([late, boss]);
    expect(capped(few, 6)).toEqual(few);
    // What others hear does not use up what the owner is asked.
    const shared = owed({ ...owing, due }, plan.slice(0, 6), [{ ...end, to: [hr] }]);
    expect(capped(shared, 6).rungs).toHaveLength(7);
  });
});

import { describe, expect, it } from 'vitest';
import { openFrom } from '../../src/domain/kernel/agenda.ts';
import type { Mark, Obligation } from '../../src/domain/kernel/agenda.ts';
import { leave, onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import {
  employee,
  employment,
  hr,
  planFrom,
  planOwed,
  supervisor,
  toSign,
  withComparator,
} from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** What is done and taken back after its prompt went out: the case goes on, and nobody is asked the same twice. */

const HOUR = 3_600_000;

function askedTwice(one: SingleCase): readonly string[] {
  const rungs = one.prompts.map(
    ({ obligation, rung, to, sendAfter }) => `${obligation} ${rung} ${to} ${sendAfter}`,
  );
  return rungs.filter((rung, n) => rungs.indexOf(rung) !== n);
}

const employed: Readonly<Record<string, (one: Employed) => void>> = {
  'P7.1 another weekday, and back to the first': (one) => {
    one.moveTo('2025-05-13', '16:30');
    one.meets('2025-05-13');
    one.moveTo('2025-05-19', '15:00');
    one.must(people.second, 'set_session_time', { weekday: 4, at: '10:00' });
    one.must(people.second, 'set_session_time', { weekday: 2, at: '10:00' });
    one.moveTo('2025-05-22');
  },
  'P7.1 a leave that came to nothing': (one) => {
    one.moveTo('2025-05-13', '16:30');
    one.meets('2025-05-13');
    one.moveTo('2025-05-19', '15:00');
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-20', to: '2025-05-23' } });
    one.moveTo('2025-05-20', '11:00');
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-05-20' } });
    one.moveTo('2025-05-21');
  },
  'P7.3 a leave that came to nothing on the day of the pulse': (one) => {
    one.moveTo('2025-05-30', '12:00');
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-30', to: '2025-06-10' } });
    one.moveTo('2025-05-30', '16:00');
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-05-30' } });
    one.moveTo('2025-06-03');
  },
  'X15 a measure that HR declines on the day the manager was asked': (one) => {
    one.moveTo('2025-06-02');
    one.must(people.supervisor, 'raise_conduct', { concern: 'records', on: '2025-06-02' });
    one.must(people.employee, 'answer_conduct', { answer: 'nothing_to_add' });
    one.moveTo('2025-06-02', '11:00');
    one.must(people.manager, 'propose_measure', { measure: 'talk' });
    one.moveTo('2025-06-02', '12:00');
    one.must(people.hr, 'decline_measure');
    one.moveTo('2025-06-04');
  },
  'X12 a mentor who says no on the due day': (one) => {
    one.moveTo('2025-05-20');
    one.must(people.employee, 'ask_new_mentor');
    one.moveTo('2025-05-28', '10:00');
    one.must(people.manager, 'assign_mentor', { mentor: people.nextMentor });
    one.moveTo('2025-05-28', '12:00');
    one.must(people.nextMentor, 'answer_mentoring', { answer: 'decline' });
    one.moveTo('2025-05-30');
  },
  'D6.2 yes, and then not yet': (one) => {
    one.moveTo('2025-05-13');
    one.must(people.mentor, 'log_supervised_hours', { on: '2025-05-13', minutes: 360 });
    one.moveTo(one.owes('D6.2')[0]?.[1] ?? '', '12:00');
    one.must(people.supervisor, 'answer_ready', { outcome: 'yes', missing: [] });
    one.must(people.supervisor, 'answer_ready', { outcome: 'not_yet', missing: ['crisis'] });
    one.moveTo('2025-08-01');
  },
};

describe('what is taken back in an employment', () => {
  it.each(Object.entries(employed))('%s', (_name, life) => {
    const one = onTheJob();
    life(one);
    expect(one.prompts.length).toBeGreaterThan(5);
    expect(askedTwice(one)).toEqual([]);
  });

  it('P7.4 who agreed is asked anew when another outcome is proposed', () => {
    const one = onTheJob();
    const view = { month: '2025-05', core: 40, support: 20, shared: 20, nonPeer: 20, prohibited: [] };
    one.moveTo('2025-05-30', '12:00');
    one.must(people.employee, 'answer_pulse', view);
    one.must(people.supervisor, 'answer_pulse', view);
    one.moveTo('2025-06-02');
    one.must(people.supervisor, 'propose_drift_review', { outcome: 'no_drift', duties: [] });
    one.must(people.employee, 'agree_drift_review');
    one.moveTo('2025-06-03');
    one.must(people.adviser, 'propose_drift_review', { outcome: 'training', duties: [] });
    one.moveTo('2025-06-12');
    const owed = one.obligations.filter(({ code, owner }) => code === 'P7.4' && owner === people.employee);
    expect(owed).toHaveLength(1);
    expect(
      one.sentTo(people.employee).filter((line) => line >= '2025-06-03' && line.endsWith('P7.4')),
    ).not.toEqual([]);
    expect(askedTwice(one)).toEqual([]);
  });
});

describe('what is taken back in a review', () => {
  it('X17 a leave that came to nothing on the day of a step', () => {
    const one = planOwed();
    one.must(supervisor, 'write_plan', planFrom('2025-11-13'));
    one.must(employee, 'answer_plan', { answer: 'acknowledged' });
    const own = one.holds?.own as { plan: { steps: readonly { on: string }[] } } | undefined;
    const on = own?.plan.steps[0]?.on ?? '';
    one.moveTo(on, '10:00');
    one.tell(employment, { kind: 'person_away', body: { from: on, to: '2026-01-12' } });
    one.moveTo(on, '12:00');
    one.tell(employment, { kind: 'person_back', body: { on } });
    one.moveTo('2025-12-30');
    expect(askedTwice(one)).toEqual([]);
  });

  it('X17 the plan of an unsigned review, disputed and kept', () => {
    const one = toSign(
      { followUps: ['improvement_plan'], overall: 'partly_meets', cites: { overall: 'action:a3' } },
      withComparator({ improvement_steps_d: '30,60,90' }),
    );
    one.moveTo('2025-12-01');
    const due = new Date(one.obligations.find(({ code }) => code === 'X17')?.due ?? 0)
      .toISOString()
      .slice(0, 10);
    one.moveTo(due, '10:00');
    one.must(employee, 'respond', { response: 'disputed' });
    one.moveTo(due, '12:00');
    one.must(hr, 'settle_dispute', { outcome: 'kept', text: 'txt_k' });
    one.moveTo('2026-01-15');
    expect(askedTwice(one)).toEqual([]);
  });
});

describe('marks of rungs', () => {
  const rungs = (...at: readonly number[]): Obligation['rungs'] =>
    at.map((hour, n) => ({ id: `r${n}`, at: hour * HOUR, to: ['hr@site'], how: 'ask' }));
  const owed = (since: number, ...at: readonly number[]): Obligation => ({
    ...{ id: 'one', code: 'P7.1', owner: 'hr@site', since: since * HOUR, due: 90 * HOUR },
    ...{ visibility: 'C1', atSilence: 'hr_decides', rungs: rungs(...at) },
  });
  const from = (one: Obligation, mark: Mark): number => openFrom(one, { one: mark });

  it('a rung stays fired where the thing is as it was, or falls due later', () => {
    expect(from(owed(1, 1, 5, 9), ['r1', 5 * HOUR])).toBe(2);
    expect(from(owed(1, 20, 25, 29), ['r1', 5 * HOUR])).toBe(2);
    expect(from(owed(1, 1, 5, 9), 'r1')).toBe(2);
  });

  it('a thing asked anew begins its ladder again, once', () => {
    expect(from(owed(7, 7, 12, 19), ['r1', 5 * HOUR])).toBe(0);
    expect(from(owed(7, 7, 12, 19), ['r0', 7 * HOUR])).toBe(1);
    // Asked before the day it is about: the rung lies before the beginning, and is not climbed for ever.
    expect(from(owed(9, 7, 12, 19), ['r0', 7 * HOUR])).toBe(1);
  });

  it('of a ladder that has lost the rung, only what is later counts', () => {
    expect(from(owed(1, 1, 5, 9), ['gone', 6 * HOUR])).toBe(2);
    expect(from(owed(1, 1, 5, 9), ['gone', 60 * HOUR])).toBe(3);
  });
});

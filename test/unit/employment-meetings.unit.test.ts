import { describe, expect, it } from 'vitest';
import { meetings } from '../../src/domain/employment/meetings.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { leave, onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { person, termsForTests } from './house.ts';

const { employee, supervisor, second, manager, hr, hrDirector } = people;

/** `id day time people` of each session in people's calendars, or null where nobody is told of any more. */
function standing(one: Employed, terms: Terms = one.terms): readonly string[] | null {
  const list = meetings(one.holds?.own as EmploymentState, terms);
  const name = (ref: string) => Object.entries(people).find(([, who]) => who === ref)?.[0] ?? 'somebody';
  const { calendar } = one.terms;
  return (
    list?.map(({ id: key, at, minutes, who }) =>
      [key, one.day(at), wallTimeOf(calendar, at), minutes, ...who.map(name)].join(' '),
    ) ?? null
  );
}

describe('P7.1 sessions in people’s calendars', () => {
  it('are the next two, for the employee and whose turn it is, by no name but their place in the plan', () => {
    const one = onTheJob();
    expect(standing(one)).toEqual([
      'session_0 2025-05-13 10:00 60 employee supervisor',
      'session_1 2025-05-20 10:00 60 employee second',
    ]);
    expect(meetings(one.holds?.own as EmploymentState, one.terms)?.[0]).toMatchObject({ visibility: 'C1' });
    one.moveTo('2025-05-13', '11:30');
    one.meets('2025-05-13');
    expect(standing(one)?.map((line) => line.slice(0, 20))).toEqual([
      'session_1 2025-05-20',
      'session_2 2025-05-27',
    ]);
  });

  it('keep their entry when they are moved, or take another day and hour of the week', () => {
    const one = onTheJob();
    one.must(supervisor, 'move_session', { session: '2025-05-20', to: '2025-05-22' });
    expect(standing(one)?.[1]).toBe('session_1 2025-05-22 10:00 60 employee second');
    one.moveTo('2025-05-13', '11:30');
    one.meets('2025-05-13');
    one.must(supervisor, 'set_session_time', { weekday: 4, at: '14:30' });
    expect(standing(one)).toEqual([
      'session_1 2025-05-22 14:30 60 employee second',
      'session_2 2025-05-29 14:30 60 employee supervisor',
    ]);
  });

  it('X11 pass to whoever is in place, and stay with the employee while nobody is', () => {
    const one = onTheJob();
    one.must(manager, 'report_supervisor_out', { supervisor, from: '2025-05-12', back: '2025-06-30' });
    expect(standing(one)?.[0]).toBe('session_0 2025-05-13 10:00 60 employee second');
    one.must(manager, 'report_supervisor_out', {
      supervisor: second,
      from: '2025-05-12',
      back: '2025-06-30',
    });
    expect(standing(one)?.[0]).toBe('session_0 2025-05-13 10:00 60 employee');
    const interim = person('interim');
    one.must(hr, 'record_supervisor_training', { supervisor: interim, on: '2025-05-12' });
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: interim, second: null });
    expect(standing(one)?.[0]).toBe('session_0 2025-05-13 10:00 60 employee somebody');
  });

  it('R7.5 an extra session stands beside them', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    expect(standing(one)).toHaveLength(2);
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-15' });
    expect(standing(one)?.[2]).toBe('session_extra_2 2025-05-15 10:00 60 employee supervisor');
  });

  it('R7.4 are none on leave, and say nothing of it', () => {
    const one = onTheJob();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-15', to: '2025-05-27' } });
    expect(standing(one)).toEqual(['session_0 2025-05-13 10:00 60 employee supervisor']);
  });

  it('D9.5 are none after the last day', () => {
    const one = onTheJob();
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-16', reasons: [] });
    expect(standing(one)).toEqual(['session_0 2025-05-13 10:00 60 employee supervisor']);
    one.moveTo('2025-05-19', '10:00');
    expect(standing(one)).toEqual([]);
  });

  it('X22 nobody is told that they will not be', () => {
    const one = onTheJob();
    one.must(hr, 'record_death', { owner: hrDirector });
    expect(standing(one)).toBeNull();
  });

  it('go into no calendar under a policy of an earlier day, nor where their length is 0', () => {
    const one = onTheJob();
    const terms = termsForTests();
    const { meeting_min: _length, ...before } = terms.policy.values['D7.1']!;
    for (const values of [before, { ...before, meeting_min: 0 }]) {
      const policy = { ...terms.policy, values: { ...terms.policy.values, 'D7.1': values } };
      expect(standing(one, { ...terms, policy })).toEqual([]);
    }
  });
});

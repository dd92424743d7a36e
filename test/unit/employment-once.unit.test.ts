import { describe, expect, it } from 'vitest';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider } from '../../src/domain/kernel/held.ts';
import { employment } from '../../src/domain/employment/decider.ts';
import { candidacy, Employed, onTheJob, opening, people, topics } from './employment-house.ts';
import { caseOf } from './house.ts';

const { supervisor, second, employee, manager, hr, director } = people;
const missing = (code: string) => ({ refused: true, missing: [{ code }] });
const review = caseOf('review', 'probation');
const leave = caseOf('clock', 'leave');

/** The state as its rows fold. */
function stateOf(one: Employed): EmploymentState {
  const decider = employment as unknown as AnyDecider;
  const first = {
    own: employment.initial(),
    base: { site: '', sequence: 0, terms: one.terms.ref, sent: {}, undelivered: [] },
  };
  return one.rows.reduce(
    (held, row) => evolveHeld(decider, held, row),
    first as Parameters<typeof evolveHeld>[1],
  ).own as EmploymentState;
}

describe('a day holds one session', () => {
  const log = (session: string, on: string) => ({
    ...{ session, on, outcome: 'held', minutes: 60, mode: 'in_person', topics, actions: [] },
  });

  it('D7.1 R7.5 also where another was held since: an extra one is not recorded on a day that had one', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-14' });
    one.moveTo('2025-05-14', '16:00');
    // The one of the plan was put off by a day; then the next one is held, and the extra one is logged last.
    one.must(supervisor, 'log_session', log('2025-05-13', '2025-05-14'));
    one.moveTo('2025-05-20', '16:00');
    one.must(second, 'log_session', log('2025-05-20', '2025-05-20'));
    expect(one.ask(supervisor, 'log_session', log('2025-05-14', '2025-05-14'))).toMatchObject(
      missing('session_held_that_day'),
    );
    one.must(supervisor, 'log_session', log('2025-05-14', '2025-05-15'));
  });

  it('D7.1 the days kept stay few over the years', () => {
    const one = onTheJob();
    for (const session of ['2025-05-13', '2025-05-20', '2025-05-27', '2025-06-03', '2025-06-10']) {
      one.moveTo(session, '16:00');
      one.must(supervisor, 'log_session', log(session, session));
    }
    for (const session of [
      '2025-06-17',
      '2025-06-24',
      '2025-07-01',
      '2025-07-08',
      '2025-07-15',
      '2025-07-22',
    ]) {
      one.moveTo(session, '16:00');
      one.must(supervisor, 'log_session', log(session, session));
    }
    const { held = [] } = stateOf(one).sessions;
    expect(held[0]).toBe('2025-05-27');
    expect(held).toHaveLength(9);
  });
});

describe('an extra session whose day a leave took', () => {
  const set = (one: Employed, from: string, to: string): void => {
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from, to } });
  };
  const asked = (one: Employed): readonly string[] =>
    one.rows
      .filter(({ kind }) => kind === 'prompted')
      .map(({ body }) => body as { obligation: string; rung: string })
      .filter(({ obligation }) => obligation.startsWith('P7.1:extra'))
      .map(({ obligation, rung }) => `${obligation.split(':').at(3)} ${rung}`);

  it('R7.5 R7.4 is not asked for anew when the leave turns out, after weeks, to have been another', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-14' });
    one.moveTo('2025-05-14', '09:00');
    expect(asked(one)).toEqual(['employee s0', 'supervisor s0']);
    set(one, '2025-05-14', '2025-05-19');
    for (let day = 16; day <= 27; day += 1) one.moveTo(`2025-06-${day}`, '14:00');
    set(one, '2025-06-23', '2025-07-14');
    one.moveTo('2025-06-27', '16:00');
    const firsts = asked(one).filter((rung) => rung.endsWith('s0'));
    expect(firsts).toEqual(['employee s0', 'supervisor s0']);
  });
});

describe('X24 a step at which somebody leads', () => {
  const promoted = (one: Employed): Employed => {
    one.must(manager, 'propose_promotion', { outcome: 'promoted', steps: ['tier_3'], criteria: [] });
    one.must(hr, 'confirm_promotion');
    return one;
  };
  const asked = (one: Employed) => one.obligations.filter(({ id }) => id.startsWith('X24:training'));

  it('X24 asks for the training of whoever has none, and not of whoever was trained before', () => {
    expect(asked(promoted(onTheJob()))).toHaveLength(1);
    const here = onTheJob();
    here.must(hr, 'record_supervisor_training', { supervisor: employee, on: '2025-05-12' });
    expect(asked(promoted(here))).toEqual([]);
    const elsewhere = onTheJob();
    elsewhere.seen.push({
      ...{ kind: 'supervisor_qualified', subject: employee, value: '2025-03-03' },
      ...{ case: candidacy, sequence: 3 },
    });
    expect(asked(promoted(elsewhere))).toEqual([]);
  });

  it('X24 R5.2 asks for it where the training is too long ago', () => {
    const one = onTheJob();
    one.must(hr, 'record_supervisor_training', { supervisor: employee, on: '2022-05-12' });
    expect(asked(promoted(one))).toHaveLength(1);
  });
});

describe('D9.7 what follows for the seat', () => {
  const leaves = (): Employed => {
    const one = onTheJob();
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: [] });
    return one;
  };
  const decides = (one: Employed, outcome: string): void => {
    one.must(director, 'propose_opening', { outcome });
    one.must(hr, 'confirm_opening');
  };
  const told = (one: Employed) =>
    one.notices.filter(({ to, kind }) => to === opening && kind === 'holder_left').map(({ body }) => body);

  it('D9.7 X20 close: the search hears that nobody follows, also when it is decided after the last day', () => {
    const before = leaves();
    decides(before, 'close');
    before.moveTo('2025-06-02');
    expect(told(before)).toMatchObject([{ how: 'resigned', closes: true }]);
    const after = leaves();
    after.moveTo('2025-06-02');
    decides(after, 'close');
    expect(told(after)).toEqual([
      { employment: after.id, how: 'resigned' },
      { employment: after.id, how: 'resigned', closes: true },
    ]);
  });

  it('D9.7 anything else leaves the seat free on the last day', () => {
    const one = leaves();
    decides(one, 'reopen_same_version');
    one.moveTo('2025-06-02');
    expect(told(one)).toEqual([{ employment: one.id, how: 'resigned' }]);
  });
});

describe('D8.3 a probation that was not passed', () => {
  const notPassed = (): Employed => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    one.tell(review, { kind: 'probation_decided', body: { review, outcome: 'not_passed', until: null } });
    return one;
  };
  const owed = (one: Employed) =>
    one.obligations.filter(({ id }) => id.startsWith('D9.5')).map(({ id }) => id.split(':')[1]);

  it('D9.5 asks HR for the ending once: not beside the confirmation of one that is proposed', () => {
    const one = notPassed();
    expect(owed(one)).toEqual(['probation']);
    one.must(hr, 'propose_separation', {
      ...{ how: 'terminated_performance', lastDay: '2025-06-30', reasons: ['probation_not_passed'] },
      comparator: 'same_as_comparator',
    });
    expect(owed(one)).toEqual(['confirm', 'word']);
    one.must(hr, 'withdraw_separation');
    expect(owed(one)).toEqual(['probation']);
  });

  it('D8.3 D9.5 lets nobody go for a probation that was passed meanwhile, given more time, or never decided', () => {
    const payload = {
      ...{ how: 'terminated_performance', lastDay: '2025-07-31', reasons: ['probation_not_passed'] },
      comparator: 'same_as_comparator',
    };
    const refused = { code: 'rule_blocks', rule: 'D8.3', missing: [{ code: 'probation_not_passed_stands' }] };
    const never = onTheJob();
    never.moveTo('2025-06-02');
    expect(never.ask(hr, 'propose_separation', payload)).toMatchObject(refused);
    for (const [outcome, until] of [
      ['passed', null],
      ['extended', '2025-09-05'],
    ] as const) {
      const one = notPassed();
      one.must(hr, 'propose_separation', payload);
      one.must(people.officer, 'give_clearance');
      one.must(people.investigator, 'give_officer_word', { about: 'separation' });
      one.tell(review, { kind: 'probation_decided', body: { review, outcome, until } });
      expect(one.ask(people.hrDirector, 'confirm_separation')).toMatchObject(refused);
      expect(one.standing?.stage).not.toBe('leaving');
      one.must(hr, 'withdraw_separation');
      expect(owed(one)).toEqual([]);
      // As it stood, it would have gone through.
      const before = notPassed();
      before.must(hr, 'propose_separation', payload);
      before.must(people.officer, 'give_clearance');
      before.must(people.investigator, 'give_officer_word', { about: 'separation' });
      before.must(people.hrDirector, 'confirm_separation');
      expect(before.standing?.stage).toBe('leaving');
    }
  });

  it('D8.3 D9.5 asks for nothing once it was passed after all', () => {
    const one = notPassed();
    one.tell(review, { kind: 'probation_decided', body: { review, outcome: 'passed', until: null } });
    expect(owed(one)).toEqual([]);
  });
});

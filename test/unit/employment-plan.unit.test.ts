import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { slots } from '../../src/domain/employment/sessions.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { Employed, leave, onTheJob, people, refusedBy, topics } from './employment-house.ts';
import { caseOf, person, site } from './house.ts';

/** What changes of the plan of supervision do to the sessions ahead: none is lost and none comes twice. */

const { employee, supervisor, second, manager, hr } = people;
const decider = employment as unknown as AnyDecider;
const day = { minutes: 60, mode: 'video', topics, actions: [] };

/** Name and day of the next sessions, from the fold of the rows. */
function ahead(one: Employed, count = 3): readonly string[] {
  const held = one.rows.reduce(
    (state, { kind, body, stamp }) => evolveHeld(decider, state, { kind, body, stamp }),
    { own: employment.initial() as unknown, base: emptyBase(site, one.terms.ref) } as Held,
  );
  const { sessions } = held.own as EmploymentState;
  return slots(sessions, one.terms.calendar, count).map(({ session, on }) =>
    session === on ? session : `${session} on ${on}`,
  );
}

function meet(one: Employed, ...sessions: readonly string[]): void {
  for (const session of sessions) one.meets(session);
}

/** An employment in its eighth week, the six-month review noted and each session logged until 24 June. */
function inJune(): Employed {
  const one = onTheJob();
  one.tell(caseOf('review', 'half'), {
    kind: 'review_closed',
    body: { review: caseOf('review', 'half'), cycle: 'six_month', outcome: 'meets', response: 'signed' },
  });
  for (const tuesday of ['05-13', '05-20', '05-27', '06-03', '06-10', '06-17', '06-24']) {
    one.moveTo(`2025-${tuesday}`, '15:00');
    one.meets(`2025-${tuesday}`);
  }
  return one;
}

/** The same half a year later, stepped down to every four weeks: last on 25 November, next on 23 December. */
function everyFourWeeks(): Employed {
  const one = inJune();
  for (let n = 1; n <= 22; n += 1) {
    const [session = ''] = ahead(one, 1);
    const [name = '', on = name] = session.split(' on ');
    one.moveTo(on, '15:00');
    one.meets(name, supervisor, on);
  }
  one.must(hr, 'propose_cadence', { change: 'step_down', weeks: 4 }, { acknowledge: ['D7.6'] });
  return one;
}

describe('an extra session', () => {
  it('takes no day of the plan, however many sessions before that day have no log line yet (R7.5)', () => {
    const one = onTheJob();
    one.moveTo('2025-05-24', '16:30');
    one.must(employee, 'ask_extra_session');
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2025-05-27' })).toMatchObject(refusedBy('R7.5'));
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-28' });
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-30', to: '2025-06-04' } });
    one.moveTo('2025-06-04', '16:30');
    meet(one, '2025-05-13', '2025-05-20', '2025-05-27', '2025-05-28');
    const logged = one.rows.filter((row) => row.kind === 'session_logged').map((row) => row.body);
    expect(logged.map((body) => Object(body) as { session: string; extra: boolean })).toMatchObject([
      { session: '2025-05-13', extra: false },
      { session: '2025-05-20', extra: false },
      { session: '2025-05-27', extra: false },
      { session: '2025-05-28', extra: true },
    ]);
    expect(one.rows.findLast((row) => row.kind === 'session_on_leave')?.body).toEqual({
      session: '2025-06-03',
    });
    expect(ahead(one, 1)).toEqual(['2025-06-10']);
  });

  it('has to find another day before the plan may take its own', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-15' });
    const thursdays = { weekday: 4, at: '11:00' };
    expect(one.ask(supervisor, 'set_session_time', thursdays)).toMatchObject({
      rule: 'R7.5',
      missing: [{ code: 'extra_session_that_day', about: '2025-05-15' }],
    });
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-14' });
    one.must(supervisor, 'set_session_time', thursdays);
    expect(ahead(one, 2)).toEqual(['2025-05-15', '2025-05-22']);
  });

  it('R7.5 P7.2 is not put off: it comes within the business days of the policy, and those of a leave are none', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    const by = (about: string) => ({ rule: 'R7.5', missing: [{ code: 'extra_session_by', about }] });
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2025-05-16' })).toMatchObject(by('2025-05-15'));
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2026-08-14' })).toMatchObject(by('2025-05-15'));
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-14', to: '2025-05-28' } });
    // The thirteenth, the day of return and the one after it.
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2025-05-30' })).toMatchObject(by('2025-05-29'));
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-29' });
    const missed = onTheJob();
    missed.moveTo('2025-05-13', '16:30');
    const log = { session: '2025-05-13', outcome: 'missed_supervisor', topics: [], actions: [] };
    missed.must(supervisor, 'log_session', log);
    expect(missed.ask(supervisor, 'plan_extra_session', { on: '2026-03-02' })).toMatchObject(
      by('2025-05-16'),
    );
    missed.must(supervisor, 'plan_extra_session', { on: '2025-05-16' });
  });

  it('D7.4 weeks of missed sessions raise that nobody spoke of the role, as held ones that do not do', () => {
    const one = onTheJob();
    const raised = () => one.rows.filter((row) => row.kind === 'drift_flagged');
    for (const week of [13, 20, 27]) {
      one.moveTo(`2025-05-${week}`, '16:30');
      one.must(supervisor, 'log_session', {
        ...{ session: `2025-05-${week}`, outcome: 'missed_supervisor', topics: [], actions: [] },
      });
    }
    expect(raised()).toEqual([]);
    for (const day of ['06-03', '06-10', '06-17', '06-24', '07-01', '07-08']) {
      one.moveTo(`2025-${day}`, '16:30');
      one.must(supervisor, 'log_session', {
        ...{ session: `2025-${day}`, outcome: 'missed_supervisor', topics: [], actions: [] },
      });
    }
    expect(raised().map(({ body }) => body)).toMatchObject([{ triggers: ['role_fit_quiet'] }]);
  });

  it('does not come on a day on which a session was held already', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '15:00');
    meet(one, '2025-05-13');
    one.must(employee, 'ask_extra_session');
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2025-05-13' })).toMatchObject(refusedBy('R7.5'));
    expect(one.owes('R7.5')).toEqual([[supervisor, '2025-05-16']]);
  });

  it('that falls into a leave is planned anew after the return (R7.4)', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-15' });
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-15', to: '2025-05-28' } });
    expect(one.owes('R7.5')).toEqual([[supervisor, '2025-05-30']]);
    one.moveTo('2025-05-28', '10:00');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-30' });
    expect(one.owes('R7.5')).toEqual([]);
    expect(one.owes('P7.1')).toContainEqual([supervisor, '2025-05-30']);
  });
});

describe('a session', () => {
  it('is found by its name before another that was moved to the day of that name', () => {
    const one = onTheJob();
    one.must(supervisor, 'move_session', { session: '2025-05-20', to: '2025-05-22' });
    one.must(supervisor, 'move_session', { session: '2025-05-13', to: '2025-05-20' });
    one.moveTo('2025-05-22', '15:00');
    one.must(second, 'log_session', { session: '2025-05-20', outcome: 'held', on: '2025-05-22', ...day });
    expect(ahead(one, 1)).toEqual(['2025-05-13 on 2025-05-20']);
    one.must(supervisor, 'log_session', { session: '2025-05-13', outcome: 'held', on: '2025-05-20', ...day });
    expect(ahead(one, 1)).toEqual(['2025-05-27']);
  });

  it('is asked of whoever takes over as supervisor on its day (D7.7)', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '10:30');
    const stand = person('stand-in');
    one.must(hr, 'record_supervisor_training', { supervisor: stand, on: '2025-05-12' });
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: stand, second: null });
    one.moveTo('2025-05-13', '11:00');
    const sent = one.prompts.filter((prompt) => prompt.to === stand && prompt.code === 'P7.1');
    expect(sent.map((prompt) => prompt.obligation)).toEqual([`P7.1:2025-05-13:0:supervisor:${stand}`]);
    expect(ahead(one, 2)).toEqual(['2025-05-13', '2025-05-20']);
  });
});

describe('another day of the week', () => {
  it('leaves each session in its week: on the new day, or on the old one when the new has passed', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '15:00');
    meet(one, '2025-05-13');
    one.moveTo('2025-05-19', '15:00');
    one.must(supervisor, 'set_session_time', { weekday: 4, at: '11:00' });
    expect(ahead(one)).toEqual(['2025-05-22', '2025-05-29', '2025-06-05']);
    one.moveTo('2025-05-21', '15:00');
    one.must(supervisor, 'set_session_time', { weekday: 1, at: '11:00' });
    // The first Monday after that is Memorial Day.
    expect(ahead(one)).toEqual(['2025-05-19 on 2025-05-22', '2025-05-26 on 2025-05-27', '2025-06-02']);
  });

  it('leaves two lines to confirm where an extra session had the day that is now the name of another', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-12' });
    one.must(supervisor, 'move_session', { session: '2025-05-13', to: '2025-05-15' });
    const log = { session: '2025-05-12', outcome: 'held', ...day };
    one.moveTo('2025-05-12', '15:00');
    one.must(supervisor, 'log_session', log);
    one.moveTo('2025-05-14', '10:00');
    one.must(supervisor, 'set_session_time', { weekday: 1, at: '11:00' });
    expect(ahead(one, 1)).toEqual(['2025-05-12 on 2025-05-15']);
    one.moveTo('2025-05-15', '15:00');
    one.must(supervisor, 'log_session', log);
    for (const view of ['agrees', 'differs'])
      one.must(employee, 'confirm_session', { session: '2025-05-12', view });
    expect(one.ask(employee, 'confirm_session', { session: '2025-05-12', view: 'agrees' })).toMatchObject(
      refusedBy('D7.1'),
    );
  });

  it('keeps the order of sessions that were moved close to each other', () => {
    const one = onTheJob();
    one.must(supervisor, 'move_session', { session: '2025-05-20', to: '2025-05-23' });
    one.must(supervisor, 'move_session', { session: '2025-05-13', to: '2025-05-22' });
    one.moveTo('2025-05-21', '10:00');
    one.must(supervisor, 'set_session_time', { weekday: 1, at: '11:00' });
    expect(ahead(one)).toEqual([
      '2025-05-12 on 2025-05-22',
      '2025-05-19 on 2025-05-23',
      '2025-05-26 on 2025-05-27',
    ]);
  });

  it('plans nothing before day one', () => {
    const one = new Employed('2025-05-07', '2025-05-14');
    one.must(supervisor, 'set_session_time', { weekday: 5, at: '11:00' });
    expect(ahead(one, 1)).toEqual(['2025-05-23']);
    const soon = new Employed('2025-05-07', '2025-05-13');
    soon.must(supervisor, 'set_session_time', { weekday: 1, at: '11:00' });
    expect(ahead(soon, 2)).toEqual(['2025-05-12 on 2025-05-13', '2025-05-19']);
  });
});

describe('another cadence (D7.6)', () => {
  it('that keeps the interval keeps every agreed day', () => {
    const one = inJune();
    one.must(supervisor, 'move_session', { session: '2025-07-08', to: '2025-07-10' });
    one.must(supervisor, 'move_session', { session: '2025-07-01', to: '2025-07-03' });
    one.moveTo('2025-07-02', '10:00');
    one.must(hr, 'propose_cadence', { change: 'keep', weeks: 1 });
    expect(ahead(one, 2)).toEqual(['2025-07-01 on 2025-07-03', '2025-07-08 on 2025-07-10']);
  });

  it('is counted from the last session recorded: changed twice, it puts nothing off', () => {
    const one = everyFourWeeks();
    expect(ahead(one, 2)).toEqual(['2025-12-23', '2026-01-20']);
    one.moveTo('2025-12-22', '10:00');
    one.must(hr, 'propose_cadence', { change: 'step_up', weeks: 1 });
    expect(ahead(one, 2)).toEqual(['2025-12-23', '2025-12-30']);
    one.must(hr, 'propose_cadence', { change: 'step_down', weeks: 4 }, { acknowledge: ['D7.6'] });
    expect(ahead(one, 2)).toEqual(['2025-12-23', '2026-01-20']);
  });

  it('keeps the day agreed for the next session, and what comes after it after it', () => {
    const one = everyFourWeeks();
    one.must(supervisor, 'move_session', { session: '2025-12-23', to: '2026-01-08' });
    one.moveTo('2026-01-05', '10:00');
    one.must(hr, 'propose_cadence', { change: 'step_up', weeks: 1 });
    expect(ahead(one)).toEqual(['2026-01-06 on 2026-01-08', '2026-01-13', '2026-01-20']);
  });

  it('leaves a session where it is whose day has passed and another was agreed, also at a longer interval', () => {
    const one = everyFourWeeks();
    one.moveTo('2025-12-22', '10:00');
    one.must(hr, 'propose_cadence', { change: 'step_up', weeks: 1 });
    one.moveTo('2025-12-23', '15:00');
    one.meets('2025-12-23');
    one.must(supervisor, 'move_session', { session: '2025-12-30', to: '2026-01-02' });
    one.moveTo('2025-12-31', '10:00');
    one.must(hr, 'propose_cadence', { change: 'step_down', weeks: 2 });
    expect(ahead(one, 2)).toEqual(['2025-12-30 on 2026-01-02', '2026-01-13']);
  });

  it('waits for the log line of a session that is overdue', () => {
    const one = everyFourWeeks();
    one.moveTo('2025-12-24', '10:00');
    const sooner = { change: 'step_up', weeks: 2 };
    expect(one.ask(hr, 'propose_cadence', sooner)).toMatchObject({
      missing: [{ code: 'session_log_missing', about: '2025-12-23' }],
    });
    one.meets('2025-12-23');
    one.must(hr, 'propose_cadence', sooner);
    expect(ahead(one, 2)).toEqual(['2026-01-06', '2026-01-20']);
  });
});

describe('an extended probation (X16)', () => {
  const extended = (one: Employed, until: string): void => {
    const review = one.notices.filter((notice) => notice.kind === 'start_review').at(-1)?.to ?? '';
    one.tell(review, { kind: 'probation_decided', body: { review, outcome: 'extended', until } });
  };
  const started = (one: Employed) =>
    one.notices.filter((notice) => notice.kind === 'start_review').map((notice) => Object(notice.body));

  it('holds up no other review, and changes nothing about the sessions', () => {
    const one = onTheJob();
    one.moveTo('2025-08-08');
    const before = ahead(one);
    extended(one, '2026-02-06');
    expect(ahead(one)).toEqual(before);
    one.moveTo('2026-01-20', '09:30');
    expect(started(one).slice(2)).toMatchObject([
      { cycle: 'six_month', due: '2025-11-12' },
      { cycle: 'probation_end', due: '2026-02-06' },
    ]);
  });

  it('to the day on which it ends anyway is reviewed once', () => {
    const one = onTheJob();
    one.moveTo('2025-06-26');
    extended(one, '2025-08-09');
    one.moveTo('2025-10-16', '09:30');
    expect(started(one).slice(1)).toMatchObject([
      { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-09' },
      { cycle: 'six_month', due: '2025-11-12' },
    ]);
  });
});

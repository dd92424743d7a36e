import { describe, expect, it } from 'vitest';
import { Employed, onTheJob, people, refusedBy, topics } from './employment-house.ts';
import { person, site } from './house.ts';

const { employee, supervisor, second, manager, hr } = people;

describe('supervision', () => {
  it('plans the first session on Tue 13 May, takes turns, and asks both one business day before (P7.1)', () => {
    const one = onTheJob();
    one.moveTo('2025-05-12', '12:00');
    expect(one.sent('P7.1')).toEqual(['2025-05-12 09:00 P7.1 employee', '2025-05-12 09:00 P7.1 supervisor']);
    one.moveTo('2025-05-13', '11:30');
    one.meets('2025-05-13');
    one.moveTo('2025-05-19', '09:30');
    expect(one.sent('P7.1').slice(2)).toEqual([
      '2025-05-19 09:00 P7.1 employee',
      '2025-05-19 09:00 P7.1 second',
    ]);
  });

  it('reminds of the log on the day, then escalates to the manager and HR, and never decides', () => {
    const one = onTheJob();
    one.moveTo('2025-05-20', '09:30');
    const log = one.prompts.filter(
      (prompt) => prompt.obligation === `P7.1:2025-05-13:0:supervisor:${supervisor}`,
    );
    expect(log.map((prompt) => [prompt.rung, one.day(prompt.sendAfter), prompt.to])).toEqual([
      ['s0', '2025-05-12', supervisor],
      ['s1', '2025-05-13', supervisor],
      ['r3', '2025-05-14', supervisor],
      ['r4', '2025-05-16', manager],
      ['r5', '2025-05-20', `hr@${site}`],
    ]);
    expect(one.kinds()).not.toContain('session_logged');
  });

  it('moves the session of a holiday to the nearest business day of its week (R7.8)', () => {
    const one = onTheJob();
    one.moveTo('2025-11-10', '09:00');
    const session = one.obligations.filter((owed) => owed.code === 'P7.1' && owed.owner === employee);
    expect(session.map((owed) => one.day(owed.due)).slice(0, 2)).toEqual(['2025-05-13', '2025-05-20']);
    const weekly = new Employed('2025-11-06', '2025-11-10');
    expect(weekly.owes('P7.1').slice(0, 2)).toEqual([
      [supervisor, '2025-11-12'],
      [employee, '2025-11-12'],
    ]);
  });

  it('does not log what has not been, nor a session twice, nor by the employee', () => {
    const one = onTheJob();
    const log = { session: '2025-05-13', outcome: 'held', minutes: 60, mode: 'video', topics, actions: [] };
    one.moveTo('2025-05-13', '11:00');
    expect(one.ask(supervisor, 'log_session', { ...log, session: '2025-05-20' })).toMatchObject({
      missing: [{ code: 'session_is_ahead' }],
    });
    expect(one.ask(employee, 'log_session', log)).toMatchObject({ rule: 'D7.1' });
    one.must(supervisor, 'log_session', log);
    expect(one.ask(supervisor, 'log_session', log)).toMatchObject({
      missing: [{ code: 'no_such_open_session' }],
    });
    expect(one.owes('D7.1')).toEqual([[employee, '2025-05-20']]);
    one.must(employee, 'confirm_session', { session: '2025-05-13', view: 'differs' });
    expect(one.owes('R7.2')).toEqual([[`hr@${site}`, '2025-05-20']]);
  });

  it('tells the manager of two missed sessions in a row and HR of three (P7.2)', () => {
    const one = onTheJob();
    for (const [n, session] of ['2025-05-13', '2025-05-20', '2025-05-27'].entries()) {
      one.moveTo(session, '12:00');
      one.must(supervisor, 'log_session', { session, outcome: 'missed_employee', topics: [], actions: [] });
      const told = one.prompts.filter(
        (prompt) => prompt.code === 'P7.2' && prompt.obligation.includes(session),
      );
      expect(told.map((prompt) => prompt.to).toSorted()).toEqual(
        [employee, supervisor, manager, `hr@${site}`].slice(0, n + 2).toSorted(),
      );
    }
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-29' });
    expect(one.owes('P7.2')).toEqual([]);
    one.moveTo('2025-05-29', '12:00');
    one.meets('2025-05-29');
    expect(one.owes('P7.2')).toEqual([]);
  });

  it('asks for an interim supervisor when an unqualified one held a session, which does not count (R7.1)', () => {
    const one = onTheJob();
    const stranger = person('unqualified');
    expect(
      one.ask(manager, 'change_supervisor', { how: 'interim', supervisor: stranger, second: null }),
    ).toMatchObject(refusedBy('R5.2'));
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: stranger, second });
    one.moveTo('2025-05-13', '12:00');
    one.meets('2025-05-13', stranger);
    expect(one.rows.find((row) => row.kind === 'session_logged')?.body).toMatchObject({ counts: false });
    expect(one.owes('R7.1')).toEqual([[manager, '2025-05-13']]);
    one.must(hr, 'record_supervisor_training', { supervisor: stranger, on: '2025-05-13' });
    expect(one.owes('R7.1')).toEqual([]);
    expect(one.facts).toContainEqual({
      kind: 'supervisor_qualified',
      subject: stranger,
      value: '2025-05-13',
    });
  });

  it('schedules an extra session whenever the employee asks (R7.5)', () => {
    const one = onTheJob();
    one.must(employee, 'ask_extra_session');
    expect(one.owes('R7.5')).toEqual([[supervisor, '2025-05-15']]);
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2025-05-13' })).toMatchObject(refusedBy('R7.5'));
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-15' });
    one.moveTo('2025-05-15', '12:00');
    expect(one.sent('P7.1')).toContain('2025-05-14 09:00 P7.1 employee');
    one.must(supervisor, 'log_session', {
      session: '2025-05-15',
      outcome: 'held',
      minutes: 30,
      mode: 'phone',
      topics,
      actions: [],
    });
    expect(one.owes('P7.1')[0]).toEqual([supervisor, '2025-05-13']);
  });

  it('steps down only after 26 weeks, the six-month review and certification, both agreeing (D7.6)', () => {
    const one = new Employed('2025-11-06', '2025-05-12');
    const down = { change: 'step_down', weeks: 2 };
    expect(one.ask(supervisor, 'propose_cadence', down)).toMatchObject({
      missing: [{ code: 'session_log_missing', about: '2025-05-13' }],
    });
    const fresh = onTheJob();
    expect(fresh.ask(supervisor, 'propose_cadence', { change: 'step_down', weeks: 5 })).toMatchObject(
      refusedBy('D7.6'),
    );
    fresh.must(supervisor, 'propose_cadence', down);
    expect(fresh.ask(supervisor, 'confirm_cadence')).toMatchObject(refusedBy('D7.6'));
    expect(fresh.ask(employee, 'confirm_cadence')).toMatchObject({
      rule: 'D7.6',
      missing: [
        { code: 'CADENCE', about: '2025-11-10' },
        { code: 'D8.1', about: 'six_month' },
      ],
    });
  });
});

describe('the role pulse', () => {
  it('asks both on the last business day, hides each view until both are in (P7.3, R7.7)', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    expect(one.sent('P7.3')).toEqual(['2025-05-30 09:00 P7.3 employee', '2025-05-30 09:00 P7.3 supervisor']);
    const view = { month: '2025-05', core: 76, support: 18, shared: 6, nonPeer: 0, prohibited: [] };
    expect(one.ask(employee, 'answer_pulse', { ...view, core: 70 })).toMatchObject(refusedBy('D7.3'));
    one.must(employee, 'answer_pulse', view);
    expect(one.rows.at(-1)).toMatchObject({ kind: 'pulse_answered', visibility: 'C2' });
    one.must(supervisor, 'answer_pulse', view);
    expect(one.rows.at(-1)).toMatchObject({
      kind: 'pulse_completed',
      visibility: 'C1',
      body: { outside: 6 },
    });
    expect(one.owes('P7.3')[0]?.[1]).toBe('2025-06-30');
    expect(JSON.stringify(one.notices.filter((notice) => notice.to.startsWith('review-')))).not.toMatch(
      /pulse|drift|outside/,
    );
  });

  it('flags a second month over 20 per cent, asks three for a review in ten business days, and all three agree', () => {
    const one = new Employed('2025-09-02', '2025-09-02');
    one.moveTo('2025-09-30', '11:00');
    one.pulse('2025-09', 24);
    expect(one.kinds()).not.toContain('drift_flagged');
    one.moveTo('2025-10-21', '12:00');
    for (const session of [
      '2025-09-02',
      '2025-09-09',
      '2025-09-16',
      '2025-09-23',
      '2025-09-30',
      '2025-10-07',
    ])
      one.meets(session);
    one.meets('2025-10-14');
    one.meets('2025-10-21');
    one.moveTo('2025-10-31', '11:00');
    one.pulse('2025-10', 27);
    const flag = one.rows.find((row) => row.kind === 'drift_flagged');
    expect(flag?.body).toEqual({ month: '2025-10-01', triggers: ['outside_two_months'] });
    const adviser = one.obligations.find((owed) => owed.owner === `independent_adviser@${site}`);
    expect(adviser?.rungs.map((rung) => [rung.id, one.day(rung.at), ...rung.to])).toEqual([
      ['r0', '2025-10-31', adviser?.owner],
      ['r1', '2025-11-07', adviser?.owner],
      ['r2', '2025-11-17', adviser?.owner],
      ['r3', '2025-11-18', adviser?.owner],
      ['r4', '2025-11-20', `hr@${site}`],
      ['r5', '2025-11-24', `hr@${site}`],
    ]);
    expect(one.owes('P7.4')).toEqual([
      [supervisor, '2025-11-17'],
      [employee, '2025-11-17'],
      [`independent_adviser@${site}`, '2025-11-17'],
    ]);
    one.moveTo('2025-11-04');
    const found = { kind: 'organizational', outcome: 'duties_removed', duties: ['N_DRIVER'] };
    one.must(people.adviser, 'propose_drift_review', found);
    expect(one.ask(people.adviser, 'agree_drift_review')).toMatchObject({
      missing: [{ code: 'already_agreed' }],
    });
    one.must(employee, 'agree_drift_review');
    one.must(supervisor, 'agree_drift_review');
    expect(one.rows.at(-1)).toMatchObject({ kind: 'drift_reviewed', body: found });
    expect(one.owes('P7.4')).toEqual([]);
  });

  it('flags prohibited duties, ten per cent outside the role, and views that differ, at once', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    const view = { month: '2025-05', core: 90, support: 10, shared: 0, nonPeer: 0, prohibited: [] };
    one.must(employee, 'answer_pulse', {
      ...view,
      core: 60,
      support: 25,
      shared: 5,
      nonPeer: 10,
      prohibited: ['P_DIAG'],
    });
    one.must(supervisor, 'answer_pulse', view);
    expect(one.rows.find((row) => row.kind === 'drift_flagged')?.body).toMatchObject({
      triggers: ['prohibited', 'non_peer', 'view_gap'],
    });
  });
});

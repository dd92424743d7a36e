import { describe, expect, it } from 'vitest';
import { Employed, leave, onTheJob, people, refusedBy, role, topics } from './employment-house.ts';
import { person, site } from './house.ts';

/** Rules of onboarding and supervision by their codes: where each bites, and where it does not. */

const { employee, supervisor, second, mentor, nextMentor, manager, hr } = people;

const item = 'team_introduction';
const held = { outcome: 'held', minutes: 60, mode: 'in_person', topics, actions: [] };
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });

describe('the onboarding list', () => {
  it('D6.1 refuses an item settled by another than its owner, or put off without a day ahead', () => {
    const one = onTheJob();
    expect(one.ask(mentor, 'settle_item', { item, outcome: 'done' })).toMatchObject(refusedBy('D6.1'));
    const late = { item, outcome: 'late' };
    expect(one.ask(supervisor, 'settle_item', late)).toMatchObject(missing('due_in_future'));
    expect(one.ask(supervisor, 'settle_item', { ...late, due: '2025-05-12' })).toMatchObject(
      missing('due_in_future'),
    );
  });

  it('D6.1 lets its owner settle an item once, done or not needed', () => {
    const one = onTheJob();
    const open = one.owes('D6.1').length;
    one.must(supervisor, 'settle_item', { item, outcome: 'not_needed' });
    expect(one.owes('D6.1')).toHaveLength(open - 1);
    expect(one.ask(supervisor, 'settle_item', { item, outcome: 'done' })).toMatchObject(
      missing('no_such_open_item'),
    );
  });

  it('P6.6 reminds the hire, by D+10, of the policies they have not read yet', () => {
    const one = new Employed();
    one.moveTo('2025-05-12', '10:00');
    one.must(employee, 'acknowledge_policies', { policies: ['leave', 'grievance'] });
    expect(one.owes('P6.6')).toEqual([[employee, '2025-05-22']]);
    one.moveTo('2025-05-22', '12:00');
    expect(one.sent('P6.6').at(-1)).toBe('2025-05-22 09:00 P6.6 employee');
  });

  it('P6.6 falls silent when all are read, and takes no policy twice', () => {
    const one = onTheJob();
    one.moveTo('2025-05-23', '12:00');
    expect(one.owes('P6.6')).toEqual([]);
    expect(one.sent('P6.6').filter((line) => line > '2025-05-12 10:00')).toEqual([]);
    expect(one.ask(employee, 'acknowledge_policies', { policies: ['leave'] })).toMatchObject(
      missing('nothing_open_of_these'),
    );
  });

  it('D6.5 hears the hire before the supervisor, and each of them once a round', () => {
    const one = onTheJob();
    one.moveTo('2025-06-11', '11:00');
    expect(one.ask(supervisor, 'answer_integration', { no: [] })).toMatchObject(
      missing('hire_answers_first'),
    );
    one.must(employee, 'answer_integration', { no: [] });
    expect(one.ask(employee, 'answer_integration', { no: [] })).toMatchObject(missing('already_answered'));
  });

  it('D6.5 opens no action when nothing is answered with no', () => {
    const one = onTheJob();
    one.moveTo('2025-06-11', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_integration', { no: [] });
    expect(one.owes('R6.3')).toEqual([]);
    expect(one.owes('P6.4')).toEqual([[employee, '2025-08-11']]);
  });
});

describe('the mentor', () => {
  it('D6.3 refuses a talk from outside the pair, one that is not open, and a move to a closed day', () => {
    const one = onTheJob();
    one.assign(nextMentor, 'mentor');
    const talk = { talk: 10, outcome: 'held', topics: [] };
    // Somebody else's mentor is nobody to this pair.
    expect(one.ask(nextMentor, 'record_mentor_talk', talk)).toMatchObject({ code: 'not_permitted' });
    expect(one.ask(mentor, 'record_mentor_talk', { ...talk, talk: 11 })).toMatchObject(
      missing('no_such_open_talk'),
    );
    expect(
      one.ask(mentor, 'record_mentor_talk', { ...talk, outcome: 'moved', to: '2025-05-26' }),
    ).toMatchObject(missing('business_day_in_future'));
  });

  it('D6.3 takes a talk from either of the pair', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02', '11:00');
    one.must(employee, 'record_mentor_talk', { talk: 10, outcome: 'held', topics: ['team'] });
    one.must(mentor, 'record_mentor_talk', { talk: 30, outcome: 'held', topics: [] });
    expect(one.owes('P6.2').map(([, due]) => due)).not.toContain('2025-05-22');
    expect(one.rows.at(-1)?.body).toEqual({ talk: 30, outcome: 'held', topics: [] });
  });

  it('P6.3 asks mentor and supervisor at D+180 and needs a day ahead to renew', () => {
    const one = onTheJob();
    one.moveTo('2025-11-10', '10:00');
    expect(one.sent('P6.3')).toEqual(['2025-11-10 09:00 P6.3 mentor', '2025-11-10 09:00 P6.3 supervisor']);
    expect(one.ask(mentor, 'settle_mentoring', { outcome: 'renewed' })).toMatchObject(refusedBy('P6.3'));
    one.must(mentor, 'settle_mentoring', { outcome: 'renewed', until: '2026-02-09' });
    expect(one.owes('P6.3').map(([, due]) => due)).toEqual(['2026-02-09', '2026-02-09']);
  });

  it('P6.3 asks nobody once the mentoring has ended', () => {
    const one = onTheJob();
    one.must(mentor, 'settle_mentoring', { outcome: 'ended' });
    one.moveTo('2025-11-11', '10:00');
    expect(one.sent('P6.3')).toEqual([]);
    expect(one.ask(supervisor, 'settle_mentoring', { outcome: 'ended' })).toMatchObject(refusedBy('P6.3'));
  });

  it('R6.4 gives the manager five business days for a new mentor, then tells HR', () => {
    const one = onTheJob();
    one.moveTo('2025-05-22', '10:00');
    one.must(employee, 'ask_new_mentor');
    // Memorial Day, 26 May, is no business day.
    expect(one.owes('X12')).toEqual([[manager, '2025-05-30']]);
    one.moveTo('2025-06-06', '12:00');
    const told = one.prompts.filter((prompt) => prompt.code === 'X12').map((prompt) => prompt.to);
    expect(told).toContain(`hr@${site}`);
  });

  it('R6.4 owes nothing while the mentor is there', () => {
    const one = onTheJob();
    one.moveTo('2025-06-06', '12:00');
    expect(one.owes('X12')).toEqual([]);
    expect(one.ask(manager, 'assign_mentor', { mentor: nextMentor })).toMatchObject(
      missing('mentor_in_place'),
    );
  });

  it('X12 P6.1 P5.6 P6.2 asks the manager for a new mentor, and for nothing that only a mentor can do; then the next one', () => {
    const one = new Employed('2025-05-05', '2025-05-12');
    one.must(employee, 'ask_new_mentor');
    one.moveTo('2025-05-13', '10:00');
    const mentors = ['P6.1', 'P5.6', 'P6.2'];
    const asked = () => one.prompts.filter(({ to, code }) => to === manager && mentors.includes(code));
    expect(asked()).toEqual([]);
    expect(one.owes('P5.6')).toEqual([]);
    expect(one.owes('P6.2')).toEqual([]);
    expect(one.owes('X12')).toEqual([[manager, '2025-05-12']]);
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    one.must(nextMentor, 'answer_mentoring', { answer: 'accept' });
    expect(one.owes('P6.2')).toContainEqual([nextMentor, '2025-05-22']);
    expect(one.owes('P5.6').map(([who]) => who)).toEqual([nextMentor]);
  });

  it('D5.7 waits for the new mentor’s own word, and for no other', () => {
    const one = onTheJob();
    one.must(mentor, 'ask_new_mentor');
    expect(one.ask(manager, 'assign_mentor', { mentor: employee })).toMatchObject(refusedBy('D5.7'));
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    expect(one.owes('D5.7')).toEqual([[nextMentor, '2025-05-15']]);
    one.assign(mentor, 'mentor');
    expect(one.ask(mentor, 'answer_mentoring', { answer: 'accept' })).toMatchObject(refusedBy('D5.7'));
  });

  it('D5.7 goes back to the manager when the one who was asked declines', () => {
    const one = onTheJob();
    one.must(mentor, 'ask_new_mentor');
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    one.must(nextMentor, 'answer_mentoring', { answer: 'decline' });
    expect(one.owes('D5.7')).toEqual([]);
    expect(one.owes('X12')).toEqual([[manager, '2025-05-19']]);
  });
});

describe('supervision', () => {
  it('D7.1 refuses a session without minutes, mode and topics, and on a day that is not its own', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '12:00');
    const log = { session: '2025-05-13', outcome: 'held', topics, actions: [] };
    expect(one.ask(supervisor, 'log_session', log)).toMatchObject(missing('minutes_mode_topics'));
    expect(
      one.ask(supervisor, 'log_session', { session: '2025-05-13', ...held, on: '2025-05-14' }),
    ).toMatchObject(missing('day_of_that_session'));
  });

  it('D7.1 takes the hire’s word that the supervisor did not come', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '16:00');
    one.must(employee, 'log_session', {
      session: '2025-05-13',
      outcome: 'missed_supervisor',
      topics: [],
      actions: [],
    });
    expect(one.owes('P7.2').map(([owner]) => owner)).toEqual([supervisor, employee]);
  });

  it('R7.2 turns a line the hire sees differently into an action of HR', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '16:00');
    one.must(supervisor, 'log_session', { session: '2025-05-13', ...held });
    expect(one.ask(supervisor, 'confirm_session', { session: '2025-05-13', view: 'agrees' })).toMatchObject({
      code: 'not_permitted',
    });
    one.must(employee, 'confirm_session', { session: '2025-05-13', view: 'differs', comment: 'txt_1' });
    expect(one.rows.at(-1)).toMatchObject({ kind: 'session_confirmed', body: { comment: 'txt_1' } });
    expect(one.owes('R7.2')).toEqual([[`hr@${site}`, '2025-05-20']]);
  });

  it('R7.2 opens nothing when the hire agrees with the line', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '16:00');
    one.meets('2025-05-13');
    expect(one.owes('R7.2')).toEqual([]);
    expect(one.owes('D7.1')).toEqual([]);
  });

  it('D7.2 lets only its owner close an action', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '16:00');
    const actions = [{ action: 'phone_rota', owner: 'supervisor', due: '2025-05-30' }];
    one.must(supervisor, 'log_session', { session: '2025-05-13', ...held, actions });
    expect(one.owes('D7.2')).toEqual([[supervisor, '2025-05-30']]);
    const action = one.obligations.find((owed) => owed.code === 'D7.2')?.id.split(':')[1];
    expect(one.ask(employee, 'close_action', { action, outcome: 'done' })).toMatchObject(refusedBy('D7.2'));
    one.must(supervisor, 'close_action', { action, outcome: 'dropped' });
    expect(one.owes('D7.2')).toEqual([]);
  });

  it('D7.2 knows no action that nobody agreed on', () => {
    const one = onTheJob();
    expect(one.ask(supervisor, 'close_action', { action: 'a1_0', outcome: 'done' })).toMatchObject(
      missing('no_such_open_action'),
    );
  });

  it('R7.4 puts no session into a leave, neither one of the plan nor an extra one', () => {
    const one = onTheJob();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-15', to: '2025-05-27' } });
    expect(one.ask(supervisor, 'move_session', { session: '2025-05-13', to: '2025-05-16' })).toMatchObject(
      refusedBy('R7.4'),
    );
    one.must(employee, 'ask_extra_session');
    expect(one.ask(supervisor, 'plan_extra_session', { on: '2025-05-16' })).toMatchObject(refusedBy('R7.4'));
    expect(one.owes('P7.1').map(([, due]) => due)).not.toContain('2025-05-20');
  });

  it('R7.4 leaves sessions before and after the leave where they are', () => {
    const one = onTheJob();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-15', to: '2025-05-27' } });
    one.must(supervisor, 'move_session', { session: '2025-05-13', to: '2025-05-14' });
    one.moveTo('2025-05-14', '10:00');
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-28' });
    one.moveTo('2025-05-23', '18:00');
    const passed = one.rows.filter((row) => row.kind === 'session_on_leave');
    expect(passed.map((row) => row.body)).toEqual([{ session: '2025-05-20' }]);
  });

  it('D7.7 refuses one person as both supervisors, and the hire or their mentor as either', () => {
    const one = onTheJob();
    const ask = (first: string, other: string | null) =>
      one.ask(manager, 'change_supervisor', { how: 'reassigned', supervisor: first, second: other });
    expect(ask(second, second)).toMatchObject(refusedBy('D7.7'));
    expect(ask(employee, second)).toMatchObject(refusedBy('D7.7'));
    expect(ask(second, mentor)).toMatchObject(refusedBy('R5.5'));
    expect(
      one.ask(hr, 'change_supervisor', { how: 'interim', supervisor: second, second: null }),
    ).toMatchObject({ code: 'not_permitted' });
  });

  it('D7.7 hands the sessions to whoever the manager names', () => {
    const one = onTheJob();
    one.must(manager, 'change_supervisor', {
      how: 'requested_by_employee',
      supervisor: second,
      second: null,
    });
    expect(one.owes('P7.1')).toContainEqual([second, '2025-05-13']);
    expect(one.obligations.map((owed) => owed.owner)).not.toContain(supervisor);
  });

  it('D5.6 takes no training of a day to come', () => {
    const one = onTheJob();
    const stranger = person('new supervisor');
    expect(
      one.ask(hr, 'record_supervisor_training', { supervisor: stranger, on: '2025-05-13' }),
    ).toMatchObject(refusedBy('D5.6'));
    expect(one.facts.some((fact) => fact.subject === stranger)).toBe(false);
  });

  it('D5.6 tells other cases who is trained, once HR has recorded it', () => {
    const one = onTheJob();
    const stranger = person('new supervisor');
    one.must(hr, 'record_supervisor_training', { supervisor: stranger, on: '2025-05-12' });
    const told = { kind: 'supervisor_qualified', subject: stranger, value: '2025-05-12' };
    expect(one.facts).toContainEqual(told);
    one.must(manager, 'change_supervisor', { how: 'reassigned', supervisor: stranger, second: null });
  });

  it('D5.6 R5.2 keeps the newest training: an older one brings no refresher forward', () => {
    const one = onTheJob();
    one.must(hr, 'record_supervisor_training', { supervisor: second, on: '2025-05-12' });
    for (const on of ['2025-05-12', '2024-06-10'])
      expect(one.ask(hr, 'record_supervisor_training', { supervisor: second, on })).toMatchObject({
        rule: 'D5.6',
        missing: [{ code: 'later_training_on_record', about: '2025-05-12' }],
      });
    one.moveTo('2026-03-02');
    one.must(hr, 'record_supervisor_training', { supervisor: second, on: '2026-03-02' });
  });

  it('R7.1 a session that a stand-in held counts where they are trained themselves, whoever they stand in for', () => {
    const standIn = person('a stand-in');
    const logged = (trained: boolean) => {
      const one = onTheJob();
      one.standsIn(standIn, supervisor);
      if (trained) one.seen.push({ ...on(standIn), value: '2025-03-03' });
      one.moveTo('2025-05-13', '16:30');
      one.must(standIn, 'log_session', { session: '2025-05-13', ...held }, { onBehalfOf: supervisor });
      return one;
    };
    const on = (subject: string) => ({
      ...{ kind: 'supervisor_qualified', subject, case: `employment-${'7'.repeat(26)}`, sequence: 3 },
    });
    const body = (one: ReturnType<typeof logged>) =>
      one.rows.find((row) => row.kind === 'session_logged')?.body;
    expect(body(logged(true))).toMatchObject({ counts: true });
    expect(body(logged(false))).toMatchObject({ counts: false });
    expect(logged(false).owes('R7.1')).toEqual([[manager, '2025-05-13']]);
  });

  it('X11 asks the manager, the same day, for a qualified interim supervisor', () => {
    const one = onTheJob();
    const standIn = person('stand-in');
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: standIn, second });
    one.moveTo('2025-05-13', '12:00');
    one.must(standIn, 'log_session', { session: '2025-05-13', ...held });
    expect(one.owes('R7.1')).toEqual([[manager, '2025-05-13']]);
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: second, second: null });
    expect(one.owes('R7.1')).toEqual([]);
  });

  it('X11 asks for nobody while qualified supervisors hold the sessions', () => {
    const one = onTheJob();
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: second, second: null });
    one.moveTo('2025-05-13', '12:00');
    one.meets('2025-05-13', second);
    expect(one.owes('R7.1')).toEqual([]);
    expect(one.rows.find((row) => row.kind === 'session_logged')?.body).toMatchObject({ counts: true });
  });
});

const view = { month: '2025-05', core: 76, support: 18, shared: 6, nonPeer: 0, prohibited: [] };
const drifting = { ...view, core: 60, support: 20, shared: 5, nonPeer: 15 };

/** A month of which both say that part of the work lay outside the role. */
function flagged(): Employed {
  const one = onTheJob();
  one.moveTo('2025-05-30', '11:00');
  for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', drifting);
  return one;
}

describe('pulse and drift', () => {
  it('D7.3 refuses a second answer, a month not asked for, and shares that do not sum to 100', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    const ask = (answer: object) => one.ask(employee, 'answer_pulse', answer);
    expect(ask({ ...view, month: '2025-06' })).toMatchObject(missing('month_asked'));
    expect(ask({ ...view, support: 19 })).toMatchObject(missing('shares_sum_to_100'));
    one.must(employee, 'answer_pulse', view);
    expect(ask(view)).toMatchObject(missing('already_answered'));
    expect(one.ask(hr, 'waive_pulse')).toMatchObject(missing('month_not_over'));
  });

  it('D7.3 closes a month when both have answered, and flags nothing in a month within the role', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', view);
    expect(one.kinds()).not.toContain('drift_flagged');
    expect(one.owes('P7.3').map(([, due]) => due)).toEqual(['2025-06-30', '2025-06-30']);
  });

  it('D7.5 refuses an outcome that does not fit what was found', () => {
    const one = flagged();
    const propose = (found: object) =>
      one.ask(supervisor, 'propose_drift_review', { kind: 'organizational', duties: [], ...found });
    expect(propose({ outcome: 'no_drift' })).toMatchObject(refusedBy('D7.5'));
    expect(propose({ kind: 'none', outcome: 'training' })).toMatchObject(refusedBy('D7.5'));
    expect(propose({ outcome: 'accepted_temporary_until' })).toMatchObject(refusedBy('D7.5'));
    expect(propose({ outcome: 'accepted_temporary_until', until: '2025-05-30' })).toMatchObject(
      refusedBy('D7.5'),
    );
    expect(propose({ outcome: 'role_reopened' })).toMatchObject(missing('element'));
  });

  it('D7.5 looks again at what was accepted for a time, when that time is over', () => {
    const one = flagged();
    const found = { kind: 'organizational', duties: ['N_DRIVER'], outcome: 'accepted_temporary_until' };
    one.must(supervisor, 'propose_drift_review', { ...found, until: '2025-06-30' });
    for (const who of [employee, people.adviser]) one.must(who, 'agree_drift_review');
    expect(one.owes('P7.4')).toEqual([]);
    expect(one.owes('D7.5')).toEqual([[supervisor, '2025-06-30']]);
  });

  it('X18 tells the role of a drift that the description has to answer', () => {
    const one = flagged();
    const found = { kind: 'organizational', duties: [], outcome: 'role_reopened', element: 'E3' };
    one.must(people.adviser, 'propose_drift_review', found);
    for (const who of [employee, supervisor]) one.must(who, 'agree_drift_review');
    expect(one.notices.at(-1)).toMatchObject({
      kind: 'drift_reopens_element',
      to: role,
      body: { element: 'E3', employment: one.id },
    });
  });

  it('X18 leaves the role alone when duties are taken away instead', () => {
    const one = flagged();
    const found = { kind: 'organizational', duties: ['N_DRIVER'], outcome: 'duties_removed' };
    const before = one.notices.length;
    one.must(people.adviser, 'propose_drift_review', found);
    for (const who of [employee, supervisor]) one.must(who, 'agree_drift_review');
    expect(one.notices.slice(before)).toEqual([]);
  });
});

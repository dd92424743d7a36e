import { describe, expect, it } from 'vitest';
import { policiesToRead } from '../../src/domain/employment/words.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { Employed, onTheJob, people, refusedBy, role } from './employment-house.ts';
import { site } from './house.ts';

const { employee, supervisor, second, mentor, nextMentor, manager, hr } = people;

const items = [
  ['team_introduction', supervisor],
  ['systems_training', supervisor],
  ['crisis_plan_briefing', supervisor],
  ['shadowing', mentor],
  ['first_pay_check', hr],
  ['ongoing_training_plan', supervisor],
  ['crisis_talk_training', supervisor],
] as const;

function readyAlone(one: Employed, on = '2025-05-20'): void {
  one.moveTo(on, '15:00');
  one.must(mentor, 'log_supervised_hours', { on: '2025-05-14', minutes: 180 });
  one.must(supervisor, 'log_supervised_hours', { on, minutes: 180 });
  for (const who of [supervisor, employee]) one.must(who, 'answer_ready', { outcome: 'yes', missing: [] });
}

describe('an employment starts', () => {
  it('tells the role of the first hire, starts the clock of the credential, and publishes that it runs', () => {
    const one = new Employed();
    expect(one.notices.map((notice) => [notice.kind, notice.starts === true])).toEqual([
      ['first_hire', false],
      ['start_clock', true],
    ]);
    expect(one.notices[0]?.to).toBe(role);
    expect(one.facts).toContainEqual({ kind: 'employed', subject: one.id, value: 'yes' });
    expect(one.standing).toEqual({ stage: 'onboarding', status: 'open' });
  });

  it('asks supervisor and mentor for the plan on 9 and 12 May (P6.1), and the mentor for a welcome on the day (P5.6)', () => {
    const one = new Employed();
    one.moveTo('2025-05-12', '09:30');
    expect(one.sent('P6.1')).toEqual([
      '2025-05-09 10:00 P6.1 mentor',
      '2025-05-09 10:00 P6.1 supervisor',
      '2025-05-12 09:00 P6.1 mentor',
      '2025-05-12 09:00 P6.1 supervisor',
    ]);
    expect(one.sent('P5.6')).toEqual(['2025-05-12 09:00 P5.6 mentor']);
  });

  it('moves everything that is counted from day one with it (D5.8)', () => {
    const one = new Employed();
    expect(one.ask(hr, 'move_day_one', { dayOne: '2025-05-09' })).toMatchObject(refusedBy('D5.8'));
    one.must(hr, 'move_day_one', { dayOne: '2025-05-19' });
    expect(one.owes('P6.6')).toEqual([[employee, '2025-05-29']]);
    expect(one.owes('P7.1')[0]).toEqual([supervisor, '2025-05-20']);
    expect(one.owes('P6.1').map(([, due]) => due)).toEqual(['2025-05-19', '2025-05-19']);
    one.moveTo('2025-05-19', '09:00');
    expect(one.sent('P6.1')).toContain('2025-05-16 09:00 P6.1 mentor');
    expect(one.ask(hr, 'move_day_one', { dayOne: '2025-06-02' })).toMatchObject(refusedBy('D5.8'));
  });

  it('pins the onboarding list by role, and takes what the role promises besides (R6.5)', () => {
    const one = new Employed();
    one.must(hr, 'add_item', { item: 'certification_fee', owner: 'hr', after: 14 });
    expect(one.ask(employee, 'settle_item', { item: 'certification_fee', outcome: 'done' })).toMatchObject({
      rule: 'D6.1',
      missing: [{ code: 'owner_of_the_item', about: 'hr' }],
    });
    expect(one.owes('D6.1')).toContainEqual([`hr@${site}`, '2025-05-27']);
    one.must(hr, 'settle_item', { item: 'certification_fee', outcome: 'late', due: '2025-06-02' });
    expect(one.owes('D6.1')).toContainEqual([`hr@${site}`, '2025-06-02']);
  });
});

describe('stage 6', () => {
  it('lets nobody work alone before six supervised hours and two words of yes (D6.2, R6.1)', () => {
    const one = onTheJob();
    expect(one.ask(supervisor, 'start_caseload')).toMatchObject({
      code: 'gate_not_passed',
      rule: 'R6.1',
      missing: [
        { code: 'D6.2', about: 'supervisor' },
        { code: 'D6.2', about: 'employee' },
      ],
    });
    one.must(supervisor, 'log_supervised_hours', { on: '2025-05-12', minutes: 300 });
    expect(one.ask(supervisor, 'answer_ready', { outcome: 'yes', missing: [] })).toMatchObject({
      rule: 'D6.2',
      missing: [{ code: 'supervised_minutes', about: '60' }],
    });
    one.must(employee, 'answer_ready', { outcome: 'not_yet', missing: ['systems'] });
    one.must(mentor, 'log_supervised_hours', { on: '2025-05-12', minutes: 60 });
    one.must(supervisor, 'answer_ready', { outcome: 'yes', missing: [] });
    expect(one.ask(supervisor, 'start_caseload')).toMatchObject(refusedBy('R6.1'));
    one.must(employee, 'answer_ready', { outcome: 'yes', missing: [] });
    one.must(supervisor, 'start_caseload');
  });

  it('asks both for mentor talks at D+10, +30, +60, +90 and keeps nothing of them but codes (P6.2, R6.2)', () => {
    const one = onTheJob();
    one.moveTo('2025-08-11', '10:00');
    const asked = one.prompts.filter((prompt) => prompt.code === 'P6.2' && prompt.rung === 's0');
    expect(
      asked.filter((prompt) => prompt.to === employee).map((prompt) => one.day(prompt.sendAfter)),
    ).toEqual(['2025-05-22', '2025-06-11', '2025-07-11', '2025-08-11']);
    const note = { talk: 10, outcome: 'held', topics: ['team'], notes: 'txt_1' };
    expect(one.ask(mentor, 'record_mentor_talk', note)).toMatchObject({ code: 'malformed' });
    expect(
      one.ask(supervisor, 'record_mentor_talk', { talk: 10, outcome: 'held', topics: [] }),
    ).toMatchObject({
      code: 'not_permitted',
    });
    one.must(employee, 'record_mentor_talk', { talk: 10, outcome: 'held', topics: ['team'] });
    one.must(mentor, 'record_mentor_talk', { talk: 30, outcome: 'missed', topics: ['team'] });
    expect(one.owes('P6.2')).toContainEqual([mentor, '2025-08-18']);
    one.must(mentor, 'record_mentor_talk', { talk: 60, outcome: 'moved', topics: [], to: '2025-08-13' });
    expect(one.owes('P6.2')).toContainEqual([employee, '2025-08-13']);
  });

  it('hears the hire first at D+30, and a "no" opens an action for the manager (P6.4, R6.3)', () => {
    const one = onTheJob();
    one.moveTo('2025-06-11', '11:00');
    expect(one.sent('P6.4')).toEqual(['2025-06-11 09:00 P6.4 employee']);
    expect(one.ask(supervisor, 'answer_integration', { no: [] })).toMatchObject(refusedBy('D6.5'));
    one.must(employee, 'answer_integration', { no: ['asked_for_view'] });
    expect(one.owes('R6.3')).toEqual([[manager, '2025-06-26']]);
    one.must(supervisor, 'answer_integration', { no: ['asked_for_view'] });
    expect(one.owes('R6.3')).toHaveLength(1);
    expect(one.owes('P6.4')).toEqual([[employee, '2025-08-11']]);
    one.moveTo('2025-06-24');
    const action = one.obligations.find((owed) => owed.code === 'R6.3')?.id.split(':')[1];
    expect(one.ask(supervisor, 'close_action', { action, outcome: 'done' })).toMatchObject(refusedBy('D7.2'));
    one.must(manager, 'close_action', { action, outcome: 'done' });
    expect(one.owes('R6.3')).toEqual([]);
  });

  it('holds the check-ins with HR after the hire has answered (D6.4)', () => {
    const one = onTheJob();
    one.moveTo('2025-06-11', '11:00');
    const fine = { at: 30, outcome: 'fine', needs: [] };
    expect(one.ask(hr, 'answer_check_in', fine)).toMatchObject(refusedBy('D6.4'));
    one.must(employee, 'answer_check_in', fine);
    one.must(hr, 'answer_check_in', { at: 30, outcome: 'needs_action', needs: ['tools'] });
    expect(one.owes('D6.4')).toEqual([
      [`hr@${site}`, '2025-06-26'],
      [employee, '2025-07-11'],
    ]);
  });

  it('G6 waits for each item of the list (D6.1) and for each policy to be read (P6.6), and names them', () => {
    const one = new Employed();
    one.must(supervisor, 'confirm_day_one');
    one.must(mentor, 'confirm_day_one');
    one.moveTo('2025-05-12', '10:00');
    const [, ...others] = items;
    for (const [item, owner] of others) one.must(owner, 'settle_item', { item, outcome: 'done' });
    one.moveTo('2025-08-11', '11:00');
    one.must(supervisor, 'propose_completion', { outcome: 'complete' });
    const lacks = one.ask(hr, 'confirm_completion');
    expect(lacks).toMatchObject({ rule: 'G6' });
    const listed = isRefusal(lacks) ? lacks.missing : [];
    expect(listed.filter(({ code }) => code === 'D6.1').map(({ about }) => about)).toEqual([items[0]?.[0]]);
    expect(listed.filter(({ code }) => code === 'P6.6').map(({ about }) => about)).toEqual([
      ...policiesToRead,
    ]);
  });

  it('passes G6 only with list, hours, check-ins and talks, by supervisor and HR (D6.6)', () => {
    const one = onTheJob();
    for (const [item, owner] of items) one.must(owner, 'settle_item', { item, outcome: 'done' });
    one.moveTo('2025-05-22', '11:00');
    one.must(employee, 'record_mentor_talk', { talk: 10, outcome: 'held', topics: [] });
    one.moveTo('2025-08-11', '11:00');
    expect(one.sent('D6.6')).toEqual(['2025-08-11 09:00 D6.6 supervisor']);
    one.must(supervisor, 'propose_completion', { outcome: 'complete' });
    expect(one.ask(hr, 'confirm_completion')).toMatchObject({
      rule: 'G6',
      missing: [
        { code: 'D6.4', about: 'D+30' },
        { code: 'D6.4', about: 'D+60' },
        { code: 'D6.2' },
        { code: 'D6.3', about: 'D+30' },
        { code: 'D6.3', about: 'D+60' },
        { code: 'D6.3', about: 'D+90' },
      ],
    });
    for (const at of [30, 60])
      for (const who of [employee, hr]) one.must(who, 'answer_check_in', { at, outcome: 'fine', needs: [] });
    for (const talk of [30, 60, 90])
      one.must(mentor, 'record_mentor_talk', { talk, outcome: 'held', topics: [] });
    readyAlone(one, '2025-08-11');
    one.must(hr, 'confirm_completion');
    expect(one.standing?.stage).toBe('supervision');
    expect(one.owes('D6.1')).toEqual([]);
  });

  it('X12 asks the manager anew, and nothing twice, when whoever was asked declines after the day', () => {
    const one = onTheJob();
    one.moveTo('2025-05-20', '10:00');
    one.must(mentor, 'ask_new_mentor');
    const declines = (): void => {
      one.must(manager, 'assign_mentor', { mentor: nextMentor });
      one.must(nextMentor, 'answer_mentoring', { answer: 'decline' });
    };
    declines();
    // Declined in time: its day stays.
    expect(one.owes('X12')).toEqual([[manager, '2025-05-28']]);
    one.moveTo('2025-06-10', '10:00');
    declines();
    expect(one.owes('X12')).toEqual([[manager, '2025-06-11']]);
    one.moveTo('2025-06-30', '10:00');
    const sent = one.prompts.filter(({ code }) => code === 'X12').map(({ key }) => key);
    expect(new Set(sent).size).toBe(sent.length);
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    one.must(nextMentor, 'answer_mentoring', { answer: 'accept' });
    expect(one.owes('X12')).toEqual([]);
    one.must(nextMentor, 'ask_new_mentor');
    expect(one.owes('X12')).toEqual([[manager, '2025-07-08']]);
  });

  it('replaces a mentor who leaves within five business days, and asks the new one (X12, R5.5)', () => {
    const one = onTheJob();
    one.moveTo('2025-08-15', '10:00');
    one.must(mentor, 'ask_new_mentor');
    expect(one.owes('X12')).toEqual([[manager, '2025-08-22']]);
    one.moveTo('2025-08-18');
    expect(one.ask(manager, 'assign_mentor', { mentor: second })).toMatchObject(refusedBy('R5.5'));
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    one.must(nextMentor, 'answer_mentoring', { answer: 'accept' });
    expect(one.owes('X12')).toEqual([]);
    one.moveTo('2025-11-10', '09:30');
    expect(one.sent('P6.3')).toEqual([
      '2025-11-10 09:00 P6.3 nextMentor',
      '2025-11-10 09:00 P6.3 supervisor',
    ]);
    one.must(nextMentor, 'settle_mentoring', { outcome: 'ended' });
    expect(one.owes('P6.2')).toEqual([]);
  });
});

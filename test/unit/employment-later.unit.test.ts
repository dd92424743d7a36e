import { describe, expect, it } from 'vitest';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { Years, live, longTerms } from './employment-years.ts';
import { Employed, heardOnConduct, leave, onTheJob, opening, people, refusedBy } from './employment-house.ts';
import { caseOf, site } from './house.ts';

const { employee, supervisor, second, manager, hr, hrDirector, compliance } = people;

describe('reviews and rounds', () => {
  it('opens each review on its day with the dates of the plan (D8.1)', () => {
    const one = onTheJob();
    one.moveTo('2026-04-14', '09:30');
    const started = one.notices.filter((notice) => notice.kind === 'start_review');
    expect(started.map((notice) => notice.body)).toMatchObject([
      { cycle: 'probation_mid', due: '2025-06-26', periodEnd: '2025-06-26' },
      { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-10' },
      { cycle: 'six_month', due: '2025-11-12', periodEnd: '2025-11-12' },
      { cycle: 'annual', due: '2026-05-12', periodEnd: '2026-05-12' },
    ]);
    const opened = one.rows.filter((row) => row.kind === 'review_opened').map((row) => one.day(row.stamp.at));
    expect(opened).toEqual(['2025-05-29', '2025-07-11', '2025-10-15', '2026-04-14']);
    expect(new Set(started.map((notice) => notice.to)).size).toBe(4);
  });

  it('opens a second probation review after an extension (X16)', () => {
    const one = onTheJob();
    one.moveTo('2025-08-08');
    const review = one.notices.filter((notice) => notice.kind === 'start_review').at(-1)?.to ?? '';
    const body = { review, outcome: 'extended', until: '2025-09-09' };
    one.tell(review, { kind: 'probation_decided', body });
    one.moveTo('2025-08-12', '09:30');
    const last = one.notices.filter((notice) => notice.kind === 'start_review').at(-1);
    expect(last?.body).toMatchObject({ cycle: 'probation_end', due: '2025-09-09' });
    expect(last?.to).not.toBe(review);
  });

  it('asks compliance monthly, keeps a possible match open until it is clear (P7.7)', () => {
    const one = onTheJob();
    // A month after the check of 17 April is Saturday 17 May; a limit of the employer rolls back.
    expect(one.owes('P7.7')).toEqual([[`compliance@${site}`, '2025-05-16']]);
    one.moveTo('2025-05-16', '11:00');
    one.must(compliance, 'record_exclusion_check', { outcome: 'clear' });
    one.moveTo('2025-06-12', '11:00');
    expect(one.owes('P7.7')).toEqual([[`compliance@${site}`, '2025-06-16']]);
    one.must(compliance, 'record_exclusion_check', { outcome: 'possible_match' });
    expect(one.owes('D5.3')).toEqual([[`compliance@${site}`, '2025-06-20']]);
    one.must(compliance, 'record_exclusion_check', { outcome: 'disputed' });
    one.must(compliance, 'record_exclusion_check', { outcome: 'clear' });
    expect(one.owes('P7.7')).toEqual([[`compliance@${site}`, '2025-07-11']]);
  });

  it('tells HR, never the manager of the hire, when the exclusion check is late (P7.7)', () => {
    const one = onTheJob();
    one.moveTo('2025-05-28');
    const sent = one.prompts.filter((prompt) => prompt.code === 'P7.7');
    expect(sent.map(({ rung, to, sendAfter }) => [rung, to, one.day(sendAfter)])).toEqual([
      ['s0', `compliance@${site}`, '2025-05-16'],
      ['r3', `compliance@${site}`, '2025-05-19'],
      ['r4', `hr@${site}`, '2025-05-21'],
      ['r5', `hr@${site}`, '2025-05-23'],
    ]);
  });

  it('asks for the growth talk every six months and the stay interview after twelve (P9.1, P9.2)', () => {
    const one = onTheJob();
    expect(one.owes('P9.1')).toEqual([
      [supervisor, '2025-11-12'],
      [employee, '2025-11-12'],
    ]);
    expect(one.owes('P9.2')).toEqual([[`hr@${site}`, '2026-05-12']]);
    one.moveTo('2025-11-12');
    one.must(supervisor, 'propose_growth_plan', { outcome: 'agreed' });
    one.must(employee, 'answer_growth_plan', { answer: 'agreed' });
    expect(one.owes('P9.1')[0]?.[1]).toBe('2026-05-12');
  });

  it('decides a promotion by manager and HR, never as a step out of peer roles alone (D9.3, R9.1)', () => {
    const one = onTheJob();
    const word = { outcome: 'not_yet', steps: ['tier_2'], criteria: ['precepting'], nextTalk: '2026-11-12' };
    expect(one.ask(manager, 'propose_promotion', { ...word, steps: ['clinician'] })).toMatchObject(
      refusedBy('R9.1'),
    );
    one.must(manager, 'propose_promotion', word);
    expect(one.owes('D9.3')).toEqual([[`hr@${site}`, '2025-05-19']]);
    one.must(hr, 'confirm_promotion');
    expect(one.owes('D9.3')).toEqual([[manager, '2026-11-12']]);
  });
});

describe('leave', () => {
  it('knows dates only, records sessions as on_leave by itself, and asks nothing of the person', () => {
    const one = new Employed('2026-01-05', '2025-12-29');
    one.moveTo('2026-01-06', '12:00');
    for (const session of ['2025-12-30', '2026-01-06'])
      one.meets(session, session < '2026' ? supervisor : second);
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2026-01-12', to: '2026-01-26' } });
    const before = one.prompts.length;
    one.moveTo('2026-01-23', '18:00');
    const since = one.prompts.slice(before).filter((prompt) => prompt.sendAfter >= Date.UTC(2026, 0, 12));
    expect(since.filter((prompt) => prompt.to === employee)).toEqual([]);
    const passed = one.rows.filter((row) => row.kind === 'session_on_leave').map((row) => row.body);
    expect(passed).toEqual([{ session: '2026-01-13' }, { session: '2026-01-20' }]);
    one.moveTo('2026-01-26', '10:00');
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2026-01-26' } });
    expect(one.owes('P7.1')[1]).toEqual([employee, '2026-01-27']);
    expect(
      JSON.stringify(one.rows.filter((row) => row.kind.startsWith('leave_')).map((row) => row.body)),
    ).not.toMatch(/reason|type|why/);
    expect(one.notices.map((notice) => notice.kind)).toContain('person_away');
  });

  it('lets what fell into the leave be due some days after it, and leaves review dates alone', () => {
    const one = new Employed();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-19', to: '2025-06-03' } });
    expect(one.owes('P6.6')).toEqual([[employee, '2025-06-05']]);
    expect(
      one
        .owes('P6.2')
        .slice(0, 2)
        .map(([, due]) => due),
    ).toEqual(['2025-06-05', '2025-06-05']);
    expect(one.owes('P7.3').map(([, due]) => due)).toEqual(['2025-06-30', '2025-06-30']);
    one.moveTo('2025-05-29', '09:30');
    expect(one.kinds()).toContain('review_opened');
    expect(one.notices.at(-1)).toMatchObject({ kind: 'person_away', body: { to: '2025-06-03' } });
  });
});

describe('endings', () => {
  const opened = (one: Employed) => one.obligations.map((owed) => owed.code).toSorted();

  it('ends on the last day after a resignation, with access ended that day, and is final when nothing is owed', () => {
    const one = onTheJob();
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: [] });
    expect(one.owes('R9.3')).toEqual([[`it@${site}`, '2025-05-30']]);
    expect(one.owes('P9.2')).toEqual([]);
    one.moveTo('2025-05-30', '16:00');
    one.must(people.it, 'end_access');
    one.moveTo('2025-05-30', '17:30');
    expect(one.kinds()).toContain('employment_ended');
    expect(one.facts).toEqual([]);
    expect(one.notices.filter((notice) => notice.to === opening)).toMatchObject([
      { kind: 'holder_left', body: { how: 'resigned' } },
    ]);
    expect(opened(one)).toEqual(['D9.6', 'D9.7', 'X20']);
    expect(one.standing?.status).toBe('closed');
    one.must(hr, 'decide_rehire', { outcome: 'eligible' });
    one.must(people.director, 'propose_opening', { outcome: 'reopen_same_version' });
    one.must(hr, 'confirm_opening');
    one.must(people.manager, 'record_handover', { outcome: 'handed_over' });
    expect(one.standing?.status).toBe('final');
    expect(one.obligations).toEqual([]);
  });

  it('refuses a termination without comparator check and the officer’s word, and by one person (R9.2)', () => {
    const one = onTheJob();
    heardOnConduct(one);
    const end = { how: 'terminated_conduct', lastDay: '2025-06-13', reasons: ['conduct'] };
    one.must(hr, 'propose_separation', end);
    expect(one.ask(hr, 'confirm_separation')).toMatchObject({ code: 'not_permitted' });
    expect(one.ask(hrDirector, 'confirm_separation')).toMatchObject({
      rule: 'R9.2',
      missing: [{ code: 'comparator_check' }, { code: 'officer_word' }],
    });
    one.must(hr, 'propose_separation', { ...end, comparator: 'same_as_comparator' });
    one.must(people.officer, 'give_clearance');
    one.must(people.investigator, 'give_officer_word', { about: 'separation' });
    // It took the place of the one before: whoever confirms says which they looked at.
    const version = one.rows.findLast((row) => row.kind === 'separation_proposed')?.stamp.sequence ?? 0;
    one.must(hrDirector, 'confirm_separation', {}, { about: { subject: 'separation', version } });
    expect(one.standing?.stage).toBe('leaving');
  });

  it('stops every prompt at once after a death in service, with one person in charge (X22)', () => {
    const one = onTheJob();
    one.must(hr, 'record_death', { owner: hrDirector });
    expect(one.obligations).toMatchObject([{ code: 'X22', owner: hrDirector, rungs: [] }]);
    const sent = one.prompts.length;
    one.moveTo('2025-09-30');
    expect(one.prompts).toHaveLength(sent);
    // Who may not read of a death is told what they would be told of any ending; whoever may, why.
    const move = { session: '2025-05-13', to: '2025-05-14' };
    expect(one.ask(supervisor, 'move_session', move)).toMatchObject({
      ...refusedBy('D9.5'),
      missing: [{ code: 'employment_ended' }],
    });
    const logged = { session: '2025-05-13', outcome: 'held', topics: [], actions: [] };
    expect(one.ask(hr, 'log_session', logged)).toMatchObject({
      ...refusedBy('X22'),
      missing: [{ code: 'everything_stopped' }],
    });
    expect(one.ask(hr, 'close_after_death')).toMatchObject(refusedBy('X22'));
    one.must(hrDirector, 'close_after_death');
    expect(one.standing?.status).toBe('final');
  });

  it('answers late what was late, and declines what makes no sense any more', () => {
    const one = onTheJob();
    one.tell(caseOf('clock', 'other'), {
      kind: 'leave_ended',
      body: { clock: caseOf('clock', 'other'), returned: '2025-05-12' },
    });
    expect(one.rows.at(-1)).toMatchObject({ kind: 'notice_declined', body: { notice: 'leave_ended' } });
    one.moveTo('2025-05-15', '12:00');
    one.meets('2025-05-13');
    expect(one.kinds()).toContain('answered_late');
  });
});

describe('the worked example', () => {
  it('plays its first year with the sessions, talks, reviews and rounds on their dates', () => {
    const one = new Years(longTerms());
    live(one, '2026-05-13');
    const { calendar } = one.terms;
    const days = (kind: string, of: (body: Record<string, unknown>) => unknown = () => null) =>
      one.rows
        .filter((row) => row.kind === kind)
        .map((row) => [dateOf(calendar, row.stamp.at), of(row.body as Record<string, unknown>)] as const);
    const sessions = days('session_logged', (body) => body.session);
    expect(sessions.slice(0, 3).map(([on]) => on)).toEqual(['2025-05-13', '2025-05-20', '2025-05-27']);
    expect(sessions).toContainEqual(['2025-11-12', '2025-11-11']);
    expect(days('cadence_stepped_down', (body) => body.next)).toEqual([['2025-11-12', '2025-11-25']]);
    expect(
      sessions
        .filter(([on]) => on > '2025-11-12')
        .map(([on]) => on)
        .slice(0, 3),
    ).toEqual(['2025-11-25', '2025-12-09', '2025-12-23']);
    expect(days('talk_recorded').map(([on]) => on)).toEqual([
      '2025-05-22',
      '2025-06-11',
      '2025-07-11',
      '2025-08-11',
    ]);
    expect(days('onboarding_completed')).toEqual([['2025-08-11', null]]);
    expect(days('mentoring_settled')).toEqual([['2025-11-10', null]]);
    const pulses = days('pulse_completed').map(([on]) => on);
    expect(pulses.slice(0, 3)).toEqual(['2025-05-30', '2025-06-30', '2025-07-31']);
    expect(
      days('exclusion_checked')
        .map(([on]) => on)
        .slice(0, 3),
    ).toEqual(['2025-05-16', '2025-06-16', '2025-07-16']);
    expect(days('ce_recorded').map(([on]) => on)).toEqual(['2025-11-12', '2026-05-12']);
    expect(days('integration_answered').map(([on]) => on)).toEqual([
      '2025-06-11',
      '2025-06-11',
      '2025-08-11',
      '2025-08-11',
      '2026-02-10',
      '2026-02-10',
    ]);
    expect(days('stay_interview_held')).toEqual([['2026-05-12', null]]);
    expect(days('answered_late')).toEqual([]);
  });
});

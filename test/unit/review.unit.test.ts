import { describe, expect, it } from 'vitest';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { goalsCheckOn } from '../../src/domain/review/goals.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import { person, termsForTests } from './house.ts';
import {
  employee,
  supervisor,
  manager,
  hr,
  nurse,
  caseManager,
  employment,
  id,
  hrHere,
  opened,
  probation,
  draft,
  sources,
  toSign,
} from './review-house.ts';

describe('review: the prompts of the worked example', () => {
  it('asks the employee on 18 Jul, T-21 of a probation due on Friday 8 Aug (P8.1)', () => {
    const one = probation();
    one.moveTo('2025-07-31');
    expect(one.sentTo(employee).filter((line) => line.endsWith('P8.1'))).toEqual(['2025-07-18 09:00 P8.1']);
  });

  it('asks chosen colleagues on T-14 (P8.2), and the supervisor to name them until then', () => {
    const one = probation();
    expect(one.obligations.find((o) => o.code === 'P8.2')?.owner).toBe(supervisor);
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    one.moveTo('2025-07-31');
    expect(one.sentTo(nurse)).toEqual(['2025-07-25 09:00 P8.2']);
    expect(one.obligations.filter((o) => o.code === 'P8.2').map((o) => o.owner)).toEqual(
      expect.arrayContaining([nurse, caseManager]),
    );
  });

  it('asks a colleague named after T-14 at once', () => {
    const one = probation();
    one.moveTo('2025-07-29', '11:00');
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    expect(one.sentTo(nurse)).toEqual(['2025-07-29 11:00 P8.2']);
  });

  it('prompts the supervisor for the draft on T-14, T-7, T-1, +3 and +7 bd; the last also reaches the manager (P8.3)', () => {
    const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    one.moveTo('2025-12-01');
    const own = one.sentTo(supervisor).filter((sent) => sent.endsWith('P8.3'));
    // 11 Nov is a holiday, so T-1 rolls back to Monday 10 Nov.
    expect(own.map((sent) => sent.slice(0, 10))).toEqual([
      '2025-10-29',
      '2025-11-05',
      '2025-11-10',
      '2025-11-17',
      '2025-11-21',
    ]);
    expect(one.sentTo(manager)).toContain('2025-11-21 09:00 P8.3');
  });

  it('escalates an open probation to HR on 1 Aug, five business days before its last one (G8)', () => {
    const one = probation();
    one.moveTo('2025-08-07');
    expect(one.sentTo(hrHere).filter((sent) => sent.endsWith('D8.3'))).toEqual(['2025-08-01 09:00 D8.3']);
    const due = one.obligations.find((o) => o.code === 'D8.3')?.due ?? 0;
    expect(dateOf(one.terms.calendar, due)).toBe('2025-08-08');
  });

  it('takes the business day before the end when it is started with a later day', () => {
    const one = opened('2025-07-11', { cycle: 'probation_end', due: '2025-08-11', periodEnd: '2025-08-10' });
    const due = one.obligations.find((o) => o.code === 'D8.3')?.due ?? 0;
    expect(dateOf(one.terms.calendar, due)).toBe('2025-08-08');
  });

  it('plays 8 Aug: D8.7, D8.3 by two people, D8.6, G8', () => {
    const one = probation();
    sources(one);
    one.moveTo('2025-08-08');
    one.must(supervisor, 'submit_draft', draft());
    one.must(hr, 'check_standard', { result: 'same_as_comparator' });
    one.must(supervisor, 'hold_talk', { held: '2025-08-08' });
    one.must(manager, 'propose_probation', { outcome: 'passed', reasons: [] });
    expect(one.facts).toEqual([]);
    one.must(hr, 'confirm_probation');
    expect(one.facts).toEqual([{ kind: 'probation', subject: employment, value: 'passed' }]);
    one.must(employee, 'respond', { response: 'signed' });
    expect(one.standing).toEqual({ stage: 'done', status: 'final' });
    expect(one.notices.map((notice) => [notice.kind, notice.body])).toEqual([
      ['probation_decided', { review: id, outcome: 'passed', until: null }],
      ['review_closed', { review: id, cycle: 'probation_end', outcome: 'passed', response: 'signed' }],
    ]);
  });

  it('holds only a talk in the middle of the probation, on Thursday 26 Jun', () => {
    const one = opened('2025-06-02', { cycle: 'probation_mid', due: '2025-06-26' });
    expect(one.ask(supervisor, 'submit_draft', draft())).toMatchObject({
      rule: 'D8.1',
      code: 'not_expected_now',
    });
    one.moveTo('2025-06-26');
    // Opened on 2 Jun; half of the 17 business days are gone on 13 Jun (19 Jun is a holiday).
    const ladder = ['2025-06-02 10:00 P8.4', '2025-06-13 09:00 P8.4', '2025-06-26 09:00 P8.4'];
    expect(one.sentTo(employee)).toEqual(ladder);
    expect(one.sentTo(supervisor)).toEqual(ladder);
    one.must(supervisor, 'hold_talk', { held: '2025-06-26' });
    expect(one.standing?.status).toBe('final');
    expect(one.notices[0]).toMatchObject({ kind: 'review_closed', body: { outcome: 'held' } });
  });
});

describe('review: the answer and what follows', () => {
  it('reminds on +5 and +10 bd, then the policy records not_signed; the employee can still answer (P8.5)', () => {
    const one = toSign();
    one.moveTo('2025-11-26', '16:59');
    const sent = one.sentTo(employee).filter((prompt) => prompt.endsWith('P8.5'));
    expect(sent.map((prompt) => prompt.slice(0, 10))).toEqual(['2025-11-19', '2025-11-26']);
    expect(one.kinds()).not.toContain('response_recorded');
    one.moveTo('2025-11-26', '17:00');
    expect(one.notices.at(-1)).toMatchObject({ kind: 'review_closed', body: { response: 'not_signed' } });
    expect(one.rows.at(-1)?.stamp.actor).toMatch(/^policy:/);
    one.must(employee, 'respond', { response: 'disputed' });
    expect(one.standing).toEqual({ stage: 'disputed', status: 'closed' });
  });

  it('asks nothing of a person on leave and begins the days to sign anew on their return', () => {
    const one = toSign();
    one.moveTo('2025-11-17');
    one.tell(employment, { kind: 'person_away', body: { from: '2025-11-17', to: '2025-12-08' } });
    expect(one.obligations.find((o) => o.code === 'P8.5')?.owner).toBe(hrHere);
    one.moveTo('2025-12-08', '09:30');
    one.tell(employment, { kind: 'person_back', body: { on: '2025-12-08' } });
    one.moveTo('2025-12-20');
    const sent = one.sentTo(employee).filter((prompt) => prompt.endsWith('P8.5'));
    expect(sent.map((prompt) => prompt.slice(0, 10))).toEqual(['2025-12-15']);
    expect(one.kinds()).not.toContain('response_recorded');
  });

  it('keeps to its prompts before a leave that is still to come', () => {
    const one = toSign();
    one.tell(employment, { kind: 'person_away', body: { from: '2025-11-24', to: '2025-12-08' } });
    one.moveTo('2025-12-07');
    const sent = one.sentTo(employee).filter((prompt) => prompt.endsWith('P8.5'));
    expect(sent.map((prompt) => prompt.slice(0, 10))).toEqual(['2025-11-19']);
    expect(one.kinds()).not.toContain('response_recorded');
  });

  it('sends a dispute to HR and closes with their answer (D8.6)', () => {
    const one = toSign({ overall: 'partly_meets', cites: { overall: 'action:a3' } });
    one.must(employee, 'respond', { response: 'disputed', comment: 'txt_comment' });
    expect(one.obligations).toMatchObject([{ code: 'D8.6', owner: hrHere }]);
    expect(one.notices).toEqual([]);
    one.must(hr, 'settle_dispute', { outcome: 'corrected', overall: 'meets', text: 'txt_answer' });
    expect(one.notices.at(-1)?.body).toMatchObject({ outcome: 'meets', response: 'disputed' });
    expect(one.standing?.status).toBe('final');
  });

  it('asks for the signature of the version that is there (stale)', () => {
    const one = toSign();
    one.must(supervisor, 'submit_draft', draft());
    one.must(hr, 'check_standard', { result: 'same_as_comparator' });
    const old = { about: { subject: 'review', version: 1 } };
    expect(one.ask(employee, 'respond', { response: 'signed' }, old)).toMatchObject({ code: 'stale' });
    one.must(employee, 'respond', { response: 'signed' }, { about: { subject: 'review', version: 2 } });
  });

  it('counts the middle from the real date of the next review: 8 Aug to 12 Nov is 25 Sep (P8.6)', () => {
    const subject = probation().rows[0]?.body as NonNullable<ReviewState['subject']>;
    const middle = (changes: object) =>
      goalsCheckOn({ ...subject, nextDue: '2025-11-12', ...changes }, termsForTests());
    expect(middle({})).toBe('2025-09-25');
    // Without that date, day one is counted back from the end of the probation.
    expect(middle({ nextDue: null })).toBe('2025-09-25');
    // After an extension the next review stays where it was.
    expect(middle({ due: '2025-09-09', periodEnd: '2025-09-09' })).toBe('2025-10-14');
  });

  it('keeps the check of its goals until the middle of the next cycle, then is final (P8.6)', () => {
    const one = toSign({ followUps: ['goal', 'training'], goals: ['txt_goal_1'] });
    one.must(employee, 'respond', { response: 'signed' });
    expect(one.standing).toEqual({ stage: 'goals', status: 'closed' });
    // Half of the 181 days to 12 May 2026.
    one.moveTo('2026-02-10');
    expect(one.sentTo(employee)).toContain('2026-02-10 09:00 P8.6');
    expect(one.sentTo(supervisor)).toContain('2026-02-10 09:00 P8.6');
    one.must(supervisor, 'check_goals', { state: 'on_track', held: '2026-02-10' });
    expect(one.standing).toEqual({ stage: 'done', status: 'final' });
  });

  it('stops with the employment, at once and without an outcome', () => {
    const one = probation();
    one.tell(employment, { kind: 'employment_ended', body: { how: 'died' } });
    expect(one.standing).toEqual({ stage: 'ended', status: 'final' });
    expect(one.obligations).toEqual([]);
    expect(one.facts).toEqual([]);
  });

  it('asks a supervisor who comes back as if they were new, and colleagues who stay not again', () => {
    const one = probation();
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    one.moveTo('2025-07-26');
    for (const next of [person('next'), supervisor])
      one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: next } });
    one.must(caseManager, 'decline_feedback');
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, person('another')] });
    one.moveTo('2025-07-30');
    expect(one.sentTo(supervisor).filter((sent) => sent.endsWith('P8.3'))).toEqual([
      '2025-07-25 09:00 P8.3',
      '2025-07-25 09:00 P8.3',
    ]);
    expect(one.sentTo(nurse)).toEqual(['2025-07-25 09:00 P8.2']);
    expect(one.sentTo(person('another'))).toEqual(['2025-07-28 09:00 P8.2']);
  });

  it('asks the new supervisor when the old one leaves', () => {
    const one = probation();
    const next = person('next');
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: next } });
    expect(one.obligations.filter((o) => o.owner === supervisor)).toEqual([]);
    one.must(next, 'submit_draft', draft());
    expect(one.ask(supervisor, 'submit_draft', draft())).toMatchObject({ code: 'not_permitted' });
  });
});

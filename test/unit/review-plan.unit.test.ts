import { describe, expect, it } from 'vitest';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { SingleCase } from './single-case.ts';
import { termsForTests } from './house.ts';
import {
  director,
  employee,
  employment,
  hr,
  hrHere,
  id,
  investigator,
  manager,
  officer,
} from './review-house.ts';
import { supervisor } from './review-house.ts';
import { planFrom, planOwed, toSign, withComparator } from './review-house.ts';

/** X17: the improvement plan that follows a review. */

const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const owedTo = (one: SingleCase, code = 'X17') =>
  one.obligations
    .filter((owed) => owed.code === code)
    .map((owed) => [owed.owner, dateOf(one.terms.calendar, owed.due)]);

function answered(answer = 'acknowledged'): SingleCase {
  const one = planOwed();
  one.must(supervisor, 'write_plan', planFrom('2025-11-17'));
  one.must(employee, 'answer_plan', { answer });
  return one;
}

/** All three steps talked over, on Tuesday 17 February 2026. */
function stepped(): SingleCase {
  const one = answered();
  one.moveTo('2026-02-17');
  for (const step of [1, 2, 3])
    one.must(supervisor, 'record_plan_step', { step, state: 'behind', held: '2026-02-17' });
  return one;
}

describe('a plan that is asked for', () => {
  it('X17 D8.5 is owed by the supervisor once the employee has answered, and keeps the review open until then', () => {
    const one = planOwed();
    expect(owedTo(one)).toEqual([[supervisor, '2025-11-19']]);
    expect(one.standing).toEqual({ stage: 'goals', status: 'closed' });
    expect(one.notices.at(-1)).toMatchObject({ kind: 'review_closed', body: { owes: 'plan' } });
  });

  it('X17 is not owed after a review without that follow-up, nor under a policy that does not know it', () => {
    const plain = toSign();
    plain.must(employee, 'respond', { response: 'signed' });
    expect(plain.standing?.status).toBe('final');
    const terms = withComparator({ improvement_steps_d: '30,60,90' });
    const { X17: _left, ...values } = terms.policy.values;
    const before = planOwed({ ...terms, policy: { ...terms.policy, values } });
    expect(before.standing?.status).toBe('final');
    expect(before.notices.at(-1)?.body).not.toHaveProperty('owes');
  });

  it('X17 waits for a dispute, and is not owed where the overall is corrected to the standard', () => {
    const disputed = () => {
      const terms = withComparator({ improvement_steps_d: '30,60,90' });
      const cites = { overall: 'action:a3' };
      const one = toSign({ followUps: ['improvement_plan'], overall: 'partly_meets', cites }, terms);
      one.must(employee, 'respond', { response: 'disputed' });
      return one;
    };
    const kept = disputed();
    expect(owedTo(kept)).toEqual([]);
    expect(kept.ask(supervisor, 'write_plan', planFrom('2025-11-17'))).toMatchObject(
      missing('no_plan_asked'),
    );
    kept.must(hr, 'settle_dispute', { outcome: 'kept', text: 'txt_answer' });
    expect(owedTo(kept)).toEqual([[supervisor, '2025-11-19']]);
    const corrected = disputed();
    corrected.must(hr, 'settle_dispute', { outcome: 'corrected', overall: 'meets', text: 'txt_answer' });
    expect(corrected.standing?.status).toBe('final');
    expect(corrected.notices.at(-1)?.body).not.toHaveProperty('owes');
  });

  it('X17 follows silence as well, and ends where the dispute that comes later is answered with the standard', () => {
    const terms = withComparator({ improvement_steps_d: '30,60,90' });
    const cites = { overall: 'action:a3' };
    const one = toSign({ followUps: ['improvement_plan'], overall: 'partly_meets', cites }, terms);
    one.moveTo('2025-11-26', '17:00');
    expect(one.kinds()).toContain('plan_asked');
    one.must(employee, 'respond', { response: 'disputed' });
    one.must(hr, 'settle_dispute', { outcome: 'corrected', overall: 'exceeds', text: 'txt_answer' });
    expect(one.kinds().slice(-2)).toEqual(['dispute_settled', 'plan_settled']);
    expect(one.notices.at(-1)).toMatchObject({ kind: 'review_over', body: { review: id } });
    expect(one.standing?.status).toBe('final');
  });
});

describe('a plan on paper', () => {
  it('X17 R8.1 has the steps that hold for all staff, or is refused with what the record lacks', () => {
    const one = planOwed();
    const two = { from: '2025-11-17', steps: [{ after_d: 14, text: 'txt_step' }] };
    expect(one.ask(supervisor, 'write_plan', two)).toMatchObject({
      rule: 'R8.1',
      missing: [{ code: 'comparator_lacks', about: 'improvement_steps_d' }],
    });
    const silent = planOwed(termsForTests());
    expect(silent.ask(supervisor, 'write_plan', planFrom('2025-11-17'))).toMatchObject({ rule: 'R8.1' });
    one.must(supervisor, 'write_plan', planFrom('2025-11-17'));
    expect(one.rows.at(-1)?.body).toMatchObject({
      steps: [{ on: '2025-12-17' }, { on: '2026-01-16' }, { on: '2026-02-17' }],
    });
  });

  it('X17 R8.2 takes no words of therapy or health, whatever day it begins on', () => {
    const one = planOwed();
    const [first, ...rest] = planFrom('2025-11-17').steps;
    const told = { ...planFrom('2025-11-17'), steps: [{ ...first, findings: ['R7.3'] }, ...rest] };
    expect(one.ask(supervisor, 'write_plan', told)).toMatchObject({
      rule: 'R8.2',
      missing: [{ code: 'guard', about: 'R7.3' }],
    });
    expect(one.ask(supervisor, 'write_plan', planFrom('2025-11-10'))).toMatchObject(missing('day_not_past'));
    const wordy = { ...told, steps: [{ ...first, findings: ['L2'] }, ...rest] };
    one.must(supervisor, 'write_plan', wordy);
  });

  it('X17 is written by the reviewer and by nobody else', () => {
    const one = planOwed();
    for (const who of [manager, hr, employee])
      expect(one.ask(who, 'write_plan', planFrom('2025-11-17'))).toMatchObject({ code: 'not_permitted' });
  });

  it('X17 is changed freely until it is answered, then locked, and a change needs a new answer', () => {
    const one = planOwed();
    one.must(supervisor, 'write_plan', planFrom('2025-11-17'));
    one.must(supervisor, 'write_plan', planFrom('2025-11-18'));
    expect(owedTo(one)).toEqual([[employee, '2025-11-19']]);
    const stale = { about: { subject: 'plan', version: 1 } };
    expect(one.ask(employee, 'answer_plan', { answer: 'acknowledged' }, stale)).toMatchObject({
      code: 'stale',
    });
    one.must(employee, 'answer_plan', { answer: 'acknowledged' });
    expect(one.ask(supervisor, 'write_plan', planFrom('2025-11-19'))).toMatchObject(missing('plan_locked'));
    expect(one.ask(supervisor, 'write_plan', planFrom('2025-11-19', { replaces: 1 }))).toMatchObject(
      missing('plan_locked'),
    );
    one.must(supervisor, 'write_plan', planFrom('2025-11-19', { replaces: 2 }));
    one.moveTo('2025-12-20');
    const step = { step: 1, state: 'reached', held: '2025-12-19' };
    expect(one.ask(supervisor, 'record_plan_step', step)).toMatchObject(missing('plan_answer'));
    expect(one.ask(hr, 'settle_plan', { outcome: 'met' })).toMatchObject(missing('plan_answer'));
    one.must(employee, 'answer_plan', { answer: 'acknowledged_with_comment', comment: 'txt_comment' });
    one.must(supervisor, 'record_plan_step', step);
  });

  it.each(['acknowledged', 'refused'])('X17 is in force whatever is answered: %s', (answer) => {
    const one = answered(answer);
    expect(owedTo(one)).toEqual([[supervisor, '2025-12-17']]);
    expect(one.ask(employee, 'answer_plan', { answer: 'acknowledged' })).toMatchObject(
      missing('already_answered'),
    );
  });

  it('X17 wants the comment that it is answered with, and never an answer by silence', () => {
    const one = planOwed();
    one.must(supervisor, 'write_plan', planFrom('2025-11-17'));
    const without = { answer: 'acknowledged_with_comment' };
    expect(one.ask(employee, 'answer_plan', without)).toMatchObject(missing('comment_needed'));
    one.moveTo('2026-03-01');
    expect(one.kinds()).not.toContain('plan_answered');
    expect(one.sentTo(hrHere).some((sent) => sent.endsWith('X17'))).toBe(true);
  });
});

describe('the steps of a plan', () => {
  it('X17 are asked for on their days, one after the other, each once', () => {
    const one = answered();
    one.moveTo('2025-12-17', '12:00');
    expect(one.sentTo(supervisor)).toContain('2025-12-17 09:00 X17');
    const step = { step: 1, state: 'on_the_way', held: '2025-12-17' };
    expect(one.ask(supervisor, 'record_plan_step', { ...step, held: '2025-12-18' })).toMatchObject(
      missing('date_in_future'),
    );
    expect(one.ask(supervisor, 'record_plan_step', { ...step, step: 4 })).toMatchObject(
      missing('no_such_step'),
    );
    one.must(supervisor, 'record_plan_step', step);
    expect(one.ask(supervisor, 'record_plan_step', step)).toMatchObject(missing('already_recorded'));
    expect(owedTo(one)).toEqual([[supervisor, '2026-01-16']]);
  });

  it('X17 R8.6 move by the length of an approved absence, and none falls into it', () => {
    const one = answered();
    one.moveTo('2025-12-15');
    one.tell(employment, { kind: 'person_away', body: { from: '2025-12-15', to: '2026-01-12' } });
    expect(owedTo(one)).toEqual([[supervisor, '2026-01-14']]);
    one.moveTo('2026-01-05');
    one.tell(employment, { kind: 'person_back', body: { on: '2026-01-05' } });
    expect(owedTo(one)).toEqual([[supervisor, '2026-01-07']]);
    expect(one.sentTo(supervisor).filter((sent) => sent.endsWith('X17'))).toEqual([]);
  });

  it('X17 R8.6 stay where they are when the absence lies behind them', () => {
    const one = answered();
    one.moveTo('2025-12-17');
    one.must(supervisor, 'record_plan_step', { step: 1, state: 'reached', held: '2025-12-17' });
    one.tell(employment, { kind: 'person_away', body: { from: '2026-01-20', to: '2026-01-27' } });
    expect(owedTo(one)).toEqual([[supervisor, '2026-01-16']]);
  });
});

describe('the end of a plan', () => {
  it('X17 not_met needs every step, the last day and a second person; HR records it', () => {
    const one = answered();
    expect(one.ask(hr, 'settle_plan', { outcome: 'not_met' })).toMatchObject(missing('step_open'));
    one.moveTo('2026-02-16');
    for (const step of [1, 2])
      one.must(supervisor, 'record_plan_step', { step, state: 'behind', held: '2026-02-16' });
    const last = { step: 3, state: 'behind', held: '2026-02-16' };
    // Nobody is found behind before the days of a step are over.
    expect(one.ask(supervisor, 'record_plan_step', last)).toMatchObject({
      missing: [{ code: 'not_before', about: '2026-02-17' }],
    });
    one.moveTo('2026-02-17');
    one.must(supervisor, 'record_plan_step', last);
    one.assign(supervisor, 'hr');
    expect(one.ask(supervisor, 'settle_plan', { outcome: 'not_met' })).toMatchObject(
      missing('second_person_needed'),
    );
    expect(owedTo(one)).toEqual([[hrHere, '2026-02-24']]);
    one.must(hr, 'settle_plan', { outcome: 'not_met' });
    one.must(officer, 'give_word', { word: 'nothing_stands_against' });
    one.must(investigator, 'give_second_word', { word: 'nothing_stands_against' });
    one.must(director, 'confirm_plan');
    expect(one.notices.at(-1)).toMatchObject({ kind: 'review_over' });
    expect(one.standing).toEqual({ stage: 'done', status: 'final' });
  });

  it('X17 a step is about its own days: the talk lies after the step before', () => {
    const one = answered();
    const step = (n: number, held: string) => ({ step: n, state: 'on_the_way', held });
    expect(one.ask(supervisor, 'record_plan_step', step(1, '2025-11-10'))).toMatchObject(
      missing('not_before'),
    );
    one.moveTo('2026-02-17');
    expect(one.ask(supervisor, 'record_plan_step', step(1, '2025-01-02'))).toMatchObject(
      missing('day_of_that_step'),
    );
    expect(one.ask(supervisor, 'record_plan_step', step(3, '2025-12-18'))).toMatchObject(
      missing('day_of_that_step'),
    );
    one.must(supervisor, 'record_plan_step', step(3, '2026-02-17'));
  });

  it('X17 nobody meets it or fails it by silence', () => {
    const one = stepped();
    one.moveTo('2026-06-01');
    expect(one.kinds()).not.toContain('plan_settled');
    expect(one.standing?.status).toBe('closed');
    expect(
      one.rows.filter((row) => row.stamp.actor.startsWith('policy:') && row.kind !== 'prompted'),
    ).toEqual([]);
  });

  it.each(['met', 'withdrawn'])('X17 may end early as %s, once', (outcome) => {
    const one = answered();
    one.must(hr, 'settle_plan', { outcome });
    expect(one.standing?.status).toBe('final');
    expect(one.obligations).toEqual([]);
  });

  it('X17 X22 stops with the employment, and the plan is nobody’s any more', () => {
    const one = answered();
    one.tell(employment, { kind: 'employment_ended', body: { how: 'died' } });
    expect(one.obligations).toEqual([]);
    one.moveTo('2026-03-02');
    expect(one.sentTo(supervisor).filter((sent) => sent.endsWith('X17'))).toEqual([]);
  });

  it('X17 asks the new supervisor for what comes next', () => {
    const one = answered();
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: manager } });
    expect(owedTo(one)).toEqual([[manager, '2025-12-17']]);
  });
});

import { describe, expect, it } from 'vitest';
import { employmentCommands } from '../../src/contracts/employment.ts';
import { nextEvery } from '../../src/domain/employment/dates.ts';
import { leave, onTheJob, people, refusedBy } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { termsForTests } from './house.ts';

/** The yearly look at the next step, and the time with others in peer roles. */

const { employee, supervisor, manager, hr, mentor } = people;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const days = (one: Employed, code: string) => one.owes(code).map(([, due]) => due);
const declined = { outcome: 'declined', steps: [], criteria: [] };
const notYet = { outcome: 'not_yet', steps: ['tier_2'], criteria: ['leads_group_alone'] };

function decided(one: Employed, word: object): void {
  one.must(manager, 'propose_promotion', word);
  one.must(hr, 'confirm_promotion');
}

function away(one: Employed, dates: { readonly from: string; readonly to: string }): void {
  one.tell(leave, { kind: 'leave_set', body: { clock: leave, ...dates } });
}

function without(...codes: string[]): Employed {
  const terms = termsForTests();
  const values = Object.fromEntries(
    Object.entries(terms.policy.values).filter(([code]) => !codes.includes(code)),
  );
  return onTheJob({ ...terms, policy: { ...terms.policy, values } });
}

describe('what comes every so many months', () => {
  it.each([
    [1, '2025-05-12', undefined, '2025-06-12'],
    [1, '2025-05-12', '2025-06-12', '2025-07-12'],
    // A few days early or late stays in step.
    [1, '2025-05-12', '2025-06-05', '2025-07-12'],
    [1, '2025-05-12', '2025-06-20', '2025-07-12'],
    // Long before or after the day, it counts for another one.
    [1, '2025-05-12', '2025-05-20', '2025-06-12'],
    [1, '2025-05-12', '2025-06-30', '2025-08-12'],
    // The last of a month, and a year's end.
    [1, '2025-01-31', '2025-01-31', '2025-02-28'],
    [1, '2025-10-31', '2025-12-31', '2026-01-31'],
    [12, '2024-02-29', undefined, '2025-02-28'],
    [12, '2025-05-12', '2026-05-12', '2027-05-12'],
    [12, '2025-05-12', '2025-10-01', '2026-05-12'],
    [12, '2025-05-12', '2026-02-01', '2027-05-12'],
    [12, '2014-05-12', '2025-09-01', '2026-05-12'],
  ])('every %i months from %s, last on %s: %s', (months, dayOne, last, day) => {
    expect(nextEvery(months, dayOne, last)).toBe(day);
  });
});

describe('the yearly look at the next step', () => {
  it('P9.4 asks the manager after twelve months, and not before', () => {
    const one = onTheJob();
    one.moveTo('2026-05-11', '17:00');
    expect(one.sent('P9.4')).toEqual([]);
    one.moveTo('2026-05-12', '10:00');
    expect(one.owes('P9.4')).toEqual([[manager, '2026-05-12']]);
    expect(one.sent('P9.4')).toEqual(['2026-05-12 09:00 P9.4 manager']);
  });

  it('P9.4 is answered by any proposal, waits with it for HR, and asks again a year later', () => {
    const one = onTheJob();
    one.moveTo('2026-05-12', '10:00');
    one.must(manager, 'propose_promotion', { ...notYet, nextTalk: '2026-09-01' });
    expect(days(one, 'P9.4')).toEqual([]);
    expect(days(one, 'D9.3')).toEqual(['2026-05-19']);
    one.must(hr, 'confirm_promotion');
    expect(days(one, 'P9.4')).toEqual(['2027-05-12']);
    expect(days(one, 'D9.3')).toEqual(['2026-09-01']);
  });

  it('P9.4 counts a decision of the months before, but not one of the first half of the year', () => {
    const one = onTheJob();
    one.moveTo('2025-09-15', '10:00');
    decided(one, declined);
    expect(days(one, 'P9.4')).toEqual(['2026-05-12']);
    one.moveTo('2026-02-02', '10:00');
    decided(one, declined);
    expect(days(one, 'P9.4')).toEqual(['2027-05-12']);
  });

  it('D8.5 asks the manager for a look at the next step where a review does, once for each review', () => {
    const one = onTheJob();
    one.moveTo('2025-11-12', '10:00');
    const started = one.notices.filter(({ kind }) => kind === 'start_review');
    const review = started.find(({ body }) => 'cycle' in body && body.cycle === 'six_month')?.to ?? '';
    const said = { review, cycle: 'six_month', outcome: 'exceeds', asks: 'promotion_review' };
    one.tell(review, { kind: 'review_closed', body: { ...said, response: 'not_signed' } });
    expect(one.owes('D9.3')).toEqual([[manager, '2025-11-26']]);
    decided(one, declined);
    one.tell(review, { kind: 'review_closed', body: { ...said, response: 'signed' } });
    expect(days(one, 'D9.3')).toEqual([]);
    expect(days(one, 'P9.4')).toEqual(['2026-05-12']);
  });

  it('D8.5 asks for nothing where the review does not, or the policy has no days for it', () => {
    for (const [one, asks] of [
      [onTheJob(), {}],
      [without('D8.5'), { asks: 'promotion_review' }],
    ] as const) {
      one.moveTo('2025-11-12', '10:00');
      const started = one.notices.filter(({ kind }) => kind === 'start_review');
      const review = started.find(({ body }) => 'cycle' in body && body.cycle === 'six_month')?.to ?? '';
      const said = { review, cycle: 'six_month', outcome: 'exceeds', response: 'signed' };
      one.tell(review, { kind: 'review_closed', body: { ...said, ...asks } });
      expect(days(one, 'D9.3')).toEqual([]);
    }
  });

  it('P9.4 waits for the end of a leave', () => {
    const one = onTheJob();
    one.moveTo('2026-05-01', '10:00');
    away(one, { from: '2026-05-04', to: '2026-06-01' });
    one.moveTo('2026-05-29', '10:00');
    expect(one.sent('P9.4')).toEqual([]);
    expect(days(one, 'P9.4')).toEqual(['2026-06-03']);
  });

  it('P9.4 is a matter of the policy: one without it asks for nothing', () => {
    const one = without('P9.4');
    one.moveTo('2026-05-12', '10:00');
    expect([days(one, 'P9.4'), one.sent('P9.4')]).toEqual([[], []]);
  });
});

describe.each([
  ['P9.5', 'record_networking', 'taken', true],
  ['REFLECT', 'record_reflection_group', 'attended', false],
] as const)('time with others in peer roles: %s', (code, command, outcome, asked) => {
  it(`${code} is owed by the supervisor each month, ${asked ? 'and asked for on its day' : 'and no message presses for it'}`, () => {
    const one = onTheJob();
    expect(one.owes(code)).toEqual([[supervisor, '2025-06-12']]);
    one.moveTo('2025-06-13', '08:00');
    expect(one.sent(code)).toEqual(asked ? [`2025-06-12 09:00 ${code} supervisor`] : []);
    one.moveTo('2025-06-30', '08:00');
    expect(one.sent(code).length > 1).toBe(asked);
  });

  it(`${code} is recorded by either of the two, and comes again a month later`, () => {
    const one = onTheJob();
    one.moveTo('2025-06-12', '10:00');
    one.must(employee, command, { on: '2025-06-11', outcome });
    expect(days(one, code)).toEqual(['2025-07-14']);
    one.moveTo('2025-07-14', '10:00');
    one.must(supervisor, command, { on: '2025-07-14', outcome });
    expect(days(one, code)).toEqual(['2025-08-12']);
    expect(one.ask(mentor, command, { on: '2025-07-14', outcome })).toMatchObject({ code: 'not_permitted' });
  });

  it(`${code} is let go for a month by the employee, and by nobody in their place`, () => {
    const one = onTheJob();
    one.moveTo('2025-06-12', '10:00');
    const word = { on: '2025-06-12', outcome: 'not_wanted' };
    expect(one.ask(supervisor, command, word)).toMatchObject({
      ...refusedBy(code),
      ...missing('employees_own_word'),
    });
    expect(days(one, code)).toEqual(['2025-06-12']);
    one.must(employee, command, word);
    expect(days(one, code)).toEqual(['2025-07-14']);
  });

  it(`${code} takes a day at work, up to today, once; and nothing of what was said or with whom`, () => {
    const one = onTheJob();
    one.moveTo('2025-06-12', '10:00');
    const ask = (on: string) => one.ask(supervisor, command, { on, outcome });
    expect(ask('2025-06-13')).toMatchObject(missing('day_of_the_time'));
    expect(ask('2025-05-11')).toMatchObject(missing('day_of_the_time'));
    one.must(supervisor, command, { on: '2025-06-10', outcome });
    expect(ask('2025-06-10')).toMatchObject(missing('already_recorded'));
    away(one, { from: '2025-06-11', to: '2025-06-16' });
    expect(ask('2025-06-12')).toMatchObject({ ...refusedBy('R7.4'), ...missing('day_at_work') });
    expect(Object.keys(employmentCommands[command].shape)).toEqual(['on', 'outcome']);
    expect(one.rows.at(-2)?.body).toEqual({ on: '2025-06-10', outcome, by: 'supervisor' });
  });

  it(`${code} rests in a leave`, () => {
    const one = onTheJob();
    away(one, { from: '2025-06-02', to: '2025-07-07' });
    one.moveTo('2025-07-03', '10:00');
    expect(one.sent(code)).toEqual([]);
    expect(days(one, code)).toEqual(['2025-07-09']);
  });

  it(`${code} is a matter of the policy: one without it asks for nothing`, () => {
    expect(days(without(code), code)).toEqual([]);
  });
});

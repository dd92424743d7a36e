import { describe, expect, it } from 'vitest';
import type { Live } from '../../src/domain/employment/state.ts';
import { leave, onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';

/** What an employment tells its reviews: those under way, and those that closed with something to look after. */

const { employee, manager, hr, next } = { ...people, next: people.second };

function reviewOf(one: Employed): string {
  return one.notices.filter((notice) => notice.kind === 'start_review').at(-1)?.to ?? '';
}

/** The review of the end of the probation is closed with what it still owes. */
function closed(owes?: 'goals' | 'plan'): { one: Employed; review: string } {
  const one = onTheJob();
  one.moveTo('2025-08-08');
  const review = reviewOf(one);
  const body = { review, cycle: 'probation_end', outcome: 'passed', response: 'signed' };
  one.tell(review, { kind: 'review_closed', body: owes === undefined ? body : { ...body, owes } });
  return { one, review };
}
const told = (one: Employed, review: string): readonly string[] =>
  one.notices.filter((notice) => notice.to === review).map((notice) => notice.kind);
const reviews = (one: Employed): Live['reviews'] => (one.holds!.own as Live).reviews;

function away(one: Employed): void {
  one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-08-18', to: '2025-08-25' } });
}

describe('a review of the plan', () => {
  const begun = (one: Employed) =>
    one.notices.flatMap((notice) =>
      notice.kind === 'start_review' ? [(notice.body as { cycle: string }).cycle] : [],
    );

  it('D8.1 D9.5 is not begun when it would be talked over after the last day, and is once they stay after all', () => {
    const one = onTheJob();
    one.moveTo('2025-10-01');
    const before = begun(one);
    expect(before).not.toContain('six_month');
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-10-31', reasons: [] });
    one.moveTo('2025-10-20');
    expect(begun(one)).toEqual(before);
    one.must(employee, 'withdraw_separation');
    one.moveTo('2025-10-22');
    expect(begun(one)).toEqual([...before, 'six_month']);
  });

  it('D8.1 is begun where it is talked over by the last day', () => {
    const one = onTheJob();
    one.moveTo('2025-10-01');
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-11-28', reasons: [] });
    one.moveTo('2025-10-22');
    expect(begun(one)).toContain('six_month');
  });
});

describe('a review that closed', () => {
  it('X17 with a plan hears of an absence, of a new supervisor and of the end, until it says it is over', () => {
    const { one, review } = closed('plan');
    away(one);
    one.must(manager, 'change_supervisor', { how: 'reassigned', supervisor: next, second: null });
    expect(told(one, review)).toEqual(['start_review', 'person_away', 'supervisor_changed']);
    one.tell(review, { kind: 'review_over', body: { review } });
    expect(reviews(one).after).toEqual([]);
    one.must(hr, 'record_death', { owner: people.director });
    expect(told(one, review)).not.toContain('employment_ended');
  });

  it('X17 X22 with a plan stops with the employment', () => {
    const { one, review } = closed('plan');
    one.must(hr, 'record_death', { owner: people.director });
    expect(told(one, review)).toEqual(['start_review', 'rest_begun']);
    one.must(people.hrDirector, 'close_after_death');
    expect(told(one, review).slice(2)).toEqual(['employment_ended']);
  });

  it('P8.6 X22 with goals hears of a new supervisor and of the end, and of no absence', () => {
    const { one, review } = closed('goals');
    away(one);
    one.must(manager, 'change_supervisor', { how: 'reassigned', supervisor: next, second: null });
    one.must(hr, 'record_death', { owner: people.director });
    expect(told(one, review)).toEqual(['start_review', 'supervisor_changed', 'rest_begun']);
    one.must(hr, 'withdraw_separation');
    expect(told(one, review).slice(3)).toEqual(['rest_over']);
  });

  it('D8.6 with nothing to look after hears nothing any more', () => {
    const { one, review } = closed();
    away(one);
    one.must(hr, 'record_death', { owner: people.director });
    expect(told(one, review)).toEqual(['start_review']);
    expect(reviews(one)).not.toHaveProperty('after');
  });
});

describe('a review that opens', () => {
  it('R8.6 is told the absences that lie behind, by their dates alone', () => {
    const one = onTheJob();
    one.moveTo('2025-06-01');
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-06-02', to: '2025-06-16' } });
    one.moveTo('2025-06-12', '09:30');
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-06-12' } });
    one.moveTo('2025-07-12');
    expect(
      one.notices.find((notice) => notice.kind === 'start_review' && notice.to === reviewOf(one))?.body,
    ).toMatchObject({ cycle: 'probation_end', leave: [{ from: '2025-06-02', to: '2025-06-12' }] });
  });

  it('R8.6 is told of none where there was none', () => {
    const one = onTheJob();
    one.moveTo('2025-07-12');
    const start = one.notices.find((notice) => notice.to === reviewOf(one));
    expect(start?.body).toMatchObject({ cycle: 'probation_end', employee });
    expect(start?.body).not.toHaveProperty('leave');
  });
});

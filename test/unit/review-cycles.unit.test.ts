import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { termsForTests } from './house.ts';
import * as r from './review-house.ts';
import { SingleCase } from './single-case.ts';

/** R8.1: no review is opened that other staff do not have, and one that is open ends without a result. */

const missing = (code: string, about: string) => ({ refused: true, missing: [{ code, about }] });
const cycles = (review_cycle: string) => r.withComparator({ review_cycle });
const opened = (one: Employed) =>
  one.notices
    .filter(({ kind }) => kind === 'start_review')
    .map(({ body }) => `${(body as { cycle: string }).cycle} ${(body as { due: string }).due}`);
const passed = (one: Employed) =>
  one.rows.filter(({ kind }) => kind === 'review_passed_over').map(({ body }) => body);

describe('the plan of reviews', () => {
  it('R8.1 D8.1 passes over the six-month review where other staff have the yearly one alone', () => {
    const one = onTheJob(cycles('annual'));
    one.moveTo('2026-05-01');
    expect(opened(one)).toEqual([
      'probation_mid 2025-06-26',
      'probation_end 2025-08-08',
      'annual 2026-05-12',
    ]);
    expect(passed(one)).toEqual([
      { cycle: 'six_month', due: '2025-11-12', periodEnd: '2025-11-12', round: 2 },
    ]);
  });

  it('R8.1 D8.1 passes over the yearly one where other staff have none, each year anew', () => {
    const one = onTheJob(cycles('six_month'));
    one.moveTo('2026-06-01');
    expect(opened(one).at(-1)).toBe('six_month 2025-11-12');
    expect(passed(one)).toMatchObject([{ cycle: 'annual', round: 3 }]);
  });

  it('R8.1 D8.1 has no review of a probation that other staff do not have', () => {
    const one = onTheJob(r.withComparator({ probation_d: 0 }));
    one.moveTo('2025-11-03');
    expect(opened(one)).toEqual(['six_month 2025-11-12']);
  });

  it.each([
    ['a record with spaces', cycles('six_month, annual')],
    ['a record that names no review of ours', cycles('yearly')],
    ['no record', { ...termsForTests(), comparator: null }],
  ])('R8.1 D8.1 opens what is planned under %s', (_what, terms: Terms) => {
    const one = onTheJob(terms);
    one.moveTo('2026-05-01');
    expect(opened(one)).toHaveLength(4);
    expect(passed(one)).toEqual([]);
  });

  it('D7.6 asks about the interval when that review would have been, and no longer waits for it', () => {
    const one = onTheJob(cycles('annual'));
    one.moveTo('2025-10-16');
    expect(one.owes('D7.6')).toEqual([[people.supervisor, '2025-11-12']]);
    const lacks = (terms: Terms) => {
      const ctx = {
        terms,
        now: instantOf(terms.calendar, '2025-11-14', '10:00'),
        facts: new Map(),
        input: null,
      };
      return employment.gates['D7.6']?.missing(one.holds?.own as never, ctx as never);
    };
    expect(lacks(cycles('annual'))).toEqual([]);
    expect(lacks(cycles('six_month,annual'))).toEqual([{ code: 'D8.1', about: 'six_month' }]);
    expect(lacks({ ...termsForTests(), comparator: null })).toEqual([{ code: 'D8.1', about: 'six_month' }]);
  });
});

/** A review that was opened before the record said that others have none. */
const six = (terms: Terms, more: object = {}) =>
  r.opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12', ...more }, terms);
const ended = (one: SingleCase) => one.rows.find(({ kind }) => kind === 'review_ended');

describe('a review that other staff do not have', () => {
  it('R8.1 is put to HR at once, and ends without a result on the day it is due', () => {
    const one = six(cycles('annual'));
    expect(one.obligations.find(({ code }) => code === 'R8.1')).toMatchObject({
      ...{ owner: r.hrHere, atSilence: 'not_held' },
    });
    expect(one.sentTo(r.hrHere)).toEqual(['2025-10-15 10:00 R8.1']);
    one.moveTo('2025-11-12', '16:59');
    expect(ended(one)).toBeUndefined();
    one.moveTo('2025-11-12', '17:30');
    expect(ended(one)).toMatchObject({ body: { how: 'not_held' } });
    expect(one.standing).toEqual({ stage: 'ended', status: 'final' });
    expect(one.notices.at(-1)).toMatchObject({
      ...{ to: r.employment, kind: 'review_closed' },
      body: { review: r.id, cycle: 'six_month', outcome: 'not_held', response: 'not_held' },
    });
    expect(one.ask(r.supervisor, 'submit_draft', r.draft())).toMatchObject({
      ...{ rule: 'R8.1', ...missing('comparator_lacks', 'review_cycle') },
    });
  });

  it.each([
    ['probation_mid', { probation_d: 0 }],
    ['probation_end', { probation_d: 0 }],
    ['annual', { review_cycle: 'six_month' }],
  ])('R8.1 is so of every cycle: %s', (cycle, values) => {
    const one = six(r.withComparator(values), { cycle });
    one.moveTo('2025-11-14');
    expect(one.standing?.status).toBe('final');
    expect(one.facts).toEqual([]);
  });

  it('R8.1 has days for the record also where its day is over', () => {
    const one = r.opened('2025-11-10', { cycle: 'six_month', due: '2025-11-12' }, cycles('annual'));
    one.moveTo('2025-11-14', '17:30');
    expect(ended(one)).toBeUndefined();
    one.moveTo('2025-11-18', '17:30');
    expect(ended(one)).toBeDefined();
  });

  /** Begun while other staff had it; from that day on the record says that they do not. */
  const changed = (on: string, recorded?: string): SingleCase => {
    const one = six(termsForTests());
    one.moveTo(on);
    const terms = cycles('annual');
    one.under(recorded === undefined ? terms : { ...terms, comparator: { ...terms.comparator!, recorded } });
    return one;
  };

  it('R8.1 has them from when the case took note of it, however long it is overdue and whatever day was typed', () => {
    for (const recorded of ['2001-01-01', '2025-11-12', '2099-01-01']) {
      const one = changed('2026-02-02', recorded);
      expect(ended(one)).toBeUndefined();
      expect(one.sentTo(r.hrHere).at(-1)).toMatch(/^2026-02-02 .* R8\.1$/);
      one.moveTo('2026-02-09', '16:00');
      expect(ended(one)).toBeUndefined();
      one.moveTo('2026-02-10', '17:30');
      expect(ended(one)).toBeDefined();
    }
  });

  it('R8.1 has them anew where the record was set right and says so again', () => {
    const one = changed('2026-02-02');
    one.moveTo('2026-02-03');
    one.under(termsForTests());
    one.moveTo('2026-03-02');
    expect(one.obligations.map(({ code }) => code)).not.toContain('R8.1');
    one.under(cycles('annual'));
    one.moveTo('2026-03-03');
    expect(ended(one)).toBeUndefined();
    expect(one.sentTo(r.hrHere).filter((line) => line.endsWith(' R8.1'))).toHaveLength(2);
    one.moveTo('2026-03-13');
    expect(ended(one)).toBeDefined();
  });

  it('R8.1 is none where other staff have it, the record says nothing, or all but the answer is there', () => {
    const quiet = [termsForTests(), cycles('yearly'), { ...termsForTests(), comparator: null }];
    for (const one of quiet.map((terms) => six(terms))) {
      one.moveTo('2025-11-20');
      expect(one.obligations.map(({ code }) => code)).not.toContain('R8.1');
      expect(ended(one)).toBeUndefined();
    }
  });

  it('R8.1 a plan that a draft of it asked for is not looked after', () => {
    const one = six(termsForTests());
    r.sources(one);
    one.moveTo('2025-11-12');
    one.must(r.supervisor, 'submit_draft', r.draft({ followUps: ['improvement_plan'] }));
    one.under(cycles('annual'));
    one.moveTo('2025-12-01');
    expect(ended(one)).toBeDefined();
    expect(one.notices.at(-1)?.body).not.toHaveProperty('owes');
  });
});

describe('the employment after such a review', () => {
  it('R8.1 D8.1 waits for it no more', () => {
    const one = onTheJob();
    one.moveTo('2025-06-10');
    const body = one.notices.find(({ kind }) => kind === 'start_review');
    const review = body?.to ?? '';
    one.tell(review, {
      kind: 'review_closed',
      body: { review, cycle: 'probation_mid', outcome: 'not_held', response: 'not_held' },
    });
    expect(one.holds?.own).toMatchObject({ reviews: { open: [] } });
  });
});

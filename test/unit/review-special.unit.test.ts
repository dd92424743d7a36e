import { describe, expect, it } from 'vitest';
import { leave, onTheJob, people, refusedBy } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { caseOf, termsForTests } from './house.ts';
import { draft, opened, sources, toSign, withComparator } from './review-house.ts';
import { employee as signer, supervisor as reviewer } from './review-house.ts';

/** D8.1 `special`: a review beside the plan, under a rule that other staff have too. */

const { employee, supervisor, manager, hr } = people;
const missing = (code: string, about?: string) => ({
  refused: true,
  missing: [expect.objectContaining(about === undefined ? { code } : { code, about })],
});
const withRules = withComparator({ special_review_rules: 'after_long_leave, end_of_project' });
const word = { rule: 'after_long_leave', due: '2025-06-16' };
const job = (terms = withRules): Employed => onTheJob(terms);
const opensReviews = (one: Employed) =>
  one.obligations.filter((owed) => owed.code === 'D8.1').map((owed) => owed.id);

describe('a special review', () => {
  it('D8.1 is opened by HR under a rule of the comparator record, and tells the review which', () => {
    const one = job();
    one.must(hr, 'open_special_review', word);
    const event = { cycle: 'special', due: '2025-06-16', periodEnd: '2025-06-16', round: null };
    expect(one.rows.at(-1)).toMatchObject({
      kind: 'review_opened',
      body: { ...event, rule: 'after_long_leave' },
    });
    expect(one.notices.at(-1)).toMatchObject({
      ...{ kind: 'start_review', starts: true },
      body: { cycle: 'special', rule: 'after_long_leave', employee, supervisor, nextDue: '2025-06-26' },
    });
  });

  it('D8.1 leaves the reviews of the plan where they are', () => {
    const one = job();
    const before = opensReviews(one);
    one.must(hr, 'open_special_review', word);
    expect(opensReviews(one)).toEqual(before);
    expect(before).toEqual(['D8.1:probation_mid:2025-06-26']);
  });

  it('D8.1 stays beside a probation that was extended (X16)', () => {
    const one = job();
    one.moveTo('2025-08-08', '10:00');
    const review = caseOf('review', 'probation');
    one.tell(review, {
      kind: 'probation_decided',
      body: { review, outcome: 'extended', until: '2025-09-12' },
    });
    const before = opensReviews(one);
    expect(before).toContain('D8.1:probation_end:2025-09-12');
    one.must(hr, 'open_special_review', { ...word, due: '2025-10-20' });
    expect(opensReviews(one)).toEqual(before);
  });

  it('R8.1 refuses one without a comparator record, and under a rule that other staff do not have', () => {
    const lacks = missing('comparator_lacks', 'special_review_rules');
    const ask = (one: Employed, rule: string) => one.ask(hr, 'open_special_review', { ...word, rule });
    expect(ask(job(termsForTests()), 'after_long_leave')).toMatchObject({ ...refusedBy('R8.1'), ...lacks });
    expect(ask(job(), 'because_of_doubt')).toMatchObject({ ...refusedBy('R8.1'), ...lacks });
    expect(ask(job({ ...withRules, comparator: null }), 'after_long_leave')).toMatchObject(
      missing('no_comparator_on_file'),
    );
    expect(ask(job(), 'end_of_project')).toMatchObject({ kinds: ['review_opened'] });
  });

  it('D8.1 gives no less notice than other reviews do, and counts to a business day', () => {
    const one = job();
    const due = (day: string) => one.ask(hr, 'open_special_review', { ...word, due: day });
    expect(due('2025-06-06')).toMatchObject(missing('notice_of_other_reviews', '2025-06-09'));
    // A Saturday: the Monday after it is early enough.
    expect(due('2025-06-07')).toMatchObject({ kinds: ['review_opened'] });
    expect(one.rows.at(-1)?.body).toMatchObject({ due: '2025-06-09' });
  });

  it('D8.1 holds one at a time; the next may follow once it closed', () => {
    const one = job();
    one.must(hr, 'open_special_review', word);
    const review = one.notices.at(-1)?.to ?? '';
    const again = { ...word, due: '2025-07-14' };
    expect(one.ask(hr, 'open_special_review', again)).toMatchObject(missing('already_open', review));
    const body = { review, cycle: 'special', outcome: 'meets', response: 'signed' };
    one.tell(review, { kind: 'review_closed', body });
    one.must(hr, 'open_special_review', again);
  });

  it('D8.1 is nobody else’s to open, nor before the first day or once somebody leaves', () => {
    const one = job();
    for (const who of [supervisor, manager, employee])
      expect(one.ask(who, 'open_special_review', word)).toMatchObject({ code: 'not_permitted' });
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-06-30', reasons: [] });
    expect(one.ask(hr, 'open_special_review', word)).toMatchObject(missing('separation_set'));
  });

  it('D8.1 hears of absences as any other review does', () => {
    const one = job();
    one.must(hr, 'open_special_review', word);
    const review = one.notices.at(-1)?.to;
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-19', to: '2025-05-26' } });
    expect(one.notices.filter(({ to }) => to === review).at(-1)).toMatchObject({ kind: 'person_away' });
  });
});

describe('a review that asks for a look at the next step', () => {
  const closing = (followUps: readonly string[]) => {
    const one = toSign({ followUps });
    one.must(signer, 'respond', { response: 'signed' });
    return one.notices.find(({ kind }) => kind === 'review_closed')?.body;
  };

  it('D8.5 tells the employment where it is among the follow-ups, and nothing where it is not', () => {
    expect(closing(['promotion_review'])).toMatchObject({ asks: 'promotion_review' });
    expect(closing(['reward'])).not.toHaveProperty('asks');
  });
});

describe('the draft of a special review', () => {
  const start = { cycle: 'special', due: '2025-08-08', rule: 'end_of_project' };

  it('R8.1 takes it under its rule, and refuses it once other staff do not have that rule any more', () => {
    const one = opened('2025-07-11', start, withRules);
    sources(one);
    one.must(reviewer, 'submit_draft', draft());
    const later = opened('2025-07-11', start, withComparator({ special_review_rules: 'after_long_leave' }));
    sources(later);
    expect(later.ask(reviewer, 'submit_draft', draft())).toMatchObject({
      ...refusedBy('R8.1'),
      ...missing('comparator_lacks', 'review_cycle'),
    });
  });
});

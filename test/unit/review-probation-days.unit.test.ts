import { describe, expect, it } from 'vitest';
import { Employed, onTheJob, people } from './employment-house.ts';
import { caseOf, termsForTests } from './house.ts';
import * as r from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** R8.1, D8.3: nobody is on probation for longer than other staff of the site. */

const missing = (code: string, about: string) => ({ refused: true, missing: [{ code, about }] });
const days = (probation_d: number) => r.withComparator({ probation_d });
const first = { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-10' };

function opened(one: Employed): readonly (readonly [string, string, string])[] {
  return one.notices
    .filter(({ kind }) => kind === 'start_review')
    .map(({ body }) => {
      const { cycle, due, periodEnd } = body as Record<'cycle' | 'due' | 'periodEnd', string>;
      return [cycle, due, periodEnd] as const;
    });
}

/** The end of a probation that was begun on Monday 12 May 2025, drafted and talked over on a day. */
function judged(on: string, probation_d: number, more: object = {}): SingleCase {
  const one = r.opened('2025-06-13', { ...first, ...more }, days(probation_d));
  r.sources(one);
  one.moveTo(on);
  const low = { overall: 'does_not_meet', cites: { overall: 'action:a3' } };
  one.must(r.supervisor, 'submit_draft', r.draft({ ...low, followUps: ['goal'], goals: ['txt_goal'] }));
  one.must(r.hr, 'check_standard', { result: 'same_as_comparator' });
  one.must(r.employee, 'hold_talk', { held: on });
  return one;
}
const notPassed = { outcome: 'not_passed', reasons: ['duty_not_met'] };

describe('the days of a probation', () => {
  it('R8.1 D8.1 are those of other staff where theirs are fewer: the review is due before they are over', () => {
    const one = onTheJob(days(60));
    one.moveTo('2025-08-15');
    expect(opened(one)).toEqual([
      ['probation_mid', '2025-06-26', '2025-06-26'],
      ['probation_end', '2025-07-11', '2025-07-11'],
    ]);
    const start = one.notices.findLast(({ kind }) => kind === 'start_review')?.body;
    expect(start).toMatchObject({ dayOne: '2025-05-12' });
  });

  it('R8.1 D8.1 are those of the policy where theirs are as many or more, or nothing is on record', () => {
    for (const terms of [days(90), days(180), { ...termsForTests(), comparator: null }]) {
      const one = onTheJob(terms);
      one.moveTo('2025-08-08');
      expect(opened(one).at(-1)).toEqual(['probation_end', '2025-08-08', '2025-08-10']);
      expect(one.rows.find(({ kind }) => kind === 'employment_started')?.body).not.toHaveProperty(
        'probationDays',
      );
    }
  });

  it('R8.1 D8.1 have no middle where they are over by then', () => {
    const one = onTheJob(days(45));
    one.moveTo('2025-08-15');
    expect(opened(one)).toEqual([['probation_end', '2025-06-26', '2025-06-26']]);
  });

  it('D5.8 move with day one', () => {
    const one = new Employed('2025-05-05', '2025-05-12', days(60));
    one.must(people.hr, 'move_day_one', { dayOne: '2025-05-19' });
    one.moveTo('2025-08-15');
    expect(opened(one).at(-1)).toEqual(['probation_end', '2025-07-18', '2025-07-18']);
  });

  it('D8.3 R8.1 stay as they were planned where the record changes later, and hold nobody longer than it says', () => {
    const one = judged('2025-07-11', 60, { dayOne: '2025-05-12' });
    one.must(r.manager, 'propose_probation', notPassed);
    const late = judged('2025-07-14', 60, { dayOne: '2025-05-12' });
    expect(late.ask(r.manager, 'propose_probation', notPassed)).toMatchObject({
      ...{ rule: 'D8.3', ...missing('period_ended', '2025-07-11') },
    });
    late.must(r.manager, 'propose_probation', { outcome: 'passed', reasons: [] });
  });

  it('D8.3 R8.1 end as those of other staff in a review from before it knew the first day', () => {
    const one = judged('2025-07-14', 60);
    expect(one.ask(r.manager, 'propose_probation', notPassed)).toMatchObject(
      missing('period_ended', '2025-07-11'),
    );
    one.must(r.manager, 'propose_probation', { outcome: 'passed', reasons: [] });
    one.must(r.hr, 'confirm_probation');
    judged('2025-07-14', 90).must(r.manager, 'propose_probation', notPassed);
  });

  it('D8.3 nobody confirms after that day what was proposed before it', () => {
    const one = judged('2025-07-11', 60);
    one.must(r.manager, 'propose_probation', notPassed);
    one.must(r.officer, 'give_word', { word: 'nothing_stands_against' });
    one.must(r.investigator, 'give_second_word', { word: 'nothing_stands_against' });
    one.moveTo('2025-07-14');
    expect(one.ask(r.hr, 'confirm_probation')).toMatchObject(missing('period_ended', '2025-07-11'));
  });

  it('X16 R8.1 are made longer from the day on which those of other staff end', () => {
    const longer = (until: string) => ({ outcome: 'extended', reasons: ['training_open'], until });
    const one = judged('2025-07-11', 60);
    expect(one.ask(r.manager, 'propose_probation', longer('2025-08-11'))).toMatchObject(
      missing('longer_than_comparator', '2025-08-10'),
    );
    one.must(r.manager, 'propose_probation', longer('2025-08-10'));
  });

  it('X16 are those that were agreed in the review after an extension', () => {
    const second = { due: '2025-08-08', periodEnd: '2025-08-10', dayOne: '2025-05-12' };
    const one = r.opened('2025-07-14', { cycle: 'probation_end', ...second }, days(60));
    one.seen.push({
      ...{ kind: 'probation', subject: r.employment, value: 'extended' },
      ...{ case: caseOf('review', 'first'), sequence: 9 },
    });
    r.sources(one);
    one.moveTo('2025-08-08');
    one.must(r.manager, 'propose_probation', notPassed);
  });
});

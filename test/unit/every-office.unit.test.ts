import { describe, expect, it } from 'vitest';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { Employed, heardOnConduct, onTheJob, people } from './employment-house.ts';
import { person, termsForTests } from './house.ts';
import * as review from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** R9.5, R8.7, X19: the word is asked of every office a matter can lie with, in everybody's case alike. */

const { hr, hrDirector, director, officer, investigator, manager, employee, supervisor } = people;
const arranger = person('accommodation officer');
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const gate = (code: string) => ({ code: 'gate_not_passed', missing: [expect.objectContaining({ code })] });

/** A policy of an earlier day, which asked one office of the first half. */
function before(code: 'R9.5' | 'R8.7'): Terms {
  const terms = termsForTests();
  const { every_office: _later, ...values } = terms.policy.values[code] as Record<string, number | string>;
  const policy = { ...terms.policy, values: { ...terms.policy.values, [code]: values } };
  return { ...terms, policy: policy as Terms['policy'] };
}
const end = {
  ...{ how: 'terminated_conduct', lastDay: '2025-06-20', reasons: ['conduct'] },
  comparator: 'same_as_comparator',
};
const asked = (one: SingleCase, code: string): readonly string[] =>
  one.obligations
    .filter((owed) => owed.code === code || owed.id.startsWith(`${code}:word`))
    .map(({ owner }) => owner.slice(0, owner.indexOf('@')))
    .filter((owner) => owner !== '')
    .toSorted((a, b) => (a < b ? -1 : 1));
const offices = (one: SingleCase) =>
  [
    ...asked(one, 'R9.5'),
    ...asked(one, 'D9.5').filter((owner) => owner !== 'hr_director' && owner !== 'hr'),
  ].toSorted((a, b) => (a < b ? -1 : 1));

describe('what stands against an employee', () => {
  function terminating(terms?: Terms): Employed {
    const one = onTheJob(terms);
    one.assign(arranger, 'accommodation_officer');
    heardOnConduct(one);
    one.must(hr, 'propose_separation', end);
    return one;
  }

  it('R9.5 X19 waits for all three: whoever a report was made to speaks, whomever it is against', () => {
    const one = terminating();
    expect(offices(one)).toEqual(['accommodation_officer', 'investigating_officer', 'leave_officer']);
    // The officer a report is against may say what they will: it is not enough.
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(arranger, 'give_clearance');
    expect(offices(one)).toEqual(['leave_officer']);
    expect(one.ask(hrDirector, 'confirm_separation')).toMatchObject(gate('officer_word'));
    expect(one.ask(arranger, 'give_clearance')).toMatchObject(missing('second_person_needed'));
    one.must(officer, 'give_clearance');
    one.must(hrDirector, 'confirm_separation');
  });

  it('R9.5 is one word of whoever holds both offices of the first half', () => {
    const one = onTheJob();
    one.assign(officer, 'accommodation_officer');
    heardOnConduct(one);
    one.must(hr, 'propose_separation', end);
    expect(offices(one)).toEqual(['accommodation_officer', 'investigating_officer']);
    one.must(officer, 'give_clearance');
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
  });

  it('R9.5 names the director of HR where nobody who is apart holds the office, and somebody else confirms', () => {
    const one = new Employed('2025-05-12');
    one.assign(supervisor, 'accommodation_officer');
    const alone = new Employed('2025-05-12', '2025-05-12', termsForTests());
    // Here the investigating officer leads the employee.
    alone.must(hr, 'change_manager', { manager: investigator });
    heardOnConduct(alone);
    alone.must(hr, 'propose_separation', end);
    expect(offices(alone)).toEqual(['hr_director', 'leave_officer']);
    expect(alone.ask(hrDirector, 'give_clearance')).toMatchObject(missing('office_asked'));
    alone.must(officer, 'give_clearance');
    expect(alone.ask(investigator, 'give_officer_word', { about: 'separation' })).toMatchObject(
      missing('officer_apart'),
    );
    alone.must(hrDirector, 'give_officer_word', { about: 'separation' });
    expect(alone.ask(hrDirector, 'confirm_separation')).toMatchObject(missing('second_person_needed'));
    alone.must(director, 'confirm_separation');
    // Who supervises speaks for no office: it is as if nobody held it.
    heardOnConduct(one);
    one.must(hr, 'propose_separation', end);
    expect(offices(one)).toEqual(['investigating_officer', 'leave_officer']);
  });

  it('R9.5 takes no word of the director of HR where the offices are held', () => {
    const one = terminating();
    expect(one.ask(hrDirector, 'give_clearance')).toMatchObject({
      missing: [
        { code: 'office_asked', about: 'accommodation_officer' },
        { code: 'office_asked', about: 'leave_officer' },
      ],
    });
    expect(one.ask(hrDirector, 'give_officer_word', { about: 'separation' })).toMatchObject(
      missing('word_given'),
    );
  });

  it('R9.5 X15 D9.6 asks the same for a warning and for a rehire', () => {
    const one = onTheJob();
    one.assign(arranger, 'accommodation_officer');
    one.moveTo('2025-05-20');
    one.must(supervisor, 'raise_conduct', { concern: 'records', on: '2025-05-19' });
    one.must(employee, 'answer_conduct', { answer: 'nothing_to_add' });
    one.must(manager, 'propose_measure', { measure: 'written_warning', comparator: 'same_as_comparator' });
    expect(offices(one)).toEqual(['accommodation_officer', 'investigating_officer', 'leave_officer']);
    one.must(officer, 'give_officer_word', { about: 'conduct' });
    one.must(investigator, 'give_officer_word', { about: 'conduct' });
    expect(one.ask(hr, 'confirm_measure')).toMatchObject(gate('officer_word'));
    one.must(arranger, 'give_officer_word', { about: 'conduct' });
    one.must(hr, 'confirm_measure');
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-06-13', reasons: [] });
    one.must(hr, 'decide_rehire', {
      ...{ outcome: 'not_eligible', code: 'conduct', comparator: 'same_as_comparator' },
    });
    expect(offices(one)).toEqual(['accommodation_officer', 'investigating_officer', 'leave_officer']);
    one.must(arranger, 'give_clearance');
    one.must(investigator, 'give_officer_word', { about: 'rehire' });
    expect(one.ask(hrDirector, 'confirm_rehire')).toMatchObject(missing('officer_word'));
    one.must(officer, 'give_clearance');
    one.must(hrDirector, 'confirm_rehire');
  });

  it('R9.5 is one office of the first half under a policy from before', () => {
    const one = terminating(before('R9.5'));
    expect(offices(one)).toEqual(['accommodation_officer', 'investigating_officer']);
    one.must(officer, 'give_clearance');
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
  });
});

describe('what a review holds against an employee', () => {
  const clear = { word: 'nothing_stands_against' };
  const leaver = person('leave officer of reviews');

  function notPassed(terms = termsForTests()): SingleCase {
    const start = { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-10' };
    const one = review.opened('2025-07-11', start, terms);
    one.assign(leaver, 'leave_officer');
    one.moveTo('2025-08-04');
    const cites = { overall: 'action:a3' };
    one.must(review.supervisor, 'submit_draft', review.draft({ overall: 'does_not_meet', cites }));
    one.must(review.hr, 'check_standard', { result: 'same_as_comparator' });
    one.must(review.employee, 'hold_talk', { held: '2025-08-04' });
    one.must(review.manager, 'propose_probation', { outcome: 'not_passed', reasons: ['skill_not_shown'] });
    return one;
  }

  it('R8.7 X19 waits for all three offices, and what is open with one of them stands', () => {
    const one = notPassed();
    expect(asked(one, 'R8.7')).toEqual(['accommodation_officer', 'investigating_officer', 'leave_officer']);
    one.must(review.officer, 'give_word', clear);
    one.must(review.investigator, 'give_second_word', clear);
    expect(one.ask(review.hr, 'confirm_probation')).toMatchObject(missing('officer_word'));
    one.must(leaver, 'give_word', { word: 'matter_open' });
    expect(one.ask(review.hr, 'confirm_probation')).toMatchObject(missing('officer_word'));
  });

  it('R8.7 is complete with the word of each', () => {
    const one = notPassed();
    one.must(leaver, 'give_word', clear);
    one.must(review.officer, 'give_word', clear);
    one.must(review.investigator, 'give_second_word', clear);
    one.must(review.hr, 'confirm_probation');
  });

  it('R8.7 are the words of two people, and neither of them confirms', () => {
    const one = notPassed();
    for (const office of ['accommodation_officer', 'investigating_officer', 'hr'] as const)
      one.assign(leaver, office);
    one.must(leaver, 'give_word', clear);
    expect(one.ask(leaver, 'give_second_word', clear)).toMatchObject(missing('second_person_needed'));
    one.must(review.officer, 'give_word', clear);
    one.must(review.investigator, 'give_second_word', clear);
    one.assign(review.investigator, 'hr');
    for (const who of [leaver, review.investigator])
      expect(one.ask(who, 'confirm_probation')).toMatchObject(missing('second_person_needed'));
    one.must(review.hr, 'confirm_probation');
  });

  it('R8.7 are two the other way round, too, and two in hand', () => {
    const one = notPassed();
    one.assign(leaver, 'investigating_officer');
    one.standsIn(leaver, review.investigator);
    one.must(leaver, 'give_second_word', clear, { onBehalfOf: review.investigator });
    expect(one.ask(leaver, 'give_word', clear)).toMatchObject(missing('second_person_needed'));
    expect(one.ask(review.investigator, 'give_second_word', { word: 'matter_open' })).not.toMatchObject({
      refused: true,
    });
  });

  it('R8.7 is one office of the first half under a policy from before', () => {
    const one = notPassed(before('R8.7'));
    expect(asked(one, 'R8.7')).toEqual(['accommodation_officer', 'investigating_officer']);
    one.must(review.officer, 'give_word', clear);
    one.must(review.investigator, 'give_second_word', clear);
    one.must(review.hr, 'confirm_probation');
  });
});

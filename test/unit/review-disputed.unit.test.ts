import { describe, expect, it } from 'vitest';
import { person } from './house.ts';
import * as house from './review-house.ts';
import type { SingleCase } from './single-case.ts';

const { employee, supervisor, manager, hr, director, nurse, caseManager, employment } = house;
const cites = { overall: 'action:a3' };

/** Not passed on Friday 8 August 2025, and disputed. */
function disputed(): SingleCase {
  const one = house.probation();
  house.sources(one);
  one.moveTo('2025-08-01');
  one.must(supervisor, 'submit_draft', house.draft({ overall: 'does_not_meet', cites }));
  one.must(hr, 'check_standard', { result: 'same_as_comparator' });
  one.must(employee, 'hold_talk', { held: '2025-08-01' });
  one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['skill_not_shown'] });
  one.must(house.officer, 'give_word', { word: 'nothing_stands_against' });
  one.must(house.investigator, 'give_second_word', { word: 'nothing_stands_against' });
  one.must(hr, 'confirm_probation');
  one.must(employee, 'respond', { response: 'disputed' });
  return one;
}
const corrected = { outcome: 'corrected', overall: 'meets', text: 'txt_answer' };
const fact = (one: SingleCase) => one.facts.find(({ kind }) => kind === 'probation')?.value;
const toEmployment = (one: SingleCase) =>
  one.notices
    .filter(({ to, kind }) => to === employment && kind === 'probation_decided')
    .map(({ body }) => body);

describe('D8.3 after a dispute', () => {
  it('D8.3 a rating corrected to the standard does not leave "not passed" standing in silence', () => {
    const one = disputed();
    expect(one.ask(director, 'settle_dispute', corrected)).toMatchObject({
      ...{ refused: true, rule: 'D8.3' },
      missing: [{ code: 'probation_named' }],
    });
    one.must(director, 'settle_dispute', { ...corrected, probation: 'passed' });
    expect(fact(one)).toBe('passed');
    expect(toEmployment(one)).toMatchObject([{ outcome: 'not_passed' }, { outcome: 'passed', until: null }]);
  });

  it('D8.3 may stand all the same, on other grounds, and HR says so', () => {
    const one = disputed();
    one.must(director, 'settle_dispute', { ...corrected, probation: 'stands' });
    expect(fact(one)).toBe('not_passed');
    expect(toEmployment(one)).toHaveLength(1);
  });

  it('D8.3 is named only where a correction takes its ground away', () => {
    const one = disputed();
    for (const said of [
      { outcome: 'kept', text: 'txt_answer', probation: 'passed' },
      { ...corrected, overall: 'partly_meets', probation: 'passed' },
    ])
      expect(one.ask(director, 'settle_dispute', said)).toMatchObject({
        missing: [{ code: 'no_probation_here' }],
      });
    one.must(director, 'settle_dispute', { ...corrected, overall: 'partly_meets' });
    expect(fact(one)).toBe('not_passed');
  });
});

describe('R8.5 whoever leads, mentors or writes is no colleague', () => {
  const named = (one: SingleCase) => one.obligations.filter(({ id }) => id.startsWith('P8.2:name')).length;

  it('R8.5 P8.2 a colleague who becomes the supervisor is one no more, and another is asked for', () => {
    const one = house.opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    house.sources(one);
    expect(named(one)).toBe(0);
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: nurse } });
    expect(named(one)).toBe(1);
    expect(one.ask(nurse, 'choose_colleagues', { colleagues: [nurse, caseManager] })).toMatchObject({
      missing: [{ code: 'no_colleague_here' }],
    });
    const another = person('another colleague');
    one.must(nurse, 'choose_colleagues', { colleagues: [another, caseManager] });
    // What the one who stays gave is in; only the new one is asked.
    const asked = one.obligations.filter(({ id }) => id.startsWith('P8.2:prs')).map(({ owner }) => owner);
    expect(asked).toEqual([another]);
  });

  it('R8.5 the same for whoever becomes mentor or manager', () => {
    const one = house.opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    house.sources(one);
    one.tell(employment, { kind: 'circle_changed', body: { manager, mentor: caseManager } });
    expect(named(one)).toBe(1);
  });

  it('R8.5 what was answered already stays as it was given', () => {
    const one = house.toSign();
    one.must(employee, 'respond', { response: 'signed' });
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: nurse } });
    expect(named(one)).toBe(0);
  });
});

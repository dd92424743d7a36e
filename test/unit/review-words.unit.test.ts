import { describe, expect, it } from 'vitest';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { apartFrom, apartIn } from '../../src/domain/apart.ts';
import { review } from '../../src/domain/review/decider.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import { director, draft, employee, hr, investigator, manager, mentor, officer } from './review-house.ts';
import {
  employment,
  id as reviewHere,
  opened,
  planFrom,
  planOwed,
  supervisor,
  withComparator,
} from './review-house.ts';
import { SingleCase } from './single-case.ts';

/** R8.7: whatever a review holds against somebody waits for the words of two offices and for two people. */

const clear = { word: 'nothing_stands_against' };
const says = (code: string, rule = 'R8.7') => ({ rule, missing: [expect.objectContaining({ code })] });
const owners = (one: SingleCase) =>
  one.obligations
    .filter((owed) => owed.code === 'R8.7')
    .map(({ owner }) => owner.slice(0, owner.indexOf('@')))
    .toSorted((a, b) => (a < b ? -1 : 1));

/** A policy of an earlier day, without the values of R8.7. */
function before(terms: Terms): Terms {
  const { 'R8.7': _left, ...values } = terms.policy.values;
  return { ...terms, policy: { ...terms.policy, values } };
}

/** A probation with everything there, on its fourth day before the end; nothing is proposed. */
function ready(terms = termsForTests()): SingleCase {
  const start = { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-10' };
  return complete(opened('2025-07-11', start, terms));
}

function complete(one: SingleCase): SingleCase {
  one.moveTo('2025-08-04');
  const cites = { relationships: 'session:s12', overall: 'action:a3' };
  const negative = { ratings: { relationships: 2 }, overall: 'does_not_meet', cites };
  one.must(supervisor, 'submit_draft', draft(negative));
  one.must(hr, 'check_standard', { result: 'same_as_comparator' });
  one.must(employee, 'hold_talk', { held: '2025-08-04' });
  return one;
}

/** A probation of somebody whose house has a director of HR and HR, and no other office yet. */
function onlyLed(): SingleCase {
  const one = new SingleCase(reviewHere, '2025-07-11');
  one.assign(director, 'hr_director');
  one.assign(hr, 'hr');
  one.tell(employment, {
    kind: 'start_review',
    body: {
      ...{ site, employment, employee, supervisor, manager, mentor, cycle: 'probation_end' },
      ...{
        due: '2025-08-08',
        periodEnd: '2025-08-10',
        nextDue: null,
        role: caseOf('role', 'r'),
        roleVersion: 1,
      },
    },
  });
  return one;
}

const notPassed = { outcome: 'not_passed', reasons: ['skill_not_shown'] };

function proposed(terms = termsForTests()): SingleCase {
  const one = ready(terms);
  one.must(manager, 'propose_probation', notPassed);
  return one;
}

/** A plan of which every step was talked over, on its last day. */
function steppedPlan(terms = withComparator({ improvement_steps_d: '30,60,90' })): SingleCase {
  const one = planOwed(terms);
  one.must(supervisor, 'write_plan', planFrom('2025-11-17'));
  one.must(employee, 'answer_plan', { answer: 'acknowledged' });
  one.moveTo('2026-02-17');
  for (const step of [1, 2, 3])
    one.must(supervisor, 'record_plan_step', { step, state: 'behind', held: '2026-02-17' });
  return one;
}

describe('a probation that is not to be passed', () => {
  it('R8.7 is asked of two offices, and neither word is enough alone', () => {
    const one = proposed();
    expect(owners(one)).toEqual(['accommodation_officer', 'investigating_officer']);
    expect(one.ask(hr, 'confirm_probation')).toMatchObject(says('officer_word', 'D8.3'));
    one.must(officer, 'give_word', clear);
    expect(one.ask(hr, 'confirm_probation')).toMatchObject(says('second_officer_word'));
    one.must(investigator, 'give_second_word', { word: 'matter_open' });
    expect(one.ask(hr, 'confirm_probation')).toMatchObject(says('second_officer_word'));
    one.must(investigator, 'give_second_word', clear);
    expect(owners(one)).toEqual([]);
    one.must(hr, 'confirm_probation');
  });

  it('R8.7 takes no word while nothing stands against anybody', () => {
    const one = ready();
    expect(one.ask(officer, 'give_word', clear)).toMatchObject(says('no_adverse_proposal'));
    expect(one.ask(investigator, 'give_second_word', clear)).toMatchObject(says('no_adverse_proposal'));
    one.must(manager, 'propose_probation', { outcome: 'passed', reasons: [] });
    expect(one.ask(officer, 'give_word', clear)).toMatchObject(says('no_adverse_proposal'));
    expect(owners(one)).toEqual([]);
    one.must(hr, 'confirm_probation');
  });

  it('R8.7 wants new words for a new proposal', () => {
    const one = proposed();
    one.must(officer, 'give_word', clear);
    one.must(investigator, 'give_second_word', clear);
    one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['duty_not_met'] });
    expect(owners(one)).toEqual(['accommodation_officer', 'investigating_officer']);
    const last = one.rows.findLast(({ kind }) => kind === 'probation_proposed');
    const version = last?.stamp.sequence ?? 0;
    const about = { subject: 'probation', version };
    expect(one.ask(hr, 'confirm_probation', {}, { about })).toMatchObject(says('officer_word', 'D8.3'));
  });

  it('R8.7 X19 takes no word of somebody with a part in the review, whatever office they hold', () => {
    const one = proposed();
    for (const who of [supervisor, mentor]) {
      one.assign(who, 'accommodation_officer');
      one.assign(who, 'investigating_officer');
      expect(one.ask(who, 'give_word', clear)).toMatchObject(says('officer_apart'));
      expect(one.ask(who, 'give_second_word', clear)).toMatchObject(says('officer_apart'));
    }
    one.assign(manager, 'investigating_officer');
    expect(one.ask(manager, 'give_second_word', clear)).toMatchObject(says('second_person_needed'));
    one.must(investigator, 'give_second_word', clear);
  });

  it('R8.7 D8.3 two people are two in hand: a stand-in does not confirm what they proposed, nor whom they proposed it for', () => {
    const one = ready();
    one.assign(director, 'hr');
    one.standsIn(director, manager);
    one.assign(manager, 'hr');
    one.must(director, 'propose_probation', notPassed, { onBehalfOf: manager });
    one.must(officer, 'give_word', clear);
    one.must(investigator, 'give_second_word', clear);
    for (const who of [director, manager])
      expect(one.ask(who, 'confirm_probation')).toMatchObject(says('second_person_needed', 'D8.3'));
    one.must(hr, 'confirm_probation');
  });

  it('R8.7 X19 asks nobody for the second word who gave the first, and takes none of them', () => {
    const one = ready();
    const arranger = person('second accommodation officer');
    one.assign(arranger, 'accommodation_officer');
    one.assign(officer, 'investigating_officer');
    one.must(manager, 'propose_probation', notPassed);
    const relations = () => review.relations(one.holds?.own as ReviewState);
    const second = `investigating_officer@${site}`;
    const spoke = (owner = second) => one.obligations.find((owed) => owed.owner === owner)?.spoke ?? [];
    const askedOf = (who: string) => !apartFrom('review', relations(), second, spoke()).includes(who);
    expect([officer, investigator].map(askedOf)).toEqual([true, true]);
    expect(spoke()).toEqual([manager]);
    one.must(officer, 'give_word', clear);
    expect([officer, investigator].map(askedOf)).toEqual([false, true]);
    expect(apartIn('review', relations(), officer, `hr_director@${site}`, spoke())).toBe(true);
    expect(apartIn('review', relations(), officer, `hr@${site}`, spoke())).toBe(false);
    // Who confirms is asked of HR, whoever gave a word.
    expect(spoke(`hr@${site}`)).toEqual([]);
    expect(one.ask(officer, 'give_second_word', clear)).toMatchObject(says('second_person_needed'));
    one.must(investigator, 'give_second_word', clear);
    one.must(hr, 'confirm_probation');
    expect(one.obligations.filter((owed) => (owed.spoke ?? []).length > 0)).toEqual([]);
  });

  it('R8.7 X19 does not count on one person for both words: the director of HR speaks, and nothing is stuck', () => {
    const one = onlyLed();
    for (const office of ['accommodation_officer', 'investigating_officer'] as const)
      one.assign(officer, office);
    complete(one);
    one.must(manager, 'propose_probation', notPassed);
    expect(owners(one)).toEqual(['accommodation_officer', 'hr_director']);
    one.must(officer, 'give_word', clear);
    expect(one.ask(officer, 'give_second_word', clear)).toMatchObject(says('second_person_needed'));
    one.must(director, 'give_second_word', clear);
    one.must(hr, 'confirm_probation');
  });

  it('R8.7 X19 who holds offices of both words gives the one that nobody else can, in whatever order they come', () => {
    const two = (
      ...offices: readonly (readonly [string, 'accommodation_officer' | 'investigating_officer'])[]
    ) => {
      const one = onlyLed();
      for (const [who, office] of offices) one.assign(who, office);
      complete(one);
      one.must(manager, 'propose_probation', notPassed);
      expect(owners(one)).toEqual(['accommodation_officer', 'investigating_officer']);
      return one;
    };
    const arranger = person('second accommodation officer');
    const both = ['accommodation_officer', 'investigating_officer'] as const;
    const first = two(...both.map((office) => [officer, office] as const), [arranger, both[0]]);
    expect(first.ask(officer, 'give_word', clear)).toMatchObject(says('other_word_yours'));
    first.must(arranger, 'give_word', clear);
    first.must(officer, 'give_second_word', clear);
    first.must(hr, 'confirm_probation');
    const second = two(...both.map((office) => [officer, office] as const), [investigator, both[1]]);
    expect(second.ask(officer, 'give_second_word', clear)).toMatchObject(says('other_word_yours'));
    second.must(investigator, 'give_second_word', clear);
    second.must(officer, 'give_word', clear);
    second.must(hr, 'confirm_probation');
    // Once the other word is there, each of an office gives this one.
    const free = two(
      ...both.map((office) => [officer, office] as const),
      [arranger, both[0]],
      [investigator, both[1]],
    );
    free.must(officer, 'give_word', clear);
    free.must(investigator, 'give_second_word', clear);
  });

  it('R8.7 leaves a case under a policy from before with the one word it had', () => {
    const one = proposed(before(termsForTests()));
    expect(owners(one)).toEqual(['accommodation_officer']);
    expect(one.ask(investigator, 'give_second_word', clear)).toMatchObject(says('policy_lacks'));
    one.must(officer, 'give_word', clear);
    one.must(hr, 'confirm_probation');
  });

  it('R8.7 asks the second office in the days of the policy, and not after the period', () => {
    const one = proposed();
    const second = one.obligations.find((owed) => owed.id.startsWith('R8.7:second'));
    expect(dateOf(one.terms.calendar, second?.due ?? 0)).toBe('2025-08-06');
    const late = ready();
    late.moveTo('2025-08-08', '11:00');
    late.must(manager, 'propose_probation', notPassed);
    const owed = late.obligations.find((each) => each.id.startsWith('R8.7:second'));
    expect(dateOf(late.terms.calendar, owed?.due ?? 0)).toBe('2025-08-08');
  });
});

describe('a plan that was not met', () => {
  it('X17 R8.7 waits for two words and a second person; nothing has ended before', () => {
    const one = steppedPlan();
    one.must(hr, 'settle_plan', { outcome: 'not_met' });
    expect(one.standing?.status).toBe('closed');
    expect(owners(one)).toEqual(['accommodation_officer', 'investigating_officer']);
    expect(one.ask(director, 'confirm_plan')).toMatchObject({
      ...{ code: 'gate_not_passed', rule: 'R8.7' },
      missing: [{ code: 'officer_word' }, { code: 'second_officer_word' }],
    });
    one.must(officer, 'give_word', clear);
    one.must(investigator, 'give_second_word', clear);
    expect(one.ask(hr, 'confirm_plan')).toMatchObject(says('second_person_needed', 'X17'));
    one.assign(supervisor, 'hr');
    expect(one.ask(supervisor, 'confirm_plan')).toMatchObject(says('second_person_needed', 'X17'));
    one.must(director, 'confirm_plan');
    expect(one.rows.at(-1)).toMatchObject({ kind: 'plan_not_met', body: { by: hr, confirmedBy: director } });
    expect(one.standing?.status).toBe('final');
  });

  it('X17 R8.7 ends as met or withdrawn without any word, also after it was proposed otherwise', () => {
    const one = steppedPlan();
    expect(one.ask(director, 'confirm_plan')).toMatchObject(says('nothing_proposed', 'X17'));
    expect(one.ask(officer, 'give_word', clear)).toMatchObject(says('no_adverse_proposal'));
    one.must(hr, 'settle_plan', { outcome: 'not_met' });
    expect(one.ask(hr, 'settle_plan', { outcome: 'not_met' })).toMatchObject(says('already_proposed', 'X17'));
    one.must(hr, 'settle_plan', { outcome: 'withdrawn' });
    expect(one.standing?.status).toBe('final');
    expect(one.obligations).toEqual([]);
  });

  it('X17 R8.7 takes back what was proposed when the plan is written anew', () => {
    const one = steppedPlan();
    one.must(hr, 'settle_plan', { outcome: 'not_met' });
    one.must(officer, 'give_word', clear);
    one.must(supervisor, 'write_plan', planFrom('2026-02-17', { replaces: 1 }));
    expect(owners(one)).toEqual([]);
    expect(one.ask(director, 'confirm_plan')).toMatchObject(says('nothing_proposed', 'X17'));
  });

  it('X17 R8.7 is one step of HR under a policy from before', () => {
    const one = steppedPlan(before(withComparator({ improvement_steps_d: '30,60,90' })));
    one.must(hr, 'settle_plan', { outcome: 'not_met' });
    expect(one.standing?.status).toBe('final');
  });
});

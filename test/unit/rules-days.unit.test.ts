import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { Employed, heardOnConduct, onTheJob, people, refusedBy } from './employment-house.ts';
import { termsForTests } from './house.ts';

const { employee, supervisor, manager, hr, hrDirector, investigator, officer, adviser } = people;

/** What G6 says is missing when HR confirms the end of the first months. */
function lacksAtTheEnd(one: Employed): readonly (readonly [string, string | undefined])[] {
  one.must(supervisor, 'propose_completion', { outcome: 'complete' });
  const answer = one.ask(hr, 'confirm_completion');
  return isRefusal(answer) ? answer.missing.map(({ code, who }) => [code, who] as const) : [];
}

function noAtDay30(): Employed {
  const one = onTheJob();
  one.moveTo('2025-06-11', '11:00');
  one.must(employee, 'answer_integration', { no: ['asked_for_view'] });
  one.must(supervisor, 'answer_integration', { no: [] });
  return one;
}

describe('the action after a "no" on the integration list', () => {
  it('R6.3 keeps the first months open while it is past its day, and names who owes it', () => {
    const one = noAtDay30();
    one.moveTo('2025-08-12', '11:00');
    expect(lacksAtTheEnd(one)).toContainEqual(['R6.3', manager]);
  });

  it('R6.3 does not while its day is ahead, nor once it is closed', () => {
    const one = onTheJob();
    one.moveTo('2025-08-11', '11:00');
    one.must(employee, 'answer_integration', { no: ['workspace'] });
    expect(one.owes('R6.3')).toEqual([[manager, '2025-08-25']]);
    expect(lacksAtTheEnd(one).map(([code]) => code)).not.toContain('R6.3');
    const closed = noAtDay30();
    const action = closed.obligations.find(({ code }) => code === 'R6.3')?.id.split(':')[1];
    closed.must(manager, 'close_action', { action, outcome: 'done' });
    closed.moveTo('2025-08-12', '11:00');
    expect(lacksAtTheEnd(closed).map(([code]) => code)).not.toContain('R6.3');
  });
});

describe('the day of a session', () => {
  const session = '2025-05-20';

  it.each([
    ['a weekend', '2025-05-24'],
    ['a holiday', '2025-05-26'],
    ['a day gone by', '2025-05-09'],
  ])('R7.8 is not moved to %s', (_what, to) => {
    const one = onTheJob();
    const no = one.ask(supervisor, 'move_session', { session, to });
    expect(no).toMatchObject({ rule: 'R7.8', missing: [{ code: 'business_day_ahead' }] });
  });

  it('R7.8 is moved to another business day of its week', () => {
    const one = onTheJob();
    one.must(supervisor, 'move_session', { session, to: '2025-05-22' });
    expect(one.owes('P7.1')).toContainEqual([employee, '2025-05-22']);
  });
});

describe('an officer with a part in the employment', () => {
  const about = { about: 'conduct' };
  const terminated = { how: 'terminated_conduct', lastDay: '2025-06-13', reasons: ['conduct'] };

  it('R9.5 X19 gives no word about it, first or second, whatever office they hold', () => {
    const one = onTheJob();
    heardOnConduct(one);
    one.must(hr, 'propose_separation', { ...terminated, comparator: 'same_as_comparator' });
    for (const who of [supervisor, manager, people.second, people.mentor]) {
      one.assign(who, 'leave_officer');
      one.assign(who, 'investigating_officer');
      const apart = { rule: 'R9.5', missing: [{ code: 'officer_apart' }] };
      expect(one.ask(who, 'give_clearance')).toMatchObject(apart);
      expect(one.ask(who, 'give_officer_word', { about: 'separation' })).toMatchObject(apart);
    }
    one.must(officer, 'give_clearance');
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
  });

  it('R9.5 X15 gives no word about a warning or about coming back', () => {
    const one = onTheJob();
    one.must(hr, 'raise_conduct', { concern: 'attendance', on: '2025-05-12' });
    one.must(employee, 'answer_conduct', { answer: 'nothing_to_add' });
    one.must(manager, 'propose_measure', { measure: 'written_warning', comparator: 'same_as_comparator' });
    one.assign(supervisor, 'accommodation_officer');
    expect(one.ask(supervisor, 'give_officer_word', about)).toMatchObject(refusedBy('R9.5'));
    one.must(officer, 'give_officer_word', about);
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-06-13', reasons: [] });
    one.must(hr, 'decide_rehire', {
      ...{ outcome: 'not_eligible', code: 'conduct', comparator: 'same_as_comparator' },
    });
    expect(one.ask(supervisor, 'give_clearance')).toMatchObject({ missing: [{ code: 'officer_apart' }] });
    one.must(officer, 'give_clearance');
  });
});

describe('two people about a certificate', () => {
  it('X10 are two in hand: nobody confirms what they proposed for an absent manager, nor does the manager', () => {
    const credential = { status: 'in_progress_with_deadline', validTo: '2025-11-12' } as const;
    const one = new Employed('2025-05-12', '2025-05-12', termsForTests(), { credential });
    one.moveTo('2025-11-03');
    one.assign(manager, 'hr');
    one.assign(adviser, 'hr');
    one.standsIn(adviser, manager);
    const more = { outcome: 'extended', until: '2026-05-12' };
    one.must(adviser, 'propose_certification', more, { onBehalfOf: manager });
    for (const who of [adviser, manager])
      expect(one.ask(who, 'confirm_certification')).toMatchObject({
        ...{ rule: 'X10', missing: [{ code: 'second_person_needed' }] },
      });
    one.must(hr, 'confirm_certification');
  });
});

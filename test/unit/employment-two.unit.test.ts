import { describe, expect, it } from 'vitest';
import { Employed, heardOnConduct, id, onTheJob, people, refusedBy } from './employment-house.ts';
import { caseOf, person } from './house.ts';
import { caseManager, nurse, opened, probation, supervisor as reviewer } from './review-house.ts';

const { supervisor, employee, second, mentor, nextMentor, manager, hr, hrDirector, director } = people;
const missing = (code: string) => ({ refused: true, missing: [{ code }] });
const successor = person('successor');

/** Somebody whose training for supervisors was published elsewhere (R5.2). */
function trained(one: Employed, who: string): void {
  one.seen.push({
    ...{ kind: 'supervisor_qualified', subject: who, value: '2025-05-01' },
    ...{ case: caseOf('candidacy', 'elsewhere'), sequence: 1 },
  });
}

describe('one supervisor alone', () => {
  it('X11 R5.5 is named while nobody is mentor: who left the pair stands in nobody’s way', () => {
    const one = onTheJob();
    trained(one, successor);
    one.moveTo('2025-05-20');
    one.must(supervisor, 'report_supervisor_out', { supervisor, from: '2025-05-20' });
    one.must(mentor, 'ask_new_mentor');
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: successor, second: null });
    expect(one.kinds()).toContain('supervisor_changed');
  });

  it('D7.7 R5.5 is named after mentoring has ended for good', () => {
    const one = onTheJob();
    trained(one, successor);
    one.moveTo('2025-11-10');
    one.must(mentor, 'settle_mentoring', { outcome: 'ended' });
    one.must(manager, 'change_supervisor', { how: 'reassigned', supervisor: successor, second: null });
  });

  it('R5.5 is never the mentor, nor whoever was asked to be', () => {
    const one = onTheJob();
    for (const who of [mentor, nextMentor]) trained(one, who);
    const change = (who: string) => ({ how: 'reassigned', supervisor: who, second: null });
    expect(one.ask(manager, 'change_supervisor', change(mentor))).toMatchObject(missing('mentor_apart'));
    one.moveTo('2025-05-20');
    one.must(employee, 'ask_new_mentor');
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    expect(one.ask(manager, 'change_supervisor', change(nextMentor))).toMatchObject(refusedBy('R5.5'));
  });
});

describe('whoever was asked to be mentor', () => {
  it('D5.7 is nothing more until they accept', () => {
    const one = onTheJob();
    one.moveTo('2025-05-20');
    one.must(employee, 'ask_new_mentor');
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    const hours = { on: '2025-05-19', minutes: 360 };
    expect(one.ask(nextMentor, 'log_supervised_hours', hours)).toMatchObject(missing('mentor_only'));
    one.must(nextMentor, 'answer_mentoring', { answer: 'accept' });
    one.must(nextMentor, 'log_supervised_hours', hours);
  });

  it('D5.7 keeps what is theirs otherwise', () => {
    const one = onTheJob();
    one.assign(nextMentor, 'hr');
    one.moveTo('2025-05-20');
    one.must(employee, 'ask_new_mentor');
    one.must(manager, 'assign_mentor', { mentor: nextMentor });
    one.must(nextMentor, 'add_item', { item: 'desk', owner: 'hr', after: 10 });
  });
});

describe('the manager', () => {
  const next = person('next manager');

  it('D5.6 changes by HR; what was asked of the one before is asked of the new one', () => {
    const one = onTheJob();
    one.moveTo('2025-05-20');
    one.must(employee, 'ask_new_mentor');
    expect(one.obligations.some((owed) => owed.owner === manager)).toBe(true);
    expect(one.ask(manager, 'change_manager', { manager: next })).toMatchObject({ code: 'not_permitted' });
    one.must(hr, 'change_manager', { manager: next });
    expect(one.obligations.some((owed) => owed.owner === manager)).toBe(false);
    expect(one.obligations.some((owed) => owed.owner === next)).toBe(true);
    expect(one.ask(manager, 'assign_mentor', { mentor: nextMentor })).toMatchObject({
      code: 'not_permitted',
    });
    one.must(next, 'assign_mentor', { mentor: nextMentor });
  });

  it.each(['2025-05-29', '2025-06-20'])(
    'D5.6 on %s: the new one is told of each thing anew, and HR not before',
    (day) => {
      const one = onTheJob();
      one.moveTo('2025-05-20');
      one.must(employee, 'ask_new_mentor');
      one.moveTo(day);
      const asked = new Set(one.prompts.filter(({ to }) => to === manager).map((told) => told.obligation));
      const owed = one.obligations.filter((each) => each.owner === manager && asked.has(each.id));
      const before = one.prompts.length;
      one.must(hr, 'change_manager', { manager: next });
      const codes = owed.map(({ code }) => code);
      expect(codes).toContain('X12');
      const open = one.obligations.filter((each) => each.owner === next && /:m\d+$/u.test(each.id));
      expect(open.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
      expect(one.prompts.slice(before).filter(({ rung }) => rung === 'r4' || rung === 'r5')).toEqual([]);
      one.moveTo('2025-07-25');
      for (const { id } of open) {
        const [first, ...later] = one.prompts.slice(before).filter(({ obligation }) => obligation === id);
        expect(first, id).toMatchObject({ to: next, how: 'ask' });
        expect(
          later.some(({ how }) => how === 'escalate'),
          id,
        ).toBe(true);
      }
      expect(one.prompts.slice(before).some(({ to }) => to === manager)).toBe(false);
    },
  );

  it('D8.3 is asked of a new manager too, once', () => {
    const review = probation();
    review.moveTo('2025-08-08', '12:00');
    const before = review.prompts.length;
    review.tell(id, { kind: 'circle_changed', body: { manager: next, mentor: nurse } });
    review.tell(id, { kind: 'circle_changed', body: { manager: next, mentor: caseManager } });
    const asked = review.prompts.slice(before).filter(({ code }) => code === 'D8.3');
    expect(asked.map(({ to, how }) => [to, how])).toEqual([[next, 'ask']]);
  });

  it('R5.5 is neither the hire nor their mentor', () => {
    const one = onTheJob();
    expect(one.ask(hr, 'change_manager', { manager: mentor })).toMatchObject(refusedBy('R5.5'));
    expect(one.ask(hr, 'change_manager', { manager: employee })).toMatchObject(missing('another_person'));
    expect(one.ask(hr, 'change_manager', { manager })).toMatchObject(missing('nothing_new'));
  });

  it('R8.5 reviews under way hear who leads and who mentors now, and go by it', () => {
    const one = onTheJob();
    one.moveTo('2025-06-20');
    const from = one.notices.length;
    one.must(hr, 'change_manager', { manager: next });
    one.must(employee, 'ask_new_mentor');
    one.must(next, 'assign_mentor', { mentor: nextMentor });
    one.must(nextMentor, 'answer_mentoring', { answer: 'accept' });
    const told = one.notices.slice(from).filter(({ kind }) => kind === 'circle_changed');
    expect(told.map(({ body }) => body)).toEqual([
      { manager: next, mentor },
      { manager: next, mentor: null },
      { manager: next, mentor: nextMentor },
    ]);

    const review = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    review.tell(id, { kind: 'circle_changed', body: { manager: next, mentor: nurse } });
    const named = review.ask(reviewer, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    expect(named).toMatchObject({ refused: true });
    review.tell(id, { kind: 'circle_changed', body: { manager: next, mentor: nurse } });
    expect(review.kinds().filter((kind) => kind === 'circle_noted')).toHaveLength(1);
  });
});

describe('in their own employment', () => {
  it('2.1 nobody decides, whatever offices they hold', () => {
    const one = onTheJob();
    for (const office of ['adviser', 'hr', 'compliance', 'hr_director'] as const)
      one.assign(employee, office);
    one.moveTo('2026-05-12');
    one.must(manager, 'propose_promotion', { outcome: 'promoted', steps: ['tier_2'], criteria: [] });
    one.must(hr, 'propose_pay_change', { reason: 'parity', from: 2400, to: 2600, on: '2026-05-12' });
    const asked: readonly (readonly [string, object])[] = [
      ['record_stay_interview', { outcome: 'held', topics: [] }],
      ['record_exclusion_check', { outcome: 'clear' }],
      ['confirm_promotion', {}],
      ['confirm_pay_change', {}],
      ['waive_pulse', {}],
    ];
    for (const [type, payload] of asked)
      expect(one.ask(employee, type, payload)).toMatchObject(missing('own_employment'));
    one.must(hr, 'confirm_promotion');
    one.must(hrDirector, 'confirm_pay_change');
  });

  it('D7.2 what HR owns is not closed by the employee, and what is theirs is', () => {
    const one = onTheJob();
    one.assign(employee, 'hr');
    one.moveTo('2025-05-13', '15:00');
    one.must(supervisor, 'log_session', {
      ...{ session: '2025-05-13', outcome: 'held', on: '2025-05-13', minutes: 60, mode: 'in_person' },
      topics: ['skills'],
      actions: [
        { action: 'ask_about_training', owner: 'hr', due: '2025-05-20' },
        { action: 'read_the_plan', owner: 'employee', due: '2025-05-20' },
      ],
    });
    const { actions } = one.holds!.own as { actions: readonly { id: string; owner: string }[] };
    const [theirs, own] = ['hr', 'employee'].map((who) => actions.find((each) => each.owner === who)!.id);
    expect(one.ask(employee, 'close_action', { action: theirs, outcome: 'done' })).toMatchObject(
      refusedBy('D7.2'),
    );
    one.must(employee, 'close_action', { action: own, outcome: 'done' });
    one.must(hr, 'close_action', { action: theirs, outcome: 'done' });
  });
});

describe('the words of two offices', () => {
  const both = person('two offices');
  const first = person('first officer');

  function terminating(): Employed {
    const one = onTheJob();
    for (const office of ['accommodation_officer', 'investigating_officer', 'hr_director'] as const)
      one.assign(both, office);
    one.assign(first, 'accommodation_officer');
    one.moveTo('2025-06-02');
    heardOnConduct(one);
    one.must(hr, 'propose_separation', {
      ...{ how: 'terminated_conduct', lastDay: '2025-06-20', reasons: ['conduct'] },
      comparator: 'same_as_comparator',
    });
    return one;
  }

  it('R9.5 are those of two people, and neither of them confirms', () => {
    const one = terminating();
    one.must(both, 'give_clearance');
    const again = one.ask(both, 'give_officer_word', { about: 'separation' });
    expect(again).toMatchObject(missing('second_person_needed'));
    one.must(people.officer, 'give_clearance');
    one.must(people.investigator, 'give_officer_word', { about: 'separation' });
    expect(one.ask(both, 'confirm_separation')).toMatchObject(missing('second_person_needed'));
    one.must(hrDirector, 'confirm_separation');
  });

  it('R9.5 are two in hand as well, where somebody stands in', () => {
    const one = terminating();
    one.standsIn(both, first);
    one.must(both, 'give_clearance', {}, { onBehalfOf: first });
    const own = one.ask(both, 'give_officer_word', { about: 'separation' });
    expect(own).toMatchObject(missing('second_person_needed'));
  });

  it('X15 are two for a warning, and D9.6 for a rehire', () => {
    const one = terminating();
    one.must(hr, 'withdraw_separation');
    const measure = { measure: 'written_warning', comparator: 'same_as_comparator' };
    one.must(manager, 'propose_measure', measure);
    one.must(both, 'give_officer_word', { about: 'conduct' });
    const word = one.ask(both, 'give_officer_word', { about: 'conduct' });
    expect(word).toMatchObject(missing('second_person_needed'));
    one.must(people.officer, 'give_officer_word', { about: 'conduct' });
    one.must(people.investigator, 'give_officer_word', { about: 'conduct' });
    expect(one.ask(both, 'confirm_measure')).toMatchObject(missing('second_person_needed'));
    one.must(hrDirector, 'confirm_measure');

    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-06-13', reasons: [] });
    const no = { outcome: 'not_eligible', code: 'conduct', comparator: 'same_as_comparator' };
    one.must(hr, 'decide_rehire', no);
    one.must(both, 'give_clearance');
    expect(one.ask(both, 'give_officer_word', { about: 'rehire' })).toMatchObject(
      missing('second_person_needed'),
    );
  });
});

describe('an ending', () => {
  const apart = (how: string, reasons: readonly string[]) => ({ how, lastDay: '2025-06-20', reasons });

  it('R9.2 for conduct or performance is a termination, by no other name', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    for (const how of ['laid_off', 'ended_fixed_term', 'transferred'])
      for (const reason of ['conduct', 'performance', 'probation_not_passed'])
        expect(one.ask(hr, 'propose_separation', apart(how, ['position_ended', reason]))).toMatchObject({
          ...refusedBy('R9.2'),
          missing: [{ code: 'reason_fits_the_ending', about: reason }],
        });
    expect(one.kinds()).not.toContain('separation_proposed');
  });

  it('R9.2 for the want of money or of the work is none', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    one.must(hr, 'propose_separation', apart('laid_off', ['funding_ended', 'position_ended']));
    one.must(hrDirector, 'confirm_separation');
    expect(one.standing?.stage).toBe('leaving');
  });

  it('X22 is given to somebody who may read and close it', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    for (const owner of [person('nobody in particular'), second])
      expect(one.ask(hr, 'record_death', { owner })).toMatchObject(missing('owner_in_office'));
    one.must(hr, 'record_death', { owner: director });
    one.must(director, 'close_after_death');
    expect(one.standing?.status).toBe('final');
  });
});

describe('an assignment', () => {
  it('X33 is noted as changed where somebody asked for it', () => {
    const one = onTheJob();
    const on = { on: '2025-05-12' };
    expect(one.ask(manager, 'note_assignment_change', on)).toMatchObject(missing('nothing_open'));
    one.must(employee, 'ask_assignment_change');
    one.must(manager, 'note_assignment_change', on);
  });
});

describe('an extra session', () => {
  const log = (session: string, outcome: string) => ({ session, outcome, topics: [], actions: [] });

  function planned(): Employed {
    const one = onTheJob();
    one.moveTo('2025-05-14');
    one.must(employee, 'ask_extra_session');
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-15' });
    one.moveTo('2025-05-15', '18:00');
    return one;
  }

  it('R7.5 that the supervisor missed is owed anew, and the next session of the plan is not the answer', () => {
    const one = planned();
    one.must(supervisor, 'log_session', log('2025-05-15', 'missed_supervisor'));
    expect(one.owes('R7.5')).toEqual([[supervisor, '2025-05-20']]);
    one.moveTo('2025-05-20');
    one.meets('2025-05-20');
    expect(one.owes('R7.5')).toHaveLength(1);
    one.must(supervisor, 'plan_extra_session', { on: '2025-05-21' });
    one.moveTo('2025-05-21', '16:00');
    one.meets('2025-05-21');
    expect(one.owes('R7.5')).toEqual([]);
    one.must(employee, 'ask_extra_session');
  });

  it('R7.5 is answered where it was held, or the employee did not come', () => {
    const held = planned();
    held.meets('2025-05-15');
    expect(held.owes('R7.5')).toEqual([]);
    const other = planned();
    other.must(supervisor, 'log_session', log('2025-05-15', 'missed_employee'));
    expect(other.owes('R7.5')).toEqual([]);
  });
});

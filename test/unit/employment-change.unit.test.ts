import { describe, expect, it } from 'vitest';
import { Employed, id, onTheJob, people, refusedBy, role } from './employment-house.ts';
import { addDays } from '../../src/domain/kernel/civil.ts';
import { caseOf, site, termsForTests } from './house.ts';

/** Growth and change beside what comes round: specialties, pay, a role taken up, coming back, assignments. */

const { employee, supervisor, manager, hr, hrDirector } = people;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const lead = caseOf('role', 'team lead');
const earlier = caseOf('employment', 'earlier');

/** The default policy without some of its codes, as a case pinned to an older one has it. */
function without(...codes: readonly string[]) {
  const terms = termsForTests();
  const values = Object.fromEntries(
    Object.entries(terms.policy.values).filter(([code]) => !codes.includes(code)),
  );
  return { ...terms, policy: { ...terms.policy, values } };
}

describe('a specialty', () => {
  const later = { specialty: 'later_life', outcome: 'started' };

  it('D9.2 begins with its training, by the employee, and asks on the day it ends', () => {
    const one = onTheJob();
    expect(one.ask(employee, 'record_specialty', later)).toMatchObject(missing('training'));
    expect(one.ask(supervisor, 'record_specialty', later)).toMatchObject({ code: 'not_permitted' });
    one.must(employee, 'record_specialty', { ...later, training: 'aging_well', until: '2025-09-05' });
    expect(one.owes('D9.2')).toEqual([[employee, '2025-09-05']]);
    expect(one.ask(employee, 'record_specialty', { ...later, training: 'again' })).toMatchObject(
      missing('already_started'),
    );
    one.moveTo('2025-09-05', '10:00');
    expect(one.sent('D9.2')).toEqual(['2025-09-05 09:00 D9.2 employee']);
  });

  it('D9.2 gives a training the months of the policy, and none under a policy from before them', () => {
    const one = onTheJob();
    one.must(employee, 'record_specialty', { ...later, training: 'aging_well' });
    expect(one.owes('D9.2')).toEqual([[employee, '2026-05-12']]);
    const old = onTheJob(without('D9.2'));
    old.must(employee, 'record_specialty', { ...later, training: 'aging_well' });
    expect(old.owes('D9.2')).toEqual([]);
  });

  it('D9.2 is completed or lapses only once it was begun, and owes nothing after it', () => {
    const one = onTheJob();
    const completed = { specialty: 'forensic', outcome: 'completed' };
    expect(one.ask(employee, 'record_specialty', completed)).toMatchObject(missing('not_started'));
    one.must(employee, 'record_specialty', { ...completed, outcome: 'started', training: 'courts' });
    one.must(employee, 'record_specialty', completed);
    expect(one.owes('D9.2')).toEqual([]);
    one.must(employee, 'record_specialty', { ...completed, outcome: 'lapsed' });
    expect(one.ask(employee, 'record_specialty', { ...completed, outcome: 'lapsed' })).toMatchObject(
      refusedBy('D9.2'),
    );
    expect(one.ask(employee, 'record_specialty', { ...completed, specialty: 'grief' })).toMatchObject({
      code: 'malformed',
    });
  });
});

describe('a change of pay', () => {
  const step = { reason: 'step', from: 2300, to: 2400, on: '2025-06-02' };
  const ranged = (): Employed => {
    const one = onTheJob();
    one.seen.push({ kind: 'pay_range', subject: role, value: '2290-2604', case: role, sequence: 3 });
    return one;
  };

  it('D9.8 is proposed by HR and confirmed by another person, who is asked within five business days', () => {
    const one = ranged();
    one.must(hr, 'propose_pay_change', step);
    expect(one.owes('D9.8')).toEqual([[`hr_director@${site}`, '2025-05-19']]);
    one.assign(hr, 'hr_director');
    expect(one.ask(hr, 'confirm_pay_change')).toMatchObject(missing('second_person_needed'));
    one.must(hrDirector, 'confirm_pay_change');
    expect(one.rows.at(-1)).toMatchObject({ kind: 'pay_changed', body: step, visibility: 'C2' });
    expect(one.owes('D9.8')).toEqual([]);
  });

  it('D9.8 is a raise from what was paid last, within the range of the role', () => {
    const one = ranged();
    expect(one.ask(hr, 'propose_pay_change', { ...step, to: 2300 })).toMatchObject(missing('a_raise'));
    expect(one.ask(hr, 'propose_pay_change', { ...step, to: 2700 })).toMatchObject(missing('range_first'));
    one.must(hr, 'propose_pay_change', step);
    one.must(hrDirector, 'confirm_pay_change');
    const next = { ...step, to: 2500, on: '2026-06-01' };
    expect(one.ask(hr, 'propose_pay_change', next)).toMatchObject(missing('from_what_was_last'));
    one.must(hr, 'propose_pay_change', { ...next, from: 2400 });
    one.must(hrDirector, 'decline_pay_change');
    expect(one.kinds()).toContain('pay_change_declined');
  });

  it('D9.8 names a promotion only after one, and parity also past the range', () => {
    const one = ranged();
    const promoted = { ...step, reason: 'promotion', to: 2900 };
    expect(one.ask(hr, 'propose_pay_change', promoted)).toMatchObject(missing('promoted_first'));
    one.must(manager, 'propose_promotion', { outcome: 'promoted', steps: ['tier_2'], criteria: [] });
    one.must(hr, 'confirm_promotion');
    one.must(hr, 'propose_pay_change', promoted);
    one.must(hrDirector, 'confirm_pay_change');
    const again = { ...promoted, from: 2900, to: 3000 };
    expect(one.ask(hr, 'propose_pay_change', again)).toMatchObject(missing('promoted_first'));
    one.must(hr, 'propose_pay_change', { ...again, reason: 'parity' });
  });

  it('D9.8 after a certification needs the credential, and moves no date for a leave', () => {
    const one = ranged();
    const clock = caseOf('clock', 'leave');
    one.tell(clock, { kind: 'leave_set', body: { clock, from: '2025-05-19', to: '2025-06-30' } });
    one.must(hr, 'propose_pay_change', { ...step, reason: 'certification' });
    one.must(hrDirector, 'confirm_pay_change');
    expect(one.rows.at(-1)?.body).toMatchObject({ on: '2025-06-02' });
    one.tell(clock, {
      kind: 'credential_changed',
      body: { clock, status: 'expired', validTo: '2025-05-12' },
    });
    const next = { ...step, reason: 'certification', from: 2400, to: 2500 };
    expect(one.ask(hr, 'propose_pay_change', next)).toMatchObject(missing('credential_verified'));
  });
});

describe('a promotion to lead or supervise', () => {
  const promoted = (steps: readonly string[]): Employed => {
    const one = onTheJob();
    one.seen.push({ kind: 'role_described', subject: lead, value: '2', case: lead, sequence: 8 });
    one.must(manager, 'propose_promotion', { outcome: 'promoted', steps, criteria: [] });
    one.must(hr, 'confirm_promotion');
    return one;
  };
  const taking = { role: lead, on: '2025-05-12' };

  it('X24 waits for the training for supervisors and for the talk about former teammates', () => {
    const one = promoted(['tier_3']);
    expect(one.owes('X24')).toEqual([
      [manager, '2025-05-27'],
      [`hr@${site}`, '2025-06-10'],
      [`hr@${site}`, '2025-06-25'],
    ]);
    expect(one.ask(hr, 'take_up_role', taking)).toMatchObject({
      ...{ rule: 'X24', missing: [{ code: 'R5.2' }, { code: 'relations_talk' }] },
    });
    one.must(hr, 'record_supervisor_training', { supervisor: employee, on: '2025-05-12' });
    expect(one.facts).toContainEqual(
      expect.objectContaining({ kind: 'supervisor_qualified', subject: employee }),
    );
    one.must(manager, 'record_relations_talk', { on: '2025-05-12' });
    expect(one.owes('X24')).toEqual([[`hr@${site}`, '2025-06-25']]);
    one.must(hr, 'take_up_role', taking);
    expect(one.owes('X24')).toEqual([]);
    expect(one.rows.at(-1)?.body).toMatchObject({ role: lead, version: 2, before: role });
    expect(one.notices.slice(-2).map(({ kind, to }) => [kind, to])).toEqual([
      ['holder_left', expect.stringMatching(/^opening-/)],
      ['first_hire', lead],
    ]);
  });

  it('X24 takes up a role whose description is approved, and another than the one of today', () => {
    const one = promoted(['program_lead']);
    one.must(hr, 'record_supervisor_training', { supervisor: employee, on: '2025-05-12' });
    one.must(manager, 'record_relations_talk', { on: '2025-05-12' });
    expect(one.ask(hr, 'take_up_role', { ...taking, role })).toMatchObject(missing('another_role_than_now'));
    const other = caseOf('role', 'not described');
    expect(one.ask(hr, 'take_up_role', { ...taking, role: other })).toMatchObject(missing('described_role'));
    expect(one.ask(manager, 'take_up_role', taking)).toMatchObject({ code: 'not_permitted' });
  });

  it('X24 asks for nothing on a step that leads nobody, and nothing of whoever lets it go', () => {
    expect(promoted(['tier_2', 'group_facilitator']).owes('X24')).toEqual([]);
    const one = promoted(['director']);
    one.must(employee, 'let_promotion_go');
    expect(one.owes('X24')).toEqual([]);
    expect(one.ask(hr, 'take_up_role', taking)).toMatchObject(missing('no_promotion_open'));
  });
});

describe('coming back', () => {
  const back = (lastDay: string, who = employee): Employed => {
    const one = onTheJob();
    const value = `eligible,${who},${lastDay}`;
    one.seen.push({ kind: 'rehire', subject: earlier, value, case: earlier, sequence: 40 });
    return one;
  };
  const link = { employment: earlier };

  it('X23 is linked by the person’s own word, in the vault, with nothing of the old employment', () => {
    const one = back('2024-11-29');
    expect(one.ask(hr, 'link_earlier_employment', link)).toMatchObject({ code: 'not_permitted' });
    one.must(employee, 'link_earlier_employment', link);
    expect(one.rows.at(-1)).toMatchObject({ kind: 'earlier_linked', visibility: 'C3', retention: 'vault' });
    expect(JSON.stringify(one.holds)).not.toContain(earlier);
    one.must(employee, 'unlink_earlier_employment');
    expect(one.ask(employee, 'unlink_earlier_employment')).toMatchObject(missing('nothing_linked'));
  });

  it('X23 needs an own employment that ended, and the exclusion lists searched since', () => {
    expect(onTheJob().ask(employee, 'link_earlier_employment', link)).toMatchObject(
      missing('own_employment_that_ended'),
    );
    expect(back('2024-11-29', supervisor).ask(employee, 'link_earlier_employment', link)).toMatchObject(
      missing('own_employment_that_ended'),
    );
    expect(back('2025-04-25').ask(employee, 'link_earlier_employment', link)).toMatchObject(
      missing('exclusion_checked_since'),
    );
  });

  it('X23 has weekly sessions for three months, where others have them for six and a review', () => {
    const fewer = { change: 'step_down', weeks: 2 };
    /** Thirteen weeks of sessions, then two weeks between them are proposed. */
    const thirteenWeeks = (one: Employed): Employed => {
      for (let week = 0; week < 13; week += 1) {
        const session = addDays('2025-05-13', week * 7);
        one.moveTo(session, '12:00');
        one.meets(session, week % 2 === 0 ? supervisor : people.second);
      }
      one.moveTo('2025-08-11', '10:00');
      one.must(supervisor, 'propose_cadence', fewer);
      return one;
    };
    const linked = back('2024-11-29');
    linked.must(employee, 'link_earlier_employment', link);
    thirteenWeeks(linked);
    expect(linked.ask(employee, 'confirm_cadence')).toMatchObject({ missing: [{ code: 'CADENCE' }] });
    linked.moveTo('2025-08-12', '12:00');
    linked.meets('2025-08-12', people.second);
    linked.must(employee, 'confirm_cadence');
    expect(linked.kinds()).toContain('cadence_stepped_down');
    const others = thirteenWeeks(back('2024-11-29'));
    others.moveTo('2025-08-12', '12:00');
    others.meets('2025-08-12', people.second);
    expect(others.ask(employee, 'confirm_cadence')).toMatchObject({
      missing: [{ code: 'CADENCE' }, { code: 'D8.1' }],
    });
  });

  it('X23 an employment says who may come back once it is over, and says nothing of who may not', () => {
    const gone = (outcome: object): Employed => {
      const one = onTheJob();
      one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: [] });
      one.moveTo('2025-05-30', '18:00');
      one.must(hr, 'decide_rehire', outcome);
      return one;
    };
    expect(gone({ outcome: 'eligible' }).facts).toEqual([
      { kind: 'rehire', subject: id, value: `eligible,${employee},2025-05-30` },
    ]);
    const no = gone({ outcome: 'not_eligible', code: 'conduct', comparator: 'same_as_comparator' });
    no.must(people.officer, 'give_clearance');
    no.must(people.investigator, 'give_officer_word', { about: 'rehire' });
    no.must(hrDirector, 'confirm_rehire');
    expect(no.facts).toEqual([]);
  });
});

describe('an assignment', () => {
  it('X33 is asked for by either side and passed on by the supervisor, with a day and nothing else', () => {
    const one = onTheJob();
    one.must(employee, 'ask_assignment_change');
    expect(one.owes('X33')).toEqual([[supervisor, '2025-05-15']]);
    one.must(supervisor, 'note_assignment_change', { on: '2025-05-12' });
    expect(one.owes('X33')).toEqual([]);
    expect(one.rows.at(-1)).toMatchObject({ kind: 'assignment_changed', body: { on: '2025-05-12' } });
    expect(Object.keys(one.rows.at(-1)?.body ?? {})).toEqual(['on']);
  });

  it('X33 takes no reason, no name, no day to come, and is not HR’s to ask for', () => {
    const one = onTheJob();
    expect(one.ask(supervisor, 'note_assignment_change', { on: '2025-05-20' })).toMatchObject(
      missing('day_not_in_future'),
    );
    expect(one.ask(supervisor, 'note_assignment_change', { on: '2025-05-12', why: 'friend' })).toMatchObject({
      code: 'malformed',
    });
    expect(one.ask(hr, 'ask_assignment_change')).toMatchObject({ code: 'not_permitted' });
  });
});

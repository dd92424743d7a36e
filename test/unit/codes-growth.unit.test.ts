import { describe, expect, it } from 'vitest';
import { onTheJob, people, refusedBy } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { site, termsForTests } from './house.ts';

/** Rules of growth and of endings by their codes: where each bites, and where it does not. */

const { employee, supervisor, hr, hrDirector, director } = people;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const notAgain = { outcome: 'not_eligible', code: 'conduct', comparator: 'same_as_comparator' };
const resignation = { how: 'resigned', lastDay: '2025-05-30', reasons: [] };

function leaving(terms = termsForTests()): Employed {
  const one = onTheJob(terms);
  one.must(employee, 'resign', resignation);
  return one;
}

describe('what comes round', () => {
  it('P7.6 asks the hire every six months, and refuses more hours of ethics than hours', () => {
    const one = onTheJob();
    one.moveTo('2025-11-12', '10:00');
    expect(one.sent('P7.6')).toEqual(['2025-11-12 09:00 P7.6 employee']);
    expect(one.ask(employee, 'record_ce_hours', { hours: 4, ethics: 5 })).toMatchObject(refusedBy('P7.6'));
  });

  it('P7.6 is quiet until the next round once the hours are recorded', () => {
    const one = onTheJob();
    one.moveTo('2025-11-12', '10:00');
    one.must(employee, 'record_ce_hours', { hours: 5, ethics: 2 });
    expect(one.owes('P7.6')).toEqual([[employee, '2026-05-12']]);
  });

  it('D9.1 is agreed by nobody before it was written down, nor by the supervisor alone', () => {
    const one = onTheJob();
    expect(one.ask(employee, 'answer_growth_plan', { answer: 'agreed' })).toMatchObject(refusedBy('D9.1'));
    one.must(supervisor, 'propose_growth_plan', { outcome: 'agreed' });
    expect(one.ask(supervisor, 'answer_growth_plan', { answer: 'agreed' })).toMatchObject({
      code: 'not_permitted',
    });
    expect(one.owes('D9.1')).toEqual([[employee, '2025-05-19']]);
  });

  it('D9.1 lets the employee do without a plan, and asks again after six months', () => {
    const one = onTheJob();
    one.moveTo('2025-11-12', '10:00');
    one.must(employee, 'answer_growth_plan', { answer: 'declined_by_employee' });
    expect(one.rows.at(-1)?.body).toMatchObject({ outcome: 'declined_by_employee' });
    expect(one.owes('P9.1').map(([, due]) => due)).toEqual(['2026-05-12', '2026-05-12']);
  });
});

describe('a separation', () => {
  it('D9.5 refuses a last day that is past, and a second word by the one who gave the first', () => {
    const one = onTheJob();
    expect(one.ask(employee, 'resign', { ...resignation, lastDay: '2025-05-09' })).toMatchObject(
      refusedBy('D9.5'),
    );
    one.assign(hr, 'hr_director');
    one.must(hr, 'propose_separation', {
      how: 'laid_off',
      lastDay: '2025-06-13',
      reasons: ['funding_ended'],
    });
    expect(one.owes('D9.5')).toEqual([[`hr_director@${site}`, '2025-05-15']]);
    expect(one.ask(hr, 'confirm_separation')).toMatchObject(missing('second_person_needed'));
  });

  it('D9.5 ends an employment by two people, on its last day and not before', () => {
    const one = onTheJob();
    one.must(hr, 'propose_separation', {
      how: 'laid_off',
      lastDay: '2025-06-13',
      reasons: ['funding_ended'],
    });
    one.must(hrDirector, 'confirm_separation');
    one.moveTo('2025-06-13', '16:30');
    expect(one.kinds()).not.toContain('employment_ended');
    one.moveTo('2025-06-13', '17:30');
    expect(one.kinds()).toContain('employment_ended');
  });

  it('D9.5 lets a resignation be taken back by the employee alone', () => {
    const one = leaving();
    expect(one.ask(hr, 'withdraw_separation')).toMatchObject(missing('nothing_to_withdraw'));
    one.must(employee, 'withdraw_separation');
    expect(one.owes('R9.3')).toEqual([]);
    one.moveTo('2025-06-02', '10:00');
    expect(one.kinds()).not.toContain('employment_ended');
  });

  it('P9.3 asks HR for a closing talk by the day before the last, and none with the supervisor', () => {
    const one = leaving();
    expect(one.owes('P9.3')).toEqual([[`hr@${site}`, '2025-05-29']]);
    one.assign(supervisor, 'adviser');
    const talk = { outcome: 'held', reasons: [] };
    expect(one.ask(supervisor, 'record_exit_interview', talk)).toMatchObject(refusedBy('P9.3'));
    one.moveTo('2025-05-29', '12:00');
    const to = one.prompts.filter((prompt) => prompt.code === 'P9.3').map((prompt) => prompt.to);
    expect(new Set(to)).toEqual(new Set([`hr@${site}`]));
  });

  it('P9.3 is not owed by anybody who stays, nor after the talk', () => {
    const stays = onTheJob();
    expect(stays.owes('P9.3')).toEqual([]);
    expect(stays.ask(hr, 'record_exit_interview', { outcome: 'held', reasons: [] })).toMatchObject(
      refusedBy('P9.3'),
    );
    const one = leaving();
    one.must(hr, 'record_exit_interview', { outcome: 'declined', reasons: [] });
    expect(one.owes('P9.3')).toEqual([]);
  });

  it('R9.4 takes no reason but the codes of its list', () => {
    const one = leaving();
    const talk = { outcome: 'held', reasons: ['burnt_out'] };
    expect(one.ask(hr, 'record_exit_interview', talk)).toMatchObject({ code: 'malformed' });
    expect(onTheJob().ask(employee, 'resign', { ...resignation, reasons: ['health'] })).toMatchObject({
      code: 'malformed',
    });
  });

  it('R9.4 lets the reasons be skipped, in the resignation and in the talk', () => {
    const one = leaving();
    one.must(hr, 'record_exit_interview', { outcome: 'held', reasons: [] });
    expect(one.rows.at(-1)).toMatchObject({
      kind: 'exit_interview_held',
      body: { outcome: 'held', reasons: [] },
    });
  });

  it('R9.3 reminds IT on the last day while access has not ended', () => {
    const one = leaving();
    one.moveTo('2025-05-30', '18:00');
    expect(one.owes('R9.3')).toEqual([[`it@${site}`, '2025-05-30']]);
    expect(one.standing?.status).toBe('closed');
  });

  it('R9.3 ends no access of somebody who stays, nor twice', () => {
    const stays = onTheJob();
    expect(stays.ask(people.it, 'end_access')).toMatchObject(refusedBy('R9.3'));
    const one = leaving();
    one.moveTo('2025-05-30', '16:00');
    one.must(people.it, 'end_access');
    expect(one.ask(people.it, 'end_access')).toMatchObject(missing('access_has_ended'));
  });

  it('D9.6 needs a code for anything but eligible, and a second person for not eligible', () => {
    const one = leaving();
    expect(one.ask(hr, 'decide_rehire', { outcome: 'not_eligible' })).toMatchObject(missing('reason_code'));
    expect(one.ask(hr, 'decide_rehire', { ...notAgain, comparator: 'differs' })).toMatchObject({
      ...{ rule: 'R9.5', missing: [{ code: 'differs', about: 'comparator' }] },
    });
    one.must(hr, 'decide_rehire', notAgain);
    expect(one.owes('D9.6').map(([owner]) => owner)).toEqual([`hr_director@${site}`]);
    one.assign(hr, 'hr_director');
    expect(one.ask(hr, 'confirm_rehire')).toMatchObject(missing('second_person_needed'));
    one.must(people.officer, 'give_clearance');
    one.must(people.investigator, 'give_officer_word', { about: 'rehire' });
    one.must(hrDirector, 'confirm_rehire');
    expect(one.owes('D9.6')).toEqual([]);
  });

  it('R9.5 not eligible needs the comparator check and the officer’s word, also after the last day', () => {
    const one = leaving();
    one.moveTo('2025-05-30', '18:00');
    const { comparator: _check, ...bare } = notAgain;
    expect(one.ask(hr, 'decide_rehire', bare)).toMatchObject({
      ...{ rule: 'R9.5', missing: [{ code: 'comparator_check' }] },
    });
    expect(one.ask(people.officer, 'give_clearance')).toMatchObject(missing('nothing_proposed'));
    one.must(hr, 'decide_rehire', notAgain);
    expect(one.owes('R9.5').toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
      [`investigating_officer@${site}`, '2025-06-03'],
      [`leave_officer@${site}`, '2025-06-03'],
    ]);
    expect(one.ask(hrDirector, 'confirm_rehire')).toMatchObject({
      ...{ rule: 'R9.5', missing: [{ code: 'officer_word' }] },
    });
    one.must(people.officer, 'give_clearance');
    one.must(people.investigator, 'give_officer_word', { about: 'rehire' });
    expect(one.owes('R9.5')).toEqual([]);
    expect(one.ask(people.officer, 'give_clearance')).toMatchObject(missing('word_given'));
    one.must(hrDirector, 'confirm_rehire');
    expect(one.kinds()).toContain('rehire_decided');
  });

  it('R9.5 the word is the officer’s alone, asked anew of another proposal, and not needed for eligible', () => {
    const one = leaving();
    one.must(hr, 'decide_rehire', notAgain);
    expect(one.ask(hr, 'give_clearance')).toMatchObject({ code: 'not_permitted' });
    one.must(people.officer, 'give_clearance');
    one.moveTo('2025-05-29');
    one.must(hr, 'decide_rehire', { ...notAgain, code: 'attendance' });
    expect(one.ask(hrDirector, 'confirm_rehire')).toMatchObject({ rule: 'R9.5' });
    one.must(hr, 'decide_rehire', { outcome: 'eligible' });
    expect(one.owes('R9.5')).toEqual([]);
  });

  it('R9.5 asks nothing without a record on file but that record, and nothing new of an older policy', () => {
    const bare = leaving({ ...termsForTests(), comparator: null });
    expect(bare.ask(hr, 'decide_rehire', notAgain)).toMatchObject({
      ...{ rule: 'R9.5', missing: [{ code: 'no_comparator_on_file' }] },
    });
    const terms = termsForTests();
    const { 'R9.5': _word, ...values } = terms.policy.values;
    const older = leaving({ ...terms, policy: { ...terms.policy, values } });
    older.must(hr, 'decide_rehire', { outcome: 'not_eligible', code: 'conduct' });
    expect(older.owes('R9.5')).toEqual([]);
    older.must(hrDirector, 'confirm_rehire');
  });

  it('D9.6 is decided by HR alone when it stands against nobody', () => {
    const one = leaving();
    one.must(hr, 'decide_rehire', { outcome: 'eligible' });
    expect(one.owes('D9.6')).toEqual([]);
    expect(onTheJob().ask(hr, 'decide_rehire', { outcome: 'eligible' })).toMatchObject(refusedBy('D9.6'));
  });

  it('D9.7 waits for the director, then for HR as another person', () => {
    const one = leaving();
    expect(one.owes('D9.7').map(([owner]) => owner)).toEqual([`director@${site}`]);
    one.must(director, 'propose_opening', { outcome: 'close' });
    one.assign(director, 'hr');
    expect(one.ask(director, 'confirm_opening')).toMatchObject(missing('second_person_needed'));
  });

  it('D9.7 is settled by the two, and asked of nobody while the employment goes on', () => {
    const one = leaving();
    one.must(director, 'propose_opening', { outcome: 'reopen_same_version' });
    one.must(hr, 'confirm_opening');
    expect(one.owes('D9.7')).toEqual([]);
    expect(onTheJob().ask(director, 'propose_opening', { outcome: 'close' })).toMatchObject(
      refusedBy('D9.7'),
    );
  });

  it('X20 asks on a resignation for the talk, the end of access, and the opening, within ten business days', () => {
    const one = leaving();
    expect(one.owes('D9.7')).toEqual([[`director@${site}`, '2025-05-27']]);
    expect(one.owes('P9.3')).toHaveLength(1);
    expect(one.owes('R9.3')).toHaveLength(1);
  });

  it('X20 asks for none of it before a resignation, nor after it is taken back', () => {
    const one = leaving();
    one.must(employee, 'withdraw_separation');
    for (const stays of [one, onTheJob()])
      expect(['D9.7', 'P9.3', 'R9.3'].flatMap((code) => stays.owes(code))).toEqual([]);
  });
});

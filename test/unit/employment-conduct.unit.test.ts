import { describe, expect, it } from 'vitest';
import { leave, onTheJob, opening, people, refusedBy } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { purgeForecast } from '../../src/domain/kernel/retention.ts';
import { site, termsForTests } from './house.ts';

/** Conduct, and what a separation owes: the same steps as for all staff, and nobody is told why. */

const { employee, supervisor, manager, hr, hrDirector, officer, investigator } = people;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const late = { concern: 'attendance', on: '2025-05-12' };
const warning = { measure: 'written_warning', comparator: 'same_as_comparator' };

function raised(terms = termsForTests()): Employed {
  const one = onTheJob(terms);
  one.must(supervisor, 'raise_conduct', late);
  return one;
}

function heard(terms = termsForTests()): Employed {
  const one = raised(terms);
  one.must(employee, 'answer_conduct', { answer: 'nothing_to_add' });
  return one;
}

/** The default policy without some of its codes, as a case pinned to an older one has it. */
function before(...codes: readonly string[]) {
  const terms = termsForTests();
  const values = Object.fromEntries(
    Object.entries(terms.policy.values).filter(([code]) => !codes.includes(code)),
  );
  return { ...terms, policy: { ...terms.policy, values } };
}

describe('a conduct problem', () => {
  it('X15 hears the person first, then the manager proposes, then HR confirms', () => {
    const one = raised();
    expect(one.owes('X15')).toEqual([[employee, '2025-05-19']]);
    expect(one.ask(manager, 'propose_measure', { measure: 'talk' })).toMatchObject(missing('heard_first'));
    one.must(employee, 'answer_conduct', { answer: 'own_words', text: 'txt_dec_9_text' });
    expect(one.owes('X15')).toEqual([[manager, '2025-05-19']]);
    one.must(manager, 'propose_measure', { measure: 'talk' });
    expect(one.owes('X15')).toEqual([[`hr@${site}`, '2025-05-19']]);
    expect(one.owes('R9.5')).toEqual([]);
    one.must(hr, 'confirm_measure');
    expect(one.kinds().at(-1)).toBe('measure_settled');
    expect(one.owes('X15')).toEqual([]);
  });

  it('X15 judges nobody by silence: HR offers the talk until the day has passed', () => {
    const one = raised();
    expect(one.ask(hr, 'record_hearing', { outcome: 'not_taken_up' })).toMatchObject(
      missing('may_answer_until'),
    );
    one.moveTo('2025-05-19', '18:00');
    expect(one.kinds()).not.toContain('measure_proposed');
    one.moveTo('2025-05-20', '10:00');
    one.must(hr, 'record_hearing', { outcome: 'not_taken_up' });
    one.must(manager, 'propose_measure', { measure: 'no_action' });
    one.assign(manager, 'hr');
    expect(one.ask(manager, 'confirm_measure')).toMatchObject(missing('second_person_needed'));
  });

  it('X15 waits for whoever is on leave, and some days longer', () => {
    const one = raised();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-14', to: '2025-06-16' } });
    one.moveTo('2025-06-18', '10:00');
    expect(one.owes('X15')).toEqual([[employee, '2025-06-18']]);
    expect(one.ask(hr, 'record_hearing', { outcome: 'not_taken_up' })).toMatchObject({
      missing: [{ code: 'may_answer_until', about: '2025-06-18' }],
    });
    one.moveTo('2025-06-20', '10:00');
    one.must(hr, 'record_hearing', { outcome: 'not_taken_up' });
  });

  it('X15 a warning needs the comparator record, its check, and the words of both officers', () => {
    const one = heard();
    expect(one.ask(manager, 'propose_measure', { measure: 'final_warning' })).toMatchObject(
      missing('comparator_check'),
    );
    const bare = heard({ ...termsForTests(), comparator: null });
    expect(bare.ask(manager, 'propose_measure', warning)).toMatchObject(missing('no_comparator_on_file'));
    one.must(manager, 'propose_measure', warning);
    expect(one.ask(hr, 'confirm_measure')).toMatchObject({
      ...{ rule: 'X15', missing: [{ code: 'officer_word' }, { code: 'second_officer_word' }] },
    });
    expect(
      one
        .owes('R9.5')
        .map(([owner]) => owner)
        .toSorted(),
    ).toEqual([`investigating_officer@${site}`, `leave_officer@${site}`]);
    one.must(officer, 'give_officer_word', { about: 'conduct' });
    one.must(investigator, 'give_officer_word', { about: 'conduct' });
    expect(one.ask(investigator, 'give_officer_word', { about: 'conduct' })).toMatchObject(
      missing('word_given'),
    );
    one.must(hr, 'confirm_measure');
    expect(one.kinds().at(-1)).toBe('warning_given');
  });

  it('X15 has the codes of its list, no field for why, and no words about health', () => {
    const one = onTheJob();
    const note = { ...late, note: 'txt_dec_3_note' };
    expect(one.ask(supervisor, 'raise_conduct', { ...note, findings: ['R8.2'] })).toMatchObject(
      refusedBy('R8.2'),
    );
    expect(one.ask(supervisor, 'raise_conduct', { ...late, concern: 'drug_use' })).toMatchObject({
      code: 'malformed',
    });
    expect(one.ask(supervisor, 'raise_conduct', { ...late, reason: 'unwell' })).toMatchObject({
      code: 'malformed',
    });
    expect(one.ask(supervisor, 'raise_conduct', { ...late, on: '2025-05-13' })).toMatchObject(
      missing('day_worked'),
    );
    one.must(supervisor, 'raise_conduct', note);
    expect(one.ask(manager, 'raise_conduct', late)).toMatchObject(missing('one_at_a_time'));
    expect(one.rows.find((row) => row.kind === 'conduct_raised')?.visibility).toBe('C2');
  });
});

describe('the second word', () => {
  const terminated = { how: 'terminated_conduct', lastDay: '2025-06-13', reasons: ['conduct'] };
  const proposed = (terms = termsForTests()): Employed => {
    const one = heard(terms);
    one.must(hr, 'propose_separation', { ...terminated, comparator: 'same_as_comparator' });
    one.must(officer, 'give_clearance');
    return one;
  };

  it('R9.2 a termination others are not treated by is not proposed: the field is named, and nobody confirms it', () => {
    const one = heard();
    expect(one.ask(hr, 'propose_separation', { ...terminated, comparator: 'differs' })).toMatchObject({
      ...{ rule: 'R9.2', missing: [{ code: 'differs', about: 'comparator' }] },
    });
    one.must(hr, 'propose_separation', { ...terminated, comparator: 'same_as_comparator' });
  });

  it('R9.5 X19 each open word names who proposed and who gave another one, so that it is asked of somebody else', () => {
    const one = proposed();
    const spoke = () => one.obligations.find((owed) => owed.id.startsWith('R9.5:second'))?.spoke ?? [];
    expect(spoke().toSorted()).toEqual([hr, officer].toSorted());
    const warned = heard();
    warned.must(manager, 'propose_measure', warning);
    const words = () => warned.obligations.filter((owed) => owed.code === 'R9.5');
    expect(words().map((owed) => owed.spoke)).toEqual([[manager], [manager]]);
    warned.must(officer, 'give_officer_word', { about: 'conduct' });
    expect(words().map((owed) => owed.spoke)).toEqual([[manager, officer]]);
    // The person who confirms is HR's to find, and everything else is asked as ever.
    expect(warned.obligations.filter((owed) => owed.code !== 'R9.5' && owed.spoke !== undefined)).toEqual([]);
  });

  it('R9.5 X15 who holds offices of both words gives the second where nobody else can, before the first or after it', () => {
    const both = (): Employed => {
      const one = onTheJob();
      for (const who of [officer, investigator]) one.assign(who, 'accommodation_officer');
      one.must(supervisor, 'raise_conduct', late);
      one.must(employee, 'answer_conduct', { answer: 'nothing_to_add' });
      one.must(manager, 'propose_measure', warning);
      return one;
    };
    const office = (one: Employed) => one.rows.at(-1)?.body;
    const [early, after] = [both(), both()];
    early.must(investigator, 'give_officer_word', { about: 'conduct' });
    expect(office(early)).toMatchObject({ office: 'second_officer' });
    early.must(officer, 'give_officer_word', { about: 'conduct' });
    expect(office(early)).toMatchObject({ office: 'officer' });
    early.must(hr, 'confirm_measure');
    after.must(officer, 'give_officer_word', { about: 'conduct' });
    after.must(investigator, 'give_officer_word', { about: 'conduct' });
    after.must(hr, 'confirm_measure');
  });

  it('X19 is asked of the investigating officer about what stands against anybody, report or not', () => {
    const one = proposed();
    expect(one.owes('R9.5')).toEqual([[`investigating_officer@${site}`, '2025-05-14']]);
    expect(one.ask(hrDirector, 'confirm_separation')).toMatchObject({
      ...{ rule: 'R9.5', missing: [{ code: 'second_officer_word' }] },
    });
    expect(one.ask(officer, 'give_officer_word', { about: 'separation' })).toMatchObject(
      missing('word_given'),
    );
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
    expect(JSON.stringify(one.rows.map((row) => row.body))).not.toMatch(/report|retaliat|guard/);
  });

  it('X19 is not asked for what stands against nobody, nor under a policy from before it', () => {
    const kind = onTheJob();
    kind.must(hr, 'propose_separation', { ...terminated, how: 'laid_off', reasons: ['funding_ended'] });
    expect(kind.owes('R9.5')).toEqual([]);
    kind.must(hrDirector, 'confirm_separation');
    const terms = termsForTests();
    const values = { ...terms.policy.values, 'R9.5': { source: 'O', word_bd: 2 } };
    const old = proposed({ ...terms, policy: { ...terms.policy, values } });
    expect(old.owes('R9.5')).toEqual([]);
    old.must(hrDirector, 'confirm_separation');
  });

  it('X21 asks HR for what the person gets in hand, and is not final before', () => {
    const one = proposed();
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
    expect(one.owes('X21')).toEqual(Array.from({ length: 3 }, () => [`hr@${site}`, '2025-05-14']));
    expect(one.ask(hr, 'record_separation_notice', { notice: 'written_notice' })).toMatchObject(
      missing('notice_text'),
    );
    one.must(hr, 'record_separation_notice', { notice: 'written_notice', text: 'txt_dec_7_text' });
    one.must(hr, 'record_separation_notice', { notice: 'final_pay' });
    expect(one.owes('X21')).toHaveLength(1);
    one.moveTo('2025-06-13', '18:00');
    one.must(hr, 'record_separation_notice', { notice: 'benefits' });
    expect(one.owes('X21')).toEqual([]);
  });

  it('X21 tells colleagues of no reason: other cases hear that somebody left', () => {
    const one = proposed();
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
    one.moveTo('2025-06-13', '18:00');
    expect(one.notices.filter((notice) => notice.to === opening)).toMatchObject([
      { kind: 'holder_left', body: { how: 'left' } },
    ]);
    expect(JSON.stringify(one.notices)).not.toContain('terminated');
  });

  it('X21 asks for no notices of whoever leaves by themself, and keeps records a year at the least', () => {
    const one = onTheJob();
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: [] });
    expect(one.owes('X21')).toEqual([]);
    const { policy } = termsForTests();
    const short = { ...policy.values.RETENTION!, personnel_after_end_months: 3 };
    const hasty = { ...policy, values: { ...policy.values, RETENTION: short } };
    expect(purgeForecast('employment', '2025-05-30', hasty)).toBe('2026-05-30');
    expect(purgeForecast('employment', '2025-05-30', policy)).toBe('2028-05-30');
  });
});

describe('a step taken back', () => {
  const twice = (one: Employed): readonly string[] => {
    const keys = one.prompts.map((prompt) => prompt.key);
    return keys.filter((key, n) => keys.indexOf(key) !== n);
  };

  it('X22 a death recorded wrongly: the ladders go on from where they were, and no rung is climbed twice', () => {
    const one = onTheJob();
    one.moveTo('2025-05-14', '12:00');
    one.must(hr, 'record_death', { owner: hrDirector });
    expect(one.obligations).toHaveLength(1);
    one.must(hr, 'withdraw_separation');
    one.moveTo('2025-05-21', '12:00');
    expect(one.owes('D6.1').length).toBeGreaterThan(0);
    expect(twice(one)).toEqual([]);
  });

  it('D9.5 a last day taken back: what was due after it is asked for again, and not once more', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '12:00');
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-14', reasons: [] });
    one.must(employee, 'withdraw_separation');
    one.moveTo('2025-05-28', '12:00');
    expect(twice(one)).toEqual([]);
    expect(one.owes('D6.1').length).toBeGreaterThan(0);
  });
});

describe('a handover', () => {
  const leaving = (terms = termsForTests()): Employed => {
    const one = onTheJob(terms);
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: [] });
    return one;
  };

  it('X20 asks the supervisor before the last day, and the manager after it, until it is done', () => {
    const one = leaving();
    expect(one.owes('X20')).toEqual([[supervisor, '2025-05-29']]);
    one.moveTo('2025-05-30', '18:00');
    expect(one.owes('X20')).toEqual([[manager, '2025-06-02']]);
    one.must(manager, 'record_handover', { outcome: 'handed_over' });
    expect(one.owes('X20')).toEqual([]);
    expect(one.rows.at(-1)?.body).toEqual({ outcome: 'handed_over' });
  });

  it('X20 names nobody, is not asked of who stays, nor under a policy from before it', () => {
    const one = leaving();
    expect(one.ask(supervisor, 'record_handover', { outcome: 'handed_over', to: 'n.n.' })).toMatchObject({
      code: 'malformed',
    });
    expect(onTheJob().ask(supervisor, 'record_handover', { outcome: 'handed_over' })).toMatchObject(
      refusedBy('X20'),
    );
    const old = leaving(before('X20'));
    expect(old.owes('X20')).toEqual([]);
    one.must(employee, 'withdraw_separation');
    expect(one.owes('X20')).toEqual([]);
  });
});

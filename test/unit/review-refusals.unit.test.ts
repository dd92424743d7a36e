import { describe, expect, it } from 'vitest';
import { caseOf, termsForTests } from './house.ts';
import {
  employee,
  supervisor,
  manager,
  mentor,
  hr,
  investigator,
  officer,
  nurse,
  employment,
  opened,
  probation,
  draft,
} from './review-house.ts';

describe('review: what it refuses', () => {
  it('refuses the answer before everything else is there, naming all of it (G8)', () => {
    const one = probation();
    expect(one.ask(employee, 'respond', { response: 'signed' })).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G8',
      missing: [{ code: 'D8.2' }, { code: 'D8.4' }, { code: 'D8.7' }, { code: 'P8.4' }, { code: 'D8.3' }],
    });
  });

  it('refuses a probation decided without a review, or by one person alone (D8.3)', () => {
    const one = probation();
    one.assign(manager, 'hr');
    one.must(manager, 'propose_probation', { outcome: 'passed', reasons: [] });
    expect(one.ask(manager, 'confirm_probation')).toMatchObject({
      rule: 'D8.3',
      missing: [{ code: 'second_person_needed' }],
    });
    expect(one.ask(hr, 'confirm_probation')).toMatchObject({
      ...{ code: 'gate_not_passed', rule: 'D8.3' },
      missing: [{ code: 'D8.2' }, { code: 'D8.4' }, { code: 'D8.7' }],
    });
    one.moveTo('2025-08-04');
    one.must(supervisor, 'submit_draft', draft());
    expect(one.ask(hr, 'confirm_probation')).toMatchObject({ rule: 'D8.3', missing: [{ code: 'D8.7' }] });
    one.must(hr, 'check_standard', { result: 'same_as_comparator' });
    one.must(hr, 'confirm_probation');
  });

  it('asks an officer for their word before somebody is not passed, and HR sees no more than that word (R8.7)', () => {
    const one = probation();
    one.moveTo('2025-08-04');
    const cites = { relationships: 'session:s12', overall: 'action:a3' };
    const negative = { ratings: { relationships: 2 }, overall: 'does_not_meet', cites };
    one.must(supervisor, 'submit_draft', draft(negative));
    one.must(hr, 'check_standard', { result: 'same_as_comparator' });
    one.must(employee, 'hold_talk', { held: '2025-08-04' });
    expect(one.ask(manager, 'propose_probation', { outcome: 'not_passed', reasons: [] })).toMatchObject({
      missing: [{ code: 'reasons_needed' }],
    });
    one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['skill_not_shown'] });
    expect(one.obligations.find((o) => o.code === 'R8.7')).toMatchObject({ visibility: 'C2' });
    expect(one.ask(hr, 'confirm_probation')).toMatchObject({ missing: [{ code: 'officer_word' }] });
    one.must(officer, 'give_word', { word: 'matter_open' });
    expect(one.ask(hr, 'confirm_probation')).toMatchObject({ missing: [{ code: 'officer_word' }] });
    one.must(officer, 'give_word', { word: 'nothing_stands_against' });
    one.must(investigator, 'give_second_word', { word: 'nothing_stands_against' });
    one.must(hr, 'confirm_probation');
    expect(one.rows.filter((row) => row.kind === 'officer_word_given')[0]?.visibility).toBe('C2');
  });

  it('lets nobody pass or fail by silence, and holds nobody back after the period ended', () => {
    const one = probation();
    one.moveTo('2025-08-20');
    expect(one.kinds()).not.toContain('probation_decided');
    const late = { outcome: 'extended', reasons: ['training_open'], until: '2025-08-30' };
    expect(one.ask(manager, 'propose_probation', late)).toMatchObject({
      code: 'rule_blocks',
      missing: [{ code: 'period_ended', about: '2025-08-10' }],
    });
  });

  it('extends a probation once, and no longer than for other staff (D8.3, X16)', () => {
    const one = probation();
    const extended = { outcome: 'extended', reasons: ['training_open'] };
    expect(one.ask(manager, 'propose_probation', { ...extended, until: '2025-09-10' })).toMatchObject({
      rule: 'R8.1',
      missing: [{ code: 'longer_than_comparator', about: '2025-09-09' }],
    });
    one.must(manager, 'propose_probation', { ...extended, until: '2025-09-09' });
    const second = opened('2025-08-11', {
      cycle: 'probation_end',
      due: '2025-09-09',
      periodEnd: '2025-09-09',
    });
    second.seen.push({
      kind: 'probation',
      subject: employment,
      value: 'extended',
      case: caseOf('review', 'first'),
      sequence: 9,
    });
    expect(second.ask(manager, 'propose_probation', { ...extended, until: '2025-09-20' })).toMatchObject({
      missing: [{ code: 'already_extended' }],
    });
  });

  it('refuses a scale or a cycle that other staff do not have, and everything without a comparator (R8.1)', () => {
    const one = probation();
    expect(one.ask(supervisor, 'submit_draft', draft({ scale: '1-7' }))).toMatchObject({ rule: 'R8.1' });
    const terms = termsForTests();
    const values = { ...terms.comparator?.values, review_cycle: 'annual' };
    const yearly = {
      ...terms,
      comparator: terms.comparator === null ? null : { ...terms.comparator, values },
    };
    const six = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' }, yearly);
    expect(six.ask(supervisor, 'submit_draft', draft())).toMatchObject({
      rule: 'R8.1',
      missing: [{ about: 'review_cycle' }],
    });
    const none = opened('2025-10-15', { cycle: 'annual', due: '2025-11-12' }, { ...terms, comparator: null });
    expect(none.ask(supervisor, 'submit_draft', draft())).toMatchObject({
      missing: [{ code: 'no_comparator_on_file' }],
    });
  });

  it('names the field that differs and wants a justification for it (D8.7)', () => {
    const one = probation();
    one.must(supervisor, 'submit_draft', draft({ form: 'own-2' }));
    expect(one.ask(hr, 'check_standard', { result: 'same_as_comparator' })).toMatchObject({
      missing: [{ code: 'differs', about: 'review_form' }],
    });
    expect(one.ask(hr, 'check_standard', { result: 'differs' })).toMatchObject({
      missing: [{ code: 'justification_needed' }],
    });
    one.must(hr, 'check_standard', { result: 'differs', justification: 'txt_why' });
  });

  it('accepts a negative item without an earlier record only with the acknowledgement of R8.3', () => {
    const one = probation();
    const negative = draft({ ratings: { relationships: 2 } });
    expect(one.ask(supervisor, 'submit_draft', negative)).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'R8.3', about: 'relationships' }],
    });
    one.must(supervisor, 'submit_draft', negative, { acknowledge: ['R8.3'] });
    expect(one.kinds()).toContain('warning_acknowledged');
    const drift = draft({ ratings: { relationships: 2 }, cites: { relationships: 'pulse:2025-09' } });
    expect(one.ask(supervisor, 'submit_draft', drift)).toMatchObject({ code: 'malformed' });
  });

  it('keeps the mentor out of the review (R8.5)', () => {
    const one = probation();
    expect(one.ask(supervisor, 'choose_colleagues', { colleagues: [mentor, nurse] })).toMatchObject({
      rule: 'R8.5',
    });
    const both = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12', mentor: supervisor });
    expect(both.ask(supervisor, 'submit_draft', draft())).toMatchObject({ rule: 'R8.5' });
    expect(both.obligations.find((o) => o.code === 'P8.3')?.owner).toBe(manager);
    both.must(manager, 'submit_draft', draft());
  });

  it('refuses a talk that is still to come and a rating outside the scale', () => {
    const one = probation();
    expect(one.ask(employee, 'hold_talk', { held: '2025-08-08' })).toMatchObject({ rule: 'P8.4' });
    expect(one.ask(supervisor, 'submit_draft', draft({ ratings: { growth: 6 } }))).toMatchObject({
      rule: 'D8.2',
      missing: [{ about: 'growth' }],
    });
  });
});

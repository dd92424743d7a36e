import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileSchema } from '../../src/contracts/policy.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import { policyForTests, site, termsForTests } from './house.ts';
import {
  allFactors,
  arrangements,
  assessed,
  background,
  candidacy,
  dates,
  director,
  firstNotice,
  hr,
  someone,
  started,
} from './clock-house.ts';

const adverse = { reason: 'related_to_duties', notice: 'txt_final' };
const compared = { comparator: 'same_as_all_staff' };
const matter = { word: 'nothing_stands_against' };

/** A first notice of 21 May, with its wait over. */
function waited() {
  const one = assessed('2025-05-21');
  one.must(background, 'record_check', firstNotice('2025-05-21'));
  one.moveTo('2025-05-30');
  return one;
}

describe('clock: nobody is turned down for a record as such (X8)', () => {
  it('X8 refuses a first notice before nature, time passed and relation to the job were weighed', () => {
    const one = started('2025-04-17', 'background', candidacy);
    one.must(background, 'record_check', { outcome: 'individual_assessment' });
    const codes = ['assess_nature', 'assess_time_passed', 'assess_relation_to_job'];
    expect(one.ask(background, 'record_check', firstNotice('2025-04-17'))).toMatchObject({
      code: 'rule_blocks',
      rule: 'R5.4',
      missing: codes.map((code) => ({ code })),
    });
    one.must(background, 'assess', { considered: ['nature', 'nature'], text: 'txt_weighed' });
    expect(one.ask(background, 'record_check', firstNotice('2025-04-17'))).toMatchObject({
      missing: codes.slice(1).map((code) => ({ code })),
    });
    one.must(background, 'assess', { considered: ['time_passed', 'relation_to_job'], text: 'txt_more' });
    one.must(background, 'record_check', firstNotice('2025-04-17'));
  });

  it('X8 hears a waiver asked for, and what speaks for the person needs no assessment', () => {
    const one = started('2025-04-17', 'background', candidacy);
    expect(one.ask(background, 'assess', { considered: allFactors, text: 'txt_a' })).toMatchObject({
      rule: 'D5.2',
      missing: [{ code: 'not_after', about: 'pending' }],
    });
    one.must(background, 'record_check', { outcome: 'individual_assessment' });
    one.must(background, 'record_check', { outcome: 'waiver_requested' });
    one.must(background, 'record_check', { outcome: 'cleared_after_assessment' });
    expect(one.facts[0]?.value).toBe('clear');
    expect(one.standing?.status).toBe('final');
  });

  it('X8 lets the person answer the first notice: the assessment opens again and a new notice waits anew', () => {
    const one = waited();
    one.must(background, 'propose_adverse', adverse);
    one.must(someone, 'reply', { text: 'txt_reply' });
    expect(one.ask(director, 'confirm_adverse', compared)).toMatchObject({
      missing: [{ code: 'nothing_proposed' }],
    });
    expect(one.ask(background, 'propose_adverse', adverse)).toMatchObject({ code: 'gate_not_passed' });
    expect(one.ask(background, 'record_check', firstNotice('2025-05-30'))).toMatchObject({ rule: 'R5.4' });
    one.must(background, 'assess', { considered: allFactors, text: 'txt_again' });
    expect(one.ask(background, 'record_check', firstNotice('2025-05-29'))).toMatchObject({
      missing: [{ code: 'before_the_assessment', about: '2025-05-30' }],
    });
    one.must(background, 'record_check', firstNotice('2025-05-30'));
    expect(one.ask(background, 'propose_adverse', adverse)).toMatchObject({ missing: [{ code: 'X8' }] });
  });

  it('X8 keeps a reply that the officer enters for them, and hears none before anything was found', () => {
    const one = started('2025-04-17', 'background', candidacy);
    expect(one.ask(someone, 'reply', { text: 'txt_r' })).toMatchObject({ rule: 'X8' });
    one.must(background, 'record_check', { outcome: 'individual_assessment' });
    one.must(background, 'reply', { text: 'txt_r' });
    expect(one.ask(hr, 'reply', { text: 'txt_r' })).toMatchObject({ code: 'not_permitted' });
  });
});

describe('clock: two notices and the time between them (R5.4)', () => {
  it('R5.4 wants the report and the rights with the first notice, and a day on which it was given', () => {
    const one = assessed();
    expect(one.ask(background, 'record_check', { outcome: 'pre_adverse' })).toMatchObject({
      missing: [{ code: 'first_notice_needed' }],
    });
    const bare = firstNotice('2025-04-17', { enclosed: ['report'] });
    expect(one.ask(background, 'record_check', bare)).toMatchObject({
      missing: [{ code: 'enclose_rights' }],
    });
    expect(one.ask(background, 'record_check', firstNotice('2025-04-18'))).toMatchObject({
      missing: [{ code: 'date_in_future' }],
    });
    expect(one.ask(background, 'record_check', firstNotice('2025-04-16'))).toMatchObject({
      missing: [{ code: 'before_the_assessment', about: '2025-04-17' }],
    });
    one.must(background, 'record_check', firstNotice('2025-04-17'));
  });

  it('R5.4 waits for the later of 5 bd and 7 days, holidays counted for the person (X8)', () => {
    const one = assessed('2025-05-21');
    one.must(background, 'record_check', firstNotice('2025-05-21'));
    // 26 May is a holiday: five business days end on Thursday 29 May, seven days on Wednesday.
    one.moveTo('2025-05-29', '16:00');
    expect(one.ask(background, 'propose_adverse', adverse)).toMatchObject({
      code: 'gate_not_passed',
      rule: 'R5.4',
      missing: [{ code: 'X8', about: '2025-05-29' }],
    });
    one.moveTo('2025-05-30');
    one.must(background, 'propose_adverse', adverse);
  });

  it('X8 waits longer where a jurisdiction says so, and no profile of the house says less', () => {
    const terms = termsForTests();
    const profile = {
      ...terms.profile,
      values: { ...terms.profile.values, 'X8.wait_d': 14 },
      sources: { ...terms.profile.sources, X8: 'R invented' },
    };
    const longer = { ...terms, profile, policy: inJurisdiction(policyForTests(), profile) };
    const one = assessed('2025-05-21', longer);
    one.must(background, 'record_check', firstNotice('2025-05-21'));
    one.moveTo('2025-06-04');
    expect(one.ask(background, 'propose_adverse', adverse)).toMatchObject({
      missing: [{ code: 'X8', about: '2025-06-04' }],
    });
    const root = new URL('../../policies/profiles/', import.meta.url);
    const base = policyForTests().values['X8'];
    for (const name of readdirSync(root)) {
      const { values } = profileSchema.parse(JSON.parse(readFileSync(new URL(name, root), 'utf8')));
      for (const wait of ['wait_bd', 'wait_d'])
        expect(Number(values[`X8.${wait}`] ?? base?.[wait]), name).toBeGreaterThanOrEqual(
          Number(base?.[wait]),
        );
    }
  });
});

describe('clock: an adverse end takes two people, a comparison and a word (R5.7)', () => {
  it('R5.7 refuses without the comparator check, without another officer’s word, and with one that says no', () => {
    const one = waited();
    expect(one.ask(arrangements, 'give_word', matter)).toMatchObject({ rule: 'R5.7' });
    one.must(background, 'propose_adverse', adverse);
    expect(one.ask(director, 'confirm_adverse')).toMatchObject({ missing: [{ code: 'comparator_check' }] });
    expect(one.ask(director, 'confirm_adverse', compared)).toMatchObject({
      code: 'gate_not_passed',
      rule: 'R5.7',
      missing: [{ code: 'officer_word' }],
    });
    one.must(arrangements, 'give_word', { word: 'matter_open' });
    expect(one.ask(director, 'confirm_adverse', compared)).toMatchObject({ rule: 'R5.7' });
    expect(one.obligations.map((owed) => owed.owner)).toContain(`accommodation_officer@${site}`);
    one.must(arrangements, 'give_word', matter);
    expect(one.facts[0]?.value).toBe('not_yet');
    one.must(director, 'confirm_adverse', compared);
    expect(one.notices.at(-1)?.body).toEqual({ check: 'background', outcome: 'adverse' });
    expect(one.facts[0]?.value).toBe('not_yet');
    expect(one.standing?.status).toBe('final');
  });

  it('R5.7 takes neither the word nor the confirmation from the one who proposed', () => {
    const one = waited();
    one.assign(background, 'hr_director');
    one.assign(background, 'leave_officer');
    one.must(background, 'propose_adverse', adverse);
    expect(one.ask(background, 'give_word', matter)).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
    one.must(arrangements, 'give_word', matter);
    expect(one.ask(background, 'confirm_adverse', compared)).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
  });

  it('R5.7 has nothing to compare with where no comparator is on file', () => {
    const one = assessed('2025-05-21', { ...termsForTests(), comparator: null });
    one.must(background, 'record_check', firstNotice('2025-05-21'));
    one.moveTo('2025-05-30');
    one.must(background, 'propose_adverse', adverse);
    one.must(arrangements, 'give_word', matter);
    expect(one.ask(director, 'confirm_adverse', compared)).toMatchObject({
      rule: 'R5.7',
      missing: [{ code: 'no_comparator_on_file' }],
    });
  });
});

describe('clock: a check that takes long (X7)', () => {
  // Thirty business days end on 30 May: 26 May is a holiday.
  it('X7 goes to HR at 30 bd, tells the candidacy, and is never a "no"', () => {
    const one = started('2025-04-17', 'background', candidacy);
    one.moveTo('2025-05-30', '16:00');
    expect(one.notices).toEqual([]);
    one.moveTo('2025-06-02');
    expect(one.notices.map(({ to, kind, body }) => [to, kind, body])).toEqual([
      [candidacy, 'check_slow', { check: 'background', businessDays: 30 }],
    ]);
    expect(one.obligations).toMatchObject([{ code: 'X7', owner: `hr@${site}`, visibility: 'C3' }]);
    expect(dates(one.sentTo(`hr@${site}`))[0]).toBe('2025-06-02');
    one.moveTo('2025-07-20');
    expect(one.kinds()).not.toContain('adverse_confirmed');
    expect(one.facts[0]?.value).toBe('not_yet');
    expect(one.standing?.status).toBe('open');
  });

  it('X7 waits anew once HR has looked, and takes an outcome at any time', () => {
    const one = started('2025-04-17', 'background', candidacy);
    expect(one.ask(hr, 'keep_waiting')).toMatchObject({ rule: 'X7', missing: [{ code: 'not_slow' }] });
    one.moveTo('2025-06-02');
    one.must(hr, 'keep_waiting');
    expect(one.obligations).toMatchObject([{ code: 'D5.2', owner: `background_officer@${site}` }]);
    one.moveTo('2025-08-01');
    expect(one.obligations).toMatchObject([{ code: 'X7' }]);
    one.must(background, 'record_check', { outcome: 'clear' });
    expect(one.facts[0]?.value).toBe('clear');
  });

  it('X7 leaves the wait with the officer under a policy that does not name HR’s days', () => {
    const terms = termsForTests();
    const { X7, ...values } = terms.policy.values;
    const old = { source: X7?.source ?? '', stop_bd: 30, tell_every_bd: 5 };
    const policy = { ...terms.policy, values: { ...values, X7: old } };
    const one = started('2025-04-17', 'background', candidacy, null, { ...terms, policy });
    one.moveTo('2025-06-20');
    expect(one.notices).toEqual([]);
    expect(dates(one.sentTo(`hr@${site}`))).toEqual(['2025-06-04', '2025-06-06']);
  });
});

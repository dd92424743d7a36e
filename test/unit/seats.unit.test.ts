import { describe, expect, it } from 'vitest';
import {
  assessed,
  arrangements,
  background,
  candidacy,
  clockOn,
  compliance,
  director,
  firstNotice,
} from './clock-house.ts';
import { employment as employedIn, someone } from './clock-house.ts';
import { onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { person, site } from './house.ts';
import { draft, employee, mentor, nurse, opened, caseManager, sources, supervisor } from './review-house.ts';

/** Seats that are several people's stay so while somebody stands in: in name and in hand. */

const twice = { refused: true, missing: [{ code: 'second_person_needed' }] };
const noDrift = { outcome: 'no_drift', duties: [] };
const apart = { refused: true, missing: [{ code: 'adviser_apart' }] };
const notLent = { refused: true, code: 'not_permitted' };

/** A month in which the two saw the work differently. */
function drifted(): Employed {
  const one = onTheJob();
  const view = { month: '2025-05', core: 40, support: 20, shared: 10, nonPeer: 30, prohibited: [] };
  one.moveTo('2025-05-30', '12:00');
  one.must(people.employee, 'answer_pulse', view);
  one.must(people.supervisor, 'answer_pulse', view);
  one.moveTo('2025-06-02');
  return one;
}

describe('D7.4, D7.5: three people look at drift', () => {
  it('whoever stands in for the supervisor is not the adviser besides, whichever came first', () => {
    const one = drifted();
    one.standsIn(people.adviser, people.supervisor);
    one.must(people.adviser, 'propose_drift_review', noDrift, { onBehalfOf: people.supervisor });
    expect(one.ask(people.adviser, 'agree_drift_review')).toMatchObject(twice);
    one.must(people.employee, 'agree_drift_review');
    expect(one.kinds()).not.toContain('drift_reviewed');
    const other = drifted();
    other.standsIn(people.adviser, people.supervisor);
    other.must(people.adviser, 'propose_drift_review', noDrift);
    expect(
      other.ask(people.adviser, 'agree_drift_review', {}, { onBehalfOf: people.supervisor }),
    ).toMatchObject(twice);
    other.must(people.supervisor, 'agree_drift_review');
    other.must(people.employee, 'agree_drift_review');
    expect(other.kinds().at(-1)).toBe('drift_reviewed');
  });

  it('nobody of the circle speaks as the adviser by standing in for them', () => {
    for (const who of [people.supervisor, people.manager, people.mentor]) {
      const one = drifted();
      one.standsIn(who, people.adviser);
      const as = { onBehalfOf: people.adviser };
      expect(one.ask(who, 'propose_drift_review', noDrift, as), who).toMatchObject({ refused: true });
      one.must(people.supervisor, 'propose_drift_review', noDrift);
      expect(one.ask(who, 'agree_drift_review', {}, as), who).toMatchObject({ refused: true });
    }
    const one = drifted();
    one.standsIn(people.mentor, people.adviser);
    expect(
      one.ask(people.mentor, 'propose_drift_review', noDrift, { onBehalfOf: people.adviser }),
    ).toMatchObject(apart);
  });
});

describe('what somebody was asked for by name', () => {
  it('P8.2: a colleague’s feedback is given by nobody in their place', () => {
    const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    one.standsIn(supervisor, nurse);
    const said = { text: 'txt_dec_1_text' };
    expect(one.ask(supervisor, 'share_feedback', said, { onBehalfOf: nurse })).toMatchObject(notLent);
    one.must(nurse, 'share_feedback', said);
    expect(one.obligations.filter(({ code }) => code === 'P8.2').map(({ owner }) => owner)).toEqual([
      caseManager,
    ]);
  });

  it('R8.5, P8.2: neither the mentor nor a colleague writes the review by standing in', () => {
    for (const who of [mentor, nurse]) {
      const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
      sources(one);
      one.standsIn(who, supervisor);
      one.moveTo('2025-11-12');
      expect(one.ask(who, 'submit_draft', draft(), { onBehalfOf: supervisor })).toMatchObject(notLent);
      expect(one.ask(who, 'hold_talk', { held: '2025-11-12' }, { onBehalfOf: supervisor })).toMatchObject(
        notLent,
      );
      one.must(supervisor, 'submit_draft', draft());
      expect(one.ask(employee, 'submit_draft', draft(), { onBehalfOf: supervisor })).toMatchObject({
        refused: true,
      });
    }
  });

  it('D6.3, D6.2: what the mentor talks of and signs is nobody’s to record in their place', () => {
    const one = onTheJob();
    one.moveTo('2025-05-22', '12:00');
    one.standsIn(people.supervisor, people.mentor);
    const as = { onBehalfOf: people.mentor };
    const talk = { talk: 10, outcome: 'held', topics: ['team'] };
    expect(one.ask(people.supervisor, 'record_mentor_talk', talk, as)).toMatchObject(notLent);
    expect(
      one.ask(people.supervisor, 'log_supervised_hours', { on: '2025-05-13', minutes: 60 }, as),
    ).toMatchObject(notLent);
    one.must(people.mentor, 'record_mentor_talk', talk);
  });
});

describe('two people in name and in hand', () => {
  it('D9.4: a denial is reviewed neither by whoever gave it nor by whose name it was given in', () => {
    const [first, second, third] = [person('officer one'), person('officer two'), person('officer three')];
    const one = clockOn('2025-06-02');
    for (const who of [first, second, third]) one.assign(who, 'leave_officer');
    const value = `${someone},${site}`;
    one.seen.push({ kind: 'concerns', subject: employedIn, value, case: employedIn, sequence: 1 });
    const days = { from: '2025-07-01', to: '2025-08-01' };
    one.must(first, 'open_leave', { site, person: someone, employment: employedIn, ...days });
    one.standsIn(second, first);
    one.must(second, 'decide_leave', { outcome: 'denied_with_review' }, { onBehalfOf: first });
    const upheld = { outcome: 'upheld' };
    expect(one.ask(first, 'review_denial', upheld)).toMatchObject(twice);
    expect(one.ask(second, 'review_denial', upheld)).toMatchObject(twice);
    expect(one.ask(second, 'review_denial', upheld, { onBehalfOf: first })).toMatchObject(twice);
    one.must(third, 'review_denial', upheld);
  });

  it('X29: nor is a hold confirmed, or lifted, by the one it was set for', () => {
    const one = clockOn('2025-04-01');
    one.assign(director, 'compliance');
    one.standsIn(compliance, director);
    const charge = { site, subject: candidacy, reason: 'charge', on: '2025-04-01', review: '2025-07-01' };
    one.must(compliance, 'hold_on', charge, { onBehalfOf: director });
    expect(one.ask(director, 'confirm_hold')).toMatchObject(twice);
    const other = clockOn('2025-04-01');
    other.must(compliance, 'hold_on', charge);
    other.standsIn(director, compliance);
    expect(other.ask(director, 'confirm_hold', {}, { onBehalfOf: compliance })).toMatchObject(twice);
    other.must(director, 'confirm_hold');
  });

  it('R5.7: nor is what stands against somebody, by whose word it rests on', () => {
    const one = assessed('2025-04-17');
    one.must(background, 'record_check', firstNotice('2025-04-17'));
    one.moveTo('2025-04-28');
    one.must(background, 'propose_adverse', { reason: 'related_to_duties', notice: 'txt_final' });
    one.assign(director, 'accommodation_officer');
    one.standsIn(arrangements, director);
    one.must(arrangements, 'give_word', { word: 'nothing_stands_against' }, { onBehalfOf: director });
    expect(one.ask(director, 'confirm_adverse', { comparator: 'same_as_all_staff' })).toMatchObject(twice);
  });
});

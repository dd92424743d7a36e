import { describe, expect, it } from 'vitest';
import { sightOf } from '../../src/client/ask-reader.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { whyAll } from '../../src/domain/kernel/why.ts';
import { capacities } from '../../src/domain/kernel/words.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import { candidacy, clockOn, compliance, director, hr, someone } from './clock-house.ts';
import type { SingleCase } from './single-case.ts';

/** X29: a legal hold, from its first day to its last. */

const charge = { site, subject: candidacy, reason: 'charge', on: '2025-04-01', review: '2025-07-01' };
const over = { reason: 'final_disposition', on: '2025-06-02' };
const privacy = person('privacy-officer');

function set(payload: object = charge): SingleCase {
  const one = clockOn('2025-04-01');
  one.assign(privacy, 'privacy_officer');
  one.must(compliance, 'hold_on', payload);
  return one;
}

const owed = (one: SingleCase) =>
  one.obligations.map(({ id, code, owner, due }) => [id, code, owner, dateOf(one.terms.calendar, due)]);

describe('clock: a legal hold (X29)', () => {
  it('X29 hold_on stands at once, waits for a second person for 2 bd, and is looked at again on its day', () => {
    const one = set();
    expect(one.facts).toEqual([{ kind: 'legal_hold', subject: candidacy, value: 'on' }]);
    expect(owed(one)).toEqual([
      ['c0', 'X29', `hr_director@${site}`, '2025-04-03'],
      ['r0', 'X29', `compliance@${site}`, '2025-07-01'],
    ]);
    expect(one.ask(compliance, 'confirm_hold')).toMatchObject({
      rule: 'X29',
      missing: [{ code: 'second_person_needed' }],
    });
    one.must(director, 'confirm_hold');
    expect(one.ask(privacy, 'confirm_hold')).toMatchObject({ missing: [{ code: 'already_confirmed' }] });
    one.must(privacy, 'review_hold', { review: '2025-09-30' });
    expect(owed(one)).toEqual([['r1', 'X29', `compliance@${site}`, '2025-09-30']]);
  });

  it('X29 late is late: it climbs to HR, nothing is made of it, and the hold stands', () => {
    const one = set();
    one.moveTo('2025-07-15');
    expect(one.sentTo(`hr@${site}`).length).toBeGreaterThan(0);
    expect(one.facts).toHaveLength(1);
    expect(one.standing?.status).toBe('open');
  });

  it('X29 hold_off takes two people, a reason and its day; then nothing is held and nothing owed', () => {
    const one = set();
    one.must(director, 'confirm_hold');
    expect(one.ask(compliance, 'confirm_hold_off')).toMatchObject({ missing: [{ code: 'not_proposed' }] });
    one.moveTo('2025-06-02');
    one.must(compliance, 'propose_hold_off', over);
    expect(owed(one)[0]).toEqual(['p1', 'X29', `hr_director@${site}`, '2025-06-09']);
    expect(one.ask(compliance, 'confirm_hold_off')).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
    expect(one.facts).toHaveLength(1);
    one.must(director, 'confirm_hold_off');
    expect([one.facts, one.obligations, one.standing?.status]).toEqual([[], [], 'final']);
    expect(one.ask(director, 'review_hold', { review: '2025-09-30' })).toMatchObject({ rule: 'X29' });
  });

  it('X29 a proposal that is not followed leaves the hold as it was, and the next one is a new question', () => {
    const one = set();
    one.must(director, 'confirm_hold');
    one.moveTo('2025-06-02');
    one.must(director, 'propose_hold_off', over);
    expect(owed(one)[0]).toEqual(['p1', 'X29', `compliance@${site}`, '2025-06-09']);
    expect(one.ask(privacy, 'propose_hold_off', over)).toMatchObject({
      missing: [{ code: 'already_proposed' }],
    });
    one.must(compliance, 'keep_hold');
    expect(one.ask(compliance, 'keep_hold')).toMatchObject({ missing: [{ code: 'not_proposed' }] });
    one.must(director, 'propose_hold_off', over);
    expect(owed(one).map(([id]) => id)).toContain('p2');
  });

  it('X29 is set by those who look after holds, with a day that was and a review that comes in time', () => {
    const one = clockOn('2025-04-01');
    expect(one.ask(hr, 'hold_on', charge)).toMatchObject({ code: 'not_permitted' });
    expect(one.ask(compliance, 'hold_on', { ...charge, on: '2025-04-02' })).toMatchObject({
      missing: [{ code: 'date_in_future' }],
    });
    expect(one.ask(compliance, 'hold_on', { ...charge, review: '2025-04-01' })).toMatchObject({
      missing: [{ code: 'later_date_needed' }],
    });
    expect(one.ask(compliance, 'hold_on', { ...charge, review: '2026-04-01' })).toMatchObject({
      missing: [{ code: 'review_by', about: '2025-09-30' }],
    });
    for (const wrong of [{ reason: 'other' }, { subject: 'somebody' }, { note: 'x' }])
      expect(one.ask(compliance, 'hold_on', { ...charge, ...wrong })).toMatchObject({ code: 'malformed' });
  });

  it('X29 stands once over one case or person: a second matter goes into the same hold', () => {
    const one = clockOn('2025-04-01');
    const stands = caseOf('clock', 'other-hold');
    one.seen.push({ kind: 'legal_hold', subject: candidacy, value: 'on', case: stands, sequence: 1 });
    expect(one.ask(compliance, 'hold_on', charge)).toMatchObject({
      rule: 'X29',
      missing: [{ code: 'hold_stands', about: stands, visibility: 'C3' }],
    });
    one.must(compliance, 'hold_on', { ...charge, subject: someone });
    expect(one.facts).toEqual([{ kind: 'legal_hold', subject: someone, value: 'on' }]);
  });

  it('X29 lies in the vault, tells no case, and the person it is about has nothing to do with it', () => {
    const one = set({ ...charge, subject: someone });
    one.must(director, 'confirm_hold');
    expect(new Set(one.rows.map((row) => `${row.visibility} ${row.retention}`))).toEqual(
      new Set(['C3 vault']),
    );
    expect(one.notices).toEqual([]);
    expect(one.obligations.every((entry) => entry.visibility === 'C3')).toBe(true);
    expect(one.ask(someone, 'keep_hold')).toMatchObject({ code: 'not_permitted' });
    expect(one.ask(someone, 'reply', { text: 'txt_r' })).toMatchObject({ code: 'not_permitted' });
  });

  it('X29 is shown to the office that owes a word on it, and to no other role, person or machine', () => {
    const one = set({ ...charge, subject: someone });
    const list = one.obligations.map((entry) => ({ ...entry, next: null, rung: null, reminded: 0 }));
    const seenBy = (as: string, capacity: Capacity | null): readonly string[] => {
      const assignments = capacity === null ? [] : [{ person: as, capacity, scope: site, from: 0, to: null }];
      const reader = { as, now: one.now, assignments, delegations: [] };
      const place = { kind: 'clock' as const, id: one.id, site, org: 'org_x' };
      const open = whyAll(list, sightOf(reader, place, one.holds)).filter((why) => !why.masked);
      return open.map((why) => ('id' in why ? why.id : ''));
    };
    const readers = capacities.map((capacity) => [capacity, seenBy(person('reader'), capacity)] as const);
    expect(readers.filter(([, ids]) => ids.length > 0)).toEqual([
      ['hr_director', ['c0']],
      ['compliance', ['r0']],
    ]);
    expect([seenBy(someone, null), seenBy('installation', null)]).toEqual([[], []]);
  });

  it('X29 stands under a policy from before its numbers too', () => {
    const terms = termsForTests();
    const { X29: _taken, ...values } = terms.policy.values;
    const one = clockOn('2025-04-01', { ...terms, policy: { ...terms.policy, values } });
    one.must(compliance, 'hold_on', charge);
    expect(owed(one).map(([, , , due]) => due)).toEqual(['2025-04-03', '2025-07-01']);
  });
});

import { describe, expect, it } from 'vitest';
import { person, site, termsForTests } from './house.ts';
import {
  arrangements,
  candidacy,
  clockOn,
  dates,
  director,
  hr,
  someone,
  started,
  supervisor,
} from './clock-house.ts';
import type { SingleCase } from './single-case.ts';

const officer = `accommodation_officer@${site}`;
const request = { site, person: someone, parent: candidacy };
const yes = { outcome: 'granted', change: 'txt_change', arranger: supervisor };

function asked(): SingleCase {
  const one = clockOn('2025-04-01');
  one.must(arrangements, 'request_accommodation', request);
  return one;
}

describe('clock: a request for a change (D3.6, X31)', () => {
  it('X31 is acknowledged within 1 bd and decided within 10 bd, by the officer', () => {
    const one = asked();
    const owed = one.obligations.map(({ code, owner, due }) => [
      code,
      owner,
      new Date(due).toISOString().slice(0, 10),
    ]);
    expect(owed).toEqual([
      ['X31', officer, '2025-04-02'],
      ['D3.6', officer, '2025-04-15'],
    ]);
    one.must(arrangements, 'acknowledge_request');
    expect(one.ask(arrangements, 'acknowledge_request')).toMatchObject({ rule: 'X31' });
    one.moveTo('2025-04-30');
    // Late is late: it climbs to HR, and no outcome is made of it.
    expect(dates(one.sentTo(`hr@${site}`)).length).toBeGreaterThan(0);
    expect(one.obligations.map((entry) => entry.code)).toEqual(['D3.6']);
    expect(one.sentTo(someone)).toEqual([]);
  });

  it('D3.6 granted names the change and who sees to it; they alone are asked to arrange it', () => {
    const one = asked();
    expect(one.ask(arrangements, 'decide_accommodation', { outcome: 'granted' })).toMatchObject({
      rule: 'D3.6',
      missing: [{ code: 'change' }, { code: 'arranger' }],
    });
    one.must(arrangements, 'decide_accommodation', yes);
    expect(one.obligations).toMatchObject([{ code: 'X31', owner: supervisor, visibility: 'C3' }]);
    expect(one.ask(hr, 'confirm_arrangement')).toMatchObject({ code: 'not_permitted' });
    one.must(supervisor, 'confirm_arrangement');
    expect(one.standing?.status).toBe('final');
    expect(one.ask(arrangements, 'decide_accommodation', yes)).toMatchObject({ rule: 'D3.6' });
  });

  it('D3.6 alternative_agreed and declined_with_review come after the talk (X31)', () => {
    const one = asked();
    const other = { ...yes, outcome: 'alternative_agreed' };
    for (const answer of [other, { outcome: 'declined_with_review' }])
      expect(one.ask(arrangements, 'decide_accommodation', answer)).toMatchObject({
        rule: 'X31',
        missing: [{ code: 'talk_first' }],
      });
    expect(one.ask(arrangements, 'record_talk', { on: '2025-04-02' })).toMatchObject({ rule: 'X31' });
    one.must(arrangements, 'record_talk', { on: '2025-04-01' });
    expect(one.obligations.map((entry) => entry.code)).toEqual(['D3.6']);
    one.must(arrangements, 'decide_accommodation', other);
    expect(one.ask(arrangements, 'record_talk', { on: '2025-04-01' })).toMatchObject({ rule: 'X31' });
  });

  it('D3.6 declined_with_review goes to a second person, and overturned it is decided again, not declined again', () => {
    const one = asked();
    one.assign(arrangements, 'hr_director');
    one.must(arrangements, 'record_talk', { on: '2025-04-01' });
    one.must(arrangements, 'decide_accommodation', { outcome: 'declined_with_review' });
    expect(one.obligations).toMatchObject([{ code: 'D3.6', owner: `hr_director@${site}` }]);
    expect(one.ask(arrangements, 'review_decline', { outcome: 'upheld' })).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
    one.must(director, 'review_decline', { outcome: 'overturned' });
    expect(one.ask(arrangements, 'decide_accommodation', { outcome: 'declined_with_review' })).toMatchObject({
      missing: [{ code: 'decline_was_overturned' }],
    });
    one.must(arrangements, 'decide_accommodation', yes);
  });

  it('D3.6 upheld is the end of it, and so is a request no longer wanted', () => {
    const one = asked();
    one.must(arrangements, 'record_talk', { on: '2025-04-01' });
    one.must(arrangements, 'decide_accommodation', { outcome: 'declined_with_review' });
    expect(one.ask(arrangements, 'record_talk', { on: '2025-04-01' })).toMatchObject({ rule: 'X31' });
    one.must(director, 'review_decline', { outcome: 'upheld' });
    expect(one.standing?.status).toBe('final');
    const other = asked();
    other.must(someone, 'close_request');
    expect(other.standing?.status).toBe('final');
  });

  it('D3.6 requested is the person’s own or the officer’s to enter, and nobody else’s', () => {
    const one = clockOn('2025-04-01');
    one.assign(someone, 'candidate');
    one.assign(person('another'), 'candidate');
    expect(one.ask(person('another'), 'request_accommodation', request)).toMatchObject({
      code: 'not_permitted',
    });
    expect(one.ask(hr, 'request_accommodation', request)).toMatchObject({ code: 'not_permitted' });
    // What the candidacy publishes makes it theirs (test/unit/own-request.unit.test.ts).
    one.seen.push({
      ...{ kind: 'concerns', subject: candidacy, value: `${someone},${site}`, case: candidacy, sequence: 1 },
    });
    one.must(someone, 'request_accommodation', request);
    expect(one.ask(arrangements, 'request_accommodation', request)).toMatchObject({ code: 'already_open' });
    const reason = { ...request, condition: 'x' };
    expect(clockOn('2025-04-01').ask(arrangements, 'request_accommodation', reason)).toMatchObject({
      code: 'malformed',
    });
  });

  it('D3.6 is started by a candidacy too, ends with it, and tells it nothing', () => {
    const one = started('2025-04-01', 'accommodation', candidacy);
    one.must(arrangements, 'decide_accommodation', yes);
    expect([one.notices, one.facts]).toEqual([[], []]);
    expect(new Set(one.rows.map((row) => `${row.visibility} ${row.retention}`))).toEqual(
      new Set(['C3 vault']),
    );
    expect(one.prompts.every((prompt) => !/X31|D3/.test(prompt.key))).toBe(true);
    one.tell(candidacy, { kind: 'parent_ended', body: { how: 'withdrawn' } });
    expect(one.obligations).toEqual([]);
  });

  it('D3.6 is refused where the policy in force has no days for it', () => {
    const terms = termsForTests();
    const { X31: _taken, ...values } = terms.policy.values;
    const old = { ...terms, policy: { ...terms.policy, values } };
    expect(clockOn('2025-04-01', old).ask(arrangements, 'request_accommodation', request)).toMatchObject({
      rule: 'D3.6',
      missing: [{ code: 'policy_lacks', about: 'X31.ack_bd' }],
    });
  });
});

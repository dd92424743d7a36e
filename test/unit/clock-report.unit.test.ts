import { describe, expect, it } from 'vitest';
import { sightOf } from '../../src/client/ask-reader.ts';
import type { Reader } from '../../src/client/ask-reader.ts';
import { canRead } from '../../src/domain/kernel/can.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import {
  arrangements,
  clockId,
  clockOn,
  dates,
  employment,
  hr,
  leaveOfficer,
  someone,
} from './clock-house.ts';
import { person, site, termsForTests } from './house.ts';
import type { SingleCase } from './single-case.ts';

/** X19: what happened to somebody is looked into by one officer, and the guard lasts longer than the looking. */

const investigator = person('investigating-officer');
const other = person('somebody reported');
const officer = `investigating_officer@${site}`;
const report = { site, person: someone, parent: employment, concern: 'forced_disclosure' };
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const concerns: FactSeen = {
  ...{ kind: 'concerns', subject: employment, value: `${someone},${site}`, case: employment, sequence: 1 },
};

function desk(date = '2025-04-01', terms = termsForTests()): SingleCase {
  const one = clockOn(date, terms);
  one.assign(investigator, 'investigating_officer');
  one.seen.push(concerns);
  return one;
}

function opened(more: object = {}): SingleCase {
  const one = desk();
  one.must(someone, 'report_concern', { ...report, ...more });
  return one;
}

function closed(): SingleCase {
  const one = opened();
  one.must(investigator, 'acknowledge_report');
  one.must(investigator, 'record_investigation', { finding: 'substantiated' });
  one.must(investigator, 'close_report', { measures: ['talk', 'duties_apart'] });
  return one;
}

const owed = (one: SingleCase) =>
  one.obligations.map(({ code, owner, due, visibility }) => [
    ...[code, owner, visibility, new Date(due).toISOString().slice(0, 10)],
  ]);

describe('a report', () => {
  it('X19 comes from the person, to the officer alone, acknowledged in a day and looked into in twenty', () => {
    const one = opened({ text: 'txt_dec_1_text' });
    expect(owed(one)).toEqual([
      ['X19', officer, 'C3', '2025-04-02'],
      ['X19', officer, 'C3', '2025-04-29'],
    ]);
    expect(one.rows.every((row) => row.visibility === 'C3' && row.retention === 'vault')).toBe(true);
    expect(one.facts).toEqual([]);
    // X22: that there is something which a death is to stop, and nothing about what.
    expect(one.notices.map(({ kind, body }) => [kind, body])).toEqual([['matter_opened', { clock: one.id }]]);
    one.must(investigator, 'acknowledge_report');
    expect(owed(one)).toEqual([['X19', officer, 'C3', '2025-04-29']]);
  });

  it('X19 is nobody else’s to make in a person’s name, but an officer’s who was told', () => {
    const one = desk();
    expect(one.ask(hr, 'report_concern', report)).toMatchObject({ code: 'not_permitted' });
    expect(one.ask(other, 'report_concern', { ...report, person: other })).toMatchObject({
      code: 'not_permitted',
    });
    one.must(investigator, 'report_concern', report);
    expect(one.ask(someone, 'record_investigation', { finding: 'partly' })).toMatchObject({
      code: 'not_permitted',
    });
  });

  it('X19 goes to an office that somebody holds who has no part in it, and names those offices else', () => {
    const nobody = clockOn('2025-04-01');
    nobody.seen.push(concerns);
    const no = { refused: true, rule: 'X19' };
    const held = ['accommodation_officer', 'leave_officer'].map((about) => ({ code: 'office_held', about }));
    const lacking = { code: 'office_not_held', about: 'investigating_officer' };
    expect(nobody.ask(someone, 'report_concern', report)).toMatchObject({
      ...no,
      missing: [lacking, ...held],
    });
    expect(nobody.rows).toEqual([]);
    const about = desk();
    expect(about.ask(someone, 'report_concern', { ...report, against: investigator })).toMatchObject({
      ...no,
      missing: [lacking, ...held],
    });
    about.must(someone, 'report_concern', { ...report, against: investigator, to: 'leave_officer' });
  });

  it('X19 is looked into by nobody who has a part in it: another office is the reporter’s to choose', () => {
    const one = desk();
    one.assign(other, 'investigating_officer');
    one.must(someone, 'report_concern', { ...report, against: investigator });
    expect(one.ask(investigator, 'acknowledge_report')).toMatchObject(missing('officer_apart'));
    const apart = opened({ against: investigator, to: 'leave_officer' });
    expect(owed(apart).map(([, owner]) => owner)).toEqual(
      Array.from({ length: 2 }, () => `leave_officer@${site}`),
    );
    expect(apart.ask(investigator, 'acknowledge_report')).toMatchObject({ code: 'not_permitted' });
    expect(apart.ask(arrangements, 'acknowledge_report')).toMatchObject({ code: 'not_permitted' });
    apart.must(leaveOfficer, 'acknowledge_report');
  });

  it('X19 goes from opened to investigated to closed, and no step is left out', () => {
    const one = opened();
    const finding = { finding: 'not_substantiated' };
    expect(one.ask(investigator, 'record_investigation', finding)).toMatchObject(
      missing('acknowledged_first'),
    );
    one.must(investigator, 'acknowledge_report');
    expect(one.ask(investigator, 'close_report', { measures: ['none'] })).toMatchObject(
      missing('not_investigated'),
    );
    one.must(investigator, 'record_investigation', finding);
    expect(owed(one)).toEqual([['X19', officer, 'C3', '2025-04-08']]);
    one.must(investigator, 'close_report', { measures: ['none'] });
    expect(one.standing?.status).toBe('open');
  });

  it('X19 late is late: it climbs to HR as an item, and no finding is made of silence', () => {
    const one = opened();
    one.moveTo('2025-05-30');
    expect(dates(one.sentTo(`hr@${site}`)).length).toBeGreaterThan(0);
    expect(one.sentTo(someone)).toEqual([]);
    expect(one.kinds().filter((kind) => kind.startsWith('report_'))).toEqual(['report_opened']);
  });
});

describe('the guard against retaliation', () => {
  it('X19 lasts 180 days from the report, and ends by a look of the officer', () => {
    const one = closed();
    expect(owed(one)).toEqual([['X19', officer, 'C3', '2025-09-26']]);
    one.moveTo('2025-09-26', '12:00');
    expect(one.ask(investigator, 'record_look', { outcome: 'nothing_seen' })).toMatchObject(
      missing('guard_until'),
    );
    one.moveTo('2025-09-29', '12:00');
    one.must(investigator, 'record_look', { outcome: 'nothing_seen' });
    expect(one.standing?.status).toBe('final');
  });

  it('X19 what is seen meanwhile opens the matter again, and the guard lasts anew', () => {
    const one = closed();
    one.moveTo('2025-06-02', '12:00');
    one.must(investigator, 'record_look', { outcome: 'seen' });
    expect(owed(one).map(([, , , due]) => due)).toEqual(['2025-07-01']);
    one.must(investigator, 'record_investigation', { finding: 'partly' });
    one.must(investigator, 'close_report', { measures: ['referred_on'] });
    expect(owed(one).map(([, , , due]) => due)).toEqual(['2025-11-28']);
  });

  it('X19 is refused under a policy that does not say how long it lasts', () => {
    const terms = termsForTests();
    const { X19: _guard, ...values } = terms.policy.values;
    const one = desk('2025-04-01', { ...terms, policy: { ...terms.policy, values } });
    expect(one.ask(someone, 'report_concern', report)).toMatchObject({
      ...{
        rule: 'X19',
        missing: expect.arrayContaining([expect.objectContaining({ code: 'policy_lacks' })]),
      },
    });
  });
});

describe('who reads a report', () => {
  const as = (capacity: Capacity): Reader => ({
    ...{ as: other, now: 1, delegations: [] },
    assignments: [{ person: other, capacity, scope: site, from: 0, to: null }],
  });
  const sees = (one: SingleCase, reader: Reader): boolean => {
    const place = { kind: 'clock', id: clockId, site, org: 'org' } as const;
    return canRead(sightOf(reader, place, one.holds).capacities, 'C3');
  };

  it('X19 is its office alone, and the person: no other officer, not HR, not whoever runs the machine', () => {
    const one = opened();
    expect(sees(one, as('investigating_officer'))).toBe(true);
    expect(sees(one, { ...as('employee'), as: someone, assignments: [] })).toBe(true);
    const others = ['hr', 'hr_director', 'leave_officer', 'accommodation_officer', 'compliance'] as const;
    for (const capacity of [...others, 'administrator', 'auditor', 'director'] as const)
      expect([capacity, sees(one, as(capacity))]).toEqual([capacity, false]);
  });

  it('X19 follows the office the person chose, whoever was reported', () => {
    const one = opened({ against: other, to: 'accommodation_officer' });
    expect(sees(one, as('accommodation_officer'))).toBe(true);
    expect(sees(one, as('investigating_officer'))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { addMonths, dateOf } from '../../src/domain/kernel/calendar.ts';
import { clockOn, credentials, dates, employment, hr, someone, started, supervisor } from './clock-house.ts';
import { longTerms } from './employment-years.ts';
import { site, termsForTests } from './house.ts';
import type { SingleCase } from './single-case.ts';

/** X9 and X10 in the clock of a credential: what rests and comes back, and a certificate that is still awaited. */

const terms = termsForTests();
const lapsed = (policy = terms.policy): SingleCase => {
  const one = started('2025-05-12', 'credential', employment, '2025-11-30', { ...terms, policy });
  one.moveTo('2025-12-01', '10:00');
  return one;
};
const owes = (one: SingleCase, code = 'X9') =>
  one.obligations
    .filter((owed) => owed.code === code)
    .map(({ id, owner, due }) => [
      id.split(':').slice(0, 2).join(':'),
      owner,
      dateOf(one.terms.calendar, due),
    ]);
const teams = (one: SingleCase) => owes(one).filter(([name]) => name === 'X9:team');
const rest = { duties: ['billed_contacts', 'billed_notes'] };

describe('duties while a certificate has lapsed (X9)', () => {
  it('X9 opens a task for who supervises, which is done once duties are limited; the way back goes on', () => {
    const one = lapsed();
    expect(teams(one)).toEqual([['X9:team', supervisor, '2025-12-30']]);
    one.must(supervisor, 'limit_duties', rest);
    expect(teams(one)).toEqual([]);
    expect(owes(one).map(([name]) => name)).toEqual(['X9:own', 'X9:watch']);
    // The next step asks the team for nothing it has done already.
    one.moveTo('2026-01-05');
    expect(teams(one)).toEqual([]);
    expect(one.standing).toEqual({ stage: 'open', status: 'open' });
  });

  it('X9 gives the duties back after the renewal, and asks for it', () => {
    const one = lapsed();
    one.must(supervisor, 'limit_duties', rest);
    expect(one.ask(supervisor, 'restore_duties')).toMatchObject({
      missing: [{ code: 'certificate_renewed' }],
    });
    one.moveTo('2025-12-10');
    one.must(credentials, 'renew', { validTo: '2027-11-30' });
    expect(owes(one)).toEqual([['X9:restore', supervisor, '2025-12-11']]);
    one.must(supervisor, 'restore_duties');
    expect(owes(one)).toEqual([]);
    expect(one.ask(supervisor, 'restore_duties')).toMatchObject({ missing: [{ code: 'no_duty_rests' }] });
  });

  it('X9 asks for nothing back where nothing was billed, and under a policy from before it', () => {
    const one = lapsed();
    one.must(supervisor, 'limit_duties', { duties: ['nothing_billed'] });
    expect(teams(one)).toEqual([]);
    one.must(credentials, 'renew', { validTo: '2027-11-30' });
    expect(owes(one)).toEqual([]);
    const { restore_bd: _restore, ...before } = terms.policy.values['X9'] ?? { source: 'O' };
    const old = lapsed({ ...terms.policy, values: { ...terms.policy.values, X9: before } });
    old.must(supervisor, 'limit_duties', rest);
    old.must(credentials, 'renew', { validTo: '2027-11-30' });
    expect(owes(old)).toEqual([]);
  });

  it('X9 limits nothing while the certificate holds, nothing and something at once, and not by anybody', () => {
    const one = started('2025-05-12', 'credential', employment, '2025-11-30');
    expect(one.ask(supervisor, 'limit_duties', rest)).toMatchObject({
      missing: [{ code: 'certificate_holds' }],
    });
    const late = lapsed();
    const both = { duties: ['nothing_billed', 'billed_notes'] };
    expect(late.ask(supervisor, 'limit_duties', both)).toMatchObject({
      missing: [{ code: 'nothing_or_something' }],
    });
    expect(late.ask(someone, 'limit_duties', rest)).toMatchObject({ code: 'not_permitted' });
    expect(late.ask(hr, 'limit_duties', rest)).toMatchObject({ code: 'not_permitted' });
    expect(late.ask(supervisor, 'limit_duties', { duties: ['the_job'] })).toMatchObject({
      code: 'malformed',
    });
  });

  it('X9 begins anew with a later lapse', () => {
    const one = lapsed();
    one.must(supervisor, 'limit_duties', { duties: ['nothing_billed'] });
    one.must(credentials, 'renew', { validTo: '2026-11-30' });
    one.moveTo('2026-12-01', '10:00');
    expect(teams(one)).toEqual([['X9:team', supervisor, '2026-12-30']]);
  });
});

describe('a certificate that is awaited (X10)', () => {
  function awaited(): SingleCase {
    const one = clockOn('2025-05-12');
    const body = { site, about: 'credential', parent: employment, person: someone, supervisor };
    one.tell(employment, {
      kind: 'start_clock',
      body: { ...body, validTo: '2025-11-12', route: 'apprentice' },
    });
    return one;
  }

  it('X10 stands in the officer’s list with its day; it sends nothing and does not lapse', () => {
    const one = awaited();
    expect(owes(one, 'X10')).toEqual([['X10:awaited', `credential_officer@${site}`, '2025-11-12']]);
    one.moveTo('2026-03-02');
    expect(one.prompts).toEqual([]);
    expect(one.kinds()).not.toContain('credential_expired');
  });

  it('X10 moves with the route, and is an ordinary certificate once it is there, whatever its last day', () => {
    const one = awaited();
    one.tell(employment, { kind: 'deadline_moved', body: { validTo: '2026-05-12' } });
    expect(owes(one, 'X10')).toEqual([['X10:awaited', `credential_officer@${site}`, '2026-05-12']]);
    one.moveTo('2025-10-01');
    one.must(credentials, 'renew', { validTo: '2026-04-30' });
    expect(owes(one, 'X10')).toEqual([]);
    expect(one.notices.at(-1)).toMatchObject({
      kind: 'credential_changed',
      body: { status: 'verified', validTo: '2026-04-30' },
    });
    one.moveTo('2026-03-02');
    expect(dates(one.sentTo(someone))).toEqual(['2026-01-30', '2026-02-27']);
    one.tell(employment, { kind: 'deadline_moved', body: { validTo: '2027-05-12' } });
    expect(one.kinds().at(-1)).toBe('notice_declined');
  });

  it('X10 without the word of a route a deadline is watched as it was', () => {
    const one = started('2025-05-12', 'credential', employment, '2025-11-12');
    one.moveTo('2025-11-13', '10:00');
    expect(one.kinds()).toContain('credential_expired');
  });
});

describe('ten years of renewals (P7.5)', () => {
  it('P7.5 asks on the four days before each of five ends, stops with each renewal, and the state stays small', () => {
    const one = clockOn('2025-05-12', longTerms());
    const body = { site, about: 'credential', parent: employment, person: someone, supervisor };
    one.tell(employment, { kind: 'start_clock', body: { ...body, validTo: '2025-11-30' } });
    let validTo = '2025-11-30';
    let asked = 0;
    for (let round = 0; round < 5; round += 1) {
      // Renewed between the third and the fourth of the days: the fourth is never sent.
      one.moveTo(`${validTo.slice(0, 8)}10`, '12:00');
      const mine = one.sentTo(someone).filter((line) => line.endsWith(' P7.5')).length;
      expect(mine - asked).toBe(3);
      asked = mine;
      validTo = addMonths(validTo, 24);
      one.must(credentials, 'renew', { validTo });
      expect(JSON.stringify(one.holds?.own).length).toBeLessThan(700);
      expect(one.obligations).toHaveLength(3);
    }
    expect(validTo).toBe('2035-11-30');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileSchema } from '../../src/contracts/policy.ts';
import { agenda } from '../../src/domain/employment/agenda.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import type { StartEmployment } from '../../src/domain/notices.ts';
import { Employed, leave, people, refusedBy } from './employment-house.ts';
import { caseOf, policyForTests, site, termsForTests } from './house.ts';

/** X10: the way to a first certificate, by jurisdiction. */

const { employee, supervisor, second, manager, hr, hrDirector, officer } = people;
const clock = caseOf('clock', 'credential');
const terms = termsForTests();

/** The terms of a jurisdiction that comes with the product. */
function placed(name: string): Terms {
  const text = readFileSync(new URL(`../../policies/profiles/${name}.json`, import.meta.url), 'utf8');
  const profile = profileSchema.parse(JSON.parse(text));
  return { ...terms, profile, policy: inJurisdiction(policyForTests(), profile) };
}

const fees = { element: 'E4', item: 'certification_fees', owner: 'hr', after: 90 } as const;
const place = { element: 'E11', item: 'place_in_meetings', owner: 'manager', after: 300 } as const;

function apprentice(
  by: Terms = terms,
  deadline = '2025-11-12',
  promises: StartEmployment['body']['promises'] = [],
): Employed {
  const credential = { status: 'in_progress_with_deadline', validTo: deadline } as const;
  return new Employed('2025-05-12', '2025-05-12', by, { credential, promises });
}
const ids = (one: Employed): readonly string[] =>
  one.obligations.filter(({ code }) => code === 'X10').map(({ id }) => id.replace(/prs_\w+|\d{13}/, '…'));
const days = (one: Employed, who: string): readonly string[] =>
  one
    .sentTo(who)
    .filter((line) => line.endsWith(' X10'))
    .map((line) => line.slice(0, 10));
const routeOf = (one: Employed) => (one.holds?.own as EmploymentState | undefined)?.field?.route;
const toClock = (one: Employed, kind: string) => one.notices.filter((notice) => notice.kind === kind);
const away = (one: Employed, from: string, to: string) =>
  one.tell(leave, { kind: 'leave_set', body: { clock: leave, from, to } });
const back = (one: Employed, returned: string) =>
  one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned } });
const certified = (one: Employed, validTo: string) =>
  one.tell(clock, { kind: 'credential_changed', body: { clock, status: 'verified', validTo } });

describe('the way to a first certificate', () => {
  it('X10 tells the person and who supervises 90, 60, 30 and 14 days ahead, and nobody else', () => {
    const one = apprentice();
    expect(ids(one)).toEqual(['X10:own:0', 'X10:team:0:…', 'X10:watch:0']);
    expect(toClock(one, 'start_clock')[0]?.body).toMatchObject({
      route: 'apprentice',
      validTo: '2025-11-12',
    });
    one.moveTo('2025-11-12', '12:00');
    const four = ['2025-08-14', '2025-09-12', '2025-10-10', '2025-10-29'];
    expect(days(one, employee)).toEqual(four);
    expect(days(one, supervisor)).toEqual(four);
    expect(days(one, manager)).toEqual([]);
    expect(days(one, `credential_officer@${site}`)).toEqual([]);
  });

  it('X10 nothing of it is owed by somebody certified, after the certificate, or under a policy from before', () => {
    expect(ids(new Employed())).toEqual([]);
    const one = apprentice();
    one.moveTo('2025-09-01');
    certified(one, '2027-09-01');
    expect(ids(one)).toEqual([]);
    expect(one.holds?.own).not.toHaveProperty('field');
    const { X10: _later, ...values } = terms.policy.values;
    const old = apprentice({ ...terms, policy: { ...terms.policy, values } });
    expect(ids(old)).toEqual([]);
    expect(toClock(old, 'start_clock')[0]?.body).not.toHaveProperty('route');
    // A look at today's case under those terms asks for nothing either.
    const asked = agenda(apprentice().holds?.own as EmploymentState, old.terms);
    expect(asked.filter(({ code }) => code === 'X10')).toEqual([]);
  });

  it('X10 a day that goes by is recorded as no more than that; the manager is asked what follows', () => {
    const one = apprentice();
    one.moveTo('2025-11-13', '10:00');
    expect(one.rows.at(-1)?.kind === 'prompted' || one.kinds().includes('certification_day_passed')).toBe(
      true,
    );
    expect(one.owes('X10')).toEqual([[manager, '2025-11-26']]);
    // The work goes on: sessions, pulse and pay of the person are as they were.
    expect(one.standing).toEqual({ stage: 'onboarding', status: 'open' });
    expect(one.owes('P7.1').length).toBeGreaterThan(0);
  });

  it('X10 D2.5 the first year of the VA is its deadline', () => {
    const one = apprentice(placed('va'), '2026-05-12');
    one.moveTo('2026-05-11');
    expect(days(one, employee)).toEqual(['2026-02-11', '2026-03-13', '2026-04-10', '2026-04-28']);
  });
});

describe('hours on the way', () => {
  const log = (on: string, hours: number) => ({ on, hours });

  it('X10 Texas asks for 250 hours of supervised work; they stand in the list until they are there', () => {
    const one = apprentice(placed('texas'));
    expect(ids(one)).toContain('X10:hours:0');
    one.moveTo('2025-08-01');
    one.must(supervisor, 'log_certification_hours', log('2025-08-01', 120));
    one.must(second, 'log_certification_hours', log('2025-08-01', 129));
    expect(ids(one)).toContain('X10:hours:0');
    one.must(supervisor, 'log_certification_hours', log('2025-08-01', 1));
    expect(ids(one)).not.toContain('X10:hours:0');
    expect(routeOf(one)?.hours).toBe(250);
    expect(one.obligations.find(({ id }) => id === 'X10:own:0')).toBeDefined();
  });

  it('X10 elsewhere no hours are asked for; a day to come, another person and a certified one are refused', () => {
    const one = apprentice();
    expect(ids(one)).not.toContain('X10:hours:0');
    const type = 'log_certification_hours';
    expect(one.ask(supervisor, type, log('2025-05-13', 5))).toMatchObject({
      missing: [{ code: 'day_worked' }],
    });
    expect(one.ask(employee, type, log('2025-05-12', 5))).toMatchObject({ code: 'not_permitted' });
    expect(one.ask(supervisor, type, log('2025-05-12', 0))).toMatchObject({ code: 'malformed' });
    expect(new Employed().ask(supervisor, type, log('2025-05-09', 5))).toMatchObject({
      missing: [{ code: 'no_certificate_awaited' }],
    });
  });

  it('X10 R7.1 hours under somebody who is not qualified do not count', () => {
    const one = apprentice(placed('texas'));
    one.moveTo('2025-06-02');
    one.must(hr, 'end_supervisor_qualification', { supervisor, on: '2025-05-30' });
    one.seen.splice(0, one.seen.length);
    expect(one.ask(supervisor, 'log_certification_hours', log('2025-06-02', 8))).toMatchObject(
      refusedBy('R7.1'),
    );
  });
});

describe('what follows a missed day', () => {
  const propose = 'propose_certification';
  const extended = { outcome: 'extended', until: '2026-05-12' };

  it('X10 gives more time once, by two people, not longer than the jurisdiction says; the clock hears of it', () => {
    const one = apprentice(placed('texas'));
    one.moveTo('2025-11-03');
    expect(one.ask(manager, propose, { outcome: 'extended', until: '2026-05-13' })).toMatchObject({
      missing: [{ code: 'day_not_after', about: '2026-05-12' }],
    });
    expect(one.ask(manager, propose, { outcome: 'extended' })).toMatchObject({
      missing: [{ code: 'later_date_needed' }],
    });
    one.must(manager, propose, extended);
    one.assign(manager, 'hr');
    expect(one.ask(manager, 'confirm_certification')).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
    one.must(hr, 'confirm_certification');
    expect(toClock(one, 'deadline_moved').at(-1)?.body).toEqual({ validTo: '2026-05-12' });
    expect(ids(one)).toContain('X10:own:1');
    one.moveTo('2026-05-13', '10:00');
    expect(one.owes('X10')).toEqual([[manager, '2026-05-27']]);
    expect(one.ask(manager, propose, { outcome: 'extended', until: '2026-08-12' })).toMatchObject({
      missing: [{ code: 'certification_extended_before', about: '1' }],
    });
  });

  it('X10 decides nothing else before the day has gone by', () => {
    const one = apprentice();
    one.moveTo('2025-11-03');
    for (const outcome of ['ended', 'moved_to_other_role'])
      expect(one.ask(manager, propose, { outcome })).toMatchObject({
        missing: [{ code: 'day_not_reached', about: '2025-11-12' }],
      });
    expect(one.ask(hr, 'confirm_certification')).toMatchObject({ missing: [{ code: 'nothing_proposed' }] });
  });

  it('X10 refuses to end it while what E4 promised is open, and names it', () => {
    const one = apprentice(terms, '2025-11-12', [fees, place]);
    one.moveTo('2025-11-13');
    one.must(manager, propose, { outcome: 'ended' });
    expect(one.ask(hr, 'confirm_certification')).toMatchObject({
      code: 'gate_not_passed',
      missing: [{ code: 'R6.5', about: 'certification_fees' }],
    });
    one.must(hr, 'settle_item', { item: 'certification_fees', outcome: 'done' });
    one.must(hr, 'confirm_certification');
    expect(one.owes('X10').map(([owner]) => owner)).toEqual([`hr@${site}`]);
    expect(one.obligations.find(({ code }) => code === 'X10')?.visibility).toBe('C2');
    // Nobody has left by it: two people still have to say so (D9.5).
    expect(one.standing?.status).toBe('open');
  });

  const apart = (how: string) => ({
    ...{ how, lastDay: '2025-12-31', reasons: ['certification_deadline'] },
    comparator: 'same_as_comparator',
  });

  it('X10 a separation for it needs the route closed by two people first, and then goes the way of D9.5', () => {
    const one = apprentice();
    one.assign(officer, 'accommodation_officer');
    one.moveTo('2025-11-13');
    one.must(hr, 'propose_separation', apart('ended_fixed_term'));
    expect(one.ask(hrDirector, 'confirm_separation')).toMatchObject({
      code: 'gate_not_passed',
      missing: [{ code: 'certification_closed' }],
    });
    one.must(hr, 'withdraw_separation');
    one.must(manager, propose, { outcome: 'ended' });
    one.must(hr, 'confirm_certification');
    one.must(hr, 'propose_separation', apart('ended_fixed_term'));
    one.must(hrDirector, 'confirm_separation');
    expect(one.standing?.stage).toBe('leaving');
    expect(one.owes('X10')).toEqual([]);
  });

  it('X10 another role is a transfer, and no other separation rests on it; other reasons are not asked', () => {
    const one = apprentice();
    one.moveTo('2025-11-13');
    one.must(manager, propose, { outcome: 'moved_to_other_role' });
    one.must(hr, 'confirm_certification');
    one.must(hr, 'propose_separation', apart('laid_off'));
    expect(one.ask(hrDirector, 'confirm_separation')).toMatchObject({
      missing: [{ code: 'moved_as_decided' }],
    });
    one.must(hr, 'withdraw_separation');
    one.must(hr, 'propose_separation', apart('transferred'));
    one.must(hrDirector, 'confirm_separation');
    const other = apprentice(terms, '2025-11-12', [fees]);
    other.must(hr, 'propose_separation', { ...apart('laid_off'), reasons: ['funding_ended'] });
    other.must(hrDirector, 'confirm_separation');
    expect(other.standing?.stage).toBe('leaving');
  });
});

describe('leave on the way', () => {
  it('X10 X13 days of leave are added where time may rest, as planned and then as they were', () => {
    const one = apprentice();
    one.moveTo('2025-09-01');
    away(one, '2025-10-06', '2025-11-03');
    one.moveTo('2025-10-20');
    // The first notice was out before the leave was known; the second waits for the return.
    expect(days(one, employee)).toEqual(['2025-08-14']);
    one.moveTo('2025-10-27');
    back(one, '2025-10-27');
    // 21 days away: 12 November becomes 3 December, and the clock hears of it.
    expect(toClock(one, 'deadline_moved').at(-1)?.body).toEqual({ validTo: '2025-12-03' });
    one.moveTo('2025-11-14');
    expect(one.kinds()).not.toContain('certification_day_passed');
    one.moveTo('2025-12-04', '10:00');
    expect(one.kinds()).toContain('certification_day_passed');
    expect(JSON.stringify(routeOf(one))).not.toMatch(/kind|reason/);
  });

  it('X10 X13 more time holds to the day it was said: a leave before it adds nothing again', () => {
    const one = apprentice();
    one.moveTo('2025-09-01');
    away(one, '2025-09-08', '2025-09-22');
    one.moveTo('2025-09-22');
    back(one, '2025-09-22');
    expect(toClock(one, 'deadline_moved').at(-1)?.body).toEqual({ validTo: '2025-11-26' });
    one.must(manager, 'propose_certification', { outcome: 'extended', until: '2026-02-27' });
    one.must(hr, 'confirm_certification');
    expect(toClock(one, 'deadline_moved').at(-1)?.body).toEqual({ validTo: '2026-02-27' });
  });

  it('X10 X13 in Texas the day stays; nothing is asked of the person, and nothing decided, before they are back', () => {
    const one = apprentice(placed('texas'));
    one.moveTo('2025-10-01');
    away(one, '2025-10-06', '2025-12-01');
    one.moveTo('2025-11-20');
    expect(one.kinds()).toContain('certification_day_passed');
    expect(days(one, employee).filter((day) => day >= '2025-10-06')).toEqual([]);
    expect(one.owes('X10')).toEqual([[manager, '2025-12-15']]);
    expect(one.ask(manager, 'propose_certification', { outcome: 'ended' })).toMatchObject({
      missing: [{ code: 'after_the_return' }],
    });
    back(one, '2025-12-01');
    one.moveTo('2025-12-01', '12:00');
    one.must(manager, 'propose_certification', { outcome: 'ended' });
  });
});

import { describe, expect, it } from 'vitest';
import { agenda } from '../../src/domain/readiness/agenda.ts';
import { planTimeline, timelineWarned } from '../../src/domain/readiness/timeline.ts';
import { moveTo, site, termsForTests } from './house.ts';
import {
  ask,
  begun,
  compliance,
  dayOne,
  director,
  hr,
  id,
  luis,
  must,
  owes,
  ready,
  stateOf,
} from './readiness-house.ts';

const terms = termsForTests();
const change = (policy: string, due: string) => ({
  policy,
  verdict: 'change_within_90d',
  scope: 'all_staff',
  owner: luis,
  due,
});

describe('policies', () => {
  it('D0.5 refuses a change within 90 days that is due after them', () => {
    const verdicts = [change('leave', '2025-04-07')];
    expect(ask(begun(), hr, 'propose_verdicts', { verdicts })).toMatchObject({
      rule: 'D0.5',
      missing: [{ code: 'due_too_late', about: 'leave' }],
    });
  });

  it('D0.5 takes a change due on the ninetieth day, and it shuts no gate (R0.1)', () => {
    const world = begun();
    must(world, hr, 'propose_verdicts', { verdicts: [change('leave', '2025-04-06')] });
    must(world, compliance, 'confirm_verdicts', { policies: ['leave'] });
    const refused = ask(world, director, 'accept_readiness', {});
    expect(refused).toHaveProperty('missing', expect.arrayContaining([{ code: 'D0.2' }]));
    expect(refused).not.toHaveProperty('missing', expect.arrayContaining([{ code: 'R0.1', about: 'leave' }]));
  });

  it('P0.2 asks the owner at T-14, T-7 and T-1, and goes on under the same name when others are judged later', () => {
    const world = begun();
    must(world, hr, 'propose_verdicts', { verdicts: [change('leave', '2025-02-28')] });
    must(world, compliance, 'confirm_verdicts', { policies: ['leave'] });
    const name = () => world.obligations(id).find((one) => one.code === 'P0.2')?.id;
    const first = name();
    moveTo(world, '2025-01-20');
    const verdicts = [{ policy: 'transport', verdict: 'fits', scope: 'all_staff' }];
    must(world, hr, 'propose_verdicts', { verdicts });
    must(world, compliance, 'confirm_verdicts', { policies: ['transport'] });
    expect(name()).toBe(first);
    moveTo(world, '2025-02-27', '12:00');
    const sent = world.prompts.filter((one) => one.code === 'P0.2' && one.to === luis);
    expect(sent.map((one) => new Date(one.sendAfter).toISOString().slice(0, 10))).toEqual([
      '2025-02-14',
      '2025-02-21',
      '2025-02-27',
    ]);
  });
});

describe('the timeline', () => {
  const weeks = { foundation: 3, role: 2, description: 1, recruitment: 2, interview: 1, offer: 2 };

  it('D0.7 warns of a timeline under twelve weeks, and of a contract that drives it', () => {
    expect(ask(begun(), director, 'propose_timeline', { weeks })).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'D0.7', about: 'under_minimum_weeks' }],
    });
    const driven = begun(['contract']);
    expect(ask(driven, director, 'propose_timeline', { weeks: {} })).toMatchObject({
      missing: [{ code: 'D0.7', about: 'driver_contract' }],
    });
    must(driven, director, 'propose_timeline', { weeks: {} }, ['D0.7']);
    expect(stateOf(driven).timeline?.weeks).toEqual({});
  });

  it('D0.7 has nothing to say of twelve weeks for a reason of one’s own', () => {
    expect(ask(begun(), director, 'propose_timeline', { weeks: { ...weeks, offer: 3 } })).toHaveProperty(
      'kinds',
      ['timeline_proposed'],
    );
    expect(timelineWarned({}, ['mission', 'directive'], terms.policy)).toEqual([]);
  });

  it('D0.7 plans each part as dates, the usual weeks where none are named, closed days moved on', () => {
    const planned = planTimeline('2025-01-06', { role: 5 }, ['mission'], terms);
    expect(planned.parts.map(({ part, from, until }) => [part, from, until])).toEqual([
      ['foundation', '2025-01-06', '2025-01-27'],
      ['role', '2025-01-27', '2025-03-03'],
      ['description', '2025-03-03', '2025-03-17'],
      ['recruitment', '2025-03-17', '2025-04-07'],
      ['interview', '2025-04-07', '2025-04-21'],
      ['offer', '2025-04-21', '2025-05-19'],
    ]);
    expect(planned).toMatchObject({ weeks: 19, until: '2025-05-19', warnings: [] });
    // Two weeks on is Martin Luther King Day.
    const closed = planTimeline('2025-01-06', { foundation: 2 }, ['mission'], terms);
    expect(closed.parts[0]?.until).toBe('2025-01-21');
  });
});

describe('the orientation before a first day', () => {
  it('P0.3 is due at D-7 when the last one will be older than twelve months on that day', () => {
    const world = ready();
    moveTo(world, '2026-01-05');
    dayOne(world, '2026-02-09');
    expect(owes(world, 'P0.3')).toEqual([[`hr@${site}`, '2026-02-02']]);
    must(world, hr, 'record_orientation', { held: '2026-01-05', attended: [hr, luis] });
    expect(owes(world, 'P0.3')).toEqual([]);
  });

  it('P0.3 is not owed again for a first day on which the last one is still fresh', () => {
    const world = ready();
    dayOne(world, '2026-01-30');
    expect(owes(world, 'P0.3')).toEqual([]);
  });

  it('P0.3 comes at D-7 when the team changed and that is earlier, and goes back when the day is off', () => {
    const world = ready();
    moveTo(world, '2025-04-28');
    must(world, hr, 'change_team', { join: [], leave: [luis] });
    expect(owes(world, 'P0.3')).toEqual([[`hr@${site}`, '2025-05-27']]);
    dayOne(world, '2025-05-12');
    expect(owes(world, 'P0.3')).toEqual([[`hr@${site}`, '2025-05-05']]);
    dayOne(world, null);
    expect(owes(world, 'P0.3')).toEqual([[`hr@${site}`, '2025-05-27']]);
  });
});

describe('the next calendar', () => {
  it('is owed by HR eighteen months before the one in force ends', () => {
    const world = ready();
    expect(terms.calendar.last).toBe('2028-12-31');
    const owing = world.obligations(id).find((one) => one.code === 'CALENDAR');
    expect(owing).toMatchObject({ owner: `hr@${site}`, id: 'CALENDAR:2028-12-31' });
    expect(new Date(owing!.since).toISOString().slice(0, 10)).toBe('2027-06-30');
  });

  it('is not spoken of under a policy that does not name it', () => {
    const { CALENDAR: _calendar, ...values } = terms.policy.values;
    const older = { ...terms, policy: { ...terms.policy, values } };
    const codes = (now: typeof terms) => agenda(stateOf(ready()), now).map((one) => one.code);
    expect(codes(terms)).toContain('CALENDAR');
    expect(codes(older)).not.toContain('CALENDAR');
  });
});

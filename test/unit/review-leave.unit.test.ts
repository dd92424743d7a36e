import { describe, expect, it } from 'vitest';
import type { SingleCase } from './single-case.ts';
import { draft, employee, employment, hr, manager, opened } from './review-house.ts';
import { probation, sources, supervisor, withComparator } from './review-house.ts';

/** R8.6: an approved absence does not lower a rating; X14, X16: the period judged leaves it out. */

const absent = [{ from: '2025-07-21', to: '2025-08-04' }];
const start = { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-10' };
const wasAway = (more: Parameters<typeof withComparator>[0] = {}) =>
  opened('2025-08-05', { ...start, leave: absent }, withComparator(more));

const low = (cite: string) => draft({ ratings: { growth: 2 }, cites: { growth: cite } });
const proposal = (outcome: string, reason: string) => ({
  outcome,
  reasons: [reason],
  ...(outcome === 'extended' ? { until: '2025-09-09' } : {}),
});

describe('a rating', () => {
  it('R8.6 does not rest on a session that fell into the absence', () => {
    const one = wasAway();
    expect(one.ask(supervisor, 'submit_draft', low('session:2025-07-22'))).toMatchObject({
      rule: 'R8.6',
      missing: [{ code: 'day_of_an_absence', about: 'growth' }],
    });
    expect(one.ask(supervisor, 'submit_draft', low('session:2025-07-21'))).toMatchObject({ rule: 'R8.6' });
  });

  it('R8.6 may rest on a session before it, and on that of the day of return', () => {
    wasAway().must(supervisor, 'submit_draft', low('session:2025-07-15'));
    wasAway().must(supervisor, 'submit_draft', low('session:2025-08-04'));
    wasAway().must(supervisor, 'submit_draft', draft({ cites: { growth: 'session:2025-07-22' } }));
  });

  it('R8.6 counts an absence the review heard of itself, while it lasts and after it', () => {
    const one = probation();
    one.moveTo('2025-07-21');
    one.tell(employment, { kind: 'person_away', body: { from: '2025-07-21', to: '2025-08-18' } });
    one.moveTo('2025-07-28');
    expect(one.ask(supervisor, 'submit_draft', low('session:2025-07-22'))).toMatchObject({ rule: 'R8.6' });
    one.tell(employment, { kind: 'person_back', body: { on: '2025-07-28' } });
    expect(one.ask(supervisor, 'submit_draft', low('session:2025-07-22'))).toMatchObject({ rule: 'R8.6' });
    one.moveTo('2025-07-30');
    one.must(supervisor, 'submit_draft', low('session:2025-07-29'));
  });

  it('R8.3 does not rest on a session that is still to come', () => {
    const one = probation();
    expect(one.ask(supervisor, 'submit_draft', low('session:2025-07-29'))).toMatchObject({
      rule: 'R8.3',
      missing: [{ code: 'cited_day_to_come', about: 'growth' }],
    });
    one.must(supervisor, 'submit_draft', low('session:2025-07-11'));
  });
});

describe('a talk', () => {
  it('P8.4 waits for the return with whoever owes it: nobody is asked for it while the person is away, and anew after', () => {
    const one = probation();
    one.moveTo('2025-07-21');
    one.tell(employment, { kind: 'person_away', body: { from: '2025-07-21', to: '2025-09-01' } });
    const talks = () => one.obligations.filter(({ code, owner }) => code === 'P8.4' && owner === supervisor);
    expect(talks()).toMatchObject([{ atSilence: 'waits_for_return' }]);
    const asked = () =>
      [...one.sentTo(supervisor), ...one.sentTo(manager)].filter((line) => line.endsWith(' P8.4'));
    const before = asked().length;
    one.moveTo('2025-08-29');
    expect(asked()).toHaveLength(before);
    one.moveTo('2025-09-01');
    one.tell(employment, { kind: 'person_back', body: { on: '2025-09-01' } });
    expect(talks()).toHaveLength(1);
    one.moveTo('2025-09-12');
    expect(asked().length).toBeGreaterThan(before);
    const present = probation();
    present.moveTo('2025-08-29');
    expect(present.sentTo(manager).some((line) => line.endsWith(' P8.4'))).toBe(true);
  });

  it('P8.4 is asked for as ever before an absence that is still to come', () => {
    const one = probation();
    one.tell(employment, { kind: 'person_away', body: { from: '2025-12-01', to: '2025-12-08' } });
    one.moveTo('2025-08-29');
    expect(one.sentTo(manager).some((line) => line.endsWith(' P8.4'))).toBe(true);
  });
});

describe('the end of a probation', () => {
  it('R8.6 nobody fails because too little was seen of them in an absence', () => {
    const one = wasAway();
    expect(
      one.ask(manager, 'propose_probation', proposal('not_passed', 'too_little_observed')),
    ).toMatchObject({ rule: 'R8.6', missing: [{ code: 'absence_is_no_ground' }] });
    const present = probation();
    present.must(manager, 'propose_probation', proposal('not_passed', 'too_little_observed'));
  });

  it('R8.6 X16 is put off for an absence only where that holds for all staff', () => {
    const extended = proposal('extended', 'too_little_observed');
    expect(wasAway().ask(manager, 'propose_probation', extended)).toMatchObject({
      rule: 'R8.6',
      missing: [{ code: 'comparator_lacks', about: 'leave_extends_probation' }],
    });
    wasAway({ leave_extends_probation: true }).must(manager, 'propose_probation', extended);
    wasAway().must(manager, 'propose_probation', proposal('extended', 'training_open'));
    probation().must(manager, 'propose_probation', extended);
  });

  it('R8.6 whoever names attendance acknowledges that the absence was left out of it', () => {
    const one = wasAway();
    const late = proposal('extended', 'attendance_rule');
    expect(one.ask(manager, 'propose_probation', late)).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'R8.6', about: 'attendance_rule' }],
    });
    one.must(manager, 'propose_probation', late, { acknowledge: ['R8.6'] });
    expect(one.kinds()).toContain('warning_acknowledged');
    probation().must(manager, 'propose_probation', late);
  });

  it('R8.6 an absence that is only to come counts for nothing yet', () => {
    const one = probation();
    one.tell(employment, { kind: 'person_away', body: { from: '2025-08-01', to: '2025-08-18' } });
    one.must(manager, 'propose_probation', proposal('extended', 'attendance_rule'));
  });

  it('X16 is put off with goals for the time it gives, and never without', () => {
    const extend = (changes: object): SingleCase => {
      const one = probation();
      sources(one);
      one.moveTo('2025-08-04');
      one.must(supervisor, 'submit_draft', draft(changes));
      one.must(hr, 'check_standard', { result: 'same_as_comparator' });
      one.must(employee, 'hold_talk', { held: '2025-08-04' });
      one.must(manager, 'propose_probation', proposal('extended', 'training_open'));
      return one;
    };
    expect(extend({}).ask(hr, 'confirm_probation')).toMatchObject({
      rule: 'X16',
      missing: [{ code: 'goals_needed' }],
    });
    const one = extend({ followUps: ['goal'], goals: ['txt_goal'] });
    one.must(hr, 'confirm_probation');
    expect(one.facts).toEqual([{ kind: 'probation', subject: employment, value: 'extended' }]);
    one.must(employee, 'respond', { response: 'signed' });
    expect(one.notices.at(-1)).toMatchObject({
      kind: 'review_closed',
      body: { outcome: 'extended', owes: 'goals' },
    });
  });
});

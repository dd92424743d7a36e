import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import {
  clockId,
  clockOn,
  concerns,
  director,
  employment,
  leaveOfficer,
  someone,
  supervised,
  supervisor,
} from './clock-house.ts';
import { leave, onTheJob, people } from './employment-house.ts';
import { caseOf, person, site } from './house.ts';
import { employee, employment as reviewed, hrHere, opened } from './review-house.ts';
import { SingleCase } from './single-case.ts';

/** D9.4, X11, X13: dates that change, leaves that come to nothing, and supervisors who are out. */

const days = { from: '2026-01-12', to: '2026-01-26' };
const form = { site, person: someone, employment, supervisor, ...days };
const ahead = { begun: 'leave_has_begun', later: 'later_date_needed' };

function agreed(): SingleCase {
  const one = clockOn('2026-01-07');
  one.must(leaveOfficer, 'open_leave', form);
  one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
  return one;
}

const told = (one: SingleCase) => one.notices.map(({ kind, body }) => [kind, body]).slice(2);

describe('a leave', () => {
  it('D9.4 belongs to the employment of the person it is for', () => {
    const refused = { refused: true, missing: [{ code: 'running_case_of_the_person' }] };
    const one = clockOn('2026-01-07');
    const another = { ...form, person: director };
    expect(one.ask(leaveOfficer, 'open_leave', another)).toMatchObject(refused);
    one.seen.push(concerns(caseOf('candidacy', 'c-102')));
    const candidacy = { employment: caseOf('candidacy', 'c-102') };
    expect(one.ask(leaveOfficer, 'open_leave', { ...form, ...candidacy })).toMatchObject({ refused: true });
    one.must(leaveOfficer, 'open_leave', form);
  });

  it('D9.4 X22 is opened of work that runs: not of an employment nobody knows, that is over, or after a death', () => {
    const refused = { code: 'unknown_reference', missing: [{ code: 'running_case_of_the_person' }] };
    const alone = new SingleCase(clockId, '2026-01-07');
    alone.assign(leaveOfficer, 'leave_officer');
    expect(alone.ask(leaveOfficer, 'open_leave', form)).toMatchObject(refused);

    // What the case itself publishes at each point of its life.
    const open = (from: SingleCase, besides: readonly Capacity[] = []) => {
      const one = new SingleCase(clockId, '2025-09-01');
      for (const office of ['leave_officer' as const, ...besides]) one.assign(leaveOfficer, office);
      one.seen.push(...from.facts.map((fact) => ({ ...fact, case: from.id, sequence: 9 })));
      const { employee: who, supervisor: lead } = people;
      const ofWork = { site, person: who, employment: from.id, from: '2025-10-06', to: '2025-10-20' };
      return one.ask(leaveOfficer, 'open_leave', { ...ofWork, supervisor: lead });
    };
    const one = onTheJob();
    expect(open(one)).not.toHaveProperty('refused');
    one.must(people.hr, 'record_death', { owner: people.hrDirector });
    // X22: to its officer it is work that does not run, in the very words of one that is over; why is HR's to say.
    const afterDeath = open(one);
    expect(afterDeath).toStrictEqual({
      refused: true,
      code: 'unknown_reference',
      rule: 'D9.4',
      missing: [{ code: 'running_case_of_the_person', about: one.id, who: `hr@${site}` }],
    });
    // An officer who is HR as well may know of it, and is told.
    expect(open(one, ['hr'])).toMatchObject({ rule: 'X22', missing: [{ code: 'nothing_asked' }] });
    one.must(people.hr, 'withdraw_separation', {});
    expect(open(one)).not.toHaveProperty('refused');
    const ended = onTheJob();
    ended.must(people.employee, 'resign', { how: 'resigned', lastDay: '2025-06-20', reasons: [] });
    ended.moveTo('2025-06-23');
    expect(open(ended)).toStrictEqual(afterDeath);
  });

  it('X14 hears of another supervisor while it lasts: whoever leads them on the day is asked, and nobody besides', () => {
    const running = onTheJob();
    const clock = caseOf('clock', 'leave of now');
    running.tell(clock, { kind: 'leave_set', body: { clock, from: '2025-06-09', to: '2025-06-30' } });
    const heard = () =>
      running.notices.filter(({ to, kind }) => to === clock && kind === 'supervisor_changed');
    const next = { supervisor: people.second, second: people.supervisor };
    running.must(people.manager, 'change_supervisor', { how: 'reassigned', ...next });
    expect(heard()).toMatchObject([{ body: { supervisor: people.second } }]);
    // Once they are back there is nothing left to tell it.
    running.moveTo('2025-06-30');
    running.tell(clock, { kind: 'leave_ended', body: { clock, returned: '2025-06-30' } });
    const again = { supervisor: people.supervisor, second: people.second };
    running.must(people.manager, 'change_supervisor', { how: 'reassigned', ...again });
    expect(heard()).toHaveLength(1);

    const one = agreed();
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: director } });
    one.moveTo('2026-01-27');
    expect(one.sentTo(director)).toEqual(['2026-01-26 09:00 X14']);
    expect(one.sentTo(supervisor)).toEqual([]);

    // On the very morning, after the one who led them was asked: the other is asked as well.
    const late = agreed();
    late.moveTo('2026-01-26', '10:00');
    late.tell(employment, { kind: 'supervisor_changed', body: { supervisor: director } });
    late.moveTo('2026-01-27');
    expect(late.sentTo(supervisor)).toEqual(['2026-01-26 09:00 X14']);
    expect(late.sentTo(director)).toHaveLength(1);
  });

  it('D9.4 X14 who welcomes them back is the supervisor of the employment, whoever is typed in', () => {
    const one = clockOn('2026-01-07');
    expect(one.ask(leaveOfficer, 'open_leave', { ...form, supervisor: director })).toMatchObject({
      ...{ code: 'rule_blocks', rule: 'D9.4' },
      missing: [{ code: 'supervisor_of_the_employment', about: employment }],
    });
    const { supervisor: _typed, ...untyped } = form;
    one.must(leaveOfficer, 'open_leave', untyped);
    expect(one.rows[0]?.body).toEqual({ ...form, known: true });
    one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    one.moveTo('2026-01-26');
    expect(one.sentTo(supervisor)).toEqual(['2026-01-26 09:00 X14']);

    // After a change the employment names the new one.
    const changed = onTheJob();
    expect(changed.facts).toContainEqual({
      kind: 'supervised_by',
      subject: changed.id,
      value: people.supervisor,
    });
    const next = { supervisor: people.second, second: people.supervisor };
    changed.must(people.manager, 'change_supervisor', { how: 'reassigned', ...next });
    expect(changed.facts).toContainEqual({
      kind: 'supervised_by',
      subject: changed.id,
      value: people.second,
    });

    // An employment that has not said anything since it began to name them: nobody is typed in its place.
    const silent = clockOn('2026-01-07');
    silent.seen.splice(
      silent.seen.findIndex(({ kind }) => kind === supervised(employment).kind),
      1,
    );
    expect(silent.ask(leaveOfficer, 'open_leave', form)).toMatchObject({ rule: 'D9.4' });
    silent.must(leaveOfficer, 'open_leave', untyped);
    silent.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    silent.moveTo('2026-01-26');
    expect(silent.sentTo(`supervisor@${employment}`)).toHaveLength(1);
  });

  it('D9.4 is taken back before its first day, by the person or the officer; afterwards it ends with a return', () => {
    const one = agreed();
    one.must(someone, 'cancel_leave');
    expect(told(one)).toEqual([
      ['leave_ended', { clock: one.id, returned: '2026-01-12' }],
      ['matter_over', { clock: one.id }],
    ]);
    expect(one.standing?.status).toBe('final');

    const begun = agreed();
    begun.moveTo('2026-01-12');
    expect(begun.ask(leaveOfficer, 'cancel_leave')).toMatchObject({ missing: [{ code: ahead.begun }] });

    const asked = clockOn('2026-01-07');
    asked.must(leaveOfficer, 'open_leave', form);
    asked.must(leaveOfficer, 'cancel_leave');
    expect(asked.notices.map(({ kind }) => kind)).toEqual(['matter_opened', 'matter_over']);
  });

  it('D9.4 moves both ways while it lies ahead; once begun the return alone, and never into the past', () => {
    const one = agreed();
    one.must(leaveOfficer, 'move_leave', { from: '2026-01-19', to: '2026-01-30' });
    one.must(leaveOfficer, 'move_leave', { from: '2026-01-14', to: '2026-01-23' });
    expect(told(one)).toEqual([
      ['leave_set', { clock: one.id, from: '2026-01-19', to: '2026-01-30' }],
      ['leave_set', { clock: one.id, from: '2026-01-14', to: '2026-01-23' }],
    ]);
    const move = (from: string, to: string) => one.ask(leaveOfficer, 'move_leave', { from, to });
    expect(move('2026-01-07', '2026-01-23')).toMatchObject({ missing: [{ code: ahead.begun }] });
    expect(move('2026-01-14', '2026-01-14')).toMatchObject({ missing: [{ code: 'return_after_beginning' }] });
    one.moveTo('2026-01-15');
    expect(move('2026-01-16', '2026-01-23')).toMatchObject({ missing: [{ code: ahead.begun }] });
    expect(move('2026-01-14', '2026-01-15')).toMatchObject({ missing: [{ code: ahead.later }] });
    one.must(leaveOfficer, 'move_leave', { from: '2026-01-14', to: '2026-01-20' });
    expect(one.ask(someone, 'move_leave', { from: '2026-01-14', to: '2026-01-29' })).toMatchObject({
      code: 'not_permitted',
    });
  });

  it('X13 that was taken back leaves nothing behind: neither in the employment nor in a review', () => {
    const one = onTheJob();
    const plain = onTheJob();
    for (const each of [one, plain]) each.moveTo('2025-06-02');
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-06-16', to: '2025-07-21' } });
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-06-16' } });
    const own = (each: SingleCase) => each.holds?.own as EmploymentState;
    expect(own(one)).toEqual(own(plain));
    expect(one.obligations.map(({ id, due }) => [id, due])).toEqual(
      plain.obligations.map(({ id, due }) => [id, due]),
    );
    const back = one.notices.filter(({ kind }) => kind === 'person_back');
    expect(back.length).toBeGreaterThan(0);
    for (const { body } of back) expect(body).toEqual({ on: '2025-06-16', from: '2025-06-16' });

    const review = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    const before = review.obligations;
    review.tell(reviewed, { kind: 'person_away', body: { from: '2025-10-27', to: '2025-11-17' } });
    review.tell(reviewed, { kind: 'person_back', body: { on: '2025-10-27', from: '2025-10-27' } });
    expect(review.obligations).toEqual(before);
    expect(review.obligations.some(({ owner }) => owner === employee)).toBe(true);
    const { leave: behind } = (review.holds?.own ?? {}) as Partial<ReviewState>;
    expect(behind).toEqual([]);
  });
});

describe('on leave', () => {
  it('R7.4 X15 nothing is raised about a day of an approved absence', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-06-03', to: '2025-06-10' } });
    one.moveTo('2025-06-12');
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-06-10' } });
    const raise = (on: string) => one.ask(people.supervisor, 'raise_conduct', { concern: 'attendance', on });
    expect(raise('2025-06-04')).toMatchObject({ rule: 'X15', missing: [{ code: 'day_worked' }] });
    expect(raise('2025-06-10')).not.toHaveProperty('refused');
  });

  it('P9.3 nobody presses for a talk with somebody who is away', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    one.must(people.employee, 'resign', { how: 'resigned', lastDay: '2025-07-18', reasons: [] });
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-06-30', to: '2025-07-16' } });
    one.moveTo('2025-07-15');
    const sent = one.sent('P9.3').map((line) => line.slice(0, 10));
    expect(sent.filter((on) => on >= '2025-06-30' && on < '2025-07-16')).toEqual([]);
  });
});

describe('a supervisor who is out', () => {
  const out = (back?: string) => {
    const one = onTheJob();
    one.moveTo('2025-05-20');
    const since = { supervisor: people.supervisor, from: '2025-05-20' };
    one.must(people.supervisor, 'report_supervisor_out', back === undefined ? since : { ...since, back });
    return one;
  };

  const toHr = (one: SingleCase) => one.sentTo(hrHere).filter((line) => line.endsWith(' X11'));

  it('X11 who is back on a known day needs no interim any more: HR hears nothing', () => {
    const one = out('2025-05-21');
    one.moveTo('2025-06-05');
    expect(one.sent('X11').every((line) => line.slice(0, 10) <= '2025-05-20')).toBe(true);
    expect(toHr(one)).toEqual([]);
    const forever = out();
    forever.moveTo('2025-06-05');
    expect(toHr(forever)).not.toEqual([]);
  });

  it('X11 is asked for nothing: the other supervisor is, and they again once they are back', () => {
    const one = out('2025-06-16');
    const mine = (each: SingleCase) =>
      each.obligations.filter(({ owner, code }) => owner === people.supervisor && code !== 'X11');
    const byCover = one.obligations.filter(({ id }) => id.includes(':for:'));
    expect(byCover.length).toBeGreaterThan(1);
    expect(new Set(byCover.map(({ owner }) => owner))).toEqual(new Set([people.second]));
    one.moveTo('2025-06-15');
    const during = one.sentTo(people.supervisor).filter((line) => line.slice(0, 10) > '2025-05-20');
    expect(during).toEqual([]);
    one.moveTo('2025-06-17');
    one.must(people.supervisor, 'report_supervisor_back', {
      supervisor: people.supervisor,
    });
    expect(mine(one).length).toBeGreaterThan(0);
    expect(one.obligations.some(({ id }) => id.includes(':for:'))).toBe(false);
    one.moveTo('2025-06-30');
    expect(one.sentTo(people.supervisor).some((line) => line.slice(0, 10) >= '2025-06-16')).toBe(true);
  });

  it('X11 the manager is asked where there is no other', () => {
    const one = onTheJob();
    one.moveTo('2025-05-20');
    for (const supervisor of [people.supervisor, people.second])
      one.must(people.manager, 'report_supervisor_out', {
        supervisor,
        from: '2025-05-20',
        back: '2025-06-16',
      });
    const byCover = one.obligations.filter(({ id }) => id.includes(':for:'));
    expect(new Set(byCover.map(({ owner }) => owner))).toEqual(new Set([people.manager]));
    expect(person('manager')).not.toBe(people.manager);
  });
});

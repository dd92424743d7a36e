import { describe, expect, it } from 'vitest';
import { addDays, dateOf } from '../../src/domain/kernel/calendar.ts';
import type { ClockState } from '../../src/domain/clock/state.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import { daysOutside, inOrder } from '../../src/domain/spells.ts';
import { credentials, someone, started } from './clock-house.ts';
import { onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { caseOf } from './house.ts';
import { employee, employment, hrHere, opened, planFrom, planOwed, supervisor } from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** Domain 2.2, X13: nothing is asked of a person on leave, also where two leaves are known at the same time. */

const first = caseOf('clock', 'first leave');
const second = caseOf('clock', 'second leave');

const reviewIn = (one: SingleCase) => one.holds?.own as ReviewState;
const clockIn = (one: SingleCase) => one.holds?.own as ClockState;

/** An employment whose news of leaves reach another case as they are. */
class Told {
  private heard = 0;
  readonly from: Employed;
  readonly to: SingleCase;

  constructor(from: Employed, to: SingleCase) {
    this.from = from;
    this.to = to;
  }

  private passOn(): void {
    const news = this.from.notices.slice(this.heard);
    this.heard = this.from.notices.length;
    const clock = news.filter(
      (one) => one.to === caseOfCredential(this.from) && one.kind.startsWith('person_'),
    );
    for (const { kind, body } of clock) this.to.tell(this.from.id, { kind, body });
  }

  approved(on: string, clock: string, from: string, to: string): void {
    this.at(on, clock, 'leave_set', { clock, from, to });
  }

  back(on: string, clock: string): void {
    this.at(on, clock, 'leave_ended', { clock, returned: on });
  }

  private at(on: string, clock: string, kind: string, body: object): void {
    this.from.moveTo(on);
    this.to.moveTo(on);
    this.from.tell(clock, { kind, body });
    this.passOn();
  }
}

const caseOfCredential = (one: Employed): string =>
  one.notices.find(({ kind }) => kind === 'start_clock')?.to ?? 'none';

const within = (sent: readonly string[], from: string, to: string): readonly string[] =>
  sent.filter((line) => line.slice(0, 10) >= from && line.slice(0, 10) < to);

describe('a review, a credential and two leaves', () => {
  const twoLeaves = (to: SingleCase): SingleCase => {
    const both = new Told(onTheJob(), to);
    both.approved('2025-10-20', first, '2025-10-20', '2025-10-27');
    both.approved('2025-10-22', second, '2025-11-03', '2025-11-17');
    both.back('2025-10-27', first);
    to.moveTo('2025-11-16');
    return to;
  };

  it('X13 the end of one leave does not end the other for the review', () => {
    const one = twoLeaves(opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' }));
    expect(within(one.sentTo(employee), '2025-11-03', '2025-11-17')).toEqual([]);
    expect(within(one.sentTo(employee), '2025-10-27', '2025-11-03').length).toBeGreaterThan(0);
    const { absence, leave } = reviewIn(one);
    expect(absence).toMatchObject({
      back: '2025-10-27',
      away: [{ from: '2025-11-03', to: '2025-11-17', begun: false }],
    });
    expect(leave).toEqual([{ from: '2025-10-20', to: '2025-10-27' }]);
    // R8.6: HR holds what would be asked of them.
    expect(one.obligations.filter((owed) => owed.owner === employee && owed.due > one.now)).toEqual([]);
    expect(one.obligations.some((owed) => owed.owner === hrHere && owed.id.includes('P8.1'))).toBe(true);
  });

  it('X13 nor for the clock of the certificate, which asks again after the second', () => {
    const one = started('2025-05-12', 'credential', employment, '2026-01-30');
    twoLeaves(one);
    expect(within(one.sentTo(someone), '2025-11-03', '2025-11-17')).toEqual([]);
    expect(clockIn(one).absence.away).toHaveLength(1);
    one.tell(employment, { kind: 'person_back', body: { on: '2025-11-17', from: '2025-11-03' } });
    one.moveTo('2026-01-29');
    expect(within(one.sentTo(someone), '2025-11-17', '2026-01-30').length).toBeGreaterThan(0);
    expect(within(one.sentTo(credentials), '2025-11-03', '2025-11-17')).toEqual([]);
  });

  it('X13 one that begins before the other is over goes on after its end', () => {
    const to = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    const both = new Told(onTheJob(), to);
    both.approved('2025-10-20', first, '2025-10-20', '2025-10-29');
    both.approved('2025-10-21', second, '2025-10-27', '2025-11-17');
    both.back('2025-10-29', first);
    to.moveTo('2025-11-16');
    expect(within(to.sentTo(employee), '2025-10-20', '2025-11-17')).toEqual([]);
    expect(reviewIn(to).absence.away).toMatchObject([{ from: '2025-10-27', begun: true }]);
  });

  it('R8.6 a day of two leaves moves the steps of a plan once', () => {
    const one = planOwed();
    const today = dateOf(one.terms.calendar, one.now);
    one.must(supervisor, 'write_plan', planFrom(today));
    one.must(employee, 'answer_plan', { answer: 'acknowledged' });
    const days = (): readonly string[] => reviewIn(one).plan?.steps.map(({ on }) => on) ?? [];
    const agreed = days();
    const [a, b] = [
      { from: today, to: addDays(today, 8) },
      { from: addDays(today, 6), to: addDays(today, 20) },
    ];
    one.tell(employment, { kind: 'person_away', body: a });
    one.tell(employment, { kind: 'person_away', body: { ...b, rest: [a] } });
    one.moveTo(a.to);
    one.tell(employment, { kind: 'person_back', body: { on: a.to, from: a.from, rest: [b] } });
    one.moveTo(b.to);
    one.tell(employment, { kind: 'person_back', body: { on: b.to, from: b.from } });
    expect(agreed).toHaveLength(3);
    expect(days()).toEqual(agreed.map((on) => addDays(on, 20)));
  });
});

describe('an employment and two leaves', () => {
  it('B5 asks nothing in either, in whatever order they became known', () => {
    for (const later of [true, false]) {
      const one = onTheJob();
      const spells: [string, string, string][] = [
        [first, '2025-06-16', '2025-07-21'],
        [second, '2025-06-05', '2025-06-17'],
      ];
      one.moveTo('2025-06-02');
      for (const [clock, from, to] of later ? spells : spells.toReversed())
        one.tell(clock, { kind: 'leave_set', body: { clock, from, to } });
      one.moveTo('2025-07-20');
      expect(within(one.sentTo(people.employee), '2025-06-05', '2025-07-21')).toEqual([]);
      one.moveTo('2025-08-15');
      expect(within(one.sentTo(people.employee), '2025-07-21', '2025-08-15').length).toBeGreaterThan(0);
    }
  });

  it('D7.3 asks for the month it lists: one in a leave is passed over, also where the month before came late', () => {
    const one = onTheJob();
    const views = { core: 80, support: 20, shared: 0, nonPeer: 0, prohibited: [] };
    one.pulse('2025-05', 0);
    one.moveTo('2025-07-15');
    one.tell(first, { kind: 'leave_set', body: { clock: first, from: '2025-07-28', to: '2025-08-11' } });
    one.moveTo('2025-08-11');
    one.tell(first, { kind: 'leave_ended', body: { clock: first, returned: '2025-08-11' } });
    one.pulse('2025-06', 0);
    // What is over stays passed over, whatever is noted of a leave later.
    expect(one.rows.findLast((row) => row.kind === 'pulse_completed')?.body).toMatchObject({
      month: '2025-06-01',
      next: '2025-08-01',
    });
    expect(one.obligations.filter((owed) => owed.code === 'P7.3').map((owed) => owed.id)).toEqual([
      'P7.3:2025-08:employee',
      'P7.3:2025-08:supervisor',
    ]);
    one.moveTo('2025-08-29');
    expect(one.ask(people.employee, 'answer_pulse', { month: '2025-07', ...views })).toMatchObject({
      missing: [{ code: 'month_asked', about: '2025-08' }],
    });
    one.pulse('2025-08', 0);
    expect(one.rows.findLast((row) => row.kind === 'pulse_completed')?.body).toMatchObject({
      month: '2025-08-01',
      next: '2025-09-01',
    });
  });

  it('R8.6 tells a yearly review of a leave at the beginning of its year, also after another one', () => {
    const one = onTheJob();
    const spells: [string, string, string][] = [
      [first, '2025-05-26', '2025-06-09'],
      [second, '2026-01-12', '2026-01-26'],
    ];
    for (const [clock, from, to] of spells) {
      one.moveTo(from);
      one.tell(clock, { kind: 'leave_set', body: { clock, from, to } });
      one.moveTo(to);
      one.tell(clock, { kind: 'leave_ended', body: { clock, returned: to } });
    }
    one.moveTo('2026-05-12');
    const annual = one.notices.find(
      ({ kind, body }) => kind === 'start_review' && (body as { cycle: string }).cycle === 'annual',
    );
    expect(annual?.body).toHaveProperty(
      'leave',
      spells.map(([, from, to]) => ({ from, to })),
    );
  });
});

describe('spells', () => {
  const joined = (first: { from: string }, to: string) => ({ ...first, to });

  it('are one where they overlap or touch, and in the order of their days', () => {
    const [a, b, c] = [
      { from: '2025-06-16', to: '2025-06-20' },
      { from: '2025-06-02', to: '2025-06-09' },
      { from: '2025-06-09', to: '2025-06-12' },
    ];
    expect(inOrder([a, b, c], joined)).toEqual([{ from: '2025-06-02', to: '2025-06-12' }, a]);
  });

  it('count a day once', () => {
    const spell = { from: '2025-06-02', to: '2025-06-12' };
    expect(daysOutside(spell, [])).toBe(10);
    expect(daysOutside(spell, [{ from: '2025-06-04', to: '2025-06-06' }])).toBe(8);
    expect(daysOutside(spell, [{ from: '2025-05-01', to: '2025-06-30' }])).toBe(0);
    expect(daysOutside(spell, [{ from: '2025-06-30', to: '2025-07-30' }])).toBe(10);
  });
});

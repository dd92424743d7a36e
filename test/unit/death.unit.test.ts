import { describe, expect, it } from 'vitest';
import { deciderOf } from '../../src/domain/cases.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import type { NoticeOut } from '../../src/domain/kernel/run.ts';
import type { CaseId } from '../../src/domain/kernel/words.ts';
import { id as employment, leave, onTheJob, opening, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { caseOf, person, site } from './house.ts';
import { employee, employment as reviewed, toSign } from './review-house.ts';
import { SingleCase } from './single-case.ts';

/** X22: every prompt stops at once, whatever it is about; and a death that was recorded wrongly is taken back as a whole. */

/** An employment and the cases that hang on it: what one tells another arrives. */
class Circle {
  readonly cases = new Map<CaseId, SingleCase>();
  readonly main: Employed;
  private readonly heard = new Map<CaseId, number>();

  constructor(main: Employed) {
    this.main = main;
    this.cases.set(main.id, main);
  }

  /** A clock of a confidential matter, begun by the person or an officer. */
  matter(word: string, by: string, type: string, payload: object): SingleCase {
    const one = this.begin(caseOf('clock', word));
    one.seen.push({
      kind: 'concerns',
      subject: employment,
      value: `${people.employee},${site}`,
      case: employment,
      sequence: 1,
    });
    one.must(by, type, payload);
    this.settle();
    return one;
  }

  settle(): void {
    for (let moved = true; moved;) {
      moved = false;
      for (const [from, one] of [...this.cases]) {
        const news = one.notices.slice(this.heard.get(from) ?? 0);
        this.heard.set(from, one.notices.length);
        for (const notice of news) moved = this.pass(from, notice) || moved;
      }
    }
  }

  private begin(id: CaseId): SingleCase {
    const one = new SingleCase(id, this.main.day(this.main.now), this.main.terms);
    one.now = this.main.now;
    one.assign(officer, 'accommodation_officer');
    one.assign(people.officer, 'leave_officer');
    one.assign(people.investigator, 'investigating_officer');
    one.assign(people.hr, 'hr');
    this.cases.set(id, one);
    return one;
  }

  private pass(from: CaseId, { to, kind, body }: NoticeOut): boolean {
    const starts = kind === 'start_review' || kind === 'start_clock';
    const there = this.cases.get(to) ?? (starts ? this.begin(to) : undefined);
    if (there === undefined || there.standing?.status === 'final') return false;
    there.tell(from, { kind, body });
    return true;
  }

  to(date: string): void {
    for (const one of this.cases.values()) one.moveTo(date);
    this.settle();
    for (const one of this.cases.values()) one.moveTo(date);
  }

  do(who: string, type: string, payload: object = {}): void {
    this.main.must(who, type, payload);
    this.settle();
  }

  /** All that went to anybody after a day. */
  sentSince(date: string): readonly string[] {
    return [...this.cases.values()].flatMap((one) =>
      one.prompts.filter((prompt) => this.main.day(prompt.sendAfter) > date).map(({ code }) => code),
    );
  }
}

const officer = person('accommodation officer');

function circle(): Circle {
  const all = new Circle(onTheJob());
  all.settle();
  all.to('2025-06-02');
  const { employee } = people;
  const own = { person: employee, parent: employment, site };
  all.matter('arrangement', employee, 'request_accommodation', own);
  all.matter('pending leave', people.officer, 'open_leave', {
    ...{ site, person: employee, employment },
    ...{ from: '2025-07-07', to: '2025-07-21' },
  });
  all.to('2025-07-10');
  all.matter('report', employee, 'report_concern', { ...own, concern: 'harassment' });
  all.to('2025-07-11');
  return all;
}

const kindsOf = (all: Circle): readonly string[] =>
  [...all.cases.keys()].map((id) => id.slice(0, id.indexOf('-')));

describe('a death in service (X22)', () => {
  it('stops every prompt at once, in what nobody else knows of too', () => {
    const all = circle();
    expect(kindsOf(all)).toEqual(expect.arrayContaining(['employment', 'review', 'clock']));
    expect(all.cases.size).toBeGreaterThanOrEqual(6);
    const [arrangement, report, pending] = ['arrangement', 'report', 'pending leave'].map((word) =>
      all.cases.get(caseOf('clock', word)),
    );
    all.do(people.hr, 'record_death', { owner: people.director });
    all.to('2025-10-01');
    // X19: what somebody did is looked into all the same, by the office it was reported to.
    const codes = all.sentSince('2025-07-11');
    expect(new Set(codes)).toEqual(new Set(['X19']));
    expect(report?.standing?.status).toBe('open');
    for (const one of [arrangement, pending]) {
      expect(one?.obligations.map(({ code, rungs }) => [code, rungs])).toEqual([['X22', []]]);
      expect(one?.obligations[0]?.visibility).toBe('C3');
    }
  });

  it('ends all of it once a second person has closed it', () => {
    const all = circle();
    all.do(people.hr, 'record_death', { owner: people.director });
    expect(all.main.notices.filter(({ to }) => to === opening).map(({ kind }) => kind)).not.toContain(
      'holder_left',
    );
    all.do(people.hrDirector, 'close_after_death');
    expect(all.main.notices.filter(({ to }) => to === opening).map(({ kind }) => kind)).toContain(
      'holder_left',
    );
    const open = [...all.cases].filter(([, one]) => one.standing?.status !== 'final').map(([id]) => id);
    expect(open).toEqual([caseOf('clock', 'report')]);
  });

  it('gives nothing away of what it stops: no reader of the employment sees that there was a matter', () => {
    const all = circle();
    const rows = all.main.rows.filter(({ kind }) => kind.startsWith('matter_'));
    expect(rows).toHaveLength(3);
    expect(rows.every(({ visibility }) => visibility === 'C3')).toBe(true);
    expect(all.main.facts.some(({ kind }) => kind === 'nothing_asked')).toBe(false);
    all.do(people.hr, 'record_death', { owner: people.director });
    expect(all.main.facts).toContainEqual({
      kind: 'nothing_asked',
      subject: employment,
      value: people.employee,
    });
  });

  it('a matter that is over is not kept', () => {
    const all = circle();
    const arrangement = all.cases.get(caseOf('clock', 'arrangement'));
    arrangement?.must(people.employee, 'close_request');
    all.settle();
    const own = all.main.holds?.own as EmploymentState;
    expect(own.matters).toHaveLength(2);
    expect(own.matters).not.toContain(arrangement?.id);
  });
});

describe('a death recorded wrongly', () => {
  it('is taken back: reviews, certificate and requests go on where they were, the seat was never free', () => {
    const all = circle();
    const before = new Map([...all.cases].map(([id, one]) => [id, one.obligations.map((owed) => owed.id)]));
    all.do(people.hr, 'record_death', { owner: people.director });
    const review = [...all.cases.values()].find(({ id }) => id.startsWith('review-'));
    expect(review?.ask(people.supervisor, 'hold_talk', { held: '2025-07-11' })).toMatchObject({
      refused: true,
      rule: 'D9.5',
      missing: [{ code: 'employment_ended' }],
    });
    // X22: HR are told why, and so is the officer who has the matter in the list; the person in a part of it is not.
    const leaveClock = all.cases.get(caseOf('clock', 'pending leave'));
    const request = all.cases.get(caseOf('clock', 'arrangement'));
    expect(leaveClock?.ask(people.officer, 'decide_leave', { outcome: 'approved' })).toMatchObject({
      ...{ rule: 'X22', missing: [{ code: 'nothing_asked' }] },
    });
    expect(request?.ask(people.employee, 'close_request', {})).toMatchObject({
      ...{ code: 'not_expected_now', rule: 'D3.6', missing: [{ code: 'over' }] },
    });
    all.do(people.hr, 'withdraw_separation');
    for (const [id, one] of all.cases)
      expect(
        one.obligations.map((owed) => owed.id),
        id,
      ).toEqual(before.get(id));
    expect(all.main.facts.some(({ kind }) => kind === 'nothing_asked')).toBe(false);
    expect(all.main.notices.some(({ kind }) => kind === 'holder_left')).toBe(false);
    all.to('2025-11-29');
    // P7.5 comes as ever.
    expect(all.sentSince('2025-07-11')).toContain('P7.5');
    expect(all.sentSince('2025-07-11').some((code) => code.startsWith('P8.'))).toBe(true);
  });

  it('sends nothing a second time that had gone out before', () => {
    const all = circle();
    const keys = (): readonly string[] =>
      [...all.cases].flatMap(([id, one]) =>
        one.prompts.map((prompt) => `${id}|${prompt.obligation}|${prompt.rung}|${prompt.to}`),
      );
    all.do(people.hr, 'record_death', { owner: people.director });
    all.do(people.hr, 'withdraw_separation');
    all.to('2025-11-29');
    expect(new Set(keys()).size).toBe(keys().length);
  });

  it('P8.5 lets nobody pass over their answer in silence: the days that rested do not count', () => {
    const review = toSign();
    review.moveTo('2025-11-14');
    review.tell(reviewed, { kind: 'rest_begun', body: {} });
    review.moveTo('2025-12-03');
    review.tell(reviewed, { kind: 'rest_over', body: {} });
    expect(review.kinds()).not.toContain('response_recorded');
    const before = review.prompts.length;
    review.moveTo('2025-12-12');
    expect(review.standing?.status).toBe('open');
    const told = review.prompts.slice(before).filter(({ code, to }) => code === 'P8.5' && to === employee);
    expect(told.length).toBeGreaterThan(0);
    review.moveTo('2025-12-31');
    expect(review.kinds()).toContain('response_recorded');
  });

  it('asks whoever owes it before anybody else hears of it, after three weeks as after one day', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    const died = one.now;
    const owed = new Map(one.obligations.map(({ id, due }) => [id, due]));
    one.must(people.hr, 'record_death', { owner: people.director });
    one.moveTo('2025-06-23');
    const [prompts, rows] = [one.prompts.length, one.rows.length];
    one.must(people.hr, 'withdraw_separation');
    for (const { id, due } of one.obligations)
      if ((owed.get(id) ?? 0) > died && (owed.get(id) ?? one.now) < one.now)
        expect(due, id).toBeGreaterThan(one.now);
    one.moveTo('2025-06-25');
    const since = one.prompts.slice(prompts);
    expect(since.length).toBeGreaterThan(0);
    // Of what was late before, HR would have heard on those days; of nothing else.
    const escalated = since.filter(({ rung }) => rung === 'r4' || rung === 'r5');
    expect(
      escalated
        .filter(({ obligation }) => (owed.get(obligation) ?? died) >= died)
        .map(({ obligation }) => obligation),
    ).toEqual([]);
    expect(one.rows.slice(rows).map(({ kind }) => kind)).not.toContain('answered_late');
    one.moveTo('2025-08-29');
    // In the end HR hears of what nobody did, as ever.
    expect(one.prompts.slice(prompts).some(({ rung }) => rung === 'r5')).toBe(true);
  });

  it('what the rows of before said of a rest moves nothing', () => {
    const one = onTheJob();
    one.must(people.hr, 'record_death', { owner: people.director });
    one.moveTo('2025-05-14');
    const { own } = one.holds!;
    const stamp = { ...one.rows.at(-1)!.stamp, at: one.now };
    const back = deciderOf('employment').evolve(own, {
      ...{ kind: 'separation_withdrawn', body: { what: 'died', rests: true }, stamp },
    });
    expect((back as EmploymentState).rested).toBeUndefined();
  });
});

describe('domain 2.2', () => {
  it('an employment says from when to when its person is on leave, until they are back', () => {
    const one = onTheJob();
    one.moveTo('2025-06-02');
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-06-16', to: '2025-07-21' } });
    const value = `${people.employee},2025-06-16/2025-07-21`;
    expect(one.facts).toContainEqual({ kind: 'away', subject: employment, value });
    one.moveTo('2025-07-14');
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-07-14' } });
    expect(one.facts.some(({ kind }) => kind === 'away')).toBe(false);
  });
});

describe('while a death is not settled', () => {
  it('X22: what others tell is kept, so that a death taken back has lost nothing', () => {
    const one = onTheJob();
    one.must(people.hr, 'record_death', { owner: people.director });
    const credential = { status: 'verified', validTo: '2028-01-31' };
    one.tell(caseOf('clock', 'credential'), { kind: 'credential_changed', body: credential });
    one.tell(caseOf('role', 'specialist'), { kind: 'role_version_adopted', body: { version: 9 } });
    one.must(people.hrDirector, 'withdraw_separation');
    const state = one.holds?.own as EmploymentState;
    expect(state.job).toMatchObject({ credential, roleVersion: 9 });
    one.must(people.hr, 'record_death', { owner: people.director });
    one.must(people.director, 'close_after_death');
    one.tell(caseOf('role', 'specialist'), { kind: 'role_version_adopted', body: { version: 10 } });
    expect(one.holds?.own).toMatchObject({ job: { roleVersion: 9 } });
  });
});

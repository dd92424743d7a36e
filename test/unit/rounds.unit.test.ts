import { describe, expect, it } from 'vitest';
import { onTheJob, people, refusedBy } from './employment-house.ts';
import type { Employed } from './employment-house.ts';

/** P6.2, P6.4, D6.4, P7.6, P9.1, P9.2: what comes round follows the calendar; an early answer moves nothing on. */

const { employee, supervisor, hr, mentor } = people;
const early = (rule: string, about: string) => ({
  ...{ ...refusedBy(rule), code: 'not_expected_now', missing: [{ code: 'not_before', about }] },
});
const days = (one: Employed, code: string) => [...new Set(one.owes(code).map(([, day]) => day))];
const hours = { hours: 2, ethics: 0 };
const declined = { answer: 'declined_by_employee' };

describe('what comes round', () => {
  it('P7.6 keeps hours that come early, and goes on asking on its day', () => {
    const one = onTheJob();
    for (const day of ['2025-05-13', '2025-05-13', '2025-06-16', '2025-08-08']) {
      one.moveTo(day, '11:00');
      one.must(employee, 'record_ce_hours', hours);
    }
    expect(one.rows.filter(({ kind }) => kind === 'ce_recorded')).toHaveLength(4);
    expect(days(one, 'P7.6')).toEqual(['2025-11-12']);
  });

  it('P7.6 is answered from the middle of its six months on, once, and by nothing sooner for the next one', () => {
    const one = onTheJob();
    one.moveTo('2025-08-12', '11:00');
    one.must(employee, 'record_ce_hours', hours);
    expect(days(one, 'P7.6')).toEqual(['2026-05-12']);
    for (const day of ['2025-08-12', '2025-11-12', '2026-02-10']) {
      one.moveTo(day, '11:00');
      one.must(employee, 'record_ce_hours', hours);
      expect(days(one, 'P7.6')).toEqual(['2026-05-12']);
    }
    one.moveTo('2026-02-11', '11:00');
    one.must(employee, 'record_ce_hours', hours);
    expect(days(one, 'P7.6')).toEqual(['2026-11-12']);
  });

  it('P7.6 answered in the days of the next round is the answer of both', () => {
    const one = onTheJob();
    one.moveTo('2026-04-30', '11:00');
    one.must(employee, 'record_ce_hours', hours);
    expect(days(one, 'P7.6')).toEqual(['2026-11-12']);
    const soon = onTheJob();
    soon.moveTo('2026-01-30', '11:00');
    soon.must(employee, 'record_ce_hours', hours);
    expect(days(soon, 'P7.6')).toEqual(['2026-05-12']);
  });

  it('D9.1 a plan agreed early is a plan, and P9.1 comes on its day', () => {
    const one = onTheJob();
    one.moveTo('2025-06-16', '11:00');
    for (const outcome of ['agreed', 'updated']) {
      one.must(supervisor, 'propose_growth_plan', { outcome });
      one.must(employee, 'answer_growth_plan', { answer: 'agreed' });
    }
    one.must(supervisor, 'propose_growth_plan', { outcome: 'updated' });
    one.must(employee, 'answer_growth_plan', declined);
    expect(days(one, 'P9.1')).toEqual(['2025-11-12']);
    expect(one.rows.at(-1)?.body).toEqual({ outcome: 'declined_by_employee', next: 0 });
  });

  it('P9.1 is not declined before it is near, where nothing was written down', () => {
    const one = onTheJob();
    expect(one.ask(employee, 'answer_growth_plan', declined)).toMatchObject(early('D9.1', '2025-08-12'));
    one.moveTo('2025-08-12', '11:00');
    one.must(employee, 'answer_growth_plan', declined);
    expect(days(one, 'P9.1')).toEqual(['2026-05-12']);
    expect(one.ask(employee, 'answer_growth_plan', declined)).toMatchObject(early('D9.1', '2026-02-11'));
  });

  it('P6.4 is answered from the middle of its days on, by the hire first and then at any time', () => {
    const one = onTheJob();
    const no = { no: [] };
    expect(one.ask(employee, 'answer_integration', no)).toMatchObject(early('D6.5', '2025-05-27'));
    one.moveTo('2025-05-27', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_integration', no);
    expect(days(one, 'P6.4')).toEqual(['2025-08-11']);
    expect(one.ask(employee, 'answer_integration', no)).toMatchObject(early('D6.5', '2025-07-11'));
    one.moveTo('2025-07-11', '11:00');
    one.must(employee, 'answer_integration', no);
    one.moveTo('2025-09-12', '11:00');
    one.must(supervisor, 'answer_integration', no);
    expect(days(one, 'P6.4')).toEqual(['2026-02-10']);
  });

  it('P9.2 is held from the middle of its year on', () => {
    const one = onTheJob();
    const stay = { outcome: 'declined', topics: [] };
    expect(one.ask(hr, 'record_stay_interview', stay)).toMatchObject(early('P9.2', '2025-11-11'));
    one.moveTo('2025-11-11', '11:00');
    one.must(hr, 'record_stay_interview', stay);
    expect(one.owes('P9.2')).toEqual([]);
  });

  it('D6.4 each check-in is answered from the middle of its days on', () => {
    const one = onTheJob();
    const fine = (at: number) => ({ at, outcome: 'fine', needs: [] });
    expect(one.ask(employee, 'answer_check_in', fine(30))).toMatchObject(early('D6.4', '2025-05-27'));
    expect(one.ask(employee, 'answer_check_in', fine(60))).toMatchObject(early('D6.4', '2025-06-26'));
    one.moveTo('2025-06-26', '11:00');
    for (const at of [30, 60]) {
      one.must(employee, 'answer_check_in', fine(at));
      one.must(hr, 'answer_check_in', fine(at));
    }
    expect(one.owes('D6.4')).toEqual([]);
  });

  it('D6.3 each talk is held or missed from the middle of its days on, and moved at any time', () => {
    const one = onTheJob();
    const talk = (day: number, outcome: string, more: object = {}) => ({
      talk: day,
      outcome,
      topics: [],
      ...more,
    });
    for (const outcome of ['held', 'missed']) {
      expect(one.ask(mentor, 'record_mentor_talk', talk(10, outcome))).toMatchObject(
        early('D6.3', '2025-05-17'),
      );
      expect(one.ask(employee, 'record_mentor_talk', talk(90, outcome))).toMatchObject(
        early('D6.3', '2025-07-26'),
      );
    }
    one.must(mentor, 'record_mentor_talk', talk(90, 'moved', { to: '2025-05-14' }));
    expect(one.ask(mentor, 'record_mentor_talk', talk(90, 'held'))).toMatchObject(
      early('D6.3', '2025-05-14'),
    );
    one.moveTo('2025-05-14', '11:00');
    one.must(mentor, 'record_mentor_talk', talk(90, 'held'));
    one.must(mentor, 'record_mentor_talk', talk(30, 'moved', { to: '2025-07-30' }));
    one.moveTo('2025-06-02', '11:00');
    one.must(mentor, 'record_mentor_talk', talk(30, 'held'));
  });
});

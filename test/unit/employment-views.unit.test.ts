import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { addDays } from '../../src/domain/kernel/calendar.ts';
import { Employed, onTheJob, people } from './employment-house.ts';

const { employee, supervisor, adviser, hr } = people;
const view = (month: string, nonPeer: number, prohibited: readonly string[] = []) => ({
  ...{ month, core: 60 - nonPeer + 20, support: 20, shared: 0, nonPeer, prohibited },
});

const stateOf = (one: Employed): EmploymentState => one.holds!.own as EmploymentState;

/** Whether the last row of a kind is kept from a reader now. */
function closed(one: Employed, kind: string, reader: string | null): boolean {
  const row = one.rows.findLast((each) => each.kind === kind)!;
  const seen = { kind, body: row.body, actor: row.stamp.actor };
  return employment.hidden!(stateOf(one), seen, { reader, now: one.now, terms: one.terms });
}

const flags = (one: Employed): readonly unknown[] =>
  one.rows.filter((row) => row.kind === 'drift_flagged').map((row) => row.body);

/** May, of which one of the two said something and HR let the rest go. */
function waived(by: string, nonPeer = 0): Employed {
  const one = onTheJob();
  one.moveTo('2025-05-30', '11:00');
  one.must(by, 'answer_pulse', view('2025-05', nonPeer));
  one.moveTo('2025-06-02');
  one.must(hr, 'waive_pulse');
  return one;
}

describe('a month with one view', () => {
  it.each([
    [employee, supervisor],
    [supervisor, employee],
  ])('R7.7 stays closed to whoever gave none, when it is let go and ever after', (by, other) => {
    const one = waived(by);
    const past = one.rows.findLast((row) => row.kind === 'pulse_completed')!;
    expect(past.body).toMatchObject({ employee: null, supervisor: null });
    expect(closed(one, 'pulse_answered', other)).toBe(true);
    expect(closed(one, 'pulse_answered', by)).toBe(false);
    one.moveTo('2025-06-30', '11:00');
    one.must(other, 'answer_pulse', view('2025-06', 0));
    one.must(by, 'answer_pulse', view('2025-06', 0));
    const [may] = one.rows.filter((row) => row.kind === 'pulse_answered');
    const seen = { kind: may!.kind, body: may!.body, actor: may!.stamp.actor };
    const look = { now: one.now, terms: one.terms };
    expect(employment.hidden!(stateOf(one), seen, { ...look, reader: other })).toBe(true);
    expect(employment.hidden!(stateOf(one), seen, { ...look, reader: by })).toBe(false);
  });

  it('R7.7 a row from before that held the one view is read by its author alone', () => {
    const one = waived(employee);
    const said = one.rows.findLast((row) => row.kind === 'pulse_answered')!.body as { answer: object };
    const done = one.rows.findLast((row) => row.kind === 'pulse_completed')!;
    const body = { ...done.body, employee: said.answer };
    const look = { now: one.now, terms: one.terms };
    const row = { kind: 'pulse_completed', body, actor: hr };
    for (const reader of [supervisor, people.manager, null])
      expect(employment.hidden!(stateOf(one), row, { ...look, reader })).toBe(true);
    expect(employment.hidden!(stateOf(one), row, { ...look, reader: employee })).toBe(false);
  });

  it('D7.4 is judged all the same: what one says of the work is enough for a flag', () => {
    expect(flags(waived(employee, 40))).toEqual([
      { month: '2025-05-01', triggers: ['non_peer', 'outside_month'] },
    ]);
    expect(flags(waived(employee))).toEqual([]);
  });

  it('R7.7 with both views is open to both', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', view('2025-05', 0));
    for (const who of [employee, supervisor]) expect(closed(one, 'pulse_answered', who)).toBe(false);
    expect(closed(one, 'pulse_completed', supervisor)).toBe(false);
  });
});

describe('a drift flag while a review of drift is open', () => {
  function reviewing(): Employed {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', view('2025-05', 20));
    one.must(supervisor, 'propose_drift_review', { outcome: 'no_drift', duties: [] });
    one.must(employee, 'agree_drift_review');
    return one;
  }

  it('D7.4 is raised at once, joins what is open, and all three agree anew', () => {
    const one = reviewing();
    one.moveTo('2025-06-30', '11:00');
    for (const who of [employee, supervisor])
      one.must(who, 'answer_pulse', view('2025-06', 60, ['P_MED_ADMIN']));
    expect(flags(one)).toHaveLength(2);
    const { drift } = stateOf(one).pulse;
    expect(drift).toMatchObject({ month: '2025-06-01', proposal: null, agreed: [] });
    expect(drift?.triggers).toEqual(expect.arrayContaining(['prohibited', 'non_peer']));
    expect(one.ask(adviser, 'agree_drift_review')).toMatchObject({
      missing: [{ code: 'nothing_proposed' }],
    });
    expect(one.owes('P7.4')).toHaveLength(3);
  });

  it('D7.4 leaves it as it is after a month in which nothing was found', () => {
    const one = reviewing();
    one.moveTo('2025-06-30', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', view('2025-06', 0));
    expect(flags(one)).toHaveLength(1);
    one.must(adviser, 'agree_drift_review');
    expect(stateOf(one).pulse.drift).toBeNull();
  });

  it('D7.4 that nobody talked of the role is said once', () => {
    const one = onTheJob();
    const silent = { minutes: 60, mode: 'in_person', topics: ['skills'], actions: [] };
    for (let n = 0; n < 12; n += 1) {
      const session = addDays('2025-05-13', 7 * n);
      one.moveTo(session, '16:00');
      one.must(supervisor, 'log_session', { session, outcome: 'held', on: session, ...silent });
    }
    const quiet = flags(one).filter((body) => JSON.stringify(body).includes('role_fit_quiet'));
    expect(quiet).toHaveLength(1);
  });
});

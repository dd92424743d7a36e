import { describe, expect, it } from 'vitest';
import { actIn } from '../../src/client/ask-guard.ts';
import type { ClockState } from '../../src/domain/clock/state.ts';
import type { ReportOffice } from '../../src/domain/clock/words-report.ts';
import { clockOn, employment, leaveOfficer, someone } from './clock-house.ts';
import { person, site, termsForTests } from './house.ts';

const investigator = person('investigating-officer');
const all = ['investigating_officer', 'accommodation_officer', 'leave_officer'] as const;
const { calendar } = termsForTests();

function reported(to: ReportOffice): ClockState {
  const one = clockOn('2025-04-01');
  one.assign(investigator, 'investigating_officer');
  one.seen.push({
    ...{ kind: 'concerns', subject: employment, value: `${someone},${site}` },
    ...{ case: employment, sequence: 1 },
  });
  const against = to === 'investigating_officer' ? {} : { against: investigator };
  const report = { site, person: someone, parent: employment, concern: 'harassment', to, ...against };
  one.must(someone, 'report_concern', report);
  return one.holds!.own as ClockState;
}

const seenBy = (state: ClockState, office: ReportOffice, reader: string) =>
  actIn(state, { calendar, days: 180, offices: [office] }, reader)?.act ?? null;

describe('the guard against retaliation', () => {
  it.each(all)('X19 of a report to the %s is seen by that office, and by no other', (to) => {
    const state = reported(to);
    for (const office of all)
      expect(seenBy(state, office, person('officer'))).toBe(office === to ? 'report' : null);
  });

  it('X19 is not seen by whom the report is about, whatever office they hold', () => {
    const state = reported('leave_officer');
    expect(seenBy(state, 'leave_officer', investigator)).toBeNull();
  });

  it('X19 of a leave is seen by its officer and by whoever gives the second word', () => {
    const one = clockOn('2025-04-01');
    const leave = { site, person: someone, employment, from: '2025-05-01', to: '2025-06-01' };
    one.must(leaveOfficer, 'open_leave', leave);
    const state = one.holds!.own as ClockState;
    const by = all.map((office) => seenBy(state, office, person('officer')));
    expect(by).toEqual(['leave', null, 'leave']);
    // Between the request and the first day as well: nobody is made to pay for asking.
    const [place, asked] = [{ calendar, days: 180, offices: all }, Date.UTC(2025, 3, 1, 15)];
    expect(actIn(state, place, person('officer'), asked)?.on).toBe('2025-04-01');
  });
});

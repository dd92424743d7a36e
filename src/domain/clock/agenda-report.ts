import type { Obligation } from '../kernel/agenda.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Report } from './state-report.ts';
import type { ClockState } from './state.ts';

const CODE = 'X19';

/** X19: what the officer of a report owes. Ids say nothing: they travel in message ids. */
export function reportAgenda(state: ClockState, report: Report, terms: Terms): readonly Obligation[] {
  const { site, moves } = state;
  const { calendar, policy } = terms;
  const owner = holder(report.officer, site);
  const owing = (id: string, since: Instant, due: Instant): Owing => ({
    ...{ id, code: CODE, owner, site, since, due: Math.max(due, since), visibility: 'C3' },
  });
  const within = (since: Instant, name: string): Instant => dueIn(calendar, since, num(policy, CODE, name));
  switch (report.status) {
    case 'opened': {
      const { asked } = report;
      const look = laddered(owing(`d${asked}`, asked, within(asked, 'investigate_bd')), terms);
      if (report.acknowledged) return [look];
      return [laddered(owing(`a${asked}`, asked, within(asked, 'ack_bd')), terms), look];
    }
    case 'investigated':
      return [laddered(owing(`k${moves}`, state.since, within(state.since, 'close_bd')), terms)];
    case 'closed':
      return [listed(owing(`g${report.until}`, state.since, dueOn(calendar, report.until)), terms)];
    default: {
      const unknown: never = report.status;
      return unknown;
    }
  }
}

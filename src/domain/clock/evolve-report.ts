import type { Recorded } from '../kernel/decider.ts';
import type { Report, ReportEvent } from './state-report.ts';
import type { ClockState } from './state.ts';

/** Folds one event of a report (X19). */
export function evolveReport(state: ClockState, event: Recorded<ReportEvent>): ClockState {
  const { at } = event.stamp;
  if (event.kind === 'report_opened') {
    const { site, parent, person, to, against = null, until, known } = event.body;
    const matter: Report = {
      ...{ about: 'report', status: 'opened', officer: to, against, asked: at },
      ...{ acknowledged: false, until },
    };
    return { ...state, site, parent, person, matter, since: at, ...(known === true ? { known } : {}) };
  }
  const { matter } = state;
  if (matter?.about !== 'report') return state;
  const next = (change: Partial<Report>, over = false): ClockState => ({
    ...{ ...state, since: at, moves: state.moves + 1, over: state.over || over },
    matter: { ...matter, ...change },
  });
  switch (event.kind) {
    case 'report_acknowledged':
      return next({ acknowledged: true });
    case 'report_investigated':
      return next({ status: 'investigated' });
    case 'report_closed':
      return next({ status: 'closed' });
    case 'report_reopened':
      return next({ status: 'opened', asked: at, until: event.body.until });
    case 'guard_ended':
      return next({}, true);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

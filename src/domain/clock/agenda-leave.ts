import type { Obligation } from '../kernel/agenda.ts';
import { closing, dateOf, dayPlus, opening, rollForward } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, listed, owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Capacity } from '../kernel/words.ts';
import type { ClockState, Leave } from './state.ts';

/** What an officer owes next. The id says nothing: it travels in message ids, where a code would speak. */
export function officer(
  state: ClockState,
  terms: Terms,
  what: { readonly code: string; readonly capacity: Capacity; readonly due: Instant },
): Obligation {
  const { code, capacity, due } = what;
  const owner = holder(capacity, state.site);
  const { site, since } = state;
  return listed(
    { id: `k${state.moves}`, code, owner, site, since, due: Math.max(due, since), visibility: 'C3' },
    terms,
  );
}

/** X14 Welcome back → supervisor, on the morning of the return. It names the day and nothing else. */
function welcome(state: ClockState, terms: Terms, day: CivilDate, isBack: boolean): Obligation {
  const { calendar } = terms;
  const due = closing(calendar, day);
  const owner = state.supervisor ?? holder('supervisor', state.parent);
  const plan = steps(calendar, opening(calendar, day), due, [{ from: 'due', n: 0, unit: 'bd', kind: 'ask' }]);
  const since = Math.min(state.since, opening(calendar, day));
  const owing = {
    // Another person is asked anew.
    id: state.supervisors === 0 ? `w${day}` : `w${day}:${state.supervisors}`,
    code: 'X14',
    owner,
    site: state.site,
    since,
    due,
    visibility: 'C3' as const,
  };
  // Nothing has to be answered: the leave is over for this case when the day of return is.
  const over = { id: 'act', at: due, to: [], how: 'act' as const, act: 'leave_closed' };
  return owed({ ...owing, atSilence: 'leave_closed' }, plan, isBack ? [over] : []);
}

function running(state: ClockState, leave: Leave, terms: Terms): readonly Obligation[] {
  const day = rollForward(terms.calendar, leave.to);
  const due = closing(terms.calendar, day);
  return [
    officer(state, terms, { code: 'D9.4', capacity: 'leave_officer', due }),
    welcome(state, terms, day, false),
  ];
}

/** D9.4 and X14: who owes what in a leave. */
export function leaveAgenda(state: ClockState, leave: Leave, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const owe = (capacity: Capacity, due: Instant) => [officer(state, terms, { code: 'D9.4', capacity, due })];
  switch (leave.status) {
    case 'requested':
      return owe('leave_officer', dueIn(calendar, state.since, num(policy, 'D9.4', 'decide_bd')));
    case 'pending_docs': {
      // X13: the papers have their days; the officer waits for them, nobody chases a person on leave.
      const day = dayPlus(calendar, dateOf(calendar, state.since), num(policy, 'X13', 'certification_d'));
      return owe('leave_officer', closing(calendar, day));
    }
    case 'denied_with_review':
      return owe('hr_director', dueIn(calendar, state.since, num(policy, 'D9.4', 'review_bd')));
    case 'approved':
    case 'extended':
      return running(state, leave, terms);
    case 'returned':
      return [welcome(state, terms, rollForward(calendar, leave.to), true)];
    default: {
      const unknown: never = leave.status;
      return unknown;
    }
  }
}

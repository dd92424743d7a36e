import type { Obligation } from '../kernel/agenda.ts';
import { addBusinessDays, closing, dateOf } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import type { Capacity } from '../kernel/words.ts';
import { officer } from './agenda-leave.ts';
import { waitUntil } from './gates.ts';
import type { Background, ClockState, Exclusion } from './state.ts';

function dueOfCheck(state: ClockState, check: Background, terms: Terms): Instant | null {
  const { calendar, policy } = terms;
  const within = (code: string, name: string) => dueIn(calendar, state.since, num(policy, code, name));
  switch (check.status) {
    case 'pending':
      return within('X7', 'stop_bd');
    case 'individual_assessment':
      return within('D5.2', 'assess_bd');
    case 'waiver_requested':
      return within('D5.2', 'waiver_bd');
    case 'pre_adverse': {
      if (check.proposal !== null) return within('D5.2', 'confirm_bd');
      const until = waitUntil(check.given ?? dateOf(calendar, state.since), terms);
      return closing(calendar, addBusinessDays(calendar, until, num(policy, 'D5.2', 'final_bd')));
    }
    case 'clear':
    case 'cleared_after_assessment':
    case 'adverse_final':
      return null;
    default: {
      const unknown: never = check.status;
      return unknown;
    }
  }
}

/** D5.2: the next word is the officer's; of an adverse proposal it is the HR director's. */
export function checkAgenda(state: ClockState, check: Background, terms: Terms): readonly Obligation[] {
  const due = dueOfCheck(state, check, terms);
  if (due === null) return [];
  const capacity: Capacity = check.proposal === null ? 'background_officer' : 'hr_director';
  return [officer(state, terms, { code: 'D5.2', capacity, due })];
}

/** D5.3: one check, until it is clear or a match; the monthly one belongs to the employment (P7.7). */
export function exclusionAgenda(state: ClockState, check: Exclusion, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const capacity = 'compliance';
  if (check.status === 'match' || check.status === 'clear') return [];
  const days = check.status === 'not_checked' ? 'within_bd' : 'resolve_bd';
  const due = dueIn(calendar, state.since, num(policy, 'D5.3', days));
  return [officer(state, terms, { code: 'D5.3', capacity, due })];
}

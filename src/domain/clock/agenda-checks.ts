import type { Obligation } from '../kernel/agenda.ts';
import { addBusinessDays, closing, dateOf } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { missingValues, num } from '../kernel/policy.ts';
import { dueIn, laddered, listed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
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

/** X7: a pending check past its end is HR's to look at; a policy from before the number leaves it with the officer. */
function stops(check: Background, terms: Terms): boolean {
  return check.status === 'pending' && missingValues(terms.policy, ['X7.decide_bd']).length === 0;
}

/** X7: nobody fills the silence with a "no": HR decides how to go on, and is asked at once. */
function slow(state: ClockState, terms: Terms): Obligation {
  const { site, since } = state;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'X7', 'decide_bd'));
  const owner = holder('hr', site);
  return laddered({ id: `k${state.moves}`, code: 'X7', owner, site, since, due, visibility: 'C3' }, terms);
}

/** The officer's own wait; at its end the policy hands it to HR (X7). */
function pending(state: ClockState, terms: Terms, due: Instant): Obligation {
  const owner = holder('background_officer', state.site);
  const { site, since } = state;
  const owing = { id: `k${state.moves}`, code: 'D5.2', owner, site, since, due, visibility: 'C3' as const };
  const told = listed({ ...owing, atSilence: 'hr_decides', next: 'X7' }, terms);
  const rungs = told.rungs.filter((rung) => rung.at < due);
  return { ...told, rungs: [...rungs, { id: 'act', at: due, to: [], how: 'act', act: 'slow' }] };
}

/** R5.7: the other officer's word on an adverse proposal. */
function word(state: ClockState, check: Background, terms: Terms, due: Instant): readonly Obligation[] {
  if (check.word === 'nothing_stands_against') return [];
  const owner = holder('accommodation_officer', state.site);
  const { site, since } = state;
  return [listed({ id: `w${state.moves}`, code: 'R5.7', owner, site, since, due, visibility: 'C3' }, terms)];
}

/** D5.2: the next word is the officer's; of an adverse proposal it is the HR director's, after another officer's. */
export function checkAgenda(state: ClockState, check: Background, terms: Terms): readonly Obligation[] {
  const due = dueOfCheck(state, check, terms);
  if (due === null) return [];
  if (check.slow) return [slow(state, terms)];
  if (stops(check, terms)) return [pending(state, terms, due)];
  if (check.proposal === null)
    return [officer(state, terms, { code: 'D5.2', capacity: 'background_officer', due })];
  const confirm = officer(state, terms, { code: 'D5.2', capacity: 'hr_director', due });
  return [confirm, ...word(state, check, terms, due)];
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

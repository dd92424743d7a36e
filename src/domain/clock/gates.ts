import { addBusinessDays, dateOf, dayPlus } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Gate } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { ClockState } from './state.ts';

/** X8: the last day on which the person may still answer the first notice; the later of the two waits. */
export function waitUntil(given: CivilDate, terms: Terms): CivilDate {
  const business = addBusinessDays(terms.calendar, given, num(terms.policy, 'X8', 'wait_bd'));
  // Rolled forward: a wait that limits the employer never ends early for a weekend (domain 2.1).
  const days = dayPlus(terms.calendar, given, num(terms.policy, 'X8', 'wait_d'));
  return business > days ? business : days;
}

/** R5.4 BLOCK: nothing adverse before the first notice was given and the wait after it is over. */
const r54: Gate<ClockState> = {
  code: 'R5.4',
  reads: () => [],
  missing: (state, { terms, now }) => {
    const matter = state.matter;
    if (matter?.about !== 'background' || matter.status !== 'pre_adverse' || matter.given === null)
      return [{ code: 'D5.2', about: 'pre_adverse', visibility: 'C3' }];
    const until = waitUntil(matter.given, terms);
    if (dateOf(terms.calendar, now) <= until) return [{ code: 'X8', about: until, visibility: 'C3' }];
    return [];
  },
};

/** R5.7 BLOCK: nothing adverse is final without another officer's word that no open matter stands against it. */
const r57: Gate<ClockState> = {
  code: 'R5.7',
  reads: () => [],
  missing: ({ matter }) => {
    const said = matter?.about === 'background' && matter.word === 'nothing_stands_against';
    return said ? [] : [{ code: 'officer_word', visibility: 'C3' }];
  },
};

export const gates = { 'R5.4': r54, 'R5.7': r57 };

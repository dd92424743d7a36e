import type { Obligation } from '../kernel/agenda.ts';
import { addDays, addMonths, opening, rollForward } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import type { ComingDay, ReadinessState } from './state.ts';

/** D-7 of a first day, rolled back; null under a policy that does not speak of it. Never before a day has passed. */
function beforeDayOne(day: ComingDay | undefined, since: Instant, terms: Terms): Instant | null {
  const before = numIf(terms.policy, 'P0.3', 'before_day_one_d');
  if (before === null || day === undefined) return null;
  return Math.max(dueOn(terms.calendar, addDays(day.on, -before)), dueIn(terms.calendar, since, 1));
}

/** The first of the first days to come on which the last orientation is too old. */
function tooOldFor(state: ReadinessState, terms: Terms): ComingDay | undefined {
  if (state.orientation === null) return undefined;
  const freshUntil = addMonths(state.orientation, num(terms.policy, 'P0.3', 'valid_months'));
  return state.dayOnes.find((day) => freshUntil < day.on);
}

/** What P0.3 owes now: since when, due when, under which name. */
function due(
  state: ReadinessState,
  terms: Terms,
): { readonly id: string; readonly since: Instant; readonly due: Instant } | null {
  const since = state.orientation === null ? state.accepted : state.orientAgain;
  if (since !== null) {
    const usual = dueIn(terms.calendar, since, num(terms.policy, 'P0.3', 'due_bd'));
    const early = beforeDayOne(state.dayOnes[0], since, terms);
    return { id: `P0.3:${since}`, since, due: early === null ? usual : Math.min(usual, early) };
  }
  const day = tooOldFor(state, terms);
  const early = day === undefined ? null : beforeDayOne(day, day.at, terms);
  if (day === undefined || early === null) return null;
  return { id: `P0.3:${day.candidacy}:${day.on}:${day.at}`, since: day.at, due: early };
}

/**
 * P0.3 Staff orientation to the role → all team and HR: owed once readiness is accepted, before stage 3, and again
 * when the team changed or the last one was found too old; at D-7 of a first day it is fresh. HR holds it; the team
 * hears of it at the first ask.
 */
export function orientation(state: ReadinessState, terms: Terms, site: SiteRef): readonly Obligation[] {
  if (state.accepted === null) return [];
  const owing = due(state, terms);
  if (owing === null) return [];
  const owner = holder('hr', site);
  const obligation = laddered({ ...owing, code: 'P0.3', owner, site, next: 'G2' }, terms);
  const rungs = obligation.rungs.map((rung) =>
    rung.how === 'ask' ? { ...rung, to: [owner, ...state.team] } : rung,
  );
  return [{ ...obligation, rungs }];
}

/** Eighteen months before the site's calendar ends HR owes the next one; a longer calendar in force settles it. */
export function nextCalendar(state: ReadinessState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const before = numIf(terms.policy, 'CALENDAR', 'before_end_months');
  if (state.accepted === null || before === null) return [];
  const { calendar, policy } = terms;
  const day = addMonths(calendar.last, -before);
  const opens = day <= calendar.first ? state.accepted : opening(calendar, rollForward(calendar, day));
  const since = Math.max(opens, state.accepted);
  const within = dueIn(calendar, since, num(policy, 'CALENDAR', 'within_bd'));
  const manager = holder('director', site);
  const id = `CALENDAR:${calendar.last}`;
  const owner = holder('hr', site);
  return [laddered({ id, code: 'CALENDAR', owner, site, since, due: within, manager }, terms)];
}

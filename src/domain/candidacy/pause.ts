import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, businessDaysBetween, dateOf, instantOf, wallTimeOf } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import type { Terms } from '../kernel/terms.ts';
import type { CandidacyState, Pause } from './state.ts';

/** What goes on while a search rests: words on their way, an outcome to tell, an answer that an applicant waits for, an offer taken back. */
const goesOn: ReadonlySet<string> = new Set(['X1', 'P3.5', 'P4.5', 'X32', 'R5.7']);

/** @returns the pause that stands now (X28); null while the search goes on. */
export function restsNow({ pauses }: CandidacyState): Pause | null {
  return pauses.find((one) => one.to === null) ?? null;
}

/** X28: whether money is what a search rests for. One that does not say why is from before it did, and counts. */
export const wantsMoney = ({ why }: Pause): boolean => why === undefined || why === 'funding_freeze';

function later(instant: Instant, pause: Pause, { calendar }: Terms): Instant {
  if (instant <= pause.from) return instant;
  const end = pause.to === null ? pause.until : dateOf(calendar, pause.to);
  const days = businessDaysBetween(calendar, dateOf(calendar, pause.from), end);
  if (days <= 0) return instant;
  const day = addBusinessDays(calendar, dateOf(calendar, instant), days);
  return instantOf(calendar, day, wallTimeOf(calendar, instant));
}

function moved(one: Obligation, pause: Pause, terms: Terms): Obligation {
  const over = pause.to !== null && one.since >= pause.to;
  if (over || goesOn.has(one.code) || one.id.includes(':told:')) return one;
  const rung = (step: Rung): Rung => ({ ...step, at: later(step.at, pause, terms) });
  // While it rests nobody is asked, and no act of the policy falls due.
  const rungs = pause.to === null ? [] : one.rungs.map(rung);
  return { ...one, due: later(one.due, pause, terms), rungs };
}

/** X28: timers stand still while the search rests; afterwards each is as much later, in business days. */
export function paused(
  agenda: readonly Obligation[],
  pauses: readonly Pause[],
  terms: Terms,
): readonly Obligation[] {
  return pauses.reduce((list, pause) => list.map((one) => moved(one, pause, terms)), agenda);
}

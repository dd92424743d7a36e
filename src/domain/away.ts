import type { Obligation } from './kernel/agenda.ts';
import { addBusinessDays, closing, opening, rollForward } from './kernel/calendar.ts';
import type { CivilDate, Instant, SiteCalendar } from './kernel/calendar.ts';
import { holder } from './kernel/words.ts';
import type { PersonRef, SiteRef } from './kernel/words.ts';

/**
 * A person's absence as other cases may know it: dates only. `to` is the day of return. `begun` says whether it
 * had begun when the case heard of it.
 */
export interface Away {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly begun: boolean;
}

/** The absence a case knows of now, and the day the person last came back. */
export interface Absence {
  readonly away: Away | null;
  readonly back: CivilDate | null;
  /** How often the case was told something, and which time it was that told of the return: parts of ids. */
  readonly told: number;
  readonly returned: number;
}

export const present: Absence = { away: null, back: null, told: 0, returned: 0 };

/** @returns the body of the event that notes an absence; one that has begun lasts until the person is back. */
export function noting(
  absence: Absence,
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
  today: CivilDate,
): Away {
  const before = absence.away;
  const lasting = before !== null && (before.begun || before.from <= today);
  return { from, to, begun: lasting || from <= today };
}

/** Folds the news of an absence. */
export function gone(absence: Absence, away: Away): Absence {
  return { ...absence, away, told: absence.told + 1 };
}

/** Folds the news of a return. */
export function returned(absence: Absence, back: CivilDate): Absence {
  const told = absence.told + 1;
  return { away: null, back, told, returned: told };
}

/**
 * Nothing is asked of a person on leave; HR holds it meanwhile (domain 2.2, X13). What is due before the leave keeps
 * its owner. A policy's own act never falls into a leave.
 * @param person whose absence it is; obligations of others are returned as they are
 */
export function held(
  obligation: Obligation,
  absence: Absence,
  person: PersonRef,
  site: SiteRef,
  calendar: SiteCalendar,
): Obligation {
  const away = absence.away;
  if (away === null || obligation.owner !== person) return obligation;
  const start = away.begun ? -Infinity : opening(calendar, away.from);
  const asksThem = (to: readonly string[]): boolean => to.includes(person);
  if (obligation.due < start) {
    const rungs = obligation.rungs.filter((rung) => !asksThem(rung.to) || rung.at < start);
    return { ...obligation, rungs };
  }
  const hr = holder('hr', site);
  const back = rollForward(calendar, away.to);
  // Under the old id a rung could be sent twice once the leave has begun: a new id starts a new ladder.
  const id = away.begun ? `${obligation.id}:held:${absence.told}` : obligation.id;
  const look = addBusinessDays(calendar, back, 1);
  return {
    ...obligation,
    id,
    owner: hr,
    atSilence: 'waits_for_return',
    due: Math.max(obligation.due, closing(calendar, look)),
    rungs: [
      ...obligation.rungs.filter((rung) => asksThem(rung.to) && rung.how !== 'act' && rung.at < start),
      {
        id: `held-${away.to}`,
        at: opening(calendar, look),
        to: [hr],
        how: 'remind',
      },
    ],
  };
}

/** @returns when something began to be owed by a person who came back: not before their return. */
export function sinceReturn(absence: Absence, since: Instant, calendar: SiteCalendar): Instant {
  return absence.back === null ? since : Math.max(since, opening(calendar, absence.back));
}

/** @returns the mark that makes an obligation's id new after a return, so that its ladder begins again. */
export function returnMark(absence: Absence): string {
  return absence.back === null ? '' : `:back:${absence.returned}`;
}

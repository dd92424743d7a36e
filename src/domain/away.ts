import type { Obligation } from './kernel/agenda.ts';
import { addBusinessDays, closing, opening, rollForward } from './kernel/calendar.ts';
import type { CivilDate, Instant, SiteCalendar } from './kernel/calendar.ts';
import { holder } from './kernel/words.ts';
import type { PersonRef, SiteRef } from './kernel/words.ts';
import { inOrder } from './spells.ts';
import type { Days } from './spells.ts';

/**
 * A person's absence as other cases may know it: dates only. `to` is the day of return. `begun` says whether it
 * had begun when the case heard of it.
 */
export interface Away extends Days {
  readonly begun: boolean;
}

/** What a case is told: one absence, and `rest`, all others that are not over. Left out: there is no other. */
export interface AwayTold extends Days {
  readonly rest?: readonly Days[];
}

export interface AwayNoted extends Away {
  readonly rest?: readonly Away[];
}

/**
 * What a case is told of an absence that is over: when it began, and what others are left. One that is over on the day it
 * was to begin was taken back before.
 */
export interface BackTold {
  readonly on: CivilDate;
  readonly from?: CivilDate;
  readonly rest?: readonly Days[];
}

export interface BackNoted extends BackTold {
  readonly rest?: readonly Away[];
}

/** The absences a case knows of now, soonest first, and the day the person last came back. */
export interface Absence {
  readonly away: readonly Away[];
  readonly back: CivilDate | null;
  /** How often the case was told something, and which time it was that told of the return: parts of ids. */
  readonly told: number;
  readonly returned: number;
}

export const present: Absence = { away: [], back: null, told: 0, returned: 0 };

const dated =
  (today: CivilDate) =>
  ({ from, to }: Days): Away => ({ from, to, begun: from <= today });

const others = (rest: readonly Days[] | undefined, today: CivilDate): { readonly rest?: readonly Away[] } =>
  rest === undefined || rest.length === 0 ? {} : { rest: rest.map(dated(today)) };

/** @returns the body of the event that notes an absence; one that has begun lasts until the person is back. */
export function noting({ rest, ...one }: AwayTold, today: CivilDate): AwayNoted {
  return { ...dated(today)(one), ...others(rest, today) };
}

/** @returns the body of the event that notes a return. */
export function endingOf({ on, from, rest }: BackTold, today: CivilDate): BackNoted {
  return { on, ...(from === undefined ? {} : { from }), ...others(rest, today) };
}

const soonestFirst = (list: readonly Away[]): readonly Away[] =>
  list.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

/** Folds the news of an absence: what is not named any more is no absence any more. */
export function gone(absence: Absence, { rest = [], ...away }: AwayNoted): Absence {
  return { ...absence, away: soonestFirst([...rest, away]), told: absence.told + 1 };
}

/** Folds the news of a return, or that an absence was taken back before it began. */
export function returned(absence: Absence, { on, from, rest = [] }: BackNoted): Absence {
  const told = absence.told + 1;
  const away = soonestFirst(rest);
  const was = absence.away.find((one) => one.from === from);
  if (was !== undefined && !was.begun && on <= was.from) return { ...absence, away, told };
  return { away, back: on, told, returned: told };
}

/**
 * The absence that is on or comes next, together with what follows on it, and when it begins for what is owed. What lies
 * behind the next return is told anew on that day.
 */
function nextAway(
  absence: Absence,
  calendar: SiteCalendar,
): { readonly away: Away; readonly start: Instant } | null {
  const [away] = inOrder(absence.away, (first, to) => ({ ...first, to }));
  if (away === undefined) return null;
  return { away, start: away.begun ? -Infinity : opening(calendar, away.from) };
}

/** The business day after a return, on which what was put off is looked at. */
const lookAfter = ({ to }: Away, calendar: SiteCalendar): CivilDate =>
  addBusinessDays(calendar, rollForward(calendar, to), 1);

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
  const next = obligation.owner === person ? nextAway(absence, calendar) : null;
  if (next === null) return obligation;
  const { away, start } = next;
  const asksThem = (to: readonly string[]): boolean => to.includes(person);
  if (obligation.due < start) {
    const rungs = obligation.rungs.filter((rung) => !asksThem(rung.to) || rung.at < start);
    return { ...obligation, rungs };
  }
  const hr = holder('hr', site);
  // Under the old id a rung could be sent twice once the leave has begun: a new id starts a new ladder.
  const id = away.begun ? `${obligation.id}:held:${absence.told}` : obligation.id;
  const look = lookAfter(away, calendar);
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

/**
 * What another one owes needs the person there: it waits for their return with whoever owes it, and nobody is asked for it
 * meanwhile (domain 2.2). What is due before the leave stays as it is.
 */
export function awaited(obligation: Obligation, absence: Absence, calendar: SiteCalendar): Obligation {
  const next = nextAway(absence, calendar);
  if (next === null) return obligation;
  const { away, start } = next;
  const rungs = obligation.rungs.filter((rung) => rung.at < start);
  if (obligation.due < start) return { ...obligation, rungs };
  const look = lookAfter(away, calendar);
  return {
    ...obligation,
    id: away.begun ? `${obligation.id}:away:${absence.told}` : obligation.id,
    atSilence: 'waits_for_return',
    due: Math.max(obligation.due, closing(calendar, look)),
    // A return that nobody recorded would leave it asleep.
    rungs: [
      ...rungs,
      { id: `away-${away.to}`, at: opening(calendar, look), to: [obligation.owner], how: 'remind' },
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

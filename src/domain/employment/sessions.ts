import {
  addDays,
  isBusinessDay,
  nearestBusinessDayOfWeek,
  rollForward,
  weekdayOf,
} from '../kernel/calendar.ts';
import type { CivilDate, SiteCalendar } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { Job, Sessions, Spell } from './state.ts';

/** One planned session. `session`, its nominal day, is its name for ever; `on` is the day it takes place. */
export interface Slot {
  readonly session: CivilDate;
  readonly on: CivilDate;
  readonly ordinal: number;
  readonly times: number;
}

/** How many open sessions are planned: the one next and the one after, so that a late log delays no prompt. */
export const SLOTS_AHEAD = 2;

/** R7.8: a session that falls on a closed day moves within its week; an agreed move goes before. */
export function slotOn(sessions: Sessions, session: CivilDate, calendar: SiteCalendar): CivilDate {
  const agreed = sessions.moved[session]?.on;
  if (agreed !== undefined) return agreed;
  return isBusinessDay(calendar, session) ? session : nearestBusinessDayOfWeek(calendar, session);
}

/** The next planned sessions, derived from the state alone: anchor, cadence, and what is recorded already. */
export function slots(sessions: Sessions, calendar: SiteCalendar, count = SLOTS_AHEAD): readonly Slot[] {
  const list: Slot[] = [];
  let session = sessions.next;
  let ordinal = sessions.ordinal;
  while (list.length < count) {
    if (!sessions.ahead.includes(session)) {
      const times = sessions.moved[session]?.times ?? 0;
      list.push({ session, on: slotOn(sessions, session, calendar), ordinal, times });
    }
    session = addDays(session, sessions.weeks * 7);
    ordinal += 1;
  }
  return list;
}

/** The open session of that name or day, with the one before and after it. */
export function slotNamed(
  sessions: Sessions,
  name: CivilDate,
  calendar: SiteCalendar,
): { readonly slot: Slot; readonly before: Slot | undefined; readonly after: Slot } | null {
  const ahead = slots(sessions, calendar, SLOTS_AHEAD + 1);
  for (const [place, slot] of ahead.slice(0, SLOTS_AHEAD).entries()) {
    const after = ahead[place + 1];
    if ((slot.session === name || slot.on === name) && after !== undefined)
      return { slot, before: ahead[place - 1], after };
  }
  return null;
}

/** With two supervisors they take turns (E6, dual supervision). */
export function holderOf(job: Job, ordinal: number): PersonRef {
  return job.second !== null && ordinal % 2 === 1 ? job.second : job.supervisor;
}

/** Takes a session off the plan once its outcome is recorded; none is skipped and none comes twice. */
export function settled(sessions: Sessions, session: CivilDate): Sessions {
  let ahead = [...sessions.ahead, session];
  let { next, ordinal } = sessions;
  while (ahead.includes(next)) {
    const done = next;
    ahead = ahead.filter((one) => one !== done);
    next = addDays(next, sessions.weeks * 7);
    ordinal += 1;
  }
  const moved = Object.fromEntries(Object.entries(sessions.moved).filter(([key]) => key !== session));
  return { ...sessions, next, ordinal, ahead, moved };
}

/**
 * The session that comes next under another cadence: counted from the last one planned, on the same day of the
 * week, and never in the past.
 */
export function nextAtCadence(sessions: Sessions, weeks: number, today: CivilDate): CivilDate {
  if (sessions.ordinal === 0) return sessions.next;
  let next = addDays(sessions.next, (weeks - sessions.weeks) * 7);
  while (next <= today) next = addDays(next, 7);
  return next;
}

/** The session that comes next on another day of the week: in the same week as planned, or the one after. */
export function nextOnWeekday(sessions: Sessions, weekday: number, today: CivilDate): CivilDate {
  const next = addDays(sessions.next, weekday - weekdayOf(sessions.next));
  return next > today ? next : addDays(next, 7);
}

/** The leave a day falls into, if any; the day of return is a working day again. */
export function leaveOn(leave: readonly Spell[], day: CivilDate): Spell | undefined {
  return leave.find((spell) => spell.from <= day && day < spell.to);
}

/** The first day at work after a leave. */
export function returnDay(spell: Spell, calendar: SiteCalendar): CivilDate {
  return rollForward(calendar, spell.to);
}

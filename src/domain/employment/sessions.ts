import {
  addDays,
  isBusinessDay,
  nearestBusinessDayOfWeek,
  rollForward,
  weekdayOf,
} from '../kernel/calendar.ts';
import type { CivilDate, SiteCalendar } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { Job, Moved, Sessions, Spell } from './state.ts';

/** One planned session. `session`, its nominal day, is its name for ever; `on` is the day it takes place. */
export interface Slot {
  readonly session: CivilDate;
  readonly on: CivilDate;
  readonly ordinal: number;
  readonly times: number;
}

/** What the plan of the sessions ahead is derived from. */
export type Planned = Pick<Sessions, 'next' | 'ordinal' | 'weeks' | 'ahead' | 'moved'>;

/** How many open sessions are planned: the one next and the one after, so that a late log delays no prompt. */
export const SLOTS_AHEAD = 2;

/** R7.8: a session that falls on a closed day moves within its week; an agreed move goes before. */
export function slotOn(
  sessions: Pick<Sessions, 'moved'>,
  session: CivilDate,
  calendar: SiteCalendar,
): CivilDate {
  const agreed = sessions.moved[session]?.on;
  if (agreed !== undefined) return agreed;
  return isBusinessDay(calendar, session) ? session : nearestBusinessDayOfWeek(calendar, session);
}

/** The plan from its next session on, without end: anchor, cadence, agreed moves, and what is recorded already. */
function* plan(sessions: Planned, calendar: SiteCalendar): Generator<Slot, never> {
  let session = sessions.next;
  for (let ordinal = sessions.ordinal; ; ordinal += 1) {
    if (!sessions.ahead.includes(session)) {
      const times = sessions.moved[session]?.times ?? 0;
      yield { session, on: slotOn(sessions, session, calendar), ordinal, times };
    }
    session = addDays(session, sessions.weeks * 7);
  }
}

/** The next planned sessions, derived from the state alone. */
export function slots(sessions: Planned, calendar: SiteCalendar, count = SLOTS_AHEAD): readonly Slot[] {
  const list: Slot[] = [];
  for (const slot of plan(sessions, calendar)) {
    if (list.push(slot) >= count) break;
  }
  return list;
}

/** The open session of that name or, where none has the name, of that day, with the one before and after it. */
export function slotNamed(
  sessions: Sessions,
  name: CivilDate,
  calendar: SiteCalendar,
): { readonly slot: Slot; readonly before: Slot | undefined; readonly after: Slot } | null {
  const list = slots(sessions, calendar, SLOTS_AHEAD + 1);
  const ahead = list.slice(0, SLOTS_AHEAD);
  const slot = ahead.find((one) => one.session === name) ?? ahead.find((one) => one.on === name);
  if (slot === undefined) return null;
  const place = list.indexOf(slot);
  const after = list[place + 1];
  return after === undefined ? null : { slot, before: list[place - 1], after };
}

/**
 * R7.5: whether a day is the name or the day of any session of the plan, however far ahead: late logs can leave more
 * than the next two open, and an extra session of that day would bear the name of the planned one and hide it.
 */
export function onPlan(sessions: Sessions, day: CivilDate, calendar: SiteCalendar): boolean {
  const furthest = Object.keys(sessions.moved).reduce((a, b) => (a > b ? a : b), addDays(day, 6));
  for (const slot of plan(sessions, calendar)) {
    if (slot.session > furthest) return false;
    if (slot.session === day || slot.on === day) return true;
  }
  return false;
}

/** With two supervisors they take turns (E6, dual supervision). */
export function holderOf(job: Job, ordinal: number): PersonRef {
  return job.second !== null && ordinal % 2 === 1 ? job.second : job.supervisor;
}

/** Takes a session off the plan once its outcome is recorded; none is skipped and none comes twice. */
export function settled(sessions: Sessions, session: CivilDate): Sessions {
  let ahead = [...sessions.ahead, session];
  let { next, ordinal, anchor } = sessions;
  while (ahead.includes(next)) {
    const done = next;
    ahead = ahead.filter((one) => one !== done);
    anchor = done;
    next = addDays(next, sessions.weeks * 7);
    ordinal += 1;
  }
  const moved = Object.fromEntries(Object.entries(sessions.moved).filter(([key]) => key !== session));
  return { ...sessions, next, ordinal, anchor, ahead, moved };
}

/** A session that stays on the day it was planned for while the plan around it changes. */
export interface Stay {
  readonly session: CivilDate;
  readonly to: CivilDate;
}

/** What a change of the plan makes of the sessions ahead: none of them is lost, and none comes twice. */
export interface Replan {
  readonly next: CivilDate;
  /** Sessions under their new names that stay on the days they were planned for. */
  readonly stays: readonly Stay[];
}

/**
 * D7.6: the session that comes next under another cadence. It is counted from the last one whose outcome is recorded,
 * never from a session that was only planned: however often the cadence changes, the next session is not put off
 * beyond the longer interval. It lies ahead, on the same day of the week. One that was agreed for another day keeps
 * that day.
 * @param sessions with no session open whose day has come
 */
export function atCadence(
  sessions: Sessions,
  weeks: number,
  today: CivilDate,
  calendar: SiteCalendar,
): Replan {
  const { next, moved } = sessions;
  if (weeks === sessions.weeks) return { next, stays: agreed(sessions) };
  const counted = next > today ? countedOn(sessions, weeks, today, calendar) : next;
  if (counted !== next) return { next: counted, stays: [] };
  const on = slotOn(sessions, next, calendar);
  let name = next;
  // What comes after it lies after it also where it was moved far.
  while (addDays(name, weeks * 7) <= on) name = addDays(name, 7);
  return { next: name, stays: moved[next] === undefined ? [] : [{ session: name, to: on }] };
}

function countedOn(sessions: Sessions, weeks: number, today: CivilDate, calendar: SiteCalendar): CivilDate {
  const { anchor, next, weekday } = sessions;
  if (anchor === null) return next;
  const unmoved = { ...sessions, moved: {} };
  let session = addDays(anchor, weekday - weekdayOf(anchor) + weeks * 7);
  while (session !== next && slotOn(unmoved, session, calendar) <= today) session = addDays(session, 7);
  return session;
}

function agreed({ moved }: Sessions): readonly Stay[] {
  return Object.entries(moved).map(([session, { on }]) => ({ session, to: on }));
}

/**
 * The plan on another day of the week: each session in its own week. One for which that day has passed already stays
 * on the day it was planned for.
 * @param after the last day on which none can be: today, or the day before day one
 */
export function onWeekday(
  sessions: Sessions,
  weekday: number,
  after: CivilDate,
  calendar: SiteCalendar,
): Replan {
  const inWeek = (session: CivilDate): CivilDate => addDays(session, weekday - weekdayOf(session));
  const stays: Stay[] = [];
  let last = after;
  for (const slot of plan(sessions, calendar)) {
    const session = inWeek(slot.session);
    if (slotOn({ ...sessions, moved: {} }, session, calendar) > last) break;
    stays.push({ session, to: slot.on });
    last = slot.on;
  }
  return { next: inWeek(sessions.next), stays };
}

/** The plan as a change of it leaves it; a session that keeps name and day counts as moved no more often than before. */
export function replanned(
  sessions: Sessions,
  { next, stays = [] }: Partial<Replan> & Pick<Replan, 'next'>,
  change: Partial<Pick<Sessions, 'weeks' | 'weekday' | 'at'>>,
): Sessions {
  const moved = stays.map(({ session, to }): [CivilDate, Moved] => {
    const before = sessions.moved[session];
    return [session, before?.on === to ? before : { on: to, times: (before?.times ?? 0) + 1 }];
  });
  return { ...sessions, ...change, next, moved: Object.fromEntries(moved) };
}

/** The leave a day falls into, if any; the day of return is a working day again. */
export function leaveOn(leave: readonly Spell[], day: CivilDate): Spell | undefined {
  return leave.find((spell) => spell.from <= day && day < spell.to);
}

/** The first day at work after a leave. */
export function returnDay(spell: Spell, calendar: SiteCalendar): CivilDate {
  return rollForward(calendar, spell.to);
}

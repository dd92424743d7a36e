import { instantOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Meeting } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import { inPlace } from './cover.ts';
import { leaveOn, slots } from './sessions.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Live } from './state.ts';

/** A session as it is planned: its name, its day, and whose turn it is. */
interface Ahead {
  readonly id: string;
  readonly on: CivilDate;
  readonly ordinal: number;
}

function ahead({ sessions }: Live, { calendar }: Terms): readonly Ahead[] {
  const plan = slots(sessions, calendar).map(({ on, ordinal }) => ({ id: String(ordinal), on, ordinal }));
  const { n, on } = sessions.extra;
  return on === null ? plan : [...plan, { id: `extra_${n}`, on, ordinal: 0 }];
}

/**
 * P7.1, R7.5: the sessions ahead in two people's calendars: the employee's, and that of whoever is in place (X11). None
 * on leave (R7.4) nor after the last day. A session keeps its entry, by its place in the plan, while it moves, takes
 * another weekday or passes to somebody else.
 * @returns null after a death: nothing is told to anybody any more, not even that a meeting will not be (X22)
 */
export function meetings(state: EmploymentState, terms: Terms): readonly Meeting[] | null {
  if (!isLive(state)) return [];
  const { job, leave, sessions, ending } = state;
  if (ending.died !== null) return null;
  // A policy of an earlier day sends no calendar files.
  const minutes = numIf(terms.policy, 'D7.1', 'meeting_min');
  if (minutes === null || minutes === 0 || ending.ended !== null) return [];
  return ahead(state, terms).flatMap(({ id, on, ordinal }) => {
    const gone = leaveOn(leave, on) !== undefined || (ending.lastDay !== null && on > ending.lastDay);
    if (gone) return [];
    // While nobody is in place it stays with the employee: an interim is named the same day.
    const by = inPlace(sessions, job, ordinal, on);
    const who = by === null ? [job.person] : [job.person, by];
    const at = instantOf(terms.calendar, on, sessions.at);
    return [{ id: `session_${id}`, at, minutes, who, visibility: 'C1' as const }];
  });
}

import { addDays, rollForward } from '../kernel/calendar.ts';
import type { CivilDate, SiteCalendar } from '../kernel/calendar.ts';
import { missingValues, numIf, nums } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import { timelineParts } from './words.ts';
import type { Reason, TimelinePart, TimelineWarning } from './words.ts';

/** One part of a timeline: its weeks, its first day, and the day on which the next one begins. */
export interface PlannedPart {
  readonly part: TimelinePart;
  readonly weeks: number;
  readonly from: CivilDate;
  readonly until: CivilDate;
}

export interface PlannedTimeline {
  readonly parts: readonly PlannedPart[];
  readonly weeks: number;
  /** Day one at the earliest. */
  readonly until: CivilDate;
  readonly warnings: readonly TimelineWarning[];
}

type Weeks = Partial<Record<TimelinePart, number>>;

/** @returns weeks of every part: what was planned, else the default of the policy (D0.7). */
export function weeksOf(weeks: Weeks, policy: Policy): readonly (readonly [TimelinePart, number])[] {
  const usual = missingValues(policy, ['D0.7.weeks']).length === 0 ? nums(policy, 'D0.7', 'weeks') : [];
  return timelineParts.map((part, place) => [part, weeks[part] ?? usual[place] ?? 0]);
}

/** What D0.7 warns of: the clock of a contract drives the hire, or less than twelve weeks are planned in all. */
export function timelineWarned(
  weeks: Weeks,
  reasons: readonly Reason[],
  policy: Policy,
): readonly TimelineWarning[] {
  const total = weeksOf(weeks, policy).reduce((sum, [, one]) => sum + one, 0);
  const found: TimelineWarning[] = [];
  if (reasons.includes('contract')) found.push('driver_contract');
  if (total < (numIf(policy, 'D0.7', 'min_weeks') ?? 0)) found.push('under_minimum_weeks');
  return found;
}

/**
 * D0.7: the stages of a hire as dates, part after part from a first day on. A day on which the site is closed moves to
 * the next business day. @throws CalendarRangeExceeded where the calendar does not reach that far
 */
export function planTimeline(
  from: CivilDate,
  weeks: Weeks,
  reasons: readonly Reason[],
  terms: { readonly calendar: SiteCalendar; readonly policy: Policy },
): PlannedTimeline {
  let done = 0;
  const day = (after: number): CivilDate => rollForward(terms.calendar, addDays(from, Math.round(after * 7)));
  const parts = weeksOf(weeks, terms.policy).map(([part, one]): PlannedPart => {
    const begins = day(done);
    done += one;
    return { part, weeks: one, from: begins, until: day(done) };
  });
  const warnings = timelineWarned(weeks, reasons, terms.policy);
  return { parts, weeks: done, until: day(done), warnings };
}

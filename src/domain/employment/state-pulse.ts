import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { DriftJudgement, PulseAnswer, ReviewSeat } from './events.ts';
import type * as w from './words.ts';

export interface Drift {
  readonly month: CivilDate;
  readonly triggers: readonly w.DriftTrigger[];
  readonly since: Instant;
  readonly proposal: DriftJudgement | null;
  readonly agreed: readonly ReviewSeat[];
  /** Who gave the word of a seat, in name and in hand: the three are three people. Left out: nobody did. */
  readonly givers?: readonly PersonRef[];
}

export interface Pulse {
  /** First day of the month asked for next. */
  readonly month: CivilDate;
  readonly employee: PulseAnswer | null;
  readonly supervisor: PulseAnswer | null;
  readonly before: { readonly month: CivilDate; readonly outside: number } | null;
  readonly drift: Drift | null;
  /** R7.7: months that ended with the view of one alone; it stays closed to the other. Left out: none did. */
  readonly alone?: readonly CivilDate[];
  /** D7.5 `accepted_temporary_until`. */
  readonly until: { readonly on: CivilDate; readonly since: Instant } | null;
}

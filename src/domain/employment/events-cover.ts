import type { CivilDate } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type * as w from './words.ts';

/** What an employment knows of its supervisors from the day they were named. */
export interface Supervisors {
  /** R7.6: the place taken with each of them. Left out: nothing is counted. */
  readonly span?: Readonly<Record<PersonRef, number>>;
  /** R5.2, R7.1: the day of their training, as other cases published it then. */
  readonly qualified?: Readonly<Record<PersonRef, CivilDate>>;
  /** R5.2: who supervises under a waiver, and until when. Left out: nobody. */
  readonly waiver?: { readonly supervisor: PersonRef; readonly until: CivilDate };
}

/** Stage 7 beside the sessions: a supervisor who is out (X11), observation of practice, and what is not said. */
export interface CoverBodies {
  /** X11: dates only; no reason has a field. `back` null: no return is known. */
  manager_changed: { readonly manager: PersonRef };
  supervisor_out: {
    readonly supervisor: PersonRef;
    readonly from: CivilDate;
    readonly back: CivilDate | null;
  };
  supervisor_back: { readonly supervisor: PersonRef };
  /** R7.1: from that day their sessions do not count, until a training is recorded again. */
  supervisor_unqualified: { readonly supervisor: PersonRef; readonly on: CivilDate };
  supervision_planned: { readonly outcome: w.SupervisionPlan; readonly on: CivilDate | null };
  /** Nobody who was served is named; `counts` is false when whoever observed was not qualified. */
  observation_recorded: {
    readonly on: CivilDate;
    readonly outcome: w.ObservationOutcome;
    readonly topics: readonly w.SessionTopic[];
    readonly by: PersonRef;
    readonly counts: boolean;
  };
  /** S001: no tension was raised since that day; a note about the team, and a verdict on nobody. */
  tension_noted: { readonly since: CivilDate; readonly on: CivilDate };
}

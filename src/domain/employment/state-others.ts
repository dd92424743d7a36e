import type { CivilDate } from '../kernel/calendar.ts';

/** The last time with others in peer roles. Left out: none yet. */
export interface Others {
  /** P9.5. */
  readonly networked?: CivilDate;
  /** The reflection group of stage 7. */
  readonly reflected?: CivilDate;
}

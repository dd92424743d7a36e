import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';

/** X11: who is out, and since when the plan after an interim is asked for. Dates only; `n` keeps ids apart for ever. */
export interface Cover {
  readonly out: Readonly<Record<PersonRef, Out>>;
  /** `on`: the day on which the supervisor before the interim returns. */
  readonly plan: { readonly n: number; readonly at: Instant; readonly on: CivilDate | null } | null;
}

interface Out {
  readonly n: number;
  readonly at: Instant;
  readonly from: CivilDate;
  readonly back: CivilDate | null;
}

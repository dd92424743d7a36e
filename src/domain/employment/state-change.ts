import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { MeasureWord, PayWord } from './events-change.ts';
import type { Heard } from '../offices.ts';
import type { Signed } from '../signed.ts';
import type { Specialty } from './words-change.ts';
import type { LadderStep } from './words.ts';

/** D9.2: what is under way or held; what lapsed is in the ledger alone. `n` keeps ids apart for ever. */
export interface SpecialtyHeld {
  readonly n: number;
  readonly is: 'started' | 'completed';
  readonly since: Instant;
  /** When the training ends, or what was completed ends to count; null: nothing is asked. */
  readonly until: CivilDate | null;
}

/** X15: one matter at a time, as for everybody: heard first, then a measure by two people. */
export interface Conduct {
  readonly n: number;
  readonly at: Instant;
  readonly by: PersonRef;
  /** When the employee was heard, or did not take it up; null before. */
  readonly heard: Instant | null;
  readonly proposal: (MeasureWord & Words & Signed & { readonly at: Instant }) | null;
}

/** The words given on something that stands against somebody. */
export interface Words extends Heard {
  readonly officer: boolean;
  readonly secondOfficer: boolean;
  /** Who gave a word, in name and in hand. Left out: nobody did. */
  readonly givers?: readonly PersonRef[];
}

/** X24: a promotion to lead or supervise that is not taken up yet. */
export interface Promoted {
  readonly n: number;
  readonly at: Instant;
  readonly steps: readonly LadderStep[];
  readonly trained: boolean;
  readonly talked: boolean;
}

/** Stage 9 beside rounds and ending. Every field is left out while there is nothing of its kind. */
export interface Change {
  readonly specialties?: Readonly<Partial<Record<Specialty, SpecialtyHeld>>>;
  readonly pay?: {
    readonly proposal: (PayWord & Signed & { readonly at: Instant }) | null;
    readonly last: { readonly to: number; readonly on: CivilDate } | null;
  };
  /** There was a promotion, which a change of pay may follow once (D9.8). */
  readonly promoted?: true;
  readonly lead?: Promoted;
  readonly conduct?: Conduct;
  /** X33: since when a change of an assignment is asked for. */
  readonly moving?: { readonly n: number; readonly at: Instant };
  /** X23: they worked here before, and agreed that it is known. Where is in the vault alone. */
  readonly returned?: true;
}

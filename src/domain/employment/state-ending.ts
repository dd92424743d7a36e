import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { Heard } from '../offices.ts';
import type { Signed } from '../signed.ts';
import type { Version } from '../versions.ts';
import type { RehireProposal, SeparationProposal } from './events.ts';
import type { SeparationNotice } from './words-change.ts';
import type * as w from './words.ts';

/** R9.5: the officers' words on something that stands against somebody. */
interface Worded extends Version, Heard {
  readonly at: Instant;
  readonly cleared: boolean;
  readonly second?: true;
  /** Who gave a word, in name and in hand: an office is one of two, and so is whoever speaks for it. */
  readonly givers?: readonly PersonRef[];
}

/** Stage 9: how an employment ends, and what is owed around it. */
export interface Ending {
  readonly proposal: (SeparationProposal & Worded) | null;
  readonly how: w.Leaving | null;
  readonly lastDay: CivilDate | null;
  readonly since: Instant;
  readonly ended: Instant | null;
  readonly access: boolean;
  readonly exit: boolean;
  readonly rehire: 'open' | 'proposed' | 'decided';
  readonly opening: 'open' | 'proposed' | 'decided';
  readonly rehireWord: (RehireProposal & Worded) | null;
  readonly openingWord: (Signed & Version & { readonly outcome: w.OpeningOutcome }) | null;
  readonly died:
    | (Signed & {
        readonly owner: PersonRef;
        readonly at: Instant;
        readonly closed: boolean;
        /** What hangs on the employment rests until it is closed. Left out: it ended at once. */
        readonly rests?: true;
      })
    | null;
  /** X15: the matter that the decision rests on. Left out: none. */
  readonly matter?: number;
  /** X20. Left out: not asked for. */
  readonly handover?: 'asked' | 'done';
  /** X21: what the person has not in hand yet. Left out: nothing was asked for. */
  readonly notices?: readonly SeparationNotice[];
  /** X20: whoever left named role drift as a reason (R9.4). Left out: they did not. */
  readonly drift?: true;
  /** D9.7 `close`: the search that filled the seat hears that nobody follows. Left out: somebody may, or it is open. */
  readonly closes?: true;
  /** D9.6, as it was decided. */
  readonly again?: w.RehireOutcome;
}

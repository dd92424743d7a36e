import type { Held, AnyDecider } from '../../domain/kernel/held.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { Terms } from '../../domain/kernel/terms.ts';
import type { CaseKind } from '../../domain/kernel/words.ts';
import type { eventOf } from '../fold.ts';
import type { Causes } from './causes/cause.ts';
import type { Chain } from './chain.ts';
import type { HouseFold } from './house.ts';
import type { NoticeBook } from './notice-book.ts';
import type { ChainRow } from './row-hash.ts';

export type Recorded = ReturnType<typeof eventOf>;

/** What a case holds so far in this check. */
export interface Folded {
  readonly kind: CaseKind;
  readonly decider: AnyDecider;
  /** Null before the first event, and from the first confidential row on that nobody opened. */
  held: Held | null;
  /** Sequences of confidential rows that were not opened, and of those after them: what they caused is not known. */
  readonly dark: Set<number>;
  /** Confidential rows that lie aside were not opened: whom the case told because of them is not known. */
  aside: boolean;
  deciding: Deciding | null;
}

/** The decision whose rows are being read: what can have brought them about, narrowed row by row. */
export interface Deciding {
  readonly origin: 'ask' | 'policy' | 'notice';
  readonly capacity: string;
  /** Commands, acts or notices still possible; null when it cannot be known. */
  readonly causes: readonly Causes[string][number][] | null;
}

/** One row with everything it is judged by: the state before it. */
export interface Scene {
  readonly org: string;
  readonly row: ChainRow;
  readonly event: Recorded;
  readonly folded: Folded;
  readonly before: Held;
  readonly terms: Terms;
  /** The facts the row names; each of them is held against its source. */
  readonly facts: Facts;
  readonly house: HouseFold;
  readonly notices: NoticeBook;
  readonly chain: Chain;
  /** The case of an id as it is folded so far. */
  caseOf(caseId: string): Folded | undefined;
}

/** What was counted while checking. */
export interface Tally {
  gates: number;
  facts: number;
  rights: number;
  notices: number;
  acts: number;
  sealed: number;
  opened: number;
  readonly known: Record<string, number>;
}

import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type {
  Competency,
  DutyClass,
  DutyCode,
  HoursKind,
  RequirementOutcome,
  ScreenResult,
  Settler,
  Wording,
} from './words.ts';
import type { Named } from '../signed.ts';

/** A duty of a list: its share of the time in percent. */
export interface Duty {
  readonly duty: string;
  readonly share: number;
  readonly alsoDoneBy?: string | undefined;
}

/** D2.1: what one classifier says of one duty. */
export interface DutyClassing {
  readonly duty: string;
  readonly class: DutyClass;
  readonly code?: DutyCode | undefined;
  readonly competencies?: readonly Competency[] | undefined;
  readonly goals?: readonly string[] | undefined;
}

/** One classifier's sheet of a list. */
export interface ClassSheet {
  readonly by: PersonRef;
  readonly adviser: boolean;
  readonly at: Instant;
  readonly classes: readonly DutyClassing[];
}

/** What the screen found wrong: a code and the duty or goal it is about. */
export interface ScreenFinding {
  readonly code: string;
  readonly about?: string;
}

/** D2.2, computed from the classes on which two classifiers agree. Shares in percent of time. */
export interface Screen {
  readonly result: ScreenResult;
  readonly core: number;
  readonly support: number;
  readonly shared: number;
  readonly nonPeer: number;
  readonly prohibited: number;
  readonly findings: readonly ScreenFinding[];
}

export interface DutyList {
  readonly list: number;
  /** The role version whose duties these are. */
  readonly version: number;
  readonly at: Instant;
  readonly duties: readonly Duty[];
  /** Kept until the screen; the ledger has them after. */
  readonly sheets: readonly ClassSheet[];
  readonly result: ScreenResult | null;
  readonly screened: Instant;
}

/** A part of the terms of hire (D2.3 to D2.5). */
export interface HireTerms {
  readonly requirements: Readonly<Record<string, RequirementOutcome>> | null;
  readonly wording: Wording | null;
  /** As the fact `credential_rule` has it, e.g. `within_n_months:12`. */
  readonly credential: string | null;
}

export interface ProposedTerms extends HireTerms, Named {
  readonly by: PersonRef;
  readonly as: 'hr' | 'compliance';
  readonly at: Instant;
  readonly n: number;
}

/** D2.6: a range in cents per hour; the difference to the comparator in percent, null without a record. */
export interface PayRange {
  readonly grade: string;
  readonly low: number;
  readonly high: number;
  readonly difference: number | null;
}

export interface Draft extends Named {
  readonly by: PersonRef;
  readonly as: 'hr' | 'supervisor';
  readonly at: Instant;
  readonly n: number;
  /** Role version and duty list it describes. */
  readonly version: number;
  readonly list: number;
  readonly hours: HoursKind;
  readonly clean: boolean;
  /** What the guard found in it and nobody called wrong about the text; left out where it is clean. */
  readonly findings?: readonly string[];
  /** Findings that were called wrong about it, by its author, the director and the adviser. */
  readonly erred?: readonly string[];
  readonly approved: boolean;
  /** Digest of the document as the approver read it. */
  readonly document?: string;
}

/** A finding that its author calls wrong about a duty's words, or (`null`) about the draft of the description. */
export interface Dispute {
  readonly n: number;
  readonly duty: string | null;
  readonly finding: string;
  readonly by: PersonRef;
  readonly at: Instant;
  /** The words of the duty, as they were looked at. */
  readonly text?: string;
  /** Who has said so too. */
  readonly words: readonly { readonly by: PersonRef; readonly as: Settler }[];
}

/** Words of a duty of which both said that the rule erred about them: these, and no others. */
export interface SettledWords {
  readonly duty: string;
  readonly finding: string;
  readonly text: string;
}

export interface DescriptionState {
  readonly lists: number;
  readonly list: DutyList | null;
  /** Shares of the list that passed last (R2.6). */
  readonly passed: Readonly<Record<string, number>> | null;
  /** Per cent of the time by class, in that list: what drift is measured by (D7.4). Left out: none passed yet. */
  readonly agreed?: Pick<Screen, 'core' | 'support' | 'shared' | 'nonPeer'>;
  readonly terms: HireTerms;
  readonly proposedTerms: ProposedTerms | null;
  readonly termsAt: Instant;
  /** Proposals of any kind so far, so that each waits under an id of its own. */
  readonly proposals: number;
  /** Ranges proposed so far. */
  readonly pays: number;
  readonly proposedPay: (PayRange & Named & { readonly by: PersonRef; readonly at: Instant }) | null;
  readonly pay: PayRange | null;
  readonly paySince: Instant;
  readonly payOpen: boolean;
  /** Day of the last approval or parity check (P2.4). */
  readonly paritySince: CivilDate | null;
  readonly posting: CivilDate | null;
  readonly postingAt: Instant;
  readonly draft: Draft | null;
  /** Version and list whose description passed G2. */
  readonly described: { readonly version: number; readonly list: number } | null;
  readonly disputes: readonly Dispute[];
  /** Disputes so far, so that each waits under an id of its own. */
  readonly disputed: number;
  /** Both found the rule wrong about the words, and no list with the duty came since. */
  readonly cleared: readonly SettledWords[];
  /** Findings that stand: of a duty for good, of a draft (`null`) while it is the draft. */
  readonly stands: readonly Pick<Dispute, 'duty' | 'finding'>[];
}

export const initialDescription: DescriptionState = {
  lists: 0,
  list: null,
  passed: null,
  terms: { requirements: null, wording: null, credential: null },
  proposedTerms: null,
  termsAt: 0,
  proposals: 0,
  pays: 0,
  proposedPay: null,
  pay: null,
  paySince: 0,
  payOpen: true,
  paritySince: null,
  posting: null,
  postingAt: 0,
  draft: null,
  described: null,
  disputes: [],
  disputed: 0,
  cleared: [],
  stands: [],
};

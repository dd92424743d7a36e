import type { CivilDate } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { Duty, DutyClassing, HireTerms, PayRange, Screen } from './state-description.ts';
import type { Member } from './state.ts';
import type {
  ChangeOutcome,
  ChangeReason,
  DisputeOutcome,
  FeeOutcome,
  HoursKind,
  LeaderReason,
  LeftOutReason,
  Measure,
  MeasureTime,
  ParityOutcome,
  PartTimeReason,
  PayOutcome,
  PayReason,
  Position,
  ReviewOutcome,
  Settler,
} from './words.ts';

export interface LeftOut {
  readonly person: PersonRef;
  readonly reason: LeftOutReason;
}

export interface Proposal {
  readonly element: string;
  readonly text: string;
  readonly choices: readonly string[];
}

export interface GivenPosition {
  readonly element: string;
  readonly round: number;
  readonly position: Position;
  readonly reason?: string | undefined;
  readonly proposal?: string | undefined;
}

export interface Outcome {
  readonly element: string;
  readonly round: number;
  readonly outcome: 'consensus' | 'consensus_with_concerns';
}

/** The frozen text of one element in a version. */
export interface AdoptedElement extends Proposal {
  readonly how: 'consensus' | 'consensus_with_concerns' | 'leader_decided';
}

/** Stage 1. */
type DefinitionEvent =
  | {
      readonly kind: 'role_opened';
      readonly body: {
        readonly site: SiteRef;
        readonly kind: string;
        readonly facilitator: PersonRef;
        readonly members: readonly Member[];
        readonly leftOut: readonly LeftOut[];
        readonly mandatory: readonly string[];
        readonly optional: readonly string[];
        /** Several teams may define one role, each its own version of it. */
        readonly family?: string | undefined;
        readonly team?: string | undefined;
      };
    }
  /** From now on this person brings the team together. */
  | { readonly kind: 'facilitator_changed'; readonly body: { readonly facilitator: PersonRef } }
  | {
      readonly kind: 'members_changed';
      readonly body: { readonly join: readonly Member[]; readonly leave: readonly LeftOut[] };
    }
  | {
      readonly kind: 'fee_recorded';
      readonly body: { readonly person: PersonRef; readonly outcome: FeeOutcome };
    }
  | {
      readonly kind: 'meeting_planned';
      readonly body: {
        readonly meeting: number;
        readonly on: CivilDate;
        readonly elements: readonly string[];
      };
    }
  | { readonly kind: 'meeting_moved'; readonly body: { readonly meeting: number; readonly on: CivilDate } }
  | { readonly kind: 'elements_proposed'; readonly body: { readonly proposals: readonly Proposal[] } }
  | {
      readonly kind: 'meeting_held';
      readonly body: {
        readonly meeting: number;
        readonly held: CivilDate;
        readonly attended: readonly PersonRef[];
        readonly elements: readonly string[];
      };
    }
  | {
      readonly kind: 'meeting_written_up';
      readonly body: {
        readonly meeting: number;
        readonly notes: string;
        readonly topics?: string | undefined;
        readonly options?: string | undefined;
        readonly objections?: string | undefined;
        readonly decision?: string | undefined;
      };
    }
  | {
      readonly kind: 'positions_given';
      readonly body: { readonly by: PersonRef; readonly positions: readonly GivenPosition[] };
    }
  | {
      readonly kind: 'no_response_recorded';
      readonly body: {
        readonly member: PersonRef;
        readonly call: number;
        readonly elements: readonly string[];
      };
    }
  | { readonly kind: 'block_repeated'; readonly body: { readonly element: string; readonly repeat: number } }
  | { readonly kind: 'elements_revised'; readonly body: { readonly proposals: readonly Proposal[] } }
  | { readonly kind: 'elements_concluded'; readonly body: { readonly outcomes: readonly Outcome[] } }
  | {
      readonly kind: 'leader_decided';
      readonly body: Proposal & { readonly round: number; readonly reason: LeaderReason };
    }
  | {
      readonly kind: 'sick_leave_reviewed';
      readonly body: { readonly outcome: ReviewOutcome; readonly round: number };
    }
  | {
      readonly kind: 'version_adopted';
      readonly body: {
        readonly version: number;
        readonly elements: readonly AdoptedElement[];
        readonly heard: readonly PersonRef[];
      };
    }
  | {
      readonly kind: 'change_decided';
      readonly body: {
        readonly outcome: ChangeOutcome;
        readonly elements: readonly string[];
        readonly reason: ChangeReason;
        readonly heard: readonly PersonRef[];
      };
    }
  | {
      readonly kind: 'change_asked';
      readonly body: { readonly elements: readonly string[]; readonly employment: CaseId };
    }
  | {
      readonly kind: 'measures_recorded';
      readonly body: {
        readonly when: MeasureTime;
        readonly on: CivilDate;
        readonly people: number;
        /** Per cent of the scale. */
        readonly values: Readonly<Partial<Record<Measure, number>>>;
      };
    }
  | { readonly kind: 'role_review_asked'; readonly body: { readonly employment: CaseId } }
  | {
      readonly kind: 'hire_noted';
      readonly body: {
        readonly employment: CaseId;
        readonly dayOne: CivilDate;
        readonly was?: CivilDate;
      };
    }
  | {
      /** X5: a search under a version of this role began, or is over. */
      readonly kind: 'search_noted';
      readonly body: { readonly opening: CaseId; readonly version: number; readonly open: boolean };
    }
  | {
      readonly kind: 'version_reaffirmed';
      readonly body: {
        readonly version: number;
        readonly on: CivilDate;
        readonly closed: readonly string[];
        readonly change: readonly string[];
      };
    }
  | { readonly kind: 'role_retired'; readonly body: { readonly version: number | null } };

/** Stage 2. */
export type DescriptionEvent =
  | {
      readonly kind: 'duties_entered';
      readonly body: {
        readonly list: number;
        readonly version: number;
        readonly duties: readonly (Duty & {
          /** Left out where the words stay those of the list before. */
          readonly text?: string | undefined;
          /** Entry of the duty library it was taken from. */
          readonly library?: string | undefined;
        })[];
        /** R2.6: false when what changed is too little to screen again. */
        readonly screen: boolean;
      };
    }
  | {
      readonly kind: 'duties_classified';
      readonly body: {
        readonly list: number;
        readonly by: PersonRef;
        readonly adviser: boolean;
        readonly classes: readonly DutyClassing[];
        /** Why, where a difference was settled. */
        readonly reason?: string | undefined;
      };
    }
  | { readonly kind: 'duties_screened'; readonly body: Screen & { readonly list: number } }
  | {
      readonly kind: 'terms_proposed';
      readonly body: HireTerms & { readonly by: PersonRef; readonly as: 'hr' | 'compliance' };
    }
  | { readonly kind: 'terms_confirmed'; readonly body: HireTerms & { readonly by: PersonRef } }
  | {
      readonly kind: 'pay_proposed';
      readonly body: PayRange & {
        readonly by: PersonRef;
        readonly comparatorRole: string;
        readonly reason: PayReason;
      };
    }
  | {
      readonly kind: 'pay_decided';
      readonly body: {
        readonly outcome: PayOutcome;
        readonly low: number;
        readonly high: number;
        readonly on: CivilDate;
      };
    }
  | { readonly kind: 'posting_planned'; readonly body: { readonly on: CivilDate } }
  | {
      readonly kind: 'description_drafted';
      readonly body: {
        readonly by: PersonRef;
        readonly as: 'hr' | 'supervisor';
        readonly version: number;
        readonly list: number;
        /** A word to whoever approves it. */
        readonly text?: string;
        readonly requirements: readonly string[];
        readonly hours: HoursKind;
        readonly partTimeReason?: PartTimeReason | undefined;
        readonly benefits: boolean;
        readonly findings: readonly string[];
      };
    }
  | {
      readonly kind: 'description_approved';
      readonly body: {
        readonly by: PersonRef;
        readonly version: number;
        /** Digest of the document as it was read. */
        readonly documentDigest?: string | undefined;
      };
    }
  | {
      readonly kind: 'role_described';
      readonly body: {
        readonly version: number;
        readonly list: number;
        readonly documentDigest?: string | undefined;
      };
    }
  | {
      readonly kind: 'pay_parity_checked';
      readonly body: {
        readonly outcome: ParityOutcome;
        readonly difference: number | null;
        readonly on: CivilDate;
      };
    }
  | {
      readonly kind: 'finding_disputed';
      readonly body: {
        /** Left empty: it is about the draft of the description. */
        readonly duty: string | null;
        readonly finding: string;
        readonly by: PersonRef;
        /** The words of the duty, for those who are to judge. */
        readonly text?: string;
      };
    }
  | {
      readonly kind: 'dispute_answered';
      readonly body: {
        readonly duty: string | null;
        readonly finding: string;
        readonly by: PersonRef;
        readonly as: Settler;
        readonly outcome: DisputeOutcome;
      };
    };

export type RoleEvent = DefinitionEvent | DescriptionEvent;

import type { CivilDate } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { AsideEvent, Hour } from './events-aside.ts';
import type {
  ApprovalReason,
  Competency,
  ConsentAnswer,
  CredentialStatus,
  DeclineReason,
  Eligibility,
  ExclusionOutcome,
  MentorAnswer,
  MentorKind,
  Rating,
  RescindReason,
  ScreeningOutcome,
  ScreeningReason,
  SetupItem,
  Statement,
  SupervisorOutcome,
  WayIn,
  WithdrawalReason,
} from './words.ts';

type Empty = Readonly<Record<string, never>>;

/** D3.3 and D3.4 as one reviewer, or HR, gives them. */
export interface Screening {
  readonly eligibility: Eligibility;
  readonly requirement?: string;
  readonly outcome: ScreeningOutcome;
  readonly reason?: ScreeningReason;
  readonly rationale?: string;
}

export type ScreeningEvent =
  | {
      readonly kind: 'applied';
      readonly body: {
        readonly site: SiteRef;
        /** The case itself: gates read facts about it. */
        readonly candidacy: CaseId;
        readonly opening: CaseId;
        readonly role: CaseId;
        readonly roleVersion: number;
        readonly person: PersonRef;
        readonly reviewers: readonly PersonRef[];
        /** D4.7: who hires, and so reads the application; left out: nobody was known then. */
        readonly hiringManager?: PersonRef;
        readonly attested: boolean;
        readonly entered: 'candidate' | 'hr';
        /** Which statement was ticked (domain 5.3). */
        readonly statement?: Statement;
        /** How an application entered by HR had come, and the key of its row in an imported list. */
        readonly way?: WayIn;
        readonly row?: string;
      };
    }
  | { readonly kind: 'statement_ticked'; readonly body: { readonly statement?: Statement } }
  | { readonly kind: 'receipt_acknowledged'; readonly body: Empty }
  | { readonly kind: 'status_note_sent'; readonly body: { readonly note: number } }
  | {
      readonly kind: 'screening_given';
      readonly body: Screening & { readonly by: PersonRef };
    }
  | {
      readonly kind: 'screening_settled';
      readonly body: Screening & { readonly how: 'agreement' | 'hr'; readonly qualified: boolean };
    }
  | {
      readonly kind: 'screener_replaced';
      readonly body: { readonly screener: PersonRef; readonly by: PersonRef };
    };

export type InterviewEvent =
  | {
      readonly kind: 'interview_set';
      readonly body: {
        readonly on: CivilDate;
        readonly at: string;
        readonly raters: readonly PersonRef[];
        /** The place among the opening's conversations of that day; left out: from before they were counted. */
        readonly place?: number;
        /** Its hour in the whole house; left out: from before hours were. */
        readonly hour?: Hour;
      };
    }
  | { readonly kind: 'questions_sent'; readonly body: Empty }
  | { readonly kind: 'interview_held'; readonly body: { readonly on: CivilDate } }
  | {
      readonly kind: 'sheet_submitted';
      readonly body: {
        readonly by: PersonRef;
        readonly ratings: Readonly<Record<Competency, Rating>>;
        readonly notes: string;
        /** D4.3: a note of evidence of its own for a competency. */
        readonly evidence?: Readonly<Partial<Record<Competency, string>>>;
      };
    }
  | { readonly kind: 'rater_dropped'; readonly body: { readonly rater: PersonRef } }
  | {
      readonly kind: 'rater_replaced';
      readonly body: {
        readonly rater: PersonRef;
        readonly by: PersonRef;
        /** D4.2: they cannot come at the hour that was agreed: their diary, or another conversation. */
        readonly cannot?: true;
      };
    };

export type OutcomeEvent =
  | {
      readonly kind: 'selected';
      readonly body: { readonly seat: number; readonly hiringManager: PersonRef };
    }
  | { readonly kind: 'reserved'; readonly body: { readonly until: CivilDate } }
  | { readonly kind: 'not_selected'; readonly body: { readonly reasons: readonly string[] } }
  | { readonly kind: 'reserve_ended'; readonly body: { readonly how: 'expired' | 'released' } }
  | { readonly kind: 'seat_refused'; readonly body: { readonly why: string } }
  | { readonly kind: 'opening_closed'; readonly body: { readonly how: string } }
  | { readonly kind: 'outcome_told'; readonly body: { readonly outcome: string } }
  | {
      readonly kind: 'withdrawn';
      readonly body: { readonly reason?: WithdrawalReason };
    }
  | { readonly kind: 'withdrawal_acknowledged'; readonly body: Empty }
  /** The day of a word to the candidate is over; nothing is asked of them. */
  | { readonly kind: 'candidate_informed'; readonly body: { readonly word: number } };

export type OfferEvent =
  | {
      readonly kind: 'offer_drafted';
      readonly body: {
        readonly version: number;
        /** Cents per hour. */
        readonly amount: number;
        /** Hours per week. */
        readonly hours: number;
        readonly by: PersonRef;
        /** Approvers of the version before, whose approvals the change voided (D5.10). */
        readonly voided: readonly PersonRef[];
      };
    }
  | {
      readonly kind: 'offer_approved';
      readonly body: {
        readonly version: number;
        readonly by: PersonRef;
        readonly position: 'hr' | 'second';
      };
    }
  | {
      readonly kind: 'offer_refused';
      readonly body: {
        readonly version: number;
        readonly by: PersonRef;
        readonly reason: ApprovalReason;
      };
    }
  | {
      readonly kind: 'offer_sent';
      readonly body: {
        readonly version: number;
        readonly amount: number;
        readonly hours: number;
        readonly expires: CivilDate;
      };
    }
  | {
      readonly kind: 'offer_extended';
      readonly body: { readonly version: number; readonly expires: CivilDate };
    }
  | {
      readonly kind: 'offer_accepted';
      /** `credential`: the role asks for none (D2.5); left out: it does. */
      readonly body: { readonly version: number; readonly credential?: 'not_asked' };
    }
  | {
      readonly kind: 'offer_declined';
      readonly body: { readonly version: number; readonly reason?: DeclineReason };
    }
  | { readonly kind: 'offer_expired'; readonly body: { readonly version: number } }
  | {
      readonly kind: 'rescind_proposed';
      readonly body: { readonly by: PersonRef; readonly reason: RescindReason };
    }
  | {
      readonly kind: 'offer_rescinded';
      readonly body: { readonly by: PersonRef; readonly reason: RescindReason };
    };

export type StartEvent =
  | {
      readonly kind: 'start_set';
      readonly body: {
        readonly on: CivilDate;
        readonly conditional: boolean;
        readonly moved: boolean;
        /** The readiness of the site, which hears of first days to come (P0.3). */
        readonly readiness?: CaseId;
      };
    }
  | { readonly kind: 'consent_answered'; readonly body: { readonly answer: ConsentAnswer } }
  | { readonly kind: 'check_ordered'; readonly body: { readonly clock: CaseId } }
  | {
      readonly kind: 'check_settled';
      readonly body: {
        readonly check: 'background' | 'exclusion';
        readonly outcome: 'clear' | 'not_yet' | 'adverse';
      };
    }
  | {
      readonly kind: 'check_slow';
      readonly body: { readonly check: 'background' | 'exclusion'; readonly businessDays: number };
    }
  | { readonly kind: 'exclusion_recorded'; readonly body: { readonly outcome: ExclusionOutcome } }
  | {
      readonly kind: 'credential_recorded';
      readonly body: { readonly status: CredentialStatus; readonly validTo: CivilDate | null };
    }
  | { readonly kind: 'supervisor_assigned'; readonly body: Supervision }
  | { readonly kind: 'training_still_missing'; readonly body: { readonly week: number } }
  | {
      readonly kind: 'mentor_assigned';
      readonly body: { readonly mentor: PersonRef; readonly how: MentorKind };
    }
  | {
      readonly kind: 'mentor_answered';
      readonly body: { readonly by: PersonRef; readonly answer: MentorAnswer };
    }
  | {
      readonly kind: 'setup_reported';
      readonly body: { readonly items: readonly SetupItem[]; readonly access: readonly string[] };
    }
  | { readonly kind: 'welcome_made'; readonly body: Empty }
  | {
      readonly kind: 'hired';
      readonly body: {
        readonly employment: CaseId;
        readonly dayOne: CivilDate;
        readonly conditional: boolean;
      };
    };

/** D5.6 as recorded. */
export interface Supervision {
  readonly supervisor: PersonRef;
  readonly outcome: SupervisorOutcome;
  readonly trained: CivilDate | null;
  readonly until: CivilDate | null;
  readonly second: PersonRef | null;
  readonly secondTrained: CivilDate | null;
}

export type CandidacyEvent =
  ScreeningEvent | InterviewEvent | OutcomeEvent | OfferEvent | StartEvent | AsideEvent;

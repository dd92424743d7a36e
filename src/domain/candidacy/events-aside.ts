import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { ForbiddenQuestion, PauseReason } from '../opening/words.ts';
import type {
  Arrangement,
  Competency,
  KeepingReason,
  MedicalOutcome,
  OfficerWord,
  Place,
  PromiseElement,
  PromiseOwner,
  QuestionTopic,
  RequestAnswer,
  RequestKind,
  SecondChannel,
  Stage,
  WithdrawalReason,
} from './words.ts';

type Empty = Readonly<Record<string, never>>;

/** What a silent candidate is waited for; a code of what they were asked. */
export type Awaited = 'statement' | 'slot' | 'question' | 'consent';

/** X2: asked, tried a second way, closed, come back. */
export type ContactEvent =
  | {
      readonly kind: 'candidate_asked';
      readonly body: { readonly n: number; readonly topic: QuestionTopic };
    }
  | { readonly kind: 'reply_noted'; readonly body: Empty }
  | {
      readonly kind: 'second_channel_tried';
      readonly body: { readonly channel: SecondChannel; readonly on: CivilDate; readonly about: Awaited };
    }
  | {
      readonly kind: 'closed_no_response';
      readonly body: { readonly about: Awaited; readonly stage: Stage };
    }
  | { readonly kind: 'candidacy_reopened'; readonly body: { readonly stage: Stage } }
  | { readonly kind: 'reopening_over'; readonly body: Empty }
  /** X1: HR's word alone; `silent` where both ways were tried and the days of the policy are over (X2). */
  | {
      readonly kind: 'withdrawal_entered';
      readonly body: { readonly reason?: WithdrawalReason; readonly silent?: boolean };
    };

/** A meeting offered: a local day and time of the site. */
export interface Slot {
  readonly on: CivilDate;
  readonly at: string;
}

/** When a conversation begins and how long it lasts, at a numbered place on its day among those of the house. */
export interface Hour {
  readonly place: number;
  readonly begins: Instant;
  readonly minutes: number;
}

/** When somebody of the panel can come: a local day and times of the site. */
export interface Window {
  readonly on: CivilDate;
  readonly from: string;
  readonly to: string;
}

/** Scheduling: who can come, what is offered, what is chosen, the one move without a reason. */
export type SlotEvent =
  | {
      readonly kind: 'availability_noted';
      readonly body: {
        readonly rater: PersonRef;
        readonly windows: readonly Window[];
        /** D4.2: not at the hour that is agreed. */
        readonly cannot?: true;
      };
    }
  | {
      readonly kind: 'slots_offered';
      readonly body: {
        readonly slots: readonly Slot[];
        /** Name of the zone in which they are meant. */
        readonly zone: string;
        /** What every candidate is offered with them. */
        readonly offers: readonly Arrangement[];
      };
    }
  | { readonly kind: 'slot_chosen'; readonly body: { readonly slot: number } }
  /** A time was chosen, and neither it nor any other of those offered can be had any more. */
  | { readonly kind: 'slots_gone'; readonly body: Empty }
  | { readonly kind: 'arrangements_chosen'; readonly body: { readonly chosen: readonly Arrangement[] } }
  | { readonly kind: 'reschedule_asked'; readonly body: { readonly n: number } & FallenAway };

/** What an hour takes with it when it falls away; left out in rows of before, in which all of it stayed. */
export interface FallenAway {
  /** D4.2, X2: times of before, and what was tried to hear about them. */
  readonly times?: 'anew';
  /** P4.1: questions that were released and had not gone out: they go ahead of the next hour, as those of the others do. */
  readonly questions?: 'anew';
}

/** X27, X32 and D4.8: what another candidacy gave, and what an applicant asks afterwards. */
export type RequestEvent =
  | { readonly kind: 'incident_told'; readonly body: { readonly question: ForbiddenQuestion } }
  | { readonly kind: 'carrying_agreed'; readonly body: { readonly from: CaseId } }
  | {
      readonly kind: 'sheets_carried';
      readonly body: {
        readonly from: CaseId;
        readonly on: CivilDate;
        readonly raters: readonly PersonRef[];
      };
    }
  | {
      readonly kind: 'request_made';
      readonly body: { readonly n: number; readonly request: RequestKind };
    }
  | {
      readonly kind: 'request_answered';
      readonly body: {
        readonly n: number;
        readonly request: RequestKind;
        readonly answer: RequestAnswer;
        /** X32: feedback is told from the rubric. */
        readonly competencies?: readonly Competency[];
        readonly text?: string;
        readonly because?: KeepingReason;
        /** The day from which the records may go. */
        readonly until?: CivilDate;
      };
    };

/** D5.1 countered, D5.5, R5.3 and R5.7. */
export type TermsEvent =
  | {
      readonly kind: 'offer_countered';
      readonly body: { readonly version: number; readonly amount?: number; readonly hours?: number };
    }
  | {
      readonly kind: 'counter_answered';
      readonly body: { readonly version: number; readonly expires: CivilDate };
    }
  | {
      readonly kind: 'medical_questions_set';
      readonly body: { readonly outcome: MedicalOutcome; readonly category: string | null };
    }
  | { readonly kind: 'place_left'; readonly body: { readonly place: Place } }
  | { readonly kind: 'officer_spoke'; readonly body: { readonly word: OfficerWord } }
  | {
      readonly kind: 'promises_named';
      readonly body: { readonly promises: readonly Promised[] };
    };

/** R6.5: what E4, E11 or E13 promise, and who sees to it after the start. */
export interface Promised {
  readonly element: PromiseElement;
  readonly item: string;
  readonly owner: PromiseOwner;
  /** Calendar days after day one. */
  readonly after: number;
}

/** What the opening says of the search as a whole: X28, X5 and X6. */
export type SearchEvent =
  /** `why`: left out in rows from before the opening said so. */
  | {
      readonly kind: 'search_paused';
      readonly body: { readonly until: CivilDate; readonly why?: PauseReason };
    }
  | { readonly kind: 'search_resumed'; readonly body: { readonly on: CivilDate } }
  | { readonly kind: 'version_kept'; readonly body: { readonly version: number } }
  /** `mentor`: they mentored the hire until now (R5.5). Rows from before the mentor was let go have none, and keep theirs. */
  | {
      readonly kind: 'hiring_manager_changed';
      readonly body: { readonly hiringManager: PersonRef; readonly mentor?: 'to_name' };
    }
  | { readonly kind: 'interview_again'; readonly body: FallenAway };

export type AsideEvent = ContactEvent | SlotEvent | RequestEvent | TermsEvent | SearchEvent;

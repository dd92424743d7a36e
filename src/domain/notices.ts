import type { AwayTold, BackTold } from './away.ts';
import type { BetweenOpenings, HolderLeft } from './notices-between.ts';
import type { CivilDate, Instant } from './kernel/calendar.ts';
import type { TermsRef } from './kernel/terms.ts';
import type { Resting } from './resting.ts';
import type { CaseId, PersonRef, SiteRef } from './kernel/words.ts';
import type { ForbiddenQuestion, PauseReason } from './opening/words.ts';

export type { BetweenOpenings } from './notices-between.ts';

/**
 * The language between cases. Every notice one case sends another is a member here; a receiver handles exactly
 * the members addressed to it. Bodies carry refs, codes and dates only.
 */

/** From a candidacy to its opening. */
export type ToOpening =
  | {
      readonly kind: 'applied';
      readonly body: {
        readonly candidacy: CaseId;
        readonly person: PersonRef;
        /** Whom the application takes for the hiring manager; left out: it knows none. */
        readonly hiringManager?: PersonRef;
      };
    }
  | {
      readonly kind: 'screened';
      readonly body: {
        readonly candidacy: CaseId;
        readonly outcome: 'advance' | 'hold' | 'not_advanced' | 'duplicate';
        readonly qualified: boolean;
        /** X2: said by somebody who is back: whom their application takes for the hiring manager. */
        readonly hiringManager?: PersonRef;
      };
    }
  | {
      readonly kind: 'candidate_left';
      readonly body: { readonly candidacy: CaseId; readonly why: 'withdrawn' | 'no_response' };
    }
  | { readonly kind: 'interview_set'; readonly body: { readonly candidacy: CaseId; readonly on: CivilDate } }
  | { readonly kind: 'interview_held'; readonly body: { readonly candidacy: CaseId; readonly on: CivilDate } }
  | { readonly kind: 'sheet_in'; readonly body: { readonly candidacy: CaseId; readonly rater: PersonRef } }
  | {
      readonly kind: 'offer_ended';
      readonly body: {
        readonly candidacy: CaseId;
        readonly how: 'accepted' | 'declined' | 'expired' | 'rescinded';
      };
    }
  | {
      readonly kind: 'hired';
      readonly body: { readonly candidacy: CaseId; readonly employment: CaseId; readonly dayOne: CivilDate };
    }
  /** D4.8: a candidate was asked what must not be asked; which question, never the answer. */
  | {
      readonly kind: 'incident_told';
      readonly body: { readonly candidacy: CaseId; readonly question: ForbiddenQuestion };
    }
  | HolderLeft
  | {
      /** From a role (X5). */
      readonly kind: 'role_version_adopted';
      readonly body: { readonly role: CaseId; readonly version: number };
    }
  | BetweenOpenings;

/**
 * From an opening to a candidacy, about the search as a whole: X28 timers stand still or run again, X5 the search stays
 * with its version of the role, X6 the conversation is held anew.
 */
export type SearchToCandidacy =
  /** `why`: left out by a search that rested before it said so. */
  | {
      readonly kind: 'search_paused';
      readonly body: { readonly until: CivilDate; readonly why?: PauseReason };
    }
  | { readonly kind: 'search_resumed'; readonly body: { readonly on: CivilDate } }
  | { readonly kind: 'version_kept'; readonly body: { readonly version: number } }
  | { readonly kind: 'hiring_manager_changed'; readonly body: { readonly hiringManager: PersonRef } }
  | { readonly kind: 'interview_again'; readonly body: Readonly<Record<string, never>> };

/** From an opening to a candidacy. */
export type ToCandidacy =
  | { readonly kind: 'rater_dropped'; readonly body: { readonly rater: PersonRef } }
  | { readonly kind: 'rater_replaced'; readonly body: { readonly rater: PersonRef; readonly by: PersonRef } }
  | {
      readonly kind: 'screener_replaced';
      readonly body: { readonly screener: PersonRef; readonly by: PersonRef };
    }
  | { readonly kind: 'selected'; readonly body: { readonly seat: number; readonly hiringManager: PersonRef } }
  | { readonly kind: 'reserved'; readonly body: { readonly until: CivilDate } }
  | { readonly kind: 'not_selected'; readonly body: { readonly reasons: readonly string[] } }
  | { readonly kind: 'reserve_ended'; readonly body: { readonly how: 'expired' | 'released' } }
  | { readonly kind: 'seat_refused'; readonly body: { readonly why: string } }
  | { readonly kind: 'opening_closed'; readonly body: { readonly how: string } }
  | {
      readonly kind: 'check_outcome';
      readonly body: {
        readonly check: 'background' | 'exclusion';
        readonly outcome: 'clear' | 'not_yet' | 'adverse';
      };
    }
  | {
      readonly kind: 'check_slow';
      readonly body: { readonly check: 'background' | 'exclusion'; readonly businessDays: number };
    };

/** Starts an employment, from the candidacy whose gate G5 was passed. */
export interface StartEmployment {
  readonly kind: 'start_employment';
  readonly body: {
    readonly site: SiteRef;
    readonly person: PersonRef;
    readonly candidacy: CaseId;
    readonly opening: CaseId;
    readonly role: CaseId;
    readonly roleVersion: number;
    readonly dayOne: CivilDate;
    readonly supervisor: PersonRef;
    readonly secondSupervisor: PersonRef | null;
    readonly mentor: PersonRef;
    readonly manager: PersonRef;
    /** D2.5: `not_asked` where the role asks for none and none is there; its day then means nothing. */
    readonly credential: {
      readonly status: 'verified' | 'in_progress_with_deadline' | 'not_asked';
      readonly validTo: CivilDate;
    };
    readonly conditional: boolean;
    /** The day of the exclusion check at hire (D5.3), from which the monthly one counts (P7.7). */
    readonly exclusionCheckedOn: CivilDate;
    /** R6.5: what E4, E11 and E13 promise, with the capacity that owes it; `after` in days from day one. */
    readonly promises?: readonly {
      readonly element: string;
      readonly item: string;
      readonly owner: 'supervisor' | 'mentor' | 'manager' | 'hr' | 'it';
      readonly after: number;
    }[];
    /** R5.2: who supervises under a waiver, and until when. Left out: nobody. */
    readonly waiver?: { readonly supervisor: PersonRef; readonly until: CivilDate };
    /** R5.2: when the supervisors were trained, as far as their trainings are complete. Left out: not said. */
    readonly qualified?: Readonly<Record<PersonRef, CivilDate>>;
  };
}

/** To an employment. */
export type ToEmployment =
  | StartEmployment
  | {
      readonly kind: 'review_closed';
      readonly body: {
        readonly review: CaseId;
        readonly cycle: string;
        readonly outcome: string;
        readonly response: string;
        /** What it still looks after, and for that has to hear of what touches it (P8.6, X17). */
        readonly owes?: 'goals' | 'plan';
        /** D8.5: what the review asks of the employment. */
        readonly asks?: 'promotion_review';
      };
    }
  /** X17: a review that had a plan to look after owes nothing any more. */
  | { readonly kind: 'review_over'; readonly body: { readonly review: CaseId } }
  | {
      readonly kind: 'probation_decided';
      readonly body: {
        readonly review: CaseId;
        readonly outcome: 'passed' | 'extended' | 'not_passed';
        readonly until: CivilDate | null;
      };
    }
  | {
      readonly kind: 'leave_set';
      readonly body: { readonly clock: CaseId; readonly from: CivilDate; readonly to: CivilDate };
    }
  | { readonly kind: 'leave_ended'; readonly body: { readonly clock: CaseId; readonly returned: CivilDate } }
  /** X22: a matter of the person's has begun, or is over. Which it is stays there; it hears when the employment ends. */
  | { readonly kind: 'matter_opened'; readonly body: { readonly clock: CaseId } }
  | { readonly kind: 'matter_over'; readonly body: { readonly clock: CaseId } }
  | {
      readonly kind: 'credential_changed';
      readonly body: {
        readonly clock: CaseId;
        readonly status: 'verified' | 'expired';
        readonly validTo: CivilDate;
      };
    }
  | {
      readonly kind: 'role_version_adopted';
      readonly body: { readonly role: CaseId; readonly version: number };
    }
  /** X1: the hire is withdrawn before it began. */
  | { readonly kind: 'hire_withdrawn'; readonly body: { readonly on: CivilDate } };

export type { StartReview, ToReview } from './notices-review.ts';

/** Starts a clock. The kind of a clock is inside the case, never in its id, queue, stage or search attributes. */
export interface StartClock {
  readonly kind: 'start_clock';
  readonly body: {
    readonly site: SiteRef;
    readonly about: 'credential' | 'background' | 'exclusion' | 'accommodation';
    readonly parent: CaseId;
    readonly person: PersonRef;
    readonly supervisor: PersonRef | null;
    readonly validTo: CivilDate | null;
    /** X10: there is no certificate yet; `validTo` is the last day of the way to one. Left out: there is. */
    readonly route?: 'apprentice';
  };
}

/** To a clock. */
export type ToClock =
  | StartClock
  | { readonly kind: 'person_away'; readonly body: AwayTold }
  | { readonly kind: 'person_back'; readonly body: BackTold }
  | { readonly kind: 'supervisor_changed'; readonly body: { readonly supervisor: PersonRef } }
  /** X10: another last day of the way to a first certificate. */
  | { readonly kind: 'deadline_moved'; readonly body: { readonly validTo: CivilDate } }
  | { readonly kind: 'parent_ended'; readonly body: { readonly how: string } }
  | Resting;

/** To the readiness of a site: the orientation of the team is fresh on a first day (P0.3). */
export type ToReadiness = {
  readonly kind: 'day_one_set';
  /** `dayOne` null: it is off. */
  readonly body: { readonly candidacy: CaseId; readonly dayOne: CivilDate | null };
};

/** To a role. */
export type ToRole =
  | {
      readonly kind: 'first_hire';
      /** `was`: their first day moved, and this is the day it was. */
      readonly body: {
        readonly employment: CaseId;
        readonly dayOne: CivilDate;
        readonly was?: CivilDate;
      };
    }
  | {
      readonly kind: 'drift_reopens_element';
      readonly body: { readonly employment: CaseId; readonly element: string };
    }
  | {
      /** D9.7 `reopen_after_review`: a seat is filled again once the role was looked at. */
      readonly kind: 'role_review_asked';
      readonly body: { readonly employment: CaseId };
    }
  | {
      /** X5: a search for people under a version of this role is under way, or is over. */
      readonly kind: 'search_standing';
      readonly body: { readonly opening: CaseId; readonly version: number; readonly open: boolean };
    };

/** Understood by every case, handled by the kernel. */
export type ToAny =
  | { readonly kind: 'terms_changed'; readonly body: { readonly after: TermsRef } }
  | { readonly kind: 'prompt_undelivered'; readonly body: { readonly prompt: string; readonly code: string } }
  | {
      readonly kind: 'returned';
      readonly body: { readonly to: CaseId; readonly kind: string; readonly at: Instant };
    };

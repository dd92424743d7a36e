import type { AwayTold, BackTold } from './away.ts';
import type { CivilDate } from './kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from './kernel/words.ts';
import type { Resting } from './resting.ts';

/** What a review is told by the employment it belongs to (stage 8). */

/** Starts a review, from the employment. */
export interface StartReview {
  readonly kind: 'start_review';
  readonly body: {
    readonly site: SiteRef;
    readonly employment: CaseId;
    readonly employee: PersonRef;
    readonly supervisor: PersonRef;
    readonly manager: PersonRef;
    readonly mentor: PersonRef | null;
    readonly cycle: 'probation_mid' | 'probation_end' | 'six_month' | 'annual' | 'special';
    /** The day the review is due; for `probation_end` the last business day on or before the period's end. */
    readonly due: CivilDate;
    readonly periodEnd: CivilDate;
    /** The first day of work, told where a probation ends. Left out in other cycles, and before it was told. */
    readonly dayOne?: CivilDate;
    /** When the review after this one is due (P8.6); null where the site's calendar does not reach it yet. */
    readonly nextDue: CivilDate | null;
    readonly role: CaseId;
    readonly roleVersion: number;
    /** D8.1 `special`: the rule of the comparator record it is held under; left out in other cycles. */
    readonly rule?: string;
    /** R8.6: approved absences of the time before, by their dates alone; left out when there was none. */
    readonly leave?: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  };
}

/** To a review. */
export type ToReview =
  | StartReview
  | { readonly kind: 'supervisor_changed'; readonly body: { readonly supervisor: PersonRef } }
  /** R8.5: who leads and who mentors now, since neither may be what the other is in a review. */
  | {
      readonly kind: 'circle_changed';
      readonly body: { readonly manager: PersonRef; readonly mentor: PersonRef | null };
    }
  | { readonly kind: 'person_away'; readonly body: AwayTold }
  | { readonly kind: 'person_back'; readonly body: BackTold }
  | { readonly kind: 'employment_ended'; readonly body: { readonly how: string } }
  | Resting;

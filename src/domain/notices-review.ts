import type { CivilDate } from './kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from './kernel/words.ts';

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
    readonly cycle: 'probation_mid' | 'probation_end' | 'six_month' | 'annual';
    /** The day the review is due; for `probation_end` the last business day on or before the period's end. */
    readonly due: CivilDate;
    readonly periodEnd: CivilDate;
    /** When the review after this one is due (P8.6); null where the site's calendar does not reach it yet. */
    readonly nextDue: CivilDate | null;
    readonly role: CaseId;
    readonly roleVersion: number;
    /** R8.6: approved absences of the time before, by their dates alone; left out when there was none. */
    readonly leave?: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  };
}

/** To a review. */
export type ToReview =
  | StartReview
  | { readonly kind: 'supervisor_changed'; readonly body: { readonly supervisor: PersonRef } }
  | { readonly kind: 'person_away'; readonly body: { readonly from: CivilDate; readonly to: CivilDate } }
  | { readonly kind: 'person_back'; readonly body: { readonly on: CivilDate } }
  | { readonly kind: 'employment_ended'; readonly body: { readonly how: string } };

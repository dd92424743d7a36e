import type { CivilDate } from '../kernel/calendar.ts';
import type { CaseId } from '../kernel/words.ts';
import type { ActionMade, PromotionWord, Seat } from './events.ts';
import type { Cycle } from '../review/words.ts';
import type { Signed } from '../signed.ts';
import type * as w from './words.ts';

/** Integration, exclusion lists, growth, and what an employment hears from reviews, leaves and its role. */
export interface GrowthBodies {
  integration_answered: {
    readonly by: Seat;
    readonly round: number;
    readonly no: readonly w.IntegrationItem[];
    readonly actions: readonly ActionMade[];
    readonly next: number;
  };
  exclusion_checked: { readonly outcome: w.ExclusionOutcome; readonly on: CivilDate };
  growth_plan_proposed: { readonly outcome: 'agreed' | 'updated'; readonly plan?: string };
  growth_plan_settled: {
    readonly outcome: 'agreed' | 'updated' | 'declined_by_employee';
    readonly next: number;
  };
  stay_interview_held: {
    readonly outcome: 'held' | 'declined';
    readonly topics: readonly string[];
    readonly next: number;
  };
  promotion_proposed: PromotionWord & Signed;
  /** `on`: left out by a decision of before the yearly look at it (P9.4). */
  promotion_decided: PromotionWord & {
    readonly on?: CivilDate;
    /** X24: they are trained to supervise already. Left out: they are asked for it. */
    readonly trained?: true;
  };
  review_opened: {
    readonly review: CaseId;
    readonly cycle: Cycle;
    readonly due: CivilDate;
    readonly periodEnd: CivilDate;
    /** Place in the plan of reviews; null for one beside it, after an extended probation. */
    readonly round: number | null;
    /** D8.1 `special`: the rule of the comparator record it is held under. */
    readonly rule?: string;
  };
  /** R8.1: the comparator record says that other staff have no such review; D9.5: or it is due after the last day. */
  review_passed_over: {
    readonly cycle: Cycle;
    readonly due: CivilDate;
    readonly periodEnd: CivilDate;
    readonly round: number | null;
    /** D9.5: passed over for the last day alone; it opens after all once that day is taken back or moved on. */
    readonly leaving?: true;
  };
  review_noted: {
    readonly review: CaseId;
    readonly cycle: string;
    readonly outcome: string;
    readonly response: string;
    readonly owes?: 'goals' | 'plan';
    readonly asks?: 'promotion_review';
  };
  review_over_noted: { readonly review: CaseId };
  probation_noted: {
    readonly review: CaseId;
    readonly outcome: 'passed' | 'extended' | 'not_passed';
    readonly until: CivilDate | null;
  };
  leave_noted: { readonly clock: CaseId; readonly from: CivilDate; readonly to: CivilDate };
  leave_over: {
    readonly clock: CaseId;
    readonly returned: CivilDate;
    /** First of the month whose role pulse is asked for next. */
    readonly month: CivilDate;
  };
  role_version_noted: { readonly version: number };
  /** X22: a matter of the person's, of which nothing is known here but that it hears of the end. */
  matter_noted: { readonly clock: CaseId };
  matter_over_noted: { readonly clock: CaseId };
}

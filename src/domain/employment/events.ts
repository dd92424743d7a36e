import type { CivilDate, Instant, WallTime } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { AdoptBodies } from './events-adopt.ts';
import type { ChangeBodies } from './events-change.ts';
import type { CoverBodies, Supervisors } from './events-cover.ts';
import type { FieldBodies, FieldStart } from './events-field.ts';
import type { GrowthBodies } from './events-growth.ts';
import type { OthersBodies } from './events-others.ts';
import type { Stay } from './sessions.ts';
import type { Asked, Office } from '../offices.ts';
import type { Signed } from '../signed.ts';
import type { SeparationNotice } from './words-change.ts';
import type * as w from './words.ts';

/** How a drift review ended, as one of the three proposed it and the two others agreed (D7.4, D7.5). */
export interface DriftJudgement {
  readonly kind: w.DriftKind;
  readonly outcome: w.DriftOutcome;
  readonly duties: readonly w.DriftDuty[];
  readonly until?: CivilDate;
  readonly element?: string;
}

/** The shares of a month's time, in per cent; they sum to 100 (D7.3). */
export interface PulseAnswer {
  readonly core: number;
  readonly support: number;
  readonly shared: number;
  readonly nonPeer: number;
  readonly prohibited: readonly w.DriftDuty[];
}

export type Seat = 'employee' | 'supervisor';
export type ReviewSeat = Seat | 'adviser';

/** An item of the onboarding list, by role and relative to day one, so that moving day one moves it. */
export interface ItemPlan {
  readonly item: string;
  readonly owner: w.ItemOwner;
  /** Calendar days after day one. */
  readonly after: number;
}

/** R6.5: what an element of the role promises, as an item of its named owner. */
export interface Promised extends ItemPlan {
  readonly element: string;
}

export interface NewAction {
  readonly action: string;
  readonly owner: w.ActionOwner;
  readonly due: CivilDate;
}

export interface JobStart {
  readonly site: SiteRef;
  readonly person: PersonRef;
  readonly candidacy: CaseId;
  readonly opening: CaseId;
  readonly role: CaseId;
  readonly roleVersion: number;
  readonly dayOne: CivilDate;
  readonly supervisor: PersonRef;
  readonly second: PersonRef | null;
  readonly mentor: PersonRef;
  readonly manager: PersonRef;
  readonly conditional: boolean;
  /** D2.5: `not_asked` where the role asks for none and none is there; its day then means nothing. */
  readonly credential: {
    readonly status: 'verified' | 'in_progress_with_deadline' | 'not_asked';
    readonly validTo: CivilDate;
  };
  /** R8.1: how long the probation is where other staff have less of it than the policy. Left out: as in the policy. */
  readonly probationDays?: number;
  /** The clock of the credential, started with the employment where there is one to watch. */
  readonly clock: CaseId;
}

interface Schedule {
  readonly weekday: number;
  readonly at: WallTime;
  /** Nominal day of the first session. */
  readonly first: CivilDate;
  /** First of the month of the first role pulse. */
  readonly month: CivilDate;
}

/** R8.5: reviews under way hear of it. Left out: an event from before they did. */
interface Told {
  readonly told?: true;
}

export interface OnboardingBodies {
  employment_started: JobStart &
    Schedule &
    Supervisors &
    FieldStart & {
      readonly exclusionCheckedOn: CivilDate;
      readonly items: readonly ItemPlan[];
      /** R6.5; left out: none was named. */
      readonly promises?: readonly Promised[];
      readonly talks: readonly number[];
      readonly checkIns: readonly number[];
    };
  day_one_moved: {
    readonly dayOne: CivilDate;
    readonly first: CivilDate;
    readonly month: CivilDate;
    /** The day it was: what was agreed for a day after it moves as far; left out in rows of before. */
    readonly was?: CivilDate;
    /** The readiness of the site, which hears of first days to come (P0.3). */
    readonly readiness?: CaseId;
  };
  day_one_confirmed: { readonly by: 'supervisor' | 'mentor' };
  welcomed: { readonly on: CivilDate };
  item_added: ItemPlan;
  item_settled: { readonly item: string; readonly outcome: w.ItemOutcome; readonly due?: CivilDate };
  policies_acknowledged: { readonly policies: readonly w.PolicyToRead[] };
  supervised_hours_logged: { readonly on: CivilDate; readonly minutes: number };
  ready_doubted: { readonly by: Seat; readonly missing: readonly string[] };
  ready_affirmed: { readonly by: Seat };
  caseload_started: { readonly on: CivilDate };
  talk_recorded: {
    readonly talk: number;
    readonly outcome: w.TalkOutcome;
    readonly topics: readonly w.TalkTopic[];
    readonly due?: CivilDate;
  };
  mentoring_settled: Told & { readonly outcome: w.MentoringOutcome; readonly until: CivilDate | null };
  mentor_asked_for: Told & { readonly by: 'mentor' | 'employee' | 'manager' | 'hr' };
  mentor_proposed: { readonly mentor: PersonRef };
  mentor_answered: Told & { readonly mentor: PersonRef; readonly answer: 'accept' | 'decline' };
  check_in_answered: {
    readonly at: number;
    readonly by: 'employee' | 'hr';
    readonly outcome: w.CheckInOutcome;
    readonly needs: readonly w.CheckInNeed[];
    readonly actions: readonly ActionMade[];
  };
  completion_proposed: Signed & {
    readonly outcome: w.CompletionOutcome;
    readonly until?: CivilDate;
  };
  onboarding_completed: { readonly gate: 'G6' };
  onboarding_extended: { readonly until: CivilDate };
}

/** An action with its id, as it enters the state. */
export interface ActionMade extends NewAction {
  readonly id: string;
  readonly from: w.ActionSource;
}

export interface SupervisionBodies {
  session_logged: {
    readonly session: CivilDate;
    readonly extra: boolean;
    readonly outcome: w.SessionOutcome;
    readonly by: PersonRef;
    readonly on: CivilDate;
    readonly minutes: number;
    readonly mode?: w.SessionMode;
    readonly topics: readonly w.SessionTopic[];
    /** R7.1: false when whoever held it was not qualified. */
    readonly counts: boolean;
    readonly actions: readonly ActionMade[];
    readonly note?: string;
  };
  session_moved: { readonly session: CivilDate; readonly to: CivilDate };
  session_on_leave: { readonly session: CivilDate };
  session_confirmed: {
    readonly session: CivilDate;
    readonly view: 'agrees' | 'differs';
    readonly actions: readonly ActionMade[];
    readonly comment?: string;
  };
  action_closed: { readonly action: string; readonly outcome: w.ActionOutcome };
  extra_asked: { readonly by: PersonRef };
  extra_planned: { readonly on: CivilDate };
  session_time_set: {
    readonly weekday: number;
    readonly at: WallTime;
    readonly next: CivilDate;
    readonly stays?: readonly Stay[];
  };
  cadence_proposed: { readonly by: Seat; readonly change: w.CadenceChange; readonly weeks: number };
  cadence_stepped_down: {
    readonly weeks: number;
    readonly next: CivilDate;
    readonly stays?: readonly Stay[];
  };
  cadence_set: {
    readonly change: 'keep' | 'step_up';
    readonly weeks: number;
    readonly next: CivilDate;
    readonly stays?: readonly Stay[];
    readonly askAgain: CivilDate | null;
  };
  supervisor_changed: Supervisors & {
    readonly how: w.SupervisorChange;
    readonly supervisor: PersonRef;
    readonly second: PersonRef | null;
  };
  supervisor_trained: { readonly supervisor: PersonRef; readonly on: CivilDate };
  pulse_answered: { readonly month: CivilDate; readonly by: Seat; readonly answer: PulseAnswer };
  pulse_completed: {
    readonly month: CivilDate;
    readonly employee: PulseAnswer | null;
    readonly supervisor: PulseAnswer | null;
    /** Larger share outside `core` and `support` of the two views; null when HR waived the month. */
    readonly outside: number | null;
    readonly next: CivilDate;
  };
  drift_flagged: { readonly month: CivilDate; readonly triggers: readonly w.DriftTrigger[] };
  drift_review_proposed: DriftJudgement & { readonly by: ReviewSeat };
  drift_review_agreed: { readonly by: ReviewSeat };
  drift_reviewed: DriftJudgement;
}

export interface PromotionWord {
  readonly outcome: w.PromotionOutcome;
  readonly steps: readonly w.LadderStep[];
  readonly criteria: readonly string[];
  readonly nextTalk?: CivilDate;
}

export interface EndingBodies {
  separation_set: Parting & {
    readonly how: w.LeavingByEmployee;
    readonly lastDay: CivilDate;
    readonly reasons: readonly string[];
  };
  /** The second of two people confirmed; a termination passed its gate. */
  separation_confirmed: Parting & {
    readonly how: w.LeavingByTwo;
    readonly lastDay: CivilDate;
    readonly reasons: readonly string[];
    /** X15: the matter it rests on, by its `n`. Left out: it rests on none, or was decided before they were named. */
    readonly matter?: number;
  };
  separation_proposed: SeparationProposal;
  /** `about`: left out where it is about a separation. */
  /** `offices`: for which of those asked it counts. Left out: one word was enough. */
  clearance_given: {
    readonly by: PersonRef;
    readonly about?: 'rehire';
    readonly offices?: readonly Office[];
  };
  /** `rests`: what rested since a death was recorded goes on. */
  separation_withdrawn: {
    readonly what: 'proposal' | 'separation' | 'died';
    readonly rests?: true;
    /** Of a death: since when all that is owed rested. Left out: it goes on as if it had not. */
    readonly since?: Instant;
  };
  death_recorded: Signed & { readonly owner: PersonRef; readonly rests?: true };
  death_closed: { readonly by: PersonRef };
  employment_ended: { readonly how: w.Leaving; readonly lastDay: CivilDate };
  access_ended: { readonly on: CivilDate };
  exit_interview_held: { readonly outcome: 'held' | 'declined'; readonly reasons: readonly w.ExitReason[] };
  rehire_proposed: RehireProposal;
  rehire_decided: { readonly outcome: w.RehireOutcome; readonly code?: string };
  opening_proposed: Signed & { readonly outcome: w.OpeningOutcome };
  opening_decided: { readonly outcome: w.OpeningOutcome };
}

/** What the policy asks for besides when somebody leaves. Left out: nothing. */
export interface Parting {
  /** X20: what they know goes on to others. */
  readonly handover?: true;
  /** X21. */
  readonly notices?: readonly SeparationNotice[];
}

/** D9.6 `not_eligible`, first half. */
export interface RehireProposal extends Signed {
  /** R9.5: whose words are asked. Left out: as a policy from before has it. */
  readonly asked?: Asked;
  readonly code: string;
  /** R9.5: the comparator check. */
  readonly comparator?: 'same_as_comparator' | 'differs';
}

export interface SeparationProposal extends Signed {
  /** R9.5: whose words are asked, where it stands against somebody. */
  readonly asked?: Asked;
  readonly how: w.LeavingByTwo;
  readonly lastDay: CivilDate;
  readonly reasons: readonly w.SeparationReason[];
  /** X15: the matter it rests on, as it stands in the decision. */
  readonly matter?: number;
  /** R9.2: the comparator check, made for terminations. */
  readonly comparator?: 'same_as_comparator' | 'differs';
  readonly by: PersonRef;
}

export interface Bodies
  extends
    AdoptBodies,
    OnboardingBodies,
    SupervisionBodies,
    CoverBodies,
    FieldBodies,
    GrowthBodies,
    OthersBodies,
    ChangeBodies,
    EndingBodies {}
export type EventKind = keyof Bodies;
export type EventOf<K extends EventKind> = K extends EventKind
  ? { readonly kind: K; readonly body: Readonly<Bodies[K]> }
  : never;
export type EmploymentEvent = EventOf<EventKind>;

/** Builds an event of this case. */
export function happened<K extends EventKind>(kind: K, body: Bodies[K]): EmploymentEvent {
  // The pair is consistent by the signature; the union of all pairs cannot be inferred from it.
  return { kind, body } as unknown as EmploymentEvent;
}

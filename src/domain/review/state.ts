import type { StartReview } from '../notices.ts';
import { present } from '../away.ts';
import type { Absence, AwayNoted, BackNoted } from '../away.ts';
import type { Handed } from '../handed.ts';
import type { RestNoted, Rested } from '../resting.ts';
import type { Days } from '../spells.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { Asked, Heard, Office } from '../offices.ts';
import type { Signed } from '../signed.ts';
import type { Version } from '../versions.ts';
import type {
  DisputedProbation,
  DisputeOutcome,
  FollowUp,
  GoalState,
  OfficerWord,
  Overall,
  PlanAnswer,
  PlanOutcome,
  PlanStepState,
  ProbationOutcome,
  ProbationReason,
  Response,
  StandardResult,
} from './words.ts';

export interface DraftBody {
  readonly version: number;
  readonly by: PersonRef;
  readonly form: string;
  readonly scale: string;
  readonly ratings: Readonly<Record<string, number>>;
  readonly overall: Overall;
  readonly followUps: readonly FollowUp[];
  readonly goals: readonly string[];
  readonly cites: Readonly<Record<string, string>>;
  readonly text: string;
  /** P8.4: it says less of the work than the draft before; a talk until then was not about that. Left out: no. */
  readonly worse?: true;
}

export interface ProposalBody extends Signed {
  /** R8.7: whose words are asked, where it stands against the employee. Left out: as a policy from before has it. */
  readonly asked?: Asked;
  readonly outcome: ProbationOutcome;
  readonly reasons: readonly ProbationReason[];
  readonly until: CivilDate | null;
}

export interface PlanBody extends Signed {
  readonly version: number;
  readonly from: CivilDate;
  readonly steps: readonly { readonly on: CivilDate; readonly text: string }[];
}

export type ReviewEvent =
  | { readonly kind: 'review_opened'; readonly body: StartReview['body'] }
  | { readonly kind: 'colleagues_chosen'; readonly body: { readonly colleagues: readonly PersonRef[] } }
  | { readonly kind: 'feedback_declined'; readonly body: { readonly by: PersonRef } }
  | { readonly kind: 'self_review_shared'; readonly body: { readonly text: string } }
  | { readonly kind: 'feedback_shared'; readonly body: { readonly by: PersonRef; readonly text: string } }
  | { readonly kind: 'self_review_kept'; readonly body: { readonly text: string } }
  | { readonly kind: 'feedback_kept'; readonly body: { readonly by: PersonRef; readonly text: string } }
  | {
      readonly kind: 'served_feedback_entered';
      readonly body: { readonly by: PersonRef; readonly answers: number; readonly text: string };
    }
  | { readonly kind: 'draft_submitted'; readonly body: DraftBody }
  | { readonly kind: 'draft_shared'; readonly body: { readonly by: PersonRef; readonly version: number } }
  | {
      readonly kind: 'standard_checked';
      readonly body: {
        readonly by: PersonRef;
        readonly result: StandardResult;
        readonly differing: readonly string[];
        readonly justification?: string;
      };
    }
  /** `version`: of the draft it was about. Left out: there is none, or it was recorded before it was named. */
  | {
      readonly kind: 'talk_held';
      readonly body: { readonly held: CivilDate; readonly version?: number };
    }
  | { readonly kind: 'probation_proposed'; readonly body: ProposalBody }
  | {
      readonly kind: 'officer_word_given';
      readonly body: {
        readonly word: OfficerWord;
        readonly by?: PersonRef;
        /** For which of the offices asked it counts. Left out: one word was enough. */
        readonly offices?: readonly Office[];
      };
    }
  /** R8.7: the second office's word. */
  | {
      readonly kind: 'second_word_given';
      readonly body: { readonly word: OfficerWord; readonly by: PersonRef };
    }
  | { readonly kind: 'probation_decided'; readonly body: ProposalBody & { readonly confirmedBy: PersonRef } }
  | {
      readonly kind: 'response_recorded';
      readonly body: { readonly response: Response; readonly comment?: string };
    }
  | {
      readonly kind: 'dispute_settled';
      readonly body: {
        readonly by: PersonRef;
        readonly outcome: DisputeOutcome;
        readonly overall?: Overall;
        /** D8.3 `not_passed` taken back with it, or upheld; left out: there was none. */
        readonly probation?: DisputedProbation;
        readonly text: string;
      };
    }
  | { readonly kind: 'goals_checked'; readonly body: { readonly state: GoalState; readonly held: CivilDate } }
  /** X17: an improvement plan is owed from now on (D8.5). */
  | { readonly kind: 'plan_asked'; readonly body: { readonly version: number } }
  | { readonly kind: 'plan_written'; readonly body: PlanBody }
  | {
      readonly kind: 'plan_answered';
      readonly body: { readonly version: number; readonly answer: PlanAnswer; readonly comment?: string };
    }
  | {
      readonly kind: 'plan_step_recorded';
      readonly body: {
        readonly by: PersonRef;
        readonly version: number;
        readonly step: number;
        readonly state: PlanStepState;
        readonly held: CivilDate;
      };
    }
  | {
      readonly kind: 'plan_settled';
      readonly body: { readonly by: PersonRef; readonly outcome: PlanOutcome };
    }
  /** X17, R8.7: HR says that the plan was not met; words and another person follow. */
  | { readonly kind: 'plan_not_met_proposed'; readonly body: Signed & Pick<Heard, 'asked'> }
  | {
      readonly kind: 'plan_not_met';
      readonly body: { readonly by: PersonRef; readonly confirmedBy: PersonRef };
    }
  | { readonly kind: 'supervisor_noted'; readonly body: { readonly supervisor: PersonRef } }
  | {
      readonly kind: 'circle_noted';
      readonly body: { readonly manager: PersonRef; readonly mentor: PersonRef | null };
    }
  | { readonly kind: 'absence_noted'; readonly body: AwayNoted }
  | { readonly kind: 'absence_ended'; readonly body: BackNoted }
  /** R8.1: the comparator record names this review as one that other staff do not have, or does so no more. */
  | { readonly kind: 'lack_noted'; readonly body: { readonly lacked: boolean } }
  | { readonly kind: 'review_ended'; readonly body: { readonly how: string } }
  | RestNoted;

/** A colleague asked for feedback, since when, and by which naming. */
export interface Chosen {
  readonly person: PersonRef;
  readonly at: Instant;
  readonly naming: number;
}

/** An approved absence by its dates. */
export type Spell = Days;

/** One step of a plan: the day agreed, and how it was found when it was talked over. */
export interface PlanStep {
  readonly on: CivilDate;
  readonly state: PlanStepState | null;
}

/** X17: an improvement plan from the day it is owed to its outcome. */
export interface Plan {
  readonly since: Instant;
  /** The version written last; 0 before the first. */
  readonly version: number;
  readonly by: PersonRef | null;
  /** Whose hand wrote it, where somebody stood in. */
  readonly hand?: PersonRef;
  readonly written: Instant | null;
  readonly steps: readonly PlanStep[];
  /** What the employee said to this version; null while they have not. A plan with an answer is locked. */
  readonly answer: PlanAnswer | null;
  readonly outcome: PlanOutcome | null;
  /** R8.7: it is proposed that it was not met. Left out: it is not. */
  readonly proposal?: Signed & Pick<Heard, 'asked'> & Version & { readonly at: Instant };
  /** It was proposed before, and another plan was written since. Left out: it was not. */
  readonly proposed?: true;
}

export interface ReviewState {
  /** What the review was started with; null before. Supervisor and manager as they are now. */
  readonly subject: StartReview['body'] | null;
  readonly opened: Instant;
  /** R8.1: since when this case knows that other staff have no such review. Left out: they have. */
  readonly lacked?: Instant;
  /** How often the supervisor changed: each asks their own, also one who comes back. */
  readonly supervisors: number;
  readonly colleagues: readonly Chosen[];
  /** How often colleagues were named or one declined: each time the question is a new one. */
  readonly namings: number;
  readonly selfIn: boolean;
  readonly feedbackIn: readonly PersonRef[];
  readonly version: number;
  readonly draft: {
    readonly by: PersonRef;
    readonly at: Instant;
    /** Since when it says no less of the work than it does now: a talk before that was not about it (P8.4). */
    readonly since: Instant;
    readonly form: string;
    readonly scale: string;
    /** How each item was rated last, also one that a later draft leaves out. */
    readonly rated: Readonly<Record<string, number>>;
    readonly overall: Overall;
    readonly goals: number;
    readonly plan: boolean;
    /** D8.5: the manager is to look at the next step (D9.3). Left out: that was not asked. */
    readonly promotion?: true;
  } | null;
  readonly standard: StandardResult | null;
  readonly talk: CivilDate | null;
  /** P8.4: a worse draft asks for another talk, by its version. Left out: none does. */
  readonly talkAgain?: { readonly n: number; readonly at: Instant };
  readonly proposals: number;
  readonly proposal: (ProposalBody & Version & { readonly at: Instant }) | null;
  /** R8.7: what two offices said to the proposal of now. */
  readonly word: OfficerWord | null;
  readonly second: OfficerWord | null;
  /** Whose words they are, in name and in hand, and which offices of the first half spoke. Left out: nobody did. */
  readonly spoke?: {
    readonly first: readonly PersonRef[];
    readonly second: readonly PersonRef[];
    readonly offices?: Readonly<Partial<Record<Office, OfficerWord>>>;
  };
  readonly decided: ProbationOutcome | null;
  /** Since when the review is complete but for the employee's answer. */
  readonly ready: Instant | null;
  readonly response: Response | null;
  readonly disputed: Instant | null;
  /** Since when the goals wait for their check; null when none were set or the check was made. */
  readonly goalsSince: Instant | null;
  /** Refs of texts kept for oneself, by author: the last of each. */
  readonly kept: Readonly<Record<PersonRef, string>>;
  /** Of the texts kept before, those their author shared. */
  readonly sharedTexts: readonly string[];
  /** Versions of the draft that are open to the employee. */
  readonly openDrafts: readonly number[];
  /** How many people served were heard; null when none were. */
  readonly served: number | null;
  /** R8.6: approved absences that are over, in the order they were heard of. */
  readonly leave: readonly Spell[];
  readonly plan: Plan | null;
  readonly ended: string | null;
  readonly absence: Absence;
  /** X22: since when nothing is asked. Left out: all goes on. */
  readonly rests?: Instant;
  /** D5.6: another manager took over. Left out: the first one is there. */
  readonly managed?: Handed;
  /** When it did before, and went on again. Left out: never. */
  readonly rested?: readonly Rested[];
}

export const initialReview: ReviewState = {
  subject: null,
  opened: 0,
  supervisors: 0,
  colleagues: [],
  namings: 0,
  selfIn: false,
  feedbackIn: [],
  version: 0,
  draft: null,
  standard: null,
  talk: null,
  proposals: 0,
  proposal: null,
  word: null,
  second: null,
  decided: null,
  ready: null,
  response: null,
  disputed: null,
  goalsSince: null,
  kept: {},
  sharedTexts: [],
  openDrafts: [],
  served: null,
  leave: [],
  plan: null,
  ended: null,
  absence: present,
};

/** @returns who writes the review: the supervisor, or their manager where the supervisor is the mentor (R8.5). */
export function reviewerOf(subject: StartReview['body']): PersonRef {
  return subject.supervisor === subject.mentor ? subject.manager : subject.supervisor;
}

/** @returns true for the talk in the middle of the probation, which has no form, rating or signature. */
export function talkOnly(state: ReviewState): boolean {
  return state.subject?.cycle === 'probation_mid';
}

/** @returns true when all but the employee's answer is there: what G8 asks for. */
export function complete(state: ReviewState): boolean {
  const probation = state.subject?.cycle !== 'probation_end' || state.decided !== null;
  return state.draft !== null && state.standard !== null && state.talk !== null && probation;
}

/** @returns true while an improvement plan has no outcome (X17). */
export function planRuns(state: ReviewState): boolean {
  return state.plan !== null && state.plan.outcome === null;
}

/** @returns true when the review is over and nothing is owed in it any more. */
export function isOver(state: ReviewState): boolean {
  if (state.ended !== null) return true;
  if (talkOnly(state)) return state.talk !== null;
  return state.response !== null && state.disputed === null && state.goalsSince === null && !planRuns(state);
}

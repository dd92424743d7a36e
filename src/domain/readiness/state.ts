import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { Capacity, CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import { reviewedPolicies } from './words.ts';
import type {
  Funding,
  GoalAnswer,
  LeadReason,
  MedicaidRisk,
  MedicaidStance,
  PolicyScope,
  PolicyVerdict,
  Position,
  Reason,
  ReviewedPolicy,
  TimelineAnswer,
  TimelinePart,
  Verdict,
} from './words.ts';
import type { Named } from '../signed.ts';

/** One policy in the register. */
export interface ReviewedEntry {
  readonly policy: ReviewedPolicy;
  readonly verdict: PolicyVerdict;
  readonly scope: PolicyScope;
  readonly owner?: PersonRef;
  readonly due?: CivilDate;
}

/** An entry that was confirmed, and since when: what is due under it is asked for under that instant. */
export interface RegisterEntry extends ReviewedEntry {
  readonly since?: Instant;
}

export type ReadinessEvent =
  | {
      readonly kind: 'readiness_opened';
      readonly body: {
        readonly site: SiteRef;
        readonly reasons: readonly Reason[];
        readonly funding: Funding;
        readonly scorers: readonly PersonRef[];
        readonly leads: readonly PersonRef[];
        readonly roleHoldersOnSite: number;
        /** The case that speaks for the site already. */
        readonly beside?: CaseId;
      };
    }
  | { readonly kind: 'champion_named'; readonly body: { readonly person: PersonRef | null } }
  | { readonly kind: 'items_scored'; readonly body: { readonly by: PersonRef; readonly scores: string } }
  | {
      readonly kind: 'verdicts_proposed';
      readonly body: { readonly by: PersonRef; readonly verdicts: readonly ReviewedEntry[] };
    }
  | {
      readonly kind: 'verdicts_confirmed';
      readonly body: { readonly by: PersonRef; readonly policies: readonly ReviewedPolicy[] };
    }
  | {
      readonly kind: 'policy_changed';
      readonly body: {
        readonly policy: ReviewedPolicy;
        readonly scope: PolicyScope;
        readonly asked: readonly PersonRef[];
        /** Who said so, for the other capacity to confirm; left out in rows of before: it held at once. */
        readonly by?: PersonRef;
      };
    }
  | {
      readonly kind: 'adviser_position_given';
      readonly body: { readonly by: PersonRef; readonly position: Position };
    }
  | {
      readonly kind: 'verdict_given';
      readonly body: { readonly verdict: Verdict; readonly actions: readonly ReadinessAction[] };
    }
  | { readonly kind: 'action_closed'; readonly body: { readonly action: string } }
  | {
      readonly kind: 'stance_taken';
      readonly body: { readonly stance: MedicaidStance; readonly risks: readonly MedicaidRisk[] };
    }
  | {
      readonly kind: 'timeline_proposed';
      readonly body: { readonly weeks: Partial<Record<TimelinePart, number>> };
    }
  | {
      readonly kind: 'timeline_answered';
      readonly body: { readonly by: PersonRef; readonly answer: TimelineAnswer };
    }
  | {
      readonly kind: 'leads_changed';
      readonly body: {
        readonly join: readonly PersonRef[];
        readonly leave: readonly PersonRef[];
        readonly reason?: LeadReason;
      };
    }
  | {
      readonly kind: 'goals_answered';
      readonly body: { readonly role: 'director' | 'adviser'; readonly answer: GoalAnswer };
    }
  | { readonly kind: 'readiness_accepted'; readonly body: { readonly gate: 'G0' } }
  | {
      readonly kind: 'orientation_held';
      readonly body: { readonly held: CivilDate; readonly attended: readonly PersonRef[] };
    }
  | {
      readonly kind: 'team_changed';
      readonly body: { readonly join: readonly PersonRef[]; readonly leave: readonly PersonRef[] };
    }
  | {
      readonly kind: 'readiness_rechecked';
      readonly body: {
        readonly verdict: Verdict;
        readonly actions: readonly ReadinessAction[];
        /** True when the staff orientation was older than it may be on that day (P0.3). */
        readonly orientationStale: boolean;
      };
    }
  | {
      readonly kind: 'day_one_noted';
      readonly body: { readonly candidacy: CaseId; readonly dayOne: CivilDate | null };
    };

export interface ReadinessAction {
  readonly action: string;
  readonly owner: PersonRef;
  readonly due: CivilDate;
}

export interface OpenAction extends ReadinessAction {
  readonly since: Instant;
}

/** A change of a policy, said to be made: by whom, and who confirms it. */
export interface ChangedPolicy extends Named {
  readonly policy: ReviewedPolicy;
  readonly scope: PolicyScope;
  readonly by: PersonRef;
  /** Who confirms it: HR what compliance says, compliance what anybody else does. */
  readonly to: 'hr' | 'compliance';
  readonly at: Instant;
}

export interface ReadinessState {
  readonly site: SiteRef | null;
  /** The case that speaks for the site; left out where this one does. */
  readonly beside?: CaseId;
  readonly opened: Instant;
  readonly reasons: readonly Reason[];
  readonly scorers: readonly PersonRef[];
  /** Those who score the self-check are the team the role comes to (D0.3); it may change later. */
  readonly team: readonly PersonRef[];
  readonly leads: readonly PersonRef[];
  readonly roleHoldersOnSite: number;
  readonly champion: PersonRef | null;
  /** When that was said. */
  readonly championAt: Instant;
  /** Sheets by scorer: 25 characters of `1`, `2`, `3`, `n`. */
  readonly sheets: Readonly<Record<PersonRef, string>>;
  /** `as`: in which of the two capacities it was proposed; the other one confirms (D0.5). */
  readonly proposed:
    | (Named & {
        readonly by: PersonRef;
        readonly as?: Capacity;
        readonly verdicts: readonly ReviewedEntry[];
      })
    | null;
  readonly register: readonly RegisterEntry[];
  readonly registered: Instant;
  /** Changes that somebody says were made, and nobody has confirmed (D0.5). */
  readonly changed: readonly ChangedPolicy[];
  /** The adviser's position on the verdict to come: each verdict after the acceptance needs a new one (R0.2). */
  readonly adviser: Position | null;
  /** Who gave it: somebody else gives the verdict (D0.4). */
  readonly advisedBy: PersonRef | null;
  /** In whose name, where another hand gave it. */
  readonly advisedFor?: PersonRef;
  readonly verdict: Verdict | null;
  readonly actions: readonly OpenAction[];
  readonly verdictAt: Instant;
  readonly stance: MedicaidStance | null;
  readonly timeline: {
    readonly at: Instant;
    readonly weeks?: Partial<Record<TimelinePart, number>>;
    readonly answers: Readonly<Record<PersonRef, TimelineAnswer>>;
  } | null;
  readonly goals: { readonly director: GoalAnswer | null; readonly adviser: GoalAnswer | null };
  readonly accepted: Instant | null;
  readonly checkedLast: Instant;
  readonly orientation: CivilDate | null;
  /** Since when another orientation is owed: the team changed, or the last one is too old. */
  readonly orientAgain: Instant | null;
  /** First days to come, before which the orientation is to be fresh. */
  readonly dayOnes: readonly ComingDay[];
  /** How often each decision of the foundation was done so far: one that is taken back is owed under a new name. */
  readonly settled: Readonly<Record<string, number>>;
  /** Since when such a decision is owed again. */
  readonly again: Readonly<Record<string, Instant>>;
}

/** Somebody's first day, as their candidacy told it. */
export interface ComingDay {
  readonly candidacy: CaseId;
  readonly on: CivilDate;
  readonly at: Instant;
}

export const initialReadiness: ReadinessState = {
  site: null,
  opened: 0,
  reasons: [],
  scorers: [],
  team: [],
  leads: [],
  roleHoldersOnSite: 0,
  champion: null,
  championAt: 0,
  sheets: {},
  proposed: null,
  register: [],
  registered: 0,
  changed: [],
  adviser: null,
  advisedBy: null,
  verdict: null,
  actions: [],
  verdictAt: 0,
  stance: null,
  timeline: null,
  goals: { director: null, adviser: null },
  accepted: null,
  checkedLast: 0,
  orientation: null,
  orientAgain: null,
  dayOnes: [],
  settled: {},
  again: {},
};

/** @returns true when every lead has accepted the timeline as it stands (D0.7, all leads). */
export function timelineAccepted(state: ReadinessState): boolean {
  const answers = state.timeline?.answers ?? {};
  return state.timeline !== null && state.leads.every((lead) => answers[lead] === 'accepted');
}

/** @returns policies that must change before anybody is hired (R0.1). */
export function openPolicies(state: ReadinessState): readonly RegisterEntry[] {
  return state.register.filter((entry) => entry.verdict === 'change_before_hire');
}

/** One decision of the foundation that is still owed; `key` is its name but for how often it was done before. */
export interface OpenDecision {
  readonly code: string;
  readonly capacity: Capacity;
  readonly key: string;
}

/** The decisions of stage 0 that have no prompt of their own, as far as they are open; none once readiness is accepted. */
export function openDecisions(state: ReadinessState): readonly OpenDecision[] {
  if (state.site === null || state.accepted !== null) return [];
  const list: OpenDecision[] = [];
  const owe = (code: string, capacity: Capacity, part = ''): void => {
    list.push({ code, capacity, key: `${code}:${capacity}${part}` });
  };
  if (state.champion === null) owe('D0.2', 'executive');
  if (state.register.length < reviewedPolicies.length)
    owe('D0.5', state.proposed === null ? 'hr' : 'compliance', `:${state.register.length}`);
  if (state.adviser === null) owe('R0.2', 'adviser');
  if (state.verdict === null || state.verdict === 'not_ready') owe('D0.4', 'director');
  if (state.stance === null) owe('D0.6', 'director');
  if (!timelineAccepted(state)) owe('D0.7', 'director');
  if (state.goals.director !== 'adopted') owe('D0.8', 'director');
  if (state.goals.adviser !== 'adopted') owe('D0.8', 'adviser');
  if (list.length === 0 && openPolicies(state).length === 0) owe('G0', 'director');
  return list;
}

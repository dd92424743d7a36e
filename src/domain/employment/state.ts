import type { CivilDate, Instant, WallTime } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { ActionMade, PromotionWord } from './events.ts';
import type { Adoption } from './events-adopt.ts';
import type { Supervisors } from './events-cover.ts';
import type { Handed } from '../handed.ts';
import type { Rested } from '../resting.ts';
import type { Signed } from '../signed.ts';
import type { Version } from '../versions.ts';
import type { Days } from '../spells.ts';
import type { Change } from './state-change.ts';
import type { Cover } from './state-cover.ts';
import type { Ending } from './state-ending.ts';
import type { Field } from './state-field.ts';
import type { Others } from './state-others.ts';
import type { Pulse } from './state-pulse.ts';
import type * as w from './words.ts';

export type { Ending } from './state-ending.ts';

/**
 * The state is cut into slices by topic: each part of the agenda depends on few of them, so that a session logged
 * in the tenth year does not cost a new look at the onboarding list.
 */

/** Who works where with whom. */
export interface Job extends Supervisors {
  readonly site: SiteRef;
  readonly person: PersonRef;
  readonly candidacy: CaseId;
  readonly opening: CaseId;
  readonly role: CaseId;
  readonly roleVersion: number;
  readonly dayOne: CivilDate;
  readonly supervisor: PersonRef;
  readonly second: PersonRef | null;
  readonly manager: PersonRef;
  readonly mentor: PersonRef | null;
  readonly conditional: boolean;
  readonly credential: {
    readonly status: 'verified' | 'in_progress_with_deadline' | 'expired' | 'not_asked';
    readonly validTo: CivilDate;
  };
  /** R8.1: days of probation, where other staff had fewer than the policy as it began. Left out: as in the policy. */
  readonly probationDays?: number;
  readonly clock: CaseId;
  readonly started: Instant;
  /** Supervisors whose training was recorded here, with its day (D5.6, R7.1). */
  readonly trained: Readonly<Record<PersonRef, CivilDate>>;
  /** R7.1: supervisors whose qualification ended, with its day. Left out: nobody's did. */
  readonly lapsed?: Readonly<Record<PersonRef, CivilDate>>;
  /** D6.2 by both; opens the caseload (R6.1). */
  readonly readyAlone: boolean;
  readonly caseload: CivilDate | null;
  /** Gates that lie before an employment that began elsewhere. Left out: it began here. */
  readonly notWitnessed?: readonly string[];
}

export interface Item {
  readonly owner: w.ItemOwner;
  readonly after: number;
  /** A later date agreed by `late`. */
  readonly due?: CivilDate;
}

export type Promises = Readonly<Record<string, Item>>;

export interface CheckIn {
  readonly at: number;
  /** When the employee answered; null before. */
  readonly heard: Instant | null;
}

/** Stage 6 until G6; null afterwards. Holds what is still open. */
export interface Boarding {
  readonly plan: readonly ('supervisor' | 'mentor')[];
  readonly welcome: boolean;
  readonly items: Readonly<Record<string, Item>>;
  readonly policies: readonly w.PolicyToRead[];
  /** Minutes of direct supervision and mentoring so far. */
  readonly minutes: number;
  readonly ready: { readonly employee: boolean; readonly supervisor: boolean };
  readonly checkIns: readonly CheckIn[];
  readonly proposal:
    | (Signed & {
        readonly outcome: w.CompletionOutcome;
        readonly until?: CivilDate;
        readonly at: Instant;
      })
    | null;
  readonly until: CivilDate | null;
}

export interface Talk {
  readonly day: number;
  readonly tries: number;
  readonly due?: CivilDate;
  readonly moved: boolean;
}

export interface Mentoring {
  /** Talks not yet held. */
  readonly talks: readonly Talk[];
  /** Set when mentoring was renewed. */
  readonly until: CivilDate | null;
  readonly ended: boolean;
  /** X12: since when a new mentor is asked for. */
  readonly gone: Instant | null;
  readonly proposed: { readonly mentor: PersonRef; readonly at: Instant } | null;
  /** X12: how many who were asked declined, and when the last one did; left out: nobody so far. */
  readonly declined?: { readonly n: number; readonly at: Instant };
}

export interface Moved {
  readonly on: CivilDate;
  readonly times: number;
}

/** Supervision. The next sessions follow from `next`, `weeks` and `moved` alone. */
export interface Sessions {
  readonly weekday: number;
  readonly at: WallTime;
  /** Weeks between sessions. */
  readonly weeks: number;
  /** Nominal day of the earliest session whose outcome is not recorded. */
  readonly next: CivilDate;
  /** Nominal day of the last session before `next`: another cadence is counted from it. Null before the first. */
  readonly anchor: CivilDate | null;
  /** How many sessions lie before `next`: whose turn it is with two supervisors. */
  readonly ordinal: number;
  /** Nominal days after `next` whose outcome is recorded already. */
  readonly ahead: readonly CivilDate[];
  readonly moved: Readonly<Record<CivilDate, Moved>>;
  readonly last: CivilDate | null;
  /** The days on which sessions were held lately: a day holds one. Left out: none yet. */
  readonly held?: readonly CivilDate[];
  readonly lastRoleFit: CivilDate;
  readonly missed: { readonly count: number; readonly session: CivilDate; readonly at: Instant } | null;
  readonly unconfirmed: readonly { readonly session: CivilDate; readonly at: Instant }[];
  readonly extra: { readonly n: number; readonly asked: Instant | null; readonly on: CivilDate | null };
  /** R7.1: an unqualified supervisor held a session. */
  readonly unqualified: { readonly who: PersonRef; readonly at: Instant } | null;
  readonly proposal:
    | (Version & {
        readonly by: 'employee' | 'supervisor';
        readonly change: w.CadenceChange;
        readonly weeks: number;
        readonly at: Instant;
      })
    | null;
  /** D7.6 is asked for since then, or on that day. */
  readonly ask: { readonly since: Instant; readonly on: CivilDate | null } | null;
  /** X11. Left out: nobody is out, and no plan is asked for. */
  readonly cover?: Cover;
  /** How often sessions passed from one supervisor to another: who has them again owes them anew. Left out: never. */
  readonly handed?: number;
  /** The last observation of practice that counts. Left out: none yet. */
  readonly observed?: CivilDate;
  /** The last day on which tension was raised, or its absence was noted. Left out: the first day. */
  readonly lastTension?: CivilDate;
  /** What either of the two wants to talk about next, and who said so. Left out: nobody ever did. */
  readonly agenda?: Readonly<Partial<Record<w.SessionTopic, 'employee' | 'supervisor'>>>;
}

/** What comes round again: the number of the round owed next. */
export interface Rounds {
  readonly at: Readonly<Record<w.Round, number>>;
  /** P6.4: the hire has answered this round, the supervisor not yet. */
  readonly heard: Instant | null;
  readonly growth: (Version & { readonly at: Instant; readonly outcome: 'agreed' | 'updated' }) | null;
  readonly promotion: (PromotionWord & Signed & Version & { readonly at: Instant }) | null;
  readonly nextTalk: CivilDate | null;
  /** D8.5: since when a review asks for a look at the next step. Left out: none does. */
  readonly promotionAsked?: Instant;
  /** P9.4: the day of the last decision about the next step. Left out: none yet. */
  readonly promotionSeen?: CivilDate;
  /** The day of the last exclusion check that was clear, the one at hire included (P7.7). */
  readonly cleared: CivilDate;
  /** An exclusion check that was not clear. */
  readonly doubt: { readonly outcome: w.ExclusionOutcome; readonly at: Instant } | null;
}

export interface OpenAction extends ActionMade {
  readonly since: Instant;
}

export interface Reviews {
  /** Place in the plan of reviews opened next. */
  readonly next: number;
  readonly open: readonly CaseId[];
  /** The special review under way (D8.1). Left out: none. */
  readonly special?: CaseId;
  /** Reviews that closed with an improvement plan still to look after (X17): they hear all that touches them. */
  readonly after?: readonly CaseId[];
  /** The last review that set goals (P8.6): it hears of a new supervisor and of the end. */
  readonly goals?: CaseId;
  /** A second probation review after an extension (X16). */
  readonly extended: CivilDate | null;
  /** D9.5: where the plan stood before a last day passed reviews over. Left out: it passed over none. */
  readonly staying?: Pick<Reviews, 'next' | 'extended'>;
  readonly sixMonth: boolean;
  readonly notPassed: Instant | null;
}

/** Dates of a leave; `to` is the day of return. No reason is ever here. */
export interface Spell extends Days {
  readonly clock: CaseId;
  /** The person is back, on `to`. Left out: not yet. */
  readonly over?: true;
}

/** Taking over an employment that began elsewhere, by two people; what was taken back stays so. */
export type Adopting = (Adoption & Signed & { readonly at: Instant }) | { readonly withdrawn: true };

export interface EmploymentState {
  readonly job: Job | null;
  /** Proposed, and nothing is employed here yet. Left out: nothing of its kind. */
  readonly adoption?: Adopting;
  readonly field?: Field;
  readonly boarding: Boarding | null;
  /** R6.5: promises not kept yet, by item; some outlive the onboarding. Left out: none was named. */
  readonly promises?: Promises;
  readonly mentoring: Mentoring;
  readonly sessions: Sessions;
  readonly pulse: Pulse;
  readonly rounds: Rounds;
  readonly actions: readonly OpenAction[];
  readonly reviews: Reviews;
  readonly leave: readonly Spell[];
  /** X22: clocks that hear of the end, whatever they are about; nobody reads them here. Left out: none. */
  readonly matters?: readonly CaseId[];
  readonly ending: Ending;
  /** D5.6: another manager took over. Left out: the first one is there. */
  readonly managed?: Handed;
  /** X22: when all that is owed rested and went on again. Left out: never. */
  readonly rested?: readonly Rested[];
  /** Left out: nothing of its kind yet. */
  readonly change?: Change;
  /** Left out: nothing recorded yet. */
  readonly others?: Others;
}

/** A state after its first event. */
export type Live = EmploymentState & { readonly job: Job };

const never = '1970-01-01';

export const initialEmployment: EmploymentState = {
  job: null,
  boarding: null,
  mentoring: { talks: [], until: null, ended: false, gone: null, proposed: null },
  sessions: {
    weekday: 1,
    at: '09:00',
    weeks: 1,
    next: never,
    anchor: null,
    ordinal: 0,
    ahead: [],
    moved: {},
    last: null,
    lastRoleFit: never,
    missed: null,
    unconfirmed: [],
    extra: {
      n: 0,
      asked: null,
      on: null,
    },
    unqualified: null,
    proposal: null,
    ask: null,
  },
  pulse: { month: never, employee: null, supervisor: null, before: null, drift: null, until: null },
  rounds: {
    at: {
      'P6.4': 0,
      'P7.6': 0,
      'P9.1': 0,
      'P9.2': 0,
    },
    heard: null,
    growth: null,
    promotion: null,
    nextTalk: null,
    cleared: never,
    doubt: null,
  },
  actions: [],
  reviews: { next: 0, open: [], extended: null, sixMonth: false, notPassed: null },
  leave: [],
  ending: {
    proposal: null,
    how: null,
    lastDay: null,
    since: 0,
    ended: null,
    access: false,
    exit: false,
    rehire: 'open',
    opening: 'open',
    rehireWord: null,
    openingWord: null,
    died: null,
  },
};

/** Narrows to a state whose employment has started. */
export function isLive(state: EmploymentState): state is Live {
  return state.job !== null;
}

/** @returns the seat a person holds in this employment, or null. */
export function seatOf(job: Job, who: PersonRef): 'employee' | 'supervisor' | null {
  if (who === job.person) return 'employee';
  return who === job.supervisor || who === job.second ? 'supervisor' : null;
}

import { present } from '../away.ts';
import type { Absence, AwayNoted, BackNoted } from '../away.ts';
import type { StartClock } from '../notices.ts';
import type { RestNoted, Rested } from '../resting.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { Hold, HoldEvent } from './state-hold.ts';
import type { Report, ReportEvent } from './state-report.ts';
import type {
  AccommodationOutcome,
  AccommodationStatus,
  AdverseReason,
  AssessmentFactor,
  CheckOutcome,
  CheckStatus,
  ClockWord,
  ComparatorWord,
  DenialReview,
  ExclusionOutcome,
  ExclusionStatus,
  LeaveOutcome,
  LeaveStatus,
  NoticeEnclosure,
  RenewalStep,
  RestingDuty,
} from './words.ts';
import type { Named } from '../signed.ts';

type Started = Omit<StartClock['body'], 'about'>;

/** Confidential matters have kinds of events of their own: classes go by kind, and these lie in the vault. */
export type ClockEvent =
  | {
      readonly kind: 'leave_opened';
      readonly body: {
        readonly site: SiteRef;
        readonly person: PersonRef;
        readonly employment: CaseId;
        readonly from: CivilDate;
        readonly to: CivilDate;
        readonly supervisor?: PersonRef;
        readonly known?: true;
      };
    }
  | {
      readonly kind: 'leave_decided';
      readonly body: { readonly by: PersonRef; readonly outcome: LeaveOutcome };
    }
  | {
      readonly kind: 'denial_reviewed';
      readonly body: { readonly by: PersonRef; readonly outcome: DenialReview };
    }
  | { readonly kind: 'leave_extended'; readonly body: { readonly to: CivilDate } }
  | { readonly kind: 'leave_moved'; readonly body: { readonly from: CivilDate; readonly to: CivilDate } }
  /** `agreed`: the employment knew of it. */
  | { readonly kind: 'leave_cancelled'; readonly body: { readonly by: PersonRef; readonly agreed: boolean } }
  | { readonly kind: 'leave_returned'; readonly body: { readonly on: CivilDate } }
  | { readonly kind: 'leave_closed'; readonly body: { readonly on: CivilDate } }
  | { readonly kind: 'check_started'; readonly body: Started }
  | {
      readonly kind: 'check_recorded';
      readonly body: {
        readonly outcome: CheckOutcome;
        readonly given?: CivilDate;
        readonly notice?: string;
        readonly enclosed?: readonly NoticeEnclosure[];
      };
    }
  | { readonly kind: 'check_assessed'; readonly body: CheckAssessment }
  | { readonly kind: 'reply_received'; readonly body: { readonly by: PersonRef; readonly text: string } }
  | { readonly kind: 'check_slowed'; readonly body: { readonly businessDays: number } }
  | { readonly kind: 'wait_prolonged'; readonly body: { readonly by: PersonRef } }
  | {
      readonly kind: 'officer_word_given';
      readonly body: { readonly by: PersonRef; readonly word: ClockWord };
    }
  | { readonly kind: 'adverse_proposed'; readonly body: AdverseProposal }
  | { readonly kind: 'adverse_decided'; readonly body: AdverseProposal & { readonly confirmedBy: PersonRef } }
  | {
      readonly kind: 'adverse_confirmed';
      readonly body: AdverseProposal & {
        readonly confirmedBy: PersonRef;
        readonly comparator: ComparatorWord;
      };
    }
  | AccommodationEvent
  | HoldEvent
  | ReportEvent
  | { readonly kind: 'exclusion_started'; readonly body: Started }
  | { readonly kind: 'exclusion_recorded'; readonly body: { readonly outcome: ExclusionOutcome } }
  | { readonly kind: 'credential_watched'; readonly body: Started }
  | {
      readonly kind: 'duties_limited';
      readonly body: { readonly by: PersonRef; readonly duties: readonly RestingDuty[] };
    }
  | { readonly kind: 'duties_restored'; readonly body: { readonly by: PersonRef } }
  | { readonly kind: 'deadline_noted'; readonly body: { readonly validTo: CivilDate } }
  | { readonly kind: 'credential_renewed'; readonly body: { readonly validTo: CivilDate } }
  | { readonly kind: 'credential_expired'; readonly body: { readonly validTo: CivilDate } }
  | {
      readonly kind: 'credential_step_over';
      readonly body: { readonly validTo: CivilDate; readonly step: RenewalStep; readonly next: RenewalStep };
    }
  | { readonly kind: 'overdue_day_passed'; readonly body: { readonly day: CivilDate } }
  | { readonly kind: 'supervisor_noted'; readonly body: { readonly supervisor: PersonRef } }
  | { readonly kind: 'absence_noted'; readonly body: AwayNoted }
  | { readonly kind: 'absence_ended'; readonly body: BackNoted }
  | { readonly kind: 'clock_ended'; readonly body: { readonly how: string } }
  | RestNoted;

/** D3.6 and X31. */
export type AccommodationEvent =
  | {
      readonly kind: 'accommodation_requested';
      readonly body: {
        readonly site: SiteRef;
        readonly parent: CaseId;
        readonly person: PersonRef;
        readonly text?: string;
        readonly known?: true;
      };
    }
  | { readonly kind: 'request_acknowledged'; readonly body: { readonly by: PersonRef } }
  | { readonly kind: 'request_talked'; readonly body: { readonly on: CivilDate } }
  | {
      readonly kind: 'accommodation_decided';
      readonly body: {
        readonly by: PersonRef;
        readonly outcome: AccommodationOutcome;
        readonly change?: string;
        readonly arranger?: PersonRef;
      };
    }
  | {
      readonly kind: 'decline_reviewed';
      readonly body: { readonly by: PersonRef; readonly outcome: DenialReview };
    }
  | { readonly kind: 'arrangement_made'; readonly body: { readonly by: PersonRef } }
  | { readonly kind: 'request_closed'; readonly body: { readonly by: PersonRef } };

/** D5.2, X8: what was weighed in this one case, and the text of it. */
export interface CheckAssessment {
  readonly by: PersonRef;
  readonly considered: readonly AssessmentFactor[];
  readonly text: string;
}

export interface AdverseProposal {
  readonly by: PersonRef;
  readonly reason: AdverseReason;
  readonly notice: string;
}

export interface Leave {
  readonly about: 'leave';
  readonly from: CivilDate;
  /** The day of return: as planned, and once they are back the day they came. */
  readonly to: CivilDate;
  readonly status: LeaveStatus;
  readonly deniedBy: PersonRef | null;
  /** In whose name, where another hand denied it. */
  readonly deniedFor?: PersonRef;
}

export interface Background {
  readonly about: 'background';
  readonly status: CheckStatus;
  /** The day the first notice was given (R5.4). */
  readonly given: CivilDate | null;
  readonly proposal: (AdverseProposal & Named) | null;
  /** X8: what was weighed so far, and since when all of it lies there. */
  readonly considered: readonly AssessmentFactor[];
  readonly assessedAt: Instant | null;
  /** R5.7: the other officer's word on the proposal that is open. */
  readonly word: ClockWord | null;
  /** Whose word it was; left out: nobody's. */
  readonly wordBy?: PersonRef;
  readonly wordName?: PersonRef;
  /** X7: the wait went past its end; HR has it. */
  readonly slow: boolean;
}

/** D3.6, X31: a change that lets somebody apply or work. What it is about is nowhere in here. */
export interface Accommodation {
  readonly about: 'accommodation';
  readonly status: AccommodationStatus;
  /** When it was asked for, or asked for again after a review: the decision is counted from here. */
  readonly asked: Instant;
  readonly rounds: number;
  readonly acknowledged: boolean;
  readonly talked: CivilDate | null;
  readonly declinedBy: PersonRef | null;
  /** In whose name, where another hand declined it. */
  readonly declinedFor?: PersonRef;
  /** Who sees to the change that was decided. */
  readonly arranger: PersonRef | null;
}

export interface Exclusion {
  readonly about: 'exclusion';
  readonly status: ExclusionStatus;
}

export interface Credential {
  readonly about: 'credential';
  /** `awaited`: there is none yet, and `validTo` is the last day of the way to it (X10). */
  readonly status: 'verified' | 'expired' | 'undated' | 'awaited';
  readonly validTo: CivilDate | null;
  /** The last business day that went by overdue. */
  readonly overdue: CivilDate | null;
  /** X9: where on the way back after a lapse; left out: at its beginning. */
  readonly step?: RenewalStep;
  /** X9: `settled`: nothing had to rest; `rest`: duties rest, until they are given back. Left out: not arranged yet. */
  readonly duties?: 'settled' | 'rest';
}

export interface ClockState {
  readonly site: SiteRef;
  readonly parent: CaseId;
  readonly person: PersonRef;
  readonly supervisor: PersonRef | null;
  /** How often the supervisor changed: part of ids. */
  readonly supervisors: number;
  readonly matter: Leave | Background | Exclusion | Credential | Accommodation | Hold | Report | null;
  /** When the matter last moved, and how often it has: what is owed after each move is a new thing. */
  readonly since: Instant;
  readonly moves: number;
  readonly over: boolean;
  readonly absence: Absence;
  /** X22: since when nothing is asked. Left out: all goes on. */
  readonly rests?: Instant;
  /** When it did before, and went on again. Left out: never. */
  readonly rested?: readonly Rested[];
  /** The employment it belongs to knows that it is there, and nothing else of it. Left out: it does not. */
  readonly known?: true;
}

export const initialClock: ClockState = {
  site: '',
  parent: '',
  person: '',
  supervisor: null,
  supervisors: 0,
  matter: null,
  since: 0,
  moves: 0,
  over: false,
  absence: present,
};

/** @returns true once no move of the check is left. */
export function checkOver(status: CheckStatus): boolean {
  return status === 'clear' || status === 'cleared_after_assessment' || status === 'adverse_final';
}

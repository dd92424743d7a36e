import type { CivilDate } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type {
  CancelReason,
  Channel,
  DisputeOutcome,
  FeeOutcome,
  ForbiddenQuestion,
  IncidentRemedy,
  IncidentReview,
  PauseReason,
  PoolOutcome,
  PoolReason,
  PostingChange,
  QuestionStatus,
  ReasonCode,
  ReferenceOutcome,
  SearchNext,
  SelectionOutcome,
} from './words.ts';

interface Kind<K extends string, B extends object> {
  readonly kind: K;
  readonly body: B;
}

/** Somebody who may judge: whether they work in a peer role, and whether they were trained as a rater (D4.2). */
export interface Rater {
  readonly person: PersonRef;
  readonly inRole: boolean;
  readonly trained: boolean;
  /** Invited from another organization, and paid for it. */
  readonly outside?: true;
}

/** `panel:1` … or `screener:1`, `screener:2`. */
export type SeatName = string;

/** A seat of panel or screening passes on. Why it became free stands nowhere (D3.5). */
export interface SeatChange {
  readonly seat: SeatName;
  readonly left: PersonRef | null;
  readonly by: Rater;
}

type PostingEvent =
  | Kind<
      'opening_opened',
      {
        readonly site: SiteRef;
        readonly role: CaseId;
        readonly roleVersion: number;
        readonly seats: number;
        readonly hiringManager: PersonRef;
        readonly screeners: readonly PersonRef[];
        readonly panel: readonly Rater[];
        readonly alternates: readonly Rater[];
        readonly plannedPosting: CivilDate;
        /** X4: the failed search it follows. */
        readonly after?: CaseId;
        /** X26: the search whose pool serves its seats. */
        readonly sharing?: CaseId;
        /** X5: the role is told of this search, and tells it of a newer version. */
        readonly announced?: true;
      }
    >
  | Kind<'channels_planned', { readonly channels: readonly Channel[]; readonly community: number }>
  | Kind<'posting_approved', { readonly text?: string }>
  | Kind<'posting_returned', { readonly changes: readonly PostingChange[] }>
  | Kind<
      'posted',
      {
        readonly on: CivilDate;
        readonly closeOn: CivilDate;
        /** R5.6: the range it went out with, in cents per hour, e.g. `2200-2500`. */
        readonly range?: string;
      }
    >
  | Kind<'posting_extended', { readonly closeOn: CivilDate }>
  | Kind<'posting_paused', { readonly until: CivilDate; readonly openDays: number }>
  | Kind<'posting_resumed', { readonly closeOn: CivilDate }>
  | Kind<'posting_closed', { readonly openDays: number }>;

type PoolEvent =
  /** `mark`: of whoever applied, so that one person is counted once and judges nobody here (R3.4, D3.5). */
  | Kind<
      'applicant_listed',
      {
        readonly candidacy: CaseId;
        readonly mark?: string;
        /** D4.7: who hires, told to an application that knows another or none. */
        readonly hiringManager?: PersonRef;
      }
    >
  | Kind<'application_late', { readonly candidacy: CaseId }>
  | Kind<
      'applicant_screened',
      {
        readonly candidacy: CaseId;
        readonly outcome: 'advance' | 'hold' | 'not_advanced' | 'duplicate';
        readonly qualified: boolean;
        /** X2: after they were closed without a response, into a pool that was decided meanwhile. */
        readonly back?: true;
        /** D4.7: who hires by now, told to somebody who is back and knows another. */
        readonly hiringManager?: PersonRef;
      }
    >
  /** A conversation that counts for nobody: X6 from before all are held anew, R4.1 with nobody in a peer role. */
  | Kind<'interview_set_aside', { readonly candidacy: CaseId; readonly on: CivilDate }>
  | Kind<
      'applicant_left',
      {
        readonly candidacy: CaseId;
        readonly why: 'withdrawn' | 'no_response';
        /** Somebody named for a seat left: the selection proposed has to be made anew. */
        readonly voids: boolean;
      }
    >
  | Kind<
      'pool_proposed',
      {
        readonly by: PersonRef;
        readonly as: 'hr' | 'hiring_manager';
        readonly outcome: PoolOutcome;
        readonly reasons: readonly PoolReason[];
        readonly closeOn?: CivilDate;
      }
    >
  | Kind<'pool_accepted', { readonly outcome: 'proceed' | 'proceed_with_exception' }>
  | Kind<'pool_extended', { readonly closeOn: CivilDate }>
  | Kind<
      'search_failed',
      {
        readonly reasons: readonly PoolReason[];
        readonly released: readonly CaseId[];
        /** X4: HR is asked what follows. Left out under a policy that does not ask. */
        readonly next?: 'asked';
      }
    >
  | Kind<
      'opening_canceled',
      {
        readonly why: CancelReason;
        readonly released: readonly CaseId[];
        /** X28: so many candidates have to be told by a day. Left out when nobody waits. */
        readonly waiting?: number;
      }
    >;

/** What happens to a search as a whole, from outside of it (X4, X5, X26, X28). */
type CourseEvent =
  | Kind<'search_paused', { readonly until: CivilDate; readonly why: PauseReason; readonly waiting: number }>
  | Kind<'search_resumed', { readonly waiting: number }>
  | Kind<'candidates_told', { readonly word: number }>
  /** D5.9: the first of the reserve is kept, with these seats free. */
  | Kind<'reserve_kept', { readonly candidacy: CaseId; readonly seats: readonly number[] }>
  | Kind<'role_changed', { readonly version: number }>
  | Kind<'version_kept', { readonly version: number; readonly waiting: number }>
  | Kind<'search_followed', { readonly next: SearchNext }>
  | Kind<
      'seats_joined',
      { readonly opening: CaseId; readonly seats: number; readonly hiringManager: PersonRef }
    >
  | Kind<'seats_not_joined', { readonly opening: CaseId }>
  | Kind<'pool_leave_asked', { readonly pool: CaseId }>
  /** Places of the free seats that went back to the opening they came from. */
  | Kind<'seats_given_back', { readonly opening: CaseId; readonly seats: readonly number[] }>
  /** How many of an opening's seats are its own again; the others stay with the pool. */
  | Kind<'pool_left', { readonly seats: number }>
  /** Somebody accepted an offer for a seat that was lent. */
  | Kind<'joined_seat_accepted', Readonly<Record<string, never>>>
  | Kind<'joined_seat_filled', { readonly employment: CaseId; readonly dayOne: CivilDate }>
  | Kind<'joined_seat_freed', { readonly employment: CaseId; readonly closes?: true }>
  /** From now on this person hires for the opening. `told`: everybody in the running hears of it; left out: only who has a seat. */
  | Kind<'hiring_manager_changed', { readonly hiringManager: PersonRef; readonly told?: 'running' }>
  | Kind<'joined_manager_changed', { readonly opening: CaseId; readonly hiringManager: PersonRef }>;

type PanelEvent =
  | Kind<
      'conflict_declared',
      {
        readonly by: PersonRef;
        readonly seats: readonly SeatName[];
        /** R3.5: they will not look any applicant up. */
        readonly attested?: true;
      }
    >
  | Kind<'seat_refilled', SeatChange>
  | Kind<'seat_left', { readonly seat: SeatName; readonly left: PersonRef }>
  | Kind<'alternate_called', { readonly seat: SeatName; readonly left: PersonRef; readonly by: Rater | null }>
  | Kind<'alternate_added', Rater>
  /** D3.5: before they were called; of their own accord. */
  | Kind<'alternate_left', { readonly left: PersonRef }>
  /** D3.5: whoever hires stands aside without having a seat to give up. */
  | Kind<'choice_passed_on', { readonly left: PersonRef }>
  | Kind<
      'questions_marked',
      {
        readonly questions: readonly {
          readonly id: string;
          readonly status: QuestionStatus;
          readonly code?: ForbiddenQuestion;
          readonly text?: string;
          readonly findings?: readonly string[];
          readonly pack?: string;
        }[];
      }
    >
  | Kind<'finding_disputed', { readonly question: string; readonly finding: string; readonly by: PersonRef }>
  | Kind<
      'dispute_settled',
      { readonly question: string; readonly finding: string; readonly outcome: DisputeOutcome }
    >
  | Kind<
      'interviews_planned',
      {
        readonly firstDay: CivilDate;
        readonly lastDay: CivilDate;
        readonly questions: readonly string[];
        /** R4.1: how many of the panel have to work in a peer role. */
        readonly inRole?: number;
      }
    >
  | Kind<'attendance_confirmed', { readonly by: PersonRef }>
  | Kind<'interview_listed', { readonly candidacy: CaseId; readonly on: CivilDate }>
  | Kind<'interview_noted', { readonly candidacy: CaseId; readonly on: CivilDate }>
  | Kind<'sheet_noted', { readonly candidacy: CaseId; readonly rater: PersonRef }>
  | Kind<'rater_dropped', { readonly rater: PersonRef }>
  | Kind<'re_interview_ordered', { readonly candidacies: readonly CaseId[] }>
  | Kind<'fee_recorded', { readonly person: PersonRef; readonly outcome: FeeOutcome }>
  | Kind<'incident_reported', { readonly question: ForbiddenQuestion; readonly candidacy?: CaseId }>
  | Kind<
      'incident_reviewed',
      {
        readonly incident: number;
        readonly outcome: IncidentReview;
        readonly remedy?: IncidentRemedy;
      }
    >;

export interface ConsensusResult {
  readonly candidacy: CaseId;
  readonly outcome: string;
  readonly reasons: readonly ReasonCode[];
}
export interface Dissent {
  readonly candidacy: CaseId;
  readonly reasons: readonly ReasonCode[];
}
export interface Chosen {
  readonly candidacy: CaseId;
  readonly outcome: SelectionOutcome;
  readonly reasons: readonly ReasonCode[];
  readonly rank?: number;
}

type SelectionEvent =
  | Kind<
      'consensus_stated',
      { readonly by: PersonRef; readonly version: number; readonly results: readonly ConsensusResult[] }
    >
  | Kind<
      'consensus_answered',
      { readonly by: PersonRef; readonly version: number; readonly dissents: readonly Dissent[] }
    >
  | Kind<
      'references_recorded',
      { readonly outcome: ReferenceOutcome; readonly unreachable: readonly CaseId[] }
    >
  | Kind<'selection_proposed', { readonly by: PersonRef; readonly outcomes: readonly Chosen[] }>
  | Kind<
      'selection_confirmed',
      {
        readonly granted: readonly { readonly candidacy: CaseId; readonly seat: number }[];
        readonly reserved: readonly CaseId[];
        readonly until: CivilDate;
        readonly notSelected: readonly {
          readonly candidacy: CaseId;
          readonly reasons: readonly ReasonCode[];
        }[];
        /** D4.7 `no_selection`: nobody was chosen and nobody is kept in reserve. */
        readonly result?: 'no_selection';
      }
    >
  | Kind<
      'offer_settled',
      {
        readonly candidacy: CaseId;
        readonly seat: number;
        readonly how: 'accepted' | 'declined' | 'expired' | 'rescinded';
      }
    >
  | Kind<'seat_refused', { readonly candidacy: CaseId; readonly why: string }>
  | Kind<
      'seat_filled',
      {
        readonly candidacy: CaseId;
        readonly seat: number;
        readonly employment: CaseId;
        readonly dayOne: CivilDate;
      }
    >
  | Kind<
      'holder_gone',
      {
        readonly employment: CaseId;
        readonly seat: number;
        readonly how: string;
        /** D9.7 `close`: nobody follows. Left out: the seat is free. */
        readonly closes?: true;
      }
    >
  | Kind<'next_offered', { readonly candidacy: CaseId; readonly seat: number }>
  | Kind<'reserve_ended', { readonly candidacy: CaseId; readonly how: 'expired' | 'released' }>;

/** What happens in an opening. Recusal has no event of its own: it is seen only as a seat that passed on. */
export type OpeningEvent = PostingEvent | PoolEvent | CourseEvent | PanelEvent | SelectionEvent;

export type EventOf<K extends OpeningEvent['kind']> = Extract<OpeningEvent, { kind: K }>;

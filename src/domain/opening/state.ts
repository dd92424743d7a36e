import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import { markAt } from './applicants.ts';
import { noCourse } from './course.ts';
import type { Course, Wording } from './course.ts';
import type { Rater, SeatName } from './events.ts';
import type { PoolOutcome, PoolReason, QuestionStatus, ReferenceOutcome, RowCode } from './words.ts';
import type { Named } from '../signed.ts';

/** A seat of the panel or of the screening. */
export interface JudgeSeat {
  readonly person: PersonRef | null;
  readonly inRole: boolean;
  readonly trained: boolean;
  /** When the person took it, or when it became empty. */
  readonly since: Instant;
  /** Who sat here before, while it is empty. */
  readonly left: PersonRef | null;
  readonly declared: boolean;
  readonly confirmed: boolean;
  /** D4.4 `dropped_for_all`: sits no longer, for any candidate. */
  readonly dropped: boolean;
  /** R3.5: said that they will not look any applicant up. */
  readonly attested?: true;
  /** Invited from another organization, and paid for it (D4.2). */
  readonly outside?: true;
}

/**
 * One applicant. Kept short: an opening may have hundreds (see `rowCodes`). R3.7: it holds who handed in a sheet, never
 * what stands in it; what the panel found and the order of the reserve are words of people, and nothing here is computed
 * of a person.
 */
export interface Row {
  /** The opaque part of the candidacy's id. */
  readonly c: string;
  readonly s: RowCode;
  /** 1: screened as qualified. */
  readonly q?: 1;
  /** The interview was held: the place of its day in `days`. */
  readonly on?: number;
  /** Sheets in: one character per rater, their place in `raters`. */
  readonly sh?: string;
  /** D4.5: `r<n>`, `ok` or `no`. */
  readonly rec?: string;
  /** The selection proposed: `s`, `r` or `n`, then the places of its reason codes, one character each. */
  readonly pick?: string;
  readonly rank?: number;
  /** Last day of the reserve. */
  readonly until?: CivilDate;
}

export interface Posting {
  readonly status: 'draft' | 'approved' | 'posted' | 'paused' | 'closed';
  /** When this status began. */
  readonly since: Instant;
  /** Calendar days it was open before `since`. */
  readonly openDays: number;
  /** Planned last day; while paused, the day until which it is. */
  readonly closeOn: CivilDate;
  /** How often it was approved or sent back. */
  readonly reviews: number;
  /** R5.6: the range it went out with; left out where that was not kept. */
  readonly range?: string;
}

export interface PoolProposal extends Named {
  readonly by: PersonRef;
  readonly as: 'hr' | 'hiring_manager';
  readonly outcome: PoolOutcome;
  readonly reasons: readonly PoolReason[];
  readonly closeOn: CivilDate | null;
  readonly at: Instant;
}

export interface Plan {
  readonly n: number;
  readonly at: Instant;
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
  /** R4.1: how many of the panel have to work in a peer role. */
  readonly inRole?: number;
}

export interface Consensus {
  readonly at: Instant;
  /** Place in `raters` → places of the candidates (in `rows`) on whom they named a dissent. */
  readonly answers: Readonly<Record<string, readonly number[]>>;
}

/** A seat of the opening itself; granted only here. `lent`: another search fills it (X26); `gone`: it went back. */
export interface HireSeat {
  readonly st: 'free' | 'granted' | 'accepted' | 'filled' | 'lent' | 'gone';
  readonly c: string | null;
  readonly employment: CaseId | null;
  readonly at: Instant;
  /** Who left it, until it is filled again: D9.7 may still say that nobody follows. */
  readonly was?: CaseId;
  /** X26: the opening it came from, and who hires for it. */
  readonly of?: CaseId;
  readonly manager?: PersonRef;
}

export interface Incident {
  readonly n: number;
  readonly at: Instant;
  readonly reviewed: boolean;
}

export interface OpeningState {
  readonly site: SiteRef | null;
  readonly opened: Instant;
  readonly role: CaseId;
  readonly roleVersion: number;
  readonly hiringManager: PersonRef;
  readonly plannedPosting: CivilDate;
  readonly screeners: readonly JudgeSeat[];
  readonly panel: readonly JudgeSeat[];
  readonly alternates: readonly Rater[];
  /** Everybody who ever sat on the panel, once; rows and answers name their place. */
  readonly raters: readonly PersonRef[];
  /** Who gave up a seat of their own accord; why, nobody is asked, so nobody asks them back (D3.5). */
  readonly gone: readonly PersonRef[];
  readonly community: number | null;
  readonly posting: Posting;
  readonly rows: readonly Row[];
  /** Who applied, in the order of `rows`: one mark of a fixed length each (see `applicants.ts`). */
  readonly applicants: string;
  /** Days on which interviews were held, once. */
  readonly days: readonly CivilDate[];
  /** An interview of the pool at hand was held; also true when that candidate has left since. */
  readonly began: boolean;
  /** When the first application of this posting came. */
  readonly firstApplied: Instant | null;
  /** The most that were screened as qualified at one time (P3.4). */
  readonly qualifiedPeak: number;
  readonly proposal: PoolProposal | null;
  readonly proposals: number;
  /** D3.7 `proceed` or with an exception: G3 was passed. */
  readonly pool: { readonly at: Instant; readonly outcome: PoolOutcome } | null;
  readonly questions: Readonly<Record<string, QuestionStatus>>;
  readonly wordings: Readonly<Record<string, Wording>>;
  /** The one set of this opening, frozen at its first use (R4.6). */
  readonly asked: readonly string[] | null;
  readonly plan: Plan | null;
  readonly plans: number;
  /** All interviews of the remaining candidates were held; `on` is the last day. */
  readonly done: { readonly at: Instant; readonly on: CivilDate } | null;
  readonly rounds: number;
  /** How often there came to be, or ceased to be, somebody in the running: ids of what is owed then never repeat. */
  readonly flips: number;
  readonly anyone: boolean;
  /** How often questions were marked, and how often the search began anew. */
  readonly marks: number;
  readonly starts: number;
  readonly consensus: Consensus | null;
  readonly versions: number;
  readonly references: ReferenceOutcome | null;
  readonly selection: (Named & { readonly by: PersonRef; readonly at: Instant }) | null;
  readonly selections: number;
  /** G4 was passed for the pool at hand. */
  readonly selected: { readonly at: Instant } | null;
  readonly seats: readonly HireSeat[];
  readonly incidents: readonly Incident[];
  readonly reported: number;
  readonly ended: 'failed_search' | 'canceled' | null;
  readonly course: Course;
}

const noPosting: Posting = { status: 'draft', since: 0, openDays: 0, closeOn: '', reviews: 0 };

export const initialOpening: OpeningState = {
  ...{ site: null, opened: 0, role: '', roleVersion: 0, hiringManager: '', plannedPosting: '' },
  ...{ screeners: [], panel: [], alternates: [], raters: [], gone: [], community: null, posting: noPosting },
  ...{
    rows: [],
    applicants: '',
    days: [],
    began: false,
    firstApplied: null,
    qualifiedPeak: 0,
    proposal: null,
    proposals: 0,
    pool: null,
  },
  ...{ questions: {}, wordings: {}, asked: null, plan: null, plans: 0, done: null, rounds: 0 },
  ...{ flips: 0, anyone: false, marks: 0, starts: 0 },
  ...{ consensus: null, versions: 0, references: null, selection: null, selections: 0, selected: null },
  ...{ seats: [], incidents: [], reported: 0, ended: null, course: noCourse },
};

const PREFIX = 'candidacy-';

/** @returns the candidacy's id of a row. */
export const candidacyOf = (row: { readonly c: string }): CaseId => `${PREFIX}${row.c}`;
/** @returns the short form a row keeps of a candidacy's id. */
export const shortOf = (candidacy: CaseId): string =>
  candidacy.startsWith(PREFIX) ? candidacy.slice(PREFIX.length) : candidacy;

export function rowOf(state: OpeningState, candidacy: CaseId): Row | undefined {
  const short = shortOf(candidacy);
  return state.rows.find((row) => row.c === short);
}

/** @returns those still in the running for a seat: advanced, and no outcome yet. */
export function remaining(state: OpeningState): readonly Row[] {
  return state.rows.filter((row) => row.s === 'ad');
}

/** @returns applicants for whom nobody has decided yet; `hold` is no outcome (R3.1). */
export function undecided(state: OpeningState): readonly Row[] {
  return state.rows.filter((row) => row.s === 'in' || row.s === 'ho');
}

/** @returns the reserve in its order. */
export function reserve(state: OpeningState): readonly Row[] {
  return state.rows.filter((row) => row.s === 're').toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
}

/** @returns seats of the panel that have a person who rates for every candidate. */
export function inForce(state: OpeningState): readonly (JudgeSeat & { readonly person: PersonRef })[] {
  return state.panel.filter(
    (seat): seat is JudgeSeat & { readonly person: PersonRef } => seat.person !== null && !seat.dropped,
  );
}

/** @returns how many persons are screened as qualified and still there: two applications of one person are one (R3.4). */
export function qualified(state: OpeningState): number {
  const people = state.rows.flatMap((row, place) =>
    row.q === 1 && row.s !== 'wi' && row.s !== 'nr' ? [markAt(state.applicants, place) ?? row.c] : [],
  );
  return new Set(people).size;
}

/** The one-character name under which sheets and answers keep a person of the panel. */
export function raterMark(state: OpeningState, person: PersonRef): string {
  const place = state.raters.indexOf(person);
  return place < 0 ? '?' : place.toString(36);
}

/** @returns persons of the panel whose sheet for a candidate is not in. */
export function sheetsMissing(state: OpeningState, row: Row): readonly PersonRef[] {
  return inForce(state)
    .map((seat) => seat.person)
    .filter((person) => !(row.sh ?? '').includes(raterMark(state, person)));
}

/** @returns persons of the panel who have neither agreed nor named a dissent (D4.5). */
export function unanswered(state: OpeningState): readonly PersonRef[] {
  const answers = state.consensus?.answers ?? {};
  return inForce(state)
    .map((seat) => seat.person)
    .filter((person) => answers[raterMark(state, person)] === undefined);
}

/** @returns true when the panel has said something of every remaining candidate, and each of its members answered. */
export function consensusComplete(state: OpeningState): boolean {
  return (
    state.consensus !== null &&
    unanswered(state).length === 0 &&
    remaining(state).every((row) => row.rec !== undefined)
  );
}

/** @returns true once an interview took place: from then on nobody joins the panel (X6). */
export function interviewsBegan(state: OpeningState): boolean {
  return state.began;
}

/** @returns numbers, from 1, of the seats nobody holds. */
export function freeSeats(state: OpeningState): readonly number[] {
  return state.seats.flatMap((seat, n) => (seat.st === 'free' ? [n + 1] : []));
}

/** @returns the number of the seat a candidacy holds, or null. */
export function seatOf(state: OpeningState, candidacy: CaseId): number | null {
  const short = shortOf(candidacy);
  const place = state.seats.findIndex((seat) => seat.c === short);
  return place < 0 ? null : place + 1;
}

/** @returns true when the business outcome is recorded: ended, or every seat filled and the reserve ended. */
export function isOver(state: OpeningState): boolean {
  if (state.ended !== null) return true;
  const settled = (seat: HireSeat): boolean => seat.st === 'filled' || seat.st === 'gone';
  return state.seats.length > 0 && state.seats.every(settled) && reserve(state).length === 0;
}

/** Splits `panel:2` into its table and its place, from 0. */
export function placeOf(seat: SeatName): { readonly of: 'panel' | 'screeners'; readonly at: number } {
  const [table, n] = seat.split(':');
  return { of: table === 'screener' ? 'screeners' : 'panel', at: Number(n) - 1 };
}

/** @returns names of the seats a person holds now. */
export function seatsHeld(state: OpeningState, person: PersonRef): readonly SeatName[] {
  return [
    ...state.screeners.flatMap((seat, n) => (seat.person === person ? [`screener:${n + 1}`] : [])),
    ...state.panel.flatMap((seat, n) => (seat.person === person && !seat.dropped ? [`panel:${n + 1}`] : [])),
  ];
}

import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { Screening, Supervision } from './events.ts';
import type {
  ConsentAnswer,
  CredentialStatus,
  Ending,
  ExclusionOutcome,
  MentorKind,
  RescindReason,
  SetupItem,
  Stage,
} from './words.ts';

/** A reviewer of the opening, since when they owe their screening, and what they gave. */
export interface Reviewer {
  readonly person: PersonRef;
  readonly since: Instant;
  readonly given: Screening | null;
  readonly givenAt: Instant;
}

export interface Interview {
  readonly on: CivilDate;
  readonly at: string;
  readonly set: Instant;
  readonly raters: readonly PersonRef[];
  /** Who has handed in; the ratings themselves stay in the events (R4.3). */
  readonly sheetsOf: readonly PersonRef[];
  readonly questionsSent: boolean;
  readonly held: { readonly on: CivilDate; readonly at: Instant } | null;
}

/** An outcome the candidate has to be told, or was. */
export interface Outcome {
  readonly what: Ending | 'selected' | 'reserved' | 'check_adverse';
  readonly at: Instant;
  readonly told: boolean;
}

/** What HR did of which the candidate is told: one short message, by the code of what HR owed. */
export interface Word {
  readonly n: number;
  readonly code: WordCode;
  readonly at: Instant;
}

/** P3.1 receipt, P4.1 questions, P3.5 and P4.5 outcome. */
export type WordCode = 'P3.1' | 'P4.1' | 'P3.5' | 'P4.5';

export interface Offer {
  readonly version: number;
  readonly amount: number;
  readonly hours: number;
  readonly drafted: Instant;
  readonly approvals: readonly { readonly person: PersonRef; readonly position: 'hr' | 'second' }[];
  /** An approver said no to this version: it goes no further. */
  readonly turnedDown: boolean;
  readonly sent: { readonly at: Instant; readonly expires: CivilDate; readonly extensions: number } | null;
}

export interface Start {
  readonly on: CivilDate;
  readonly conditional: boolean;
  readonly at: Instant;
  /** How often the day was moved: the prompts before a moved day are new ones. */
  readonly moves: number;
}

export interface Mentor {
  readonly person: PersonRef;
  readonly how: MentorKind;
  readonly at: Instant;
  readonly accepted: Instant | null;
}

/** What stage 5 has gathered after the acceptance; supervisor and mentor may be named before it. */
export interface Preboarding {
  readonly accepted: Instant | null;
  readonly start: Start | null;
  readonly consent: { readonly answer: ConsentAnswer; readonly at: Instant } | null;
  readonly check: { readonly clock: CaseId; readonly at: Instant } | null;
  readonly background: { readonly outcome: 'clear' | 'not_yet' | 'adverse'; readonly at: Instant } | null;
  readonly exclusion: { readonly outcome: ExclusionOutcome; readonly at: Instant } | null;
  readonly credential: {
    readonly status: CredentialStatus;
    readonly validTo: CivilDate | null;
    readonly at: Instant;
  } | null;
  readonly supervision: (Supervision & { readonly since: Instant; readonly week: number }) | null;
  readonly mentor: Mentor | null;
  /** How often the search for a mentor began anew. */
  readonly mentorRounds: number;
  readonly ready: readonly SetupItem[];
  readonly access: readonly string[];
  readonly rescind: { readonly by: PersonRef; readonly reason: RescindReason; readonly at: Instant } | null;
  readonly welcomed: boolean;
}

export interface CandidacyState {
  readonly site: SiteRef | null;
  /** The case's own id: its gates read facts about it. */
  readonly self: CaseId;
  readonly opening: CaseId;
  readonly role: CaseId;
  readonly roleVersion: number;
  readonly person: PersonRef;
  readonly stage: Stage;
  /** When the stage began. */
  readonly since: Instant;
  readonly applied: Instant;
  readonly attested: Instant | null;
  readonly acknowledged: boolean;
  /** Status notes whose day has passed. */
  readonly notes: number;
  readonly reviewers: readonly Reviewer[];
  readonly screening: (Screening & { readonly at: Instant }) | null;
  readonly interview: Interview | null;
  readonly outcome: Outcome | null;
  /** Words that are on their way to the candidate, and how many there ever were. */
  readonly words: readonly Word[];
  readonly said: number;
  readonly seat: number | null;
  /** How often a seat was refused after all: what was owed before is owed anew. */
  readonly refusals: number;
  readonly hiringManager: PersonRef | null;
  readonly reserveUntil: CivilDate | null;
  readonly offer: Offer | null;
  readonly pre: Preboarding;
  readonly employment: CaseId | null;
}

const initialPreboarding: Preboarding = {
  accepted: null,
  start: null,
  consent: null,
  check: null,
  background: null,
  exclusion: null,
  credential: null,
  supervision: null,
  mentor: null,
  mentorRounds: 0,
  ready: [],
  access: [],
  rescind: null,
  welcomed: false,
};

export const initialCandidacy: CandidacyState = {
  site: null,
  self: '',
  opening: '',
  role: '',
  roleVersion: 0,
  person: '',
  stage: 'screening',
  since: 0,
  applied: 0,
  attested: null,
  acknowledged: false,
  notes: 0,
  reviewers: [],
  screening: null,
  interview: null,
  outcome: null,
  words: [],
  said: 0,
  seat: null,
  refusals: 0,
  hiringManager: null,
  reserveUntil: null,
  offer: null,
  pre: initialPreboarding,
  employment: null,
};

/** @returns true while the candidate has neither an outcome nor left: notes and reminders to them go on. */
export function isUndecided(state: CandidacyState): boolean {
  return ['screening', 'pool', 'interview', 'rating'].includes(state.stage);
}

/** @returns raters whose sheet is still out. */
export function sheetsOut(interview: Interview): readonly PersonRef[] {
  return interview.raters.filter((rater) => !interview.sheetsOf.includes(rater));
}

/** @returns true while the background check is ordered and silent: it may outlast a conditional start (X7). */
export function checkPending({ check, background }: Preboarding): boolean {
  return check !== null && (background === null || background.outcome === 'not_yet');
}

/** @returns the code under which an outcome is owed to the candidate: P3.5, X1 or P4.5. */
export function outcomeCode(what: Outcome['what']): 'P3.5' | 'X1' | 'P4.5' {
  if (what === 'not_advanced') return 'P3.5';
  return what === 'withdrawn' ? 'X1' : 'P4.5';
}

/** @returns the state with one more word to the candidate: HR has acted, and they hear of it. */
export function withWord(state: CandidacyState, code: WordCode, at: Instant): CandidacyState {
  const n = state.said + 1;
  return { ...state, said: n, words: [...state.words, { n, code, at }] };
}

/** @returns true when nothing is owed any more. */
export function isFinal(state: CandidacyState): boolean {
  const told = state.outcome?.told === true && state.words.length === 0;
  if (state.stage === 'hired') return told && !checkPending(state.pre);
  return state.stage === 'ended' && told;
}

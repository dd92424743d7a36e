import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { PauseReason } from '../opening/words.ts';
import type { Screening, Supervision } from './events.ts';
import type { Awaited, Hour, Promised, Slot, Window } from './events-aside.ts';
import type { Leaving, Offer } from './state-offer.ts';
import type {
  Arrangement,
  ConsentAnswer,
  CredentialStatus,
  Ending,
  ExclusionOutcome,
  MedicalOutcome,
  MentorKind,
  OfficerWord,
  QuestionTopic,
  RequestKind,
  RescindReason,
  SetupItem,
  Stage,
  Statement,
} from './words.ts';
import type { Named } from '../signed.ts';

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
  /** When they were; 0 for none. */
  readonly questionsAt: Instant;
  readonly held: { readonly on: CivilDate; readonly at: Instant } | null;
  /** The place among the opening's conversations of that day; left out: it has none. */
  readonly place?: number;
  /** Its hour in the whole house; left out: it has none. */
  readonly hour?: Hour;
  /** D4.2: who took a seat and cannot come then: HR owes another time; left out: nobody. */
  readonly cannot?: readonly { readonly who: PersonRef; readonly at: Instant }[];
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

export interface Start {
  readonly on: CivilDate;
  readonly conditional: boolean;
  readonly at: Instant;
  /** How often the day was moved: the prompts before a moved day are new ones. */
  readonly moves: number;
  /** P0.3: the readiness of the site that was told of the day. */
  readonly readiness?: CaseId;
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
  /** D2.5: false where the role asks for no credential; left out: it does, or did not say so at the acceptance. */
  readonly credentialAsked?: false;
  readonly supervision: (Supervision & { readonly since: Instant; readonly week: number }) | null;
  readonly mentor: Mentor | null;
  /** How often the search for a mentor began anew. */
  readonly mentorRounds: number;
  /** R5.3: who stepped back from a place here; left out: nobody. */
  readonly steppedBack?: readonly PersonRef[];
  readonly ready: readonly SetupItem[];
  readonly access: readonly string[];
  readonly rescind:
    | (Named & {
        readonly by: PersonRef;
        readonly reason: RescindReason;
        readonly at: Instant;
        /** R5.7: the officer's word, once they gave it, and who that was. */
        readonly word: OfficerWord | null;
        readonly wordBy?: PersonRef;
        readonly wordName?: PersonRef;
      })
    | null;
  readonly medical: MedicalOutcome;
  readonly promises: readonly Promised[];
  readonly welcomed: boolean;
}

/** X2: what a candidate was asked, and the second way HR tried to reach them. */
export interface Contact {
  readonly question: { readonly topic: QuestionTopic; readonly at: Instant } | null;
  readonly asked: number;
  /** The last try, and since when the thing it was about was owed. */
  readonly tried: { readonly since: Instant; readonly at: Instant } | null;
  /** Closed without a response: what was owed, the stage to go back to; null once that time is over. */
  readonly closed: { readonly about: Awaited; readonly stage: Stage; readonly at: Instant } | null;
  /** How often the candidate came back. */
  readonly returns: number;
  /** When they did: what is owed by them counts from there. */
  readonly back: Instant;
}

/** What is being arranged before there is an interview day; cleared by it. */
export interface Scheduling {
  readonly windows: readonly { readonly rater: PersonRef; readonly windows: readonly Window[] }[];
  readonly slots: readonly Slot[];
  readonly offered: Instant;
  /** How often the candidate moved the day. */
  readonly moved: number;
  readonly arrangements: readonly Arrangement[];
}

/** X28: the search rested; `to` null while it does. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly until: CivilDate;
  /** Left out where the opening did not say. */
  readonly why?: PauseReason;
}

/** X32: what an applicant asked for and waits for. */
export interface Request {
  readonly n: number;
  readonly request: RequestKind;
  readonly at: Instant;
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
  readonly statement: Statement | null;
  readonly acknowledged: boolean;
  /** Status notes whose day has passed. */
  readonly notes: number;
  readonly reviewers: readonly Reviewer[];
  readonly screening: (Screening & { readonly at: Instant; readonly qualified: boolean }) | null;
  readonly interview: Interview | null;
  readonly outcome: Outcome | null;
  /** Words that are on their way to the candidate, and how many there ever were. */
  readonly words: readonly Word[];
  readonly said: number;
  readonly seat: number | null;
  /** How often a seat was refused after all: what was owed before is owed anew. */
  readonly refusals: number;
  readonly hiringManager: PersonRef | null;
  /** How often another one took over; left out: never. */
  readonly handed?: number;
  readonly reserveUntil: CivilDate | null;
  readonly offer: Offer | null;
  readonly pre: Preboarding;
  readonly employment: CaseId | null;
  readonly contact: Contact;
  /** X1: what one person of HR entered, waiting for a second; left out: nothing. */
  readonly leaving?: Leaving;
  readonly scheduling: Scheduling;
  /** X27: the candidacy whose sheets may be used here, as the candidate agreed. */
  readonly carry: CaseId | null;
  readonly requests: readonly Request[];
  readonly requested: number;
  readonly pauses: readonly Pause[];
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
  medical: 'none',
  promises: [],
  welcomed: false,
};

export const initialScheduling: Scheduling = {
  ...{ windows: [], slots: [], offered: 0, moved: 0, arrangements: [] },
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
  statement: null,
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
  contact: { question: null, asked: 0, tried: null, closed: null, returns: 0, back: 0 },
  scheduling: initialScheduling,
  carry: null,
  requests: [],
  requested: 0,
  pauses: [],
};

/** @returns true while the candidate has neither an outcome nor left: notes and reminders to them go on. */
export function isUndecided(state: CandidacyState): boolean {
  return ['screening', 'pool', 'interview', 'rating'].includes(state.stage);
}

/** @returns raters whose sheet is still out. */
export function sheetsOut(interview: Interview): readonly PersonRef[] {
  return interview.raters.filter((rater) => !interview.sheetsOf.includes(rater));
}

/** The mentor's place stands empty: somebody else is asked, in a round of their own, and welcomes the hire. */
export const withoutMentor = ({ mentorRounds }: Preboarding): Partial<Preboarding> => ({
  mentor: null,
  mentorRounds: mentorRounds + 1,
  welcomed: false,
});

/** R6.5: every adopted role has an element E4, so something of it has an owner; E11 and E13 may promise nothing. */
export const promisesNamed = ({ promises }: Pick<Preboarding, 'promises'>): boolean =>
  promises.some((one) => one.element === 'E4');

/** @returns true while the background check is ordered and silent: it may outlast a conditional start (X7). */
export function checkPending({ check, background }: Preboarding): boolean {
  return check !== null && (background === null || background.outcome === 'not_yet');
}

/** @returns the code under which an outcome is owed to the candidate: P3.5, X1 or P4.5. */
export function outcomeCode(what: Outcome['what']): 'P3.5' | 'X1' | 'P4.5' {
  if (what === 'not_advanced' || what === 'closed_no_response') return 'P3.5';
  return what === 'withdrawn' ? 'X1' : 'P4.5';
}

/** @returns the state with one more word to the candidate: HR has acted, and they hear of it. */
export function withWord(state: CandidacyState, code: WordCode, at: Instant): CandidacyState {
  const n = state.said + 1;
  return { ...state, said: n, words: [...state.words, { n, code, at }] };
}

/** @returns true when nothing is owed any more. */
export function isFinal(state: CandidacyState): boolean {
  if (state.requests.length > 0 || state.contact.closed !== null) return false;
  const told = state.outcome?.told === true && state.words.length === 0;
  if (state.stage === 'hired') return told && !checkPending(state.pre);
  return state.stage === 'ended' && told;
}

import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { missingValues } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';

/** A time in which every timer of the opening stood still (X28); `to` is open while it does. */
export interface Pause {
  readonly from: Instant;
  readonly until: CivilDate;
  readonly to: Instant | null;
}

/** Candidates have to be told something by a day: X5 a version kept, X28 a pause or an end. */
export interface Telling {
  readonly n: number;
  readonly code: 'X5' | 'X28';
  readonly at: Instant;
}

/** What a panelist from outside is paid (D4.2): offered before the interviews, due once they are held. */
export interface Fee {
  readonly person: PersonRef;
  readonly st: 'offered' | 'due';
  readonly at: Instant;
}

/** A finding of the guard that its author calls wrong about the text (D4.1). */
export interface Dispute {
  readonly question: string;
  readonly finding: string;
  readonly by: PersonRef;
  readonly at: Instant;
}

/** A question as it was put forward (D4.1). Kept for those with a text or a finding, until they are forbidden. */
export interface Wording {
  /** Null: the wording of the bank, or one that is kept elsewhere. */
  readonly text: string | null;
  readonly by: PersonRef;
  /** What the guard found in this wording, whenever it was looked at. */
  readonly findings: readonly string[];
}

/** What happens to a search as a whole. Short while nothing does. */
export interface Course {
  readonly pauses: readonly Pause[];
  readonly tell: readonly Telling[];
  readonly told: number;
  /** X5: the role got this version, and HR has not answered. */
  readonly roleChange: { readonly version: number; readonly at: Instant } | null;
  /** The newest version of the role the search was kept apart from. */
  readonly keptFrom: number;
  /** X4: asked of HR after a failed search, and what it answered. */
  readonly next: { readonly at: Instant; readonly answer: string | null } | null;
  readonly fees: readonly Fee[];
  readonly disputes: readonly Dispute[];
  /** `question finding` that two people found wrong about the text. */
  readonly cleared: readonly string[];
  /** X6: since when the conversations have to be held anew. */
  readonly again: Instant | null;
  /** How often a seat fell free when all was over: ids of what is owed then never repeat. */
  readonly reopened: number;
  /** X26: the search whose pool serves this opening's seats. */
  readonly pool: { readonly id: CaseId; readonly at: Instant } | null;
  /** X1: when a selection was void because somebody selected withdrew. */
  readonly voided?: Instant;
  /** D5.9: when HR last kept the reserve with a seat free; left out: never. */
  readonly kept?: Instant;
  /** How often another hiring manager took over; left out: never. */
  readonly handed?: number;
  /** When the last was written after all was over: from it the time of all records of the search counts (domain 5.7). */
  readonly over?: Instant;
  /** D3.5: since when the hiring manager stands aside, and HR owes another one; left out: they do not. */
  readonly aside?: Instant;
  /** X5: the row with which the search the role knows of began, was over, or went on after all. */
  readonly turned?: number;
}

export const noCourse: Course = {
  ...{ pauses: [], tell: [], told: 0, roleChange: null, keptFrom: 0, next: null },
  ...{ fees: [], disputes: [], cleared: [], again: null, reopened: 0, pool: null },
};

/** @returns the pause the opening is in, or null. */
export function pauseNow(course: Course): Pause | null {
  const last = course.pauses.at(-1);
  return last === undefined || last.to !== null ? null : last;
}

/** How `cleared` names a finding about a question. */
export const clearedName = (question: string, finding: string): string => `${question} ${finding}`;

/** @returns whether the policy pinned to this case knows a value: one without it keeps to what it said. */
export function knows(policy: Policy, code: string, name: string): boolean {
  return missingValues(policy, [`${code}.${name}`]).length === 0;
}

import type { CandidacyState } from './candidacy/state.ts';
import type { EmploymentState } from './employment/state.ts';
import type { OpeningState } from './opening/state.ts';
import type { ReviewState } from './review/state.ts';
import { kindOf } from './kernel/words.ts';
import type { CaseId, CaseKind, PersonRef } from './kernel/words.ts';

/** Whose case one is, and which cases it came from. */
export interface Link {
  readonly case: CaseId;
  readonly person: PersonRef | null;
  readonly of: readonly CaseId[];
}

const named = (...ids: readonly (CaseId | null | undefined)[]): readonly CaseId[] =>
  ids.filter((id): id is CaseId => id !== null && id !== undefined && id !== '');

/**
 * @param own what the case holds, as its decider folds it
 * @returns null for a case that is about nobody and came from none, and for a confidential one
 */
export function linkOf(id: CaseId, own: unknown): Link | null {
  const kind: CaseKind | null = kindOf(id);
  switch (kind) {
    case 'opening':
      return { case: id, person: null, of: named((own as OpeningState).role) };
    case 'candidacy': {
      const { person, opening } = own as CandidacyState;
      return { case: id, person, of: named(opening) };
    }
    case 'employment': {
      const { job } = own as EmploymentState;
      return job === null ? null : { case: id, person: job.person, of: named(job.candidacy, job.opening) };
    }
    case 'review': {
      const { subject } = own as ReviewState;
      return subject === null ? null : { case: id, person: subject.employee, of: named(subject.employment) };
    }
    case 'readiness':
    case 'role':
    case 'clock':
    case null:
      return null;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}

/** A role is kept anyway and stands behind many searches: a hold on one of them does not reach the others through it. */
const upward = (id: CaseId): boolean => kindOf(id) !== 'role';

/**
 * Everything a hold reaches (X29): the case or the person it names, their cases, and with a candidacy everybody who
 * applied for the same job, the unsuccessful ones included.
 * @param subject the case or the person it was set on
 * @param links of all cases
 * @returns cases and people
 */
export function coveredBy(subject: string, links: readonly Link[]): ReadonlySet<string> {
  const cases = new Set<CaseId>(kindOf(subject) === null ? [] : [subject]);
  for (const one of links) if (one.person === subject) cases.add(one.case);
  for (let before = -1; before !== cases.size;) {
    before = cases.size;
    for (const one of links) {
      if (one.of.some((id) => cases.has(id))) cases.add(one.case);
      if (cases.has(one.case)) for (const id of one.of.filter(upward)) cases.add(id);
    }
  }
  const people = links.flatMap((one) => (cases.has(one.case) && one.person !== null ? [one.person] : []));
  return new Set([subject, ...cases, ...people]);
}

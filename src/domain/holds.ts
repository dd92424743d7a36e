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

function put<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

const sameLink = (a: Link | undefined, b: Link | null): boolean =>
  a === undefined ? b === null : b !== null && a.person === b.person && a.of.join() === b.of.join();

/** Whose cases there are and which came from which, kept so that what a hold reaches is found without looking at the rest. */
export class LinkBook {
  private readonly links = new Map<CaseId, Link>();
  private readonly below = new Map<CaseId, Set<CaseId>>();
  private readonly casesOf = new Map<PersonRef, Set<CaseId>>();
  private changes = 0;

  constructor(links: readonly Link[] = []) {
    for (const one of links) this.set(one.case, one);
  }

  /** How often something changed: what was found before holds until the next change. */
  get version(): number {
    return this.changes;
  }

  /** What a case is linked with from now on; null: with nothing. The same again is no change. */
  set(id: CaseId, link: Link | null): void {
    const before = this.links.get(id);
    if (sameLink(before, link)) return;
    this.changes += 1;
    for (const above of before?.of ?? []) this.below.get(above)?.delete(id);
    if (before?.person != null) this.casesOf.get(before.person)?.delete(id);
    this.links.delete(id);
    if (link === null) return;
    this.links.set(id, link);
    for (const above of link.of) put(this.below, above, id);
    if (link.person !== null) put(this.casesOf, link.person, id);
  }

  /**
   * Everything a hold reaches (X29): the case or the person it names, their cases, and with a candidacy everybody who
   * applied for the same job, the unsuccessful ones included.
   * @param subject the case or the person it was set on
   * @returns cases and people
   */
  coveredBy(subject: string): ReadonlySet<string> {
    const cases = new Set<CaseId>(kindOf(subject) === null ? [] : [subject]);
    for (const id of this.casesOf.get(subject) ?? []) cases.add(id);
    const people: PersonRef[] = [];
    // What is added on the way is come to as well: each case once.
    for (const id of cases) {
      const link = this.links.get(id);
      if (link?.person != null) people.push(link.person);
      for (const above of link?.of.filter(upward) ?? []) cases.add(above);
      for (const one of this.below.get(id) ?? []) cases.add(one);
    }
    return new Set([subject, ...cases, ...people]);
  }
}

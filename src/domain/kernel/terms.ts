import type { SiteCalendar } from './calendar.ts';
import type { Policy, Profile } from './policy.ts';

/** Hashes of the documents a case runs under; the documents themselves are content-addressed in the ledger's store. */
export interface TermsRef {
  readonly policy: string;
  readonly calendar: string;
  readonly profile: string;
  readonly comparator: string | null;
}

/** What is the same for all staff of a site (domain 2.1, comparator record). */
export interface Comparator {
  readonly v: 1;
  readonly site: string;
  readonly source: string;
  readonly recorded: string;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

/** Everything a decision may depend on besides state, facts and the command. */
export interface Terms {
  readonly ref: TermsRef;
  /** The policy as it holds in the jurisdiction of `profile`. */
  readonly policy: Policy;
  readonly calendar: SiteCalendar;
  readonly profile: Profile;
  readonly comparator: Comparator | null;
}

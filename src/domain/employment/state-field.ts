import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId } from '../kernel/words.ts';
import type { Signed } from '../signed.ts';
import type { CertificationOutcome } from './words.ts';

/** The clocks of the field: the way to a first certificate (X10), and further training (P7.6). Left out: there is none. */
export interface Field {
  readonly route?: Route;
  readonly ce?: Education;
}

/** X10: hired before certification. Gone once the certificate is there. */
export interface Route {
  /** The last day of the route as it was set at hire or extended; leave may add to it (`deadlineOf`). */
  readonly deadline: CivilDate;
  /** How often it was extended: part of ids. */
  readonly extended: number;
  /** Hours of supervised work so far. */
  readonly hours: number;
  /** Days of leaves that are over, by their clocks. */
  readonly away: Readonly<Record<CaseId, number>>;
  /** Items promised under E4 (training, fees, paid hours). */
  readonly e4: readonly string[];
  /** When the last day had gone by without a certificate. */
  readonly missed: Instant | null;
  readonly proposal: CertificationProposal | null;
  readonly closed: { readonly outcome: 'moved_to_other_role' | 'ended'; readonly at: Instant } | null;
}

export interface CertificationProposal extends Signed {
  readonly outcome: CertificationOutcome;
  readonly until?: CivilDate;
  readonly at: Instant;
}

/** P7.6: hours of the period that began on `since`. */
export interface Education {
  readonly since: CivilDate;
  readonly hours: number;
  readonly ethics: number;
}

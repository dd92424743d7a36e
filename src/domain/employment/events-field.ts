import type { CivilDate } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { Signed } from '../signed.ts';
import type { CertificationOutcome } from './words.ts';

/** What an employment that starts knows of the clocks of the field. */
export interface FieldStart {
  /** X10: the last day of the way to a first certificate. Left out: certified, or a policy from before the rule. */
  readonly certifiedBy?: CivilDate;
}

/** The way to a first certificate (X10), further training (P7.6), and what is heard of the certificate (D5.4). */
export interface FieldBodies {
  ce_recorded: {
    readonly hours: number;
    readonly ethics: number;
    readonly round: number;
    readonly next: number;
    /** Where hours are asked for: the period they count for, and its end once they are all there. */
    readonly period?: { readonly since: CivilDate; readonly done?: CivilDate };
  };
  credential_noted: {
    readonly status: 'verified' | 'expired';
    readonly validTo: CivilDate;
    /** P7.6: where the next period of further training begins. */
    readonly educationFrom?: CivilDate;
  };
  certification_hours_logged: { readonly on: CivilDate; readonly hours: number; readonly by: PersonRef };
  /** The last day went by without a certificate; what follows is for two people to say. */
  certification_day_passed: { readonly deadline: CivilDate };
  certification_proposed: Signed & {
    readonly outcome: CertificationOutcome;
    readonly until?: CivilDate;
  };
  certification_extended: { readonly until: CivilDate };
  certification_closed: { readonly outcome: 'moved_to_other_role' };
  /** The route has ended; the employment ends by D9.5 alone. */
  certification_ended: { readonly gate: 'X10' };
}

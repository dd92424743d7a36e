import type { CivilDate, WallTime } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { Supervisors } from './events-cover.ts';
import type { FieldStart } from './events-field.ts';
import type { Signed } from '../signed.ts';
import type { Round, SessionTopic } from './words.ts';

/** An employment that began elsewhere, as somebody proposes to take it over. */
export interface Adoption {
  readonly site: SiteRef;
  readonly person: PersonRef;
  readonly role: CaseId;
  /** The first day, where it began. */
  readonly dayOne: CivilDate;
  readonly supervisor: PersonRef;
  readonly second: PersonRef | null;
  readonly manager: PersonRef;
  readonly credential: {
    readonly status: 'verified' | 'in_progress_with_deadline';
    readonly validTo: CivilDate;
  };
  readonly exclusionCheckedOn: CivilDate;
  readonly weeks: number;
  readonly trained?: CivilDate | undefined;
  readonly secondTrained?: CivilDate | undefined;
}

/** An employment that began elsewhere; and what either of the two wants to talk about. */
export interface AdoptBodies {
  /** The first of two people. Left out of what was taken over by one, under a policy that asked for no more. */
  adoption_proposed: Adoption & Signed;
  adoption_withdrawn: { readonly by: PersonRef };
  employment_adopted: Omit<Adoption, 'trained' | 'secondTrained'> &
    Supervisors &
    FieldStart & {
      readonly roleVersion: number;
      /** R8.1: where other staff have less probation than the policy. Left out: as in the policy. */
      readonly probationDays?: number;
      /** The day from which the house looks after it. */
      readonly on: CivilDate;
      readonly clock: CaseId;
      readonly weekday: number;
      readonly at: WallTime;
      readonly first: CivilDate;
      readonly month: CivilDate;
      /** Place in the plan of reviews of the next one, and whether the six-month review lies behind. */
      readonly review: number;
      readonly sixMonth: boolean;
      readonly rounds: Readonly<Record<Round, number>>;
      /** The day from which hours of further training count; left out where none are asked for. */
      readonly educationFrom?: CivilDate;
      /** D5.6: trainings that HR knows of and that are on record nowhere else. Left out: none. */
      readonly trained?: Readonly<Record<PersonRef, CivilDate>>;
      /** The gates that lie before: nobody here saw whether they held, and nobody ever says they did. */
      readonly notWitnessed: readonly string[];
    };
  agenda_topic_added: { readonly by: 'employee' | 'supervisor'; readonly topics: readonly SessionTopic[] };
}

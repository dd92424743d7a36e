import type { CivilDate } from '../kernel/calendar.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { Heard, Office } from '../offices.ts';
import type { Signed } from '../signed.ts';
import type * as w from './words-change.ts';

/** D9.8; amounts are cents per hour. */
export interface PayWord {
  readonly reason: w.PayReason;
  readonly from: number;
  readonly to: number;
  readonly on: CivilDate;
}

export interface MeasureWord {
  readonly measure: w.Measure;
  readonly comparator?: 'same_as_comparator';
}

/** Stage 9 beside growth and ending. */
export interface ChangeBodies {
  specialty_recorded: {
    readonly specialty: w.Specialty;
    readonly outcome: w.SpecialtyOutcome;
    readonly training?: string;
    /** When the training ends, or what was completed ends to count. */
    readonly until: CivilDate | null;
  };
  pay_change_proposed: PayWord & Signed;
  pay_changed: PayWord;
  pay_change_declined: { readonly by: PersonRef };
  conduct_raised: {
    readonly concern: w.ConductConcern;
    readonly by: PersonRef;
    readonly on: CivilDate;
    readonly note?: string;
  };
  conduct_answered: { readonly answer: 'own_words' | 'nothing_to_add'; readonly text?: string };
  conduct_heard: { readonly outcome: 'held' | 'not_taken_up' };
  measure_proposed: MeasureWord & Signed & Pick<Heard, 'asked'>;
  measure_declined: { readonly by: PersonRef };
  /** The second of two people confirmed what stands against nobody. */
  measure_settled: MeasureWord;
  /** The same for a warning, which passed its gate. */
  warning_given: MeasureWord;
  /** R9.5: the word of an officer; `office` says which of the two was asked for. */
  officer_word_given: {
    readonly by: PersonRef;
    readonly about: w.WordSubject;
    readonly office: w.WordOffice;
    /** Of those asked in the first half, for which it counts. */
    readonly offices?: readonly Office[];
  };
  separation_notice_given: { readonly notice: w.SeparationNotice; readonly text?: string };
  handover_recorded: { readonly outcome: w.HandoverOutcome };
  /** X23, in the vault: which employment it was. */
  earlier_linked: { readonly earlier: CaseId };
  earlier_unlinked: { readonly by: PersonRef };
  relations_talk_held: { readonly on: CivilDate };
  /** X24: one role of the employment closes, and another opens. */
  role_taken_up: {
    readonly role: CaseId;
    readonly version: number;
    readonly before: CaseId;
    readonly on: CivilDate;
  };
  promotion_let_go: { readonly by: 'employee' };
  assignment_change_asked: { readonly by: 'employee' | 'supervisor' };
  /** X33: that an assignment changed, and since when; nothing about whom, nor why. */
  assignment_changed: { readonly on: CivilDate };
}

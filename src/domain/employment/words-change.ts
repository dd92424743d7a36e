/** Closed lists of stage 9 beside those in `words.ts`: specialties, pay, conduct, handover, what a termination owes. */

/** D9.2: whom somebody works with, or at what; S002's areas of focus. Never anything about the person themself. */
export const specialties = [
  'later_life',
  'transition_age',
  'co_occurring',
  'forensic',
  'crisis',
  'housing',
  'supported_employment',
  'family',
  'veterans',
  'groups',
  'other',
] as const;
export const specialtyOutcomes = ['started', 'completed', 'lapsed'] as const;

/** D9.8. Each of them raises the pay; the only raise is never to stop being in a peer role. */
export const payReasons = ['certification', 'step', 'promotion', 'parity'] as const;

/** X15: what was done or left undone at work. No code says why, and none is about health. */
export const conductConcerns = [
  'attendance',
  'confidentiality',
  'boundaries',
  'records',
  'safety',
  'property',
  'respect',
  'policy',
] as const;
export const conductAnswers = ['own_words', 'nothing_to_add'] as const;
export const hearingOutcomes = ['held', 'not_taken_up'] as const;
/** X15: the steps of all staff; the last two stand against the person. */
export const measures = ['no_action', 'talk', 'training', 'written_warning', 'final_warning'] as const;
export const adverseMeasures = ['written_warning', 'final_warning'] as const;

/** X15, R9.5: whose word is asked for before something stands against somebody. */
export const wordOffices = ['officer', 'second_officer'] as const;
export const wordSubjects = ['separation', 'rehire', 'conduct'] as const;

/** X21: what the person gets in hand before the last day. */
export const separationNotices = ['written_notice', 'final_pay', 'benefits'] as const;

/** X20: knowledge goes on to others with the agreement of those it is about; nobody is named. */
export const handoverOutcomes = ['handed_over', 'nothing_to_hand_over'] as const;

/** X24: steps of the ladder at which somebody leads or supervises former teammates. */
export const leadSteps = ['tier_3', 'program_lead', 'director'] as const;

export type Specialty = (typeof specialties)[number];
export type SpecialtyOutcome = (typeof specialtyOutcomes)[number];
export type PayReason = (typeof payReasons)[number];
export type ConductConcern = (typeof conductConcerns)[number];
export type Measure = (typeof measures)[number];
export type WordOffice = (typeof wordOffices)[number];
export type WordSubject = (typeof wordSubjects)[number];
export type SeparationNotice = (typeof separationNotices)[number];
export type HandoverOutcome = (typeof handoverOutcomes)[number];

/** Keys of the policy document that these rules read. */
export const changeKeys = [
  'D9.2.within_months',
  'D9.8.confirm_bd',
  'X15.answer_bd',
  'X15.decide_bd',
  'X15.confirm_bd',
  'R9.5.second_word_bd',
  'R9.5.every_office',
  'X20.before_last_day_bd',
  'X21.within_bd',
  'X23.weekly_months',
  'X24.training_bd',
  'X24.talk_bd',
  'X24.take_up_bd',
  'X33.within_bd',
] as const;

/** Closed lists of the time with others in peer roles (P9.5; reflection group of stage 7), and of the next step. */

/** P9.5: `not_wanted` is the employee's own word. That no time was given is no answer: it stays open. */
export const networkingOutcomes = ['taken', 'not_wanted'] as const;
export const groupOutcomes = ['attended', 'not_wanted'] as const;

export type NetworkingOutcome = (typeof networkingOutcomes)[number];
export type GroupOutcome = (typeof groupOutcomes)[number];

/** Keys of the policy document that these rules read. */
export const othersKeys = [
  'D8.5.promotion_bd',
  'P9.4.every_months',
  'P9.5.every_months',
  'REFLECT.every_months',
] as const;

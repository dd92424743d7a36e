import { addDays } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import type { Comparator, Terms } from '../kernel/terms.ts';
import type { StartReview } from '../notices-review.ts';
import type { ReviewState } from './state.ts';
import { lacksSpecial } from './special.ts';
import { cycles } from './words.ts';

/** R8.1: which reviews other staff of a site have, and for how long they are on probation, by its comparator record. */

type Planned = Pick<StartReview['body'], 'cycle' | 'rule'>;

const cyclesOn = ({ values }: Comparator): readonly string[] =>
  String(values['review_cycle'] ?? '')
    .split(',')
    .map((one) => one.trim());

/** @returns true where the record says that other staff have reviews of this kind */
export function hasCycle(comparator: Comparator, { cycle, rule }: Planned): boolean {
  if (cycle.startsWith('probation')) return (probationOfOthers(comparator) ?? 0) > 0;
  if (cycle === 'special') return lacksSpecial(comparator, rule) === null;
  return cyclesOn(comparator).includes(cycle);
}

/**
 * @returns true where the record says that other staff have no review of this kind. One that names no cycle of ours says
 * nothing: then HR is asked for it when the draft is handed in.
 */
export function othersLack(comparator: Comparator | null, planned: Planned): boolean {
  if (comparator === null || hasCycle(comparator, planned)) return false;
  const { cycle } = planned;
  if (cycle === 'special') return true;
  if (cycle.startsWith('probation')) return probationOfOthers(comparator) !== null;
  return cyclesOn(comparator).some((one) => cycles.some((ours) => ours === one));
}

/** @returns the days of probation other staff have, or null where the record says nothing about them */
export function probationOfOthers(comparator: Comparator | null): number | null {
  const days = comparator?.values['probation_d'];
  return typeof days === 'number' ? days : null;
}

/**
 * The days of a probation where other staff have fewer than the policy asks for: an employment keeps them as it begins, so
 * that no later record moves its dates.
 */
export function fewerDays({ comparator, policy }: Terms): { readonly probationDays?: number } {
  const others = probationOfOthers(comparator);
  return others === null || others >= num(policy, 'D8.1', 'probation_end_d') ? {} : { probationDays: others };
}

/**
 * D8.3: the last day on which somebody is held back or let go by the end of a probation: of its period, or of what other
 * staff have where that is sooner.
 * @param extended the period was agreed in an earlier review, as long as other staff have it then (X16)
 */
export function lastOfProbation(
  { dayOne, periodEnd }: StartReview['body'],
  { comparator, policy }: Terms,
  extended: boolean,
): CivilDate {
  const others = probationOfOthers(comparator);
  if (others === null || extended) return periodEnd;
  // A review from before it knew the first day has the days of the policy.
  const first = dayOne ?? addDays(periodEnd, -num(policy, 'D8.1', 'probation_end_d'));
  const last = addDays(first, others);
  return last < periodEnd ? last : periodEnd;
}

/** R8.1: true while a review cannot be written, since other staff have none of its kind; what is written and checked goes on. */
export function lackedByOthers(
  { draft, standard }: Pick<ReviewState, 'draft' | 'standard'>,
  subject: Planned,
  { comparator }: Terms,
): boolean {
  return (draft === null || standard === null) && othersLack(comparator, subject);
}

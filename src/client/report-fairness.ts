import { firstOf, lastOf } from './report-life.ts';
import type { Life, Unit } from './report-life.ts';
import { counted, given } from './report-shape.ts';
import type { Column, Counted, Line } from './report-shape.ts';

/** What HR entered about all other staff of a site: plain sums under names of its own (domain 2.1). */
export type ComparatorSums = Readonly<Record<string, number | string | boolean>>;

const ratings = ['exceeds', 'meets', 'partly_meets', 'does_not_meet'] as const;
const probations = ['passed', 'extended', 'not_passed'] as const;
const ends = ['terminated_conduct', 'terminated_performance'] as const;

/** The overall rating a review ended with: answered by the employee or recorded as not signed, corrected where HR did. */
function ratingOf(life: Life): string | null {
  if (firstOf(life, 'review', 'response_recorded') === null) return null;
  const corrected = lastOf(life, 'review', 'dispute_settled')?.body.overall;
  return corrected ?? lastOf(life, 'review', 'draft_submitted')?.body.overall ?? null;
}

const probationOf = (life: Life): string | null =>
  lastOf(life, 'review', 'probation_decided')?.body.outcome ?? null;

function planned(life: Life): boolean {
  return lastOf(life, 'review', 'draft_submitted')?.body.followUps.includes('improvement_plan') === true;
}

const endOf = (life: Life): string | null => lastOf(life, 'employment', 'employment_ended')?.body.how ?? null;

/** A number per outcome; what came to none of them is skipped, and the line names all that was looked at. */
function spreadOver(
  about: string,
  lives: readonly Life[],
  outcomes: readonly string[],
  of: (life: Life) => string | null,
): Line {
  const at = (outcome: string): readonly Unit[] =>
    lives.filter((life) => of(life) === outcome).map((life) => life.case);
  const rest = lives.filter((life) => !outcomes.includes(of(life) ?? ''));
  const cells = Object.fromEntries(outcomes.map((outcome) => [outcome, counted(at(outcome))]));
  return { about, cells: { ...cells, skipped: counted(rest.map((life) => life.case)) } };
}

/** The same numbers of other staff, where HR has entered them as `<what>_<outcome>`, e.g. `rating_meets`. */
export function others(
  about: string,
  prefix: string,
  outcomes: readonly string[],
  sums: ComparatorSums | null,
): Line {
  const cells = outcomes.map((outcome) => {
    const sum = sums?.[`${prefix}_${outcome}`];
    return [outcome, given(typeof sum === 'number' ? sum : null)] as const;
  });
  return { about: `${about}, other staff`, cells: Object.fromEntries(cells) };
}

/**
 * R8.4: ratings, probation, improvement plans and terminations of people in a peer role, beside the numbers of other
 * staff that HR entered. No trait of anybody is known, so none is compared.
 * @param sums null: no comparator on file, or not the same for all sites of the group
 */
export function fairness(lives: readonly Life[], sums: ComparatorSums | null): Counted {
  const reviews = lives.filter((life) => life.kind === 'review');
  const trials = reviews.filter(
    (life) => firstOf(life, 'review', 'review_opened')?.body.cycle === 'probation_end',
  );
  const jobs = lives.filter((life) => life.kind === 'employment');
  const plan = (life: Life): string | null => (planned(life) ? 'improvement_plan' : null);
  const lines = [
    spreadOver('overall rating', reviews, ratings, ratingOf),
    others('overall rating', 'rating', ratings, sums),
    spreadOver('probation', trials, probations, probationOf),
    others('probation', 'probation', probations, sums),
    spreadOver('improvement plan', reviews, ['improvement_plan'], plan),
    others('improvement plan', 'reviews_with', ['improvement_plan'], sums),
    spreadOver('termination', jobs, ends, endOf),
    others('termination', 'ended', ends, sums),
  ];
  const ids = [...ratings, ...probations, 'improvement_plan', ...ends, 'skipped'];
  return { columns: ids.map((id): Column => ({ id, is: 'count' })), lines };
}

import type { Obligation } from '../kernel/agenda.ts';
import { closing, opening, rollForward } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { covered, nextEvery } from './dates.ts';
import { keptFor, onDay } from './owing.ts';
import type { Others } from './state-others.ts';
import type { Job, Rounds } from './state.ts';

/**
 * P9.4 A look at the next step of the career, yearly → manager. It is answered by what they propose
 * (D9.3), whatever that is; what waits for HR is not asked for a second time.
 */
export function promotionReview(
  { promotion, promotionSeen }: Pick<Rounds, 'promotion' | 'promotionSeen'>,
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  const months = numIf(terms.policy, 'P9.4', 'every_months');
  if (months === null || promotion !== null) return [];
  const day = nextEvery(months, job.dayOne, promotionSeen);
  const id = `P9.4:${day}`;
  return keptFor(job, terms, id, () =>
    covered(terms.calendar, day)
      ? [onDay(job, { id, code: 'P9.4', owner: job.manager, next: 'D9.3' }, day, terms)]
      : [],
  );
}

/** P9.5 Time to meet others in peer roles, each month → supervisor, whose it is to keep it free. */
function networking({ networked }: Others, job: Job, terms: Terms): readonly Obligation[] {
  const months = numIf(terms.policy, 'P9.5', 'every_months');
  if (months === null) return [];
  const day = nextEvery(months, job.dayOne, networked);
  const id = `P9.5:${day}`;
  return keptFor(job, terms, id, () =>
    covered(terms.calendar, day) ? [onDay(job, { id, code: 'P9.5', owner: job.supervisor }, day, terms)] : [],
  );
}

/**
 * Stage 7: the monthly reflection group → supervisor. It needs the others' time too, so it stands in the list with its day
 * and no message presses for it (docs/decisions/0006).
 */
function reflection({ reflected }: Others, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const months = numIf(policy, 'REFLECT', 'every_months');
  if (months === null) return [];
  const day = nextEvery(months, job.dayOne, reflected);
  const id = `REFLECT:${day}`;
  return keptFor(job, terms, `${id}|${reflected ?? ''}`, () => {
    if (!covered(calendar, day)) return [];
    const since = opening(calendar, rollForward(calendar, reflected ?? job.dayOne));
    const due = closing(calendar, rollForward(calendar, day));
    const one = { id, code: 'REFLECT', owner: job.supervisor, since, due };
    return [owed({ ...one, site: job.site, atSilence: 'stays_with_owner' }, [])];
  });
}

/** The time with others in peer roles. */
export function othersOwed(others: Others, job: Job, terms: Terms): readonly Obligation[] {
  return [...networking(others, job, terms), ...reflection(others, job, terms)];
}

import type { Obligation } from '../kernel/agenda.ts';
import { closing } from '../kernel/calendar.ts';
import type { Terms } from '../kernel/terms.ts';
import { actionsOwed, afterDeath, endingOwed, reviewsOwed, roundsOwed } from './agenda-growth.ts';
import { coverOwed } from './agenda-cover.ts';
import { mentoringOwed, onboardingOwed, promisesOwed } from './agenda-onboarding.ts';
import { pulseOwed, sessionsOwed } from './agenda-supervision.ts';
import { rested } from './rest.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Job, Live, Spell } from './state.ts';

type Part<T extends object> = (
  slice: T,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
) => readonly Obligation[];

interface Known {
  readonly job: Job;
  readonly leave: readonly Spell[];
  readonly terms: Terms;
  readonly list: readonly Obligation[];
}

/**
 * A part of the agenda is a function of its slice of the state, the job, the leaves and the terms. Slices are never
 * changed in place, so the answer is kept beside the slice: one step looks at the agenda several times, and most
 * events touch one slice only.
 * @param reads all that the part looks at, where other parts of the slice change more often than these
 */
function kept<T extends object>(part: Part<T>, reads?: readonly (keyof T)[]): Part<T> {
  let last: (Known & { readonly slice: T }) | null = null;
  const unchanged = (before: T, now: T): boolean =>
    before === now || reads?.every((field) => before[field] === now[field]) === true;
  return (slice, job, leave, terms) => {
    const same = last !== null && unchanged(last.slice, slice) && last.job === job && last.leave === leave;
    if (last !== null && same && last.terms === terms) return last.list;
    const list = rested(part(slice, job, leave, terms), leave, job, terms);
    last = { slice, job, leave, terms, list };
    return list;
  };
}

const onboarding = kept<NonNullable<EmploymentState['boarding']>>((slice, job, _leave, terms) =>
  onboardingOwed(slice, job, terms),
);
const mentoring = kept<EmploymentState['mentoring']>((slice, job, _leave, terms) =>
  mentoringOwed(slice, job, terms),
);
const promises = kept<NonNullable<EmploymentState['promises']>>((slice, job, _leave, terms) =>
  promisesOwed(slice, job, terms),
);
const sessions = kept<EmploymentState['sessions']>(sessionsOwed);
const cover = kept<EmploymentState['sessions']>(coverOwed, ['cover', 'handed', 'observed', 'lastTension']);
const pulse = kept<EmploymentState['pulse']>(pulseOwed);
const rounds = kept<EmploymentState['rounds']>((slice, job, _leave, terms) => roundsOwed(slice, job, terms));
const actions = kept<EmploymentState['actions']>((slice, job, _leave, terms) =>
  actionsOwed(slice, job, terms),
);
const reviews = kept<EmploymentState['reviews']>((slice, job, _leave, terms) =>
  reviewsOwed(slice, job, terms),
);
const ending = kept<EmploymentState['ending']>((slice, job, _leave, terms) => endingOwed(slice, job, terms));

function atWork(state: Live, terms: Terms): readonly Obligation[] {
  const { job, leave } = state;
  return [
    ...(state.boarding === null ? [] : onboarding(state.boarding, job, leave, terms)),
    ...(state.promises === undefined ? [] : promises(state.promises, job, leave, terms)),
    ...mentoring(state.mentoring, job, leave, terms),
    ...sessions(state.sessions, job, leave, terms),
    ...cover(state.sessions, job, leave, terms),
    ...pulse(state.pulse, job, leave, terms),
    ...rounds(state.rounds, job, leave, terms),
    ...actions(state.actions, job, leave, terms),
    ...reviews(state.reviews, job, leave, terms),
  ];
}

/** All that is owed in stages 6, 7 and 9. What would come due after the last day is not asked for any more. */
export function agenda(state: EmploymentState, terms: Terms): readonly Obligation[] {
  if (!isLive(state)) return [];
  const { job, leave } = state;
  const { died, ended, lastDay } = state.ending;
  if (died !== null) return afterDeath(state.ending, job, terms);
  const last = ending(state.ending, job, leave, terms);
  if (ended !== null) return last;
  const work = atWork(state, terms);
  if (lastDay === null) return [...work, ...last];
  const end = closing(terms.calendar, lastDay);
  return [...work.filter((one) => one.due <= end), ...last];
}

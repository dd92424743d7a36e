import type { Obligation } from '../kernel/agenda.ts';
import { closing } from '../kernel/calendar.ts';
import type { Terms } from '../kernel/terms.ts';
import { adoptionOwed } from './agenda-adopt.ts';
import { changeOwed, partingOwed } from './agenda-change.ts';
import {
  actionsOwed,
  afterDeath,
  endingOwed,
  exclusionOwed,
  reviewsOwed,
  roundsOwed,
} from './agenda-growth.ts';
import { coverOwed, coveredFor, observationOwed, tensionOwed } from './agenda-cover.ts';
import { leadsToEnding } from './conduct.ts';
import { closedRouteOwed, fieldOwed } from './agenda-field.ts';
import { mentoringOwed, onboardingOwed, promisesOwed } from './agenda-onboarding.ts';
import { othersOwed } from './agenda-others.ts';
import { besideOwed, extraInLeave, planOwed, pulseOwed } from './agenda-supervision.ts';
import { handedTo } from '../handed.ts';
import { afterRests } from '../resting.ts';
import { rested } from './rest.ts';
import type { Change } from './state-change.ts';
import type { Field } from './state-field.ts';
import type { Others } from './state-others.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Job, Live, Reviews, Rounds, Sessions, Spell } from './state.ts';

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
 */
function kept<T extends object>(part: Part<T>): Part<T> {
  return keptBy(part, (before, now) => before === now);
}

/** The same for a part that reads a few fields of a slice in which others change more often. */
function keptOf<T extends object>() {
  return <K extends keyof T>(reads: readonly K[], part: Part<Pick<T, K>>): Part<Pick<T, K>> =>
    keptBy(part, (before, now) => {
      for (const field of reads) if (before[field] !== now[field]) return false;
      return true;
    });
}

function keptBy<T extends object>(part: Part<T>, same: (before: T, now: T) => boolean): Part<T> {
  let last: (Known & { readonly slice: T }) | null = null;
  return (slice, job, leave, terms) => {
    if (last !== null && last.job === job && last.leave === leave && last.terms === terms) {
      if (same(last.slice, slice)) return last.list;
    }
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
const ofSessions = keptOf<Sessions>();
const ofRounds = keptOf<Rounds>();
const planned = ofSessions(['next', 'ordinal', 'weeks', 'ahead', 'moved', 'cover', 'handed'], planOwed);
const beside = ofSessions(
  ['unconfirmed', 'missed', 'extra', 'unqualified', 'proposal', 'ask', 'cover', 'handed'],
  besideOwed,
);
const cover = ofSessions(['cover', 'handed'], coverOwed);
const observation = ofSessions(['observed'], (slice, job, _leave, terms) =>
  observationOwed(slice, job, terms),
);
const tension = ofSessions(['lastTension'], tensionOwed);
const pulse = kept<EmploymentState['pulse']>(pulseOwed);
const rounds = ofRounds(
  ['at', 'heard', 'growth', 'promotion', 'nextTalk', 'promotionAsked', 'promotionSeen'],
  (slice, job, _leave, terms) => roundsOwed(slice, job, terms),
);
const exclusion = ofRounds(['cleared', 'doubt'], (slice, job, _leave, terms) =>
  exclusionOwed(slice, job, terms),
);
const actions = kept<EmploymentState['actions']>((slice, job, _leave, terms) =>
  actionsOwed(slice, job, terms),
);
const reviews = kept<EmploymentState['reviews']>((slice, job, _leave, terms) =>
  reviewsOwed(slice, job, terms),
);
const noField: Field = {};
const field = kept<Field>(fieldOwed);
const closedRoute = kept<Field>(closedRouteOwed);
const change = kept<NonNullable<EmploymentState['change']>>((slice, job, _leave, terms) =>
  changeOwed(slice, job, terms),
);
const noOthers: Others = {};
const others = kept<Others>((slice, job, _leave, terms) => othersOwed(slice, job, terms));
const ending = kept<EmploymentState['ending']>((slice, job, _leave, terms) => [
  ...endingOwed(slice, job, terms),
  ...partingOwed(slice, job, terms),
]);

/** One result for one slice, so that what is kept by its slice stays kept. */
function oncePer<T extends object>(change: (slice: T) => T): (slice: T) => T {
  const results = new WeakMap<T, T>();
  return (slice) => {
    const result = results.get(slice) ?? change(slice);
    results.set(slice, result);
    return result;
  };
}

/** D8.3: what a probation that was not passed asks of HR is done once the ending is proposed: that has a ladder of its own. */
const settledIn = oncePer<Reviews>((slice) =>
  slice.notPassed === null ? slice : { ...slice, notPassed: null },
);

/** What is owed of growth and change while an ending answers the open matter: nobody is asked for a measure besides. */
const withoutMatter = oncePer<Change>(({ conduct: _answered, ...rest }) => rest);

/** Growth and change; a matter that an ending answers (X15) is asked about only should that be taken back. */
function changes({ change: slice, ...state }: Live, terms: Terms): readonly Obligation[] {
  if (slice === undefined) return [];
  const open = leadsToEnding({ change: slice, ending: state.ending }) ? withoutMatter(slice) : slice;
  return change(open, state.job, state.leave, terms);
}

/** What was asked about a matter before an ending answered it. */
function matterAnswered(state: Live, terms: Terms): readonly Obligation[] {
  if (state.change === undefined || !leadsToEnding(state)) return [];
  const list = changeOwed({ conduct: state.change.conduct }, state.job, terms);
  return goingOn(rested(list, state.leave, state.job, terms), state, terms);
}

function atWork(state: Live, terms: Terms): readonly Obligation[] {
  const { job, leave } = state;
  const begun = state.ending.proposal !== null || state.ending.how !== null;
  const list = [
    ...(state.boarding === null ? [] : onboarding(state.boarding, job, leave, terms)),
    ...(state.promises === undefined ? [] : promises(state.promises, job, leave, terms)),
    ...mentoring(state.mentoring, job, leave, terms),
    ...planned(state.sessions, job, leave, terms),
    ...beside(state.sessions, job, leave, terms),
    ...cover(state.sessions, job, leave, terms),
    ...observation(state.sessions, job, leave, terms),
    ...tension(state.sessions, job, leave, terms),
    ...pulse(state.pulse, job, leave, terms),
    ...rounds(state.rounds, job, leave, terms),
    ...exclusion(state.rounds, job, leave, terms),
    ...others(state.others ?? noOthers, job, leave, terms),
    ...actions(state.actions, job, leave, terms),
    ...reviews(begun ? settledIn(state.reviews) : state.reviews, job, leave, terms),
    ...changes(state, terms),
    ...field(state.field ?? noField, job, leave, terms),
    ...(begun ? [] : closedRoute(state.field ?? noField, job, leave, terms)),
  ];
  return goingOn(coveredFor(list, state.sessions, job, terms), state, terms);
}

/** What is owed by whoever is manager now, and after what rested. */
function goingOn(list: readonly Obligation[], state: Live, terms: Terms): readonly Obligation[] {
  const { job, managed, rested: rests } = state;
  return afterRests(handedTo(list, job.manager, managed, job.site, terms), rests, terms);
}

/** What a leave put off, under the ids it had before. */
function putOff(state: Live, terms: Terms): readonly Obligation[] {
  const { job, leave, sessions } = state;
  const list = extraInLeave(sessions, job, leave, terms);
  return list.length === 0 ? list : goingOn(coveredFor(list, sessions, job, terms), state, terms);
}

/**
 * X22, D9.5: a death that was recorded wrongly, and a last day, may be taken back. What is not asked for meanwhile goes on
 * from where it was.
 */
export function resting(state: EmploymentState, terms: Terms): readonly Obligation[] {
  if (!isLive(state)) return [];
  const { died, ended, lastDay } = state.ending;
  if (died === null) {
    if (ended !== null) return [];
    const put = [...putOff(state, terms), ...matterAnswered(state, terms)];
    return lastDay === null ? put : [...atWork(state, terms), ...put];
  }
  if (died.closed) return [];
  const last = ending(state.ending, state.job, state.leave, terms);
  return ended === null ? [...atWork(state, terms), ...last] : last;
}

/** All that is owed in stages 6, 7 and 9. What would come due after the last day is not asked for any more. */
export function agenda(state: EmploymentState, terms: Terms): readonly Obligation[] {
  if (!isLive(state)) return adoptionOwed(state.adoption, terms);
  const { job, leave } = state;
  const { died, ended, lastDay } = state.ending;
  if (died !== null) return afterDeath(state.ending, job, terms);
  const last = goingOn(ending(state.ending, job, leave, terms), state, terms);
  if (ended !== null) return last;
  const work = atWork(state, terms);
  if (lastDay === null) return [...work, ...last];
  const end = closing(terms.calendar, lastDay);
  return [...work.filter((one) => one.due <= end), ...last];
}

import type { Look, RowSeen } from '../kernel/decider.ts';
import type { Capacity } from '../kernel/words.ts';
import type { EventKind } from './events.ts';
import type { EmploymentState } from './state.ts';

/**
 * What only HR and the officers know, before it is decided and often for good: proposals that stand against somebody, conduct,
 * pay, doubts, the words of offices. The rows of it are C2 or C3; so is what they leave in the state.
 */

function endingSeen({
  again: _again,
  notices: _notices,
  ...ending
}: EmploymentState['ending']): EmploymentState['ending'] {
  return { ...ending, proposal: null, rehire: 'open', rehireWord: null, died: null };
}

function changeSeen(change: NonNullable<EmploymentState['change']>): EmploymentState['change'] {
  const { conduct: _conduct, pay: _pay, returned: _returned, ...rest } = change;
  return rest;
}

function fieldSeen(field: NonNullable<EmploymentState['field']>): EmploymentState['field'] {
  const { route, ...rest } = field;
  return route === undefined
    ? rest
    : { ...rest, route: { ...route, away: {}, proposal: null, closed: null } };
}

/** The dates of a leave are work; which confidential matter it is, is not. */
const leaveSeen = (leave: EmploymentState['leave']): EmploymentState['leave'] =>
  leave.map((one, n) => ({ ...one, clock: `leave-${n + 1}` }));

/** The state as somebody knows it who reads daily work of an employment and nothing that is narrower. */
export function narrowed(state: EmploymentState, { classes = [] }: Look): EmploymentState {
  if (state.job === null) return state;
  const seen = { ...state, leave: leaveSeen(state.leave) };
  if (classes.includes('C2')) return seen;
  const { rested: _rested, ...open } = seen;
  return {
    ...open,
    ...(state.change === undefined ? {} : { change: changeSeen(state.change) }),
    ...(state.field === undefined ? {} : { field: fieldSeen(state.field) }),
    rounds: { ...state.rounds, doubt: null },
    reviews: { ...state.reviews, notPassed: null },
    ending: endingSeen(state.ending),
  };
}

/** D6.3, domain 5.2: what a mentor and the person talk about is theirs; others see that a talk was held, or not. */
export function pairsOwn({ job }: EmploymentState, row: RowSeen, { reader }: Look): boolean {
  if (row.kind !== 'talk_recorded' || job === null) return false;
  return reader === null || ![row.actor, job.person, job.mentor].includes(reader);
}

/** X15: somebody answers what they can read, and whoever is to decide has read it and the answer. */
const both: readonly Capacity[] = ['employee', 'manager'];

/**
 * Rows that only HR reads by their class, and who is told of them besides: what is raised against somebody is told at once,
 * what is decided about them when it is decided; proposals stay closed, but to the manager whose decision they are (2.1, 5.2).
 */
export const told: Readonly<Partial<Record<EventKind, readonly Capacity[]>>> = {
  conduct_raised: both,
  conduct_answered: both,
  conduct_heard: both,
  measure_proposed: ['manager'],
  measure_declined: ['manager'],
  measure_settled: both,
  warning_given: both,
  pay_changed: ['employee'],
  certification_closed: ['employee'],
  certification_ended: ['employee'],
  rehire_decided: ['employee'],
  separation_notice_given: ['employee'],
  // D6.3: whichever of the two wrote it down; `pairsOwn` keeps it from a mentor before or after.
  talk_recorded: ['mentor'],
};

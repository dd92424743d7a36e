import type { Look, RowSeen } from '../kernel/decider.ts';
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

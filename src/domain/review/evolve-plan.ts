import type { Instant } from '../kernel/calendar.ts';
import type { Stamp } from '../kernel/decider.ts';
import { version } from '../versions.ts';
import { moved } from './leave.ts';
import type { Plan, ReviewEvent, ReviewState, Spell } from './state.ts';

/** X17, what became of the improvement plan. */

type Body<K extends ReviewEvent['kind']> = Extract<ReviewEvent, { kind: K }>['body'];

/** An improvement plan is owed from now on. */
export function planOwing(state: ReviewState, since: Instant): ReviewState {
  const none = { version: 0, by: null, written: null, steps: [], answer: null, outcome: null };
  return { ...state, plan: { since, ...none } };
}

function change(state: ReviewState, what: Partial<Plan>): ReviewState {
  return state.plan === null ? state : { ...state, plan: { ...state.plan, ...what } };
}

/** The plan as nobody's proposal, and in nobody's hand. */
function open(state: ReviewState): ReviewState {
  if (state.plan === null) return state;
  const { proposal, hand: _hand, ...plan } = state.plan;
  return { ...state, plan: proposal === undefined ? plan : { ...plan, proposed: true } };
}

/** A new version is open until it is answered; what was found at steps of the one before belongs to that one. */
export function planWritten(state: ReviewState, body: Body<'plan_written'>, written: Instant): ReviewState {
  const { by, hand, version } = body;
  const whose = hand === undefined ? { by } : { by, hand };
  const steps = body.steps.map(({ on }) => ({ on, state: null }));
  return change(open(state), { ...whose, version, written, steps, answer: null });
}

export function planAnswered(state: ReviewState, { answer }: Body<'plan_answered'>): ReviewState {
  return change(state, { answer });
}

export function stepRecorded(state: ReviewState, body: Body<'plan_step_recorded'>): ReviewState {
  const steps = state.plan?.steps.map((one, n) =>
    n + 1 === body.step ? { ...one, state: body.state } : one,
  );
  return steps === undefined ? state : change(state, { steps });
}

/** R8.7: each proposal has a version and waits for words of its own. */
export function planProposed(
  state: ReviewState,
  body: Body<'plan_not_met_proposed'>,
  stamp: Stamp,
): ReviewState {
  const before = state.plan?.proposed === true ? {} : null;
  const proposal = { ...body, at: stamp.at, ...version(stamp, before) };
  return { ...unspoken(change(state, { proposal })), word: null, second: null };
}

/** Nobody has spoken to what is proposed now. */
export function unspoken({ spoke: _spoke, ...state }: ReviewState): ReviewState {
  return state;
}

export function planSettled(
  state: ReviewState,
  { outcome }: Pick<Body<'plan_settled'>, 'outcome'>,
): ReviewState {
  return change(open(state), { outcome });
}

/** R8.6: an absence that is over moves the steps that lay in it or after it. */
export function movedByLeave(state: ReviewState, spell: Spell): ReviewState {
  return state.plan === null ? state : change(state, { steps: moved(state.plan.steps, spell, state.leave) });
}

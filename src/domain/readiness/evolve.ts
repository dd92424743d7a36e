import type { Recorded } from '../kernel/decider.ts';
import type { ReadinessEvent, ReadinessState, ReviewedEntry } from './state.ts';
import type { PolicyScope, ReviewedPolicy } from './words.ts';

function confirmed(state: ReadinessState, policies: readonly ReviewedPolicy[]): readonly ReviewedEntry[] {
  const now = (state.proposed?.verdicts ?? []).filter((entry) => policies.includes(entry.policy));
  const names = now.map((entry) => entry.policy);
  return [...state.register.filter((entry) => !names.includes(entry.policy)), ...now];
}

function changed(
  state: ReadinessState,
  policy: ReviewedPolicy,
  scope: PolicyScope,
): readonly ReviewedEntry[] {
  return state.register.map((entry) =>
    entry.policy === policy ? { policy, verdict: 'fits', scope } : entry,
  );
}

/** Folds one event of stage 0. */
export function evolve(state: ReadinessState, event: Recorded<ReadinessEvent>): ReadinessState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'readiness_opened':
      return { ...state, ...pick(event.body), opened: at, checkedLast: at };
    case 'champion_named':
      return { ...state, champion: event.body.person };
    case 'items_scored':
      return { ...state, sheets: { ...state.sheets, [event.body.by]: event.body.scores } };
    case 'verdicts_proposed':
      return { ...state, proposed: event.body };
    case 'verdicts_confirmed':
      return { ...state, register: confirmed(state, event.body.policies), registered: at, proposed: null };
    case 'policy_changed':
      return { ...state, register: changed(state, event.body.policy, event.body.scope) };
    case 'adviser_position_given':
      return { ...state, adviser: event.body.position };
    case 'verdict_given':
      return { ...state, verdict: event.body.verdict, actions: event.body.actions, verdictAt: at };
    case 'action_closed':
      return { ...state, actions: state.actions.filter((one) => one.action !== event.body.action) };
    case 'stance_taken':
      return { ...state, stance: event.body.stance };
    case 'timeline_proposed':
      return { ...state, timeline: { at, answers: {} } };
    case 'timeline_answered': {
      const answers = { ...state.timeline?.answers, [event.body.by]: event.body.answer };
      return { ...state, timeline: { at: state.timeline?.at ?? at, answers } };
    }
    case 'goals_answered':
      return { ...state, goals: { ...state.goals, [event.body.role]: event.body.answer } };
    case 'readiness_accepted':
      return { ...state, accepted: at, checkedLast: at };
    case 'orientation_held':
      return { ...state, orientation: event.body.held };
    case 'readiness_rechecked':
      return { ...state, verdict: event.body.verdict, verdictAt: at, checkedLast: at };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function pick(body: Extract<ReadinessEvent, { kind: 'readiness_opened' }>['body']) {
  const { site, reasons, scorers, leads, roleHoldersOnSite } = body;
  return { site, reasons, scorers, leads, roleHoldersOnSite };
}

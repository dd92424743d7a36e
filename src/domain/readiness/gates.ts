import type { Gate } from '../kernel/decider.ts';
import type { Missing } from '../kernel/refusal.ts';
import { openPolicies, timelineAccepted } from './state.ts';
import type { ReadinessState } from './state.ts';
import { reviewedPolicies } from './words.ts';

function missingPolicies(state: ReadinessState): readonly Missing[] {
  const judged = new Set(state.register.map((entry) => entry.policy));
  return [
    ...reviewedPolicies
      .filter((policy) => !judged.has(policy))
      .map((policy) => ({ code: 'D0.5', about: policy })),
    ...openPolicies(state).map((entry) => ({ code: 'R0.1', about: entry.policy })),
  ];
}

function missingPeople(state: ReadinessState): readonly Missing[] {
  const missing: Missing[] = [];
  if (state.champion === null) missing.push({ code: 'D0.2' });
  if (state.verdict !== 'ready' && state.verdict !== 'ready_with_actions') missing.push({ code: 'D0.4' });
  if (state.adviser === null) missing.push({ code: 'R0.2' });
  if (!timelineAccepted(state)) missing.push({ code: 'D0.7' });
  if (state.goals.director !== 'adopted') missing.push({ code: 'D0.8', about: 'director' });
  if (state.goals.adviser !== 'adopted') missing.push({ code: 'D0.8', about: 'adviser' });
  return missing;
}

/**
 * G0: a person as champion, a verdict of readiness with the adviser's position, every policy judged and none that
 * must change before hire, the timeline accepted by all leads, the shared goals adopted.
 */
const g0: Gate<ReadinessState> = {
  code: 'G0',
  reads: () => [],
  missing: (state) => [...missingPeople(state), ...missingPolicies(state)],
};

export const gates = { G0: g0 };

import type { Gate } from '../kernel/decider.ts';
import type { FactRef } from '../kernel/facts.ts';
import type { Missing } from '../kernel/refusal.ts';
import { concluded, isPeer, sickLeaveUnsettled } from './state.ts';
import type { RoleState } from './state.ts';

function readinessOf(state: RoleState): readonly FactRef[] {
  // Readiness is asked of peer roles; a role of another kind has no stage 0 (R1.6).
  return state.site === null || !isPeer(state) ? [] : [{ kind: 'readiness', subject: state.site }];
}

/** R1.1: which elements that G1 needs are neither at consensus nor openly decided by the leader. */
function openElements(state: RoleState): readonly Missing[] {
  return state.mandatory
    .filter((code) => {
      const element = state.elements[code];
      return element === undefined || !concluded(element);
    })
    .map((code) => ({ code: 'R1.1', about: code }));
}

/**
 * G1: readiness was accepted for the site (G0), and every element that the kind of role needs is at consensus or
 * openly decided by the leader; E9 leaves disclosure to the holder (R1.3), E10 has no rule of its own (R1.2).
 */
const g1: Gate<RoleState> = {
  code: 'G1',
  reads: readinessOf,
  missing: (state, { facts }) => {
    const missing: Missing[] = [];
    for (const { kind, subject } of readinessOf(state)) {
      const verdict = facts.get(kind, subject)?.value;
      if (verdict !== 'ready' && verdict !== 'ready_with_actions')
        missing.push({ code: 'G0', about: subject });
    }
    missing.push(...openElements(state));
    const e9 = state.elements['E9'];
    if (isPeer(state) && e9 !== undefined && concluded(e9) && !e9.choices.includes('holder_decides'))
      missing.push({ code: 'R1.3', about: 'E9' });
    if (sickLeaveUnsettled(state)) missing.push({ code: 'R1.2', about: 'E10' });
    return missing;
  },
};

/** What G2 still lacks, from the state alone; the agenda asks the same. */
export function descriptionLacks(state: RoleState): readonly Missing[] {
  const { list, terms, payOpen, draft } = state.description;
  const version = state.adopted?.version ?? 0;
  const missing: Missing[] = [];
  if (version === 0) missing.push({ code: 'G1' });
  if (list?.result !== 'pass' || list.version !== version) missing.push({ code: 'D2.2' });
  // R2.3: nothing is asked for that nobody decided on; an empty list is a decision, none at all is not.
  if (terms.requirements === null) missing.push({ code: 'D2.3' });
  // R1.6: only a peer role asks for lived experience.
  if (isPeer(state) && terms.wording === null) missing.push({ code: 'D2.4' });
  if (isPeer(state) && terms.wording === 'needs_counsel')
    missing.push({ code: 'D2.4', about: 'needs_counsel' });
  if (terms.credential === null) missing.push({ code: 'D2.5' });
  if (payOpen) missing.push({ code: 'D2.6' });
  const current = draft !== null && draft.version === version && draft.list === list?.list;
  if (draft === null || !current || !draft.approved) missing.push({ code: 'D2.8' });
  if (draft !== null && !draft.clean) missing.push({ code: 'language_guard' });
  return missing;
}

/**
 * G2: the screen passed by two classifiers, requirements, wording and credential rule decided, pay and description approved for this
 * version and this list, the language guard clean. Staff orientation is asked at posting, not here.
 */
const g2: Gate<RoleState> = { code: 'G2', reads: () => [], missing: (state) => descriptionLacks(state) };

export const gates = { G1: g1, G2: g2 };

import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing } from '../kernel/refusal.ts';
import { clearedName } from './course.ts';
import type { Decision, Of } from './decide-posting.ts';
import type { OpeningState } from './state.ts';

/** Findings of the guard that no two people have called wrong about the text. */
function standing(state: OpeningState, id: string, findings: readonly string[]): readonly Missing[] {
  return findings
    .filter((finding) => !state.course.cleared.includes(clearedName(id, finding)))
    .map((code) => ({ code, about: id }));
}

/**
 * D4.1: a person of HR passes a question, after the guard did. BLOCK with what the guard found in its wording. What was
 * found forbidden stays so: it is worded anew, as another question. R4.6 keeps the set in use.
 */
export function markQuestions(state: OpeningState, ask: Of<'mark_questions'>): Decision {
  const { questions } = ask.command.payload;
  for (const { id, status, code, findings = [] } of questions) {
    if (status === 'forbidden' && code === undefined)
      return blocked('D4.1', { code: 'code_needed', about: id });
    if (status === 'approved' && state.questions[id] === 'forbidden')
      return blocked('R4.2', { code: 'forbidden', about: id });
    if (state.asked?.includes(id) === true) return blocked('R4.6', { code: 'in_use', about: id });
    const found = status === 'approved' ? standing(state, id, findings) : [];
    if (found.length > 0) return blocked('D4.1', ...found);
  }
  return [{ kind: 'questions_marked', body: { questions } }];
}

/** D4.1: whoever wrote the question says that the guard erred about it. Nothing changes until HR has looked. */
export function disputeFinding(state: OpeningState, ask: Of<'dispute_finding'>): Decision {
  const { question, finding } = ask.command.payload;
  if (state.course.cleared.includes(clearedName(question, finding)))
    return notNow('D4.1', { code: 'already_settled', about: question });
  const open = state.course.disputes.some((one) => one.question === question && one.finding === finding);
  if (open) return notNow('D4.1', { code: 'already_asked', about: question });
  return [{ kind: 'finding_disputed', body: { question, finding, by: ask.actor } }];
}

/** D4.1, second half: HR, another person. `wrong_about_text` says the rule erred; it never means "use it anyway". */
export function settleDispute(state: OpeningState, ask: Of<'settle_dispute'>): Decision {
  const { question, finding } = ask.command.payload;
  const open = state.course.disputes.find((one) => one.question === question && one.finding === finding);
  if (open === undefined) return refuse('unknown_reference', 'D4.1', [{ code: 'dispute', about: question }]);
  if (open.by === ask.actor) return blocked('D4.1', { code: 'second_person_needed' });
  return [{ kind: 'dispute_settled', body: ask.command.payload }];
}

/** D4.8 by anyone: which question, never the answer. */
export function reportIncident(_state: OpeningState, ask: Of<'report_incident'>): Decision {
  return [{ kind: 'incident_reported', body: ask.command.payload }];
}

/** D4.8: `reviewed`, then `remedied` with what was done; closed by the HR director. */
export function reviewIncident(state: OpeningState, ask: Of<'review_incident'>): Decision {
  const { incident, outcome, remedy } = ask.command.payload;
  const found = state.incidents.find((one) => one.n === incident);
  if (found === undefined)
    return refuse('unknown_reference', 'D4.8', [{ code: 'incident', about: String(incident) }]);
  if (outcome === 'reviewed') {
    if (found.reviewed) return notNow('D4.8', { code: 'already_reviewed' });
    return [{ kind: 'incident_reviewed', body: { incident, outcome } }];
  }
  if (!found.reviewed) return blocked('D4.8', { code: 'review_first', about: String(incident) });
  if (remedy === undefined) return blocked('D4.8', { code: 'remedy_needed', about: String(incident) });
  return [{ kind: 'incident_reviewed', body: { incident, outcome, remedy } }];
}

import { noWayAround } from '../findings.ts';
import type { Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import { bankQuestions, saysBank } from './bank.ts';
import { clearedName } from './course.ts';
import type { Decision, Of } from './decide-posting.ts';
import type { OpeningState } from './state.ts';

type Marked = Of<'mark_questions'>['command']['payload']['questions'][number];

/**
 * What the guard found in the wording that is to be passed, whenever it looked, and no two people have called wrong about
 * this very text. Another text begins anew.
 */
function standing(state: OpeningState, { id, text, findings = [] }: Marked): readonly Missing[] {
  const before = state.wordings[id];
  const same = text === undefined || text === before?.text;
  const found = same ? new Set([...(before?.findings ?? []), ...findings]) : new Set(findings);
  return [...found]
    .filter((finding) => !same || !state.course.cleared.includes(clearedName(id, finding)))
    .map((code) => ({ code, about: id }));
}

/** Where nobody can read what is passed: no text was ever given, and the bank has none; where the policy asks. */
function unread(state: OpeningState, { id, text }: Marked, ctx: Context): boolean {
  const given = text ?? state.wordings[id]?.text ?? null;
  return given === null && !saysBank(id) && numIf(ctx.terms.policy, 'D4.1', 'text_needed') === 1;
}

function markProblem(state: OpeningState, one: Marked, ctx: Context): Refusal | null {
  const { id, status, code } = one;
  if (saysBank(id) && !bankQuestions.includes(id))
    return refuse('unknown_reference', 'D4.1', [{ code: 'question_of_the_bank', about: id }]);
  if (status === 'forbidden' && code === undefined)
    return blocked('D4.1', { code: 'code_needed', about: id });
  if (status !== 'forbidden' && state.questions[id] === 'forbidden')
    return blocked('R4.2', { code: 'forbidden', about: id });
  if (state.asked?.includes(id) === true) return blocked('R4.6', { code: 'in_use', about: id });
  if (status !== 'approved') return null;
  const found = standing(state, one);
  if (found.length > 0) return blocked('D4.1', ...found);
  return unread(state, one, ctx) ? blocked('D4.1', { code: 'question_text', about: id }) : null;
}

/**
 * D4.1: a person of HR passes a question, after the guard did. BLOCK with what the guard ever found in its wording. What
 * was found forbidden stays so: it is worded anew, as another question. R4.6 keeps the set in use.
 */
export function markQuestions(state: OpeningState, ask: Of<'mark_questions'>, ctx: Context): Decision {
  const { questions } = ask.command.payload;
  const twice = questions.find((one, n) => questions.findIndex(({ id }) => id === one.id) !== n);
  if (twice !== undefined) return blocked('D4.1', { code: 'named_twice', about: twice.id });
  for (const one of questions) {
    const problem = markProblem(state, one, ctx);
    if (problem !== null) return problem;
  }
  return [{ kind: 'questions_marked', body: { questions } }];
}

/**
 * D4.1: whoever put the question forward says that the guard erred about its text. Nothing changes until HR has looked.
 * BLOCK: what protects health or a protected ground stands, where the policy says so; such a question is worded anew.
 */
export function disputeFinding(state: OpeningState, ask: Of<'dispute_finding'>, ctx: Context): Decision {
  const { question, finding } = ask.command.payload;
  if (numIf(ctx.terms.policy, 'D4.1', 'protected_stand') === 1 && noWayAround(finding))
    return blocked('D4.1', { code: 'no_way_around', about: finding });
  const put = state.wordings[question];
  if (put === undefined || !put.findings.includes(finding))
    return refuse('unknown_reference', 'D4.1', [{ code: 'finding_in_a_text', about: question }]);
  if (put.by !== ask.actor && put.by !== ask.onBehalfOf)
    return blocked('D4.1', { code: 'author', about: question });
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
  const asking = [open.by, state.wordings[question]?.by];
  if (asking.includes(ask.actor) || asking.includes(ask.onBehalfOf ?? ask.actor))
    return blocked('D4.1', { code: 'second_person_needed' });
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

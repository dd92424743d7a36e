import type { Recorded } from '../kernel/decider.ts';
import type { Wording } from './course.ts';
import type { EventOf } from './events.ts';
import type { OpeningState } from './state.ts';

type Marked = EventOf<'questions_marked'>['body']['questions'][number];

/**
 * D4.1: a question with what is known of its wording. Another text is another wording; the same one keeps what was ever
 * found in it. A forbidden question is over.
 */
function wordingOf(before: Wording | undefined, one: Marked, by: string): Wording | null {
  const { status, text, findings = [] } = one;
  if (status === 'forbidden') return null;
  if (text !== undefined && text !== before?.text) return { text, by, findings };
  if (before !== undefined) return { ...before, findings: [...new Set([...before.findings, ...findings])] };
  return findings.length === 0 ? null : { text: null, by, findings };
}

/** What people said of findings in a wording is over with that wording. */
function withoutWords(state: OpeningState, questions: readonly string[]): OpeningState {
  const { disputes, cleared } = state.course;
  const about = (name: string): boolean => questions.includes(name.split(' ')[0] ?? '');
  if (!disputes.some((one) => questions.includes(one.question)) && !cleared.some(about)) return state;
  const course = {
    ...state.course,
    disputes: disputes.filter((one) => !questions.includes(one.question)),
    cleared: cleared.filter((name) => !about(name)),
  };
  return { ...state, course };
}

/** Folds the marks of questions. */
export function questionsMarked(
  state: OpeningState,
  { body, stamp }: Recorded<EventOf<'questions_marked'>>,
): OpeningState {
  const by = stamp.onBehalfOf ?? stamp.actor;
  const questions = { ...state.questions };
  const wordings = { ...state.wordings };
  const anew: string[] = [];
  for (const one of body.questions) {
    const before = wordings[one.id];
    const after = wordingOf(before, one, by);
    questions[one.id] = one.status;
    if (after?.text !== before?.text || after === null) anew.push(one.id);
    if (after === null) delete wordings[one.id];
    else wordings[one.id] = after;
  }
  return withoutWords({ ...state, questions, wordings, marks: state.marks + 1 }, anew);
}

import type { Look, RowSeen } from '../kernel/decider.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { ReviewEvent, ReviewState } from './state.ts';

/**
 * Stage 8: each side of a review is closed to the others until its author shares it. That something was written is no
 * secret; what it says is.
 */

/** What the review says, row by row: not for a colleague who gave feedback, nor for a mentor (domain 5.2, R8.5). */
const theReview: ReadonlySet<string> = new Set<ReviewEvent['kind']>([
  ...(['self_review_shared', 'feedback_shared', 'served_feedback_entered', 'draft_submitted'] as const),
  ...(['standard_checked', 'probation_proposed', 'probation_decided', 'response_recorded'] as const),
  ...(['dispute_settled', 'plan_asked', 'plan_written', 'plan_answered'] as const),
  ...(['plan_step_recorded', 'plan_settled'] as const),
  ...(['plan_not_met_proposed', 'plan_not_met'] as const),
]);

/** Somebody who is in the review and takes no part in the judgement: a colleague who was asked, or the mentor. */
function besideIt({ subject, colleagues }: ReviewState, reader: string): boolean {
  if (subject === null) return false;
  if ([subject.employee, subject.supervisor, subject.manager].includes(reader)) return false;
  return reader === subject.mentor || colleagues.some(({ person }) => person === reader);
}

/** The draft is open to the employee once its author shared it, at the latest when they are asked to sign it. */
function draftClosed(state: ReviewState, version: number, reader: string | null): boolean {
  if (state.openDrafts.includes(version)) return false;
  return reader === null || reader === state.subject?.employee;
}

/** True while what a row says is kept from a reader. Its author reads it always. */
export function hidden(state: ReviewState, row: RowSeen, { reader }: Look): boolean {
  if (reader !== null && row.actor === reader) return false;
  const { kind, body } = row as unknown as Recorded<ReviewEvent>;
  if (kind === 'self_review_kept' || kind === 'feedback_kept') return !state.sharedTexts.includes(body.text);
  if (reader !== null && theReview.has(kind) && besideIt(state, reader)) return true;
  if (kind === 'draft_submitted') return draftClosed(state, body.version, reader);
  // What colleagues wrote reaches the employee with the draft that rests on it.
  return kind === 'feedback_shared' && state.openDrafts.length === 0 && reader === state.subject?.employee;
}

/** X22: that a review rests, or did, tells of a death; it is for those who read narrower rows. */
function unrested(state: ReviewState, { classes = [] }: Look): ReviewState {
  if (classes.includes('C2')) return state;
  const { rests: _rests, rested: _rested, ...open } = state;
  return open;
}

/** What the draft says of single items is for those who read its rows. */
function unrated({ draft, ...state }: ReviewState): ReviewState {
  return { ...state, draft: draft === null ? null : { ...draft, rated: {} } };
}

/** The state without what is kept from a reader; the officer's word is for HR, and not for the line (R8.7). */
export function veiled(whole: ReviewState, look: Look): ReviewState {
  const { reader } = look;
  const state = unrested(whole, look);
  const { subject } = state;
  const own = Object.entries(state.kept).filter(([author]) => author === reader);
  const bare = { ...state, kept: Object.fromEntries(own) };
  if (reader === null || subject === null) return { ...unrated(bare), word: null, second: null };
  if (besideIt(state, reader))
    return {
      ...{ ...bare, draft: null, standard: null, proposal: null, word: null, decided: null },
      second: null,
      ...{ response: null, disputed: null, plan: null },
    };
  const inLine = [subject.employee, subject.supervisor, subject.manager].includes(reader);
  const seen = inLine ? { ...bare, word: null, second: null } : bare;
  return draftClosed(state, state.version, reader) ? { ...seen, draft: null } : seen;
}

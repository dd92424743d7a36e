import type { Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { explainsByHealth } from './decide-draft.ts';
import type { Decision, Of } from './decide-draft.ts';
import { reviewerOf } from './state.ts';
import type { ReviewState } from './state.ts';

type Subject = NonNullable<ReviewState['subject']>;

/** A side that was shared, or that nobody reads any more, is not written again. */
function over(state: ReviewState, rule: string, shared: boolean): Refusal | null {
  return shared || state.response !== null ? notNow(rule, { code: 'already_in' }) : null;
}

/** P8.1: kept for oneself. */
export function keepSelfReview(state: ReviewState, ask: Of<'keep_self_review'>): Decision {
  const { text } = ask.command.payload;
  return over(state, 'P8.1', state.selfIn) ?? [{ kind: 'self_review_kept', body: { text } }];
}

/** P8.1: shared once; the self-review of somebody who signed already has no reader. */
export function shareSelfReview(
  state: ReviewState,
  subject: Subject,
  ask: Of<'share_self_review'>,
): Decision {
  const no = over(state, 'P8.1', state.selfIn);
  if (no !== null) return no;
  const text = ask.command.payload.text ?? state.kept[subject.employee];
  if (text === undefined) return blocked('P8.1', { code: 'text_needed' });
  return [{ kind: 'self_review_shared', body: { text } }];
}

/** P8.2: kept for oneself. */
export function keepFeedback(state: ReviewState, ask: Of<'keep_feedback'>): Decision {
  const { text, findings } = ask.command.payload;
  const no = over(state, 'P8.2', state.feedbackIn.includes(ask.actor)) ?? explainsByHealth(findings);
  return no ?? [{ kind: 'feedback_kept', body: { by: ask.actor, text } }];
}

/** P8.2. */
export function shareFeedback(state: ReviewState, ask: Of<'share_feedback'>): Decision {
  const { text: given, findings } = ask.command.payload;
  const no = over(state, 'P8.2', state.feedbackIn.includes(ask.actor)) ?? explainsByHealth(findings);
  if (no !== null) return no;
  const text = given ?? state.kept[ask.actor];
  if (text === undefined) return blocked('P8.2', { code: 'text_needed' });
  return [{ kind: 'feedback_shared', body: { by: ask.actor, text } }];
}

/**
 * What people served said, put together by HR: never by name, and from so many that nobody can be told by their answer.
 * Optional: nobody owes it.
 */
export function enterServed(
  state: ReviewState,
  subject: Subject,
  ask: Of<'enter_served_feedback'>,
  ctx: Context,
): Decision {
  const { answers, text, findings } = ask.command.payload;
  if (state.served !== null || state.response !== null) return notNow('P8.2', { code: 'already_in' });
  if (ask.actor === subject.employee) return blocked('P8.2', { code: 'own_review' });
  const least = numIf(ctx.terms.policy, 'P8.2', 'served_least') ?? 1;
  if (answers < least) return blocked('P8.2', { code: 'too_few_to_stay_unnamed', about: String(least) });
  return (
    explainsByHealth(findings) ?? [
      { kind: 'served_feedback_entered', body: { by: ask.actor, answers, text } },
    ]
  );
}

/** P8.3: opened to the employee by its author. */
export function shareDraft(state: ReviewState, subject: Subject, ask: Of<'share_draft'>): Decision {
  if (state.draft === null) return notNow('P8.3', { code: 'D8.2' });
  if (state.openDrafts.includes(state.version)) return notNow('P8.3', { code: 'already_shared' });
  if ((ask.onBehalfOf ?? ask.actor) !== reviewerOf(subject))
    return blocked('D8.2', { code: 'not_the_reviewer' });
  return [{ kind: 'draft_shared', body: { by: ask.actor, version: state.version } }];
}

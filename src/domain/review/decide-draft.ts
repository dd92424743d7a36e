import type { ReviewCommand } from '../../contracts/review.ts';
import { noWayAround } from '../findings.ts';
import type { Ask, Context, Warned } from '../kernel/decider.ts';
import { dateOf } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import { warnings } from '../kernel/warnings.ts';
import { hasCycle } from './cycles.ts';
import { citedDay, wasAway } from './leave.ts';
import { reviewerOf } from './state.ts';
import type { ReviewEvent, ReviewState } from './state.ts';
import { overalls } from './words.ts';

export type Decision = readonly (ReviewEvent | Warned)[] | Refusal;
export type Of<T extends ReviewCommand['type']> = Ask<Extract<ReviewCommand, { type: T }>>;
type Subject = NonNullable<ReviewState['subject']>;
type Draft = Of<'submit_draft'>['command']['payload'];

/** R8.1 BLOCK: no cycle and no scale that other staff of the site do not have; without a record the answer is no. */
export function againstStandard(terms: Terms, subject: Subject, scale: string): Refusal | null {
  const comparator = terms.comparator;
  if (comparator === null) return blocked('R8.1', { code: 'no_comparator_on_file' });
  const missing: Missing[] = [];
  if (!hasCycle(comparator, subject)) missing.push({ code: 'comparator_lacks', about: 'review_cycle' });
  if (comparator.values['review_scale'] !== scale)
    missing.push({ code: 'comparator_lacks', about: 'review_scale' });
  return missing.length > 0 ? blocked('R8.1', ...missing) : null;
}

function outsideScale(draft: Draft): string | null {
  const [low, high] = draft.scale.split('-').map(Number);
  if (low === undefined || high === undefined) return 'scale';
  const found = Object.entries(draft.ratings).find(([, rating]) => !(rating >= low && rating <= high));
  return found?.[0] ?? null;
}

function formOf(draft: Draft): Refusal | null {
  if (Object.keys(draft.ratings).length === 0) return blocked('D8.2', { code: 'no_item_rated' });
  const outside = outsideScale(draft);
  if (outside !== null) return blocked('D8.2', { code: 'outside_scale', about: outside });
  const withGoals = draft.followUps.includes('goal');
  if (withGoals !== draft.goals.length > 0) return blocked('D8.5', { code: 'goal_and_its_text' });
  if (draft.followUps.includes('none') && draft.followUps.length > 1)
    return blocked('D8.5', { code: 'none_stands_alone' });
  return null;
}

/** R8.2 BLOCK: a text that explains by health. Nobody calls such a finding wrong: it is worded anew. */
export function explainsByHealth(findings: readonly string[] = []): Refusal | null {
  const found = [...new Set(findings.filter(noWayAround))];
  return found.length === 0 ? null : blocked('R8.2', ...found.map((about) => ({ code: 'guard', about })));
}

/** Items below the line of the policy, and a negative overall: each has to rest on something (R8.3). */
function negativeItems(draft: Draft, terms: Terms): readonly string[] {
  const line = num(terms.policy, 'D8.2', 'negative_under');
  const negative = Object.entries(draft.ratings).filter(([, rating]) => rating < line);
  const items = negative.map(([item]) => item);
  if (draft.overall === 'partly_meets' || draft.overall === 'does_not_meet') items.push('overall');
  return items;
}

/** R8.6 BLOCK: nothing negative rests on a day of an approved absence; R8.3: nor on a session that is still to come. */
function restsOn(state: ReviewState, draft: Draft, ctx: Context): Refusal | null {
  const today = dateOf(ctx.terms.calendar, ctx.now);
  for (const item of negativeItems(draft, ctx.terms)) {
    const day = citedDay(draft.cites[item] ?? '');
    if (day === null) continue;
    if (wasAway(state, day)) return blocked('R8.6', { code: 'day_of_an_absence', about: item });
    if (day > today) return blocked('R8.3', { code: 'cited_day_to_come', about: item });
  }
  return null;
}

/**
 * P8.4: true where a draft says less of the work than the one before: in the whole, in an item, by one below the line that was
 * not there, by a plan to improve, or on a scale that cannot be compared. What was talked over then was something else.
 */
function saysLess(state: ReviewState, draft: Draft, terms: Terms): boolean {
  const before = state.draft;
  if (before === null) return false;
  if (draft.scale !== before.scale) return true;
  if (overalls.indexOf(draft.overall) > overalls.indexOf(before.overall)) return true;
  if (draft.followUps.includes('improvement_plan') && !before.plan) return true;
  const line = num(terms.policy, 'D8.2', 'negative_under');
  return Object.entries(draft.ratings).some(([item, rating]) => rating < (before.rated[item] ?? line));
}

/** P8.3 with D8.2, D8.4, D8.5. R8.5 BLOCK: a mentor never reviews. R8.3 WARN: a negative item without an earlier record. */
export function submitDraft(
  state: ReviewState,
  subject: Subject,
  ask: Of<'submit_draft'>,
  ctx: Context,
): Decision {
  const draft = ask.command.payload;
  if (state.response !== null) return notNow('P8.3', { code: 'already_answered' });
  if (state.decided !== null) return notNow('P8.3', { code: 'D8.3' });
  if (ask.actor === subject.mentor) return blocked('R8.5', { code: 'mentor_is_not_reviewer' });
  if ((ask.onBehalfOf ?? ask.actor) !== reviewerOf(subject))
    return blocked('D8.2', { code: 'not_the_reviewer' });
  const refusal =
    againstStandard(ctx.terms, subject, draft.scale) ??
    formOf(draft) ??
    explainsByHealth(draft.findings) ??
    restsOn(state, draft, ctx);
  if (refusal !== null) return refusal;
  const uncited = negativeItems(draft, ctx.terms).filter((item) => draft.cites[item] === undefined);
  const warned = warnings(
    ask,
    uncited.map((about) => ({ rule: 'R8.3', holds: true, about })),
  );
  if (isRefusal(warned)) return warned;
  const { findings: _found, ...said } = draft;
  const less = saysLess(state, draft, ctx.terms) ? { worse: true as const } : {};
  const body = { ...said, by: ask.actor, version: state.version + 1, ...less };
  return [{ kind: 'draft_submitted', body }, ...warned];
}

/** D8.7, by HR: the form, scale and cycle of this review beside those of other staff. */
export function checkStandard(
  state: ReviewState,
  subject: Subject,
  ask: Of<'check_standard'>,
  ctx: Context,
): Decision {
  const { result, justification, findings } = ask.command.payload;
  if (state.draft === null) return notNow('D8.7', { code: 'D8.2' });
  if (state.response !== null) return notNow('D8.7', { code: 'already_answered' });
  if (ask.actor === subject.employee) return blocked('D8.7', { code: 'own_review' });
  const refusal = againstStandard(ctx.terms, subject, state.draft.scale) ?? explainsByHealth(findings);
  if (refusal !== null) return refusal;
  const form = ctx.terms.comparator?.values['review_form'];
  const differing = form === state.draft.form ? [] : ['review_form'];
  if (result === 'same_as_comparator' && differing.length > 0)
    return blocked('D8.7', ...differing.map((about) => ({ code: 'differs', about })));
  if (result === 'differs' && differing.length === 0) return blocked('D8.7', { code: 'nothing_differs' });
  if (result === 'differs' && justification === undefined)
    return blocked('D8.7', { code: 'justification_needed' });
  const why = justification === undefined ? {} : { justification };
  return [{ kind: 'standard_checked', body: { by: ask.actor, result, differing, ...why } }];
}

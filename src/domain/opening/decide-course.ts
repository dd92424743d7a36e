import { dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { OpeningCommand } from '../../contracts/opening.ts';
import { pauseNow } from './course.ts';
import { canceled } from './decide-posting.ts';
import type { Decision, Of } from './decide-posting.ts';
import { openDays } from './posting-days.ts';
import { waiting } from './queries.ts';
import type { OpeningState } from './state.ts';

/** What may be done while every timer stands still: to end the pause, and what protects people. */
const whilePaused: readonly OpeningCommand['type'][] = [
  ...(['pause_search', 'resume_search', 'cancel_opening', 'record_told'] as const),
  ...(['report_incident', 'review_incident', 'record_fee', 'declare', 'change_hiring_manager'] as const),
  ...(['note_role_change', 'answer_role_change'] as const),
];

/** @returns true when a pause stands in the way of a command (X28). */
export function restsNow(state: OpeningState, type: OpeningCommand['type']): boolean {
  return pauseNow(state.course) !== null && !whilePaused.includes(type);
}

/** X28 `paused_until`: at any stage; a posting that is out pauses with the rest. Said again, it lasts longer. */
export function pauseSearch(state: OpeningState, ask: Of<'pause_search'>, ctx: Context): Decision {
  const { until, why } = ask.command.payload;
  const today = dateOf(ctx.terms.calendar, ctx.now);
  const before = pauseNow(state.course)?.until ?? today;
  const latest = before > today ? before : today;
  if (until <= latest) return blocked('X28', { code: 'later_than', about: latest });
  const paused = { kind: 'search_paused', body: { until, why, waiting: waiting(state) } } as const;
  if (state.posting.status !== 'posted') return [paused];
  return [paused, { kind: 'posting_paused', body: { until, openDays: openDays(state, ctx) } }];
}

/** X28: the timers run again, each as much later as it stood still. A posting goes out again by its own command. */
export function resumeSearch(state: OpeningState): Decision {
  if (pauseNow(state.course) === null) return notNow('X28', { code: 'not_paused' });
  return [{ kind: 'search_resumed', body: { waiting: waiting(state) } }];
}

/** X5, X28: the candidates were told. */
export function recordTold(state: OpeningState, ask: Of<'record_told'>): Decision {
  const { word } = ask.command.payload;
  if (!state.course.tell.some((one) => one.n === word)) return notNow('X28', { code: 'nothing_to_tell' });
  return [{ kind: 'candidates_told', body: { word } }];
}

/** X5: a newer version than the one of this search, and than the one HR answered about. */
export function roleChanged(state: OpeningState, version: number): Decision {
  if (version <= Math.max(state.roleVersion, state.course.keptFrom))
    return notNow('X5', { code: 'not_newer', about: String(state.roleVersion) });
  if (state.course.roleChange !== null && state.course.roleChange.version >= version)
    return notNow('X5', { code: 'already_asked' });
  return [{ kind: 'role_changed', body: { version } }];
}

/** Steps of a search that are not taken under two versions of the role. */
const boundToVersion: readonly OpeningCommand['type'][] = [
  ...(['post', 'resume_posting', 'propose_pool', 'confirm_pool', 'plan_interviews'] as const),
  ...(['select', 'confirm_selection', 'offer_next'] as const),
];

/** @returns whether a command needs to know which version the role has now (X5). */
export const asksVersion = (type: OpeningCommand['type']): boolean =>
  type === 'note_role_change' || boundToVersion.includes(type);

/** X5 BLOCK: the role has a newer version, and nobody has said whether this search keeps its own. */
export function versionOpen(state: OpeningState, type: OpeningCommand['type'], ctx: Context): Refusal | null {
  if (!boundToVersion.includes(type)) return null;
  const adopted = Number(ctx.facts.get('role_version', state.role)?.value ?? '0');
  if (adopted <= Math.max(state.roleVersion, state.course.keptFrom)) return null;
  return blocked('X5', { code: 'newer_version', about: String(adopted) });
}

/** X5, noted by HR: what the role itself says is what counts. */
export function noteRoleChange(state: OpeningState, ask: Of<'note_role_change'>, ctx: Context): Decision {
  const { version } = ask.command.payload;
  const adopted = ctx.facts.get('role_version', state.role)?.value;
  if (adopted !== String(version))
    return blocked('X5', { code: 'adopted_version', about: adopted ?? 'none' });
  return roleChanged(state, version);
}

/**
 * X5 `keep_version` or `cancel_and_repost`, by HR. BLOCK: before the posting is out there is no version to keep, and an
 * offer under way is answered first. Versions are never mixed in one opening.
 */
export function answerRoleChange(state: OpeningState, ask: Of<'answer_role_change'>, ctx: Context): Decision {
  const change = state.course.roleChange;
  if (change === null) return notNow('X5', { code: 'nothing_changed' });
  if (ask.command.payload.outcome === 'cancel_and_repost')
    return canceled(state, 'cancel_and_repost', 'X5', ctx);
  const { status } = state.posting;
  if (status === 'draft' || status === 'approved') return blocked('X5', { code: 'not_posted' });
  return [{ kind: 'version_kept', body: { version: change.version, waiting: waiting(state) } }];
}

/** X4: extend, revise the pay, revise the description, or no new search; a new opening names this one. */
export function followSearch(state: OpeningState, ask: Of<'follow_search'>): Decision {
  const asked = state.course.next;
  if (asked === null || asked.answer !== null) return notNow('X4', { code: 'not_asked' });
  return [{ kind: 'search_followed', body: ask.command.payload }];
}

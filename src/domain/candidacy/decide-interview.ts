import { dateOf, instantOf, isBusinessDay } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import { engaged, placeOn } from './conversations.ts';
import { absent, outsideHours } from './decide-slots.ts';
import type { Decision, Of } from './deciding.ts';
import { outside, stopped } from './deciding.ts';
import { questionsDue, questionsFrom, sameHours } from './questions.ts';
import { sheetsOut } from './state.ts';
import type { CandidacyState } from './state.ts';
import { competencies, noteBlocks } from './words.ts';

/**
 * HR sets or moves the interview; the raters are the panel that stands then (G3, R4.1 by the opening's panel). Whoever of
 * them said when they can come is free then, and in no other conversation of the opening; WARN D4.2: a time outside of the site's hours.
 */
export function scheduleInterview(
  state: CandidacyState,
  ask: Of<'schedule_interview'>,
  ctx: Context,
): Decision {
  const wrong = outside(state, 'D4.2', 'pool', 'interview');
  if (wrong !== null) return wrong;
  const { on, at } = ask.command.payload;
  const { calendar } = ctx.terms;
  if (on < dateOf(calendar, ctx.now)) return notNow('D4.2', { code: 'day_is_past', about: on });
  if (!isBusinessDay(calendar, on)) return blocked('D4.2', { code: 'not_a_business_day', about: on });
  const raters = ctx.facts.get('panel', state.opening)?.value.split(',') ?? [];
  if (raters.includes(state.person)) return blocked('D4.2', { code: 'candidate_on_panel' });
  const away = absent(state, { on, at }, raters, ctx.terms);
  if (away.length > 0) return blocked('D4.2', ...away);
  const busy = engaged(state, { on, at }, raters, ctx);
  if (busy.length > 0) return blocked('D4.2', ...busy);
  const warned = warnings(ask, [{ rule: 'D4.2', holds: outsideHours(at, ctx.terms), about: at }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'interview_set', body: { on, at, raters, ...placeOn(state, { on, at }, ctx) } }, ...warned];
}

/** P4.1: the questions go ahead, to all candidates at the same hour. WARN P4.1: one would have them much longer. */
export function sendQuestions(state: CandidacyState, ask: Of<'send_questions'>, ctx: Context): Decision {
  const wrong = outside(state, 'P4.1', 'interview');
  if (wrong !== null) return wrong;
  const { interview } = state;
  if (interview?.questionsSent === true) return notNow('P4.1', { code: 'already_sent' });
  const from = interview === null ? null : questionsFrom(interview, ctx.terms);
  const warned = warnings(ask, [{ rule: 'P4.1', holds: from !== null && ctx.now < from }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'questions_sent', body: {} }, ...warned];
}

/** P4.1: the candidate had no questions ahead, or had them for less time than everybody is to have. */
function lessTime(state: CandidacyState, ctx: Context): boolean {
  const { interview } = state;
  if (interview?.questionsSent !== true) return true;
  return sameHours(ctx.terms) && interview.questionsAt > questionsDue(interview, ctx.terms);
}

/** A meeting has not been held before the day it is set for, nor before its hour has come. */
function beforeItsTime({ interview }: CandidacyState, held: CivilDate, ctx: Context): Refusal | null {
  if (interview === null) return null;
  const { on, at } = interview;
  if (held < on) return notNow('D4.3', { code: 'before_its_day', about: on });
  if (at === '' || instantOf(ctx.terms.calendar, on, at) <= ctx.now) return null;
  return notNow('D4.3', { code: 'not_yet', about: `${on} ${at}` });
}

/** The interview took place. WARN P4.1: without the questions sent ahead the candidate had less than the others. */
export function recordInterview(state: CandidacyState, ask: Of<'record_interview'>, ctx: Context): Decision {
  const wrong = outside(state, 'D4.3', 'interview');
  if (wrong !== null) return wrong;
  const { held } = ask.command.payload;
  if (held > dateOf(ctx.terms.calendar, ctx.now)) return notNow('D4.3', { code: 'not_yet', about: held });
  if (held < dateOf(ctx.terms.calendar, state.applied))
    return notNow('D4.3', { code: 'before_application', about: held });
  const early = beforeItsTime(state, held, ctx);
  if (early !== null) return early;
  const warned = warnings(ask, [{ rule: 'P4.1', holds: lessTime(state, ctx) }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'interview_held', body: { on: held } }, ...warned];
}

/**
 * D4.3: a rating goes with evidence. One note of the sheet may carry those that meet the hiring line; one below it can
 * become the reason for a no, so it has a note of its own.
 */
function withoutEvidence(ask: Of<'submit_sheet'>, ctx: Context): readonly Missing[] {
  const line = numIf(ctx.terms.policy, 'D4.3', 'own_note_below');
  if (line === null) return [];
  const { ratings, evidence } = ask.command.payload;
  return competencies
    .filter((one) => Number(ratings[one]) < line && evidence?.[one] === undefined)
    .map((about) => ({ code: 'evidence_needed', about }));
}

/** D4.3 and D4.4: a whole sheet, once, by a rater of this interview. R4.3: ratings stay in the event. */
export function submitSheet(state: CandidacyState, ask: Of<'submit_sheet'>, ctx: Context): Decision {
  const { interview } = state;
  if (interview === null || interview.held === null) return notNow('D4.3', { code: 'interview_not_held' });
  const wrong = outside(state, 'D4.3', 'rating');
  if (wrong !== null) return wrong;
  if (ask.actor === state.person) return blocked('D3.5', { code: 'own_application' });
  if (!interview.raters.includes(ask.actor)) return blocked('D4.4', { code: 'not_a_rater' });
  if (!sheetsOut(interview).includes(ask.actor)) return notNow('D4.4', { code: 'sheet_already_in' });
  const { ratings, notes, evidence, findings } = ask.command.payload;
  const bare = withoutEvidence(ask, ctx);
  if (bare.length > 0) return blocked('D4.3', ...bare);
  // R4.4: health words in a note come out, or become evidence of a skill, before the sheet goes in.
  const guarded = stopped('R4.4', noteBlocks, findings);
  if (guarded !== null) return guarded;
  const extra = evidence === undefined ? {} : { evidence };
  return [{ kind: 'sheet_submitted', body: { by: ask.actor, ratings, notes, ...extra } }];
}

import { addDays, dateOf, rollForward } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import { anyOf, samePerson, signed, speaker } from '../signed.ts';
import { outdated } from '../versions.ts';
import { asksSecondWord } from './adverse.ts';
import { explainsByHealth } from './decide-draft.ts';
import type { Decision, Of } from './decide-draft.ts';
import { asking, gaveWord } from './decide-words.ts';
import { reviewerOf } from './state.ts';
import type { Plan, ReviewEvent, ReviewState } from './state.ts';

type Subject = NonNullable<ReviewState['subject']>;

/** A policy of an earlier day that does not say by when a plan is written leaves the follow-up as it was: words. */
export const asksPlans = (terms: Terms): boolean => numIf(terms.policy, 'X17', 'write_bd') !== null;

/** X17: what an answered review with D8.5 `improvement_plan` brings with it. */
export function planAsked(state: ReviewState, terms: Terms): readonly ReviewEvent[] {
  if (!asksPlans(terms) || state.plan !== null || state.draft?.plan !== true) return [];
  return [{ kind: 'plan_asked', body: { version: state.version } }];
}

function running(state: ReviewState): Plan | Refusal {
  const { plan } = state;
  if (plan === null || state.disputed !== null) return notNow('X17', { code: 'no_plan_asked' });
  return plan.outcome === null ? plan : notNow('X17', { code: 'plan_settled' });
}

const isPlan = (one: Plan | Refusal): one is Plan => 'steps' in one;

/** The same steps as for all staff (R8.1, X17); without a record the answer is no. */
function asForOthers(given: readonly { readonly after_d: number }[], terms: Terms): Refusal | null {
  if (terms.comparator === null) return blocked('R8.1', { code: 'no_comparator_on_file' });
  const steps = given.map((one) => one.after_d).join(',');
  return String(terms.comparator.values['improvement_steps_d'] ?? '') === steps
    ? null
    : blocked('R8.1', { code: 'comparator_lacks', about: 'improvement_steps_d' });
}

/** What stands against the plan as a paper: its days, its words, and the version it would take the place of. */
function unfit(plan: Plan, ask: Of<'write_plan'>, ctx: Context): Refusal | null {
  const { from, steps, replaces } = ask.command.payload;
  // Locked: what somebody has answered is not changed under their hands.
  if (plan.answer !== null && replaces !== plan.version)
    return blocked('X17', { code: 'plan_locked', about: String(plan.version) });
  if (from < dateOf(ctx.terms.calendar, ctx.now))
    return blocked('X17', { code: 'day_not_past', about: from });
  return asForOthers(steps, ctx.terms) ?? explainsByHealth(steps.flatMap((one) => one.findings ?? []));
}

/** X17, by whoever writes the review. */
export function writePlan(
  state: ReviewState,
  subject: Subject,
  ask: Of<'write_plan'>,
  ctx: Context,
): Decision {
  const plan = running(state);
  if (!isPlan(plan)) return plan;
  if ((ask.onBehalfOf ?? ask.actor) !== reviewerOf(subject))
    return blocked('X17', { code: 'not_the_reviewer' });
  const no = unfit(plan, ask, ctx);
  if (no !== null) return no;
  const { from, steps } = ask.command.payload;
  const days = steps.map(({ after_d: n, text }) => ({
    on: rollForward(ctx.terms.calendar, addDays(from, n)),
    text,
  }));
  return [{ kind: 'plan_written', body: { ...signed(ask), version: plan.version + 1, from, steps: days } }];
}

/** X17, the employee's own: each version is answered anew. */
export function answerPlan(state: ReviewState, ask: Of<'answer_plan'>): Decision {
  const plan = running(state);
  if (!isPlan(plan)) return plan;
  const { answer, comment } = ask.command.payload;
  if (plan.written === null) return notNow('X17', { code: 'plan_needed' });
  if (plan.answer !== null) return notNow('X17', { code: 'already_answered' });
  if (answer === 'acknowledged_with_comment' && comment === undefined)
    return blocked('X17', { code: 'comment_needed' });
  const body = { version: plan.version, answer };
  return [{ kind: 'plan_answered', body: comment === undefined ? body : { ...body, comment } }];
}

/** X17: a step counts only of a plan that the employee has answered. */
export function recordPlanStep(state: ReviewState, ask: Of<'record_plan_step'>, ctx: Context): Decision {
  const plan = running(state);
  if (!isPlan(plan)) return plan;
  const { step, state: found, held } = ask.command.payload;
  if (plan.answer === null) return notNow('X17', { code: 'plan_answer', about: String(plan.version) });
  const one = plan.steps[step - 1];
  if (one === undefined) return blocked('X17', { code: 'no_such_step', about: String(step) });
  if (one.state !== null) return notNow('X17', { code: 'already_recorded' });
  const { calendar } = ctx.terms;
  const now = dateOf(calendar, ctx.now);
  if (held > now) return blocked('X17', { code: 'date_in_future', about: held });
  // The days of a plan are there to be used: nobody is found behind before the days of that step are over.
  if (now < one.on) return notNow('X17', { code: 'not_before', about: one.on });
  const begins = plan.steps[step - 2]?.on ?? dateOf(calendar, plan.written ?? plan.since);
  if (held < begins) return blocked('X17', { code: 'day_of_that_step', about: begins });
  const body = { by: ask.actor, version: plan.version, step, state: found, held };
  return [{ kind: 'plan_step_recorded', body }];
}

/** What `not_met` needs: every step talked over, and another person than the one who wrote the plan. */
function notMet(plan: Plan, ask: Of<'settle_plan'>, ctx: Context): Refusal | null {
  if (plan.by !== null && samePerson({ ...plan, by: plan.by }, ask))
    return blocked('X17', { code: 'second_person_needed' });
  const open = plan.steps.findIndex((one) => one.state === null);
  if (plan.steps.length === 0 || open >= 0)
    return notNow('X17', { code: 'step_open', about: String(open + 1) });
  const last = plan.steps.at(-1)?.on ?? '';
  // Nobody fails before their time is over.
  return dateOf(ctx.terms.calendar, ctx.now) < last
    ? notNow('X17', { code: 'plan_days_run', about: last })
    : null;
}

/** X17, by HR. Nobody meets a plan or fails it by silence: there is no act of the policy here. */
export function settlePlan(
  state: ReviewState,
  subject: Subject,
  ask: Of<'settle_plan'>,
  ctx: Context,
): Decision {
  const plan = running(state);
  if (!isPlan(plan)) return plan;
  const { outcome } = ask.command.payload;
  if (anyOf(ask, [subject.employee])) return blocked('X17', { code: 'own_review' });
  if (outcome !== 'withdrawn' && plan.answer === null)
    return notNow('X17', { code: 'plan_answer', about: String(plan.version) });
  if (outcome !== 'not_met') return [{ kind: 'plan_settled', body: { by: ask.actor, outcome } }];
  const no = notMet(plan, ask, ctx);
  if (no !== null) return no;
  if (!asksSecondWord(ctx.terms)) return [{ kind: 'plan_settled', body: { by: ask.actor, outcome } }];
  if (plan.proposal !== undefined) return notNow('X17', { code: 'already_proposed' });
  return [{ kind: 'plan_not_met_proposed', body: { ...signed(ask), ...asking(subject, ask, ctx) } }];
}

/** X17, R8.7: what stands against somebody is never one person's; the gate of two offices' words stands before it. */
export function confirmPlan(state: ReviewState, subject: Subject, ask: Of<'confirm_plan'>): Decision {
  const plan = running(state);
  if (!isPlan(plan)) return plan;
  if (anyOf(ask, [subject.employee])) return blocked('X17', { code: 'own_review' });
  const { proposal, by, hand } = plan;
  if (proposal === undefined) return notNow('X17', { code: 'nothing_proposed' });
  if (samePerson(proposal, ask) || anyOf(ask, [by, hand]) || gaveWord(state, ask))
    return blocked('X17', { code: 'second_person_needed' });
  const stale = outdated('plan_not_met', proposal, ask, 'X17');
  if (stale !== null) return stale;
  return [{ kind: 'plan_not_met', body: { by: proposal.by, confirmedBy: speaker(ask) } }];
}

import { addBusinessDays } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { outdated } from '../versions.ts';
import { roundAfter, roundOpens } from './dates.ts';
import { qualifiedOn } from './cover.ts';
import { countedFor } from './decide-field.ts';
import { actionsMade, samePerson, seat, signed, today } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Live } from './state.ts';
import type { Round } from './words.ts';

type Growth =
  | 'answer_integration'
  | 'record_exclusion_check'
  | 'record_ce_hours'
  | 'propose_growth_plan'
  | 'answer_growth_plan'
  | 'record_stay_interview'
  | 'propose_promotion'
  | 'confirm_promotion';

/** The round owed now and the one owed after an answer of today, which is the same where it comes early. */
function rounds(state: Live, code: Round, now: CivilDate, ctx: Context): { round: number; next: number } {
  const round = state.rounds.at[code];
  return { round, next: roundAfter(code, round, state.job.dayOne, now, ctx.terms) };
}

/** An answer to nothing but a round that is not near yet: it can be given from its day on. */
function tooEarly(state: Live, code: Round, rule: string, now: CivilDate, ctx: Context): Refusal | null {
  const opens = roundOpens(code, state.rounds.at[code], state.job.dayOne, ctx.terms);
  return opens === null || now >= opens ? null : notNow(rule, { code: 'not_before', about: opens });
}

/** D6.5: the hire first, then the supervisor. R6.3: a "no" opens an action for the manager. */
function answerIntegration(state: Live, ask: AskOf<'answer_integration'>, ctx: Context): Decision {
  const { no } = ask.command.payload;
  const by = seat(state, ask);
  const now = today(ask, ctx);
  if (by === null) return blocked('D6.5', { code: 'hire_or_supervisor' });
  if (now < state.job.dayOne) return notNow('D6.5', { code: 'before_day_one' });
  const { heard } = state.rounds;
  if (by === 'supervisor' && heard === null) return notNow('D6.5', { code: 'hire_answers_first' });
  if (by === 'employee' && heard !== null) return notNow('D6.5', { code: 'already_answered' });
  const early = heard === null ? tooEarly(state, 'P6.4', 'D6.5', now, ctx) : null;
  if (early !== null) return early;
  const { calendar, policy } = ctx.terms;
  const due = addBusinessDays(calendar, now, num(policy, 'R6.3', 'action_bd'));
  const open = new Set(state.actions.filter((one) => one.from === 'integration').map((one) => one.action));
  const news = no.filter((item) => !open.has(item));
  const actions = actionsMade(
    news.map((action) => ({ action, owner: 'manager', due })),
    'integration',
    ctx,
  );
  return [happened('integration_answered', { by, no, actions, ...rounds(state, 'P6.4', now, ctx) })];
}

/** Commands of what comes round, and of growth. */
export const growth: Deciders<Growth> = {
  answer_integration: answerIntegration,

  /** P7.7, by compliance. Anything but `clear` stays open until it is. */
  record_exclusion_check(state, ask, ctx) {
    const { outcome } = ask.command.payload;
    if (outcome === 'disputed' && state.rounds.doubt?.outcome !== 'possible_match')
      return notNow('D5.3', { code: 'no_possible_match' });
    return [happened('exclusion_checked', { outcome, on: today(ask, ctx) })];
  },

  /** P7.6, by the employee. Hours that come early are kept, and the round is asked for on its day. */
  record_ce_hours(state, ask, ctx) {
    const { hours, ethics } = ask.command.payload;
    if (ethics > hours) return blocked('P7.6', { code: 'ethics_within_hours' });
    const round = rounds(state, 'P7.6', today(ask, ctx), ctx);
    const period = countedFor(state, { hours, ethics }, ctx);
    return [happened('ce_recorded', { hours, ethics, ...round, ...period })];
  },

  /** D9.1, by both: the supervisor writes it down, the employee answers. */
  propose_growth_plan(_state, ask) {
    const { outcome, plan } = ask.command.payload;
    return [happened('growth_plan_proposed', { outcome, ...(plan === undefined ? {} : { plan }) })];
  },

  answer_growth_plan(state, ask, ctx) {
    const { answer } = ask.command.payload;
    const { growth: proposed } = state.rounds;
    if (proposed === null && answer === 'agreed') return notNow('D9.1', { code: 'nothing_proposed' });
    const stale = proposed === null ? null : outdated('growth_plan', proposed, ask, 'D9.1');
    if (stale !== null) return stale;
    const now = today(ask, ctx);
    const early = proposed === null ? tooEarly(state, 'P9.1', 'D9.1', now, ctx) : null;
    if (early !== null) return early;
    const outcome = answer === 'agreed' && proposed !== null ? proposed.outcome : 'declined_by_employee';
    const { next } = rounds(state, 'P9.1', now, ctx);
    return [happened('growth_plan_settled', { outcome, next })];
  },

  /** P9.2. */
  record_stay_interview(state, ask, ctx) {
    const { outcome, topics } = ask.command.payload;
    if (state.rounds.at['P9.2'] > 0) return notNow('P9.2', { code: 'already_recorded' });
    const early = tooEarly(state, 'P9.2', 'P9.2', today(ask, ctx), ctx);
    if (early !== null) return early;
    return [happened('stay_interview_held', { outcome, topics, next: 1 })];
  },

  /** D9.3, first half: the manager. R9.1 BLOCK: "becomes clinician" as the only next step. */
  propose_promotion(_state, ask, ctx) {
    const { outcome, steps, criteria, nextTalk } = ask.command.payload;
    if (steps.length > 0 && steps.every((step) => step === 'clinician'))
      return blocked('R9.1', { code: 'step_within_peer_roles' });
    if (outcome === 'promoted' && steps.length === 0) return blocked('D9.3', { code: 'next_step' });
    const dated = nextTalk !== undefined && nextTalk > today(ask, ctx);
    if (outcome === 'not_yet' && criteria.length === 0) return blocked('D9.3', { code: 'criteria' });
    if (outcome === 'not_yet' && !dated) return blocked('D9.3', { code: 'next_talk_in_future' });
    const talk = nextTalk === undefined ? {} : { nextTalk };
    return [happened('promotion_proposed', { outcome, steps, criteria, ...talk, ...signed(ask) })];
  },

  /** D9.3, second half: HR. */
  confirm_promotion(state, ask, ctx) {
    const { promotion } = state.rounds;
    if (promotion === null) return notNow('D9.3', { code: 'nothing_proposed' });
    if (samePerson(promotion, ask)) return blocked('D9.3', { code: 'second_person_needed' });
    const stale = outdated('promotion', promotion, ask, 'D9.3');
    if (stale !== null) return stale;
    const { outcome, steps, criteria, nextTalk } = promotion;
    const talk = nextTalk === undefined ? {} : { nextTalk };
    const on = today(ask, ctx);
    // X24: whoever was trained to supervise already is not asked for it.
    const trained = outcome === 'promoted' && qualifiedOn(state, state.job.person, on, ctx);
    const ready = trained ? { trained: true as const } : {};
    return [happened('promotion_decided', { outcome, steps, criteria, ...talk, on, ...ready })];
  },
};

import { dateOf, lastBusinessDayOfMonth, weekdayOf } from '../kernel/calendar.ts';
import type { Act, Context, NoticeIn } from '../kernel/decider.ts';
import { num, nums, text, texts } from '../kernel/policy.ts';
import { notNow, refuse } from '../kernel/refusal.ts';
import { fewerDays, othersLack } from '../review/cycles.ts';
import type { StartEmployment, ToEmployment } from '../notices.ts';
import { leaveObligation, reviewObligation, reviewsNext } from './clockwork.ts';
import { noteTension, placesWith } from './decide-cover.ts';
import { firstSession, pulseMonthFrom } from './dates.ts';
import { passDay } from './decide-field.ts';
import type { Decision } from './deciding.ts';
import { happened } from './events.ts';
import type { ItemPlan } from './events.ts';
import { educationFrom, routed } from './field.ts';
import { slots } from './sessions.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Live } from './state.ts';
import { itemOwners } from './words.ts';

type BodyOf<K extends ToEmployment['kind']> = Extract<ToEmployment, { kind: K }>['body'];

/** The onboarding list of the policy, one text an item: `code:owner:days after day one` (D6.1). */
function itemPlans(list: readonly string[]): readonly ItemPlan[] {
  return list.map((line) => {
    const [item = '', by, after] = line.split(':');
    const owner = itemOwners.find((known) => known === by);
    if (owner === undefined || !/^\d{1,3}$/.test(after ?? ''))
      throw new Error('policy_value_malformed: D6.1.items needs code:owner:days');
    return { item, owner, after: Number(after) };
  });
}

function start(state: EmploymentState, body: StartEmployment['body'], ctx: Context): Decision {
  if (state.job !== null) return refuse('already_open', 'G5');
  const { policy, calendar } = ctx.terms;
  const { secondSupervisor, ...rest } = body;
  // R6.5: where the role promises what the list also asks for, the promise names who and when.
  const promised = new Set((body.promises ?? []).map((one) => one.item));
  const list = itemPlans(texts(policy, 'D6.1', 'items'));
  const weekday = num(policy, 'D7.1', 'weekday');
  const apprentice = body.credential.status === 'in_progress_with_deadline' && routed(policy);
  return [
    happened('employment_started', {
      ...rest,
      ...placesWith(
        [body.supervisor, secondSupervisor].filter((who) => who !== null),
        ctx,
      ),
      second: secondSupervisor,
      ...fewerDays(ctx.terms),
      ...(apprentice ? { certifiedBy: body.credential.validTo } : {}),
      clock: ctx.childId('clock', 'credential'),
      weekday,
      at: text(policy, 'D7.1', 'at'),
      first: firstSession(body.dayOne, weekday, weekdayOf(body.dayOne)),
      month: pulseMonthFrom(calendar, body.dayOne),
      items: list.filter((one) => !promised.has(one.item)),
      talks: nums(policy, 'P6.2', 'at_d'),
      checkIns: nums(policy, 'D6.4', 'at_d'),
    }),
  ];
}

/** X13, X14: dates only. A month whose pulse fell into the leave is not asked for after it. */
function leaveEnded(state: Live, { clock, returned }: BodyOf<'leave_ended'>, ctx: Context): Decision {
  const { calendar } = ctx.terms;
  const spell = state.leave.find((one) => one.clock === clock);
  if (spell === undefined) return notNow('X14', { code: 'no_such_leave' });
  const day = lastBusinessDayOfMonth(calendar, state.pulse.month);
  const away = spell.from <= day && day < returned;
  const month = away ? pulseMonthFrom(calendar, returned) : state.pulse.month;
  return [happened('leave_over', { clock, returned, month })];
}

/** X1: up to day one whoever was hired may withdraw, so there is no first day, and no reason is asked for. */
function neverBegan({ job, ending }: Live, { on }: BodyOf<'hire_withdrawn'>): Decision {
  if (on >= job.dayOne || ending.how !== null) return notNow('X1', { code: 'employment_started' });
  const how = 'resigned';
  return [
    happened('separation_set', { how, lastDay: on, reasons: [] }),
    happened('employment_ended', { how, lastDay: on }),
  ];
}

function told(state: Live, notice: Exclude<ToEmployment, StartEmployment>, ctx: Context): Decision {
  switch (notice.kind) {
    case 'review_closed':
      return [happened('review_noted', notice.body)];
    case 'review_over':
      return [happened('review_over_noted', notice.body)];
    case 'probation_decided':
      return [happened('probation_noted', notice.body)];
    case 'leave_set':
      return notice.body.to <= notice.body.from
        ? notNow('X13', { code: 'return_after_start' })
        : [happened('leave_noted', notice.body)];
    case 'leave_ended':
      return leaveEnded(state, notice.body, ctx);
    case 'credential_changed': {
      const { status, validTo } = notice.body;
      const from = educationFrom(state.job, dateOf(ctx.terms.calendar, ctx.now), ctx.terms);
      const begins = status === 'verified' && from !== null ? { educationFrom: from } : {};
      return [happened('credential_noted', { status, validTo, ...begins })];
    }
    case 'matter_opened':
      return [happened('matter_noted', notice.body)];
    case 'matter_over':
      return [happened('matter_over_noted', notice.body)];
    case 'role_version_adopted':
      return [happened('role_version_noted', { version: notice.body.version })];
    case 'hire_withdrawn':
      return neverBegan(state, notice.body);
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

/** Decides a notice from another case. */
export function decideNotice(state: EmploymentState, input: NoticeIn<ToEmployment>, ctx: Context): Decision {
  const { notice } = input;
  if (notice.kind === 'start_employment') return start(state, notice.body, ctx);
  if (!isLive(state)) return refuse('not_open');
  // What was reported may be closed long after, and what begins meanwhile is to hear of a death that is settled later.
  const matters = notice.kind === 'matter_opened' || notice.kind === 'matter_over';
  const { ended, died } = state.ending;
  // A death that is not settled may be taken back: what was heard meanwhile holds then.
  const over = ended !== null || (died !== null && (died.closed || died.rests !== true));
  if (!matters && over) return notNow('D9.5', { code: 'employment_ended' });
  return told(state, notice, ctx);
}

/** D8.1 on its date. */
function openReview(state: Live, input: Act, ctx: Context): Decision {
  const planned = reviewsNext(state.reviews, state.job, ctx.terms).find(
    (one) => reviewObligation(one) === input.obligation.id,
  );
  if (planned === undefined) return notNow('D8.1', { code: 'no_review_planned' });
  const { cycle, due, periodEnd, round } = planned;
  const { lastDay } = state.ending;
  // D9.5: nobody begins to write a review that would be talked over when the person is gone.
  if (lastDay !== null && due > lastDay)
    return [happened('review_passed_over', { cycle, due, periodEnd, round, leaving: true })];
  if (othersLack(ctx.terms.comparator, { cycle }))
    return [happened('review_passed_over', { cycle, due, periodEnd, round })];
  const review = ctx.childId('review', `${cycle}:${due}`);
  return [happened('review_opened', { review, cycle, due, periodEnd, round })];
}

/** What the clockwork does on its own: nothing that says anything about a person (architecture, policy acts). */
export function decideAct(state: EmploymentState, input: Act, ctx: Context): Decision {
  if (!isLive(state)) return refuse('not_open');
  if (input.act === 'review_opened') return openReview(state, input, ctx);
  if (input.act === 'tension_noted') return noteTension(state, input, ctx);
  if (input.act === 'certification_day_passed') return passDay(state, input, ctx);
  if (input.act === 'session_on_leave') {
    const slot = slots(state.sessions, ctx.terms.calendar).find(
      (one) => leaveObligation(one) === input.obligation.id,
    );
    if (slot === undefined) return notNow('D7.1', { code: 'no_such_open_session' });
    return [happened('session_on_leave', { session: slot.session })];
  }
  const { how, lastDay } = state.ending;
  if (how === null || lastDay === null) return notNow('D9.5', { code: 'nothing_set' });
  return [happened('employment_ended', { how, lastDay })];
}

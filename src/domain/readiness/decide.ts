import type { ReadinessCommand } from '../../contracts/readiness.ts';
import { addDays, addMonths, dateOf } from '../kernel/calendar.ts';
import type { Ask, Context, Input, NoticeIn, Warned } from '../kernel/decider.ts';
import { num, numIf } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { ToReadiness } from '../notices.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { ChangedPolicy, ReadinessAction, ReadinessEvent, ReadinessState } from './state.ts';
import { changeTeam, recordOrientation } from './decide-team.ts';
import { timelineWarned } from './timeline.ts';
import type { Verdict } from './words.ts';
import { anyOf, signedBefore } from '../signed.ts';

export type Decision = readonly (ReadinessEvent | Warned)[] | Refusal;
type ProposedVerdicts = Of<'propose_verdicts'>['command']['payload']['verdicts'];
export type Of<T extends ReadinessCommand['type']> = Ask<Extract<ReadinessCommand, { type: T }>>;

/**
 * D0.1. Once per site: what one case says of a site, no other one takes back (R0.1, R0.4). Beside one that was accepted
 * none is opened; beside one that is being prepared it is a draft that says nothing to others and is never accepted.
 */
function open(state: ReadinessState, ask: Of<'open'>, ctx: Context): Decision {
  if (state.site !== null) return refuse('already_open', 'D0.1');
  const { payload } = ask.command;
  const first = ctx.facts.get('role_holders', payload.site);
  if (first === null) return [{ kind: 'readiness_opened', body: payload }];
  const accepted = ctx.facts.get('readiness', payload.site);
  if (accepted !== null)
    return refuse('already_open', 'D0.1', [{ code: 'readiness_of_site', about: accepted.case }]);
  return [{ kind: 'readiness_opened', body: { ...payload, beside: first.case } }];
}

/** D0.3: independently first, so a sheet is handed in once and whole. */
function scoreItems(state: ReadinessState, ask: Of<'score_items'>): Decision {
  if (!state.scorers.includes(ask.actor)) return blocked('D0.3', { code: 'not_a_scorer' });
  if (state.sheets[ask.actor] !== undefined) return notNow('D0.3', { code: 'sheet_already_in' });
  return [{ kind: 'items_scored', body: { by: ask.actor, scores: ask.command.payload.scores.join('') } }];
}

/** D0.5: a change has an owner and a day, `change_within_90d` one within those days. */
function changesRefused(verdicts: ProposedVerdicts, ctx: Context): Refusal | null {
  const open = verdicts.find(
    (one) => one.verdict.startsWith('change_') && (one.owner === undefined || one.due === undefined),
  );
  if (open !== undefined) return blocked('D0.5', { code: 'owner_and_due_needed', about: open.policy });
  const within = numIf(ctx.terms.policy, 'D0.5', 'change_within_d');
  if (within === null) return null;
  const last = addDays(dateOf(ctx.terms.calendar, ctx.now), within);
  const late = verdicts.find((one) => one.verdict === 'change_within_90d' && (one.due ?? last) > last);
  return late === undefined ? null : blocked('D0.5', { code: 'due_too_late', about: late.policy });
}

/** D0.5, first half. R0.3 WARN: a policy that names peer roles only is a finding. */
function proposeVerdicts(ask: Of<'propose_verdicts'>, ctx: Context): Decision {
  const { verdicts } = ask.command.payload;
  const refusal = changesRefused(verdicts, ctx);
  if (refusal !== null) return refusal;
  const narrow = verdicts.find((one) => one.scope === 'peer_roles_only');
  const warned = warnings(ask, [
    { rule: 'R0.3', holds: narrow !== undefined, ...(narrow === undefined ? {} : { about: narrow.policy }) },
  ]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'verdicts_proposed', body: { by: ask.actor, verdicts } }, ...warned];
}

/** D0.5, second half: two people, one of HR and one of compliance. */
function confirmVerdicts(state: ReadinessState, ask: Of<'confirm_verdicts'>, ctx: Context): Decision {
  const { policies } = ask.command.payload;
  const made = state.changed.filter((one) => policies.includes(one.policy));
  if (made.length > 0 && made.length === new Set(policies).size) return confirmChanges(made, ask, ctx);
  if (state.proposed === null) return notNow('D0.5', { code: 'nothing_proposed' });
  if (signedBefore(state.proposed, ask)) return blocked('D0.5', { code: 'second_person_needed' });
  const other = state.proposed.as === 'hr' ? 'compliance' : 'hr';
  if (state.proposed.as !== undefined && !ctx.capacities.includes(other))
    return blocked('D0.5', { code: 'needs_capacity', about: other });
  const proposed = new Set(state.proposed.verdicts.map((one) => one.policy));
  const foreign = policies.find((policy) => !proposed.has(policy));
  if (foreign !== undefined) return notNow('D0.5', { code: 'not_proposed', about: foreign });
  return [{ kind: 'verdicts_confirmed', body: { by: ask.actor, policies } }];
}

/** D0.5: that a policy was changed is confirmed by another person, in the other of the two capacities. */
function confirmChanges(made: readonly ChangedPolicy[], ask: Of<'confirm_verdicts'>, ctx: Context): Decision {
  for (const change of made) {
    const { to, policy } = change;
    if (signedBefore(change, ask)) return blocked('D0.5', { code: 'second_person_needed', about: policy });
    if (!ctx.capacities.includes(to)) return blocked('D0.5', { code: 'needs_capacity', about: to });
  }
  const policies = made.map((one) => one.policy);
  return [{ kind: 'verdicts_confirmed', body: { by: ask.actor, policies } }];
}

/** Changed for everyone or not at all. R0.5 WARN: nobody in a peer role, nor the adviser, was asked. */
function changePolicy(state: ReadinessState, ask: Of<'change_policy'>, ctx: Context): Decision {
  const { policy, scope, asked } = ask.command.payload;
  const entry = state.register.find((one) => one.policy === policy);
  if (entry === undefined || !entry.verdict.startsWith('change_'))
    return notNow('D0.5', { code: 'no_change_due', about: policy });
  // R0.1 hangs on it: only who owns the change says that it was made.
  if (ask.actor !== entry.owner && ask.onBehalfOf !== entry.owner && !ctx.capacities.includes('policy_owner'))
    return blocked('D0.5', { code: 'owner_says_so', about: policy });
  const warned = warnings(ask, [
    { rule: 'R0.3', holds: scope === 'peer_roles_only', about: policy },
    { rule: 'R0.5', holds: !asked.some((person) => speaksFor(person, ctx)), about: policy },
  ]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'policy_changed', body: { policy, scope, asked, by: ask.actor } }, ...warned];
}

/** R0.5: the lived-experience adviser, or somebody who holds a role of this organization that is made so. */
function speaksFor(person: PersonRef, ctx: Context): boolean {
  return (
    ctx.assigned('adviser').some((one) => one.person === person) ||
    ctx.facts.get('holds_role', person) !== null
  );
}

/**
 * R0.2 BLOCK: no verdict of readiness without the adviser's position on it, and the adviser is another person than the
 * one who gives it; D0.4: actions have owner and date.
 */
function verdictRefused(
  state: ReadinessState,
  verdict: Verdict,
  actions: readonly ReadinessAction[],
  ask: Ask<ReadinessCommand>,
): Refusal | null {
  if (verdict !== 'not_ready' && state.adviser === null) return blocked('R0.2', { code: 'adviser_position' });
  if (verdict !== 'not_ready' && anyOf(ask, [state.advisedBy ?? undefined, state.advisedFor]))
    return blocked('R0.2', { code: 'second_person_needed' });
  if (verdict === 'ready_with_actions' && actions.length === 0)
    return blocked('D0.4', { code: 'actions_with_owner_and_date' });
  return null;
}

/** R0.2 WARN: readiness that the adviser disagrees with; acknowledged, it is shown at the gate. */
function against(state: ReadinessState, verdict: Verdict, ask: Ask<ReadinessCommand>) {
  const holds = verdict !== 'not_ready' && state.adviser === 'disagree';
  return warnings(ask, [{ rule: 'R0.2', holds, about: 'disagree' }]);
}

/** D0.4, by the director with the adviser's position. */
function giveVerdict(state: ReadinessState, ask: Of<'give_verdict'>): Decision {
  const { verdict, actions } = ask.command.payload;
  const missingSheets = state.scorers.filter((scorer) => state.sheets[scorer] === undefined);
  if (missingSheets.length > 0) return notNow('D0.4', ...missingSheets.map((who) => ({ code: 'D0.3', who })));
  const refusal = verdictRefused(state, verdict, actions, ask);
  if (refusal !== null) return refusal;
  const warned = against(state, verdict, ask);
  return isRefusal(warned) ? warned : [{ kind: 'verdict_given', body: { verdict, actions } }, ...warned];
}

/** An action is closed by its owner, or by the director who gave the verdict. */
function closeAction(state: ReadinessState, ask: Of<'close_action'>, ctx: Context): Decision {
  const action = state.actions.find((one) => one.action === ask.command.payload.action);
  if (action === undefined) return notNow('D0.4', { code: 'no_such_action' });
  if (action.owner !== ask.actor && action.owner !== ask.onBehalfOf && !ctx.capacities.includes('director'))
    return blocked('D0.4', { code: 'owner_says_so', about: action.action });
  return [{ kind: 'action_closed', body: { action: action.action } }];
}

/** D0.7, first half. WARN when a contract drives the hire, or less than twelve weeks are planned in all. */
function proposeTimeline(state: ReadinessState, ask: Of<'propose_timeline'>, ctx: Context): Decision {
  const { weeks } = ask.command.payload;
  const { policy } = ctx.terms;
  const known = numIf(policy, 'D0.7', 'min_weeks') !== null;
  const found = known ? timelineWarned(weeks, state.reasons, policy) : [];
  const warned = warnings(
    ask,
    found.map((about) => ({ rule: 'D0.7', holds: true, about })),
  );
  if (isRefusal(warned)) return warned;
  return [{ kind: 'timeline_proposed', body: { weeks } }, ...warned];
}

/** D0.7, one lead's answer; the timeline is accepted when all leads have accepted it. */
function answerTimeline(state: ReadinessState, ask: Of<'answer_timeline'>): Decision {
  if (state.timeline === null) return notNow('D0.7', { code: 'no_timeline_proposed' });
  const lead = [ask.actor, ask.onBehalfOf].find((one) => one !== undefined && state.leads.includes(one));
  if (lead === undefined) return blocked('D0.7', { code: 'not_a_lead' });
  return [{ kind: 'timeline_answered', body: { by: lead, answer: ask.command.payload.answer } }];
}

/** Capacities in which somebody leads (D0.7). */
export const leading = ['director', 'program_leader', 'team_leader', 'hr', 'executive'] as const;
const leads = (person: PersonRef, ctx: Context): boolean =>
  leading.some((one) => ctx.assigned(one).some((held) => held.person === person));

/** D0.7: a lead who left, or cannot answer, never keeps the site waiting; somebody always leads. */
function changeLeads(state: ReadinessState, ask: Of<'change_leads'>, ctx: Context): Decision {
  const { join, leave, reason } = ask.command.payload;
  if (join.length + leave.length === 0) return notNow('D0.7', { code: 'nobody_named' });
  const foreign = leave.find((one) => !state.leads.includes(one));
  if (foreign !== undefined) return notNow('D0.7', { code: 'not_a_lead', who: foreign });
  const known = join.find((one) => state.leads.includes(one));
  if (known !== undefined) return notNow('D0.7', { code: 'already_a_lead', who: known });
  if (join.length === 0 && state.leads.every((one) => leave.includes(one)))
    return blocked('D0.7', { code: 'nobody_left_to_lead' });
  // Who speaks against the timeline is answered, not taken off; only who is gone can no longer answer.
  const answers = state.timeline?.answers ?? {};
  const against = leave.filter((one) => answers[one] === 'rejected' || answers[one] === 'revised');
  const stays = against.find((one) => reason !== 'left_team' || leads(one, ctx));
  if (stays !== undefined) return blocked('D0.7', { code: 'answer_stands', who: stays });
  const why = reason === undefined ? {} : { reason };
  return [{ kind: 'leads_changed', body: { join, leave, ...why } }];
}

/** D0.8, by the director and by the adviser, each for themself. */
function answerGoals(ask: Of<'answer_goals'>, ctx: Context): Decision {
  const role = ctx.capacities.includes('adviser') ? 'adviser' : 'director';
  return [{ kind: 'goals_answered', body: { role, answer: ask.command.payload.answer } }];
}

/** P0.4, the yearly re-check, by the director: a verdict like the first one, with a position of its own (R0.2). */
function recheck(state: ReadinessState, ask: Of<'recheck'>, ctx: Context): Decision {
  if (state.accepted === null) return notNow('P0.4', { code: 'G0' });
  const { verdict, actions = [] } = ask.command.payload;
  const open = state.actions.filter((one) => !actions.some((news) => news.action === one.action));
  const refusal = verdictRefused(state, verdict, [...open, ...actions], ask);
  if (refusal !== null) return refusal;
  const warned = against(state, verdict, ask);
  if (isRefusal(warned)) return warned;
  const { calendar, policy } = ctx.terms;
  const today = dateOf(calendar, ctx.now);
  const orientationStale =
    state.orientation !== null && addMonths(state.orientation, num(policy, 'P0.3', 'valid_months')) < today;
  return [{ kind: 'readiness_rechecked', body: { verdict, actions, orientationStale } }, ...warned];
}

function decideAsk(state: ReadinessState, ask: Ask<ReadinessCommand>, ctx: Context): Decision {
  const { command } = ask;
  if (command.type !== 'open' && state.site === null) return refuse('not_open');
  switch (command.type) {
    case 'open':
      return open(state, { ...ask, command }, ctx);
    case 'name_champion':
      return [{ kind: 'champion_named', body: command.payload }];
    case 'score_items':
      return scoreItems(state, { ...ask, command });
    case 'propose_verdicts':
      return proposeVerdicts({ ...ask, command }, ctx);
    case 'confirm_verdicts':
      return confirmVerdicts(state, { ...ask, command }, ctx);
    case 'change_policy':
      return changePolicy(state, { ...ask, command }, ctx);
    case 'advise':
      return [
        { kind: 'adviser_position_given', body: { by: ask.actor, position: command.payload.position } },
      ];
    case 'give_verdict':
      return giveVerdict(state, { ...ask, command });
    case 'close_action':
      return closeAction(state, { ...ask, command }, ctx);
    case 'take_stance':
      return [{ kind: 'stance_taken', body: command.payload }];
    case 'propose_timeline':
      return proposeTimeline(state, { ...ask, command }, ctx);
    case 'answer_timeline':
      return answerTimeline(state, { ...ask, command });
    case 'change_leads':
      return changeLeads(state, { ...ask, command }, ctx);
    case 'answer_goals':
      return answerGoals({ ...ask, command }, ctx);
    case 'accept_readiness':
      if (state.beside !== undefined)
        return blocked('G0', { code: 'readiness_of_site', about: state.beside });
      return state.accepted === null
        ? [{ kind: 'readiness_accepted', body: { gate: 'G0' } }]
        : notNow('G0', { code: 'already_accepted' });
    case 'record_orientation':
      return recordOrientation(state, { ...ask, command }, ctx);
    case 'change_team':
      return changeTeam(state, { ...ask, command });
    case 'recheck':
      return recheck(state, { ...ask, command }, ctx);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

/** P0.3: a candidacy tells somebody's first day, another one, or that there is none. */
function decideNotice(state: ReadinessState, { notice }: NoticeIn<ToReadiness>): Decision {
  if (state.site === null) return refuse('not_open');
  return [{ kind: 'day_one_noted', body: notice.body }];
}

/** Decides one input of stage 0. No policy ever acts in it. */
export function decide(
  state: ReadinessState,
  input: Input<ReadinessCommand, ToReadiness>,
  ctx: Context,
): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'notice':
      return decideNotice(state, input);
    case 'act':
      return refuse('not_expected_now');
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}

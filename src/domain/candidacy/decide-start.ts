import { addBusinessDays, addDays, dateOf, isBusinessDay } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num, numIf } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Warning } from '../kernel/warnings.ts';
import type { CaseId } from '../kernel/words.ts';
import { overSpan, spanOf } from '../span.ts';
import type { Decision, Of } from './deciding.ts';
import { outside } from './deciding.ts';
import type { Supervision } from './events.ts';
import { accessOf, gates, sameAccess, trainedTooLongAgo } from './gates.ts';
import type { CandidacyState } from './state.ts';

/** D5.8: set, moved, or a conditional start (shadowing only, no access, X7). */
export function setStart(state: CandidacyState, ask: Of<'set_start'>, ctx: Context): Decision {
  const wrong = outside(state, 'D5.8', 'preboarding');
  if (wrong !== null) return wrong;
  const { on, conditional = false } = ask.command.payload;
  const { calendar } = ctx.terms;
  if (on < dateOf(calendar, ctx.now)) return notNow('D5.8', { code: 'day_is_past', about: on });
  if (!isBusinessDay(calendar, on)) return blocked('D5.8', { code: 'not_a_business_day', about: on });
  const { start } = state.pre;
  if (start?.on === on && start.conditional === conditional)
    return notNow('D5.8', { code: 'same_day', about: on });
  const moved = start !== null && start.on !== on;
  return [{ kind: 'start_set', body: { on, conditional, moved, ...readinessTold(state, ctx) } }];
}

/** P0.3: the readiness of the site hears of the day, under a policy that asks for the orientation before it. */
function readinessTold(state: CandidacyState, ctx: Context): { readonly readiness?: CaseId } {
  if (numIf(ctx.terms.policy, 'P0.3', 'before_day_one_d') === null) return {};
  const readiness = ctx.facts.get('readiness', state.site ?? '')?.case ?? state.pre.start?.readiness;
  return readiness === undefined ? {} : { readiness };
}

/** D5.2: the candidate's own answer. */
export function answerConsent(state: CandidacyState, ask: Of<'answer_consent'>): Decision {
  const wrong = outside(state, 'D5.2', 'preboarding');
  if (wrong !== null) return wrong;
  if (state.pre.check !== null) return notNow('D5.2', { code: 'check_ordered' });
  return [{ kind: 'consent_answered', body: { answer: ask.command.payload.answer } }];
}

/** D5.2: the check is ordered after the consent; a case of its own waits for it. */
export function orderCheck(state: CandidacyState, ctx: Context): Decision {
  const wrong = outside(state, 'D5.2', 'preboarding');
  if (wrong !== null) return wrong;
  if (state.pre.check !== null) return notNow('D5.2', { code: 'check_ordered' });
  if (state.pre.consent?.answer !== 'given') return blocked('D5.2', { code: 'consent_pending' });
  return [{ kind: 'check_ordered', body: { clock: ctx.childId('clock', 'background') } }];
}

/** D5.3: a possible match is cleared only after it was disputed (identity shown to differ). */
export function recordExclusion(state: CandidacyState, ask: Of<'record_exclusion'>): Decision {
  const wrong = outside(state, 'D5.3', 'preboarding');
  if (wrong !== null) return wrong;
  const { outcome } = ask.command.payload;
  const before = state.pre.exclusion?.outcome ?? null;
  if (before === outcome) return notNow('D5.3', { code: 'already_recorded', about: outcome });
  if (outcome === 'clear' && (before === 'possible_match' || before === 'match'))
    return blocked('D5.3', { code: 'disputed', about: before });
  // A match that was entered by mistake is corrected the same way: identity shown to differ, then clear.
  if (outcome === 'disputed' && before !== 'possible_match' && before !== 'match')
    return notNow('D5.3', { code: 'no_possible_match' });
  return [{ kind: 'exclusion_recorded', body: { outcome } }];
}

/** D5.4. */
export function recordCredential(
  state: CandidacyState,
  ask: Of<'record_credential'>,
  ctx: Context,
): Decision {
  const wrong = outside(state, 'D5.4', 'offer', 'preboarding');
  if (wrong !== null) return wrong;
  const { status, validTo } = ask.command.payload;
  const holds = status === 'verified' || status === 'in_progress_with_deadline';
  if (holds && validTo === undefined) return blocked('D5.4', { code: 'valid_to_needed' });
  if (holds && validTo !== undefined && validTo < dateOf(ctx.terms.calendar, ctx.now))
    return blocked('D5.4', { code: 'day_is_past', about: validTo });
  return [{ kind: 'credential_recorded', body: { status, validTo: holds ? (validTo ?? null) : null } }];
}

/** R5.5: mentor, supervisor and whoever reviews the work are different people, and none is the hire. */
function twoHats(state: CandidacyState, mentor: string | null, supervisors: readonly (string | null)[]) {
  const taken = [...supervisors, state.hiringManager].filter((one) => one !== null);
  if (mentor !== null && taken.includes(mentor))
    return blocked('R5.5', { code: 'mentor_is_supervisor_or_reviewer' });
  if (mentor === state.person || supervisors.includes(state.person))
    return blocked('R5.5', { code: 'own_mentor_or_supervisor' });
  return null;
}

/** R5.3: who stepped back from a place here is asked for none again; why they did is nobody's to ask. */
function steppedBack(state: CandidacyState, ...people: readonly (string | null)[]): Refusal | null {
  const gone = state.pre.steppedBack?.find((one) => people.includes(one));
  return gone === undefined ? null : blocked('R5.3', { code: 'stepped_back', who: gone });
}

/** R5.2: a training counts for the months of the policy; then a refresher is due before anybody is supervised on it. */
function outdated(state: CandidacyState, given: Supervision, ctx: Context): Refusal | null {
  const on = state.pre.start?.on ?? dateOf(ctx.terms.calendar, ctx.now);
  const first = trainedTooLongAgo(given.trained, on, ctx.terms) ? given.supervisor : null;
  const covers = given.outcome === 'waiver_until';
  const second = covers && trainedTooLongAgo(given.secondTrained, on, ctx.terms) ? given.second : null;
  const who = first ?? second;
  return who === null ? null : blocked('R5.2', { code: 'refresher_needed', who });
}

/** R5.2: a waiver is short and needs a second supervisor who is qualified. */
function waiverRefusal(state: CandidacyState, given: Supervision, ctx: Context): Refusal | null {
  if (given.outcome !== 'waiver_until') return null;
  const most = num(ctx.terms.policy, 'R5.2', 'waiver_d');
  const from = state.pre.start?.on ?? dateOf(ctx.terms.calendar, ctx.now);
  if (given.until === null) return blocked('R5.2', { code: 'until_needed' });
  if (given.until > addDays(from, most))
    return blocked('R5.2', { code: 'waiver_too_long', about: String(most) });
  if (given.second === null || given.secondTrained === null)
    return blocked('R5.2', { code: 'qualified_second_supervisor' });
  return null;
}

/** R7.6 WARN: one more person than the span of those who are named; the number is how many each would have. */
function overSpans(people: readonly (string | null)[], ctx: Context): readonly Warning[] {
  return people
    .filter((who) => who !== null)
    .map((who) => spanOf(who, ctx.case, ctx.facts))
    .map((span) => ({ rule: 'R7.6', holds: overSpan(span, ctx.terms), about: String(span.others + 1) }));
}

/** D5.6: supervisor, and a second one where supervision is dual; the training may be on record already. */
export function assignSupervisor(
  state: CandidacyState,
  ask: Of<'assign_supervisor'>,
  ctx: Context,
): Decision {
  const wrong = outside(state, 'D5.6', 'offer', 'preboarding');
  if (wrong !== null) return wrong;
  const { supervisor, outcome, trained, until, second, secondTrained } = ask.command.payload;
  const onRecord = (who: string | undefined) =>
    who === undefined ? undefined : ctx.facts.get('supervisor_qualified', who)?.value;
  const given: Supervision = {
    supervisor,
    outcome,
    trained: outcome === 'qualified' ? (trained ?? onRecord(supervisor) ?? null) : null,
    until: outcome === 'waiver_until' ? (until ?? null) : null,
    second: second ?? null,
    secondTrained: second === undefined ? null : (secondTrained ?? onRecord(second) ?? null),
  };
  const today = dateOf(ctx.terms.calendar, ctx.now);
  if (second === supervisor) return blocked('D5.6', { code: 'second_person_needed' });
  if (outcome === 'qualified' && given.trained === null) return blocked('R5.2', { code: 'training_needed' });
  if ((given.trained ?? today) > today || (given.secondTrained ?? today) > today)
    return blocked('R5.2', { code: 'training_not_yet_held' });
  const hats =
    steppedBack(state, supervisor, given.second) ??
    outdated(state, given, ctx) ??
    twoHats(state, state.pre.mentor?.person ?? null, [supervisor, given.second]);
  const no = hats ?? waiverRefusal(state, given, ctx);
  if (no !== null) return no;
  const warned = warnings(ask, overSpans([supervisor, given.second], ctx));
  return isRefusal(warned) ? warned : [{ kind: 'supervisor_assigned', body: given }, ...warned];
}

/** D5.7, first half: the manager asks somebody. */
export function assignMentor(state: CandidacyState, ask: Of<'assign_mentor'>): Decision {
  const wrong = outside(state, 'D5.7', 'offer', 'preboarding');
  if (wrong !== null) return wrong;
  const { mentor, kind } = ask.command.payload;
  if (state.pre.mentor?.person === mentor) return notNow('D5.7', { code: 'already_asked' });
  const { supervision } = state.pre;
  const hats =
    steppedBack(state, mentor) ??
    twoHats(state, mentor, [supervision?.supervisor ?? null, supervision?.second ?? null]);
  return hats ?? [{ kind: 'mentor_assigned', body: { mentor, how: kind } }];
}

/** D5.7, second half: the mentor's own answer; a no needs no reason. */
export function answerMentoring(state: CandidacyState, ask: Of<'answer_mentoring'>): Decision {
  const wrong = outside(state, 'D5.7', 'offer', 'preboarding');
  if (wrong !== null) return wrong;
  const { mentor } = state.pre;
  const { answer } = ask.command.payload;
  if (mentor?.person !== ask.actor) return blocked('D5.7', { code: 'not_the_one_asked' });
  if (mentor.accepted !== null && answer === 'accepted') return notNow('D5.7', { code: 'already_accepted' });
  return [{ kind: 'mentor_answered', body: { by: ask.actor, answer } }];
}

/** P5.5; accounts must allow exactly what element E5 says, neither more nor less (G5). */
export function reportSetup(state: CandidacyState, ask: Of<'report_setup'>, ctx: Context): Decision {
  const wrong = outside(state, 'P5.5', 'preboarding');
  if (wrong !== null) return wrong;
  const { items, access = [] } = ask.command.payload;
  const agreed = ctx.facts.get('record_access', state.role)?.value;
  if (items.includes('accounts')) {
    if (agreed === undefined) return blocked('G5', { code: 'E5', about: state.role });
    if (!sameAccess(access, accessOf(agreed)))
      return blocked('G5', { code: 'accounts_match_E5', about: agreed });
  }
  return [{ kind: 'setup_reported', body: { items: [...new Set(items)], access } }];
}

/** P5.6: the mentor has been in touch. */
export function recordWelcome(state: CandidacyState, ask: Of<'record_welcome'>): Decision {
  const wrong = outside(state, 'P5.6', 'preboarding');
  if (wrong !== null) return wrong;
  const { mentor, welcomed } = state.pre;
  if (mentor?.person !== ask.actor || mentor.accepted === null)
    return blocked('P5.6', { code: 'not_the_mentor' });
  if (welcomed) return notNow('P5.6', { code: 'already_made' });
  return [{ kind: 'welcome_made', body: {} }];
}

/**
 * X1: up to day one the candidate may withdraw, so the hire is recorded on that day or in the few business days of the
 * policy before it. What the gate lacks is said first.
 */
function tooEarly(state: CandidacyState, ctx: Context): Refusal | null {
  const { start } = state.pre;
  const { calendar, policy } = ctx.terms;
  const days = numIf(policy, 'G5', 'confirm_before_bd');
  if (days === null || start === null) return null;
  const from = addBusinessDays(calendar, start.on, -days);
  if (dateOf(calendar, ctx.now) >= from || gates.G5.missing(state, ctx).length > 0) return null;
  return notNow('G5', { code: 'confirmed_from', about: from });
}

/** Claims G5: the gate itself is required by the event. */
export function confirmDayOne(state: CandidacyState, ctx: Context): Decision {
  const wrong = outside(state, 'G5', 'preboarding');
  if (wrong !== null) return wrong;
  const { start } = state.pre;
  const early = tooEarly(state, ctx);
  if (early !== null) return early;
  const employment = ctx.childId('employment', 'employment');
  const body = { employment, dayOne: start?.on ?? '', conditional: start?.conditional ?? false };
  return [{ kind: 'hired', body }];
}

import { addDays, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import { anyOf, samePerson, signed, speaker } from '../signed.ts';
import { outdated } from '../versions.ts';
import { lastOfProbation } from './cycles.ts';
import type { Decision, Of } from './decide-draft.ts';
import { asking, gaveWord } from './decide-words.ts';
import { hasBeenAway } from './leave.ts';
import type { ReviewState } from './state.ts';
import type { ProbationOutcome } from './words.ts';

type Subject = NonNullable<ReviewState['subject']>;

/** The employer's time is over with the period: after it nobody is held back or let go by this decision. */
function tooLate(outcome: ProbationOutcome, subject: Subject, ctx: Context): Refusal | null {
  const end = endOf(subject, ctx);
  if (outcome === 'passed' || dateOf(ctx.terms.calendar, ctx.now) <= end) return null;
  return blocked('D8.3', { code: 'period_ended', about: end });
}

const extendedBefore = ({ employment }: Subject, ctx: Context): boolean =>
  ctx.facts.get('probation', employment)?.value === 'extended';

/** R8.1: the last day of the probation, which is no longer than other staff have it. */
const endOf = (subject: Subject, ctx: Context): CivilDate =>
  lastOfProbation(subject, ctx.terms, extendedBefore(subject, ctx));

/** `extended` once, and no longer than for other staff (X16). */
function extension(subject: Subject, until: CivilDate | undefined, ctx: Context): Refusal | null {
  const end = endOf(subject, ctx);
  if (until === undefined || until <= end) return blocked('D8.3', { code: 'later_date_needed', about: end });
  const already = extendedBefore(subject, ctx) ? 1 : 0;
  if (already >= num(ctx.terms.policy, 'D8.3', 'extensions'))
    return blocked('D8.3', { code: 'already_extended' });
  const days = ctx.terms.comparator?.values['probation_extension_d'];
  if (typeof days !== 'number') return blocked('R8.1', { code: 'no_comparator_on_file' });
  const last = addDays(end, days);
  return until > last ? blocked('R8.1', { code: 'longer_than_comparator', about: last }) : null;
}

/**
 * R8.6: an absence is no ground. Too little was seen of somebody who was away: nobody fails for that, and a probation is
 * made longer for it only where that holds for every kind of leave of all staff (X14, X16).
 */
function onAbsence(state: ReviewState, ask: Of<'propose_probation'>, ctx: Context): Refusal | null {
  const { outcome, reasons } = ask.command.payload;
  const away = hasBeenAway(state, dateOf(ctx.terms.calendar, ctx.now));
  if (!away || !reasons.includes('too_little_observed')) return null;
  if (outcome === 'not_passed') return blocked('R8.6', { code: 'absence_is_no_ground' });
  return ctx.terms.comparator?.values['leave_extends_probation'] === true
    ? null
    : blocked('R8.6', { code: 'comparator_lacks', about: 'leave_extends_probation' });
}

/** D8.3, first half, by the manager. */
export function proposeProbation(
  state: ReviewState,
  subject: Subject,
  ask: Of<'propose_probation'>,
  ctx: Context,
): Decision {
  const { outcome, reasons, until } = ask.command.payload;
  if (subject.cycle !== 'probation_end') return notNow('D8.3', { code: 'no_probation_here' });
  if (state.decided !== null) return notNow('D8.3', { code: 'already_decided' });
  if (anyOf(ask, [subject.employee])) return blocked('D8.3', { code: 'own_review' });
  if (outcome === 'passed' ? reasons.length > 0 : reasons.length === 0)
    return blocked('D8.3', { code: outcome === 'passed' ? 'no_reasons_expected' : 'reasons_needed' });
  if (outcome !== 'extended' && until !== undefined) return blocked('D8.3', { code: 'no_date_expected' });
  const refusal = tooLate(outcome, subject, ctx);
  if (refusal !== null) return refusal;
  const longer = outcome === 'extended' ? extension(subject, until, ctx) : null;
  if (longer !== null) return longer;
  const absent = onAbsence(state, ask, ctx);
  if (absent !== null) return absent;
  // R8.6 WARN: whoever names attendance says that the absence was left out of it.
  const away = hasBeenAway(state, dateOf(ctx.terms.calendar, ctx.now));
  const holds = away && reasons.includes('attendance_rule');
  const warned = warnings(ask, [{ rule: 'R8.6', holds, about: 'attendance_rule' }]);
  if (isRefusal(warned)) return warned;
  const asked = outcome === 'not_passed' ? asking(subject, ask, ctx) : {};
  const proposed = { ...signed(ask), outcome, reasons, until: until ?? null, ...asked };
  return [{ kind: 'probation_proposed', body: proposed }, ...warned];
}

/** D8.3, second half: HR, and never the person who proposed. */
export function confirmProbation(
  state: ReviewState,
  subject: Subject,
  ask: Of<'confirm_probation'>,
  ctx: Context,
): Decision {
  if (state.decided !== null) return notNow('D8.3', { code: 'already_decided' });
  if (state.proposal === null) return notNow('D8.3', { code: 'nothing_proposed' });
  // R8.7: whoever gave a word on it is not the one who confirms it, either.
  if (samePerson(state.proposal, ask) || gaveWord(state, ask))
    return blocked('D8.3', { code: 'second_person_needed' });
  if (anyOf(ask, [subject.employee])) return blocked('D8.3', { code: 'own_review' });
  const stale = outdated('probation', state.proposal, ask, 'D8.3');
  if (stale !== null) return stale;
  const refusal = tooLate(state.proposal.outcome, subject, ctx);
  if (refusal !== null) return refusal;
  const { by, outcome, reasons, until } = state.proposal;
  // X16: a new date comes with goals, so that the time given has a purpose the person knows.
  if (outcome === 'extended' && state.draft?.goals === 0) return blocked('X16', { code: 'goals_needed' });
  return [{ kind: 'probation_decided', body: { by, outcome, reasons, until, confirmedBy: speaker(ask) } }];
}

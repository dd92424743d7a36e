import type { ClockCommand } from '../../contracts/clock.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import type { Background, ClockEvent, ClockState } from './state.ts';
import { assessmentFactors, checkSteps, noticeEnclosures } from './words.ts';
import { anyOf, signedBefore } from '../signed.ts';

type Decision = readonly ClockEvent[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

const CODE = 'D5.2';

function checkOf(state: ClockState): Background | Refusal {
  return state.matter?.about === 'background' ? state.matter : notNow(CODE, { code: 'no_check_here' });
}

/** X8: no blanket ban: what was found, how long ago, and what it has to do with this job, weighed in a text. */
export function assess(state: ClockState, ask: Of<'assess'>): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  if (check.status !== 'individual_assessment' && check.status !== 'waiver_requested')
    return notNow(CODE, { code: 'not_after', about: check.status });
  const { considered, text } = ask.command.payload;
  return [{ kind: 'check_assessed', body: { by: ask.actor, considered: [...new Set(considered)], text } }];
}

/** X8: the person explains. After the first notice it opens the assessment again, and a new notice would wait anew. */
export function reply(state: ClockState, ask: Of<'reply'>): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  const heard =
    check.status === 'individual_assessment' ||
    check.status === 'waiver_requested' ||
    check.status === 'pre_adverse';
  if (!heard) return notNow('X8', { code: 'not_after', about: check.status });
  return [{ kind: 'reply_received', body: { by: ask.actor, text: ask.command.payload.text } }];
}

/** X7: HR looked at it. The check goes on, and so do the offer and the word to the candidate. */
export function keepWaiting(state: ClockState, ask: Of<'keep_waiting'>): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  if (!check.slow) return notNow('X7', { code: 'not_slow' });
  return [{ kind: 'wait_prolonged', body: { by: ask.actor } }];
}

/** R5.4: both enclosures, an assessment of this case, and a day on which it was truly given. */
function firstNotice(check: Background, ask: Of<'record_check'>, ctx: Context): Decision {
  const { outcome, given, notice, enclosed = [] } = ask.command.payload;
  const { calendar } = ctx.terms;
  if (given === undefined || notice === undefined) return blocked('R5.4', { code: 'first_notice_needed' });
  const missing: readonly Missing[] = [
    ...assessmentFactors.filter((one) => !check.considered.includes(one)).map((one) => `assess_${one}`),
    ...noticeEnclosures.filter((one) => !enclosed.includes(one)).map((one) => `enclose_${one}`),
  ].map((code) => ({ code, visibility: 'C3' }));
  if (missing.length > 0) return blocked('R5.4', ...missing);
  if (given > dateOf(calendar, ctx.now)) return blocked('R5.4', { code: 'date_in_future', about: given });
  // A day before the assessment would shorten the wait.
  const since = dateOf(calendar, check.assessedAt ?? ctx.now);
  if (given < since) return blocked('R5.4', { code: 'before_the_assessment', about: since });
  return [{ kind: 'check_recorded', body: { outcome, given, notice, enclosed: [...noticeEnclosures] } }];
}

/** D5.2, by the background officer. R5.4: `pre_adverse` is the first notice, given on a day, with the report and rights. */
export function recordCheck(state: ClockState, ask: Of<'record_check'>, ctx: Context): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  const { outcome, given, notice, enclosed } = ask.command.payload;
  const from = check.status;
  if (!checkSteps[from].includes(outcome)) return notNow(CODE, { code: 'not_after', about: from });
  if (outcome === 'pre_adverse') return firstNotice(check, ask, ctx);
  const bare = given === undefined && notice === undefined && enclosed === undefined;
  return bare
    ? [{ kind: 'check_recorded', body: { outcome } }]
    : blocked('R5.4', { code: 'notice_goes_with_pre_adverse' });
}

/** D5.2 `adverse_final`, first half; the gate R5.4 sees to the first notice and the wait. */
export function proposeAdverse(state: ClockState, ask: Of<'propose_adverse'>): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  if (check.proposal !== null) return notNow(CODE, { code: 'already_proposed' });
  const { reason, notice } = ask.command.payload;
  return [{ kind: 'adverse_proposed', body: { by: ask.actor, reason, notice } }];
}

/** R5.7: the word of another officer on the open proposal; never of the one who proposed. */
export function giveWord(state: ClockState, ask: Of<'give_word'>): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  if (check.proposal === null) return notNow('R5.7', { code: 'nothing_proposed' });
  if (signedBefore(check.proposal, ask)) return blocked('R5.7', { code: 'second_person_needed' });
  return [{ kind: 'officer_word_given', body: { by: ask.actor, word: ask.command.payload.word } }];
}

/**
 * D5.2 `adverse_final`, second half: the HR director, never the person who proposed. R5.7: compared with other staff,
 * and the gate asks for the other officer's word.
 */
export function confirmAdverse(state: ClockState, ask: Of<'confirm_adverse'>, ctx: Context): Decision {
  const check = checkOf(state);
  if ('refused' in check) return check;
  const { proposal } = check;
  if (proposal === null) return notNow(CODE, { code: 'nothing_proposed' });
  if (signedBefore(proposal, ask)) return blocked(CODE, { code: 'second_person_needed' });
  // R5.7: the officer's word and the decision are two people's.
  if (anyOf(ask, [check.wordBy, check.wordName])) return blocked('R5.7', { code: 'second_person_needed' });
  const { comparator } = ask.command.payload;
  if (ctx.terms.comparator === null) return blocked('R5.7', { code: 'no_comparator_on_file' });
  if (comparator === undefined) return blocked('R5.7', { code: 'comparator_check' });
  const { by, reason, notice } = proposal;
  return [{ kind: 'adverse_confirmed', body: { by, reason, notice, confirmedBy: ask.actor, comparator } }];
}

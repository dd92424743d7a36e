import type { EmploymentCommand } from '../../contracts/employment.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import { warnings } from '../kernel/warnings.ts';
import { firstWordOf, leavesNobody, officesToAsk, unheard } from '../offices.ts';
import type { Heard, Office } from '../offices.ts';
import { behind, behindIt } from '../signed.ts';
import { outdated } from '../versions.ts';
import { restsOn } from './conduct.ts';
import { inLine, partIn, samePerson, seat, signed, speaker, spokeBefore, today } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Parting } from './events.ts';
import type { Live } from './state.ts';
import { separationNotices } from './words-change.ts';
import { rights } from './rights.ts';
import { reasonsOf } from './words.ts';
import type { Leaving } from './words.ts';

type EndingCommands =
  | 'resign'
  | 'propose_separation'
  | 'give_clearance'
  | 'confirm_separation'
  | 'withdraw_separation'
  | 'record_death'
  | 'close_after_death'
  | 'end_access'
  | 'record_exit_interview'
  | 'decide_rehire'
  | 'confirm_rehire'
  | 'propose_opening'
  | 'confirm_opening';

const leaving = (state: Live): Decision | null =>
  state.ending.how === null ? null : notNow('D9.5', { code: 'separation_set', about: state.ending.how });

/** D9.6 and D9.7 come after the separation was decided. */
const notLeaving = (state: Live, rule: string): Decision | null =>
  state.ending.how === null ? notNow(rule, { code: 'D9.5' }) : null;

/** X20 and X21, where the policy asks for them: what an ending owes those who stay, and the person who is let go. */
function parting({ policy }: Terms, how: Leaving): Parting {
  const handover = numIf(policy, 'X20', 'before_last_day_bd') === null ? {} : { handover: true as const };
  const noticed = how.startsWith('terminated_') && numIf(policy, 'X21', 'within_bd') !== null;
  return noticed ? { ...handover, notices: separationNotices } : handover;
}

/**
 * D8.3: that a probation was not passed is a reason while it stands, and nobody's before it was decided. A review may have
 * decided otherwise since it was proposed: passed after a dispute, or given more time.
 */
function probationStands({ reviews }: Live, reasons: readonly string[]): Refusal | null {
  if (!reasons.includes('probation_not_passed') || reviews.notPassed !== null) return null;
  const about = reviews.extended ?? undefined;
  return blocked('D8.3', { code: 'probation_not_passed_stands', ...(about === undefined ? {} : { about }) });
}

/** D9.5 by two people; the gate of a termination stands before the event. */
function confirmSeparation(state: Live, ask: AskOf<'confirm_separation'>, ctx: Context): Decision {
  const { proposal } = state.ending;
  if (proposal === null) return notNow('D9.5', { code: 'nothing_proposed' });
  if (spokeBefore(proposal, ask)) return blocked('D9.5', { code: 'second_person_needed' });
  const stale = outdated('separation', proposal, ask, 'D9.5');
  if (stale !== null) return stale;
  const { how, lastDay, reasons } = proposal;
  const changed = probationStands(state, reasons) ?? restsOn(state, proposal);
  if (isRefusal(changed)) return changed;
  const said = { how, lastDay, reasons, ...changed };
  return [happened('separation_confirmed', { ...said, ...parting(ctx.terms, how) })];
}

/** A wrong entry is taken back by HR; a resignation by the employee, until the last day. */
function withdraw(state: Live, ask: AskOf<'withdraw_separation'>): Decision {
  const { died, proposal, how, ended, opening } = state.ending;
  const employee = seat(state, ask) === 'employee';
  if (died !== null && !employee && !died.closed) {
    const rests = died.rests === true ? { rests: true as const, since: died.at } : {};
    return [happened('separation_withdrawn', { what: 'died', ...rests })];
  }
  if (ended !== null) return notNow('D9.5', { code: 'last_day_is_past' });
  // D9.7 rests on the ending: what follows for the seat was decided by two people, and others may act on it already.
  if (how !== null && opening === 'decided') return notNow('D9.5', { code: 'opening_decided' });
  const own = how === 'resigned' || how === 'retired';
  if (employee && own) return [happened('separation_withdrawn', { what: 'separation' })];
  if (!employee && how !== null && !own) return [happened('separation_withdrawn', { what: 'separation' })];
  if (!employee && proposal !== null) return [happened('separation_withdrawn', { what: 'proposal' })];
  return notNow('D9.5', { code: 'nothing_to_withdraw' });
}

/** A comparator check that found others are treated differently. */
const unlikeOthers = (rule: 'R9.2' | 'R9.5'): Refusal =>
  blocked(rule, { code: 'differs', about: 'comparator' });

/**
 * D9.6 by HR; `not_eligible` is adverse and needs a code, a second person, and (R9.5) the comparator check on the record
 * of the site and the officer's word.
 */
function decideRehire(state: Live, ask: AskOf<'decide_rehire'>, ctx: Context): Decision {
  const { outcome, code, comparator } = ask.command.payload;
  const no = notLeaving(state, 'D9.6');
  if (no !== null) return no;
  if (state.ending.rehire === 'decided') return notNow('D9.6', { code: 'already_decided' });
  if (outcome !== 'eligible' && code === undefined) return blocked('D9.6', { code: 'reason_code' });
  const reason = code === undefined ? {} : { code };
  if (outcome !== 'not_eligible') return [happened('rehire_decided', { outcome, ...reason })];
  if (asksWord(ctx.terms)) {
    if (ctx.terms.comparator === null) return blocked('R9.5', { code: 'no_comparator_on_file' });
    if (comparator === undefined) return blocked('R9.5', { code: 'comparator_check' });
  }
  if (comparator === 'differs') return unlikeOthers('R9.5');
  const check = comparator === undefined ? {} : { comparator };
  const asked = asking(state, ask, ctx);
  return [happened('rehire_proposed', { code: code ?? '', ...signed(ask), ...check, ...asked })];
}

/** R9.5, X19: every office a matter can lie with, under a policy that asks them all; nobody with a part in it speaks for one. */
export function asking(state: Live, ask: Ask<EmploymentCommand>, ctx: Context): Pick<Heard, 'asked'> {
  if ((numIf(ctx.terms.policy, 'R9.5', 'every_office') ?? 0) === 0) return {};
  return { asked: officesToAsk(ctx, [...partIn(state), ask.actor, speaker(ask)]) };
}

/**
 * R9.5: somebody who holds offices of both halves gives the word that nobody else can.
 * @returns the refusal of the one that another can give, or null
 */
export function otherHalf(
  state: Live,
  open: Heard & Parameters<typeof behindIt>[0],
  ask: Ask<EmploymentCommand>,
  ctx: Context,
  { gives, secondOpen }: { readonly gives: readonly Office[]; readonly secondOpen: boolean },
): Refusal | null {
  const apart = [...partIn(state), ...behindIt(open)];
  const waits = { word: open, secondOpen: secondOpen && asksSecondWord(ctx.terms) };
  return leavesNobody(ctx, { ...waits, gives, by: behind(ask), apart })
    ? blocked('R9.5', { code: 'other_word_yours' })
    : null;
}

/** Another office is asked than this one. */
export const notTheirs = (word: Heard): Refusal =>
  blocked('R9.5', ...unheard(word).map((about) => ({ code: 'office_asked', about })));

/** R9.5, the officer's half of `not_eligible`. */
function clearRehire(
  state: Live,
  word: NonNullable<Live['ending']['rehireWord']>,
  ask: AskOf<'give_clearance'>,
  ctx: Context,
): Decision {
  if (word.cleared) return notNow('D9.6', { code: 'word_given' });
  if (spokeBefore(word, ask)) return blocked('D9.6', { code: 'second_person_needed' });
  if (inLine(state, ask)) return blocked('R9.5', { code: 'officer_apart' });
  const offices = firstWordOf(word, ctx);
  if (offices === null) return notTheirs(word);
  const other = otherHalf(state, word, ask, ctx, { gives: offices, secondOpen: word.second !== true });
  if (other !== null) return other;
  const said = offices.length === 0 ? {} : { offices };
  return [happened('clearance_given', { by: speaker(ask), about: 'rehire', ...said })];
}

/** R9.5 under a policy that says by when; a case pinned to an earlier one decides by two people alone, as it did. */
const asksWord = (terms: Terms): boolean => numIf(terms.policy, 'R9.5', 'word_bd') !== null;

/** R9.5, X19: the word of a second office on whatever stands against anybody, under a policy that says by when. */
export const asksSecondWord = (terms: Terms): boolean =>
  numIf(terms.policy, 'R9.5', 'second_word_bd') !== null;

/** Commands of endings: separation, death in service, access, rehire, the opening afterwards. */
export const ending: Deciders<EndingCommands> = {
  /** D9.5 by the employee. Reasons are theirs to give or to skip (R9.4). */
  resign(state, ask, ctx) {
    const { how, lastDay, reasons } = ask.command.payload;
    const no = leaving(state);
    if (no !== null) return no;
    if (lastDay < today(ask, ctx)) return blocked('D9.5', { code: 'last_day_not_past' });
    return [happened('separation_set', { how, lastDay, reasons, ...parting(ctx.terms, how) })];
  },

  /** D9.5 by two people, first half. R9.2: a termination names its comparator check. */
  propose_separation(state, ask, ctx) {
    const { how, lastDay, reasons, comparator } = ask.command.payload;
    const no = leaving(state);
    if (no !== null) return no;
    if (lastDay < today(ask, ctx)) return blocked('D9.5', { code: 'last_day_not_past' });
    const other = reasons.find((reason) => !reasonsOf[how].includes(reason));
    if (other !== undefined) return blocked('R9.2', { code: 'reason_fits_the_ending', about: other });
    // Domain 2.1: what others are not treated by ends nobody's work, whoever confirms it.
    if (how.startsWith('terminated_') && comparator === 'differs') return unlikeOthers('R9.2');
    const rests = probationStands(state, reasons) ?? restsOn(state, { how, reasons });
    if (isRefusal(rests)) return rests;
    const check = comparator === undefined ? {} : { comparator };
    const asked = how.startsWith('terminated_') ? asking(state, ask, ctx) : {};
    const said = { how, lastDay, reasons, ...rests };
    return [happened('separation_proposed', { ...said, ...signed(ask), ...check, ...asked })];
  },

  /** The officer's word that no open matter or hold stands against it; HR sees only that word (2.1, R9.5). */
  give_clearance(state, ask, ctx) {
    const { proposal, rehireWord } = state.ending;
    if (proposal === null && rehireWord !== null) return clearRehire(state, rehireWord, ask, ctx);
    if (proposal === null) return notNow('D9.5', { code: 'nothing_proposed' });
    if (proposal.cleared) return notNow('D9.5', { code: 'word_given' });
    if (spokeBefore(proposal, ask)) return blocked('D9.5', { code: 'second_person_needed' });
    if (inLine(state, ask)) return blocked('R9.5', { code: 'officer_apart' });
    const offices = firstWordOf(proposal, ctx);
    if (offices === null) return notTheirs(proposal);
    const rest = { gives: offices, secondOpen: proposal.second !== true };
    const other = otherHalf(state, proposal, ask, ctx, rest);
    if (other !== null) return other;
    return [happened('clearance_given', { by: speaker(ask), ...(offices.length === 0 ? {} : { offices }) })];
  },

  confirm_separation: confirmSeparation,
  withdraw_separation: withdraw,

  /** X22: stops every prompt at once; one person takes care of what is left. */
  record_death(state, ask, ctx) {
    if (state.ending.died !== null) return notNow('X22', { code: 'already_recorded' });
    const { owner } = ask.command.payload;
    // Whoever takes care of what is left reads the case and may close it.
    const able = rights.close_after_death.by.some((office) =>
      ctx.assigned(office).some((one) => one.person === owner),
    );
    if (!able) return blocked('X22', { code: 'owner_in_office', about: owner });
    const rests = state.ending.ended === null ? { rests: true as const } : {};
    return [happened('death_recorded', { owner, ...signed(ask), ...rests })];
  },

  /** X22, second person. */
  close_after_death(state, ask) {
    const { died } = state.ending;
    if (died === null) return notNow('X22', { code: 'nothing_recorded' });
    if (died.closed) return notNow('X22', { code: 'already_closed' });
    if (samePerson(died, ask)) return blocked('X22', { code: 'second_person_needed' });
    return [happened('death_closed', { by: speaker(ask) })];
  },

  /** R9.3. */
  end_access(state, ask, ctx) {
    const no = notLeaving(state, 'R9.3');
    if (no !== null) return no;
    if (state.ending.access) return notNow('R9.3', { code: 'access_has_ended' });
    // Until their last day somebody works here, and until then the ending may be taken back.
    const { lastDay } = state.ending;
    if (lastDay !== null && today(ask, ctx) < lastDay)
      return notNow('R9.3', { code: 'not_before_last_day', about: lastDay });
    return [happened('access_ended', { on: today(ask, ctx) })];
  },

  /** P9.3: held by HR or an adviser, not by the supervisor. R9.4: reasons are free to skip. */
  record_exit_interview(state, ask) {
    const { outcome, reasons } = ask.command.payload;
    const no = notLeaving(state, 'P9.3');
    if (no !== null) return no;
    if (seat(state, ask) === 'supervisor') return blocked('P9.3', { code: 'not_the_supervisor' });
    if (state.ending.exit) return notNow('P9.3', { code: 'already_recorded' });
    return [happened('exit_interview_held', { outcome, reasons })];
  },

  decide_rehire: decideRehire,

  /** D9.6 `not_eligible`, second half. R9.5: another person, after the officer's word. */
  confirm_rehire(state, ask, ctx) {
    const { rehireWord } = state.ending;
    if (rehireWord === null) return notNow('D9.6', { code: 'nothing_proposed' });
    if (spokeBefore(rehireWord, ask)) return blocked('D9.6', { code: 'second_person_needed' });
    if (asksWord(ctx.terms) && !rehireWord.cleared) return blocked('R9.5', { code: 'officer_word' });
    if (asksSecondWord(ctx.terms) && rehireWord.second !== true)
      return blocked('R9.5', { code: 'second_officer_word' });
    const stale = outdated('rehire', rehireWord, ask, 'D9.6');
    if (stale !== null) return stale;
    return [happened('rehire_decided', { outcome: 'not_eligible', code: rehireWord.code })];
  },

  /** D9.7, by director and HR: one proposes, the other confirms. */
  propose_opening(state, ask) {
    const no = notLeaving(state, 'D9.7');
    if (no !== null) return no;
    if (state.ending.opening === 'decided') return notNow('D9.7', { code: 'already_decided' });
    const { outcome } = ask.command.payload;
    // X20: who left said that the work had drifted; the same version again would be that drift.
    const holds = outcome === 'reopen_same_version' && state.ending.drift === true;
    const warned = warnings(ask, [{ rule: 'D9.7', holds, about: 'role_drift' }]);
    if (isRefusal(warned)) return warned;
    return [happened('opening_proposed', { outcome, ...signed(ask) }), ...warned];
  },

  confirm_opening(state, ask) {
    const { openingWord } = state.ending;
    if (openingWord === null) return notNow('D9.7', { code: 'nothing_proposed' });
    if (samePerson(openingWord, ask)) return blocked('D9.7', { code: 'second_person_needed' });
    const stale = outdated('opening', openingWord, ask, 'D9.7');
    if (stale !== null) return stale;
    return [happened('opening_decided', { outcome: openingWord.outcome })];
  },
};

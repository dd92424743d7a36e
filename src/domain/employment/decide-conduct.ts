import type { Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { noWayAround } from '../findings.ts';
import { firstWordOf, secondOf } from '../offices.ts';
import type { Office } from '../offices.ts';
import { adverse, heardUntil, leadsToEnding } from './conduct.ts';
import { asking, otherHalf } from './decide-ending.ts';
import { inLine, samePerson, signed, speaker, spokeBefore, today } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import { leaveOn } from './sessions.ts';
import type { Conduct } from './state-change.ts';
import type { Live } from './state.ts';
import type { WordOffice } from './words-change.ts';

type ConductCommands =
  | 'raise_conduct'
  | 'answer_conduct'
  | 'record_hearing'
  | 'propose_measure'
  | 'decline_measure'
  | 'confirm_measure'
  | 'give_officer_word'
  | 'record_separation_notice'
  | 'record_handover';

function conductOf(state: Live): Conduct | Refusal {
  return state.change?.conduct ?? notNow('X15', { code: 'nothing_raised' });
}

/** X15: at work, what was done, and never why: a note that speaks of health is worded anew (R8.2). */
function raise(state: Live, ask: AskOf<'raise_conduct'>, ctx: Context): Decision {
  const { concern, on, note, findings = [] } = ask.command.payload;
  if (state.change?.conduct !== undefined) return notNow('X15', { code: 'one_at_a_time' });
  const worked = on <= today(ask, ctx) && on >= state.job.dayOne && leaveOn(state.leave, on) === undefined;
  if (!worked) return blocked('X15', { code: 'day_worked', about: on });
  const health = findings.filter(noWayAround);
  if (health.length > 0) return blocked('R8.2', ...health.map((about) => ({ code: 'guard', about })));
  const words = note === undefined ? {} : { note };
  return [happened('conduct_raised', { concern, by: speaker(ask), on, ...words })];
}

/** X15: the steps of all staff, with the comparator check where it stands against somebody. */
function propose(state: Live, ask: AskOf<'propose_measure'>, ctx: Context): Decision {
  const conduct = conductOf(state);
  if ('refused' in conduct) return conduct;
  const { measure, comparator } = ask.command.payload;
  if (conduct.heard === null) return blocked('X15', { code: 'heard_first', who: state.job.person });
  if (leadsToEnding(state)) return notNow('X15', { code: 'separation_rests_on_it' });
  if (adverse(measure)) {
    if (ctx.terms.comparator === null) return blocked('X15', { code: 'no_comparator_on_file' });
    if (comparator === undefined) return blocked('X15', { code: 'comparator_check' });
  }
  const check = comparator === undefined ? {} : { comparator };
  const asked = adverse(measure) ? asking(state, ask, ctx) : {};
  return [happened('measure_proposed', { measure, ...check, ...signed(ask), ...asked })];
}

/** X15, second half: another person; a warning passes its gate (comparator check and the officers' words). */
function confirm(state: Live, ask: AskOf<'confirm_measure'>): Decision {
  const conduct = conductOf(state);
  if ('refused' in conduct) return conduct;
  const { proposal } = conduct;
  if (proposal === null) return notNow('X15', { code: 'nothing_proposed' });
  if (spokeBefore(proposal, ask)) return blocked('X15', { code: 'second_person_needed' });
  const { measure, comparator } = proposal;
  const body = { measure, ...(comparator === undefined ? {} : { comparator }) };
  return [happened(adverse(measure) ? 'warning_given' : 'measure_settled', body)];
}

/** R9.5, X19: asked of everybody's case alike, so that it says nothing about this one. */
function giveWord(state: Live, ask: AskOf<'give_officer_word'>, ctx: Context): Decision {
  const { about } = ask.command.payload;
  const { proposal, rehireWord } = state.ending;
  const measure = state.change?.conduct?.proposal ?? null;
  const open = { separation: proposal, rehire: rehireWord, conduct: measure }[about];
  if (open === null) return notNow('R9.5', { code: 'nothing_proposed' });
  const second = ctx.capacities.includes(secondOf(open));
  const first = firstWordOf(open, ctx);
  if (samePerson(open, ask)) return blocked('R9.5', { code: 'second_person_needed' });
  if (inLine(state, ask)) return blocked('R9.5', { code: 'officer_apart' });
  const done = about === 'conduct' ? measure?.secondOfficer === true : 'second' in open;
  const asFirst = about === 'conduct' && first !== null && measure?.officer === false;
  if (!asFirst && (done || !second)) return notNow('R9.5', { code: 'word_given' });
  // Two offices are two people, also where one holds both.
  if (spokeBefore(open, ask)) return blocked('R9.5', { code: 'second_person_needed' });
  const secondOpen = !done;
  const leaves = (gives: readonly Office[]): Refusal | null =>
    otherHalf(state, open, ask, ctx, { gives, secondOpen });
  // Where one office is of both halves, it is the first word that is given, unless nobody else can give the second.
  const other = leaves(asFirst ? first : [secondOf(open)]);
  const instead = other !== null && asFirst && second && !done && leaves([secondOf(open)]) === null;
  if (other !== null && !instead) return other;
  const office: WordOffice = asFirst && !instead ? 'officer' : 'second_officer';
  const offices = office === 'officer' && first !== null && first.length > 0 ? { offices: first } : {};
  return [happened('officer_word_given', { by: speaker(ask), about, office, ...offices })];
}

/** Conduct (X15), and what a separation owes besides (X20, X21). */
export const conduct: Deciders<ConductCommands> = {
  raise_conduct: raise,

  /** X15: in their own words, or with nothing to add; nobody rewords it. */
  answer_conduct(state, ask) {
    const matter = conductOf(state);
    if ('refused' in matter) return matter;
    const { answer, text } = ask.command.payload;
    if (matter.proposal !== null) return notNow('X15', { code: 'measure_proposed' });
    if (answer === 'own_words' && text === undefined) return blocked('X15', { code: 'own_words' });
    const words = text === undefined ? {} : { text };
    return [happened('conduct_answered', { answer, ...words })];
  },

  /** X15: HR held the talk, or offered it until the day had passed: nobody is judged by silence. */
  record_hearing(state, ask, ctx) {
    const matter = conductOf(state);
    if ('refused' in matter) return matter;
    const { outcome } = ask.command.payload;
    if (matter.heard !== null) return notNow('X15', { code: 'heard_already' });
    const until = heardUntil(matter, state.leave, ctx.terms);
    if (outcome === 'not_taken_up' && today(ask, ctx) <= until)
      return blocked('X15', { code: 'may_answer_until', about: until });
    return [happened('conduct_heard', { outcome })];
  },

  propose_measure: propose,

  decline_measure(state, ask) {
    const matter = conductOf(state);
    if ('refused' in matter) return matter;
    if (matter.proposal === null) return notNow('X15', { code: 'nothing_proposed' });
    return [happened('measure_declined', { by: speaker(ask) })];
  },

  confirm_measure: confirm,
  give_officer_word: giveWord,

  /** X21: what the person has in hand before the last day. */
  record_separation_notice(state, ask) {
    const { notice, text } = ask.command.payload;
    const open = state.ending.notices ?? [];
    if (!open.includes(notice)) return notNow('X21', { code: 'nothing_open_of_these' });
    if (notice === 'written_notice' && text === undefined) return blocked('X21', { code: 'notice_text' });
    const words = text === undefined ? {} : { text };
    return [happened('separation_notice_given', { notice, ...words })];
  },

  /** X20: nobody is named in it. */
  record_handover(state, ask) {
    const { handover } = state.ending;
    if (handover === undefined) return notNow('X20', { code: 'D9.5' });
    if (handover === 'done') return notNow('X20', { code: 'already_recorded' });
    return [happened('handover_recorded', { outcome: ask.command.payload.outcome })];
  },
};

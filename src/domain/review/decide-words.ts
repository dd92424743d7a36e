import type { ReviewCommand } from '../../contracts/review.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { firstWordOf, leavesNobody, officesToAsk, secondOf } from '../offices.ts';
import type { Heard, Office } from '../offices.ts';
import { anyOf, behind, behindIt, samePerson, speaker } from '../signed.ts';
import { adverseOpen, asksEveryOffice, asksSecondWord, heardIn } from './adverse.ts';
import type { Decision, Of } from './decide-draft.ts';
import type { ReviewState } from './state.ts';

type Subject = NonNullable<ReviewState['subject']>;

/**
 * Who gives no word: whoever proposed it, and (X19) whoever has a part in the review, whatever office they hold. It is so
 * in everybody's case alike; whether somebody was reported is not asked, since the answer would tell them.
 */
function apart(
  state: ReviewState,
  subject: Subject,
  ask: Of<'give_word'> | Of<'give_second_word'>,
): Refusal | null {
  const open = adverseOpen(state);
  if (open === null) return notNow('R8.7', { code: 'no_adverse_proposal' });
  if (samePerson(open.proposal, ask)) return blocked('R8.7', { code: 'second_person_needed' });
  const { employee, supervisor, manager, mentor } = subject;
  if (anyOf(ask, [employee, supervisor, manager, mentor])) return blocked('R8.7', { code: 'officer_apart' });
  // Two offices are two people, also where one holds both: nobody gives the other half to their own.
  const other = ask.command.type === 'give_word' ? state.spoke?.second : state.spoke?.first;
  return anyOf(ask, other ?? []) ? blocked('R8.7', { code: 'second_person_needed' }) : null;
}

/** Another office is asked than this one. */
const notTheirs = (asked: readonly Office[]): Refusal =>
  blocked('R8.7', ...asked.map((about) => ({ code: 'office_asked', about })));

/** R8.7, X19: every office a matter can lie with, under a policy that asks them all; nobody with a part speaks for one. */
export function asking(subject: Subject, ask: Ask<ReviewCommand>, ctx: Context): Pick<Heard, 'asked'> {
  if (!asksEveryOffice(ctx.terms)) return {};
  const { employee, supervisor, manager, mentor } = subject;
  return { asked: officesToAsk(ctx, [employee, supervisor, manager, mentor, ask.actor, speaker(ask)]) };
}

/** True where somebody behind a command gave one of the words on what it confirms. */
export const gaveWord = ({ spoke }: ReviewState, ask: Ask<ReviewCommand>): boolean =>
  anyOf(ask, [...(spoke?.first ?? []), ...(spoke?.second ?? [])]);

/** R8.7: the word that somebody who holds offices of both halves is to give is the other one, which nobody else can. */
function otherHalf(
  state: ReviewState,
  subject: Subject,
  ask: Of<'give_word'> | Of<'give_second_word'>,
  ctx: Context,
  gives: readonly Office[],
): boolean {
  const open = adverseOpen(state);
  if (open === null || open.proposal.asked === undefined) return false;
  const { employee, supervisor, manager, mentor } = subject;
  const spoke = [...(state.spoke?.first ?? []), ...(state.spoke?.second ?? [])];
  const apart = [employee, supervisor, manager, mentor, ...behindIt({ ...open.proposal, givers: spoke })];
  const secondOpen = asksSecondWord(ctx.terms) && state.second === null;
  return leavesNobody(ctx, { word: heardIn(state, open), secondOpen, gives, by: behind(ask), apart });
}

/** R8.7: the officer's word before an adverse decision: whether an open matter or hold stands against it (domain 2.1). */
export function giveWord(state: ReviewState, subject: Subject, ask: Of<'give_word'>, ctx: Context): Decision {
  const no = apart(state, subject, ask);
  if (no !== null) return no;
  const { word } = ask.command.payload;
  const open = adverseOpen(state);
  const asked = open?.proposal.asked;
  // A word may be taken back by another one of the same office.
  const offices = firstWordOf(asked === undefined ? {} : { asked }, ctx);
  if (offices === null) return notTheirs(asked?.first ?? ['accommodation_officer']);
  if (otherHalf(state, subject, ask, ctx, offices)) return blocked('R8.7', { code: 'other_word_yours' });
  const of = offices.length === 0 ? {} : { offices };
  return [{ kind: 'officer_word_given', body: { word, by: speaker(ask), ...of } }];
}

/** R8.7, X19: the investigating officer's word, under a policy that asks for it. */
export function giveSecondWord(
  state: ReviewState,
  subject: Subject,
  ask: Of<'give_second_word'>,
  ctx: Context,
): Decision {
  const no = apart(state, subject, ask);
  if (no !== null) return no;
  if (!asksSecondWord(ctx.terms))
    return notNow('R8.7', { code: 'policy_lacks', about: 'R8.7.second_word_bd' });
  const office = secondOf(adverseOpen(state)?.proposal ?? {});
  if (!ctx.capacities.includes(office)) return notTheirs([office]);
  if (otherHalf(state, subject, ask, ctx, [office])) return blocked('R8.7', { code: 'other_word_yours' });
  const { word } = ask.command.payload;
  return [{ kind: 'second_word_given', body: { word, by: speaker(ask) } }];
}

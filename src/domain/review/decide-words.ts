import type { ReviewCommand } from '../../contracts/review.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { firstWordOf, leavesNobody, officesToAsk, secondOf } from '../offices.ts';
import type { Heard, Office } from '../offices.ts';
import { anyOf, behind, behindIt, samePerson, speaker } from '../signed.ts';
import { adverseOpen, asksEveryOffice, asksSecondWord, heardIn } from './adverse.ts';
import type { Decision, Of } from './decide-draft.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { ReviewState } from './state.ts';

type Subject = NonNullable<ReviewState['subject']>;

/** Those who have a part in the review; a seat may stand empty. */
const partIn = ({ employee, supervisor, manager, mentor }: Subject) =>
  [employee, supervisor, manager, mentor] as const;

/** Who gave one of the words, in name and in hand. */
const giversIn = ({ spoke }: ReviewState): readonly PersonRef[] => [
  ...(spoke?.first ?? []),
  ...(spoke?.second ?? []),
];

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
  if (anyOf(ask, partIn(subject))) return blocked('R8.7', { code: 'officer_apart' });
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
  return { asked: officesToAsk(ctx, [...partIn(subject), ask.actor, speaker(ask)]) };
}

/** True where somebody behind a command gave one of the words on what it confirms. */
export const gaveWord = (state: ReviewState, ask: Ask<ReviewCommand>): boolean => anyOf(ask, giversIn(state));

/**
 * R8.7: somebody who holds offices of both halves gives the word that nobody else can.
 * @returns the refusal of the one that another can give, or null
 */
function otherHalf(
  state: ReviewState,
  subject: Subject,
  ask: Of<'give_word'> | Of<'give_second_word'>,
  ctx: Context,
  gives: readonly Office[],
): Refusal | null {
  const open = adverseOpen(state);
  if (open === null) return null;
  const apart = [...partIn(subject), ...behindIt({ ...open.proposal, givers: giversIn(state) })];
  const secondOpen = asksSecondWord(ctx.terms) && state.second === null;
  const giving = { word: heardIn(state, open), secondOpen, gives, by: behind(ask), apart };
  return leavesNobody(ctx, giving) ? blocked('R8.7', { code: 'other_word_yours' }) : null;
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
  const other = otherHalf(state, subject, ask, ctx, offices);
  if (other !== null) return other;
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
  const other = otherHalf(state, subject, ask, ctx, [office]);
  if (other !== null) return other;
  const { word } = ask.command.payload;
  return [{ kind: 'second_word_given', body: { word, by: speaker(ask) } }];
}

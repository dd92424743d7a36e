import type { Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { anyOf, samePerson, speaker } from '../signed.ts';
import { adverseOpen, asksSecondWord } from './adverse.ts';
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
  return anyOf(ask, [employee, supervisor, manager, mentor])
    ? blocked('R8.7', { code: 'officer_apart' })
    : null;
}

/** R8.7: the officer's word before an adverse decision: whether an open matter or hold stands against it (domain 2.1). */
export function giveWord(state: ReviewState, subject: Subject, ask: Of<'give_word'>): Decision {
  const no = apart(state, subject, ask);
  if (no !== null) return no;
  const { word } = ask.command.payload;
  return [{ kind: 'officer_word_given', body: { word, by: speaker(ask) } }];
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
  const { word } = ask.command.payload;
  return [{ kind: 'second_word_given', body: { word, by: speaker(ask) } }];
}

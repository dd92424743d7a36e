import type { Context } from './kernel/decider.ts';
import type { PersonRef } from './kernel/words.ts';

/**
 * Domain 2.1, X19: what stands against somebody waits for the word of the officers that nothing open speaks against it. A
 * matter is known to the office it lies with and to nobody else. So the word is asked of every office a matter can lie with,
 * in everybody's case alike: whoever reported one officer to another is guarded by that other one, nobody's word is enough
 * alone, and that an office is asked says nothing. The list is of the capacities whose holders the question depends on.
 */
export const wordOffices = [
  'accommodation_officer',
  'leave_officer',
  'investigating_officer',
  'hr_director',
] as const;
export type Office = (typeof wordOffices)[number];

/** The offices asked when it was proposed, in the two halves of the rule. Left out of what is from before. */
export interface Asked {
  readonly first: readonly Office[];
  readonly second: Office;
}

export interface Heard {
  readonly asked?: Asked;
  /** Offices of the first half whose word is there. */
  readonly heard?: readonly Office[];
}

/**
 * Who is asked: each office that somebody holds who has no part in the matter. Where one person holds both offices of the
 * first half, one word of theirs is for both. Two words are two people's: whoever alone holds an office of the first half is
 * not counted for the second. Where nobody is left, the director of HR speaks instead.
 * @param part those who have a part in it
 */
export function officesToAsk(ctx: Context, part: readonly (PersonRef | null)[]): Asked {
  const holders = (office: Office): readonly PersonRef[] =>
    ctx
      .assigned(office)
      .map((one) => one.person)
      .filter((person) => !part.includes(person));
  const accommodation = holders('accommodation_officer');
  const leave = holders('leave_officer');
  const both = leave.length > 0 && leave.every((person) => accommodation.includes(person));
  const first: readonly Office[] = [
    ...(accommodation.length > 0 ? (['accommodation_officer'] as const) : []),
    ...(leave.length > 0 && !both ? (['leave_officer'] as const) : []),
  ];
  const alone = first.flatMap((office) => {
    const all = holders(office);
    return all.length === 1 ? all : [];
  });
  const second = holders('investigating_officer').filter((person) => !alone.includes(person));
  return {
    first: first.length > 0 ? first : ['hr_director'],
    second: second.length > 0 ? 'investigating_officer' : 'hr_director',
  };
}

/** @returns offices of the first half that are asked and have not spoken; where none were named, whoever was asked always */
export function unheard({ asked, heard = [] }: Heard): readonly Office[] {
  if (asked === undefined) return ['accommodation_officer'];
  return asked.first.filter((office) => !heard.includes(office));
}

/** @returns the offices for which a word of the first half counts, or null where it is not this person's to give */
export function firstWordOf(word: Heard, { capacities }: Context): readonly Office[] | null {
  if (word.asked === undefined)
    return capacities.some((one) => one === 'accommodation_officer' || one === 'leave_officer') ? [] : null;
  const mine = unheard(word).filter((office) => capacities.includes(office));
  return mine.length === 0 ? null : mine;
}

/** What the words on one thing still wait for, and who is behind the one that is given now. */
interface Giving {
  readonly word: Heard;
  /** True while the second half is asked for and open. */
  readonly secondOpen: boolean;
  readonly gives: readonly Office[];
  readonly by: readonly PersonRef[];
  /** Those who give none, whatever they hold: a part in it, or behind a word or the proposal. */
  readonly apart: readonly (PersonRef | null | undefined)[];
}

/**
 * R8.7, R9.5: where few people hold many offices, whoever could give either word gives the one that nobody else can.
 * @returns true where this word would leave another to nobody, while somebody else could give this one
 */
export function leavesNobody(ctx: Context, { word, secondOpen, gives, by, apart }: Giving): boolean {
  // Under a policy from before no offices were named.
  if (word.asked === undefined) return false;
  const free = (office: Office, without: readonly PersonRef[]): boolean =>
    ctx.assigned(office).some(({ person }) => !apart.includes(person) && !without.includes(person));
  const rest = [...unheard(word), ...(secondOpen ? [secondOf(word)] : [])].filter(
    (one) => !gives.includes(one),
  );
  return (
    gives.length > 0 &&
    gives.every((office) => free(office, by)) &&
    rest.some((office) => free(office, []) && !free(office, by))
  );
}

/** The office of the second half. */
export const secondOf = ({ asked }: Heard): Office => asked?.second ?? 'investigating_officer';

/** What was heard, with one more word; `done` when no office of the first half is left. */
export function hears(
  word: Heard,
  offices: readonly Office[] | undefined,
): { readonly heard?: readonly Office[]; readonly done: boolean } {
  if (word.asked === undefined) return { done: true };
  const heard = [...(word.heard ?? []), ...(offices ?? [])];
  return { heard, done: unheard({ asked: word.asked, heard }).length === 0 };
}

import type { Rung } from './agenda.ts';
import type { Instant } from './calendar.ts';
import { num, numIf } from './policy.ts';
import type { Policy } from './policy.ts';

const HOUR_MS = 3_600_000;

/** When messages go to people (policy code PROMPTS). A value of 0 switches its rule off. */
export interface PostRules {
  /** Quiet time by the recipient's clock, in minutes of the day; none where both are the same. */
  readonly quietFrom: number;
  readonly quietTo: number;
  /** When the list of the day goes out, by the recipient's clock, in minutes of the day. */
  readonly digestAt: number;
  /** With more than this many items open, what can wait comes in one list a day. */
  readonly digestOver: number;
  readonly perHour: number;
}

/** @returns the rules of a policy; null where it is of a day before there were any: each message then goes at once */
export function postRules(policy: Policy): PostRules | null {
  if (numIf(policy, 'PROMPTS', 'quiet_from_min') === null) return null;
  return {
    quietFrom: num(policy, 'PROMPTS', 'quiet_from_min'),
    quietTo: num(policy, 'PROMPTS', 'quiet_to_min'),
    digestAt: num(policy, 'PROMPTS', 'digest_at_min'),
    digestOver: num(policy, 'PROMPTS', 'digest_over'),
    perHour: num(policy, 'PROMPTS', 'max_per_person_hour'),
  };
}

/** What a message is. */
export interface Letter {
  readonly how: Rung['how'];
  readonly due: Instant;
  /** Offers, notices of law and words about what was done: they wait for nothing but quiet time. */
  readonly law: boolean;
  /** Only its recipient can do it: it is never put into a list, and no wish silences it. */
  readonly alone: boolean;
}

/** How things stand with its recipient now. */
export interface Box {
  readonly now: Instant;
  /** The end of the quiet time that it is now, or null. */
  readonly quietUntil: Instant | null;
  /** When their next list would go out; after now. */
  readonly nextList: Instant;
  /** How many items they were asked for and are open, this one among them. */
  readonly open: number;
  readonly wish: 'immediate' | 'digest' | null;
}

/** What becomes of a message now. `most`: how many a person may get within an hour, 0 for any number. */
export type Route =
  | { readonly is: 'now'; readonly most: number }
  | { readonly is: 'wait'; readonly why: 'quiet' | 'digest'; readonly until: Instant };

/** Whether what is due would be heard of too late in the next list. */
const tooLateInList = ({ due }: Letter, { now, nextList }: Box): boolean => due >= now && due < nextList;

/**
 * Domain 2.2, product 5: nothing in the recipient's quiet time; with more than three items open all but what only they
 * can do comes in the list of the morning, as does rung 1 and whatever a person wants there; what falls due before the
 * list goes by itself.
 */
export function route(letter: Letter, box: Box, rules: PostRules): Route {
  const { now, quietUntil, nextList, open, wish } = box;
  if (quietUntil !== null) return { is: 'wait', why: 'quiet', until: quietUntil };
  if (letter.law) return { is: 'now', most: 0 };
  const single: Route = { is: 'now', most: rules.perHour };
  if (letter.alone || tooLateInList(letter, box)) return single;
  const listed =
    letter.how === 'digest' ||
    wish === 'digest' ||
    (rules.digestOver > 0 && open > rules.digestOver) ||
    (rules.perHour > 0 && nextList - now < HOUR_MS);
  // Where no list is made at all there is nothing to wait for.
  return listed && rules.digestOver > 0 ? { is: 'wait', why: 'digest', until: nextList } : single;
}

/**
 * When a message goes whose recipient's hour is used up: with the next list, or once the hour is over when it cannot
 * wait for that or the one message of the hour was the list itself.
 * @param last when the last message of the hour went out
 */
export function afterCrowd(
  letter: Letter,
  box: Pick<Box, 'now' | 'nextList'> & { readonly last: Instant; readonly byList: boolean },
  rules: PostRules,
): { readonly why: 'hour' | 'digest'; readonly until: Instant } {
  const over = Math.max(box.last + HOUR_MS, box.now + 1);
  const urgent = letter.alone || (letter.due >= box.now && letter.due < box.nextList);
  if (urgent || box.byList || rules.digestOver === 0) return { why: 'hour', until: over };
  return { why: 'digest', until: box.nextList };
}

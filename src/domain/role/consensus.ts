import { num, nums } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import type { Missing } from '../kernel/refusal.ts';
import { listedPlaces, markOf } from './state.ts';
import type { Element, RoleState } from './state.ts';
import type { MemberCapacity } from './words.ts';

/** True when `part` of `whole` is at least the share `[above, below]`: whole numbers, so thirds stay exact. */
function reaches(part: number, whole: number, share: readonly number[]): boolean {
  return part * (share[1] ?? 1) >= whole * (share[0] ?? 1);
}

interface Seat {
  readonly person: string;
  readonly capacity: MemberCapacity;
  readonly mark: string;
}

function seats(state: RoleState, element: Element): readonly Seat[] {
  return listedPlaces(state).flatMap((place) => {
    const member = state.members[place];
    if (member === undefined) return [];
    return [{ person: member.person, capacity: member.capacity, mark: markOf(element, place) }];
  });
}

const spoke = (seat: Seat): boolean => seat.mark !== '.' && seat.mark !== 'n';
const agrees = (seat: Seat): boolean => seat.mark === 'a' || seat.mark === 'c';

/**
 * The consensus test of stage 1. At least two thirds of the listed have given a position, and two who neither lead nor
 * advise; nobody blocks; of the positions given two thirds agree; the adviser is not silent; the team leader took part.
 * @returns what the element still lacks, with `about` its code; empty when consensus is reached
 */
export function consensusLacks(
  state: RoleState,
  code: string,
  element: Element,
  policy: Policy,
): readonly Missing[] {
  const listed = seats(state, element);
  const given = listed.filter(spoke);
  const missing: Missing[] = [];
  const about = code;
  if (!reaches(given.length, listed.length, nums(policy, 'D1.2', 'given_share')))
    missing.push({ code: 'positions_of_two_thirds', about });
  const members = given.filter((seat) => seat.capacity === 'team_member').length;
  if (members < num(policy, 'D1.2', 'given_not_leading_min'))
    missing.push({ code: 'positions_of_team_members', about });
  for (const seat of listed) if (seat.mark === 'b') missing.push({ code: 'block', about, who: seat.person });
  const agreed = given.filter(agrees).length;
  if (given.length === 0 || !reaches(agreed, given.length, nums(policy, 'D1.2', 'agree_share')))
    missing.push({ code: 'agreement_of_two_thirds', about });
  for (const seat of listed)
    if (seat.capacity === 'adviser' && !spoke(seat))
      missing.push({ code: 'adviser_position', about, who: seat.person });
  if (!given.some((seat) => seat.capacity === 'team_leader'))
    missing.push({ code: 'team_leader_position', about });
  return missing;
}

/** @returns persons listed who block the text at hand. */
export function blockers(state: RoleState, element: Element): readonly string[] {
  return seats(state, element)
    .filter((seat) => seat.mark === 'b')
    .map((seat) => seat.person);
}

/** @returns true when somebody who does not decide in the end has given a position in this round. */
export function heard(state: RoleState, element: Element): boolean {
  return seats(state, element).some((seat) => seat.capacity !== 'program_leader' && spoke(seat));
}

/** @returns the outcome of an element that passed the test: any concern is kept for the day it is revisited. */
export function outcomeOf(state: RoleState, element: Element): 'consensus' | 'consensus_with_concerns' {
  return seats(state, element).some((seat) => seat.mark === 'c') ? 'consensus_with_concerns' : 'consensus';
}

/** @returns persons listed, all or those of some capacities, who have not answered about an element that takes positions. */
export function unanswered(
  state: RoleState,
  element: Element,
  of?: readonly MemberCapacity[],
): readonly string[] {
  return seats(state, element)
    .filter((seat) => seat.mark === '.' && (of?.includes(seat.capacity) ?? true))
    .map((seat) => seat.person);
}

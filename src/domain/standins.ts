import type { Assignment, Delegation } from './kernel/can.ts';
import type { Instant } from './kernel/calendar.ts';
import type { Capacity, PersonRef } from './kernel/words.ts';

/** Who may stand in for whom. While it lasts, open items and new ones are asked of the stand-in; then they come back. */

/** Offices that read what nobody else may: only somebody who holds the office as well may stand in for it. */
export const closedOffices: readonly Capacity[] = [
  'leave_officer',
  'accommodation_officer',
  'background_officer',
  'investigating_officer',
  'privacy_officer',
];

/** P3.3, P4.3: what somebody is to think for themselves (D3.4, R4.3) is asked of nobody in their place. */
export const ownWords: readonly string[] = ['P3.3', 'P4.3'];

/** The code of the one message that tells a stand-in which open items are theirs to answer from now on. */
export const MOVED = 'MOVED';

export interface WantedStandIn {
  readonly absent: PersonRef;
  readonly standIn: PersonRef;
  readonly until: Instant | null;
}

/** Why somebody may not stand in; `about` is the person or the office it is about. */
export type StandInFault =
  | { readonly fault: 'oneself'; readonly about: PersonRef }
  | { readonly fault: 'ends_before_it_begins'; readonly about: PersonRef }
  | { readonly fault: 'has_stand_in'; readonly about: PersonRef }
  | { readonly fault: 'stand_in_is_away'; readonly about: PersonRef }
  | { readonly fault: 'stands_in_for'; readonly about: PersonRef }
  | { readonly fault: 'lacks_office'; readonly about: Capacity };

const inForce = (one: Delegation, now: Instant): boolean => one.until === null || now < one.until;

/** The offices of the one that the other does not hold where the one does; the organization's own holds everywhere. */
function lacking(
  { absent, standIn }: WantedStandIn,
  assignments: readonly Assignment[],
  org: string,
  now: Instant,
): readonly Capacity[] {
  const held = (who: PersonRef): readonly Assignment[] =>
    assignments.filter((one) => one.person === who && one.from <= now && (one.to === null || now < one.to));
  const theirs = held(standIn);
  const covers = (wanted: Assignment): boolean =>
    theirs.some(
      (one) => one.capacity === wanted.capacity && (one.scope === wanted.scope || one.scope === org),
    );
  const offices = held(absent).filter((one) => closedOffices.includes(one.capacity) && !covers(one));
  return [...new Set(offices.map((one) => one.capacity))];
}

/**
 * A stand-in answers in person: nobody stands in for somebody who stands in, or who is away themselves, so that no loop
 * and no chain can come about, and every item has one person who is asked.
 * @param delegations those of the organization, over or not
 * @returns what stands against it, all of it; nothing when it may begin now
 */
export function standInFaults(
  wanted: WantedStandIn,
  known: {
    readonly org: string;
    readonly assignments: readonly Assignment[];
    readonly delegations: readonly Delegation[];
    readonly now: Instant;
  },
): readonly StandInFault[] {
  const { absent, standIn, until } = wanted;
  const { org, assignments, delegations, now } = known;
  if (absent === standIn) return [{ fault: 'oneself', about: absent }];
  const running = delegations.filter((one) => inForce(one, now));
  return [
    ...(until !== null && until <= now ? [{ fault: 'ends_before_it_begins', about: absent } as const] : []),
    ...(running.some((one) => one.from === absent)
      ? [{ fault: 'has_stand_in', about: absent } as const]
      : []),
    ...(running.some((one) => one.from === standIn)
      ? [{ fault: 'stand_in_is_away', about: standIn } as const]
      : []),
    ...(running.some((one) => one.to === absent) ? [{ fault: 'stands_in_for', about: absent } as const] : []),
    ...lacking(wanted, assignments, org, now).map((about) => ({ fault: 'lacks_office', about }) as const),
  ];
}

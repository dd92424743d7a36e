import type { Assignment, Delegation } from './kernel/can.ts';
import { inForce } from './kernel/in-force.ts';
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

/** Offices that give the second word: whoever needs that word lends them to nobody (domain 2.1, two people). */
const secondWord: readonly Capacity[] = [
  'executive',
  'director',
  'hr_director',
  'compliance',
  'compensation',
];

/** P3.3, P4.3: what somebody is to think for themselves (D3.4, R4.3) is asked of nobody in their place. */
export const ownWords: readonly string[] = ['P3.3', 'P4.3'];

/** The code of the one message that tells a stand-in which open items are theirs to answer from now on. */
export const MOVED = 'MOVED';

/** Offices that read everybody's cases at their place, each with those that read no less: lent to nobody else (domain 5.2). */
const readsEverybody: Partial<Record<Capacity, readonly Capacity[]>> = {
  hr: ['hr', 'hr_director', 'executive'],
  hr_director: ['hr', 'hr_director', 'executive'],
  auditor: ['auditor'],
};

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
  | { readonly fault: 'names_oneself'; readonly about: PersonRef }
  | { readonly fault: 'lacks_office'; readonly about: Capacity };

/** Somebody else than whoever is away names the stand-in; the installation's own account is nobody else. */
const byAnother = ({ absent }: WantedStandIn, by: PersonRef | null): boolean => by !== null && by !== absent;

const lasts = (one: Delegation, now: Instant): boolean => one.until === null || now < one.until;

interface Known {
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
  readonly now: Instant;
  /** Who names the stand-in; null or left out: the installation's own account. */
  readonly by?: PersonRef | null;
}

/** The offices one of which somebody must hold to stand in for a holder of this one; null where anybody may. */
function needed(capacity: Capacity, another: boolean): readonly Capacity[] | null {
  if (closedOffices.includes(capacity)) return [capacity];
  if (another && secondWord.includes(capacity)) return [capacity, 'executive'];
  return readsEverybody[capacity] ?? null;
}

/** The offices somebody holds now. */
export const heldNow = (
  who: PersonRef,
  assignments: readonly Assignment[],
  now: Instant,
): readonly Assignment[] => assignments.filter((one) => one.person === who && inForce(one.from, one.to, now));

/** A scope that is the whole organization, no site and no case. */
const isHouse = (scope: string): boolean => scope.startsWith('org_');

/** @returns true where whoever holds `theirs` reads no less than by this office; one of the whole organization holds everywhere */
function reads(theirs: readonly Assignment[], { capacity, scope }: Assignment, another: boolean): boolean {
  const some = needed(capacity, another);
  return (
    some === null ||
    theirs.some((one) => some.includes(one.capacity) && (one.scope === scope || isHouse(one.scope)))
  );
}

/**
 * What counts of the offices of a house for whoever reads in it: all but those of people they stand in for by which these
 * would read what the stand-in may not: a closed office, and one that was given after the stand-in was named.
 * @param running the delegations to the reader that are in force
 */
export function countedFor(
  reader: PersonRef,
  running: readonly Delegation[],
  { assignments, now }: Pick<Known, 'assignments' | 'now'>,
): readonly Assignment[] {
  if (running.length === 0) return assignments;
  const own = heldNow(reader, assignments, now);
  const since = new Map(running.map((one) => [one.from, one.since]));
  return assignments.filter((one) => {
    const named = since.get(one.person);
    if (named === undefined) return true;
    const looked = one.from <= named && !closedOffices.includes(one.capacity);
    return looked || reads(own, one, false);
  });
}

/**
 * The offices of the one that the other would lack. One held in the whole organization holds everywhere. HR's and an
 * auditor's go to whoever reads as much already. An office that gives the second word is lent by whoever holds it alone:
 * named by another, the stand-in holds it as well, or is the executive.
 */
function lacking(wanted: WantedStandIn, { assignments, now, by = null }: Known): readonly Capacity[] {
  const { absent, standIn } = wanted;
  const another = byAnother(wanted, by);
  const theirs = heldNow(standIn, assignments, now);
  const lacks = heldNow(absent, assignments, now).filter((one) => !reads(theirs, one, another));
  return [...new Set(lacks.map((one) => one.capacity))];
}

/**
 * A stand-in answers in person: nobody stands in for somebody who stands in, or who is away themselves, so that no loop
 * and no chain can come about, and every item has one person who is asked.
 * @param delegations those of the organization, over or not
 * @returns what stands against it, all of it; nothing when it may begin now
 */
export function standInFaults(wanted: WantedStandIn, known: Known): readonly StandInFault[] {
  const { absent, standIn, until } = wanted;
  const { delegations, now, by = null } = known;
  if (absent === standIn) return [{ fault: 'oneself', about: absent }];
  const running = delegations.filter((one) => lasts(one, now));
  return [
    ...(until !== null && until <= now ? [{ fault: 'ends_before_it_begins', about: absent } as const] : []),
    ...(running.some((one) => one.from === absent)
      ? [{ fault: 'has_stand_in', about: absent } as const]
      : []),
    ...(running.some((one) => one.from === standIn)
      ? [{ fault: 'stand_in_is_away', about: standIn } as const]
      : []),
    ...(running.some((one) => one.to === absent) ? [{ fault: 'stands_in_for', about: absent } as const] : []),
    ...(byAnother(wanted, by) && by === standIn ? [{ fault: 'names_oneself', about: standIn } as const] : []),
    ...lacking(wanted, known).map((about) => ({ fault: 'lacks_office', about }) as const),
  ];
}

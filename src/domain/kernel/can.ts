import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Relation } from './decider.ts';
import type { Instant } from './calendar.ts';
import { closedOffices } from '../standins.ts';
import { inForce } from './in-force.ts';
import { kindOf } from './words.ts';
import type { Capacity, PersonRef, Visibility } from './words.ts';

/** Who may give a command, and the decision it belongs to (`D4.3`). */
export interface Right {
  readonly code: string;
  readonly by: readonly Capacity[];
}

/** A capacity held over a time at an organization, a site or one case; a record of the assignment stream. */
export interface Assignment {
  readonly person: PersonRef;
  readonly capacity: Capacity;
  readonly scope: string;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** A stand-in for someone's capacities over a time. */
export interface Delegation {
  readonly from: PersonRef;
  readonly to: PersonRef;
  readonly since: Instant;
  readonly until: Instant | null;
}

/** Where the actor stands towards this case: scopes that contain it, assignments, relations in its state. */
export interface Reach {
  /** Organization, site and the case itself (and a parent case, where there is one). */
  readonly scopes: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
  readonly relations: readonly Relation[];
  readonly at: Instant;
}

export interface Permit {
  readonly capacity: Capacity;
  readonly capacities: readonly Capacity[];
}

/**
 * Capacities of one selection or one employment (domain 5.2, own opening). Held at a site or an organization they open
 * nobody's case and decide in none: only a case that says so, or an assignment to that case, makes somebody one of them.
 */
const caseBound: ReadonlySet<Capacity> = new Set([
  'candidate',
  'employee',
  'colleague',
  'mentor',
  'panelist',
  'screener',
  'hiring_manager',
  'reviewer',
]);

const countsAt = (capacity: Capacity, scope: string): boolean =>
  !caseBound.has(capacity) || kindOf(scope) !== null;

/** @returns every capacity a person holds towards this case at that instant, by assignment or by relation. */
export function capacitiesOf(person: PersonRef, reach: Reach): readonly Capacity[] {
  const found = new Set<Capacity>();
  for (const held of reach.assignments) {
    const here = reach.scopes.includes(held.scope) && countsAt(held.capacity, held.scope);
    if (held.person === person && inForce(held.from, held.to, reach.at) && here) found.add(held.capacity);
  }
  for (const relation of reach.relations) if (relation.person === person) found.add(relation.capacity);
  return [...found];
}

function standsIn(actor: PersonRef, absent: PersonRef, reach: Reach): boolean {
  return reach.delegations.some(
    (d) => d.from === absent && d.to === actor && inForce(d.since, d.until, reach.at),
  );
}

/** What somebody is in a case about themselves. */
const ownSide: ReadonlySet<Capacity> = new Set(['employee', 'candidate']);

/** True for what somebody is in a case about themselves, and in no other. */
export const isOwnSide = (capacity: Capacity): boolean => ownSide.has(capacity);

/** Never lent to whoever stands in: one's own side, and what somebody was asked for by name (P8.2, D6.3, X31). */
const inPerson: ReadonlySet<Capacity> = new Set([...ownSide, 'colleague', 'mentor']);

/** Seats of one case that are two people's (D6.3, D7.4, R5.5, R8.5): those who judge, and those beside the line. */
const line: ReadonlySet<Capacity> = new Set(['supervisor', 'reviewer', 'manager']);
const besideLine: ReadonlySet<Capacity> = new Set(['mentor', 'colleague', 'independent_adviser']);

/** True where a case is about this person: an employee or a candidate in their own case. */
export function concernsThem(person: PersonRef, relations: readonly Relation[]): boolean {
  return relations.some((one) => one.person === person && ownSide.has(one.capacity));
}

/** True where somebody is in a case what nobody answers in their place: about themselves, or asked for by name. */
export function answersInPerson(person: PersonRef, relations: readonly Relation[]): boolean {
  return relations.some((one) => one.person === person && inPerson.has(one.capacity));
}

/** True where a seat is not for somebody who has this one in the same case already. */
function seatsApart(seat: Capacity, held: Capacity): boolean {
  return (line.has(seat) && besideLine.has(held)) || (besideLine.has(seat) && line.has(held));
}

/**
 * What somebody may do and see in another's place: all that the other one may but what is theirs alone, no seat apart from
 * one they have themselves, and a closed office only where they hold it as well, whenever it was given.
 * @param theirs capacities of the one who is away
 * @param own capacities of the one who stands in
 * @param seats what the one who stands in is in this one case
 */
export function lent(
  theirs: readonly Capacity[],
  own: readonly Capacity[],
  seats: readonly Capacity[] = [],
): readonly Capacity[] {
  return theirs.filter(
    (one) =>
      !inPerson.has(one) &&
      (!closedOffices.includes(one) || own.includes(one)) &&
      !seats.some((held) => seatsApart(one, held)),
  );
}

/** @returns what somebody is in a case by its own state */
export const seatsOf = (person: PersonRef, relations: readonly Relation[]): readonly Capacity[] =>
  relations.filter((one) => one.person === person).map((one) => one.capacity);

/**
 * May this person give this command here? Deny by default (domain 2.1 and 5.2).
 * @param right the row of the case's table, or undefined for an unknown command
 * @param onBehalfOf the person stood in for; needs a delegation in force, and the right is theirs
 * @returns the capacity used and all capacities held, or a refusal that says who may
 */
export function can(
  actor: PersonRef,
  right: Right | undefined,
  reach: Reach,
  onBehalfOf?: PersonRef,
): Permit | Refusal {
  if (right === undefined) return refuse('unknown_command');
  if (onBehalfOf !== undefined && !standsIn(actor, onBehalfOf, reach))
    return refuse('not_permitted', right.code, [{ code: 'no_delegation' }]);
  // Nobody answers in somebody else's place about themselves, and nobody speaks for them about themselves.
  const { relations } = reach;
  if (onBehalfOf !== undefined && [actor, onBehalfOf].some((one) => concernsThem(one, relations)))
    return refuse('not_permitted', right.code, [{ code: 'own_case' }]);
  const own = capacitiesOf(actor, reach);
  const capacities =
    onBehalfOf === undefined ? own : lent(capacitiesOf(onBehalfOf, reach), own, seatsOf(actor, relations));
  const capacity = right.by.find((allowed) => capacities.includes(allowed));
  if (capacity === undefined)
    return refuse(
      'not_permitted',
      right.code,
      right.by.map((allowed) => ({ code: 'needs_capacity', about: allowed })),
    );
  return { capacity, capacities };
}

/** Who reads which class (domain 5.2; where tables differ, the stricter). The person concerned reads their own. */
const readers: Readonly<Record<Visibility, readonly Capacity[] | 'everyone'>> = {
  C0: 'everyone',
  C1: [
    'hr',
    'hr_director',
    'supervisor',
    'manager',
    'employee',
    'director',
    'program_leader',
    'facilitator',
    'adviser',
    'team_leader',
    'team_member',
    'auditor',
  ],
  C2: ['hr', 'hr_director', 'hiring_manager', 'panelist', 'screener', 'candidate'],
  C3: [
    'leave_officer',
    'accommodation_officer',
    'background_officer',
    'investigating_officer',
    'employee',
    'candidate',
  ],
};

/**
 * `read:C0` … `read:C3` of the one table.
 * @param capacities what the reader is towards the case in question
 */
export function canRead(capacities: readonly Capacity[], visibility: Visibility): boolean {
  const allowed = readers[visibility];
  return allowed === 'everyone' || capacities.some((capacity) => allowed.includes(capacity));
}

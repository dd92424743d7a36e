import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { RoleEvent } from './events.ts';
import { listedPlaces, takesPositions, withMark } from './state.ts';
import type { Element, Member, RoleState } from './state.ts';

type MembersChanged = Recorded<Extract<RoleEvent, { kind: 'members_changed' }>>;

/** Changes some elements; a code the role does not have is left alone. */
export function change(
  state: RoleState,
  codes: readonly string[],
  to: (element: Element, code: string) => Element,
): RoleState {
  const elements = { ...state.elements };
  for (const code of codes) {
    const element = Object.hasOwn(elements, code) ? elements[code] : undefined;
    if (element !== undefined) elements[code] = to(element, code);
  }
  return { ...state, elements };
}

/** Whoever is asked from outside is so from a day on: their fee is owed from then. */
const dated = (one: Member, since: Instant): Member => (one.outside === true ? { ...one, since } : one);

export function membersChanged(state: RoleState, { body, stamp }: MembersChanged): RoleState {
  const left = new Map(body.leave.map((one) => [one.person, one.reason]));
  const joined = new Map(body.join.map((one) => [one.person, dated(one, stamp.at)]));
  const known = state.members.map((member): Member => {
    const reason = left.get(member.person);
    const back = joined.get(member.person);
    if (back !== undefined)
      return member.left === undefined ? { ...member, ...back } : { ...back, stint: (member.stint ?? 0) + 1 };
    return reason === undefined ? member : { ...member, left: reason };
  });
  const persons = new Set(state.members.map((member) => member.person));
  return { ...state, members: [...known, ...[...joined.values()].filter((one) => !persons.has(one.person))] };
}

/** D1.1: objections stay visible, also when another text takes the place of the one they were about. */
function objected(state: RoleState, element: Element): Pick<Element, 'objections'> {
  const now = state.members.flatMap((member, place) =>
    element.marks[place] === 'b' ? [{ person: member.person, round: element.round }] : [],
  );
  const all = [...(element.objections ?? []), ...now];
  return all.length === 0 ? {} : { objections: all };
}

/** What stays with an element whatever text it has: objections, and that a leader decided it (D1.1, D1.2). */
export function lasting(state: RoleState, element: Element): Pick<Element, 'objections' | 'byLeader'> {
  const { byLeader } = element;
  return { ...objected(state, element), ...(byLeader === undefined ? {} : { byLeader }) };
}

/** A block holds from the moment it is given until the blocker says otherwise. */
export function afterMark(element: Element, listed: readonly number[], at: Instant): Element {
  const blocked = listed.some((place) => element.marks[place] === 'b');
  if (blocked && element.status !== 'blocked')
    return { ...element, status: 'blocked', at, repeats: element.repeats + 1 };
  if (!blocked && element.status === 'blocked')
    return { ...element, status: element.round > element.first ? 'revised' : 'discussed', at };
  return element;
}

/**
 * The block of a person who left the team ends with their place at the table, and stays as an objection: should they come
 * back, they are asked anew.
 */
export function settleBlocks(state: RoleState, at: Instant): RoleState {
  const open = Object.entries(state.elements).filter(([, one]) => takesPositions(one));
  const listed = listedPlaces(state);
  return change(
    state,
    open.map(([code]) => code),
    (element) => afterMark(withoutGone(state, element, listed), listed, at),
  );
}

function withoutGone(state: RoleState, element: Element, listed: readonly number[]): Element {
  const gone = state.members.flatMap((member, place) =>
    !listed.includes(place) && element.marks[place] === 'b' ? [{ place, person: member.person }] : [],
  );
  if (gone.length === 0) return element;
  const now = gone.map(({ person }) => ({ person, round: element.round }));
  const rest = gone.reduce((one, { place }) => withMark(one, place, '.'), element);
  return { ...rest, objections: [...(element.objections ?? []), ...now] };
}

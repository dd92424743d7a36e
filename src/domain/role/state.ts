import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { DescriptionState } from './state-description.ts';
import { initialDescription } from './state-description.ts';
import { peerKind } from './words.ts';
import type { ElementStatus, LeftOutReason, MemberCapacity, ReviewOutcome } from './words.ts';

/** A member of the team; one who left stays in the table, so that places in `marks` never move. */
export interface Member {
  readonly person: PersonRef;
  readonly capacity: MemberCapacity;
  readonly left?: LeftOutReason;
  /** How often they came back: what they are asked then is asked anew. */
  readonly stint?: number;
  /** Asked from outside the house, for a fee; and since when. */
  readonly outside?: true | undefined;
  readonly since?: Instant;
}

/** What somebody from outside is paid for their word: offered, owed since they gave it, paid. */
export interface Fee {
  readonly person: PersonRef;
  readonly st: 'offered' | 'due' | 'paid';
  readonly at: Instant;
}

/** One element of the role as it stands in this definition. */
export interface Element {
  readonly status: ElementStatus;
  /** Rounds of proposals over the life of the role; never goes back. */
  readonly round: number;
  /** The round this definition began with: after a reopening, counting starts anew. */
  readonly first: number;
  readonly text: string | null;
  readonly choices: readonly string[];
  /**
   * Positions of this round by place in the table of members: `a` agree, `c` agree with concern, `s` stand aside,
   * `b` block, `n` no response, `.` not yet.
   */
  readonly marks: string;
  /** The call for positions it belongs to, and when that went out. */
  readonly call: number;
  readonly asked: Instant;
  /** When the status was reached; while blocked, when the last reminder opened. */
  readonly at: Instant;
  /** Reminders of a block in this round (P1.4). */
  readonly repeats: number;
  /** HR's review of the text (R1.2). */
  readonly review?: ReviewOutcome;
  /** Who blocked an earlier text of this element, and in which round (D1.1). */
  readonly objections?: readonly { readonly person: PersonRef; readonly round: number }[];
  /** Rounds in which the leader decided it: shown as not consensus for ever (D1.2). */
  readonly byLeader?: readonly number[];
  /** Texts of this definition that were discussed before the one at hand. */
  readonly earlier?: readonly Worded[];
}

/** A wording that was put to the team. */
export interface Worded {
  readonly round: number;
  readonly text: string;
  readonly choices: readonly string[];
}

export interface Meeting {
  readonly meeting: number;
  readonly on: CivilDate;
  readonly elements: readonly string[];
  readonly planned: Instant;
  readonly held: Instant | null;
}

/** What is frozen of the version in force, as far as later rules need it; the ledger has the texts (R1.4). */
export interface Adopted {
  readonly version: number;
  readonly at: Instant;
  /** Choices of E1 and E5. */
  readonly goals: readonly string[];
  readonly access: readonly string[];
  /** Elements openly decided by the leader: shown as not consensus for ever. */
  readonly notConsensus: readonly string[];
  /** Elements with a concern to look at again. */
  readonly concerns: readonly string[];
}

/** An employment found drift and asks whether an element should be opened again (D1.4). */
export interface AskedChange {
  readonly element: string;
  readonly at: Instant;
  readonly n: number;
}

export interface RoleState {
  readonly site: SiteRef | null;
  readonly kind: string;
  /** What several teams define together, each its own version of it; and which team this is. */
  readonly family?: string;
  readonly team?: string;
  readonly opened: Instant;
  readonly facilitator: PersonRef;
  /** How often another one took over; left out: never. What is owed then is owed under ids of its own. */
  readonly handed?: number;
  readonly members: readonly Member[];
  /** D1.1: of those from outside. Left out: nobody was offered one. */
  readonly fees?: readonly Fee[];
  /** Elements that G1 needs; the others warn. */
  readonly mandatory: readonly string[];
  readonly elements: Readonly<Record<string, Element>>;
  /** Counters, so that every obligation of the role's life has an id of its own. */
  readonly meetings: number;
  readonly calls: number;
  readonly changes: number;
  readonly planned: readonly Meeting[];
  /** True while a definition is under way; when it began, and when an element was concluded last. */
  readonly draft: boolean;
  readonly draftSince: Instant;
  readonly concludedLast: Instant;
  readonly adopted: Adopted | null;
  readonly asked: readonly AskedChange[];
  readonly employments: readonly CaseId[];
  /** X5: searches under way that told the role of themselves. */
  readonly openings: readonly CaseId[];
  readonly firstHire: CivilDate | null;
  readonly reaffirmed: CivilDate | null;
  /** D9.7: since when a look at the role is asked for before a seat is filled again. Left out: nobody asked. */
  readonly reviewAsked?: Instant;
  readonly retired: boolean;
  readonly description: DescriptionState;
}

export const initialRole: RoleState = {
  site: null,
  kind: peerKind,
  opened: 0,
  facilitator: '',
  members: [],
  mandatory: [],
  elements: {},
  meetings: 0,
  calls: 0,
  changes: 0,
  planned: [],
  draft: false,
  draftSince: 0,
  concludedLast: 0,
  adopted: null,
  asked: [],
  employments: [],
  openings: [],
  firstHire: null,
  reaffirmed: null,
  retired: false,
  description: initialDescription,
};

export const newElement: Element = {
  status: 'open',
  round: 0,
  first: 1,
  text: null,
  choices: [],
  marks: '',
  call: 0,
  asked: 0,
  at: 0,
  repeats: 0,
};

/** @returns the mark of the member at a place in the table; `.` when they have not answered. */
export function markOf(element: Element, place: number): string {
  return element.marks[place] ?? '.';
}

/** @returns the element with one mark set. */
export function withMark(element: Element, place: number, mark: string): Element {
  const marks = element.marks.padEnd(place + 1, '.');
  return { ...element, marks: marks.slice(0, place) + mark + marks.slice(place + 1) };
}

/** Positions may be given from the discussion until the element is concluded. */
export function takesPositions(element: Element): boolean {
  return element.status === 'discussed' || element.status === 'blocked' || element.status === 'revised';
}

export function concluded(element: Element): boolean {
  return (
    element.status === 'consensus' ||
    element.status === 'consensus_with_concerns' ||
    element.status === 'leader_decided'
  );
}

/** True for an element that was concluded in the version in force, and not since: frozen with it (R1.4). */
export function ofAdopted(state: RoleState, element: Element): boolean {
  return concluded(element) && state.adopted !== null && element.at <= state.adopted.at;
}

/** @returns places of the listed members, those who left excluded. */
export function listedPlaces(state: RoleState): readonly number[] {
  return state.members.flatMap((member, place) => (member.left === undefined ? [place] : []));
}

/** @returns the id of something the facilitator owes, told apart from the same when another one owed it. */
export function facilitators({ handed }: RoleState, id: string): string {
  return handed === undefined ? id : `${id}:by${handed}`;
}

/** @returns the element of that code; a word that every object knows is none */
export function elementIn(state: RoleState, code: string): Element | undefined {
  return Object.hasOwn(state.elements, code) ? state.elements[code] : undefined;
}

/** @returns what must still be brought to a decision: mandatory elements, and others once they are under way. */
export function unfinished(state: RoleState): readonly string[] {
  return Object.entries(state.elements)
    .filter(([code, one]) => !concluded(one) && (state.mandatory.includes(code) || one.status !== 'open'))
    .map(([code]) => code);
}

export function isPeer(state: RoleState): boolean {
  return state.kind === peerKind;
}

/** R1.2: a sick-leave rule of its own needs HR's word; null when the element has no such rule. */
export function sickLeaveUnsettled(state: RoleState): boolean {
  const element = state.elements['E10'];
  if (!isPeer(state) || element === undefined || element.choices.length === 0) return false;
  return !sameForAll(element.choices) && element.review !== 'upheld';
}

/** E10: the only value that passes without HR review. */
export function sameForAll(choices: readonly string[]): boolean {
  return choices.length === 1 && choices[0] === 'same_as_all_staff';
}

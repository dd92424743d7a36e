import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import { heard } from './consensus.ts';
import { evolveDescription } from './evolve-description.ts';
import { afterMark, change, lasting, membersChanged, settleBlocks } from './evolve-members.ts';
import type { AdoptedElement, Outcome, Proposal, RoleEvent } from './events.ts';
import { concluded, listedPlaces, newElement, takesPositions, unfinished, withMark } from './state.ts';
import { feeDue, feeRecorded } from './fees.ts';
import type { AskedChange, Element, Meeting, RoleState } from './state.ts';
import type { Position } from './words.ts';

type EventOf<K extends RoleEvent['kind']> = Recorded<Extract<RoleEvent, { kind: K }>>;

const marks: Readonly<Record<Position, string>> = {
  agree: 'a',
  agree_with_concern: 'c',
  stand_aside: 's',
  block: 'b',
};

function opened(state: RoleState, { body, stamp }: EventOf<'role_opened'>): RoleState {
  const { site, kind, facilitator, members, mandatory, optional, family, team } = body;
  const elements = Object.fromEntries([...mandatory, ...optional].map((code) => [code, newElement]));
  const since = { opened: stamp.at, draftSince: stamp.at, concludedLast: stamp.at };
  const among = { ...(family === undefined ? {} : { family }), ...(team === undefined ? {} : { team }) };
  return { ...state, site, kind, facilitator, members, mandatory, elements, draft: true, ...since, ...among };
}

function proposed(state: RoleState, proposals: readonly Proposal[], at: Instant): RoleState {
  const texts = new Map(proposals.map((one) => [one.element, one]));
  return change(state, [...texts.keys()], (element, code) => ({
    ...newElement,
    ...lasting(state, element),
    status: 'proposed',
    round: element.status === 'proposed' ? element.round : element.round + 1,
    // What was concluded and is opened again by another text counts its rounds anew.
    first: concluded(element) ? element.round + 1 : element.first,
    text: texts.get(code)?.text ?? null,
    choices: texts.get(code)?.choices ?? [],
    at,
  }));
}

function meetingHeld(state: RoleState, { body, stamp }: EventOf<'meeting_held'>): RoleState {
  const call = state.calls + 1;
  const discussed = (element: Element): Element => {
    if (element.status === 'proposed')
      return { ...element, status: 'discussed', call, asked: stamp.at, at: stamp.at };
    // Talked over again: who has not answered is asked anew; positions given stay, a block until it is taken back.
    return takesPositions(element) ? { ...element, call, asked: stamp.at } : element;
  };
  // What was discussed here no longer waits for another meeting.
  const left = (codes: readonly string[]) => codes.filter((code) => !body.elements.includes(code));
  const planned = state.planned.map((one) =>
    one.meeting === body.meeting
      ? { ...one, on: body.held, held: stamp.at }
      : { ...one, elements: left(one.elements) },
  );
  return { ...change(state, body.elements, discussed), calls: call, planned };
}

function revised(state: RoleState, { body, stamp }: EventOf<'elements_revised'>): RoleState {
  const call = state.calls + 1;
  const texts = new Map(body.proposals.map((one) => [one.element, one]));
  const next = change(state, [...texts.keys()], (element, code) => ({
    ...newElement,
    status: 'revised',
    round: element.round + 1,
    // A round in which nobody but the leader spoke is none that lets the leader decide (D1.2).
    first: element.first + (heard(state, element) ? 0 : 1),
    ...lasting(state, element),
    earlier: [
      ...(element.earlier ?? []),
      { round: element.round, text: element.text ?? '', choices: element.choices },
    ],
    text: texts.get(code)?.text ?? null,
    choices: texts.get(code)?.choices ?? [],
    call,
    asked: stamp.at,
    at: stamp.at,
  }));
  return { ...next, calls: call };
}

function positionsGiven(state: RoleState, { body, stamp }: EventOf<'positions_given'>): RoleState {
  const place = state.members.findIndex((member) => member.person === body.by);
  const said = new Map(body.positions.map((one) => [one.element, marks[one.position]]));
  const listed = listedPlaces(state);
  const next = change(state, [...said.keys()], (element, code) =>
    afterMark(withMark(element, place, said.get(code) ?? '.'), listed, stamp.at),
  );
  return feeDue(next, body.by, stamp.at);
}

function elementsConcluded(state: RoleState, outcomes: readonly Outcome[], at: Instant): RoleState {
  const by = new Map(outcomes.map((one) => [one.element, one.outcome]));
  const next = change(state, [...by.keys()], (element, code) => ({
    ...element,
    status: by.get(code) ?? element.status,
    at,
  }));
  return { ...next, concludedLast: at };
}

function leaderDecided(state: RoleState, { body, stamp }: EventOf<'leader_decided'>): RoleState {
  const { element, text, choices } = body;
  const next = change(state, [element], ({ review, ...one }) => {
    const byLeader = [...(one.byLeader ?? []), body.round];
    const decided: Element = { ...one, status: 'leader_decided', text, choices, byLeader, at: stamp.at };
    // HR's word was about the text it saw.
    return review === undefined || one.text !== text ? decided : { ...decided, review };
  });
  return { ...next, concludedLast: stamp.at };
}

function choicesOf(elements: readonly AdoptedElement[], code: string): readonly string[] {
  return elements.find((one) => one.element === code)?.choices ?? [];
}

function adopted(state: RoleState, { body, stamp }: EventOf<'version_adopted'>): RoleState {
  const { version, elements } = body;
  const named = (how: AdoptedElement['how']) =>
    elements.filter((one) => one.how === how).map((one) => one.element);
  return {
    ...state,
    draft: false,
    planned: state.planned.filter((one) => one.held !== null),
    adopted: {
      version,
      at: stamp.at,
      goals: choicesOf(elements, 'E1'),
      access: choicesOf(elements, 'E5'),
      notConsensus: named('leader_decided'),
      concerns: named('consensus_with_concerns'),
    },
  };
}

function changeDecided(state: RoleState, { body, stamp }: EventOf<'change_decided'>): RoleState {
  const asked = state.asked.filter((one) => !body.elements.includes(one.element));
  if (body.outcome === 'no_change') return { ...state, asked };
  const next = change(state, body.elements, ({ earlier: _earlier, ...element }) => ({
    ...element,
    ...lasting(state, element),
    status: 'open',
    first: element.round + 1,
    marks: '',
    repeats: 0,
    at: stamp.at,
  }));
  return { ...next, asked, draft: true, draftSince: state.draft ? state.draftSince : stamp.at };
}

function asking(state: RoleState, codes: readonly string[], at: Instant): RoleState {
  const fresh = codes.filter((code) => !state.asked.some((one) => one.element === code));
  const added = fresh.map((element, n): AskedChange => ({ element, at, n: state.changes + n + 1 }));
  return { ...state, asked: [...state.asked, ...added], changes: state.changes + fresh.length };
}

function hireNoted(state: RoleState, { body }: EventOf<'hire_noted'>): RoleState {
  const employments = state.employments.includes(body.employment)
    ? state.employments
    : [...state.employments, body.employment];
  // P1.5: the first day of the first hire moved before it came.
  const moved = body.was !== undefined && body.was === state.firstHire && employments[0] === body.employment;
  return { ...state, employments, firstHire: moved ? body.dayOne : (state.firstHire ?? body.dayOne) };
}

function searchNoted(state: RoleState, { body }: EventOf<'search_noted'>): RoleState {
  const others = state.openings.filter((one) => one !== body.opening);
  return { ...state, openings: body.open ? [...others, body.opening] : others };
}

function reaffirmed(
  { reviewAsked: _looked, ...state }: RoleState,
  { body, stamp }: EventOf<'version_reaffirmed'>,
): RoleState {
  const open = state.adopted;
  const concerns = (open?.concerns ?? []).filter((code) => !body.closed.includes(code));
  const next = asking(state, body.change, stamp.at);
  return { ...next, reaffirmed: body.on, adopted: open === null ? null : { ...open, concerns } };
}

function noResponse(state: RoleState, { body }: EventOf<'no_response_recorded'>): RoleState {
  const place = state.members.findIndex((member) => member.person === body.member);
  return change(state, body.elements, (element) => withMark(element, place, 'n'));
}

function blockRepeated(state: RoleState, { body, stamp }: EventOf<'block_repeated'>): RoleState {
  return change(state, [body.element], (element) => ({
    ...element,
    repeats: element.repeats + 1,
    at: stamp.asked,
  }));
}

function withMeeting(state: RoleState, { body, stamp }: EventOf<'meeting_planned'>): RoleState {
  const meeting: Meeting = { ...body, planned: stamp.at, held: null };
  return { ...state, meetings: body.meeting, planned: [...state.planned, meeting] };
}

function moved(state: RoleState, { body, stamp }: EventOf<'meeting_moved'>): RoleState {
  const planned = state.planned.map((one) =>
    one.meeting === body.meeting ? { ...one, on: body.on, planned: stamp.at } : one,
  );
  return { ...state, planned };
}

/** A finished definition that is taken up again is a new thing to bring to an end. */
export function evolve(state: RoleState, event: Recorded<RoleEvent>): RoleState {
  const after = fold(state, event);
  const resumed =
    state.draft && after.draft && unfinished(state).length === 0 && unfinished(after).length > 0;
  // Two moments of one instant are two: each has an obligation of its own.
  return resumed ? { ...after, draftSince: Math.max(event.stamp.at, state.draftSince + 1) } : after;
}

/** Folds one event of stages 1 and 2. */
function fold(state: RoleState, event: Recorded<RoleEvent>): RoleState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'role_opened':
      return opened(state, event);
    case 'members_changed':
      return settleBlocks(membersChanged(state, event), at);
    case 'fee_recorded':
      return feeRecorded(state, event);
    case 'facilitator_changed':
      return { ...state, facilitator: event.body.facilitator, handed: (state.handed ?? 0) + 1 };
    case 'meeting_planned':
      return withMeeting(state, event);
    case 'meeting_moved':
      return moved(state, event);
    case 'elements_proposed':
      return proposed(state, event.body.proposals, at);
    case 'meeting_held':
      return meetingHeld(state, event);
    case 'meeting_written_up':
      return { ...state, planned: state.planned.filter((one) => one.meeting !== event.body.meeting) };
    case 'positions_given':
      return positionsGiven(state, event);
    case 'no_response_recorded':
      return noResponse(state, event);
    case 'block_repeated':
      return blockRepeated(state, event);
    case 'elements_revised':
      return revised(state, event);
    case 'elements_concluded':
      return elementsConcluded(state, event.body.outcomes, at);
    case 'leader_decided':
      return leaderDecided(state, event);
    case 'sick_leave_reviewed':
      return change(state, ['E10'], (element) => ({ ...element, review: event.body.outcome }));
    case 'version_adopted':
      return adopted(state, event);
    case 'change_decided':
      return changeDecided(state, event);
    case 'change_asked':
      return asking(state, event.body.elements, at);
    case 'role_review_asked':
      return { ...state, reviewAsked: state.reviewAsked ?? at };
    case 'hire_noted':
      return hireNoted(state, event);
    case 'search_noted':
      return searchNoted(state, event);
    case 'version_reaffirmed':
      return reaffirmed(state, event);
    case 'measures_recorded':
      // Counted by the report of the role from its rows; no rule rests on them.
      return state;
    case 'role_retired':
      return { ...state, retired: true };
    default:
      return { ...state, description: evolveDescription(state.description, event) };
  }
}

import type { RoleCommand } from '../../contracts/role.ts';
import { dateOf } from '../kernel/calendar.ts';
import type { Ask, Context, Warned } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import { blockers, consensusLacks, outcomeOf, unanswered } from './consensus.ts';
import type { GivenPosition, Proposal, RoleEvent } from './events.ts';
import {
  concluded,
  elementIn,
  isPeer,
  ofAdopted,
  sameForAll,
  sickLeaveUnsettled,
  takesPositions,
} from './state.ts';
import type { Element, Member, RoleState, Worded } from './state.ts';
import { choiceNeeded, elementChoices } from './words.ts';

export type Decision = readonly (RoleEvent | Warned)[] | Refusal;
export type Of<T extends RoleCommand['type']> = Ask<Extract<RoleCommand, { type: T }>>;

function unknownElements(state: RoleState, codes: readonly string[]): Refusal | null {
  const unknown = codes.filter((code) => elementIn(state, code) === undefined);
  return unknown.length === 0
    ? null
    : refuse(
        'unknown_reference',
        'D1.2',
        unknown.map((about) => ({ code: 'element', about })),
      );
}

/** P1.1: the next meeting, and which elements it is about. */
export function planMeeting(state: RoleState, ask: Of<'plan_meeting'>, ctx: Context): Decision {
  const { on, elements } = ask.command.payload;
  const unknown = unknownElements(state, elements);
  if (unknown !== null) return unknown;
  if (!state.draft) return notNow('R1.4', { code: 'version_adopted' });
  if (on < dateOf(ctx.terms.calendar, ctx.now)) return blocked('P1.1', { code: 'day_is_past', about: on });
  return [{ kind: 'meeting_planned', body: { meeting: state.meetings + 1, on, elements } }];
}

function meetingToCome(state: RoleState, meeting: number): Refusal | null {
  const found = state.planned.find((one) => one.meeting === meeting);
  if (found === undefined)
    return refuse('unknown_reference', 'P1.1', [{ code: 'meeting', about: String(meeting) }]);
  return found.held === null ? null : notNow('P1.1', { code: 'meeting_was_held', about: String(meeting) });
}

export function moveMeeting(state: RoleState, ask: Of<'move_meeting'>, ctx: Context): Decision {
  const { meeting, on } = ask.command.payload;
  const refusal = meetingToCome(state, meeting);
  if (refusal !== null) return refusal;
  if (on < dateOf(ctx.terms.calendar, ctx.now)) return blocked('P1.1', { code: 'day_is_past', about: on });
  return [{ kind: 'meeting_moved', body: { meeting, on } }];
}

/** Rules a proposal must keep whoever writes it: R1.2, R1.3 and the closed lists. */
function proposalRefused(state: RoleState, proposal: Omit<Proposal, 'text'>, ctx: Context): Refusal | null {
  if (!isPeer(state)) return null;
  const { element, choices } = proposal;
  const known = Object.hasOwn(elementChoices, element) ? elementChoices[element] : undefined;
  const unknown = known === undefined ? undefined : choices.find((choice) => !known.includes(choice));
  if (element === 'E9' && (unknown !== undefined || !choices.includes('holder_decides')))
    return blocked('R1.3', { code: 'holder_decides', about: 'E9' });
  if (unknown !== undefined) return refuse('unknown_reference', 'D1.2', [{ code: unknown, about: element }]);
  if (choices.length === 0 && (choiceNeeded as readonly string[]).includes(element))
    return blocked('D1.2', { code: 'choice_needed', about: element });
  const own = element === 'E10' && !sameForAll(choices);
  if (own && ctx.terms.comparator?.values['sick_leave_policy'] === undefined)
    return blocked('R1.2', { code: 'no_comparator_on_file', about: 'E10' });
  return null;
}

function proposalsRefused(state: RoleState, proposals: readonly Proposal[], ctx: Context): Refusal | null {
  const codes = proposals.map((one) => one.element);
  const twice = codes.find((code, place) => codes.indexOf(code) !== place);
  if (twice !== undefined) return blocked('D1.2', { code: 'proposed_twice', about: twice });
  const unknown = unknownElements(state, codes);
  if (unknown !== null) return unknown;
  if (!state.draft) return blocked('R1.4', { code: 'version_adopted' });
  for (const proposal of proposals) {
    const refusal = proposalRefused(state, proposal, ctx);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** R1.4: what is concluded in an adopted version is frozen until it is reopened. */
function frozen(code: string, element: Element): Missing {
  return { code: concluded(element) ? 'concluded' : element.status, about: code };
}

/**
 * D1.2 `proposed`: before the discussion; a better text may replace an earlier one. Another text for an element that
 * was concluded in this definition opens it again, and it alone.
 */
export function proposeElements(state: RoleState, ask: Of<'propose_elements'>, ctx: Context): Decision {
  const { proposals } = ask.command.payload;
  const refusal = proposalsRefused(state, proposals, ctx);
  if (refusal !== null) return refusal;
  for (const { element } of proposals) {
    const now = elementIn(state, element);
    if (now === undefined || now.status === 'open' || now.status === 'proposed') continue;
    if (concluded(now) && !ofAdopted(state, now)) continue;
    const lack = frozen(element, now);
    return concluded(now)
      ? blocked('R1.4', lack)
      : notNow('D1.2', { code: 'revise_instead', about: element });
  }
  return [{ kind: 'elements_proposed', body: { proposals } }];
}

/** D1.2 `revised`: the next round, after a discussion. */
export function reviseElements(state: RoleState, ask: Of<'revise_elements'>, ctx: Context): Decision {
  const { proposals } = ask.command.payload;
  const refusal = proposalsRefused(state, proposals, ctx);
  if (refusal !== null) return refusal;
  for (const { element } of proposals) {
    const now = elementIn(state, element);
    if (now === undefined || takesPositions(now)) continue;
    return concluded(now)
      ? blocked('R1.4', frozen(element, now))
      : notNow('D1.2', { code: 'propose_instead', about: element });
  }
  return [{ kind: 'elements_revised', body: { proposals } }];
}

/**
 * D1.2 `discussed`: positions are asked for from now on (P1.2), and the notes are owed (P1.3). BLOCK a day from before the
 * role was opened, and a meeting to which nobody of those listed came.
 */
export function recordMeeting(state: RoleState, ask: Of<'record_meeting'>, ctx: Context): Decision {
  const { meeting, held, attended, elements } = ask.command.payload;
  const refusal = meetingToCome(state, meeting) ?? unknownElements(state, elements);
  if (refusal !== null) return refusal;
  if (held > dateOf(ctx.terms.calendar, ctx.now))
    return blocked('P1.3', { code: 'day_to_come', about: held });
  const since = dateOf(ctx.terms.calendar, state.opened);
  if (held < since) return blocked('P1.3', { code: 'before_the_role', about: since });
  const listed = state.members.filter((one) => one.left === undefined).map((one) => one.person);
  if (!attended.some((one) => listed.includes(one))) return blocked('D1.2', { code: 'nobody_listed_came' });
  const bare = elements.find((code) => state.elements[code]?.status === 'open');
  if (bare !== undefined) return notNow('D1.2', { code: 'not_proposed', about: bare });
  return [{ kind: 'meeting_held', body: ask.command.payload }];
}

/** P1.3: topics, options, objections and the decision, as PEER kept them (S000). */
export function writeUp(state: RoleState, ask: Of<'write_up'>): Decision {
  const { meeting } = ask.command.payload;
  const found = state.planned.find((one) => one.meeting === meeting);
  if (found === undefined) return notNow('P1.3', { code: 'no_notes_owed', about: String(meeting) });
  if (found.held === null) return notNow('P1.3', { code: 'meeting_not_held', about: String(meeting) });
  return [{ kind: 'meeting_written_up', body: ask.command.payload }];
}

/** Who speaks must be what the list says they are: an adviser's or a leader's voice counts as such. */
function speaker(state: RoleState, person: string, ctx: Context): Member | Refusal {
  const member = state.members.find((one) => one.person === person && one.left === undefined);
  if (member === undefined) return blocked('D1.1', { code: 'not_listed', who: person });
  if (member.capacity !== 'team_member' && !ctx.capacities.includes(member.capacity))
    return blocked('D1.1', { code: 'needs_capacity', about: member.capacity });
  return member;
}

/** D1.1: one member's sheet. A block needs a reason and a proposal. */
export function givePositions(state: RoleState, ask: Of<'give_positions'>, ctx: Context): Decision {
  const by = ask.onBehalfOf ?? ask.actor;
  const member = speaker(state, by, ctx);
  if (isRefusal(member)) return member;
  const { positions } = ask.command.payload;
  const unknown = unknownElements(
    state,
    positions.map((one) => one.element),
  );
  if (unknown !== null) return unknown;
  const codes = positions.map((one) => one.element);
  const twice = codes.find((code, place) => codes.indexOf(code) !== place);
  if (twice !== undefined) return blocked('D1.1', { code: 'given_twice', about: twice });
  const bare = positions.find(
    (one) => one.position === 'block' && (one.reason === undefined || one.proposal === undefined),
  );
  if (bare !== undefined) return blocked('D1.1', { code: 'reason_and_proposal', about: bare.element });
  const given: GivenPosition[] = [];
  for (const position of positions) {
    const element = elementIn(state, position.element);
    if (element === undefined || !takesPositions(element))
      return notNow('D1.1', { code: element?.status ?? 'open', about: position.element });
    given.push({ ...position, round: element.round });
  }
  return [{ kind: 'positions_given', body: { by, positions: given } }];
}

/** D1.2: the facilitator states the outcome; the consensus test decides whether they may. */
export function concludeElements(state: RoleState, ask: Of<'conclude_elements'>, ctx: Context): Decision {
  const codes = [...new Set(ask.command.payload.elements)];
  const unknown = unknownElements(state, codes);
  if (unknown !== null) return unknown;
  const lacks: Missing[] = [];
  const outcomes = codes.flatMap((code) => {
    const element = elementIn(state, code);
    if (element === undefined || !takesPositions(element)) {
      lacks.push({ code: element?.status ?? 'open', about: code });
      return [];
    }
    lacks.push(...consensusLacks(state, code, element, ctx.terms.policy));
    return [{ element: code, round: element.round, outcome: outcomeOf(state, element) }];
  });
  if (lacks.length > 0) return blocked('D1.2', ...lacks);
  if (codes.includes('E10') && sickLeaveUnsettled(state))
    return blocked('R1.2', { code: 'hr_review', about: 'E10' });
  return [{ kind: 'elements_concluded', body: { outcomes } }];
}

/** What the leader takes is a text that was discussed in this definition, with its choices: nothing nobody saw. */
function wordedFor(
  element: Element,
  { element: code, round, text, choices }: Of<'decide_by_leader'>['command']['payload'],
): Worded | Refusal {
  const now = { round: element.round, text: element.text ?? '', choices: element.choices };
  const worded =
    round === undefined ? now : [...(element.earlier ?? []), now].find((one) => one.round === round);
  if (worded === undefined)
    return refuse('unknown_reference', 'D1.2', [{ code: 'round_discussed', about: String(round) }]);
  const same =
    choices === undefined || [...choices].toSorted().join() === [...worded.choices].toSorted().join();
  if ((text !== undefined && text !== worded.text) || !same)
    return blocked('D1.2', { code: 'discussed_text', about: code });
  return worded;
}

/**
 * D1.2: a block ends the waiting for the others, but not that of the one who then decides. The adviser and the team leader
 * are waited for in any round: until they said something, or were asked three times in it and stayed silent (P1.2).
 */
function awaited(state: RoleState, element: Element, decider: string): readonly string[] {
  const stopped = element.status === 'blocked' && blockers(state, element).some((one) => one !== decider);
  return stopped ? unanswered(state, element, ['adviser', 'team_leader']) : unanswered(state, element);
}

/** D1.2 `leader_decided`: only after two rounds, each run to its end; it stays *not consensus* for ever. */
export function decideByLeader(state: RoleState, ask: Of<'decide_by_leader'>, ctx: Context): Decision {
  const { element: code, reason } = ask.command.payload;
  const element = elementIn(state, code);
  if (element === undefined) return refuse('unknown_reference', 'D1.2', [{ code: 'element', about: code }]);
  if (!takesPositions(element)) return notNow('D1.2', { code: element.status, about: code });
  const rounds = element.round - element.first + 1;
  if (rounds < num(ctx.terms.policy, 'D1.2', 'rounds_before_leader'))
    return blocked('D1.2', { code: 'two_rounds_first', about: code });
  const silent = awaited(state, element, ask.actor);
  if (silent.length > 0)
    return blocked('D1.2', ...silent.map((who) => ({ code: 'position_awaited', about: code, who })));
  if (consensusLacks(state, code, element, ctx.terms.policy).length === 0)
    return notNow('D1.2', { code: 'consensus_reached', about: code });
  const worded = wordedFor(element, ask.command.payload);
  if (isRefusal(worded)) return worded;
  const { text, choices } = worded;
  const refusal = proposalRefused(state, { element: code, choices }, ctx);
  if (refusal !== null) return refusal;
  const reviewed = element.review === 'upheld' && element.text === text;
  if (isPeer(state) && code === 'E10' && !sameForAll(choices) && !reviewed)
    return blocked('R1.2', { code: 'hr_review', about: 'E10' });
  const body = { element: code, text, choices, round: element.round, reason };
  return [{ kind: 'leader_decided', body }];
}

/** R1.2: HR's review, with the comparator on file. */
export function reviewSickLeave(state: RoleState, ask: Of<'review_sick_leave'>, ctx: Context): Decision {
  const element = state.elements['E10'];
  if (element === undefined || element.choices.length === 0 || sameForAll(element.choices))
    return notNow('R1.2', { code: 'nothing_to_review', about: 'E10' });
  if (ctx.terms.comparator?.values['sick_leave_policy'] === undefined)
    return blocked('R1.2', { code: 'no_comparator_on_file', about: 'E10' });
  return [
    { kind: 'sick_leave_reviewed', body: { outcome: ask.command.payload.outcome, round: element.round } },
  ];
}

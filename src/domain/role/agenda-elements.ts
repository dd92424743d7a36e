import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, closing, dateOf, nextBusinessInstant, opening } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed, owed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { PersonRef, SiteRef } from '../kernel/words.ts';
import { unanswered } from './consensus.ts';
import { facilitators, listedPlaces, sickLeaveUnsettled, takesPositions, unfinished } from './state.ts';
import type { Element, Meeting, RoleState } from './state.ts';

const leader = (site: SiteRef) => ({ manager: holder('program_leader', site) });

/** Listed persons, and the part of an id that tells apart their times in the team. */
function listedSeats(state: RoleState): readonly { readonly owner: PersonRef; readonly seat: string }[] {
  return listedPlaces(state).flatMap((place) => {
    const member = state.members[place];
    if (member === undefined) return [];
    const { person: owner, stint } = member;
    return [{ owner, seat: stint === undefined ? owner : `${owner}:${stint}` }];
  });
}

/** D1.2: bring every element to a decision; the timeline gives role definition six weeks. */
export function define(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  if (!state.draft || unfinished(state).length === 0) return [];
  const since = state.draftSince;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'D1.2', 'define_bd'));
  const owner = state.facilitator;
  const id = facilitators(state, `D1.2:define:${since}`);
  return [listed({ id, code: 'D1.2', owner, site, since, due, next: 'D1.3', ...leader(site) }, terms)];
}

/** P1.1 Read the proposal → members: 5 bd before each meeting. A single asking; the meeting goes ahead. */
function readings(state: RoleState, meeting: Meeting, terms: Terms, site: SiteRef): readonly Obligation[] {
  const proposed = meeting.elements.flatMap((code) => {
    const element = state.elements[code];
    if (element === undefined) return [];
    if (element.status === 'proposed') return [element.at];
    // A text still under way, revised or blocked, is read again before a later meeting.
    return takesPositions(element) ? [element.asked] : [];
  });
  if (proposed.length === 0) return [];
  const since = Math.max(meeting.planned, Math.min(...proposed));
  const due = Math.max(dueOn(terms.calendar, meeting.on), since);
  const before = num(terms.policy, 'P1.1', 'before_bd');
  const plan = steps(terms.calendar, since, due, [{ from: 'due', n: -before, unit: 'bd' }]);
  return listedSeats(state).map(({ owner, seat }) => {
    const id = `P1.1:${meeting.meeting}:${meeting.planned}:${seat}`;
    const atSilence = 'meeting_goes_ahead';
    return owed({ id, code: 'P1.1', owner, site, since, due, next: 'D1.1', atSilence }, plan);
  });
}

/** What the facilitator owes to a meeting to come: proposals in time, then the meeting itself. */
function preparing(state: RoleState, meeting: Meeting, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { calendar } = terms;
  const since = meeting.planned;
  const base = { code: 'D1.2', owner: state.facilitator, site, since, ...leader(site) };
  const place = facilitators(state, `${meeting.meeting}:${meeting.planned}`);
  const day = Math.max(dueOn(calendar, meeting.on), since);
  const held = listed({ ...base, id: `D1.2:hold:${place}`, due: day, next: 'P1.3' }, terms);
  const bare = meeting.elements.some((code) => state.elements[code]?.status === 'open');
  if (!bare) return [held];
  const before = -num(terms.policy, 'P1.1', 'before_bd');
  const inTime = closing(calendar, addBusinessDays(calendar, meeting.on, before));
  // A meeting at short notice leaves until the meeting itself.
  const due = inTime < since ? day : inTime;
  return [held, listed({ ...base, id: `D1.2:propose:${place}`, due, next: 'P1.1' }, terms)];
}

/** P1.3 Write up the notes → facilitator: within 2 bd of the meeting. */
function notes(state: RoleState, meeting: Meeting, held: Instant, terms: Terms, site: SiteRef): Obligation {
  const within = num(terms.policy, 'P1.3', 'within_bd');
  const owing: Owing = {
    id: facilitators(state, `P1.3:${meeting.meeting}`),
    code: 'P1.3',
    owner: state.facilitator,
    site,
    since: held,
    due: closing(terms.calendar, addBusinessDays(terms.calendar, meeting.on, within)),
    ...leader(site),
  };
  return laddered(owing, terms);
}

export function meetings(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return state.planned.flatMap((meeting) =>
    meeting.held === null
      ? [...preparing(state, meeting, terms, site), ...readings(state, meeting, terms, site)]
      : [notes(state, meeting, meeting.held, terms, site)],
  );
}

interface Call {
  readonly call: number;
  readonly asked: Instant;
  readonly elements: readonly Element[];
}

/** Elements that take positions, by the call that asked for them: one sheet, one message. */
function callsOf(state: RoleState): readonly Call[] {
  const byCall = new Map<number, Element[]>();
  for (const element of Object.values(state.elements)) {
    if (!takesPositions(element)) continue;
    byCall.set(element.call, [...(byCall.get(element.call) ?? []), element]);
  }
  return [...byCall].map(([call, elements]) => ({ call, elements, asked: elements[0]?.asked ?? 0 }));
}

/**
 * P1.2 Give a position → missing members: +2, +4, +6 bd; after three askings the policy records `no_response`, and the
 * person stays among the listed (R1.5).
 */
function missingPositions(state: RoleState, call: Call, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { calendar } = terms;
  const after = nums(terms.policy, 'P1.2', 'after_bd');
  const due = dueIn(calendar, call.asked, Math.max(...after));
  const plan = steps(
    calendar,
    call.asked,
    due,
    after.map((n) => ({ from: 'since', n, unit: 'bd' })),
  );
  const act: Rung = { id: 'no_response', at: due, to: [], how: 'act', act: 'no_response' };
  return listedSeats(state)
    .filter(({ owner }) => call.elements.some((element) => unanswered(state, element).includes(owner)))
    .map(({ owner, seat }) => {
      const id = `P1.2:${call.call}:${seat}`;
      const atSilence = 'no_response';
      return owed({ id, code: 'P1.2', owner, site, since: call.asked, due, next: 'D1.2', atSilence }, plan, [
        act,
      ]);
    });
}

/** D1.2: state the outcome once the sheets are in or the silent are recorded. */
function concluding(state: RoleState, call: Call, terms: Terms, site: SiteRef): readonly Obligation[] {
  const since = call.asked;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'D1.2', 'conclude_bd'));
  const id = facilitators(state, `D1.2:conclude:${call.call}`);
  const owner = state.facilitator;
  return [listed({ id, code: 'D1.2', owner, site, since, due, next: 'D1.3', ...leader(site) }, terms)];
}

export function positionsOwed(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return callsOf(state).flatMap((call) => [
    ...missingPositions(state, call, terms, site),
    ...concluding(state, call, terms, site),
  ]);
}

/**
 * P1.4 Blocked element → facilitator and director, the day of the block and every 5 bd after: each time a new
 * obligation, which the policy opens when the one before has run its days.
 */
export function blocks(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { calendar } = terms;
  const every = num(terms.policy, 'P1.4', 'every_bd');
  const director = holder('director', site);
  return Object.entries(state.elements).flatMap(([code, element]) => {
    if (element.status !== 'blocked') return [];
    const { at: since, round, repeats } = element;
    const id = facilitators(state, `P1.4:${code}:${round}:${repeats}`);
    const again = opening(calendar, addBusinessDays(calendar, dateOf(calendar, since), every));
    const rungs: Rung[] = [
      { id: 's0', at: nextBusinessInstant(calendar, since), to: [state.facilitator, director], how: 'ask' },
      { id: 'again', at: again, to: [], how: 'act', act: 'block_repeated' },
    ];
    const due = dueIn(calendar, since, every);
    const owing = { id, code: 'P1.4', owner: state.facilitator, site, since, due, manager: director };
    return [owed({ ...owing, next: 'D1.2', atSilence: 'asked_again' }, [], rungs)];
  });
}

/** R1.2: HR reviews a sick-leave rule that is not that of all staff. */
export function sickLeaveReview(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const element = state.elements['E10'];
  if (element === undefined || element.review !== undefined || !sickLeaveUnsettled(state)) return [];
  if (element.status !== 'proposed' && !takesPositions(element)) return [];
  const since = element.at;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'R1.2', 'review_bd'));
  const id = `R1.2:E10:${element.round}:${since}`;
  return [listed({ id, code: 'R1.2', owner: holder('hr', site), site, since, due, next: 'D1.2' }, terms)];
}

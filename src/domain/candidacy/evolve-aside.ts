import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import { awaiting } from './awaiting.ts';
import { ended } from './ended.ts';
import { evolveSearch } from './evolve-search.ts';
import type { AsideEvent, ContactEvent, RequestEvent, SlotEvent, TermsEvent } from './events-aside.ts';
import { backTo } from './state-offer.ts';
import { cannotCome, fellAway } from './arranging.ts';
import { initialScheduling, withoutMentor } from './state.ts';
import type { CandidacyState, Contact, Preboarding } from './state.ts';
import type { Place } from './words.ts';
import { inName, wordIn } from '../signed.ts';

function withContact(state: CandidacyState, change: Partial<Contact>): CandidacyState {
  return { ...state, contact: { ...state.contact, ...change } };
}

/** X2: closed. A seat that was accepted goes back to the opening, so nobody returns to it. */
function closed(
  state: CandidacyState,
  { body, stamp }: Recorded<Extract<ContactEvent, { kind: 'closed_no_response' }>>,
): CandidacyState {
  const { about, stage } = body;
  const returns = stage === 'preboarding' ? null : { about, stage, at: stamp.at };
  return ended(withContact(state, { closed: returns, tried: null }), 'closed_no_response', stamp.at);
}

function reopened(state: CandidacyState, stage: CandidacyState['stage'], at: Instant): CandidacyState {
  const { contact } = state;
  const returned = { closed: null, question: null, back: at, returns: contact.returns + 1 };
  return { ...withContact(state, returned), stage, since: at, outcome: null, words: [] };
}

function evolveContact(state: CandidacyState, event: Recorded<ContactEvent>): CandidacyState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'candidate_asked': {
      const { n, topic } = event.body;
      return withContact(state, { asked: n, question: { topic, at } });
    }
    case 'reply_noted':
      return withContact(state, { question: null });
    case 'second_channel_tried': {
      const since = awaiting(state)?.since;
      return since === undefined ? state : withContact(state, { tried: { since, at } });
    }
    case 'closed_no_response':
      return closed(state, event);
    case 'candidacy_reopened':
      return reopened(state, event.body.stage, at);
    case 'reopening_over':
      return withContact(state, { closed: null });
    case 'withdrawal_entered': {
      const { actor, capacity } = event.stamp;
      return {
        ...state,
        leaving: { ...event.body, ...inName(event.stamp), by: actor, office: capacity, at },
      };
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function evolveSlots(state: CandidacyState, event: Recorded<SlotEvent>): CandidacyState {
  const { scheduling } = state;
  const change = (part: Partial<CandidacyState['scheduling']>): CandidacyState => ({
    ...state,
    scheduling: { ...scheduling, ...part },
  });
  switch (event.kind) {
    case 'availability_noted': {
      const { rater, windows, cannot } = event.body;
      const others = scheduling.windows.filter((one) => one.rater !== rater);
      const noted = change({ windows: [...others, { rater, windows }] });
      return cannotCome(noted, rater, cannot && { who: rater, at: event.stamp.at });
    }
    case 'slots_offered':
      return change({ slots: event.body.slots, offered: event.stamp.at });
    case 'slot_chosen': {
      const { moved, arrangements } = scheduling;
      return change({ ...initialScheduling, moved, arrangements });
    }
    case 'slots_gone':
      return { ...change({ slots: [] }), since: event.stamp.at };
    case 'arrangements_chosen':
      return change({ arrangements: event.body.chosen });
    case 'reschedule_asked':
      return {
        ...fellAway(change({ moved: event.body.n, slots: [] }), event.body),
        stage: 'pool',
        since: event.stamp.at,
      };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** X27: the sheets of the other candidacy stand for a meeting of this one. */
function carried(
  state: CandidacyState,
  { body, stamp }: Recorded<Extract<RequestEvent, { kind: 'sheets_carried' }>>,
): CandidacyState {
  const { on, raters } = body;
  const { at } = stamp;
  const interview = {
    ...{ on, at: '', set: at, raters, sheetsOf: raters, questionsSent: true, questionsAt: 0 },
    held: { on, at },
  };
  return { ...state, stage: 'rating', since: at, interview };
}

function evolveRequests(state: CandidacyState, event: Recorded<RequestEvent>): CandidacyState {
  switch (event.kind) {
    // The opening's, to be settled there.
    case 'incident_told':
      return state;
    case 'carrying_agreed':
      return { ...state, carry: event.body.from };
    case 'sheets_carried':
      return carried(state, event);
    case 'request_made': {
      const { n, request } = event.body;
      const made = { n, request, at: event.stamp.at };
      return { ...state, requested: n, requests: [...state.requests, made] };
    }
    case 'request_answered':
      return { ...state, requests: state.requests.filter((one) => one.n !== event.body.n) };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** R5.3: the place stands empty again, and what was owed about it is owed anew. */
function left(pre: Preboarding, place: Place): Partial<Preboarding> {
  const { supervision } = pre;
  switch (place) {
    case 'supervisor':
      return { supervision: null };
    case 'second':
      return {
        supervision: supervision === null ? null : { ...supervision, second: null, secondTrained: null },
      };
    case 'mentor':
      return withoutMentor(pre);
    default: {
      const unknown: never = place;
      return unknown;
    }
  }
}

/** R5.3: who stepped back is not asked again; the row names a place, and the state before it whose it was. */
function gone(pre: Preboarding, place: Place): Partial<Preboarding> {
  const { supervision, mentor, steppedBack = [] } = pre;
  const people = { supervisor: supervision?.supervisor, second: supervision?.second, mentor: mentor?.person };
  const person = people[place];
  if (person === undefined || person === null || steppedBack.includes(person)) return {};
  return { steppedBack: [...steppedBack, person] };
}

/** R5.7: the word, and whose it was: nobody says it about what they confirm. */
function spoken(
  { rescind }: Preboarding,
  { body, stamp }: Recorded<Extract<TermsEvent, { kind: 'officer_spoke' }>>,
): Preboarding['rescind'] {
  return rescind === null ? null : { ...rescind, word: body.word, wordBy: stamp.actor, ...wordIn(stamp) };
}

function evolveTerms(state: CandidacyState, event: Recorded<TermsEvent>): CandidacyState {
  const { at } = event.stamp;
  const { pre, offer } = state;
  const change = (part: Partial<Preboarding>): CandidacyState => ({ ...state, pre: { ...pre, ...part } });
  switch (event.kind) {
    case 'offer_countered':
      return offer === null ? state : { ...state, offer: { ...offer, countered: at } };
    case 'counter_answered': {
      if (offer === null) return state;
      const back = backTo(offer, event.body.version);
      if (back.sent === null) return state;
      const sent = { ...back.sent, expires: event.body.expires };
      return { ...state, offer: { ...back, sent, countered: null } };
    }
    case 'medical_questions_set':
      return change({ medical: event.body.outcome });
    case 'place_left':
      return change({ ...left(pre, event.body.place), ...gone(pre, event.body.place) });
    case 'officer_spoke':
      return change({ rescind: spoken(pre, event) });
    case 'promises_named':
      return change({ promises: event.body.promises });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Folds what happens beside the straight way; each topic has its own exhaustive switch. */
export function evolveAside(state: CandidacyState, event: Recorded<AsideEvent>): CandidacyState {
  switch (event.kind) {
    case 'candidate_asked':
    case 'reply_noted':
    case 'second_channel_tried':
    case 'closed_no_response':
    case 'candidacy_reopened':
    case 'reopening_over':
    case 'withdrawal_entered':
      return evolveContact(state, event);
    case 'availability_noted':
    case 'slots_offered':
    case 'slot_chosen':
    case 'slots_gone':
    case 'arrangements_chosen':
    case 'reschedule_asked':
      return evolveSlots(state, event);
    case 'incident_told':
    case 'carrying_agreed':
    case 'sheets_carried':
    case 'request_made':
    case 'request_answered':
      return evolveRequests(state, event);
    case 'search_paused':
    case 'search_resumed':
    case 'version_kept':
    case 'hiring_manager_changed':
    case 'interview_again':
      return evolveSearch(state, event);
    default:
      return evolveTerms(state, event);
  }
}

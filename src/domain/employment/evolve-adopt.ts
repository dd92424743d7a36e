import type { Recorded } from '../kernel/decider.ts';
import type { EventOf } from './events.ts';
import { routeFrom } from './evolve-field.ts';
import type { EmploymentState, Live } from './state.ts';
import type { SessionTopic } from './words.ts';

/** The state of an employment as it is taken over: no first months, and nothing owed for what lies before. */
export function adopted(state: EmploymentState, event: Recorded<EventOf<'employment_adopted'>>): Live {
  const { weekday, at, weeks, first, month, review, sixMonth, rounds, ...rest } = event.body;
  const { exclusionCheckedOn, certifiedBy, educationFrom, on, notWitnessed, trained = {}, ...job } = rest;
  const { adoption: _proposed, ...before } = state;
  const route = routeFrom(certifiedBy, []);
  const ce = educationFrom === undefined ? {} : { ce: { since: educationFrom, hours: 0, ethics: 0 } };
  const field = { ...route.field, ...ce };
  return {
    ...before,
    job: {
      ...job,
      // There was no search and no candidacy in this house.
      ...{ candidacy: '', opening: '', mentor: null, conditional: false, notWitnessed },
      ...{ started: event.stamp.at, trained, readyAlone: true, caseload: on },
    },
    ...(Object.keys(field).length === 0 ? {} : { field }),
    mentoring: { ...state.mentoring, ended: true },
    sessions: {
      ...{ ...state.sessions, weekday, at, weeks, next: first, lastRoleFit: on },
      ...{ lastTension: on, observed: on },
    },
    pulse: { ...state.pulse, month },
    rounds: { ...state.rounds, at: rounds, cleared: exclusionCheckedOn, promotionSeen: on },
    others: { networked: on, reflected: on },
    reviews: { ...state.reviews, next: review, sixMonth },
  };
}

/** Nothing is employed here until a second person has said yes. */
export function adopting(
  state: EmploymentState,
  event: Recorded<EventOf<'adoption_proposed' | 'adoption_withdrawn'>>,
): EmploymentState {
  return event.kind === 'adoption_proposed'
    ? { ...state, adoption: { ...event.body, at: event.stamp.at } }
    : { ...state, adoption: { withdrawn: true } };
}

/** A topic stays until it was talked about. */
export function agendaAfter(
  agenda: Live['sessions']['agenda'],
  talked: readonly SessionTopic[],
): Pick<Live['sessions'], 'agenda'> {
  if (agenda === undefined) return {};
  const left = Object.fromEntries(
    Object.entries(agenda).filter(([topic]) => !talked.includes(topic as SessionTopic)),
  );
  return { agenda: left };
}

export const agendaFold = (state: Live, { body }: Recorded<EventOf<'agenda_topic_added'>>): Live => {
  const added = Object.fromEntries(body.topics.map((topic) => [topic, body.by]));
  return { ...state, sessions: { ...state.sessions, agenda: { ...state.sessions.agenda, ...added } } };
};

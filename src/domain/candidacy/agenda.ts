import type { Obligation } from '../kernel/agenda.ts';
import type { Terms } from '../kernel/terms.ts';
import { agendaContact } from './agenda-contact.ts';
import { agendaInterview } from './agenda-interview.ts';
import { agendaLeaving } from './agenda-leaving.ts';
import { agendaOffer } from './agenda-offer.ts';
import { agendaScreening } from './agenda-screening.ts';
import { agendaStart } from './agenda-start.ts';
import { frameOf } from './owing.ts';
import { paused } from './pause.ts';
import type { CandidacyState } from './state.ts';

/** All that is owed in a candidacy. X1: once it has ended, only what HR owes the candidate is left. */
export function agenda(state: CandidacyState, terms: Terms): readonly Obligation[] {
  if (state.site === null) return [];
  const frame = frameOf(state, terms, state.site);
  const owed = [
    ...agendaScreening(frame),
    ...agendaInterview(frame),
    ...agendaOffer(frame),
    ...agendaStart(frame),
    ...agendaContact(frame),
    ...agendaLeaving(frame),
  ];
  return state.stage === 'ended' ? owed : paused(owed, state.pauses, terms);
}

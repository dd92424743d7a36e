import type { CandidacyCommand } from '../../contracts/candidacy.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { askCandidate, logContact, noteReply, reopen } from './decide-contact.ts';
import { agreeCarrying, answerRequest, carrySheets, makeRequest, tellIncident } from './decide-requests.ts';
import {
  askReschedule,
  chooseArrangements,
  chooseSlot,
  noteAvailability,
  offerSlots,
} from './decide-slots.ts';
import { giveWord } from './decide-rescind.ts';
import { answerCounter, counterOffer, namePromises, setMedical, stepBack } from './decide-terms.ts';
import type { Decision } from './deciding.ts';
import type { CandidacyState } from './state.ts';

const asideCommands = [
  'ask_candidate',
  'reply',
  'log_contact',
  'reopen',
  'note_availability',
  'offer_slots',
  'choose_slot',
  'choose_arrangements',
  'ask_reschedule',
  'agree_carrying',
  'carry_sheets',
  'make_request',
  'answer_request',
  'report_incident',
  'counter_offer',
  'answer_counter',
  'set_medical_questions',
  'step_back',
  'give_word',
  'name_promises',
] as const satisfies readonly CandidacyCommand['type'][];

/** Commands beside the straight way. */
export type AsideCommand = (typeof asideCommands)[number];
export type Aside = Ask<Extract<CandidacyCommand, { type: AsideCommand }>>;

/** @returns true for a command that is decided here. */
export function isAside(ask: Ask<CandidacyCommand>): ask is Aside {
  return (asideCommands as readonly string[]).includes(ask.command.type);
}

/** X2, X27, X32, D4.8, scheduling, and what may happen beside an offer and before day one. */
export function decideAside(state: CandidacyState, ask: Aside, ctx: Context): Decision {
  const { command } = ask;
  switch (command.type) {
    case 'ask_candidate':
      return askCandidate(state, { ...ask, command });
    case 'reply':
      return noteReply(state);
    case 'log_contact':
      return logContact(state, { ...ask, command }, ctx);
    case 'reopen':
      return reopen(state, ctx);
    case 'note_availability':
      return noteAvailability(state, { ...ask, command }, ctx);
    case 'offer_slots':
      return offerSlots(state, { ...ask, command }, ctx);
    case 'choose_slot':
      return chooseSlot(state, { ...ask, command }, ctx);
    case 'choose_arrangements':
      return chooseArrangements(state, { ...ask, command });
    case 'ask_reschedule':
      return askReschedule(state, ctx);
    case 'agree_carrying':
      return agreeCarrying(state, { ...ask, command });
    case 'carry_sheets':
      return carrySheets(state, { ...ask, command }, ctx);
    case 'make_request':
      return makeRequest(state, { ...ask, command });
    case 'answer_request':
      return answerRequest(state, { ...ask, command }, ctx);
    case 'report_incident':
      return tellIncident(state, { ...ask, command }, ctx);
    case 'counter_offer':
      return counterOffer(state, { ...ask, command });
    case 'answer_counter':
      return answerCounter(state, { ...ask, command }, ctx);
    case 'set_medical_questions':
      return setMedical(state, { ...ask, command }, ctx);
    case 'step_back':
      return stepBack(state, { ...ask, command });
    case 'give_word':
      return giveWord(state, { ...ask, command });
    case 'name_promises':
      return namePromises(state, { ...ask, command });
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

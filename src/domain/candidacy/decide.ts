import type { CandidacyCommand } from '../../contracts/candidacy.ts';
import type { Ask, Context, Input } from '../kernel/decider.ts';
import { blocked, refuse } from '../kernel/refusal.ts';
import type { SearchToCandidacy, ToCandidacy } from '../notices.ts';
import { recordInterview, scheduleInterview, sendQuestions, submitSheet } from './decide-interview.ts';
import { decideAside, isAside } from './decide-aside.ts';
import type { AsideCommand } from './decide-aside.ts';
import { decideAct, decideNotice } from './decide-notice.ts';
import * as offer from './decide-offer.ts';
import { confirmRescind, proposeRescind } from './decide-rescind.ts';
import * as screening from './decide-screening.ts';
import * as start from './decide-start.ts';
import { withdraw } from './decide-withdraw.ts';
import { rivalRefs } from './deciding.ts';
import type { Decision } from './deciding.ts';
import type { CandidacyState } from './state.ts';

type Command<T extends CandidacyCommand['type']> = Ask<Extract<CandidacyCommand, { type: T }>>;

type StartCommand =
  | 'set_start'
  | 'answer_consent'
  | 'order_check'
  | 'record_exclusion'
  | 'record_credential'
  | 'assign_supervisor'
  | 'assign_mentor'
  | 'answer_mentoring'
  | 'report_setup'
  | 'record_welcome'
  | 'confirm_day_one';

/** Commands between acceptance and day one. */
function decideStart(state: CandidacyState, ask: Command<StartCommand>, ctx: Context): Decision {
  const { command } = ask;
  switch (command.type) {
    case 'set_start':
      return start.setStart(state, { ...ask, command }, ctx);
    case 'answer_consent':
      return start.answerConsent(state, { ...ask, command });
    case 'order_check':
      return start.orderCheck(state, ctx);
    case 'record_exclusion':
      return start.recordExclusion(state, { ...ask, command });
    case 'record_credential':
      return start.recordCredential(state, { ...ask, command }, ctx);
    case 'assign_supervisor':
      return start.assignSupervisor(state, { ...ask, command }, ctx);
    case 'assign_mentor':
      return start.assignMentor(state, { ...ask, command });
    case 'answer_mentoring':
      return start.answerMentoring(state, { ...ask, command });
    case 'report_setup':
      return start.reportSetup(state, { ...ask, command }, ctx);
    case 'record_welcome':
      return start.recordWelcome(state, { ...ask, command });
    case 'confirm_day_one':
      return start.confirmDayOne(state, ctx);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

type OfferCommand =
  | 'draft_offer'
  | 'approve_offer'
  | 'send_offer'
  | 'extend_offer'
  | 'accept_offer'
  | 'decline_offer'
  | 'propose_rescind'
  | 'confirm_rescind';

/** Commands about the offer. */
function decideOffer(state: CandidacyState, ask: Command<OfferCommand>, ctx: Context): Decision {
  const { command } = ask;
  switch (command.type) {
    case 'draft_offer':
      return offer.draftOffer(state, { ...ask, command }, ctx);
    case 'approve_offer':
      return offer.approveOffer(state, { ...ask, command }, ctx);
    case 'send_offer':
      return offer.sendOffer(state, { ...ask, command }, ctx);
    case 'extend_offer':
      return offer.extendOffer(state, { ...ask, command }, ctx);
    case 'accept_offer':
      return offer.acceptOffer(state, { ...ask, command }, ctx);
    case 'decline_offer':
      return offer.declineOffer(state, { ...ask, command });
    case 'propose_rescind':
      return proposeRescind(state, { ...ask, command }, ctx);
    case 'confirm_rescind':
      return confirmRescind(state, { ...ask, command }, ctx);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

type EarlyCommand = Exclude<CandidacyCommand['type'], StartCommand | OfferCommand | AsideCommand>;

/** Commands from the application to the outcome. */
function decideEarly(state: CandidacyState, ask: Command<EarlyCommand>, ctx: Context): Decision {
  const { command } = ask;
  switch (command.type) {
    case 'open':
      return screening.open(state, { ...ask, command }, ctx);
    case 'attest':
      return screening.attest(state, { ...ask, command });
    case 'acknowledge':
      return screening.acknowledge(state, { ...ask, command });
    case 'screen':
      return screening.screen(state, { ...ask, command }, ctx);
    case 'settle_screening':
      return screening.settleScreening(state, { ...ask, command }, ctx);
    case 'tell_outcome':
      return screening.tellOutcome(state);
    case 'schedule_interview':
      return scheduleInterview(state, { ...ask, command }, ctx);
    case 'send_questions':
      return sendQuestions(state, { ...ask, command }, ctx);
    case 'record_interview':
      return recordInterview(state, { ...ask, command }, ctx);
    case 'submit_sheet':
      return submitSheet(state, { ...ask, command }, ctx);
    case 'withdraw':
      return withdraw(state, { ...ask, command }, ctx);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

/**
 * Domain 5.3, D5.1, D5.2, X27: what only the candidate can say is said by no stand-in, whoever they named. D3.4, D4.3:
 * neither is what a reviewer or a rater thinks; HR gives the seat to somebody else.
 */
const inPerson: Readonly<Partial<Record<CandidacyCommand['type'], string>>> = {
  attest: 'D2.4',
  screen: 'D3.4',
  submit_sheet: 'D4.3',
  accept_offer: 'D5.1',
  decline_offer: 'D5.1',
  counter_offer: 'D5.1',
  answer_consent: 'D5.2',
  agree_carrying: 'X27',
};

/** What a candidate says for themselves; everything else about them is for others to decide. */
const theirs: ReadonlySet<CandidacyCommand['type']> = new Set([
  ...['open', 'attest', 'withdraw', 'reply', 'reopen', 'accept_offer', 'decline_offer'],
  ...['counter_offer', 'answer_consent', 'choose_slot', 'choose_arrangements', 'ask_reschedule'],
  ...['agree_carrying', 'make_request', 'report_incident'],
] as const);

/** D3.5 and domain 2.1: nobody has a say in their own application, whatever they hold here and whomever they stand in for. */
function onOneself({ person }: CandidacyState, ask: Ask<CandidacyCommand>): boolean {
  return !theirs.has(ask.command.type) && (ask.actor === person || ask.onBehalfOf === person);
}

/** X25: one applicant has no say in another's way through the same opening. */
const rival = (state: CandidacyState, ask: Ask<CandidacyCommand>, ctx: Context): boolean =>
  rivalRefs(state, ask).some(({ kind, subject }) => ctx.facts.get(kind, subject) !== null);

function decideAsk(state: CandidacyState, ask: Ask<CandidacyCommand>, ctx: Context): Decision {
  if (ask.command.type !== 'open' && state.site === null) return refuse('not_open');
  if (onOneself(state, ask)) return blocked('D3.5', { code: 'own_application' });
  if (ask.command.type !== 'open' && rival(state, ask, ctx)) return blocked('X25', { code: 'rival' });
  const rule = inPerson[ask.command.type];
  if (rule !== undefined && ask.onBehalfOf !== undefined) return blocked(rule, { code: 'in_person_only' });
  if (isAside(ask)) return decideAside(state, ask, ctx);
  return decideStraight(state, ask as Command<StraightCommand>, ctx);
}

type StraightCommand = Exclude<CandidacyCommand['type'], AsideCommand>;

/** Commands of the straight way, from the application to day one. */
function decideStraight(state: CandidacyState, ask: Command<StraightCommand>, ctx: Context): Decision {
  const { command } = ask;
  switch (command.type) {
    case 'set_start':
    case 'answer_consent':
    case 'order_check':
    case 'record_exclusion':
    case 'record_credential':
    case 'assign_supervisor':
    case 'assign_mentor':
    case 'answer_mentoring':
    case 'report_setup':
    case 'record_welcome':
    case 'confirm_day_one':
      return decideStart(state, { ...ask, command }, ctx);
    case 'draft_offer':
    case 'approve_offer':
    case 'send_offer':
    case 'extend_offer':
    case 'accept_offer':
    case 'decline_offer':
    case 'propose_rescind':
    case 'confirm_rescind':
      return decideOffer(state, { ...ask, command }, ctx);
    default:
      return decideEarly(state, { ...ask, command }, ctx);
  }
}

/** Decides one input of a candidacy: a person's command, a notice of another case, or an act of the policy. */
export function decide(
  state: CandidacyState,
  input: Input<CandidacyCommand, ToCandidacy | SearchToCandidacy>,
  ctx: Context,
): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'notice':
      return decideNotice(state, input, ctx);
    case 'act':
      return decideAct(state, input);
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}

import type { CandidacyCommand } from '../../contracts/candidacy.ts';
import type { Right } from '../kernel/can.ts';
import type { Decider, Input, Relation } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import type { Capacity, CaseStatus, Retention, Visibility } from '../kernel/words.ts';
import type { SearchToCandidacy, ToCandidacy } from '../notices.ts';
import { spanRefs } from '../span.ts';
import { agenda } from './agenda.ts';
import { hidden, veiled } from './blind.ts';
import { conversationFact, conversationRefs, conversationsBeside } from './conversations.ts';
import { decide } from './decide.ts';
import { ratedFact } from './decide-requests.ts';
import { applyingOf, rivalRefs } from './deciding.ts';
import type { CandidacyEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { gates, rangeReads } from './gates.ts';
import { meetings } from './meetings.ts';
import { notices } from './notices-out.ts';
import { initialCandidacy, isFinal, isUndecided } from './state.ts';
import type { CandidacyState } from './state.ts';

type Heard = ToCandidacy | SearchToCandidacy;

/** Who decides in stages 3 to 5 about one candidate (domain 2.1). */
const rights: Readonly<Record<CandidacyCommand['type'], Right>> = {
  open: { code: 'D3.3', by: ['candidate', 'hr'] },
  attest: { code: 'D2.4', by: ['candidate'] },
  acknowledge: { code: 'P3.1', by: ['hr'] },
  screen: { code: 'D3.4', by: ['screener'] },
  settle_screening: { code: 'D3.4', by: ['hr'] },
  tell_outcome: { code: 'P4.5', by: ['hr'] },
  schedule_interview: { code: 'D4.2', by: ['hr'] },
  send_questions: { code: 'P4.1', by: ['hr'] },
  record_interview: { code: 'D4.3', by: ['hr'] },
  submit_sheet: { code: 'D4.3', by: ['panelist'] },
  withdraw: { code: 'X1', by: ['candidate', 'hr', 'hr_director'] },
  draft_offer: { code: 'D5.1', by: ['hr'] },
  approve_offer: { code: 'D5.10', by: ['hr', 'director', 'hr_director'] },
  send_offer: { code: 'D5.1', by: ['hr'] },
  extend_offer: { code: 'P5.1', by: ['hr'] },
  accept_offer: { code: 'D5.1', by: ['candidate'] },
  decline_offer: { code: 'D5.1', by: ['candidate'] },
  propose_rescind: { code: 'D5.1', by: ['hr'] },
  confirm_rescind: { code: 'R5.7', by: ['hr_director'] },
  set_start: { code: 'D5.8', by: ['hr'] },
  answer_consent: { code: 'D5.2', by: ['candidate'] },
  order_check: { code: 'D5.2', by: ['background_officer'] },
  record_exclusion: { code: 'D5.3', by: ['compliance'] },
  record_credential: { code: 'D5.4', by: ['credential_officer'] },
  assign_supervisor: { code: 'D5.6', by: ['hr'] },
  assign_mentor: { code: 'D5.7', by: ['hiring_manager', 'manager'] },
  answer_mentoring: { code: 'D5.7', by: ['mentor'] },
  report_setup: { code: 'P5.5', by: ['hiring_manager', 'manager', 'it'] },
  record_welcome: { code: 'P5.6', by: ['mentor'] },
  confirm_day_one: { code: 'G5', by: ['hr'] },
  ask_candidate: { code: 'X2', by: ['hr'] },
  reply: { code: 'X2', by: ['candidate', 'hr'] },
  log_contact: { code: 'X2', by: ['hr'] },
  reopen: { code: 'X2', by: ['candidate', 'hr'] },
  note_availability: { code: 'D4.2', by: ['hr', 'panelist'] },
  offer_slots: { code: 'D4.2', by: ['hr'] },
  choose_slot: { code: 'D4.2', by: ['candidate'] },
  choose_arrangements: { code: 'D4.2', by: ['candidate'] },
  ask_reschedule: { code: 'D4.2', by: ['candidate'] },
  agree_carrying: { code: 'X27', by: ['candidate'] },
  carry_sheets: { code: 'X27', by: ['hr'] },
  make_request: { code: 'X32', by: ['candidate'] },
  answer_request: { code: 'X32', by: ['hr'] },
  report_incident: { code: 'D4.8', by: ['candidate'] },
  counter_offer: { code: 'D5.1', by: ['candidate'] },
  answer_counter: { code: 'D5.1', by: ['hr'] },
  set_medical_questions: { code: 'D5.5', by: ['hr'] },
  step_back: { code: 'R5.3', by: ['supervisor', 'mentor'] },
  give_word: { code: 'R5.7', by: ['accommodation_officer'] },
  name_promises: { code: 'R6.5', by: ['hr', 'hiring_manager'] },
};

const selection: readonly [Visibility, Retention] = ['C2', 'selection'];
const joining: readonly [Visibility, Retention] = ['C1', 'employment'];

/** Visibility and retention; the first row also holds for the kernel's own events in this case. */
const classes: Readonly<Record<CandidacyEvent['kind'], readonly [Visibility, Retention]>> = {
  applied: selection,
  statement_ticked: selection,
  receipt_acknowledged: selection,
  status_note_sent: selection,
  screening_given: selection,
  screening_settled: selection,
  screener_replaced: selection,
  interview_set: selection,
  questions_sent: selection,
  interview_held: selection,
  sheet_submitted: selection,
  rater_dropped: selection,
  rater_replaced: selection,
  selected: selection,
  reserved: selection,
  not_selected: selection,
  reserve_ended: selection,
  seat_refused: selection,
  opening_closed: selection,
  outcome_told: selection,
  withdrawal_entered: selection,
  withdrawn: selection,
  withdrawal_acknowledged: selection,
  candidate_informed: selection,
  offer_drafted: selection,
  offer_approved: selection,
  offer_refused: selection,
  offer_sent: selection,
  offer_extended: selection,
  offer_accepted: selection,
  offer_declined: selection,
  offer_expired: selection,
  rescind_proposed: selection,
  offer_rescinded: selection,
  start_set: joining,
  consent_answered: selection,
  check_ordered: selection,
  check_settled: selection,
  check_slow: selection,
  exclusion_recorded: ['C2', 'credential'],
  credential_recorded: ['C2', 'credential'],
  supervisor_assigned: joining,
  training_still_missing: joining,
  mentor_assigned: joining,
  mentor_answered: joining,
  setup_reported: joining,
  welcome_made: joining,
  hired: joining,
  candidate_asked: selection,
  reply_noted: selection,
  second_channel_tried: selection,
  closed_no_response: selection,
  candidacy_reopened: selection,
  reopening_over: selection,
  availability_noted: selection,
  slots_offered: selection,
  slot_chosen: selection,
  slots_gone: selection,
  arrangements_chosen: selection,
  reschedule_asked: selection,
  carrying_agreed: selection,
  sheets_carried: selection,
  request_made: selection,
  request_answered: selection,
  incident_told: selection,
  offer_countered: selection,
  counter_answered: selection,
  medical_questions_set: selection,
  place_left: joining,
  officer_spoke: selection,
  promises_named: joining,
  search_paused: selection,
  search_resumed: selection,
  version_kept: selection,
  hiring_manager_changed: selection,
  interview_again: selection,
};

/** Facts besides those of the gates: what the opening and the role published, and trainings on record. */
function reads(state: CandidacyState, input: Input<CandidacyCommand, Heard>): readonly FactRef[] {
  if (input.origin === 'notice' && input.notice.kind === 'rater_replaced') return conversationsBeside(state);
  if (input.origin !== 'ask') return [];
  const { command } = input;
  const { role, opening } = state;
  switch (command.type) {
    case 'open': {
      const subject = command.payload.opening;
      const own = { kind: 'applying', subject: applyingOf(subject, command.payload.person) };
      return [
        ...['posting', 'pool_ready', 'opening_role', 'opening_site', 'screeners', 'hiring_manager'].map(
          (kind) => ({ kind, subject }),
        ),
        own,
      ];
    }
    case 'reopen':
      return [{ kind: 'applying', subject: applyingOf(opening, state.person) }];
    case 'screen':
      return [
        { kind: 'credential_rule', subject: role },
        { kind: 'attested', subject: opening },
      ];
    case 'settle_screening':
    case 'accept_offer':
      return [{ kind: 'credential_rule', subject: role }];
    case 'schedule_interview':
    case 'note_availability':
    case 'offer_slots':
    case 'choose_slot':
      return [{ kind: 'panel', subject: opening }, ...conversationRefs(state, command)];
    case 'report_incident':
    case 'answer_request':
      return [{ kind: 'search_over', subject: opening }];
    case 'carry_sheets':
      return [
        { kind: 'panel', subject: opening },
        { kind: 'rated', subject: command.payload.from },
      ];
    case 'draft_offer':
      return rangeReads(state);
    case 'set_start':
      return [{ kind: 'readiness', subject: state.site ?? '' }];
    case 'report_setup':
      return [{ kind: 'record_access', subject: role }];
    case 'assign_supervisor': {
      const { supervisor, second } = command.payload;
      const people = second === undefined ? [supervisor] : [supervisor, second];
      const qualified = people.map((subject) => ({ kind: 'supervisor_qualified', subject }));
      // R7.6: how many people they have already.
      return [...qualified, ...spanRefs(people)];
    }
    default:
      return [];
  }
}

/**
 * While it runs: D3.6 the person concerned may ask for an arrangement, where they did is not known here; R3.4 they are one
 * applicant of the opening, and no second one.
 */
function concerns({ self, site, opening, person, stage }: CandidacyState): readonly Fact[] {
  if (site === null || stage === 'ended' || stage === 'hired') return [];
  return [
    { kind: 'concerns', subject: self, value: `${person},${site}` },
    { kind: 'applying', subject: applyingOf(opening, person), value: self },
  ];
}

/** Sheets that are all in (X27), the hour of a conversation (D4.2), and supervisor trainings recorded here (D5.6, R7.1): other cases may rely on them. */
function facts(state: CandidacyState): readonly Fact[] {
  const always = [...concerns(state), ...ratedFact(state), ...conversationFact(state)];
  const given = state.pre.supervision;
  if (given === null) return always;
  const { supervisor, trained, second, secondTrained } = given;
  const list: Fact[] = [...always];
  if (trained !== null) list.push({ kind: 'supervisor_qualified', subject: supervisor, value: trained });
  if (second !== null && secondTrained !== null)
    list.push({ kind: 'supervisor_qualified', subject: second, value: secondTrained });
  return list;
}

/** Who is what in this candidacy; a panel or a screener of one that has ended has no more business in it. */
function relations(state: CandidacyState): readonly Relation[] {
  if (state.site === null) return [];
  const own: Relation = { person: state.person, capacity: 'candidate' };
  if (state.stage === 'ended') return [own];
  const all = (people: readonly (string | null | undefined)[], capacity: Capacity): readonly Relation[] =>
    people.flatMap((person) => (person ? [{ person, capacity }] : []));
  const { supervision, mentor } = state.pre;
  // Domain 5.2: what comes after the selection, offers and outcomes of checks, is not the panel's to read.
  const judging = isUndecided(state) || state.stage === 'reserve';
  return [
    own,
    ...all(judging ? state.reviewers.map((one) => one.person) : [], 'screener'),
    ...all(judging ? (state.interview?.raters ?? []) : [], 'panelist'),
    ...all([state.hiringManager], 'hiring_manager'),
    ...all([supervision?.supervisor, supervision?.second], 'supervisor'),
    ...all([mentor?.person], 'mentor'),
  ];
}

/** D3.3: whoever applies is the candidate of what they open; nothing has to say so before. */
function entrants(body: object): readonly Relation[] {
  const { person } = body as { readonly person?: unknown };
  return typeof person === 'string' ? [{ person, capacity: 'candidate' }] : [];
}

function statusOf(state: CandidacyState): CaseStatus {
  if (isFinal(state)) return 'final';
  return state.stage === 'ended' || state.stage === 'hired' ? 'closed' : 'open';
}

/** Stages 3 to 5 for one person: application, screening, interview, offer, checks, pre-boarding, gate G5. */
export const candidacy: Decider<CandidacyState, CandidacyCommand, Heard, CandidacyEvent> = {
  kind: 'candidacy',
  foldVersion: 10,
  rights,
  gates,
  requires: {
    interview_set: ['G3'],
    slots_offered: ['G3'],
    sheets_carried: ['G3'],
    offer_sent: ['G4', 'D5.10'],
    hired: ['G5'],
  },
  classes,
  initial: () => initialCandidacy,
  reads: (state, input) => [
    ...reads(state, input),
    ...(input.origin === 'ask' ? rivalRefs(state, input) : []),
  ],
  decide,
  evolve,
  agenda,
  facts,
  notices,
  relations,
  entrants,
  meetings,
  hidden,
  veiled,
  standing: (state) => ({ stage: state.stage, status: statusOf(state) }),
};

import type { ClockCommand } from '../../contracts/clock.ts';
import type { ToClock } from '../notices.ts';
import type { Right } from '../kernel/can.ts';
import type { Decider, Input, Relation } from '../kernel/decider.ts';
import type { Fact, FactRef, Facts } from '../kernel/facts.ts';
import { kindOf } from '../kernel/words.ts';
import type { Capacity, Retention, Visibility } from '../kernel/words.ts';
import { agenda, resting } from './agenda.ts';
import { concernedIn } from './decide-accommodation.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { notices } from './notices-out.ts';
import { initialClock } from './state.ts';
import { reportOffices } from './words-report.ts';
import { holdOwners } from './words.ts';
import type { ClockEvent, ClockState } from './state.ts';

/** Who decides (domain 2.1). */
const rights: Readonly<Record<ClockCommand['type'], Right>> = {
  open_leave: { code: 'D9.4', by: ['leave_officer'] },
  decide_leave: { code: 'D9.4', by: ['leave_officer'] },
  review_denial: { code: 'D9.4', by: ['hr_director', 'leave_officer'] },
  extend_leave: { code: 'D9.4', by: ['leave_officer'] },
  move_leave: { code: 'D9.4', by: ['leave_officer'] },
  cancel_leave: { code: 'D9.4', by: ['leave_officer', 'employee'] },
  record_return: { code: 'D9.4', by: ['leave_officer'] },
  record_check: { code: 'D5.2', by: ['background_officer'] },
  propose_adverse: { code: 'D5.2', by: ['background_officer'] },
  confirm_adverse: { code: 'D5.2', by: ['hr_director'] },
  assess: { code: 'D5.2', by: ['background_officer'] },
  reply: { code: 'X8', by: ['candidate', 'employee', 'background_officer'] },
  keep_waiting: { code: 'X7', by: ['hr', 'hr_director'] },
  give_word: { code: 'R5.7', by: ['accommodation_officer', 'leave_officer'] },
  request_accommodation: { code: 'D3.6', by: ['accommodation_officer', 'candidate', 'employee'] },
  acknowledge_request: { code: 'X31', by: ['accommodation_officer'] },
  record_talk: { code: 'X31', by: ['accommodation_officer'] },
  decide_accommodation: { code: 'D3.6', by: ['accommodation_officer'] },
  review_decline: { code: 'D3.6', by: ['hr_director', 'accommodation_officer'] },
  confirm_arrangement: { code: 'X31', by: ['accommodation_officer', 'colleague'] },
  close_request: { code: 'D3.6', by: ['accommodation_officer', 'candidate', 'employee'] },
  report_concern: { code: 'X19', by: [...reportOffices, 'candidate', 'employee'] },
  acknowledge_report: { code: 'X19', by: reportOffices },
  record_investigation: { code: 'X19', by: reportOffices },
  close_report: { code: 'X19', by: reportOffices },
  record_look: { code: 'X19', by: reportOffices },
  hold_on: { code: 'X29', by: holdOwners },
  confirm_hold: { code: 'X29', by: holdOwners },
  review_hold: { code: 'X29', by: holdOwners },
  propose_hold_off: { code: 'X29', by: holdOwners },
  confirm_hold_off: { code: 'X29', by: holdOwners },
  keep_hold: { code: 'X29', by: holdOwners },
  record_exclusion: { code: 'D5.3', by: ['compliance'] },
  renew: { code: 'D5.4', by: ['credential_officer'] },
  limit_duties: { code: 'X9', by: ['supervisor', 'credential_officer'] },
  restore_duties: { code: 'X9', by: ['supervisor', 'credential_officer'] },
};

const vault: readonly [Visibility, Retention] = ['C3', 'vault'];
const lists: readonly [Visibility, Retention] = ['C3', 'credential'];
const work: readonly [Visibility, Retention] = ['C1', 'credential'];

/** `clear` or `not_yet`: all that leaves the vault about a check. */
function facts(state: ClockState): readonly Fact[] {
  const { matter, parent: subject } = state;
  if (matter?.about === 'background') {
    const clear = matter.status === 'clear' || matter.status === 'cleared_after_assessment';
    return [{ kind: 'background', subject, value: clear ? 'clear' : 'not_yet' }];
  }
  // X29: that something is held, and nothing about why. Gone with the hold.
  if (matter?.about === 'hold')
    return state.over ? [] : [{ kind: 'legal_hold', subject: matter.subject, value: 'on' }];
  if (matter?.about !== 'exclusion') return [];
  return [{ kind: 'exclusion', subject, value: matter.status === 'clear' ? 'clear' : 'not_yet' }];
}

const concerned = (person: string, parent: string): Relation => ({
  person,
  capacity: kindOf(parent) === 'candidacy' ? 'candidate' : 'employee',
});

/** D3.6: whom the case is about that a request is to belong to; they ask for themselves. */
function entrants(body: object, facts: Facts): readonly Relation[] {
  const { parent } = body as { readonly parent?: unknown };
  const found = typeof parent === 'string' ? concernedIn(parent, facts) : null;
  return found === null ? [] : [concerned(found.person, String(parent))];
}

function reads(_state: ClockState, input: Input<ClockCommand, ToClock>): readonly FactRef[] {
  if (input.origin !== 'ask') return [];
  const { command } = input;
  if (command.type === 'hold_on') return [{ kind: 'legal_hold', subject: command.payload.subject }];
  if (command.type === 'open_leave')
    return ['nothing_asked', 'concerns', 'supervised_by'].map((kind) => ({
      kind,
      subject: command.payload.employment,
    }));
  if (command.type !== 'request_accommodation' && command.type !== 'report_concern') return [];
  return [{ kind: 'concerns', subject: command.payload.parent }];
}

/** X19: a report goes to an office that somebody holds. */
function staff(input: Input<ClockCommand, ToClock>): readonly Capacity[] {
  return input.origin === 'ask' && input.command.type === 'report_concern' ? reportOffices : [];
}

function relations(state: ClockState): readonly Relation[] {
  // X29: a hold has nobody in it who is concerned as a candidate or an employee is.
  if (state.matter === null || state.matter.about === 'hold') return [];
  const own = concerned(state.person, state.parent);
  // Whoever arranges may say that it is done; reading anything here is not theirs.
  if (state.matter.about === 'accommodation' && state.matter.arranger !== null)
    return [own, { person: state.matter.arranger, capacity: 'colleague' }];
  if (state.matter.about !== 'credential' || state.supervisor === null) return [own];
  return [own, { person: state.supervisor, capacity: 'supervisor' }];
}

/**
 * A leave, a check, a credential or a request for a change. Which of them it is stands inside the state only: from outside all clocks look
 * alike, so a confidential one cannot be told from another.
 */
export const clock: Decider<ClockState, ClockCommand, ToClock, ClockEvent> = {
  kind: 'clock',
  foldVersion: 7,
  rights,
  gates,
  requires: {
    adverse_proposed: ['R5.4'],
    // Rows from before R5.7 was a gate.
    adverse_decided: ['R5.4'],
    adverse_confirmed: ['R5.4', 'R5.7'],
  },
  classes: {
    leave_opened: vault,
    leave_decided: vault,
    denial_reviewed: vault,
    leave_extended: vault,
    leave_moved: vault,
    leave_cancelled: vault,
    leave_returned: vault,
    leave_closed: vault,
    check_started: vault,
    check_recorded: vault,
    adverse_proposed: vault,
    adverse_decided: vault,
    adverse_confirmed: vault,
    check_assessed: vault,
    reply_received: vault,
    check_slowed: vault,
    wait_prolonged: vault,
    officer_word_given: vault,
    accommodation_requested: vault,
    request_acknowledged: vault,
    request_talked: vault,
    accommodation_decided: vault,
    decline_reviewed: vault,
    arrangement_made: vault,
    request_closed: vault,
    hold_on: vault,
    hold_confirmed: vault,
    hold_reviewed: vault,
    hold_off_proposed: vault,
    hold_kept: vault,
    hold_off: vault,
    report_opened: vault,
    report_acknowledged: vault,
    report_investigated: vault,
    report_closed: vault,
    report_reopened: vault,
    guard_ended: vault,
    exclusion_started: lists,
    exclusion_recorded: lists,
    credential_watched: work,
    credential_renewed: work,
    credential_expired: work,
    credential_step_over: work,
    duties_limited: work,
    duties_restored: work,
    deadline_noted: work,
    overdue_day_passed: work,
    supervisor_noted: vault,
    absence_noted: vault,
    absence_ended: vault,
    rest_begun: vault,
    rest_over: vault,
    clock_ended: vault,
  },
  initial: () => initialClock,
  reads,
  staff,
  decide,
  evolve,
  agenda,
  resting: (state, terms) => (state.rests === undefined ? [] : resting(state, terms)),
  facts,
  notices,
  relations,
  entrants,
  standing: (state) => ({ stage: 'open', status: state.over ? 'final' : 'open' }),
};

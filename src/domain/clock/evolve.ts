import { gone, returned } from '../away.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { Instant } from '../kernel/calendar.ts';
import { withRest } from '../resting.ts';
import { checkOver } from './state.ts';
import { evolveAccommodation } from './evolve-accommodation.ts';
import { evolveHold } from './evolve-hold.ts';
import { evolveReport } from './evolve-report.ts';
import type { Background, ClockEvent, ClockState, Credential, Leave } from './state.ts';
import type { ExclusionOutcome } from './words.ts';
import { inName, wordIn } from '../signed.ts';

type Body<K extends ClockEvent['kind']> = Extract<ClockEvent, { kind: K }>['body'];

function begun(
  state: ClockState,
  body: Body<'check_started'>,
  matter: NonNullable<ClockState['matter']>,
  at: Instant,
): ClockState {
  const { site, parent, person, supervisor } = body;
  return { ...state, site, parent, person, supervisor, matter, since: at };
}

function leaveOpened(state: ClockState, body: Body<'leave_opened'>, at: Instant): ClockState {
  const { site, person, employment: parent, from, to, supervisor, known } = body;
  const matter: Leave = { about: 'leave', from, to, status: 'requested', deniedBy: null };
  const seen = known === true ? { known } : {};
  return { ...state, site, parent, person, supervisor: supervisor ?? null, matter, since: at, ...seen };
}

function moved(state: ClockState, at: Instant, matter: ClockState['matter'], over = false): ClockState {
  return { ...state, matter, since: at, moves: state.moves + 1, over: state.over || over };
}

function leave(state: ClockState, at: Instant, change: Partial<Leave>, over = false): ClockState {
  if (state.matter?.about !== 'leave') return state;
  return moved(state, at, { ...state.matter, ...change }, over);
}

function check(state: ClockState, at: Instant, change: Partial<Background>): ClockState {
  if (state.matter?.about !== 'background') return state;
  const matter = { ...state.matter, ...change };
  return moved(state, at, matter, checkOver(matter.status));
}

/** Nothing weighed, nothing proposed: how a check begins, and how a reply leaves it. */
const afresh = { given: null, proposal: null, word: null, considered: [], assessedAt: null } as const;

function recorded(state: ClockState, body: Body<'check_recorded'>, at: Instant): ClockState {
  const given = body.given ?? null;
  const anew = body.outcome === 'individual_assessment' ? afresh : {};
  return check(state, at, { ...anew, status: body.outcome, given, proposal: null, word: null, slow: false });
}

function assessed(state: ClockState, body: Body<'check_assessed'>, at: Instant): ClockState {
  if (state.matter?.about !== 'background') return state;
  const considered = [...new Set([...state.matter.considered, ...body.considered])];
  return check(state, at, { considered, assessedAt: at });
}

/** X8: after the first notice a reply opens the assessment again; before it, what was weighed is weighed anew. */
function replied(state: ClockState, at: Instant): ClockState {
  if (state.matter?.about !== 'background') return state;
  const { status } = state.matter;
  return check(state, at, { ...afresh, status: status === 'pre_adverse' ? 'individual_assessment' : status });
}

function proposed(
  state: ClockState,
  { body, stamp }: Recorded<Extract<ClockEvent, { kind: 'adverse_proposed' }>>,
): ClockState {
  const { by, reason, notice } = body;
  return check(state, stamp.at, { proposal: { by, ...inName(stamp), reason, notice }, word: null });
}

/** D5.3: `clear` and `match` are the end of it; the monthly re-check belongs to the employment (P7.7). */
function excluded(state: ClockState, status: ExclusionOutcome, at: Instant): ClockState {
  return moved(state, at, { about: 'exclusion', status }, status === 'clear' || status === 'match');
}

function credential(state: ClockState, at: Instant, change: Partial<Credential>): ClockState {
  if (state.matter?.about !== 'credential') return state;
  return moved(state, at, { ...state.matter, ...change });
}

function watched(state: ClockState, body: Body<'credential_watched'>, at: Instant): ClockState {
  const dated = body.route === 'apprentice' ? 'awaited' : 'verified';
  const status = body.validTo === null ? 'undated' : dated;
  return begun(state, body, { about: 'credential', status, validTo: body.validTo, overdue: null }, at);
}

/** The way back ends with it, wherever it was (X9). */
function renewed(state: ClockState, { validTo }: Body<'credential_renewed'>, at: Instant): ClockState {
  if (state.matter?.about !== 'credential') return state;
  const { duties } = state.matter;
  const back = duties === 'rest' ? { duties } : {};
  return moved(state, at, { about: 'credential', status: 'verified', validTo, overdue: null, ...back });
}

/** X9: what rests is in the ledger; here stands only that something does. */
function limited(state: ClockState, { duties }: Body<'duties_limited'>, at: Instant): ClockState {
  const rests = duties.some((one) => one !== 'nothing_billed');
  return credential(state, at, { duties: rests ? 'rest' : 'settled' });
}

function restored(state: ClockState, at: Instant): ClockState {
  if (state.matter?.about !== 'credential') return state;
  const { duties: _back, ...matter } = state.matter;
  return moved(state, at, matter);
}

/** Folds one event of a clock. */
export function evolve(state: ClockState, event: Recorded<ClockEvent>): ClockState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'leave_opened':
      return leaveOpened(state, event.body, at);
    case 'leave_decided': {
      const { outcome, by } = event.body;
      const { name } = inName(event.stamp);
      const deniedFor = name === undefined ? {} : { deniedFor: name };
      const denied = outcome === 'denied_with_review' ? { deniedBy: by, ...deniedFor } : { deniedBy: null };
      return leave(state, at, { status: outcome, ...denied });
    }
    case 'denial_reviewed':
      return event.body.outcome === 'overturned'
        ? leave(state, at, { status: 'approved' })
        : leave(state, at, {}, true);
    case 'leave_extended':
      return leave(state, at, { status: 'extended', to: event.body.to });
    case 'leave_moved':
      return leave(state, at, event.body);
    case 'leave_cancelled':
      return leave(state, at, {}, true);
    case 'leave_returned':
      return leave(state, at, { status: 'returned', to: event.body.on });
    case 'leave_closed':
      return leave(state, at, {}, true);
    case 'check_started':
      return begun(state, event.body, { about: 'background', status: 'pending', slow: false, ...afresh }, at);
    case 'check_recorded':
      return recorded(state, event.body, at);
    case 'adverse_proposed':
      return proposed(state, event);
    case 'check_assessed':
      return assessed(state, event.body, at);
    case 'reply_received':
      return replied(state, at);
    case 'check_slowed':
      return check(state, at, { slow: true });
    case 'wait_prolonged':
      return check(state, at, { slow: false });
    case 'officer_word_given':
      return check(state, at, { word: event.body.word, wordBy: event.body.by, ...wordIn(event.stamp) });
    case 'accommodation_requested':
    case 'request_acknowledged':
    case 'request_talked':
    case 'accommodation_decided':
    case 'decline_reviewed':
    case 'arrangement_made':
    case 'request_closed':
      return evolveAccommodation(state, event);
    case 'hold_on':
    case 'hold_confirmed':
    case 'hold_reviewed':
    case 'hold_off_proposed':
    case 'hold_kept':
    case 'hold_off':
      return evolveHold(state, event);
    case 'report_opened':
    case 'report_acknowledged':
    case 'report_investigated':
    case 'report_closed':
    case 'report_reopened':
    case 'guard_ended':
      return evolveReport(state, event);
    case 'adverse_confirmed':
    case 'adverse_decided':
      return check(state, at, { status: 'adverse_final' });
    case 'exclusion_started':
      return begun(state, event.body, { about: 'exclusion', status: 'not_checked' }, at);
    case 'exclusion_recorded':
      return excluded(state, event.body.outcome, at);
    case 'credential_watched':
      return watched(state, event.body, at);
    case 'credential_renewed':
      return renewed(state, event.body, at);
    case 'duties_limited':
      return limited(state, event.body, at);
    case 'duties_restored':
      return restored(state, at);
    case 'deadline_noted':
      return credential(state, at, { validTo: event.body.validTo });
    case 'credential_step_over':
      return credential(state, at, { step: event.body.next });
    case 'credential_expired':
      return credential(state, at, { status: 'expired' });
    case 'overdue_day_passed':
      return credential(state, at, { overdue: event.body.day });
    case 'supervisor_noted':
      return { ...state, supervisor: event.body.supervisor, supervisors: state.supervisors + 1 };
    case 'absence_noted':
      return { ...state, absence: gone(state.absence, event.body) };
    case 'absence_ended':
      return { ...state, absence: returned(state.absence, event.body) };
    case 'rest_begun':
      return { ...state, rests: at };
    case 'rest_over': {
      const { rests: _over, ...goesOn } = state;
      return { ...goesOn, ...withRest(state.rested, event.body.since, at) };
    }
    case 'clock_ended':
      return { ...state, over: true };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

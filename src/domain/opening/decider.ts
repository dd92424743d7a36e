import type { OpeningCommand } from '../../contracts/opening.ts';
import type { Right } from '../kernel/can.ts';
import type { Decider, Input, Relation, Standing } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import { capacities } from '../kernel/words.ts';
import type { CaseId, Retention, Visibility } from '../kernel/words.ts';
import type { ToOpening } from '../notices.ts';
import { agenda } from './agenda.ts';
import { hiddenFrom, veiledFrom } from './aside.ts';
import { pauseNow } from './course.ts';
import { asksVersion } from './decide-course.ts';
import { decide } from './decide.ts';
import type { OpeningEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { notices } from './notices.ts';
import { staff } from './process-keeper.ts';
import { servedElsewhere } from './queries.ts';
import { candidacyOf, inForce, initialOpening, isOver } from './state.ts';
import type { JudgeSeat, OpeningState } from './state.ts';

const hr = ['hr', 'hr_director'] as const;
/** D4.8: everybody who works here may report; those who only run or audit the machine do not take part. */
const anyone = capacities.filter((one) => one !== 'administrator' && one !== 'auditor');

/** Who decides in stages 3 and 4 (domain 2.1). */
const rights: Readonly<Record<OpeningCommand['type'], Right>> = {
  open: { code: 'D3.1', by: hr },
  plan_channels: { code: 'D3.2', by: hr },
  approve_posting: { code: 'D3.1', by: hr },
  return_posting: { code: 'D3.1', by: hr },
  post: { code: 'D3.1', by: hr },
  extend_posting: { code: 'D3.1', by: hr },
  pause_posting: { code: 'D3.1', by: hr },
  resume_posting: { code: 'D3.1', by: hr },
  close_posting: { code: 'D3.1', by: hr },
  declare: { code: 'D3.5', by: ['screener', 'panelist', 'reviewer', 'hiring_manager'] },
  fill_seat: { code: 'D4.2', by: hr },
  propose_pool: { code: 'D3.7', by: ['hr', 'hiring_manager'] },
  confirm_pool: { code: 'D3.7', by: ['hr', 'hiring_manager'] },
  mark_questions: { code: 'D4.1', by: hr },
  plan_interviews: { code: 'D4.2', by: hr },
  confirm_attendance: { code: 'P4.2', by: ['panelist'] },
  drop_rater: { code: 'D4.4', by: hr },
  state_consensus: { code: 'D4.5', by: ['panelist'] },
  answer_consensus: { code: 'D4.5', by: ['panelist'] },
  record_references: { code: 'D4.6', by: hr },
  select: { code: 'D4.7', by: ['hiring_manager'] },
  confirm_selection: { code: 'G4', by: hr },
  report_incident: { code: 'D4.8', by: anyone },
  review_incident: { code: 'D4.8', by: ['hr_director'] },
  offer_next: { code: 'D5.9', by: hr },
  keep_reserve: { code: 'D5.9', by: hr },
  release_reserve: { code: 'D5.9', by: hr },
  cancel_opening: { code: 'X28', by: ['hr_director', 'director'] },
  dispute_finding: { code: 'D4.1', by: [...hr, 'hiring_manager', 'panelist'] },
  settle_dispute: { code: 'D4.1', by: hr },
  decline_seat: { code: 'P4.2', by: ['panelist'] },
  record_no_show: { code: 'D4.2', by: hr },
  order_re_interview: { code: 'X6', by: hr },
  record_fee: { code: 'D4.2', by: hr },
  pause_search: { code: 'X28', by: ['hr_director', 'director'] },
  resume_search: { code: 'X28', by: ['hr_director', 'director'] },
  record_told: { code: 'X28', by: hr },
  note_role_change: { code: 'X5', by: [...hr, 'program_leader'] },
  answer_role_change: { code: 'X5', by: hr },
  follow_search: { code: 'X4', by: hr },
  leave_pool: { code: 'X26', by: hr },
  change_hiring_manager: { code: 'D4.7', by: [...hr, 'director'] },
};

const open: readonly [Visibility, Retention] = ['C0', 'selection'];
const selection: readonly [Visibility, Retention] = ['C2', 'selection'];

/** The representative class first: prompts of an opening are as visible as its selection. */
const classes: Readonly<Record<OpeningEvent['kind'], readonly [Visibility, Retention]>> = {
  applicant_listed: selection,
  application_late: selection,
  applicant_screened: selection,
  applicant_left: selection,
  opening_opened: selection,
  channels_planned: open,
  posting_approved: open,
  posting_returned: open,
  posted: open,
  posting_extended: open,
  posting_paused: open,
  posting_resumed: open,
  posting_closed: open,
  pool_proposed: selection,
  pool_accepted: selection,
  pool_extended: selection,
  search_failed: selection,
  opening_canceled: selection,
  conflict_declared: selection,
  seat_refilled: selection,
  seat_left: selection,
  alternate_called: selection,
  alternate_added: selection,
  alternate_left: selection,
  choice_passed_on: selection,
  questions_marked: open,
  interviews_planned: selection,
  attendance_confirmed: selection,
  interview_listed: selection,
  interview_noted: selection,
  interview_set_aside: selection,
  sheet_noted: selection,
  rater_dropped: selection,
  incident_reported: selection,
  incident_reviewed: selection,
  consensus_stated: selection,
  consensus_answered: selection,
  references_recorded: selection,
  selection_proposed: selection,
  selection_confirmed: selection,
  offer_settled: selection,
  seat_refused: selection,
  seat_filled: selection,
  holder_gone: selection,
  next_offered: selection,
  reserve_ended: selection,
  finding_disputed: open,
  dispute_settled: open,
  re_interview_ordered: selection,
  fee_recorded: selection,
  search_paused: open,
  search_resumed: open,
  candidates_told: selection,
  reserve_kept: selection,
  role_changed: open,
  version_kept: open,
  search_followed: open,
  seats_joined: selection,
  seats_not_joined: selection,
  pool_leave_asked: selection,
  seats_given_back: selection,
  pool_left: selection,
  joined_seat_accepted: selection,
  joined_seat_filled: selection,
  joined_seat_freed: selection,
  hiring_manager_changed: selection,
  joined_manager_changed: selection,
};

const refs = (seats: readonly JudgeSeat[]): string => seats.flatMap((seat) => seat.person ?? []).join(',');

/** What other openings of the role, and the reviewers' forms, need to know. */
function searchFacts(state: OpeningState, self: CaseId): readonly Fact[] {
  const list: Fact[] = [];
  const attested = refs([...state.screeners, ...state.panel].filter((seat) => seat.attested === true));
  if (attested !== '') list.push({ kind: 'attested', subject: self, value: attested });
  const { range } = state.posting;
  if (range !== undefined) list.push({ kind: 'posted_range', subject: self, value: range });
  const next = state.course.next?.answer ?? null;
  if (next !== null) list.push({ kind: 'search_next', subject: self, value: next });
  // Seats join a search that has people or looks for them, and never one whose own seats are lent (X26).
  const lends = state.seats.some((seat) => seat.st === 'lent');
  // X32: the candidacies count their time from this moment, in the days of their own site.
  const { over } = state.course;
  if (over !== undefined && standing(state).status === 'final')
    list.push({ kind: 'search_over', subject: self, value: String(over) });
  if (!isOver(state) && !lends && state.posting.status !== 'draft')
    list.push({ kind: 'pool_open', subject: self, value: 'yes' });
  return list;
}

function facts(state: OpeningState, self: CaseId): readonly Fact[] {
  if (state.site === null) return [];
  const { status } = state.posting;
  const list: Fact[] = [
    { kind: 'opening_role', subject: self, value: `${state.role},${state.roleVersion}` },
    { kind: 'opening_site', subject: self, value: state.site },
    { kind: 'screeners', subject: self, value: refs(state.screeners) },
    { kind: 'hiring_manager', subject: self, value: state.hiringManager },
  ];
  if (status === 'posted' || status === 'paused' || status === 'closed')
    list.push({ kind: 'posting', subject: self, value: state.ended === null ? status : 'closed' });
  const rests = pauseNow(state.course);
  if (rests !== null && !isOver(state))
    list.push({ kind: 'search_paused', subject: self, value: rests.until });
  list.push(...searchFacts(state, self));
  if (state.pool !== null) list.push({ kind: 'pool_ready', subject: self, value: 'yes' });
  // R4.1: no conversation is set or held by a panel without somebody in a peer role.
  const sits = inForce(state);
  if (state.plan !== null && sits.filter((seat) => seat.inRole).length >= (state.plan.inRole ?? 0))
    list.push({ kind: 'panel', subject: self, value: refs(sits) });
  state.seats.forEach((seat, n) => {
    if (seat.c !== null)
      list.push({ kind: 'seat', subject: candidacyOf({ c: seat.c }), value: String(n + 1) });
  });
  return list;
}

/** Those in force: whoever left a seat, or was dropped, is nobody here any more. */
function relations(state: OpeningState): readonly Relation[] {
  if (state.site === null) return [];
  const seated = (seats: readonly JudgeSeat[], capacity: Relation['capacity']): readonly Relation[] =>
    seats.flatMap(({ person }) => (person === null ? [] : [{ person, capacity }]));
  return [
    { person: state.hiringManager, capacity: 'hiring_manager' },
    ...seated(state.screeners, 'screener'),
    ...seated(inForce(state), 'panelist'),
    // An alternate may stand aside before they are called, and reads nothing of the search until then.
    ...state.alternates.map(({ person }): Relation => ({ person, capacity: 'reviewer' })),
  ];
}

function stageOf(state: OpeningState): string {
  if (state.ended !== null) return state.ended;
  if (isOver(state)) return 'filled';
  if (pauseNow(state.course) !== null) return 'paused';
  if (servedElsewhere(state)) return 'shared_pool';
  if (state.selected !== null) return state.seats.every((seat) => seat.st === 'filled') ? 'reserve' : 'offer';
  if (state.pool !== null) return state.done === null ? 'interviews' : 'selection';
  return state.posting.status === 'closed' ? 'pool' : state.posting.status;
}

/** What is still owed once the outcome is recorded: a report, a word to candidates, a fee, what follows (X4). */
function owesAfter({ incidents, course }: OpeningState): boolean {
  const asked = course.next !== null && course.next.answer === null;
  return (
    incidents.length > 0 || course.tell.length > 0 || course.fees.some((one) => one.st === 'due') || asked
  );
}

function standing(state: OpeningState): Standing {
  const over = state.site !== null && isOver(state);
  const status = over ? (owesAfter(state) ? 'closed' : 'final') : 'open';
  return { stage: stageOf(state), status };
}

/** X4 and X26: what the other opening says of itself. */
function readsOfOthers({
  after,
  sharing,
}: {
  readonly after?: string | undefined;
  readonly sharing?: string | undefined;
}) {
  const of = (subject: string | undefined, kind: string): readonly FactRef[] =>
    subject === undefined
      ? []
      : [
          { kind: 'opening_role', subject },
          { kind: 'opening_site', subject },
          { kind, subject },
        ];
  return [...of(after, 'search_next'), ...of(sharing, 'pool_open')];
}

/** R0.1: by these a posting goes out again, or for longer. */
const goesOn: readonly OpeningCommand['type'][] = [
  'resume_posting',
  'extend_posting',
  'propose_pool',
  'confirm_pool',
];

/** R0.4 needs to know who is there already, X5 what the role says, R0.1 what must change; the gates name what else they read. */
function reads(state: OpeningState, input: Input<OpeningCommand, ToOpening>): readonly FactRef[] {
  if (input.origin !== 'ask') return [];
  const { command } = input;
  if (command.type === 'open')
    return [{ kind: 'role_version', subject: command.payload.role }, ...readsOfOthers(command.payload)];
  if (command.type === 'post')
    return ['role_version', 'pay_range', 'role_review'].map((kind) => ({ kind, subject: state.role }));
  const version = asksVersion(command.type) ? [{ kind: 'role_version', subject: state.role }] : [];
  if (goesOn.includes(command.type))
    return [...version, { kind: 'policies_to_change', subject: state.site ?? '' }];
  if (version.length > 0) return version;
  if (command.type === 'approve_posting') return [{ kind: 'role_holders', subject: state.site ?? '' }];
  return [];
}

/** Stages 3 and 4 as far as they concern a whole opening: posting, pool, panel, consensus, selection, seats. */
export const opening: Decider<OpeningState, OpeningCommand, ToOpening, OpeningEvent> = {
  kind: 'opening',
  foldVersion: 8,
  rights,
  gates,
  requires: { posted: ['G2'], pool_accepted: ['G3'], selection_confirmed: ['G4'] },
  classes,
  initial: () => initialOpening,
  staff,
  reads,
  decide,
  evolve,
  agenda,
  facts,
  notices,
  relations,
  standing,
  hidden: hiddenFrom((kind) => classes[kind]?.[0] === 'C0'),
  veiled: veiledFrom,
};

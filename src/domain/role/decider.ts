import type { RoleCommand } from '../../contracts/role.ts';
import type { Right } from '../kernel/can.ts';
import type { Decider, Input, NoticeDraft, Recorded, Relation } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import type { Capacity, CaseId, Retention, Visibility } from '../kernel/words.ts';
import type { ToRole } from '../notices.ts';
import { agenda } from './agenda.ts';
import { decide } from './decide.ts';
import { teamCapacities } from './decide-members.ts';
import type { RoleEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { hidden, veiled } from './independent.ts';
import { initialRole, listedPlaces } from './state.ts';
import type { RoleState } from './state.ts';
import { settlers } from './words.ts';

const facilitator: Right = { code: 'D1.2', by: ['facilitator'] };
/** D2.1, D2.2: people of the team and HR; the two must include the adviser. */
const classifiers: readonly Capacity[] = [
  ...(['adviser', 'hr', 'supervisor', 'team_leader', 'program_leader', 'team_member'] as const),
];

/** Who decides in stages 1 and 2 (domain 2.1). */
const rights: Readonly<Record<RoleCommand['type'], Right>> = {
  open: { code: 'D1.2', by: ['program_leader', 'director', 'facilitator', 'hr'] },
  change_members: { code: 'D1.1', by: ['facilitator', 'program_leader'] },
  record_fee: { code: 'D1.1', by: ['hr'] },
  change_facilitator: { code: 'D1.2', by: ['program_leader', 'director', 'hr', 'facilitator'] },
  plan_meeting: { code: 'P1.1', by: ['facilitator'] },
  move_meeting: { code: 'P1.1', by: ['facilitator'] },
  propose_elements: facilitator,
  record_meeting: facilitator,
  write_up: { code: 'P1.3', by: ['facilitator'] },
  give_positions: { code: 'D1.1', by: ['adviser', 'program_leader', 'team_leader', 'team_member'] },
  revise_elements: facilitator,
  conclude_elements: facilitator,
  decide_by_leader: { code: 'D1.2', by: ['program_leader'] },
  review_sick_leave: { code: 'R1.2', by: ['hr'] },
  adopt_version: { code: 'D1.3', by: ['program_leader'] },
  decide_change: { code: 'D1.4', by: ['program_leader'] },
  reaffirm: { code: 'P1.5', by: ['facilitator', 'team_leader', 'program_leader', 'team_member'] },
  record_measures: { code: 'R8.4', by: ['hr', 'program_leader'] },
  retire_role: { code: 'D1.3', by: ['program_leader'] },
  enter_duties: { code: 'D2.1', by: ['hr', 'supervisor', 'team_leader', 'program_leader'] },
  classify_duties: { code: 'D2.1', by: classifiers },
  propose_terms: { code: 'D2.5', by: ['hr', 'compliance'] },
  confirm_terms: { code: 'D2.5', by: ['compliance', 'hr'] },
  propose_pay: { code: 'D2.6', by: ['compensation'] },
  approve_pay: { code: 'D2.6', by: ['hr_director'] },
  plan_posting: { code: 'P2.3', by: ['hr'] },
  draft_description: { code: 'D2.8', by: ['hr', 'supervisor'] },
  approve_description: { code: 'D2.8', by: ['supervisor', 'hr'] },
  complete_description: { code: 'G2', by: ['hr'] },
  check_pay_parity: { code: 'P2.4', by: ['compensation'] },
  dispute_finding: { code: 'D2.1', by: ['hr', 'supervisor', 'team_leader', 'program_leader'] },
  settle_dispute: { code: 'D2.1', by: settlers },
};

type RoleInput = Input<RoleCommand, ToRole>;

/** D1.3, D1.4: who holds the role now, of those heard and of those who were hired into it. */
function reads(state: RoleState, input: RoleInput): readonly FactRef[] {
  if (input.origin !== 'ask') return [];
  const { command } = input;
  const held = (subjects: readonly string[]): readonly FactRef[] =>
    subjects.map((subject) => ({ kind: 'holds_role', subject }));
  if (command.type === 'retire_role') return held(state.employments);
  if (command.type === 'adopt_version' || command.type === 'decide_change')
    return held([...state.employments, ...command.payload.heard]);
  return [];
}

/** D1.1: the team by assignment; R0.5: who advises. */
function staff(input: RoleInput): readonly Capacity[] {
  if (input.origin !== 'ask') return [];
  const { type } = input.command;
  if (type === 'open' || type === 'change_members') return teamCapacities;
  return type === 'decide_change' ? ['adviser'] : [];
}

const work: readonly [Visibility, Retention] = ['C1', 'keep'];
const open: readonly [Visibility, Retention] = ['C0', 'keep'];

const classes: Readonly<Record<RoleEvent['kind'], readonly [Visibility, Retention]>> = {
  role_opened: work,
  members_changed: work,
  fee_recorded: work,
  facilitator_changed: work,
  meeting_planned: work,
  meeting_moved: work,
  elements_proposed: work,
  meeting_held: work,
  meeting_written_up: work,
  positions_given: work,
  no_response_recorded: work,
  block_repeated: work,
  elements_revised: work,
  elements_concluded: work,
  leader_decided: work,
  sick_leave_reviewed: work,
  version_adopted: open,
  change_decided: work,
  change_asked: work,
  role_review_asked: work,
  hire_noted: work,
  version_reaffirmed: work,
  measures_recorded: work,
  role_retired: open,
  duties_entered: work,
  duties_classified: work,
  duties_screened: work,
  terms_proposed: work,
  terms_confirmed: work,
  pay_proposed: work,
  pay_decided: open,
  posting_planned: work,
  description_drafted: work,
  description_approved: work,
  role_described: open,
  pay_parity_checked: work,
  finding_disputed: work,
  dispute_answered: work,
  search_noted: work,
};

function facts(state: RoleState, self: CaseId): readonly Fact[] {
  if (state.retired) return [];
  const { pay, payOpen, terms, described, agreed } = state.description;
  const list: Fact[] = [];
  const publish = (kind: string, value: string): void => void list.push({ kind, subject: self, value });
  if (state.adopted !== null) {
    publish('role_version', String(state.adopted.version));
    if (state.adopted.access.length > 0) publish('record_access', state.adopted.access.join(','));
  }
  if (described !== null) publish('role_described', String(described.version));
  if (described !== null && agreed !== undefined)
    publish('role_shares', [agreed.core, agreed.support, agreed.shared, agreed.nonPeer].join(','));
  if (pay !== null && !payOpen) publish('pay_range', `${pay.low}-${pay.high}`);
  if (terms.credential !== null) publish('credential_rule', terms.credential);
  // D9.7: somebody left, and the role is looked at again before anybody follows.
  if (state.reviewAsked !== undefined) publish('role_review', 'asked');
  return list;
}

/**
 * A new version is told to everybody who holds the role, and to the searches under way (X5); to a search that began under
 * an older version than the one in force, at once.
 */
function notices(state: RoleState, event: Recorded<RoleEvent>, self: CaseId): readonly NoticeDraft[] {
  const tell = (all: readonly CaseId[], version: number): readonly NoticeDraft[] =>
    all.map((to) => ({ to, kind: 'role_version_adopted', body: { role: self, version } }));
  if (event.kind === 'version_adopted')
    return tell([...state.employments, ...state.openings], event.body.version);
  if (event.kind !== 'search_noted') return [];
  const now = state.adopted?.version ?? 0;
  const { opening, version, open } = event.body;
  return open && now > version ? tell([opening], now) : [];
}

/**
 * The facilitator named here, and everybody listed as part of the team. Leading and advising are never taken from the
 * list: they are assignments, so nobody gains them by being written down.
 */
function relations(state: RoleState): readonly Relation[] {
  if (state.site === null) return [];
  const team = listedPlaces(state).flatMap((place): Relation[] => {
    const person = state.members[place]?.person;
    return person === undefined ? [] : [{ person, capacity: 'team_member' }];
  });
  return [{ person: state.facilitator, capacity: 'facilitator' }, ...team];
}

function stageOf(state: RoleState): string {
  if (state.retired) return 'retired';
  if (state.adopted === null) return 'definition';
  if (state.draft) return 'redefinition';
  return state.description.described?.version === state.adopted.version ? 'described' : 'description';
}

/** Stages 1 and 2: a role, defined by its team, described and paid; open until it is retired. */
export const role: Decider<RoleState, RoleCommand, ToRole, RoleEvent> = {
  kind: 'role',
  foldVersion: 7,
  rights,
  gates,
  requires: { version_adopted: ['G1'], role_described: ['G2'] },
  classes,
  initial: () => initialRole,
  reads,
  staff,
  decide,
  evolve,
  agenda,
  facts,
  notices: (state, event, ctx) => notices(state, event, ctx.case),
  relations,
  hidden,
  veiled,
  standing: (state) => ({ stage: stageOf(state), status: state.retired ? 'final' : 'open' }),
};

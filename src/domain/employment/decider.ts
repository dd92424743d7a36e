import type { EmploymentCommand } from '../../contracts/employment.ts';
import type { Decider, Input, Relation, Standing } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import type { Capacity, Retention, Visibility } from '../kernel/words.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { ToEmployment } from '../notices.ts';
import { wordOffices } from '../offices.ts';
import { placeOf, spanRefs } from '../span.ts';
import { agenda, resting } from './agenda.ts';
import { hidden, veiled } from './blind.ts';
import { narrowed, pairsOwn, told } from './narrow.ts';
import { decide } from './decide.ts';
import type { EmploymentEvent, EventKind } from './events.ts';
import type { Adoption } from './events-adopt.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { meetings } from './meetings.ts';
import { notices } from './notices-out.ts';
import { rights } from './rights.ts';
import { initialEmployment, isLive } from './state.ts';
import type { EmploymentState, Ending, Live } from './state.ts';

type Class = readonly [Visibility, Retention];
const work: Class = ['C1', 'employment'];
const mentoring: Class = ['C1', 'mentoring'];
/** Seen by HR, and by whom `told` names of a kind; of the pulse it hides one view from the other until both are in. */
const narrow: Class = ['C2', 'employment'];
const credential: Class = ['C2', 'credential'];
/** X23: which employment was before is for the officers alone. */
const vault: Class = ['C3', 'vault'];

const classes: Readonly<Record<EventKind, Class>> = {
  employment_started: work,
  employment_adopted: work,
  adoption_proposed: work,
  adoption_withdrawn: work,
  agenda_topic_added: work,
  day_one_moved: work,
  day_one_confirmed: work,
  welcomed: work,
  item_added: work,
  item_settled: work,
  policies_acknowledged: work,
  supervised_hours_logged: work,
  ready_doubted: work,
  ready_affirmed: work,
  caseload_started: work,
  talk_recorded: mentoring,
  mentoring_settled: mentoring,
  mentor_asked_for: mentoring,
  mentor_proposed: mentoring,
  mentor_answered: mentoring,
  check_in_answered: narrow,
  completion_proposed: work,
  onboarding_completed: work,
  onboarding_extended: work,
  session_logged: work,
  session_moved: work,
  session_on_leave: work,
  session_confirmed: work,
  action_closed: work,
  extra_asked: work,
  extra_planned: work,
  session_time_set: work,
  cadence_proposed: work,
  cadence_stepped_down: work,
  cadence_set: work,
  supervisor_changed: work,
  supervisor_trained: work,
  manager_changed: work,
  supervisor_out: work,
  supervisor_back: work,
  supervisor_unqualified: work,
  supervision_planned: work,
  observation_recorded: work,
  tension_noted: work,
  certification_hours_logged: work,
  certification_day_passed: work,
  certification_proposed: narrow,
  certification_extended: work,
  certification_closed: narrow,
  certification_ended: narrow,
  pulse_answered: narrow,
  pulse_completed: work,
  drift_flagged: work,
  drift_review_proposed: work,
  drift_review_agreed: work,
  drift_reviewed: work,
  integration_answered: work,
  exclusion_checked: credential,
  ce_recorded: work,
  growth_plan_proposed: work,
  growth_plan_settled: work,
  stay_interview_held: narrow,
  networking_recorded: work,
  reflection_group_recorded: work,
  promotion_proposed: work,
  promotion_decided: work,
  review_opened: work,
  review_passed_over: work,
  review_noted: narrow,
  review_over_noted: narrow,
  probation_noted: narrow,
  leave_noted: work,
  leave_over: work,
  credential_noted: work,
  role_version_noted: work,
  matter_noted: vault,
  matter_over_noted: vault,
  separation_set: work,
  separation_confirmed: work,
  separation_proposed: narrow,
  clearance_given: narrow,
  separation_withdrawn: narrow,
  death_recorded: narrow,
  death_closed: narrow,
  employment_ended: work,
  access_ended: work,
  exit_interview_held: narrow,
  rehire_proposed: narrow,
  rehire_decided: narrow,
  opening_proposed: work,
  opening_decided: work,
  specialty_recorded: work,
  pay_change_proposed: narrow,
  pay_changed: narrow,
  pay_change_declined: narrow,
  conduct_raised: narrow,
  conduct_answered: narrow,
  conduct_heard: narrow,
  measure_proposed: narrow,
  measure_declined: narrow,
  measure_settled: narrow,
  warning_given: narrow,
  officer_word_given: narrow,
  separation_notice_given: narrow,
  handover_recorded: work,
  earlier_linked: vault,
  earlier_unlinked: vault,
  relations_talk_held: work,
  role_taken_up: work,
  promotion_let_go: work,
  assignment_change_asked: work,
  assignment_changed: work,
};

/** `employed` while the person holds the role; the training of supervisors that was recorded here. */
function facts(state: EmploymentState, self: CaseId): readonly Fact[] {
  if (!isLive(state)) return [];
  const { ended, died } = state.ending;
  const trained = Object.entries(state.job.trained).map(([subject, value]) => ({
    kind: 'supervisor_qualified',
    subject,
    value,
  }));
  if (died !== null)
    return [
      ...trained,
      { kind: 'nothing_asked', subject: self, value: state.job.person },
      ...again(state, self),
    ];
  if (ended !== null) return [...trained, ...again(state, self)];
  const places = Object.entries(state.job.span ?? {}).map(([who, place]) => ({
    kind: 'supervises',
    subject: placeOf(who, place),
    value: self,
  }));
  const { person, site, role } = state.job;
  return [
    { kind: 'employed', subject: self, value: 'yes' },
    // D1.4: a change of the role is heard with whoever holds it; a role that somebody holds is not retired.
    ...[self, person].map((subject) => ({ kind: 'holds_role', subject, value: role })),
    // D3.6: they may ask for an arrangement; where they did is not known here.
    { kind: 'concerns', subject: self, value: `${person},${site}` },
    // X14: who welcomes them back from a leave; its officer types in nobody else.
    { kind: 'supervised_by', subject: self, value: state.job.supervisor },
    ...absences(state, self),
    ...trained,
    ...places,
  ];
}

/** Domain 2.2: nothing is sent to a person on leave, whatever case it comes from; no other case asks for this fact. */
function absences({ job, leave }: Live, self: CaseId): readonly Fact[] {
  const days = leave.filter((spell) => spell.over !== true).map(({ from, to }) => `${from}/${to}`);
  return days.length === 0 ? [] : [{ kind: 'away', subject: self, value: [job.person, ...days].join(',') }];
}

/** X23: who may be employed again, for their own word to link the two; nothing is said of anybody who may not. */
function again({ job, ending }: Live, self: CaseId): readonly Fact[] {
  const { again: outcome, lastDay } = ending;
  if (outcome === undefined || outcome === 'not_eligible' || lastDay === null) return [];
  return [{ kind: 'rehire', subject: self, value: `${outcome},${job.person},${lastDay}` }];
}

/** Facts about supervisors; the span (R7.6) only of those who are named now. */
function supervisorFacts(all: readonly (PersonRef | null)[], named: boolean): readonly FactRef[] {
  const people = all.filter((who) => who !== null);
  const qualified = people.map((subject) => ({ kind: 'supervisor_qualified', subject }));
  return named ? [...qualified, ...spanRefs(people)] : qualified;
}

/** What an employment that began elsewhere is taken over by: the role, its supervisors, and that nobody is employed twice. */
const adoptionFacts = ({ role, supervisor, second, person }: Adoption): readonly FactRef[] => [
  { kind: 'role_described', subject: role },
  { kind: 'holds_role', subject: person },
  ...supervisorFacts([supervisor, second], true),
];

/** Whether the supervisors are qualified (R7.1), also those that a command names (R5.2). */
function reads(
  state: EmploymentState,
  input: Parameters<Decider<EmploymentState, EmploymentCommand, ToEmployment, EmploymentEvent>['reads']>[1],
): readonly FactRef[] {
  if (input.origin === 'notice' && input.notice.kind === 'start_employment') {
    const { supervisor, secondSupervisor } = input.notice.body;
    return spanRefs([supervisor, secondSupervisor].filter((who) => who !== null));
  }
  if (input.origin === 'ask' && input.command.type === 'adopt') {
    return adoptionFacts(input.command.payload);
  }
  if (state.adoption !== undefined && !('withdrawn' in state.adoption)) return adoptionFacts(state.adoption);
  if (!isLive(state) || input.origin !== 'ask') return [];
  const { supervisor, second } = state.job;
  const { command } = input;
  if (command.type === 'answer_pulse') return [{ kind: 'role_shares', subject: state.job.role }];
  if (command.type === 'propose_pay_change') return [{ kind: 'pay_range', subject: state.job.role }];
  if (command.type === 'take_up_role') return [{ kind: 'role_described', subject: command.payload.role }];
  if (command.type === 'link_earlier_employment')
    return [{ kind: 'rehire', subject: command.payload.employment }];
  if (command.type === 'move_day_one') return [{ kind: 'readiness', subject: state.job.site }];
  if (command.type === 'confirm_promotion')
    return supervisorFacts([supervisor, second, state.job.person], false);
  const named =
    command.type === 'change_supervisor' ? [command.payload.supervisor, command.payload.second] : [];
  const { actor, onBehalfOf } = input;
  const acting = onBehalfOf === undefined ? [] : [actor];
  return [...supervisorFacts([supervisor, second, ...acting], false), ...supervisorFacts(named, true)];
}

/** R9.5: commands that name the offices whose words are asked, and the words themselves. */
const asksOffices: readonly EmploymentCommand['type'][] = [
  'propose_separation',
  'decide_rehire',
  'propose_measure',
  'give_clearance',
  'give_officer_word',
];

/** X22: who may take care of what is left after a death. R9.5: whose words are asked. */
function staff(input: Input<EmploymentCommand, ToEmployment>): readonly Capacity[] {
  if (input.origin !== 'ask') return [];
  const { type } = input.command;
  if (type === 'record_death') return rights.close_after_death.by;
  return asksOffices.includes(type) ? wordOffices : [];
}

function relations(state: EmploymentState): readonly Relation[] {
  if (!isLive(state)) return [];
  const { person, supervisor, second, mentor, manager } = state.job;
  const list: Relation[] = [
    { person, capacity: 'employee' },
    { person: supervisor, capacity: 'supervisor' },
    { person: manager, capacity: 'manager' },
  ];
  if (second !== null) list.push({ person: second, capacity: 'supervisor' });
  if (mentor !== null) list.push({ person: mentor, capacity: 'mentor' });
  const { proposed } = state.mentoring;
  if (proposed !== null) list.push({ person: proposed.mentor, capacity: 'mentor' });
  return list;
}

function settled(ending: Ending): boolean {
  if (ending.died !== null) return ending.died.closed;
  const decided = ending.rehire === 'decided' && ending.opening === 'decided';
  // X20, X21: what is known has gone on to others, and the person has in hand what they are to have.
  const handed = ending.handover !== 'asked' && (ending.notices ?? []).length === 0;
  return ending.ended !== null && ending.access && decided && handed;
}

function standing(state: EmploymentState): Standing {
  const { ended, died, how } = state.ending;
  if (state.adoption !== undefined)
    return 'withdrawn' in state.adoption
      ? { stage: 'ended', status: 'final' }
      : { stage: 'adoption', status: 'open' };
  if (settled(state.ending)) return { stage: 'ended', status: 'final' };
  if (ended !== null || died !== null) return { stage: 'ended', status: 'closed' };
  if (how !== null) return { stage: 'leaving', status: 'open' };
  return { stage: state.boarding === null ? 'supervision' : 'onboarding', status: 'open' };
}

/** Stages 6, 7 and 9: onboarding with a mentor, supervision, growth and change; one case per employment. */
export const employment: Decider<EmploymentState, EmploymentCommand, ToEmployment, EmploymentEvent> = {
  kind: 'employment',
  foldVersion: 12,
  rights,
  gates,
  requires: {
    ready_affirmed: ['D6.2'],
    caseload_started: ['R6.1'],
    onboarding_completed: ['G6'],
    cadence_stepped_down: ['D7.6'],
    separation_confirmed: ['R9.2', 'R9.5', 'X10'],
    warning_given: ['X15'],
    role_taken_up: ['X24'],
    certification_ended: ['X10'],
  },
  classes,
  initial: () => initialEmployment,
  reads,
  staff,
  decide,
  evolve,
  agenda,
  resting,
  aside: ['matter_noted', 'matter_over_noted'],
  facts,
  notices,
  relations,
  standing,
  meetings,
  hidden: (state, row, look) => hidden(state, row, look) || pairsOwn(state, row, look),
  told,
  veiled: (state, look) => narrowed(veiled(state, look), look),
};

import type { EmploymentCommand } from '../../contracts/employment.ts';
import type { Decider, Relation, Standing } from '../kernel/decider.ts';
import type { Fact, FactRef } from '../kernel/facts.ts';
import type { Retention, Visibility } from '../kernel/words.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { ToEmployment } from '../notices.ts';
import { placeOf, spanRefs } from '../span.ts';
import { agenda } from './agenda.ts';
import { hidden, veiled } from './blind.ts';
import { decide } from './decide.ts';
import type { EmploymentEvent, EventKind } from './events.ts';
import { evolve } from './evolve.ts';
import { gates } from './gates.ts';
import { notices } from './notices-out.ts';
import { rights } from './rights.ts';
import { initialEmployment, isLive } from './state.ts';
import type { EmploymentState, Ending } from './state.ts';

type Class = readonly [Visibility, Retention];
const work: Class = ['C1', 'employment'];
const mentoring: Class = ['C1', 'mentoring'];
/** Seen by HR and the person concerned alone; of the pulse it hides one view from the other until both are in. */
const narrow: Class = ['C2', 'employment'];
const credential: Class = ['C2', 'credential'];

const classes: Readonly<Record<EventKind, Class>> = {
  employment_started: work,
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
  supervisor_out: work,
  supervisor_back: work,
  supervisor_unqualified: work,
  supervision_planned: work,
  observation_recorded: work,
  tension_noted: work,
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
  promotion_proposed: work,
  promotion_decided: work,
  review_opened: work,
  review_noted: narrow,
  review_over_noted: narrow,
  probation_noted: narrow,
  leave_noted: work,
  leave_over: work,
  credential_noted: work,
  role_version_noted: work,
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
  if (ended !== null || died !== null) return trained;
  const places = Object.entries(state.job.span ?? {}).map(([who, place]) => ({
    kind: 'supervises',
    subject: placeOf(who, place),
    value: self,
  }));
  const { person, site } = state.job;
  return [
    { kind: 'employed', subject: self, value: 'yes' },
    // D3.6: they may ask for an arrangement; where they did is not known here.
    { kind: 'concerns', subject: self, value: `${person},${site}` },
    ...trained,
    ...places,
  ];
}

/** Facts about supervisors; the span (R7.6) only of those who are named now. */
function supervisorFacts(all: readonly (PersonRef | null)[], named: boolean): readonly FactRef[] {
  const people = all.filter((who) => who !== null);
  const qualified = people.map((subject) => ({ kind: 'supervisor_qualified', subject }));
  return named ? [...qualified, ...spanRefs(people)] : qualified;
}

/** Whether the supervisors are qualified (R7.1), also those that a command names (R5.2). */
function reads(
  state: EmploymentState,
  input: Parameters<Decider<EmploymentState, EmploymentCommand, ToEmployment, EmploymentEvent>['reads']>[1],
): readonly FactRef[] {
  if (input.origin === 'notice' && input.notice.kind === 'start_employment') {
    const { supervisor, secondSupervisor } = input.notice.body;
    return spanRefs([supervisor, secondSupervisor].filter((who) => who !== null));
  }
  if (!isLive(state) || input.origin !== 'ask') return [];
  const { supervisor, second } = state.job;
  const { command } = input;
  if (command.type === 'answer_pulse') return [{ kind: 'role_shares', subject: state.job.role }];
  if (command.type === 'move_day_one') return [{ kind: 'readiness', subject: state.job.site }];
  const named =
    command.type === 'change_supervisor' ? [command.payload.supervisor, command.payload.second] : [];
  return [...supervisorFacts([supervisor, second], false), ...supervisorFacts(named, true)];
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
  return ending.ended !== null && ending.access && decided;
}

function standing(state: EmploymentState): Standing {
  const { ended, died, how } = state.ending;
  if (settled(state.ending)) return { stage: 'ended', status: 'final' };
  if (ended !== null || died !== null) return { stage: 'ended', status: 'closed' };
  if (how !== null) return { stage: 'leaving', status: 'open' };
  return { stage: state.boarding === null ? 'supervision' : 'onboarding', status: 'open' };
}

/** Stages 6, 7 and 9: onboarding with a mentor, supervision, growth and change; one case per employment. */
export const employment: Decider<EmploymentState, EmploymentCommand, ToEmployment, EmploymentEvent> = {
  kind: 'employment',
  foldVersion: 4,
  rights,
  gates,
  requires: {
    ready_affirmed: ['D6.2'],
    caseload_started: ['R6.1'],
    onboarding_completed: ['G6'],
    cadence_stepped_down: ['D7.6'],
    separation_confirmed: ['R9.2'],
  },
  classes,
  initial: () => initialEmployment,
  reads,
  decide,
  evolve,
  agenda,
  facts,
  notices,
  relations,
  standing,
  hidden,
  veiled,
};

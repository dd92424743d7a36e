import { z } from 'zod';
import {
  actionOutcomes,
  actionOwners,
  cadenceChanges,
  certificationOutcomes,
  checkInNeeds,
  checkInOutcomes,
  completionOutcomes,
  driftDuties,
  driftKinds,
  driftOutcomes,
  exclusionOutcomes,
  exitReasons,
  growthAnswers,
  growthOutcomes,
  integrationItems,
  interviewOutcomes,
  itemOutcomes,
  itemOwners,
  ladderSteps,
  leavingByEmployee,
  leavingByTwo,
  mentorAnswers,
  mentoringOutcomes,
  observationOutcomes,
  openingOutcomes,
  policiesToRead,
  promotionOutcomes,
  readyAnswers,
  rehireOutcomes,
  separationReasons,
  sessionModes,
  sessionOutcomes,
  sessionTopics,
  sessionViews,
  stayTopics,
  supervisionPlans,
  supervisorChanges,
  talkOutcomes,
  talkTopics,
} from '../domain/employment/words.ts';
import { groupOutcomes, networkingOutcomes } from '../domain/employment/words-others.ts';
import { caseId, civilDate, codeWord, findingCode, percent, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';
import { changeCommands } from './employment-change.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day of the form HH:MM');
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month of the form YYYY-MM');
const minutes = z.number().int().min(1).max(600);
const weeks = z.number().int().min(1).max(8);

/** An employment that began elsewhere, and the agenda that the two share. */
const adopting = {
  /** Takes over an employment after its first months; `weeks` between sessions as it was kept so far. */
  adopt: z.strictObject({
    site: siteRef,
    person: personRef,
    role: caseId,
    dayOne: civilDate,
    supervisor: personRef,
    second: personRef.nullable(),
    manager: personRef,
    credential: z.strictObject({
      status: z.enum(['verified', 'in_progress_with_deadline']),
      validTo: civilDate,
    }),
    exclusionCheckedOn: civilDate,
    weeks,
    /** D5.6: the day of each supervisor's training, where it is not on record here already. */
    trained: civilDate.optional(),
    secondTrained: civilDate.optional(),
  }),
  /** A second person takes over what was proposed, or somebody takes the proposal back. */
  confirm_adoption: z.strictObject({}),
  withdraw_adoption: z.strictObject({}),
  /** What to talk about next time: topic codes, and no field for more. */
  put_on_agenda: z.strictObject({
    topics: z.array(z.enum(sessionTopics)).min(1).max(sessionTopics.length),
  }),
};

const onboarding = {
  /** D5.8, before day one. */
  move_day_one: z.strictObject({ dayOne: civilDate }),
  /** P6.1: supervisor and mentor, each for themself. */
  confirm_day_one: z.strictObject({}),
  /** P5.6 on day one. */
  welcome: z.strictObject({}),
  /** R6.5: what the role's elements promise; `after` counts calendar days from day one. */
  add_item: z.strictObject({
    item: codeWord,
    owner: z.enum(itemOwners),
    after: z.number().int().min(0).max(365),
  }),
  /** D6.1; `late` needs the new day. */
  settle_item: z.strictObject({ item: codeWord, outcome: z.enum(itemOutcomes), due: civilDate.optional() }),
  /** P6.6. */
  acknowledge_policies: z.strictObject({ policies: z.array(z.enum(policiesToRead)).min(1) }),
  /** D6.2: direct supervision and mentoring. */
  log_supervised_hours: z.strictObject({ on: civilDate, minutes }),
  /** D6.2, by supervisor and hire, each for themself. */
  answer_ready: z.strictObject({ outcome: z.enum(readyAnswers), missing: z.array(codeWord).max(10) }),
  /** R6.1. */
  start_caseload: z.strictObject({}),
  /** D6.4: the hire first, then HR; `at` is the day after day one it belongs to. */
  answer_check_in: z.strictObject({
    at: z.number().int().min(1).max(365),
    outcome: z.enum(checkInOutcomes),
    needs: z.array(z.enum(checkInNeeds)).max(checkInNeeds.length),
  }),
  /** D6.6: the supervisor proposes, HR confirms; `extended` needs its end. */
  propose_completion: z.strictObject({ outcome: z.enum(completionOutcomes), until: civilDate.optional() }),
  confirm_completion: z.strictObject({}),
};

const mentor = {
  /** D6.3; `moved` needs the new day. R6.2: topic codes, and no field for anything said. */
  record_mentor_talk: z.strictObject({
    talk: z.number().int().min(1).max(365),
    outcome: z.enum(talkOutcomes),
    topics: z.array(z.enum(talkTopics)).max(talkTopics.length),
    to: civilDate.optional(),
  }),
  /** P6.3. */
  settle_mentoring: z.strictObject({ outcome: z.enum(mentoringOutcomes), until: civilDate.optional() }),
  /** X12: no reason asked. */
  ask_new_mentor: z.strictObject({}),
  assign_mentor: z.strictObject({ mentor: personRef }),
  answer_mentoring: z.strictObject({ answer: z.enum(mentorAnswers) }),
};

const supervision = {
  /** D7.1. `session` is its planned day; `on` the day it was held, left out when it was that day. */
  log_session: z.strictObject({
    session: civilDate,
    outcome: z.enum(sessionOutcomes),
    on: civilDate.optional(),
    minutes: minutes.optional(),
    mode: z.enum(sessionModes).optional(),
    topics: z.array(z.enum(sessionTopics)).max(sessionTopics.length),
    actions: z
      .array(z.strictObject({ action: codeWord, owner: z.enum(actionOwners), due: civilDate }))
      .max(10),
    note: textRef.optional(),
    /** R7.3: codes of what the guard found in the note. */
    findings: z.array(findingCode).max(20).optional(),
  }),
  /** D7.1 `moved`. */
  move_session: z.strictObject({ session: civilDate, to: civilDate }),
  /** D7.1, by the employee. */
  confirm_session: z.strictObject({
    session: civilDate,
    view: z.enum(sessionViews),
    comment: textRef.optional(),
  }),
  /** D7.2, R6.3. */
  close_action: z.strictObject({ action: codeWord, outcome: z.enum(actionOutcomes) }),
  /** R7.5, by the employee. */
  ask_extra_session: z.strictObject({}),
  plan_extra_session: z.strictObject({ on: civilDate }),
  set_session_time: z.strictObject({ weekday: z.number().int().min(1).max(7), at: wallTime }),
  /** D7.6: one of the two proposes, the other confirms; HR decides at once. `weeks` between sessions. */
  propose_cadence: z.strictObject({ change: z.enum(cadenceChanges), weeks }),
  confirm_cadence: z.strictObject({}),
  /** D7.7. */
  change_supervisor: z.strictObject({
    how: z.enum(supervisorChanges),
    supervisor: personRef,
    second: personRef.nullable(),
  }),
  /** D5.6 by HR: whoever leads the supervisor changes too. */
  change_manager: z.strictObject({ manager: personRef }),
  /** X11: dates only. */
  report_supervisor_out: z.strictObject({
    supervisor: personRef,
    from: civilDate,
    back: civilDate.optional(),
  }),
  report_supervisor_back: z.strictObject({ supervisor: personRef }),
  /** R7.1: the last day on which the training counted. */
  end_supervisor_qualification: z.strictObject({ supervisor: personRef, on: civilDate }),
  /** X11: `returns_on` needs the day. */
  plan_supervision: z.strictObject({ outcome: z.enum(supervisionPlans), on: civilDate.optional() }),
  /** Topic codes only; there is no field for whom it was with. */
  record_observation: z.strictObject({
    on: civilDate,
    outcome: z.enum(observationOutcomes),
    topics: z.array(z.enum(sessionTopics)).max(sessionTopics.length),
  }),
  /** D5.6. */
  record_supervisor_training: z.strictObject({ supervisor: personRef, on: civilDate }),
  /** D7.3, each alone: per cent of the month's time. */
  answer_pulse: z.strictObject({
    month,
    core: percent,
    support: percent,
    shared: percent,
    nonPeer: percent,
    prohibited: z.array(z.enum(driftDuties)).max(driftDuties.length),
  }),
  /** HR lets an unanswered month go. */
  waive_pulse: z.strictObject({}),
  /** D7.4 and D7.5: one of the three proposes, the two others agree. */
  propose_drift_review: z.strictObject({
    /** X18: left out, it is organizational; where there is no drift, none. */
    kind: z.enum(driftKinds).optional(),
    outcome: z.enum(driftOutcomes),
    duties: z.array(z.enum(driftDuties)).max(driftDuties.length),
    until: civilDate.optional(),
    element: codeWord.optional(),
  }),
  agree_drift_review: z.strictObject({}),
};

const growth = {
  /** D6.5: the items answered "no"; the hire first, then the supervisor. */
  answer_integration: z.strictObject({ no: z.array(z.enum(integrationItems)).max(integrationItems.length) }),
  /** P7.7. */
  record_exclusion_check: z.strictObject({ outcome: z.enum(exclusionOutcomes) }),
  /** P7.6. */
  record_ce_hours: z.strictObject({ hours: z.number().min(0).max(500), ethics: z.number().min(0).max(500) }),
  /** X10: whole hours of supervised work, up to the day named. */
  log_certification_hours: z.strictObject({ on: civilDate, hours: z.number().int().min(1).max(200) }),
  /** X10: the manager proposes, HR confirms; `extended` needs its last day. */
  propose_certification: z.strictObject({
    outcome: z.enum(certificationOutcomes),
    until: civilDate.optional(),
  }),
  confirm_certification: z.strictObject({}),
  /** D9.1: the supervisor writes it down, the employee answers. */
  propose_growth_plan: z.strictObject({ outcome: z.enum(growthOutcomes), plan: textRef.optional() }),
  answer_growth_plan: z.strictObject({ answer: z.enum(growthAnswers) }),
  /** P9.2. */
  record_stay_interview: z.strictObject({
    outcome: z.enum(interviewOutcomes),
    topics: z.array(z.enum(stayTopics)).max(stayTopics.length),
  }),
  /** D8.1 `special`: the rule is one of those on the comparator record of the site. */
  open_special_review: z.strictObject({ rule: codeWord, due: civilDate }),
  /** P9.5: there is no field for whom it was with. */
  record_networking: z.strictObject({ on: civilDate, outcome: z.enum(networkingOutcomes) }),
  /** The reflection group of stage 7: a day, and nothing of what was said. */
  record_reflection_group: z.strictObject({ on: civilDate, outcome: z.enum(groupOutcomes) }),
  /** D9.3: the manager proposes, HR confirms; `not_yet` needs criteria and the next talk. */
  propose_promotion: z.strictObject({
    outcome: z.enum(promotionOutcomes),
    steps: z.array(z.enum(ladderSteps)).max(ladderSteps.length),
    criteria: z.array(codeWord).max(10),
    nextTalk: civilDate.optional(),
  }),
  confirm_promotion: z.strictObject({}),
};

const ending = {
  /** D9.5, by the employee. */
  resign: z.strictObject({
    how: z.enum(leavingByEmployee),
    lastDay: civilDate,
    reasons: z.array(z.enum(exitReasons)).max(exitReasons.length),
  }),
  /** D9.5 by two people; a termination names its comparator check (R9.2). */
  propose_separation: z.strictObject({
    how: z.enum(leavingByTwo),
    lastDay: civilDate,
    reasons: z.array(z.enum(separationReasons)).min(1).max(separationReasons.length),
    comparator: z.enum(['same_as_comparator', 'differs']).optional(),
  }),
  give_clearance: z.strictObject({}),
  confirm_separation: z.strictObject({}),
  withdraw_separation: z.strictObject({}),
  /** X22: `owner` takes care of everything; every prompt stops. */
  record_death: z.strictObject({ owner: personRef }),
  close_after_death: z.strictObject({}),
  /** R9.3. */
  end_access: z.strictObject({}),
  /** P9.3, R9.4. */
  record_exit_interview: z.strictObject({
    outcome: z.enum(interviewOutcomes),
    reasons: z.array(z.enum(exitReasons)).max(exitReasons.length),
  }),
  /** D9.6. */
  decide_rehire: z.strictObject({
    outcome: z.enum(rehireOutcomes),
    code: codeWord.optional(),
    /** R9.5: the comparator check of `not_eligible`. */
    comparator: z.enum(['same_as_comparator', 'differs']).optional(),
  }),
  confirm_rehire: z.strictObject({}),
  /** D9.7: the director proposes, HR confirms. */
  propose_opening: z.strictObject({ outcome: z.enum(openingOutcomes) }),
  confirm_opening: z.strictObject({}),
};

/** Commands of stages 6, 7 and 9 with their payloads. */
export const employmentCommands = {
  ...adopting,
  ...onboarding,
  ...mentor,
  ...supervision,
  ...growth,
  ...changeCommands,
  ...ending,
};
export type EmploymentCommand = CommandsOf<typeof employmentCommands>;

/** What rows of a employment say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const employmentShapes: Readonly<Record<string, string>> = {
  access_ended: '{on: day}',
  action_closed: '{action: string, outcome: "done"|"dropped"}',
  adoption_proposed:
    '{site: site, person: person, role: case, dayOne: day, supervisor: person, second: null|person, manager: person, credential: {status: "in_progress_with_deadline"|"verified", validTo: day}, exclusionCheckedOn: day, weeks: number, trained?: day, secondTrained?: day, by: person, hand?: person}',
  adoption_withdrawn: '{by: person}',
  agenda_topic_added:
    '{by: "employee"|"supervisor", topics: ("admin"|"advocacy_tension"|"boundaries"|"credential"|"disclosure_choice"|"growth"|"role_fit"|"skills"|"team_inclusion"|"workload")[]}',
  assignment_change_asked: '{by: "employee"|"supervisor"}',
  assignment_changed: '{on: day}',
  cadence_proposed: '{by: "employee"|"supervisor", change: "keep"|"step_down"|"step_up", weeks: number}',
  cadence_set:
    '{change: "keep"|"step_up", weeks: number, next: day, stays?: {session: day, to: day}[], askAgain: day|null}',
  cadence_stepped_down: '{weeks: number, next: day, stays?: {session: day, to: day}[]}',
  caseload_started: '{on: day}',
  ce_recorded:
    '{hours: number, ethics: number, round: number, next: number, period?: {since: day, done?: day}}',
  certification_closed: '{outcome: "moved_to_other_role"}',
  certification_day_passed: '{deadline: day}',
  certification_ended: '{gate: "X10"}',
  certification_extended: '{until: day}',
  certification_hours_logged: '{on: day, hours: number, by: person}',
  certification_proposed:
    '{by: person, hand?: person, outcome: "ended"|"extended"|"moved_to_other_role", until?: day}',
  check_in_answered:
    '{at: number, by: "employee"|"hr", outcome: "fine"|"needs_action", needs: ("duties"|"inclusion"|"other"|"pay_error"|"tools"|"workload")[], actions: {id: string, from: "check_in"|"integration"|"record"|"session", action: string, owner: "employee"|"hr"|"manager"|"supervisor", due: day}[]}',
  clearance_given:
    '{by: person, about?: "rehire", offices?: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[]}',
  completion_proposed: '{by: person, hand?: person, outcome: "complete"|"extended", until?: day}',
  conduct_answered: '{answer: "nothing_to_add"|"own_words", text?: string}',
  conduct_heard: '{outcome: "held"|"not_taken_up"}',
  conduct_raised:
    '{concern: "attendance"|"boundaries"|"confidentiality"|"policy"|"property"|"records"|"respect"|"safety", by: person, on: day, note?: string}',
  credential_noted: '{status: "expired"|"verified", validTo: day, educationFrom?: day}',
  day_one_confirmed: '{by: "mentor"|"supervisor"}',
  day_one_moved: '{dayOne: day, first: day, month: day, was?: day, readiness?: case}',
  death_closed: '{by: person}',
  death_recorded: '{by: person, hand?: person, owner: person, rests?: true}',
  drift_flagged:
    '{month: day, triggers: ("agreed_gap"|"non_peer"|"outside_month"|"outside_two_months"|"prohibited"|"role_fit_quiet"|"view_gap")[]}',
  drift_review_agreed: '{by: "adviser"|"employee"|"supervisor"}',
  drift_review_proposed:
    '{kind: "both"|"individual"|"none"|"organizational", outcome: "accepted_temporary_until"|"duties_removed"|"no_drift"|"role_reopened"|"training", duties: ("N_CLEAN"|"N_CLERICAL"|"N_DRIVER"|"N_ERRANDS"|"P_COERCE"|"P_DIAG"|"P_INFORMANT"|"P_MED_ADMIN"|"P_MED_ENFORCE"|"P_REP_PAYEE"|"P_SOLE_CRISIS"|"P_SURVEIL"|"P_THERAPY"|"P_TXPLAN_OWN"|"P_URINE")[], until?: day, element?: string, by: "adviser"|"employee"|"supervisor"}',
  drift_reviewed:
    '{kind: "both"|"individual"|"none"|"organizational", outcome: "accepted_temporary_until"|"duties_removed"|"no_drift"|"role_reopened"|"training", duties: ("N_CLEAN"|"N_CLERICAL"|"N_DRIVER"|"N_ERRANDS"|"P_COERCE"|"P_DIAG"|"P_INFORMANT"|"P_MED_ADMIN"|"P_MED_ENFORCE"|"P_REP_PAYEE"|"P_SOLE_CRISIS"|"P_SURVEIL"|"P_THERAPY"|"P_TXPLAN_OWN"|"P_URINE")[], until?: day, element?: string}',
  earlier_linked: '{earlier: case}',
  earlier_unlinked: '{by: person}',
  employment_adopted:
    '{role: case, supervisor: person, second: null|person, manager: person, site: site, person: person, dayOne: day, credential: {status: "in_progress_with_deadline"|"verified", validTo: day}, exclusionCheckedOn: day, weeks: number, span?: {*: number}, qualified?: {*: string}, waiver?: {supervisor: person, until: day}, certifiedBy?: day, roleVersion: number, probationDays?: number, on: day, clock: case, weekday: number, at: time, first: day, month: day, review: number, sixMonth: boolean, rounds: {"P6.4": number, "P7.6": number, "P9.1": number, "P9.2": number}, educationFrom?: day, trained?: {*: string}, notWitnessed: string[]}',
  employment_ended:
    '{how: "died"|"ended_fixed_term"|"laid_off"|"resigned"|"retired"|"terminated_conduct"|"terminated_performance"|"transferred", lastDay: day}',
  employment_started:
    '{site: site, person: person, candidacy: case, opening: case, role: case, roleVersion: number, dayOne: day, supervisor: person, second: null|person, mentor: person, manager: person, conditional: boolean, credential: {status: "in_progress_with_deadline"|"not_asked"|"verified", validTo: day}, probationDays?: number, clock: case, weekday: number, at: time, first: day, month: day, span?: {*: number}, qualified?: {*: string}, waiver?: {supervisor: person, until: day}, certifiedBy?: day, exclusionCheckedOn: day, items: {item: string, owner: "compliance"|"credential_officer"|"employee"|"hr"|"it"|"manager"|"mentor"|"supervisor"|"team_leader", after: number}[], promises?: {element: string, item: string, owner: "compliance"|"credential_officer"|"employee"|"hr"|"it"|"manager"|"mentor"|"supervisor"|"team_leader", after: number}[], talks: number[], checkIns: number[]}',
  exclusion_checked: '{outcome: "clear"|"disputed"|"match"|"possible_match", on: day}',
  exit_interview_held:
    '{outcome: "declined"|"held", reasons: ("growth"|"hours"|"moved"|"other"|"pay"|"role_drift"|"supervision"|"team")[]}',
  extra_asked: '{by: person}',
  extra_planned: '{on: day}',
  growth_plan_proposed: '{outcome: "agreed"|"updated", plan?: string}',
  growth_plan_settled: '{outcome: "agreed"|"declined_by_employee"|"updated", next: number}',
  handover_recorded: '{outcome: "handed_over"|"nothing_to_hand_over"}',
  integration_answered:
    '{by: "employee"|"supervisor", round: number, no: ("asked_for_view"|"committees"|"email_lists"|"systems"|"team_meetings"|"workspace")[], actions: {id: string, from: "check_in"|"integration"|"record"|"session", action: string, owner: "employee"|"hr"|"manager"|"supervisor", due: day}[], next: number}',
  item_added:
    '{item: string, owner: "compliance"|"credential_officer"|"employee"|"hr"|"it"|"manager"|"mentor"|"supervisor"|"team_leader", after: number}',
  item_settled: '{item: string, outcome: "done"|"late"|"not_needed", due?: day}',
  leave_noted: '{clock: case, from: day, to: day}',
  leave_over: '{clock: case, returned: day, month: day}',
  manager_changed: '{manager: person}',
  matter_noted: '{clock: case}',
  matter_over_noted: '{clock: case}',
  measure_declined: '{by: person}',
  measure_proposed:
    '{measure: "final_warning"|"no_action"|"talk"|"training"|"written_warning", comparator?: "same_as_comparator", by: person, hand?: person, asked?: {first: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[], second: "accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer"}}',
  measure_settled:
    '{measure: "final_warning"|"no_action"|"talk"|"training"|"written_warning", comparator?: "same_as_comparator"}',
  mentor_answered: '{told?: true, mentor: person, answer: "accept"|"decline"}',
  mentor_asked_for: '{told?: true, by: "employee"|"hr"|"manager"|"mentor"}',
  mentor_proposed: '{mentor: person}',
  mentoring_settled: '{told?: true, outcome: "ended"|"renewed", until: day|null}',
  networking_recorded: '{on: day, outcome: "not_wanted"|"taken", by: "employee"|"supervisor"}',
  observation_recorded:
    '{on: day, outcome: "consent_not_given"|"held_with_consent", topics: ("admin"|"advocacy_tension"|"boundaries"|"credential"|"disclosure_choice"|"growth"|"role_fit"|"skills"|"team_inclusion"|"workload")[], by: person, counts: boolean}',
  officer_word_given:
    '{by: person, about: "conduct"|"rehire"|"separation", office: "officer"|"second_officer", offices?: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[]}',
  onboarding_completed: '{gate: "G6"}',
  onboarding_extended: '{until: day}',
  opening_decided: '{outcome: "close"|"reopen_after_review"|"reopen_same_version"}',
  opening_proposed:
    '{by: person, hand?: person, outcome: "close"|"reopen_after_review"|"reopen_same_version"}',
  pay_change_declined: '{by: person}',
  pay_change_proposed:
    '{reason: "certification"|"parity"|"promotion"|"step", from: number, to: number, on: day, by: person, hand?: person}',
  pay_changed: '{reason: "certification"|"parity"|"promotion"|"step", from: number, to: number, on: day}',
  policies_acknowledged:
    '{policies: ("boundaries"|"code_of_ethics"|"confidentiality"|"disclosure"|"grievance"|"leave"|"values")[]}',
  probation_noted: '{review: case, outcome: "extended"|"not_passed"|"passed", until: day|null}',
  promotion_decided:
    '{outcome: "declined"|"not_yet"|"promoted", steps: ("bridger"|"clinician"|"director"|"group_facilitator"|"mentor"|"program_lead"|"tier_2"|"tier_3"|"trainer")[], criteria: string[], nextTalk?: day, on?: day, trained?: true}',
  promotion_let_go: '{by: "employee"}',
  promotion_proposed:
    '{outcome: "declined"|"not_yet"|"promoted", steps: ("bridger"|"clinician"|"director"|"group_facilitator"|"mentor"|"program_lead"|"tier_2"|"tier_3"|"trainer")[], criteria: string[], nextTalk?: day, by: person, hand?: person}',
  pulse_answered:
    '{month: day, by: "employee"|"supervisor", answer: {core: number, support: number, shared: number, nonPeer: number, prohibited: ("N_CLEAN"|"N_CLERICAL"|"N_DRIVER"|"N_ERRANDS"|"P_COERCE"|"P_DIAG"|"P_INFORMANT"|"P_MED_ADMIN"|"P_MED_ENFORCE"|"P_REP_PAYEE"|"P_SOLE_CRISIS"|"P_SURVEIL"|"P_THERAPY"|"P_TXPLAN_OWN"|"P_URINE")[]}}',
  pulse_completed:
    '{month: day, employee: null|{core: number, support: number, shared: number, nonPeer: number, prohibited: ("N_CLEAN"|"N_CLERICAL"|"N_DRIVER"|"N_ERRANDS"|"P_COERCE"|"P_DIAG"|"P_INFORMANT"|"P_MED_ADMIN"|"P_MED_ENFORCE"|"P_REP_PAYEE"|"P_SOLE_CRISIS"|"P_SURVEIL"|"P_THERAPY"|"P_TXPLAN_OWN"|"P_URINE")[]}, supervisor: null|{core: number, support: number, shared: number, nonPeer: number, prohibited: ("N_CLEAN"|"N_CLERICAL"|"N_DRIVER"|"N_ERRANDS"|"P_COERCE"|"P_DIAG"|"P_INFORMANT"|"P_MED_ADMIN"|"P_MED_ENFORCE"|"P_REP_PAYEE"|"P_SOLE_CRISIS"|"P_SURVEIL"|"P_THERAPY"|"P_TXPLAN_OWN"|"P_URINE")[]}, outside: null|number, next: day}',
  ready_affirmed: '{by: "employee"|"supervisor"}',
  ready_doubted: '{by: "employee"|"supervisor", missing: string[]}',
  reflection_group_recorded: '{on: day, outcome: "attended"|"not_wanted", by: "employee"|"supervisor"}',
  rehire_decided: '{outcome: "eligible"|"eligible_with_condition"|"not_eligible", code?: string}',
  rehire_proposed:
    '{asked?: {first: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[], second: "accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer"}, code: string, comparator?: "differs"|"same_as_comparator", by: person, hand?: person}',
  relations_talk_held: '{on: day}',
  review_noted:
    '{review: case, cycle: string, outcome: string, response: string, owes?: "goals"|"plan", asks?: "promotion_review"}',
  review_opened:
    '{review: case, cycle: "annual"|"probation_end"|"probation_mid"|"six_month"|"special", due: day, periodEnd: day, round: null|number, rule?: string}',
  review_over_noted: '{review: case}',
  review_passed_over:
    '{cycle: "annual"|"probation_end"|"probation_mid"|"six_month"|"special", due: day, periodEnd: day, round: null|number, leaving?: true}',
  role_taken_up: '{role: case, version: number, before: case, on: day}',
  role_version_noted: '{version: number}',
  separation_confirmed:
    '{handover?: true, notices?: ("benefits"|"final_pay"|"written_notice")[], how: "ended_fixed_term"|"laid_off"|"terminated_conduct"|"terminated_performance"|"transferred", lastDay: day, reasons: string[], matter?: number}',
  separation_notice_given: '{notice: "benefits"|"final_pay"|"written_notice", text?: string}',
  separation_proposed:
    '{asked?: {first: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[], second: "accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer"}, how: "ended_fixed_term"|"laid_off"|"terminated_conduct"|"terminated_performance"|"transferred", lastDay: day, reasons: ("certification_deadline"|"conduct"|"exclusion_match"|"funding_ended"|"moved_within_organization"|"performance"|"position_ended"|"probation_not_passed"|"term_ended")[], matter?: number, comparator?: "differs"|"same_as_comparator", by: person, hand?: person}',
  separation_set:
    '{handover?: true, notices?: ("benefits"|"final_pay"|"written_notice")[], how: "resigned"|"retired", lastDay: day, reasons: string[]}',
  separation_withdrawn: '{what: "died"|"proposal"|"separation", rests?: true, since?: instant}',
  session_confirmed:
    '{session: day, view: "agrees"|"differs", actions: {id: string, from: "check_in"|"integration"|"record"|"session", action: string, owner: "employee"|"hr"|"manager"|"supervisor", due: day}[], comment?: string}',
  session_logged:
    '{session: day, extra: boolean, outcome: "held"|"missed_employee"|"missed_supervisor", by: person, on: day, minutes: number, mode?: "in_person"|"phone"|"video", topics: ("admin"|"advocacy_tension"|"boundaries"|"credential"|"disclosure_choice"|"growth"|"role_fit"|"skills"|"team_inclusion"|"workload")[], counts: boolean, actions: {id: string, from: "check_in"|"integration"|"record"|"session", action: string, owner: "employee"|"hr"|"manager"|"supervisor", due: day}[], note?: string}',
  session_moved: '{session: day, to: day}',
  session_on_leave: '{session: day}',
  session_time_set: '{weekday: number, at: time, next: day, stays?: {session: day, to: day}[]}',
  specialty_recorded:
    '{specialty: "co_occurring"|"crisis"|"family"|"forensic"|"groups"|"housing"|"later_life"|"other"|"supported_employment"|"transition_age"|"veterans", outcome: "completed"|"lapsed"|"started", training?: string, until: day|null}',
  stay_interview_held: '{outcome: "declined"|"held", topics: string[], next: number}',
  supervised_hours_logged: '{on: day, minutes: number}',
  supervision_planned: '{outcome: "interim_stays"|"returns_on", on: day|null}',
  supervisor_back: '{supervisor: person}',
  supervisor_changed:
    '{span?: {*: number}, qualified?: {*: string}, waiver?: {supervisor: person, until: day}, how: "interim"|"reassigned"|"requested_by_employee", supervisor: person, second: null|person}',
  supervisor_out: '{supervisor: person, from: day, back: day|null}',
  supervisor_trained: '{supervisor: person, on: day}',
  supervisor_unqualified: '{supervisor: person, on: day}',
  talk_recorded:
    '{talk: number, outcome: "held"|"missed"|"moved", topics: ("boundaries"|"growth"|"other"|"role"|"settling_in"|"systems"|"team")[], due?: day}',
  tension_noted: '{since: day, on: day}',
  warning_given:
    '{measure: "final_warning"|"no_action"|"talk"|"training"|"written_warning", comparator?: "same_as_comparator"}',
  welcomed: '{on: day}',
};

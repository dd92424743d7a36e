/** What rows of a review say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const reviewShapes: Readonly<Record<string, string>> = {
  absence_ended: '{rest?: {begun: boolean, from: day, to: day}[], on: day, from?: day}',
  absence_noted: '{rest?: {begun: boolean, from: day, to: day}[], begun: boolean, from: day, to: day}',
  circle_noted: '{manager: person, mentor: null|person}',
  colleagues_chosen: '{colleagues: person[]}',
  dispute_settled:
    '{by: person, outcome: "corrected"|"kept", overall?: "does_not_meet"|"exceeds"|"meets"|"partly_meets", probation?: "passed"|"stands", text: string}',
  draft_shared: '{by: person, version: number}',
  draft_submitted:
    '{version: number, by: person, form: string, scale: string, ratings: {*: number}, overall: "does_not_meet"|"exceeds"|"meets"|"partly_meets", followUps: ("goal"|"improvement_plan"|"none"|"promotion_review"|"reward"|"training")[], goals: string[], cites: {*: string}, text: string, worse?: true}',
  feedback_declined: '{by: person}',
  feedback_kept: '{by: person, text: string}',
  feedback_shared: '{by: person, text: string}',
  goals_checked: '{state: "adjusted"|"dropped"|"on_track"|"reached", held: day}',
  lack_noted: '{lacked: boolean}',
  officer_word_given:
    '{word: "matter_open"|"nothing_stands_against", by?: person, offices?: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[]}',
  plan_answered:
    '{version: number, answer: "acknowledged"|"acknowledged_with_comment"|"refused", comment?: string}',
  plan_asked: '{version: number}',
  plan_not_met: '{by: person, confirmedBy: person}',
  plan_not_met_proposed:
    '{by: person, hand?: person, asked?: {first: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[], second: "accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer"}}',
  plan_settled: '{by: person, outcome: "met"|"not_met"|"withdrawn"}',
  plan_step_recorded:
    '{by: person, version: number, step: number, state: "behind"|"on_the_way"|"reached", held: day}',
  plan_written: '{version: number, from: day, steps: {on: day, text: string}[], by: person, hand?: person}',
  probation_decided:
    '{asked?: {first: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[], second: "accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer"}, outcome: "extended"|"not_passed"|"passed", reasons: ("attendance_rule"|"conduct"|"duty_not_met"|"skill_not_shown"|"too_little_observed"|"training_open")[], until: day|null, by: person, hand?: person, confirmedBy: person}',
  probation_proposed:
    '{asked?: {first: ("accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer")[], second: "accommodation_officer"|"hr_director"|"investigating_officer"|"leave_officer"}, outcome: "extended"|"not_passed"|"passed", reasons: ("attendance_rule"|"conduct"|"duty_not_met"|"skill_not_shown"|"too_little_observed"|"training_open")[], until: day|null, by: person, hand?: person}',
  response_recorded:
    '{response: "disputed"|"not_signed"|"refused"|"signed"|"signed_with_comment", comment?: string}',
  rest_begun: '{}',
  rest_over: '{since?: instant}',
  review_ended: '{how: string}',
  review_opened:
    '{site: site, employment: case, employee: person, supervisor: person, manager: person, mentor: null|person, cycle: "annual"|"probation_end"|"probation_mid"|"six_month"|"special", due: day, periodEnd: day, dayOne?: day, nextDue: day|null, role: case, roleVersion: number, rule?: string, leave?: {from: day, to: day}[]}',
  second_word_given: '{word: "matter_open"|"nothing_stands_against", by: person}',
  self_review_kept: '{text: string}',
  self_review_shared: '{text: string}',
  served_feedback_entered: '{by: person, answers: number, text: string}',
  standard_checked:
    '{by: person, result: "differs"|"same_as_comparator", differing: string[], justification?: string}',
  supervisor_noted: '{supervisor: person}',
  talk_held: '{held: day, version?: number}',
};

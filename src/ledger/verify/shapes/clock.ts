/** What rows of a clock say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const clockShapes: Readonly<Record<string, string>> = {
  absence_ended: '{rest?: {begun: boolean, from: day, to: day}[], on: day, from?: day}',
  absence_noted: '{rest?: {begun: boolean, from: day, to: day}[], begun: boolean, from: day, to: day}',
  accommodation_decided:
    '{by: person, outcome: "alternative_agreed"|"declined_with_review"|"granted", change?: string, arranger?: person}',
  accommodation_requested: '{site: site, parent: case, person: person, text?: string, known?: true}',
  adverse_confirmed:
    '{by: person, reason: "barred_by_law"|"related_to_duties", notice: string, confirmedBy: person, comparator: "same_as_all_staff"}',
  adverse_decided:
    '{by: person, reason: "barred_by_law"|"related_to_duties", notice: string, confirmedBy: person}',
  adverse_proposed: '{by: person, reason: "barred_by_law"|"related_to_duties", notice: string}',
  arrangement_made: '{by: person}',
  check_assessed: '{by: person, considered: ("nature"|"relation_to_job"|"time_passed")[], text: string}',
  check_recorded:
    '{outcome: "clear"|"cleared_after_assessment"|"individual_assessment"|"pre_adverse"|"waiver_requested", given?: day, notice?: string, enclosed?: ("report"|"rights")[]}',
  check_slowed: '{businessDays: number}',
  check_started:
    '{supervisor: null|person, site: site, person: person, validTo: day|null, parent: case, route?: "apprentice"}',
  clock_ended: '{how: string}',
  credential_expired: '{validTo: day}',
  credential_renewed: '{validTo: day}',
  credential_step_over:
    '{validTo: day, step: "grace"|"late_fee"|"re_test"|"re_train", next: "grace"|"late_fee"|"re_test"|"re_train"}',
  credential_watched:
    '{supervisor: null|person, site: site, person: person, validTo: day|null, parent: case, route?: "apprentice"}',
  deadline_noted: '{validTo: day}',
  decline_reviewed: '{by: person, outcome: "overturned"|"upheld"}',
  denial_reviewed: '{by: person, outcome: "overturned"|"upheld"}',
  duties_limited:
    '{by: person, duties: ("billed_contacts"|"billed_groups"|"billed_notes"|"nothing_billed")[]}',
  duties_restored: '{by: person}',
  exclusion_recorded: '{outcome: "clear"|"disputed"|"match"|"possible_match"}',
  exclusion_started:
    '{supervisor: null|person, site: site, person: person, validTo: day|null, parent: case, route?: "apprentice"}',
  guard_ended: '{by: person}',
  hold_confirmed: '{by: person}',
  hold_kept: '{by: person}',
  hold_off: '{by: person, reason: "final_disposition"|"set_in_error"|"settled"|"withdrawn"}',
  hold_off_proposed:
    '{by: person, reason: "final_disposition"|"set_in_error"|"settled"|"withdrawn", on: day, asks: "compliance"|"hr_director"|"privacy_officer"}',
  hold_on:
    '{site: site, subject: string, reason: "audit"|"charge"|"inquiry"|"suit", on: day, review: day, by: person, owner: "compliance"|"hr_director"|"privacy_officer", asks: "compliance"|"hr_director"|"privacy_officer"}',
  hold_reviewed: '{by: person, review: day}',
  leave_cancelled: '{by: person, agreed: boolean}',
  leave_closed: '{on: day}',
  leave_decided: '{by: person, outcome: "approved"|"denied_with_review"|"pending_docs"}',
  leave_extended: '{to: day}',
  leave_moved: '{from: day, to: day}',
  leave_opened:
    '{site: site, person: person, employment: case, from: day, to: day, supervisor?: person, known?: true}',
  leave_returned: '{on: day}',
  officer_word_given: '{by: person, word: "matter_open"|"nothing_stands_against"}',
  overdue_day_passed: '{day: day}',
  reply_received: '{by: person, text: string}',
  report_acknowledged: '{by: person}',
  report_closed: '{by: person, measures: ("duties_apart"|"none"|"referred_on"|"talk"|"training")[]}',
  report_investigated: '{by: person, finding: "not_substantiated"|"partly"|"substantiated"}',
  report_opened:
    '{site: site, parent: case, person: person, concern: "forced_disclosure"|"harassment"|"talked_about", to: "accommodation_officer"|"investigating_officer"|"leave_officer", against?: person, text?: string, until: day, known?: true}',
  report_reopened: '{by: person, until: day}',
  request_acknowledged: '{by: person}',
  request_closed: '{by: person}',
  request_talked: '{on: day}',
  rest_begun: '{}',
  rest_over: '{since?: instant}',
  supervisor_noted: '{supervisor: person}',
  wait_prolonged: '{by: person}',
};

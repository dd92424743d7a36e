/** What rows of a candidacy say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const candidacyShapes: Readonly<Record<string, string>> = {
  applied:
    '{site: site, candidacy: case, opening: case, role: case, roleVersion: number, person: person, reviewers: person[], hiringManager?: person, attested: boolean, entered: "candidate"|"hr", statement?: "credential_implies"|"self_attested", way?: "import"|"paper"|"phone", row?: string}',
  arrangements_chosen: '{chosen: ("shorter_steps"|"support_person")[]}',
  availability_noted: '{rater: person, windows: {on: day, from: string, to: string}[], cannot?: true}',
  candidacy_reopened:
    '{stage: "ended"|"hired"|"interview"|"offer"|"pool"|"preboarding"|"rating"|"reserve"|"screening"}',
  candidate_asked:
    '{n: number, topic: "availability"|"missing_page"|"reference_names"|"requirement"|"start_day"}',
  candidate_informed: '{word: number}',
  carrying_agreed: '{from: case}',
  check_ordered: '{clock: case}',
  check_settled: '{check: "background"|"exclusion", outcome: "adverse"|"clear"|"not_yet"}',
  check_slow: '{check: "background"|"exclusion", businessDays: number}',
  closed_no_response:
    '{about: "consent"|"question"|"slot"|"statement", stage: "ended"|"hired"|"interview"|"offer"|"pool"|"preboarding"|"rating"|"reserve"|"screening"}',
  consent_answered: '{answer: "declined"|"given"}',
  counter_answered: '{version: number, expires: day}',
  credential_recorded:
    '{status: "expired"|"in_progress_with_deadline"|"not_found"|"verified", validTo: day|null}',
  exclusion_recorded: '{outcome: "clear"|"disputed"|"match"|"possible_match"}',
  hired: '{employment: case, dayOne: day, conditional: boolean}',
  hiring_manager_changed: '{hiringManager: person, mentor?: "to_name"}',
  incident_told:
    '{question: "Q_ADDICTION_HIST"|"Q_AGE"|"Q_ARREST"|"Q_BENEFITS"|"Q_DISABILITY"|"Q_FAMILY"|"Q_GENDER"|"Q_GENETIC"|"Q_MEDS"|"Q_ORIGIN"|"Q_RELIGION"|"Q_SALARY"|"Q_SERVICES_HERE"|"Q_SICK_DAYS"|"Q_STABILITY"|"Q_STORY"|"Q_THIRD_PARTY"|"Q_TREATMENT"|"Q_WCOMP"}',
  interview_again: '{times?: "anew", questions?: "anew"}',
  interview_held: '{on: day}',
  interview_set:
    '{on: day, at: string, raters: person[], place?: number, hour?: {place: number, begins: instant, minutes: number}}',
  medical_questions_set: '{outcome: "none"|"same_for_all_in_job_category", category: null|string}',
  mentor_answered: '{by: person, answer: "accepted"|"declined"}',
  mentor_assigned: '{mentor: person, how: "assigned"|"external"}',
  not_selected: '{reasons: string[]}',
  offer_accepted: '{version: number, credential?: "not_asked"}',
  offer_approved: '{version: number, by: person, position: "hr"|"second"}',
  offer_countered: '{version: number, amount?: number, hours?: number}',
  offer_declined: '{version: number, reason?: "hours"|"other_job"|"pay"|"place"|"timing"}',
  offer_drafted: '{version: number, amount: number, hours: number, by: person, voided: person[]}',
  offer_expired: '{version: number}',
  offer_extended: '{version: number, expires: day}',
  offer_refused:
    '{version: number, by: person, reason: "not_ready"|"over_budget"|"unequal_pay"|"wrong_terms"}',
  offer_rescinded: '{by: person, reason: "RC_CHECK"|"RC_CRED"|"RC_FUNDING"}',
  offer_sent: '{version: number, amount: number, hours: number, expires: day}',
  officer_spoke: '{word: "clear"|"not_yet"}',
  opening_closed: '{how: string}',
  outcome_told: '{outcome: string}',
  place_left: '{place: "mentor"|"second"|"supervisor"}',
  promises_named:
    '{promises: {element: "E11"|"E13"|"E4", item: string, owner: "hr"|"it"|"manager"|"mentor"|"supervisor", after: number}[]}',
  questions_sent: '{}',
  rater_dropped: '{rater: person}',
  rater_replaced: '{rater: person, by: person, cannot?: true}',
  receipt_acknowledged: '{}',
  reopening_over: '{}',
  reply_noted: '{}',
  request_answered:
    '{n: number, request: "deletion"|"feedback", answer: "done"|"given"|"kept", competencies?: ("crisis"|"growth"|"leadership_advocacy"|"personalized"|"relationships"|"sharing_experience"|"teamwork")[], text?: string, because?: "legal_hold"|"retention", until?: day}',
  request_made: '{n: number, request: "deletion"|"feedback"}',
  reschedule_asked: '{n: number, times?: "anew", questions?: "anew"}',
  rescind_proposed: '{by: person, reason: "RC_CHECK"|"RC_CRED"|"RC_FUNDING"}',
  reserve_ended: '{how: "expired"|"released"}',
  reserved: '{until: day}',
  screener_replaced: '{screener: person, by: person}',
  screening_given:
    '{eligibility: "does_not_meet"|"meets_all"|"meets_except_credential"|"meets_with_equivalent", requirement?: string, outcome: "advance"|"duplicate"|"hold"|"not_advanced", reason?: "RC_CRED"|"RC_HOURS"|"RC_LATE"|"RC_REQ", rationale?: string, by: person}',
  screening_settled:
    '{eligibility: "does_not_meet"|"meets_all"|"meets_except_credential"|"meets_with_equivalent", requirement?: string, outcome: "advance"|"duplicate"|"hold"|"not_advanced", reason?: "RC_CRED"|"RC_HOURS"|"RC_LATE"|"RC_REQ", rationale?: string, how: "agreement"|"hr", qualified: boolean}',
  search_paused: '{until: day, why?: "funding_freeze"|"hiring_freeze"|"site_closed"}',
  search_resumed: '{on: day}',
  seat_refused: '{why: string}',
  second_channel_tried:
    '{channel: "call"|"in_person"|"letter", on: day, about: "consent"|"question"|"slot"|"statement"}',
  selected: '{seat: number, hiringManager: person}',
  setup_reported: '{items: ("accounts"|"desk"|"invitations"|"keys")[], access: string[]}',
  sheet_submitted:
    '{by: person, ratings: {relationships: "1"|"2"|"3"|"4"|"5"|"not_observed", sharing_experience: "1"|"2"|"3"|"4"|"5"|"not_observed", personalized: "1"|"2"|"3"|"4"|"5"|"not_observed", crisis: "1"|"2"|"3"|"4"|"5"|"not_observed", teamwork: "1"|"2"|"3"|"4"|"5"|"not_observed", leadership_advocacy: "1"|"2"|"3"|"4"|"5"|"not_observed", growth: "1"|"2"|"3"|"4"|"5"|"not_observed"}, notes: string, evidence?: {relationships?: string, sharing_experience?: string, personalized?: string, crisis?: string, teamwork?: string, leadership_advocacy?: string, growth?: string}}',
  sheets_carried: '{from: case, on: day, raters: person[]}',
  slot_chosen: '{slot: number}',
  slots_gone: '{}',
  slots_offered:
    '{slots: {on: day, at: string}[], zone: string, offers: ("shorter_steps"|"support_person")[]}',
  start_set: '{on: day, conditional: boolean, moved: boolean, readiness?: case}',
  statement_ticked: '{statement?: "credential_implies"|"self_attested"}',
  status_note_sent: '{note: number}',
  supervisor_assigned:
    '{supervisor: person, outcome: "not_qualified"|"qualified"|"waiver_until", trained: day|null, until: day|null, second: null|person, secondTrained: day|null}',
  training_still_missing: '{week: number}',
  version_kept: '{version: number}',
  welcome_made: '{}',
  withdrawal_acknowledged: '{}',
  withdrawal_entered: '{reason?: "hours"|"other_job"|"pay"|"place"|"timing", silent?: boolean}',
  withdrawn: '{reason?: "hours"|"other_job"|"pay"|"place"|"timing"}',
};

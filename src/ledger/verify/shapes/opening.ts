/** What rows of a opening say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const openingShapes: Readonly<Record<string, string>> = {
  alternate_added: '{person: person, inRole: boolean, trained: boolean, outside?: true}',
  alternate_called:
    '{seat: string, left: person, by: null|{person: person, inRole: boolean, trained: boolean, outside?: true}}',
  alternate_left: '{left: person}',
  applicant_left: '{candidacy: case, why: "no_response"|"withdrawn", voids: boolean}',
  applicant_listed: '{candidacy: case, mark?: string, hiringManager?: person}',
  applicant_screened:
    '{candidacy: case, outcome: "advance"|"duplicate"|"hold"|"not_advanced", qualified: boolean, back?: true, hiringManager?: person}',
  application_late: '{candidacy: case}',
  attendance_confirmed: '{by: person}',
  candidates_told: '{word: number}',
  channels_planned:
    '{channels: ("advocacy_group"|"certification_board"|"faith_or_civic_group"|"job_board"|"mutual_support_group"|"own_website"|"peer_run_organization"|"primary_care_colleagues"|"recovery_community_center"|"staff_notice"|"training_program")[], community: number}',
  choice_passed_on: '{left: person}',
  conflict_declared: '{by: person, seats: string[], attested?: true}',
  consensus_answered:
    '{by: person, version: number, dissents: {candidacy: case, reasons: ("RC_ADV"|"RC_CHECK"|"RC_CRED"|"RC_CRISIS"|"RC_GROWTH"|"RC_HOURS"|"RC_PERS"|"RC_RANK"|"RC_REL"|"RC_SHARE"|"RC_TEAM")[]}[]}',
  consensus_stated:
    '{by: person, version: number, results: {candidacy: case, outcome: string, reasons: ("RC_ADV"|"RC_CHECK"|"RC_CRED"|"RC_CRISIS"|"RC_GROWTH"|"RC_HOURS"|"RC_PERS"|"RC_RANK"|"RC_REL"|"RC_SHARE"|"RC_TEAM")[]}[]}',
  dispute_settled: '{question: string, finding: string, outcome: "stands"|"wrong_about_text"}',
  fee_recorded: '{person: person, outcome: "offered"|"paid"}',
  finding_disputed: '{question: string, finding: string, by: person}',
  hiring_manager_changed: '{hiringManager: person, told?: "running"}',
  holder_gone: '{employment: case, seat: number, how: string, closes?: true}',
  incident_reported:
    '{question: "Q_ADDICTION_HIST"|"Q_AGE"|"Q_ARREST"|"Q_BENEFITS"|"Q_DISABILITY"|"Q_FAMILY"|"Q_GENDER"|"Q_GENETIC"|"Q_MEDS"|"Q_ORIGIN"|"Q_RELIGION"|"Q_SALARY"|"Q_SERVICES_HERE"|"Q_SICK_DAYS"|"Q_STABILITY"|"Q_STORY"|"Q_THIRD_PARTY"|"Q_TREATMENT"|"Q_WCOMP", candidacy?: case}',
  incident_reviewed:
    '{incident: number, outcome: "remedied"|"reviewed", remedy?: "answer_disregarded"|"conversation_repeated"|"panel_briefed"|"rater_dropped"}',
  interview_listed: '{candidacy: case, on: day}',
  interview_noted: '{candidacy: case, on: day}',
  interview_set_aside: '{candidacy: case, on: day}',
  interviews_planned: '{firstDay: day, lastDay: day, questions: string[], inRole?: number}',
  joined_manager_changed: '{opening: case, hiringManager: person}',
  joined_seat_accepted: '{}',
  joined_seat_filled: '{employment: case, dayOne: day}',
  joined_seat_freed: '{employment: case, closes?: true}',
  next_offered: '{candidacy: case, seat: number}',
  offer_settled: '{candidacy: case, seat: number, how: "accepted"|"declined"|"expired"|"rescinded"}',
  opening_canceled:
    '{why: "cancel_and_repost"|"funding_ended"|"role_withdrawn", released: case[], waiting?: number}',
  opening_opened:
    '{site: site, role: case, roleVersion: number, seats: number, hiringManager: person, screeners: person[], panel: {person: person, inRole: boolean, trained: boolean, outside?: true}[], alternates: {person: person, inRole: boolean, trained: boolean, outside?: true}[], plannedPosting: day, after?: case, sharing?: case, announced?: true}',
  pool_accepted: '{outcome: "proceed"|"proceed_with_exception"}',
  pool_extended: '{closeOn: day}',
  pool_leave_asked: '{pool: case}',
  pool_left: '{seats: number}',
  pool_proposed:
    '{by: person, as: "hiring_manager"|"hr", outcome: "extend"|"failed_search"|"proceed"|"proceed_with_exception", reasons: ("funding_deadline"|"lacked_clear_wording"|"lacked_hours"|"lacked_pay"|"lacked_reach"|"lacked_time"|"requirements_too_narrow"|"seats_covered"|"second_search"|"small_labor_market")[], closeOn?: day}',
  posted: '{on: day, closeOn: day, range?: string}',
  posting_approved: '{text?: string}',
  posting_closed: '{openDays: number}',
  posting_extended: '{closeOn: day}',
  posting_paused: '{until: day, openDays: number}',
  posting_resumed: '{closeOn: day}',
  posting_returned: '{changes: ("duties"|"pay_range"|"requirements"|"ways_to_apply"|"wording")[]}',
  questions_marked:
    '{questions: {id: string, status: "approved"|"forbidden"|"needs_review", code?: "Q_ADDICTION_HIST"|"Q_AGE"|"Q_ARREST"|"Q_BENEFITS"|"Q_DISABILITY"|"Q_FAMILY"|"Q_GENDER"|"Q_GENETIC"|"Q_MEDS"|"Q_ORIGIN"|"Q_RELIGION"|"Q_SALARY"|"Q_SERVICES_HERE"|"Q_SICK_DAYS"|"Q_STABILITY"|"Q_STORY"|"Q_THIRD_PARTY"|"Q_TREATMENT"|"Q_WCOMP", text?: string, findings?: string[], pack?: string}[]}',
  rater_dropped: '{rater: person}',
  re_interview_ordered: '{candidacies: case[]}',
  references_recorded: '{outcome: "done_same_questions"|"waived_for_all", unreachable: case[]}',
  reserve_ended: '{candidacy: case, how: "expired"|"released"}',
  reserve_kept: '{candidacy: case, seats: number[]}',
  role_changed: '{version: number}',
  search_failed:
    '{reasons: ("funding_deadline"|"lacked_clear_wording"|"lacked_hours"|"lacked_pay"|"lacked_reach"|"lacked_time"|"requirements_too_narrow"|"seats_covered"|"second_search"|"small_labor_market")[], released: case[], next?: "asked"}',
  search_followed: '{next: "extend"|"no_new_search"|"revise_description"|"revise_pay"}',
  search_paused: '{until: day, why: "funding_freeze"|"hiring_freeze"|"site_closed", waiting: number}',
  search_resumed: '{waiting: number}',
  seat_filled: '{candidacy: case, seat: number, employment: case, dayOne: day}',
  seat_left: '{seat: string, left: person}',
  seat_refilled:
    '{seat: string, left: null|person, by: {person: person, inRole: boolean, trained: boolean, outside?: true}}',
  seat_refused: '{candidacy: case, why: string}',
  seats_given_back: '{opening: case, seats: number[]}',
  seats_joined: '{opening: case, seats: number, hiringManager: person}',
  seats_not_joined: '{opening: case}',
  selection_confirmed:
    '{granted: {candidacy: case, seat: number}[], reserved: case[], until: day, notSelected: {candidacy: case, reasons: ("RC_ADV"|"RC_CHECK"|"RC_CRED"|"RC_CRISIS"|"RC_GROWTH"|"RC_HOURS"|"RC_PERS"|"RC_RANK"|"RC_REL"|"RC_SHARE"|"RC_TEAM")[]}[], result?: "no_selection"}',
  selection_proposed:
    '{by: person, outcomes: {candidacy: case, outcome: "not_selected"|"reserve"|"select", reasons: ("RC_ADV"|"RC_CHECK"|"RC_CRED"|"RC_CRISIS"|"RC_GROWTH"|"RC_HOURS"|"RC_PERS"|"RC_RANK"|"RC_REL"|"RC_SHARE"|"RC_TEAM")[], rank?: number}[]}',
  sheet_noted: '{candidacy: case, rater: person}',
  version_kept: '{version: number, waiting: number}',
};

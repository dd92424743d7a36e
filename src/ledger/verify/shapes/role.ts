/** What rows of a role say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const roleShapes: Readonly<Record<string, string>> = {
  block_repeated: '{element: string, repeat: number}',
  change_asked: '{elements: string[], employment: case}',
  change_decided:
    '{outcome: "no_change"|"reopen_element", elements: string[], reason: "concern"|"drift_found"|"holder_asked"|"law_or_policy"|"yearly", heard: person[]}',
  description_approved: '{by: person, version: number, documentDigest?: string}',
  description_drafted:
    '{by: person, as: "hr"|"supervisor", version: number, list: number, text?: string, requirements: string[], hours: "full_time"|"part_time", partTimeReason?: "caseload"|"funding"|"pilot"|"site_pattern", benefits: boolean, findings: string[]}',
  dispute_answered:
    '{duty: null|string, finding: string, by: person, as: "adviser"|"director", outcome: "stands"|"wrong_about_text"}',
  duties_classified:
    '{list: number, by: person, adviser: boolean, classes: {duty: string, class: "core"|"non_peer"|"prohibited"|"shared"|"support", code?: "N_CLEAN"|"N_CLERICAL"|"N_DRIVER"|"N_ERRANDS"|"P_COERCE"|"P_DIAG"|"P_INFORMANT"|"P_MED_ADMIN"|"P_MED_ENFORCE"|"P_REP_PAYEE"|"P_SOLE_CRISIS"|"P_SURVEIL"|"P_THERAPY"|"P_TXPLAN_OWN"|"P_URINE", competencies?: ("communication"|"crisis"|"growth"|"leadership_advocacy"|"personalized"|"recovery_planning"|"relationships"|"resources"|"sharing_experience"|"skills_information"|"support"|"teamwork")[], goals?: string[]}[], reason?: string}',
  duties_entered:
    '{list: number, version: number, duties: {duty: string, share: number, alsoDoneBy?: string, text?: string, library?: string}[], screen: boolean}',
  duties_screened:
    '{result: "fail"|"pass"|"pass_with_changes", core: number, support: number, shared: number, nonPeer: number, prohibited: number, findings: {code: string, about?: string}[], list: number}',
  elements_concluded:
    '{outcomes: {element: string, round: number, outcome: "consensus"|"consensus_with_concerns"}[]}',
  elements_proposed: '{proposals: {element: string, text: string, choices: string[]}[]}',
  elements_revised: '{proposals: {element: string, text: string, choices: string[]}[]}',
  facilitator_changed: '{facilitator: person}',
  fee_recorded: '{person: person, outcome: "offered"|"paid"}',
  finding_disputed: '{duty: null|string, finding: string, by: person, text?: string}',
  hire_noted: '{employment: case, dayOne: day, was?: day}',
  leader_decided:
    '{element: string, text: string, choices: string[], round: number, reason: "deadline"|"law_or_contract"|"no_agreement_in_reach"}',
  measures_recorded:
    '{when: "baseline"|"twelve_months", on: day, people: number, values: {empowerment?: number, responsive_services?: number, social_support?: number, functioning?: number}}',
  meeting_held: '{meeting: number, held: day, attended: person[], elements: string[]}',
  meeting_moved: '{meeting: number, on: day}',
  meeting_planned: '{meeting: number, on: day, elements: string[]}',
  meeting_written_up:
    '{meeting: number, notes: string, topics?: string, options?: string, objections?: string, decision?: string}',
  members_changed:
    '{join: {person: person, capacity: "adviser"|"program_leader"|"team_leader"|"team_member", left?: "away"|"defines_with_other_team"|"left_team"|"own_wish", stint?: number, outside?: true, since?: instant}[], leave: {person: person, reason: "away"|"defines_with_other_team"|"left_team"|"own_wish"}[]}',
  no_response_recorded: '{member: person, call: number, elements: string[]}',
  pay_decided: '{outcome: "approved"|"revise", low: number, high: number, on: day}',
  pay_parity_checked: '{outcome: "adjust"|"fair", difference: null|number, on: day}',
  pay_proposed:
    '{grade: string, low: number, high: number, difference: null|number, by: person, comparatorRole: string, reason: "comparator"|"funding"|"market"|"parity"}',
  positions_given:
    '{by: person, positions: {element: string, round: number, position: "agree"|"agree_with_concern"|"block"|"stand_aside", reason?: string, proposal?: string}[]}',
  posting_planned: '{on: day}',
  role_described: '{version: number, list: number, documentDigest?: string}',
  role_opened:
    '{site: site, kind: string, facilitator: person, members: {person: person, capacity: "adviser"|"program_leader"|"team_leader"|"team_member", left?: "away"|"defines_with_other_team"|"left_team"|"own_wish", stint?: number, outside?: true, since?: instant}[], leftOut: {person: person, reason: "away"|"defines_with_other_team"|"left_team"|"own_wish"}[], mandatory: string[], optional: string[], family?: string, team?: string}',
  role_retired: '{version: null|number}',
  role_review_asked: '{employment: case}',
  search_noted: '{opening: case, version: number, open: boolean}',
  sick_leave_reviewed: '{outcome: "rejected"|"upheld", round: number}',
  terms_confirmed:
    '{requirements: null|{*: "equivalent_accepted"|"essential"|"removed"}, wording: "approved_text_A"|"approved_text_B"|"needs_counsel"|null, credential: null|string, by: person}',
  terms_proposed:
    '{requirements: null|{*: "equivalent_accepted"|"essential"|"removed"}, wording: "approved_text_A"|"approved_text_B"|"needs_counsel"|null, credential: null|string, by: person, as: "compliance"|"hr"}',
  version_adopted:
    '{version: number, elements: {how: "consensus"|"consensus_with_concerns"|"leader_decided", element: string, text: string, choices: string[]}[], heard: person[]}',
  version_reaffirmed: '{version: number, on: day, closed: string[], change: string[]}',
};

/** What rows of a readiness say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const readinessShapes: Readonly<Record<string, string>> = {
  action_closed: '{action: string}',
  adviser_position_given: '{by: person, position: "agree"|"agree_with_concern"|"disagree"}',
  champion_named: '{person: null|person}',
  day_one_noted: '{candidacy: case, dayOne: day|null}',
  goals_answered: '{role: "adviser"|"director", answer: "adopted"|"revise"}',
  items_scored: '{by: person, scores: string}',
  leads_changed: '{join: person[], leave: person[], reason?: "away"|"left_team"|"own_wish"}',
  orientation_held: '{held: day, attended: person[]}',
  policy_changed:
    '{policy: "accommodation"|"background_checks"|"boundaries"|"confidentiality"|"conflict_of_interest"|"crisis_duty"|"drug_testing"|"education_requirements"|"grievance"|"hiring_service_users"|"leave"|"record_access"|"self_disclosure"|"transport", scope: "all_staff"|"peer_roles_only", asked: person[], by?: person}',
  readiness_accepted: '{gate: "G0"}',
  readiness_opened:
    '{site: site, reasons: ("contract"|"directive"|"mission")[], funding: "general"|"grant"|"medicaid"|"mixed", scorers: person[], leads: person[], roleHoldersOnSite: number, beside?: case}',
  readiness_rechecked:
    '{verdict: "not_ready"|"ready"|"ready_with_actions", actions: {action: string, owner: person, due: day}[], orientationStale: boolean}',
  stance_taken:
    '{stance: "bill"|"do_not_bill"|"later", risks: ("documentation_load"|"extra_approvals"|"funding_lost"|"medical_view"|"rigid_goals")[]}',
  team_changed: '{join: person[], leave: person[]}',
  timeline_answered: '{by: person, answer: "accepted"|"rejected"|"revised"}',
  timeline_proposed:
    '{weeks: {foundation?: number, role?: number, description?: number, recruitment?: number, interview?: number, offer?: number}}',
  verdict_given:
    '{verdict: "not_ready"|"ready"|"ready_with_actions", actions: {action: string, owner: person, due: day}[]}',
  verdicts_confirmed:
    '{by: person, policies: ("accommodation"|"background_checks"|"boundaries"|"confidentiality"|"conflict_of_interest"|"crisis_duty"|"drug_testing"|"education_requirements"|"grievance"|"hiring_service_users"|"leave"|"record_access"|"self_disclosure"|"transport")[]}',
  verdicts_proposed:
    '{by: person, verdicts: {policy: "accommodation"|"background_checks"|"boundaries"|"confidentiality"|"conflict_of_interest"|"crisis_duty"|"drug_testing"|"education_requirements"|"grievance"|"hiring_service_users"|"leave"|"record_access"|"self_disclosure"|"transport", verdict: "change_before_hire"|"change_within_90d"|"fits"|"not_applicable", scope: "all_staff"|"peer_roles_only", owner?: person, due?: day}[]}',
};

import type { RoleCommand } from '../../../contracts/role.ts';
import type { ToRole } from '../../../domain/notices.ts';
import type { RoleEvent } from '../../../domain/role/events.ts';
import type { policyActs } from '../../../domain/role/words.ts';
import type { CausesOf } from './cause.ts';

export const roleCauses: CausesOf<RoleEvent, RoleCommand, ToRole, (typeof policyActs)[number]> = {
  role_opened: ['ask:open'],
  members_changed: ['ask:change_members'],
  facilitator_changed: ['ask:change_facilitator'],
  meeting_planned: ['ask:plan_meeting'],
  meeting_moved: ['ask:move_meeting'],
  elements_proposed: ['ask:propose_elements'],
  meeting_held: ['ask:record_meeting'],
  meeting_written_up: ['ask:write_up'],
  positions_given: ['ask:give_positions'],
  no_response_recorded: ['act:no_response'],
  block_repeated: ['act:block_repeated'],
  elements_revised: ['ask:revise_elements'],
  elements_concluded: ['ask:conclude_elements'],
  leader_decided: ['ask:decide_by_leader'],
  sick_leave_reviewed: ['ask:review_sick_leave'],
  version_adopted: ['ask:adopt_version'],
  change_decided: ['ask:decide_change'],
  change_asked: ['notice:drift_reopens_element'],
  hire_noted: ['notice:first_hire'],
  version_reaffirmed: ['ask:reaffirm'],
  role_retired: ['ask:retire_role'],
  duties_entered: ['ask:enter_duties'],
  duties_classified: ['ask:classify_duties'],
  duties_screened: ['ask:classify_duties'],
  terms_proposed: ['ask:propose_terms'],
  terms_confirmed: ['ask:confirm_terms'],
  pay_proposed: ['ask:propose_pay'],
  pay_decided: ['ask:approve_pay'],
  posting_planned: ['ask:plan_posting'],
  description_drafted: ['ask:draft_description'],
  description_approved: ['ask:approve_description'],
  role_described: ['ask:complete_description'],
  pay_parity_checked: ['ask:check_pay_parity'],
  finding_disputed: ['ask:dispute_finding'],
  dispute_answered: ['ask:settle_dispute'],
  search_noted: ['notice:search_standing'],
};

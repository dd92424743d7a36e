import type { RoleCommand } from '../../contracts/role.ts';
import type { Ask, Context, Input } from '../kernel/decider.ts';
import { notNow, refuse } from '../kernel/refusal.ts';
import type { ToRole } from '../notices.ts';
import { completeDescription, confirmTerms, draftDescription, planPosting } from './decide-description.ts';
import { approveDescription, approvePay, checkPayParity, proposePay } from './decide-description.ts';
import { proposeTerms } from './decide-description.ts';
import { disputeFinding, settleDispute } from './decide-disputes.ts';
import { classifyDuties, enterDuties } from './decide-duties.ts';
import { concludeElements, decideByLeader, givePositions } from './decide-elements.ts';
import { moveMeeting, planMeeting, proposeElements, recordMeeting } from './decide-elements.ts';
import { reviewSickLeave, reviseElements, writeUp } from './decide-elements.ts';
import type { Decision } from './decide-elements.ts';
import { recordMeasures } from './decide-measures.ts';
import { changeMembers, open } from './decide-members.ts';
import { changeFacilitator } from './decide-facilitator.ts';
import { adoptVersion, decideAct, decideChange, decideNotice, reaffirm, retire } from './decide-version.ts';
import { recordFee } from './fees.ts';
import type { RoleState } from './state.ts';

function decideAsk(state: RoleState, ask: Ask<RoleCommand>, ctx: Context): Decision {
  const { command } = ask;
  if (command.type !== 'open' && state.site === null) return refuse('not_open');
  if (state.retired) return notNow('D1.3', { code: 'retired' });
  switch (command.type) {
    case 'open':
      return open(state, { ...ask, command }, ctx);
    case 'change_members':
      return changeMembers(state, { ...ask, command }, ctx);
    case 'record_fee':
      return recordFee(state, { ...ask, command });
    case 'change_facilitator':
      return changeFacilitator(state, { ...ask, command });
    case 'plan_meeting':
      return planMeeting(state, { ...ask, command }, ctx);
    case 'move_meeting':
      return moveMeeting(state, { ...ask, command }, ctx);
    case 'propose_elements':
      return proposeElements(state, { ...ask, command }, ctx);
    case 'record_meeting':
      return recordMeeting(state, { ...ask, command }, ctx);
    case 'write_up':
      return writeUp(state, { ...ask, command });
    case 'give_positions':
      return givePositions(state, { ...ask, command }, ctx);
    case 'revise_elements':
      return reviseElements(state, { ...ask, command }, ctx);
    case 'conclude_elements':
      return concludeElements(state, { ...ask, command }, ctx);
    case 'decide_by_leader':
      return decideByLeader(state, { ...ask, command }, ctx);
    case 'review_sick_leave':
      return reviewSickLeave(state, { ...ask, command }, ctx);
    case 'adopt_version':
      return adoptVersion(state, { ...ask, command }, ctx);
    case 'decide_change':
      return decideChange(state, { ...ask, command }, ctx);
    case 'reaffirm':
      return reaffirm(state, { ...ask, command }, ctx);
    case 'record_measures':
      return recordMeasures(state, { ...ask, command }, ctx);
    case 'retire_role':
      return retire(state, ctx);
    default:
      return decideOnDescription(state, { ...ask, command }, ctx);
  }
}

type DescriptionCommand = Extract<
  RoleCommand,
  {
    type:
      | 'enter_duties'
      | 'classify_duties'
      | 'propose_terms'
      | 'confirm_terms'
      | 'propose_pay'
      | 'approve_pay'
      | 'plan_posting'
      | 'draft_description'
      | 'approve_description'
      | 'complete_description'
      | 'check_pay_parity'
      | 'dispute_finding'
      | 'settle_dispute';
  }
>;

function decideOnDescription(state: RoleState, ask: Ask<DescriptionCommand>, ctx: Context): Decision {
  const { command } = ask;
  switch (command.type) {
    case 'enter_duties':
      return enterDuties(state, { ...ask, command }, ctx);
    case 'classify_duties':
      return classifyDuties(state, { ...ask, command }, ctx);
    case 'propose_terms':
      return proposeTerms(state, { ...ask, command }, ctx);
    case 'confirm_terms':
      return confirmTerms(state, { ...ask, command }, ctx);
    case 'propose_pay':
      return proposePay(state, { ...ask, command }, ctx);
    case 'approve_pay':
      return approvePay(state, { ...ask, command }, ctx);
    case 'plan_posting':
      return planPosting({ ...ask, command }, ctx);
    case 'draft_description':
      return draftDescription(state, { ...ask, command }, ctx);
    case 'approve_description':
      return approveDescription(state, { ...ask, command }, ctx);
    case 'complete_description':
      return completeDescription(state, { ...ask, command });
    case 'check_pay_parity':
      return checkPayParity(state, { ...ask, command }, ctx);
    case 'dispute_finding':
      return disputeFinding(state, { ...ask, command });
    case 'settle_dispute':
      return settleDispute(state, { ...ask, command }, ctx);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

/** Decides one input of stages 1 and 2: a person's command, an act of the policy, a notice of an employment. */
export function decide(state: RoleState, input: Input<RoleCommand, ToRole>, ctx: Context): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'act':
      return decideAct(state, input);
    case 'notice':
      return decideNotice(state, input);
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}

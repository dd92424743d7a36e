import type { ReadinessCommand } from '../../../contracts/readiness.ts';
import type { ToReadiness } from '../../../domain/notices.ts';
import type { ReadinessEvent } from '../../../domain/readiness/state.ts';
import type { CausesOf } from './cause.ts';

export const readinessCauses: CausesOf<ReadinessEvent, ReadinessCommand, ToReadiness> = {
  readiness_opened: ['ask:open'],
  champion_named: ['ask:name_champion'],
  items_scored: ['ask:score_items'],
  verdicts_proposed: ['ask:propose_verdicts'],
  verdicts_confirmed: ['ask:confirm_verdicts'],
  policy_changed: ['ask:change_policy'],
  adviser_position_given: ['ask:advise'],
  verdict_given: ['ask:give_verdict'],
  action_closed: ['ask:close_action'],
  stance_taken: ['ask:take_stance'],
  timeline_proposed: ['ask:propose_timeline'],
  timeline_answered: ['ask:answer_timeline'],
  goals_answered: ['ask:answer_goals'],
  readiness_accepted: ['ask:accept_readiness'],
  orientation_held: ['ask:record_orientation'],
  team_changed: ['ask:change_team'],
  leads_changed: ['ask:change_leads'],
  readiness_rechecked: ['ask:recheck'],
  day_one_noted: ['notice:day_one_set'],
};

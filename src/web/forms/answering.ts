import { answersTo } from '../../domain/answers.ts';
import type { CommandLine, Waiting } from '../app/types.ts';

/** What is owed under a code is answered by one of these commands, the likeliest first. */
export const table: Readonly<Record<string, readonly string[]>> = {
  'P0.1': ['score_items'],
  'P0.2': ['close_action', 'change_policy'],
  'P0.3': ['record_orientation'],
  'P0.4': ['recheck'],
  'R0.2': ['advise'],
  'P1.1': ['plan_meeting', 'propose_elements'],
  'P1.2': ['give_positions'],
  'P1.3': ['write_up'],
  'P1.4': ['revise_elements', 'give_positions'],
  'P1.5': ['reaffirm'],
  'P2.1': ['enter_duties', 'draft_description'],
  'P2.2': ['classify_duties'],
  'P2.3': ['propose_pay', 'approve_pay'],
  'P2.4': ['check_pay_parity'],
  'R1.2': ['review_sick_leave'],
  'P3.1': ['acknowledge'],
  'P3.2': ['tell_outcome'],
  'P3.3': ['screen', 'declare'],
  'P3.4': ['extend_posting', 'close_posting', 'propose_pool'],
  'P3.5': ['tell_outcome'],
  'P4.1': ['send_questions'],
  'P4.2': ['confirm_attendance', 'decline_seat'],
  'P4.3': ['submit_sheet'],
  'P4.4': ['state_consensus', 'answer_consensus'],
  'P4.5': ['tell_outcome', 'record_told'],
  'P5.1': ['accept_offer', 'decline_offer', 'counter_offer', 'extend_offer', 'answer_counter'],
  'P5.2': ['order_check', 'record_check'],
  'P5.3': ['assign_supervisor', 'record_supervisor_training'],
  'P5.4': ['assign_mentor', 'answer_mentoring'],
  'P5.5': ['report_setup'],
  'P5.6': ['record_welcome', 'welcome'],
  'P6.1': ['confirm_day_one'],
  'P6.2': ['record_mentor_talk'],
  'P6.3': ['settle_mentoring'],
  'P6.4': ['answer_integration'],
  'P6.6': ['acknowledge_policies'],
  'D6.1': ['settle_item'],
  'D6.2': ['answer_ready'],
  'D6.4': ['answer_check_in'],
  'D6.6': ['propose_completion', 'confirm_completion'],
  'D7.1': ['confirm_session'],
  'D7.2': ['close_action'],
  'P7.1': ['log_session', 'move_session'],
  'P7.2': ['plan_extra_session', 'move_session'],
  'P7.3': ['answer_pulse'],
  'P7.4': ['propose_drift_review', 'agree_drift_review'],
  'P7.5': ['renew'],
  'P7.6': ['record_ce_hours'],
  'P7.7': ['record_exclusion_check'],
  'R7.5': ['plan_extra_session'],
  'R7.1': ['change_supervisor', 'plan_supervision'],
  'R7.2': ['confirm_session'],
  'R6.3': ['close_action'],
  'R6.5': ['name_promises'],
  'P8.1': ['share_self_review', 'keep_self_review'],
  'P8.2': ['share_feedback', 'keep_feedback', 'decline_feedback', 'choose_colleagues'],
  'P8.3': ['submit_draft', 'share_draft'],
  'P8.4': ['hold_talk'],
  'P8.5': ['respond'],
  'P8.6': ['check_goals'],
  'P9.1': ['propose_growth_plan', 'answer_growth_plan'],
  'P9.2': ['record_stay_interview'],
  'P9.3': ['record_exit_interview'],
  'P9.4': ['propose_promotion', 'confirm_promotion'],
  'P9.5': ['record_networking'],
  REFLECT: ['record_reflection_group'],
  OBSERVE: ['record_observation'],
  FEE: ['record_fee'],
  TENSION: ['record_relations_talk'],
  SCHEDULE: ['note_availability', 'offer_slots', 'choose_slot', 'schedule_interview'],
};

/** Commands that may answer what is owed: those of the table, then those of the same decision. */
export function answering({ why, case: of }: Waiting, list: readonly CommandLine[]): readonly CommandLine[] {
  if (why.masked) return [];
  // What may be answered from a message is what this very item asks of this very person.
  const offered = answersTo({ case: of, code: why.code, id: why.id }).map(({ type }) => type);
  const named = [...new Set([...offered, ...(table[why.code] ?? [])])];
  const first = named.flatMap((type) => list.filter((one) => one.type === type));
  const same = list.filter((one) => one.code === why.code && !first.includes(one));
  return [...first, ...same];
}

/** What of a command is known already from what is owed: a planned day, the number of a talk, an item. */
export function prefilled(type: string, owed: readonly Waiting[]): Readonly<Record<string, unknown>> {
  for (const { why, case: id } of owed) {
    if (why.masked) continue;
    const offer = answersTo({ case: id, code: why.code, id: why.id }).find((one) => one.type === type);
    if (offer !== undefined) {
      // Which day or item it is about is known; what became of it is for whoever answers.
      const { outcome: _, ...about } = offer.payload;
      return about;
    }
    const fee = /^FEE:(offer|pay):(prs_[0-9a-z]+)/.exec(why.id);
    if (type === 'record_fee' && fee !== null)
      return { person: fee[2], outcome: fee[1] === 'pay' ? 'paid' : 'offered' };
    const day = /:(\d{4}-\d{2}-\d{2})(:|$)/.exec(why.id)?.[1];
    if (type === 'confirm_session' && why.id.startsWith('D7.1:confirm') && day !== undefined)
      return { session: day };
  }
  return {};
}

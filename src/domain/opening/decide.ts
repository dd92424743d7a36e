import type { OpeningCommand } from '../../contracts/opening.ts';
import type { Ask, Context, Input } from '../kernel/decider.ts';
import { notNow, refuse } from '../kernel/refusal.ts';
import type { ToOpening } from '../notices.ts';
import { standsAside } from './aside.ts';
import { pauseNow } from './course.ts';
import * as course from './decide-course.ts';
import { changeHiringManager } from './decide-manager.ts';
import { decideAct, decideNotice } from './decide-notices.ts';
import * as panel from './decide-panel.ts';
import * as posting from './decide-posting.ts';
import type { Decision } from './decide-posting.ts';
import * as questions from './decide-questions.ts';
import * as seats from './decide-seats.ts';
import * as selection from './decide-selection.ts';
import { leavePool } from './decide-shared.ts';
import { servedElsewhere } from './queries.ts';
import { isOver } from './state.ts';
import type { OpeningState } from './state.ts';

/** Commands that still mean something once every seat is filled or the search ended. */
const afterwards: readonly OpeningCommand['type'][] = [
  ...(['report_incident', 'review_incident', 'record_told', 'record_fee', 'follow_search'] as const),
];
/** Commands of an opening whose seats another search fills (X26): all else is decided there. */
const whileServed: readonly OpeningCommand['type'][] = [
  ...(['open', 'leave_pool', 'change_hiring_manager', 'declare'] as const),
  ...afterwards,
];

type Handler = (state: OpeningState, ask: Ask<OpeningCommand>, ctx: Context) => Decision;
type Handlers = {
  readonly [T in OpeningCommand['type']]: (state: OpeningState, ask: posting.Of<T>, ctx: Context) => Decision;
};

/** One function per command. */
const handlers: Handlers = {
  open: posting.open,
  plan_channels: posting.planChannels,
  approve_posting: posting.approvePosting,
  return_posting: posting.returnPosting,
  post: posting.post,
  extend_posting: posting.extendPosting,
  pause_posting: posting.pausePosting,
  resume_posting: posting.resumePosting,
  close_posting: posting.closePosting,
  propose_pool: posting.proposePool,
  confirm_pool: posting.confirmPool,
  cancel_opening: posting.cancelOpening,
  declare: panel.declare,
  fill_seat: panel.fillSeat,
  mark_questions: questions.markQuestions,
  dispute_finding: questions.disputeFinding,
  settle_dispute: questions.settleDispute,
  plan_interviews: panel.planInterviews,
  confirm_attendance: panel.confirmAttendance,
  drop_rater: panel.dropRater,
  report_incident: questions.reportIncident,
  review_incident: questions.reviewIncident,
  decline_seat: seats.declineSeat,
  record_no_show: seats.recordNoShow,
  order_re_interview: seats.orderReInterview,
  record_fee: seats.recordFee,
  pause_search: course.pauseSearch,
  resume_search: course.resumeSearch,
  record_told: course.recordTold,
  note_role_change: course.noteRoleChange,
  answer_role_change: course.answerRoleChange,
  follow_search: course.followSearch,
  change_hiring_manager: changeHiringManager,
  leave_pool: leavePool,
  state_consensus: selection.stateConsensus,
  answer_consensus: selection.answerConsensus,
  record_references: selection.recordReferences,
  select: selection.select,
  confirm_selection: selection.confirmSelection,
  offer_next: selection.offerNext,
  keep_reserve: selection.keepReserve,
  release_reserve: selection.releaseReserve,
};

function decideAsk(state: OpeningState, ask: Ask<OpeningCommand>, ctx: Context): Decision {
  const { type } = ask.command;
  if (type !== 'open' && state.site === null) return refuse('not_open');
  if (isOver(state) && !afterwards.includes(type))
    return refuse('not_expected_now', 'D4.7', [{ code: 'over' }]);
  if (servedElsewhere(state) && !whileServed.includes(type))
    return notNow('X26', { code: 'served_by', about: state.course.pool?.id ?? '' });
  if (course.restsNow(state, type))
    return notNow('X28', { code: 'paused_until', about: pauseNow(state.course)?.until ?? '' });
  const aside = standsAside(state, ask);
  if (aside !== null) return aside;
  const version = course.versionOpen(state, type, ctx);
  if (version !== null) return version;
  // The table pairs each type with its own payload; TypeScript cannot see that through an index.
  return (handlers[type] as Handler)(state, ask, ctx);
}

/** Decides one input of an opening. */
export function decide(state: OpeningState, input: Input<OpeningCommand, ToOpening>, ctx: Context): Decision {
  switch (input.origin) {
    case 'ask':
      return decideAsk(state, input, ctx);
    case 'notice':
      return decideNotice(state, input, ctx);
    case 'act':
      return decideAct(state, input);
    default: {
      const unknown: never = input;
      return unknown;
    }
  }
}

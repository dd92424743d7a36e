import type { Act, Context, NoticeIn } from '../kernel/decider.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { SearchToCandidacy, ToCandidacy } from '../notices.ts';
import { questionsAnew } from './arranging.ts';
import { engaged } from './conversations.ts';
import { closedNoResponse } from './decide-contact.ts';
import { absent } from './decide-slots.ts';
import type { Decision } from './deciding.ts';
import type { CandidacyEvent } from './events.ts';
import { restsNow } from './pause.ts';
import { isOut } from './state-offer.ts';
import { isUndecided } from './state.ts';
import type { CandidacyState } from './state.ts';
import type { PolicyAct } from './words.ts';

/** Nothing here is touched by it; the kernel records the notice as declined, with this code. */
const untouched: Refusal = refuse('nothing_to_do');

function when(holds: boolean, event: CandidacyEvent): Decision {
  return holds ? [event] : untouched;
}

/** A check's case speaks: only while the outcome still matters. */
function checkNotice(
  state: CandidacyState,
  notice: Extract<ToCandidacy, { kind: 'check_outcome' | 'check_slow' }>,
): Decision {
  const waits = state.stage === 'preboarding' || state.stage === 'hired';
  if (notice.kind === 'check_slow') return when(waits, { kind: 'check_slow', body: notice.body });
  return when(waits, { kind: 'check_settled', body: notice.body });
}

function seatNotice(
  state: CandidacyState,
  notice: Extract<
    ToCandidacy,
    { kind: 'selected' | 'reserved' | 'not_selected' | 'reserve_ended' | 'seat_refused' | 'opening_closed' }
  >,
): Decision {
  // G4: nobody gets a seat, or a place in the reserve, before the conversation was arranged (X25).
  const met = state.stage === 'rating' || state.stage === 'interview';
  const judged = met || state.stage === 'pool';
  switch (notice.kind) {
    case 'selected':
      return when(met || state.stage === 'reserve', { kind: 'selected', body: notice.body });
    case 'reserved':
      return when(met, { kind: 'reserved', body: notice.body });
    case 'not_selected':
      return when(judged || state.stage === 'reserve', { kind: 'not_selected', body: notice.body });
    case 'reserve_ended':
      return when(state.stage === 'reserve', { kind: 'reserve_ended', body: notice.body });
    case 'seat_refused': {
      const free = state.stage === 'offer' && !isOut(state.offer);
      return when(free, { kind: 'seat_refused', body: notice.body });
    }
    case 'opening_closed':
      // A person with an offer in hand, or about to start, has a seat of their own: closing leaves them theirs.
      return when(isUndecided(state) || state.stage === 'reserve', {
        kind: 'opening_closed',
        body: notice.body,
      });
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

/** X28, X5, X6: about the search as a whole. */
function searchNotice(state: CandidacyState, notice: SearchToCandidacy, ctx: Context): Decision {
  const open = state.stage !== 'ended' && state.stage !== 'hired';
  const rests = restsNow(state) !== null;
  switch (notice.kind) {
    case 'search_paused':
      return when(open, { kind: 'search_paused', body: notice.body });
    case 'search_resumed':
      return when(open && rests, { kind: 'search_resumed', body: notice.body });
    case 'version_kept':
      return when(open, { kind: 'version_kept', body: notice.body });
    case 'hiring_manager_changed': {
      const mentors = state.pre.mentor?.person === notice.body.hiringManager;
      const body = mentors ? { ...notice.body, mentor: 'to_name' as const } : notice.body;
      const { hiringManager } = notice.body;
      // D3.5: nobody hires who applies; HR names another one.
      const theirs = open && hiringManager !== state.person && hiringManager !== state.hiringManager;
      return when(theirs, { kind: 'hiring_manager_changed', body });
    }
    case 'interview_again':
      return when(state.stage === 'rating' || state.stage === 'interview', {
        kind: 'interview_again',
        body: { times: 'anew', ...questionsAnew(state, ctx) },
      });
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

/** D4.2: another one sits in a conversation that is agreed; where they cannot come at its hour, HR owes another time. */
function raterReplaced(
  state: CandidacyState,
  { rater, by }: { readonly rater: PersonRef; readonly by: PersonRef },
  ctx: Context,
): Decision {
  const { interview, stage } = state;
  // The hour may have been set while the seat stood empty: whoever sits there now is of it as of all others (R4.3).
  const mine = stage === 'interview' && interview !== null && !interview.raters.includes(by);
  // D3.5: nobody judges their own application, whoever seated them.
  if (!mine || by === state.person) return untouched;
  const taken = [...absent(state, interview, [by], ctx.terms), ...engaged(state, interview, [by], ctx)];
  const cannot = interview.held === null && taken.length > 0 ? ({ cannot: true } as const) : {};
  return [{ kind: 'rater_replaced', body: { rater, by, ...cannot } }];
}

/** What other cases tell a candidacy. What cannot be accepted now becomes `notice_declined`. */
export function decideNotice(
  state: CandidacyState,
  input: NoticeIn<ToCandidacy | SearchToCandidacy>,
  ctx: Context,
): Decision {
  const { notice } = input;
  if (state.site === null) return refuse('not_open');
  switch (notice.kind) {
    case 'rater_dropped': {
      const { rater } = notice.body;
      return when(state.interview?.raters.includes(rater) ?? false, {
        kind: 'rater_dropped',
        body: { rater },
      });
    }
    case 'rater_replaced':
      return raterReplaced(state, notice.body, ctx);
    case 'screener_replaced': {
      const { screener, by } = notice.body;
      const owes = state.reviewers.some((one) => one.person === screener && one.given === null);
      // Somebody who applied while a seat stood empty knows one reviewer only: the next fills the place.
      const place = owes || (state.reviewers.length < 2 && !state.reviewers.some((one) => one.person === by));
      const apart = by !== state.person;
      return when(place && apart && state.stage === 'screening' && state.screening === null, {
        kind: 'screener_replaced',
        body: { screener, by },
      });
    }
    case 'check_outcome':
    case 'check_slow':
      return checkNotice(state, notice);
    case 'selected':
    case 'reserved':
    case 'not_selected':
    case 'reserve_ended':
    case 'seat_refused':
    case 'opening_closed':
      return seatNotice(state, notice);
    case 'search_paused':
    case 'search_resumed':
    case 'version_kept':
    case 'hiring_manager_changed':
    case 'interview_again':
      return searchNotice(state, notice, ctx);
    default:
      return unknownNotice(notice);
  }
}

/** A notice this build does not know, or one the kernel sends to everybody (`returned`). */
function unknownNotice(_notice: never): Refusal {
  return untouched;
}

/** A word to the candidate has had its day. The obligation's id ends with the number of the word. */
function informed(state: CandidacyState, input: Act): Decision {
  const word = Number(input.obligation.id.split(':').at(-1));
  return when(
    state.words.some((one) => one.n === word),
    { kind: 'candidate_informed', body: { word } },
  );
}

/** The policy's own acts, from the closed list: an offer expires; the others turn a page of the clockwork. */
export function decideAct(state: CandidacyState, input: Act): Decision {
  const act = input.act as PolicyAct;
  switch (act) {
    case 'expired':
      return [{ kind: 'offer_expired', body: { version: state.offer?.version ?? 0 } }];
    case 'note_sent':
      return [{ kind: 'status_note_sent', body: { note: state.notes + 1 } }];
    case 'week_passed':
      return [{ kind: 'training_still_missing', body: { week: (state.pre.supervision?.week ?? 0) + 1 } }];
    case 'informed':
      return informed(state, input);
    case 'closed_no_response':
      return closedNoResponse(state);
    case 'reopening_over':
      return when(state.contact.closed !== null, { kind: 'reopening_over', body: {} });
    default: {
      const unknown: never = act;
      return unknown;
    }
  }
}

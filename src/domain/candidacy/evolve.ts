import type { Recorded } from '../kernel/decider.ts';
import type { CandidacyEvent, InterviewEvent, OutcomeEvent, ScreeningEvent } from './events.ts';
import { ended, told } from './ended.ts';
import { evolveAside } from './evolve-aside.ts';
import { evolveOffer } from './evolve-offer.ts';
import { evolveStart } from './evolve-start.ts';
import { heardFrom } from './leaving.ts';
import { cannotCome } from './arranging.ts';
import { withWord } from './state.ts';
import type { CandidacyState, Interview, Outcome } from './state.ts';
import type { ScreeningOutcome } from './words.ts';

function applied(state: CandidacyState, event: Recorded<Extract<ScreeningEvent, { kind: 'applied' }>>) {
  const { site, candidacy, opening, role, roleVersion, person, reviewers, attested } = event.body;
  const { statement, hiringManager } = event.body;
  const { at } = event.stamp;
  return {
    ...state,
    site,
    self: candidacy,
    opening,
    role,
    roleVersion,
    person,
    since: at,
    applied: at,
    attested: attested ? at : null,
    statement: statement ?? null,
    hiringManager: hiringManager ?? null,
    reviewers: reviewers.map((one) => ({ person: one, since: at, given: null, givenAt: 0 })),
  };
}

function settled(state: CandidacyState, outcome: ScreeningOutcome, at: number): CandidacyState {
  switch (outcome) {
    case 'advance':
      return { ...state, stage: 'pool', since: at };
    case 'hold':
      return { ...state, since: at };
    case 'not_advanced':
      return ended(state, 'not_advanced', at);
    case 'duplicate':
      // The same person hears of their other candidacy; there is nothing to tell about this one.
      return ended(state, 'duplicate', at, true);
    default: {
      const unknown: never = outcome;
      return unknown;
    }
  }
}

function evolveScreening(state: CandidacyState, event: Recorded<ScreeningEvent>): CandidacyState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'applied':
      return applied(state, event);
    case 'statement_ticked':
      return { ...state, attested: at, statement: event.body.statement ?? null };
    case 'receipt_acknowledged':
      return withWord({ ...state, acknowledged: true }, 'P3.1', at);
    case 'status_note_sent':
      return { ...state, notes: event.body.note };
    case 'screening_given': {
      const { by, ...given } = event.body;
      const reviewers = state.reviewers.map((one) =>
        one.person === by ? { ...one, given, givenAt: at } : one,
      );
      return { ...state, reviewers };
    }
    case 'screening_settled': {
      const { how: _how, ...screening } = event.body;
      return settled({ ...state, screening: { ...screening, at } }, screening.outcome, at);
    }
    case 'screener_replaced': {
      const { screener, by } = event.body;
      const others = state.reviewers.filter((one) => one.person !== screener);
      return { ...state, reviewers: [...others, { person: by, since: at, given: null, givenAt: 0 }] };
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function withInterview(state: CandidacyState, change: Partial<Interview>): CandidacyState {
  return state.interview === null ? state : { ...state, interview: { ...state.interview, ...change } };
}

function evolveInterview(state: CandidacyState, event: Recorded<InterviewEvent>): CandidacyState {
  const { at } = event.stamp;
  const raters = state.interview?.raters ?? [];
  const sheetsOf = state.interview?.sheetsOf ?? [];
  switch (event.kind) {
    case 'interview_set': {
      const questionsSent = state.interview?.questionsSent ?? false;
      const questionsAt = state.interview?.questionsAt ?? 0;
      const interview = { ...event.body, set: at, sheetsOf: [], questionsSent, questionsAt, held: null };
      return { ...state, stage: 'interview', since: at, interview };
    }
    case 'questions_sent':
      return withWord(withInterview(state, { questionsSent: true, questionsAt: at }), 'P4.1', at);
    case 'interview_held':
      return withInterview({ ...state, stage: 'rating', since: at }, { held: { on: event.body.on, at } });
    case 'sheet_submitted':
      return withInterview(state, { sheetsOf: [...sheetsOf, event.body.by] });
    case 'rater_dropped': {
      const { rater } = event.body;
      return withInterview(cannotCome(state, rater), {
        raters: raters.filter((one) => one !== rater),
        sheetsOf: sheetsOf.filter((one) => one !== rater),
      });
    }
    case 'rater_replaced': {
      const { rater, by, cannot } = event.body;
      return withInterview(cannotCome(state, rater, cannot && { who: by, at }), {
        raters: [...raters.filter((one) => one !== rater && one !== by), by],
        sheetsOf: sheetsOf.filter((one) => one !== rater),
      });
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function toTell(what: Outcome['what'], at: number): { outcome: Outcome } {
  return { outcome: { what, at, told: false } };
}

/** X2: a question from before the outcome is over with it; it does not come up again after an offer. */
function asksNothing(state: CandidacyState): CandidacyState {
  return { ...state, contact: { ...state.contact, question: null } };
}

function evolveOutcome(state: CandidacyState, event: Recorded<OutcomeEvent>): CandidacyState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'selected': {
      const { seat, hiringManager } = event.body;
      return {
        ...asksNothing(state),
        ...{ stage: 'offer', since: at, seat, hiringManager },
        ...toTell('selected', at),
      };
    }
    case 'reserved':
      return {
        ...asksNothing(state),
        stage: 'reserve',
        since: at,
        reserveUntil: event.body.until,
        ...toTell('reserved', at),
      };
    case 'not_selected':
      return ended(state, 'not_selected', at);
    case 'reserve_ended':
      return ended(state, 'reserve_ended', at);
    case 'seat_refused':
      return {
        ...state,
        stage: 'rating',
        since: at,
        seat: null,
        outcome: null,
        words: state.words.filter((one) => one.code !== 'P4.5'),
        refusals: state.refusals + 1,
      };
    case 'opening_closed':
      return ended(state, 'opening_closed', at);
    case 'outcome_told':
    case 'withdrawal_acknowledged':
      return told(state, at);
    case 'candidate_informed':
      return { ...state, words: state.words.filter((one) => one.n !== event.body.word) };
    case 'withdrawn':
      return ended(state, 'withdrawn', at);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Each topic has its own exhaustive switch. */
function folded(state: CandidacyState, event: Recorded<CandidacyEvent>): CandidacyState {
  switch (event.kind) {
    case 'applied':
    case 'statement_ticked':
    case 'receipt_acknowledged':
    case 'status_note_sent':
    case 'screening_given':
    case 'screening_settled':
    case 'screener_replaced':
      return evolveScreening(state, event);
    case 'interview_set':
    case 'questions_sent':
    case 'interview_held':
    case 'sheet_submitted':
    case 'rater_dropped':
    case 'rater_replaced':
      return evolveInterview(state, event);
    case 'selected':
    case 'reserved':
    case 'not_selected':
    case 'reserve_ended':
    case 'seat_refused':
    case 'opening_closed':
    case 'outcome_told':
    case 'withdrawn':
    case 'withdrawal_acknowledged':
    case 'candidate_informed':
      return evolveOutcome(state, event);
    case 'offer_drafted':
    case 'offer_approved':
    case 'offer_refused':
    case 'offer_sent':
    case 'offer_extended':
    case 'offer_accepted':
    case 'offer_declined':
    case 'offer_expired':
    case 'rescind_proposed':
    case 'offer_rescinded':
      return evolveOffer(state, event);
    case 'start_set':
    case 'consent_answered':
    case 'check_ordered':
    case 'check_settled':
    case 'check_slow':
    case 'exclusion_recorded':
    case 'credential_recorded':
    case 'supervisor_assigned':
    case 'training_still_missing':
    case 'mentor_assigned':
    case 'mentor_answered':
    case 'setup_reported':
    case 'welcome_made':
    case 'hired':
      return evolveStart(state, event);
    default:
      return evolveAside(state, event);
  }
}

/** Folds one event of a candidacy. */
export function evolve(state: CandidacyState, event: Recorded<CandidacyEvent>): CandidacyState {
  return heardFrom(folded(state, event), event.stamp);
}

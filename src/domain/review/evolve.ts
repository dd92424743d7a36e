import { gone, returned } from '../away.ts';
import type { BackNoted } from '../away.ts';
import type { Recorded, Stamp } from '../kernel/decider.ts';
import type { Instant } from '../kernel/calendar.ts';
import {
  movedByLeave,
  planAnswered,
  planOwing,
  planProposed,
  planSettled,
  planWritten,
  unspoken,
  stepRecorded,
} from './evolve-plan.ts';
import { withRest } from '../resting.ts';
import type { PersonRef } from '../kernel/words.ts';
import { spoken } from '../signed.ts';
import { version } from '../versions.ts';
import { adverseOpen } from './adverse.ts';
import { complete } from './state.ts';
import type { DraftBody, ReviewEvent, ReviewState } from './state.ts';
import type { Response } from './words.ts';

type Body<K extends ReviewEvent['kind']> = Extract<ReviewEvent, { kind: K }>['body'];

function opened(state: ReviewState, body: Body<'review_opened'>, at: Instant): ReviewState {
  return { ...state, subject: body, opened: at, leave: body.leave ?? [] };
}

function chosen(state: ReviewState, people: readonly string[], at: Instant): ReviewState {
  const namings = state.namings + 1;
  // Who was asked before and stays is not asked again.
  const colleagues = people.map(
    (person) => state.colleagues.find((one) => one.person === person) ?? { person, at, naming: namings },
  );
  const feedbackIn = state.feedbackIn.filter((one) => people.includes(one));
  return { ...state, colleagues, feedbackIn, namings };
}

function drafted(state: ReviewState, body: DraftBody, at: Instant): ReviewState {
  const { version, by, form, scale, overall, goals, ratings } = body;
  const before = state.draft;
  const talked = body.worse === true && state.talk !== null;
  // A new draft has to be checked, and answered, anew.
  return {
    ...state,
    version,
    standard: null,
    ready: null,
    ...(talked ? { talk: null, talkAgain: { n: version, at } } : {}),
    draft: {
      by,
      at,
      since: before === null || body.worse === true ? at : before.since,
      form,
      scale,
      rated: { ...before?.rated, ...ratings },
      overall,
      goals: goals.length,
      plan: body.followUps.includes('improvement_plan'),
      ...(body.followUps.includes('promotion_review') ? { promotion: true } : {}),
    },
  };
}

/** What an author kept and now shares is open to those it is shared with; other drafts of theirs stay closed. */
function shared(state: ReviewState, author: string, text: string): ReviewState {
  const { [author]: last, ...kept } = state.kept;
  return last === text ? { ...state, kept, sharedTexts: [...state.sharedTexts, text] } : { ...state, kept };
}

/** The draft of now is open to the employee. */
function opens(state: ReviewState): ReviewState {
  const { version, openDrafts } = state;
  if (state.draft === null || openDrafts.includes(version)) return state;
  return { ...state, openDrafts: [...openDrafts, version] };
}

/** R8.6: an absence that is over, with the days it had, and what it moves. */
function back(state: ReviewState, body: BackNoted): ReviewState {
  const { on, from = state.absence.away[0]?.from } = body;
  const home = { ...state, absence: returned(state.absence, body) };
  if (from === undefined || on <= from) return home;
  const spell = { from, to: on };
  return { ...movedByLeave(home, spell), leave: [...state.leave, spell] };
}

function answered(state: ReviewState, response: Response, at: Instant): ReviewState {
  const goals = state.response === null && (state.draft?.goals ?? 0) > 0;
  return {
    ...state,
    response,
    disputed: response === 'disputed' ? at : null,
    goalsSince: goals ? at : state.goalsSince,
  };
}

function settled(state: ReviewState, body: Body<'dispute_settled'>): ReviewState {
  const overall = body.overall ?? state.draft?.overall;
  const fine = body.overall === 'meets' || body.overall === 'exceeds';
  const draft =
    state.draft === null || overall === undefined
      ? state.draft
      : { ...state.draft, overall, plan: state.draft.plan && !fine };
  const passed = body.probation === 'passed' ? { decided: 'passed' as const } : {};
  return { ...state, draft, disputed: null, ...passed };
}

/** Whoever now leads, mentors or writes the review is no colleague in it any more, and what they gave counts as none (R8.5). */
function apart(state: ReviewState, ...people: readonly (string | null)[]): ReviewState {
  const stays = (person: string): boolean => !people.includes(person);
  const colleagues = state.colleagues.filter(({ person }) => stays(person));
  // What was answered stands as it was given.
  if (state.response !== null || colleagues.length === state.colleagues.length) return state;
  const feedbackIn = state.feedbackIn.filter(stays);
  return { ...state, colleagues, feedbackIn, namings: state.namings + 1 };
}

function noted(state: ReviewState, supervisor: string): ReviewState {
  if (state.subject === null) return state;
  const led = { ...state, subject: { ...state.subject, supervisor }, supervisors: state.supervisors + 1 };
  return apart(led, supervisor);
}

/** Who leads and who mentors now; what was asked of a manager before is asked of the new one. */
function circle(
  state: ReviewState,
  { manager, mentor }: Body<'circle_noted'>,
  { at, sequence: n }: Stamp,
): ReviewState {
  if (state.subject === null) return state;
  const next = apart({ ...state, subject: { ...state.subject, manager, mentor } }, manager, mentor);
  return manager === state.subject.manager ? next : { ...next, managed: { n, at } };
}

type Worded = Recorded<Extract<ReviewEvent, { kind: 'officer_word_given' | 'second_word_given' }>>;

/** Whose word it was: each half is another person's, and so is what is confirmed on it. */
function spokeOf(state: ReviewState, half: 'first' | 'second', { stamp }: Worded): ReviewState {
  const nobody: { readonly givers?: readonly PersonRef[] } = {};
  const { givers = [] } = spoken(nobody, stamp);
  const before = state.spoke ?? { first: [], second: [] };
  return { ...state, spoke: { ...before, [half]: [...before[half], ...givers] } };
}

/** R8.7: the first half is heard once each office that was asked has spoken; what is open with one of them stands. */
function firstWord(
  state: ReviewState,
  event: Recorded<Extract<ReviewEvent, { kind: 'officer_word_given' }>>,
): ReviewState {
  const { word, offices = [] } = event.body;
  const after = spokeOf(state, 'first', event);
  const asked = adverseOpen(state)?.proposal.asked;
  if (asked === undefined || after.spoke === undefined) return { ...after, word };
  const said = { ...after.spoke.offices, ...Object.fromEntries(offices.map((office) => [office, word])) };
  const words = asked.first.map((office) => said[office]);
  const open = words.find((one) => one === 'matter_open');
  const whole = words.includes(undefined) ? null : ('nothing_stands_against' as const);
  return { ...after, spoke: { ...after.spoke, offices: said }, word: open ?? whole };
}

/** D8.3, R8.7: each proposal has a version and waits for words of its own. */
function proposed(
  state: ReviewState,
  { body, stamp }: Recorded<Extract<ReviewEvent, { kind: 'probation_proposed' }>>,
): ReviewState {
  const proposal = { ...body, at: stamp.at, ...version(stamp, state.proposal) };
  return { ...unspoken(state), proposal, proposals: state.proposals + 1, word: null, second: null };
}

function step(state: ReviewState, event: Recorded<ReviewEvent>): ReviewState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'review_opened':
      return opened(state, event.body, at);
    case 'colleagues_chosen':
      return chosen(state, event.body.colleagues, at);
    case 'feedback_declined': {
      const colleagues = state.colleagues.filter((one) => one.person !== event.body.by);
      return { ...state, colleagues, namings: state.namings + 1 };
    }
    case 'self_review_shared':
      return { ...shared(state, state.subject?.employee ?? '', event.body.text), selfIn: true };
    case 'feedback_shared':
      return {
        ...shared(state, event.body.by, event.body.text),
        feedbackIn: [...state.feedbackIn, event.body.by],
      };
    case 'self_review_kept':
      return { ...state, kept: { ...state.kept, [state.subject?.employee ?? '']: event.body.text } };
    case 'feedback_kept':
      return { ...state, kept: { ...state.kept, [event.body.by]: event.body.text } };
    case 'served_feedback_entered':
      return { ...state, served: event.body.answers };
    case 'draft_shared':
      return opens(state);
    case 'draft_submitted':
      return drafted(state, event.body, at);
    case 'standard_checked':
      return { ...state, standard: event.body.result };
    case 'talk_held':
      return opens({ ...state, talk: event.body.held });
    case 'probation_proposed':
      return proposed(state, event);
    case 'officer_word_given':
      return firstWord(state, event);
    case 'second_word_given':
      return { ...spokeOf(state, 'second', event), second: event.body.word };
    case 'probation_decided':
      return { ...state, decided: event.body.outcome };
    case 'response_recorded':
      return answered(state, event.body.response, at);
    case 'dispute_settled':
      return settled(state, event.body);
    case 'goals_checked':
      return { ...state, goalsSince: null };
    case 'plan_asked':
      return planOwing(state, at);
    case 'plan_written':
      return planWritten(state, event.body, at);
    case 'plan_answered':
      return planAnswered(state, event.body);
    case 'plan_step_recorded':
      return stepRecorded(state, event.body);
    case 'plan_settled':
      return planSettled(state, event.body);
    case 'plan_not_met_proposed':
      return planProposed(state, event.body, event.stamp);
    case 'plan_not_met':
      return planSettled(state, { outcome: 'not_met' });
    case 'supervisor_noted':
      return noted(state, event.body.supervisor);
    case 'circle_noted':
      return circle(state, event.body, event.stamp);
    case 'absence_noted':
      return { ...state, absence: gone(state.absence, event.body) };
    case 'absence_ended':
      return back(state, event.body);
    case 'rest_begun':
      return { ...state, rests: at };
    case 'rest_over': {
      const { rests: _over, ...goesOn } = state;
      return { ...goesOn, ...withRest(state.rested, event.body.since, at) };
    }
    case 'lack_noted': {
      const { lacked: _before, ...rest } = state;
      return event.body.lacked ? { ...rest, lacked: at } : rest;
    }
    case 'review_ended':
      return { ...state, ended: event.body.how };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Folds one event of stage 8. */
export function evolve(state: ReviewState, event: Recorded<ReviewEvent>): ReviewState {
  const after = step(state, event);
  if (after.ready !== null || !complete(after)) return after;
  return opens({ ...after, ready: event.stamp.at });
}

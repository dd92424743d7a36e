import { addBusinessDays, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import { awaiting, triedAt } from './awaiting.ts';
import { appliedAlready } from './deciding.ts';
import type { Decision, Of } from './deciding.ts';
import { isUndecided } from './state.ts';
import type { CandidacyState } from './state.ts';

/** X2: HR asks the candidate to come back on something; prompts and the second way begin with it. */
export function askCandidate(state: CandidacyState, ask: Of<'ask_candidate'>): Decision {
  const { topic } = ask.command.payload;
  if (!isUndecided(state) && state.stage !== 'preboarding')
    return notNow('X2', { code: 'stage', about: state.outcome?.what ?? state.stage });
  if (state.contact.question !== null)
    return notNow('X2', { code: 'already_asked', about: state.contact.question.topic });
  return [{ kind: 'candidate_asked', body: { n: state.contact.asked + 1, topic } }];
}

/** X2: an answer came, from the candidate here or to HR another way. What it says is no part of the record. */
export function noteReply(state: CandidacyState): Decision {
  if (state.contact.question === null && state.leaving === undefined)
    return notNow('X2', { code: 'nothing_asked' });
  return [{ kind: 'reply_noted', body: {} }];
}

/** X2: HR tried to reach a silent candidate by a call, a letter or in person. */
export function logContact(state: CandidacyState, ask: Of<'log_contact'>, ctx: Context): Decision {
  const waits = awaiting(state);
  if (waits === null) return notNow('X2', { code: 'nothing_waits_for_the_candidate' });
  const { channel, on } = ask.command.payload;
  const { calendar } = ctx.terms;
  if (on > dateOf(calendar, ctx.now)) return notNow('X2', { code: 'not_yet', about: on });
  if (on < dateOf(calendar, waits.since)) return notNow('X2', { code: 'before_it_was_asked', about: on });
  return [{ kind: 'second_channel_tried', body: { channel, on, about: waits.about } }];
}

/** X2: the policy closes what stayed silent, never with one channel alone: one that fails is no withdrawal. */
export function closedNoResponse(state: CandidacyState): Decision {
  const waits = awaiting(state);
  if (waits === null) return refuse('nothing_to_do', 'X2');
  if (triedAt(state) === null) return blocked('X2', { code: 'second_channel' });
  return [{ kind: 'closed_no_response', body: { about: waits.about, stage: state.stage } }];
}

/** X2: a reply within the days of the policy opens the candidacy again, where it stood. No reason is asked. */
export function reopen(state: CandidacyState, ctx: Context): Decision {
  const { closed } = state.contact;
  if (state.outcome?.what !== 'closed_no_response')
    return notNow('X2', { code: 'stage', about: state.outcome?.what ?? state.stage });
  if (closed === null) return blocked('X2', { code: 'reopening_over' });
  const twice = appliedAlready('X2', state.opening, state.person, ctx);
  if (twice !== null) return twice;
  const { calendar, policy } = ctx.terms;
  const last = addBusinessDays(calendar, dateOf(calendar, closed.at), num(policy, 'X2', 'reopen_bd'));
  if (dateOf(calendar, ctx.now) > last) return blocked('X2', { code: 'reopening_over', about: last });
  // A conversation that was only planned is planned anew, with the panel as it is now.
  const stage = closed.stage === 'interview' ? 'pool' : closed.stage;
  return [{ kind: 'candidacy_reopened', body: { stage } }];
}

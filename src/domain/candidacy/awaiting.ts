import type { Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import type { Awaited } from './events-aside.ts';
import { isUndecided } from './state.ts';
import type { CandidacyState } from './state.ts';

/** X2: what only the candidate can do now, and since when. The rest of the way waits for them. */
export interface Awaiting {
  readonly about: Awaited;
  readonly since: Instant;
}

/** @returns what a candidate is waited for, the most particular first; null when nothing waits for them. */
export function awaiting(state: CandidacyState): Awaiting | null {
  const { contact, stage, scheduling, pre } = state;
  const from = (about: Awaited, since: Instant): Awaiting => ({
    about,
    since: Math.max(since, contact.back),
  });
  const open = isUndecided(state) || stage === 'preboarding';
  if (contact.question !== null && open) return from('question', contact.question.at);
  if (stage === 'screening' && state.attested === null) return from('statement', state.applied);
  if (stage === 'pool' && scheduling.slots.length > 0) return from('slot', scheduling.offered);
  const consent = stage === 'preboarding' && pre.accepted !== null && pre.consent === null;
  return consent ? from('consent', pre.accepted) : null;
}

/** @returns when HR tried a second way about what is waited for now; null when nobody did. */
export function triedAt(state: CandidacyState): Instant | null {
  const { tried } = state.contact;
  const waits = awaiting(state);
  return tried !== null && waits !== null && tried.since === waits.since ? tried.at : null;
}

/** X2: @returns when the days of the policy are over, both ways tried; null while there is an answer or a way left. */
export function silentFrom(state: CandidacyState, { calendar, policy }: Terms): Instant | null {
  const waits = awaiting(state);
  const tried = triedAt(state);
  if (waits === null || tried === null) return null;
  const last = dueIn(calendar, waits.since, num(policy, 'X2', 'close_bd'));
  return Math.max(last, dueIn(calendar, tried, num(policy, 'X2', 'second_answer_bd')));
}

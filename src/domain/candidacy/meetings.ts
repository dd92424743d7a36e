import { instantOf } from '../kernel/calendar.ts';
import type { Meeting } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { CandidacyState } from './state.ts';

/** D4.2: the conversation with the panel, from the day it is set until it is held or will not be. */
export function meetings(state: CandidacyState, { calendar, policy }: Terms): readonly Meeting[] {
  const { interview, person } = state;
  // A policy of an earlier day sends no calendar files.
  const minutes = numIf(policy, 'SCHEDULE', 'meeting_min');
  if (minutes === null || minutes === 0) return [];
  if (state.stage !== 'interview' || interview === null || interview.held !== null) return [];
  const { on, at, raters } = interview;
  const who = [person, ...raters];
  return [{ id: 'interview', at: instantOf(calendar, on, at), minutes, who, visibility: 'C2' }];
}

import type { Recorded } from '../kernel/decider.ts';
import type { StartEvent } from './events.ts';
import { withoutMentor } from './state.ts';
import type { CandidacyState, Preboarding } from './state.ts';

function startSet(
  pre: Preboarding,
  event: Recorded<Extract<StartEvent, { kind: 'start_set' }>>,
): Partial<Preboarding> {
  const { on, conditional, moved, readiness } = event.body;
  const moves = (pre.start?.moves ?? 0) + (moved ? 1 : 0);
  const told = readiness === undefined ? {} : { readiness };
  return { start: { on, conditional, at: event.stamp.at, moves, ...told } };
}

/** P5.3 counts its weeks from the day this supervisor was named, or from the acceptance if that came later. */
function supervision(
  pre: Preboarding,
  event: Recorded<Extract<StartEvent, { kind: 'supervisor_assigned' }>>,
): Partial<Preboarding> {
  const before = pre.supervision;
  const missing = before?.outcome === 'not_qualified';
  const same = missing && before.supervisor === event.body.supervisor ? before : null;
  const since = same?.since ?? event.stamp.at;
  return { supervision: { ...event.body, since, week: same?.week ?? 0 } };
}

function mentorAnswered(
  pre: Preboarding,
  event: Recorded<Extract<StartEvent, { kind: 'mentor_answered' }>>,
): Partial<Preboarding> {
  if (event.body.answer === 'declined') return withoutMentor(pre);
  return { mentor: pre.mentor === null ? null : { ...pre.mentor, accepted: event.stamp.at } };
}

function change(pre: Preboarding, event: Recorded<StartEvent>): Partial<Preboarding> {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'start_set':
      return startSet(pre, event);
    case 'consent_answered':
      return { consent: { answer: event.body.answer, at } };
    case 'check_ordered':
      return { check: { clock: event.body.clock, at } };
    case 'check_settled': {
      const { check, outcome } = event.body;
      if (check === 'background') return { background: { outcome, at } };
      return { exclusion: { outcome: outcome === 'clear' ? 'clear' : 'possible_match', at } };
    }
    case 'check_slow':
      return {};
    case 'exclusion_recorded':
      return { exclusion: { outcome: event.body.outcome, at } };
    case 'credential_recorded':
      return { credential: { ...event.body, at } };
    case 'supervisor_assigned':
      return supervision(pre, event);
    case 'training_still_missing':
      return pre.supervision === null ? {} : { supervision: { ...pre.supervision, week: event.body.week } };
    case 'mentor_assigned': {
      const { mentor, how } = event.body;
      const mentorRounds = pre.mentorRounds + (pre.mentor?.accepted ? 1 : 0);
      // P5.6: a welcome is from whoever mentors now.
      return { mentor: { person: mentor, how, at, accepted: null }, mentorRounds, welcomed: false };
    }
    case 'mentor_answered':
      return mentorAnswered(pre, event);
    case 'setup_reported': {
      const { items, access } = event.body;
      const ready = [...new Set([...pre.ready, ...items])];
      return items.includes('accounts') ? { ready, access } : { ready };
    }
    case 'welcome_made':
      return { welcomed: true };
    case 'hired':
      return {};
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Folds what is gathered between acceptance and day one. */
export function evolveStart(state: CandidacyState, event: Recorded<StartEvent>): CandidacyState {
  const pre = { ...state.pre, ...change(state.pre, event) };
  if (event.kind === 'check_settled' && state.stage === 'hired' && event.body.outcome === 'adverse')
    return { ...state, pre, outcome: { what: 'check_adverse', at: event.stamp.at, told: false } };
  if (event.kind !== 'hired') return { ...state, pre };
  return { ...state, pre, stage: 'hired', since: event.stamp.at, employment: event.body.employment };
}

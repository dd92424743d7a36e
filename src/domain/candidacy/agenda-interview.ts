import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, closing, instantOf, nextBusinessInstant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, laddered, listed, owed, timed } from '../kernel/rungs.ts';
import { askedOfCandidate } from './agenda-contact.ts';
import type { Frame } from './owing.ts';
import { again, has, owing } from './owing.ts';
import { questionsDue, sameHours } from './questions.ts';
import { sheetsOut } from './state.ts';
import type { Interview } from './state.ts';

/** After the screening HR owes an interview day, or slots of which the candidate chooses one; G3 comes before it. */
function scheduling(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  if (state.stage !== 'pool') return [];
  const { since, scheduling: arranged } = state;
  if (arranged.slots.length > 0) {
    const { offered } = arranged;
    const by = dueIn(terms.calendar, offered, num(terms.policy, 'SCHEDULE', 'choose_bd'));
    const key = again(frame, `choose:${offered}`);
    const choose = { code: 'SCHEDULE', key, owner: state.person, since: offered, due: by };
    const silent = askedOfCandidate(frame, choose, 'P4.1');
    // The message with the times goes at once: it is the candidate's only way to them. What a silence leads to follows it.
    const at = nextBusinessInstant(terms.calendar, offered);
    const told: Rung = { id: 'offered', at, to: [state.person], how: 'ask' };
    return [has(terms, 'X2', 'after_bd') ? { ...silent, rungs: [told, ...silent.rungs] } : silent];
  }
  const due = dueIn(terms.calendar, since, num(terms.policy, 'SCHEDULE', 'within_bd'));
  const debt = { code: 'SCHEDULE', key: since, owner: hr, since, due };
  return [listed(owing(frame, debt, { next: 'P4.1' }), terms)];
}

/** D4.2: whoever took a seat cannot come at the hour that was agreed: HR owes another, before it comes. */
function anotherTime(frame: Frame, { on, at, cannot, held }: Interview): readonly Obligation[] {
  if (cannot === undefined || held !== null) return [];
  const since = Math.max(...cannot.map((one) => one.at));
  const { terms, hr } = frame;
  const { calendar, policy } = terms;
  const due = dueIn(calendar, since, num(policy, 'SCHEDULE', 'within_bd'));
  const hour = instantOf(calendar, on, at);
  const debt = { code: 'SCHEDULE', key: `again:${since}`, owner: hr, since };
  const owe = owing(frame, { ...debt, due: Math.max(since, Math.min(due, hour)) }, { next: 'P4.1' });
  return [listed(owe, terms)];
}

/** P4.1 Questions ahead → candidates, by HR; and the interview itself, heard of only when it was not recorded. */
function ahead(frame: Frame, interview: Interview): readonly Obligation[] {
  const { terms, hr } = frame;
  const { calendar, policy } = terms;
  const { set, on } = interview;
  const day = addBusinessDays(calendar, on, -num(policy, 'P4.1', 'before_bd'));
  // HR has them ready before the hour at which the candidate gets them.
  const by = sameHours(terms) ? questionsDue(interview, terms) : closing(calendar, day);
  const questions = { code: 'P4.1', key: `${on}:${set}`, owner: hr, since: set, due: Math.max(by, set) };
  const held = { code: 'INTERVIEW', key: `${on}:${set}`, owner: hr, since: set, due: closing(calendar, on) };
  return [
    ...(interview.questionsSent ? [] : [laddered(owing(frame, questions, { next: 'INTERVIEW' }), terms)]),
    timed(owing(frame, held, { next: 'P4.3' }), [], terms),
    ...anotherTime(frame, interview),
  ];
}

/** P4.3 Rating sheet → each rater: same day, then after it. From then on D4.4 is HR's, in the opening: for everybody. */
function sheet(frame: Frame, rater: string, held: { on: string; at: number }): Obligation {
  const { state, terms } = frame;
  const { calendar, policy } = terms;
  const due = closing(calendar, held.on);
  const plan = steps(calendar, held.at, due, [
    { from: 'since', n: 0, unit: 'bd' },
    ...nums(policy, 'P4.3', 'after_bd').map((n) => ({ from: 'due' as const, n, unit: 'bd' as const })),
  ]);
  const debt = {
    code: 'P4.3',
    key: `${rater}:${held.on}:${state.refusals}`,
    owner: rater,
    since: held.at,
    due,
  };
  return owed(owing(frame, debt, { next: 'D4.7', atSilence: 'D4.4' }), plan);
}

/** D4.7 is decided, and prompted, in the opening: here it is only shown, so that nobody waits in the dark. */
function selection(frame: Frame, interview: Interview): readonly Obligation[] {
  const { terms, manager } = frame;
  const { calendar, policy } = terms;
  const since = interview.held?.at ?? interview.set;
  const due = dueIn(calendar, since, num(policy, 'P4.4', 'within_bd') + num(policy, 'P4.5', 'within_bd'));
  const debt = { code: 'D4.7', key: since, owner: manager, since, due };
  return [owed(owing(frame, debt, { next: 'P4.5', atSilence: 'decided_in_opening' }), [])];
}

/** What is owed between the screening and the selection. */
export function agendaInterview(frame: Frame): readonly Obligation[] {
  const { interview, stage, reserveUntil } = frame.state;
  if (stage === 'reserve' && reserveUntil !== null) return [reserve(frame, reserveUntil)];
  if (stage === 'pool' || interview === null) return scheduling(frame);
  if (stage === 'interview') return ahead(frame, interview);
  if (stage !== 'rating' || interview.held === null) return [];
  const { held } = interview;
  const out = sheetsOut(interview).map((rater) => sheet(frame, rater, held));
  return [...out, ...selection(frame, interview)];
}

/** A reserve ends in the opening, on its day or when it is released. */
function reserve(frame: Frame, until: string): Obligation {
  const { state, terms, hr } = frame;
  const debt = {
    code: 'D5.9',
    key: until,
    owner: hr,
    since: state.since,
    due: closing(terms.calendar, until),
  };
  return owed(owing(frame, debt, { next: 'P4.5', atSilence: 'decided_in_opening' }), []);
}

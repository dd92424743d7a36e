import type { Obligation, Rung } from '../kernel/agenda.ts';
import {
  addDays,
  closing,
  dateOf,
  dayMinus,
  nextBusinessInstant,
  opening,
  rollForward,
} from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import type { StepOffset } from '../kernel/ladder.ts';
import { num, numIf, nums } from '../kernel/policy.ts';
import { dueIn, listed, owed, timed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import type { Frame } from './owing.ts';
import { managersKey, owing } from './owing.ts';
import { promisesNamed } from './state.ts';
import type { Start } from './state.ts';

/** D5.6: somebody has to be named. */
function supervisorNamed(frame: Frame, accepted: Instant): readonly Obligation[] {
  const { state, terms, hr } = frame;
  if (state.pre.supervision !== null) return [];
  const due = dueIn(terms.calendar, accepted, num(terms.policy, 'D5.6', 'within_bd'));
  const debt = { code: 'D5.6', key: accepted, owner: hr, since: accepted, due };
  return [listed(owing(frame, debt, { next: 'P5.3', visibility: 'C1' }), terms)];
}

/**
 * P5.3 Supervisor training missing → supervisor and manager: at acceptance, then weekly. Each week is an obligation
 * of its own; the policy turns the page when the next one begins. Qualified, or a waiver (R5.2), ends it.
 */
function training(frame: Frame, accepted: Instant): readonly Obligation[] {
  const { state, terms, manager } = frame;
  const given = state.pre.supervision;
  if (given === null || given.outcome !== 'not_qualified') return [];
  const { calendar, policy } = terms;
  const anchor = Math.max(accepted, given.since);
  const first = dateOf(calendar, anchor);
  const every = num(policy, 'P5.3', 'every_d');
  const begins = (week: number): Instant =>
    week === 0
      ? nextBusinessInstant(calendar, anchor)
      : opening(calendar, rollForward(calendar, addDays(first, every * week)));
  const next = begins(given.week + 1);
  const to: readonly Owner[] = [...new Set([given.supervisor, manager])];
  const rungs: readonly Rung[] = [
    { id: 'ask', at: begins(given.week), to, how: given.week === 0 ? 'ask' : 'remind' },
    { id: 'next', at: next, to: [], how: 'act', act: 'week_passed' },
  ];
  const debt = {
    code: 'P5.3',
    key: `${given.supervisor}:${anchor}:${given.week}`,
    owner: given.supervisor,
    since: Math.max(anchor, begins(given.week)),
    due: next,
  };
  return [owed(owing(frame, debt, { next: 'G5', visibility: 'C1', atSilence: 'asked_again' }), [], rungs)];
}

function beforeStart(days: readonly number[]): readonly StepOffset[] {
  return days.map((n) => ({ from: 'due', n: -n, unit: 'd', kind: 'remind' }));
}

/** P5.4 Mentor missing → manager: at acceptance, then before day one; the one asked owes an answer meanwhile. */
function mentor(frame: Frame, accepted: Instant): readonly Obligation[] {
  const { state, terms, manager } = frame;
  const { pre } = state;
  if (pre.mentor?.accepted) return [];
  const { calendar, policy } = terms;
  const days = nums(policy, 'P5.4', 'before_d');
  const { start } = pre;
  const moved = start !== null && start.moves > 0;
  const since = moved ? start.at : accepted;
  const first: readonly StepOffset[] = moved ? [] : [{ from: 'since', n: 0, unit: 'bd' }];
  const anchor = start === null ? since : closing(calendar, start.on);
  const plan = steps(calendar, since, anchor, [...first, ...(start === null ? [] : beforeStart(days))]);
  const due =
    start === null
      ? dueIn(calendar, since, num(policy, 'D5.7', 'accept_bd'))
      : Math.max(closing(calendar, dayMinus(calendar, start.on, Math.min(...days))), since);
  const key = managersKey(frame, `${start?.moves ?? 0}:${pre.mentorRounds}`);
  const debt = { code: 'P5.4', key, owner: manager, since, due };
  const missing = timed(owing(frame, debt, { next: 'D5.7', visibility: 'C1' }), plan, terms);
  return pre.mentor === null ? [missing] : [missing, answer(frame, pre.mentor)];
}

function answer(frame: Frame, asked: { readonly person: string; readonly at: Instant }): Obligation {
  const { calendar, policy } = frame.terms;
  const due = dueIn(calendar, asked.at, num(policy, 'D5.7', 'accept_bd'));
  const debt = {
    code: 'D5.7',
    key: `${asked.person}:${asked.at}`,
    owner: asked.person,
    since: asked.at,
    due,
  };
  return listed(owing(frame, debt, { next: 'P5.6', visibility: 'C1' }), frame.terms);
}

/** P5.5 Desk, keys, accounts, invitations → manager, IT: each side hears of what is still its own. */
function setup(frame: Frame, start: Start): readonly Obligation[] {
  const { state, terms, site, manager } = frame;
  const { calendar, policy } = terms;
  const { ready } = state.pre;
  const days = nums(policy, 'P5.5', 'before_d');
  const plan = steps(calendar, start.at, closing(calendar, start.on), beforeStart(days));
  const due = Math.max(closing(calendar, dayMinus(calendar, start.on, Math.min(...days))), start.at);
  const owe = (side: string, owner: Owner) => {
    const plain = `${side}:${start.moves}`;
    const key = side === 'manager' ? managersKey(frame, plain) : plain;
    const debt = { code: 'P5.5', key, owner, since: start.at, due };
    return timed(owing(frame, debt, { next: 'G5', visibility: 'C1', manager }), plan, terms);
  };
  const managers = (['desk', 'keys', 'invitations'] as const).some((item) => !ready.includes(item));
  const accounts = !ready.includes('accounts') && !start.conditional;
  return [
    ...(managers ? [owe('manager', manager)] : []),
    ...(accounts ? [owe('it', holder('it', site))] : []),
  ];
}

/**
 * R6.5 What the role promises (E4, E11, E13) gets an owner and a day → HR, in the days of the policy and before the first day;
 * nothing under a policy from before.
 */
function promised(frame: Frame, accepted: Instant): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { start } = state.pre;
  const within = numIf(terms.policy, 'R6.5', 'name_bd');
  if (promisesNamed(state.pre) || within === null) return [];
  const by = dueIn(terms.calendar, accepted, within);
  const due =
    start === null
      ? by
      : Math.max(Math.min(by, closing(terms.calendar, dayMinus(terms.calendar, start.on, 1))), accepted);
  const debt = { code: 'R6.5', key: accepted, owner: hr, since: accepted, due };
  return [listed(owing(frame, debt, { next: 'G5', visibility: 'C1' }), terms)];
}

/** P5.6 Welcome contact → mentor: D-3. Once hired, day one and its contact belong to the employment. */
function welcome(frame: Frame, start: Start): readonly Obligation[] {
  const { state, terms } = frame;
  const { mentor: found, welcomed } = state.pre;
  if (found === null || found.accepted === null || welcomed) return [];
  const { calendar, policy } = terms;
  const due = closing(calendar, start.on);
  const since = Math.max(start.at, found.accepted);
  const ahead = nums(policy, 'P5.6', 'before_d').filter((n) => n > 0);
  const plan = steps(calendar, since, due, beforeStart(ahead));
  const debt = { code: 'P5.6', key: `${found.accepted}:${start.moves}`, owner: found.person, since, due };
  return [owed(owing(frame, debt, { visibility: 'C1', atSilence: 'goes_on_in_employment' }), plan)];
}

/** Supervisor, mentor, place and welcome (D5.6, D5.7, P5.3 to P5.6). */
export function agendaPeople(frame: Frame): readonly Obligation[] {
  const { stage, pre } = frame.state;
  const { accepted, start } = pre;
  if (accepted === null || stage !== 'preboarding') return [];
  return [
    ...supervisorNamed(frame, accepted),
    ...training(frame, accepted),
    ...mentor(frame, accepted),
    ...promised(frame, accepted),
    ...(start === null ? [] : setup(frame, start)),
    ...(start === null ? [] : welcome(frame, start)),
  ];
}

import { held, returnMark, sinceReturn } from '../away.ts';
import type { Obligation } from '../kernel/agenda.ts';
import { addDays, addMonths, closing, dateOf } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import type { StepOffset } from '../kernel/ladder.ts';
import { numIf, nums } from '../kernel/policy.ts';
import { dueIn, laddered, owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { ClockState, Credential } from './state.ts';
import { renewalSteps } from './words.ts';
import type { RenewalStep } from './words.ts';

/**
 * X9: the way back from a lapse, in steps that a jurisdiction's profile may set: renewed as usual, then with a late fee,
 * then after a new test, then after the training again. A lapse limits duties; it is no misconduct, and nobody's job
 * ends by it.
 */
const CODE = 'X9';

/** Months after the last valid day by which a step is over; the last one has no end. */
function monthsOf(step: RenewalStep, terms: Terms): number | null {
  switch (step) {
    case 'grace':
      return numIf(terms.policy, CODE, 'grace_months');
    case 'late_fee':
      return numIf(terms.policy, CODE, 'late_months');
    case 're_test':
      return numIf(terms.policy, CODE, 'retest_months');
    case 're_train':
      return null;
    default: {
      const unknown: never = step;
      return unknown;
    }
  }
}

/** @returns the last day of a step; null for the last of them, and under a policy from before there were steps */
function lastDayOf(step: RenewalStep, validTo: CivilDate, terms: Terms): CivilDate | null {
  const months = monthsOf(step, terms);
  return months === null ? null : addMonths(validTo, months);
}

/** @returns the step after one. */
export function nextStep(step: RenewalStep): RenewalStep {
  return renewalSteps[Math.min(renewalSteps.indexOf(step) + 1, renewalSteps.length - 1)] ?? step;
}

/** @returns the step in which a lapsed credential is. */
export function stepOf({ step }: Credential): RenewalStep {
  return step ?? 'grace';
}

/** The day on which a step began: the last valid day, or the last day of the step before it. */
function beganOn(step: RenewalStep, validTo: CivilDate, terms: Terms): CivilDate {
  const before = renewalSteps[renewalSteps.indexOf(step) - 1];
  return (before === undefined ? null : lastDayOf(before, validTo, terms)) ?? validTo;
}

/** At once, then on those days of P7.5 before its end that lie in the step. */
function plan(since: Instant, end: CivilDate, terms: Terms): readonly StepOffset[] {
  const first = addDays(dateOf(terms.calendar, since), 1);
  const days = nums(terms.policy, 'P7.5', 'before_d').filter((n) => addDays(end, -n) > first);
  return [
    { from: 'since', n: 0, unit: 'bd', kind: 'ask' },
    ...days.map((n): StepOffset => ({ from: 'due', n: -n, unit: 'd', kind: 'remind' })),
  ];
}

/** X9: what is owed after a lapse, beside the officer's daily item: the person's way back, and what the team arranges. */
export function wayBack(
  state: ClockState,
  credential: Credential,
  validTo: CivilDate,
  terms: Terms,
): readonly Obligation[] {
  const { calendar } = terms;
  const step = stepOf(credential);
  const end = lastDayOf(step, validTo, terms);
  const began = beganOn(step, validTo, terms);
  // Past the calendar nothing can be dated; a longer one brings the step back.
  if (end === null || end > calendar.last || began < calendar.first) return [];
  const { person, supervisor, supervisors, site, absence } = state;
  const begin = closing(calendar, began);
  const due = Math.max(closing(calendar, end), begin);
  const owe = (who: string, owner: PersonRef, since: Instant): Obligation =>
    owed(
      {
        ...{ id: `X9:${who}:${validTo}:${step}`, code: CODE, owner, site, since, due: Math.max(due, since) },
        ...{ next: 'D5.4', atSilence: 'step_over' },
      },
      steps(calendar, since, Math.max(due, since), plan(since, end, terms)),
    );
  const own = owe(`own${returnMark(absence)}`, person, sinceReturn(absence, begin, calendar));
  const watch = owed(
    {
      ...{ id: `X9:watch:${validTo}:${step}`, code: CODE, owner: holder('credential_officer', site), site },
      ...{ since: begin, due, next: 'D5.4', atSilence: 'step_over' },
    },
    [],
    [{ id: 'act', at: due, to: [], how: 'act', act: 'step_over' }],
  );
  const theirs = held(own, absence, person, site, calendar);
  if (supervisor === null || credential.duties !== undefined) return [theirs, watch];
  return [theirs, owe(`team:${supervisors}`, supervisor, begin), watch];
}

/** X9: after the renewal what rested is given back, by whoever supervises; without one the officer sees to it. */
export function restore(state: ClockState, { duties }: Credential, terms: Terms): readonly Obligation[] {
  const within = numIf(terms.policy, CODE, 'restore_bd');
  if (duties !== 'rest' || within === null) return [];
  const { site, since, supervisor, moves } = state;
  const owner = supervisor ?? holder('credential_officer', site);
  const due = dueIn(terms.calendar, since, within);
  return [laddered({ id: `X9:restore:${moves}`, code: CODE, owner, site, since, due }, terms)];
}

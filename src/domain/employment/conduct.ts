import { addBusinessDays, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import { returnDay } from './sessions.ts';
import type { Conduct } from './state-change.ts';
import type { Spell } from './state.ts';
import { adverseMeasures } from './words-change.ts';
import type { Measure } from './words-change.ts';

/** A policy from before this number gives the employee as long. */
const ANSWER_BD = 5;

/** True for a measure that stands against somebody (domain 2.1, adverse decisions). */
export const adverse = (measure: Measure): boolean => adverseMeasures.some((one) => one === measure);

/** @returns the day until which the employee may answer before anybody says that they did not (X15) */
export function answerDay({ at }: Conduct, { calendar, policy }: Terms): CivilDate {
  const days = numIf(policy, 'X15', 'answer_bd') ?? ANSWER_BD;
  return addBusinessDays(calendar, dateOf(calendar, at), days);
}

/** The same with absences: nothing is asked of a person on leave, and nothing is said of what they did not answer then. */
export function heardUntil(conduct: Conduct, leave: readonly Spell[], terms: Terms): CivilDate {
  const { calendar, policy } = terms;
  const asked = dateOf(calendar, conduct.at);
  return leave.reduce(
    (day, spell) => {
      if (spell.from > day || spell.to <= asked) return day;
      const back = addBusinessDays(calendar, returnDay(spell, calendar), num(policy, 'X14', 'resume_bd'));
      return back > day ? back : day;
    },
    answerDay(conduct, terms),
  );
}

import { addBusinessDays, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import type { SeparationProposal } from './events.ts';
import { returnDay } from './sessions.ts';
import type { Conduct } from './state-change.ts';
import type { Live, Spell } from './state.ts';
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

/**
 * X15: nobody is let go for what they did without the steps of all staff: it was raised as a matter, they were heard, and no
 * other measure waits for it.
 * @returns the matter an ending rests on, nothing where it rests on none, or the refusal
 */
export function restsOn(
  { job, change }: Live,
  { how, reasons }: Pick<SeparationProposal, 'how' | 'reasons'>,
): { readonly matter?: number } | Refusal {
  if (how !== 'terminated_conduct' && !reasons.includes('conduct')) return {};
  const matter = change?.conduct;
  if (matter === undefined) return blocked('X15', { code: 'conduct_raised_first' });
  if (matter.heard === null) return blocked('X15', { code: 'heard_first', who: job.person });
  if (matter.proposal !== null) return notNow('X15', { code: 'measure_waits' });
  return { matter: matter.n };
}

/** True while an ending that rests on the open matter is proposed, and once it was decided. */
export function leadsToEnding({ change, ending }: Pick<Live, 'change' | 'ending'>): boolean {
  const open = change?.conduct?.n;
  return open !== undefined && open === (ending.proposal?.matter ?? ending.matter);
}

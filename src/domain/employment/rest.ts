import type { Obligation, Rung } from '../kernel/agenda.ts';
import {
  addBusinessDays,
  businessDaysBetween,
  closing,
  dateOf,
  opening,
  rollBack,
} from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import { returnDay } from './sessions.ts';
import type { Job, Spell } from './state.ts';

/** Talks that need the person: they pause for everybody who owes them (X13, R7.4). */
const together: ReadonlySet<string> = new Set([
  'P6.2',
  'P6.3',
  'P7.2',
  'P7.4',
  'P9.1',
  'P9.2',
  'R7.5',
  'D6.2',
  'OBSERVE',
]);

/**
 * Nothing is asked of a person on leave (domain 2.2). What would come due in the leave is due a few days after the
 * return, with the steps of its ladder as far before and after it as planned; what is due later loses no step,
 * only none of them comes before the return.
 */
function paused(obligation: Obligation, spell: Spell, person: string, terms: Terms): Obligation {
  const { calendar } = terms;
  const start = opening(calendar, spell.from);
  const back = returnDay(spell, calendar);
  const end = opening(calendar, back);
  if (!obligation.rungs.some((rung) => rung.at >= start) && obligation.due < start) return obligation;
  const dueDay = dateOf(calendar, obligation.due);
  const inside = dueDay >= spell.from && dueDay < back;
  if (!inside) {
    const waits = (rung: Rung): boolean =>
      rung.at >= start && rung.at < end && (obligation.due >= end || rung.to.includes(person));
    const rungs = obligation.rungs.map((rung) => (waits(rung) ? { ...rung, at: end } : rung));
    return { ...obligation, rungs: rungs.toSorted((a, b) => a.at - b.at) };
  }
  const newDay = addBusinessDays(calendar, back, num(terms.policy, 'X14', 'resume_bd'));
  const moveRung = (rung: Rung): Rung =>
    rung.at < start ? rung : { ...rung, at: Math.max(end, moved(rung.at, dueDay, newDay, terms)) };
  return { ...obligation, due: closing(calendar, newDay), rungs: obligation.rungs.map(moveRung) };
}

function moved(at: Instant, dueDay: CivilDate, newDay: CivilDate, { calendar }: Terms): Instant {
  const from = rollBack(calendar, dueDay);
  const days = businessDaysBetween(calendar, from, dateOf(calendar, at));
  return opening(calendar, days === 0 ? newDay : addBusinessDays(calendar, newDay, days));
}

/** Applies the leaves a case knows of to what is owed by the person, and to what is owed with them. */
export function rested(
  list: readonly Obligation[],
  leave: readonly Spell[],
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  if (leave.length === 0) return list;
  return list.map((obligation) => {
    const concerns = obligation.owner === job.person || together.has(obligation.code);
    if (!concerns) return obligation;
    return leave.reduce((one, spell) => paused(one, spell, job.person, terms), obligation);
  });
}

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
import { inOrder } from '../spells.ts';
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
  'P9.3',
  'P9.4',
  'P9.5',
  'R7.5',
  'D6.2',
  'OBSERVE',
  'REFLECT',
]);

/** A leave with the instants at which it begins to matter and ceases to. */
interface Away {
  readonly spell: Spell;
  readonly start: Instant;
  /** The first day at work again, and its opening. */
  readonly back: CivilDate;
  readonly end: Instant;
}

function awayIn(spell: Spell, { calendar }: Terms): Away {
  const back = returnDay(spell, calendar);
  return { spell, back, start: opening(calendar, spell.from), end: opening(calendar, back) };
}

/**
 * Nothing is asked of a person on leave (domain 2.2). What would come due in the leave is due a few days after the
 * return, with the steps of its ladder as far before and after it as planned; what is due later loses no step,
 * only none of them comes before the return.
 */
function paused(obligation: Obligation, { spell, start, back, end }: Away, terms: Terms): Obligation {
  const { due, rungs } = obligation;
  if (due < start && !rungs.some((rung) => rung.at >= start)) return obligation;
  const dueDay = dateOf(terms.calendar, due);
  const inside = dueDay >= spell.from && dueDay < back;
  if (due < start) return late(obligation, { start, back, end }, terms);
  if (!inside) {
    const waits = (rung: Rung): boolean => rung.at >= start && rung.at < end;
    // A leave of long ago, or of later, moves nothing.
    if (!rungs.some(waits)) return obligation;
    return { ...obligation, rungs: rungs.map((rung) => (waits(rung) ? { ...rung, at: end } : rung)) };
  }
  const { calendar, policy } = terms;
  const newDay = addBusinessDays(calendar, back, num(policy, 'X14', 'resume_bd'));
  const moveRung = (rung: Rung): Rung =>
    rung.at < start ? rung : { ...rung, at: Math.max(end, moved(rung.at, dueDay, newDay, terms)) };
  return { ...obligation, due: closing(calendar, newDay), rungs: rungs.map(moveRung) };
}

/**
 * What was late before the leave began is not pressed for in it, by anybody: its ladder goes on after the return, each
 * step as far from the one before as planned, so that their order never changes.
 */
function late(obligation: Obligation, { start, back, end }: Omit<Away, 'spell'>, terms: Terms): Obligation {
  const { calendar } = terms;
  const first = obligation.rungs.find((rung) => rung.at >= start)?.at ?? end;
  if (first >= end) return obligation;
  const from = dateOf(calendar, first);
  const rungs = obligation.rungs.map((rung) =>
    rung.at < start ? rung : { ...rung, at: Math.max(rung.at, moved(rung.at, from, back, terms)) },
  );
  return { ...obligation, rungs };
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
  if (leave.length === 0 || list.length === 0) return list;
  // A pause moves what it meets to its end, which may lie in the next: so the sooner one first, whatever was heard first.
  const spells = inOrder(leave, (first, to) => ({ ...first, to })).map((spell) => awayIn(spell, terms));
  return list.map((obligation) => {
    const concerns = obligation.owner === job.person || together.has(obligation.code);
    return concerns ? spells.reduce((one, away) => paused(one, away, terms), obligation) : obligation;
  });
}

import type { Obligation } from '../kernel/agenda.ts';
import type { Terms } from '../kernel/terms.ts';
import { afterPauses, afterwards, lentSeats, meanwhile, resting, whatever } from './agenda-course.ts';
import { incidents, panelWork } from './agenda-panel.ts';
import { recruiting } from './agenda-recruit.ts';
import { seatWork } from './agenda-seats.ts';
import { pauseNow } from './course.ts';
import { servedElsewhere } from './queries.ts';
import { isOver } from './state.ts';
import type { OpeningState } from './state.ts';

/** What was owed when all was over is owed anew when a seat falls free again: under a name of its own. */
function reopened(list: readonly Obligation[], { course }: OpeningState): readonly Obligation[] {
  if (course.reopened === 0) return list;
  return list.map((one) => ({ ...one, id: `${one.id}:again:${course.reopened}` }));
}

/**
 * All that is owed in an opening; after its end only what protects people: a report, a word to candidates, a fee, what
 * follows a failed search. While it rests (X28) every other timer stands still.
 */
export function agenda(state: OpeningState, terms: Terms): readonly Obligation[] {
  const { site } = state;
  if (site === null) return [];
  const always = [...incidents(state, terms, site), ...afterwards(state, terms, site)];
  if (isOver(state)) return always;
  const going = [...always, ...whatever(state, terms, site), ...lentSeats(state, terms, site)];
  if (servedElsewhere(state)) return going;
  if (pauseNow(state.course) !== null) return [...going, ...resting(state, terms, site)];
  const timers = [
    ...recruiting(state, terms, site),
    ...panelWork(state, terms, site),
    ...seatWork(state, terms, site),
    ...meanwhile(state, terms, site),
  ];
  return [...reopened(afterPauses(timers, state, terms), state), ...going];
}

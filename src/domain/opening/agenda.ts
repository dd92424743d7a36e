import type { Obligation } from '../kernel/agenda.ts';
import type { Terms } from '../kernel/terms.ts';
import { incidents, panelWork } from './agenda-panel.ts';
import { recruiting } from './agenda-recruit.ts';
import { seatWork } from './agenda-seats.ts';
import { isOver } from './state.ts';
import type { OpeningState } from './state.ts';

/** All that is owed in an opening; after its end only an incident that is still open. */
export function agenda(state: OpeningState, terms: Terms): readonly Obligation[] {
  const { site } = state;
  if (site === null) return [];
  const always = incidents(state, terms, site);
  if (isOver(state)) return always;
  return [
    ...recruiting(state, terms, site),
    ...panelWork(state, terms, site),
    ...seatWork(state, terms, site),
    ...always,
  ];
}
